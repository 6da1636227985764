//! [`Session`]: what all commands share, and how a run ends.

use std::io::{IsTerminal, Write as _};
use std::process::ExitCode;
use std::sync::Arc;

use anstream::ColorChoice;
use clap::ArgMatches;

use crate::account::Account;
use crate::command::WhenToColor;

/// How a run ended; the numbers are the command's contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// All of it was done.
    Done,
    /// A search found nothing.
    NothingFound,
    /// Wrong usage, or nothing could be read.
    Failed,
    /// Done, but some input was unreadable.
    Damaged,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(match status {
            Status::Done => 0,
            Status::NothingFound => 1,
            Status::Failed => 2,
            Status::Damaged => 3,
        })
    }
}

/// What all commands share: whether to talk, and in which colours, and the account of what is read.
#[derive(Debug)]
pub(crate) struct Session {
    quiet: bool,
    /// Nothing is told, but progress is shown.
    muted: bool,
    color: WhenToColor,
    account: Arc<Account>,
}

impl Session {
    /// The session that the arguments ask for.
    pub(crate) fn new(matches: &ArgMatches) -> Session {
        Session {
            quiet: matches.get_flag("quiet"),
            muted: false,
            color: matches.get_one("color").copied().unwrap_or_default(),
            account: Arc::default(),
        }
    }

    /// The same without a word on standard error.
    pub(crate) fn silenced(&self) -> Session {
        Session { quiet: true, ..self.muted() }
    }

    /// The same for what reads again what was read before: all there is to tell has been told.
    pub(crate) fn muted(&self) -> Session {
        let account = Arc::clone(&self.account);
        Session { quiet: self.quiet, muted: true, color: self.color, account }
    }

    /// The account of what is read.
    pub(crate) fn account(&self) -> &Account {
        &self.account
    }

    /// Writes the account, as far as it was asked for.
    pub(crate) fn settle(&self) -> anyhow::Result<()> {
        self.account.settle()
    }

    /// Whether progress may be shown: somebody looks, and did not ask for silence.
    pub(crate) fn shows_progress(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// How what goes to a file or pipe is coloured.
    pub(crate) fn color(&self) -> ColorChoice {
        match self.color {
            WhenToColor::Auto => ColorChoice::Auto,
            WhenToColor::Always => ColorChoice::Always,
            WhenToColor::Never => ColorChoice::Never,
        }
    }

    /// Tells what went wrong, on standard error.
    pub(crate) fn complain(&self, what: &str) {
        self.say("error", anstyle::AnsiColor::Red, what);
    }

    /// Tells what the reader may want to know, on standard error.
    pub(crate) fn note(&self, what: &str) {
        self.say("note", anstyle::AnsiColor::Cyan, what);
    }

    fn say(&self, label: &str, color: anstyle::AnsiColor, what: &str) {
        if self.quiet || self.muted {
            return;
        }
        let style = anstyle::Style::new().bold().fg_color(Some(color.into()));
        let mut stderr = anstream::AutoStream::new(std::io::stderr(), self.color());
        // Nobody is left to be told when standard error itself is closed.
        let _ = writeln!(stderr, "{style}{label}:{style:#} {what}");
    }
}
