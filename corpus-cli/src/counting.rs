//! What the commands that count share: what a word is, and sums that threads make.

use std::borrow::Cow;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use clap::{Args, ValueEnum};
use corpus_extract::Extractor;
use corpus_model::{Annotations, Block, Document, Spanned as _, Word};
use corpus_stats::{Vocabulary, syllables_into};
use corpus_text::{Segmenter, sentences};

use crate::options::WordOptions;
use crate::pipeline::Outcome;
use crate::report::date_document;
use crate::report::page::counted;
use crate::session::{Session, Status};
use crate::subcorpus::{self, Condition};

/// What is counted.
#[derive(Args, Clone, Debug)]
pub(crate) struct UnitOptions {
    /// What is counted as a word
    #[arg(long, value_enum, default_value_t = Unit::Words)]
    pub(crate) unit: Unit,

    #[arg(long = "where", value_name = "CONDITION", value_parser = Condition::parse,
          help_heading = "Input", help = subcorpus::HELP.lines().next(),
          long_help = subcorpus::HELP)]
    pub(crate) condition: Option<Condition>,

    #[command(flatten)]
    pub(crate) words: WordOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Unit {
    /// Words as the segmenter cuts them: `cải cách`
    Words,
    /// Runs of letters and digits: `cải`, `cách`
    Syllables,
}

impl UnitOptions {
    /// What finds the units.
    pub(crate) fn annotator(&self) -> Result<Annotator> {
        let segmenter = match self.unit {
            Unit::Words => Some(self.words.segmenter()?),
            Unit::Syllables => None,
        };
        let condition = self.condition.clone();
        let fields = condition.iter().flat_map(Condition::fields);
        let fields = fields.map(|name| (name.to_owned(), AtomicBool::new(false))).collect();
        let held = AtomicBool::new(false);
        Ok(Annotator { segmenter, condition, fields, held, threads: 1 })
    }
}

/// Finds sentences and the units in them.
pub(crate) struct Annotator {
    /// None where syllables are counted.
    segmenter: Option<Cow<'static, Segmenter>>,
    /// Which documents are counted.
    condition: Option<Condition>,
    /// The fields that the condition asks for, and whether any document had them.
    fields: Vec<(String, AtomicBool)>,
    /// Whether the condition held for any document.
    held: AtomicBool,
    /// How many threads count a long document.
    threads: usize,
}

/// A document with less text than this is counted by one thread: what its parts have counted must be put
/// together in the end.
const LONG: usize = 4 << 20;
/// So many bytes of a long document are counted by a thread before it takes more.
const PART: usize = 512 << 10;

impl Annotator {
    /// Whether a document is to be counted; when it was published is worked out if that matters.
    pub(crate) fn wants(&self, document: &mut Document) -> bool {
        let Some(condition) = &self.condition else { return true };
        if condition.asks_for_date() && document.metadata.format.as_deref() != Some("lines") {
            date_document(Extractor::built_in(), document);
        }
        for (name, met) in &self.fields {
            if !met.load(Ordering::Relaxed) && subcorpus::has(document, name) {
                met.store(true, Ordering::Relaxed);
            }
        }
        let holds = condition.holds(document);
        if holds && !self.held.load(Ordering::Relaxed) {
            self.held.store(true, Ordering::Relaxed);
        }
        holds
    }

    /// Tells of fields that no document had, whose names may be misspelled, or that the condition held
    /// for none of so many documents; whether there was something to tell.
    pub(crate) fn tell_unmet(&self, session: &Session, documents: u64) -> bool {
        if self.condition.is_none() || documents == 0 {
            return false;
        }
        let unmet = self.fields.iter().filter(|(_, met)| !met.load(Ordering::Relaxed));
        let mut notes: Vec<String> =
            unmet.map(|(name, _)| format!("--where: no document has the field {name:?}")).collect();
        if notes.is_empty() && !self.held.load(Ordering::Relaxed) {
            let documents = counted(documents, "document", "documents");
            notes.push(format!("--where: the condition holds for none of {documents}"));
        }
        notes.iter().for_each(|note| session.note(note));
        !notes.is_empty()
    }

