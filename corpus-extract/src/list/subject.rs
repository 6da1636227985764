//! Items that a sentence tells of its subject: `Ba đối tượng bắt buộc có chứng chỉ là A, B và C.`

use std::ops::Range;

use corpus_model::Span;

use super::{Announcement, Reader};

/// An item is no longer, in tokens, where all of the sentence is cut into as many as announced.
const LONGEST: usize = 24;

impl Reader<'_, '_> {
    /// Whether an announcement opens its sentence and something more is said of what is counted before the `là` at
    /// `at`, which then tells what they are: `Hai bức ảnh còn lại là …`, not `Hai nước là …`.
    pub(super) fn is_subject(self, announcement: &Announcement, at: usize) -> bool {
        let before = announcement.tokens.start.checked_sub(1);
        let opens = before.is_none_or(|before| self.ends_sentence(before));
        let link = self.tokens.id(at - 1);
        // `Ba anh em này đều là …`, `Ba nước từng là …`
        let plain = ![self.words.this, self.words.that].contains(&link)
            && !self.words.all_of.contains(link)
            && !self.words.turns.contains(link);
        opens && plain && at > announcement.tokens.end && self.tokens.id(at) == self.words.is
    }

    /// The whole rest of the sentence as many items, three or more parted by commas and one `và`, or two with a name
    /// each parted by `và` alone.
    pub(super) fn predicate(self, start: usize, wanted: usize) -> Option<Vec<Span>> {
        let cuts = self.cuts(start, None);
        let [and] = *cuts.ands.as_slice() else { return None };
        let commas = cuts.commas.len() + 2 == wanted
            && cuts.commas.last().is_none_or(|last| *last < and)
            && cuts.semicolons.is_empty();
        if !commas || !self.ends_sentence(cuts.end) {
            return None;
        }
        let all: Vec<usize> = cuts.commas.iter().copied().chain([and]).collect();
        let pieces = self.pieces(start, &all, cuts.end);
        let named =
            |piece: &Range<usize>| piece.clone().any(|at| self.tokens.get(at).has_capital());
        let fits = |piece: &Range<usize>| {
            piece.len() <= LONGEST
                && !self.words.is_stop(self.tokens.id(piece.start))
                && !self.parts(piece.start)
        };
        let whole = pieces.len() == wanted && pieces.iter().all(fits);
        // `Hai xe là quà của một công ty ở Vân Hồ tặng tỉnh A và tỉnh B`
        let length = |longest: bool| {
            let lengths = pieces.iter().map(ExactSizeIterator::len);
            if longest { lengths.max() } else { lengths.min() }.unwrap_or(0)
        };
        let pair = || pieces.iter().all(named) && length(true) <= 3 * length(false);
        (whole && (wanted > 2 || pair())).then(|| self.spans(pieces))
    }
}
