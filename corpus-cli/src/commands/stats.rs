//! `corpus stats`: how much of what there is, and where every byte went.

use std::collections::BTreeMap;
use std::io::Write as _;

use anyhow::Result;
use clap::{ArgMatches, Args, FromArgMatches as _};
use corpus_extract::Extractor;
use corpus_model::Document;
use corpus_stats::{Lengths, Tally};
use corpus_text::Segmenter;
use serde::Serialize;

use crate::command::Command;
use crate::options::{InputOptions, OutputOptions, WordOptions};
use crate::output::Output;
use crate::pipeline;
use crate::report::{LedgerRows, date_document};
use crate::session::{Session, Status};
use crate::style::{DIM, HEAD, WARN};
use crate::text_width::{grouped, pad};

const EXAMPLES: &str = "\
Examples:
  corpus stats seeds
  corpus stats --json crawl.jsonl
  zcat crawl.jsonl.gz | corpus stats --format jsonl

Languages are tags of BCP 47: what a document says of itself, else what its words tell. Vietnamese
without marks is vi-x-nomarks, an unknown language und, a document without words zxx.";

/// `corpus stats`.
pub(crate) struct Stats;

#[derive(Args, Debug)]
struct Options {
    #[command(flatten)]
    input: InputOptions,

    /// Print one JSON object, the ledger with every unreadable place included
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    words: WordOptions,

    #[command(flatten)]
    output: OutputOptions,
}

/// The JSON of `corpus stats`.
#[derive(Serialize)]
struct Figures<'a> {
    schema: &'static str,
    documents: u64,
    bytes: u64,
    sentences: u64,
    syllables: u64,
    words: u64,
    tokens: BTreeMap<String, u64>,
    blocks: BTreeMap<&'static str, u64>,
    document_syllables: Spread,
    sentence_syllables: Spread,
    formats: &'a BTreeMap<String, u64>,
    sites: &'a BTreeMap<String, u64>,
    languages: &'a BTreeMap<String, u64>,
    block_languages: BTreeMap<String, u64>,
    months: &'a BTreeMap<String, u64>,
    ledger: LedgerRows,
}

/// How lengths are spread.
#[derive(Serialize)]
struct Spread {
    min: Option<u64>,
    q25: Option<u64>,
    median: Option<u64>,
    q75: Option<u64>,
    max: Option<u64>,
    mean: Option<f64>,
}

impl Spread {
    fn of(lengths: &Lengths) -> Spread {
        Spread {
            min: lengths.min(),
            q25: lengths.quantile(0.25),
            median: lengths.quantile(0.5),
            q75: lengths.quantile(0.75),
            max: lengths.max(),
            mean: lengths.mean(),
        }
    }
}

impl Command for Stats {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("stats"))
            .about("Count documents, sentences, words; account for every byte")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let mut output = Output::open(&options.output)?;
        let (extractor, segmenter) = (Extractor::built_in(), options.words.segmenter()?);
        let segmenter: &Segmenter = &segmenter;
        let mut tally = Tally::light();
        let mut block_languages: BTreeMap<String, u64> = BTreeMap::new();
        let work = || {
            |document: &mut Document, _: &mut Vec<u8>| {
                if !options.input.lines {
                    date_document(extractor, document);
                }
                let blocks = corpus_text::block_languages(document);
                let languages: Vec<&str> = blocks.map(|(_, it)| it.language.tag()).collect();
                if document.metadata.language.is_none() {
                    // Outside of blocks there are no letters.
                    let found = match languages[..] {
                        [only] => only,
                        _ => corpus_text::language(document.text()).language.tag(),
                    };
                    document.metadata.language = Some(found.to_owned());
                }
                let mut tally = Tally::light();
                tally.add(document, &corpus_text::annotate(document, segmenter));
                (tally, languages)
            }
        };
        let outcome = pipeline::run(session, &options.input, work, |_, parts| {
            for (part, languages) in parts {
                tally.merge(&part);
                for language in languages {
                    *block_languages.entry(language.to_owned()).or_default() += 1;
                }
            }
            Ok(())
        })?;
        let figures = Figures {
            schema: "corpus.stats/1",
            documents: tally.documents,
            bytes: tally.bytes,
            sentences: tally.sentences,
            syllables: tally.syllables,
            words: tally.words(),
            tokens: tally
                .tokens
                .iter()
                .map(|(kind, n)| (format!("{kind:?}").to_lowercase(), *n))
                .collect(),
            blocks: tally.blocks.iter().map(|(kind, n)| (kind.name(), *n)).collect(),
            document_syllables: Spread::of(&tally.document_syllables),
            sentence_syllables: Spread::of(&tally.sentence_syllables),
            formats: &tally.formats,
            sites: &tally.sites,
            languages: &tally.languages,
            block_languages,
            months: &tally.months,
            ledger: LedgerRows::new(&outcome.ledger),
        };
        if options.json {
            serde_json::to_writer(&mut output, &figures)?;
            output.write_all(b"\n")?;
        } else {
            output.write_styled(&page(&figures), session)?;
        }
        output.finish(outcome.status())
    }
}

