//! Authors and photographers: names in bylines, at the end of a text, behind `Ảnh:`.

use std::ops::Range;

use super::lexicon::Family;
use super::resolve::Found;
use super::{Rules, Step, name, office};
use crate::gazetteer::longest;
use crate::token::{Case, Tokens};

impl Rules {
    /// The authors named in a byline or one of the last blocks, which is all names: `Thu Hoài`, `Hải Bình -
    /// Đức Hùng`.
    pub(super) fn authors(&self, tokens: &Tokens<'_>, run: Range<usize>) -> Vec<Found> {
        const MOST: usize = 4;
        if let Some(author) = self.signed(tokens, run.clone()) {
            return vec![author];
        }
        let mut authors = Vec::new();
        let mut start = run.start;
        while start < run.end && authors.len() < MOST {
            let joint = (start..run.end.min(start + 6)).find(|&at| self.joins_list(tokens, at));
            let Some(author) = self.signed(tokens, start..joint.unwrap_or(run.end)) else {
                return Vec::new();
            };
            start = author.name.end + 1;
            authors.push(author);
        }
        if start < run.end || authors.len() < 2 { Vec::new() } else { authors }
    }

    /// An author's name that is all of a byline or of one of the last blocks, with the source behind it: `Danh
    /// Tuyên (Theo SP)`.
    fn signed(&self, tokens: &Tokens<'_>, run: Range<usize>) -> Option<Found> {
        let lexicon = &self.lexicon;
        let end = name::run(lexicon, tokens, run.start);
        let (n, next) = (end - run.start, tokens.get(end));
        let closed = end == run.end
            || next.is_mark('(') && tokens.before(run.end, 1).is_mark(')') && run.end <= end + 8;
        let known = |at: usize| {
            let syllable = lexicon.syllable(tokens.get(at).id);
            syllable.given || syllable.middle || syllable.family != Family::No
        };
        ((2..=4).contains(&n)
            && closed
            && run.clone().take(n).all(|at| tokens.get(at).case == Case::Capital)
            && run.clone().take(n).any(known)
            && longest(&lexicon.agencies, tokens, run.start).is_none()
            && !name::is_other(lexicon, tokens, run.start, end)
            && !office::begins_office(lexicon, tokens, run.start))
        .then(|| Found::new(run.start..end))
    }

    /// The photographer: `Ảnh: Mạnh Linh/TTXVN`, `Ảnh: VGP/Nhật Bắc`.
    pub(super) fn credit(&self, tokens: &Tokens<'_>, at: usize) -> Option<Step> {
        let mut at = at;
        for _ in 0..3 {
            let end = name::run(&self.lexicon, tokens, at);
            let n = end - at;
            let next = tokens.get(end);
            let ends = !next.is_word() && !next.is_number();
            if (2..=4).contains(&n)
                && ends
                && self.is_vietnamese(tokens, at..end)
                && longest(&self.lexicon.agencies, tokens, at).is_none()
                && longest(&self.lexicon.places, tokens, at).is_none()
            {
                return Some(Step::Person(Found::new(at..end), end));
            }
            // An agency may come first, with a slash or hyphen behind it.
            let slash = (at..at + 4)
                .find(|&at| ['/', '-', '–'].into_iter().any(|mark| tokens.get(at).is_mark(mark)))?;
            at = slash + 1;
        }
        None
    }

    /// Whether a run of capitals is a Vietnamese name without other evidence than its place.
    fn is_vietnamese(&self, tokens: &Tokens<'_>, range: Range<usize>) -> bool {
        let known = |at: usize| {
            let syllable = self.lexicon.syllable(tokens.get(at).id);
            syllable.given || syllable.middle || syllable.family != Family::No
        };
        range.clone().all(|at| tokens.get(at).case == Case::Capital)
            && range.clone().any(known)
            && range.clone().next_back().is_some_and(known)
    }
}
