//! Words of several syllables as paths: [`Paths`] to count them, [`Trie`] to find them.
//!
//! A [`Trie`] is a double array. The words that go on from a place are a row, a row has a base, and
//! the step with syllable `n` stands at `base + n` of one array in which all rows are interlaced;
//! an entry names the base of the row that it belongs to. So whether two syllables begin a word,
//! what that word costs and whether it can go on is one look at one entry, with no hashing and no
//! search, found or not.

use std::hint::select_unpredictable;

use rustc_hash::FxHashMap;

/// A step from a place, a word or the beginning of one, with one more syllable.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// The place reached.
    place: u32,
    /// How often the word that ends here was seen; none where no word ends.
    count: Option<f32>,
}

/// Words of several syllables with their counts, as steps; the place of a first syllable is its own
/// number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Paths {
    steps: FxHashMap<(u32, u32), Step>,
    words: usize,
}

/// Places of word beginnings are numbered from here, first syllables below.
const FIRST_PLACE: u32 = 1 << 24;

impl Paths {
    /// Makes room for so many words.
    pub(crate) fn reserve(&mut self, words: usize) {
        self.steps.reserve(words);
    }

    /// Adds to the count of a word of two syllables or more.
    pub(crate) fn add(&mut self, word: &[u32], count: f32) {
        let Some((&first, rest)) = word.split_first() else { return };
        let mut place = first;
        for (n, &syllable) in rest.iter().enumerate() {
            let new = FIRST_PLACE + self.steps.len() as u32;
            let step =
                self.steps.entry((place, syllable)).or_insert(Step { place: new, count: None });
            place = step.place;
            if n + 1 == rest.len() {
                self.words += usize::from(step.count.is_none());
                step.count = Some(step.count.unwrap_or(0.0) + count);
            }
        }
    }

    /// The count of a word, if it is there.
    pub(crate) fn count(&self, word: &[u32]) -> Option<f32> {
        let (&first, rest) = word.split_first()?;
        let mut last = Step { place: first, count: None };
        for &syllable in rest {
            last = *self.steps.get(&(last.place, syllable))?;
        }
        last.count
    }

    /// Each step's syllable with the count of the word that ends there.
    pub(crate) fn last_syllables(&self) -> impl Iterator<Item = (u32, f32)> {
        self.steps.iter().filter_map(|(&(_, syllable), step)| Some((syllable, step.count?)))
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.words
    }

    /// The sum of all counts.
    pub(crate) fn total(&self) -> f64 {
        self.steps.values().filter_map(|step| step.count).map(f64::from).sum()
    }
}

/// Words of several syllables with what each costs; see the top of the file.
#[derive(Clone, Debug)]
pub(crate) struct Trie {
    entries: Vec<Entry>,
    /// For each entry a byte that tells its row from nearly all others. Most pairs of syllables are
    /// no step, and these bytes say so while they stay in the caches.
    tags: Vec<u8>,
}

/// A step with what it leads to.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// The base of the row that the step belongs to.
    row: u32,
    /// The base of the row of the words that go on from here.
    next: u32,
    /// What the word costs that ends here; [`NO_WORD`] if none does. Above, a bit for each class of
    /// syllables with which words go on; see [`class`].
    cost: u32,
}

/// What is reached by a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reached {
    cost: u32,
    next: u32,
}

impl Reached {
    /// What the word costs that ends here; [`NO_WORD`] if none does.
    #[inline]
    pub(crate) fn cost(self) -> u32 {
        self.cost & NO_WORD
    }

    /// The base of the row where words go on, if one may go on with this syllable.
    ///
    /// Few words have three syllables; most of what does not go on is told here, without a look at
    /// the row.
    #[inline]
    pub(crate) fn row(self, syllable: u32) -> Option<u32> {
        (self.cost >> COST_BITS & class(syllable) != 0).then_some(self.next)
    }
}

const COST_BITS: u32 = 24;
/// More than what words cost, even several.
pub(crate) const NO_WORD: u32 = (1 << COST_BITS) - 1;

/// The tag of the entries of a row.
fn tag(base: u32) -> u8 {
    (base.wrapping_mul(0x9E37_79B9) >> 24) as u8
}

/// One of the eight classes of syllables, as a bit.
fn class(syllable: u32) -> u32 {
    1 << (syllable % 8)
}

/// The base of a place from which no word goes on; no row stands there.
pub(crate) const NO_ROW: u32 = 0;
/// An entry that belongs to no row.
const FREE: Entry = Entry { row: u32::MAX, next: NO_ROW, cost: NO_WORD };

