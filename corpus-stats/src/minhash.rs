//! [`Signature`]: a sketch of a fixed size, whose parts can be shuffled across machines.

use std::array;

use crate::Sketch;

/// How many values a [`Signature`] has.
pub const SIGNATURE_VALUES: usize = 128;

/// A MinHash signature: 128 values, of which two texts share about as large a part as they share
/// shingles.
///
/// The standard error of the estimate is `√(J(1 − J) / 128)`: 0.035 at a similarity of 0.8.
/// [`near_duplicates`](crate::near_duplicates) compares the shingles themselves and needs no
/// signature. A signature is for the case where the shingles cannot be in one place: 1 kB a
/// document, and [`Signature::bands`] gives the keys under which near-duplicates meet.
///
/// ```
/// use corpus_stats::{Signature, Sketch};
///
/// let a = Signature::new(&Sketch::of_text("mưa to ở vùng núi phía bắc hôm nay"));
/// let b = Signature::new(&Sketch::of_text("Mưa to ở vùng núi phía Bắc hôm nay"));
/// assert_eq!(a.similarity(&b), 1.0);
/// assert!(a.bands::<4>().eq(b.bands::<4>()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Signature {
    values: [u64; SIGNATURE_VALUES],
}

impl Signature {
    /// The signature of a text; one without words has the signature that no other shares.
    ///
    /// One permutation is split into 128 bins, and an empty bin is filled from the bins that a
    /// second hash names, until one is not empty (optimal densification: Shrivastava, ICML 2017).
    /// A shingle so costs one step instead of 128, and the estimate stays unbiased.
    pub fn new(sketch: &Sketch) -> Signature {
        let mut bins = [None; SIGNATURE_VALUES];
        for &shingle in sketch.shingles() {
            // The shingle is a hash already: its top seven bits name the bin, the rest is the value.
            let bin = (shingle >> (u64::BITS - SIGNATURE_VALUES.ilog2())) as usize;
            if let Some(slot) = bins.get_mut(bin) {
                *slot = Some(slot.map_or(shingle, |least: u64| least.min(shingle)));
            }
        }
        let values = array::from_fn(|bin| filled(&bins, bin));
        Signature { values }
    }

    /// The values.
    pub fn values(&self) -> &[u64; SIGNATURE_VALUES] {
        &self.values
    }

    /// The share of the values that are equal: an estimate of [`Sketch::similarity`].
    pub fn similarity(&self, other: &Signature) -> f64 {
        let equal = self.values.iter().zip(&other.values).filter(|(a, b)| a == b && **a != NONE);
        equal.count() as f64 / SIGNATURE_VALUES as f64
    }

    /// A key for each band of `ROWS` values: documents that share a key are candidates.
    ///
    /// Of the pairs with similarity `s`, the share `1 − (1 − s^ROWS)^(128 / ROWS)` meets under at
    /// least one key. With 4 rows that is all but 10⁻⁷ of the pairs at 0.8.
    pub fn bands<const ROWS: usize>(&self) -> impl Iterator<Item = u64> {
        self.values.chunks_exact(ROWS.max(1)).enumerate().map(|(band, values)| {
            values.iter().fold(mix(band as u64), |key, &value| mix(key ^ value))
        })
    }
}

/// The value of every bin of a text without words.
const NONE: u64 = u64::MAX;

/// The value of a bin, taken from elsewhere when it is empty.
fn filled(bins: &[Option<u64>; SIGNATURE_VALUES], bin: usize) -> u64 {
    // With a single bin filled, a try finds it with probability 1/128; the bound is for the text
    // without words and is out of reach for any other (less than 10⁻¹³).
    (0_u64..4096)
        .map(|attempt| match attempt {
            0 => bin,
            _ => (mix((bin as u64) << 32 | attempt) % SIGNATURE_VALUES as u64) as usize,
        })
        .find_map(|source| *bins.get(source)?)
        .map_or(NONE, |value| value)
}

/// The finisher of SplitMix64: every bit of the input moves every bit of the output.
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(range: std::ops::Range<u32>) -> Sketch {
        Sketch::of_text(&range.map(|n| format!("t{n} ")).collect::<String>())
    }

    #[test]
    fn the_estimate_is_near_the_truth() {
        for (shift, size) in [(10, 400), (50, 400), (100, 400), (200, 400), (3, 30), (30, 3000)] {
            let (a, b) = (words(0..size), words(shift..size + shift));
            let estimate = Signature::new(&a).similarity(&Signature::new(&b));
            let truth = a.similarity(&b);
            assert!((estimate - truth).abs() < 0.13, "{shift}, {size}: {estimate} for {truth}");
        }
    }

    #[test]
    fn texts_without_words_share_nothing() {
        let empty = Signature::new(&Sketch::default());
        assert_eq!(empty.similarity(&empty), 0.0);
        let one = Signature::new(&Sketch::of_text("mưa"));
        assert_eq!(one.similarity(&one), 1.0);
        assert_eq!(one.similarity(&empty), 0.0);
    }

    #[test]
    fn near_duplicates_meet_in_a_band() {
        let (a, b) = (Signature::new(&words(0..300)), Signature::new(&words(20..320)));
        assert!(a.bands::<4>().zip(b.bands::<4>()).any(|(a, b)| a == b));
        assert_eq!(a.bands::<4>().count(), 32);
        let other = Signature::new(&words(1000..1300));
        assert!(!a.bands::<4>().zip(other.bands::<4>()).any(|(a, b)| a == b));
    }
}
