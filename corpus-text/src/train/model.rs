//! [`TrainedWords`]: what training has learned, as a lexicon that can be written down.

use std::collections::BTreeMap;
use std::io::{self, Write};

use libm::exp;

use super::fit::Fitted;
use super::runs::SyllableNumbers;
use crate::shape::Shapes;

/// A lexicon that can be written down.
#[derive(Clone, Debug, Default)]
pub struct TrainedWords {
    counts: BTreeMap<String, u64>,
    shapes: Shapes,
}

impl TrainedWords {
    /// Turns costs into counts that amount to them.
    ///
    /// Costs are logarithms of shares, and shares have the sum one. The same number added for each
    /// syllable of a word changes nothing in what is cheapest, so there is one for which it is.
    pub(super) fn new(fitted: Fitted, syllables: &SyllableNumbers) -> TrainedWords {
        let Fitted { costs, mut shapes } = fitted;
        let sum = |more: f64| -> f64 {
            costs.iter().map(|(word, cost)| exp(-cost - more * word.len() as f64)).sum()
        };
        let (mut low, mut high) = (-MOST_MORE, MOST_MORE);
        for _ in 0..HALVINGS {
            let middle = (low + high) / 2.0;
            if sum(middle) > 1.0 {
                low = middle;
            } else {
                high = middle;
            }
        }
        shapes.add_for_each_syllable(high as f32);
        let mut counts = BTreeMap::new();
        for (word, cost) in &costs {
            let count = exp(-cost - high * word.len() as f64) * TOTAL;
            let keys: Vec<&str> = word.iter().map(|&it| syllables.key(it)).collect();
            counts.insert(keys.join(" "), count.round().max(1.0) as u64);
        }
        TrainedWords { counts, shapes }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Writes it as [`Lexicon::read`](crate::Lexicon::read) reads it: what shapes cost, then the
    /// words in the order of their bytes.
    ///
    /// # Errors
    ///
    /// Those of the output.
    pub fn write(&self, mut output: impl Write) -> io::Result<()> {
        self.shapes.write(&mut output)?;
        for (word, count) in &self.counts {
            writeln!(output, "{word}\t{count}")?;
        }
        Ok(())
    }
}

/// What all counts amount to.
const TOTAL: f64 = 1e10;
/// Nothing more than this, and nothing less than its opposite, is added for a syllable.
const MOST_MORE: f64 = 40.0;
/// How often the range of that is halved; then it is smaller than a number can tell.
const HALVINGS: usize = 60;
