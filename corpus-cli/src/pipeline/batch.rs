//! [`Batch`]: documents, or a piece of a file that has some, on their way to a thread.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use corpus_model::{Basis, Document, When};
use corpus_parse::Reader;

use super::told::{Found, Told};

/// So many bytes of text of a piece are worked on together: few enough to stay near the processor, and
/// enough that whoever makes room for them need not do so again and again.
const TOGETHER_BYTES: usize = 256 << 10;

/// Bytes of records that become no documents, as they are met.
#[derive(Clone, Debug, Default)]
pub(super) struct Lost(Arc<Mutex<Vec<u8>>>);

impl Lost {
    /// What puts them here.
    pub(super) fn keeper(&self) -> impl FnMut(&[u8]) + Send + 'static {
        let lost = self.clone();
        move |bytes| lost.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Takes what is there.
    pub(super) fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A piece of a file that the thread reads which works on its documents.
#[derive(Debug)]
pub(super) struct PieceToRead {
    pub(super) name: String,
    pub(super) reader: Reader<io::Empty>,
    pub(super) lost: Lost,
    /// When documents were published that do not say it.
    pub(super) published: Option<When>,
}

/// Documents on their way to a worker, with room for what it makes of them.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) number: usize,
    /// What is to be told in front of the documents.
    pub(super) told: Vec<Told>,
    pub(super) documents: Vec<Document>,
    /// Instead of documents.
    pub(super) piece: Option<PieceToRead>,
    /// The bytes of records that became none.
    pub(super) lost: Vec<u8>,
    /// What was found in the piece.
    pub(super) found: Option<Found>,
    /// What is to be printed.
    pub(super) bytes: Vec<u8>,
}

/// What a worker made of a batch.
pub(super) struct Done<T> {
    pub(super) batch: Batch,
    pub(super) values: Vec<T>,
}

/// What a thread does with documents.
pub(crate) trait Work<T> {
    /// The documents of the batch of this number come next.
    fn begin(&mut self, _number: usize) {}

    /// Appends what is to be printed for documents that follow one another, and a value for each.
    fn all(&mut self, documents: &mut [Document], bytes: &mut Vec<u8>, values: &mut Vec<T>);
}

impl<T, F: FnMut(&mut Document, &mut Vec<u8>) -> T> Work<T> for F {
    fn all(&mut self, documents: &mut [Document], bytes: &mut Vec<u8>, values: &mut Vec<T>) {
        values.extend(documents.iter_mut().map(|document| self(document, bytes)));
    }
}

impl Batch {
    /// Does the work for all documents.
    pub(super) fn done<T>(mut self, work: &mut impl Work<T>) -> Done<T> {
        self.bytes.clear();
        self.found = None;
        work.begin(self.number);
        let values = match self.piece.take() {
            Some(piece) => self.read(piece, work),
            None => {
                let mut values = Vec::with_capacity(self.documents.len());
                work.all(&mut self.documents, &mut self.bytes, &mut values);
                values
            }
        };
        Done { batch: self, values }
    }

    /// Reads a piece and does the work for the documents in it, several at a time.
    fn read<T>(&mut self, piece: PieceToRead, work: &mut impl Work<T>) -> Vec<T> {
        let PieceToRead { name, mut reader, lost, published } = piece;
        let mut found = Found::new(name);
        let mut values = Vec::new();
        let (mut read, mut bytes) = (0, 0);
        let mut more = true;
        while more {
            if self.documents.len() == read {
                self.documents.push(Document::default());
            }
            let Some(document) = self.documents.get_mut(read) else { break };
            match reader.read(document) {
                Ok(true) => {
                    date(document, published);
                    bytes += document.text().len();
                    read += 1;
                }
                Ok(false) => more = false,
                Err(error) => {
                    found.push(error.to_string());
                    more = error.is_recoverable();
                }
            }
            if bytes >= TOGETHER_BYTES || !more {
                let documents = self.documents.get_mut(..read).unwrap_or_default();
                work.all(documents, &mut self.bytes, &mut values);
                (read, bytes) = (0, 0);
            }
        }
        self.lost = lost.take();
        self.found = Some(found.end(&reader));
        values
    }
}

/// Dates a document that does not say when it was published.
pub(super) fn date(document: &mut Document, published: Option<When>) {
    let metadata = &mut document.metadata;
    if let (None, Some(when)) = (metadata.published, published) {
        metadata.published = Some(when);
        metadata.published_basis = Some(Basis::Published);
    }
}
