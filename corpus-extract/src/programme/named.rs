//! Names without quotation marks: numbers, titles, well-known names.

use std::ops::Range;
use std::sync::Arc;

use super::period::Years;
use super::quoted::taken;
use super::words::{Class, Head, Title};
use super::{Named, Reader};
use crate::gazetteer::{longest, longest_joined};
use crate::token::{Case, TokenKind};

/// The fewest words of a title.
const LEAST: usize = 3;

impl Reader<'_, '_> {
    /// A programme that is called by a number: `Chương trình 135`, `Đề án 1928`.
    pub(super) fn numbered(self, at: usize, head_end: usize, head: &Head) -> Option<Named> {
        let tokens = self.tokens;
        if !matches!(head.class, Class::Scheme | Class::Show | Class::Work) {
            return None;
        }
        let token = tokens.get(head_end);
        let number = tokens.number(head_end).filter(|_| (2..=4).contains(&token.digits()))?;
        let mut end = head_end + 1;
        // `30a`, `06/CP`
        let letter = tokens.get(end);
        if letter.glued && letter.is_word() && letter.span.len() == 1 {
            end += 1;
        } else if letter.glued && letter.is_mark('/') && tokens.get(end + 1).case == Case::Upper {
            end += 2;
        }
        let next = tokens.get(end);
        // `đề án 3.000 tỷ`, `chương trình 60 phút`, `dự án 47 Nguyễn Huệ`
        let digits = next.glued
            && (next.is_mark('.') || next.is_mark(','))
            && tokens.get(end + 1).glued
            && tokens.get(end + 1).is_number();
        let counts = digits
            || self.words.counted.contains(next.id)
            || next.glued && !next.is_break() && !is_end(next.kind)
            || next.is_mark('%')
            || next.is_number()
            || next.is_word() && !self.words.follow.contains(next.id) && self.years(end).is_none();
        // `chương trình 2016` is that of a year.
        let year = head.class != Class::Scheme && (1990..=2050).contains(&number);
        if counts || year || self.is_craft(at) {
            return None;
        }
        let years = self.years(end).filter(|it| !tokens.get(end).is_mark(',') || it.plain);
        Some(made(at, head, head_end..end, years, "programme.number"))
    }

