//! Lists inside a sentence: `3 yếu tố: A, B và C`, `2 khâu đột phá là A; B`, `“4 hóa”: “A; B; C; D”`.

use std::ops::Range;

use corpus_model::Span;

use super::cuts::SENTENCE;
use super::intro::Intro;
use super::{Announcement, MOST_ITEMS, Reader};
use crate::token::TokenKind;

/// An item behind words that need not introduce any is no longer, in tokens.
pub(super) const SHORT_ITEM: usize = 16;

/// The same where there are three or more.
const LONG_ITEM: usize = 20;

impl Reader<'_, '_> {
    /// The items that follow an announcement in its sentence or open the next one.
    pub(super) fn inline(self, announcement: &Announcement) -> Option<Vec<Span>> {
        let mut from = announcement.tokens.end;
        loop {
            let intro = self.introduced(announcement, from)?;
            let items = self.introduced_items(announcement, intro);
            // Words that need not introduce anything did not: `2 nhà máy được gọi là lớn: …`.
            if items.is_some() || !intro.exact || intro.start <= from {
                return items;
            }
            from = intro.start;
        }
    }

    pub(super) fn introduced_items(
        self,
        announcement: &Announcement,
        intro: Intro,
    ) -> Option<Vec<Span>> {
        let wanted = usize::from(announcement.number);
        let Intro { mut start, certain, exact } = intro;
        while let Some((n, ())) = self.words.fillers.longest(self.tokens.ids(start)) {
            start += n;
            let mark = self.tokens.get(start);
            start += usize::from(matches!(mark.kind, TokenKind::Mark(',' | ':')));
        }
        start = self.past_label(start);
        if certain && self.tokens.get(start).is_break() {
            let lines = self.lines(start);
            let whole = lines.len() == wanted || announcement.strong && lines.len() >= 2;
            return whole.then(|| self.spans(lines));
        }
        if let Some(names) = self.told(start, wanted).or_else(|| self.names(start, wanted)) {
            return Some(names);
        }
        if !exact && let Some(items) = self.inside(start, wanted) {
            return Some(items);
        }
        let cuts = self.cuts(start, None);
        let by_semicolons = self.by_semicolons(start, &cuts, wanted);
        if by_semicolons.len() == wanted {
            return Some(self.unquoted(self.without_shared(by_semicolons)));
        }
        // `Trường A (…), Trường B (…); Trường C (…)`: whatever mark stands in front of the same word.
        if !cuts.semicolons.is_empty()
            && certain
            && self.tokens.get(start).has_capital()
            && let Some(items) = self.parallel(start, &cuts, wanted)
        {
            return Some(self.unquoted(items));
        }
        if cuts.semicolons.is_empty()
            && let Some(items) = self.by_commas(start, &cuts, wanted)
        {
            let items = self.closed(items);
            // `ba người gồm một trẻ em và hai người lớn`: counts that make up the number.
            let counts = items.iter().any(|item| self.is_count(item.start));
            let fits = match exact {
                true => self.fit(&items, announcement.strong),
                false => announcement.strong || !counts && self.open_alike(&items),
            };
            return fits.then(|| self.unquoted(items));
        }
        let direct = intro.start == announcement.tokens.end + 1;
        if exact {
            // `6 người con là Mai, Lan, Cúc và hai em sinh đôi …`
            let many = direct && wanted > 3;
            return many.then(|| self.most_of(announcement, start, &cuts)).flatten();
        }
        if certain && !announcement.strong && direct {
            return self.most_of(announcement, start, &cuts);
        }
        // `8 dự án luật như …`: examples are not all.
        let before = self.tokens.before(intro.start, 1);
        if before.is_word() && before.id == self.words.such {
            return None;
        }
        // Some items are missing, or the sentence goes on behind them.
        let tells = announcement.strong && certain && by_semicolons.len() >= 2;
        if tells && by_semicolons.len() < wanted + 3 {
            return Some(self.spans(by_semicolons));
        }
        self.some_of(announcement, start, &cuts)
    }

