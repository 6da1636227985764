//! [`Vocabulary`]: every word of every gazetteer, numbered; [`Phrases`]: sequences of them.

mod phrases;
mod spellings;
mod starts;

use std::sync::Arc;

use corpus_text::{key, parse_syllable};
use rustc_hash::FxHashMap;

pub(crate) use self::phrases::Phrases;
pub(crate) use self::spellings::Spelling;
use self::spellings::Spellings;
pub(crate) use self::starts::Starts;
use crate::token::Case;

/// The number of a word in a [`Vocabulary`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Id(u32);

impl Id {
    /// The word stands in no gazetteer.
    pub(crate) const NONE: Id = Id(0);

    /// The number as an index; 0 is [`Id::NONE`].
    #[inline]
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }

    /// The bit of a word among others, each of which has one of 64.
    #[inline]
    fn bit(self) -> u64 {
        1 << (self.0 % 64)
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

/// What may begin with a word.
#[derive(Clone, Copy, Debug, Default)]
struct Begun {
    /// With this word, whatever stands behind it.
    alone: Starts,
    /// With this word and one of `behind`.
    followed: Starts,
    /// Words by their [bits](Id::bit).
    behind: u64,
}

/// The words of all gazetteers by number.
///
/// Words are equal when their [`corpus_text::key`]s are. Folding each word of a text would cost
/// more than all the rest, so the spellings that occur (lower case, capitalised, capitals, with
/// either placement of the tone mark) are written out beforehand; only odd ones are folded.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    ids: FxHashMap<Arc<str>, Id>,
    /// The keys of the words by [`Id::index`] less one.
    keys: Vec<Arc<str>>,
    /// The words as tables write them, while they are read: most stand there again and again.
    written: FxHashMap<Box<str>, Id>,
    /// What may begin with a word, by [`Id::index`].
    starts: Vec<Begun>,
    /// Whether a word is spelled like a syllable of Vietnamese.
    syllables: Words,
    spellings: Spellings,
}

impl Vocabulary {
    /// The number of a word, given now if it has none.
    pub(crate) fn intern(&mut self, word: &str) -> Id {
        // The key of a key is itself.
        if let Some(id) = self.ids.get(word).or_else(|| self.written.get(word)) {
            return *id;
        }
        let next = Id(self.ids.len() as u32 + 1);
        let id = *self.ids.entry(key(word).into()).or_insert_with_key(|key| {
            self.keys.push(Arc::clone(key));
            next
        });
        self.written.insert(word.into(), id);
        id
    }

    /// Says of words that something may begin with them, whatever stands behind.
    pub(crate) fn begin(&mut self, what: Starts, words: impl IntoIterator<Item = Id>) {
        words.into_iter().for_each(|id| self.begin_with(what, id, None));
    }

    /// Says of a phrase that something may begin with it.
    pub(crate) fn begin_phrase<'w>(
        &mut self,
        what: Starts,
        words: impl IntoIterator<Item = &'w str>,
    ) {
        let mut words = words.into_iter();
        let Some(first) = words.next().map(|word| self.intern(word)) else { return };
        let second = words.next().map(|word| self.intern(word));
        self.begin_with(what, first, second.map(Id::bit));
    }

    /// Says of phrases that something may begin with them.
    pub(crate) fn begin_phrases<T>(&mut self, what: Starts, phrases: &Phrases<T>) {
        for (first, behind) in phrases.first_words_and_behind() {
            self.begin_with(what, first, behind);
        }
    }

    fn begin_with(&mut self, what: Starts, first: Id, behind: Option<u64>) {
        if self.starts.len() <= first.index() {
            self.starts.resize(first.index() + 1, Begun::default());
        }
        let Some(begun) = self.starts.get_mut(first.index()) else { return };
        match behind {
            None => begun.alone = begun.alone.and(what),
            Some(behind) => {
                begun.followed = begun.followed.and(what);
                begun.behind |= behind;
            }
        }
    }

    /// The key of a word; none for [`Id::NONE`].
    pub(crate) fn key(&self, id: Id) -> Option<&str> {
        self.keys.get(id.index().checked_sub(1)?).map(|key| &**key)
    }

    /// What may begin with a word.
    pub(crate) fn starts(&self, id: Id) -> Starts {
        let begun = self.starts.get(id.index()).copied().unwrap_or_default();
        begun.alone.and(begun.followed)
    }

    /// What of it begins only where one of certain words stands behind.
    pub(crate) fn followed(&self, id: Id) -> Starts {
        let begun = self.starts.get(id.index()).copied().unwrap_or_default();
        begun.followed.without(begun.alone)
    }

    /// Whether a word may be one of those that must stand behind another; few that are none may.
    #[inline]
    pub(crate) fn may_follow(&self, first: Id, id: Id) -> bool {
        self.starts.get(first.index()).is_some_and(|begun| begun.behind & id.bit() != 0)
    }

    /// Whether a word is spelled like a syllable of Vietnamese; not known of [`Id::NONE`].
    pub(crate) fn is_syllable(&self, id: Id) -> Option<bool> {
        (id != Id::NONE).then(|| self.syllables.contains(id))
    }

    /// Writes out the spellings, once all words are in.
    pub(crate) fn finish(&mut self) {
        let syllables = self.ids.iter().filter(|(word, _)| parse_syllable(word).is_some());
        self.syllables.extend(syllables.map(|(_, id)| *id));
        self.written = FxHashMap::default();
        let mut spellings = Spellings::with_room_for(4 * self.ids.len());
        let mut buffer = String::new();
        for (word, &id) in &self.ids {
            let (starts, followed) = (self.starts(id), self.followed(id));
            let other = other_tone_placement(word);
            for word in [Some(&**word), other.as_deref()].into_iter().flatten() {
                // Words of Vietnamese are nearly all; of others the case is found letter by letter.
                let plain = word.chars().all(|it| capital(it).is_some());
                let mut add = |spelling: &str, case| match plain {
                    true => spellings.insert_as(spelling, case, id, [starts, followed]),
                    false => spellings.insert(spelling, id, [starts, followed]),
                };
                add(word, Case::Lower);
                let mut letters = word.chars();
                let Some(first) = letters.next() else { continue };
                let rest = letters.as_str();
                buffer.clear();
                push_capital(&mut buffer, first);
                if !rest.is_empty() {
                    let end = buffer.len();
                    buffer.push_str(rest);
                    add(&buffer, Case::Capital);
                    buffer.truncate(end);
                    letters.for_each(|letter| push_capital(&mut buffer, letter));
                }
                add(&buffer, Case::Upper);
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
            // `YouTube`: of ASCII only the case can be odd.
            None if odd && word.is_ascii() => {
                self.ids.get(&*word.to_ascii_lowercase()).copied().unwrap_or(Id::NONE)
            }
            None if odd => self.ids.get(&*key(word)).copied().unwrap_or(Id::NONE),
            None => Id::NONE,
        }
    }
}

