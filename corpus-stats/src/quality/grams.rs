//! Runs of words: which is the most frequent, and how much of a text repeats what went before.
//!
//! A run is known by a hash that is worked out in constant time from running sums, whatever its
//! length: the text without white space is a polynomial over the integers modulo 2^61 − 1, and a
//! run is the difference of two of its beginnings. So runs that are alike once the white space is
//! out are the same, as the definition of [`Metric::RepeatedGrams`] wants; for
//! [`Metric::TopGram`] the words are the digits of a second polynomial. Two runs that differ have
//! the same hash about once in 10^18 pairs.
//!
//! [`Metric::RepeatedGrams`]: super::Metric::RepeatedGrams
//! [`Metric::TopGram`]: super::Metric::TopGram

/// 2^61 − 1, a prime: reducing by it takes a shift and an addition.
const MODULUS: u64 = (1 << 61) - 1;
/// Where the polynomials are evaluated; any large numbers do.
const BYTE_BASE: u64 = 0x0b5a_d4ec_e965_d1f3;
const WORD_BASE: u64 = 0x1234_7a6b_9d3f_c0a7;
/// So many powers of the base are looked up.
const POWERS: usize = 256;

const fn multiply(a: u64, b: u64) -> u64 {
    let product = a as u128 * b as u128;
    let sum = (product as u64 & MODULUS) + (product >> 61) as u64;
    if sum >= MODULUS { sum - MODULUS } else { sum }
}

const fn add(a: u64, b: u64) -> u64 {
    let sum = a + b;
    if sum >= MODULUS { sum - MODULUS } else { sum }
}

const fn subtract(a: u64, b: u64) -> u64 {
    if a >= b { a - b } else { a + MODULUS - b }
}

static BYTE_POWERS: [u64; POWERS] = {
    let mut powers = [1; POWERS];
    let mut n = 1;
    while n < POWERS {
        powers[n] = multiply(powers[n - 1], BYTE_BASE);
        n += 1;
    }
    powers
};

/// The base to the power of `n`.
fn power(base: u64, mut n: usize) -> u64 {
    let (mut result, mut square) = (1, base);
    while n > 0 {
        if n & 1 == 1 {
            result = multiply(result, square);
        }
        square = multiply(square, square);
        n >>= 1;
    }
    result
}

fn byte_power(n: usize) -> u64 {
    BYTE_POWERS.get(n).copied().unwrap_or_else(|| power(BYTE_BASE, n))
}

/// The words of a text as running sums: what stands in front of each word, and at the end of all.
#[derive(Debug, Default)]
pub(super) struct Runs {
    sums: Vec<Sum>,
    /// What was met before and how often.
    met: Counts,
}

/// What stands in front of a word.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    /// The hash of the bytes of the words.
    bytes_hash: u64,
    /// The hash of the words.
    words_hash: u64,
    /// How many bytes and characters the words have.
    bytes: usize,
    chars: usize,
}

impl Runs {
    /// Forgets the words.
    pub(super) fn clear(&mut self) {
        self.sums.clear();
        self.sums.push(Sum::default());
    }

    /// Adds a word of so many characters, and says what its hash is.
    pub(super) fn push(&mut self, word: &[u8], chars: usize) -> u64 {
        let before = self.sums.last().copied().unwrap_or_default();
        let mut hash = before.bytes_hash;
        for &byte in word {
            // No byte is a zero, which would leave no trace at the beginning of a run.
            hash = add(multiply(hash, BYTE_BASE), u64::from(byte) + 1);
        }
        let own = subtract(hash, multiply(before.bytes_hash, byte_power(word.len())));
        self.sums.push(Sum {
            bytes_hash: hash,
            words_hash: add(multiply(before.words_hash, WORD_BASE), own),
            bytes: before.bytes + word.len(),
            chars: before.chars + chars,
        });
        own
    }

    /// The hash that a word would have.
    pub(super) fn hash(word: &str) -> u64 {
        word.bytes().fold(0, |hash, byte| add(multiply(hash, BYTE_BASE), u64::from(byte) + 1))
    }

    /// How many characters all occurrences of the most frequent run of `n` words have together,
    /// with single blanks between the words; of equally frequent runs the first in the text.
    pub(super) fn top(&mut self, n: usize) -> usize {
        let shift = power(WORD_BASE, n);
        self.met.clear(self.sums.len());
        let (mut most, mut best, mut length) = (0, u32::MAX, 0);
        let ends = self.sums.iter().skip(n);
        for (place, (from, to)) in self.sums.iter().zip(ends).enumerate() {
            let run = subtract(to.words_hash, multiply(from.words_hash, shift));
            let (count, first) = self.met.add(run, place as u32);
            if count > most || count == most && first < best {
                (most, best) = (count, first);
                length = to.chars - from.chars + n - 1;
            }
        }
        most as usize * length
    }

    /// How many characters stand in runs of `n` words that were met before.
    pub(super) fn repeated(&mut self, n: usize) -> usize {
        self.met.clear(self.sums.len());
        let (mut place, mut repeated) = (0, 0);
        while let (Some(from), Some(to)) = (self.sums.get(place), self.sums.get(place + n)) {
            let before = multiply(from.bytes_hash, byte_power(to.bytes - from.bytes));
            let (count, _) = self.met.add(subtract(to.bytes_hash, before), 0);
            if count > 1 {
                repeated += to.chars - from.chars;
                place += n;
            } else {
                place += 1;
            }
        }
        repeated
    }

