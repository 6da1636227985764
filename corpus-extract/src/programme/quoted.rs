//! Names in quotation marks: `phong trào thi đua “Gió Đại Phong”`, `“Năm Dân vận - 2014”`.

use std::ops::Range;
use std::sync::Arc;

use corpus_model::Period;

use super::period::Years;
use super::words::{Class, Head, Title};
use super::{Named, Reader};
use crate::gazetteer::longest;
use crate::token::{Case, TokenKind};

/// So many words may stand between a head and the name.
const GAP: usize = 7;
/// The longest name.
const LONGEST: usize = 60;
/// The longest name of a year or day.
const LONGEST_DAY: usize = 24;
/// In small letters a name has so many words at least: fewer are a figure of speech.
const LEAST_SMALL: usize = 4;
/// The same right behind a word for a plan.
const LEAST_PLAN: usize = 3;
const MOST_PLAN: usize = 10;

/// What stands between quotation marks.
struct Quote {
    /// Without marks at its end, and without the years.
    name: Range<usize>,
    years: Option<Years>,
    /// The token behind the closing mark.
    end: usize,
}

impl Reader<'_, '_> {
    /// The name in quotation marks behind a head.
    pub(super) fn quoted(self, at: usize, head_end: usize, head: &Head) -> Option<Named> {
        let tokens = self.tokens;
        let open = self.gap(head_end)?;
        let quote = self.quote(open)?;
        // `… chiến dịch", ông nói`: the mark closes what stands in front of it.
        let closes = matches!(tokens.get(open + 1).kind, TokenKind::Mark(',' | '.' | ';' | ':'));
        if closes && tokens.get(open).glued {
            return None;
        }
        if self.is_watched(&(head_end..open)) {
            return None;
        }
        // `sáng kiến "đóng băng kép"`; two words are a figure of speech, as is what is meant to be done, `kế hoạch "bật đèn
        // xanh"`, and a mark that touches the head closes what stands in front of it.
        let words = quote.name.clone().filter(|&at| tokens.get(at).is_word()).count();
        let plan = head.class == Class::Plan
            && !head.name.starts_with("kế hoạch")
            && open == head_end
            && !tokens.get(open).glued
            && (LEAST_PLAN..=MOST_PLAN).contains(&words);
        let named = plan || self.is_name(head.class, &quote, &(at..quote.end));
        named.then(|| self.made(at, head, quote))
    }

    /// A further name behind a quoted one: `“…” và “…”`.
    pub(super) fn in_row(self, before: &Named) -> Option<Named> {
        let tokens = self.tokens;
        if before.rule != "programme.quoted" {
            return None;
        }
        let token = tokens.get(before.tokens.end);
        let joins = token.is_mark(',') || token.is_mark(';') || token.id == self.words.and;
        let open = before.tokens.end + 1;
        let open = open + usize::from(token.is_mark(',') && tokens.id(open) == self.words.and);
        let quote = self.quote(open).filter(|_| joins)?;
        let first = tokens.get(quote.name.start);
        let whole = first.is_capitalised() || first.is_number();
        whole.then(|| Named {
            tokens: open..quote.end,
            head: Arc::clone(&before.head),
            name: quote.name.clone(),
            period: quote.years.and_then(taken),
            rule: "programme.quoted",
        })
    }

    /// A year, month, week or day with its cause in quotation marks, the head in them too.
    pub(super) fn quoted_day(self, at: usize, head_end: usize, head: &Head) -> Option<Named> {
        let tokens = self.tokens;
        let open = at.checked_sub(1).filter(|_| tokens.get(at).is_capitalised())?;
        let quote = self.quote(open)?;
        let next = tokens.get(head_end);
        let words = quote.name.clone().filter(|&at| tokens.get(at).is_word()).count();
        if quote.name.len() > LONGEST_DAY
            || words < 2
            || next.is_number()
            || self.is_watched(&(open..quote.end))
            || quote
                .name
                .clone()
                .any(|at| matches!(tokens.get(at).kind, TokenKind::Mark('.' | '?' | '!')))
        {
            return None;
        }
        // `năm 2014 là “Năm …”`
        let before = (1..=GAP)
            .map(|back| tokens.before(open, back))
            .take_while(|it| it.is_word() || it.is_number())
            .count();
        let named_before = (open.saturating_sub(before)..open).find_map(|at| {
            let year = self.years(at).filter(|_| tokens.id(at) == self.words.year)?;
            year.period.filter(|it| it.first.is_some())
        });
        let called = |at| longest(&self.words.calls, tokens, at).is_some();
        let certain = head.class != Class::Day
            || quote.years.is_some_and(|it| it.period.is_some())
            || named_before.is_some()
            || (open.saturating_sub(before)..open).any(called);
        // `phim “Tháng năm rực rỡ”`
        if !certain || self.is_shown(&(open..quote.end)) {
            return None;
        }
        let mut made = self.made(open, head, quote);
        made.rule = "programme.cause";
        if made.period.is_none() {
            made.period = named_before.map(|period| (period, open..open + 1));
        }
        Some(made)
    }

