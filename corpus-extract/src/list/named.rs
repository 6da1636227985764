//! Names told right behind what they are: `hai nước Lào và Campuchia`, `2 hành vi “…” và “…”`.

use std::ops::Range;

use corpus_model::Span;
use corpus_text::parse_syllable;

use super::{Announcement, Reader};
use crate::token::{Case, TokenKind};

/// A name or title that is one of several has no more tokens than this.
const NAME: usize = 12;

/// What stands in brackets behind a name has no more tokens than this.
const BRACKET: usize = 30;

/// How the names of a list are parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    Comma,
    And,
}

impl Reader<'_, '_> {
    /// The names behind the noun of an announcement, where there are as many as announced, and the
    /// announcement with the noun that they follow.
    pub(super) fn named(self, announcement: Announcement) -> Option<(Announcement, Vec<Span>)> {
        let noun = announcement.noun.clone();
        // The name of a thing itself is no noun, `2 RON 92`.
        if self.words.is_named(self.tokens, noun.start)
            || announcement.tokens.start != noun.start - 1
        {
            return None;
        }
        // `cầu Thủ Thiêm 2 nối quận 1 và quận 2`: the number belongs to the name in front of it.
        let before = self.tokens.before(announcement.tokens.start, 1);
        let named = before.has_capital()
            && self.tokens.before(announcement.tokens.start, 2).is_word()
            && self.tokens.get(noun.start - 1).is_number();
        if named && self.words.counted.longest(self.tokens.ids(noun.start)).is_none() {
            return None;
        }
        let mut end = (noun.start + 1..noun.end)
            .find(|at| self.tokens.get(*at).has_capital())
            .unwrap_or(noun.end);
        let joint = self.tokens.get(end);
        let introduced = joint.is_word() && joint.id == self.words.is || joint.is_mark(':');
        let start = end + usize::from(introduced);
        let wanted = announcement.number.into();
        // `hai mẹ con chị Lò Thị Mai và bé Na`: the form of address belongs to the name.
        let addressed = (start == end && end > noun.start + 1 && self.head(end - 1) == 1)
            .then(|| self.names(end - 1, wanted))
            .flatten()
            .filter(|names| self.headed(names));
        if let Some(names) = addressed {
            let tokens = announcement.tokens.start..end - 1;
            let noun = noun.start..end - 1;
            return Some((Announcement { tokens, noun, ..announcement }, names));
        }
        let mut names = match joint.is_mark(',') {
            true => self.apposed(end + 1, wanted)?,
            false => self
                .told(start, wanted)
                .or_else(|| self.names(start, wanted))
                .or_else(|| self.names_read(start, wanted, |at| self.measure(at)))
                .or_else(|| self.measures(start, wanted))
                .or_else(|| self.worded(start, wanted))
                .or_else(|| {
                    // `hai cơn bão số 8 và số 9`
                    let number = noun.end - 1;
                    let from = (self.tokens.id(number) == self.words.amount).then_some(number)?;
                    let names = self.names_read(from, wanted, |at| self.number(at))?;
                    end = from;
                    Some(names)
                })?,
        };
        if start == end
            && let Some(name) = self.behind_country(&names)
            && let Some(first) = names.first_mut()
        {
            *first = Span::new(self.tokens.get(name).span.start(), first.end());
            end = name;
        }
        let announcement = Announcement {
            tokens: announcement.tokens.start..end,
            noun: noun.start..end,
            ..announcement
        };
        Some((announcement, names))
    }

    /// What ends the sentence behind a comma, where it is as many names in other words: `ba thứ tiếng,
    /// tiếng Thái, tiếng Mường và tiếng Kinh`.
    fn apposed(self, start: usize, wanted: usize) -> Option<Vec<Span>> {
        let cuts = self.cuts(start, None);
        let and = cuts.ands.first().copied()?;
        let fits = cuts.semicolons.is_empty()
            && cuts.ands.len() == 1
            && cuts.commas.len() + 2 == wanted
            && wanted > 2
            && cuts.commas.last().is_some_and(|last| *last < and);
        if !fits {
            return None;
        }
        let all: Vec<usize> = cuts.commas.iter().copied().chain([and]).collect();
        let pieces = self.pieces(start, &all, cuts.end);
        let named = |piece: &Range<usize>| {
            piece.len() <= NAME / 2 && piece.clone().any(|at| self.tokens.get(at).has_capital())
        };
        (pieces.len() == wanted && pieces.iter().all(named))
            .then(|| pieces.into_iter().map(|piece| self.tokens.span(piece)).collect())
    }

