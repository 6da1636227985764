//! Keywords: the words that stand out in a text or a corpus.
//!
//! A word is scored by how much more often it occurs than in news in general. With `k`
//! occurrences among `n` words where `e = n · share` were to be expected, the score is the
//! log-likelihood ratio (Dunning 1993), against a reference that is much larger than the text:
//!
//! ```text
//! G² = 2 (k ln(k / e) − k + e)        where k > e, else 0
//! ```
//!
//! The score is then weighted: words of one syllable by ½, because most of them mean several
//! things, unless they are written as names; in a corpus of `d` documents by `√(m / min(k, d))`,
//! where `m` documents have the word, so that a word repeated in one document stands behind one
//! that many use.

use std::cmp::Ordering;

use corpus_model::{Annotations, BlockKind, Document};
use rustc_hash::FxHashMap;

use crate::vocabulary::single_blanks;
use crate::{Frequency, Tally, Vocabulary, background, tally};

/// A word that stands out.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Keyword {
    /// The word in its commonest spelling.
    pub word: String,
    /// How much it stands out: weighted log-likelihood, 0 or more.
    pub score: f64,
    /// How often it occurs.
    pub count: u64,
    /// In how many documents.
    pub documents: u64,
}

/// The `n` words that stand out most in a document, the best first; of equal ones by key.
///
/// Words of the headline count twice more, for there each was chosen. A word inside a longer
/// keyword is left out (`Thiện Nhân` beside `Nguyễn Thiện Nhân`). Where documents are tallied too, a
/// [`KeywordTally`] gives the same and looks each word up once for both.
pub fn keywords(document: &Document, annotations: &Annotations, n: usize) -> Vec<Keyword> {
    KeywordTally::default().add_words(document, annotations, n)
}

/// A [`Tally`] that tells the keywords of each document on the way.
///
/// What decides about a word as a keyword is worked out once, not once for each document: for
/// thousands of documents this is several times as fast as [`keywords`] beside a tally.
///
/// ```
/// use corpus_model::Document;
/// use corpus_stats::{KeywordTally, keywords};
/// use corpus_text::Segmenter;
///
/// let document = Document::new("1", "Lúa được mùa. Nông dân phơi lúa.");
/// let annotations = corpus_text::annotate(&document, Segmenter::built_in());
/// let mut tally = KeywordTally::default();
/// let counted = tally.add(&document, &annotations, 3);
/// assert_eq!(counted.keywords, keywords(&document, &annotations, 3));
/// assert_eq!((counted.sentences, tally.tally().documents), (2, 1));
/// ```
#[derive(Clone, Debug)]
pub struct KeywordTally {
    tally: Tally,
    /// What is known of each word of the vocabulary, by its number there.
    traits: Vec<Traits>,
    /// The words of the document at hand, as numbers of word and spelling.
    seen: Vec<(u32, u32)>,
}

/// What a [`KeywordTally`] says of one document.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Counted {
    /// Its sentences.
    pub sentences: u64,
    /// Its words, punctuation not among them.
    pub words: u64,
    /// Its keywords, the best first.
    pub keywords: Vec<Keyword>,
}

impl Default for KeywordTally {
    fn default() -> KeywordTally {
        KeywordTally { tally: Tally::new(), traits: Vec::new(), seen: Vec::new() }
    }
}

impl KeywordTally {
    /// Adds a document with its sentences and words, and tells its `n` best [`keywords`].
    pub fn add(&mut self, document: &Document, annotations: &Annotations, n: usize) -> Counted {
        self.tally.add_outline(document, annotations);
        let keywords = self.add_words(document, annotations, n);
        Counted {
            sentences: annotations.sentences.len() as u64,
            words: self.seen.len() as u64,
            keywords,
        }
    }

    /// Adds what another has counted.
    pub fn merge(&mut self, other: &KeywordTally) {
        self.tally.merge(&other.tally);
    }

    /// What was counted.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// What was counted, for keeps.
    pub fn into_tally(self) -> Tally {
        self.tally
    }

