//! Which texts of a corpus are nearly the same.
//!
//! # How the search can be exact and fast
//!
//! Two sets with a Jaccard index of at least `t` share at least `⌈t·|x|⌉` of the elements of
//! each. So among any `|x| − ⌈t·|x|⌉ + 1` elements of `x` there is a shared one. Take those that
//! come first in an order that is the same for all sets, and the first shared element of the two
//! is among the taken elements of both (prefix filtering: Chaudhuri and others, ICDE 2006; Bayardo
//! and others, WWW 2007). Any order is right; the rarest shingles first is fast, because a shingle
//! that occurs once leads nowhere.
//!
//! How often a shingle occurs is not counted exactly: a table of one byte a bucket counts the
//! shingles that fall into it. That is still one order for all, a bucket that counts one holds a
//! shingle that occurs once, and the table is a tenth of what exact counts would need. Most texts
//! of a corpus have more unique shingles than the prefix is long, and are done after one look at
//! the table.
//!
//! MinHash with banding (see [`Signature`](crate::Signature)) would find the pairs with a
//! probability, and its candidates need the same comparison in the end. Here none is missed, for
//! any threshold, and the search takes less time than cutting the texts into shingles does.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::Sketch;

/// Two texts that are nearly the same, by their places in the list that was searched.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Pair {
    /// The earlier text.
    pub a: usize,
    /// The later text.
    pub b: usize,
    /// The Jaccard index of their shingles: see [`Sketch::similarity`].
    pub similarity: f64,
}

/// All pairs of texts whose similarity is `threshold` or more, by place; of more than
/// twenty copies of one text, the first stands for the others.
///
/// The search is exact: no pair of texts that differ is missed, and every similarity is the one
/// that comparing all with all would give. Up to twenty copies of one text are paired with each
/// other, and each with every text that is near. Where there are more, each copy is paired with the
/// first only, and only the first with what is near: a thousand copies are 999 pairs, not half a
/// million, and [`clusters`] joins the same texts. Time grows with the number of shingles and of
/// pairs found.
///
/// A threshold of zero or less finds the pairs that share anything at all.
///
/// ```
/// use corpus_stats::{near_duplicates, Sketch};
///
/// let texts = [
///     "Sáng nay mưa to ở vùng núi phía bắc, nhiều tuyến đường bị ngập.",
///     "Giá lúa ở đồng bằng tăng nhẹ so với tuần trước.",
///     "Sáng nay mưa to ở vùng núi phía bắc, nhiều tuyến đường bị ngập sâu.",
/// ];
/// let sketches: Vec<Sketch> = texts.iter().map(|text| Sketch::of_text(text)).collect();
/// let pairs = near_duplicates(&sketches, 0.7);
/// assert_eq!((pairs[0].a, pairs[0].b), (0, 2));
/// assert_eq!(pairs[0].similarity, 9.0 / 12.0);
/// assert_eq!(pairs.len(), 1);
/// ```
pub fn near_duplicates(sketches: &[Sketch], threshold: f64) -> Vec<Pair> {
    let threshold = if threshold > 0.0 { threshold } else { f64::MIN_POSITIVE };
    let same = Identical::new(sketches);
    let mut pairs = Vec::new();
    if threshold <= 1.0 {
        for places in same.places.values() {
            push_copies(&mut pairs, places);
        }
    }
    for (a, b, similarity) in distinct_pairs(&same.distinct(sketches), threshold) {
        push_near(&mut pairs, same.copies(a), same.copies(b), similarity);
    }
    pairs.sort_unstable_by_key(|pair| (pair.a, pair.b));
    pairs
}

/// How many copies of one text [`near_duplicates`] pairs with each other and with what is near: more
/// than an editor looks at one by one, and few enough that the pairs of `n` copies are at most
/// `10 · n`.
const MOST_COPIES: usize = 20;

/// The pairs of texts with the same words in the same shingles, each text with the first of its
/// kind only: a thousand copies are 999 pairs.
///
/// ```
/// use corpus_stats::{exact_duplicates, Sketch};
///
/// let sketches = ["Mưa to.", "Nắng.", "mưa  to.", "MƯA TO."].map(Sketch::of_text);
/// let pairs = exact_duplicates(&sketches);
/// let places: Vec<(usize, usize)> = pairs.iter().map(|pair| (pair.a, pair.b)).collect();
/// assert_eq!(places, [(0, 2), (0, 3)]);
/// ```
pub fn exact_duplicates(sketches: &[Sketch]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for places in Identical::new(sketches).places.values() {
        if let [first, copies @ ..] = places.as_slice() {
            pairs.extend(copies.iter().map(|&b| Pair { a: *first, b, similarity: 1.0 }));
        }
    }
    pairs.sort_unstable_by_key(|pair| (pair.a, pair.b));
    pairs
}

