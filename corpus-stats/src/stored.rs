//! Near-duplicates of a collection whose sketches do not fit into memory.

use std::collections::BTreeMap;
use std::slice;

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

use crate::duplicate::{push_copies, push_near};
use crate::{Pair, Signature, Sketch, clusters};

/// Sketches that lie elsewhere, on a disk for instance, each with its [keys](Banding::keys).
pub trait StoredSketches {
    /// What may go wrong in reading them.
    type Error;

    /// Calls for each text that has words with its place and its key of this number, in the order
    /// of places.
    fn keys(&mut self, number: usize, call: &mut dyn FnMut(u32, u64)) -> Result<(), Self::Error>;

    /// The sketch at a place.
    fn sketch(&mut self, place: u32) -> Result<Sketch, Self::Error>;
}

/// How signatures are cut into the keys under which near-duplicates meet.
///
/// Few values a key let texts meet that are little alike, and more that are not alike at all. For
/// a threshold as many are taken as leave less than one in ten thousand of the pairs at that
/// threshold apart (of pairs more alike, by far fewer): four from 0.72 on, two from 0.37 on, else
/// one, with which that holds from 0.07 on.
///
/// ```
/// use corpus_stats::{Banding, Sketch};
///
/// let banding = Banding::of(0.8);
/// let keys = banding.keys(&Sketch::of_text("mưa to ở vùng núi phía bắc hôm nay"));
/// assert_eq!((banding.len(), keys.len()), (33, 33));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Banding {
    rows: usize,
}

impl Banding {
    /// The banding for a threshold.
    pub fn of(threshold: f64) -> Banding {
        let rows = match threshold {
            0.72.. => 4,
            0.37.. => 2,
            _ => 1,
        };
        Banding { rows }
    }

    /// The least threshold with which what is said above holds.
    pub const LEAST: f64 = 0.07;

    /// How many keys a text has: one a band, and behind them one of the whole.
    #[expect(clippy::len_without_is_empty, reason = "there is always a key of the whole")]
    pub fn len(self) -> usize {
        crate::SIGNATURE_VALUES / self.rows + 1
    }

    /// Whether less than one in ten thousand of the pairs at this threshold share fewer than two keys of bands.
    fn leaves_two(self, threshold: f64) -> bool {
        let bands = i32::try_from(self.len() - 1).unwrap_or(i32::MAX);
        let rows = i32::try_from(self.rows).unwrap_or(i32::MAX);
        let shared = threshold.min(1.0).powi(rows);
        let none = (1.0 - shared).powi(bands);
        let one = f64::from(bands) * shared * (1.0 - shared).powi(bands - 1);
        none + one < 1e-4
    }

    /// The keys of a text. The last is that of the whole: only texts with the same shingles share it.
    pub fn keys(self, sketch: &Sketch) -> Vec<u64> {
        let signature = Signature::new(sketch);
        let mut keys: Vec<u64> = match self.rows {
            4 => signature.bands::<4>().collect(),
            2 => signature.bands::<2>().collect(),
            _ => signature.bands::<1>().collect(),
        };
        let bytes: Vec<u8> = sketch.shingles().iter().flat_map(|it| it.to_le_bytes()).collect();
        keys.push(xxh3_64(&bytes));
        keys
    }
}

/// In [`stored_clusters`], of more texts than this that share a key each is compared with the first and
/// with so many before it only: they are alike by a phrase that many have, or all alike, and then they
/// are one cluster all the same.
const MOST_COMPARED: usize = 50;