    /// Adds the words of a document, and tells its keywords.
    fn add_words(
        &mut self,
        document: &Document,
        annotations: &Annotations,
        n: usize,
    ) -> Vec<Keyword> {
        let vocabulary = self.tally.vocabulary.get_or_insert_default();
        vocabulary.begin_document();
        self.seen.clear();
        for word in annotations.words.iter().filter(|word| tally::is_counted(word.kind)) {
            let (form, lexeme) = vocabulary.see_at(document, word.span);
            self.seen.push((lexeme, form));
        }
        let total = self.seen.len() as f64;
        let mut in_title: FxHashMap<u32, u64> = FxHashMap::default();
        for block in document.blocks().iter().filter(|block| block.kind == BlockKind::Title) {
            for word in annotations.words.within(block.span) {
                let spelling = document.get(word.span).unwrap_or_default();
                if let Some(lexeme) = vocabulary.find(spelling) {
                    *in_title.entry(lexeme).or_default() += 1;
                }
            }
        }
        for lexeme in self.traits.len()..vocabulary.len() {
            self.traits.push(Traits::of(vocabulary.key(lexeme as u32)));
        }
        self.seen.sort_unstable();
        let mut scored = Vec::new();
        for forms in self.seen.chunk_by(|a, b| a.0 == b.0) {
            let Some(&(lexeme, _)) = forms.first() else { continue };
            let Some(traits) = self.traits.get(lexeme as usize).filter(|it| it.as_name > 0.0)
            else {
                continue;
            };
            let count = forms.len() as u64;
            let weighted = count + 2 * in_title.get(&lexeme).copied().unwrap_or(0);
            let score = log_likelihood(weighted as f64, total, traits.share);
            if score <= 0.0 {
                continue;
            }
            let word = commonest(forms, vocabulary);
            let score = traits.weight(word) * score;
            if score > 0.0 {
                scored.push(Scored { score, key: vocabulary.key(lexeme), word, count });
            }
        }
        let keyword = |it: &Scored<'_>| Keyword {
            word: single_blanks(it.word).into_owned(),
            score: it.score,
            count: it.count,
            documents: 1,
        };
        choose(scored, n, |it| (it.score, it.key)).iter().map(keyword).collect()
    }
}

/// A word of a document with its score.
struct Scored<'a> {
    score: f64,
    key: &'a str,
    word: &'a str,
    count: u64,
}

/// The commonest spelling of a word; of equally common ones the first in byte order.
fn commonest<'a>(forms: &[(u32, u32)], vocabulary: &'a Vocabulary) -> &'a str {
    forms
        .chunk_by(|a, b| a.1 == b.1)
        .filter_map(|same| Some((same.len(), vocabulary.spelling(same.first()?.1))))
        .min_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)))
        .map_or("", |(_, spelling)| spelling)
}

/// The `n` words that stand out most in a corpus, the best first; of equal ones by key. A
/// [light](Tally::light) tally has none.
pub fn corpus_keywords(tally: &Tally, n: usize) -> Vec<Keyword> {
    let Some(vocabulary) = &tally.vocabulary else { return Vec::new() };
    let words = vocabulary.total() as f64;
    let mut scored: Vec<(f64, Frequency)> = Vec::new();
    for frequency in vocabulary.words() {
        let traits = Traits::of(&frequency.key);
        let most = frequency.count.min(tally.documents).max(1) as f64;
        let spread = (frequency.documents as f64 / most).sqrt();
        let likelihood = log_likelihood(frequency.count as f64, words, traits.share);
        let score = traits.weight(&frequency.word) * (spread * likelihood);
        if score > 0.0 {
            scored.push((score, frequency));
        }
    }
    let keyword = |(score, it): (f64, Frequency)| Keyword {
        word: it.word,
        score,
        count: it.count,
        documents: it.documents,
    };
    choose(scored, n, |it| (it.0, &it.1.key)).into_iter().map(keyword).collect()
}

fn log_likelihood(count: f64, words: f64, share: f64) -> f64 {
    let expected = words * share;
    if count <= expected {
        return 0.0;
    }
    2.0 * (count * (count / expected).ln() - count + expected)
}

