//! Lists that their count tells, whatever their noun: `ba bang ông A đã thắng sít sao là X, Y và Z`.
//!
//! As many items as announced are evidence enough where something introduces them and they look like
//! items: names, mostly. The weaker what introduces them, the more they must look like it.

use std::ops::Range;

use corpus_model::Span;

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
    /// `là`: the items begin there or nowhere.
    told: bool,
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
                self.dashed(name, wanted)
                    .or_else(|| self.joined_by_dashes(&announcement, name))
                    .or_else(|| capital.and_then(|name| self.same_capital(name, wanted)))
                    .or_else(|| capital.and_then(|name| self.two_told(name, wanted)))
                    .or_else(|| capital.and_then(|name| self.several(name, wanted)))
                    .or_else(|| capital.and_then(|name| self.addressed(&noun, name, wanted)))
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
                    // `11 phường đang thiếu nước như: …` gives examples.
                    let such = self.tokens.before(at, 1).id == self.words.such;
                    let some =
                        || (!such).then(|| self.some_names(announcement, at, behind)).flatten();
                    return self.members(behind, wanted).or_else(pair).or_else(some);
                }
                TokenKind::Mark('(') => {
                    next = self.bracket(at)?;
                    self.in_brackets(at, next, announcement)
                }
                TokenKind::Mark('-' | '–' | '—')
                    if !(token.glued
                        || self.tokens.get(behind).glued
                        || way.crossed
                        || way.told) =>
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
                            way.told |= at == from && token.id == self.words.is;
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
        let apposed = self.words.lists.longest(self.tokens.ids(at)).is_some()
            && self.tokens.before(at, 1).is_mark(',');
        if such || way.crossed && wanted == 2 && !apposed {
            return None;
        }
        // `Chủ của hai khu đất này là ông A và bà B`: what was told before, and something of it.
        let owned = n == 1
            && self.tokens.id(at) == self.words.is
            && self.tokens.before(announcement.tokens.start, 1).id == self.words.of;
        if owned && self.tokens.id(announcement.tokens.end) == self.words.this {
            return None;
        }
        // `bao gồm cả đối nội và đối ngoại`, `một trong ba người, được xác định là …`
        if self.tokens.id(at + n) == self.words.even || self.is_told_of_one(announcement, at + n) {
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
        let some = || {
            let nearest = !way.crossed || self.tokens.before(at, 1).is_mark(',');
            (lists && nearest).then(|| self.some_names(announcement, at, start)).flatten()
        };
        if way.crossed {
            let same = lists.then(|| self.same_head(start, wanted)).flatten();
            let apposed = lists && self.tokens.before(at, 1).is_mark(',');
            let pair = || apposed.then(|| self.pair(start, announcement)).flatten();
            return same.or_else(pair).or_else(some);
        }
        let pair = lists.then(|| self.pair(start, announcement)).flatten();
        let brief = || {
            let told = announcement.strong && wanted == 2 && !way.said;
            told.then(|| self.brief_pair(start)).flatten()
        };
        let subject = || {
            let told = !way.said && self.is_subject(announcement, at);
            told.then(|| self.predicate(start, wanted)).flatten()
        };
        pair.or_else(|| self.series(start, wanted))
            .or_else(subject)
            .or_else(brief)
            .or_else(|| self.same_head(start, wanted))
            .or_else(some)
    }

    /// Whether the same word, and no number, begins at all of these.
    pub(super) fn same_word(self, starts: &[usize]) -> bool {
        let first = starts.first().map(|at| (self.tokens.get(*at), self.tokens.str(*at)));
        first.is_some_and(|(token, word)| {
            token.is_word() && starts.iter().all(|at| self.tokens.str(*at) == word)
        })
    }

    /// Two short items that one `và` parts and the sentence ends behind, in lower case.
    pub(super) fn pair(self, start: usize, announcement: &Announcement) -> Option<Vec<Span>> {
        if announcement.number != 2 {
            return None;
        }
        let cuts = self.cuts(start, None);
        // `một bài về lịch sử và một bài về địa lý, địa chất`
        if let Some(items) = self.parallel(start, &cuts, 2).map(|items| self.closed(items))
            && items.iter().all(|item| item.len() <= 2 * SHORT)
        {
            return Some(self.spans(items));
        }
        let [and] = *cuts.ands.as_slice() else { return None };
        // `đó là giá điện và giá gạo, bởi …`
        let comma = cuts.commas.first().copied();
        let end = comma.filter(|at| *at > and && self.parts(at + 1)).unwrap_or(cuts.end);
        let fits = |item: &Range<usize>| {
            let first = self.tokens.get(item.start);
            !item.is_empty()
                && item.len() <= SHORT
                && first.is_word()
                && !first.has_capital()
                && !item.clone().any(|at| self.words.says.longest(self.tokens.ids(at)).is_some())
        };
        let items = [start..and, and + 1..end];
        let whole = comma.is_none_or(|comma| comma >= end) && cuts.semicolons.is_empty();
        (whole && items.iter().all(fits)).then(|| self.spans(items.into()))
    }

    /// Two of very few words behind a noun that announces, up to the comma behind which the sentence goes on: `hai mặt
    /// hàng được trợ giá là muối và dầu hỏa, ở đây phải mua với giá cao`.
    fn brief_pair(self, start: usize) -> Option<Vec<Span>> {
        const BRIEF: usize = 4;
        let cuts = self.cuts(start, Some(start + 2 * BRIEF + 2));
        let (and, comma) = (*cuts.ands.first()?, *cuts.commas.first()?);
        let plain = |item: &Range<usize>| {
            (1..=BRIEF).contains(&item.len())
                && item.clone().all(|at| {
                    let token = self.tokens.get(at);
                    token.is_word() && !token.has_capital() && !self.words.is_stop(token.id)
                })
        };
        let items = [start..and, and + 1..comma];
        (and < comma && items.iter().all(plain)).then(|| self.spans(items.into()))
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

    /// Names right behind the noun that all begin with the same word: `hai trường ĐH Tây Bắc, ĐH Luật và Kinh tế
    /// đều …`.
    fn same_capital(self, start: usize, wanted: usize) -> Option<Vec<Span>> {
        let items = self.same_head(start, wanted)?;
        let named = |item: &Span| {
            let at = self.tokens.at_byte(item.start());
            let end = self.tokens.at_byte(item.end());
            // `hai trạm Tân Hà phục vụ 5 xã gồm Tân Hà, Tân Lập …`
            let other = |at: usize| {
                let token = self.tokens.get(at);
                token.is_number()
                    || token.is_mark(':')
                    || token.id != self.words.and && self.words.is_stop(token.id)
            };
            (at..at + 2).all(|at| self.tokens.get(at).has_capital()) && !(at..end).any(other)
        };
        items.iter().all(named).then_some(items)
    }

    /// Three names or more right behind the noun, whose words need not all begin with a capital: `3 trường Học viện An ninh
    /// nhân dân, Học viện Cảnh sát nhân dân và Trường ĐH Phòng cháy chữa cháy`.
    fn several(self, start: usize, wanted: usize) -> Option<Vec<Span>> {
        if wanted < 3 {
            return None;
        }
        let items = self.names_read(start, wanted, |at| self.member(at))?;
        let tokens =
            |item: &Span| self.tokens.at_byte(item.start())..self.tokens.at_byte(item.end());
        let small = |item: &Span| {
            let mut words = tokens(item).map(|at| self.tokens.get(at));
            words.any(|it| it.is_word() && !it.has_capital())
        };
        let plain = |item: &Span| {
            let range = tokens(item);
            self.tokens.get(range.start).has_capital()
                && !range.into_iter().any(|at| self.words.is_stop(self.tokens.id(at)))
        };
        // `6 nước Hồi giáo Iran, Syria …`: the first is not like the others.
        let like = !items.first().is_some_and(small) || items.iter().skip(1).any(small);
        (like && self.joined(&items) && items.iter().all(plain)).then_some(items)
    }

    /// Three short items or more that commas and one `và` part, and the sentence ends behind.
    pub(super) fn series(self, start: usize, wanted: usize) -> Option<Vec<Span>> {
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
}
