//! Why a mention of a programme is one.

use corpus_model::{Mention, Programme};
use rustc_hash::FxHashMap;

use super::{Named, Reader, Rules};
use crate::explanation::{Clue, Found};
use crate::token::Tokens;

/// The programmes of a document as they were read.
#[derive(Debug)]
pub(crate) struct Read {
    named: FxHashMap<usize, Named>,
}

impl Read {
    pub(crate) fn new(rules: &Rules, tokens: &Tokens<'_>) -> Read {
        let reader = Reader { words: &rules.words, tokens };
        let named = reader.all().into_iter().map(|it| (it.tokens.start, it));
        Read { named: named.collect() }
    }

    /// The name, the years, the mention before and the directive that it went by.
    pub(crate) fn explain(
        &self,
        tokens: &Tokens<'_>,
        mention: &Mention,
        programme: &Programme,
    ) -> Found {
        let at = tokens.at_byte(mention.span.start());
        let Some(named) = self.named.get(&at) else { return ("programme.quoted", Vec::new()) };
        let mut clues = vec![Clue::new("name", tokens.span(named.name.clone()))];
        if let Some((_, period)) = &named.period {
            clues.push(Clue::new("period", tokens.span(period.clone())));
        }
        clues.extend(programme.antecedent.map(|span| Clue::new("antecedent", span)));
        clues.extend(programme.directive.map(|span| Clue::new("directive", span)));
        (named.rule, clues)
    }
}
