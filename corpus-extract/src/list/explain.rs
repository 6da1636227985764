//! Why an announced list is one.

use corpus_model::{List, Mention, Span};
use rustc_hash::FxHashSet;

use super::items::Ends;
use super::{Reader, Rules};
use crate::explanation::{Clue, Found};
use crate::number::Numbers;
use crate::token::Tokens;

/// The items of a document that have marks.
#[derive(Debug)]
pub(crate) struct Marked {
    items: FxHashSet<Span>,
}

impl Marked {
    pub(crate) fn new(rules: &Rules, tokens: &Tokens<'_>, numbers: &Numbers) -> Marked {
        let reader = Reader { words: &rules.words, numbers, tokens };
        let mut ends = Ends::default();
        let chains = reader.chains();
        let items =
            chains.iter().flat_map(|chain| reader.items_of(&chain.marks, &mut ends)).collect();
        Marked { items }
    }

    pub(crate) fn explain(&self, mention: &Mention, list: &List) -> Found {
        let mut clues = vec![Clue::new("announced", mention.span)];
        clues.extend(list.items.iter().map(|&span| Clue::new("item", span)));
        let marked = list.items.iter().all(|item| self.items.contains(item));
        (if marked { "list.marks" } else { "list.sentence" }, clues)
    }
}
