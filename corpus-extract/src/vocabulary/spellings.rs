//! [`Spellings`]: the words of a vocabulary as texts write them, found by their bytes.
//!
//! Nearly all words of Vietnamese have sixteen bytes at most, so the bytes of a word are one number.
//! A table of such numbers is asked once for each word of a text; what it holds of a word need not be
//! worked out again. It is open, half empty, and asked in the order of its slots.

use rustc_hash::FxHashMap;

use super::{Id, Starts};
use crate::token::{Case, scan_word};

/// A word as it is written, and what is known of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spelling {
    /// Its bytes; 0 where the slot is free.
    bytes: u128,
    /// Its number.
    pub(crate) id: Id,
    /// How it is capitalised.
    pub(crate) case: Case,
    /// What may begin with it.
    pub(crate) starts: Starts,
    /// What of it begins only where certain words stand behind.
    pub(crate) followed: Starts,
}

const FREE: Spelling = Spelling {
    bytes: 0,
    id: Id::NONE,
    case: Case::Lower,
    starts: Starts::NONE,
    followed: Starts::NONE,
};

/// All spellings of a vocabulary.
#[derive(Clone, Debug, Default)]
pub(super) struct Spellings {
    /// Their number is a power of two; none where there are no spellings.
    slots: Vec<Spelling>,
    /// How far the hash of a word is shifted to become the number of a slot.
    shift: u32,
    taken: usize,
    /// Those of more than sixteen bytes.
    long: FxHashMap<Box<str>, Id>,
}

impl Spellings {
    /// A table for so many spellings.
    pub(super) fn with_room_for(n: usize) -> Spellings {
        let slots = (2 * n).next_power_of_two().max(2);
        Spellings {
            slots: vec![FREE; slots],
            shift: u64::BITS - slots.trailing_zeros(),
            taken: 0,
            long: FxHashMap::default(),
        }
    }

    /// Adds a spelling; what is no word of a text, for it holds other characters than letters, is
    /// left out. A later number replaces an earlier one.
    pub(super) fn insert(&mut self, word: &str, id: Id, starts: [Starts; 2]) {
        let scan = scan_word(word);
        if word.is_empty() || scan.len != word.len() {
            return;
        }
        self.insert_as(word, scan.case(), id, starts);
    }

    /// Adds a spelling of letters alone whose case is known, with what may begin with it and what of
    /// that only where certain words stand behind.
    pub(super) fn insert_as(&mut self, word: &str, case: Case, id: Id, starts: [Starts; 2]) {
        let Some(bytes) = packed(word) else {
            self.long.insert(word.into(), id);
            return;
        };
        // Without a free slot a search for what is not there would never end.
        if 2 * self.taken >= self.slots.len() {
            self.grow();
        }
        let [starts, followed] = starts;
        let starts = starts.written(word, case);
        self.put(Spelling { bytes, id, case, starts, followed: followed.shared(starts) });
    }

    fn put(&mut self, spelling: Spelling) {
        let mut at = self.first_slot(spelling.bytes);
        while let Some(slot) = self.slots.get_mut(at) {
            if slot.bytes == spelling.bytes || slot.bytes == 0 {
                self.taken += usize::from(slot.bytes == 0);
                *slot = spelling;
                return;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    fn grow(&mut self) {
        let larger = Spellings::with_room_for(self.slots.len());
        let old = std::mem::replace(&mut self.slots, larger.slots);
        (self.shift, self.taken) = (larger.shift, 0);
        for spelling in old.into_iter().filter(|it| it.bytes != 0) {
            self.put(spelling);
        }
    }

    #[inline]
    fn first_slot(&self, bytes: u128) -> usize {
        // Both halves are spread over the upper bits, of which the slot is made.
        const SPREAD: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93];
        let (low, high) = (bytes as u64, (bytes >> 64) as u64);
        let mixed = (low ^ high.wrapping_mul(SPREAD[1])).wrapping_mul(SPREAD[0]);
        (mixed >> self.shift) as usize
    }

    /// The spelling of these bytes, of which there is one at least.
    #[inline]
    pub(super) fn get(&self, bytes: u128) -> Option<&Spelling> {
        let mut at = self.first_slot(bytes);
        loop {
            let slot = self.slots.get(at)?;
            if slot.bytes == bytes {
                return Some(slot);
            }
            if slot.bytes == 0 {
                return None;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// The number of a word as written.
    pub(super) fn find(&self, word: &str) -> Option<Id> {
        match packed(word) {
            Some(0) => None,
            Some(bytes) => self.get(bytes).map(|it| it.id),
            None => self.long.get(word).copied(),
        }
    }
}

/// The bytes of a word as one number, if there are no more than sixteen.
///
/// No word holds a byte of value zero, so words of different lengths have different numbers.
fn packed(word: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    Some(u128::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_are_found_after_the_table_has_grown() {
        let words: Vec<String> =
            ('a'..='z').flat_map(|a| ('a'..='z').map(move |b| format!("{a}ư{b}"))).collect();
        let mut spellings = Spellings::with_room_for(4);
        for (n, word) in words.iter().enumerate() {
            spellings.insert(word, Id(n as u32 + 1), [Starts::NONE; 2]);
        }
        for (n, word) in words.iter().enumerate() {
            assert_eq!(spellings.find(word), Some(Id(n as u32 + 1)), "{word}");
        }
        assert_eq!(spellings.find("a"), None);
        assert_eq!(Spellings::default().find("a"), None);
    }

    #[test]
    fn only_words_are_spellings() {
        let mut spellings = Spellings::with_room_for(4);
        for word in ["m²", "km/h", "x5", ""] {
            spellings.insert(word, Id(1), [Starts::NONE; 2]);
            assert_eq!(spellings.find(word), None, "{word}");
        }
        let long = "nghiêngnghiêngnghiêng";
        spellings.insert(long, Id(1), [Starts::NONE; 2]);
        assert_eq!(spellings.find(long), Some(Id(1)));
    }
}
