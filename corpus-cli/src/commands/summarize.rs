//! `corpus summarize`, the main job: what is in a corpus, on one page.

mod document;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::Arc;

use anyhow::Result;
use clap::{ArgMatches, Args, FromArgMatches as _, ValueEnum};
use corpus_extract::Extractor;
use corpus_model::{Document, MentionKind, Value};
use corpus_stats::{DocumentDigest, KeywordTally, Sketch, Tally};
use corpus_text::Segmenter;

use crate::command::Command;
use crate::counting::Sums;
use crate::options::{InputOptions, OutputOptions, WordOptions};
use crate::output::Output;
use crate::packs::PackOptions;
use crate::pipeline::{self, Outcome};
use crate::report::{
    self, CorpusExcerpt, CorpusSummary, DocumentSummary, DuplicateRow, Excerpt, KeywordRow,
    LedgerRows, NameCount, SCHEMA, Summary, TimelineRow,
    citations::{self, CitationRow},
    date_document, facts, names, people, programmes, quality, unique_names,
};
use crate::session::{Session, Status};
use crate::text_width::columns;
use document::{Sentences, dates, doubtful_dates, lists, quantities, sentence_around};

const EXAMPLES: &str = "\
Examples:
  corpus summarize seeds                            the report on the terminal
  corpus summarize --report markdown -o seeds.md seeds
  corpus summarize --report html -o seeds.html seeds
  corpus summarize --json seeds | jq '.corpus.people'
  corpus summarize --sentences 3 --length 400 news.jsonl
  corpus summarize --text-field body --date-field time crawl.jsonl";

/// The facts that a summary shows; the others would be sought for nothing.
const KINDS: [MentionKind; 8] = [
    MentionKind::Date,
    MentionKind::Directive,
    MentionKind::Person,
    MentionKind::Quantity,
    MentionKind::Organization,
    MentionKind::Place,
    MentionKind::List,
    MentionKind::Programme,
];
/// Keywords of one document.
const KEYWORDS_OF_DOCUMENT: usize = 6;
/// Keywords of the corpus.
const KEYWORDS_OF_CORPUS: usize = 24;
/// Documents as similar as this are near-duplicates.
const SIMILAR: f64 = 0.8;

/// `corpus summarize`.
pub(crate) struct Summarize;

#[derive(Args, Debug)]
struct Options {
    #[command(flatten)]
    input: InputOptions,

    /// How the summary is rendered
    #[arg(long, value_enum, default_value_t = Report::Text)]
    report: Report,

    /// The same as --report json: one object, its schema in the README
    #[arg(long, conflicts_with = "report")]
    json: bool,

    /// Sentences of each document
    #[arg(long, value_name = "N", default_value_t = 2)]
    sentences: usize,

    /// Syllables of the summary of all documents together
    #[arg(long, value_name = "N", default_value_t = 200)]
    length: usize,

    #[command(flatten)]
    words: WordOptions,

    #[command(flatten)]
    pack: PackOptions,

    #[command(flatten)]
    output: OutputOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Report {
    /// For a terminal
    Text,
    /// For a page of text
    Markdown,
    /// One page for a browser, with nothing beside it
    Html,
    /// For a program
    Json,
}

/// What is kept of a document until all are read.
struct Kept {
    summary: DocumentSummary,
    text: String,
    digest: DocumentDigest,
    sketch: Sketch,
}

impl Command for Summarize {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("summarize"))
            .about("Tell what is in a corpus: people and offices, directives, programmes, days, figures, duplicates")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let mut output = Output::open(&options.output)?;
        let (extractor, segmenter) = (options.pack.extractor()?, options.words.segmenter()?);
        let extractor: &Extractor = &extractor;
        let segmenter: &Segmenter = &segmenter;
        let mut kept: Vec<Kept> = Vec::new();
        let sums: Sums<KeywordTally> = Sums::new();
        let work = || {
            let mut part = sums.part(KeywordTally::default());
            let options = &options;
            move |document: &mut Document, _: &mut Vec<u8>| {
                let mut nothing = KeywordTally::default();
                let tally = part.sum().unwrap_or(&mut nothing);
                keep(document, extractor, segmenter, tally, options)
            }
        };
        let outcome = pipeline::run(session, &options.input, work, |_, values: Vec<Kept>| {
            kept.extend(values);
            Ok(())
        })?;
        let status = outcome.status();
        let tally = sums.total(KeywordTally::default(), KeywordTally::merge).into_tally();
        let summary = summary(kept, &tally, &outcome, &options);
        let report = if options.json { Report::Json } else { options.report };
        match report {
            Report::Text => {
                let page = report::text::render(&summary, columns(output.is_terminal()));
                output.write_styled(&page, session)?;
            }
            Report::Markdown => output.write_all(report::markdown::render(&summary).as_bytes())?,
            Report::Html => output.write_all(report::html::render(&summary).as_bytes())?,
            Report::Json => {
                serde_json::to_writer(&mut output, &summary)?;
                output.write_all(b"\n")?;
            }
        }
        output.finish(status)
    }
}