    /// As many names as wanted from `start` on, and no more.
    pub(super) fn names(self, start: usize, wanted: usize) -> Option<Vec<Span>> {
        self.names_read(start, wanted, |at| self.name(at))
    }

    /// As many names as wanted from `start` on, and no more, by what reads one.
    pub(super) fn names_read(
        self,
        start: usize,
        wanted: usize,
        read: impl Fn(usize) -> Option<(Range<usize>, usize)>,
    ) -> Option<Vec<Span>> {
        let mut names = Vec::with_capacity(wanted);
        let (mut at, mut last) = (start, Joint::Comma);
        while names.len() < wanted {
            // `hai trạm Tân Hà, ông Lò Văn Ún nói`: a comma and a form of address begin something else.
            let second = names.len() == 1 && wanted == 2 && last == Joint::Comma;
            if second && self.head(at) > 0 && self.head(start) == 0 {
                return None;
            }
            let (name, end) = read(at)?;
            let behind = self.bracket(end);
            names.push((name.start..behind.unwrap_or(name.end), name));
            // Brackets behind the last alone belong to all: `2 xã Vân, Hồ (huyện Mai Châu) và …`.
            let full = names.len() == wanted;
            let alone =
                full && !names.iter().any(|(whole, name)| whole.end > name.end && name.end < end);
            at = behind.filter(|_| !alone).unwrap_or(end);
            let left = wanted.saturating_sub(names.len());
            let Some((joint, next)) = self.joint(at).or_else(|| self.with_last(at, left, wanted))
            else {
                break;
            };
            // One name more, and the number counts something else.
            if full {
                let more = self.name(next).is_some() && !self.is_larger(next, &names);
                if more && (joint == Joint::And || last == Joint::Comma) {
                    return None;
                }
                break;
            }
            // Behind `và` the last name stands.
            if joint == Joint::And && names.len() + 1 < wanted {
                return None;
            }
            (at, last) = (next, joint);
        }
        self.end_alike(&mut names);
        // `Toán, Ngữ văn` ends in no `Ngữ`: names of words are for other rules.
        let cut = names.iter().any(|(_, name)| self.cuts_word(name));
        if names.len() != wanted || cut {
            return None;
        }
        // `Vi Văn Bằng, SN 1988, ở xã Vân`
        let figures = |name: &Range<usize>| name.clone().any(|at| self.tokens.get(at).is_number());
        if wanted == 2
            && last == Joint::Comma
            && let [(_, first), (_, second)] = names.as_slice()
            && figures(second)
            && !figures(first)
        {
            return None;
        }
        // `Vi Văn Bằng (32 tuổi) và Lò Thị Mai (29 tuổi)`: brackets behind others belong to each.
        let others = names.iter().rev().skip(1).any(|(whole, name)| whole.end > name.end);
        let own = names.into_iter().map(|(whole, name)| if others { whole } else { name });
        Some(own.map(|name| self.tokens.span(name)).collect())
    }

    /// The last name goes on in small letters up to the next mark where the others end in such: `Dương khoát, Mi
    /// tâm, Thanh lãnh uyên`.
    fn end_alike(self, names: &mut [(Range<usize>, Range<usize>)]) {
        const WORDS: usize = 3;
        let small = |at: usize| {
            let token = self.tokens.get(at);
            token.is_word() && !token.has_capital()
        };
        let Some(((whole, last), others)) = names.split_last_mut() else { return };
        let alike = others.len() > 1 && others.iter().all(|(_, name)| small(name.end - 1));
        let end = (last.end..last.end + WORDS + 1).find(|at| !small(*at)).unwrap_or(last.end);
        let plain = !(last.end..end).any(|at| {
            self.words.is_stop(self.tokens.id(at))
                || self.words.says.longest(self.tokens.ids(at)).is_some()
        });
        if alike && plain && *whole == *last && !self.tokens.get(end).is_word() {
            last.end = end;
            whole.end = end;
        }
    }

