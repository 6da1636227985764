//! The third stage: the documents that are kept are read again, given their layers and written.

use std::collections::HashSet;
use std::fmt;
use std::io::Write as _;
use std::mem;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use corpus_model::Document;
use corpus_text::{EditMap, Normalization, normalize_document};
use corpus_write::Format;
#[cfg(feature = "parquet")]
use corpus_write::ParquetWriter;
use xxhash_rust::xxh3::xxh3_64;

use super::choose::Fate;
use super::inputs::hash;
use super::journal::{Journal, Place, ShardDone};
use super::manifest::Shard;
use crate::layers::Finder;
use crate::options::{InputOptions, OutputOptions};
use crate::output::Output;
use crate::pipeline;
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
    /// Gives a document the form and the layers that it is written with.
    fn complete(&self, document: &mut Document, is_line: bool) {
        if let Some(form) = &self.form {
            // Its date is worked out by the text that people read, which the normal form is too.
            let author = document.text().to_owned();
            let (mut normal, edits) = normalize_document(mem::take(document), form);
            if !edits.is_empty() {
                normal.metadata.extra.insert(EDITS.to_owned(), undone(&author, &edits));
            }
            *document = normal;
        }
        self.finder.complete(document, is_line);
    }
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
    Parquet(Box<ParquetWriter<Output>>),
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

    /// Writes the documents of a part from `start` on.
    pub(super) fn part(
        &mut self,
        session: &Session,
        input: &InputOptions,
        fates: &[Fate],
        start: Place,
    ) -> Result<()> {
        // The same text may stand in the part twice and be kept once: which of the two it is, is told
        // by the order, below.
        let wanted = fates.iter().skip(start.document).filter(|fate| fate.kept);
        let wanted: HashSet<u64> = wanted.map(|fate| fate.text).collect();
        let recipe = self.recipe;
        let work = || {
            |document: &mut Document, page: &mut Vec<u8>| {
                let text = xxh3_64(document.text().as_bytes());
                let bytes = document.text().len() as u64;
                let from = page.len();
                let mut made = Made { text, bytes, page: 0, document: Document::default() };
                if wanted.contains(&text) {
                    recipe.complete(document, input.lines);
                    match recipe.kind {
                        Kind::Pages(format) => format.document(document, page),
                        #[cfg(feature = "parquet")]
                        Kind::Parquet => made.document = mem::take(document),
                    }
                    made.page = page.len() - from;
                }
                made
            }
        };
        let mut n = 0;
        let outcome = pipeline::run_part(session, input, work, |page, made| {
            let mut rest = page;
            for made in made {
                let (own, behind) = rest.split_at_checked(made.page).unwrap_or((rest, &[]));
                rest = behind;
                let fate = fates.get(n).filter(|fate| fate.text == made.text);
                let Some(fate) = fate else { bail!(CHANGED) };
                if fate.kept && n >= start.document {
                    let next = Place { part: start.part, document: n + 1 };
                    self.add(own, &made, next)?;
                }
                n += 1;
            }
            Ok(())
        })?;
        if outcome.documents != fates.len() as u64 {
            bail!(CHANGED);
        }
        Ok(())
    }

    /// Adds a document to the shard that is open; `next` is the place behind it.
    fn add(&mut self, page: &[u8], made: &Made, next: Place) -> Result<()> {
        let mut open = match self.open.take() {
            Some(open) => open,
            None => self.begin()?,
        };
        match &mut open.writer {
            Writer::Pages(_, output) => output.write_all(page)?,
            #[cfg(feature = "parquet")]
            Writer::Parquet(writer) => writer.write(&made.document)?,
        }
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
            Kind::Parquet => Writer::Parquet(Box::new(ParquetWriter::new(output)?)),
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
            Writer::Parquet(writer) => writer.finish()?,
        };
        output.finish(Status::Done)?;
        let path = self.folder.join(&shard.file);
        (shard.bytes, shard.xxh3) = hash(&path).with_context(|| shown(&path))?;
        self.journal.shard(&ShardDone { shard: shard.clone(), next })?;
        self.done.push(shard);
        Ok(())
    }
}

const CHANGED: &str = "the input has changed while it was built; begin anew";

impl fmt::Debug for Open {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Open").field("shard", &self.shard).finish_non_exhaustive()
    }
}