impl Trie {
    /// The words of `paths`, and the bases of the first syllables by their new number.
    ///
    /// `numbers` are the new numbers of syllables by the old; `cost` makes the cost of a word out of
    /// its count.
    pub(crate) fn new(
        paths: &Paths,
        numbers: &[u32],
        cost: impl Fn(f32) -> u32,
    ) -> (Trie, Vec<u32>) {
        // The steps of a row stand together; rows of first syllables are in front.
        let row_of = |from: u32| match from.checked_sub(FIRST_PLACE) {
            Some(inside) => numbers.len() + inside as usize,
            None => number_of(numbers, from) as usize,
        };
        let mut ends = vec![0_usize; numbers.len() + paths.steps.len() + 1];
        for &(from, _) in paths.steps.keys() {
            if let Some(count) = ends.get_mut(row_of(from) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        let mut steps = vec![(0, FREE_STEP); paths.steps.len()];
        for (&(from, syllable), &step) in &paths.steps {
            if let Some(end) = ends.get_mut(row_of(from)) {
                if let Some(place) = steps.get_mut(*end) {
                    *place = (number_of(numbers, syllable), step);
                }
                *end += 1;
            }
        }
        let mut start = 0;
        let mut rows: Vec<(usize, &[(u32, Step)])> = Vec::new();
        for (row, &end) in ends.iter().enumerate() {
            rows.extend(
                steps.get(start..end).filter(|steps| !steps.is_empty()).map(|it| (row, it)),
            );
            start = end;
        }
        // The long rows first: they need the room, and the short ones fit between.
        rows.sort_by_key(|row| std::cmp::Reverse(row.1.len()));

        let mut bases = vec![NO_ROW; numbers.len() + steps.len()];
        let mut room = Room::default();
        let mut entries = Vec::with_capacity(steps.len() * 5 / 4 + numbers.len());
        for &(row, steps) in &rows {
            let base = room.take(steps);
            if let Some(place) = bases.get_mut(row) {
                *place = base as u32;
            }
            let last = steps.iter().map(|step| step.0 as usize).max().unwrap_or(0);
            if entries.len() <= base + last {
                entries.resize(base + last + 1, FREE);
            }
            for &(syllable, step) in steps {
                if let Some(entry) = entries.get_mut(base + syllable as usize) {
                    *entry = Entry {
                        row: base as u32,
                        next: row_of(step.place) as u32,
                        cost: step.count.map_or(NO_WORD, &cost).min(NO_WORD),
                    };
                }
            }
        }
        // Now that all rows have their bases, the steps can name them in place of their numbers.
        let classes =
            |steps: &[(u32, Step)]| steps.iter().fold(0, |bits, step| bits | class(step.0));
        let mut goes_on = vec![0; bases.len()];
        for &(row, steps) in &rows {
            if let Some(bits) = goes_on.get_mut(row) {
                *bits = classes(steps) << COST_BITS;
            }
        }
        for entry in entries.iter_mut().filter(|entry| entry.row != FREE.row) {
            let row = entry.next as usize;
            entry.cost |= goes_on.get(row).copied().unwrap_or(0);
            entry.next = bases.get(row).copied().unwrap_or(NO_ROW);
        }
        bases.truncate(numbers.len());
        let tags = entries.iter().map(|entry| tag(entry.row)).collect();
        (Trie { entries, tags }, bases)
    }

    /// What is reached with this syllable in the row at `base`, found or not.
    ///
    /// Whether two syllables go together is the toss of a coin to the processor, so there is no
    /// branch.
    #[inline]
    pub(crate) fn step(&self, base: u32, syllable: u32) -> Reached {
        let n = base as usize + syllable as usize;
        let is_likely = self.tags.get(n).is_some_and(|&it| it == tag(base));
        let n = select_unpredictable(is_likely, n, usize::MAX);
        let entry = self.entries.get(n).unwrap_or(&FREE);
        let cost = select_unpredictable(entry.row == base, entry.cost, NO_WORD);
        Reached { cost, next: entry.next }
    }
}

/// Stands where a step will.
const FREE_STEP: Step = Step { place: FIRST_PLACE, count: None };

/// Which places of the array are taken, and which bases, a bit each.
#[derive(Default)]
struct Room {
    taken: Vec<u64>,
    bases: Vec<u64>,
    /// The length of the row that came last, and the block of 64 bases where it found its own;
    /// before it there is hardly room for another of that length.
    length: usize,
    from: usize,
}

/// Rows up to this length fit into the gaps that longer ones have left.
const SHORT: usize = 8;

impl Room {
    /// Takes the first base at which all syllables of a row fall on free places.
    ///
    /// Sixty-four bases are tried at once: a syllable rules out the bases that would put it on a
    /// place that is taken.
    fn take(&mut self, row: &[(u32, Step)]) -> usize {
        let syllables = || row.iter().map(|step| step.0 as usize);
        if row.len() != self.length && row.len() <= SHORT {
            self.from = 0;
        }
        self.length = row.len();
        let mut block = self.from;
        let base = loop {
            // Base 0 means that there is no row.
            let mut ruled_out =
                self.bases.get(block).copied().unwrap_or(0) | u64::from(block == NO_ROW as usize);
            for syllable in syllables() {
                ruled_out |= self.window(block * 64 + syllable);
                if ruled_out == u64::MAX {
                    break;
                }
            }
            if ruled_out != u64::MAX {
                break block * 64 + ruled_out.trailing_ones() as usize;
            }
            block += 1;
        };
        self.from = block;
        set(&mut self.bases, base);
        for syllable in syllables() {
            set(&mut self.taken, base + syllable);
        }
        base
    }

    /// Sixty-four places from `at`.
    fn window(&self, at: usize) -> u64 {
        let word = |n: usize| self.taken.get(n).copied().unwrap_or(0);
        let shift = at % 64;
        let low = word(at / 64) >> shift;
        // Shifted in two steps: a shift by 64 is none.
        low | (word(at / 64 + 1) << 1 << (63 - shift))
    }
}

fn number_of(numbers: &[u32], old: u32) -> u32 {
    numbers.get(old as usize).copied().unwrap_or(old)
}

fn set(bits: &mut Vec<u64>, n: usize) {
    if bits.len() <= n / 64 {
        bits.resize(n / 64 + 1, 0);
    }
    if let Some(word) = bits.get_mut(n / 64) {
        *word |= 1 << (n % 64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Many rows of many lengths, from a simple generator of numbers.
    fn words() -> Vec<Vec<u32>> {
        let mut state = 7_u32;
        let mut next = |most: u32| {
            state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345);
            (state >> 16) % most
        };
        let mut words: Vec<Vec<u32>> = (0..2000)
            .map(|_| {
                let first = next(40) * next(10);
                let length = 1 + next(3);
                std::iter::once(first).chain((0..length).map(|_| next(400))).collect()
            })
            .collect();
        words.sort();
        words.dedup();
        words
    }

    #[test]
    fn every_path_is_found_and_no_other() {
        let words = words();
        let mut paths = Paths::default();
        for (n, word) in words.iter().enumerate() {
            paths.add(word, n as f32);
        }
        assert_eq!(paths.len(), words.len());
        let numbers: Vec<u32> = (0..401).collect();
        let (trie, bases) = Trie::new(&paths, &numbers, |count| count as u32);
        let is_prefix = |path: &[u32]| words.iter().any(|word| word.starts_with(path));
        for (n, word) in words.iter().enumerate() {
            let mut row = Some(bases[word[0] as usize]);
            let mut cost = NO_WORD;
            for (i, &syllable) in word.iter().enumerate().skip(1) {
                for other in [syllable + 1, syllable / 2, 400] {
                    let path = [&word[..i], &[other]].concat();
                    let reached = trie.step(row.unwrap(), other);
                    let is_found = reached.cost() != NO_WORD
                        || (0..401).any(|next| reached.row(next).is_some());
                    assert_eq!(is_found, is_prefix(&path), "{path:?}");
                }
                let reached = trie.step(row.unwrap(), syllable);
                cost = reached.cost();
                row = word.get(i + 1).and_then(|&next| reached.row(next));
            }
            assert_eq!(cost, n as u32, "{word:?}");
            assert_eq!(paths.count(word), Some(n as f32));
        }
    }

    #[test]
    fn a_beginning_is_no_word() {
        let mut paths = Paths::default();
        paths.add(&[1, 2, 3], 5.0);
        let (trie, bases) = Trie::new(&paths, &[0, 1, 2, 3], |count| count as u32);
        let beginning = trie.step(bases[1], 2);
        assert_eq!(beginning.cost(), NO_WORD);
        assert_eq!(beginning.row(2), None);
        let word = trie.step(beginning.row(3).unwrap(), 3);
        assert_eq!((word.cost(), word.row(3)), (5, None));
        for (base, syllable) in [(beginning.next, 2), (bases[2], 3), (bases[1], 3), (NO_ROW, 2)] {
            assert_eq!(trie.step(base, syllable).cost, NO_WORD);
        }
        assert_eq!((paths.count(&[1, 2]), paths.count(&[1, 2, 3])), (None, Some(5.0)));
    }
}
