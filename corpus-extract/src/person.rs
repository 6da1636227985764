//! People with their offices (chức vụ).
//!
//! Three things begin a mention: an office (`Bí thư Tỉnh ủy …`), a form of address (`ông …`), or a
//! family name with the shape of a name behind it. Offices stand before the name, or behind it as
//! an apposition. What follows a name and is an office directly in front of another name belongs
//! to that one. At the end later and shorter mentions are joined to the full ones; see
//! [`resolve`].
//!
//! The span of a mention is the name alone.

mod bare;
mod lexicon;
mod name;
mod office;
mod resolve;
mod short;

use std::ops::Range;

use corpus_model::{BlockKind, Mention};

use self::lexicon::{Address, Family, Lexicon};
use self::office::office;
use self::resolve::Found;
use crate::gazetteer::{longest, longest_body};
use crate::token::{Case, TokenKind, Tokens};
use crate::vocabulary::{Id, Phrases, Vocabulary};

/// The rules for people.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    lexicon: Lexicon,
}

/// So many blocks at the end of a document may hold the author's name alone.
const SIGNED: usize = 3;

/// What a search at one token came to.
enum Step {
    /// A person; go on at the token given.
    Person(Found, usize),
    /// Several people who hold one office.
    People(Vec<Found>, usize),
    /// No person up to the token given.
    Skip(usize),
}

impl Rules {
    pub(crate) fn new(vocabulary: &mut Vocabulary) -> Rules {
        Rules { lexicon: Lexicon::new(vocabulary) }
    }

    /// The end of the organisation that begins with its head at a token: `Sở Y tế Sơn La`.
    pub(crate) fn organization(&self, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
        let token = tokens.get(at);
        if !token.is_word() || !self.lexicon.organizations.contains(token.id) {
            return None;
        }
        let mut end = office::organization(&self.lexicon, tokens, at)?.range.end;
        while end > at + 1 && !tokens.before(end, 1).is_word() && !tokens.before(end, 1).is_number()
        {
            end -= 1;
        }
        Some(end)
    }

    /// The end of the head of an organisation: `Sở`, `Ủy ban nhân dân`.
    pub(crate) fn head(&self, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
        longest(&self.lexicon.parts, tokens, at).map(|(end, _)| end)
    }

    /// Whether an office begins at a token.
    pub(crate) fn is_office(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        office::begins_office(&self.lexicon, tokens, at)
    }

    /// Adds the people of the content blocks and bylines.
    pub(crate) fn find(&self, tokens: &Tokens<'_>, mentions: &mut Vec<Mention>) {
        let mut found = Vec::new();
        let last = tokens.blocks().len().saturating_sub(SIGNED);
        for (place, (kind, run)) in tokens.blocks().iter().enumerate() {
            if *kind == BlockKind::Byline {
                found.extend(self.signed(tokens, run.clone()));
                continue;
            }
            if place >= last.max(1)
                && let Some(author) = self.signed(tokens, run.clone())
            {
                found.push(author);
                continue;
            }
            let mut at = run.start;
            // Where the last name that is a street's ended: what is listed behind it is one too.
            let mut blocked = usize::MAX;
            while at < run.end {
                at = match self.step(tokens, at, &mut blocked) {
                    Some(Step::Person(person, next)) => {
                        found.push(person);
                        next.max(at + 1)
                    }
                    Some(Step::People(people, next)) => {
                        found.extend(people);
                        next.max(at + 1)
                    }
                    Some(Step::Skip(next)) => next.max(at + 1),
                    None => at + 1,
                };
            }
        }
        let found = short::with_later(&self.lexicon, tokens, found);
        mentions.extend(resolve::resolve(tokens, found));
    }

