//! The `corpus` command: what is in a collection of Vietnamese texts.
//!
//! Bytes become records, documents, annotations, facts, tables and reports in the libraries; this
//! program opens the files, runs the libraries over them on several threads and prints.

mod absent;
mod account;
mod command;
mod commands;
mod counting;
mod document_name;
mod input;
mod layers;
mod markup;
mod mentions;
mod options;
mod output;
mod packs;
mod pipeline;
mod problems;
mod progress;
mod recode;
mod report;
mod session;
mod sketches;
mod style;
mod subcorpus;
mod table;
mod text_width;

use std::process::ExitCode;

use session::{Session, Status};

/// What the decoder of Parquet says of damage by a panic is told as damage, and only so.
#[cfg(feature = "parquet")]
fn be_silent_on_damage() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !corpus_parse::ParquetLines::catches_panics() {
            usual(panic);
        }
    }));
}

fn main() -> ExitCode {
    #[cfg(feature = "parquet")]
    be_silent_on_damage();
    let matches = match command::program().try_get_matches() {
        Ok(matches) => matches,
        Err(error) => {
            let error = match absent::told(&error) {
                Some(told) => command::program().error(error.kind(), told),
                None => error,
            };
            // Help and version go to standard output and end well; the rest is a usage error.
            let code = if error.use_stderr() { Status::Failed } else { Status::Done };
            return match error.print() {
                Ok(()) => code.into(),
                Err(_) => Status::Failed.into(),
            };
        }
    };
    let (name, arguments) = match matches.subcommand() {
        Some(found) => found,
        None => return Status::Failed.into(),
    };
    let mut session = Session::new(&matches);
    let result = match command::find(name) {
        Some(command) => command.run(arguments, &mut session),
        None => Err(anyhow::anyhow!("no command is called {name:?}")),
    };
    // The account is written of a run that failed too; what the run says of itself comes first.
    let settled = session.settle();
    let result = result.and_then(|status| settled.map(|()| status));
    match result {
        Ok(status) => status.into(),
        // Whoever reads the output has seen enough: `corpus words big.txt | head`.
        Err(error) if output::is_closed_pipe(&error) => Status::Done.into(),
        Err(error) => {
            session.complain(&format!("{error:#}"));
            Status::Failed.into()
        }
    }
}
