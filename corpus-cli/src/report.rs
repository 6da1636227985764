//! The summary of a corpus as data, and its renderings: text, Markdown, HTML, JSON.

pub(crate) mod citations;
mod elsewhere;
pub(crate) mod facts;
mod history;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod ledger;
pub(crate) mod markdown;
pub(crate) mod names;
pub(crate) mod page;
pub(crate) mod people;
pub(crate) mod programmes;
pub(crate) mod quality;
pub(crate) mod text;
pub(crate) mod values;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use corpus_extract::Extractor;
use corpus_model::{Basis, Document, Moment, Quantity, Span, When};
use serde::{Serialize, Serializer};
use xxhash_rust::xxh3::xxh3_64;

pub(crate) use ledger::{EncodingRow, LedgerRows, UncutRow, UnreadableRow};

use citations::{CitationFact, CitationRow};
use facts::{DirectiveFact, DirectiveRow};
use names::{NameFact, NameRow};
use people::{PersonFact, PersonRow};
use programmes::{ProgrammeFact, ProgrammeRow};
use quality::{BrokenRule, QualityRows};

/// The version of the JSON that `summarize --json` prints.
pub(crate) const SCHEMA: &str = "corpus.summary/1";

/// All that `corpus summarize` found.
#[derive(Debug, Serialize)]
pub(crate) struct Summary {
    pub(crate) schema: &'static str,
    pub(crate) documents: Vec<DocumentSummary>,
    pub(crate) corpus: CorpusSummary,
    pub(crate) ledger: LedgerRows,
}

/// What was found in one document.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct DocumentSummary {
    pub(crate) id: String,
    pub(crate) path: Option<String>,
    pub(crate) format: Option<String>,
    pub(crate) site: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) published: Option<When>,
    pub(crate) published_basis: Option<Basis>,
    pub(crate) sentences: u64,
    pub(crate) words: u64,
    pub(crate) summary: Vec<Excerpt>,
    pub(crate) keywords: Vec<String>,
    pub(crate) people: Vec<PersonFact>,
    pub(crate) directives: Vec<DirectiveFact>,
    pub(crate) programmes: Vec<ProgrammeFact>,
    pub(crate) quantities: Vec<QuantityFact>,
    /// What directives do to each other; the corpus has it for all documents.
    #[serde(skip)]
    pub(crate) citations: Vec<CitationFact>,
    pub(crate) organizations: Vec<NameFact>,
    pub(crate) places: Vec<NameFact>,
    pub(crate) lists: Vec<ListFact>,
    pub(crate) dates: Vec<DateFact>,
    /// Dates whose year nothing settles.
    pub(crate) doubtful_dates: Vec<String>,
    /// The rules of quality that it breaks.
    pub(crate) quality: Vec<BrokenRule>,
}

/// A part of a document, word for word.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Excerpt {
    pub(crate) span: Span,
    pub(crate) text: String,
}

/// A list that a document announces (`hai khâu đột phá: …`) with its items.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ListFact {
    pub(crate) span: Span,
    pub(crate) text: String,
    pub(crate) announced: Option<u32>,
    pub(crate) noun: String,
    pub(crate) items: Vec<Excerpt>,
    pub(crate) complete: bool,
}

/// A figure with the sentence that it stands in.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct QuantityFact {
    pub(crate) span: Span,
    pub(crate) text: String,
    #[serde(flatten)]
    pub(crate) quantity: Quantity,
    #[serde(skip)]
    pub(crate) sentence: Arc<str>,
    #[serde(skip)]
    pub(crate) sentence_span: Span,
}

/// A day with the sentence that names it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DateFact {
    pub(crate) iso: When,
    pub(crate) span: Span,
    #[serde(serialize_with = "shared")]
    pub(crate) text: Arc<str>,
}