/// The figures for people.
fn page(figures: &Figures<'_>) -> String {
    let mut page = format!("{HEAD}Counts{HEAD:#}\n");
    for (name, n) in [
        ("documents", figures.documents),
        ("bytes of text", figures.bytes),
        ("sentences", figures.sentences),
        ("syllables", figures.syllables),
        ("words", figures.words),
    ] {
        row(&mut page, name, n);
    }
    page.push_str(&format!("\n{HEAD}Lengths in syllables{HEAD:#}\n"));
    page.push_str(&format!(
        "  {DIM}{:<14}{:>9}{:>9}{:>9}{:>9}{:>9}{:>10}{DIM:#}\n",
        "", "least", "25 %", "median", "75 %", "most", "mean"
    ));
    for (name, spread) in
        [("documents", &figures.document_syllables), ("sentences", &figures.sentence_syllables)]
    {
        let cell = |n: Option<u64>| n.map_or("–".to_owned(), grouped);
        let mean = spread.mean.map_or("–".to_owned(), |mean| format!("{mean:.1}"));
        page.push_str(&format!(
            "  {name:<14}{:>9}{:>9}{:>9}{:>9}{:>9}{mean:>10}\n",
            cell(spread.min),
            cell(spread.q25),
            cell(spread.median),
            cell(spread.q75),
            cell(spread.max),
        ));
    }
    let blocks: BTreeMap<String, u64> =
        figures.blocks.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect();
    for (name, counts) in [
        ("Blocks", &blocks),
        ("Tokens", &figures.tokens),
        ("Formats", figures.formats),
        ("Languages", figures.languages),
        ("Languages of blocks", &figures.block_languages),
        ("Sites", figures.sites),
        ("Months", figures.months),
    ] {
        table(&mut page, name, counts);
    }
    page.push_str(&format!("\n{HEAD}Ledger{HEAD:#}\n"));
    let ledger = &figures.ledger;
    row(&mut page, "bytes in", ledger.bytes_in);
    row(&mut page, "in documents", ledger.bytes_documents);
    row(&mut page, "separators", ledger.bytes_separators);
    for rejected in &ledger.rejected {
        row(&mut page, &format!("rejected: {}", rejected.reason), rejected.bytes);
    }
    row(&mut page, "unreadable", ledger.unreadable.iter().map(|place| place.bytes).sum());
    for place in ledger.unreadable.iter().take(20) {
        let path = place.path.as_deref().unwrap_or("standard input");
        page.push_str(&format!(
            "    {WARN}{path}, byte {}: {}{WARN:#}\n",
            place.offset, place.error
        ));
    }
    if let Some(more @ 1..) = ledger.unreadable.len().checked_sub(20) {
        page.push_str(&format!("    {DIM}… and {more} more places: --json has them all{DIM:#}\n"));
    }
    page.push_str(if ledger.closes() {
        "  it closes\n"
    } else {
        "  it does not close: please report this\n"
    });
    page
}

fn row(page: &mut String, name: &str, n: u64) {
    page.push_str(&format!("  {}{:>14}\n", pad(name, 28), grouped(n)));
}

/// Counts by name, largest first, the tail summed up.
fn table(page: &mut String, title: &str, counts: &BTreeMap<String, u64>) {
    if counts.is_empty() {
        return;
    }
    page.push_str(&format!("\n{HEAD}{title}{HEAD:#}\n"));
    let mut rows: Vec<(&String, &u64)> = counts.iter().collect();
    rows.sort_by_key(|(name, n)| (std::cmp::Reverse(**n), (*name).clone()));
    for (name, n) in rows.iter().take(20) {
        row(page, name, **n);
    }
    if let Some(more @ 1..) = rows.len().checked_sub(20) {
        row(page, &format!("{more} more"), rows.iter().skip(20).map(|(_, n)| **n).sum());
    }
}
