//! [`Account`]: where every byte of a run's input went, for `--ledger` and `--rejected`.

use std::fmt;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, Result, bail};
use corpus_parse::Ledger;

use crate::options::{InputOptions, OutputOptions};
use crate::output::Output;
use crate::recode::Verdict;
use crate::report::json::line;
use crate::report::{EncodingRow, LedgerRows, UncutRow};
use crate::session::Status;

/// Where every byte of a run's input went: kept over all inputs that a command reads, and written
/// when it has ended.
#[derive(Default)]
pub(crate) struct Account {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    ledger: Ledger,
    encodings: Vec<EncodingRow>,
    uncut: Vec<UncutRow>,
    ledger_to: Option<PathBuf>,
    rejected: Option<Rejected>,
}

/// The records that became no documents, on their way to a file.
struct Rejected {
    output: Output,
    /// What went wrong first; it is told at the end.
    failure: Option<io::Error>,
}

impl Account {
    /// Begins an input: opens what its options ask for, unless that is open.
    pub(crate) fn begin(&self, options: &InputOptions) -> Result<()> {
        let mut state = locked(&self.state);
        state.ledger_to.clone_from(&options.ledger);
        if let (Some(path), None) = (&options.rejected, &state.rejected) {
            if path.as_os_str() == "-" {
                bail!("--rejected -: standard output is for the results; name a file");
            }
            let output = Output::open(&OutputOptions { output: Some(path.clone()) })?;
            state.rejected = Some(Rejected { output, failure: None });
        }
        Ok(())
    }

    /// Whether anybody wants the records that become no documents.
    pub(crate) fn keeps(&self) -> bool {
        locked(&self.state).rejected.is_some()
    }

    /// Keeps the bytes of records that became no documents, if somebody wants them.
    pub(crate) fn keep(&self, bytes: &[u8]) {
        let Some(rejected) = &mut locked(&self.state).rejected else { return };
        if rejected.failure.is_none() {
            rejected.failure = rejected.output.write_all(bytes).err();
        }
    }

    /// Ends an input with what became of it; an error if bytes are unaccounted for.
    pub(crate) fn enter(&self, ledger: &Ledger) -> Result<()> {
        locked(&self.state).ledger.merge(ledger);
        if !ledger.closes() {
            bail!(
                "the ledger does not close: of {} bytes some are in no document and not told as lost; this is a mistake of the program",
                ledger.bytes_in
            );
        }
        Ok(())
    }

    /// Enters what an input had to be decoded from.
    pub(crate) fn enter_encoding(&self, verdict: &Verdict) {
        locked(&self.state).encodings.push(verdict.into());
    }

    /// Enters a large file that one thread had to read.
    pub(crate) fn enter_uncut(&self, path: String, format: String) {
        locked(&self.state).uncut.push(UncutRow { path, format });
    }

    /// What inputs had to be decoded from, up to now.
    pub(crate) fn encodings(&self) -> Vec<EncodingRow> {
        locked(&self.state).encodings.clone()
    }

    /// Writes what was asked for; whether the command was well or not, this is told.
    pub(crate) fn settle(&self) -> Result<()> {
        let State { ledger, encodings, uncut, ledger_to, rejected } =
            std::mem::take(&mut *locked(&self.state));
        if let Some(Rejected { output, failure }) = rejected {
            match failure {
                Some(error) => return Err(error).context("the rejected records cannot be kept"),
                None => _ = output.finish(Status::Done)?,
            }
        }
        if let Some(path) = ledger_to {
            let mut output = Output::open(&OutputOptions { output: Some(path) })?;
            let mut page = Vec::new();
            line(&mut page, &LedgerRows { encodings, uncut, ..LedgerRows::new(&ledger) });
            output.write_all(&page)?;
            output.finish(Status::Done)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").finish_non_exhaustive()
    }
}

/// The value, also when a thread that held it has panicked: what it holds is whole at any time.
fn locked<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_that_does_not_close_is_an_error() {
        let account = Account::default();
        let sound = Ledger { bytes_in: 7, bytes_documents: 7, ..Ledger::default() };
        assert!(account.enter(&sound).is_ok());
        let error = account.enter(&Ledger { bytes_in: 8, ..sound }).unwrap_err();
        assert!(error.to_string().starts_with("the ledger does not close"), "{error}");
    }
}