    /// A title or a name behind a head.
    pub(super) fn titled(self, at: usize, head_end: usize, head: &Head) -> Option<Named> {
        let (tokens, words) = (self.tokens, self.words);
        let first = tokens.get(head_end);
        if head.class == Class::Plan && first.is_number() {
            return self.of_years(at, head_end, head);
        }
        // `Chương trình quốc gia về Quản lý …`
        if first.id == words.about && tokens.get(head_end + 1).is_word() {
            return self.titled(at, head_end + 1, head);
        }
        // `Kế hoạch số 12`, `Chương trình và kế hoạch …`
        if !first.is_word() || first.id == words.nr || words.loose.contains(first.id) {
            return None;
        }
        if let Some((end, ())) = longest_joined(&words.names, tokens, head_end) {
            let years = self.years(end);
            return Some(made(at, head, head_end..end, years, "programme.known"));
        }
        // `kế hoạch phát triển kinh tế - xã hội năm 2018`
        if let Some((end, ())) = longest_joined(&words.yearly, tokens, head_end)
            && head.class == Class::Plan
            && let Some(years) = self.years(end).filter(|it| it.period.is_some())
        {
            return Some(made(at, head, head_end..end, Some(years), "programme.title"));
        }
        // `chương trình mục tiêu quốc gia về y tế`
        let state = longest(&words.state, tokens, head_end).map(|(end, ())| end);
        let of_state = state.is_some() || head.name.contains("quốc gia");
        // `Đề án để bảo đảm phù hợp`, `chiến lược quốc gia Trung Quốc`
        let ends =
            matches!(longest(&words.title, tokens, head_end), Some((_, Title::Stop | Title::Soft)));
        let (name, years) = self.title(head_end);
        let ends = ends && !years.is_some_and(|it| it.phase);
        let theirs =
            of_state && longest(&words.abroad, tokens, state.unwrap_or(head_end)).is_some();
        if ends || theirs {
            return self.proper(at, head_end, head);
        }
        let generic = longest_joined(&words.generic, tokens, head_end);
        let least = state.or(generic.map(|it| it.0)).unwrap_or(head_end);
        // What is behind the words that are no name.
        let own = name.end.saturating_sub(least);
        // In small letters a programme may have any name: two years behind it are not enough.
        let plain = years.is_some_and(|it| it.phase || it.plain && head.class != Class::Show);
        let dated = years.is_some_and(|it| it.period.is_some());
        let capital = self.is_capital(at);
        // `mùa giải hạng nhất 2009-2010`
        let season = || {
            let last = name.end.saturating_sub(LEAST).max(head_end)..name.end;
            last.into_iter().any(|at| {
                longest(&words.seasons, tokens, at).is_some_and(|(end, ())| end == name.end)
            })
        };
        // `đề án nuôi cá lồng (Đề án 922)`
        let called = !matches!(head.class, Class::Work) && self.calls_itself(name.end);
        let title = match head.class {
            _ if called && own >= LEAST => true,
            Class::Work => plain && capital && self.is_unbuilt(&name),
            Class::Movement | Class::Campaign => plain && own >= LEAST,
            Class::Scheme | Class::Plan | Class::Show => {
                let told = plain || capital && dated || of_state && own >= 2;
                // Plans that are written with a capital are mostly those of an office's work.
                let one = head.class != Class::Plan || !head.name.starts_with("kế hoạch");
                // `được Đề án hỗ trợ học tiếp`: it does something.
                let does = words.passive.contains(tokens.before(at, 1).id);
                let paper = capital && one && !does && !self.is_plural(at);
                told || paper && first.case == Case::Lower && own >= LEAST && name.len() >= LEAST
            }
            Class::Day | Class::Cause | Class::For => false,
        };
        if title && own > usize::from(!plain) && !season() && !self.is_watched(&name) {
            return Some(made(at, head, name, years, "programme.title"));
        }
        self.proper(at, head_end, head)
    }

    /// A plan for a number of years: `kế hoạch 5 năm 2016-2020`.
    fn of_years(self, at: usize, start: usize, head: &Head) -> Option<Named> {
        let named = self.tokens.id(start + 1) == self.words.year;
        let years = self.years(start + 2).filter(|it| named && it.plain)?;
        Some(made(at, head, start..start + 2, Some(years), "programme.title"))
    }

    /// Whether the word in front of a head says that there are several.
    fn is_plural(self, at: usize) -> bool {
        let before = self.tokens.before(at, 1);
        before.is_number() || self.words.plurals.contains(before.id)
    }

    /// A year, month, week or day that is given to a cause: `Năm Du lịch quốc gia 2018`.
    pub(super) fn cause(self, at: usize, head_end: usize, head: &Head) -> Option<Named> {
        let tokens = self.tokens;
        let capital = (at..head_end).any(|at| tokens.get(at).is_capitalised());
        let (name, years) = match head.class {
            Class::For => {
                let (title, years) = self.title(head_end);
                (title.len() >= 2).then_some((at..title.end, years))?
            }
            _ => (at..head_end, self.years(head_end)),
        };
        let dated = years.is_some_and(|it| it.period.is_some());
        // In small letters it may be any: `năm du lịch khởi sắc`.
        let certain = match head.class {
            Class::For => dated || capital && tokens.get(at + 1).is_capitalised(),
            _ => capital || dated,
        };
        let named = Named { name, ..made(at, head, head_end..head_end, years, "programme.cause") };
        let end = named.tokens.end.max(named.name.end);
        certain.then_some(Named { tokens: at..end, ..named })
    }
}

/// Whether a mark ends the clause.
fn is_end(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Mark(',' | '.' | ';' | ':' | ')' | '”' | '"' | '?' | '!' | '…'))
}

pub(super) fn made(
    at: usize,
    head: &Head,
    name: Range<usize>,
    years: Option<Years>,
    rule: &'static str,
) -> Named {
    let end = years.map_or(name.end, |it| it.end).max(name.end);
    let head = Arc::clone(&head.name);
    Named { tokens: at..end, head, name, period: years.and_then(taken), rule }
}