/// Texts with equal sketches, under the place of the first.
struct Identical {
    places: BTreeMap<usize, Vec<usize>>,
}

impl Identical {
    fn new(sketches: &[Sketch]) -> Identical {
        let mut first: FxHashMap<&[u64], usize> = FxHashMap::default();
        let mut places: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (place, sketch) in sketches.iter().enumerate() {
            // A text without words is like nothing, not even like itself.
            if !sketch.shingles().is_empty() {
                let first = *first.entry(sketch.shingles()).or_insert(place);
                places.entry(first).or_default().push(place);
            }
        }
        Identical { places }
    }

    /// The texts equal to the one at `first`, itself included.
    fn copies(&self, first: usize) -> &[usize] {
        self.places.get(&first).map_or(&[][..], Vec::as_slice)
    }

    /// The first text of each kind.
    fn distinct<'a>(&self, sketches: &'a [Sketch]) -> Vec<(usize, &'a Sketch)> {
        self.places.keys().filter_map(|&place| Some((place, sketches.get(place)?))).collect()
    }
}

/// The pairs among the copies of one text.
pub(crate) fn push_copies(pairs: &mut Vec<Pair>, copies: &[usize]) {
    let firsts = if copies.len() > MOST_COPIES { 1 } else { copies.len() };
    for (n, &a) in copies.iter().enumerate().take(firsts) {
        let later = copies.iter().skip(n + 1);
        pairs.extend(later.map(|&b| Pair { a, b, similarity: 1.0 }));
    }
}

/// The pairs of the copies of one text with those of another that is near it.
pub(crate) fn push_near(pairs: &mut Vec<Pair>, a: &[usize], b: &[usize], similarity: f64) {
    for &a in that_stand_for(a) {
        let others = that_stand_for(b).iter();
        pairs.extend(others.map(|&b| Pair { a: a.min(b), b: a.max(b), similarity }));
    }
}

/// Those of the copies of a text that are paired with texts near it: all, or of too many the first.
fn that_stand_for(copies: &[usize]) -> &[usize] {
    if copies.len() > MOST_COPIES { copies.get(..1).unwrap_or_default() } else { copies }
}

/// The similar pairs among texts that all differ.
fn distinct_pairs(texts: &[(usize, &Sketch)], threshold: f64) -> Vec<(usize, usize, f64)> {
    // Short texts first: then a text needs to look back only, and only at those long enough.
    let mut texts = texts.to_vec();
    texts.sort_by_key(|(_, sketch)| sketch.shingles().len());
    let postings = Postings::new(&texts, threshold);

    let mut compared_with: Vec<usize> = vec![usize::MAX; texts.len()];
    let mut found = Vec::new();
    for uses in postings.uses.chunk_by(|a, b| a.text == b.text) {
        let Some(first) = uses.first() else { continue };
        let Some(&(place, sketch)) = texts.get(first.text) else { continue };
        // A partner has at least this many shingles, or it could not be similar enough.
        let fewest = at_least(threshold, sketch.shingles().len());
        for earlier in uses.iter().filter_map(|it| postings.texts.get(it.from..it.to)) {
            for &other in earlier.iter().rev() {
                let Some(&(other_place, other_sketch)) = texts.get(other) else { continue };
                if other_sketch.shingles().len() < fewest {
                    break;
                }
                match compared_with.get_mut(other) {
                    Some(seen) if *seen != first.text => *seen = first.text,
                    _ => continue,
                }
                if let Some(similarity) = sketch.similarity_from(other_sketch, threshold) {
                    found.push((place, other_place, similarity));
                }
            }
        }
    }
    found
}

/// How many shingles of a text at least a text must share to be similar enough; the small
/// allowance is for rounding.
fn at_least(threshold: f64, shingles: usize) -> usize {
    (threshold * shingles as f64 - 1e-6).ceil().max(1.0) as usize
}

/// Which texts have which shingle among their rarest.
struct Postings {
    /// The texts of one shingle after those of another, each shingle's in ascending order.
    texts: Vec<usize>,
    /// Where each text finds those before it with the same shingle, by text.
    uses: Vec<Use>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Use {
    text: usize,
    from: usize,
    to: usize,
}

impl Postings {
    fn new(texts: &[(usize, &Sketch)], threshold: f64) -> Postings {
        let rarity = Rarity::new(texts);
        let mut entries: Vec<(u64, usize)> = Vec::new();
        let mut prefix = Vec::new();
        for (text, (_, sketch)) in texts.iter().enumerate() {
            rarity.prefix(sketch, threshold, &mut prefix);
            entries.extend(prefix.iter().map(|&(_, shingle)| (shingle, text)));
        }
        entries.sort_unstable();
        let mut postings = Postings { texts: Vec::new(), uses: Vec::new() };
        for group in entries.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
            let from = postings.texts.len();
            for &(_, text) in group {
                let to = postings.texts.len();
                if to > from {
                    postings.uses.push(Use { text, from, to });
                }
                postings.texts.push(text);
            }
        }
        postings.uses.sort_unstable();
        postings
    }
}

