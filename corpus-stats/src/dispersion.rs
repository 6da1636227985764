//! [`Dispersion`]: how evenly words are spread over a corpus.

use crate::{Frequency, Vocabulary};

/// How evenly words are spread over the parts of a corpus.
///
/// Parts are what [`Dispersion::add_part`] is called for: documents, or pieces of any kind. The
/// order of the parts matters for [`Spread::reduced_frequency`], so that merging appends. Four
/// bytes are kept for each word of the corpus.
///
/// ```
/// use corpus_stats::Dispersion;
///
/// let mut dispersion = Dispersion::default();
/// dispersion.add_part(["mưa", "to", "mưa"]);
/// dispersion.add_part(["nắng", "to", "gió"]);
/// let rows = dispersion.spreads(2, None);
/// assert_eq!((rows[1].word.as_str(), rows[1].parts, rows[1].deviation), ("to", 2, 0.0));
/// assert_eq!((rows[0].word.as_str(), rows[0].parts, rows[0].deviation), ("mưa", 1, 0.5));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Dispersion {
    vocabulary: Vocabulary,
    /// The words of the corpus in order.
    words: Vec<u32>,
    /// Where each part ends.
    ends: Vec<usize>,
}

/// How a word is spread.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Spread {
    /// The word in its commonest spelling.
    pub word: String,
    /// What the spellings have in common.
    pub key: String,
    /// How often it occurs.
    pub count: u64,
    /// In how many parts.
    pub parts: u64,
    /// Deviation of proportions, DP (Gries 2008): half the sum over the parts of how far the part's
    /// share of the word is from its share of the corpus. 0 where it is spread evenly, near 1 where
    /// it is all in one small part.
    pub deviation: f64,
    /// DP over the largest that it can be, so that it goes from 0 to 1 (Lijffijt & Gries 2012).
    pub normalized_deviation: f64,
    /// Juilland's D: 1 less the coefficient of variation of the frequencies in the parts over that
    /// of the most uneven spread. 1 where it is spread evenly; 0 where it is in one part.
    pub juilland: f64,
    /// Average reduced frequency, ARF (Savický & Hlaváčová 2002): the count, reduced by as much as
    /// the occurrences crowd together; near the count where they are spread evenly, 1 where they
    /// all follow one another.
    pub reduced_frequency: f64,
}

impl Dispersion {
    /// Adds a part with its words. Parts without words are left out.
    pub fn add_part<'a>(&mut self, words: impl IntoIterator<Item = &'a str>) {
        self.vocabulary.begin_document();
        let before = self.words.len();
        self.words.extend(words.into_iter().map(|word| self.vocabulary.see(word)));
        if self.words.len() > before {
            self.ends.push(self.words.len());
        }
    }

    /// Adds what another has seen, as if its parts came behind.
    pub fn merge(&mut self, other: &Dispersion) {
        let names = self.vocabulary.absorb(&other.vocabulary);
        let before = self.words.len();
        self.words.extend(other.words.iter().filter_map(|&it| names.get(it as usize).copied()));
        self.ends.extend(other.ends.iter().map(|end| before + end));
    }

    /// How many parts there are.
    pub fn parts(&self) -> usize {
        self.ends.len()
    }

    /// How many words there are.
    pub fn total(&self) -> usize {
        self.words.len()
    }

    /// How the words that occur `least` times or more are spread, the most frequent first; of
    /// equally frequent ones by key. With `equal_parts` the corpus is cut into so many parts of the
    /// same length, whatever the parts were that it was given in.
    pub fn spreads(&self, least: u64, equal_parts: Option<usize>) -> Vec<Spread> {
        let n = self.words.len();
        let equal: Vec<usize>;
        let ends: &[usize] = match equal_parts {
            // Corpora shorter than the parts are many have a word a part.
            Some(parts) => {
                let parts = parts.clamp(1, n.max(1));
                equal = (1..=parts)
                    .map(|it| (it as u128 * n as u128 / parts as u128) as usize)
                    .collect();
                &equal
            }
            None => &self.ends,
        };
        let places = Places::new(&self.words, self.vocabulary.len());
        let mut rows: Vec<Spread> = self
            .vocabulary
            .words()
            .into_iter()
            .enumerate()
            .filter(|(_, word)| word.count >= least.max(1))
            .map(|(name, word)| spread(word, places.of(name), ends, n))
            .collect();
        rows.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.key.cmp(&b.key)));
        rows
    }
}

/// Where each word stands: all places, one word's after another's.
struct Places {
    places: Vec<u32>,
    begins: Vec<usize>,
}