/// Analyses one document.
fn keep(
    document: &mut Document,
    extractor: &Extractor,
    segmenter: &Segmenter,
    tally: &mut KeywordTally,
    options: &Options,
) -> Kept {
    if !options.input.lines {
        date_document(extractor, document);
    }
    let document = &*document;
    let mut annotations = corpus_text::annotate(document, segmenter);
    annotations.mentions = extractor.extract_kinds(document, &KINDS);
    let mut sentences = Sentences::default();
    let counted = tally.add(document, &annotations, KEYWORDS_OF_DOCUMENT);
    let metadata = &document.metadata;
    let mentions = annotations.mentions.iter();
    let digest = DocumentDigest::new(document, &annotations);
    let excerpts = corpus_stats::summarize_digest(&digest, options.sentences);
    let summary = DocumentSummary {
        id: document.id().to_owned(),
        path: metadata.path.clone(),
        format: metadata.format.clone(),
        site: metadata.site.clone(),
        url: metadata.url.clone(),
        title: metadata.title.clone(),
        byline: metadata.byline.clone(),
        published: metadata.published,
        published_basis: metadata.published_basis,
        sentences: counted.sentences,
        words: counted.words,
        summary: excerpts
            .into_iter()
            .map(|span| Excerpt { span, text: document[span].to_owned() })
            .collect(),
        keywords: counted.keywords.into_iter().map(|keyword| keyword.word).collect(),
        people: people::of_document(mentions.clone().filter_map(|mention| match &mention.value {
            Value::Person(person) => Some(person),
            _ => None,
        })),
        directives: facts::directives_of_document(
            mentions
                .clone()
                .filter_map(|mention| match &mention.value {
                    Value::Directive(directive) => Some(directive.refs.iter()),
                    _ => None,
                })
                .flatten(),
        ),
        programmes: programmes::of_document(mentions.clone().filter_map(|it| match &it.value {
            Value::Programme(programme) => Some(programme),
            _ => None,
        })),
        organizations: names::of_document(mentions.clone().filter_map(|it| match &it.value {
            Value::Organization(organization) => Some(organization.name.as_str()),
            _ => None,
        })),
        places: names::of_document(mentions.clone().filter_map(|it| match &it.value {
            Value::Place(place) => Some(place.name.as_str()),
            _ => None,
        })),
        lists: lists(document, &annotations),
        citations: citations::of_document(mentions.clone(), |span| {
            let sentence = sentence_around(&annotations, span)?;
            Some((sentence, sentences.text(document, sentence)))
        }),
        quantities: quantities(document, &annotations, &mut sentences),
        dates: dates(document, &annotations, &mut sentences),
        doubtful_dates: doubtful_dates(document, &annotations),
        quality: quality::of_document(document),
    };
    Kept { summary, digest, sketch: Sketch::new(document), text: document.text().to_owned() }
}

