//! `corpus evaluate`: words and sentences against what people say.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Result, anyhow, bail};
use clap::{ArgMatches, Args, FromArgMatches as _, Subcommand};
use corpus_model::Spanned as _;
use corpus_text::evaluate::{Mistake, Score, SentenceScores, WordScores, paragraphs};
use corpus_text::{GoldSentence, read_gold, sentences};
use serde::Serialize;

use crate::command::Command;
use crate::options::{OutputOptions, WordOptions, name, open};
use crate::output::Output;
use crate::session::{Session, Status};
use crate::style::{DIM, HEAD, WARN};
use crate::text_width::{grouped, pad};

const EXAMPLES: &str = "\
Examples:
  corpus evaluate words dev.conllu
  corpus evaluate words --model mine.tsv --errors 50 gold.txt
  corpus evaluate sentences --json dev.conllu

GOLD is CoNLL-U, or text with a sentence a line, words separated by blanks and syllables by _, -
for standard input. Text that sets marks apart is spaced first as newspapers print it; CoNLL-U
with SpaceAfter=No is taken as it is spaced.";

/// `corpus evaluate`.
pub(crate) struct Evaluate;

#[derive(Debug, Subcommand)]
enum Task {
    /// Score words: precision, recall and F1 of their spans
    Words(WordTask),
    /// Score the boundaries between the sentences of a paragraph
    Sentences(SentenceTask),
}

#[derive(Args, Debug)]
struct WordTask {
    #[command(flatten)]
    common: Common,

    #[command(flatten)]
    words: WordOptions,
}

#[derive(Args, Debug)]
struct SentenceTask {
    #[command(flatten)]
    common: Common,

    /// Sentences that make a paragraph, unless the gold text begins one sooner
    #[arg(long, value_name = "N", default_value_t = 20)]
    paragraph: usize,
}

#[derive(Args, Debug)]
struct Common {
    /// Text segmented by people: CoNLL-U, or lines with _ between syllables; - for standard input
    #[arg(value_name = "GOLD", required = true)]
    gold: Vec<PathBuf>,

    /// How many kinds of mistakes to show, the most frequent first
    #[arg(long, value_name = "N", default_value_t = 10)]
    errors: usize,

    /// Print one JSON object, its schema in the README
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    output: OutputOptions,
}

/// The JSON of `corpus evaluate`.
#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    task: &'static str,
    gold: Vec<String>,
    sentences: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    exact_sentences: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraphs: Option<u64>,
    #[serde(flatten)]
    all: Figures,
    #[serde(skip_serializing_if = "Option::is_none")]
    multi_syllable: Option<Figures>,
    errors: Vec<Error<'a>>,
}

#[derive(Serialize)]
struct Figures {
    precision: f64,
    recall: f64,
    f1: f64,
    right: u64,
    found: u64,
    wanted: u64,
}

impl From<Score> for Figures {
    fn from(score: Score) -> Figures {
        Figures {
            precision: score.precision(),
            recall: score.recall(),
            f1: score.f1(),
            right: score.right,
            found: score.found,
            wanted: score.wanted,
        }
    }
}

#[derive(Serialize)]
struct Error<'a> {
    count: u64,
    wanted: &'a str,
    found: &'a str,
    context: String,
}

impl<'a> Error<'a> {
    fn of(mistake: &'a Mistake) -> Error<'a> {
        Error {
            count: mistake.count,
            wanted: &mistake.wanted,
            found: &mistake.found,
            context: context(mistake),
        }
    }
}

impl Command for Evaluate {
    fn define(&self) -> clap::Command {
        Task::augment_subcommands(clap::Command::new("evaluate"))
            .about("Score words or sentences against text segmented by people")
            .subcommand_required(true)
            .arg_required_else_help(true)
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        match Task::from_arg_matches(arguments)? {
            Task::Words(task) => {
                let segmenter = task.words.segmenter()?;
                let gold = task.common.read()?;
                let mut scores = WordScores::default();
                for sentence in &gold {
                    let words = segmenter.words(sentence.text());
                    scores.add(sentence, words.iter().map(|word| word.span()));
                }
                let mistakes = scores.mistakes();
                let report = Report {
                    exact_sentences: Some(scores.exact()),
                    multi_syllable: Some(scores.multi_syllable().into()),
                    ..task.common.report("words", &gold, scores.all(), &mistakes)
                };
                task.common.print(&report, mistakes.len(), session)
            }
            Task::Sentences(task) => {
                let gold = task.common.read()?;
                let mut scores = SentenceScores::default();
                for paragraph in paragraphs(&gold, task.paragraph) {
                    scores.add(paragraph, |text| {
                        sentences(text).map(|it| it.span()).collect::<Vec<_>>()
                    });
                }
                let mistakes = scores.mistakes();
                let report = Report {
                    paragraphs: Some(scores.paragraphs()),
                    ..task.common.report("sentences", &gold, scores.boundaries(), &mistakes)
                };
                task.common.print(&report, mistakes.len(), session)
            }
        }
    }
}

impl Common {
    fn read(&self) -> Result<Vec<GoldSentence>> {
        let mut gold = Vec::new();
        for path in &self.gold {
            let read = read_gold(open(path)?);
            let read = read.map_err(|error| anyhow!("{}: {error}", name(path)))?;
            if read.is_empty() {
                bail!("{}: no sentences in it", name(path));
            }
            gold.extend(read);
        }
        Ok(gold)
    }

