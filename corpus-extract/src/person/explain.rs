//! Why a mention of a person is one.

use std::ops::Range;

use corpus_model::{BlockKind, Mention, Person, Span, Value};
use rustc_hash::FxHashMap;

use super::lexicon::Family;
use super::resolve::{Found as Single, text};
use super::{Rules, name};
use crate::explanation::{Clue, Found};
use crate::token::Tokens;

/// What is asked of a document once, for all of its people.
#[derive(Debug)]
pub(crate) struct Known<'r> {
    rules: &'r Rules,
    /// The people as they were found one by one, by the place of their names.
    found: FxHashMap<Span, Single>,
    /// Where the offices of each person are first given, by name and office.
    offices: FxHashMap<(String, String), Span>,
    /// Where each person is first named in full.
    full: FxHashMap<String, Span>,
}

impl<'r> Known<'r> {
    pub(crate) fn new(rules: &'r Rules, tokens: &Tokens<'_>, facts: &[Mention]) -> Known<'r> {
        let found: FxHashMap<Span, Single> =
            rules.found(tokens).into_iter().map(|it| (tokens.span(it.name.clone()), it)).collect();
        let mut known =
            Known { rules, found, offices: FxHashMap::default(), full: FxHashMap::default() };
        for mention in facts {
            let Value::Person(person) = &mention.value else { continue };
            if written(tokens, mention.span) == person.name {
                known.full.entry(person.name.clone()).or_insert(mention.span);
            }
            let offices = known.found.get(&mention.span).map(|it| it.offices.as_slice());
            for office in offices.unwrap_or_default() {
                let name = (person.name.clone(), text(tokens, office.clone()));
                known.offices.entry(name).or_insert(tokens.span(office.clone()));
            }
        }
        known
    }

    pub(crate) fn explain(&self, tokens: &Tokens<'_>, mention: &Mention, person: &Person) -> Found {
        let mut clues = Vec::new();
        let found = self.found.get(&mention.span);
        let rule = found.map_or("person.again", |found| {
            let span = |range: &Range<usize>| tokens.span(range.clone());
            clues.extend(found.honorific.iter().map(|it| Clue::new("form of address", span(it))));
            clues.extend(found.offices.iter().map(|it| Clue::new("office", span(it))));
            self.rule(tokens, found, &mut clues)
        });
        // What the text says of this person elsewhere.
        for office in &person.offices {
            let given = self.offices.get(&(person.name.clone(), office.clone())).copied();
            if let Some(span) = given.filter(|it| !clues.iter().any(|clue| clue.span == *it)) {
                clues.push(Clue::new("office", span));
            }
        }
        if written(tokens, mention.span) != person.name {
            let full = self.full.get(&person.name).copied();
            clues.extend(full.map(|span| Clue::new("full name", span)));
        }
        (rule, clues)
    }

    /// The rule that found a person, and what in the name it went by.
    fn rule(&self, tokens: &Tokens<'_>, found: &Single, clues: &mut Vec<Clue>) -> &'static str {
        let lexicon = &self.rules.lexicon;
        let start = found.name.start;
        if found.offices.iter().any(|office| office.end <= start) {
            return "person.office";
        }
        if found.honorific.is_some() {
            return "person.address";
        }
        if !found.offices.is_empty() {
            return "person.apposition";
        }
        let credit = (2..=8).find(|back| tokens.before(start, *back).id == lexicon.words.anh);
        if let Some(back) = credit.filter(|back| tokens.before(start, back - 1).is_mark(':')) {
            clues.push(Clue::new("credit", tokens.span(start - back..start - back + 1)));
            return "person.credit";
        }
        let blocks = tokens.blocks();
        let block = blocks.get(blocks.partition_point(|(_, run)| run.end <= start));
        let alone = block.is_some_and(|(kind, run)| {
            *kind == BlockKind::Byline || run.start == start && run.end <= found.name.end + 8
        });
        if alone {
            return "person.signed";
        }
        if name::family(lexicon, tokens, start) != Family::No {
            clues.push(Clue::new("family name", tokens.get(start).span));
            return "person.family";
        }
        "person.foreign"
    }
}

/// What stands at a span, with single blanks.
fn written(tokens: &Tokens<'_>, span: Span) -> String {
    tokens.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
}
