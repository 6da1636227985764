//! Flat hash tables of the segmenter: spellings of syllables, and words as paths of syllables.

use corpus_model::{Span, Tone};

use crate::letter;
use crate::syllable::{Spelling, TonePlacement};
use crate::token::ends_letters;

/// How a syllable is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// A syllable that was found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    pub(crate) number: u32,
    pub(crate) case: Case,
}

/// Every known syllable as authors spell it, by its bytes.
///
/// A slot is one `u128`: the bytes of the spelling, then what is known. The table is small enough
/// to stay in the caches, which is where the time goes.
#[derive(Clone, Debug)]
pub(crate) struct SpellingTable {
    /// Zero is a free slot. A power of two, filled by two thirds at most.
    slots: Vec<u128>,
    used: usize,
}

/// A spelling in use has nine bytes at most; a longer one than this is always folded.
const MOST_BYTES: usize = 12;
const SPELLING: u128 = (1 << (8 * MOST_BYTES)) - 1;
/// One in each byte; the high bit of each byte.
const ONES: u128 = u128::MAX / 255;
const HIGH: u128 = ONES << 7;

impl SpellingTable {
    pub(crate) fn with_capacity(syllables: usize) -> SpellingTable {
        let slots = (syllables * 5).next_power_of_two().max(64);
        SpellingTable { slots: vec![0; slots], used: 0 }
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
        if lower.len() > MOST_BYTES {
            return;
        }
        self.insert(lower, number, Case::Lower);
        let mut spelled = [0; 2 * MOST_BYTES];
        let mut len = 0;
        let mut first = 0;
        for c in lower.chars() {
            let upper = upper_case(c);
            // A letter whose capital has another length is left to folding.
            let Some(place) = spelled.get_mut(len..len + c.len_utf8()) else { return };
            if upper.len_utf8() != c.len_utf8() {
                return;
            }
            upper.encode_utf8(place);
            len += c.len_utf8();
            first = if first == 0 { len } else { first };
        }
        let upper = std::str::from_utf8(spelled.get(..len).unwrap_or_default()).unwrap_or_default();
        self.insert(upper, number, Case::Upper);
        if let (Some(front), Some(rest)) =
            (spelled.get_mut(first..len), lower.as_bytes().get(first..))
        {
            front.copy_from_slice(rest);
        }
        // A capital alone begins a sentence more often than it stands for a word in capitals.
        let title = std::str::from_utf8(spelled.get(..len).unwrap_or_default()).unwrap_or_default();
        self.insert(title, number, Case::Capital);
    }

    fn insert(&mut self, spelling: &str, number: u32, case: Case) {
        // What has other characters than letters is no run of letters, which alone are looked up.
        let run = letter::letter_run(spelling);
        if run == 0 || run < spelling.len() || run > MOST_BYTES {
            return;
        }
        if self.used * 3 > self.slots.len() * 2 {
            let old = std::mem::take(&mut self.slots);
            self.slots = vec![0; old.len() * 2];
            for slot in old.into_iter().filter(|&slot| slot != 0) {
                let n = self.slot(slot & SPELLING);
                self.slots[n] = slot;
            }
        }
        let bytes = packed(spelling.as_bytes());
        let n = self.slot(bytes);
        self.used += usize::from(self.slots[n] == 0);
        let known = u128::from(number << 2 | case as u32);
        self.slots[n] = bytes | known << (8 * MOST_BYTES);
    }

    /// The slot of a spelling, or the free one where it would go.
    fn slot(&self, bytes: u128) -> usize {
        let mask = self.slots.len() - 1;
        let mut n = place(bytes) & mask;
        while self.slots[n] != 0 && self.slots[n] & SPELLING != bytes {
            n = (n + 1) & mask;
        }
        n
    }

    /// The syllable at `span`, if its spelling is known.
    pub(crate) fn get(&self, text: &str, span: Span) -> Option<Known> {
        let len = span.len();
        if len > MOST_BYTES || len == 0 {
            return None;
        }
        self.find(packed(text.as_bytes().get(span.range())?))
    }

    /// The known syllable at the front of `rest`, with its length in bytes, if a blank or a mark
    /// that never goes on with a token stands behind it.
    ///
    /// Nearly all of a text is that. Sixteen bytes are read at once, and the end of the syllable
    /// is found in them without a loop.
    #[inline]
    pub(crate) fn get_front(&self, rest: &[u8]) -> Option<(usize, Known)> {
        let chunk = match rest.first_chunk() {
            Some(&chunk) => u128::from_le_bytes(chunk),
            // The end of the text is as good as a blank.
            None => packed(rest) | u128::from(b' ') << (8 * rest.len()),
        };
        // The high bit of every byte that is less than `A`, and so neither letter nor part of one.
        let ends = !((chunk | HIGH) - u128::from(b'A') * ONES) & !chunk & HIGH;
        let len = (ends.trailing_zeros() / 8) as usize;
        if len == 0 || len > MOST_BYTES {
            return None;
        }
        if !ends_letters((chunk >> (8 * len)) as u8) {
            return None;
        }
        Some((len, self.find(chunk & ((1 << (8 * len)) - 1))?))
    }

