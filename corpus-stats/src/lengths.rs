//! [`Lengths`]: how lengths are distributed, in bounded space.

use std::collections::BTreeMap;

/// How lengths are distributed.
///
/// Lengths below 1,024 are kept exactly, longer ones in classes at most 1/64 wide (1.6 %), so the
/// size stays bounded whatever is counted; the number, the sum and the extremes are exact.
///
/// ```
/// use corpus_stats::Lengths;
///
/// let mut lengths = Lengths::default();
/// for n in [3, 8, 8, 21] {
///     lengths.add(n);
/// }
/// assert_eq!(lengths.mean(), Some(10.0));
/// assert_eq!(lengths.quantile(0.5), Some(8));
/// assert_eq!(lengths.max(), Some(21));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lengths {
    classes: BTreeMap<u64, u64>,
    n: u64,
    sum: u64,
    least: Option<u64>,
    most: Option<u64>,
}

impl Lengths {
    /// Adds one thing of this length.
    pub fn add(&mut self, length: u64) {
        *self.classes.entry(class(length)).or_default() += 1;
        self.n += 1;
        self.sum = self.sum.saturating_add(length);
        self.least = Some(self.least.map_or(length, |least| least.min(length)));
        self.most = self.most.max(Some(length));
    }

    /// Adds what another has counted.
    pub fn merge(&mut self, other: &Lengths) {
        for (&class, n) in &other.classes {
            *self.classes.entry(class).or_default() += n;
        }
        self.n += other.n;
        self.sum = self.sum.saturating_add(other.sum);
        self.least = [self.least, other.least].into_iter().flatten().min();
        self.most = self.most.max(other.most);
    }

    /// How many things were measured.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The length of all together.
    pub fn sum(&self) -> u64 {
        self.sum
    }

    /// The shortest length.
    pub fn min(&self) -> Option<u64> {
        self.least
    }

    /// The longest length.
    pub fn max(&self) -> Option<u64> {
        self.most
    }

    /// The arithmetic mean.
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| self.sum as f64 / self.n as f64)
    }

    /// The length that the share `q` of all things do not exceed: 0.5 gives the median (of an even
    /// number the lower of the middle two), 0 the shortest, 1 the longest.
    pub fn quantile(&self, q: f64) -> Option<u64> {
        let rank = ((q.clamp(0.0, 1.0) * self.n as f64).ceil() as u64).max(1);
        let mut below = 0;
        let (&class, _) = self.classes.iter().find(|(_, n)| {
            below += **n;
            below >= rank
        })?;
        // A class is named by its lower end, which the extremes may correct.
        Some(class.max(self.least?).min(self.most?))
            .map(|it| if q >= 1.0 { self.most.unwrap_or(it) } else { it })
    }

    /// The classes that are not empty, as the shortest length in each and how many there are.
    pub fn histogram(&self) -> impl Iterator<Item = (u64, u64)> {
        self.classes.iter().map(|(&length, &n)| (length, n))
    }
}

/// The lower end of the class of a length.
fn class(length: u64) -> u64 {
    let digits = length.checked_ilog2().unwrap_or(0);
    let dropped = if digits < 10 { 0 } else { digits - 6 };
    length >> dropped << dropped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_narrow_and_ordered() {
        assert_eq!(
            [0, 1, 1023, 1024, 1039, 1040, 5000].map(class),
            [0, 1, 1023, 1024, 1024, 1040, 4992]
        );
        for length in (0..100_000_u64).chain([u64::MAX, u64::MAX - 1, 1 << 40]) {
            let lower = class(length);
            assert!(lower <= length && (length - lower) as f64 <= length as f64 / 64.0);
        }
    }

    #[test]
    fn quantiles_stay_between_the_extremes() {
        let mut lengths = Lengths::default();
        assert_eq!((lengths.quantile(0.5), lengths.mean()), (None, None));
        lengths.add(5003);
        lengths.add(9000);
        assert_eq!(lengths.quantile(0.0), Some(5003));
        assert_eq!(lengths.quantile(0.5), Some(5003));
        assert_eq!(lengths.quantile(1.0), Some(9000));
        assert_eq!(lengths.quantile(f64::NAN), Some(5003));
    }
}
