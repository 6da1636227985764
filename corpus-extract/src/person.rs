//! People with their offices (chức vụ).
//!
//! Three things begin a mention: an office (`Bí thư Tỉnh ủy …`), a form of address (`ông …`), or a
//! family name with the shape of a name behind it. Offices stand before the name, or behind it as
//! an apposition. What follows a name and is an office directly in front of another name belongs
//! to that one. At the end later and shorter mentions are joined to the full ones; see
//! [`resolve`].
//!
//! The span of a mention is the name alone.

mod address;
mod author;
mod bare;
mod before;
mod behind;
mod explain;
mod further;
mod holder;
mod lexicon;
mod name;
mod office;
mod owned;
mod resolve;
mod several;
mod short;
mod words;

use corpus_model::{BlockKind, Mention};

pub(crate) use self::explain::Known;
use self::lexicon::Lexicon;
use self::resolve::Found;
use crate::gazetteer::longest;
use crate::pack::Pack;
use crate::token::{Case, Tokens};
use crate::vocabulary::{Id, Phrases, Starts, Vocabulary};

/// The rules for people.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    lexicon: Lexicon,
}

/// So many blocks at the end of a document may hold the author's name alone.
const SIGNED: usize = 3;

/// A mention begins with a word of the lists, or with a capital.
const BEGINS: Starts = Starts::PERSON.and(Starts::NAME).and(Starts::CAPITAL);

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
    pub(crate) fn new(vocabulary: &mut Vocabulary, pack: &Pack) -> Rules {
        Rules { lexicon: Lexicon::new(vocabulary, pack) }
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

    /// The end of the word of two syllables, known from names of organisations, that begins at a token.
    pub(crate) fn word(&self, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
        longest(&self.lexicon.compounds, tokens, at).map(|(end, ())| end)
    }

    /// Whether what an organisation may be made of begins at a token, but for verbs.
    pub(crate) fn is_part(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        longest(&self.lexicon.parts, tokens, at).is_some_and(|(_, part)| !part.verb)
    }

    /// Whether an office begins at a token.
    pub(crate) fn is_office(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        office::begins_office(&self.lexicon, tokens, at)
    }

    /// Whether a word at a token says of what place a body is: `tỉnh`, `quận`.
    pub(crate) fn takes_place(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        longest(&self.lexicon.parts, tokens, at).is_some_and(|(_, part)| part.place && !part.head)
    }

    /// The end of the office that begins at a token.
    pub(crate) fn office(&self, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
        longest(&self.lexicon.offices, tokens, at).map(|(end, ())| end)
    }

    /// Adds the people of the content blocks and bylines.
    pub(crate) fn find(&self, tokens: &Tokens<'_>, mentions: &mut Vec<Mention>) {
        let finish = |person: Found| self.verbally(tokens, person);
        let found = owned::without_organizations(tokens, self.found(tokens));
        let found = short::with_later(&self.lexicon, tokens, found, finish);
        let found = owned::without_companies(&self.lexicon, tokens, found);
        mentions.extend(resolve::resolve(tokens, found));
    }

    /// The people whom offices, forms of address or names tell, before they are joined.
    fn found(&self, tokens: &Tokens<'_>) -> Vec<Found> {
        let mut found = Vec::new();
        let last = tokens.blocks().len().saturating_sub(SIGNED);
        for (place, (kind, run)) in tokens.blocks().iter().enumerate() {
            if *kind == BlockKind::Byline {
                found.extend(self.authors(tokens, run.clone()));
                continue;
            }
            if place >= last.max(1) {
                let authors = self.authors(tokens, run.clone());
                if !authors.is_empty() {
                    found.extend(authors);
                    continue;
                }
            }
            let mut at = run.start;
            // Where the last name that is a street's ended: what is listed behind it is one too.
            let mut blocked = usize::MAX;
            loop {
                at = tokens.seek(at..run.end, BEGINS);
                if at >= run.end {
                    break;
                }
                at = match self.step(tokens, at, &mut blocked) {
                    Some(Step::Person(person, next)) => {
                        found.push(person);
                        self.share(tokens, &mut found);
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
        found
    }

    /// Gives the office that a verb behind the last name tells to those named with it: `ông An, bà Bình và ông
    /// Cường làm Phó Chủ tịch`.
    fn share(&self, tokens: &Tokens<'_>, found: &mut [Found]) {
        let words = &self.lexicon.words;
        let Some((last, others)) = found.split_last_mut() else { return };
        let Some(office) = last.offices.first().filter(|it| it.start > last.name.end) else {
            return;
        };
        // `Các ông An, Bình, tái đắc cử chức …`.
        let verb = last.name.end + usize::from(tokens.get(last.name.end).is_mark(','));
        let gives = longest(&self.lexicon.verbs, tokens, verb).is_some_and(|(end, ())| {
            end == office.start
                && [words.lam, words.chuc, words.vu].contains(&tokens.before(end, 1).id)
        });
        let mut start = last.whole().start;
        for other in others.iter_mut().rev().take_while(|it| gives && it.offices.is_empty()) {
            let joined = (other.name.end..start)
                .all(|at| tokens.get(at).is_mark(',') || tokens.get(at).id == words.va);
            if !joined || other.name.end >= start {
                break;
            }
            other.offices.push(office.clone());
            start = other.whole().start;
        }
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
        if !tokens.starts(at).meets(Starts::PERSON.and(Starts::NAME)) && !telling() {
            // Foreign names of two words are tried; most words of no list are no such.
            let next = tokens.get(at + 1);
            let alone = next.is_word()
                && next.case == Case::Lower
                && !self.lexicon.particles.contains(next.id);
            let foreign = token.case == Case::Capital
                && token.id == Id::NONE
                && (next.is_word() || next.is_mark('-'))
                // One word is a name only behind what says so.
                && (!alone || self.is_behind(&self.lexicon.called, tokens, at))
                && name::is_foreign(tokens, at);
            return if foreign { self.bare(tokens, at, blocked) } else { None };
        }
        if token.id == self.lexicon.words.anh && tokens.get(at + 1).is_mark(':') {
            return self.credit(tokens, at + 2);
        }
        // `Ban Bí thư` is a body, however its words are written.
        let body = token.id == self.lexicon.words.bi
            && tokens.before(at, 1).id == self.lexicon.words.ban
            || self.lexicon.houses.contains(tokens.before(at, 1).id);
        // `Trung Quốc Vương …` is no `Quốc vương`.
        let country = token.is_capitalised()
            && at.checked_sub(1).is_some_and(|before| {
                longest(&self.lexicon.abroad, tokens, before).is_some_and(|(end, ())| end > at)
            });
        if !body && !country && office::begins_office(&self.lexicon, tokens, at) {
            return Some(self.with_office(tokens, at, None));
        }
        if let Some(step) = self.addressed(tokens, at) {
            return Some(step);
        }
        self.bare(tokens, at, blocked)
    }

    /// Whether a phrase of a list stands right in front of a token.
    fn is_behind(&self, phrases: &Phrases<()>, tokens: &Tokens<'_>, at: usize) -> bool {
        const LONGEST: usize = 3;
        self.is_behind_within(LONGEST, phrases, tokens, at)
    }

    /// The same for a list whose phrases have up to so many words.
    fn is_behind_within(
        &self,
        longest_phrase: usize,
        phrases: &Phrases<()>,
        tokens: &Tokens<'_>,
        at: usize,
    ) -> bool {
        (1..=longest_phrase).any(|back| {
            at.checked_sub(back).is_some_and(|start| {
                longest(phrases, tokens, start).is_some_and(|(end, ())| end == at)
            })
        })
    }
}
