//! [`Vocabulary`]: every word of every gazetteer, numbered; [`Phrases`]: sequences of them.

mod phrases;
mod spellings;

use corpus_text::key;
use rustc_hash::FxHashMap;

pub(crate) use self::phrases::Phrases;
pub(crate) use self::spellings::Spelling;
use self::spellings::Spellings;

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
    spellings: Spellings,
}

impl Vocabulary {
    /// The number of a word, given now if it has none.
    pub(crate) fn intern(&mut self, word: &str) -> Id {
        let next = Id(self.ids.len() as u32 + 1);
        *self.ids.entry(key(word).into()).or_insert(next)
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
                    spellings.insert(&spelling, id);
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
