//! [`Tally`]: how much of what a corpus has, in counts that merge.

use std::collections::BTreeMap;

use corpus_model::chrono::Datelike as _;
use corpus_model::{Annotations, BlockKind, Document, WordKind};

use crate::{Lengths, Vocabulary, fold};

/// How much of what a corpus has.
///
/// Counts merge: whatever way the documents are dealt out to tallies, and in whatever order these
/// are merged, the sum is the same. So a tally for each thread, or for each machine, will do.
///
/// ```
/// use corpus_model::{Annotations, Document};
/// use corpus_stats::Tally;
///
/// let document = |text: &str| Document::new("1", text);
/// let mut tally = Tally::new();
/// tally.add(&document("Mưa to."), &Annotations::default());
/// let mut other = Tally::new();
/// other.add(&document("Nắng."), &Annotations::default());
///
/// tally.merge(&other);
/// assert_eq!((tally.documents, tally.bytes), (2, 15));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Tally {
    /// Documents.
    pub documents: u64,
    /// Bytes of the documents' texts, in UTF-8.
    pub bytes: u64,
    /// Blocks, by kind.
    pub blocks: BTreeMap<BlockKind, u64>,
    /// Sentences.
    pub sentences: u64,
    /// Runs of letters in the sentences: a syllable of Vietnamese each, or a foreign word.
    pub syllables: u64,
    /// Words of the sentences by what they are, punctuation among them.
    pub tokens: BTreeMap<WordKind, u64>,
    /// Documents by site; those without one are not in it.
    pub sites: BTreeMap<String, u64>,
    /// Documents by format.
    pub formats: BTreeMap<String, u64>,
    /// Documents by language, as BCP 47 tags.
    pub languages: BTreeMap<String, u64>,
    /// Documents by the month in which they were published, as `2014-08`; a year alone (`2014`)
    /// where no more is known.
    pub months: BTreeMap<String, u64>,
    /// How long the documents are, in syllables.
    pub document_syllables: Lengths,
    /// How long the sentences are, in syllables.
    pub sentence_syllables: Lengths,
    /// Which words there are and how often; none in a [light](Tally::light) tally.
    pub vocabulary: Option<Vocabulary>,
}

impl Tally {
    /// An empty tally that counts everything.
    pub fn new() -> Tally {
        Tally { vocabulary: Some(Vocabulary::default()), ..Tally::default() }
    }

    /// An empty tally that counts everything but which words there are: its size does not grow
    /// with the corpus.
    pub fn light() -> Tally {
        Tally::default()
    }

    /// Adds a document with its sentences and words.
    pub fn add(&mut self, document: &Document, annotations: &Annotations) {
        self.add_outline(document, annotations);
        if let Some(vocabulary) = &mut self.vocabulary {
            vocabulary.add(document, annotations);
        }
    }

    /// Adds all of a document but which words it has.
    pub(crate) fn add_outline(&mut self, document: &Document, annotations: &Annotations) {
        self.documents += 1;
        self.bytes += document.text().len() as u64;
        for block in document.blocks() {
            *self.blocks.entry(block.kind).or_default() += 1;
        }
        let metadata = &document.metadata;
        add_name(&mut self.sites, metadata.site.as_deref());
        add_name(&mut self.formats, metadata.format.as_deref());
        add_name(&mut self.languages, metadata.language.as_deref());
        add_name(&mut self.months, month(document).as_deref());

        let mut syllables = 0;
        for sentence in &annotations.sentences {
            let (_, n) = fold::count_runs(document.get(sentence.span).unwrap_or_default());
            self.sentence_syllables.add(n);
            syllables += n;
        }
        self.sentences += annotations.sentences.len() as u64;
        self.syllables += syllables;
        self.document_syllables.add(syllables);

        // Words of a kind come in runs, so that few look-ups do.
        for run in annotations.words.as_slice().chunk_by(|a, b| a.kind == b.kind) {
            if let Some(word) = run.first() {
                *self.tokens.entry(word.kind).or_default() += run.len() as u64;
            }
        }
    }

