//! [`Vocabulary`]: every word of every gazetteer, numbered; [`Phrases`]: sequences of them.

mod phrases;
mod spellings;

use corpus_text::key;
use rustc_hash::FxHashMap;

pub(crate) use self::phrases::Phrases;
pub(crate) use self::spellings::Spelling;
use self::spellings::Spellings;
use crate::token::Case;

/// The number of a word in a [`Vocabulary`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Id(u32);

impl Id {
    /// The word stands in no gazetteer.
    pub(crate) const NONE: Id = Id(0);

    /// The number as an index; 0 is [`Id::NONE`].
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// What may begin at a token, as a set.
///
/// The rules say it of their words when they are built ([`Vocabulary::begin`]). Each extractor then
/// goes from one token where something of its own may begin to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Starts(u16);

impl Starts {
    pub(crate) const NONE: Starts = Starts(0);
    /// Digits.
    pub(crate) const NUMBER: Starts = Starts(1);
    /// A word that numbers are written with.
    pub(crate) const NUMERAL: Starts = Starts(1 << 1);
    pub(crate) const DIRECTIVE: Starts = Starts(1 << 2);
    pub(crate) const DATE: Starts = Starts(1 << 3);
    pub(crate) const QUANTITY: Starts = Starts(1 << 4);
    /// The mark in front of an item of a list.
    pub(crate) const ITEM: Starts = Starts(1 << 5);
    /// An office, a form of address, a credit.
    pub(crate) const PERSON: Starts = Starts(1 << 6);
    pub(crate) const ORGANIZATION: Starts = Starts(1 << 7);
    pub(crate) const PLACE: Starts = Starts(1 << 8);
    pub(crate) const EVENT: Starts = Starts(1 << 9);
    /// A person's name, which has a capital.
    pub(crate) const NAME: Starts = Starts(1 << 10);
    /// The name of an organisation, or of a place, that has a capital.
    pub(crate) const PROPER: Starts = Starts(1 << 11);
    /// A word with a capital in front, whatever it is.
    pub(crate) const CAPITAL: Starts = Starts(1 << 12);
    /// A word in capitals.
    pub(crate) const UPPER: Starts = Starts(1 << 13);
    /// What makes a day, a time or a length of time of a number in front of it, or joins it to another
    /// number that may be one.
    pub(crate) const TIMED: Starts = Starts(1 << 15);
    /// The end of a line or block.
    pub(crate) const BREAK: Starts = Starts(1 << 14);

    /// Both sets.
    pub(crate) const fn and(self, other: Starts) -> Starts {
        Starts(self.0 | other.0)
    }

    /// Whether the sets share something.
    #[inline]
    pub(crate) const fn meets(self, other: Starts) -> bool {
        self.0 & other.0 != 0
    }

    /// What of it may begin with the word written so.
    pub(crate) const fn written(self, word: &str, case: Case) -> Starts {
        match case {
            Case::Lower => {
                let low = Starts(self.0 & !(Starts::NAME.0 | Starts::PROPER.0));
                // `a)`, `đ)`.
                if word.len() <= 2 { low.and(Starts::ITEM) } else { low }
            }
            Case::Capital => self.and(Starts::CAPITAL),
            Case::Upper => self.and(Starts::UPPER),
            Case::Mixed => self,
        }
    }
}

/// A set of words, asked for each token of a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    members: Vec<bool>,
}

impl Words {
    /// Whether a word is in the set.
    #[inline]
    pub(crate) fn contains(&self, id: Id) -> bool {
        self.members.get(id.index()).copied().unwrap_or(false)
    }

    /// The words of the set.
    pub(crate) fn members(&self) -> impl Iterator<Item = Id> + '_ {
        self.members.iter().enumerate().filter(|(_, member)| **member).map(|(id, _)| Id(id as u32))
    }
}

impl Extend<Id> for Words {
    fn extend<I: IntoIterator<Item = Id>>(&mut self, ids: I) {
        for id in ids {
            if self.members.len() <= id.index() {
                self.members.resize(id.index() + 1, false);
            }
            if let Some(member) = self.members.get_mut(id.index()) {
                *member = true;
            }
        }
    }
}

/// The words of all gazetteers by number.
///
/// Words are equal when their [`corpus_text::key`]s are. Folding each word of a text would cost
/// more than all the rest, so the spellings that occur (lower case, capitalised, capitals, with
/// either placement of the tone mark) are written out beforehand; only odd ones are folded.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    ids: FxHashMap<Box<str>, Id>,
    /// What may begin with a word, by [`Id::index`].
    starts: Vec<Starts>,
    spellings: Spellings,
}

impl Vocabulary {
    /// The number of a word, given now if it has none.
    pub(crate) fn intern(&mut self, word: &str) -> Id {
        let next = Id(self.ids.len() as u32 + 1);
        *self.ids.entry(key(word).into()).or_insert(next)
    }

    /// Says of words that something may begin with them.
    pub(crate) fn begin(&mut self, what: Starts, words: impl IntoIterator<Item = Id>) {
        for id in words {
            if self.starts.len() <= id.index() {
                self.starts.resize(id.index() + 1, Starts::NONE);
            }
            if let Some(starts) = self.starts.get_mut(id.index()) {
                *starts = starts.and(what);
            }
        }
    }

    /// What may begin with a word.
    pub(crate) fn starts(&self, id: Id) -> Starts {
        self.starts.get(id.index()).copied().unwrap_or_default()
    }

    /// Writes out the spellings, once all words are in.
    pub(crate) fn finish(&mut self) {
        let mut spellings = Spellings::with_room_for(4 * self.ids.len());
        for (word, &id) in &self.ids {
            let other = other_tone_placement(word);
            for word in [Some(word.to_string()), other].into_iter().flatten() {
                let mut letters = word.chars();
                let capitalised: String = letters
                    .next()
                    .map(|first| first.to_uppercase().chain(letters).collect())
                    .unwrap_or_default();
                for spelling in [word.to_uppercase(), capitalised, word] {
                    spellings.insert(&spelling, id, self.starts(id));
                }
            }
        }
        self.spellings = spellings;
    }

    /// The word whose bytes are these, as [`spellings::packed`] has them.
    #[inline]
    pub(crate) fn spelling(&self, bytes: u128) -> Option<&Spelling> {
        self.spellings.get(bytes)
    }

    /// The number of a word as written; `odd` says that it holds combining marks, an eth or
    /// capitals in its middle.
    pub(crate) fn id(&self, word: &str, odd: bool) -> Id {
        match self.spellings.find(word) {
            Some(id) => id,
            None if odd => self.ids.get(&*key(word)).copied().unwrap_or(Id::NONE),
            None => Id::NONE,
        }
    }
}

/// The syllable with its tone mark on the other vowel: `khoá` for `khóa`.
///
/// Only open syllables in `oa`, `oe`, `uy` have two spellings.
fn other_tone_placement(word: &str) -> Option<String> {
    const PAIRS: [(&str, &str); 15] = [
        ("òa", "oà"),
        ("óa", "oá"),
        ("ỏa", "oả"),
        ("õa", "oã"),
        ("ọa", "oạ"),
        ("òe", "oè"),
        ("óe", "oé"),
        ("ỏe", "oẻ"),
        ("õe", "oẽ"),
        ("ọe", "oẹ"),
        ("ùy", "uỳ"),
        ("úy", "uý"),
        ("ủy", "uỷ"),
        ("ũy", "uỹ"),
        ("ụy", "uỵ"),
    ];
    PAIRS
        .into_iter()
        .find_map(|(old, new)| word.strip_suffix(old).map(|head| format!("{head}{new}")))
}