    /// The syllable that is spelled with these bytes.
    #[inline]
    fn find(&self, bytes: u128) -> Option<Known> {
        let slot = *self.slots.get(self.slot(bytes))?;
        let known = (slot >> (8 * MOST_BYTES)) as u32;
        (slot != 0).then_some(Known {
            number: known >> 2,
            case: match known & 3 {
                0 => Case::Lower,
                1 => Case::Capital,
                _ => Case::Upper,
            },
        })
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

fn place(bytes: u128) -> usize {
    let folded = (bytes as u64) ^ ((bytes >> 64) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (folded.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 32) as usize
}

/// A step from a place, a word or the beginning of one, with one more syllable.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    /// The place reached.
    pub(crate) place: u32,
    /// How often the word that ends here was seen, or in the segmenter what it costs; none where
    /// no word ends.
    pub(crate) weight: f32,
}

impl Step {
    pub(crate) fn is_word(self) -> bool {
        self.weight >= 0.0
    }
}

/// Words of several syllables as steps; the place of a first syllable is its own number.
#[derive(Clone, Debug)]
pub(crate) struct WordTable {
    /// Place, next syllable, step. A power of two, filled by three quarters at most.
    slots: Vec<(u32, u32, Step)>,
    used: usize,
    words: usize,
    next_place: u32,
    /// A bit for each hash of a step that exists. Most pairs of syllables are no step, and this
    /// says so at the price of a small table.
    hints: Vec<u64>,
}

const NO_WORD: f32 = -1.0;
const FREE: (u32, u32, Step) = (u32::MAX, u32::MAX, Step { place: 0, weight: NO_WORD });
/// Places of word beginnings are numbered from here, first syllables below.
const FIRST_PLACE: u32 = 1 << 24;
const HINT_BITS: u32 = 20;

impl Default for WordTable {
    fn default() -> WordTable {
        WordTable {
            slots: vec![FREE; 64],
            used: 0,
            words: 0,
            next_place: FIRST_PLACE,
            hints: vec![0; 1 << (HINT_BITS - 6)],
        }
    }
}

impl WordTable {
    /// Adds to the weight of a word of two syllables or more.
    pub(crate) fn add(&mut self, word: &[u32], weight: f32) {
        let Some((&first, rest)) = word.split_first() else { return };
        let mut place = first;
        for (n, &syllable) in rest.iter().enumerate() {
            let step = self.step(place, syllable);
            place = step.place;
            if n + 1 == rest.len() {
                let is_new = !step.is_word();
                step.weight = step.weight.max(0.0) + weight;
                self.words += usize::from(is_new);
            }
        }
    }

    /// The weight of a word, if it is there.
    pub(crate) fn weight(&self, word: &[u32]) -> Option<f32> {
        let (&first, rest) = word.split_first()?;
        let mut last = Step { place: first, weight: NO_WORD };
        for &syllable in rest {
            last = self.get(last.place, syllable)?;
        }
        last.is_word().then_some(last.weight)
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.words
    }

    /// The sum of all weights.
    pub(crate) fn total(&self) -> f64 {
        self.slots.iter().map(|slot| f64::from(slot.2.weight.max(0.0))).sum()
    }

    /// Changes the weight of each word.
    pub(crate) fn map_weights(&mut self, change: impl Fn(f32) -> f32) {
        for slot in self.slots.iter_mut().filter(|slot| slot.2.is_word()) {
            slot.2.weight = change(slot.2.weight);
        }
    }

    pub(crate) fn reserve(&mut self, words: usize) {
        let size = (words * 4 / 3).next_power_of_two();
        if size > self.slots.len() {
            self.resize(size);
        }
    }

    /// The step from a place with a syllable, a new one if there is none.
    fn step(&mut self, from: u32, syllable: u32) -> &mut Step {
        if self.used * 4 > self.slots.len() * 3 {
            self.resize(self.slots.len() * 2);
        }
        let n = self.slot(from, syllable);
        let slot = &mut self.slots[n];
        if slot.0 == u32::MAX {
            *slot = (from, syllable, Step { place: self.next_place, weight: NO_WORD });
            self.next_place += 1;
            self.used += 1;
            let (word, bit) = hint(from, syllable);
            self.hints[word] |= bit;
        }
        &mut slot.2
    }

    fn resize(&mut self, size: usize) {
        let old = std::mem::replace(&mut self.slots, vec![FREE; size]);
        for slot in old.into_iter().filter(|slot| slot.0 != u32::MAX) {
            let n = self.slot(slot.0, slot.1);
            self.slots[n] = slot;
        }
    }

    /// The slot of a step, or the free one where it would go.
    fn slot(&self, from: u32, syllable: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut n = (mix(from, syllable) >> 32) as usize & mask;
        while self.slots[n].0 != u32::MAX && (self.slots[n].0, self.slots[n].1) != (from, syllable)
        {
            n = (n + 1) & mask;
        }
        n
    }

    /// The step from a place with a syllable.
    pub(crate) fn get(&self, from: u32, syllable: u32) -> Option<Step> {
        let (word, bit) = hint(from, syllable);
        if self.hints.get(word)? & bit == 0 {
            return None;
        }
        let slot = self.slots.get(self.slot(from, syllable))?;
        (slot.0 != u32::MAX).then_some(slot.2)
    }
}

fn mix(from: u32, syllable: u32) -> u64 {
    let both = u64::from(from) << 32 | u64::from(syllable);
    both.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The word and the bit of a hint.
fn hint(from: u32, syllable: u32) -> (usize, u64) {
    let n = (mix(from, syllable) >> (64 - HINT_BITS)) as usize;
    (n >> 6, 1 << (n & 63))
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
            let found = table.get_front(rest.as_bytes());
            assert_eq!(found.map(|(len, it)| (len, it.number, it.case)), expected, "{rest}");
            if let Some((len, known)) = found {
                let whole = table.get(rest, Span::new(0, len)).unwrap();
                assert_eq!((whole.number, whole.case), (known.number, known.case), "{rest}");
            }
        }
    }
}
