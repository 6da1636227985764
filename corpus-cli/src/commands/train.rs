//! `corpus train`: makes models from data.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use clap::{ArgMatches, Args, FromArgMatches as _, Subcommand};
use corpus_text::read_gold;
use corpus_text::train::WordTrainer;

use crate::command::Command;
use crate::options::{OutputOptions, name, open};
use crate::output::Output;
use crate::session::{Session, Status};
use crate::text_width::grouped;

const EXAMPLES: &str = "\
Examples:
  corpus train words --gold train.conllu --other-gold news.txt -o mine.tsv
  xz -dc news.seg.xz | corpus train words --counts words.tsv --segmented - -o mine.tsv
  corpus evaluate words --model mine.tsv dev.conllu

The same data give the same model, byte for byte, in whatever order the files are named.";

/// `corpus train`.
pub(crate) struct Train;

#[derive(Debug, Subcommand)]
enum Task {
    /// Make the lexicon that words are cut by: words with counts, for --model
    Words(Options),
}

#[derive(Args, Debug)]
#[command(group(clap::ArgGroup::new("data").args(["gold", "other_gold", "counts", "segmented"]).required(true).multiple(true)))]
struct Options {
    /// Text segmented by people: CoNLL-U, or lines with _ between syllables; may be given several
    /// times
    #[arg(long, value_name = "FILE")]
    gold: Vec<PathBuf>,

    /// Text segmented by people after another guideline: it teaches too, but where it differs the
    /// files of --gold are right
    #[arg(long, value_name = "FILE")]
    other_gold: Vec<PathBuf>,

    /// Words of several syllables, each with a tab and how often it was seen
    #[arg(long, value_name = "FILE")]
    counts: Vec<PathBuf>,

    /// Text segmented by a program, a sentence a line, _ between syllables; - for standard input
    #[arg(long, value_name = "FILE")]
    segmented: Vec<PathBuf>,

    #[command(flatten)]
    output: OutputOptions,
}

impl Command for Train {
    fn define(&self) -> clap::Command {
        Task::augment_subcommands(clap::Command::new("train"))
            .about("Make a model from data")
            .subcommand_required(true)
            .arg_required_else_help(true)
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let Task::Words(options) = Task::from_arg_matches(arguments)?;
        let mut output = Output::open(&options.output)?;
        let mut trainer = WordTrainer::new();
        for path in &options.counts {
            trainer.add_counts(open(path)?).map_err(|error| told(path, &error))?;
        }
        for path in &options.segmented {
            trainer.add_segmented(open(path)?).map_err(|error| told(path, &error))?;
        }
        for path in &options.gold {
            trainer.add_gold(&read_gold(open(path)?).map_err(|error| told(path, &error))?);
        }
        for path in &options.other_gold {
            trainer.add_other_gold(&read_gold(open(path)?).map_err(|error| told(path, &error))?);
        }
        let words = trainer.finish();
        if words.is_empty() {
            bail!("no words in the data that were seen often enough");
        }
        words.write(&mut output)?;
        session.note(&format!("{} words", grouped(words.len() as u64)));
        output.finish(Status::Done)
    }
}

fn told(path: &Path, error: &dyn std::fmt::Display) -> anyhow::Error {
    anyhow!("{}: {error}", name(path))
}
