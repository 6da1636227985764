//! `corpus dispersion`: how evenly words are spread.

use anyhow::Result;
use clap::{ArgMatches, Args, FromArgMatches as _, ValueEnum};
use corpus_model::{Document, WordKind};
use corpus_stats::{Dispersion as Spreading, is_stop_word};

use crate::command::Command;
use crate::counting::UnitOptions;
use crate::options::{InputOptions, OutputOptions};
use crate::output::Output;
use crate::pipeline;
use crate::session::{Session, Status};
use crate::table::{Cell, Table, TableOptions};

const EXAMPLES: &str = "\
Examples:
  corpus dispersion articles/                      the commonest words, parts being documents
  corpus dispersion --parts 100 --csv crawl/ > spread.csv
  corpus dispersion --sort dp --content-words seeds   the most unevenly spread first

DP is 0 for a word that is spread evenly and near 1 for one that is all in one small part;
Juilland's D the other way round. ARF is the count, reduced as far as occurrences crowd together.";

/// `corpus dispersion`.
pub(crate) struct Dispersion;

#[derive(Args, Debug)]
struct Options {
    #[command(flatten)]
    input: InputOptions,

    #[command(flatten)]
    unit: UnitOptions,

    /// Cut the corpus into N parts of equal length; without it each document is a part
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    parts: Option<u32>,

    /// Leave out what occurs fewer times
    #[arg(long, value_name = "N", default_value_t = 5)]
    min: u64,

    /// The column by which rows are sorted
    #[arg(long, value_enum, default_value_t = Order::Count)]
    sort: Order,

    /// Leave out function words and phrases that every report uses
    #[arg(long)]
    content_words: bool,

    #[command(flatten)]
    table: TableOptions,

    #[command(flatten)]
    output: OutputOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Order {
    Count,
    Dp,
    DpNorm,
    JuillandD,
    Arf,
}

impl Order {
    /// The column.
    fn name(self) -> &'static str {
        match self {
            Order::Count => "count",
            Order::Dp => "dp",
            Order::DpNorm => "dp_norm",
            Order::JuillandD => "juilland_d",
            Order::Arf => "arf",
        }
    }
}

impl Command for Dispersion {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("dispersion"))
            .about("Tell how evenly words are spread over the documents")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let mut output = Output::open(&options.output)?;
        let annotator = options.unit.annotator()?;
        // The order of the words matters, so threads find them and one place takes them in.
        let work = || {
            |document: &mut Document, _: &mut Vec<u8>| {
                if !annotator.wants(document) {
                    return String::new();
                }
                let annotations = annotator.units(document);
                let mut words = String::with_capacity(document.text().len());
                for word in &annotations.words {
                    if !matches!(word.kind, WordKind::Punctuation | WordKind::Other) {
                        words.push_str(document.get(word.span).unwrap_or_default());
                        words.push('\0');
                    }
                }
                words
            }
        };
        let mut spreading = Spreading::default();
        let outcome = pipeline::run(session, &options.input, work, |_, parts: Vec<String>| {
            for part in parts {
                spreading.add_part(part.split_terminator('\0'));
            }
            Ok(())
        })?;
        let mut table = Table::new([
            "word",
            "count",
            if options.parts.is_some() { "parts" } else { "documents" },
            "dp",
            "dp_norm",
            "juilland_d",
            "arf",
        ]);
        for it in spreading.spreads(options.min, options.parts.map(|it| it as usize)) {
            if options.content_words && is_stop_word(&it.key) {
                continue;
            }
            let figures =
                [it.deviation, it.normalized_deviation, it.juilland, it.reduced_frequency];
            let counts = [Cell::Text(it.word), Cell::Count(it.count), Cell::Count(it.parts)];
            table.push(counts.into_iter().chain(figures.map(Cell::Number)));
        }
        table.sort_by(options.sort.name());
        table.print(&options.table, &mut output, session)?;
        output.finish(annotator.end(session, &outcome, !table.is_empty(), options.min))
    }
}
