//! [`Vocabulary`]: which words there are, how often, and in how many documents.

use std::borrow::Cow;

use corpus_model::{Annotations, Document, Word};

use crate::names::Names;
use crate::tally;

/// Which words there are, how often, and in how many documents.
///
/// Words are counted by their [key](corpus_text::key): `Hòa`, `hòa` and `hoà` are one, shown in
/// the spelling that is the commonest. Punctuation is not counted.
///
/// A word costs one look-up by its spelling; the key is computed once for each spelling, not for
/// each word.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// The words as spelled, and what is known of each.
    spellings: Names,
    forms: Vec<Form>,
    /// The words by their keys, and what is counted of each.
    keys: Names,
    counts: Vec<Lexeme>,
    total: u64,
    /// The number of the document being added, to count each word once in it.
    document: u64,
}

/// A word as spelled.
#[derive(Clone, Copy, Debug)]
struct Form {
    lexeme: u32,
    count: u64,
}

/// A word by its key.
#[derive(Clone, Copy, Debug, Default)]
struct Lexeme {
    documents: u64,
    last_document: u64,
}

/// How often a word occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Frequency {
    /// The word in its commonest spelling; of equally common ones the first in byte order.
    pub word: String,
    /// What the spellings have in common.
    pub key: String,
    /// How often it occurs.
    pub count: u64,
    /// In how many documents.
    pub documents: u64,
}

impl Vocabulary {
    /// Adds the words of a document.
    pub fn add(&mut self, document: &Document, annotations: &Annotations) {
        self.add_words(document, &annotations.words);
    }

    /// Adds some words of a document, all that it has to give to this vocabulary: each call is one
    /// document more.
    pub fn add_words<'a>(
        &mut self,
        document: &Document,
        words: impl IntoIterator<Item = &'a Word>,
    ) {
        self.begin_document();
        for word in words.into_iter().filter(|word| tally::is_counted(word.kind)) {
            self.see(document.get(word.span).unwrap_or_default());
        }
    }

    /// Begins the next document.
    pub(crate) fn begin_document(&mut self) {
        self.document += 1;
    }

    /// Counts a word of the document at hand, and says which word it is.
    pub(crate) fn see(&mut self, spelling: &str) -> u32 {
        self.see_form(spelling).1
    }

    /// Counts a word of the document at hand, and says which spelling and which word it is.
    pub(crate) fn see_form(&mut self, spelling: &str) -> (u32, u32) {
        let (form, lexeme) = self.count(spelling, 1);
        self.total += 1;
        if let Some(counts) = self.counts.get_mut(lexeme as usize)
            && counts.last_document != self.document
        {
            counts.last_document = self.document;
            counts.documents += 1;
        }
        (form, lexeme)
    }

    /// The word that is spelled so, if it was counted.
    pub(crate) fn find(&self, spelling: &str) -> Option<u32> {
        let form = self.spellings.find(spelling)?;
        Some(self.forms.get(form as usize)?.lexeme)
    }

    /// The spelling of this number.
    pub(crate) fn spelling(&self, form: u32) -> &str {
        self.spellings.get(form)
    }

    /// The key of this word.
    pub(crate) fn key(&self, lexeme: u32) -> &str {
        self.keys.get(lexeme)
    }

    /// Adds what another has counted.
    pub fn merge(&mut self, other: &Vocabulary) {
        self.absorb(other);
    }

    /// Adds what another has counted, and says what its words are called here.
    pub(crate) fn absorb(&mut self, other: &Vocabulary) -> Vec<u32> {
        let mut names = vec![0; other.counts.len()];
        for (spelling, form) in other.spellings.iter().zip(&other.forms) {
            let (_, name) = self.count(spelling, form.count);
            if let Some(place) = names.get_mut(form.lexeme as usize) {
                *place = name;
            }
        }
        for (theirs, &name) in other.counts.iter().zip(&names) {
            if let Some(ours) = self.counts.get_mut(name as usize) {
                ours.documents += theirs.documents;
            }
        }
        self.total += other.total;
        names
    }

    /// How many different words there are.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether no word was counted.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// How many words were counted.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Every word with its counts, the most frequent first; words of the same frequency by key.
    pub fn frequencies(&self) -> Vec<Frequency> {
        let mut frequencies = self.words();
        frequencies.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.key.cmp(&b.key)));
        frequencies
    }

    /// Every word with its counts, in the order of the names that [`Vocabulary::see`] gives.
    pub(crate) fn words(&self) -> Vec<Frequency> {
        let mut best: Vec<(&str, Frequency)> = (self.keys.iter().zip(&self.counts))
            .map(|(key, lexeme)| {
                let key = key.to_owned();
                ("", Frequency { word: String::new(), key, count: 0, documents: lexeme.documents })
            })
            .collect();
        let mut most: Vec<u64> = vec![0; self.counts.len()];
        for (spelling, form) in self.spellings.iter().zip(&self.forms) {
            let place = form.lexeme as usize;
            if let (Some((word, frequency)), Some(most)) =
                (best.get_mut(place), most.get_mut(place))
            {
                frequency.count += form.count;
                if form.count > *most || form.count == *most && spelling < *word {
                    (*word, *most) = (spelling, form.count);
                }
            }
        }
        best.into_iter()
            .map(|(word, frequency)| Frequency {
                word: single_blanks(word).into_owned(),
                ..frequency
            })
            .collect()
    }

    /// Counts a spelling `n` times, and says which one it is and of which word.
    fn count(&mut self, spelling: &str, n: u64) -> (u32, u32) {
        let (form, new) = self.spellings.number(spelling);
        if new {
            let (lexeme, new) = self.keys.number(&corpus_text::key(spelling));
            if new {
                self.counts.push(Lexeme::default());
            }
            self.forms.push(Form { lexeme, count: n });
            return (form, lexeme);
        }
        let lexeme = self.forms.get_mut(form as usize).map_or(0, |known| {
            known.count += n;
            known.lexeme
        });
        (form, lexeme)
    }

    fn sorted_spellings(&self) -> Vec<(&str, u64)> {
        let counts = self.forms.iter().map(|form| form.count);
        let mut all: Vec<_> = self.spellings.iter().zip(counts).collect();
        all.sort_unstable();
        all
    }
}