/// The `n` best of what has a score and a key, leaving out what overlaps a better one.
fn choose<T>(mut scored: Vec<T>, n: usize, rank: impl Fn(&T) -> (f64, &str)) -> Vec<T> {
    scored.sort_unstable_by(|a, b| {
        let (a, b) = (rank(a), rank(b));
        b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1))
    });
    let mut chosen: Vec<T> = Vec::new();
    for candidate in scored {
        if chosen.len() >= n {
            break;
        }
        if !chosen.iter().any(|other| overlap(rank(other).1, rank(&candidate).1)) {
            chosen.push(candidate);
        }
    }
    chosen
}

/// What decides about a word as a keyword, wherever it stands.
#[derive(Clone, Copy, Debug)]
struct Traits {
    /// Its share of the words of news.
    share: f64,
    /// How far it can be a keyword, and how far where it is written as a name; 0 for stop words and
    /// for what is no word.
    plain: f64,
    as_name: f64,
}

impl Traits {
    fn of(key: &str) -> Traits {
        let [plain, as_name] = form_weights(key);
        Traits { share: background::share(key), plain, as_name }
    }

    fn weight(&self, word: &str) -> f64 {
        if word.starts_with(char::is_uppercase) { self.as_name } else { self.plain }
    }
}

/// How far a word can be a keyword by its form, and how far as a name: not at all when it is a stop
/// word or no word.
fn form_weights(key: &str) -> [f64; 2] {
    let letters = key.chars().filter(|c| c.is_alphabetic()).count();
    let other = key.chars().filter(|c| !c.is_alphabetic() && *c != ' ').count();
    if letters < 2 || other > letters || background::is_stop_word(key) {
        return [0.0; 2];
    }
    match key.split(' ').count() {
        1 => [0.5, 1.0],
        _ if key.split(' ').all(background::is_stop_word) => [0.0; 2],
        _ => [1.0; 2],
    }
}

/// Whether one of two words is a part of the other, at the borders of syllables.
fn overlap(a: &str, b: &str) -> bool {
    let (longer, shorter) = match a.len().cmp(&b.len()) {
        Ordering::Less => (b, a),
        _ => (a, b),
    };
    longer.match_indices(shorter).any(|(at, _)| {
        let before = longer.get(..at).unwrap_or_default();
        let after = longer.get(at + shorter.len()..).unwrap_or_default();
        (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' '))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::annotated;

    fn words(keywords: &[Keyword]) -> Vec<&str> {
        keywords.iter().map(|it| it.word.as_str()).collect()
    }

    #[test]
    fn what_the_text_is_about_comes_first() {
        let (document, annotations) = annotated(
            "Trồng lúa_nước\nTuy_nhiên , nông_dân trồng lúa_nước ở đồng_bằng đã có nhiều việc . \
             Năm nay lúa_nước được mùa .",
        );
        let found = keywords(&document, &annotations, 3);
        assert_eq!(found[0].word, "lúa nước");
        assert_eq!(found[0].count, 3);
        assert!(!words(&found).contains(&"Tuy nhiên"));
    }

    #[test]
    fn a_part_of_a_keyword_is_no_keyword() {
        assert!(overlap("thiện nhân", "nguyễn thiện nhân"));
        assert!(overlap("đảng ủy", "đảng"));
        assert!(!overlap("an", "lan"));
        let (document, annotations) =
            annotated("Nguyễn_Thiện_Nhân nói . Nguyễn_Thiện_Nhân và Thiện_Nhân .");
        assert_eq!(words(&keywords(&document, &annotations, 9)), ["Nguyễn Thiện Nhân"]);
    }

    #[test]
    fn a_corpus_prefers_what_many_documents_use() {
        let mut tally = Tally::new();
        for text in ["thủy_điện xã_lũ", "thủy_điện mưa_lũ", "cá_tra cá_tra cá_tra thủy_điện"]
        {
            let (document, annotations) = annotated(text);
            tally.add(&document, &annotations);
        }
        let found = corpus_keywords(&tally, 10);
        assert_eq!(found[0].word, "thủy điện");
        assert_eq!((found[0].count, found[0].documents), (3, 3));
        assert_eq!(corpus_keywords(&Tally::light(), 10), []);
    }

    #[test]
    fn nothing_gives_nothing() {
        let (document, annotations) = annotated("");
        assert_eq!(keywords(&document, &annotations, 5), []);
        let (document, annotations) = annotated("và của 25 .");
        assert_eq!(keywords(&document, &annotations, 5), []);
    }
}
