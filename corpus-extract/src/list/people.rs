//! People, and what is told of each: the country that they come from in front of the first, their age, home and office
//! behind them.

use std::ops::Range;

use corpus_model::Span;

use super::Reader;
use super::named::Joint;
use crate::token::TokenKind;

/// A title in front of a name has no more words than this: `nguyên phó giám đốc Sở Y tế`.
const HEAD: usize = 6;

/// What is told of a person between two commas is no longer, in tokens.
const DETAIL: usize = 16;

/// No more than this is told of a person.
const DETAILS: usize = 8;

/// One of the people of a list under way.
#[derive(Clone, Debug)]
struct Person {
    tokens: Range<usize>,
    /// Where each thing begins that is told behind the name; a bracket is one.
    details: Vec<usize>,
}

impl Reader<'_, '_> {
    /// The token behind a country that stands between the noun and the first of names: `Hai ứng viên tổng thống Mỹ
    /// Clinton và Trump`.
    pub(super) fn behind_country(self, names: &[Span]) -> Option<usize> {
        let [first, others @ ..] = names else { return None };
        let country = |name: &Span| {
            let at = self.tokens.at_byte(name.start());
            let (n, ()) = self.words.countries.longest(self.tokens.ids(at))?;
            Some(at + n)
        };
        let next = country(first)?;
        let start = self.tokens.at_byte(first.start());
        // `huyện Mỹ Đức`, `Anh Đức`: a country of one syllable may begin a name of the land.
        let abroad = next > start + 1 || !self.tokens.is_syllable(next);
        let named =
            self.tokens.get(next).has_capital() && self.tokens.get(next).span.end() <= first.end();
        (abroad && named && others.iter().all(|name| country(name).is_none())).then_some(next)
    }
}

impl Reader<'_, '_> {
    /// As many people as wanted from `start` on, with what is told of each behind commas: `Vi Văn Bằng (SN 1962), quê
    /// xã Vân, tỉnh Sơn La; Lò Thị Mai, 33 tuổi, và Tạ Minh, 30 tuổi`.
    pub(super) fn told(self, start: usize, wanted: usize) -> Option<Vec<Span>> {
        let mut people: Vec<Person> = Vec::with_capacity(wanted);
        let (mut at, mut last) = (start, Joint::Comma);
        while people.len() < wanted {
            let left = wanted - people.len() - 1;
            let person = self.person_told(at, left, &people)?;
            let end = person.tokens.end;
            people.push(person);
            match self.joint(end) {
                Some((joint, next)) if left > 0 => (at, last) = (next, joint),
                // One more, and the number counts something else.
                Some((joint, next)) if joint == Joint::And && self.is_person(next) => return None,
                _ if left > 0 => return None,
                _ => {}
            }
        }
        let told = people.iter().filter(|it| !it.details.is_empty()).count();
        // Brackets alone are read with names.
        let commas = people.iter().flat_map(|it| &it.details);
        let commas = commas.filter(|at| !self.tokens.get(**at).is_mark('(')).count();
        let fits = told >= wanted.div_ceil(2).max(2) && commas > 0;
        let joined = wanted > 2 || last == Joint::And;
        (fits && joined).then(|| self.spans(people.into_iter().map(|it| it.tokens).collect()))
    }

