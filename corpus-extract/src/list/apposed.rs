//! Items behind a comma, between dashes or in brackets on the way from their noun: `hai cô con gái, Lò Thị Mai và
//! Lò Thị Lan`.

use std::ops::Range;

use corpus_model::Span;

use super::counted::SHORT;
use super::intro::Intro;
use super::{Announcement, Reader};
use crate::token::TokenKind;
use crate::vocabulary::Id;

impl Reader<'_, '_> {
    /// The items behind a comma at `at` on the way from the noun.
    pub(super) fn behind_comma(self, at: usize, announcement: &Announcement) -> Option<Vec<Span>> {
        let wanted = usize::from(announcement.number);
        let start = at + 1;
        if let Some((n, ())) = self.words.lists.longest(self.tokens.ids(start)) {
            let start = start + n;
            // `…, bao gồm cả đối nội và đối ngoại`
            let too = self.tokens.id(start) == self.words.even;
            if too || self.is_told_of_one(announcement, start) {
                return None;
            }
            let start = start + usize::from(self.tokens.get(start).is_mark(':'));
            let items = self
                .members(start, wanted)
                .or_else(|| self.pair(start, announcement))
                .or_else(|| self.introduced_items(announcement, Intro::exact(start)));
            if items.is_some() {
                return items;
            }
        }
        // `hai cuộc gọi, một từ phía nam, một từ nước ngoài`
        if at == announcement.tokens.end && self.is_one_of(start, announcement) {
            let cuts = self.cuts(start, None);
            let short = |item: &Range<usize>| item.len() <= 2 * SHORT;
            let items = self.parallel(start, &cuts, wanted);
            let items = items.map(|items| self.closed(items)).map(|items| self.without_and(items));
            let fits =
                |item: &Range<usize>| short(item) && self.is_one_of(item.start, announcement);
            return items.filter(|items| items.iter().all(fits)).map(|items| self.spans(items));
        }
        if let Some(items) = self.told_by_noun(at, announcement) {
            return Some(items);
        }
        if let Some(items) = self.enumerated(at, announcement) {
            return Some(items);
        }
        if at != announcement.tokens.end {
            return None;
        }
        // `hai cô con gái, Lò Thị Mai và Lò Thị Lan`
        let plain = !announcement.noun.clone().any(|at| self.tokens.get(at).has_capital());
        let names = plain.then(|| self.apposed_names(start, announcement)).flatten();
        names.or_else(|| {
            // `đạt hai mục tiêu, đáp ứng nhu cầu, và giảm phát thải`
            let cuts = (announcement.strong && wanted == 2).then(|| self.cuts(start, None))?;
            match (cuts.commas.as_slice(), cuts.ands.as_slice()) {
                ([comma], [and]) if comma + 1 == *and && cuts.semicolons.is_empty() => {
                    Some(self.spans([start..*comma, and + 1..cuts.end].into()))
                }
                _ => None,
            }
        })
    }

    /// Items behind a comma at `at` that all begin with the noun, and no number behind it: `hai khu, khu A rộng 20 ha,
    /// khu B rộng 5 ha`.
    fn told_by_noun(self, at: usize, announcement: &Announcement) -> Option<Vec<Span>> {
        let (start, wanted) = (at + 1, usize::from(announcement.number));
        let noun = self.tokens.str(announcement.noun.start);
        if at != announcement.tokens.end || self.tokens.str(start) != noun {
            return None;
        }
        let cuts = self.cuts(start, None);
        let items = self.closed(self.parallel(start, &cuts, wanted)?);
        let second = |item: &Range<usize>| self.tokens.str(item.start + 1);
        let apart = items.windows(2).all(|pair| match pair {
            [one, other] => second(one) != second(other),
            _ => false,
        });
        let short = items.iter().all(|item| item.len() > 1 && item.len() <= 2 * SHORT);
        (short && apart).then(|| self.spans(items))
    }

    /// Three short items or more right behind the noun up to the end of the sentence, the first a name with a form of
    /// address: `4 vai ông Tư, ông Năm, cô cháu gái và bạn trai của cô`.
    pub(super) fn addressed(
        self,
        noun: &Range<usize>,
        name: usize,
        wanted: usize,
    ) -> Option<Vec<Span>> {
        let start = (name > noun.start + 1).then(|| name - 1)?;
        self.words.heads.longest(self.tokens.ids(start))?;
        // `ba bang ông Ún đã thắng là A, B và C`
        let (_, end) = self.name(start)?;
        if !self.tokens.get(end).is_mark(',') {
            return None;
        }
        let items = self.series(start, wanted)?;
        let end = self.tokens.at_byte(items.last()?.end() - 1) + 1;
        self.ends_sentence(end).then_some(items)
    }

    /// Three named items or more behind a comma at `at` that nothing else introduces: `3 cơ quan, cơ quan tình báo Trung
    /// ương (CIA), Cục điều tra Liên bang (FBI) và …`, `6 người bị bắt, từ ông Lò Văn Ún, bà Cà Thị Phanh …`.
    fn enumerated(self, at: usize, announcement: &Announcement) -> Option<Vec<Span>> {
        let wanted = usize::from(announcement.number);
        let direct = at == announcement.tokens.end;
        if wanted < 3 || !direct && wanted < 5 {
            return None;
        }
        let from = self.tokens.id(at + 1) == self.words.from;
        // `5 người từ Lào, Thái Lan, Úc, …`: what stands in front of the comma belongs to them.
        if !direct && !from && self.tokens.before(at, 1).has_capital() {
            return None;
        }
        let start = at + 1 + usize::from(from);
        let items = self.names_read(start, wanted, |at| self.member(at))?;
        if !self.joined(&items) {
            return None;
        }
        let echo = self.tokens.id(start) == self.tokens.id(announcement.noun.start)
            && self.tokens.id(start) != Id::NONE;
        let fits = match direct {
            true => {
                let closed = |item: &Span| self.tokens.slice(*item).ends_with(')');
                echo || wanted > 3 || items.iter().all(closed)
            }
            false => {
                let end = self.tokens.at_byte(items.last()?.end());
                self.ends_sentence(end)
            }
        };
        fits.then_some(items)
    }

