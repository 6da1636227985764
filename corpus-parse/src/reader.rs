//! [`Reader`]: an input in a format, as documents.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, Read};
use std::iter::FusedIterator;
use std::mem;
use std::sync::Arc;

use corpus_model::Document;

use crate::buffer::Buffer;
use crate::pieces::{Piece, Place, Rest};
use crate::{
    Decoder, FieldNames, Format, Ledger, ParseError, ParseErrorKind, Parser, Position, Record,
    SitePack, Source, path,
};

/// An input in a format, as documents.
///
/// Two doors: [`Reader::documents`] for comfort, [`Reader::read`] for speed, the first built on the
/// second.
///
/// A document's id is the one that its record states; else it is made of the name of the file
/// (`stdin` without one): `tin` for the first document of `tin.txt`, `tin#1`, `tin#2` for the
/// records that follow, and `tin#0`, `tin#1` for records of a table. Of the format `lines` it is
/// the number of the line, from 0.
///
/// ```
/// use corpus_model::Document;
/// use corpus_parse::{Reader, find};
///
/// let input = "Trời mưa.\nĐường trơn.\n";
/// let mut reader = Reader::new(find("lines").unwrap(), input.as_bytes());
/// let mut document = Document::default();
/// let mut bytes = 0;
/// while reader.read(&mut document)? {
///     bytes += document.text().len();
/// }
/// assert_eq!(bytes as u64, reader.ledger().bytes_documents);
/// # Ok::<(), corpus_parse::ParseError>(())
/// ```
pub struct Reader<R> {
    input: R,
    format: String,
    parser: Box<dyn Parser>,
    buffer: Buffer,
    names: FieldNames,
    path: Option<String>,
    stem: path::Stem,
    record: Record,
    /// A document waits in `record` until the errors in front of it are told.
    waiting: bool,
    errors: VecDeque<ParseError>,
    position: Position,
    /// How many bytes of the input stand in front of what is read.
    front: u64,
    ledger: Ledger,
}

impl Reader<io::Empty> {
    /// A reader of a piece that a [`Cutter`](crate::Cutter) has cut off an input of this format.
    ///
    /// Ids, positions and errors are those that a reader of the whole gives; the ledger is that of
    /// the piece.
    pub fn of_piece(format: &dyn Format, piece: Piece) -> Reader<io::Empty> {
        let mut piece = piece;
        let (place, parser) = (piece.place, piece.parser.take());
        let mut reader = Reader::new(format, io::empty());
        reader.buffer = Buffer::of_piece(piece);
        reader.stand_at(place, parser);
        reader
    }
}

impl<'r> Reader<Box<dyn Read + Send + 'r>> {
    /// A reader of what follows the pieces that were cut off an input.
    pub fn of_rest<R: Read + Send + 'r>(format: &dyn Format, rest: Rest<R>) -> Self {
        let Rest { input, place, parser } = rest;
        let mut reader = Reader::new(format, Box::new(input) as Box<dyn Read + Send + 'r>);
        reader.buffer.stand_at(place);
        reader.stand_at(place, parser);
        reader
    }
}

impl<R: Read> Reader<R> {
    /// A reader of this format.
    pub fn new(format: &dyn Format, input: R) -> Reader<R> {
        Reader {
            input,
            format: format.name().to_owned(),
            parser: format.parser(),
            buffer: Buffer::new(),
            names: FieldNames::default(),
            path: None,
            stem: path::Stem::default(),
            record: Record::default(),
            waiting: false,
            errors: VecDeque::new(),
            position: Position::default(),
            front: 0,
            ledger: Ledger::default(),
        }
    }

    /// What is read begins here, in the midst of an input perhaps.
    fn stand_at(&mut self, place: Place, parser: Option<Box<dyn Parser>>) {
        self.front = place.bytes;
        if let Some(parser) = parser {
            self.parser = parser;
        }
    }

