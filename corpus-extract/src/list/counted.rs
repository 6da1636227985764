//! Lists that their count tells, whatever their noun: `ba bang ông A đã thắng sít sao là X, Y và Z`.
//!
//! As many items as announced are evidence enough where something introduces them and they look like
//! items: names, mostly. The weaker what introduces them, the more they must look like it.

use std::ops::Range;

use corpus_model::Span;

use super::intro::Intro;
use super::{Announcement, Reader};
use crate::token::TokenKind;

/// How far behind its noun a list may begin, in tokens.
const NOUN_TO_LIST: usize = 30;

/// An item without a name is no longer, in tokens, where one `và` alone parts two.
pub(super) const SHORT: usize = 8;

/// What lies between the noun and a place behind it.
#[derive(Clone, Copy, Debug, Default)]
struct Way {
    /// A comma, dash or `và`: what follows may belong to something else.
    crossed: bool,
    /// A word of saying: somebody's words may follow.
    said: bool,
}

impl Reader<'_, '_> {
    /// As many items as announced, behind whatever follows the noun.
    pub(super) fn counted(self, announcement: Announcement) -> Option<(Announcement, Vec<Span>)> {
        let noun = announcement.noun.clone();
        if self.words.is_named(self.tokens, noun.start) {
            return None;
        }
        let capital = (noun.start + 1..noun.end).find(|at| self.tokens.get(*at).has_capital());
        let name = capital.unwrap_or(noun.end);
        let direct = announcement.tokens.end == noun.end;
        let items = direct
            .then(|| {
                let wanted = announcement.number.into();
                self.dashed(name, wanted).or_else(|| self.joined_by_dashes(&announcement, name))
            })
            .flatten()
            .or_else(|| self.counted_items(&announcement))?;
        // `3 bộ Y tế`, `3 bang ông Thìn đã thắng`: a name is no part of the noun, nor what begins one.
        let called = self.tokens.get(name).has_capital()
            && name > noun.start + 1
            && self.words.heads.longest(self.tokens.ids(name - 1)).is_some();
        let end = name - usize::from(called);
        let announcement = match direct {
            true if end < noun.end => Announcement {
                tokens: announcement.tokens.start..end,
                noun: noun.start..end,
                ..announcement
            },
            _ => announcement,
        };
        Some((announcement, items))
    }

    /// The items behind the noun, sought from word to word.
    fn counted_items(self, announcement: &Announcement) -> Option<Vec<Span>> {
        let from = announcement.tokens.end;
        let wanted = usize::from(announcement.number);
        let mut way = Way::default();
        let mut at = announcement.noun.start + 1;
        while at < from + NOUN_TO_LIST {
            let token = self.tokens.get(at);
            let behind = at + 1;
            let mut next = behind;
            let found = match token.kind {
                TokenKind::Break => return None,
                TokenKind::Mark(':') => {
                    if way.said || way.crossed && wanted == 2 {
                        return None;
                    }
                    let pair = || (!way.crossed).then(|| self.pair(behind, announcement)).flatten();
                    return self.members(behind, wanted).or_else(pair);
                }
                TokenKind::Mark('(') => {
                    next = self.bracket(at)?;
                    self.in_brackets(at, next, announcement)
                }
                TokenKind::Mark('-' | '–' | '—')
                    if !token.glued && !self.tokens.get(behind).glued && !way.crossed =>
                {
                    way.crossed = true;
                    // `hai công ty Dana - Ý và Dana - Úc`: the dash is within a name.
                    let before = self.tokens.before(at, 1);
                    let plain = before.is_word() && !before.has_capital() || wanted > 3;
                    let enclosed = || self.between_dashes(behind, wanted);
                    plain.then(|| self.members(behind, wanted).or_else(enclosed)).flatten()
                }
                // `6,6 tỷ`
                TokenKind::Mark(',') if token.glued && self.tokens.get(behind).digits() > 0 => None,
                TokenKind::Mark(',') => {
                    way.crossed = true;
                    self.behind_comma(at, announcement)
                }
                TokenKind::Mark(_) if self.ends_sentence(at) => return None,
                // The nearer number counts.
                TokenKind::Number if self.is_nearer(at) => return None,
                TokenKind::Mark(_) | TokenKind::Number => None,
                TokenKind::Word => {
                    let number = at >= from && self.numbers.is_word(self.tokens, at);
                    if number && self.is_nearer(at) {
                        return None;
                    }
                    let silent = self.words.silent.longest(self.tokens.ids(at));
                    if silent.is_none() {
                        way.said |= self.words.says.longest(self.tokens.ids(at)).is_some();
                        way.crossed |= token.id == self.words.and;
                    }
                    let intro = self.words.intros.longest(self.tokens.ids(at));
                    // `sau đó là …`, `hai khẩu súng đó là thật`
                    let passed = token.id == self.words.that || at < from;
                    if let Some((n, ())) = silent.or(intro.filter(|_| at >= from)) {
                        next = at + n;
                    }
                    match intro {
                        Some((n, ())) if silent.is_none() && !passed => {
                            self.behind_intro(at, n, way, announcement)
                        }
                        _ => None,
                    }
                }
            };
            if found.is_some() {
                return found;
            }
            at = next;
        }
        None
    }

