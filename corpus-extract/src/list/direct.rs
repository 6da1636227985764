//! Items right behind a noun that they always follow: `hai tội danh trộm cắp và lừa đảo`.

use std::ops::Range;

use corpus_model::Span;

use super::counted::SHORT;
use super::{Announcement, Reader};

impl Reader<'_, '_> {
    /// As many short items as announced right behind a noun that they always follow, as `hai tội danh
    /// trộm cắp tài sản và lừa đảo`, and the announcement with that noun.
    pub(super) fn direct(self, announcement: Announcement) -> Option<(Announcement, Vec<Span>)> {
        let start = announcement.noun.start;
        let (n, ()) = self.words.directs.longest(self.tokens.ids(start))?;
        let (from, wanted) = (start + n, usize::from(announcement.number));
        let ends = |at: usize| {
            let token = self.tokens.get(at);
            let word = token.is_word()
                && token.id != self.words.and
                && (self.words.is_stop(token.id)
                    || self.words.closes.longest(self.tokens.ids(at)).is_some());
            word || !(token.is_word() || token.is_mark(','))
        };
        let most = from + wanted * SHORT;
        let mut end = from;
        while end < most
            && !(self.words.wholes.longest(self.tokens.ids(end)).is_none() && ends(end))
        {
            end += self.words.wholes.longest(self.tokens.ids(end)).map_or(1, |(n, ())| n);
        }
        let mut cuts = self.cuts(from, Some(end));
        // A comma behind the last item belongs to the sentence.
        cuts.commas.truncate(wanted.saturating_sub(2));
        let and = cuts.ands.first().copied();
        let last = match and {
            Some(and) if cuts.ands.len() == 1 && cuts.commas.last() < Some(&and) => and,
            _ => return None,
        };
        let end = (last..end).find(|at| self.tokens.get(*at).is_mark(',')).unwrap_or(end);
        let all: Vec<usize> = cuts.commas.iter().copied().chain([last]).collect();
        let pieces = self.pieces(from, &all, end);
        // Names alone are read by other rules: `hai ngành Y đa khoa và Răng hàm mặt`.
        let words = |piece: &Range<usize>| {
            let named = piece.clone().all(|at| self.tokens.get(at).has_capital());
            piece.len() <= SHORT && !named
        };
        let whole = pieces.len() == wanted && pieces.iter().all(words);
        let noun = start..from;
        let tokens = announcement.tokens.start..from;
        whole.then(|| (Announcement { tokens, noun, ..announcement }, self.spans(pieces)))
    }
}