/// The pairs that [`near_duplicates`](crate::near_duplicates) finds, of sketches that lie elsewhere.
///
/// Candidates are those that share a key of the [`Banding`] for the threshold, which leaves some pairs
/// out, as is told there; two keys, where that leaves out as few, such as at 0.8: of texts that are little
/// alike, some always share one. What is given is compared exactly, shingle by shingle. Memory: 16 bytes
/// a text, 8 bytes a candidate, and up to 64 MiB for who has met. A text is read as often as
/// it is a candidate.
///
/// ```
/// use std::convert::Infallible;
/// use corpus_stats::{Banding, Sketch, StoredSketches, stored_near_duplicates};
///
/// /// A store that is none: its sketches are in memory.
/// struct Memory(Vec<Sketch>);
///
/// impl StoredSketches for Memory {
///     type Error = Infallible;
///
///     fn keys(&mut self, number: usize, call: &mut dyn FnMut(u32, u64)) -> Result<(), Infallible> {
///         for (place, sketch) in (0..).zip(&self.0) {
///             call(place, Banding::of(0.7).keys(sketch)[number]);
///         }
///         Ok(())
///     }
///
///     fn sketch(&mut self, place: u32) -> Result<Sketch, Infallible> {
///         Ok(self.0[place as usize].clone())
///     }
/// }
///
/// let texts = [
///     "Sáng nay mưa to ở vùng núi phía bắc, nhiều tuyến đường bị ngập.",
///     "Giá lúa ở đồng bằng tăng nhẹ so với tuần trước.",
///     "Sáng nay mưa to ở vùng núi phía bắc, nhiều tuyến đường bị ngập sâu.",
/// ];
/// let mut store = Memory(texts.iter().map(|text| Sketch::of_text(text)).collect());
/// let pairs = stored_near_duplicates(&mut store, 0.7).unwrap();
/// assert_eq!((pairs.len(), pairs[0].a, pairs[0].b), (1, 0, 2));
/// ```
///
/// # Errors
///
/// What the store says.
pub fn stored_near_duplicates<S: StoredSketches>(
    store: &mut S,
    threshold: f64,
) -> Result<Vec<Pair>, S::Error> {
    let copies = Copies::new(store, Banding::of(threshold))?;
    let mut pairs = Vec::new();
    if threshold <= 1.0 {
        copies.groups.values().for_each(|places| push_copies(&mut pairs, places));
    }
    each_near(store, threshold, &copies, usize::MAX, |a, b, similarity| {
        push_near(&mut pairs, copies.of(&a), copies.of(&b), similarity);
    })?;
    pairs.sort_unstable_by_key(|pair| (pair.a, pair.b));
    Ok(pairs)
}

/// The pairs that [`exact_duplicates`](crate::exact_duplicates) finds, of sketches that lie elsewhere with
/// the keys of `banding`.
///
/// # Errors
///
/// What the store says.
pub fn stored_exact_duplicates<S: StoredSketches>(
    store: &mut S,
    banding: Banding,
) -> Result<Vec<Pair>, S::Error> {
    let mut pairs = Copies::new(store, banding)?.with_their_first();
    pairs.sort_unstable_by_key(|pair| (pair.a, pair.b));
    Ok(pairs)
}

/// The groups that [`clusters`] makes of [`stored_near_duplicates`], found without all of these: of many
/// texts that are alike, each is compared with some.
///
/// # Errors
///
/// What the store says.
pub fn stored_clusters<S: StoredSketches>(
    store: &mut S,
    threshold: f64,
) -> Result<Vec<Vec<usize>>, S::Error> {
    let copies = Copies::new(store, Banding::of(threshold))?;
    let mut pairs = copies.with_their_first();
    each_near(store, threshold, &copies, MOST_COMPARED, |a, b, similarity| {
        pairs.push(Pair { a, b, similarity });
    })?;
    Ok(clusters(&pairs))
}

/// Texts with the same shingles.
struct Copies {
    /// Of each text that has copies all places, under the first.
    groups: BTreeMap<usize, Vec<usize>>,
    /// Those behind the first.
    later: FxHashSet<u32>,
}

impl Copies {
    fn new<S: StoredSketches>(store: &mut S, banding: Banding) -> Result<Copies, S::Error> {
        let mut keys: Vec<(u64, u32)> = Vec::new();
        store.keys(banding.len() - 1, &mut |place, key| keys.push((key, place)))?;
        keys.sort_unstable();
        let mut copies = Copies { groups: BTreeMap::new(), later: FxHashSet::default() };
        for texts in keys.chunk_by(|a, b| a.0 == b.0) {
            if let [(_, first), later @ ..] = texts
                && !later.is_empty()
            {
                copies.later.extend(later.iter().map(|it| it.1));
                let places = texts.iter().map(|it| it.1 as usize).collect();
                copies.groups.insert(*first as usize, places);
            }
        }
        Ok(copies)
    }

    /// All places of the text that is first at this one.
    fn of<'a>(&'a self, first: &'a usize) -> &'a [usize] {
        self.groups.get(first).map_or(slice::from_ref(first), Vec::as_slice)
    }

