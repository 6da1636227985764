//! `corpus convert`: documents in another format.

use std::io::Write as _;
#[cfg(feature = "parquet")]
use std::mem;
use std::path::Path;

use anyhow::{Result, anyhow, bail};
use clap::{ArgMatches, Args, FromArgMatches as _};
use corpus_extract::Extractor;
use corpus_model::Document;
use corpus_write::{Format, Layers};

use crate::command::Command;
use crate::layers::{Finder, Layer};
use crate::mentions::standoff::{Folder, Pair};
use crate::options::{InputOptions, OutputOptions, WordOptions};
use crate::output::Output;
use crate::pipeline;
use crate::session::{Session, Status};

const EXAMPLES: &str = "\
Examples:
  corpus convert seeds -o seeds.jsonl.gz          the ending says what is written, and how packed
  corpus convert crawl/ -o crawl.vrt              sentences and words for CWB, Sketch Engine …
  corpus convert treebank.conllu -o treebank.tei  gold sentences and words are kept
  corpus convert --layers words,mentions seeds -o seeds.jsonl
  corpus convert --to brat seeds -o annotated     a folder of texts and facts
  corpus convert --to conllu seeds | less         texts may go to standard output

What is written appears under its name only when it is whole and on the disk. Sentences, words and
facts that came with a document are kept; others are found where the format or --layers asks for
them. `corpus formats` lists what each format holds.";

/// `corpus convert`.
pub(crate) struct Convert;

#[derive(Args, Debug)]
struct Options {
    #[command(flatten)]
    input: InputOptions,

    /// Write this format, where the ending of the output does not say it: jsonl, csv, conllu, vrt,
    /// tei, parquet, brat
    #[arg(long, value_name = "NAME")]
    to: Option<String>,

    /// Layers to write beside those that the format needs, where it has a place for them
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    layers: Vec<Layer>,

    #[command(flatten)]
    words: WordOptions,

    #[command(flatten)]
    output: OutputOptions,
}

/// What is written.
#[derive(Clone, Copy, Debug)]
enum Target {
    /// Documents one behind the other.
    Pages(&'static dyn Format),
    /// A folder of texts and facts.
    Brat,
    /// Columns.
    Parquet,
}

impl Target {
    fn of(options: &Options) -> Result<Target> {
        let path = options.output.output.as_deref().filter(|path| path.as_os_str() != "-");
        let ending = path.and_then(corpus_write::ending);
        let target = match (&options.to, path) {
            (Some(name), _) => Target::named(name),
            (None, Some(path)) => corpus_write::of_path(path)
                .map(Target::Pages)
                .or_else(|| ending.as_deref().and_then(Target::named)),
            (None, None) => bail!("name a format with --to, or a file with -o; {}", known()),
        };
        target.ok_or_else(|| match (&options.to, path) {
            (None, Some(path)) => {
                let path = path.display();
                anyhow!("{path}: the ending says no format that is written; use --to; {}", known())
            }
            (name, _) => {
                let name = name.as_deref().unwrap_or_default();
                anyhow!("no format that is written is called {name:?}; {}", known())
            }
        })
    }

    fn named(name: &str) -> Option<Target> {
        match name {
            "brat" => Some(Target::Brat),
            "parquet" => Some(Target::Parquet),
            name => corpus_write::find(name).map(Target::Pages),
        }
    }

    /// The layers that are written, those that were asked for included.
    fn layers(self, asked: &[Layer]) -> Result<Layers> {
        let asked = Layer::all(asked);
        let (name, needs, holds) = match self {
            Target::Pages(format) => (format.name(), format.needs(), format.holds()),
            Target::Brat => {
                let mentions = Layers { mentions: true, ..Layers::default() };
                ("brat", mentions, mentions)
            }
            Target::Parquet => ("parquet", Layers::default(), Layers::ALL),
        };
        if holds.or(asked) != holds {
            bail!("{name} has no place for a layer that --layers asks for; jsonl holds them all");
        }
        Ok(needs.or(asked))
    }
}

/// The formats that are written, for a message.
fn known() -> String {
    let names: Vec<&str> = corpus_write::FORMATS.iter().map(|format| format.name()).collect();
    format!("the formats are {}, parquet, brat", names.join(", "))
}

impl Command for Convert {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("convert"))
            .about("Write documents in another format: JSON Lines, CSV, CoNLL-U, VRT, TEI, Parquet, brat")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let target = Target::of(&options)?;
        let layers = target.layers(&options.layers)?;
        let segmenter = options.words.segmenter()?;
        let finder = Finder { segmenter: &segmenter, extractor: Extractor::built_in(), layers };
        match target {
            Target::Pages(format) => pages(format, &finder, &options, session),
            Target::Parquet => table(&finder, &options, session),
            Target::Brat => match &options.output.output {
                Some(path) if path.as_os_str() != "-" => folder(path, &finder, &options, session),
                _ => bail!("--to brat writes a folder; name it with -o"),
            },
        }
    }
}

/// Writes documents one behind the other.
fn pages(
    format: &'static dyn Format,
    finder: &Finder<'_>,
    options: &Options,
    session: &Session,
) -> Result<Status> {
    let mut output = Output::open(&options.output)?;
    let mut page = Vec::new();
    format.begin(&mut page);
    output.write_all(&page)?;
    let work = || {
        |document: &mut Document, page: &mut Vec<u8>| {
            finder.complete(document, options.input.lines);
            format.document(document, page);
        }
    };
    let outcome = pipeline::run(session, &options.input, work, |bytes, _: Vec<()>| {
        Ok(output.write_all(bytes)?)
    })?;
    page.clear();
    format.end(&mut page);
    output.write_all(&page)?;
    output.finish(outcome.status())
}

/// Writes columns.
#[cfg(feature = "parquet")]
fn table(finder: &Finder<'_>, options: &Options, session: &Session) -> Result<Status> {
    let output = Output::open(&options.output)?;
    if output.is_terminal() {
        bail!("--to parquet writes no text; name a file with -o");
    }
    let mut writer = corpus_write::ParquetWriter::new(output)?;
    let work = || {
        |document: &mut Document, _: &mut Vec<u8>| {
            finder.complete(document, options.input.lines);
            mem::take(document)
        }
    };
    let outcome = pipeline::run(session, &options.input, work, |_, documents| {
        documents.iter().try_for_each(|document| Ok(writer.write(document)?))
    })?;
    writer.finish()?.finish(outcome.status())
}

/// Tells how to get what writes columns.
#[cfg(not(feature = "parquet"))]
fn table(_: &Finder<'_>, _: &Options, _: &Session) -> Result<Status> {
    bail!(
        "this program was built without Parquet; `cargo install corpus-cli --features parquet` has it"
    )
}

/// Writes a folder with two files for each document.
fn folder(
    path: &Path,
    finder: &Finder<'_>,
    options: &Options,
    session: &Session,
) -> Result<Status> {
    let mut folder = Folder::create(path)?;
    let work = || {
        |document: &mut Document, _: &mut Vec<u8>| {
            finder.complete(document, options.input.lines);
            Pair::of(document, document.annotations().mentions.as_slice())
        }
    };
    let outcome = pipeline::run(session, &options.input, work, |_, pairs| {
        pairs.iter().try_for_each(|pair| folder.add(pair))
    })?;
    folder.finish(outcome.status())
}
