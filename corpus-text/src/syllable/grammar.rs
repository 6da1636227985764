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

/// Bits for what may stand in front of a rime: an onset, or none.
const AN_ONSET: u8 = 1;
const NO_ONSET: u8 = 2;

#[derive(Clone, Copy, Debug)]
pub(super) struct Rime {
    /// The packed letters. The highest bit is set for those after `q`.
    key: u32,
    after: u8,
    /// A bit for each tone that it takes; two where the coda is a stop, all elsewhere.
    tones: u8,
    pub(super) shape: Shape,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Onset {
    /// The packed letters; zero where there are none, which is an onset like all others.
    key: u32,
    kind: u8,
    /// Whether a medial may follow.
    medial: bool,
    /// A bit for each letter that may follow.
    before: u32,
}

impl Onset {
    /// Whether the rime, which begins with the letter `first`, goes with the onset and the tone.
    #[inline]
    pub(super) fn fits(&self, rime: &Rime, first: u8, tone: Tone) -> bool {
        // Neither of them is likely to decide alone, so they are asked all at once.
        (self.kind & rime.after != 0)
            & (self.before >> first & 1 != 0)
            & (self.medial | (rime.shape.medial == 0))
            & (rime.tones >> tone as u8 & 1 != 0)
    }
}

#[derive(Debug)]
pub(super) struct Grammar {
    onsets: [Onset; ONSET_SLOTS],
    rimes: Box<[Rime; SLOTS]>,
    /// Syllables that only names have, sorted by their letters and tone.
    names: Vec<(u64, Tone, Shape)>,
}

/// Several times the number of rimes and of onsets, so that nearly every search ends where it
/// begins.
const SLOTS: usize = 1024;
const ONSET_SLOTS: usize = 128;
const AFTER_Q: u32 = 1 << 31;
/// The key of a free slot; none is packed so.
const FREE: u32 = u32::MAX;
const FREE_RIME: Rime = Rime {
    key: FREE,
    after: 0,
    tones: 0,
    shape: Shape { onset: 0, medial: 0, nucleus: 0, coda: 0 },
};
const FREE_ONSET: Onset = Onset { key: FREE, kind: 0, medial: false, before: 0 };

pub(super) static GRAMMAR: LazyLock<Grammar> = LazyLock::new(Grammar::built_in);

pub(super) const ONSETS: &str = include_str!("../../data/syllable/onsets.tsv");
pub(super) const RIMES: &str = include_str!("../../data/syllable/rimes.tsv");
const NAMES: &str = include_str!("../../data/syllable/names.tsv");

impl Grammar {
    fn built_in() -> Grammar {
        let mut grammar = Grammar {
            onsets: [FREE_ONSET; ONSET_SLOTS],
            rimes: Box::new([FREE_RIME; SLOTS]),
            names: Vec::new(),
        };
        let none = Onset { key: 0, kind: NO_ONSET, medial: true, before: u32::MAX };
        grammar.insert_onset(none);
        for [onset, before, medial] in rows(ONSETS) {
            let before = codes(before).iter().fold(0, |bits, &code| bits | 1 << code);
            if let Some(key) = pack(&codes(onset)) {
                let medial = medial == "yes";
                grammar.insert_onset(Onset { key, kind: AN_ONSET, medial, before });
            }
        }
        for [medial, nucleus, coda, after] in rows(RIMES) {
            // The level tone stands for an unmarked syllable with a stop too: "cap", as in a slug,
            // is no syllable.
            let tones = match coda {
                "p" | "t" | "c" | "ch" => 1 << Tone::Sac as u8 | 1 << Tone::Nang as u8,
                _ => 0b11_1111,
            };
            let parts = [medial, nucleus, coda].map(codes);
            let [medial, nucleus, coda] = parts.each_ref().map(|part| part.len() as u8);
            let Some(key) = pack(&parts.concat()) else { continue };
            let shape = Shape { onset: 0, medial, nucleus, coda };
            let rime = |key, after| Rime { key, after, tones, shape };
            match after {
                "q" => grammar.insert(rime(key | AFTER_Q, AN_ONSET | NO_ONSET)),
                "none" => grammar.insert(rime(key, NO_ONSET)),
                "onset" => grammar.insert(rime(key, AN_ONSET)),
                _ => grammar.insert(rime(key, AN_ONSET | NO_ONSET)),
            }
            // Whatever has the medial `u` may follow `q` too.
            if after == "any" && parts[0] == [letter::U] {
                grammar.insert(rime(key | AFTER_Q, AN_ONSET | NO_ONSET));
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
        if let Some(free) = slots.find(|&n| self.onsets[n].key == FREE) {
            self.onsets[free] = onset;
        }
    }

    fn insert(&mut self, rime: Rime) {
        let start = slot(rime.key);
        let free = (start..start + SLOTS).map(|n| n % SLOTS).find(|&n| self.rimes[n].key == FREE);
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
            if rime.key == FREE {
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
            if onset.key == FREE {
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

/// Where the search for a rime begins: Fibonacci hashing, the highest bits.
fn slot(key: u32) -> usize {
    (key.wrapping_mul(0x9E37_79B1) >> (32 - SLOTS.ilog2())) as usize
}

fn onset_slot(key: u32) -> usize {
    (key.wrapping_mul(0x9E37_79B1) >> (32 - ONSET_SLOTS.ilog2())) as usize
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
