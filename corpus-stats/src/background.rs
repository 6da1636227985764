//! How frequent words are in general, and which say nothing of a text's subject.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// The share of a word that the table does not hold: half of that of the rarest which it holds.
const UNKNOWN_HALF_BITS: i32 = 44;

/// The share of all words that is this one, in news.
pub(crate) fn share(key: &str) -> f64 {
    static TABLE: OnceLock<FxHashMap<&'static str, f64>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        include_str!("../data/background.tsv")
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .flat_map(|(half_bits, words)| {
                let share = from_half_bits(half_bits.parse().unwrap_or(UNKNOWN_HALF_BITS));
                words.split(',').map(move |word| (word, share))
            })
            .collect()
    });
    table.get(key).copied().unwrap_or_else(|| from_half_bits(UNKNOWN_HALF_BITS))
}

fn from_half_bits(half_bits: i32) -> f64 {
    (-f64::from(half_bits) / 2.0).exp2()
}

/// Whether a word is a function word or a phrase that every report uses.
///
/// Takes the word's [key](corpus_text::key). The list is the crate's own: see `data/README.md`.
///
/// ```
/// assert!(corpus_stats::is_stop_word("tuy nhiên"));
/// assert!(!corpus_stats::is_stop_word("cải cách"));
/// ```
pub fn is_stop_word(key: &str) -> bool {
    static WORDS: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| stop_words().collect()).contains(key)
}

/// The stop words, as the file lists them.
pub(crate) fn stop_words() -> impl Iterator<Item = &'static str> {
    include_str!("../data/stopwords.txt")
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_hold_keys() {
        for word in stop_words() {
            assert_eq!(corpus_text::key(word), word);
        }
        let mut seen = FxHashSet::default();
        for line in include_str!("../data/background.tsv").lines() {
            let (half_bits, words) = line.split_once('\t').expect("a class and its words");
            assert!(half_bits.parse::<i32>().is_ok_and(|it| it < UNKNOWN_HALF_BITS), "{line}");
            for word in words.split(',') {
                assert_eq!(corpus_text::key(word), word);
                assert!(seen.insert(word), "{word} stands twice");
            }
        }
    }

    #[test]
    fn common_words_have_larger_shares() {
        assert!(share("của") > 100.0 * share("cải cách"));
        assert!(share("cải cách") > 10.0 * share("không có từ này"));
    }
}
