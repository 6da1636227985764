//! [`Words`]: the words around announced lists, from `data/list.tsv`.

use crate::table;
use crate::token::{TokenKind, Tokens};
use crate::vocabulary::{self, Id, Phrases, Starts, Vocabulary};

/// A noun that announces has no more words than this.
const NOUN_WORDS: usize = 6;

/// The words of lists by what they do.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    nouns: Phrases<()>,
    stops: vocabulary::Words,
    units: vocabulary::Words,
    labels: Phrases<()>,
    pub(super) says: Phrases<()>,
    pub(super) intros: Phrases<()>,
    pub(super) opens: Phrases<()>,
    pub(super) fillers: Phrases<()>,
    pub(super) first_of: Phrases<()>,
    pub(super) last_of: Phrases<()>,
    pub(super) closes: Phrases<()>,
    pub(super) apart: Phrases<()>,
    pub(super) is: Id,
    pub(super) nth: Id,
    pub(super) first: Id,
    pub(super) and: Id,
    pub(super) or: Id,
    pub(super) such: Id,
    pub(super) then: Id,
}

impl Words {
    pub(super) fn new(vocabulary: &mut Vocabulary) -> Words {
        let mut words = Words::default();
        for [phrase, role] in table::rows(include_str!("../../data/list.tsv")) {
            let phrases = match role {
                "noun" => &mut words.nouns,
                "stop" => {
                    words.stops.extend([vocabulary.intern(phrase)]);
                    continue;
                }
                "unit" => {
                    words.units.extend([vocabulary.intern(phrase)]);
                    continue;
                }
                "label" => &mut words.labels,
                "say" => &mut words.says,
                "intro" => &mut words.intros,
                "open" => &mut words.opens,
                "filler" => &mut words.fillers,
                "first" => &mut words.first_of,
                "last" => &mut words.last_of,
                "close" => &mut words.closes,
                "apart" => &mut words.apart,
                _ => continue,
            };
            phrases.insert(vocabulary, phrase, ());
            if matches!(role, "first" | "last")
                && let Some(first) = phrase.split(' ').next()
            {
                let first = vocabulary.intern(first);
                vocabulary.begin(Starts::ITEM, [first]);
            }
        }
        words.is = vocabulary.intern("là");
        words.nth = vocabulary.intern("thứ");
        vocabulary.begin(Starts::ITEM, [words.nth]);
        words.first = vocabulary.intern("nhất");
        words.and = vocabulary.intern("và");
        words.or = vocabulary.intern("hoặc");
        words.such = vocabulary.intern("như");
        words.then = vocabulary.intern("thì");
        words
    }

    /// The token behind the noun at `at`; `at` itself where none begins.
    pub(super) fn noun_end(&self, tokens: &Tokens<'_>, at: usize) -> usize {
        if self.units.contains(tokens.get(at).id) {
            return at;
        }
        // `4 không`, `5 tại chỗ`: a noun of the list may begin like a word that ends one.
        let least = self.nouns.longest(tokens.ids(at)).map_or(at, |(n, ())| at + n);
        let mut end = at;
        while end < at + NOUN_WORDS {
            let token = tokens.get(end);
            let goes_on = token.kind == TokenKind::Word
                && (end < least || !self.stops.contains(token.id))
                && !(end > at && token.glued)
                && self.says.longest(tokens.ids(end)).is_none();
            if !goes_on {
                break;
            }
            end += 1;
        }
        end
    }

    /// Whether the word ends the noun of an announcement.
    pub(super) fn is_stop(&self, id: Id) -> bool {
        self.stops.contains(id)
    }

    /// Whether the noun at `at` can hardly do anything but announce.
    pub(super) fn announces(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        self.nouns.longest(tokens.ids(at)).is_some()
    }

    /// Whether the words in front of a number make a name of it.
    pub(super) fn is_label(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        (1..=2).any(|back| {
            at.checked_sub(back).is_some_and(|start| {
                self.labels.longest(tokens.ids(start)).is_some_and(|(n, ())| start + n == at)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_understood() {
        let roles = [
            "noun", "stop", "unit", "label", "say", "intro", "open", "filler", "first", "last",
            "close", "apart",
        ];
        for [phrase, role] in table::rows(include_str!("../../data/list.tsv")) {
            assert!(roles.contains(&role), "{phrase}: no role is called {role:?}");
            let single = matches!(role, "stop" | "unit");
            assert!(!single || !phrase.contains(' '), "{phrase}: only single words are looked at");
        }
    }
}