    /// A person at `at` with all that is told; behind it `left` more are to follow.
    fn person_told(self, at: usize, left: usize, others: &[Person]) -> Option<Person> {
        if !self.is_person(at) {
            return None;
        }
        let (name, _) = self.member(at)?;
        let mut person = Person { tokens: at..name.end, details: Vec::new() };
        let mut home = false;
        loop {
            let end = person.tokens.end;
            if let Some(close) = self.bracket(end) {
                person.details.push(end);
                person.tokens.end = close;
                continue;
            }
            let comma = self.tokens.get(end).is_mark(',');
            let start = end + usize::from(comma);
            let about = self.words.about.longest(self.tokens.ids(start)).is_some();
            let aged =
                self.tokens.get(start).is_number() && self.tokens.id(start + 1) == self.words.age;
            let place = self.words.places.longest(self.tokens.ids(start)).is_some();
            let told = match comma {
                _ if about || aged => true,
                false => false,
                true if home && (place || left == 0) => {
                    place || self.tokens.get(start).has_capital()
                }
                // `Tim Kaine, đảng Dân chủ, và Mike Pence, đảng Cộng hòa`
                true if left == 0 => self.is_told_alike(start, others),
                // The place goes on, unless a person follows.
                true if home && self.tokens.get(start).has_capital() => !self.is_told(start),
                true => self.is_office(start),
            };
            // What is told of all is told behind the last.
            let all = left == 0 && self.words.all_of.contains(self.tokens.id(start));
            if !told || all || person.details.len() == DETAILS {
                return Some(person);
            }
            let detail = self.detail_end(start);
            person.details.push(start);
            person.tokens.end = detail;
            home |= about && self.words.homes.longest(self.tokens.ids(start)).is_some();
            home |=
                (start..detail).any(|at| self.words.homes.longest(self.tokens.ids(at)).is_some());
        }
    }

    /// Whether what begins at `start` behind the last name is told of that person: as of another, `Tim Kaine, đảng Dân
    /// chủ, và Mike Pence, đảng Cộng hòa`, or in a few words that end the sentence where something is told of all.
    fn is_told_alike(self, start: usize, others: &[Person]) -> bool {
        let same = |detail: &usize| self.tokens.str(*detail) == self.tokens.str(start);
        let end = self.detail_end(start);
        let plain = !(start..end).any(|at| self.words.is_stop(self.tokens.id(at)));
        others.iter().flat_map(|it| &it.details).any(same)
            || plain
                && self.is_office(start)
                && self.ends_sentence(end)
                && others.iter().all(|it| !it.details.is_empty())
    }

    /// Where what is told from `start` on ends: at the next comma or semicolon, at `và` in front of a person.
    fn detail_end(self, start: usize) -> usize {
        let mut at = start + 1;
        while at < start + DETAIL {
            let token = self.tokens.get(at);
            if matches!(token.kind, TokenKind::Mark(',' | ';' | '('))
                && !(token.glued && self.tokens.get(at + 1).glued)
                || self.ends_sentence(at)
                || self.words.closes.longest(self.tokens.ids(at)).is_some()
                || token.id == self.words.and && token.is_word() && self.is_person(at + 1)
            {
                break;
            }
            at += 1;
        }
        at
    }

    /// Whether two capitals or more begin at `at`, or a form of address with one.
    fn is_person(self, at: usize) -> bool {
        let capital = |at: usize| self.tokens.get(at).has_capital();
        let head = self.words.heads.longest(self.tokens.ids(at)).map_or(0, |(n, ())| n);
        let place = self.words.places.longest(self.tokens.ids(at)).is_some();
        let short = self.tokens.get(at + 1).is_mark('.') && capital(at + 2);
        !place && (capital(at) && (capital(at + 1) || short) || head > 0 && capital(at + head))
    }

    /// Whether something is told behind the name at `at`.
    fn is_told(self, at: usize) -> bool {
        let Some((name, _)) = self.member(at) else { return false };
        let next = self.tokens.get(name.end);
        let start = name.end + usize::from(next.is_mark(','));
        let aged =
            self.tokens.get(start).is_number() && self.tokens.id(start + 1) == self.words.age;
        next.is_mark('(') || aged || self.words.about.longest(self.tokens.ids(start)).is_some()
    }

    /// Whether words in small letters that are no person begin at `at`: `phó giám đốc công ty`.
    fn is_office(self, at: usize) -> bool {
        let token = self.tokens.get(at);
        token.is_word()
            && !token.has_capital()
            && !self.is_person(at)
            && !self.words.is_stop(token.id)
            && !self.parts(at)
            && !(at..at + HEAD)
                .take_while(|at| self.tokens.get(*at).is_word())
                .any(|at| self.is_person(at))
    }
}
