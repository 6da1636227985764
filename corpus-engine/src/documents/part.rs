//! Some of the files, read for one part of a query: no faster than its rows are taken.

use std::fmt;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use corpus_model::Document;
use corpus_parse::Format;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::common::Result;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::stream::RecordBatchReceiverStream;
use datafusion::physical_plan::streaming::PartitionStream;

use super::reading::Reading;
use super::{Problems, columns};

/// A batch has at most so many bytes of text, but for its last document.
const BATCH_BYTES: usize = 4 << 20;

/// So many batches are read before somebody takes them.
const AHEAD: usize = 2;

/// The files of one part of a query.
pub(super) struct Part {
    pub(super) files: Arc<[PathBuf]>,
    pub(super) format: Option<&'static dyn Format>,
    pub(super) problems: Problems,
    /// The columns that are asked for.
    pub(super) schema: SchemaRef,
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part").field("files", &self.files.len()).finish_non_exhaustive()
    }
}

impl PartitionStream for Part {
    fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    fn execute(&self, context: Arc<TaskContext>) -> SendableRecordBatchStream {
        let mut builder = RecordBatchReceiverStream::builder(Arc::clone(&self.schema), AHEAD);
        let sender = builder.tx();
        let rows = context.session_config().batch_size();
        let (files, format) = (Arc::clone(&self.files), self.format);
        let (problems, schema) = (self.problems.clone(), Arc::clone(&self.schema));
        builder.spawn_blocking(move || {
            let mut batches = Batches {
                schema,
                rows,
                documents: Vec::new(),
                bytes: 0,
                failed: Ok(()),
                send: |batch| {
                    // Nobody takes it where enough has come.
                    match sender.blocking_send(Ok(batch)) {
                        Ok(()) => ControlFlow::Continue(()),
                        Err(_) => ControlFlow::Break(()),
                    }
                },
            };
            let mut each = |document: &mut Document| batches.push(document);
            let mut reading = Reading { format, problems: &problems, each: &mut each };
            let done = files.iter().try_for_each(|file| reading.file(file));
            if done.is_continue() {
                let _ = batches.flush();
            }
            batches.failed
        });
        builder.build()
    }
}

/// Gathers documents to batches.
struct Batches<S> {
    schema: SchemaRef,
    /// So many rows a batch has at most.
    rows: usize,
    documents: Vec<Document>,
    bytes: usize,
    failed: Result<()>,
    send: S,
}

impl<S: FnMut(RecordBatch) -> ControlFlow<()>> Batches<S> {
    fn push(&mut self, document: &mut Document) -> ControlFlow<()> {
        self.bytes += document.text().len();
        self.documents.push(std::mem::take(document));
        match self.documents.len() >= self.rows || self.bytes >= BATCH_BYTES {
            true => self.flush(),
            false => ControlFlow::Continue(()),
        }
    }

    fn flush(&mut self) -> ControlFlow<()> {
        if self.documents.is_empty() {
            return ControlFlow::Continue(());
        }
        let batch = columns::batch(&self.schema, &self.documents);
        self.documents.clear();
        self.bytes = 0;
        match batch {
            Ok(batch) => (self.send)(batch),
            Err(error) => {
                self.failed = Err(error);
                ControlFlow::Break(())
            }
        }
    }
}