    /// Whether a place of another kind stands at `at`, which a word for it opens and none of the names: `2 xã Vân
    /// Hồ, Tam Xuân, huyện Lộc Hà`.
    fn is_larger(self, at: usize, names: &[(Range<usize>, Range<usize>)]) -> bool {
        let place = |at: usize| self.words.places.longest(self.tokens.ids(at)).is_some();
        let small = !self.tokens.get(at).has_capital();
        small && place(at) && !names.iter().any(|(_, name)| place(name.start))
    }

    /// How many words in front of a name begin at `at`: `thành phố`, `ông`.
    fn head(self, at: usize) -> usize {
        let token = self.tokens.get(at);
        let n = self.words.heads.longest(self.tokens.ids(at)).map_or(0, |(n, ())| n);
        // `Anh và Mỹ`
        if n == 1 && token.case == Case::Capital { 0 } else { n }
    }

    /// Whether a name ends inside of a word of two syllables that only begins with a capital.
    pub(super) fn cuts_word(self, name: &Range<usize>) -> bool {
        let (last, next) = (self.tokens.before(name.end, 1), self.tokens.get(name.end));
        last.case == Case::Capital
            && (name.len() == 1 || self.tokens.before(name.end, 2).case != Case::Capital)
            && next.is_word()
            && next.case == Case::Lower
            && self
                .words
                .compounds
                .longest(self.tokens.ids(name.end - 1))
                .is_some_and(|(n, ())| n > 1)
    }

    /// Whether a form of address begins each of these names.
    fn headed(self, names: &[Span]) -> bool {
        names.iter().all(|name| self.head(self.tokens.at_byte(name.start())) > 0)
    }

    /// Whether a word in lower case at `at` stands inside a foreign name: `Caisse des Dépôts`.
    fn is_particle(self, at: usize) -> bool {
        let token = self.tokens.get(at);
        token.is_word()
            && self.words.particles.contains(token.id)
            && self.tokens.before(at, 1).case == Case::Capital
            && self.tokens.get(at + 1).case == Case::Capital
            && parse_syllable(self.tokens.str(at - 1)).is_none()
    }

    /// Whether an article in lower case opens a foreign name: `al - Qaeda`.
    pub(super) fn is_article(self, at: usize) -> bool {
        let token = self.tokens.get(at);
        token.is_word()
            && self.words.particles.contains(token.id)
            && self.tokens.get(at + 1).is_mark('-')
            && self.tokens.get(at + 2).has_capital()
    }

    /// The token behind the brackets that open at `at`.
    pub(super) fn bracket(self, at: usize) -> Option<usize> {
        if !self.tokens.get(at).is_mark('(') {
            return None;
        }
        let close = (at + 1..at + BRACKET)
            .take_while(|at| !self.tokens.get(*at).is_break())
            .find(|at| self.tokens.get(*at).is_mark(')'))?;
        Some(close + 1)
    }

    /// A comma, `và` or both at `at`, and the token behind.
    pub(super) fn joint(self, at: usize) -> Option<(Joint, usize)> {
        let comma = matches!(self.tokens.get(at).kind, TokenKind::Mark(',' | ';'));
        let next = at + usize::from(comma);
        let token = self.tokens.get(next);
        let and = token.is_word() && token.id == self.words.and;
        match (comma, and) {
            (_, true) => Some((Joint::And, next + 1)),
            (true, false) => Some((Joint::Comma, next)),
            (false, false) => None,
        }
    }

    /// `cùng` at `at` in front of the last of three names or more, and the token behind.
    fn with_last(self, at: usize, left: usize, wanted: usize) -> Option<(Joint, usize)> {
        let with = left == 1 && wanted > 2 && self.tokens.id(at) == self.words.with;
        with.then_some((Joint::And, at + 1))
    }

