//! `corpus extract`: dates, directives, people with office, quantities, where they stand.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use clap::builder::PossibleValuesParser;
use clap::{ArgMatches, Args, FromArgMatches as _};
use corpus_extract::{Extractor, Pack};
use corpus_model::{Basis, Document, Mention, MentionKind, Span, Value};
use serde::Serialize;

use crate::command::Command;
use crate::options::{InputOptions, OutputOptions};
use crate::output::Output;
use crate::pipeline;
use crate::report::json::{DocumentName, line};
use crate::report::values;
use crate::session::{Session, Status};
use crate::style::{DIM, HEAD, NAME};
use crate::text_width::{flat, pad};

const EXAMPLES: &str = "\
Examples:
  corpus extract seeds                                all facts, grouped by document
  corpus extract --kind directive,date article.txt    some kinds only
  corpus extract --json --lines < text.txt            for a program, a line a document
  corpus extract --explain --kind date article.txt     what the years of its dates rest on
  corpus extract --pack ours/issuer.add.tsv seeds      directives of bodies of one's own
  corpus extract --lines --published 2017-02-02 < x   what `hôm qua` means depends on the day";

/// `corpus extract`.
pub(crate) struct Extract;

#[derive(Args, Debug)]
struct Options {
    #[command(flatten)]
    input: InputOptions,

    /// Only these kinds of facts, separated by commas
    #[arg(long, value_name = "KINDS", value_delimiter = ',',
          value_parser = PossibleValuesParser::new(MentionKind::ALL.map(MentionKind::name)))]
    kind: Vec<String>,

    /// Print JSON Lines: {"document","path","kind","span","text","value"}
    #[arg(long)]
    json: bool,

    /// Say of each date that the text does not give in full what its year rests on
    #[arg(long)]
    explain: bool,

    /// Tables of directives in place of the built-in ones: a table, or a folder of them
    #[arg(
        long,
        value_name = "FILE/FOLDER",
        long_help = "Tables of directives in place of the built-in ones: a table, or a folder of \
them.\n\nA table replaces the one of its name (issuer.tsv); with .add before the ending \
(issuer.add.tsv) its rows are added. --print-pack writes the built-in ones to begin with."
    )]
    pack: Vec<PathBuf>,

    /// Write the tables of directives into a folder, to be edited for --pack, and stop
    #[arg(long, value_name = "FOLDER")]
    print_pack: Option<PathBuf>,

    #[command(flatten)]
    output: OutputOptions,
}

#[derive(Serialize)]
struct Row<'a> {
    document: DocumentName<'a>,
    path: Option<&'a str>,
    span: Span,
    text: &'a str,
    #[serde(flatten)]
    value: &'a Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    explain: Option<Explained<'a>>,
}

/// What the year of a date rests on.
#[derive(Clone, Serialize)]
struct Explained<'a> {
    published: Option<String>,
    basis: Basis,
    reason: &'static str,
    evidence: Vec<Place<'a>>,
}

#[derive(Clone, Serialize)]
struct Place<'a> {
    span: Span,
    text: &'a str,
}

