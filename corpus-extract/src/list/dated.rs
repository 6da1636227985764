//! Days, months and years that their number announces: `hai ngày 19 và 20-2`, `3 năm 2015, 2016, 2017`.

use corpus_model::Span;

use super::{Announcement, Reader};
use crate::token::TokenKind;

impl Reader<'_, '_> {
    /// As many years, months or days as a number in front of the word for them announces: `hai năm
    /// liên tiếp 2015 và 2016`, `hai ngày 19 và 20-2`.
    pub(super) fn dated(self, at: usize) -> Option<(Announcement, Vec<Span>)> {
        const WORDS: usize = 6;
        let (number, noun) = self.numbers.small(self.tokens, at)?;
        let token = self.tokens.get(noun);
        if number < 2 || !token.is_word() || !self.words.dates.contains(token.id) {
            return None;
        }
        let first = (noun + 1..noun + WORDS).find(|at| !self.tokens.get(*at).is_word())?;
        let years = token.id == self.words.year;
        let mut items = Vec::with_capacity(number.into());
        let mut next = first;
        while items.len() < usize::from(number) {
            let digits = self.tokens.get(next).digits();
            if digits == 0 || years != (digits == 4) {
                return None;
            }
            // `20-2`, `21/8/2019`, `18.8`
            let mut end = next + 1;
            while matches!(self.tokens.get(end).kind, TokenKind::Mark('-' | '/' | '.'))
                && self.tokens.get(end).glued
                && self.tokens.get(end + 1).glued
                && self.tokens.get(end + 1).is_number()
            {
                end += 2;
            }
            items.push(self.tokens.span(next..end));
            let Some((_, behind)) = self.joint(end) else { break };
            next = behind;
        }
        // `hai năm gần nhất là 2017 và 2018`
        let end = first - usize::from(self.tokens.before(first, 1).id == self.words.is);
        let announcement = Announcement {
            tokens: at..end,
            number,
            noun: noun..end,
            strong: false,
            doubtful: false,
        };
        (items.len() == usize::from(number) && (years || self.joined(&items)))
            .then_some((announcement, items))
    }
}