    /// Tells why a table of what occurs at least `min` times may have no rows, and how the command
    /// ends.
    pub(crate) fn end(
        &self,
        session: &Session,
        outcome: &Outcome,
        has_rows: bool,
        min: u64,
    ) -> Status {
        let told = self.tell_unmet(session, outcome.documents);
        if !has_rows && !told && outcome.documents > 0 {
            let documents = counted(outcome.documents, "document", "documents");
            session.note(&match min {
                0 | 1 => format!("no rows: nothing is left to count in {documents}"),
                _ => format!(
                    "no rows: nothing occurs {min} times in {documents}; --min 1 leaves nothing out"
                ),
            });
        }
        status(outcome, has_rows)
    }

    /// The sentences of a document with their units.
    pub(crate) fn annotate(&self, document: &Document) -> Annotations {
        match &self.segmenter {
            Some(segmenter) => corpus_text::annotate(document, segmenter),
            None => {
                let mut annotations = Annotations::default();
                annotations.sentences = corpus_text::document_sentences(document);
                let spans = annotations.sentences.iter().map(|sentence| sentence.span());
                annotations.words = syllables(document, spans).into();
                annotations
            }
        }
    }

    /// Counts long documents with so many threads.
    pub(crate) fn threads(self, threads: usize) -> Annotator {
        Annotator { threads, ..self }
    }

    /// Adds the units of these blocks of a document to a vocabulary, as one document.
    ///
    /// Nothing is kept of the units but how many there are.
    pub(crate) fn count<'d>(
        &self,
        document: &'d Document,
        blocks: impl Iterator<Item = &'d Block>,
        vocabulary: &mut Vocabulary,
    ) {
        if self.threads == 1 || document.text().len() < LONG {
            return self.count_part(document, blocks, vocabulary);
        }
        // No unit runs from one block into the next.
        let blocks: Vec<&Block> = blocks.collect();
        let parts = parts(&blocks);
        let next = AtomicUsize::new(0);
        let count = || {
            let mut vocabulary = Vocabulary::default();
            while let Some(part) = parts.get(next.fetch_add(1, Ordering::Relaxed)) {
                self.count_part(document, part.iter().copied(), &mut vocabulary);
            }
            vocabulary
        };
        let counted: Vec<Vocabulary> = std::thread::scope(|scope| {
            let others: Vec<_> = (1..self.threads).map(|_| scope.spawn(count)).collect();
            let ours = count();
            let others = others.into_iter();
            let others = others.map(|it| it.join().unwrap_or_else(|panic| resume_unwind(panic)));
            others.chain([ours]).collect()
        });
        vocabulary.add_parts(&counted);
    }

    fn count_part<'d>(
        &self,
        document: &'d Document,
        blocks: impl Iterator<Item = &'d Block>,
        vocabulary: &mut Vocabulary,
    ) {
        let Some(segmenter) = &self.segmenter else {
            return vocabulary.add_syllables(blocks.filter_map(|it| document.get(it.span)));
        };
        vocabulary.add_words(document, []);
        let mut words = Vec::new();
        for block in blocks {
            let text = document.get(block.span).unwrap_or_default();
            for sentence in sentences(text) {
                let span = sentence.span.shifted(block.span.start());
                words.clear();
                let sentence = document.get(span).unwrap_or_default();
                segmenter.words_into(sentence, span.start(), &mut words);
                vocabulary.add_more_words(document, &words);
            }
        }
    }

    /// The units of a document, where nobody asks for its sentences.
    pub(crate) fn units(&self, document: &Document) -> Annotations {
        match &self.segmenter {
            Some(_) => self.annotate(document),
            None => {
                let mut annotations = Annotations::default();
                let spans = document.content().map(|block| block.span);
                annotations.words = syllables(document, spans).into();
                annotations
            }
        }
    }
}

/// Blocks in parts of about [`PART`] bytes.
fn parts<'a, 'd>(blocks: &'a [&'d Block]) -> Vec<&'a [&'d Block]> {
    let mut parts = Vec::new();
    let (mut from, mut bytes) = (0, 0);
    for (n, block) in blocks.iter().enumerate() {
        bytes += block.span.len();
        if bytes >= PART {
            parts.extend(blocks.get(from..=n));
            (from, bytes) = (n + 1, 0);
        }
    }
    parts.extend(blocks.get(from..));
    parts
}