    /// The items that fill the brackets from `open` to before `close`.
    pub(super) fn in_brackets(
        self,
        open: usize,
        close: usize,
        announcement: &Announcement,
    ) -> Option<Vec<Span>> {
        let wanted = usize::from(announcement.number);
        let before = self.tokens.before(open, 1);
        let direct = open == announcement.tokens.end;
        // `ở quận Cầu Giấy (Hà Nội)`: a name has brackets of its own.
        let echo = self.tokens.id(open + 1) == self.tokens.id(announcement.noun.start)
            && self.tokens.id(open + 1) != Id::NONE;
        // `7 tỉnh, TP (…)`
        let short = self.words.heads.longest(self.tokens.ids(open.saturating_sub(1)));
        let named = before.has_capital() && short.is_none();
        if (named || before.is_number()) && !direct && !echo {
            return None;
        }
        // `bảy nước công nghiệp (G7, gồm Anh, Pháp …)`
        let called = (open + 2..open + 4).find(|at| self.tokens.get(*at).is_mark(','));
        let called = called.filter(|_| self.tokens.get(open + 1).has_capital());
        let inside = called.map_or(open + 1, |comma| comma + 1);
        let opens = self.words.lists.longest(self.tokens.ids(inside));
        let items = match opens {
            Some((n, ())) => self.members(inside + n, wanted).or_else(|| {
                let cuts = self.cuts(inside + n, Some(close - 1));
                Some(self.spans(self.by_commas(inside + n, &cuts, wanted)?))
            })?,
            None => self.inside(open, wanted)?,
        };
        let starts: Vec<usize> =
            items.iter().map(|item| self.tokens.at_byte(item.start())).collect();
        let named = |at: &usize| self.member(*at).is_some();
        let last = self.tokens.at_byte(items.last()?.start());
        let joined = self.tokens.before(last, 1).id == self.words.and;
        let figures = (open + 1..close).any(|at| self.tokens.get(at).is_number());
        // `3 tấm gỗ (90 cm x 3 m; 80 cm x 3 m; 70 cm x 3 m)`
        let semicolons = || {
            let marks = (open..close).filter(|at| self.tokens.get(*at).is_mark(';')).count();
            direct && marks + 1 == wanted
        };
        let fits = match wanted {
            _ if semicolons() => true,
            // `hai đứa con (một đứa ba tuổi, một đứa một tuổi)`
            _ if starts.iter().all(|at| self.is_one_of(*at, announcement)) => true,
            // `hai phiên họp này (tại tổ và tại hội trường)`
            2 => joined && (starts.iter().all(named) || self.same_word(&starts)),
            // `tại một ngôi nhà (ngõ Vân, phường Hồ, quận Đống Đa)`: an address.
            _ if starts.iter().all(named) => {
                let small = |at: &usize| !self.tokens.get(*at).has_capital();
                joined || direct || !starts.iter().any(small)
            }
            _ => joined && !figures,
        };
        fits.then_some(items)
    }

    /// Whether what begins at `at` is one of what is announced: `một ở núi`, `một đứa bốn tuổi` of `hai đứa con`;
    /// but `nhà hai tầng, một máy siêu âm` counts something else.
    fn is_one_of(self, at: usize, announcement: &Announcement) -> bool {
        self.tokens.id(at) == self.words.one && self.stands_for(&announcement.noun, at + 1)
    }

    /// The same items without the `và` in front of one.
    fn without_and(self, items: Vec<Range<usize>>) -> Vec<Range<usize>> {
        let starts = |item: &Range<usize>| {
            item.start + usize::from(self.tokens.id(item.start) == self.words.and)
        };
        items.into_iter().map(|item| starts(&item)..item.end).collect()
    }

    /// The items between a dash in front of `start` and the next: `ba nhóm – thợ, thầy và lính – được vay`.
    pub(super) fn between_dashes(self, start: usize, wanted: usize) -> Option<Vec<Span>> {
        let dash = |at: usize| {
            let token = self.tokens.get(at);
            matches!(token.kind, TokenKind::Mark('-' | '–' | '—'))
                && !token.glued
                && !self.tokens.get(at + 1).glued
        };
        let end = (start..start + wanted * SHORT)
            .take_while(|at| !self.ends_sentence(*at))
            .find(|at| dash(*at))?;
        let cuts = self.cuts(start, Some(end));
        let [and] = *cuts.ands.as_slice() else { return None };
        if cuts.commas.len() + 2 != wanted || cuts.commas.last().is_some_and(|comma| *comma > and) {
            return None;
        }
        let all: Vec<usize> = cuts.commas.iter().copied().chain([and]).collect();
        let pieces = self.pieces(start, &all, end);
        let short = pieces.len() == wanted && pieces.iter().all(|piece| piece.len() <= SHORT);
        short.then(|| self.spans(pieces))
    }

    /// Names behind the comma that ends the noun.
    fn apposed_names(self, start: usize, announcement: &Announcement) -> Option<Vec<Span>> {
        let wanted = usize::from(announcement.number);
        self.name(start)?;
        let items = self.names(start, wanted).or_else(|| self.two_with_more(start, wanted))?;
        self.joined(&items).then_some(items)
    }
}
