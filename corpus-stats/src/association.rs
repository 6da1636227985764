//! [`Association`]: how strongly two things go together, by their counts.

/// How often two things occur, and how often together, among `total` places.
///
/// The measures are those of the field, with `O` the observed and `E` the expected count; they are
/// tested against NLTK 3.10.4 where it has them, else against the published formulae in fractions.
///
/// ```
/// use corpus_stats::Association;
///
/// // `cải cách` 40 times, `hành chính` 60 times, together 30 times, among 10,000 words.
/// let pair = Association::new(30, 40, 60, 10_000);
/// assert!((pair.expected() - 0.24).abs() < 1e-12);
/// assert!((pair.mutual_information() - (30.0_f64 / 0.24).log2()).abs() < 1e-12);
/// assert!((pair.dice() - 0.6).abs() < 1e-12);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Association {
    joint: f64,
    first: f64,
    second: f64,
    total: f64,
}

impl Association {
    /// The association of things that occur `joint` times together, `first` and `second` times in
    /// all, among `total` places. Counts that cannot be are made to fit: nothing is more frequent
    /// than the whole.
    pub fn new(joint: u64, first: u64, second: u64, total: u64) -> Association {
        let (first, second) = (first.min(total), second.min(total));
        // Two things that fill more than all places share some.
        let least = (first + second).saturating_sub(total);
        let joint = joint.min(first).min(second).max(least);
        let [joint, first, second, total] = [joint, first, second, total].map(|it| it as f64);
        Association { joint, first, second, total }
    }

    /// How often they would be together by chance: `first · second / total`.
    pub fn expected(&self) -> f64 {
        if self.total > 0.0 { self.first * self.second / self.total } else { 0.0 }
    }

    /// Pointwise mutual information in bits, `log2(O / E)`: how much more often than by chance.
    /// Minus infinity where they never meet.
    pub fn mutual_information(&self) -> f64 {
        (self.joint / self.expected()).log2()
    }

    /// MI³, `log2(O³ / E)`: mutual information that does not favour what is rare.
    pub fn mutual_information_cubed(&self) -> f64 {
        (self.joint.powi(3) / self.expected()).log2()
    }

    /// Student's t, `(O − E) / √O`: how certain it is that they are no chance.
    pub fn t_score(&self) -> f64 {
        if self.joint > 0.0 { (self.joint - self.expected()) / self.joint.sqrt() } else { 0.0 }
    }

    /// Log-likelihood ratio over the four cells, `2 Σ O ln(O / E)` (Dunning 1993); never negative,
    /// so see [`Association::expected`] for which way they lean.
    pub fn log_likelihood(&self) -> f64 {
        let rest = self.total - self.first - self.second + self.joint;
        let (not_first, not_second) = (self.total - self.first, self.total - self.second);
        let cells = [
            (self.joint, self.first * self.second),
            (self.first - self.joint, self.first * not_second),
            (self.second - self.joint, not_first * self.second),
            (rest, not_first * not_second),
        ];
        let sum: f64 = cells
            .iter()
            .filter(|(observed, _)| *observed > 0.0)
            .map(|(observed, product)| observed * (observed * self.total / product).ln())
            .sum();
        (2.0 * sum).max(0.0)
    }

    /// Dice's coefficient, `2 O / (first + second)`, from 0 to 1.
    pub fn dice(&self) -> f64 {
        let sum = self.first + self.second;
        if sum > 0.0 { 2.0 * self.joint / sum } else { 0.0 }
    }

    /// logDice, `14 + log2(Dice)` (Rychlý 2008): does not depend on the size of the corpus; 14 where
    /// they are never apart. Minus infinity where they never meet.
    pub fn log_dice(&self) -> f64 {
        14.0 + self.dice().log2()
    }

    /// Δp of the second given the first: how much more likely the second is where the first is than
    /// where it is not (Gries 2013), from −1 to 1.
    pub fn delta_p(&self) -> f64 {
        delta(self.joint, self.first, self.second, self.total)
    }

    /// Δp of the first given the second.
    pub fn delta_p_backward(&self) -> f64 {
        delta(self.joint, self.second, self.first, self.total)
    }
}

/// The share of the joint in what has the cue, less the share of the outcome in what has it not.
fn delta(joint: f64, cue: f64, outcome: f64, total: f64) -> f64 {
    let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
    share(joint, cue) - share(outcome - joint, total - cue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_those_of_nltk() {
        for (place, line) in include_str!("../tests/figures/association.tsv").lines().enumerate() {
            if line.starts_with('#') {
                continue;
            }
            let cells: Vec<f64> = line.split('\t').map(|it| it.parse().unwrap()).collect();
            let [joint, first, second, total] = [0, 1, 2, 3].map(|it| cells[it] as u64);
            let pair = Association::new(joint, first, second, total);
            let found = [
                pair.mutual_information(),
                pair.mutual_information_cubed(),
                pair.t_score(),
                pair.log_likelihood(),
                pair.dice(),
                pair.log_dice(),
                pair.delta_p(),
                pair.delta_p_backward(),
            ];
            for (n, (found, wanted)) in found.iter().zip(&cells[4..]).enumerate() {
                let close = (found - wanted).abs() <= 1e-9 * wanted.abs().max(1.0);
                assert!(close, "line {}, measure {n}: {found}, not {wanted}", place + 1);
            }
        }
    }

    #[test]
    fn impossible_counts_give_numbers() {
        for (a, b, c, d) in [(0, 0, 0, 0), (9, 1, 2, 3), (0, 5, 5, 6), (5, 5, 5, 5)] {
            let pair = Association::new(a, b, c, d);
            for value in [pair.log_likelihood(), pair.dice(), pair.t_score(), pair.delta_p()] {
                assert!(value.is_finite(), "{pair:?}");
            }
        }
        assert_eq!(Association::new(5, 5, 5, 9).log_dice(), 14.0);
        assert_eq!(Association::new(5, 5, 5, 9).delta_p_backward(), 1.0);
    }
}
