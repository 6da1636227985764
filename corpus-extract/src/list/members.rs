//! Items with a name each: `trung úy Vi Văn Thìn (32 tuổi) và Trung tâm công nghệ sinh học`.
//!
//! Wider than the names of [`named`](super::named): words in small letters may stand in front of a name,
//! inside it and behind it.

use std::ops::Range;

use corpus_model::Span;

use super::cuts::SENTENCE;
use super::{Announcement, Reader};
use crate::token::{Case, TokenKind};

/// How many words in lower case may stand in front of a name: `nữ diễn viên kiêm ca sĩ Lò Thị Mai`.
const HEAD: usize = 6;

/// How many tokens may stand between a name and what parts it from the next.
const TAIL: usize = 8;

impl Reader<'_, '_> {
    /// Names with dashes between them behind the noun: `hai phía Bắc - Nam`.
    pub(super) fn joined_by_dashes(
        self,
        announcement: &Announcement,
        start: usize,
    ) -> Option<Vec<Span>> {
        const NAME: usize = 6;
        let noun = announcement.noun.start..start;
        if noun.clone().any(|at| self.words.ways.contains(self.tokens.id(at))) {
            return None;
        }
        let dash = |at: usize| matches!(self.tokens.get(at).kind, TokenKind::Mark('-' | '–'));
        let mut items = Vec::with_capacity(announcement.number.into());
        let mut at = start;
        let mut worded = None;
        loop {
            let mut end = (at..at + NAME).find(|at| !self.tokens.get(*at).has_capital())?;
            // `hai đảng Dân chủ - Cộng hòa`
            let word = end > at && self.cuts_word(&(at..end));
            let words = *worded.get_or_insert(word);
            end += usize::from(word && words);
            if end == at || items.len() == usize::from(announcement.number) {
                return None;
            }
            // `V - League`, `Hyunmoo - II`: letters and numbers of a name.
            if self.tokens.str(at).bytes().all(|byte| b"VIX".contains(&byte)) {
                return None;
            }
            items.push(self.tokens.span(at..end));
            if !dash(end) || self.tokens.get(end).glued != self.tokens.get(end + 1).glued {
                at = end;
                break;
            }
            at = end + 1;
        }
        // `hai cặp Lan - Minh và …`, `hai nhà thiết kế Dexnol - Lò Thị Mai, Vi Văn Ún`
        let more = self.joint(at).is_some_and(|(_, next)| self.name(next).is_some());
        let more = more || self.tokens.get(at).is_number();
        (items.len() == usize::from(announcement.number) && !more).then_some(items)
    }

    /// Whether `một` in front of `at` counts one of what the noun names and no other thing: the noun follows, a
    /// word that stands for it, or nothing that is counted, as in `hai cuộc gọi, một từ phía nam`.
    pub(super) fn stands_for(self, noun: &Range<usize>, at: usize) -> bool {
        let named = |it: usize| self.tokens.str(it) == self.tokens.str(at);
        self.words.takers.contains(self.tokens.id(at))
            || noun.clone().any(named)
            || self.words.counted.longest(self.tokens.ids(at)).is_none()
    }

    /// Whether `và` stands in front of the last item.
    pub(super) fn joined(self, items: &[Span]) -> bool {
        items.last().is_some_and(|last| {
            let at = self.tokens.at_byte(last.start());
            let quoted = matches!(self.tokens.before(at, 1).kind, TokenKind::Mark('“' | '"'));
            self.tokens.before(at, 1 + usize::from(quoted)).id == self.words.and
        })
    }

    /// As many named items as wanted from `start` on, and no more; two are joined by `và`, but behind
    /// a colon.
    pub(super) fn members(self, start: usize, wanted: usize) -> Option<Vec<Span>> {
        let start = self.past_label(start);
        if let Some(people) = self.told(start, wanted) {
            return Some(people);
        }
        let names = self.names_read(start, wanted, |at| self.member(at));
        let colon = self.tokens.before(start, 1).is_mark(':');
        names
            .filter(|names| wanted > 2 || colon || self.joined(names))
            .or_else(|| self.two_with_more(start, wanted))
            .or_else(|| self.last_joined_itself(start, wanted))
            .or_else(|| self.dashed(start, wanted))
    }

