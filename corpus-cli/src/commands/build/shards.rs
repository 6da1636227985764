//! The third stage: the documents that are kept are read again, given their layers and written.

use std::fmt;
use std::io::Write as _;
use std::mem;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use corpus_model::Document;
use corpus_text::{EditMap, Normalization, normalize_document};
use corpus_write::Format;
use xxhash_rust::xxh3::xxh3_64;

#[cfg(feature = "parquet")]
use super::columns::Columns;
use super::fates::{Fates, OfBatch};
use super::inputs::hash;
use super::journal::{Journal, Place, ShardDone};
use super::manifest::Shard;
use crate::layers::Finder;
use crate::options::{InputOptions, OutputOptions};
use crate::output::Output;
use crate::pipeline::{self, Work};
use crate::problems::shown;
use crate::session::{Session, Status};

/// What shards are written as.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// Documents one behind the other.
    Pages(&'static dyn Format),
    /// Columns.
    #[cfg(feature = "parquet")]
    Parquet,
}

/// How shards are made.
#[derive(Debug)]
pub(super) struct Recipe<'a> {
    pub(super) kind: Kind,
    /// The ending of their names.
    pub(super) ending: &'a str,
    /// A shard ends behind the document with which its texts have so many bytes.
    pub(super) bytes: u64,
    /// What is done to the texts, if anything.
    pub(super) form: Option<Normalization>,
    pub(super) finder: Finder<'a>,
}

impl Recipe<'_> {
    /// Gives documents the form and the layers that they are written with.
    fn complete(&self, documents: &mut [Document], is_line: bool) {
        if let Some(form) = &self.form {
            documents.iter_mut().for_each(|it| in_form(it, form));
        }
        self.finder.complete_all(documents, is_line);
    }
}

/// Brings a document into a normal form. Its date is worked out by the text that people read, which the normal
/// form is too.
fn in_form(document: &mut Document, form: &Normalization) {
    let author = document.text().to_owned();
    let (mut normal, edits) = normalize_document(mem::take(document), form);
    if !edits.is_empty() {
        normal.metadata.extra.insert(EDITS.to_owned(), undone(&author, &edits));
    }
    *document = normal;
}

/// The field that says what the author wrote where a text was changed.
const EDITS: &str = "edits";

/// What makes the author's text of the one that is written, as JSON: a list of `[start, end, text]`, the
/// bytes from `start` to `end` and what the author wrote in their place.
fn undone(author: &str, edits: &EditMap) -> String {
    let rows: Vec<(usize, usize, &str)> = edits
        .edits()
        .iter()
        .map(|edit| {
            let before = author.get(edit.input.range()).unwrap_or_default();
            (edit.output.start(), edit.output.end(), before)
        })
        .collect();
    serde_json::to_string(&rows).unwrap_or_default()
}

/// The shards of a build, one behind the other.
#[derive(Debug)]
pub(super) struct Shards<'a> {
    recipe: &'a Recipe<'a>,
    folder: &'a Path,
    journal: &'a mut Journal,
    open: Option<Open>,
    pub(super) done: Vec<Shard>,
}

/// A shard that is being written.
struct Open {
    shard: Shard,
    writer: Writer,
}

enum Writer {
    Pages(&'static dyn Format, Output),
    #[cfg(feature = "parquet")]
    Parquet(Columns),
}

/// What a worker made of a document.
struct Made {
    text: u64,
    bytes: u64,
    /// How many bytes it appended to the page.
    page: usize,
    #[cfg_attr(
        not(feature = "parquet"),
        expect(dead_code, reason = "only columns are made of it")
    )]
    document: Document,
}

/// What each thread does with the documents of a group.
struct Worker<'w, 'r, 'f> {
    recipe: &'w Recipe<'r>,
    fates: &'w Fates<'f>,
    /// The first document of the group that is not written yet.
    start: usize,
    is_line: bool,
    /// What becomes of the documents of the batch at hand, and how many of them were met.
    of_batch: Arc<OfBatch>,
    seen: usize,
}

impl Work<Made> for Worker<'_, '_, '_> {
    fn begin(&mut self, number: usize) {
        self.of_batch = self.fates.of(number).unwrap_or_default();
        self.seen = 0;
    }

    fn all(&mut self, documents: &mut [Document], page: &mut Vec<u8>, all_made: &mut Vec<Made>) {
        let wanted = |place: usize| self.of_batch.is_wanted(self.seen + place, self.start);
        let mut kept: Vec<Document> = Vec::with_capacity(documents.len());
        let behind = all_made.len();
        for (place, document) in documents.iter_mut().enumerate() {
            let text = xxh3_64(document.text().as_bytes());
            let bytes = document.text().len() as u64;
            all_made.push(Made { text, bytes, page: 0, document: Document::default() });
            if wanted(place) {
                kept.push(mem::take(document));
            }
        }
        self.recipe.complete(&mut kept, self.is_line);
        let made = all_made.get_mut(behind..).unwrap_or_default().iter_mut().enumerate();
        let made = made.filter(|it| wanted(it.0)).map(|it| it.1);
        for (made, document) in made.zip(kept) {
            match self.recipe.kind {
                Kind::Pages(format) => {
                    let from = page.len();
                    format.document(&document, page);
                    made.page = page.len() - from;
                }
                #[cfg(feature = "parquet")]
                Kind::Parquet => made.document = document,
            }
        }
        self.seen += documents.len();
    }
}

