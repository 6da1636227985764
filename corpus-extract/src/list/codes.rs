//! Names of other shapes: codes (`26 H -3057`), measures (`64 GB`), numbers (`số 8`), words of two syllables (`Cộng hòa`).

use std::ops::Range;

use corpus_model::Span;
use corpus_text::parse_syllable;

use super::Reader;
use crate::token::{Case, TokenKind};
use crate::vocabulary::Id;

impl Reader<'_, '_> {
    /// A number with its unit in capitals at `at`, and the token behind it: `64 GB`, `1.5 AT`.
    pub(super) fn measure(self, at: usize) -> Option<(Range<usize>, usize)> {
        if !self.tokens.get(at).is_number() {
            return None;
        }
        let mut end = at + 1;
        let point = self.tokens.get(end);
        if matches!(point.kind, TokenKind::Mark('.' | ',')) && point.glued {
            end += 2;
        }
        let unit = self.tokens.get(end);
        (unit.is_word() && unit.case == Case::Upper).then_some((at..end + 1, end + 1))
    }

    /// As many numbers with the same unit as wanted: `3 loại kỳ hạn 1 năm, 2 năm và 3 năm`.
    pub(super) fn measures(self, start: usize, wanted: usize) -> Option<Vec<Span>> {
        if wanted < 3 || !self.tokens.get(start).is_number() {
            return None;
        }
        let unit = self.tokens.id(self.amount_end(start));
        let items = self.names_read(start, wanted, |at| {
            let end = self.amount_end(at);
            let fits = end > at && self.tokens.get(end).is_word() && self.tokens.id(end) == unit;
            fits.then_some((at..end + 1, end + 1))
        })?;
        // The end of a line is a token of no length.
        let end = self.tokens.at_byte(items.last()?.end() - 1) + 1;
        let closed = !self.tokens.get(end).is_word() || self.words.is_stop(self.tokens.id(end));
        (unit != Id::NONE && closed && self.joined(&items)).then_some(items)
    }

    /// The token behind the figures at `at`, `1,5`; `at` itself where there are none.
    fn amount_end(self, at: usize) -> usize {
        if !self.tokens.get(at).is_number() {
            return at;
        }
        let point = self.tokens.get(at + 1);
        let more = matches!(point.kind, TokenKind::Mark('.' | ',')) && point.glued;
        at + 1 + 2 * usize::from(more && self.tokens.get(at + 2).is_number())
    }

    /// The end of a code at `at`, of figures and capitals: `26 H -3057`, `99A-072.70`, `VN578`.
    pub(super) fn code(self, at: usize) -> Option<usize> {
        const LONGEST: usize = 8;
        let letter = |at: usize| {
            let token = self.tokens.get(at);
            token.is_word() && token.case == Case::Upper && token.span.len() <= 2
        };
        // `VN578`, `A320`; but `H5N1` is none.
        let (first, figures) = (self.tokens.get(at), self.tokens.get(at + 1));
        let short = first.is_word() && first.case == Case::Upper && first.span.len() <= 3;
        if short && figures.is_number() && figures.glued {
            let next = self.tokens.get(at + 2);
            let more = next.glued && (next.is_word() || self.tokens.get(at + 3).glued);
            return (!more).then_some(at + 2);
        }
        // `1276/2018-DC`
        if first.is_number()
            && figures.is_mark('/')
            && figures.glued
            && self.tokens.get(at + 2).glued
            && self.tokens.get(at + 2).is_number()
            && matches!(self.tokens.get(at + 3).kind, TokenKind::Mark('-' | '/'))
            && self.tokens.get(at + 4).glued
            && self.tokens.get(at + 4).case == Case::Upper
        {
            return Some(at + 5);
        }
        if !first.is_number() || !letter(at + 1) {
            return None;
        }
        let end = (at + 2..at + LONGEST).find(|&at| {
            let (token, next) = (self.tokens.get(at), self.tokens.get(at + 1));
            let inner = matches!(token.kind, TokenKind::Mark('-' | '–' | '.')) && next.is_number();
            !(token.is_number() || inner)
        })?;
        let figures = (at + 2..end).map(|at| self.tokens.get(at).digits()).sum::<usize>();
        (figures >= 3).then_some(end)
    }

    /// `số` with its number at `at`, and the token behind it.
    pub(super) fn number(self, at: usize) -> Option<(Range<usize>, usize)> {
        let numbered =
            self.tokens.id(at) == self.words.amount && self.tokens.get(at + 1).is_number();
        let next = self.tokens.get(at + 2);
        let whole = !(next.glued && self.tokens.get(at + 3).glued && !next.is_break());
        (numbered && whole).then_some((at..at + 2, at + 2))
    }

    /// Two names or more that end in a word of two syllables, which only begins with a capital, joined by `và`: `hai đảng Cộng
    /// hòa và Dân chủ`.
    pub(super) fn worded(self, start: usize, wanted: usize) -> Option<Vec<Span>> {
        let names = self.names_read(start, wanted, |at| {
            let (name, end) = self.name(at)?;
            // `Y tế`: of one letter it is not seen whether all of it is a capital.
            let letter = name.len() == 1
                && self.tokens.str(name.start).chars().count() == 1
                && self.words.compounds.longest(self.tokens.ids(name.start)).is_some();
            if !(self.cuts_word(&name) || letter) {
                return Some((name, end));
            }
            // `Cộng hòa Séc`
            let end = match self.tokens.get(end + 1).has_capital() {
                // `6 nước Hồi giáo Iran, Syria …`: behind the noun it may belong to that.
                true if at == start => return None,
                true => self.name(end + 1)?.1,
                false => end + 1,
            };
            Some((name.start..end, end))
        })?;
        self.joined(&names).then_some(names)
    }

    /// Whether the dash at `at` stands between the syllables of a Korean name, the second in small letters.
    pub(super) fn is_korean(self, at: usize) -> bool {
        const LONGEST: usize = 6;
        let (first, second) = (self.tokens.before(at, 1), self.tokens.get(at + 1));
        let foreign = |at: usize| {
            let word = self.tokens.str(at);
            word.is_ascii() && parse_syllable(word).is_none()
        };
        // `Chang Choong - ki`; but `Mai Lan - con gái ông Ún`
        let next = self.tokens.get(at + 2);
        let alone = (at.saturating_sub(2)..at).all(|at| self.tokens.str(at).is_ascii())
            && (!next.is_word() || next.id == self.words.and);
        self.tokens.get(at).is_mark('-')
            && first.case == Case::Capital
            && self.tokens.before(at, 2).case != Case::Lower
            && self.tokens.before(at, 2).is_word()
            && second.is_word()
            && second.case == Case::Lower
            && second.span.len() <= LONGEST
            && self.tokens.str(at + 1).is_ascii()
            && (foreign(at - 1) || foreign(at + 1) || alone)
    }
}
