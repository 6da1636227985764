//! [`SpellingTable`]: known syllables by the bytes of their spellings.

use corpus_model::Tone;

use crate::letter;
use crate::syllable::{Spelling, TonePlacement};
use crate::token::ends_letters;

/// How a syllable is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Case {
    /// `hà`
    Lower,
    /// `Hà`, also one capital alone.
    Capital,
    /// `HÀ`
    Upper,
}

impl Case {
    pub(crate) fn of(text: &str) -> Case {
        let mut letters = text.chars().filter(|c| c.is_alphabetic());
        match letters.next() {
            Some(first) if first.is_uppercase() => {
                let mut rest = letters.peekable();
                if rest.peek().is_some() && rest.all(char::is_uppercase) {
                    Case::Upper
                } else {
                    Case::Capital
                }
            }
            _ => Case::Lower,
        }
    }
}

/// A syllable of the text: its number and how it is written, packed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known(u32);

impl Known {
    pub(crate) fn new(number: u32, case: Case) -> Known {
        Known(number << 2 | case as u32)
    }

    pub(crate) fn number(self) -> u32 {
        self.0 >> 2
    }

    pub(crate) fn case(self) -> Case {
        match self.0 & 3 {
            0 => Case::Lower,
            1 => Case::Capital,
            _ => Case::Upper,
        }
    }

    /// The same syllable written in another way.
    pub(crate) fn with_case(self, case: Case) -> Known {
        Known::new(self.number(), case)
    }
}

/// Every known syllable as authors spell it, by its bytes.
///
/// A slot is one `u128`: the bytes of the spelling, then what is known. The time goes where a slot
/// is not in the caches, so the spellings that nearly all of a text is made of stand in a small
/// table in front.
#[derive(Clone, Debug)]
pub(crate) struct SpellingTable {
    common: Slots,
    all: Slots,
}

/// Zero is a free slot. A power of two, filled by two thirds at most.
#[derive(Clone, Debug)]
struct Slots {
    slots: Vec<u128>,
    used: usize,
}

/// So many spellings are common.
const MOST_COMMON: usize = 6144;

/// A spelling in use has nine bytes at most; a longer one than this is always folded.
const MOST_BYTES: usize = 12;
const SPELLING: u128 = (1 << (8 * MOST_BYTES)) - 1;
/// The first bytes of a chunk, by their number.
const FRONT: [u128; MOST_BYTES + 1] = {
    let mut masks = [0; MOST_BYTES + 1];
    let mut n = 1;
    while n < masks.len() {
        masks[n] = masks[n - 1] << 8 | 0xFF;
        n += 1;
    }
    masks
};
/// The high bit of each byte.
const HIGH: u128 = (u128::MAX / 255) << 7;

impl SpellingTable {
    /// A table with room for the spellings of so many syllables; the first added are the common.
    pub(crate) fn with_capacity(syllables: usize) -> SpellingTable {
        let common = Slots::with_capacity(2 * MOST_COMMON.min(syllables));
        SpellingTable { common, all: Slots::with_capacity(5 * syllables) }
    }

    /// Adds the spellings of a syllable given as its key, in three cases and with the tone mark in
    /// both places; whether the Vietnamese grammar has it.
    pub(crate) fn insert_all(&mut self, key: &str, number: u32) -> bool {
        self.insert_cases(key, number);
        let Some(spelling) = Spelling::read(key) else { return false };
        let Some(shape) = spelling.shape() else { return false };
        if !spelling.is_placed(shape, TonePlacement::New) {
            let mut other = String::with_capacity(key.len());
            spelling.write(spelling.tone_seat(shape, TonePlacement::New), false, &mut other);
            self.insert_cases(&other, number);
        }
        true
    }

    fn insert_cases(&mut self, lower: &str, number: u32) {
        // What has other characters than letters is no run of letters, which alone are looked up.
        if lower.is_empty() || lower.len() > MOST_BYTES || letter::letter_run(lower) < lower.len() {
            return;
        }
        let small = packed(lower.as_bytes());
        self.insert(small, number, Case::Lower);
        let (mut capitals, mut len, mut first) = (0, 0, 0);
        for c in lower.chars() {
            let upper = upper_case(c);
            // A letter whose capital has another length is left to folding.
            if upper.len_utf8() != c.len_utf8() {
                return;
            }
            capitals |= packed(upper.encode_utf8(&mut [0; 4]).as_bytes()) << (8 * len);
            len += c.len_utf8();
            first = if first == 0 { len } else { first };
        }
        self.insert(capitals, number, Case::Upper);
        // A capital alone begins a sentence more often than it stands for a word in capitals.
        let front = FRONT.get(first).copied().unwrap_or_default();
        self.insert(capitals & front | small & !front, number, Case::Capital);
    }

    fn insert(&mut self, bytes: u128, number: u32, case: Case) {
        let known = Known::new(number, case);
        if self.common.used < MOST_COMMON && case != Case::Upper {
            self.common.insert(bytes, known);
        }
        self.all.insert(bytes, known);
    }

    /// The syllable that is spelled like this, if it is known.
    pub(crate) fn get(&self, spelled: &str) -> Option<Known> {
        let is_short = (1..=MOST_BYTES).contains(&spelled.len());
        is_short.then(|| self.find(packed(spelled.as_bytes())))?
    }