fn syllables(document: &Document, spans: impl Iterator<Item = corpus_model::Span>) -> Vec<Word> {
    let mut words = Vec::with_capacity(document.text().len() / 5);
    for span in spans {
        syllables_into(document.get(span).unwrap_or_default(), span.start(), &mut words);
    }
    words
}

/// How a command ends that found something, or nothing.
pub(crate) fn status(outcome: &Outcome, found: bool) -> Status {
    match outcome.status() {
        Status::Done if !found => Status::NothingFound,
        status => status,
    }
}

/// What each thread has counted, to be put together when all are done.
///
/// Sums do not depend on which thread saw which document, so nothing is handed over in between.
#[derive(Debug)]
pub(crate) struct Sums<T> {
    parts: Mutex<Vec<T>>,
}

impl<T> Sums<T> {
    pub(crate) fn new() -> Sums<T> {
        Sums { parts: Mutex::new(Vec::new()) }
    }

    /// A sum for one thread, which begins with `empty` and is kept when the thread is done.
    pub(crate) fn part(&self, empty: T) -> Part<'_, T> {
        Part { sums: self, value: Some(empty) }
    }

    /// The sums of all threads in one, put together by `merge`.
    pub(crate) fn total(self, empty: T, merge: impl Fn(&mut T, &T)) -> T {
        let parts = self.parts.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut parts = parts.into_iter();
        let mut total = parts.next().unwrap_or(empty);
        parts.for_each(|part| merge(&mut total, &part));
        total
    }
}

/// The sum of one thread.
#[derive(Debug)]
pub(crate) struct Part<'a, T> {
    sums: &'a Sums<T>,
    /// There until it is handed over.
    value: Option<T>,
}

impl<T> Part<'_, T> {
    /// The sum, to add to it.
    pub(crate) fn sum(&mut self) -> Option<&mut T> {
        self.value.as_mut()
    }
}

impl<T> Drop for Part<'_, T> {
    fn drop(&mut self) {
        if let Some(value) = self.value.take() {
            self.sums.parts.lock().unwrap_or_else(PoisonError::into_inner).push(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use corpus_model::{Block, BlockKind, Document, Span};
    use corpus_stats::Vocabulary;
    use corpus_text::Segmenter;

    use super::{Annotator, Cow, LONG, PART, Sums, parts};

    /// A long document in paragraphs of many lengths; some are longer than a part.
    fn long() -> Document {
        const WORDS: [&str; 8] =
            ["Sáng nay", "mưa to", "Hòa Bình", "hoà bình", "29/8", "cải cách,", "…", "phát triển."];
        let (mut text, mut blocks) = (String::new(), Vec::new());
        while text.len() < LONG + PART {
            let start = text.len();
            let n = blocks.len();
            let length = if n % 700 == 699 { 60_000 } else { n * n % 211 };
            for it in 0..length {
                text.push_str(WORDS[(it * it + n) % WORDS.len()]);
                text.push(' ');
            }
            blocks.push(Block::new(BlockKind::Paragraph, Span::new(start, text.len())));
            text.push('\n');
        }
        Document::new("long", text).with_blocks(blocks)
    }

    #[test]
    fn threads_change_no_count() {
        let document = long();
        let blocks: Vec<&Block> = document.content().collect();
        let parts = parts(&blocks);
        assert!(parts.len() > 6, "{}", parts.len());
        assert_eq!(parts.concat(), blocks);
        for segmenter in [None, Some(Cow::Borrowed(Segmenter::built_in()))] {
            let annotator = Annotator {
                segmenter,
                condition: None,
                fields: Vec::new(),
                held: false.into(),
                threads: 1,
            };
            let count = |annotator: &Annotator| {
                let mut vocabulary = Vocabulary::default();
                for _ in 0..2 {
                    annotator.count(&document, document.content(), &mut vocabulary);
                }
                vocabulary
            };
            let expected = count(&annotator);
            assert!(expected.total() > 500_000, "{}", expected.total());
            assert!(count(&annotator.threads(3)) == expected);
        }
    }

    #[test]
    fn parts_make_a_total() {
        let sums = Sums::new();
        for n in [1, 2, 3] {
            let mut part = sums.part(0);
            *part.sum().unwrap() += n;
        }
        assert_eq!(sums.total(0, |a, b| *a += b), 6);
        assert_eq!(Sums::new().total(5, |a: &mut i32, b| *a += b), 5);
    }
}
