//! [`Vocabulary`]: which words there are, how often, and in how many documents.

use std::borrow::Cow;

use corpus_model::{Annotations, Document, Span, Word};

use crate::names::Names;
use crate::spelling_cache::{Found, SpellingCache, SpellingKey, Stretch};
use crate::{fold, tally};

/// Which words there are, how often, and in how many documents.
///
/// Words are counted by their [key](corpus_text::key): `Hòa`, `hòa` and `hoà` are one, shown in
/// the spelling that is the commonest. Punctuation is not counted.
///
/// A word costs one look-up by its spelling, a frequent one a look at one place; the key is computed
/// once for each spelling, not for each word.
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
    /// The spellings met lately.
    lately: SpellingCache,
}

/// What is known of a stretch of text that has nothing to count.
const NOTHING: Found = (u32::MAX, u32::MAX);

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
        self.add_more_words(document, words);
    }

    /// Adds more words of the document that was added last, which stays one: a long document need not
    /// have all its words in memory.
    pub fn add_more_words<'a>(
        &mut self,
        document: &Document,
        words: impl IntoIterator<Item = &'a Word>,
    ) {
        for word in words.into_iter().filter(|word| tally::is_counted(word.kind)) {
            self.see_at(document, word.span);
        }
    }

    /// Adds a document of which these parts count, their syllables, numbers and foreign words standing
    /// for words: the same as [`add_words`](Vocabulary::add_words) with those of
    /// [`syllables_into`](crate::syllables_into), several times as fast.
    ///
    /// ```
    /// use corpus_stats::Vocabulary;
    ///
    /// let mut syllables = Vocabulary::default();
    /// syllables.add_syllables(["Mưa to, gió lớn.", "Trời mưa."]);
    /// let first = &syllables.frequencies()[0];
    /// assert_eq!((first.key.as_str(), first.count, first.documents), ("mưa", 2, 1));
    /// ```
    pub fn add_syllables<'t>(&mut self, parts: impl IntoIterator<Item = &'t str>) {
        self.begin_document();
        for part in parts {
            self.see_syllables(part);
        }
    }

    /// Counts the syllables of a text.
    ///
    /// What stands between two blanks or marks of ASCII is looked up as it is, with all that is no
    /// letter in it; it is cut only where it was not met lately.
    fn see_syllables(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let Stretch { end, key } = Stretch::at(bytes, at);
            if end > at {
                match key.and_then(|key| self.lately.get(key)) {
                    Some(NOTHING) => {}
                    Some(found) => self.tick(found),
                    None => self.see_stretch(text.get(at..end).unwrap_or_default(), key),
                }
            }
            // What ends a stretch is a byte that counts nowhere.
            at = end + 1;
        }
    }

    /// Counts the syllables of a stretch that was not met lately.
    fn see_stretch(&mut self, stretch: &str, key: Option<SpellingKey>) {
        let (mut found, mut n) = (NOTHING, 0);
        for run in fold::runs(stretch) {
            found = self.see_form(run);
            n += 1;
        }
        if let Some(key) = key.filter(|_| n <= 1) {
            self.lately.insert(key, found, self.forms.len());
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
    pub(crate) fn see_form(&mut self, spelling: &str) -> Found {
        let found = self.name(spelling);
        self.tick(found);
        found
    }

    /// The same of the word that stands at this place of the document at hand.
    pub(crate) fn see_at(&mut self, document: &Document, place: Span) -> Found {
        let key = SpellingKey::of(document.text().as_bytes(), place.range());
        let found = match key.and_then(|key| self.lately.get(key)) {
            Some(found) => found,
            None => {
                let found = self.name(document.get(place).unwrap_or_default());
                if let Some(key) = key {
                    self.lately.insert(key, found, self.forms.len());
                }
                found
            }
        };
        self.tick(found);
        found
    }

    /// Counts a spelling in the document at hand.
    #[inline]
    fn tick(&mut self, (form, lexeme): Found) {
        self.total += 1;
        if let Some(form) = self.forms.get_mut(form as usize) {
            form.count += 1;
        }
        // Without a branch: about every second word was met in the document before, and no processor
        // foresees which.
        if let Some(counts) = self.counts.get_mut(lexeme as usize) {
            counts.documents += u64::from(counts.last_document != self.document);
            counts.last_document = self.document;
        }
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

    /// Adds one document, of which others have counted a part each.
    ///
    /// ```
    /// use corpus_stats::Vocabulary;
    ///
    /// let parts = ["Mưa to.", "Trời mưa."].map(|text| {
    ///     let mut part = Vocabulary::default();
    ///     part.add_syllables([text]);
    ///     part
    /// });
    /// let mut syllables = Vocabulary::default();
    /// syllables.add_parts(&parts);
    /// let first = &syllables.frequencies()[0];
    /// assert_eq!((first.key.as_str(), first.count, first.documents), ("mưa", 2, 1));
    /// ```
    pub fn add_parts(&mut self, parts: &[Vocabulary]) {
        self.begin_document();
        for part in parts {
            for lexeme in self.absorb_counts(part) {
                if let Some(ours) = self.counts.get_mut(lexeme as usize)
                    && ours.last_document != self.document
                {
                    ours.last_document = self.document;
                    ours.documents += 1;
                }
            }
        }
    }

    /// Adds what another has counted, and says what its words are called here.
    pub(crate) fn absorb(&mut self, other: &Vocabulary) -> Vec<u32> {
        let names = self.absorb_counts(other);
        for (theirs, &name) in other.counts.iter().zip(&names) {
            if let Some(ours) = self.counts.get_mut(name as usize) {
                ours.documents += theirs.documents;
            }
        }
        names
    }

    /// Adds how often another has met what, not in how many documents, and says what its words are
    /// called here.
    fn absorb_counts(&mut self, other: &Vocabulary) -> Vec<u32> {
        let mut names = vec![0; other.counts.len()];
        for (spelling, form) in other.spellings.iter().zip(&other.forms) {
            let (ours, name) = self.name(spelling);
            if let Some(ours) = self.forms.get_mut(ours as usize) {
                ours.count += form.count;
            }
            if let Some(place) = names.get_mut(form.lexeme as usize) {
                *place = name;
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

    /// The numbers of a spelling and of its word, which are given here to what is new.
    fn name(&mut self, spelling: &str) -> Found {
        let (form, new) = self.spellings.number(spelling);
        if new {
            let (lexeme, new) = self.keys.number(&corpus_text::key(spelling));
            if new {
                self.counts.push(Lexeme::default());
            }
            self.forms.push(Form { lexeme, count: 0 });
            return (form, lexeme);
        }
        (form, self.forms.get(form as usize).map_or(0, |known| known.lexeme))
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
mod tests;
