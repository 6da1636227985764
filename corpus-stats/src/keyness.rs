//! [`keyness`]: which words are more frequent in one corpus than in another.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{Association, Frequency, Reference, Vocabulary, is_letters};

/// How a word's frequency in one corpus compares with that in another.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Keyness {
    /// The word in its commonest spelling.
    pub word: String,
    /// What the spellings have in common.
    pub key: String,
    /// How often it occurs in the corpus.
    pub count: u64,
    /// How often in the reference.
    pub reference: u64,
    /// In how many documents of the corpus.
    pub documents: u64,
    /// The same per million words: of the corpus, of the reference.
    pub per_million: [f64; 2],
    /// Whether the difference is more than chance: log-likelihood over the four cells, negative
    /// where the word is rarer than in the reference.
    pub log_likelihood: f64,
    /// How large the difference is: the binary logarithm of the ratio of the frequencies (Hardie
    /// 2014). A word that one of the corpora lacks counts as half an occurrence there.
    pub log_ratio: f64,
    /// The same in percent of the reference (Gabrielatos 2018); none where the reference lacks the
    /// word.
    pub percent_difference: Option<f64>,
    /// Simple maths: the ratio of the frequencies per million, each with a constant added (Kilgarriff
    /// 2009).
    pub simple_maths: f64,
}

/// The constant of simple maths that Sketch Engine begins with.
pub const SIMPLE_MATHS: f64 = 1.0;

/// Every word of either corpus with its keyness, the highest log-likelihood first; of equal ones by
/// key. `constant` is what simple maths adds: larger ones favour commoner words.
///
/// ```
/// use corpus_model::Document;
/// use corpus_stats::{SIMPLE_MATHS, Vocabulary, keyness};
/// use corpus_text::Segmenter;
///
/// let count = |text: &str| {
///     let document = Document::new("1", text);
///     let mut vocabulary = Vocabulary::default();
///     vocabulary.add(&document, &corpus_text::annotate(&document, Segmenter::built_in()));
///     vocabulary
/// };
/// let rows = keyness(&count("Lúa được mùa, lúa được giá."), &count("Trời mưa. Giá vàng."), SIMPLE_MATHS);
/// assert_eq!((rows[0].word.as_str(), rows[0].count, rows[0].reference), ("Lúa", 2, 0));
/// ```
pub fn keyness(corpus: &Vocabulary, reference: &Vocabulary, constant: f64) -> Vec<Keyness> {
    let sizes = [corpus.total(), reference.total()];
    let mut theirs: FxHashMap<String, Frequency> =
        reference.words().into_iter().map(|it| (it.key.clone(), it)).collect();
    let mut rows: Vec<Keyness> = corpus
        .words()
        .into_iter()
        .map(|it| {
            let other = theirs.remove(&it.key).map_or(0, |it| it.count);
            let count = it.count;
            compare(it, [count, other], sizes, constant)
        })
        .collect();
    rows.extend(theirs.into_values().map(|it| {
        let count = it.count;
        compare(Frequency { documents: 0, ..it }, [0, count], sizes, constant)
    }));
    sort(&mut rows);
    rows
}

/// Every word of letters of a corpus with its keyness against a list of frequencies, as [`keyness`]
/// has it; then those that only the list has.
///
/// Numbers and symbols are left out, for the list has none; they count among the words of both. A word
/// too rare for the list is taken for one of the rarest in it, so its keyness is rather too small.
///
/// ```
/// use corpus_model::Document;
/// use corpus_stats::{Reference, SIMPLE_MATHS, Vocabulary, keyness_to};
///
/// let document = Document::new("1", "Nông dân phơi lúa, đổ lúa vào bao, chở lúa ra chợ.");
/// let annotations = corpus_text::annotate(&document, corpus_text::Segmenter::built_in());
/// let mut vocabulary = Vocabulary::default();
/// vocabulary.add(&document, &annotations);
/// let rows = keyness_to(&vocabulary, Reference::news_words(), SIMPLE_MATHS);
/// assert_eq!((rows[0].word.as_str(), rows[0].count), ("lúa", 3));
/// ```
pub fn keyness_to(corpus: &Vocabulary, reference: &Reference, constant: f64) -> Vec<Keyness> {
    let sizes = [corpus.total(), reference.total()];
    let words = corpus.words();
    let ours: FxHashSet<&str> = words.iter().map(|it| it.key.as_str()).collect();
    let only_theirs: Vec<Keyness> = reference
        .words()
        .filter(|(word, _)| !ours.contains(word))
        .map(|(word, count)| {
            let (key, word) = (word.to_owned(), word.to_owned());
            let frequency = Frequency { word, key, count: 0, documents: 0 };
            compare(frequency, [0, count], sizes, constant)
        })
        .collect();
    let mut rows: Vec<Keyness> = words
        .into_iter()
        .filter(|it| is_letters(&it.key))
        .map(|it| {
            let counts = [it.count, reference.count(&it.key)];
            compare(it, counts, sizes, constant)
        })
        .collect();
    rows.extend(only_theirs);
    sort(&mut rows);
    rows
}

