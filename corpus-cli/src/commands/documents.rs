//! `corpus documents`: what the parsers found.

use std::collections::BTreeMap;
use std::io::Write as _;

use anyhow::Result;
use clap::{ArgMatches, Args, FromArgMatches as _};
use corpus_extract::Extractor;
use corpus_model::{BlockKind, Document};

use crate::command::Command;
use crate::options::{InputOptions, OutputOptions};
use crate::output::Output;
use crate::pipeline;
use crate::report::date_document;
use crate::report::json::line;
use crate::session::{Session, Status};
use crate::style::{DATE, DIM, HEAD, NAME};
use crate::text_width::{columns, cut, flat, grouped, pad};

const EXAMPLES: &str = "\
Examples:
  corpus documents seeds                      one entry a document: title, site, date, blocks
  corpus documents --blocks article.txt       every block with its beginning
  corpus documents --json seeds               whole documents as JSON Lines
  corpus documents --json --text-field body crawl.jsonl";

/// `corpus documents`.
pub(crate) struct Documents;

#[derive(Args, Debug)]
struct Options {
    #[command(flatten)]
    input: InputOptions,

    /// Print JSON Lines: {"id","path","format","url","site","title",…,"blocks","text"}
    #[arg(long, conflicts_with = "blocks")]
    json: bool,

    /// List the blocks one by one
    #[arg(long)]
    blocks: bool,

    #[command(flatten)]
    output: OutputOptions,
}

impl Command for Documents {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("documents"))
            .about("Parse documents: text, metadata and blocks")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let extractor = Extractor::built_in();
        let mut output = Output::open(&options.output)?;
        let width = columns(output.is_terminal());
        let work = || {
            |document: &mut Document, page: &mut Vec<u8>| {
                if !options.input.lines {
                    date_document(extractor, document);
                }
                if options.json {
                    line(page, document);
                } else {
                    page.extend_from_slice(entry(document, options.blocks, width).as_bytes());
                }
            }
        };
        let outcome = pipeline::run(session, &options.input, work, |bytes, _: Vec<()>| {
            if options.json {
                Ok(output.write_all(bytes)?)
            } else {
                output.write_styled(&String::from_utf8_lossy(bytes), session)
            }
        })?;
        output.finish(outcome.status())
    }
}

/// A document in a few lines.
fn entry(document: &Document, with_blocks: bool, width: usize) -> String {
    let metadata = &document.metadata;
    let mut text = format!("{NAME}{}{NAME:#}", document.id());
    for part in [metadata.format.as_deref(), metadata.site.as_deref()].into_iter().flatten() {
        text.push_str(&format!("  {DIM}{part}{DIM:#}"));
    }
    if let Some(when) = metadata.published {
        let basis = metadata.published_basis.map_or("", |basis| basis.name());
        text.push_str(&format!("  {DATE}{when}{DATE:#} {DIM}{basis}{DIM:#}"));
    }
    text.push('\n');
    if let Some(title) = &metadata.title {
        text.push_str(&format!("  {HEAD}{}{HEAD:#}\n", cut(&flat(title), width - 2)));
    }
    if let Some(byline) = &metadata.byline {
        text.push_str(&format!("  {}\n", flat(byline)));
    }
    if with_blocks {
        for block in document.blocks() {
            let beginning = cut(&flat(&document[block.span]), width.saturating_sub(32));
            let place = format!("{}–{}", block.span.start(), block.span.end());
            text.push_str(&format!(
                "  {} {DIM}{}{DIM:#} {beginning}\n",
                pad(block.kind.name(), 12),
                pad(&place, 15)
            ));
        }
    } else {
        let mut counts: BTreeMap<BlockKind, usize> = BTreeMap::new();
        for block in document.blocks() {
            *counts.entry(block.kind).or_default() += 1;
        }
        let counts: Vec<String> =
            counts.iter().map(|(kind, n)| format!("{n} {}", kind.name())).collect();
        let bytes = grouped(document.text().len() as u64);
        text.push_str(&format!("  {DIM}{bytes} bytes: {}{DIM:#}\n", counts.join(", ")));
    }
    text.push('\n');
    text
}