    /// Adds what another tally has counted.
    ///
    /// The vocabulary of the sum is what either counted; merging a [light](Tally::light) tally
    /// adds nothing to it.
    pub fn merge(&mut self, other: &Tally) {
        self.documents += other.documents;
        self.bytes += other.bytes;
        self.sentences += other.sentences;
        self.syllables += other.syllables;
        merge_counts(&mut self.blocks, &other.blocks);
        merge_counts(&mut self.tokens, &other.tokens);
        merge_counts(&mut self.sites, &other.sites);
        merge_counts(&mut self.formats, &other.formats);
        merge_counts(&mut self.languages, &other.languages);
        merge_counts(&mut self.months, &other.months);
        self.document_syllables.merge(&other.document_syllables);
        self.sentence_syllables.merge(&other.sentence_syllables);
        if let Some(theirs) = &other.vocabulary {
            self.vocabulary.get_or_insert_default().merge(theirs);
        }
    }

    /// How many words there are: tokens that are neither punctuation nor
    /// [other](WordKind::Other) signs.
    pub fn words(&self) -> u64 {
        self.tokens.iter().filter(|(kind, _)| is_counted(**kind)).map(|(_, n)| n).sum()
    }
}

/// Whether a token of this kind is a word in the sense of a word count.
pub(crate) fn is_counted(kind: WordKind) -> bool {
    !matches!(kind, WordKind::Punctuation | WordKind::Other)
}

fn add_name(counts: &mut BTreeMap<String, u64>, name: Option<&str>) {
    let Some(name) = name else { return };
    // Looked up first, because a name that is there already needs no copy.
    match counts.get_mut(name) {
        Some(n) => *n += 1,
        None => drop(counts.insert(name.to_owned(), 1)),
    }
}

fn merge_counts<K: Ord + Clone>(counts: &mut BTreeMap<K, u64>, others: &BTreeMap<K, u64>) {
    for (name, n) in others {
        match counts.get_mut(name) {
            Some(sum) => *sum += n,
            None => drop(counts.insert(name.clone(), *n)),
        }
    }
}

/// The month in which a document was published, as `2014-08`; a year alone (`2014`) where the month
/// is not known.
///
/// ```
/// use corpus_model::{Document, When};
///
/// let mut document = Document::new("1", "Mưa.");
/// assert_eq!(corpus_stats::month(&document), None);
/// document.metadata.published = When::from_iso("2014-08-29");
/// assert_eq!(corpus_stats::month(&document).as_deref(), Some("2014-08"));
/// ```
pub fn month(document: &Document) -> Option<String> {
    use corpus_model::Grain;
    let published = document.metadata.published?;
    let day = published.first_day()?;
    Some(match published.grain() {
        Grain::Year => format!("{:04}", day.year()),
        _ => format!("{:04}-{:02}", day.year(), day.month()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::annotated;
    use corpus_model::When;

    #[test]
    fn a_document_is_counted_by_all_its_sides() {
        let (mut document, annotations) = annotated("Tin vắn\nMưa to ở Huế . Gió giật cấp 7 .");
        document.metadata.site = Some("vietnamplus.vn".to_owned());
        document.metadata.format = Some("article".to_owned());
        document.metadata.published = When::from_iso("2014-08-29");
        let mut tally = Tally::new();
        tally.add(&document, &annotations);
        tally.add(&document, &annotations);

        assert_eq!(tally.documents, 2);
        assert_eq!(tally.bytes, 2 * document.text().len() as u64);
        assert_eq!(tally.blocks[&BlockKind::Title], 2);
        assert_eq!(tally.sentences, 6);
        // The number is a word but no syllable.
        assert_eq!((tally.syllables, tally.words()), (18, 20));
        assert_eq!(tally.tokens[&WordKind::Punctuation], 4);
        assert_eq!(tally.sites["vietnamplus.vn"], 2);
        assert_eq!(tally.months["2014-08"], 2);
        assert_eq!(tally.document_syllables.quantile(0.5), Some(9));
    }

    #[test]
    fn a_year_alone_is_no_month() {
        let mut document = Document::new("1", "Mưa.");
        let mut tally = Tally::light();
        for iso in ["2014", "2014-08", "2014-08-29T10:00"] {
            document.metadata.published = When::from_iso(iso);
            tally.add(&document, &Annotations::default());
        }
        assert_eq!(
            tally.months.into_iter().collect::<Vec<_>>(),
            [("2014".to_owned(), 1), ("2014-08".to_owned(), 2)]
        );
    }

    #[test]
    fn a_light_tally_counts_the_same_but_words() {
        let (document, annotations) = annotated("Mưa to ở Huế .");
        let (mut light, mut full) = (Tally::light(), Tally::new());
        light.add(&document, &annotations);
        full.add(&document, &annotations);
        assert_eq!(light.vocabulary, None);
        assert_eq!(light, Tally { vocabulary: None, ..full });
    }
}
