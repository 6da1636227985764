//! Near-duplicates of a collection whose sketches do not fit into memory.

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

use crate::{Pair, Signature, Sketch};

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

    /// How many keys a text has: one a band, and behind them one of the whole.
    #[expect(clippy::len_without_is_empty, reason = "there is always a key of the whole")]
    pub fn len(self) -> usize {
        crate::SIGNATURE_VALUES / self.rows + 1
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

/// Of more texts than this that share a key, each is compared with the first and with so many before
/// it only: they are alike by a phrase that many have, or all alike, and then [`clusters`] joins them.
///
/// [`clusters`]: crate::clusters
const MOST_COMPARED: usize = 50;

/// The pairs of texts whose similarity is `threshold` or more, each text paired with the first of its
/// copies only, by place: what [`clusters`](crate::clusters) needs.
///
/// Candidates are those that share a key of the [`Banding`] for the threshold, which leaves some pairs
/// out, as is told there; what is given is compared exactly, shingle by shingle. Memory: 16 bytes
/// a text, and 8 bytes a candidate. A text is read as often as it is a candidate.
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
    let bands = Banding::of(threshold).len() - 1;
    let mut keys: Vec<(u64, u32)> = Vec::new();
    store.keys(bands, &mut |place, key| keys.push((key, place)))?;
    keys.sort_unstable();
    let mut pairs = Vec::new();
    let mut copies: FxHashSet<u32> = FxHashSet::default();
    for texts in keys.chunk_by(|a, b| a.0 == b.0) {
        if let [(_, first), others @ ..] = texts {
            copies.extend(others.iter().map(|it| it.1));
            pairs.extend(others.iter().map(|it| pair(*first, it.1, 1.0)));
        }
    }
    let mut candidates: Vec<(u32, u32)> = Vec::new();
    for band in 0..bands {
        keys.clear();
        store.keys(band, &mut |place, key| {
            if !copies.contains(&place) {
                keys.push((key, place));
            }
        })?;
        keys.sort_unstable();
        for texts in keys.chunk_by(|a, b| a.0 == b.0) {
            for (n, &(_, text)) in texts.iter().enumerate() {
                let from = n.saturating_sub(MOST_COMPARED);
                let before = texts.get(from..n).unwrap_or_default();
                let first = texts.first().filter(|_| from > 0);
                candidates.extend(first.into_iter().chain(before).map(|other| (other.1, text)));
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
    }
    for of_one in candidates.chunk_by(|x, y| x.0 == y.0) {
        let Some(&(a, _)) = of_one.first() else { continue };
        let sketch = store.sketch(a)?;
        for &(_, b) in of_one {
            if let Some(similarity) = sketch.similarity_from(&store.sketch(b)?, threshold) {
                pairs.push(pair(a, b, similarity));
            }
        }
    }
    pairs.sort_unstable_by_key(|pair| (pair.a, pair.b));
    Ok(pairs)
}

fn pair(a: u32, b: u32, similarity: f64) -> Pair {
    Pair { a: a as usize, b: b as usize, similarity }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::{clusters, near_duplicates};

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
    fn clusters_are_those_of_the_search_in_memory() {
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
            let found =
                stored_near_duplicates(&mut Memory::new(&sketches, threshold), threshold).unwrap();
            let expected = near_duplicates(&sketches, threshold);
            assert_eq!(clusters(&found), clusters(&expected), "{threshold}");
            for pair in &found {
                let similarity = sketches[pair.a].similarity(&sketches[pair.b]);
                assert_eq!(pair.similarity, similarity);
                assert!(similarity >= threshold && pair.a < pair.b);
            }
        }
    }

    #[test]
    fn many_copies_and_many_that_are_near_stay_few_pairs() {
        let mut sketches = vec![range(0..100); 2000];
        sketches.extend((0..400).map(|n| range(n % 8..100)));
        let found = stored_near_duplicates(&mut Memory::new(&sketches, 0.8), 0.8).unwrap();
        assert_eq!(clusters(&found), [(0..2400).collect::<Vec<_>>()]);
        assert!(found.len() < 2400 + 40, "{}", found.len());

        // A thousand texts, each a little further along: all share keys with many.
        let near: Vec<Sketch> = (0..1000).map(|n| range(n..n + 400)).collect();
        let found = stored_near_duplicates(&mut Memory::new(&near, 0.8), 0.8).unwrap();
        assert_eq!(clusters(&found), [(0..1000).collect::<Vec<_>>()]);
    }
}
