//! Runs of words: which is the most frequent, and how much of a text repeats what went before.
//!
//! Nearly all runs of a text stand in it once, and those need not be counted: a run of three words
//! occurs twice only where its first two do, and a run of bytes only where its first sixteen do. So
//! one pass over the words finds the few places where a run may be another's, and the passes for
//! longer runs look at these alone. The result is the same as if every run were counted.
//!
//! Runs are known by hashes of 64 bits; [`Metric::TopGram`] compares words, and
//! [`Metric::RepeatedGrams`] the words without the white space between them, as its definition wants.
//!
//! [`Metric::RepeatedGrams`]: super::Metric::RepeatedGrams
//! [`Metric::TopGram`]: super::Metric::TopGram

use xxhash_rust::xxh3::xxh3_64;

use super::counts::Counts;

/// So many bytes of a run are compared before it is counted.
const COMPARED: usize = 16;

/// The words of a text.
#[derive(Debug, Default)]
pub(super) struct Runs {
    /// The words, one behind the other without white space.
    bytes: Vec<u8>,
    /// What stands in front of each word, and at the end of all.
    bounds: Vec<Bound>,
    hashes: Vec<u64>,
    /// Where a run of some words begins that begins elsewhere too.
    repeated_words: Places,
    /// Where the bytes of a run may be those of another.
    repeated_bytes: Places,
    /// What was met before and how often.
    met: Counts,
    sieve: Sieve,
}

/// How many bytes and characters the words in front of a place have.
#[derive(Clone, Copy, Debug, Default)]
struct Bound {
    bytes: usize,
    chars: usize,
}

/// Places among the words where runs of `n` words or more may occur twice, in ascending order.
#[derive(Debug, Default)]
struct Places {
    /// 0 as long as nothing is known.
    n: usize,
    places: Vec<u32>,
    /// For each place whether it is one of them.
    marks: Vec<bool>,
}

impl Places {
    fn begin(&mut self, n: usize, words: usize) {
        self.n = n;
        self.marks.clear();
        self.marks.resize(words, false);
    }

    /// Keeps the places that are marked.
    fn end(&mut self) {
        let Places { places, marks, .. } = self;
        places.retain(|&place| marks.get(place as usize).is_some_and(|marked| *marked));
    }
}

/// Tells which of many numbers may be there more than once, without a table of them: each has one bit
/// of about a hundred, and one more for those whose bit was taken.
#[derive(Debug, Default)]
struct Sieve {
    numbers: Vec<u64>,
    /// Bits, 64 together: whether a number with this one was met, and whether another one was.
    bits: Vec<(u64, u64)>,
}

impl Sieve {
    /// Puts the places of those that may be there more than once behind `places`; all bits of a number
    /// must count, the high ones most.
    fn find(&mut self, places: &mut Vec<u32>) {
        let Sieve { numbers, bits } = self;
        let size = numbers.len().next_power_of_two().max(2);
        bits.clear();
        bits.resize(size, (0, 0));
        let place = |number: u64| {
            let bit = number >> (u64::BITS - 6 - size.ilog2());
            ((bit >> 6) as usize, 1 << (bit & 63))
        };
        for &number in numbers.iter() {
            let (at, bit) = place(number);
            if let Some((met, again)) = bits.get_mut(at) {
                *again |= *met & bit;
                *met |= bit;
            }
        }
        for (n, &number) in (0..).zip(numbers.iter()) {
            let (at, bit) = place(number);
            if bits.get(at).is_some_and(|it| it.1 & bit != 0) {
                places.push(n);
            }
        }
    }
}