/// The capital of a small letter that Vietnamese is written with.
fn capital(letter: char) -> Option<char> {
    match letter {
        'a'..='z' | 'à'..='ö' | 'ø'..='þ' => char::from_u32(u32::from(letter) - 0x20),
        'đ' | 'ă' | 'ơ' | 'ư' | 'ĩ' | 'ũ' => char::from_u32(u32::from(letter) - 1),
        '\u{1ea1}'..='\u{1ef9}' if u32::from(letter) % 2 == 1 => {
            char::from_u32(u32::from(letter) - 1)
        }
        _ => None,
    }
}

fn push_capital(text: &mut String, letter: char) {
    match capital(letter) {
        Some(capital) => text.push(capital),
        None => text.extend(letter.to_uppercase()),
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
    if !word.ends_with(['a', 'e', 'y']) {
        return None;
    }
    PAIRS
        .into_iter()
        .find_map(|(old, new)| word.strip_suffix(old).map(|head| format!("{head}{new}")))
}

#[cfg(test)]
mod tests {
    use super::{Case, Id, Starts, Vocabulary, capital};

    #[test]
    fn capitals_are_those_of_unicode() {
        let letters = (0..0x2000).filter_map(char::from_u32);
        for (letter, capital) in letters.filter_map(|it| Some((it, capital(it)?))) {
            assert_eq!(letter.to_uppercase().to_string(), capital.to_string());
            assert!(letter.is_alphabetic() && letter.is_lowercase());
        }
    }

    #[test]
    fn words_are_found_in_all_their_spellings() {
        let mut vocabulary = Vocabulary::default();
        let words = ["khóa", "y", "đường", "straße", "ﬁ", "TW", "Hòa"];
        let ids = words.map(|word| vocabulary.intern(word));
        assert_eq!(vocabulary.intern("hoà"), vocabulary.intern("HÒA"));
        vocabulary.finish();
        for (spelling, case, id) in [
            ("khóa", Case::Lower, 0),
            ("khoá", Case::Lower, 0),
            ("Khoá", Case::Capital, 0),
            ("KHOÁ", Case::Upper, 0),
            ("Y", Case::Upper, 1),
            ("ĐƯỜNG", Case::Upper, 2),
            ("STRASSE", Case::Upper, 3),
            ("tw", Case::Lower, 5),
            ("Tw", Case::Capital, 5),
            ("Hoà", Case::Capital, 6),
        ] {
            assert_eq!(Some(&vocabulary.id(spelling, false)), ids.get(id), "{spelling}");
            let mut bytes = [0; 16];
            bytes[..spelling.len()].copy_from_slice(spelling.as_bytes());
            let known = vocabulary.spelling(u128::from_le_bytes(bytes)).unwrap();
            assert_eq!((known.case, known.starts), (case, Starts::NONE.written(spelling, case)));
        }
        assert_eq!(vocabulary.id("khoa", false), Id::NONE);
    }
}
