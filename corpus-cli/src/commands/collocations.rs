//! `corpus collocations`: which words stand near a word, and how strongly they go together.

use anyhow::{Result, anyhow};
use clap::{ArgMatches, Args, FromArgMatches as _, ValueEnum};
use corpus_model::Document;
use corpus_stats::{Collocations as Near, Pattern, Window, is_stop_word};

use crate::command::Command;
use crate::counting::{Sums, UnitOptions, status};
use crate::options::{InputOptions, OutputOptions};
use crate::output::Output;
use crate::pipeline;
use crate::report::page::counted;
use crate::session::{Session, Status};
use crate::table::{Cell, Table, TableOptions};

const EXAMPLES: &str = "\
Examples:
  corpus collocations \"cải cách\" articles/            within five words on either side
  corpus collocations --window 0,1 tăng crawl/        the next word only
  corpus collocations --sentence --sort log-dice \"dân vận*\" seeds
  corpus collocations --csv \"(lũ|lụt|lũ lụt)\" crawl/ > near.csv

Measures: log-likelihood says how certain it is that the two are no chance; MI, MI3, Dice, logDice
and delta p say how strong the bond is. MI favours rare words, MI3 and logDice do not. Delta p is
the gain in probability of the collocate near the word, and backward of the word near the collocate.
The counts are of words near or not; with --sentence, of sentences. How words are sought is told in
`corpus kwic --help`.";

/// `corpus collocations`.
pub(crate) struct Collocations;

#[derive(Args, Debug)]
struct Options {
    /// What to look for: a word, or a pattern with * ? ( | )
    #[arg(value_name = "WORD")]
    word: String,

    #[command(flatten)]
    input: InputOptions,

    /// How many words on either side are near, or LEFT,RIGHT; never beyond the sentence
    #[arg(long, value_name = "N", default_value = "5", value_parser = window)]
    window: Window,

    /// All words of the sentence are near
    #[arg(long, conflicts_with = "window")]
    sentence: bool,

    #[command(flatten)]
    unit: UnitOptions,

    /// Leave out what is near fewer times
    #[arg(long, value_name = "N", default_value_t = 2)]
    min: u64,

    /// The measure by which rows are sorted
    #[arg(long, value_enum, default_value_t = Measure::LogLikelihood)]
    sort: Measure,

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
    Mi,
    Mi3,
    T,
    Dice,
    LogDice,
    DeltaP,
    Joint,
}

impl Measure {
    /// The column.
    fn name(self) -> &'static str {
        match self {
            Measure::LogLikelihood => "log_likelihood",
            Measure::Mi => "mi",
            Measure::Mi3 => "mi3",
            Measure::T => "t",
            Measure::Dice => "dice",
            Measure::LogDice => "log_dice",
            Measure::DeltaP => "delta_p",
            Measure::Joint => "joint",
        }
    }
}

/// Reads `5` or `2,3`.
fn window(text: &str) -> Result<Window, String> {
    let (left, right) = text.split_once(',').unwrap_or((text, text));
    let side = |n: &str| n.trim().parse().ok().filter(|n| *n <= 1000);
    match (side(left), side(right)) {
        (Some(0), Some(0)) | (None, _) | (_, None) => Err(format!(
            "{text:?} is no window; write 5, or 2,3 for two words before and three after"
        )),
        (Some(left), Some(right)) => Ok(Window::Words(left, right)),
    }
}

/// What to look for.
pub(crate) fn pattern(text: &str) -> Result<Pattern> {
    Pattern::parse(text).map_err(|error| anyhow!("{text:?}: {error}"))
}

impl Command for Collocations {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("collocations"))
            .about("Find the words that stand near a word, and how strongly they go together")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let window = if options.sentence { Window::Sentence } else { options.window };
        let empty = Near::new(pattern(&options.word)?, window);
        let mut output = Output::open(&options.output)?;
        let annotator = options.unit.annotator()?;
        let sums: Sums<Near> = Sums::new();
        let work = || {
            let mut part = sums.part(empty.clone());
            let annotator = &annotator;
            move |document: &mut Document, _: &mut Vec<u8>| {
                if let Some(near) = part.sum().filter(|_| annotator.wants(document)) {
                    near.add(document, &annotator.annotate(document));
                }
            }
        };
        let outcome = pipeline::run(session, &options.input, work, |_, _: Vec<()>| Ok(()))?;
        let near = sums.total(empty.clone(), Near::merge);
        let mut table = Table::new([
            "word",
            "joint",
            "count",
            "expected",
            "log_likelihood",
            "mi",
            "mi3",
            "t",
            "dice",
            "log_dice",
            "delta_p",
            "delta_p_backward",
        ]);
        for it in near.collocates(options.min) {
            if options.content_words && is_stop_word(&it.key) {
                continue;
            }
            let pair = it.association;
            // The sign says which way they lean; the measure itself does not.
            let sign = if it.joint as f64 >= pair.expected() { 1.0 } else { -1.0 };
            let figures = [
                pair.expected(),
                sign * pair.log_likelihood(),
                pair.mutual_information(),
                pair.mutual_information_cubed(),
                pair.t_score(),
                pair.dice(),
                pair.log_dice(),
                pair.delta_p(),
                pair.delta_p_backward(),
            ];
            let counts = [Cell::Text(it.word), Cell::Count(it.joint), Cell::Count(it.count)];
            table.push(counts.into_iter().chain(figures.map(Cell::Number)));
        }
        table.sort_by(options.sort.name());
        table.print(&options.table, &mut output, session)?;
        annotator.tell_unmet(session, outcome.documents);
        if outcome.documents > 0 {
            session.note(&told(&options.word, &near, window));
        }
        output.finish(status(&outcome, !table.is_empty()))
    }
}

/// How often was found what was looked for, which no row says.
fn told(word: &str, near: &Near, window: Window) -> String {
    let places = match window {
        Window::Sentence => counted(near.places(), "sentence", "sentences"),
        _ => counted(near.places(), "word", "words"),
    };
    format!("{word:?}: found {} in {places}", counted(near.found(), "time", "times"))
}

#[cfg(test)]
mod tests {
    use super::{Window, window};

    #[test]
    fn windows_have_two_sides() {
        assert_eq!(window("5"), Ok(Window::Words(5, 5)));
        assert_eq!(window("0, 2"), Ok(Window::Words(0, 2)));
        for text in ["0", "", "a", "1,", "-1", "1001", "1,2,3"] {
            assert!(window(text).is_err(), "{text}");
        }
    }
}
