//! Lists of which only some items are told: `hơn 30 nước đã ký, gồm Úc, Nhật Bản, Hàn Quốc`.

use std::ops::Range;

use corpus_model::Span;

use super::cuts::Cuts;
use super::inline::SHORT_ITEM;
use super::{Announcement, Reader};
use crate::token::TokenKind;

impl Reader<'_, '_> {
    /// The first few of the items, `5 tội danh gồm gửi bom thư và đe dọa`.
    pub(super) fn some_of(
        self,
        announcement: &Announcement,
        start: usize,
        cuts: &Cuts,
    ) -> Option<Vec<Span>> {
        // `gồm` right behind the noun, or behind a comma.
        let opens = |back: usize| {
            let at = start.checked_sub(back)?;
            let (n, ()) = self.words.lists.longest(self.tokens.ids(at))?;
            let direct = at == announcement.tokens.end || self.tokens.before(at, 1).is_mark(',');
            (n == back && direct).then_some(())
        };
        let all = announcement.strong
            && (1..=2).any(|back| opens(back).is_some())
            && cuts.semicolons.is_empty();
        let [and] = cuts.ands.as_slice() else { return None };
        let joints: Vec<usize> = cuts.commas.iter().copied().chain([*and]).collect();
        if !all || !joints.is_sorted() {
            return None;
        }
        let pieces = self.pieces(start, &joints, cuts.end);
        let some = (2..usize::from(announcement.number)).contains(&pieces.len());
        let named =
            |piece: &Range<usize>| piece.clone().any(|at| self.tokens.get(at).has_capital());
        // `4 giai đoạn, gồm giai đoạn từ Mường Lò sang Vân Hồ - Pá Lông và Nà Ớt`
        let told =
            pieces.len() > 2 || start <= announcement.tokens.end + 2 || !pieces.iter().any(named);
        (some && told && self.fit(&pieces, true)).then(|| self.spans(pieces))
    }

    /// Most of the items, behind the colon or `là` that ends the noun, each short and with a name: `6 người con: Mai,
    /// Lan, Cúc và hai em sinh đôi Đào - Mận`.
    pub(super) fn most_of(
        self,
        announcement: &Announcement,
        start: usize,
        cuts: &Cuts,
    ) -> Option<Vec<Span>> {
        let wanted = usize::from(announcement.number);
        let [and] = cuts.ands.as_slice() else { return None };
        let joints: Vec<usize> = cuts.commas.iter().copied().chain([*and]).collect();
        if !cuts.semicolons.is_empty() || !joints.is_sorted() {
            return None;
        }
        let pieces = self.pieces(start, &joints, cuts.end);
        let named = |piece: &Range<usize>| {
            piece.len() <= SHORT_ITEM / 2
                && (piece.clone().take(4)).any(|at| self.tokens.get(at).has_capital())
        };
        let most = pieces.len() > wanted / 2 && pieces.len() > 2 && pieces.len() < wanted;
        (most && pieces.iter().all(named)).then(|| self.spans(pieces))
    }

    /// Names that end the sentence behind an introduction at `intro`, three or more, of the many that were counted:
    /// `hơn 30 nước đã ký, gồm Úc, Nhật Bản, Hàn Quốc`.
    pub(super) fn some_names(
        self,
        announcement: &Announcement,
        intro: usize,
        start: usize,
    ) -> Option<Vec<Span>> {
        const FEWEST: usize = 3;
        let most = usize::from(announcement.number);
        // `5 nước cùng các tổ chức gồm …`: of others.
        let others = (announcement.tokens.end..intro)
            .any(|at| self.words.plurals.contains(self.tokens.id(at)));
        // `ba trong năm tỉnh đã công bố dịch, gồm …`
        let number = announcement.tokens.start;
        let part = self.tokens.before(number, 1).id == self.words.within
            && (self.tokens.before(number, 2).is_number()
                || self.numbers.is_word(self.tokens, number.wrapping_sub(2)));
        if most <= FEWEST || others || part {
            return None;
        }
        let mut names = Vec::new();
        let mut at = start;
        while names.len() + 1 < most {
            let (name, end) = self.name(at)?;
            let end = self.bracket(end).unwrap_or(end);
            names.push(name.start..end);
            let more = self.tokens.get(end).is_mark('.') && self.tokens.get(end + 1).is_mark('.');
            if self.ends_sentence(end) || more {
                let open = |at: usize| {
                    matches!(self.tokens.get(at).kind, TokenKind::Mark('“' | '"' | '‘'))
                };
                let plain = !names.iter().any(|name| open(name.start));
                return (names.len() >= FEWEST && plain).then(|| self.spans(names));
            }
            at = self.joint(end)?.1;
        }
        None
    }
}
