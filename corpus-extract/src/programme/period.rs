//! The years of a programme: `giai đoạn 2016-2020`, `đến năm 2030, tầm nhìn 2045`, `năm 2018`.

use corpus_model::Period;

use super::Reader;
use crate::gazetteer::longest;
use crate::token::{Case, TokenKind};

/// Years behind a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Years {
    /// None where only the number of a phase is given: `giai đoạn II`.
    pub(super) period: Option<Period>,
    /// Where the words for the years begin.
    pub(super) start: usize,
    /// The token behind them.
    pub(super) end: usize,
    /// Whether they can be nothing but the years of a plan: a phase, a range, a horizon.
    pub(super) plain: bool,
    /// Whether words say so: `giai đoạn`, `tầm nhìn`.
    pub(super) phase: bool,
}

impl Years {
    /// Whether a title reaches up to them past small words: `giai đoạn 2016-2020`, `đến năm 2025`.
    pub(super) fn ends_title(self) -> bool {
        self.phase || self.period.is_some_and(|it| it.first.is_none())
    }
}

impl Reader<'_, '_> {
    /// The years that a token begins, behind a comma, a dash or in brackets too.
    pub(super) fn years(self, at: usize) -> Option<Years> {
        let token = self.tokens.get(at);
        if token.is_mark('(') {
            let years = self.years_at(at + 1)?;
            let closed = self.tokens.get(years.end).is_mark(')');
            return closed.then_some(Years { start: at + 1, end: years.end + 1, ..years });
        }
        let mark = matches!(token.kind, TokenKind::Mark(',' | '-' | '–' | '—'));
        let years = self.years_at(at + usize::from(mark))?;
        // `…, năm 2018`: behind a comma a year tells when something happened.
        let fits = !token.is_mark(',') || years.plain;
        fits.then_some(years)
    }

    fn years_at(self, start: usize) -> Option<Years> {
        let (tokens, words) = (self.tokens, self.words);
        let token = tokens.get(start);
        if !(token.is_word() || token.is_number()) {
            return None;
        }
        let phase = longest(&words.phases, tokens, start).map(|(end, ())| end);
        if let Some(end) = phase {
            let ordinal = self.ordinal(end);
            let from = ordinal.unwrap_or(end);
            let open = usize::from(ordinal.is_some() && tokens.get(from).is_mark('('));
            let year = from + open + usize::from(tokens.id(from + open) == words.year);
            let found = self.range(year).or_else(|| {
                let (year, end) = self.year(year)?;
                Some((Period::year(year), end))
            });
            return match found {
                Some((period, end)) if open == 0 || tokens.get(end).is_mark(')') => {
                    let (period, end) = self.horizon(period, end + open);
                    Some(Years { period: Some(period), start, end, plain: true, phase: true })
                }
                _ => ordinal.map(|end| Years {
                    period: None,
                    start,
                    end,
                    plain: false,
                    phase: false,
                }),
            };
        }
        if words.until.contains(token.id) {
            let at = start + 1 + usize::from(tokens.id(start + 1) == words.all);
            let at = at + usize::from(tokens.id(at) == words.year);
            let (last, end) = self.year(at)?;
            let (period, behind) = self.horizon(Period::until(last), end);
            let plain = period.horizon.is_some();
            return Some(Years { period: Some(period), start, end: behind, plain, phase: plain });
        }
        let named = token.id == words.year;
        let at = start + usize::from(named);
        if let Some((period, end)) = self.range(at) {
            let (period, end) = self.horizon(period, end);
            let phase = period.horizon.is_some();
            return Some(Years { period: Some(period), start, end, plain: true, phase });
        }
        let (year, end) = self.year(at)?;
        let (period, behind) = self.horizon(Period::year(year), end);
        // `kế hoạch năm 2020, tầm nhìn 2030` has its end there.
        let period = match period.horizon {
            Some(_) => Period { first: None, ..period },
            None => period,
        };
        let plain = period.horizon.is_some();
        Some(Years { period: Some(period), start, end: behind, plain, phase: plain })
    }

    /// The token behind the number of a phase: `giai đoạn II`, `giai đoạn 1`.
    fn ordinal(self, at: usize) -> Option<usize> {
        let token = self.tokens.get(at);
        let roman = token.is_word()
            && token.case == Case::Upper
            && self.tokens.str(at).bytes().all(|it| matches!(it, b'I' | b'V' | b'X'));
        (roman || token.digits() == 1).then_some(at + 1)
    }

    /// A year in four digits, and the token behind it.
    fn year(self, at: usize) -> Option<(i32, usize)> {
        let token = self.tokens.get(at);
        let year = self.tokens.number(at).filter(|_| token.digits() == 4)?;
        let next = self.tokens.get(at + 1);
        let goes_on = next.glued
            && (next.is_word() || next.is_mark('.') || next.is_mark('/'))
            && !self.tokens.get(at + 2).is_break()
            && (next.is_word() || self.tokens.get(at + 2).glued);
        ((1900..=2100).contains(&year) && !goes_on).then_some((year as i32, at + 1))
    }

    /// Two years and what joins them.
    fn range(self, at: usize) -> Option<(Period, usize)> {
        let (first, end) = self.year(at)?;
        let token = self.tokens.get(end);
        let joint = matches!(token.kind, TokenKind::Mark('-' | '–' | '—'))
            || self.words.until.contains(token.id);
        let to = end + 1 + usize::from(self.tokens.id(end + 1) == self.words.all);
        let to = to + usize::from(self.tokens.id(to) == self.words.year);
        let (last, end) = self.year(to).filter(|it| joint && it.0 > first)?;
        Some((Period::years(first, last), end))
    }

    /// Adds the year that a plan looks ahead to, where one is given behind its years.
    fn horizon(self, period: Period, end: usize) -> (Period, usize) {
        let (tokens, words) = (self.tokens, self.words);
        let at = end + usize::from(tokens.get(end).is_mark(','));
        let lead = longest(&words.horizons, tokens, at).map(|(end, ())| end);
        // `giai đoạn 2016-2020, đến năm 2030`
        let until = || words.until.contains(tokens.id(at)).then_some(at + 1);
        let Some(lead) = lead.or_else(until) else { return (period, end) };
        let year = lead + usize::from(words.until.contains(tokens.id(lead)));
        let year = year + usize::from(tokens.id(year) == words.year);
        match self.year(year) {
            Some((horizon, behind)) if horizon > period.last => {
                (Period { horizon: Some(horizon), ..period }, behind)
            }
            _ => (period, end),
        }
    }
}
