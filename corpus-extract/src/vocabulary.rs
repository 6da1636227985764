//! [`Vocabulary`]: every word of every gazetteer, numbered; [`Phrases`]: sequences of them.

use corpus_text::key;
use rustc_hash::FxHashMap;

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
    /// Spellings of up to sixteen bytes, which nearly all are, as one number: those in small
    /// letters, and those that begin with a capital. Most words are small, and their table is small
    /// enough to stay in the caches.
    small: FxHashMap<u128, Id>,
    capital: FxHashMap<u128, Id>,
    /// The others.
    long: FxHashMap<Box<str>, Id>,
}

impl Vocabulary {
    /// The number of a word, given now if it has none.
    pub(crate) fn intern(&mut self, word: &str) -> Id {
        let next = Id(self.ids.len() as u32 + 1);
        *self.ids.entry(key(word).into()).or_insert(next)
    }

    /// Writes out the spellings, once all words are in.
    pub(crate) fn finish(&mut self) {
        for (word, &id) in &self.ids {
            let other = other_tone_placement(word);
            for word in [Some(word.to_string()), other].into_iter().flatten() {
                let mut letters = word.chars();
                let capitalised: String = letters
                    .next()
                    .map(|first| first.to_uppercase().chain(letters).collect())
                    .unwrap_or_default();
                for spelling in [word.to_uppercase(), capitalised, word] {
                    let table = match spelling.starts_with(char::is_uppercase) {
                        true => &mut self.capital,
                        false => &mut self.small,
                    };
                    match packed(&spelling) {
                        Some(spelling) => table.insert(spelling, id),
                        None => self.long.insert(spelling.into(), id),
                    };
                }
            }
        }
    }

    /// The number of a word as written; `is_capital` says that it begins with a capital, `odd` that
    /// it holds combining marks, an eth or capitals in its middle.
    pub(crate) fn id(&self, word: &str, is_capital: bool, odd: bool) -> Id {
        let found = match packed(word) {
            Some(word) if is_capital => self.capital.get(&word),
            Some(word) => self.small.get(&word),
            None => self.long.get(word),
        };
        match found {
            Some(&id) => id,
            None if odd => self.ids.get(&*key(word)).copied().unwrap_or(Id::NONE),
            None => Id::NONE,
        }
    }
}

/// The bytes of a word as one number, if there are no more than sixteen.
///
/// No word holds a byte of value zero, so words of different lengths have different numbers.
#[inline]
fn packed(word: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    Some(u128::from_le_bytes(bytes))
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

/// Phrases with a value each, found by their longest match.
///
/// A tree over word numbers: one look-up for each token, whatever the number of phrases.
#[derive(Clone, Debug)]
pub(crate) struct Phrases<T> {
    /// The node behind the root for each word that begins a phrase, by [`Id::index`]; 0 for none.
    roots: Vec<u32>,
    steps: FxHashMap<(u32, Id), u32>,
    values: Vec<Option<T>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Phrases<T> {
        Phrases { roots: Vec::new(), steps: FxHashMap::default(), values: vec![None] }
    }
}

impl<T> Phrases<T> {
    /// Adds a phrase of words separated by blanks; a later value replaces an earlier one.
    pub(crate) fn insert(&mut self, vocabulary: &mut Vocabulary, phrase: &str, value: T) {
        let mut node = 0;
        for (place, word) in phrase.split_whitespace().enumerate() {
            let id = vocabulary.intern(word);
            let next = self.values.len() as u32;
            let slot = if place == 0 {
                if self.roots.len() <= id.index() {
                    self.roots.resize(id.index() + 1, 0);
                }
                match self.roots.get_mut(id.index()) {
                    Some(slot) => slot,
                    None => return,
                }
            } else {
                self.steps.entry((node, id)).or_insert(0)
            };
            if *slot == 0 {
                *slot = next;
                self.values.push(None);
            }
            node = *slot;
        }
        if let Some(slot) = self.values.get_mut(node as usize).filter(|_| node != 0) {
            *slot = Some(value);
        }
    }

    /// The numbers of the words that begin a phrase.
    pub(crate) fn first_words(&self) -> impl Iterator<Item = Id> + '_ {
        self.roots.iter().enumerate().filter(|(_, node)| **node != 0).map(|(id, _)| Id(id as u32))
    }

    /// Whether a phrase begins with this word.
    #[inline]
    pub(crate) fn begin_with(&self, first: Id) -> bool {
        self.roots.get(first.index()).is_some_and(|&node| node != 0)
    }

    /// The longest phrase that a sequence of word numbers begins with: how many words, and its
    /// value.
    pub(crate) fn longest(&self, ids: impl IntoIterator<Item = Id>) -> Option<(usize, &T)> {
        let mut found = None;
        let mut node = 0;
        for (place, id) in ids.into_iter().enumerate() {
            node = if place == 0 {
                self.roots.get(id.index()).copied().unwrap_or(0)
            } else {
                self.steps.get(&(node, id)).copied().unwrap_or(0)
            };
            if id == Id::NONE || node == 0 {
                break;
            }
            if let Some(Some(value)) = self.values.get(node as usize) {
                found = Some((place + 1, value));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_phrase_wins() {
        let mut vocabulary = Vocabulary::default();
        let mut phrases = Phrases::default();
        phrases.insert(&mut vocabulary, "bí thư", 1);
        phrases.insert(&mut vocabulary, "bí thư tỉnh ủy", 2);
        let ids = |text: &str| -> Vec<Id> {
            let mut vocabulary = vocabulary.clone();
            vocabulary.finish();
            text.split(' ')
                .map(|word| vocabulary.id(word, word.starts_with(char::is_uppercase), false))
                .collect()
        };
        assert_eq!(phrases.longest(ids("Bí thư Tỉnh uỷ Hà")), Some((4, &2)));
        assert_eq!(phrases.longest(ids("bí thư tỉnh đoàn")), Some((2, &1)));
        assert_eq!(phrases.longest(ids("bí mật")), None);
        assert_eq!(phrases.longest(ids("tỉnh ủy")), None);
    }
}