/// What the documents together say.
#[derive(Debug, Default, Serialize)]
pub(crate) struct CorpusSummary {
    pub(crate) summary: Vec<CorpusExcerpt>,
    pub(crate) documents: u64,
    pub(crate) bytes: u64,
    pub(crate) sentences: u64,
    pub(crate) syllables: u64,
    pub(crate) words: u64,
    pub(crate) sites: Vec<NameCount>,
    pub(crate) first: Option<When>,
    pub(crate) last: Option<When>,
    pub(crate) people: Vec<PersonRow>,
    pub(crate) directives: Vec<DirectiveRow>,
    pub(crate) programmes: Vec<ProgrammeRow>,
    pub(crate) citations: Vec<CitationRow>,
    pub(crate) organizations: Vec<NameRow>,
    pub(crate) places: Vec<NameRow>,
    pub(crate) timeline: Vec<TimelineRow>,
    pub(crate) keywords: Vec<KeywordRow>,
    pub(crate) duplicates: Vec<DuplicateRow>,
    pub(crate) quality: QualityRows,
}

/// A sentence of the corpus summary, with the document that it stands in.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct CorpusExcerpt {
    pub(crate) document: String,
    pub(crate) span: Span,
    pub(crate) text: String,
}

/// A name and how often it occurs.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct NameCount {
    pub(crate) name: String,
    pub(crate) documents: u64,
}

/// A day and what a document says of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct TimelineRow {
    pub(crate) iso: When,
    pub(crate) document: String,
    pub(crate) span: Span,
    #[serde(serialize_with = "shared")]
    pub(crate) text: Arc<str>,
    /// Whether it is the day of the document itself.
    #[serde(skip)]
    pub(crate) is_of_document: bool,
}

/// A word that tells this corpus from others.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct KeywordRow {
    pub(crate) word: String,
    pub(crate) score: f64,
}

/// Two documents that say nearly the same.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DuplicateRow {
    pub(crate) a: String,
    pub(crate) b: String,
    pub(crate) similarity: f64,
}

/// Writes a text that several rows share.
fn shared<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

/// Works out when the document was published, where the source does not say it.
pub(crate) fn date_document(extractor: &Extractor, document: &mut Document) {
    if document.metadata.published.is_some() {
        return;
    }
    if let Some(dating) = extractor.published(document) {
        document.metadata.published = Some(dating.when);
        document.metadata.published_basis = Some(dating.basis);
    }
}

/// Names for documents, one each: the identifier, with the path or a number where several share it.
pub(crate) fn unique_names<'a>(
    documents: impl Iterator<Item = (&'a str, Option<&'a str>)>,
) -> Vec<String> {
    let mut names = UniqueNames::default();
    documents.map(|(id, path)| names.name(id, path)).collect()
}

/// Gives documents [`unique_names`], one after the other, and keeps hashes of those that are given.
#[derive(Debug, Default)]
pub(crate) struct UniqueNames {
    taken: HashSet<u64>,
    /// The last number that was given, by the hash of the identifier.
    numbers: HashMap<u64, u64>,
}

impl UniqueNames {
    /// The name of the next document.
    pub(crate) fn name(&mut self, id: &str, path: Option<&str>) -> String {
        if self.take(id) {
            return id.to_owned();
        }
        if let Some(name) = path.map(|path| format!("{path}:{id}"))
            && self.take(&name)
        {
            return name;
        }
        loop {
            let number = self.numbers.entry(xxh3_64(id.as_bytes())).or_insert(1);
            *number += 1;
            let name = format!("{id}~{number}");
            if self.take(&name) {
                return name;
            }
        }
    }

    /// Takes a name, if it is not taken.
    fn take(&mut self, name: &str) -> bool {
        self.taken.insert(xxh3_64(name.as_bytes()))
    }
}

/// Whether a date names a day or something finer, so that it belongs on a timeline.
pub(crate) fn is_day(when: When) -> bool {
    matches!(
        when,
        When::Point(Moment::Day(_) | Moment::Hour(_) | Moment::Minute(_) | Moment::Second(_))
    )
}

#[cfg(test)]
mod tests {
    use super::unique_names;

    #[test]
    fn names_stay_unique() {
        let documents = [("a", Some("x/a.txt")), ("a", Some("y/a.txt")), ("a", None), ("a", None)];
        assert_eq!(unique_names(documents.into_iter()), ["a", "y/a.txt:a", "a~2", "a~3"]);
    }
}