impl<'a> Explained<'a> {
    fn of(document: &'a Document, extractor: &Extractor) -> Explained<'a> {
        let found = extractor.evidence(document);
        let place = |span: Span| Place { span, text: &document[span] };
        Explained {
            published: found.when.map(|when| when.to_string()),
            basis: found.basis,
            reason: found.reason.describe(),
            evidence: found.spans.into_iter().map(place).collect(),
        }
    }

    /// Whether it says anything about a fact: a date that the text gives in full needs no more.
    fn concerns(value: &Value) -> bool {
        matches!(value, Value::Date(date) if date.basis != Basis::Explicit)
    }

    /// The reason and the places on a line.
    fn line(&self) -> String {
        let mut text = self.reason.to_owned();
        if let Some(published) = &self.published {
            text.push_str(&format!(": {published}"));
        }
        let places: Vec<String> = self
            .evidence
            .iter()
            .map(|place| format!("“{}” at byte {}", flat(place.text), place.span.start()))
            .collect();
        if !places.is_empty() {
            text.push_str(&format!(" ({})", places.join(", ")));
        }
        text
    }
}

impl Command for Extract {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("extract"))
            .about("Find dates, directives, people with office, quantities")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let mut kinds: Vec<MentionKind> =
            options.kind.iter().filter_map(|name| MentionKind::from_name(name)).collect();
        if kinds.is_empty() {
            kinds = MentionKind::ALL.to_vec();
        }
        let pack = pack_of(&options.pack)?;
        if let Some(folder) = &options.print_pack {
            write_pack(&pack, folder)?;
            return Ok(Status::Done);
        }
        let own = (!options.pack.is_empty()).then(|| Extractor::with_pack(&pack));
        let extractor = own.as_ref().unwrap_or_else(|| Extractor::built_in());
        let mut output = Output::open(&options.output)?;
        let work = || {
            |document: &mut Document, page: &mut Vec<u8>| {
                let document = &*document;
                let mentions = extractor.extract_kinds(document, &kinds);
                let explained = options.explain.then(|| Explained::of(document, extractor));
                let explain = explained.as_ref();
                if options.json {
                    for mention in &mentions {
                        line(
                            page,
                            &Row {
                                document: DocumentName::of(document),
                                path: document.metadata.path.as_deref(),
                                span: mention.span,
                                text: &document[mention.span],
                                value: &mention.value,
                                explain: explain
                                    .filter(|_| Explained::concerns(&mention.value))
                                    .cloned(),
                            },
                        );
                    }
                } else if !mentions.is_empty() {
                    grouped(document, mentions.as_slice(), explain, page);
                }
                mentions.len()
            }
        };
        let mut found = 0;
        let outcome = pipeline::run(session, &options.input, work, |bytes, counts: Vec<usize>| {
            found += counts.iter().sum::<usize>();
            if options.json {
                Ok(output.write_all(bytes)?)
            } else {
                output.write_styled(&String::from_utf8_lossy(bytes), session)
            }
        })?;
        output.finish(match outcome.status() {
            Status::Done if found == 0 => Status::NothingFound,
            status => status,
        })
    }
}

/// The built-in tables with those of the files in their place.
fn pack_of(paths: &[PathBuf]) -> Result<Pack> {
    let mut pack = Pack::built_in();
    for path in paths {
        let mut files = vec![path.clone()];
        if path.is_dir() {
            files = fs::read_dir(path)
                .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
                .with_context(|| path.display().to_string())?;
            // Notes may lie beside the tables.
            files.retain(|file| {
                file.extension().is_some_and(|it| it == "tsv" || it == "txt") && file.is_file()
            });
            // A table is replaced before rows are added to it.
            files.sort_by_key(|file| (file.to_string_lossy().contains(".add."), file.clone()));
        }
        for file in files {
            let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let folder = file.parent().unwrap_or(Path::new(""));
            pack.set(&name, &text)
                .map_err(|error| anyhow!("{}", folder.join(error.to_string()).display()))?;
        }
    }
    Ok(pack)
}

fn write_pack(pack: &Pack, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    for (name, text) in pack.tables() {
        let path = folder.join(name);
        // An edited table is not written over.
        if path.exists() {
            bail!("{}: exists already", path.display());
        }
        fs::write(&path, text).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// The facts of one document under its name, a line each: byte, kind, text, value.
fn grouped(
    document: &Document,
    mentions: &[Mention],
    explain: Option<&Explained<'_>>,
    page: &mut Vec<u8>,
) {
    let mut text =
        format!("{HEAD}{}{HEAD:#}", document.metadata.path.as_deref().unwrap_or(document.id()));
    if let Some(title) = &document.metadata.title {
        text.push_str(&format!("  {}", flat(title)));
    }
    text.push('\n');
    for mention in mentions {
        let start = mention.span.start();
        let written = flat(&document[mention.span]);
        let value = flat(&values::shown(&mention.value));
        text.push_str(&format!(
            "{DIM}{start:>7}{DIM:#}  {NAME}{}{NAME:#} {written}",
            pad(mention.kind().name(), 12)
        ));
        if !value.is_empty() && value != written {
            text.push_str(&format!("  {DIM}→{DIM:#} {value}"));
        }
        text.push('\n');
        if let Some(explain) = explain.filter(|_| Explained::concerns(&mention.value)) {
            text.push_str(&format!("         {DIM}{}{DIM:#}\n", explain.line()));
        }
    }
    page.extend_from_slice(text.as_bytes());
    page.push(b'\n');
}
