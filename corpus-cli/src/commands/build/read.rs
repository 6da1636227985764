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
use crate::pipeline::{self, Work};
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
    fn mark(&self, batch: usize, document: &Document, page: &mut Vec<u8>) -> Judged {
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
        let bytes = text.len() as u64;
        let mark = Mark {
            batch,
            text: xxh3_64(text.as_bytes()),
            bytes,
            id: document.id().to_owned(),
            path: document.metadata.path.clone(),
            broken,
        };
        line(page, &mark);
        Judged { bytes, compared }
    }
}

/// What is told of a document that was judged, or passed over.
#[derive(Debug, Default)]
struct Judged {
    /// Bytes of its text.
    bytes: u64,
    compared: Compared,
}

/// What each thread does with documents of a group.
struct Worker<'a> {
    judge: &'a Judge,
    /// The first batch that is not done.
    from: usize,
    batch: usize,
}

impl Work<Judged> for Worker<'_> {
    fn begin(&mut self, number: usize) {
        self.batch = number;
    }

    fn all(&mut self, documents: &mut [Document], page: &mut Vec<u8>, judged: &mut Vec<Judged>) {
        if self.batch < self.from {
            judged.extend(documents.iter().map(|_| Judged::default()));
        } else {
            judged.extend(documents.iter().map(|it| self.judge.mark(self.batch, it, page)));
        }
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
    pub(super) fn new(folder: &Path, group: usize, part: usize) -> PartFiles {
        let of = |what: &str| folder.join(format!("part-{group:05}-{part:05}.{what}"));
        PartFiles { marks: of("marks"), shingles: of("shingles"), keys: of("keys") }
    }

    /// Those of a part that is done.
    pub(super) fn of(folder: &Path, done: &PartDone) -> PartFiles {
        PartFiles::new(folder, done.group, done.part)
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

/// A part that is being read.
struct Part {
    group: usize,
    number: usize,
    /// The first batch that it has.
    from: usize,
    files: PartFiles,
    marks: Output,
    sketches: Option<SketchWriter<Output>>,
    documents: u64,
    /// Bytes of their texts.
    bytes: u64,
}

impl Part {
    /// The part of this number, which begins with this batch.
    fn begin(
        folder: &Path,
        (group, number): (usize, usize),
        from: usize,
        judge: &Judge,
    ) -> Result<Part> {
        let files = PartFiles::new(folder, group, number);
        let open = |path: &Path| Output::open(&OutputOptions { output: Some(path.to_owned()) });
        let marks = open(&files.marks)?;
        let sketches = match judge.banding {
            Some(it) => Some(SketchWriter::new(open(&files.shingles)?, open(&files.keys)?, it)),
            None => None,
        };
        Ok(Part { group, number, from, files, marks, sketches, documents: 0, bytes: 0 })
    }

    fn add(&mut self, marks: &[u8], judged: &[Judged]) -> Result<()> {
        self.marks.write_all(marks)?;
        for document in judged {
            if let Some(sketches) = &mut self.sketches {
                sketches.add(&document.compared)?;
            }
            self.documents += 1;
            self.bytes += document.bytes;
        }
        Ok(())
    }

    /// Ends the part in front of batch `to`, and enters it into the journal.
    fn end(self, to: usize, ledger: Option<LedgerRows>, journal: &mut Journal) -> Result<PartDone> {
        self.marks.finish(Status::Done)?;
        let compares = self.sketches.is_some();
        if let Some(sketches) = self.sketches {
            let (shingles, keys) = sketches.finish()?;
            keys.finish(Status::Done)?;
            shingles.finish(Status::Done)?;
        }
        let done = PartDone {
            group: self.group,
            part: self.number,
            batches: self.from..to,
            xxh3: self.files.hashes(compares)?,
            documents: self.documents,
            ledger,
        };
        journal.part(&done)?;
        Ok(done)
    }
}

/// Reads the files of a group; what is kept of its documents lies in the journal's folder then.
///
/// The parts that are `done` are passed over: their documents are read, and not judged again. A part ends behind the
/// batch with which its texts have `part_bytes`.
pub(super) fn group(
    session: &Session,
    input: &InputOptions,
    judge: &Judge,
    group: usize,
    mut done: Vec<PartDone>,
    part_bytes: u64,
    journal: &mut Journal,
) -> Result<Vec<PartDone>> {
    let folder = journal.folder().to_owned();
    let from = done.last().map_or(0, |part| part.batches.end);
    let mut part = Part::begin(&folder, (group, done.len()), from, judge)?;
    let mut next = from;
    let work = || Worker { judge, from, batch: 0 };
    let outcome = pipeline::run_part(session, input, work, |batch, marks, judged| {
        if batch < from {
            return Ok(());
        }
        if part.bytes >= part_bytes {
            // It ended behind the batch before, of which this one says that it was not the last.
            let following = Part::begin(&folder, (group, done.len() + 1), batch, judge)?;
            let whole = std::mem::replace(&mut part, following);
            done.push(whole.end(batch, None, journal)?);
        }
        next = batch + 1;
        part.add(marks, &judged)
    })?;
    done.push(part.end(next, Some(LedgerRows::new(&outcome.ledger)), journal)?);
    Ok(done)
}
