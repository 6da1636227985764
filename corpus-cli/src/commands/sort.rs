//! `corpus sort`: lines in Vietnamese dictionary order.

use std::io::{self, Read as _, Write as _};

use anyhow::{Context as _, Result};
use clap::{ArgMatches, Args, FromArgMatches as _};
use corpus_text::sort_key;

use crate::command::Command;
use crate::options::OutputOptions;
use crate::output::Output;
use crate::session::{Session, Status};

const EXAMPLES: &str = "\
Examples:
  corpus sort < words.txt                     an, ba, bà, bạ, bé, chú, da, đá
  corpus sort --unique -o list.txt < names.txt

Lines are compared syllable by syllable, as dictionaries do: letters first (a ă â b c d đ e ê …),
then tones (ngang, huyền, hỏi, ngã, sắc, nặng), and case only where all else is the same. Blanks
and signs come before digits, digits before letters. Lines that are the same keep their order.";

/// `corpus sort`.
pub(crate) struct Sort;

#[derive(Args, Debug)]
struct Options {
    /// Print the last line first
    #[arg(long, short)]
    reverse: bool,

    /// Print a line once that comes several times
    #[arg(long, short)]
    unique: bool,

    #[command(flatten)]
    output: OutputOptions,
}

impl Command for Sort {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("sort"))
            .about("Sort the lines of standard input in Vietnamese dictionary order")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, _: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let mut output = Output::open(&options.output)?;
        let mut data = Vec::new();
        io::stdin().lock().read_to_end(&mut data).context("standard input: cannot be read")?;
        let mut lines = Vec::new();
        for line in data.split_inclusive(|&byte| byte == b'\n') {
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            lines.push((sort_key(String::from_utf8_lossy(line).trim_end()), line));
        }
        // The sort is stable: lines that are the same to the dictionary keep their order.
        lines.sort_by(|(a, _), (b, _)| if options.reverse { b.cmp(a) } else { a.cmp(b) });
        if options.unique {
            lines.dedup_by(|a, b| a == b);
        }
        for (_, line) in lines {
            output.write_all(line)?;
            output.write_all(b"\n")?;
        }
        output.finish(Status::Done)
    }
}