/// Puts the documents together, in the order of their files' names.
fn summary(mut kept: Vec<Kept>, tally: &Tally, outcome: &Outcome, options: &Options) -> Summary {
    kept.sort_by(|a, b| a.summary.path.cmp(&b.summary.path));
    let names =
        unique_names(kept.iter().map(|it| (it.summary.id.as_str(), it.summary.path.as_deref())));
    let (mut documents, mut digests, mut sketches, mut texts) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (mut it, name) in kept.into_iter().zip(names) {
        it.summary.id = name;
        documents.push(it.summary);
        digests.push(it.digest);
        sketches.push(it.sketch);
        texts.push(it.text);
    }
    let id =
        |i: usize| documents.get(i).map(|it: &DocumentSummary| it.id.clone()).unwrap_or_default();
    // The two that take longest for many documents, side by side where that is allowed.
    let (chosen, pairs) = both(
        options.input.jobs() > 1,
        || corpus_stats::summarize_corpus(&digests, options.length),
        || corpus_stats::near_duplicates(&sketches, SIMILAR),
    );
    let excerpts = chosen
        .into_iter()
        .filter_map(|excerpt| {
            let text = texts.get(excerpt.document)?.get(excerpt.span.range())?.to_owned();
            Some(CorpusExcerpt { document: id(excerpt.document), span: excerpt.span, text })
        })
        .collect();
    let duplicates = pairs
        .into_iter()
        .map(|pair| DuplicateRow { a: id(pair.a), b: id(pair.b), similarity: pair.similarity })
        .collect();
    let keywords = corpus_stats::corpus_keywords(tally, KEYWORDS_OF_CORPUS)
        .into_iter()
        .map(|keyword| KeywordRow { word: keyword.word, score: keyword.score })
        .collect();
    let mut timeline: Vec<TimelineRow> = documents
        .iter()
        .flat_map(|document| {
            document.dates.iter().map(|date| TimelineRow {
                iso: date.iso,
                document: document.id.clone(),
                span: date.span,
                text: Arc::clone(&date.text),
                is_of_document: document
                    .published
                    .is_some_and(|when| when.first_day() == date.iso.first_day()),
            })
        })
        .collect();
    timeline.sort_by_key(|row| (row.iso.first_day(), row.iso));
    let citations = documents
        .iter_mut()
        .flat_map(|it| {
            let document = it.id.clone();
            let facts = std::mem::take(&mut it.citations).into_iter();
            facts.map(move |fact| CitationRow { document: document.clone(), fact })
        })
        .collect();
    let quality = quality::of_corpus(&documents);
    let published = || documents.iter().filter_map(|document| document.published);
    let corpus = CorpusSummary {
        summary: excerpts,
        documents: tally.documents,
        bytes: tally.bytes,
        sentences: tally.sentences,
        syllables: tally.syllables,
        words: tally.words(),
        sites: sites(&documents),
        first: published().min_by_key(|when| when.first_day()),
        last: published().max_by_key(|when| when.first_day()),
        people: people::of_corpus(documents.iter().map(|it| (it.people.as_slice(), it.published))),
        directives: facts::directives_of_corpus(
            documents.iter().map(|it| it.directives.as_slice()),
        ),
        programmes: programmes::of_corpus(documents.iter().map(|it| it.programmes.as_slice())),
        citations,
        organizations: names::of_corpus(documents.iter().map(|it| it.organizations.as_slice())),
        places: names::of_corpus(documents.iter().map(|it| it.places.as_slice())),
        timeline,
        keywords,
        duplicates,
        quality,
    };
    Summary { schema: SCHEMA, documents, corpus, ledger: LedgerRows::new(&outcome.ledger) }
}

/// What two functions give, each on a thread of its own where there may be two.
fn both<A, B: Send>(
    threads: bool,
    one: impl FnOnce() -> A,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    if !threads {
        return (one(), other());
    }
    std::thread::scope(|scope| {
        let other = scope.spawn(other);
        let one = one();
        match other.join() {
            Ok(other) => (one, other),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// The sites, those with most documents first.
fn sites(documents: &[DocumentSummary]) -> Vec<NameCount> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for site in documents.iter().filter_map(|it| it.site.as_deref()) {
        *counts.entry(site).or_default() += 1;
    }
    let mut rows: Vec<NameCount> = counts
        .into_iter()
        .map(|(name, documents)| NameCount { name: name.to_owned(), documents })
        .collect();
    rows.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.name.cmp(&b.name)));
    rows
}
