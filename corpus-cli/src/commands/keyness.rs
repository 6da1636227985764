//! `corpus keyness`: the words that are more frequent in one corpus than in another.

use anyhow::{Result, bail};
use clap::{ArgMatches, Args, FromArgMatches as _, ValueEnum};
use corpus_model::Document;
use corpus_stats::{Reference, SIMPLE_MATHS, Vocabulary, is_stop_word, keyness, keyness_to};

use crate::command::Command;
use crate::counting::{Annotator, Sums, Unit, UnitOptions, status};
use crate::options::{InputOptions, OutputOptions};
use crate::output::Output;
use crate::pipeline::{self, Outcome};
use crate::session::{Session, Status};
use crate::table::{Cell, Table, TableOptions};

const EXAMPLES: &str = "\
Examples:
  corpus keyness may/                                  what May is about, against news in general
  corpus keyness may/ --reference april/               against April
  corpus keyness mine.jsonl --reference news.jsonl --sort log-ratio --min 5
  corpus keyness a/ --reference b/ --negative          what is rarer than in the reference
  corpus keyness a/ --reference b/*.jsonl --csv > key.csv

Log-likelihood says how certain a difference is: 3.84 is 5 % by chance, 15.13 is 0.01 %. Log ratio,
%DIFF and simple maths say how large it is: a log ratio of 1 is twice as frequent, of 2 four times.
Log-likelihood is negative where the word is rarer than in the reference.

--where chooses among the documents of REF as it does among those of TARGET, and so do the options
of the input.

Without --reference the corpus is compared with the frequencies of words or syllables in 60 MB of
news, which come with the program. They know words of letters only, and a word too rare to be listed
is taken for one of the rarest that are.";

/// `corpus keyness`.
pub(crate) struct Keyness;

#[derive(Args, Debug)]
struct Options {
    #[command(flatten)]
    input: InputOptions,

    /// What to compare with: files, folders, globs; stands behind TARGET [default: frequencies in
    /// news]
    #[arg(long, value_name = "REF", num_args = 1..)]
    reference: Vec<String>,

    #[command(flatten)]
    unit: UnitOptions,

    /// Leave out what occurs fewer times in both corpora together
    #[arg(long, value_name = "N", default_value_t = 3)]
    min: u64,

    /// The measure by which rows are sorted
    #[arg(long, value_enum, default_value_t = Measure::LogLikelihood)]
    sort: Measure,

    /// The words that are rarer than in the reference, instead of the more frequent ones
    #[arg(long)]
    negative: bool,

    /// Leave out differences whose log-likelihood is smaller
    #[arg(long, value_name = "LL", default_value_t = 3.84)]
    significance: f64,

    /// What simple maths adds to the frequencies per million; larger favours commoner words
    #[arg(long, value_name = "N", default_value_t = SIMPLE_MATHS)]
    constant: f64,

    /// Leave out function words and phrases that every report uses
    #[arg(long)]
    content_words: bool,

    #[command(flatten)]
    table: TableOptions,

    #[command(flatten)]
    output: OutputOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Measure {
    LogLikelihood,
    LogRatio,
    Diff,
    SimpleMaths,
}

impl Command for Keyness {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("keyness"))
            .about("Compare two corpora: the words that are more frequent in one")
            .after_help(EXAMPLES)
            .mut_arg("input", |input| input.value_name("TARGET"))
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        if options.input.input.is_empty() && !options.reference.is_empty() {
            // All that stands behind --reference belongs to it, as a shell writes out REF*.
            bail!("no TARGET: name it before --reference, or - for standard input");
        }
        let mut output = Output::open(&options.output)?;
        let annotator = options.unit.annotator()?.threads(options.input.jobs());
        let (corpus, outcome) = count(session, &options.input, &annotator)?;
        let constant = options.constant.max(f64::MIN_POSITIVE);
        let (mut rows, other) = if options.reference.is_empty() {
            let reference = match options.unit.unit {
                Unit::Words => Reference::news_words(),
                Unit::Syllables => Reference::news_syllables(),
            };
            (keyness_to(&corpus, reference, constant), None)
        } else {
            let input = InputOptions { input: options.reference.clone(), ..options.input.clone() };
            let (reference, other) = count(session, &input, &annotator)?;
            (keyness(&corpus, &reference, constant), Some(other))
        };
        rows.retain(|it| {
            it.count + it.reference >= options.min
                && (it.log_likelihood < 0.0) == options.negative
                && it.log_likelihood.abs() >= options.significance
                && !(options.content_words && is_stop_word(&it.key))
        });
        let value = |it: &corpus_stats::Keyness| match options.sort {
            Measure::LogLikelihood => it.log_likelihood,
            Measure::LogRatio => it.log_ratio,
            Measure::Diff => it.percent_difference.unwrap_or(f64::INFINITY),
            Measure::SimpleMaths => it.simple_maths,
        };
        rows.sort_by(|a, b| match options.negative {
            true => value(a).total_cmp(&value(b)),
            false => value(b).total_cmp(&value(a)),
        });
        let mut table = Table::new([
            "word",
            "count",
            "reference",
            "per_million",
            "reference_per_million",
            "log_likelihood",
            "log_ratio",
            "percent_difference",
            "simple_maths",
            "documents",
        ]);
        for it in rows {
            table.push([
                Cell::Text(it.word),
                Cell::Count(it.count),
                Cell::Count(it.reference),
                Cell::Number(it.per_million[0]),
                Cell::Number(it.per_million[1]),
                Cell::Number(it.log_likelihood),
                Cell::Number(it.log_ratio),
                it.percent_difference.map_or(Cell::Absent, Cell::Number),
                Cell::Number(it.simple_maths),
                Cell::Count(it.documents),
            ]);
        }
        table.print(&options.table, &mut output, session)?;
        // The worse of the two runs decides.
        let found = !table.is_empty();
        let worse: Vec<Status> = [Some(&outcome), other.as_ref()]
            .into_iter()
            .flatten()
            .map(|it| status(it, found))
            .collect();
        let order = [Status::Failed, Status::Damaged, Status::NothingFound];
        let ended = order.into_iter().find(|it| worse.contains(it)).unwrap_or(Status::Done);
        let theirs = other.as_ref().map_or(1, |it| it.documents);
        let told = annotator.tell_unmet(session, outcome.documents.min(theirs));
        if !found && !told && outcome.documents.min(theirs) > 0 {
            session.note(
                "no rows: no difference is so certain; --significance 0 --min 1 leaves none out",
            );
        }
        output.finish(ended)
    }
}

/// The words of a corpus.
fn count(
    session: &Session,
    input: &InputOptions,
    annotator: &Annotator,
) -> Result<(Vocabulary, Outcome)> {
    let sums: Sums<Vocabulary> = Sums::new();
    let work = || {
        let mut part = sums.part(Vocabulary::default());
        move |document: &mut Document, _: &mut Vec<u8>| {
            if let Some(words) = part.sum().filter(|_| annotator.wants(document)) {
                annotator.count(document, document.content(), words);
            }
        }
    };
    let outcome = pipeline::run(session, input, work, |_, _: Vec<()>| Ok(()))?;
    Ok((sums.total(Vocabulary::default(), Vocabulary::merge), outcome))
}
