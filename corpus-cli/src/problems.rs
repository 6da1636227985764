//! [`Problems`]: what could not be read, told once each and counted.

use std::path::Path;

use indicatif::ProgressBar;

use crate::session::Session;

/// How many problems of one file are told in full; the ledger has them all.
pub(crate) const TOLD_PER_FILE: u64 = 10;

/// What could not be read, told on standard error as it is met.
#[derive(Debug)]
pub(crate) struct Problems<'a> {
    session: &'a Session,
    total: u64,
    /// Problems of the file at hand.
    here: u64,
    /// What is drawn on the terminal meanwhile.
    bar: ProgressBar,
}

impl<'a> Problems<'a> {
    pub(crate) fn new(session: &'a Session) -> Problems<'a> {
        Problems { session, total: 0, here: 0, bar: ProgressBar::hidden() }
    }

    /// The bar that makes room for what is told.
    pub(crate) fn set_bar(&mut self, bar: &ProgressBar) {
        self.bar = bar.clone();
    }

    /// How many there were.
    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    /// Begins a file, and ends the one before.
    pub(crate) fn begin_file(&mut self) {
        self.here = 0;
    }

    /// Ends a file: says how many problems were not told one by one.
    pub(crate) fn end_file(&mut self, name: &str) {
        if let Some(more @ 1..) = self.here.checked_sub(TOLD_PER_FILE) {
            self.session.complain(&format!(
                "{name}: {more} more problems; `corpus stats --json` lists them all"
            ));
        }
        self.here = 0;
    }

    /// Counts problems of the file at hand that are not told one by one.
    pub(crate) fn count(&mut self, more: u64) {
        self.total += more;
        self.here += more;
    }

    /// Tells a problem, `what` with its position where there is one.
    pub(crate) fn tell(&mut self, name: &str, what: &str) {
        self.total += 1;
        self.here += 1;
        if self.here <= TOLD_PER_FILE {
            self.bar.suspend(|| self.session.complain(&format!("{name}: {what}")));
        }
    }
}

/// A path as it is shown to people and kept in documents.
pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
