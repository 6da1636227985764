//! `corpus formats`: what can be read, and how to add to it.

use std::fmt::Write as _;
use std::io::Write as _;

use anyhow::Result;
use clap::{ArgMatches, Args, FromArgMatches as _};
use serde::Serialize;

use crate::command::Command;
use crate::output::Output;
use crate::session::{Session, Status};
use crate::style::{DIM, HEAD, NAME};

const EXAMPLES: &str = "\
Examples:
  corpus formats
  corpus formats --json
  corpus documents --format article unknown.dat";

/// What can be written, the option that asks for it, and by which commands.
const WRITTEN: [(&str, &str); 9] = [
    ("json", "JSON Lines with spans in bytes: --json of every command that finds something"),
    (
        "csv",
        "comma-separated values with a header: extract, frequency and other tables, with --csv",
    ),
    ("conllu", "CoNLL-U: words --conllu; with the facts in its last column, extract --conllu"),
    ("brat", "a folder of texts and standoff for the annotation tool brat: extract --brat FOLDER"),
    ("html", "one page for a browser: extract --html, summarize --report html"),
    ("markdown", "a report: summarize --report markdown"),
    ("lines", "a sentence a line: sentences; its words apart by blanks: words"),
    ("tsv", "a lexicon: train words"),
    ("text", "lines and tables for people: whatever is asked for nothing else"),
];

/// `corpus formats`.
pub(crate) struct Formats;

#[derive(Args, Debug)]
struct Options {
    /// Print JSON Lines: {"name","extensions","about"}
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    extensions: &'a [&'a str],
    about: &'a str,
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
        if options.json {
            for format in corpus_parse::FORMATS {
                let row = Row {
                    name: format.name(),
                    extensions: format.extensions(),
                    about: format.about(),
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
            writeln!(page, "\n{HEAD}Formats that can be written{HEAD:#}\n")?;
            for (name, about) in WRITTEN {
                writeln!(page, "  {NAME}{name:<10}{NAME:#} {about}")?;
            }
            page.push_str(
                "\nThe format of a file is told from its content and its name; --format NAME overrules that.\n\
                 CONTRIBUTING.md begins with how to add one: one file, one line in the list, one folder of samples.\n",
            );
            output.write_styled(&page, session)?;
        }
        output.finish(Status::Done)
    }
}