    /// The opening mark behind a head and the few words that may stand between.
    fn gap(self, head_end: usize) -> Option<usize> {
        let tokens = self.tokens;
        let mut at = head_end;
        while at <= head_end + GAP {
            let token = tokens.get(at);
            let apostrophe = token.is_mark('\'') && token.glued;
            if opening(token.kind).is_some() && !apostrophe {
                return Some(at);
            }
            if let Some((end, ())) = longest(&self.words.gaps, tokens, at) {
                at = end;
                continue;
            }
            let number = token.digits() > 0 && at == head_end;
            let word = token.is_word()
                && token.case == Case::Lower
                && !matches!(longest(&self.words.title, tokens, at), Some((_, Title::Stop | Title::Soft)))
                // The head of another.
                && longest(&self.words.heads, tokens, at).is_none_or(|(_, it)| it.class.is_time());
            if !(word || number) {
                return None;
            }
            at += 1;
        }
        None
    }

    /// What stands in the quotation marks that open at a token.
    fn quote(self, open: usize) -> Option<Quote> {
        let tokens = self.tokens;
        let closing = opening(tokens.get(open).kind)?;
        let close = (open + 1..open + LONGEST).take_while(|&at| !tokens.get(at).is_break()).find(
            |&at| matches!(tokens.get(at).kind, TokenKind::Mark(mark) if closing.contains(&mark)),
        )?;
        let mut end = close;
        while end > open + 1
            && matches!(tokens.before(end, 1).kind, TokenKind::Mark(',' | '.' | ';'))
        {
            end -= 1;
        }
        let inside = open + 1..end;
        // Years at the end, inside the marks or behind them.
        let own = (inside.start + 2..inside.end)
            .find_map(|at| Some((at, self.years(at).filter(|it| it.end == inside.end)?)));
        let mut name = inside;
        let mut behind = close + 1;
        let years = match own {
            Some((at, years)) => {
                name.end = at;
                Some(years)
            }
            None => {
                let years = self.years(close + 1);
                if let Some(years) = years {
                    behind = years.end;
                }
                years
            }
        };
        (!name.is_empty()).then_some(Quote { name, years, end: behind })
    }

    /// Whether what stands in quotation marks behind a head is a name.
    fn is_name(self, class: Class, quote: &Quote, mention: &Range<usize>) -> bool {
        let tokens = self.tokens;
        let first = tokens.get(quote.name.start);
        let words = quote.name.clone().filter(|&at| tokens.get(at).is_word()).count();
        let capital = first.is_word() && first.case != Case::Lower;
        let long = words >= LEAST_SMALL;
        match class {
            Class::Movement => capital || first.is_number() || words > 1,
            Class::Scheme => capital || long,
            Class::Campaign => (capital || long) && words > 1,
            Class::Plan => capital && words > 1,
            Class::Show => {
                (capital || long) && words > 1 && self.is_unwatched(&quote.name, mention)
            }
            Class::Work => {
                capital
                    && words > 2
                    && self.is_public(&quote.name, mention)
                    && self.is_unbuilt(&quote.name)
            }
            Class::Day | Class::Cause | Class::For => false,
        }
    }

    fn made(self, start: usize, head: &Head, quote: Quote) -> Named {
        Named {
            tokens: start..quote.end,
            head: Arc::clone(&head.name),
            name: quote.name,
            period: quote.years.and_then(taken),
            rule: "programme.quoted",
        }
    }
}

/// The period with its tokens, where years give one.
pub(super) fn taken(years: Years) -> Option<(Period, Range<usize>)> {
    years.period.map(|period| (period, years.start..years.end))
}

/// The marks that close what a mark opens.
fn opening(kind: TokenKind) -> Option<&'static [char]> {
    match kind {
        TokenKind::Mark('“') => Some(&['”', '"']),
        TokenKind::Mark('"') => Some(&['"', '”']),
        TokenKind::Mark('”') => Some(&['”']),
        TokenKind::Mark('«') => Some(&['»']),
        TokenKind::Mark('‘') => Some(&['’']),
        TokenKind::Mark('\'') => Some(&['\'']),
        _ => None,
    }
}