    fn step(&self, tokens: &Tokens<'_>, at: usize, blocked: &mut usize) -> Option<Step> {
        let token = tokens.get(at);
        let telling = || {
            let second = tokens.get(at + 1).id;
            token.case == Case::Capital
                && [self.lexicon.words.thi, self.lexicon.words.van].contains(&second)
        };
        if !token.is_word() {
            return None;
        }
        if !self.lexicon.starts.contains(token.id) && !telling() {
            // Foreign names of two words are tried; most words of no list are no such.
            let foreign = token.case == Case::Capital
                && token.id == Id::NONE
                && (tokens.get(at + 1).is_word() || tokens.get(at + 1).is_mark('-'))
                && name::is_foreign(tokens, at);
            return if foreign { self.bare(tokens, at, blocked) } else { None };
        }
        if token.id == self.lexicon.words.anh && tokens.get(at + 1).is_mark(':') {
            return self.credit(tokens, at + 2);
        }
        // `Ban Bí thư` is a body, however its words are written.
        let body =
            token.id == self.lexicon.words.bi && tokens.before(at, 1).id == self.lexicon.words.ban;
        if !body && office::begins_office(&self.lexicon, tokens, at) {
            return Some(self.with_office(tokens, at, None));
        }
        if let Some(step) = self.addressed(tokens, at) {
            return Some(step);
        }
        self.bare(tokens, at, blocked)
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
    fn credit(&self, tokens: &Tokens<'_>, at: usize) -> Option<Step> {
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

    /// Offices that stand before a name, one or more, and the name if one follows.
    fn with_office(&self, tokens: &Tokens<'_>, at: usize, honorific: Option<Range<usize>>) -> Step {
        let words = &self.lexicon.words;
        let mut offices = Vec::new();
        let mut next = at;
        let plural = self.lexicon.plurals.contains(tokens.before(at, 1).id);
        let sought = self.is_behind(&self.lexicon.sought, tokens, at);
        // A sequence longer than any list of one person's offices is cut, to keep the time linear.
        const MOST: usize = 8;
        while let Some(office) =
            office(&self.lexicon, tokens, next).filter(|_| offices.len() < MOST)
        {
            next = office.range.end;
            let follows = office.name_follows;
            offices.push(office.range);
            if follows {
                break;
            }
            match self.next_office(tokens, next) {
                Some(start) => next = start,
                None => break,
            }
        }
        let scanned = offices.last().map_or(at + 1, |office| office.end);
        // `Bộ trưởng ông …`, `Chủ tịch UBND tỉnh - ông …`: a form of address may stand between.
        let mut name = self.behind_abbreviation(tokens, scanned);
        if tokens.get(name).id == words.khi && tokens.get(name + 1).id == words.do_ {
            name += 2;
        }
        let mut honorific = honorific;
        let dash = ['-', '–', ':'].into_iter().any(|mark| tokens.get(name).is_mark(mark));
        let copula = tokens.get(name).id == words.la;
        let comma = tokens.get(name).is_mark(',');
        let between = usize::from(dash || copula || comma);
        let addressed = self.address(tokens, name + between);
        if let Some((end, _)) = addressed {
            honorific = Some(name + between..end);
            name = end;
        } else if plural && tokens.get(name).is_mark(':') {
            name += 1;
        }
        let full = |at| {
            name::full(&self.lexicon, tokens, at, true)
                .or_else(|| name::foreign(&self.lexicon, tokens, at).filter(|end| *end > at + 1))
        };
        let name_end = if comma && addressed.is_some() {
            // `Bộ trưởng Tư pháp Mỹ, ông Jeff Sessions, …`: somebody of whom the office is told.
            let closed = |end: &usize| {
                matches!(tokens.get(*end).kind, TokenKind::Mark(',' | '.' | ')') | TokenKind::Break)
            };
            let organised = offices.len() == 1
                && offices.first().is_some_and(|office: &Range<usize>| office.len() > 2);
            // `Tư lệnh lục quân, đại tướng …` needs no end.
            let ranked = addressed.is_some_and(|(_, address)| address == Address::Title);
            full(name).filter(|end| ranked || closed(end)).filter(|_| organised)
        } else {
            self.name_after(tokens, name, true)
                .or_else(|| name::initials(tokens, name).filter(|_| addressed.is_some()))
        };
        let Some(name_end) = name_end else {
            return Step::Skip(scanned);
        };
        // `các Ủy viên Bộ Chính trị, Thủ tướng …`: the first is of many.
        if plural && offices.len() > 1 {
            offices.remove(0);
        }
        let shared = offices.first().cloned().filter(|_| plural && offices.len() == 1);
        // `Theo Thủ tướng Đức, Tổng thống Mỹ …`: the first is somebody else's.
        let others = offices.windows(2).rposition(|pair| match pair {
            [one, next] => office::are_rivals(&self.lexicon, tokens, one, next),
            _ => false,
        });
        if let Some(last) = others {
            offices.drain(..=last);
        }
        // `ứng viên tổng thống Mỹ …`: the name is that of one who does not hold it.
        if sought {
            offices.clear();
        }
        // `trợ lý của Trump`: the name is not that of who holds it.
        // `phu nhân Chủ tịch nước Nguyễn Thị Hoa` names her, `phu nhân Thủ tướng Lê Văn An` him.
        if self.is_behind(&self.lexicon.spouses, tokens, at)
            && (tokens.get(name + 1).id == words.thi || comma)
        {
            offices.clear();
        }
        if offices.last().is_some_and(|office| tokens.before(office.end, 1).id == words.cua) {
            offices.clear();
        }
        let mut person = Found::new(name..name_end);
        person.honorific = honorific;
        person.offices = offices;
        match (self.finish(tokens, person, name_end), shared) {
            (Step::Person(first, end), Some(office)) if end == name_end => {
                self.listed(tokens, first, &office, end)
            }
            (step, _) => step,
        }
    }

    /// The people of a list who hold one office: `các Phó Thủ tướng: …, … và …`.
    fn listed(&self, tokens: &Tokens<'_>, first: Found, office: &Range<usize>, at: usize) -> Step {
        let lexicon = &self.lexicon;
        let mut people = vec![first];
        let mut end = at;
        while self.joins_list(tokens, end) {
            let start = end + 1;
            let start = self.address(tokens, start).map_or(start, |(end, _)| end);
            let name = name::full(lexicon, tokens, start, true)
                .or_else(|| name::foreign(lexicon, tokens, start).filter(|end| *end > start + 1));
            let Some(next) = name else { break };
            let mut person = Found::new(start..next);
            let own = tokens.get(next).is_mark(',')
                && office::begins_office(lexicon, tokens, next + 1)
                || tokens.get(next).is_mark('(');
            if own {
                break;
            }
            person.offices = vec![office.clone()];
            people.push(person);
            end = next;
        }
        Step::People(people, end)
    }

    /// The token behind an abbreviation in parentheses: `Cục Điều tra Liên bang (FBI)`.
    fn behind_abbreviation(&self, tokens: &Tokens<'_>, at: usize) -> usize {
        let abbreviation = tokens.get(at).is_mark('(')
            && tokens.get(at + 1).is_word()
            && tokens.get(at + 1).case != Case::Lower
            && tokens.get(at + 2).is_mark(')');
        if abbreviation { at + 3 } else { at }
    }

    /// Whether a phrase of a list stands right in front of a token.
    fn is_behind(&self, phrases: &Phrases<()>, tokens: &Tokens<'_>, at: usize) -> bool {
        const LONGEST: usize = 3;
        (1..=LONGEST).any(|back| {
            at.checked_sub(back).is_some_and(|start| {
                longest(phrases, tokens, start).is_some_and(|(end, ())| end == at)
            })
        })
    }

    /// Where the next office of a list begins: behind a comma, `kiêm`, or both.
    fn next_office(&self, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
        let words = &self.lexicon.words;
        let mut next = at;
        let comma = tokens.get(next).is_mark(',');
        next += usize::from(comma);
        let kiem = tokens.get(next).id == words.kiem;
        next += usize::from(kiem);
        ((comma || kiem) && office::begins_office(&self.lexicon, tokens, next)).then_some(next)
    }

    /// A form of address, or several: `ông`, `GS.TS`, `Thiếu tướng, PGS.TS`; the token behind it.
    fn address(&self, tokens: &Tokens<'_>, at: usize) -> Option<(usize, Address)> {
        let mut end = at;
        let mut kind = None;
        // `Anh` and `Bà` inside a sentence are England and a part of names.
        let inside = tokens.get(at).case == Case::Capital && !name::starts_sentence(tokens, at);
        for _ in 0..4 {
            let Some((next, &address)) = longest(&self.lexicon.addresses, tokens, end) else {
                break;
            };
            if address == Address::Kin
                && (inside || kind.is_some() && tokens.get(end).case == Case::Capital)
            {
                break;
            }
            kind = kind.or(Some(address));
            end = next;
            let mark = tokens.get(end);
            let goes_on = (mark.is_mark('.') && mark.glued || mark.is_mark(','))
                && longest(&self.lexicon.addresses, tokens, end + 1).is_some();
            // `TS. Nguyễn Văn An`.
            let abbreviated = matches!(tokens.before(end, 1).case, Case::Upper | Case::Mixed);
            let dot = mark.is_mark('.') && mark.glued && tokens.get(end + 1).is_capitalised();
            end += usize::from(goes_on || dot && abbreviated);
        }
        kind.map(|kind| (end, kind))
    }

    /// A name, or an office and a name, behind a form of address.
    fn addressed(&self, tokens: &Tokens<'_>, at: usize) -> Option<Step> {
        let (end, address) = self.address(tokens, at)?;
        if office::begins_office(&self.lexicon, tokens, end) {
            return Some(self.with_office(tokens, end, Some(at..end)));
        }
        let name_end = self
            .name_after(tokens, end, address == Address::Kin)
            .or_else(|| name::initials(tokens, end))?;
        let mut person = Found::new(end..name_end);
        person.honorific = Some(at..end);
        Some(self.finish(tokens, person, name_end))
    }

    /// The end of the name behind an office or a form of address.
    ///
    /// `short` lets in a name of one syllable, or one that no list holds.
    fn name_after(&self, tokens: &Tokens<'_>, at: usize, short: bool) -> Option<usize> {
        let lexicon = &self.lexicon;
        let president = [lexicon.words.tich].contains(&tokens.before(at, 1).id);
        if let Some((end, ())) = longest(&lexicon.others, tokens, at) {
            return president.then_some(end);
        }
        if let Some(end) = name::full(lexicon, tokens, at, false) {
            return Some(end);
        }
        if let Some(end) = name::foreign(lexicon, tokens, at) {
            return Some(end);
        }
        let end = name::run(lexicon, tokens, at);
        let something = longest(&lexicon.places, tokens, at).is_some()
            || longest(&lexicon.abroad, tokens, at).is_some()
            || longest_body(&lexicon.bodies, tokens, at).is_some()
            || longest(&lexicon.parts, tokens, at).is_some_and(|(_, part)| part.head)
            || office::begins_office(lexicon, tokens, at);
        let n = end - at;
        let syllable = |at: usize| lexicon.syllable(tokens.get(at).id);
        let given = n > 0 && (syllable(end - 1).given || syllable(end - 1).family != Family::No);
        // `nạn nhân. Liên quan …` where the full stop was lost.
        let word = n == 1
            && tokens.get(end).case == Case::Lower
            && longest(&lexicon.compounds, tokens, at).is_some();
        let fits =
            if short { (1..=4).contains(&n) } else { (1..=3).contains(&n) && given && !word };
        let capital = tokens.get(at).case == Case::Capital
            // `ông Y Biêr Niê`, `cô H'Hen`.
            || n > 1 && [lexicon.words.y, lexicon.words.h, lexicon.words.k].contains(&tokens.get(at).id);
        (fits && capital && !something).then_some(end)
    }

    /// The token behind a parenthesis that begins at `at` and names no office; else `at`.
    fn behind_parenthesis(&self, tokens: &Tokens<'_>, at: usize) -> usize {
        const LONGEST: usize = 24;
        let office = longest(&self.lexicon.verbs, tokens, at + 1).map_or(at + 1, |(end, ())| end);
        if !tokens.get(at).is_mark('(') || office::begins_office(&self.lexicon, tokens, office) {
            return at;
        }
        (at + 1..at + LONGEST)
            .take_while(|&at| !tokens.get(at).is_break() && !tokens.get(at).is_mark('('))
            .find(|&at| tokens.get(at).is_mark(')'))
            .map_or(at, |close| close + 1)
    }

    /// Adds the offices behind a name.
    fn finish(&self, tokens: &Tokens<'_>, mut person: Found, at: usize) -> Step {
        let words = &self.lexicon.words;
        // `Lê Văn An (50 tuổi, quê Hà Nội) giữ chức …`: age and home are passed over.
        let name_end = at;
        let at = self.behind_parenthesis(tokens, at);
        let at = self.behind_age(tokens, at);
        let mark = tokens.get(at).kind;
        let apposed = matches!(mark, TokenKind::Mark(',' | '-' | '–' | '(' | ':'));
        let mut next = at + usize::from(apposed);
        next += usize::from(apposed && tokens.get(next).id == words.mot);
        // `Vợ ông An là giám đốc`: the verb's subject is not the person, but somebody of theirs.
        let first = person.offices.first().map_or(person.name.start, |office| office.start);
        let first = person.honorific.as_ref().map_or(first, |range| range.start.min(first));
        // `vợ ông` is a form of address as well.
        let within = longest(&self.lexicon.owned, tokens, first)
            .is_some_and(|(end, ())| end < person.name.start);
        let owner = !apposed && (within || self.is_behind(&self.lexicon.owned, tokens, first));
        let verb = longest(&self.lexicon.verbs, tokens, next).filter(|_| !owner);
        if let Some((end, ())) = verb {
            next = end;
        } else if !apposed {
            return Step::Person(person, name_end);
        }
        let had = person.offices.len();
        let mut end = name_end;
        const MOST: usize = 8;
        while person.offices.len() < had + MOST
            && office::begins_office(&self.lexicon, tokens, next)
            && let Some(office) = office(&self.lexicon, tokens, next)
        {
            if office.name_follows {
                break;
            }
            end = office.range.end;
            person.offices.push(office.range);
            let after = self.behind_term(tokens, self.behind_abbreviation(tokens, end));
            let token = tokens.get(after);
            let comma = ['-', '–', ','].into_iter().any(|mark| token.is_mark(mark));
            let joined = token.id == words.va || token.id == words.kiem;
            next = after + usize::from(comma || joined);
            if tokens.get(next).id == words.kiem {
                next += 1;
            } else if let Some((end, ())) = longest(&self.lexicon.verbs, tokens, next) {
                // `…, Phó Bí thư Tỉnh ủy, giữ chức Chủ tịch …`.
                next = end;
            } else if next == after {
                break;
            }
        }
        Step::Person(person, end)
    }

    /// The token behind an age that stands in front of more about a person: `, 66 tuổi` of `, 66
    /// tuổi, thị trưởng …`.
    fn behind_age(&self, tokens: &Tokens<'_>, at: usize) -> usize {
        let aged = tokens.get(at).is_mark(',')
            && tokens.get(at + 1).is_number()
            && tokens.get(at + 2).id == self.lexicon.words.tuoi
            && tokens.get(at + 3).is_mark(',');
        if aged { at + 3 } else { at }
    }

    /// The token behind a term of office: `nhiệm kỳ 2015 - 2020`.
    fn behind_term(&self, tokens: &Tokens<'_>, at: usize) -> usize {
        let words = &self.lexicon.words;
        let named = tokens.get(at).id == words.nhiem && tokens.get(at + 1).id == words.ky;
        if !named || !tokens.get(at + 2).is_number() {
            return at;
        }
        let dash = tokens.get(at + 3);
        let ranges = (dash.is_mark('-') || dash.is_mark('–')) && tokens.get(at + 4).is_number();
        at + if ranges { 5 } else { 3 }
    }
}
