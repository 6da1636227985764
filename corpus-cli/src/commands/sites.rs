//! `corpus sites`: which lines each site writes around its articles.

use std::io::Write as _;

use anyhow::Result;
use clap::{ArgMatches, Args, FromArgMatches as _};
use corpus_model::Document;
use corpus_parse::RecurringLines;
use serde::Serialize;

use crate::command::Command;
use crate::counting::{Sums, status};
use crate::options::{InputOptions, OutputOptions};
use crate::output::Output;
use crate::pipeline;
use crate::session::{Session, Status};

const EXAMPLES: &str = "\
Examples:
  corpus sites crawl.jsonl -o my-sites.tsv            propose rules for the furniture of each site
  corpus sites --share 0.5 crawl.jsonl                only what stands in every other document
  corpus summarize --site-pack my-sites.tsv crawl.jsonl

A row is a site, a kind of block and a line, divided by tabs. Read it before you use it: delete what
is text, give what is a caption or byline that kind, write * for what varies. Figures and case do
not count, so sentences that differ in their figures only are proposed too.

A document's site is that of its address, or the field `site`. Where neither is there, --url-field
names the field of the address, and a file that describes a format says `site = \"…\"`.";

/// `corpus sites`.
pub(crate) struct Sites;

#[derive(Args, Debug)]
struct Options {
    #[command(flatten)]
    input: InputOptions,

    /// Propose what stands in at least so many documents of a site
    #[arg(long, value_name = "N", default_value_t = 3)]
    min: u64,

    /// Propose what stands in at least this share of a site's documents
    #[arg(long, value_name = "SHARE", default_value_t = 0.05, value_parser = share)]
    share: f64,

    /// Print JSON Lines: {"site","line","documents","of"}
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    output: OutputOptions,
}

#[derive(Serialize)]
struct Row<'a> {
    site: &'a str,
    line: &'a str,
    documents: u64,
    of: u64,
}

impl Command for Sites {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("sites"))
            .about("Learn the page furniture of each site, and propose rules for it")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let mut output = Output::open(&options.output)?;
        let sums: Sums<RecurringLines> = Sums::new();
        let work = || {
            let mut part = sums.part(RecurringLines::default());
            move |document: &mut Document, _: &mut Vec<u8>| {
                if let Some(lines) = part.sum() {
                    lines.add(document);
                }
            }
        };
        let outcome = pipeline::run(session, &options.input, work, |_, _: Vec<()>| Ok(()))?;
        let lines = sums.total(RecurringLines::default(), |ours, theirs| ours.merge(theirs));
        let proposals = lines.proposals(options.min, options.share);
        let unknown = outcome.documents.saturating_sub(lines.documents());
        if unknown > 0 {
            session.note(&format!(
                "{unknown} of {} documents have no site, and nothing was learned from them; see --help",
                outcome.documents
            ));
        }
        if !options.json && !proposals.is_empty() {
            writeln!(output, "# site\tkind\tline\twhere it was seen")?;
        }
        for proposal in &proposals {
            if options.json {
                let corpus_parse::RecurringLine { site, line, documents, of, .. } = proposal;
                let row = Row { site, line, documents: *documents, of: *of };
                serde_json::to_writer(&mut output, &row)?;
                output.write_all(b"\n")?;
            } else {
                writeln!(output, "{}", proposal.row())?;
            }
        }
        output.finish(status(&outcome, !proposals.is_empty()))
    }
}

/// Reads the value of `--share`.
fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("a share is a number from 0 to 1".into()),
    }
}
