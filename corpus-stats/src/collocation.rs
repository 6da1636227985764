//! [`Collocations`]: which words stand near what is looked for.

use corpus_model::{Annotations, Document, Word};

use crate::{Association, Pattern, Vocabulary, runs, tally};

/// What is near.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Window {
    /// So many words to the left and to the right, in the same sentence.
    Words(usize, usize),
    /// The sentence.
    Sentence,
}

/// Which words stand near what a pattern finds, how often, and how strongly they go together.
///
/// With a window of words, a place counts once however many finds it is near to, so the counts are
/// those of a table of four cells: words near or not, the collocate or another (surface
/// cooccurrence, Evert 2008). In sentences, the cells count sentences (textual cooccurrence).
/// Punctuation takes no place in a window. What is found is no collocate of itself, unless it stands
/// near another find.
///
/// ```
/// use corpus_model::Document;
/// use corpus_stats::{Collocations, Pattern, Window};
/// use corpus_text::Segmenter;
///
/// let document = Document::new("1", "Mưa to ở Huế. Mưa to, gió to. Nắng ở Huế.");
/// let annotations = corpus_text::annotate(&document, Segmenter::built_in());
/// let mut near = Collocations::new(Pattern::parse("mưa").unwrap(), Window::Words(1, 1));
/// near.add(&document, &annotations);
/// let first = &near.collocates(1)[0];
/// assert_eq!((first.word.as_str(), first.joint, first.count, near.found()), ("to", 2, 3, 2));
/// ```
#[derive(Clone, Debug)]
pub struct Collocations {
    pattern: Pattern,
    window: Window,
    vocabulary: Vocabulary,
    counts: Vec<Counts>,
    /// How often the pattern was found.
    found: u64,
    /// How many places are near a find: words, or sentences.
    near: u64,
    /// How many places there are.
    places: u64,
}

/// Of one word: in how many places it is, and in how many near ones; and the last sentence with it.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    places: u64,
    near: u64,
    last: u64,
    last_near: u64,
}

/// A word that stands near what was looked for.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Collocate {
    /// The word in its commonest spelling.
    pub word: String,
    /// What the spellings have in common.
    pub key: String,
    /// In how many near places it is.
    pub joint: u64,
    /// In how many places at all.
    pub count: u64,
    /// How strongly the two go together.
    pub association: Association,
}

impl Collocations {
    /// Nothing counted yet.
    pub fn new(pattern: Pattern, window: Window) -> Collocations {
        Collocations {
            pattern,
            window,
            vocabulary: Vocabulary::default(),
            counts: Vec::new(),
            found: 0,
            near: 0,
            places: 0,
        }
    }

    /// Adds a document.
    pub fn add(&mut self, document: &Document, annotations: &Annotations) {
        self.vocabulary.begin_document();
        let (mut keys, mut words): (Vec<String>, Vec<Word>) = (Vec::new(), Vec::new());
        let (mut is_found, mut is_near) = (Vec::new(), Vec::new());
        runs::for_each_sentence(annotations, |sentence| {
            words.clear();
            words.extend(sentence.iter().filter(|word| tally::is_counted(word.kind)));
            keys.resize(words.len().max(keys.len()), String::new());
            for (key, word) in keys.iter_mut().zip(&words) {
                corpus_text::key_into(key, runs::spelling(document, *word));
            }
            let finds = self.pattern.find(keys.get(..words.len()).unwrap_or_default());
            self.found += finds.len() as u64;
            is_found.clear();
            is_found.resize(words.len(), false);
            is_near.clear();
            is_near.resize(words.len(), self.window == Window::Sentence && !finds.is_empty());
            for find in &finds {
                mark(&mut is_found, find.start, find.end);
                if let Window::Words(left, right) = self.window {
                    mark(&mut is_near, find.start.saturating_sub(left), find.start);
                    mark(&mut is_near, find.end, find.end.saturating_add(right));
                }
            }
            self.count(document, &words, &is_found, &is_near, finds.len());
        });
    }

    fn count(
        &mut self,
        document: &Document,
        words: &[Word],
        is_found: &[bool],
        is_near: &[bool],
        finds: usize,
    ) {
        let by_sentence = self.window == Window::Sentence;
        if by_sentence && !words.is_empty() {
            self.places += 1;
            self.near += u64::from(finds > 0);
        }
        // Marks the sentence, from 1.
        let sentence = self.places;
        for ((word, found), near) in words.iter().zip(is_found).zip(is_near) {
            let name = self.vocabulary.see_at(document, word.span).1 as usize;
            if name >= self.counts.len() {
                self.counts.resize(name + 1, Counts::default());
            }
            let Some(counts) = self.counts.get_mut(name) else { continue };
            if !by_sentence {
                self.places += 1;
                self.near += u64::from(*near);
                counts.places += 1;
                counts.near += u64::from(*near);
                continue;
            }
            counts.places += u64::from(counts.last != sentence);
            counts.last = sentence;
            if *near && !*found {
                counts.near += u64::from(counts.last_near != sentence);
                counts.last_near = sentence;
            }
        }
    }

