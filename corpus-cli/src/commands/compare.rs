//! `corpus compare`: what two extractions differ in.

mod page;

use std::collections::{BTreeSet, HashMap};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::{ArgMatches, Args, FromArgMatches as _};
use corpus_model::{BlockKind, Document, Span};
use serde::Serialize;
use serde_json::Value;

use crate::command::Command;
use crate::mentions::difference::{Comparison, Fact, Key};
use crate::mentions::difference::{compare, key, read};
use crate::options::{self, InputOptions, OutputOptions};
use crate::output::Output;
use crate::pipeline;
use crate::report::json::line;
use crate::session::{Session, Status};
use crate::text_width::columns;
use page::{Context, listed, table};

const EXAMPLES: &str = "\
Examples:
  corpus extract --json sample/ > old.jsonl       before a change
  corpus extract --json sample/ | corpus compare old.jsonl -
  corpus compare old.jsonl new.jsonl              two extractions, sentences from the files
  corpus compare old.jsonl new.jsonl sample.jsonl sentences from these documents
  corpus compare --check old.jsonl new.jsonl      status 1 where anything differs

A fact is the same where kind, place and value are; changed where the value differs or an end has
moved; gained or lost otherwise. The sentences come from the files that the facts name, or from
the documents given, as far as these are still the same.

Exit status:
  0  done, whether or not anything differs
  1  with --check: something differs
  2  wrong usage, or one of both could not be read";

/// `corpus compare`.
pub(crate) struct Compare;

#[derive(Args, Debug)]
struct Options {
    /// What `corpus extract --json` printed before, or - for standard input
    old: PathBuf,

    /// What it prints now, or - for standard input
    new: PathBuf,

    /// Only these kinds of facts, separated by commas
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    kind: Vec<String>,

    /// At most so many gained, lost and changed facts of each kind; 0 for the counts alone
    #[arg(long, value_name = "N", default_value_t = 10)]
    most: usize,

    /// Print JSON Lines, a difference a line:
    /// {"change","kind","document","path","old","new","sentence"}
    #[arg(long)]
    json: bool,

    /// End with status 1 where anything differs
    #[arg(long)]
    check: bool,

    #[command(flatten)]
    input: InputOptions,

    #[command(flatten)]
    output: OutputOptions,
}

#[derive(Serialize)]
struct Row<'a> {
    change: &'static str,
    kind: &'a str,
    document: String,
    path: Option<&'a str>,
    old: Option<Side<'a>>,
    new: Option<Side<'a>>,
    sentence: Option<&'a str>,
}

#[derive(Serialize)]
struct Side<'a> {
    span: Span,
    text: &'a str,
    value: &'a Value,
}

impl<'a> Side<'a> {
    fn of(fact: &'a Fact) -> Side<'a> {
        Side { span: fact.span, text: &fact.text, value: &fact.value }
    }
}

impl Command for Compare {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("compare"))
            .about("Compare two extractions: facts gained, lost and changed")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let standard = Path::new("-");
        if options.old == standard && options.new == standard {
            bail!("only one of both can be standard input");
        }
        let [mut old, mut new] = [facts(&options.old)?, facts(&options.new)?];
        if !options.kind.is_empty() {
            for facts in [&mut old, &mut new] {
                facts.retain(|fact| options.kind.contains(&fact.kind));
            }
        }
        let comparison = compare(&old, &new);
        let mut output = Output::open(&options.output)?;
        let contexts = contexts(&comparison, &options, session)?;
        if options.json {
            let mut page = Vec::new();
            for (difference, context) in comparison.differences.iter().zip(&contexts) {
                let Some(fact) = difference.fact() else { continue };
                line(
                    &mut page,
                    &Row {
                        change: difference.change().name(),
                        kind: &fact.kind,
                        document: fact.document(),
                        path: fact.path.as_deref(),
                        old: difference.old.map(Side::of),
                        new: difference.new.map(Side::of),
                        sentence: context.as_ref().map(|it| it.sentence.as_str()),
                    },
                );
            }
            output.write_all(&page)?;
        } else {
            let width = columns(output.is_terminal());
            let mut page = table(&comparison);
            listed(&comparison, &contexts, options.most, width, &mut page);
            output.write_styled(&page, session)?;
        }
        output.finish(match options.check && !comparison.differences.is_empty() {
            true => Status::NothingFound,
            false => Status::Done,
        })
    }
}

fn facts(path: &Path) -> Result<Vec<Fact>> {
    read(&options::name(path), options::open(path)?)
}

/// The sentences of the differences, as far as their documents are at hand.
fn contexts(
    comparison: &Comparison<'_>,
    options: &Options,
    session: &Session,
) -> Result<Vec<Option<Context>>> {
    let mut contexts: Vec<Option<Context>> = Vec::new();
    contexts.resize_with(comparison.differences.len(), || None);
    let mut input = options.input.clone();
    if input.input.is_empty() {
        let paths: BTreeSet<&str> = comparison
            .differences
            .iter()
            .filter_map(|it| it.fact()?.path.as_deref())
            .filter(|path| Path::new(path).is_file())
            .collect();
        input.input = paths.into_iter().map(str::to_owned).collect();
    }
    if input.input.is_empty() || contexts.is_empty() {
        return Ok(contexts);
    }
    // The places of each document's differences, in text order.
    let mut wanted: HashMap<Key, Vec<(usize, &Fact)>> = HashMap::new();
    for (i, difference) in comparison.differences.iter().enumerate() {
        if let Some(fact) = difference.fact() {
            wanted.entry(fact.key()).or_default().push((i, fact));
        }
    }
    let work = || {
        |document: &mut Document, _: &mut Vec<u8>| {
            let key = key(document.id().to_owned(), document.metadata.path.as_deref());
            let wanted = wanted.get(&key).or_else(|| {
                // What was read from standard input has no path.
                wanted.get(&(document.id().to_owned(), String::new()))
            });
            wanted.map(|wanted| sentences(document, wanted)).unwrap_or_default()
        }
    };
    // What is damaged in the documents was told when the facts were extracted.
    let session = session.silenced();
    pipeline::run(&session, &input, work, |_, found: Vec<Vec<(usize, Context)>>| {
        for (i, context) in found.into_iter().flatten() {
            if let Some(slot) = contexts.get_mut(i) {
                *slot = Some(context);
            }
        }
        Ok(())
    })?;
    Ok(contexts)
}

/// The sentences in which facts of a document begin; none for a fact that does not stand there.
fn sentences(document: &Document, facts: &[(usize, &Fact)]) -> Vec<(usize, Context)> {
    let mut contexts = Vec::new();
    let mut facts = facts.iter().peekable();
    let blocks = document.blocks().iter();
    for block in blocks.filter(|it| it.kind.is_content() || it.kind == BlockKind::Byline) {
        for sentence in corpus_text::sentences(&document[block.span]) {
            let span = sentence.span.shifted(block.span.start());
            while let Some((i, fact)) = facts.next_if(|it| it.1.span.start() < span.end()) {
                if document.get(fact.span) != Some(&fact.text) || fact.span.start() < span.start() {
                    continue;
                }
                let start = fact.span.start() - span.start();
                let end = fact.span.end().min(span.end()) - span.start();
                let sentence = document[span].to_owned();
                contexts.push((*i, Context { sentence, fact: Span::new(start, end) }));
            }
        }
    }
    contexts
}
