//! [`Told`]: what is to be told of the input, and [`Teller`], which tells it in the order of the input
//! whichever thread finds it first.

use corpus_parse::{Ledger, Reader};
use indicatif::ProgressBar;

use super::Outcome;
use crate::problems::{Problems, TOLD_PER_FILE};
use crate::recode::Verdict;
use crate::session::Session;

/// Something to be told or entered of the input.
#[derive(Debug)]
pub(super) enum Told {
    /// A file begins.
    Begin,
    /// Something is wrong with it.
    Problem { name: String, what: String },
    /// It is in an encoding that nobody would expect.
    Encoding(Verdict),
    /// Where bytes went.
    Ledger(Ledger),
    /// A large file that several threads could not share.
    Uncut { name: String, format: String },
    /// The file ends.
    End(String),
}

/// What was found in a piece of a file beside its documents.
#[derive(Debug)]
pub(super) struct Found {
    name: String,
    /// The first problems, as many as are told of a file.
    problems: Vec<String>,
    /// How many there are beyond.
    more: u64,
    ledger: Ledger,
}

impl Found {
    /// Nothing yet, of the file of this name.
    pub(super) fn new(name: String) -> Found {
        Found { name, problems: Vec::new(), more: 0, ledger: Ledger::default() }
    }

    /// Adds a problem.
    pub(super) fn push(&mut self, what: String) {
        match (self.problems.len() as u64) < TOLD_PER_FILE {
            true => self.problems.push(what),
            false => self.more += 1,
        }
    }

    /// The piece has been read.
    pub(super) fn end<R: std::io::Read>(mut self, reader: &Reader<R>) -> Found {
        self.ledger = reader.ledger().clone();
        self
    }
}

/// Tells what was found, and keeps the account.
pub(super) struct Teller<'a> {
    session: &'a Session,
    problems: Problems<'a>,
    bar: ProgressBar,
    outcome: Outcome,
    /// The account of the file whose pieces are handed on.
    file: Ledger,
}

impl<'a> Teller<'a> {
    pub(super) fn new(
        session: &'a Session,
        problems: Problems<'a>,
        bar: ProgressBar,
        ledger: Ledger,
        files: usize,
    ) -> Teller<'a> {
        let outcome = Outcome { ledger, files, ..Outcome::default() };
        Teller { session, problems, bar, outcome, file: Ledger::default() }
    }

    /// Tells all of this, and empties it.
    pub(super) fn tell(&mut self, told: &mut Vec<Told>) {
        for it in told.drain(..) {
            match it {
                Told::Begin => self.problems.begin_file(),
                Told::Problem { name, what } => self.problems.tell(&name, &what),
                Told::Encoding(verdict) => {
                    if let Some(note) = verdict.note() {
                        self.bar.suspend(|| self.session.note(&note));
                    }
                    self.session.account().enter_encoding(&verdict);
                }
                Told::Uncut { name, format } => self.session.account().enter_uncut(name, format),
                Told::Ledger(ledger) => {
                    self.end_pieces();
                    self.outcome.ledger.merge(&ledger);
                }
                Told::End(name) => {
                    self.end_pieces();
                    self.problems.end_file(&name);
                }
            }
        }
    }

    /// Tells what was found in a piece.
    pub(super) fn tell_piece(&mut self, found: &Found) {
        for what in &found.problems {
            self.problems.tell(&found.name, what);
        }
        self.problems.count(found.more);
        self.file.append(&found.ledger);
    }

    /// Keeps the bytes of records that became no documents, and counts those that did.
    pub(super) fn keep(&mut self, lost: &mut Vec<u8>, documents: usize) {
        if !lost.is_empty() {
            self.session.account().keep(lost);
            lost.clear();
        }
        self.outcome.documents += documents as u64;
    }

    fn end_pieces(&mut self) {
        if self.file != Ledger::default() {
            self.outcome.ledger.merge(&std::mem::take(&mut self.file));
        }
    }

    /// What the run came to.
    pub(super) fn finish(mut self) -> anyhow::Result<Outcome> {
        self.end_pieces();
        self.bar.finish_and_clear();
        self.outcome.problems = self.problems.total();
        self.session.account().enter(&self.outcome.ledger)?;
        Ok(self.outcome)
    }
}
