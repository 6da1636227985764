//! Two items of as many words each right behind their noun: `hai phía lực mua và lực bán`, `hai chiều mua vào - bán ra`.

use std::ops::Range;

use corpus_model::Span;

use super::{Announcement, Reader};
use crate::token::TokenKind;

/// An item of such a pair has no more words than this.
const WORDS: usize = 5;

impl Reader<'_, '_> {
    /// Two items of as many words right behind the noun, which begin alike or which a dash joins.
    pub(super) fn paired(self, announcement: Announcement) -> Option<(Announcement, Vec<Span>)> {
        if announcement.number != 2 || announcement.tokens.end != announcement.noun.end {
            return None;
        }
        let start = announcement.noun.start;
        // `hai bên trồng cây mù u và cây mít`: nothing but what is counted stands in front.
        let counted = self.words.counted.longest(self.tokens.ids(start));
        let from = start + counted.map_or(1, |(n, ())| n);
        let joint = (from..from + WORDS + 1).find(|at| {
            let token = self.tokens.get(*at);
            !token.is_word() || token.has_capital() || token.id == self.words.and
        })?;
        let items = [from..joint, joint + 1..joint + 1 + (joint - from)];
        let [first, second] = items.clone();
        let small = |at: usize| {
            let token = self.tokens.get(at);
            token.is_word() && !token.has_capital() && token.id != self.words.and
        };
        let next = self.tokens.get(second.end);
        let closes = !next.is_word() || self.words.is_stop(next.id);
        if first.is_empty() || !second.clone().all(small) || !closes {
            return None;
        }
        let fits = match self.tokens.get(joint).kind {
            TokenKind::Word => self.begins_alike(&first, &second),
            TokenKind::Mark('-' | '–') => !next.is_mark('-') && self.ends_alike(&first, &second),
            _ => false,
        };
        let tokens = announcement.tokens.start..from;
        fits.then(|| {
            (Announcement { tokens, noun: start..from, ..announcement }, self.spans(items.into()))
        })
    }

    /// `lực mua`, `lực bán`: more than one word, the first the same, and none that ends a noun.
    fn begins_alike(self, first: &Range<usize>, second: &Range<usize>) -> bool {
        let stop = |at: usize| self.words.is_stop(self.tokens.id(at));
        first.len() > 1
            && self.tokens.str(first.start) == self.tokens.str(second.start)
            && !first.clone().any(stop)
    }

    /// `mua vào`, `bán ra`: more than one word; a word that could end the noun stands in one where it stands in the other, and
    /// opens neither.
    fn ends_alike(self, first: &Range<usize>, second: &Range<usize>) -> bool {
        let stop = |at: usize| self.words.is_stop(self.tokens.id(at));
        let mut both = first.clone().zip(second.clone());
        first.len() > 1 && !stop(first.start) && both.all(|(one, other)| stop(one) == stop(other))
    }
}