impl Runs {
    /// Forgets the words.
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.bounds.clear();
        self.bounds.push(Bound::default());
        self.hashes.clear();
        (self.repeated_words.n, self.repeated_bytes.n) = (0, 0);
    }

    /// Adds a word of so many characters, and says what its hash is.
    pub(super) fn push(&mut self, word: &[u8], chars: usize) -> u64 {
        let before = self.bounds.last().map_or(0, |it| it.chars);
        self.bytes.extend_from_slice(word);
        self.bounds.push(Bound { bytes: self.bytes.len(), chars: before + chars });
        let hash = hash(word);
        self.hashes.push(hash);
        hash
    }

    /// The hash that a word would have.
    pub(super) fn hash(word: &str) -> u64 {
        hash(word.as_bytes())
    }

    /// How many characters all occurrences of the most frequent run of `n` words have together,
    /// with single blanks between the words; of equally frequent runs the first in the text.
    pub(super) fn top(&mut self, n: usize) -> usize {
        let Runs { bounds, hashes, repeated_words, met, sieve, .. } = self;
        let length = |place: usize| {
            let (from, to) = (bounds.get(place), bounds.get(place + n));
            from.zip(to).map_or(0, |(from, to)| to.chars - from.chars + n - 1)
        };
        let run = |words: &[u64]| {
            words.iter().fold(0, |run: u64, word| {
                (run.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
            })
        };
        if !(1..=n).contains(&repeated_words.n) {
            sieve.numbers.clear();
            sieve.numbers.extend(hashes.windows(n).map(run));
            repeated_words.places.clear();
            sieve.find(&mut repeated_words.places);
        }
        repeated_words.begin(n, hashes.len());
        met.clear(repeated_words.places.len());
        // Where no run occurs twice, the first is the most frequent.
        let (mut most, mut best) = (1, 0);
        let Places { places, marks, .. } = repeated_words;
        for &place in places.iter() {
            let words = hashes.get(place as usize..place as usize + n);
            let Some(words) = words else { continue };
            let (count, first) = met.add(run(words), place);
            if count > 1 {
                for place in [first, place] {
                    marks.get_mut(place as usize).into_iter().for_each(|mark| *mark = true);
                }
            }
            if count > most || count == most && first < best {
                (most, best) = (count, first);
            }
        }
        repeated_words.end();
        most as usize * length(best as usize)
    }

    /// How many characters stand in runs of `n` words that were met before.
    pub(super) fn repeated(&mut self, n: usize) -> usize {
        if !(1..=n).contains(&self.repeated_bytes.n) {
            self.compare_beginnings(n);
        }
        let Runs { bytes, bounds, repeated_bytes: Places { places, .. }, met, .. } = self;
        met.clear(places.len());
        let (mut next, mut repeated) = (0, 0);
        for place in places.iter().map(|&place| place as usize) {
            let (Some(from), Some(to)) = (bounds.get(place), bounds.get(place + n)) else { break };
            if place < next {
                continue;
            }
            let run = bytes.get(from.bytes..to.bytes).unwrap_or_default();
            let (count, _) = met.add(xxh3_64(run), 0);
            if count > 1 {
                repeated += to.chars - from.chars;
                next = place + n;
            }
        }
        repeated
    }

    /// Finds where runs of `n` words begin whose first bytes are those of another, or which are too
    /// short to tell.
    fn compare_beginnings(&mut self, n: usize) {
        let Runs { bytes, bounds, repeated_bytes, sieve, .. } = self;
        repeated_bytes.n = n;
        repeated_bytes.places.clear();
        sieve.numbers.clear();
        let mut short = Vec::new();
        let ends = bounds.iter().skip(n);
        for (place, (from, to)) in (0..).zip(bounds.iter().zip(ends)) {
            let run = bytes.get(from.bytes..to.bytes).unwrap_or_default();
            let first = run.first_chunk::<COMPARED>();
            if first.is_none() {
                short.push(place);
            }
            let first = first.map_or(0, |first| u128::from_le_bytes(*first));
            // Beginnings that differ and have the same number are only counted for nothing.
            let number = (first as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
                ^ ((first >> 64) as u64).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
            sieve.numbers.push(number);
        }
        sieve.find(&mut repeated_bytes.places);
        if !short.is_empty() {
            repeated_bytes.places.append(&mut short);
            repeated_bytes.places.sort_unstable();
            repeated_bytes.places.dedup();
        }
    }

    /// Gives room back that only a huge text needed.
    pub(super) fn shrink(&mut self) {
        const KEPT: usize = 1 << 16;
        self.met.shrink(KEPT);
        *self = Runs { met: std::mem::take(&mut self.met), ..Runs::default() };
    }
}

/// The hash of a word. Of a short one both ends are multiplied; they overlap, so each byte counts.
#[inline]
fn hash(word: &[u8]) -> u64 {
    let ends = match word.len() {
        8..=16 => word
            .first_chunk()
            .zip(word.last_chunk())
            .map(|(first, last)| (u64::from_le_bytes(*first), u64::from_le_bytes(*last))),
        4..8 => word.first_chunk().zip(word.last_chunk()).map(|(first, last)| {
            (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into())
        }),
        _ => None,
    };
    let Some((first, last)) = ends else { return xxh3_64(word) };
    let length = (word.len() as u64) << 56;
    let product = u128::from(first ^ length ^ 0x9e37_79b9_7f4a_7c15)
        * u128::from(last ^ 0xc2b2_ae3d_27d4_eb4f);
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

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
            let (mut up, mut down) = (runs(text), runs(text));
            for n in 1..=5 {
                assert_eq!(runs(text).top(n), top(text, n), "{n} of {text:.40}");
                // What is known of shorter runs, or of longer ones, changes nothing.
                assert_eq!(up.top(n), top(text, n), "{n} of {text:.40}");
                assert_eq!(down.top(6 - n), top(text, 6 - n), "{} of {text:.40}", 6 - n);
            }
        }
    }

    /// The characters in repeated runs, found by counting strings.
    fn repeated(text: &str, n: usize) -> usize {
        let words: Vec<&str> = text.split(' ').collect();
        let mut met: HashSet<String> = HashSet::new();
        let (mut place, mut repeated) = (0, 0);
        while let Some(run) = words.get(place..place + n) {
            let run = run.concat();
            let chars = run.chars().count();
            if met.insert(run) {
                place += 1;
            } else {
                repeated += chars;
                place += n;
            }
        }
        repeated
    }

    #[test]
    fn repeated_runs_are_those_that_strings_tell() {
        let mut state = 7_u64;
        for (alphabet, words) in [(2, 40), (3, 200), (9, 500), (40, 2000)] {
            let mut next = |n: u64| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (state >> 33) % n
            };
            let text: Vec<String> = (0..words)
                .map(|_| {
                    let word = next(alphabet);
                    "từ đi a đường nghiêng b"
                        .split(' ')
                        .cycle()
                        .nth(word as usize)
                        .unwrap()
                        .repeat(1 + (word as usize / 6) % 4)
                })
                .collect();
            let text = text.join(" ");
            let mut up = runs(&text);
            for n in 1..=12 {
                assert_eq!(up.repeated(n), repeated(&text, n), "{n} of {text:.40}");
                assert_eq!(runs(&text).repeated(n), repeated(&text, n), "{n} of {text:.40}");
                assert_eq!(up.top(n), top(&text, n), "{n} of {text:.40}");
            }
            assert_eq!(up.repeated(3), repeated(&text, 3));
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
}
