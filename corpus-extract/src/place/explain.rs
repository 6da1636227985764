//! Why a mention of a place is one.

use super::Rules;
use crate::explanation::{Clue, Found};
use crate::gazetteer::longest;
use crate::token::{Claims, Tokens};

impl Rules {
    /// Why a place begins at a token; `people` are the names in which none is sought.
    pub(crate) fn explain(&self, tokens: &Tokens<'_>, people: &Claims, at: usize) -> Found {
        let rank = longest(&self.ranks, tokens, at).map(|(end, _)| end);
        match rank.filter(|_| self.ranked(tokens, people, at).is_some()) {
            Some(end) => ("place.rank", vec![Clue::new("rank", tokens.span(at..end))]),
            None => ("place.listed", Vec::new()),
        }
    }
}