impl Places {
    fn new(words: &[u32], names: usize) -> Places {
        let mut begins = vec![0; names + 1];
        for &word in words {
            if let Some(n) = begins.get_mut(word as usize + 1) {
                *n += 1;
            }
        }
        let mut sum = 0;
        for begin in &mut begins {
            sum += *begin;
            *begin = sum;
        }
        let mut next = begins.clone();
        let mut places = vec![0; words.len()];
        for (place, &word) in words.iter().enumerate() {
            if let Some(next) = next.get_mut(word as usize) {
                if let Some(slot) = places.get_mut(*next) {
                    *slot = place as u32;
                }
                *next += 1;
            }
        }
        Places { places, begins }
    }

    fn of(&self, name: usize) -> &[u32] {
        let begin = self.begins.get(name).copied().unwrap_or(0);
        let end = self.begins.get(name + 1).copied().unwrap_or(begin);
        self.places.get(begin..end).unwrap_or_default()
    }
}

/// How a word at these places is spread over parts of a corpus of `n` words.
fn spread(word: Frequency, places: &[u32], ends: &[usize], n: usize) -> Spread {
    let (count, total) = (places.len() as f64, n as f64);
    // Only parts with the word are looked at; of the others the sums are known.
    let (mut parts, mut shared_less, mut smallest) = (0, 0.0, 1.0_f64);
    let (mut rates, mut squares) = (0.0, 0.0);
    let mut rest = places;
    while let Some(&first) = rest.first() {
        let part = ends.partition_point(|&end| end <= first as usize);
        let begin = part.checked_sub(1).and_then(|it| ends.get(it)).copied().unwrap_or(0);
        let end = ends.get(part).copied().unwrap_or(n);
        let here = rest.partition_point(|&place| (place as usize) < end);
        let (size, found) = ((end - begin) as f64, here as f64);
        // Shares of the word above those of the corpus sum up to what the others are below.
        shared_less += (found / count - size / total).max(0.0);
        rates += found / size;
        squares += (found / size).powi(2);
        parts += 1;
        rest = rest.get(here.max(1)..).unwrap_or_default();
    }
    let mut begin = 0;
    for &end in ends {
        smallest = smallest.min((end - begin) as f64 / total);
        begin = end;
    }
    let n_parts = ends.len() as f64;
    let mean = rates / n_parts;
    let variance = (squares / n_parts - mean * mean).max(0.0);
    let juilland = match ends.len() {
        0 | 1 => 1.0,
        _ => 1.0 - variance.sqrt() / mean / (n_parts - 1.0).sqrt(),
    };
    // Each occurrence counts in full where the one before it is a mean distance or more away; the
    // corpus is a ring.
    let distance = total / count;
    let mut before = places.last().map_or(0, |&last| last as usize);
    let mut crowded = 0.0;
    for &place in places {
        let place = place as usize;
        let gap = if place > before { place - before } else { place + n - before };
        crowded += (gap as f64).min(distance);
        before = place;
    }
    Spread {
        word: word.word,
        key: word.key,
        count: word.count,
        parts,
        deviation: shared_less,
        normalized_deviation: if smallest < 1.0 { shared_less / (1.0 - smallest) } else { 0.0 },
        juilland: juilland.clamp(0.0, 1.0),
        reduced_frequency: crowded / distance,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(corpus: &str) -> Dispersion {
        let mut dispersion = Dispersion::default();
        for part in corpus.split('|') {
            dispersion.add_part(part.split("").filter(|it| !it.is_empty()));
        }
        dispersion
    }

    #[test]
    fn figures_are_those_of_the_formulae() {
        for line in include_str!("../tests/figures/dispersion.tsv").lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let rows = letters(cells[0]).spreads(1, None);
            let row = rows.iter().find(|row| row.key == cells[1]).unwrap();
            let found =
                [row.deviation, row.normalized_deviation, row.juilland, row.reduced_frequency];
            for (found, wanted) in found.iter().zip(&cells[2..]) {
                let wanted: f64 = wanted.parse().unwrap();
                assert!((found - wanted).abs() < 1e-9, "{line}: {found}");
            }
        }
    }

    #[test]
    fn merging_appends() {
        let mut sum = letters("ab|ca");
        sum.merge(&letters("ccd|a"));
        assert_eq!(sum.spreads(1, None), letters("ab|ca|ccd|a").spreads(1, None));
        assert_eq!((sum.parts(), sum.total()), (4, 8));
    }

    #[test]
    fn equal_parts_do_not_hang_on_documents() {
        assert_eq!(letters("abca|bb").spreads(1, Some(3)), letters("ab|ca|bb").spreads(1, None));
        let one = &letters("aab").spreads(1, Some(1))[0];
        assert_eq!((one.deviation, one.normalized_deviation, one.juilland), (0.0, 0.0, 1.0));
        assert_eq!(letters("ab").spreads(1, Some(9)), letters("a|b").spreads(1, None));
        assert_eq!(Dispersion::default().spreads(0, Some(4)), []);
        assert_eq!(letters("ab").spreads(2, None), []);
    }
}
