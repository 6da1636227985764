//! Which onsets and rimes there are, and which go together: the tables of `data/syllable`.

use std::sync::LazyLock;

use corpus_model::Tone;

use super::spelling::Shape;
use crate::letter;

/// A letter is a number below 32.
pub(super) const LETTER_BITS: u32 = 5;

/// Letters as one number, the first highest; none where there are none or too many.
fn pack(codes: &[u8]) -> Option<u32> {
    let fits = !codes.is_empty() && codes.len() <= 6;
    fits.then(|| codes.iter().fold(0, |packed, &code| packed << LETTER_BITS | u32::from(code)))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    Any,
    Onset,
    None,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Rime {
    /// The packed letters; zero marks a free slot. The highest bit is set for those after `q`.
    pub(super) key: u32,
    pub(super) after: After,
    pub(super) shape: Shape,
    /// Whether the coda is a stop, which takes two tones only.
    pub(super) stopped: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Onset {
    pub(super) key: u32,
    /// A bit for each letter that may follow.
    pub(super) before: u32,
    pub(super) medial: bool,
}

#[derive(Debug)]
pub(super) struct Grammar {
    onsets: [Onset; ONSET_SLOTS],
    rimes: Box<[Rime; SLOTS]>,
    /// Syllables that only names have, sorted by their letters and tone.
    names: Vec<(u64, Tone, Shape)>,
}

/// Twice the number of rimes and more, and of onsets, so that a search ends after a slot or two.
const SLOTS: usize = 512;
const ONSET_SLOTS: usize = 64;
const AFTER_Q: u32 = 1 << 31;
const FREE: Rime = Rime {
    key: 0,
    after: After::Any,
    shape: Shape { onset: 0, medial: 0, nucleus: 0, coda: 0 },
    stopped: false,
};

pub(super) static GRAMMAR: LazyLock<Grammar> = LazyLock::new(Grammar::built_in);

pub(super) const ONSETS: &str = include_str!("../../data/syllable/onsets.tsv");
pub(super) const RIMES: &str = include_str!("../../data/syllable/rimes.tsv");
const NAMES: &str = include_str!("../../data/syllable/names.tsv");

impl Grammar {
    fn built_in() -> Grammar {
        let mut grammar = Grammar {
            onsets: [Onset { key: 0, before: 0, medial: false }; ONSET_SLOTS],
            rimes: Box::new([FREE; SLOTS]),
            names: Vec::new(),
        };
        for [onset, before, medial] in rows(ONSETS) {
            let before = codes(before).iter().fold(0, |bits, &code| bits | 1 << code);
            if let Some(key) = pack(&codes(onset)) {
                grammar.insert_onset(Onset { key, before, medial: medial == "yes" });
            }
        }
        for [medial, nucleus, coda, after] in rows(RIMES) {
            let stopped = matches!(coda, "p" | "t" | "c" | "ch");
            let parts = [medial, nucleus, coda].map(codes);
            let [medial, nucleus, coda] = parts.each_ref().map(|part| part.len() as u8);
            let Some(key) = pack(&parts.concat()) else { continue };
            let shape = Shape { onset: 0, medial, nucleus, coda };
            let rime = |key, after| Rime { key, after, shape, stopped };
            match after {
                "q" => grammar.insert(rime(key | AFTER_Q, After::Any)),
                "none" => grammar.insert(rime(key, After::None)),
                "onset" => grammar.insert(rime(key, After::Onset)),
                _ => grammar.insert(rime(key, After::Any)),
            }
            // Whatever has the medial `u` may follow `q` too.
            if after == "any" && parts[0] == [letter::U] {
                grammar.insert(rime(key | AFTER_Q, After::Any));
            }
        }
        for name in names() {
            let parts = [name.onset, name.medial, name.nucleus, name.coda].map(codes);
            let packed =
                parts.concat().iter().fold(0, |it, &code| it << LETTER_BITS | u64::from(code));
            let [onset, medial, nucleus, coda] = parts.map(|part| part.len() as u8);
            grammar.names.push((packed, name.tone, Shape { onset, medial, nucleus, coda }));
        }
        grammar.names.sort_unstable_by_key(|&(packed, tone, _)| (packed, tone));
        grammar
    }

    fn insert_onset(&mut self, onset: Onset) {
        let start = onset_slot(onset.key);
        let mut slots = (start..start + ONSET_SLOTS).map(|n| n % ONSET_SLOTS);
        if let Some(free) = slots.find(|&n| self.onsets[n].key == 0) {
            self.onsets[free] = onset;
        }
    }

    fn insert(&mut self, rime: Rime) {
        let start = slot(rime.key);
        let free = (start..start + SLOTS).map(|n| n % SLOTS).find(|&n| self.rimes[n].key == 0);
        if let Some(free) = free {
            self.rimes[free] = rime;
        }
    }

    pub(super) fn rime(&self, key: u32, after_q: bool) -> Option<&Rime> {
        let key = if after_q { key | AFTER_Q } else { key };
        let mut n = slot(key);
        loop {
            let rime = self.rimes.get(n)?;
            if rime.key == key {
                return Some(rime);
            }
            if rime.key == 0 {
                return None;
            }
            n = (n + 1) % SLOTS;
        }
    }

    pub(super) fn onset(&self, key: u32) -> Option<&Onset> {
        let mut n = onset_slot(key);
        loop {
            let onset = self.onsets.get(n)?;
            if onset.key == key {
                return Some(onset);
            }
            if onset.key == 0 {
                return None;
            }
            n = (n + 1) % ONSET_SLOTS;
        }
    }

    /// The shape of a syllable that only names have.
    pub(super) fn name(&self, packed: u64, tone: Tone) -> Option<Shape> {
        let key = |&(packed, tone, _): &(u64, Tone, Shape)| (packed, tone);
        let n = self.names.binary_search_by_key(&(packed, tone), key).ok()?;
        self.names.get(n).map(|&(_, _, shape)| shape)
    }
}

/// Where the search for a rime begins: Fibonacci hashing, the highest nine bits.
fn slot(key: u32) -> usize {
    (key.wrapping_mul(0x9E37_79B1) >> 23) as usize
}

fn onset_slot(key: u32) -> usize {
    (key.wrapping_mul(0x9E37_79B1) >> 26) as usize
}

/// A row of the table of names: a syllable that the rest of the grammar does not have.
struct Name {
    onset: &'static str,
    medial: &'static str,
    nucleus: &'static str,
    coda: &'static str,
    tone: Tone,
}

fn names() -> impl Iterator<Item = Name> {
    rows(NAMES).filter_map(|[onset, medial, nucleus, coda, tone]| {
        let tone = *Tone::ALL.get(tone.parse::<usize>().ok()?)?;
        Some(Name { onset, medial, nucleus, coda, tone })
    })
}

/// The numbers of the letters of a cell; `-` is an empty one.
pub(super) fn codes(cell: &str) -> Vec<u8> {
    cell.chars().map(letter::code).filter(|&code| code != 0).collect()
}

/// The rows of a table as arrays of cells; lines that begin with `#` are remarks.
pub(super) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        let row = [(); N].map(|()| cells.next().unwrap_or_default());
        row.last().is_some_and(|cell| !cell.is_empty()).then_some(row)
    })
}
