//! `corpus man`: the manual page, made from the same definitions as the help.

use std::io::Write as _;

use anyhow::{Result, bail};
use clap::{ArgMatches, Args, FromArgMatches as _};
use clap_mangen::Man as Page;

use crate::command::{Command, program};
use crate::options::OutputOptions;
use crate::output::Output;
use crate::session::{Session, Status};

const EXAMPLES: &str = "\
Examples:
  corpus man -o ~/.local/share/man/man1/corpus.1
  corpus man words | man -l -";

/// `corpus man`.
pub(crate) struct Man;

#[derive(Args, Debug)]
struct Options {
    /// The command to explain; all of the program without it
    #[arg(value_name = "COMMAND")]
    command: Option<String>,

    #[command(flatten)]
    output: OutputOptions,
}

impl Command for Man {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("man"))
            .about("Print the manual page of the program or of a command")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, _: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let mut program = program();
        program.build();
        let mut page = Vec::new();
        match &options.command {
            None => Page::new(program).render(&mut page)?,
            Some(name) => match program.find_subcommand(name) {
                Some(found) => Page::new(found.clone()).render(&mut page)?,
                None => bail!("no command is called {name:?}; see corpus --help"),
            },
        }
        let mut output = Output::open(&options.output)?;
        output.write_all(&page)?;
        output.finish(Status::Done)
    }
}
