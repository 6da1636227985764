//! How frequent words are in general, and which say nothing of a text's subject.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// How often words occur in a large collection, to compare a corpus with that has no other to be
/// compared with; see [`keyness_to`](crate::keyness_to).
///
/// ```
/// use corpus_stats::Reference;
///
/// let news = Reference::news_words();
/// assert!(news.count("của") > 100 * news.count("cải cách"));
/// // A word that is too rare to be listed is taken for one of the rarest that are.
/// assert_eq!(news.count("không có từ này"), news.rarest());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Reference {
    counts: FxHashMap<&'static str, u64>,
    total: u64,
    rarest: u64,
}

impl Reference {
    /// The words of news, as `corpus-text` cuts them: see `data/README.md` for the collection.
    pub fn news_words() -> &'static Reference {
        static TABLE: OnceLock<Reference> = OnceLock::new();
        TABLE.get_or_init(|| Reference::parse(include_str!("../data/news-words.tsv")))
    }

    /// The syllables of the same collection: runs of letters and digits.
    pub fn news_syllables() -> &'static Reference {
        static TABLE: OnceLock<Reference> = OnceLock::new();
        TABLE.get_or_init(|| Reference::parse(include_str!("../data/news-syllables.tsv")))
    }

    /// Reads a table: the number of all words in the first line, then a count and the words that
    /// occur so often in each.
    fn parse(table: &'static str) -> Reference {
        let mut lines = table.lines().filter_map(|line| {
            let (count, words) = line.split_once('\t')?;
            Some((count.parse().ok()?, words))
        });
        let total = lines.next().map_or(0, |(total, _)| total);
        let counts: FxHashMap<&str, u64> = lines
            .flat_map(|(count, words)| words.split(',').map(move |word| (word, count)))
            .collect();
        let rarest = counts.values().copied().min().unwrap_or(0);
        Reference { counts, total, rarest }
    }

    /// How many words the collection has, whatever they are.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// How often a word occurs, by its [key](corpus_text::key); [`Reference::rarest`] where it is
    /// not listed, which is the most that it can be.
    pub fn count(&self, key: &str) -> u64 {
        self.counts.get(key).copied().unwrap_or(self.rarest)
    }

    /// How often the rarest words occur that are listed.
    pub fn rarest(&self) -> u64 {
        self.rarest
    }

    /// The words that are listed, with their counts, in no order.
    pub fn words(&self) -> impl Iterator<Item = (&'static str, u64)> {
        self.counts.iter().map(|(word, count)| (*word, *count))
    }
}

/// Whether a word, by its key, is of letters: two at least, and nothing but blanks, hyphens and full
/// stops between them. Only such words stand in a [`Reference`].
pub fn is_letters(key: &str) -> bool {
    key.chars().nth(1).is_some()
        && key.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '.'))
}

/// The share of all words that is this one, in news; of a word that is not listed, half of that of the
/// rarest which is.
pub(crate) fn share(key: &str) -> f64 {
    let news = Reference::news_words();
    let count = match news.counts.get(key) {
        Some(&count) => count as f64,
        None => news.rarest as f64 / 2.0,
    };
    count / news.total.max(1) as f64
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
        for reference in [Reference::news_words(), Reference::news_syllables()] {
            assert!(reference.total() > 1_000_000 && reference.rarest() > 0);
            let mut sum = 0;
            for (word, count) in reference.words() {
                assert_eq!(corpus_text::key(word), word);
                assert!(is_letters(word), "{word}");
                sum += count;
            }
            assert!(sum < reference.total());
        }
        for table in
            [include_str!("../data/news-words.tsv"), include_str!("../data/news-syllables.tsv")]
        {
            let mut seen = FxHashSet::default();
            for line in table.lines().skip(1) {
                let (count, words) = line.split_once('\t').expect("a count and its words");
                assert!(count.parse::<u64>().is_ok(), "{line}");
                for word in words.split(',') {
                    assert!(seen.insert(word), "{word} stands twice");
                }
            }
        }
    }

    #[test]
    fn common_words_have_larger_shares() {
        assert!(share("của") > 100.0 * share("cải cách"));
        assert!(share("cải cách") > 10.0 * share("không có từ này"));
    }
}