    /// Names the file that is read, for ids, metadata, errors and ledger; nothing is opened.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        let path = path.into();
        self.stem = path::Stem::of(&path);
        self.path = Some(path);
        self
    }

    /// Names the fields of tables.
    pub fn field_names(mut self, names: FieldNames) -> Self {
        self.names = names;
        self
    }

    /// The rules for lines of single sites, instead of those that are built in.
    pub fn site_pack(mut self, pack: Arc<SitePack>) -> Self {
        self.record.rules.sites = Some(pack);
        self
    }

    /// The longest record in bytes, 64 MiB unless told; a longer one is an error, is skipped without
    /// being held in memory, and the next is read.
    pub fn max_record(mut self, bytes: usize) -> Self {
        self.buffer.set_limit(bytes);
        self
    }

    /// Decodes texts inside of records that are not UTF-8, as pages of web archives.
    pub fn decoder(mut self, decoder: Arc<dyn Decoder>) -> Self {
        self.buffer.decoder = Some(decoder);
        self
    }

    /// Hands the bytes of each record that becomes no document to `keep`, as they stand in the input,
    /// line end included: those that could not be read and those that the format turns down.
    ///
    /// Of a record that is longer than the limit nothing is handed on, for it is not held in memory.
    /// UTF-16 is handed on as UTF-8.
    ///
    /// ```
    /// use std::sync::mpsc;
    /// use corpus_parse::{Reader, find};
    ///
    /// let (kept, lost) = mpsc::channel();
    /// let input = "{\"text\": \"Trời mưa.\"}\n{\"text\": \"Đường\n";
    /// let mut reader = Reader::new(find("jsonl").unwrap(), input.as_bytes())
    ///     .rejected_to(move |bytes| _ = kept.send(bytes.to_vec()));
    /// assert_eq!(reader.documents().filter(Result::is_ok).count(), 1);
    /// assert_eq!(lost.recv().unwrap(), "{\"text\": \"Đường\n".as_bytes());
    /// ```
    pub fn rejected_to(mut self, keep: impl FnMut(&[u8]) + Send + 'static) -> Self {
        self.buffer.set_keep(Box::new(keep));
        self
    }

    /// Reads the next document into `document`, whose storage is used again; false at the end.
    ///
    /// After an error that [is recoverable](ParseError::is_recoverable) the next call goes on, and
    /// after any other it says that the input has ended. What `document` holds after an error means
    /// nothing.
    pub fn read(&mut self, document: &mut Document) -> Result<bool, ParseError> {
        loop {
            if let Some(error) = self.errors.pop_front() {
                return Err(error);
            }
            if self.waiting {
                self.waiting = false;
                let record = &mut self.record;
                *document = Document::from_parts(
                    mem::take(&mut record.id),
                    mem::take(&mut record.text),
                    mem::take(&mut record.blocks),
                    mem::take(&mut record.metadata),
                )
                .with_annotations(mem::take(&mut record.annotations));
                return Ok(true);
            }
            let (id, text, blocks, metadata) = mem::take(document).into_parts();
            let record = &mut self.record;
            (record.id, record.text, record.blocks, record.metadata) = (id, text, blocks, metadata);
            if !self.next()? {
                return Ok(false);
            }
        }
    }

    /// The documents and errors in the order of the input.
    pub fn documents(&mut self) -> Documents<'_, R> {
        Documents { reader: self, ended: false }
    }

    /// Where the record of the last document or error begins.
    pub fn position(&self) -> Position {
        self.position
    }

    /// The name of the format that is read.
    pub fn format(&self) -> &str {
        &self.format
    }

    /// The account of what was read so far; it closes at any time.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Parses one record into `self.record`; false at the end of the input.
    fn next(&mut self) -> Result<bool, ParseError> {
        self.record.clear();
        let mut source = Source { input: &mut self.input, buffer: &mut self.buffer };
        let outcome = match self.parser.parse(&mut source, &mut self.record) {
            Ok(true) if self.record.has_fields() => {
                self.names.fill(&mut self.record).map(|()| true).map_err(|missing| {
                    let kind = ParseErrorKind::MissingField(missing);
                    ParseError::new(kind, self.buffer.record_position())
                })
            }
            outcome => outcome,
        };
        let stuck = !self.buffer.moved();
        for (reason, bytes) in self.buffer.take_rejected() {
            self.ledger.bytes_in += bytes;
            self.ledger.bytes_documents += bytes;
            self.ledger.reject(reason, bytes);
        }
        match outcome {
            Ok(true) if stuck => Ok(false),
            Ok(true) => {
                self.keep();
                Ok(true)
            }
            Ok(false) => self.end().map(|()| !self.errors.is_empty()),
            Err(error) => {
                if stuck {
                    // A parser that reports without reading would report for ever.
                    let _ = self.buffer.next_line(&mut self.input);
                }
                Err(self.lose(error))
            }
        }
    }

    /// Makes a document of the record, and errors of the damage inside.
    fn keep(&mut self) {
        let damages = self.buffer.take_damages();
        let told = mem::take(&mut self.buffer.told);
        let number = self.buffer.record;
        let passed = self.buffer.leave(false);
        self.position = passed.position;
        self.ledger.bytes_in += passed.separators + passed.record;
        self.ledger.bytes_separators += passed.separators;
        self.ledger.bytes_documents += passed.record;
        let mut sound = passed.record;
        for damage in damages {
            let bytes = damage.bytes.min(sound);
            sound -= bytes;
            // Telling the damage counts its bytes as read once more.
            self.ledger.bytes_documents -= bytes;
            self.ledger.bytes_in -= bytes;
            let kind = ParseErrorKind::Invalid {
                encoding: self.buffer.encoding(),
                sequences: damage.sequences,
                bytes: damage.bytes,
            };
            self.tell(ParseError::new(kind, damage.position), number, bytes);
        }
        for error in told {
            self.tell(error, number, 0);
        }
        let record = &mut self.record;
        self.stem.name(record, number);
        assign(&mut record.metadata.path, self.path.as_deref());
        assign(&mut record.metadata.format, Some(&self.format));
        self.waiting = true;
    }

    /// Enters an error that stands in front of a document.
    fn tell(&mut self, error: ParseError, record: u64, bytes: u64) {
        let error = error.told(self.path.as_deref(), record, bytes);
        self.ledger.lose(self.path.as_deref(), error.position().byte, bytes, &error.to_string());
        self.errors.push_back(error);
    }

    /// Gives the record up.
    fn lose(&mut self, error: ParseError) -> ParseError {
        self.buffer.take_damages();
        self.buffer.told.clear();
        self.buffer.keep_lost();
        let number = self.buffer.record;
        let passed = self.buffer.leave(true);
        self.position = passed.position;
        self.ledger.bytes_in += passed.separators;
        self.ledger.bytes_separators += passed.separators;
        let error = error.told(self.path.as_deref(), number, passed.record);
        let offset = passed.position.byte;
        self.ledger.lose(self.path.as_deref(), offset, passed.record, &error.to_string());
        error
    }

    /// Ends the input; its failure, if it has failed, is told once.
    fn end(&mut self) -> Result<(), ParseError> {
        let number = self.buffer.record;
        self.buffer.take_damages();
        // What was told of records that became no documents.
        for error in mem::take(&mut self.buffer.told) {
            self.tell(error, number, 0);
        }
        let position = Position { byte: 0, ..self.buffer.position(0) };
        let passed = self.buffer.leave(true);
        self.ledger.bytes_in += passed.separators + passed.record;
        self.ledger.bytes_separators += passed.separators + passed.record;
        match self.buffer.failure.take() {
            None => Ok(()),
            Some(failure) => {
                let position = Position { byte: self.front + self.ledger.bytes_in, ..position };
                let error = ParseError::new(ParseErrorKind::Io(failure), position);
                let error = error.told(self.path.as_deref(), number, 0);
                let offset = error.position().byte;
                self.ledger.lose(self.path.as_deref(), offset, 0, &error.to_string());
                Err(error)
            }
        }
    }
}

/// Writes over a string that may be there, using its storage.
fn assign(place: &mut Option<String>, value: Option<&str>) {
    match (place, value) {
        (Some(old), Some(new)) => {
            if old != new {
                old.clear();
                old.push_str(new);
            }
        }
        (place, value) => *place = value.map(String::from),
    }
}

impl<R> fmt::Debug for Reader<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("format", &self.format)
            .field("path", &self.path)
            .field("position", &self.position)
            .finish_non_exhaustive()
    }
}

/// The documents of a reader: see [`Reader::documents`].
///
/// It ends at the end of the input and after an error that is not recoverable.
#[derive(Debug)]
pub struct Documents<'r, R> {
    reader: &'r mut Reader<R>,
    ended: bool,
}

impl<R: Read> Iterator for Documents<'_, R> {
    type Item = Result<Document, ParseError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let mut document = Document::default();
        match self.reader.read(&mut document) {
            Ok(true) => Some(Ok(document)),
            Ok(false) => {
                self.ended = true;
                None
            }
            Err(error) => {
                self.ended = !error.is_recoverable();
                Some(Err(error))
            }
        }
    }
}

impl<R: Read> FusedIterator for Documents<'_, R> {}
