//! `corpus completions`: what a shell needs to complete commands and options.

use std::io::Write as _;

use anyhow::Result;
use clap::{ArgMatches, Args, FromArgMatches as _};
use clap_complete::Shell;

use crate::command::{Command, program};
use crate::output::Output;
use crate::session::{Session, Status};

const EXAMPLES: &str = "\
Examples:
  corpus completions bash > ~/.local/share/bash-completion/completions/corpus
  corpus completions zsh > ~/.zfunc/_corpus
  corpus completions fish > ~/.config/fish/completions/corpus.fish";

/// `corpus completions`.
pub(crate) struct Completions;

#[derive(Args, Debug)]
struct Options {
    /// The shell
    shell: Shell,
}

impl Command for Completions {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("completions"))
            .about("Print the completions of commands and options for a shell")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, _: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let mut script = Vec::new();
        clap_complete::generate(options.shell, &mut program(), "corpus", &mut script);
        let mut output = Output::open(&Default::default())?;
        output.write_all(&script)?;
        output.finish(Status::Done)
    }
}
