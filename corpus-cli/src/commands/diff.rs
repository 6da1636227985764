//! `corpus diff`: what is new in a corpus against an older one.

mod change;
mod page;

use std::io::Write as _;

use anyhow::Result;
use clap::{ArgMatches, Args, FromArgMatches as _};
use corpus_extract::Extractor;
use corpus_model::{Document, MentionKind, Value, When};
use corpus_stats::{Sketch, Vocabulary};
use corpus_text::Segmenter;

use crate::command::Command;
use crate::counting::Sums;
use crate::options::{InputOptions, OutputOptions, WordOptions};
use crate::output::Output;
use crate::pipeline;
use crate::report::facts::{self, DirectiveFact};
use crate::report::json::line;
use crate::report::people::{self, PersonFact};
use crate::report::{date_document, unique_names};
use crate::session::{Session, Status};
use crate::text_width::columns;

const EXAMPLES: &str = "\
Examples:
  corpus diff march/ april/                 what April has that March had not
  corpus diff crawl-1.jsonl crawl-2.jsonl   a crawl and the one after it
  corpus diff --json old/ new/ | jq '.documents.changed'
  corpus diff --check old/ new/             status 1 where a document differs

A document is the same where its text is, changed where its address or identifier is and the text is
not, or where it is the most similar of those left (--threshold); new or gone otherwise. People,
offices and directives are new where no document of OLD names them. Keywords are words that are more
frequent in one of both, by log-likelihood (10.83 is 0.1 % by chance).

Exit status:
  0  done, whether or not anything differs
  1  with --check: a document is new, gone or changed
  2  wrong usage, or nothing could be read
  3  finished, but some input was unreadable";

/// `corpus diff`.
pub(crate) struct Diff;

#[derive(Args, Debug)]
struct Options {
    #[command(flatten)]
    input: InputOptions,

    /// The least similarity of two documents that are one, changed, where nothing else says so
    #[arg(long, value_name = "SIMILARITY", default_value_t = 0.5, value_parser = super::duplicates::share)]
    threshold: f64,

    /// At most so many rows of each section; 0 for the counts alone
    #[arg(long, value_name = "N", default_value_t = 15)]
    most: usize,

    /// Print all as one JSON object, its schema in the README
    #[arg(long)]
    json: bool,

    /// End with status 1 where a document is new, gone or changed
    #[arg(long)]
    check: bool,

    #[command(flatten)]
    words: WordOptions,

    #[command(flatten)]
    output: OutputOptions,
}

/// The facts that are compared.
const KINDS: [MentionKind; 2] = [MentionKind::Person, MentionKind::Directive];

/// One of the two corpora.
#[derive(Default)]
struct Corpus {
    documents: Vec<Kept>,
    words: Vocabulary,
}

/// What is kept of a document.
struct Kept {
    id: String,
    path: Option<String>,
    /// What a document keeps when its text is edited: its address, or its identifier.
    identity: Option<String>,
    title: Option<String>,
    published: Option<When>,
    sketch: Sketch,
    people: Vec<PersonFact>,
    directives: Vec<DirectiveFact>,
}

impl Command for Diff {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("diff"))
            .about("Tell what is new: documents, people, offices, directives, words")
            .after_help(EXAMPLES)
            .mut_arg("input", |input| {
                input
                    .value_names(["OLD", "NEW"])
                    .num_args(2)
                    .required(true)
                    .help("Two files, folders or quoted globs; one may be - for standard input")
            })
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let mut output = Output::open(&options.output)?;
        let segmenter = options.words.segmenter()?;
        let mut corpora = [Corpus::default(), Corpus::default()];
        let mut statuses = Vec::new();
        for (corpus, input) in corpora.iter_mut().zip(&options.input.input) {
            let input = InputOptions { input: vec![input.clone()], ..options.input.clone() };
            let (read, status) = read(session, &input, &segmenter)?;
            *corpus = read;
            statuses.push(status);
        }
        let [old, new] = corpora;
        let difference = change::difference(old, new, options.threshold);
        if options.json {
            let mut page = Vec::new();
            line(&mut page, &difference);
            output.write_all(&page)?;
        } else {
            let page = page::render(&difference, options.most, columns(output.is_terminal()));
            output.write_styled(&page, session)?;
        }
        // The worse of the two runs decides.
        let order = [Status::Failed, Status::Damaged];
        let ended = order.into_iter().find(|it| statuses.contains(it)).unwrap_or(Status::Done);
        output.finish(match ended {
            Status::Done if options.check && difference.documents.differ() => Status::NothingFound,
            ended => ended,
        })
    }
}

/// Reads one of the corpora, in the order of its files' names.
fn read(
    session: &Session,
    input: &InputOptions,
    segmenter: &Segmenter,
) -> Result<(Corpus, Status)> {
    let extractor = Extractor::built_in();
    let sums: Sums<Vocabulary> = Sums::new();
    let mut documents: Vec<Kept> = Vec::new();
    let work = || {
        let mut part = sums.part(Vocabulary::default());
        move |document: &mut Document, _: &mut Vec<u8>| {
            if !input.lines {
                date_document(extractor, document);
            }
            let document = &*document;
            let annotations = corpus_text::annotate(document, segmenter);
            if let Some(words) = part.sum() {
                words.add(document, &annotations);
            }
            keep(document, extractor)
        }
    };
    let outcome = pipeline::run(session, input, work, |_, kept: Vec<Kept>| {
        documents.extend(kept);
        Ok(())
    })?;
    let words = sums.total(Vocabulary::default(), Vocabulary::merge);
    documents.sort_by(|a, b| a.path.cmp(&b.path));
    let names = unique_names(documents.iter().map(|it| (it.id.as_str(), it.path.as_deref())));
    for (document, name) in documents.iter_mut().zip(names) {
        document.id = name;
    }
    Ok((Corpus { documents, words }, outcome.status()))
}

fn keep(document: &Document, extractor: &Extractor) -> Kept {
    let metadata = &document.metadata;
    let mentions = extractor.extract_kinds(document, &KINDS);
    let people = mentions.iter().filter_map(|mention| match &mention.value {
        Value::Person(person) => Some(person),
        _ => None,
    });
    let directives = mentions.iter().filter_map(|mention| match &mention.value {
        Value::Directive(directive) => Some(directive.refs.iter()),
        _ => None,
    });
    // A line's number says where it stands, not what it is.
    let is_line = metadata.format.as_deref() == Some("lines");
    let id = Some(document.id()).filter(|id| !id.is_empty() && !is_line);
    Kept {
        id: document.id().to_owned(),
        path: metadata.path.clone(),
        identity: metadata.url.as_deref().or(id).map(str::to_owned),
        title: metadata.title.clone(),
        published: metadata.published,
        sketch: Sketch::new(document),
        people: people::of_document(people),
        directives: facts::directives_of_document(directives.flatten()),
    }
}