    /// `Dana - Ý và Dana - Úc`, `Lò Văn Ún - giám đốc và Vi Văn Bằng - kế toán`: as much behind a dash
    /// in each item.
    pub(super) fn dashed(self, start: usize, wanted: usize) -> Option<Vec<Span>> {
        let cuts = self.cuts(start, None);
        let all: Vec<usize> = {
            let and = cuts.ands.first().copied()?;
            let commas = cuts.commas.iter().copied().filter(|comma| *comma < and);
            commas.chain([and]).collect()
        };
        if all.len() + 1 != wanted {
            return None;
        }
        let dash = |piece: &Range<usize>| {
            piece.clone().find(|at| {
                let token = self.tokens.get(*at);
                matches!(token.kind, TokenKind::Mark('-' | '–')) && !token.glued
            })
        };
        let mut pieces = self.pieces(start, &all, cuts.end);
        let named = |piece: &Range<usize>| {
            dash(piece).is_some_and(|dash| {
                self.tokens.get(dash + 1).is_word()
                    && self.name(piece.start).is_some_and(|(_, end)| end == dash)
            })
        };
        if pieces.len() != wanted || !pieces.iter().all(named) {
            return None;
        }
        let (last, others) = pieces.split_last_mut()?;
        let at = dash(last)? + 1;
        let names = others.iter().all(|piece| {
            dash(piece).is_some_and(|at| self.name(at + 1).is_some_and(|(_, end)| end == piece.end))
        });
        last.end = match (names, self.name(at)) {
            (true, Some((_, end))) => end,
            (true, None) => return None,
            // A second dash ends what the first began.
            (false, _) => (at..last.end)
                .find(|at| matches!(self.tokens.get(*at).kind, TokenKind::Mark('-' | '–' | ',')))
                .unwrap_or(last.end),
        };
        let pieces = self.closed(pieces);
        Some(self.spans(pieces))
    }

    /// `Argentina, Bờ Biển Ngà và Bosnia và Herzegovina`: the sentence ends behind a name that has a
    /// `và` of its own.
    fn last_joined_itself(self, start: usize, wanted: usize) -> Option<Vec<Span>> {
        if wanted < 3 {
            return None;
        }
        let cuts = self.cuts(start, None);
        let [and, own] = *cuts.ands.as_slice() else { return None };
        let comma = cuts.commas.last().copied()?;
        if cuts.commas.len() + 2 != wanted || comma > and || own > and + HEAD {
            return None;
        }
        let all: Vec<usize> = cuts.commas.iter().copied().chain([and]).collect();
        let pieces = self.pieces(start, &all, cuts.end);
        let named = |piece: &Range<usize>| {
            self.name(piece.start).is_some_and(|(_, end)| {
                end == piece.end
                    || end == own && self.name(own + 1).is_some_and(|(_, end)| end == piece.end)
            })
        };
        pieces.iter().all(named).then(|| self.spans(pieces))
    }

    /// `Vi Văn Bằng, 23 tuổi, ở Mộc Châu và Lò Văn Linh, 25 tuổi, ở Mai Châu`
    pub(super) fn two_with_more(self, start: usize, wanted: usize) -> Option<Vec<Span>> {
        if wanted != 2 || self.member(start).is_none() {
            return None;
        }
        let cuts = self.cuts(start, None);
        let [and] = *cuts.ands.as_slice() else { return None };
        self.member(and + 1)?;
        let commas =
            |range: Range<usize>| cuts.commas.iter().filter(|comma| range.contains(comma)).count();
        // As much is told of the one as of the other.
        let (left, right) = (commas(start..and - 1), commas(and..cuts.end));
        // `…, cựu giám đốc và Lò Văn Linh, kế toán trưởng, bị đề nghị truy tố`
        let next = cuts.commas.iter().copied().filter(|comma| *comma > and).nth(left);
        let goes_on = |at: usize| self.words.is_stop(self.tokens.id(at + 1)) || self.parts(at + 1);
        let end = next.filter(|at| goes_on(*at)).unwrap_or(cuts.end);
        let alike = left > 0 && (left == right || end < cuts.end);
        (alike && end - start <= SENTENCE / 4)
            .then(|| self.spans(self.closed([start..and, and + 1..end].into())))
    }