    fn report<'a>(
        &self,
        task: &'static str,
        gold: &[GoldSentence],
        all: Score,
        mistakes: &[&'a Mistake],
    ) -> Report<'a> {
        Report {
            schema: "corpus.evaluation/1",
            task,
            gold: self.gold.iter().map(|path| name(path)).collect(),
            sentences: gold.len() as u64,
            exact_sentences: None,
            paragraphs: None,
            all: all.into(),
            multi_syllable: None,
            errors: mistakes.iter().take(self.errors).map(|it| Error::of(it)).collect(),
        }
    }

    fn print(&self, report: &Report<'_>, kinds: usize, session: &Session) -> Result<Status> {
        let mut output = Output::open(&self.output)?;
        if self.json {
            serde_json::to_writer(&mut output, report)?;
            output.write_all(b"\n")?;
        } else {
            output.write_styled(&page(report, kinds), session)?;
        }
        output.finish(Status::Done)
    }
}

/// The figures for people, in points.
fn page(report: &Report<'_>, kinds: usize) -> String {
    let mut page = format!(
        "{HEAD}{:<18}{:>10}{:>10}{:>10}{:>12}{:>12}{:>12}{HEAD:#}\n",
        "", "precision", "recall", "F1", "right", "found", "wanted"
    );
    let name = if report.task == "words" { "words" } else { "boundaries" };
    let rows = [(name, Some(&report.all)), ("of several parts", report.multi_syllable.as_ref())];
    for (name, figures) in rows {
        let Some(figures) = figures else { continue };
        page.push_str(&format!(
            "{name:<18}{:>10.2}{:>10.2}{:>10.2}{:>12}{:>12}{:>12}\n",
            100.0 * figures.precision,
            100.0 * figures.recall,
            100.0 * figures.f1,
            grouped(figures.right),
            grouped(figures.found),
            grouped(figures.wanted),
        ));
    }
    let sentences = grouped(report.sentences);
    if let Some(exact) = report.exact_sentences {
        page.push_str(&format!("\n{sentences} sentences, {} without a mistake\n", grouped(exact)));
    }
    if let Some(paragraphs) = report.paragraphs {
        page.push_str(&format!("\n{sentences} sentences in {} paragraphs\n", grouped(paragraphs)));
    }
    if report.errors.is_empty() {
        return page;
    }
    page.push_str(&format!("\n{HEAD}{:>6}  {} {}{HEAD:#}\n", "times", pad("wanted", 28), "found"));
    for error in &report.errors {
        let Error { count, wanted, found, context } = error;
        page.push_str(&format!("{count:>6}  {} {WARN}{found}{WARN:#}\n", pad(wanted, 28)));
        page.push_str(&format!("        {DIM}{context}{DIM:#}\n"));
    }
    if let Some(more @ 1..) = kinds.checked_sub(report.errors.len()) {
        page.push_str(&format!(
            "{DIM}… and {} more kinds: --errors N{DIM:#}\n",
            grouped(more as u64)
        ));
    }
    page
}

/// So many characters are shown on both sides of a mistake.
const CONTEXT: usize = 30;

/// A mistake in its text, with brackets around it.
fn context(mistake: &Mistake) -> String {
    let Mistake { text, place, .. } = mistake;
    let part = |range| text.get::<std::ops::Range<usize>>(range).unwrap_or_default();
    let (before, behind) = (part(0..place.start), part(place.end..text.len()));
    let from = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
    let to = behind.char_indices().nth(CONTEXT).map_or(behind.len(), |(at, _)| at);
    let ellipsis = |is_cut: bool| if is_cut { "…" } else { "" };
    format!(
        "{}{}[{}]{}{}",
        ellipsis(from > 0),
        part(from..place.start),
        part(place.clone()),
        part(place.end..place.end + to),
        ellipsis(to < behind.len()),
    )
}

#[cfg(test)]
mod tests {
    use corpus_text::evaluate::Mistake;

    use super::context;

    #[test]
    fn contexts_are_short() {
        let text = format!("{}học sinh{}", "ở ".repeat(40), " ạ".repeat(40));
        let start = text.find("học").unwrap();
        let mut mistake = Mistake {
            count: 1,
            wanted: String::new(),
            found: String::new(),
            place: start..start + "học sinh".len(),
            text,
        };
        let expected = format!("…{}[học sinh]{}…", "ở ".repeat(15), " ạ".repeat(15));
        assert_eq!(context(&mistake), expected);
        mistake.text = "học sinh.".to_owned();
        mistake.place = 0.."học sinh".len();
        assert_eq!(context(&mistake), "[học sinh].");
    }
}