impl<'a> Shards<'a> {
    /// The shards behind those that are done.
    pub(super) fn new(
        recipe: &'a Recipe<'a>,
        folder: &'a Path,
        journal: &'a mut Journal,
        done: Vec<Shard>,
    ) -> Shards<'a> {
        Shards { recipe, folder, journal, open: None, done }
    }

    /// Writes the documents of a group from `start` on.
    pub(super) fn group(
        &mut self,
        session: &Session,
        input: &InputOptions,
        fates: &Fates<'_>,
        start: Place,
    ) -> Result<u64> {
        let recipe = self.recipe;
        let work = || Worker {
            recipe,
            fates,
            start: start.document,
            is_line: input.lines,
            of_batch: Arc::default(),
            seen: 0,
        };
        let outcome = pipeline::run_part(session, input, work, |batch, page, made| {
            let Some(of_batch) = fates.take(batch)? else { bail!(CHANGED) };
            if of_batch.fates.len() != made.len() {
                bail!(CHANGED);
            }
            let mut rest = page;
            for (place, made) in made.into_iter().enumerate() {
                let (own, behind) = rest.split_at_checked(made.page).unwrap_or((rest, &[]));
                rest = behind;
                if of_batch.fates.get(place).is_none_or(|fate| fate.text != made.text) {
                    bail!(CHANGED);
                }
                if of_batch.is_wanted(place, start.document) {
                    let document = of_batch.first + place + 1;
                    self.add(own, made, Place { group: start.group, document })?;
                }
            }
            Ok(())
        })?;
        Ok(outcome.documents)
    }

    /// Adds a document to the shard that is open; `next` is the place behind it.
    fn add(&mut self, page: &[u8], made: Made, next: Place) -> Result<()> {
        let mut open = match self.open.take() {
            Some(open) => open,
            None => self.begin()?,
        };
        open.writer = match open.writer {
            Writer::Pages(format, mut output) => {
                output.write_all(page)?;
                Writer::Pages(format, output)
            }
            #[cfg(feature = "parquet")]
            Writer::Parquet(columns) => Writer::Parquet(columns.write(made.document)?),
        };
        open.shard.documents += 1;
        open.shard.text_bytes += made.bytes;
        let is_full = open.shard.text_bytes >= self.recipe.bytes;
        self.open = Some(open);
        if is_full { self.end(next) } else { Ok(()) }
    }

    fn begin(&self) -> Result<Open> {
        let file = format!("shard-{:05}.{}", self.done.len(), self.recipe.ending);
        let to = OutputOptions { output: Some(self.folder.join(&file)) };
        let mut output = Output::open(&to)?;
        let writer = match self.recipe.kind {
            Kind::Pages(format) => {
                let mut page = Vec::new();
                format.begin(&mut page);
                output.write_all(&page)?;
                Writer::Pages(format, output)
            }
            #[cfg(feature = "parquet")]
            Kind::Parquet => Writer::Parquet(Columns::new(output)?),
        };
        Ok(Open { shard: Shard { file, ..Shard::default() }, writer })
    }

    /// Ends the shard that is open, if one is.
    pub(super) fn end(&mut self, next: Place) -> Result<()> {
        let Some(Open { mut shard, writer }) = self.open.take() else { return Ok(()) };
        let output = match writer {
            Writer::Pages(format, mut output) => {
                let mut page = Vec::new();
                format.end(&mut page);
                output.write_all(&page)?;
                output
            }
            #[cfg(feature = "parquet")]
            Writer::Parquet(columns) => columns.finish()?,
        };
        output.finish(Status::Done)?;
        let path = self.folder.join(&shard.file);
        (shard.bytes, shard.xxh3) = hash(&path).with_context(|| shown(&path))?;
        self.journal.shard(&ShardDone { shard: shard.clone(), next })?;
        self.done.push(shard);
        Ok(())
    }
}

pub(super) const CHANGED: &str = "the input has changed while it was built; begin anew";

impl fmt::Debug for Open {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Open").field("shard", &self.shard).finish_non_exhaustive()
    }
}