    /// All syllables that are spelled like this, in different tables.
    pub(crate) fn get_all(&self, spelled: &str) -> impl Iterator<Item = Known> {
        let is_short = (1..=MOST_BYTES).contains(&spelled.len());
        let bytes = packed(spelled.as_bytes());
        let tables = [&self.common, &self.all].into_iter().filter(move |_| is_short);
        tables.filter_map(move |slots| slots.find(bytes))
    }

    /// The known syllable that begins at `at`, with its length in bytes, if what stands behind it
    /// ends the token for certain.
    ///
    /// Nearly all of a text is that. Sixteen bytes are read at once, and the end of the syllable
    /// is found in them without a loop.
    #[inline]
    pub(crate) fn get_front(&self, text: &[u8], at: usize) -> Option<(usize, Known)> {
        let rest = text.get(at..)?;
        let chunk = match (rest.first_chunk(), text.last_chunk::<16>()) {
            (Some(&chunk), _) => u128::from_le_bytes(chunk),
            // The end of the text is as good as a blank.
            (None, Some(&chunk)) if !rest.is_empty() => {
                let shift = 8 * rest.len();
                u128::from_le_bytes(chunk) >> (128 - shift) | u128::from(b' ') << shift
            }
            _ => packed(rest) | u128::from(b' ') << (8 * rest.len()),
        };
        // The high bit of every byte less than 64, which is neither a letter nor part of one.
        let ends = !(chunk | chunk << 1) & HIGH;
        let len = (ends.trailing_zeros() / 8) as usize;
        let front = FRONT.get(len)?;
        if len == 0 || !ends_letters(rest, len) {
            return None;
        }
        Some((len, self.find(chunk & front)?))
    }

    /// The syllable that is spelled with these bytes.
    #[inline]
    fn find(&self, bytes: u128) -> Option<Known> {
        self.common.find(bytes).or_else(|| self.all.find(bytes))
    }
}

impl Slots {
    fn with_capacity(slots: usize) -> Slots {
        Slots { slots: vec![0; slots.next_power_of_two().max(64)], used: 0 }
    }

    fn insert(&mut self, bytes: u128, known: Known) {
        if self.used * 3 > self.slots.len() * 2 {
            let old = std::mem::take(&mut self.slots);
            self.slots = vec![0; old.len() * 2];
            for slot in old.into_iter().filter(|&slot| slot != 0) {
                let n = self.place(slot & SPELLING);
                self.slots[n] = slot;
            }
        }
        let n = self.place(bytes);
        self.used += usize::from(self.slots[n] == 0);
        self.slots[n] = bytes | u128::from(known.0) << (8 * MOST_BYTES);
    }

    /// The slot of a spelling, or the free one where it would go.
    fn place(&self, bytes: u128) -> usize {
        let mask = self.slots.len() - 1;
        let mut n = hash(bytes) & mask;
        while self.slots[n] != 0 && self.slots[n] & SPELLING != bytes {
            n = (n + 1) & mask;
        }
        n
    }

    #[inline]
    fn find(&self, bytes: u128) -> Option<Known> {
        let mask = self.slots.len() - 1;
        let mut n = hash(bytes) & mask;
        loop {
            let slot = *self.slots.get(n)?;
            if slot & SPELLING == bytes {
                return Some(Known((slot >> (8 * MOST_BYTES)) as u32));
            }
            if slot == 0 {
                return None;
            }
            n = (n + 1) & mask;
        }
    }
}

/// The capital of a letter, where it is one character.
fn upper_case(c: char) -> char {
    if let Some(letter) = letter::letter(c) {
        let tone = Tone::ALL.get(usize::from(letter.tone)).copied().unwrap_or_default();
        return letter::character(letter.code, tone, true);
    }
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

fn packed(bytes: &[u8]) -> u128 {
    bytes.iter().rev().fold(0, |packed, &byte| packed << 8 | u128::from(byte))
}

fn hash(bytes: u128) -> usize {
    let folded = (bytes as u64) ^ ((bytes >> 64) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (folded.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_syllable_is_found_at_the_front() {
        let mut table = SpellingTable::with_capacity(4);
        for (number, key) in ["nghiễng", "a", "hà", "covid-19"].into_iter().enumerate() {
            table.insert_all(key, number as u32);
        }
        for (rest, expected) in [
            ("hà nội", Some((3, 2, Case::Lower))),
            ("Hà", Some((3, 2, Case::Capital))),
            ("HÀ,", Some((3, 2, Case::Upper))),
            ("a\nhai chữ nữa là đủ dài", Some((1, 1, Case::Lower))),
            ("nghiễng) rồi", Some((9, 0, Case::Lower))),
            ("", None),
            (" hà", None),
            ("hà-nội", None),
            ("hà. Và", None),
            ("hàng", None),
            ("hà\u{301} nội", None),
            ("covid-19", None),
            ("aaaaaaaaaaaaaaaaaaaaaa", None),
            ("\0", None),
        ] {
            let found = table.get_front(rest.as_bytes(), 0);
            let expected = expected.map(|(len, number, case)| (len, Known::new(number, case).0));
            assert_eq!(found.map(|(len, known)| (len, known.0)), expected, "{rest}");
            if let Some((len, known)) = found {
                assert_eq!(table.get(&rest[..len]).unwrap().0, known.0, "{rest}");
            }
        }
    }
}
