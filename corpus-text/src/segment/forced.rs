//! [`Forced`]: a dictionary, and which syllables its words begin with.

use crate::Dictionary;
use crate::table::{Known, SpellingTable};

/// A dictionary beside the numbers of the syllables with which its words begin, so that it is
/// seldom asked.
#[derive(Clone, Debug)]
pub(super) struct Forced {
    pub(super) dictionary: Dictionary,
    joins: Numbers,
    splits: Numbers,
}

impl Forced {
    /// Syllables have the numbers below `known` if they are known at all.
    pub(super) fn new(dictionary: Dictionary, spellings: &SpellingTable, known: u32) -> Forced {
        let joins = Numbers::of(dictionary.first_parts(), spellings, known);
        let splits = Numbers::of(dictionary.first_of_splits(), spellings, known);
        Forced { dictionary, joins, splits }
    }

    /// Whether a word to join may begin with this syllable.
    #[inline]
    pub(super) fn begins_join(&self, syllable: Known) -> bool {
        self.joins.contain(syllable)
    }

    /// Whether a word to split may begin with this syllable.
    #[inline]
    pub(super) fn begins_split(&self, syllable: Known) -> bool {
        self.splits.contain(syllable)
    }
}

/// Numbers of syllables.
#[derive(Clone, Debug)]
struct Numbers {
    /// Whether each is among them; behind the last stand the syllables that are not known.
    contained: Vec<bool>,
    unknown: bool,
}

impl Numbers {
    fn of<'k>(
        keys: impl Iterator<Item = &'k str>,
        spellings: &SpellingTable,
        known: u32,
    ) -> Numbers {
        let mut numbers = Numbers { contained: vec![false; known as usize], unknown: false };
        for key in keys {
            let mut is_known = false;
            for syllable in spellings.get_all(key) {
                is_known = true;
                if let Some(place) = numbers.contained.get_mut(syllable.number() as usize) {
                    *place = true;
                }
            }
            numbers.unknown |= !is_known;
        }
        numbers
    }

    #[inline]
    fn contain(&self, syllable: Known) -> bool {
        self.contained.get(syllable.number() as usize).copied().unwrap_or(self.unknown)
    }
}
