//! Finding expressions: points, ranges, and what follows them in a row.

use std::ops::Range;

use corpus_model::BlockKind;

use super::range::{completed, with_parts_shared};
use super::words::{Context, Words};
use super::{Core, Expression, Point, Year};
use crate::number::Numbers;
use crate::pack::Pack;
use crate::token::{TokenKind, Tokens};
use crate::vocabulary::{Id, Starts, Vocabulary};

/// The rules that find dates.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    words: Words,
}

/// What the readers of the parts of a date look at.
pub(super) type Reader<'a, 'd> = crate::reader::Reader<'a, 'd, Words>;

/// How well the words in front of digits say that they are a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cue {
    /// Nothing does.
    None,
    /// A preposition, which may stand before other numbers too.
    Weak,
    /// `ngày`, a part of the day, a weekday.
    Strong,
}

/// An expression begins with a number, or a word of time.
pub(super) const BEGINS: Starts = Starts::NUMBER.and(Starts::NUMERAL).and(Starts::DATE);

impl Rules {
    pub(crate) fn new(vocabulary: &mut Vocabulary, pack: &Pack) -> Rules {
        Rules { words: Words::new(vocabulary, pack) }
    }

    /// What the word at a token says about a year or digits beside it.
    pub(crate) fn context(&self, tokens: &Tokens<'_>, at: usize) -> Context {
        self.words.context(tokens, at)
    }

    /// Whether it is the word for year.
    pub(crate) fn is_year_word(&self, id: Id) -> bool {
        id == self.words.ids.year
    }

    /// The expressions of the content blocks, in text order, none overlapping another.
    ///
    /// `taken` says of a token that something else owns it, such as the number of a directive.
    pub(crate) fn expressions(
        &self,
        tokens: &Tokens<'_>,
        numbers: &Numbers,
        taken: impl Fn(usize) -> bool,
    ) -> Vec<Expression> {
        let reader = Reader { words: &self.words, numbers, tokens };
        let mut found = Vec::new();
        for run in tokens.runs(BlockKind::is_content) {
            let mut at = run.start;
            loop {
                at = tokens.seek(at..run.end, BEGINS);
                if at >= run.end {
                    break;
                }
                let end = reader.may_begin(at).then(|| reader.expression(at, &mut found)).flatten();
                at = end.unwrap_or(at + 1).max(at + 1);
            }
        }
        found.retain(|it| !it.tokens.clone().any(&taken));
        found
    }
}

impl Reader<'_, '_> {
    /// Whether an expression may begin at a word of time or at a number: most numbers count, and what
    /// stands behind them says so.
    fn may_begin(self, at: usize) -> bool {
        // `nửa tháng qua`
        let halved = || self.numbers.is_halved(self.tokens, at);
        if self.tokens.starts(at).meets(Starts::DATE) || halved() {
            return true;
        }
        let token = self.tokens.get(at);
        if token.is_number() {
            // Four digits are a year where the word in front says so.
            let next = self.tokens.get(at + 1);
            let goes_on = Starts::NUMERAL.and(Starts::TIMED);
            return token.digits() == 4
                || !next.is_word()
                || next.glued
                || self.tokens.starts(at + 1).meets(goes_on);
        }
        if !self.numbers.is_word(self.tokens, at) {
            return false;
        }
        // The number ends within the run of its words, or right behind it; a longer run than this is
        // read to see.
        const LONGEST: usize = 24;
        let number = Starts::NUMBER.and(Starts::NUMERAL);
        (at + 1..at + LONGEST)
            .map(|at| self.tokens.starts(at))
            .find(|it| it.meets(Starts::TIMED) || !it.meets(number))
            .is_none_or(|it| it.meets(Starts::TIMED))
    }