    /// The pairs of each copy with the first.
    fn with_their_first(&self) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for (&a, places) in &self.groups {
            let later = places.iter().skip(1);
            pairs.extend(later.map(|&b| Pair { a, b, similarity: 1.0 }));
        }
        pairs
    }
}

/// Calls for the pairs of texts that differ and are near, the earlier first, each text with the first of
/// its copies only.
fn each_near<S: StoredSketches>(
    store: &mut S,
    threshold: f64,
    copies: &Copies,
    most_compared: usize,
    mut call: impl FnMut(usize, usize, f64),
) -> Result<(), S::Error> {
    let banding = Banding::of(threshold);
    let mut keys: Vec<(u64, u32)> = Vec::new();
    let mut candidates: Vec<(u32, u32)> = Vec::new();
    let mut met: Option<Met> = None;
    for band in 0..banding.len() - 1 {
        keys.clear();
        store.keys(band, &mut |place, key| {
            if !copies.later.contains(&place) {
                keys.push((key, place));
            }
        })?;
        keys.sort_unstable();
        if band == 0 && banding.leaves_two(threshold) {
            met = Some(Met::new(keys.len()));
        }
        for texts in keys.chunk_by(|a, b| a.0 == b.0) {
            // Of many texts not all pairs are looked at, and of two that are there may be one band less.
            let mut met = met.as_mut().filter(|_| texts.len() <= most_compared);
            for (n, &(_, text)) in texts.iter().enumerate() {
                let from = n.saturating_sub(most_compared);
                let before = texts.get(from..n).unwrap_or_default();
                let first = texts.first().filter(|_| from > 0);
                let pairs = first.into_iter().chain(before).map(|other| (other.1, text));
                candidates.extend(pairs.filter(|&it| met.as_mut().is_none_or(|met| met.again(it))));
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
    }
    drop(keys);
    for of_one in candidates.chunk_by(|x, y| x.0 == y.0) {
        let Some(&(a, _)) = of_one.first() else { continue };
        let sketch = store.sketch(a)?;
        for &(_, b) in of_one {
            if let Some(similarity) = sketch.similarity_from(&store.sketch(b)?, threshold) {
                call(a as usize, b as usize, similarity);
            }
        }
    }
    Ok(())
}

/// Which pairs have met under a key: of a hundred that have not, some are taken for one that has.
///
/// Among millions of texts there are many more pairs that are little alike, and share a key by chance, than pairs that
/// are near; hardly any of them share two. To list them all to count their keys would take too much memory.
struct Met {
    bits: Vec<u64>,
}

impl Met {
    /// For so many texts.
    fn new(texts: usize) -> Met {
        let bits = texts.saturating_mul(256).clamp(1 << 16, 1 << 29).next_power_of_two();
        Met { bits: vec![0; bits / 64] }
    }

    /// Whether the pair has met before; it has from now on.
    fn again(&mut self, (a, b): (u32, u32)) -> bool {
        let pair = (u64::from(a) << 32) | u64::from(b);
        let hash = xxh3_64(&pair.to_le_bytes());
        let place = usize::try_from(hash >> 6).unwrap_or_default() & (self.bits.len() - 1);
        let bit = 1 << (hash & 63);
        let Some(bits) = self.bits.get_mut(place) else { return true };
        let again = *bits & bit != 0;
        *bits |= bit;
        again
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::{exact_duplicates, near_duplicates};

    struct Memory {
        sketches: Vec<Sketch>,
        keys: Vec<Vec<u64>>,
    }

    impl Memory {
        fn new(sketches: &[Sketch], threshold: f64) -> Memory {
            let keys = sketches.iter().map(|it| Banding::of(threshold).keys(it)).collect();
            Memory { sketches: sketches.to_vec(), keys }
        }
    }

    impl StoredSketches for Memory {
        type Error = Infallible;

        fn keys(
            &mut self,
            number: usize,
            call: &mut dyn FnMut(u32, u64),
        ) -> Result<(), Infallible> {
            for ((place, keys), sketch) in (0..).zip(&self.keys).zip(&self.sketches) {
                if !sketch.shingles().is_empty() {
                    call(place, keys[number]);
                }
            }
            Ok(())
        }

        fn sketch(&mut self, place: u32) -> Result<Sketch, Infallible> {
            Ok(self.sketches[place as usize].clone())
        }
    }

    fn range(words: std::ops::Range<u32>) -> Sketch {
        Sketch::of_text(&words.map(|n| format!("t{n} ")).collect::<String>())
    }

    #[test]
    fn what_is_found_is_what_the_search_in_memory_finds() {
        // Texts of several lengths, copies, and texts that are more and less near; some without words.
        let mut sketches = Vec::new();
        for n in 0..300_u32 {
            let from = n % 40 * 1000 + n / 40 * 3;
            let length = 20 + n * 7 % 200;
            sketches.push(range(from..from + length));
            if n % 9 == 0 {
                sketches.push(range(from..from + length));
            }
            if n % 50 == 0 {
                sketches.push(Sketch::default());
            }
        }
        for threshold in [0.9, 0.8, 0.5, 0.3] {
            let mut store = Memory::new(&sketches, threshold);
            let expected = near_duplicates(&sketches, threshold);
            assert_eq!(stored_near_duplicates(&mut store, threshold).unwrap(), expected);
            assert_eq!(stored_clusters(&mut store, threshold).unwrap(), clusters(&expected));
            let exact = stored_exact_duplicates(&mut store, Banding::of(threshold)).unwrap();
            assert_eq!(exact, exact_duplicates(&sketches));
        }
    }

    #[test]
    fn two_keys_are_asked_for_where_that_leaves_few_apart() {
        for (threshold, two) in
            [(1.0, true), (0.8, true), (0.75, true), (0.72, false), (0.5, true), (0.37, false)]
        {
            assert_eq!(Banding::of(threshold).leaves_two(threshold), two, "{threshold}");
        }
    }

    #[test]
    fn pairs_that_share_one_phrase_are_not_read() {
        /// Counts what is read.
        struct Counting(Memory, usize);

        impl StoredSketches for Counting {
            type Error = Infallible;

            fn keys(
                &mut self,
                number: usize,
                call: &mut dyn FnMut(u32, u64),
            ) -> Result<(), Infallible> {
                self.0.keys(number, call)
            }

            fn sketch(&mut self, place: u32) -> Result<Sketch, Infallible> {
                self.1 += 1;
                self.0.sketch(place)
            }
        }

        // A third of each text is a phrase that another few have too, and ten have a near copy.
        let phrase = |n: u32| n % 100 * 1000..n % 100 * 1000 + 45;
        let text = |n: u32, own: std::ops::Range<u32>| {
            phrase(n).chain(own).map(|it| format!("t{it} ")).collect::<String>()
        };
        let mut sketches: Vec<Sketch> = (0..2000)
            .map(|n| Sketch::of_text(&text(n, 1_000_000 + n * 1000..1_000_000 + n * 1000 + 75)))
            .collect();
        sketches.extend(
            (0..10).map(|n| {
                Sketch::of_text(&text(n, 1_000_000 + n * 1000..1_000_000 + n * 1000 + 80))
            }),
        );
        let mut store = Counting(Memory::new(&sketches, 0.8), 0);
        let found = stored_near_duplicates(&mut store, 0.8).unwrap();
        assert_eq!(found, near_duplicates(&sketches, 0.8));
        assert_eq!(found.len(), 10);
        assert!(store.1 < 300, "{} sketches were read", store.1);
    }

    #[test]
    fn many_copies_and_many_that_are_near() {
        let mut sketches = vec![range(0..100); 2000];
        sketches.extend((0..400).map(|n| range(n % 8..100)));
        let mut store = Memory::new(&sketches, 0.8);
        let all = [(0..2400).collect::<Vec<_>>()];
        assert_eq!(stored_clusters(&mut store, 0.8).unwrap(), all);
        let expected = near_duplicates(&sketches, 0.8);
        assert_eq!(stored_near_duplicates(&mut store, 0.8).unwrap(), expected);

        // A thousand texts, each a little further along: all share keys with many.
        let near: Vec<Sketch> = (0..1000).map(|n| range(n..n + 400)).collect();
        let found = stored_clusters(&mut Memory::new(&near, 0.8), 0.8).unwrap();
        assert_eq!(found, [(0..1000).collect::<Vec<_>>()]);
    }
}
