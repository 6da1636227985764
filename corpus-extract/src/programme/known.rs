//! Programmes named again: by the whole name, a number, or a name that was in quotation marks before.

use std::sync::Arc;

use corpus_text::key;
use rustc_hash::FxHashMap;

use super::words::Head;
use super::{Named, Reader};
use crate::gazetteer::longest;
use crate::token::Case;

/// The fewest words by which a name without quotation marks is known again.
const LEAST: usize = 3;

/// The programmes that stand earlier in a text.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The places of the first ones by their names.
    first: FxHashMap<String, usize>,
    /// The names by their first two words, the words as [`key`]s.
    begins: FxHashMap<[String; 2], Vec<String>>,
    /// The places of the first ones by the abbreviations that stand behind their names in brackets.
    short: FxHashMap<String, usize>,
}

impl Known {
    /// The place of the first programme of this name.
    pub(super) fn first(&self, reader: Reader<'_, '_>, named: &Named) -> Option<usize> {
        let short = || {
            let one = named.name.len() == 1;
            self.short.get(reader.tokens.str(named.name.start)).copied().filter(|_| one)
        };
        names(reader, named).find_map(|name| self.first.get(&name).copied()).or_else(short)
    }

    /// Adds a programme, which is the `place`th.
    pub(super) fn add(&mut self, reader: Reader<'_, '_>, named: &Named, place: usize) {
        if let Some(short) = abbreviation(reader, named) {
            self.short.entry(short.to_owned()).or_insert(place);
        }
        for name in names(reader, named) {
            if self.first.contains_key(&name) {
                continue;
            }
            let words: Vec<String> = name.split(' ').map(str::to_owned).collect();
            if let [first, second, _, ..] = words.as_slice() {
                self.begins.entry([first.clone(), second.clone()]).or_insert(words);
            }
            self.first.insert(name, place);
        }
    }

    /// A programme named before, of which now only the words stand behind a head.
    pub(super) fn again(
        &self,
        reader: Reader<'_, '_>,
        at: usize,
        head_end: usize,
        head: &Head,
    ) -> Option<Named> {
        if head.class.is_time() {
            return None;
        }
        if self.short.contains_key(reader.tokens.str(head_end)) {
            return Some(Named {
                tokens: at..head_end + 1,
                head: Arc::clone(&head.name),
                name: head_end..head_end + 1,
                period: None,
                rule: "programme.again",
            });
        }
        if self.begins.is_empty() {
            return None;
        }
        let word = |at: usize| {
            let token = reader.tokens.get(at);
            (token.is_word() || token.is_number()).then(|| key(reader.tokens.str(at)).into_owned())
        };
        let words = self.begins.get(&[word(head_end)?, word(head_end + 1)?])?;
        let mut behind = head_end;
        for wanted in words {
            // Commas and dashes inside the name.
            let marks =
                usize::from(word(behind).is_none() && !reader.tokens.get(behind).is_break());
            if word(behind + marks).as_ref() != Some(wanted) {
                return None;
            }
            behind += marks + 1;
        }
        let years = reader.years(behind).filter(|it| it.plain);
        let end = years.map_or(behind, |it| it.end);
        (words.len() >= LEAST).then(|| Named {
            tokens: at..end,
            head: Arc::clone(&head.name),
            name: head_end..behind,
            period: years.and_then(super::quoted::taken),
            rule: "programme.again",
        })
    }
}

/// The abbreviation in the brackets behind a name or at its end: `(OCOP)`, `(Demand-side management - DSM)`.
fn abbreviation<'d>(reader: Reader<'_, 'd>, named: &Named) -> Option<&'d str> {
    const LONGEST: usize = 12;
    let tokens = reader.tokens;
    let open = named.name.end.saturating_sub(LONGEST).max(named.name.start);
    let open = (open..named.tokens.end + 1).find(|&at| tokens.get(at).is_mark('('))?;
    let close = (open + 1..open + LONGEST)
        .take_while(|&at| !tokens.get(at).is_break())
        .find(|&at| tokens.get(at).is_mark(')'))?;
    let last = tokens.get(close - 1);
    (last.is_word() && last.case == Case::Upper && last.span.len() > 1)
        .then(|| tokens.str(close - 1))
}

/// What a programme may be known by: its name, and without what makes it one of the State; a number
/// with its head.
fn names(reader: Reader<'_, '_>, named: &Named) -> impl Iterator<Item = String> {
    let tokens = reader.tokens;
    let joined = |from: usize| {
        let words = (from..named.name.end).filter(|&at| {
            let token = tokens.get(at);
            token.is_word() || token.is_number()
        });
        let words: Vec<String> = words.map(|at| key(tokens.str(at)).into_owned()).collect();
        words.join(" ")
    };
    let start = named.name.start;
    let numbered = tokens.get(start).is_number();
    let whole = joined(start);
    let whole = if numbered { format!("{} {whole}", named.head) } else { whole };
    let bare = longest(&reader.words.state, tokens, start).map(|(end, ())| joined(end));
    [Some(whole), bare].into_iter().flatten().filter(|it| !it.is_empty())
}
