//! `corpus sentences`: one sentence a line.

use std::io::Write as _;

use anyhow::Result;
use clap::{ArgMatches, Args, FromArgMatches as _};
use corpus_model::{Document, Span};
use serde::Serialize;

use crate::command::Command;
use crate::options::{InputOptions, OutputOptions};
use crate::output::Output;
use crate::pipeline;
use crate::report::json::{DocumentName, line};
use crate::session::{Session, Status};

const EXAMPLES: &str = "\
Examples:
  corpus sentences seeds                      every sentence of every document
  corpus sentences --lines --json < text.txt  {\"document\":0,\"span\":[0,12],\"text\":\"…\"}
  corpus sentences -o sentences.txt crawl/";

/// `corpus sentences`.
pub(crate) struct Sentences;

#[derive(Args, Debug)]
struct Options {
    #[command(flatten)]
    input: InputOptions,

    /// Print JSON Lines: {"document","path","span","text"}
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    output: OutputOptions,
}

#[derive(Serialize)]
struct Row<'a> {
    document: DocumentName<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    span: Span,
    text: &'a str,
}

impl Command for Sentences {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("sentences"))
            .about("Split the text into sentences")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let mut output = Output::open(&options.output)?;
        let work = || {
            |document: &mut Document, page: &mut Vec<u8>| {
                let document = &*document;
                for block in document.content() {
                    for sentence in corpus_text::sentences(&document[block.span]) {
                        let span = sentence.span.shifted(block.span.start());
                        let text = &document[span];
                        if options.json {
                            line(
                                page,
                                &Row {
                                    document: DocumentName::of(document),
                                    path: document.metadata.path.as_deref(),
                                    span,
                                    text,
                                },
                            );
                        } else {
                            page.extend_from_slice(text.as_bytes());
                            page.push(b'\n');
                        }
                    }
                }
            }
        };
        let outcome = pipeline::run(session, &options.input, work, |bytes, _: Vec<()>| {
            Ok(output.write_all(bytes)?)
        })?;
        output.finish(outcome.status())
    }
}
