//! `corpus ngrams`: which words follow one another, and how often.

use anyhow::Result;
use clap::{ArgMatches, Args, FromArgMatches as _};
use corpus_model::Document;
use corpus_stats::NGrams;

use crate::command::Command;
use crate::counting::{Sums, UnitOptions};
use crate::options::{InputOptions, OutputOptions};
use crate::output::Output;
use crate::pipeline;
use crate::session::{Session, Status};
use crate::table::{Cell, Table, TableOptions};

const EXAMPLES: &str = "\
Examples:
  corpus ngrams articles/                          the most frequent pairs of words
  corpus ngrams -n 4 --min 5 --csv crawl/ > four.csv
  corpus ngrams -n 3 --unit syllables --json crawl.jsonl

A run of words lies in one sentence, with no punctuation inside.";

/// `corpus ngrams`.
pub(crate) struct Ngrams;

#[derive(Args, Debug)]
struct Options {
    #[command(flatten)]
    input: InputOptions,

    /// How many words a run has
    #[arg(long, short = 'n', value_name = "N", default_value_t = 2,
          value_parser = clap::value_parser!(u8).range(1..=20))]
    size: u8,

    #[command(flatten)]
    unit: UnitOptions,

    /// Leave out what occurs fewer times
    #[arg(long, value_name = "N", default_value_t = 2)]
    min: u64,

    #[command(flatten)]
    table: TableOptions,

    #[command(flatten)]
    output: OutputOptions,
}

impl Command for Ngrams {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("ngrams"))
            .about("Count runs of words that follow one another")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let mut output = Output::open(&options.output)?;
        let annotator = options.unit.annotator()?;
        let size = usize::from(options.size);
        let sums: Sums<NGrams> = Sums::new();
        let work = || {
            let mut part = sums.part(NGrams::new(size));
            let annotator = &annotator;
            move |document: &mut Document, _: &mut Vec<u8>| {
                if let Some(grams) = part.sum().filter(|_| annotator.wants(document)) {
                    grams.add(document, &annotator.annotate(document));
                }
            }
        };
        let outcome = pipeline::run(session, &options.input, work, |_, _: Vec<()>| Ok(()))?;
        let grams = sums.total(NGrams::new(size), NGrams::merge);
        let total = grams.total() as f64;
        let mut table = Table::new(["words", "count", "per_million", "documents"]);
        for it in grams.frequencies(options.min) {
            table.push([
                Cell::Text(it.words),
                Cell::Count(it.count),
                Cell::Number(it.count as f64 / total * 1e6),
                Cell::Count(it.documents),
            ]);
        }
        table.print(&options.table, &mut output, session)?;
        output.finish(annotator.end(session, &outcome, !table.is_empty(), options.min))
    }
}