    /// The name or quoted title at `at`, and the token behind it.
    pub(super) fn name(self, at: usize) -> Option<(Range<usize>, usize)> {
        if matches!(self.tokens.get(at).kind, TokenKind::Mark('“' | '"')) {
            let close = (at + 1..at + NAME + 2)
                .find(|at| matches!(self.tokens.get(*at).kind, TokenKind::Mark('”' | '"')))?;
            return (close > at + 1).then_some((at + 1..close, close + 1));
        }
        if let Some(end) = self.code(at) {
            return Some((at..end, end));
        }
        // `Thành phố Hồ Chí Minh`, `bà Lò Thị Mai`; of `Công ty vận tải Đông Phương` only the beginning
        // would be told.
        let head = self.head(at);
        let abbreviated = head == 1 && self.tokens.get(at + 1).is_mark('.');
        let mut end = at + head + usize::from(abbreviated);
        // `quận 2`
        if head == 1 && !abbreviated && (1..=2).contains(&self.tokens.get(end).digits()) {
            let next = self.tokens.get(end + 1);
            return (!next.glued || next.is_mark(',') || next.is_mark('.') || next.is_mark(';'))
                .then_some((at..end + 1, end + 1));
        }
        end += 2 * usize::from(self.is_article(end));
        if head > 0 && !self.tokens.get(end).has_capital() {
            return None;
        }
        // `4Minute`: a number glued to a capital.
        let first = self.tokens.get(end);
        let second = self.tokens.get(end + 1);
        if first.is_number() && !first.glued && second.glued && second.has_capital() {
            end += 1;
        }
        while end < at + NAME {
            let token = self.tokens.get(end);
            let goes_on = token.has_capital() && token.is_word()
                // `Moon Jae-in`, `Quận 3`, `Kosmos -2530`
                || end > at
                    && token.is_number()
                    && (!token.glued || self.tokens.before(end, 1).is_mark('-'))
                || end > at
                    && token.is_mark('-')
                    && self.tokens.get(end + 1).is_number()
                    && self.tokens.get(end + 1).glued
                // `TP.HCM`
                || end > at
                    && token.is_mark('.')
                    && token.glued
                    && self.tokens.get(end + 1).glued
                    && self.tokens.get(end + 1).has_capital()
                || end > at && token.is_mark('-') && token.glued && self.tokens.get(end + 1).glued
                // `Ri Ji - hyon`, where blanks stand around the dash
                || end > at && self.is_korean(end)
                || end > at + 1 && self.is_korean(end - 1)
                // `H’ Ngoan`, `Cote D’ Ivoire`
                || end > at
                    && matches!(token.kind, TokenKind::Mark('’' | '\''))
                    && self.tokens.before(end, 1).case == Case::Upper
                    && self.tokens.before(end, 1).span.len() <= 2
                    && self.tokens.get(end + 1).has_capital()
                // `Caisse des Dépôts`
                || end > at && self.is_particle(end)
                // `VH - TT & DL`
                || end > at
                    && matches!(token.kind, TokenKind::Mark('-' | '–' | '&'))
                    && [self.tokens.before(end, 1), self.tokens.get(end + 1)]
                        .iter()
                        .all(|it| it.is_word() && it.case == Case::Upper)
                || end > at && token.is_word() && token.glued && self.tokens.before(end, 1).is_mark('-');
            if !goes_on {
                break;
            }
            end += 1;
        }
        // `O’neill`
        if matches!(self.tokens.get(end).kind, TokenKind::Mark('’' | '\''))
            && self.tokens.get(end).glued
        {
            return None;
        }
        // `Viện Công nghệ,`: a name may end in a word in lower case.
        let behind = self.tokens.get(end + 1);
        let ends = behind.is_break() || matches!(behind.kind, TokenKind::Mark(_));
        let token = self.tokens.get(end);
        let says = || self.words.says.longest(self.tokens.ids(end)).is_some();
        // `… và Nhật Bản họp.`
        let country = || {
            self.words.countries.longest(self.tokens.ids(at)).is_some_and(|(n, ())| at + n == end)
        };
        if end > at
            && ends
            && token.is_word()
            && !self.words.is_stop(token.id)
            && !says()
            && !country()
        {
            end += 1;
        }
        (end > at).then_some((at..end, end))
    }
}