/// About how many texts have a shingle.
struct Rarity {
    counts: Vec<u8>,
    shift: u32,
}

impl Rarity {
    fn new(texts: &[(usize, &Sketch)]) -> Rarity {
        let total: usize = texts.iter().map(|(_, sketch)| sketch.shingles().len()).sum();
        // Two buckets a shingle leave six in ten unique shingles alone in theirs.
        let bits = (2 * total).next_power_of_two().max(2).ilog2();
        let mut rarity = Rarity { counts: vec![0; 1 << bits], shift: u64::BITS - bits };
        for (_, sketch) in texts {
            for &shingle in sketch.shingles() {
                if let Some(count) = rarity.counts.get_mut((shingle >> rarity.shift) as usize) {
                    *count = count.saturating_add(1);
                }
            }
        }
        rarity
    }

    fn count(&self, shingle: u64) -> u8 {
        self.counts.get((shingle >> self.shift) as usize).copied().unwrap_or(0)
    }

    /// Those of the rarest shingles of a text that some other text may have, with their counts: a
    /// text that is similar enough has one of them.
    fn prefix(&self, sketch: &Sketch, threshold: f64, prefix: &mut Vec<(u8, u64)>) {
        let shingles = sketch.shingles();
        let length = (shingles.len() + 1).saturating_sub(at_least(threshold, shingles.len()));
        prefix.clear();
        prefix.extend(shingles.iter().map(|&it| (self.count(it), it)).filter(|it| it.0 > 1));
        let unique = shingles.len() - prefix.len();
        let length = length.saturating_sub(unique);
        if length < prefix.len() {
            // Which are the rarest matters, their order does not.
            prefix.select_nth_unstable(length);
            prefix.truncate(length);
        }
    }
}

/// Groups of texts that pairs join, directly or through others: each group by place, the groups
/// by their first.
///
/// ```
/// use corpus_stats::{clusters, Pair};
///
/// let pair = |a, b| Pair { a, b, similarity: 0.9 };
/// assert_eq!(clusters(&[pair(0, 4), pair(4, 7), pair(2, 3)]), [vec![0, 4, 7], vec![2, 3]]);
/// ```
pub fn clusters(pairs: &[Pair]) -> Vec<Vec<usize>> {
    // Every text points to an earlier one of its group; the first points to itself.
    let mut earlier: FxHashMap<usize, usize> = FxHashMap::default();
    for pair in pairs {
        let (a, b) = (first_of(&mut earlier, pair.a), first_of(&mut earlier, pair.b));
        earlier.insert(a.max(b), a.min(b));
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut texts: Vec<usize> = earlier.keys().copied().collect();
    texts.sort_unstable();
    for text in texts {
        groups.entry(first_of(&mut earlier, text)).or_default().push(text);
    }
    groups.into_values().collect()
}

fn first_of(earlier: &mut FxHashMap<usize, usize>, text: usize) -> usize {
    let mut text = text;
    loop {
        let next = *earlier.entry(text).or_insert(text);
        if next == text {
            return text;
        }
        // Halving the path on the way keeps the chains short.
        let after = earlier.get(&next).copied().unwrap_or(next);
        earlier.insert(text, after);
        text = after;
    }
}

/// Which text of a cluster stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Keep {
    /// The one that came first.
    #[default]
    First,
    /// The one with the most words; of equals the first.
    Longest,
}

impl Keep {
    /// The place of the text that stays, none of an empty cluster.
    pub fn choose(self, cluster: &[usize], sketches: &[Sketch]) -> Option<usize> {
        self.choose_by(cluster, |place| sketches.get(place).map_or(0, Sketch::words))
    }

    /// The same where only the number of words of each text is at hand.
    ///
    /// ```
    /// use corpus_stats::Keep;
    ///
    /// let words = [3, 9, 9];
    /// assert_eq!(Keep::Longest.choose_by(&[0, 1, 2], |place| words[place]), Some(1));
    /// ```
    pub fn choose_by(self, cluster: &[usize], words: impl Fn(usize) -> usize) -> Option<usize> {
        match self {
            Keep::First => cluster.iter().copied().min(),
            Keep::Longest => {
                cluster.iter().copied().min_by_key(|&it| (std::cmp::Reverse(words(it)), it))
            }
        }
    }
}

#[cfg(test)]
mod tests;