    /// Gives room back that only a huge text needed.
    pub(super) fn shrink(&mut self) {
        const KEPT: usize = 1 << 16;
        self.sums.clear();
        self.sums.shrink_to(KEPT);
        self.met.slots.truncate(KEPT);
        self.met.slots.shrink_to(KEPT);
    }
}

/// How often each hash was met and where first: an open table that takes 16 bytes a place and is
/// emptied by writing over the part in use.
#[derive(Debug, Default)]
pub(super) struct Counts {
    slots: Vec<Slot>,
    /// How many places are in use, a power of two; the others are left from larger texts.
    size: usize,
    taken: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: u64,
    /// How often; 0 where the place is free.
    count: u32,
    first: u32,
}

impl Counts {
    /// Empties the table, with room for about `n` hashes.
    pub(super) fn clear(&mut self, n: usize) {
        // Larger ones grow, for the hashes of a long text may be few.
        self.size = (2 * n).next_power_of_two().clamp(16, 1 << 14);
        self.taken = 0;
        self.slots.resize(self.slots.len().max(self.size), Slot::default());
        self.slots.iter_mut().take(self.size).for_each(|slot| *slot = Slot::default());
    }

    /// Counts a hash, and says how often it was met now, and where first.
    pub(super) fn add(&mut self, key: u64, place: u32) -> (u32, u32) {
        if 2 * (self.taken + 1) > self.size {
            self.grow();
        }
        let slot = find(&mut self.slots, self.size, key);
        let Some(slot) = slot else { return (1, place) };
        if slot.count == 0 {
            self.taken += 1;
            *slot = Slot { key, count: 0, first: place };
        }
        slot.count = slot.count.saturating_add(1);
        (slot.count, slot.first)
    }

    fn grow(&mut self) {
        let size = (2 * self.size).max(16);
        let old: Vec<Slot> =
            self.slots.iter().take(self.size).filter(|slot| slot.count > 0).copied().collect();
        self.slots.clear();
        self.slots.resize(size, Slot::default());
        self.size = size;
        for moved in old {
            if let Some(slot) = find(&mut self.slots, size, moved.key) {
                *slot = moved;
            }
        }
    }
}

/// The place of a hash, or the free one that it would take.
fn find(slots: &mut [Slot], size: usize, key: u64) -> Option<&mut Slot> {
    let mask = size - 1;
    // The high bits of the product are those that all of the key had a part in.
    let mut at = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & mask;
    while slots.get(at).is_some_and(|slot| slot.count > 0 && slot.key != key) {
        at = (at + 1) & mask;
    }
    slots.get_mut(at)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn runs(text: &str) -> Runs {
        let mut runs = Runs::default();
        runs.clear();
        for word in text.split(' ') {
            assert_eq!(runs.push(word.as_bytes(), word.chars().count()), Runs::hash(word));
        }
        runs
    }

    /// The most frequent run, found by counting strings.
    fn top(text: &str, n: usize) -> usize {
        let words: Vec<&str> = text.split(' ').collect();
        let grams: Vec<String> = words.windows(n).map(|it| it.join(" ")).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        grams.iter().for_each(|gram| *counts.entry(gram).or_default() += 1);
        let most = counts.values().max().copied().unwrap_or(0);
        let first = grams.iter().find(|gram| counts[gram.as_str()] == most);
        first.map_or(0, |gram| gram.chars().count()) * most
    }

    #[test]
    fn runs_are_counted_as_strings_are() {
        let long = "từ".repeat(300);
        let spaced: Vec<String> =
            (0_u32..3000).map(|n| (n.wrapping_mul(2_654_435_761) >> 28).to_string()).collect();
        for text in
            ["a b a b c a b", "a", "a a a a a", &long, &spaced.join(" "), "x ab c a bc ab c"]
        {
            for n in 1..=5 {
                assert_eq!(runs(text).top(n), top(text, n), "{n} of {text:.40}");
            }
        }
    }

    #[test]
    fn runs_are_alike_without_white_space() {
        // `ab c` and `a bc` are one run of letters, though not one run of words.
        assert_eq!(runs("ab c x a bc").repeated(2), 3);
        assert_eq!(runs("ab c x a bc").top(2), 4);
        assert_eq!(runs("một hai một hai một hai").repeated(2), 12);
        assert_eq!(runs("một hai").repeated(3), 0);
        let long = format!("{0} b {0} b", "đ".repeat(3000));
        assert_eq!(runs(&long).repeated(2), 3001);
    }

    #[test]
    fn a_table_that_grew_is_empty_again() {
        let mut counts = Counts::default();
        counts.clear(4);
        (0..50_000).for_each(|n| _ = counts.add(n * 7, n as u32));
        assert_eq!(counts.add(7, 9), (2, 1));
        counts.clear(4);
        assert_eq!(counts.add(7, 9), (1, 9));
    }
}