    /// The token behind words that say once more what the items are: `gồm các tuyến: …`.
    pub(super) fn past_label(self, start: usize) -> usize {
        const WORDS: usize = 4;
        if !self.words.plurals.contains(self.tokens.id(start)) {
            return start;
        }
        let colon = (start + 1..start + WORDS).find(|at| !self.tokens.get(*at).is_word());
        colon.filter(|at| self.tokens.get(*at).is_mark(':')).map_or(start, |colon| colon + 1)
    }

    /// The lines behind the end of a line up to the first that ends in no semicolon.
    fn lines(self, start: usize) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let mut at = start;
        while lines.len() < usize::from(MOST_ITEMS) {
            while self.tokens.get(at).is_break() && at < self.tokens.len() {
                at += 1;
            }
            let from = at;
            while !self.tokens.get(at).is_break() && at < from + SENTENCE {
                at += 1;
            }
            if from == at || !self.tokens.get(at).is_break() {
                break;
            }
            lines.push(from..at);
            if !self.tokens.before(at, 1).is_mark(';') {
                break;
            }
        }
        lines
    }

    /// Whether a number of two or more in words opens an item.
    fn is_count(self, at: usize) -> bool {
        let small = || self.numbers.small(self.tokens, at);
        // `tư pháp` begins with no four.
        self.numbers.is_first(self.tokens, at) && small().is_some_and(|(number, _)| number > 1)
    }

    /// Whether of two items both begin with digits or none: `ông Lò Văn Ún, 72 tuổi và con trai` are not two.
    fn open_alike(self, items: &[Range<usize>]) -> bool {
        let digits = |item: &Range<usize>| self.tokens.get(item.start).is_number();
        items.len() > 2 || items.iter().all(digits) || !items.iter().any(digits)
    }

    /// Whether these may be items where nothing but their number says so: short, and two of them named
    /// behind a noun that need not announce.
    pub(super) fn fit(self, items: &[Range<usize>], strong: bool) -> bool {
        let named = |item: &Range<usize>| {
            item.clone().any(|at| {
                let token = self.tokens.get(at);
                token.has_capital() || matches!(token.kind, TokenKind::Mark('“' | '"'))
            })
        };
        let most = if items.len() > 2 { LONG_ITEM } else { SHORT_ITEM };
        // `5 người là cấp dưới của ông, từ phó giám đốc Lò Văn Ún, …`: they begin there.
        let from =
            |item: &Range<usize>| items.len() > 2 && self.tokens.id(item.start) == self.words.from;
        if items.iter().skip(1).any(from) && !items.first().is_some_and(from) {
            return false;
        }
        // `là thành viên của nhóm ở Mường Lò và đến Vân Hồ`
        let stop = |item: &Range<usize>| self.words.is_stop(self.tokens.id(item.start));
        if let [first, second] = items
            && !stop(first)
            && stop(second)
        {
            return false;
        }
        items.iter().all(|item| {
            let opens = self.tokens.get(item.start);
            // `bị coi là chủ mưu là …`
            let clause =
                items.len() == 2 && item.clone().any(|at| self.tokens.get(at).id == self.words.is);
            item.len() <= most
                && !clause
                && !opens.is_number()
                && !self.is_count(item.start)
                && !self.parts(item.start)
        }) && (strong || items.len() > 2 || items.iter().all(named))
    }

    /// The items inside the quotes or brackets that open at `at`, where there are as many as wanted.
    pub(super) fn inside(self, at: usize, wanted: usize) -> Option<Vec<Span>> {
        let close = match self.tokens.get(at).kind {
            TokenKind::Mark('“' | '"') => ['”', '"'],
            TokenKind::Mark('(') => [')', ')'],
            _ => return None,
        };
        let end = (at + 1..at + SENTENCE)
            .take_while(|at| !self.tokens.get(*at).is_break())
            .find(|at| close.iter().any(|mark| self.tokens.get(*at).is_mark(*mark)))?;
        let cuts = self.cuts(at + 1, Some(end));
        let pieces = self.pieces(at + 1, &cuts.semicolons, end);
        if pieces.len() == wanted {
            return Some(self.spans(pieces));
        }
        let free = cuts.semicolons.is_empty();
        Some(self.spans(free.then(|| self.by_commas(at + 1, &cuts, wanted))??))
    }
}
