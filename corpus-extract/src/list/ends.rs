//! Where the last item of a sentence ends: what closes it, what is told of all items, where the sentence goes on.

use std::ops::Range;

use super::Reader;
use super::cuts::Cuts;
use crate::token::TokenKind;
use crate::vocabulary::Phrases;

impl Reader<'_, '_> {
    /// The last item ends where the sentence goes on: `… và kiểm tra năng lực để nhập học`. Words
    /// that stand inside the other items say nothing.
    pub(super) fn closed(self, mut pieces: Vec<Range<usize>>) -> Vec<Range<usize>> {
        let closes = |piece: &Range<usize>| {
            let mut brackets = 0usize;
            (piece.start + 1..piece.end).find(|at| {
                match self.tokens.get(*at).kind {
                    TokenKind::Mark('(') => brackets += 1,
                    TokenKind::Mark(')') => brackets = brackets.saturating_sub(1),
                    _ => {}
                }
                if brackets > 0 {
                    return false;
                }
                // `hai bài thi là Toán, Ngữ văn và một bài tự chọn`: one more is counted.
                let more = self.tokens.id(*at) == self.words.and
                    && self.tokens.id(at + 1) == self.words.one;
                more || self.words.closes.longest(self.tokens.ids(*at)).is_some()
                    || self.tokens.get(*at).is_mark(',') && self.parts(at + 1)
            })
        };
        if let Some((last, others)) = pieces.split_last_mut()
            && let Some(end) = closes(last)
            && !others.iter().any(|piece| closes(piece).is_some())
        {
            last.end = end;
        }
        pieces
    }

    /// The same pieces, the last without what is told of all: `…; Lò Văn Ún (30 tuổi), cùng trú tại xã Vân Hồ`.
    pub(super) fn without_shared(self, mut pieces: Vec<Range<usize>>) -> Vec<Range<usize>> {
        let shared = |piece: &Range<usize>| {
            piece.clone().find(|at| {
                self.tokens.get(*at).is_mark(',')
                    && self.words.all_of.contains(self.tokens.id(at + 1))
            })
        };
        if let Some((last, others)) = pieces.split_last_mut()
            && let Some(end) = shared(last)
            && !others.iter().any(|piece| shared(piece).is_some())
        {
            last.end = end;
        }
        pieces
    }

    /// Whether the sentence is seen to go on behind the comma that would end `wanted` items, the last
    /// two joined by `và`: `…, hạ tầng và nhân lực, dù đã có cải cách`.
    pub(super) fn goes_on(self, cuts: &Cuts, wanted: usize) -> bool {
        let end = wanted.checked_sub(2).and_then(|n| cuts.commas.get(n));
        end.is_some_and(|at| self.parts(at + 1))
    }

    /// Whether a clause that is no item begins at `at`, behind a comma.
    pub(super) fn parts(self, at: usize) -> bool {
        let begins = |words: &Phrases<()>| words.longest(self.tokens.ids(at)).is_some();
        begins(&self.words.closes) || begins(&self.words.apart)
    }
}
