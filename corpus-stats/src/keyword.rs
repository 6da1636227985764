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

use crate::{Frequency, Tally, Vocabulary, background};

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
/// keyword is left out (`Thiện Nhân` beside `Nguyễn Thiện Nhân`).
pub fn keywords(document: &Document, annotations: &Annotations, n: usize) -> Vec<Keyword> {
    let mut vocabulary = Vocabulary::default();
    vocabulary.add(document, annotations);
    let mut in_title: FxHashMap<String, u64> = FxHashMap::default();
    for block in document.blocks().iter().filter(|block| block.kind == BlockKind::Title) {
        for word in annotations.words.within(block.span) {
            let key = corpus_text::key(document.get(word.span).unwrap_or_default());
            *in_title.entry(key.into_owned()).or_default() += 1;
        }
    }
    let words = vocabulary.total() as f64;
    choose(vocabulary.frequencies(), n, |frequency| {
        let count = frequency.count + 2 * in_title.get(&frequency.key).copied().unwrap_or(0);
        log_likelihood(count as f64, words, background::share(&frequency.key))
    })
}

/// The `n` words that stand out most in a corpus, the best first; of equal ones by key. A
/// [light](Tally::light) tally has none.
pub fn corpus_keywords(tally: &Tally, n: usize) -> Vec<Keyword> {
    let Some(vocabulary) = &tally.vocabulary else { return Vec::new() };
    let words = vocabulary.total() as f64;
    choose(vocabulary.frequencies(), n, |frequency| {
        let most = frequency.count.min(tally.documents).max(1) as f64;
        let spread = (frequency.documents as f64 / most).sqrt();
        spread * log_likelihood(frequency.count as f64, words, background::share(&frequency.key))
    })
}

fn log_likelihood(count: f64, words: f64, share: f64) -> f64 {
    let expected = words * share;
    if count <= expected {
        return 0.0;
    }
    2.0 * (count * (count / expected).ln() - count + expected)
}

/// The best of the words by a score, weighted by their form.
fn choose(
    frequencies: Vec<Frequency>,
    n: usize,
    score: impl Fn(&Frequency) -> f64,
) -> Vec<Keyword> {
    let mut scored: Vec<(f64, Frequency)> = frequencies
        .into_iter()
        .filter_map(|frequency| {
            let score = form_weight(&frequency) * score(&frequency);
            (score > 0.0).then_some((score, frequency))
        })
        .collect();
    scored.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.key.cmp(&b.1.key)));

    let mut chosen: Vec<(f64, Frequency)> = Vec::new();
    for (score, frequency) in scored {
        if chosen.len() >= n {
            break;
        }
        if !chosen.iter().any(|(_, other)| overlap(&other.key, &frequency.key)) {
            chosen.push((score, frequency));
        }
    }
    chosen
        .into_iter()
        .map(|(score, it)| Keyword {
            word: it.word,
            score,
            count: it.count,
            documents: it.documents,
        })
        .collect()
}

/// How far a word can be a keyword by its form: not at all when it is a stop word or no word.
fn form_weight(frequency: &Frequency) -> f64 {
    let letters = frequency.key.chars().filter(|c| c.is_alphabetic()).count();
    let other = frequency.key.chars().filter(|c| !c.is_alphabetic() && *c != ' ').count();
    if letters < 2 || other > letters || background::is_stop_word(&frequency.key) {
        return 0.0;
    }
    let syllables = frequency.key.split(' ').count();
    match syllables {
        1 if !frequency.word.starts_with(char::is_uppercase) => 0.5,
        _ if frequency.key.split(' ').all(background::is_stop_word) => 0.0,
        _ => 1.0,
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
