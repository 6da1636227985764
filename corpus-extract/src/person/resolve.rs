//! Mentions of one person joined: the full name and the offices known so far.

use std::ops::Range;

use corpus_model::{Mention, Person};
use corpus_text::key;
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
}

/// A person of the document.
#[derive(Debug, Default)]
struct Known {
    name: String,
    /// The name's syllables as [`key`]s.
    syllables: Vec<String>,
    offices: Vec<Office>,
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
/// with it where it is foreign; else the first one named after. Offices gather: each mention shows
/// those known up to it. One that only begins another (`Bộ trưởng`, `Bộ trưởng Bộ Y tế`) is the
/// same, shorter.
pub(super) fn resolve(tokens: &Tokens<'_>, found: Vec<Found>) -> Vec<Mention> {
    let mut people: Vec<Known> = Vec::new();
    let mut by_name: FxHashMap<String, usize> = FxHashMap::default();
    let mut by_end: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    // First the full names, so that a headline may name a person shortly and the text fully.
    let names: Vec<Known> = found.iter().map(|mention| known(tokens, mention)).collect();
    let mut first: FxHashMap<&str, usize> = FxHashMap::default();
    for (place, name) in names.iter().enumerate() {
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
        let earlier = by_name.get(&joined).copied().or_else(|| {
            // The last few of that given name are looked at, so that the time stays linear.
            let candidates = by_end.get(ends)?.iter().rev().take(8);
            candidates.copied().find(|&person| {
                people.get(person).is_some_and(|known| known.syllables.ends_with(&name.syllables))
            })
        });
        let later = || {
            let place = *first.get(ends)?;
            let full = names.get(place)?;
            (full.syllables.len() > name.syllables.len()
                && full.syllables.ends_with(&name.syllables))
            .then_some(full)
        };
        let person = match earlier {
            Some(person) => person,
            None => {
                let full = later().unwrap_or(name);
                let joined = full.syllables.join(" ");
                let next = people.len();
                let person = *by_name.entry(joined).or_insert(next);
                if person == next {
                    if let Some(last) = full.syllables.last() {
                        by_end.entry(last.clone()).or_default().push(next);
                    }
                    // A foreign family name may come first: `Kim Jong-un`.
                    if let Some(first) = full.syllables.first().filter(|_| full.syllables.len() > 1)
                    {
                        by_name.entry(first.clone()).or_insert(next);
                    }
                    people.push(Known {
                        name: full.name.clone(),
                        syllables: full.syllables.clone(),
                        offices: Vec::new(),
                    });
                }
                person
            }
        };
        let Some(known) = people.get_mut(person) else { continue };
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

fn known(tokens: &Tokens<'_>, mention: &Found) -> Known {
    let name = text(tokens, mention.name.clone());
    let syllables = name.split(' ').map(|syllable| key(syllable).into_owned()).collect();
    Known { name, syllables, offices: Vec::new() }
}

/// What stands at a range of tokens, with single blanks.
fn text(tokens: &Tokens<'_>, range: Range<usize>) -> String {
    let written = tokens.slice(tokens.span(range));
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
