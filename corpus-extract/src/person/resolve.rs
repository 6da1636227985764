//! Mentions of one person joined: the full name and the offices known so far.

use std::ops::Range;

use corpus_model::{Mention, Person, Span};
use corpus_text::{key, parse_syllable};
use rustc_hash::FxHashMap;

use crate::token::{Case, Tokens};

/// A mention as it was found, in tokens.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) name: Range<usize>,
    pub(super) honorific: Option<Range<usize>>,
    pub(super) offices: Vec<Range<usize>>,
}

impl Found {
    pub(super) fn new(name: Range<usize>) -> Found {
        Found { name, honorific: None, offices: Vec::new() }
    }

    /// The tokens of the form of address and the name.
    pub(super) fn whole(&self) -> Range<usize> {
        let start = self.honorific.as_ref().map_or(self.name.start, |range| range.start);
        start.min(self.name.start)..self.name.end
    }
}

/// A person of the document.
#[derive(Debug, Default)]
struct Known {
    name: String,
    /// The name's syllables as [`key`]s.
    syllables: Vec<String>,
    offices: Vec<Office>,
    sex: Option<Sex>,
}

/// What a form of address says about a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sex {
    Female,
    Male,
}

impl Sex {
    fn of(address: &str) -> Option<Sex> {
        match key(address.split(' ').next()?).as_ref() {
            "bà" | "cô" | "chị" => Some(Sex::Female),
            "ông" | "anh" | "chú" => Some(Sex::Male),
            _ => None,
        }
    }

    /// Whether both are known and differ.
    fn differ(one: Option<Sex>, other: Option<Sex>) -> bool {
        one.zip(other).is_some_and(|(one, other)| one != other)
    }
}

/// The most offices that one person is shown with.
const MOST: usize = 24;

#[derive(Clone, Debug)]
struct Office {
    text: String,
    key: String,
}

/// Joins mentions by name, in two passes.
///
/// A short name (`ông Chính`) means the last person named before whose name ends with it, or begins
/// with it where it is foreign; else the first one named after. `bà` and `ông` are never one. Offices gather: each mention shows
/// those known up to it. One that only begins another (`Bộ trưởng`, `Bộ trưởng Bộ Y tế`) is the
/// same, shorter.
pub(super) fn resolve(tokens: &Tokens<'_>, found: Vec<Found>) -> Vec<Mention> {
    let mut people: Vec<Known> = Vec::new();
    let mut by_name: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    let mut by_end: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    let mut by_start: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    // First the full names, so that a headline may name a person shortly and the text fully.
    let names: Vec<Known> = found.iter().map(|mention| known(tokens, mention)).collect();
    let mut first: FxHashMap<&str, usize> = FxHashMap::default();
    let mut begun: FxHashMap<&str, usize> = FxHashMap::default();
    for (place, name) in names.iter().enumerate() {
        // A foreigner may be called by the first name: `Valérie`.
        if name.syllables.len() > 1
            && let Some(given) = name
                .syllables
                .first()
                .filter(|it| parse_syllable(it).is_none() || name.name.contains('-'))
        {
            begun.entry(given).or_insert(place);
        }
        if name.syllables.len() > 1
            && let Some(last) = name.syllables.last()
        {
            first.entry(last).or_insert(place);
        }
    }
    let mut mentions = Vec::with_capacity(found.len());
    for (mention, name) in found.iter().zip(&names) {
        let joined = name.syllables.join(" ");
        let ends = name.syllables.last().map(String::as_str).unwrap_or_default();
        // The last few of a name are looked at, so that the time stays linear.
        const LAST: usize = 8;
        let fits = |person: &usize| {
            people.get(*person).is_some_and(|known| !Sex::differ(known.sex, name.sex))
        };
        let ending = |person: &usize| {
            people.get(*person).is_some_and(|known| known.syllables.ends_with(&name.syllables))
        };
        let named = by_name.get(&joined).map(Vec::as_slice).unwrap_or_default();
        let ended = by_end.get(ends).map(Vec::as_slice).unwrap_or_default();
        let earlier = named
            .iter()
            .rev()
            .take(LAST)
            .chain(ended.iter().rev().take(LAST).filter(|person| ending(person)))
            .copied()
            .find(fits);
        let later = names_later(&names, &first, name, ends);
        // A foreign family name may come first: `Kim Jong-un`. What ends a name is likelier meant:
        // `ông Hà` is Nguyễn Trung Hà, not Hà Văn Thắng.
        let started = || {
            let started = by_start.get(&joined).map(Vec::as_slice).unwrap_or_default();
            started.iter().rev().take(LAST).copied().find(fits)
        };
        let earlier = earlier.or_else(|| if later.is_some() { None } else { started() });
        let later = later.or_else(|| {
            let begun = *begun.get(ends)?;
            names.get(begun).filter(|_| name.syllables.len() == 1)
        });
        let person = match earlier {
            Some(person) => person,
            None => {
                let full = later.unwrap_or(name);
                let next = people.len();
                by_name.entry(full.syllables.join(" ")).or_default().push(next);
                if let Some(last) = full.syllables.last() {
                    by_end.entry(last.clone()).or_default().push(next);
                }
                if let Some(first) = full.syllables.first().filter(|_| full.syllables.len() > 1) {
                    by_start.entry(first.clone()).or_default().push(next);
                }
                people.push(Known {
                    name: full.name.clone(),
                    syllables: full.syllables.clone(),
                    offices: Vec::new(),
                    sex: full.sex.or(name.sex),
                });
                next
            }
        };
        let Some(known) = people.get_mut(person) else { continue };
        known.sex = known.sex.or(name.sex);
        for office in &mention.offices {
            add(&mut known.offices, text(tokens, office.clone()));
        }
        mentions.push(Mention::new(
            tokens.span(mention.name.clone()),
            Person {
                name: known.name.clone(),
                honorific: mention.honorific.clone().map(|range| honorific(tokens, range)),
                offices: known.offices.iter().map(|office| office.text.clone()).collect(),
            },
        ));
    }
    mentions
}