/// The highest log-likelihood first; of equal ones by key.
fn sort(rows: &mut [Keyness]) {
    rows.sort_unstable_by(|a, b| {
        b.log_likelihood.total_cmp(&a.log_likelihood).then_with(|| a.key.cmp(&b.key))
    });
}

fn compare(word: Frequency, counts: [u64; 2], sizes: [u64; 2], constant: f64) -> Keyness {
    let [count, reference] = counts;
    let cells = Association::new(count, count + reference, sizes[0], sizes[0] + sizes[1]);
    let share = |n: f64, size: u64| if size > 0 { n / size as f64 } else { 0.0 };
    let [ours, theirs] = [share(count as f64, sizes[0]), share(reference as f64, sizes[1])];
    let sign = if ours >= theirs { 1.0 } else { -1.0 };
    let at_least_half = |n: u64| if n == 0 { 0.5 } else { n as f64 };
    // A corpus without words has no frequencies to compare.
    let ratio =
        share(at_least_half(count), sizes[0]) / share(at_least_half(reference), sizes[1].max(1));
    let per_million = [ours * 1e6, theirs * 1e6];
    Keyness {
        word: word.word,
        key: word.key,
        count,
        reference,
        documents: word.documents,
        per_million,
        log_likelihood: sign * cells.log_likelihood(),
        log_ratio: ratio.log2(),
        percent_difference: (reference > 0).then(|| (ours / theirs - 1.0) * 100.0),
        simple_maths: (per_million[0] + constant) / (per_million[1] + constant),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::annotated;

    #[test]
    fn figures_are_those_of_nltk_and_the_formulae() {
        for line in include_str!("../tests/figures/keyness.tsv").lines().skip(1) {
            let cells: Vec<f64> = line.split('\t').map(|it| it.parse().unwrap()).collect();
            let [count, size, reference, other] = [0, 1, 2, 3].map(|it| cells[it] as u64);
            let word = Frequency { word: "x".into(), key: "x".into(), count, documents: 1 };
            let row = compare(word, [count, reference], [size, other], SIMPLE_MATHS);
            let found = [
                row.log_likelihood,
                row.log_ratio,
                row.percent_difference.unwrap_or(f64::INFINITY),
                row.simple_maths,
            ];
            for (found, wanted) in found.iter().zip(&cells[4..]) {
                let close = (found - wanted).abs() <= 1e-9 * wanted.abs().max(1.0);
                assert!(close || found == wanted, "{line}: {found}");
            }
        }
    }

    #[test]
    fn a_list_of_frequencies_stands_for_a_corpus() {
        let (document, annotations) = annotated("lúa lúa lúa của 217 khônghềcótừnày");
        let mut vocabulary = Vocabulary::default();
        vocabulary.add(&document, &annotations);
        let news = Reference::news_words();
        let rows = keyness_to(&vocabulary, news, SIMPLE_MATHS);
        let row = |key: &str| rows.iter().find(|it| it.key == key);
        assert_eq!(rows[0].key, "lúa");
        assert_eq!(row("217"), None, "the list has no numbers");
        assert_eq!(row("khônghềcótừnày").map(|it| it.reference), Some(news.rarest()));
        let absent = row("người").expect("a word of the list");
        assert_eq!((absent.count, absent.documents), (0, 0));
        assert!(absent.log_likelihood < 0.0);
    }

    #[test]
    fn words_of_either_corpus_are_there() {
        let count = |text: &str| {
            let (document, annotations) = annotated(text);
            let mut vocabulary = Vocabulary::default();
            vocabulary.add(&document, &annotations);
            vocabulary
        };
        let rows = keyness(&count("lúa lúa mưa"), &count("mưa nắng"), SIMPLE_MATHS);
        let rows: Vec<(&str, u64, u64)> =
            rows.iter().map(|it| (it.word.as_str(), it.count, it.reference)).collect();
        assert_eq!(rows, [("lúa", 2, 0), ("mưa", 1, 1), ("nắng", 0, 1)]);
        assert_eq!(keyness(&count(""), &count(""), SIMPLE_MATHS), []);
        let alone = keyness(&count("lúa"), &count(""), SIMPLE_MATHS);
        assert!(alone.iter().all(|it| it.log_ratio.is_finite() && it.log_likelihood >= 0.0));
    }
}