    /// Reads what begins at `at`, puts it into `found` and gives the token behind it.
    fn expression(self, at: usize, found: &mut Vec<Expression>) -> Option<usize> {
        if let Some(end) = self.series(at, found) {
            return Some(end);
        }
        if let Some((from, to, end)) = self.hours(at) {
            found.push(self.made(at..end, from, Some(to)));
            return Some(end);
        }
        let (point, end) = self.point(at, false)?;
        let joint = end;
        if let Some((to, second, end)) = self.range_end(&point, at, end) {
            let daily = point.core.is_none() && to.core.is_none();
            if daily && self.words.context(self.tokens, end).has(Context::EVERY) {
                return None;
            }
            // `11/4/2007-11/4/2022` names an anniversary and not fifteen years.
            if let (
                Some(Core::Day { day, month, year: Some(_) }),
                Some(Core::Day { day: other_day, month: other_month, year: Some(_) }),
            ) = (point.core, to.core)
                && (day, month) == (other_day, other_month)
            {
                found.push(self.made(at..joint, point, None));
                found.push(self.made(second..end, to, None));
                return Some(end);
            }
            let (point, to) = with_parts_shared(completed(point, &to), to);
            let ends = [self.tokens.span(at..joint), self.tokens.span(second..end)];
            let made = self.made(at..end, point, Some(to));
            found.push(Expression { ends: Some(ends), ..made });
            return Some(end);
        }
        if !self.stands_alone(&point, at, end) {
            return None;
        }
        found.push(self.made(at..end, point, None));
        let end = self.further_days(&point, end, found);
        Some(self.further_years(&point, end, found))
    }

    pub(super) fn made(self, tokens: Range<usize>, point: Point, to: Option<Point>) -> Expression {
        let before = self.tokens.before(tokens.start, 1);
        let opens = match before.kind {
            TokenKind::Break => true,
            TokenKind::Mark(mark) => {
                matches!(mark, '.' | '!' | '?' | ')' | '”' | '"' | ':' | '…' | '-' | '–' | '•')
                    && !self.tokens.get(tokens.start).glued
            }
            _ => false,
        };
        let years = matches!(
            (point.core, to.and_then(|it| it.core)),
            (Some(Core::Year(_)), Some(Core::Year(_)))
        );
        let context = self.words.context(self.tokens, tokens.start.wrapping_sub(1));
        Expression {
            span: self.tokens.span(tokens.clone()),
            point,
            to,
            opens,
            term: years || context.has(Context::TERM),
            ends: None,
            tokens,
        }
    }

    /// `1-5` behind `hai ngày 30-4 và`.
    fn further_days(self, point: &Point, end: usize, found: &mut Vec<Expression>) -> usize {
        let mut end = end;
        if !matches!(point.core, Some(Core::Day { year: None, .. })) || point.clock.is_some() {
            return end;
        }
        loop {
            let token = self.tokens.get(end);
            let joins = token.is_word() && token.id == self.words.ids.and;
            let day =
                self.tokens.get(end + 1).is_number().then(|| self.day(end + 1, Cue::Strong, false));
            let Some(Some((core @ Core::Day { .. }, behind))) = day.filter(|_| joins) else {
                return end;
            };
            found.push(self.made(
                end + 1..behind,
                Point { core: Some(core), ..Point::default() },
                None,
            ));
            end = behind;
        }
    }

    /// `2014, 2015 và 2016` behind `các năm`.
    fn further_years(self, point: &Point, end: usize, found: &mut Vec<Expression>) -> usize {
        let mut end = end;
        if !matches!(point.core, Some(Core::Year(Year::Said(_)))) {
            return end;
        }
        loop {
            let token = self.tokens.get(end);
            let joins = token.is_mark(',') || (token.is_word() && token.id == self.words.ids.and);
            let year =
                self.figures_of_year(end + 1).filter(|&(_, behind)| joins && !self.counts(behind));
            let Some((year, behind)) = year else { return end };
            let core = Some(Core::Year(Year::Said(year)));
            found.push(self.made(end + 1..behind, Point { core, ..Point::default() }, None));
            end = behind;
        }
    }

    /// Whether the token counts things, so that digits in front of it are no date.
    pub(super) fn counts(self, at: usize) -> bool {
        let token = self.tokens.get(at);
        self.words.context(self.tokens, at).has(Context::COUNTED)
            || token.is_mark('%')
            || self.numbers.is_word(self.tokens, at) && token.id != self.words.ids.year
    }
}
