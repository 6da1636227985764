//! Flat hash tables of the segmenter: spellings of syllables, and words as paths of syllables.

use corpus_model::{Span, Tone};

use crate::syllable::{Spelling, TonePlacement};

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
#[derive(Debug)]
pub(crate) struct SpellingTable {
    /// The bytes of the spelling, and its number; zero bytes mark a free slot. A power of two.
    slots: Vec<(u128, u32, Case)>,
    used: usize,
}

/// The longest spelling in use has eleven bytes; a longer one than this is always folded.
const MOST_BYTES: usize = 15;

impl SpellingTable {
    pub(crate) fn with_capacity(syllables: usize) -> SpellingTable {
        let slots = (syllables * 10).next_power_of_two().max(64);
        SpellingTable { slots: vec![(0, 0, Case::Lower); slots], used: 0 }
    }

    /// Adds the spellings of a syllable given as its key: three cases, two tone placements.
    pub(crate) fn insert_all(&mut self, key: &str, number: u32) {
        let upper = key.to_uppercase();
        let mut title = String::with_capacity(key.len());
        if let Some(first) = key.chars().next() {
            title.extend(first.to_uppercase());
            title.push_str(key.get(first.len_utf8()..).unwrap_or_default());
        }
        for (spelling, case) in [(key, Case::Lower), (&title, Case::Capital), (&upper, Case::Upper)]
        {
            self.insert(spelling, number, case);
            if let Some(it) = Spelling::read(spelling)
                && it.tone() != Tone::Ngang
                && let Some(shape) = it.shape()
                && !it.is_placed(shape, TonePlacement::New)
            {
                let mut other = String::with_capacity(spelling.len());
                it.write(it.tone_seat(shape, TonePlacement::New), false, &mut other);
                self.insert(&other, number, case);
            }
        }
    }

    fn insert(&mut self, spelling: &str, number: u32, case: Case) {
        if spelling.is_empty() || spelling.len() > MOST_BYTES || self.used * 2 > self.slots.len() {
            return;
        }
        let bytes = packed(spelling.as_bytes());
        let mask = self.slots.len() - 1;
        let mut n = place(bytes) & mask;
        while let Some(slot) = self.slots.get_mut(n) {
            if slot.0 == bytes {
                return;
            }
            if slot.0 == 0 {
                *slot = (bytes, number, case);
                self.used += 1;
                return;
            }
            n = (n + 1) & mask;
        }
    }

    /// The syllable at `span`, if its spelling is known.
    pub(crate) fn get(&self, text: &str, span: Span) -> Option<Known> {
        let len = span.len();
        if len > MOST_BYTES || len == 0 {
            return None;
        }
        let start = span.start();
        // Sixteen bytes are read at once where there are as many, and those behind masked out.
        let bytes = match text.as_bytes().get(start..start + 16).and_then(|it| it.first_chunk()) {
            Some(&chunk) => u128::from_le_bytes(chunk) & ((1 << (8 * len)) - 1),
            None => packed(text.as_bytes().get(span.range())?),
        };
        let mask = self.slots.len() - 1;
        let mut n = place(bytes) & mask;
        loop {
            let &(found, number, case) = self.slots.get(n)?;
            if found == bytes {
                return Some(Known { number, case });
            }
            if found == 0 {
                return None;
            }
            n = (n + 1) & mask;
        }
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
    /// What the word that ends here costs; infinite where none does.
    pub(crate) cost: f32,
}

/// Words of several syllables as steps; the place of a first syllable is its own number.
#[derive(Debug)]
pub(crate) struct WordTable {
    /// Place, next syllable, step. A power of two.
    slots: Vec<(u32, u32, Step)>,
    used: usize,
    next_place: u32,
}

const FREE: (u32, u32, Step) = (u32::MAX, u32::MAX, Step { place: 0, cost: f32::INFINITY });

impl WordTable {
    pub(crate) fn new(syllables: u32, words: usize) -> WordTable {
        let slots = (words * 2).next_power_of_two().max(64);
        WordTable { slots: vec![FREE; slots], used: 0, next_place: syllables }
    }

    pub(crate) fn insert(&mut self, word: &[u32], cost: f32) {
        let Some((&first, rest)) = word.split_first() else { return };
        let mut place = first;
        for (n, &syllable) in rest.iter().enumerate() {
            let step = self.step(place, syllable);
            if n + 1 == rest.len() {
                step.cost = cost;
            }
            place = step.place;
        }
    }

    /// The step from a place with a syllable, a new one if there is none.
    fn step(&mut self, from: u32, syllable: u32) -> &mut Step {
        if self.used * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let n = self.slot(from, syllable);
        let slot = &mut self.slots[n];
        if slot.0 == u32::MAX {
            *slot = (from, syllable, Step { place: self.next_place, cost: f32::INFINITY });
            self.next_place += 1;
            self.used += 1;
        }
        &mut slot.2
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 2;
        let old = std::mem::replace(&mut self.slots, vec![FREE; size]);
        for slot in old.into_iter().filter(|slot| slot.0 != u32::MAX) {
            let n = self.slot(slot.0, slot.1);
            self.slots[n] = slot;
        }
    }

    /// The slot of a step, or the free one where it would go.
    fn slot(&self, from: u32, syllable: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut n = mix(from, syllable) & mask;
        while self.slots[n].0 != u32::MAX && (self.slots[n].0, self.slots[n].1) != (from, syllable)
        {
            n = (n + 1) & mask;
        }
        n
    }

    pub(crate) fn get(&self, from: u32, syllable: u32) -> Option<Step> {
        let mask = self.slots.len() - 1;
        let mut n = mix(from, syllable) & mask;
        loop {
            let &(found_from, found_syllable, step) = self.slots.get(n)?;
            if found_from == u32::MAX {
                return None;
            }
            if (found_from, found_syllable) == (from, syllable) {
                return Some(step);
            }
            n = (n + 1) & mask;
        }
    }
}

fn mix(from: u32, syllable: u32) -> usize {
    let both = u64::from(from) << 32 | u64::from(syllable);
    (both.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize
}
