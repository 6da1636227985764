//! `corpus extract`: dates, directives, people with office, quantities, where they stand.

use std::io::Write as _;

use anyhow::Result;
use clap::builder::PossibleValuesParser;
use clap::{ArgMatches, Args, FromArgMatches as _};
use corpus_extract::Extractor;
use corpus_model::{Document, Mention, MentionKind, Span, Value};
use serde::Serialize;

use crate::command::Command;
use crate::options::{InputOptions, OutputOptions};
use crate::output::Output;
use crate::pipeline;
use crate::report::json::{DocumentName, line};
use crate::report::values;
use crate::session::{Session, Status};
use crate::style::{DIM, HEAD, NAME};
use crate::text_width::{flat, pad};

const EXAMPLES: &str = "\
Examples:
  corpus extract seeds                                all facts, grouped by document
  corpus extract --kind directive,date article.txt    some kinds only
  corpus extract --json --lines < text.txt            for a program, a line a document
  corpus extract --lines --published 2017-02-02 < x   what `hôm qua` means depends on the day";

/// `corpus extract`.
pub(crate) struct Extract;

#[derive(Args, Debug)]
struct Options {
    #[command(flatten)]
    input: InputOptions,

    /// Only these kinds of facts, separated by commas
    #[arg(long, value_name = "KINDS", value_delimiter = ',',
          value_parser = PossibleValuesParser::new(MentionKind::ALL.map(MentionKind::name)))]
    kind: Vec<String>,

    /// Print JSON Lines: {"document","path","kind","span","text","value"}
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    output: OutputOptions,
}

#[derive(Serialize)]
struct Row<'a> {
    document: DocumentName<'a>,
    path: Option<&'a str>,
    span: Span,
    text: &'a str,
    #[serde(flatten)]
    value: &'a Value,
}

impl Command for Extract {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("extract"))
            .about("Find dates, directives, people with office, quantities")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let mut kinds: Vec<MentionKind> =
            options.kind.iter().filter_map(|name| MentionKind::from_name(name)).collect();
        if kinds.is_empty() {
            kinds = MentionKind::ALL.to_vec();
        }
        let extractor = Extractor::built_in();
        let mut output = Output::open(&options.output)?;
        let work = || {
            |document: &mut Document, page: &mut Vec<u8>| {
                let document = &*document;
                let mentions = extractor.extract_kinds(document, &kinds);
                if options.json {
                    for mention in &mentions {
                        line(
                            page,
                            &Row {
                                document: DocumentName::of(document),
                                path: document.metadata.path.as_deref(),
                                span: mention.span,
                                text: &document[mention.span],
                                value: &mention.value,
                            },
                        );
                    }
                } else if !mentions.is_empty() {
                    grouped(document, mentions.as_slice(), page);
                }
                mentions.len()
            }
        };
        let mut found = 0;
        let outcome = pipeline::run(session, &options.input, work, |bytes, counts: Vec<usize>| {
            found += counts.iter().sum::<usize>();
            if options.json {
                Ok(output.write_all(bytes)?)
            } else {
                output.write_styled(&String::from_utf8_lossy(bytes), session)
            }
        })?;
        output.finish(match outcome.status() {
            Status::Done if found == 0 => Status::NothingFound,
            status => status,
        })
    }
}

/// The facts of one document under its name, a line each: byte, kind, text, value.
fn grouped(document: &Document, mentions: &[Mention], page: &mut Vec<u8>) {
    let mut text =
        format!("{HEAD}{}{HEAD:#}", document.metadata.path.as_deref().unwrap_or(document.id()));
    if let Some(title) = &document.metadata.title {
        text.push_str(&format!("  {}", flat(title)));
    }
    text.push('\n');
    for mention in mentions {
        let start = mention.span.start();
        let written = flat(&document[mention.span]);
        let value = flat(&values::shown(&mention.value));
        text.push_str(&format!(
            "{DIM}{start:>7}{DIM:#}  {NAME}{}{NAME:#} {written}",
            pad(mention.kind().name(), 10)
        ));
        if !value.is_empty() && value != written {
            text.push_str(&format!("  {DIM}→{DIM:#} {value}"));
        }
        text.push('\n');
    }
    page.extend_from_slice(text.as_bytes());
    page.push(b'\n');
}
