//! [`Columns`]: a shard of columns, written by a thread of its own.
//!
//! Columns are encoded and packed a group of rows at a time. Whoever hands the documents over would stand
//! still meanwhile, and with it those that wait for it.

use std::mem;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use anyhow::{Result, anyhow};
use corpus_model::Document;
use corpus_write::ParquetWriter;

use crate::output::Output;

/// Documents are handed over when their texts have so many bytes.
const TOGETHER_BYTES: usize = 1 << 20;
/// So many handfuls wait for the thread: as much as another makes while a group is encoded.
const WAITING: usize = 8;

/// A shard that a thread writes.
pub(super) struct Columns {
    held: Vec<Document>,
    bytes: usize,
    documents: SyncSender<Vec<Document>>,
    thread: JoinHandle<Result<Output>>,
}

impl Columns {
    pub(super) fn new(output: Output) -> Result<Columns> {
        let mut writer = ParquetWriter::new(output)?;
        let (documents, waiting) = sync_channel::<Vec<Document>>(WAITING);
        let thread = thread::spawn(move || {
            for document in waiting.iter().flatten() {
                writer.write(&document)?;
            }
            Ok(writer.finish()?)
        });
        Ok(Columns { held: Vec::new(), bytes: 0, documents, thread })
    }

    /// Adds a document; where the thread has failed, its error comes from [`Columns::finish`].
    pub(super) fn write(mut self, document: Document) -> Result<Columns> {
        self.bytes += document.text().len();
        self.held.push(document);
        if self.bytes < TOGETHER_BYTES {
            return Ok(self);
        }
        self.bytes = 0;
        match self.documents.send(mem::take(&mut self.held)) {
            Ok(()) => Ok(self),
            // Nobody takes them any more.
            Err(_) => {
                Err(self.finish().err().unwrap_or_else(|| anyhow!("a shard was ended too early")))
            }
        }
    }

    /// The destination, with all that was added.
    pub(super) fn finish(self) -> Result<Output> {
        let Columns { held, documents, thread, .. } = self;
        // Where nobody takes it any more, the thread has failed and says why.
        let _ = documents.send(held);
        drop(documents);
        match thread.join() {
            Ok(output) => output,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
}
