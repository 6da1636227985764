//! The first stage: documents are read and judged, and what they are compared by is kept.

use std::io::Write as _;

use anyhow::{Context as _, Result};
use corpus_model::Document;
use corpus_stats::Sketch;
use corpus_stats::quality::Filter;
use xxhash_rust::xxh3::xxh3_64;

use super::inputs::hash;
use super::journal::{Journal, PartDone};
use super::marks::{Broken, Mark};
use crate::options::{InputOptions, OutputOptions};
use crate::output::Output;
use crate::pipeline;
use crate::problems::shown;
use crate::report::LedgerRows;
use crate::session::{Session, Status};

/// What documents are asked.
#[derive(Debug)]
pub(super) struct Judge {
    /// The rules of quality, if any.
    pub(super) filter: Option<Filter>,
    /// Whether they are compared with each other.
    pub(super) compares: bool,
}

impl Judge {
    /// Appends what is kept of a document.
    fn mark(&self, document: &Document, page: &mut Vec<u8>) -> Result<()> {
        let verdict = self.filter.as_ref().map(|filter| filter.judge_document(document));
        let broken = verdict.as_ref().and_then(|it| it.reasons.first()).map(|reason| Broken {
            rule: reason.rule.to_string(),
            value: reason.value,
            threshold: reason.threshold,
        });
        let sketch = match self.compares && broken.is_none() {
            true => Sketch::new(document),
            false => Sketch::default(),
        };
        let text = document.text();
        let (bytes, path) = (text.len() as u64, document.metadata.path.as_deref());
        let mark = Mark::new(xxh3_64(text.as_bytes()), bytes, document.id(), path, broken);
        mark.append(&sketch, page)
    }
}

/// What the marks of a part are called.
pub(super) fn marks_name(number: usize) -> String {
    format!("part-{number:05}.marks")
}

/// Reads the files of a part; the marks of its documents lie in the journal's folder then.
pub(super) fn part(
    session: &Session,
    input: &InputOptions,
    judge: &Judge,
    number: usize,
    journal: &mut Journal,
) -> Result<PartDone> {
    let marks = marks_name(number);
    let path = journal.folder().join(&marks);
    let mut output = Output::open(&OutputOptions { output: Some(path.clone()) })?;
    let work = || |document: &mut Document, page: &mut Vec<u8>| judge.mark(document, page);
    let outcome = pipeline::run(session, input, work, |bytes, marked| {
        marked.into_iter().collect::<Result<()>>()?;
        Ok(output.write_all(bytes)?)
    })?;
    output.finish(Status::Done)?;
    let (_, xxh3) = hash(&path).with_context(|| shown(&path))?;
    let done = PartDone {
        marks,
        xxh3,
        documents: outcome.documents,
        ledger: LedgerRows::new(&outcome.ledger),
        damaged: outcome.status() != Status::Done,
    };
    journal.part(&done)?;
    Ok(done)
}