/// The first full name of the document that ends with a shorter one.
fn names_later<'k>(
    names: &'k [Known],
    first: &FxHashMap<&str, usize>,
    name: &Known,
    ends: &str,
) -> Option<&'k Known> {
    first.get(ends).and_then(|&place| names.get(place)).filter(|full| {
        full.syllables.len() > name.syllables.len()
            && full.syllables.ends_with(&name.syllables)
            && !Sex::differ(full.sex, name.sex)
    })
}

fn known(tokens: &Tokens<'_>, mention: &Found) -> Known {
    let name = text(tokens, mention.name.clone());
    // `Kim Jong-un`, `Kim Jong - un` and `Kim Jong Un` are one.
    let syllables = name
        .split([' ', '-'])
        .filter(|syllable| !syllable.is_empty())
        .map(|syllable| key(syllable).into_owned())
        .collect();
    let sex = mention.honorific.clone().and_then(|range| Sex::of(&text(tokens, range)));
    Known { name, syllables, offices: Vec::new(), sex }
}

/// What stands at a range of tokens, with single blanks.
pub(super) fn text(tokens: &Tokens<'_>, range: Range<usize>) -> String {
    let written = tokens.slice(tokens.span(range.clone()));
    let single = range.skip(1).all(|at| {
        let (before, token) = (tokens.before(at, 1), tokens.get(at));
        token.glued && before.span.end() == token.span.start()
            || tokens.slice(Span::new(before.span.end(), token.span.start())) == " "
    });
    // Nearly all is written so.
    if single {
        return written.to_owned();
    }
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A form of address as it is inside a sentence: `ông` for `Ông`.
fn honorific(tokens: &Tokens<'_>, range: Range<usize>) -> String {
    let capital = tokens.get(range.start).case == Case::Capital;
    let written = text(tokens, range).trim_end_matches(['.', ',']).to_owned();
    let mut letters = written.chars();
    match letters.next().filter(|_| capital) {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => written,
    }
}

/// Adds an office unless it is known; the longer form of one replaces the shorter.
///
/// Nobody has more than [`MOST`]; what comes after them is left out, or each mention of a hostile
/// text would carry all of them.
fn add(offices: &mut Vec<Office>, text: String) {
    if offices.iter().any(|office| office.text == text) {
        return;
    }
    let key = key(&text).into_owned();
    let begins = |short: &str, long: &str| {
        long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    if offices.iter().any(|office| begins(&key, &office.key)) {
        return;
    }
    if let Some(office) = offices.iter_mut().find(|office| begins(&office.key, &key)) {
        *office = Office { text, key };
    } else if offices.len() < MOST {
        offices.push(Office { text, key });
    }
}