    /// The items behind a comma at `at` on the way from the noun.
    fn behind_comma(self, at: usize, announcement: &Announcement) -> Option<Vec<Span>> {
        let wanted = usize::from(announcement.number);
        let start = at + 1;
        if let Some((n, ())) = self.words.lists.longest(self.tokens.ids(start)) {
            let start = start + n;
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

    /// The items behind `n` words at `at` that may introduce them.
    fn behind_intro(
        self,
        at: usize,
        n: usize,
        way: Way,
        announcement: &Announcement,
    ) -> Option<Vec<Span>> {
        let wanted = usize::from(announcement.number);
        let such = n == 1 && self.tokens.id(at) == self.words.such;
        // Three names or more belong to no other noun so easily.
        if such || way.crossed && wanted == 2 {
            return None;
        }
        let start = at + n;
        let lists = self.words.lists.longest(self.tokens.ids(at)).is_some();
        // `bị cáo buộc là “vô can” và “dân thường”`
        let quoted = matches!(self.tokens.get(start).kind, TokenKind::Mark('“' | '"'));
        let says = quoted && !lists && wanted == 2 && at > announcement.tokens.end;
        if !says && let Some(items) = self.members(start, wanted) {
            return Some(items);
        }
        if way.crossed {
            return lists.then(|| self.same_head(start, wanted)).flatten();
        }
        let pair = lists.then(|| self.pair(start, announcement)).flatten();
        pair.or_else(|| self.series(start, wanted)).or_else(|| self.same_head(start, wanted))
    }

    /// The items that fill the brackets from `open` to before `close`.
    fn in_brackets(
        self,
        open: usize,
        close: usize,
        announcement: &Announcement,
    ) -> Option<Vec<Span>> {
        let wanted = usize::from(announcement.number);
        let before = self.tokens.before(open, 1);
        let direct = open == announcement.tokens.end;
        // `ở quận Cầu Giấy (Hà Nội)`: a name has brackets of its own.
        if (before.has_capital() || before.is_number()) && !direct {
            return None;
        }
        let opens = self.words.lists.longest(self.tokens.ids(open + 1));
        let items = match opens {
            Some((n, ())) => self.members(open + 1 + n, wanted).or_else(|| {
                let cuts = self.cuts(open + 1 + n, Some(close - 1));
                Some(self.spans(self.by_commas(open + 1 + n, &cuts, wanted)?))
            })?,
            None => self.inside(open, wanted)?,
        };
        let starts: Vec<usize> =
            items.iter().map(|item| self.tokens.at_byte(item.start())).collect();
        let named = |at: &usize| self.member(*at).is_some();
        let last = self.tokens.at_byte(items.last()?.start());
        let joined = self.tokens.before(last, 1).id == self.words.and;
        let figures = (open + 1..close).any(|at| self.tokens.get(at).is_number());
        let fits = match wanted {
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
    fn between_dashes(self, start: usize, wanted: usize) -> Option<Vec<Span>> {
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

    /// Whether the same word, and no number, begins at all of these.
    fn same_word(self, starts: &[usize]) -> bool {
        let first = starts.first().map(|at| (self.tokens.get(*at), self.tokens.str(*at)));
        first.is_some_and(|(token, word)| {
            token.is_word() && starts.iter().all(|at| self.tokens.str(*at) == word)
        })
    }

    /// Two short items that one `và` parts and the sentence ends behind, in lower case.
    fn pair(self, start: usize, announcement: &Announcement) -> Option<Vec<Span>> {
        if announcement.number != 2 {
            return None;
        }
        let cuts = self.cuts(start, None);
        // `một bài về lịch sử và một bài về địa lý, địa chất`
        if let Some(items) = self.parallel(start, &cuts, 2)
            && items.iter().all(|item| item.len() <= 2 * SHORT)
        {
            return Some(self.spans(items));
        }
        let [and] = *cuts.ands.as_slice() else { return None };
        let fits = |item: &Range<usize>| {
            let first = self.tokens.get(item.start);
            !item.is_empty()
                && item.len() <= SHORT
                && first.is_word()
                && !first.has_capital()
                && !item.clone().any(|at| self.words.says.longest(self.tokens.ids(at)).is_some())
        };
        let items = [start..and, and + 1..cuts.end];
        let whole = cuts.commas.is_empty() && cuts.semicolons.is_empty();
        (whole && items.iter().all(fits)).then(|| self.spans(items.into()))
    }

    /// Items that all begin with the same word: `chợ Mộc Châu, chợ Vân Hồ và chợ phiên Pà Cò`.
    fn same_head(self, start: usize, wanted: usize) -> Option<Vec<Span>> {
        let first = self.tokens.get(start);
        if !first.is_word() || self.words.is_stop(first.id) {
            return None;
        }
        let cuts = self.cuts(start, None);
        let pieces = self.closed(self.parallel(start, &cuts, wanted)?);
        let short = pieces.iter().all(|piece| self.plain_len(piece) <= 2 * SHORT);
        short.then(|| self.spans(pieces))
    }

    /// Three short items or more that commas and one `và` part, and the sentence ends behind.
    fn series(self, start: usize, wanted: usize) -> Option<Vec<Span>> {
        if wanted < 3 {
            return None;
        }
        let cuts = self.cuts(start, None);
        let [and] = *cuts.ands.as_slice() else { return None };
        let whole = cuts.semicolons.is_empty()
            && cuts.commas.len() + 2 == wanted
            && cuts.commas.last().is_some_and(|last| *last < and);
        if !whole {
            return None;
        }
        let all: Vec<usize> = cuts.commas.iter().copied().chain([and]).collect();
        let pieces = self.pieces(start, &all, cuts.end);
        let fits = |piece: &Range<usize>| {
            let first = self.tokens.get(piece.start);
            self.plain_len(piece) <= SHORT && first.is_word() && !self.words.is_stop(first.id)
        };
        (pieces.len() == wanted && pieces.iter().all(fits)).then(|| self.spans(pieces))
    }

    /// How many tokens a piece has outside of brackets.
    fn plain_len(self, piece: &Range<usize>) -> usize {
        let open = piece.clone().find(|at| self.tokens.get(*at).is_mark('('));
        match open.and_then(|open| Some((open, self.bracket(open)?))) {
            Some((open, close)) if close <= piece.end => piece.len() - (close - open),
            _ => piece.len(),
        }
    }

    /// Names behind the comma that ends the noun.
    fn apposed_names(self, start: usize, announcement: &Announcement) -> Option<Vec<Span>> {
        let wanted = usize::from(announcement.number);
        self.name(start)?;
        let items = self.names(start, wanted).or_else(|| self.two_with_more(start, wanted))?;
        self.joined(&items).then_some(items)
    }
}
