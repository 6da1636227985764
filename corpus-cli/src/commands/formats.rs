//! `corpus formats`: what can be read, and how to add to it.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use clap::{ArgMatches, Args, FromArgMatches as _};
use serde::Serialize;

use crate::command::Command;
use crate::output::Output;
use crate::session::{Session, Status};
use crate::style::{DIM, HEAD, NAME};

mod new;

const EXAMPLES: &str = "\
Examples:
  corpus formats
  corpus formats --json
  corpus formats --new my-site.toml   a description of records to change, which --format reads
  corpus formats --new my-dump        a format in code that works, with samples and tests
  corpus documents --format article unknown.dat";

/// What commands write beside `convert`, and by which option.
const WRITTEN: [(&str, &str); 8] = [
    (
        "brat",
        "a folder of texts and facts for the annotation tool brat: convert --to brat -o FOLDER",
    ),
    ("json", "JSON Lines with spans in bytes: --json of every command that finds something"),
    ("csv", "tables with a header: extract, frequency and other tables, with --csv"),
    ("conllu", "words --conllu; with the facts in its last column, extract --conllu"),
    ("html", "one page for a browser: extract --html, summarize --report html"),
    ("markdown", "a report: summarize --report markdown"),
    ("lines", "a sentence a line: sentences; its words apart by blanks: words"),
    ("tsv", "a lexicon: train words"),
];

/// What is no format of either list: it is read and written by columns.
const PARQUET: (&str, &str) = (
    "Parquet, for DuckDB, Polars, pandas and Spark: blocks and layers as lists (feature `parquet`)",
    ".parquet",
);

/// `corpus formats`.
pub(crate) struct Formats;

#[derive(Args, Debug)]
struct Options {
    /// Print JSON Lines: {"name","extensions","about","reads","writes"}
    #[arg(long)]
    json: bool,

    /// Write a format of this name that works, to be changed into the one that is wanted
    ///
    /// A name that ends in .toml makes a description, any other a format in code.
    #[arg(long, value_name = "NAME", conflicts_with = "json")]
    new: Option<String>,

    /// Where to write it: for code a checkout of the project, or a folder in which the new crate gets
    /// one of its own
    #[arg(long = "in", value_name = "FOLDER", default_value = ".", requires = "new")]
    folder: PathBuf,
}

#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    extensions: &'a [&'a str],
    about: &'a str,
    /// It can be read.
    reads: bool,
    /// `convert` writes it.
    writes: bool,
}

impl Command for Formats {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("formats"))
            .about("List the formats that can be read and written")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let mut output = Output::open(&Default::default())?;
        if let Some(name) = &options.new {
            let written = new::write(name, &options.folder)?;
            for path in &written.made {
                writeln!(output, "new      {}", path.display())?;
            }
            for path in &written.changed {
                writeln!(output, "changed  {}", path.display())?;
            }
            writeln!(output, "next     {}", written.next)?;
            return output.finish(Status::Done);
        }
        if options.json {
            for format in corpus_parse::FORMATS {
                let row = Row {
                    name: format.name(),
                    extensions: format.extensions(),
                    about: format.about(),
                    reads: true,
                    writes: corpus_write::find(format.name()).is_some(),
                };
                serde_json::to_writer(&mut output, &row)?;
                output.write_all(b"\n")?;
            }
            let (about, _) = PARQUET;
            let extensions = &["parquet"];
            let row = Row { name: "parquet", extensions, about, reads: true, writes: true };
            serde_json::to_writer(&mut output, &row)?;
            output.write_all(b"\n")?;
            let read = |name| corpus_parse::find(name).is_some();
            for format in corpus_write::FORMATS.iter().filter(|format| !read(format.name())) {
                let row = Row {
                    name: format.name(),
                    extensions: format.extensions(),
                    about: format.about(),
                    reads: false,
                    writes: true,
                };
                serde_json::to_writer(&mut output, &row)?;
                output.write_all(b"\n")?;
            }
        } else {
            let mut page = format!("{HEAD}Formats that can be read{HEAD:#}\n\n");
            for format in corpus_parse::FORMATS {
                let extensions: Vec<String> =
                    format.extensions().iter().map(|extension| format!(".{extension}")).collect();
                let extensions = extensions.join(" ");
                writeln!(
                    page,
                    "  {NAME}{:<10}{NAME:#} {}  {DIM}{extensions}{DIM:#}",
                    format.name(),
                    format.about()
                )?;
            }
            let (about, extensions) = PARQUET;
            writeln!(page, "  {NAME}parquet   {NAME:#} {about}  {DIM}{extensions}{DIM:#}")?;
            writeln!(page, "\n{HEAD}Formats that `corpus convert` writes{HEAD:#}\n")?;
            for format in corpus_write::FORMATS {
                let extensions: Vec<String> =
                    format.extensions().iter().map(|extension| format!(".{extension}")).collect();
                let extensions = extensions.join(" ");
                writeln!(
                    page,
                    "  {NAME}{:<10}{NAME:#} {}  {DIM}{extensions}{DIM:#}",
                    format.name(),
                    format.about()
                )?;
            }
            writeln!(page, "  {NAME}parquet   {NAME:#} {about}  {DIM}{extensions}{DIM:#}")?;
            page.push_str("\nWith .gz or .zst behind the ending of a file, whatever a command writes is packed.\n");
            writeln!(page, "\n{HEAD}What else is written{HEAD:#}\n")?;
            for (name, about) in WRITTEN {
                writeln!(page, "  {NAME}{name:<10}{NAME:#} {about}")?;
            }
            page.push_str(
                "\nThe format of a file is told from its content and its name; --format NAME overrules that.\n\
                 --format my-site.toml reads a format that a file describes; --new my-site.toml writes one to begin from.\n\
                 --new my-dump writes a format in code that works; CONTRIBUTING.md says how to make it yours.\n",
            );
            output.write_styled(&page, session)?;
        }
        output.finish(Status::Done)
    }
}
