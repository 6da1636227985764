//! [`NGrams`]: which runs of words there are, and how often.

use corpus_model::{Annotations, Document, Word};
use rustc_hash::FxHashMap;

use crate::{Vocabulary, runs};

/// Which runs of `n` consecutive words there are, how often, and in how many documents.
///
/// A run lies in one sentence and has no punctuation inside. Words are compared by their
/// [key](corpus_text::key). Counts merge like those of a [`Tally`](crate::Tally).
///
/// ```
/// use corpus_model::Document;
/// use corpus_stats::NGrams;
/// use corpus_text::Segmenter;
///
/// let document = Document::new("1", "Cải cách hành chính. Đẩy mạnh cải cách hành chính, mở cửa.");
/// let annotations = corpus_text::annotate(&document, Segmenter::built_in());
/// let mut grams = NGrams::new(2);
/// grams.add(&document, &annotations);
/// let first = &grams.frequencies(1)[0];
/// assert_eq!((first.words.as_str(), first.count, first.documents), ("Cải cách hành chính", 2, 1));
/// ```
#[derive(Clone, Debug)]
pub struct NGrams {
    n: usize,
    vocabulary: Vocabulary,
    grams: FxHashMap<Box<[u32]>, Gram>,
    total: u64,
    document: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Gram {
    count: u64,
    documents: u64,
    last_document: u64,
}

/// How often a run of words occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NGram {
    /// The words, each in its commonest spelling, separated by blanks.
    pub words: String,
    /// How often they stand together.
    pub count: u64,
    /// In how many documents.
    pub documents: u64,
}

impl NGrams {
    /// Nothing counted yet, of runs of `n` words; 0 is taken for 1.
    pub fn new(n: usize) -> NGrams {
        NGrams {
            n: n.max(1),
            vocabulary: Vocabulary::default(),
            grams: FxHashMap::default(),
            total: 0,
            document: 0,
        }
    }

    /// Adds the runs of a document.
    pub fn add(&mut self, document: &Document, annotations: &Annotations) {
        self.document += 1;
        self.vocabulary.begin_document();
        let mut names: Vec<u32> = Vec::new();
        runs::for_each_run(annotations, |words| {
            names.clear();
            let name = |word: &Word| self.vocabulary.see_at(document, word.span).1;
            names.extend(words.iter().map(name));
            for gram in names.windows(self.n) {
                self.total += 1;
                let counted = match self.grams.get_mut(gram) {
                    Some(counted) => counted,
                    None => self.grams.entry(gram.into()).or_default(),
                };
                counted.count += 1;
                counted.documents += u64::from(counted.last_document != self.document);
                counted.last_document = self.document;
            }
        });
    }

    /// Adds what another has counted, of runs of the same length; others are left out.
    pub fn merge(&mut self, other: &NGrams) {
        if other.n != self.n {
            return;
        }
        let names = self.vocabulary.absorb(&other.vocabulary);
        for (gram, theirs) in &other.grams {
            let gram: Box<[u32]> =
                gram.iter().filter_map(|&it| names.get(it as usize).copied()).collect();
            let ours = self.grams.entry(gram).or_default();
            ours.count += theirs.count;
            ours.documents += theirs.documents;
        }
        self.total += other.total;
    }

    /// How many runs were counted.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// How many different runs there are.
    pub fn len(&self) -> usize {
        self.grams.len()
    }

    /// Whether no run was counted.
    pub fn is_empty(&self) -> bool {
        self.grams.is_empty()
    }

    /// The words of the runs, counted one by one.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The runs that occur `least` times or more, the most frequent first; of equally frequent ones
    /// by their words' keys.
    pub fn frequencies(&self, least: u64) -> Vec<NGram> {
        let words = self.vocabulary.words();
        let joined = |gram: &[u32], part: fn(&crate::Frequency) -> &str| {
            let parts: Vec<&str> =
                gram.iter().filter_map(|&it| words.get(it as usize)).map(part).collect();
            parts.join(" ")
        };
        let chosen = self.grams.iter().filter(|it| it.1.count >= least);
        let mut rows: Vec<(String, NGram)> = chosen
            .map(|(gram, counted)| {
                let row = NGram {
                    words: joined(gram, |it| &it.word),
                    count: counted.count,
                    documents: counted.documents,
                };
                // Keys with the bounds of words in them tell apart what reads the same.
                let keys: Vec<&str> = gram
                    .iter()
                    .filter_map(|&it| words.get(it as usize))
                    .map(|it| it.key.as_str())
                    .collect();
                (keys.join("\u{1}"), row)
            })
            .collect();
        rows.sort_unstable_by(|a, b| b.1.count.cmp(&a.1.count).then_with(|| a.0.cmp(&b.0)));
        rows.into_iter().map(|it| it.1).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::annotated;

    fn counted(n: usize, texts: &[&str]) -> NGrams {
        let mut grams = NGrams::new(n);
        for text in texts {
            let (document, annotations) = annotated(text);
            grams.add(&document, &annotations);
        }
        grams
    }

    fn rows(grams: &NGrams) -> Vec<(String, u64, u64)> {
        grams.frequencies(1).into_iter().map(|it| (it.words, it.count, it.documents)).collect()
    }

    #[test]
    fn runs_stay_in_sentences_and_between_marks() {
        let grams = counted(2, &["mưa to . gió to , mưa to"]);
        assert_eq!(rows(&grams), [("mưa to".into(), 2, 1), ("gió to".into(), 1, 1)]);
        assert_eq!((grams.total(), grams.len()), (3, 2));
        assert!(counted(7, &["mưa to"]).is_empty());
    }

    #[test]
    fn merging_is_counting_together() {
        let (a, b) = (["Mưa to ở Huế", "nắng to"], ["gió to ở Huế . mưa to", "ở Huế mưa_to"]);
        for n in 1..4 {
            let mut sum = counted(n, &a);
            sum.merge(&counted(n, &b));
            let whole = counted(n, &[a, b].concat());
            assert_eq!(rows(&sum), rows(&whole));
            assert_eq!(sum.vocabulary(), whole.vocabulary());
            sum.merge(&counted(n + 1, &b));
            assert_eq!(sum.total(), whole.total());
        }
    }
}