    /// Two names right behind their noun of which as much is told, in small letters.
    pub(super) fn two_told(self, start: usize, wanted: usize) -> Option<Vec<Span>> {
        let (_, end) = self.name(start)?;
        let told = |at: usize| {
            let (mark, word) = (self.tokens.get(at), self.tokens.get(at + 1));
            mark.is_mark(',') && (word.is_number() || word.is_word() && !word.has_capital())
        };
        let items = told(end).then(|| self.two_with_more(start, wanted)).flatten()?;
        let second = self.tokens.at_byte(items.last()?.start());
        let (_, end) = self.name(second)?;
        told(end).then_some(items)
    }

    /// A name with the words in front of it, and the token behind.
    pub(super) fn member(self, at: usize) -> Option<(Range<usize>, usize)> {
        // `quận 2`
        if self.tokens.get(at + 1).is_number()
            && let Some(district) = self.name(at)
        {
            return Some(district);
        }
        // `chợ hẻm 41 Lò Văn Ún`
        let head = |it: &usize| {
            self.in_name(*it) && !self.is_article(*it)
                || *it > at && self.tokens.get(*it).is_number()
        };
        let name = (at..at + HEAD).find(|at| !head(at)).unwrap_or(at + HEAD);
        if name > at && !self.tokens.get(name).has_capital() && !self.is_article(name) {
            return None;
        }
        let (mut range, mut end) = match self.name(name) {
            Some((found, end)) => (at..found.end, end),
            // `Công ty đầu tư khoáng sản Hợp Thành`
            None if self.tokens.get(name).has_capital() => (at..name + 1, name + 1),
            None => return None,
        };
        if end == range.end {
            end = self.rest_of_name(name, end)?;
            range.end = end;
        }
        // `Lò Văn Linh trú xã Vân Hồ, …`
        let next = self.bracket(end).unwrap_or(end);
        if self.joint(next).is_none() && self.tokens.get(next).is_word() {
            let part = (next..next + TAIL)
                .find(|at| !self.tokens.get(*at).is_word() && !self.tokens.get(*at).is_number());
            if let Some(part) = part
                && matches!(self.tokens.get(part).kind, TokenKind::Mark(',' | ';'))
                && self.name(part + 1).is_some()
            {
                (range.end, end) = (part, part);
            }
        }
        Some((range, end))
    }

    /// Where a name ends that begins with a word of which only the first syllable is a capital:
    /// `Trung tâm công nghệ sinh học`, `Phó giám đốc Lò Văn Ún`; nowhere for a lone capital that
    /// begins a clause. `end` is the end of its capitals.
    fn rest_of_name(self, start: usize, mut end: usize) -> Option<usize> {
        for _ in 0..3 {
            let last = end - 1;
            let compound = |at: usize| {
                self.words.compounds.longest(self.tokens.ids(at)).is_some_and(|(n, ())| n > 1)
            };
            let headed = self.words.heads.longest(self.tokens.ids(last));
            // `Y tế`: one letter counts as upper case.
            let first = self.tokens.get(last);
            let title = (first.case == Case::Capital || first.span.len() == 1)
                && (compound(last) || headed.is_some_and(|(n, ())| n > 1));
            let alone = end == start + 1 && self.tokens.get(start).case == Case::Capital;
            if !(title || alone) || !self.in_name(end) {
                break;
            }
            let part = (end..end + HEAD).find(|at| !self.in_name(*at)).unwrap_or(end + HEAD);
            if self.tokens.get(part).has_capital()
                && let Some((next, _)) = self.name(part)
            {
                end = next.end;
                continue;
            }
            if title {
                end = part;
            }
            break;
        }
        Some(end)
    }

    /// Whether a word in small letters stands at `at` that may belong to a name.
    fn in_name(self, at: usize) -> bool {
        let token = self.tokens.get(at);
        token.is_word()
            && !token.has_capital()
            && token.id != self.words.and
            && !self.words.is_stop(token.id)
            && self.words.closes.longest(self.tokens.ids(at)).is_none()
    }
}