    /// Adds what another has counted of the same pattern in the same window.
    pub fn merge(&mut self, other: &Collocations) {
        let names = self.vocabulary.absorb(&other.vocabulary);
        self.counts.resize(self.vocabulary.len().max(self.counts.len()), Counts::default());
        for (name, theirs) in names.iter().zip(&other.counts) {
            if let Some(ours) = self.counts.get_mut(*name as usize) {
                ours.places += theirs.places;
                ours.near += theirs.near;
            }
        }
        self.found += other.found;
        self.near += other.near;
        self.places += other.places;
    }

    /// How often the pattern was found.
    pub fn found(&self) -> u64 {
        self.found
    }

    /// How many places there are: words, or sentences.
    pub fn places(&self) -> u64 {
        self.places
    }

    /// The words that stand near `least` times or more, by log-likelihood, those that are rarer
    /// than by chance last; of equal ones by key.
    pub fn collocates(&self, least: u64) -> Vec<Collocate> {
        let mut rows: Vec<(f64, Collocate)> = self
            .vocabulary
            .words()
            .into_iter()
            .zip(&self.counts)
            .filter(|(_, counts)| counts.near >= least.max(1))
            .map(|(word, counts)| {
                let association =
                    Association::new(counts.near, self.near, counts.places, self.places);
                let sign = if counts.near as f64 >= association.expected() { 1.0 } else { -1.0 };
                let row = Collocate {
                    word: word.word,
                    key: word.key,
                    joint: counts.near,
                    count: counts.places,
                    association,
                };
                (sign * association.log_likelihood(), row)
            })
            .collect();
        rows.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.key.cmp(&b.1.key)));
        rows.into_iter().map(|it| it.1).collect()
    }
}

fn mark(marks: &mut [bool], from: usize, to: usize) {
    let to = to.min(marks.len());
    if let Some(marks) = marks.get_mut(from.min(to)..to) {
        marks.fill(true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::annotated;

    fn near(pattern: &str, window: Window, texts: &[&str]) -> Collocations {
        let mut near = Collocations::new(Pattern::parse(pattern).unwrap(), window);
        for text in texts {
            let (document, annotations) = annotated(text);
            near.add(&document, &annotations);
        }
        near
    }

    fn rows(near: &Collocations) -> Vec<(String, u64, u64)> {
        let mut rows: Vec<_> =
            near.collocates(1).into_iter().map(|it| (it.key, it.joint, it.count)).collect();
        rows.sort();
        rows
    }

    #[test]
    fn a_place_near_two_finds_counts_once() {
        let found = near("mưa", Window::Words(2, 2), &["mưa to mưa nhỏ dần rồi tạnh"]);
        assert_eq!(found.found(), 2);
        // Each find is near the other.
        let wanted = [("dần", 1, 1), ("mưa", 2, 2), ("nhỏ", 1, 1), ("to", 1, 1)];
        assert_eq!(rows(&found), wanted.map(|(a, b, c)| (a.to_owned(), b, c)));
        assert_eq!((found.near, found.places()), (5, 7));
    }

    #[test]
    fn windows_end_with_the_sentence_and_skip_marks() {
        let found = near("mưa", Window::Words(1, 1), &["Huế . mưa , to . gió"]);
        assert_eq!(rows(&found), [("to".to_owned(), 1, 1)]);
    }

    #[test]
    fn sentences_are_counted_not_words() {
        let texts = ["mưa to to mưa .", "to . mưa gió", "gió to"];
        let found = near("mưa", Window::Sentence, &texts);
        assert_eq!((found.found(), found.near, found.places()), (3, 2, 4));
        let wanted = [("gió".to_owned(), 1, 2), ("to".to_owned(), 1, 3)];
        assert_eq!(rows(&found), wanted);
    }

    #[test]
    fn merging_is_counting_together() {
        let (a, b) = (["mưa to ở Huế . mưa nhỏ"], ["nắng to", "gió Mưa to ở Huế"]);
        for window in [Window::Words(2, 0), Window::Words(0, 3), Window::Sentence] {
            let mut sum = near("mưa", window, &a);
            sum.merge(&near("mưa", window, &b));
            assert_eq!(
                sum.collocates(1),
                near("mưa", window, &["mưa to ở Huế . mưa nhỏ", b[0], b[1]]).collocates(1)
            );
        }
    }
}
