//! The first stage: documents are read and judged, and what they are compared by is kept.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use corpus_model::Document;
use corpus_stats::quality::Filter;
use corpus_stats::{Banding, Sketch};
use xxhash_rust::xxh3::xxh3_64;

use super::inputs::hash;
use super::journal::{Journal, PartDone};
use super::marks::{Broken, Mark};
use crate::options::{InputOptions, OutputOptions};
use crate::output::Output;
use crate::pipeline;
use crate::problems::shown;
use crate::report::LedgerRows;
use crate::report::json::line;
use crate::session::{Session, Status};
use crate::sketches::{Compared, SketchWriter};

/// What documents are asked.
#[derive(Debug)]
pub(super) struct Judge {
    /// The rules of quality, if any.
    pub(super) filter: Option<Filter>,
    /// By which keys they are compared with each other, if they are.
    pub(super) banding: Option<Banding>,
}

impl Judge {
    /// Appends the mark of a document, and tells what it is compared by.
    fn mark(&self, document: &Document, page: &mut Vec<u8>) -> Compared {
        let verdict = self.filter.as_ref().map(|filter| filter.judge_document(document));
        let broken = verdict.as_ref().and_then(|it| it.reasons.first()).map(|reason| Broken {
            rule: reason.rule.to_string(),
            value: reason.value,
            threshold: reason.threshold,
        });
        let compared = match self.banding {
            Some(banding) if broken.is_none() => Compared::new(Sketch::new(document), banding),
            _ => Compared::default(),
        };
        let text = document.text();
        let mark = Mark {
            text: xxh3_64(text.as_bytes()),
            bytes: text.len() as u64,
            id: document.id().to_owned(),
            path: document.metadata.path.clone(),
            broken,
        };
        line(page, &mark);
        compared
    }
}

/// The files of a part in the folder of the journal.
#[derive(Debug)]
pub(super) struct PartFiles {
    pub(super) marks: PathBuf,
    pub(super) shingles: PathBuf,
    pub(super) keys: PathBuf,
}

impl PartFiles {
    pub(super) fn new(folder: &Path, number: usize) -> PartFiles {
        let of = |what: &str| folder.join(format!("part-{number:05}.{what}"));
        PartFiles { marks: of("marks"), shingles: of("shingles"), keys: of("keys") }
    }

    /// The hashes of those that are there.
    fn hashes(&self, compares: bool) -> Result<Vec<String>> {
        let compared = [&self.shingles, &self.keys];
        let compared = compared.into_iter().filter(|_| compares);
        let hash = |path: &PathBuf| hash(path).map(|it| it.1).with_context(|| shown(path));
        [&self.marks].into_iter().chain(compared).map(hash).collect()
    }

    /// Whether the files are those that the journal tells of.
    pub(super) fn are(&self, done: &PartDone) -> bool {
        self.hashes(done.xxh3.len() > 1).is_ok_and(|it| it == done.xxh3)
    }
}

/// Reads the files of a part; what is kept of its documents lies in the journal's folder then.
pub(super) fn part(
    session: &Session,
    input: &InputOptions,
    judge: &Judge,
    number: usize,
    journal: &mut Journal,
) -> Result<PartDone> {
    let files = PartFiles::new(journal.folder(), number);
    let open = |path: &Path| Output::open(&OutputOptions { output: Some(path.to_owned()) });
    let mut marks = open(&files.marks)?;
    let mut sketches = match judge.banding {
        Some(it) => Some(SketchWriter::new(open(&files.shingles)?, open(&files.keys)?, it)),
        None => None,
    };
    let work = || |document: &mut Document, page: &mut Vec<u8>| judge.mark(document, page);
    let outcome = pipeline::run_part(session, input, work, |bytes, compared| {
        if let Some(sketches) = &mut sketches {
            compared.iter().try_for_each(|it| sketches.add(it))?;
        }
        Ok(marks.write_all(bytes)?)
    })?;
    marks.finish(Status::Done)?;
    if let Some(sketches) = sketches {
        let (shingles, keys) = sketches.finish()?;
        keys.finish(Status::Done)?;
        shingles.finish(Status::Done)?;
    }
    let done = PartDone {
        part: number,
        xxh3: files.hashes(judge.banding.is_some())?,
        documents: outcome.documents,
        ledger: LedgerRows::new(&outcome.ledger),
        damaged: outcome.status() != Status::Done,
    };
    journal.part(&done)?;
    Ok(done)
}