/// Equal when they counted the same, whatever way they came to it.
impl PartialEq for Vocabulary {
    fn eq(&self, other: &Vocabulary) -> bool {
        self.total == other.total
            && self.sorted_spellings() == other.sorted_spellings()
            && self.frequencies() == other.frequencies()
    }
}

/// The text with a single blank for every run of white space: a word may be broken by a line end.
pub(crate) fn single_blanks(text: &str) -> Cow<'_, str> {
    let single = text.chars().all(|c| c == ' ' || !c.is_whitespace()) && !text.contains("  ");
    match single {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::annotated;

    fn counted(texts: &[&str]) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for text in texts {
            let (document, annotations) = annotated(text);
            vocabulary.add(&document, &annotations);
        }
        vocabulary
    }

    fn rows(vocabulary: &Vocabulary) -> Vec<(String, u64, u64)> {
        vocabulary.frequencies().into_iter().map(|it| (it.word, it.count, it.documents)).collect()
    }

    #[test]
    fn spellings_of_a_word_are_counted_together() {
        let vocabulary = counted(&["Khóa khoá khóa .", "khóa", "Mưa"]);
        assert_eq!(rows(&vocabulary), [("khóa".to_owned(), 4, 2), ("Mưa".to_owned(), 1, 1)][..]);
        assert_eq!(vocabulary.total(), 5);
    }

    #[test]
    fn merging_counts_documents_and_spellings() {
        let mut sum = counted(&["mưa Mưa", "nắng"]);
        sum.merge(&counted(&["Mưa", "gió_mùa"]));
        assert_eq!(
            rows(&sum),
            [("Mưa".to_owned(), 3, 2), ("gió mùa".to_owned(), 1, 1), ("nắng".to_owned(), 1, 1)]
        );
        assert_eq!(sum, counted(&["nắng", "gió_mùa", "Mưa", "Mưa mưa"]));
        assert_ne!(sum, counted(&["nắng", "gió_mùa", "mưa", "Mưa mưa"]));
    }

    #[test]
    fn a_line_end_inside_a_word_is_a_blank() {
        assert_eq!(single_blanks("Mặt trận\n Tổ quốc"), "Mặt trận Tổ quốc");
        assert_eq!(single_blanks("mưa"), "mưa");
    }
}
