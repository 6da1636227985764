//! [`ParseError`]: what could not be read, and where.

use std::{fmt, io};

/// A place in the input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Bytes of the input in front of it, byte-order mark included.
    pub byte: u64,
    /// The line, counted from 1.
    pub line: u64,
    /// The record, counted from 0; records that could not be read count too.
    pub record: u64,
}

/// What could not be read, and where.
///
/// Displayed as "where, then what", without the path: whoever prints knows how paths are shown.
///
/// ```
/// use corpus_model::Document;
/// use corpus_parse::{Reader, find};
///
/// let input = "{\"text\": \"Trời mưa.\"}\n{\"id\": 2}\n";
/// let mut reader = Reader::new(find("jsonl").unwrap(), input.as_bytes()).path("tin.jsonl");
/// let mut document = Document::default();
/// assert!(reader.read(&mut document).unwrap());
///
/// let error = reader.read(&mut document).unwrap_err();
/// assert_eq!(error.to_string(), "line 2, byte 25: no field \"text\", \"body\", \"content\", \"paragraphs\" or \"sentences\"");
/// assert_eq!(error.path(), Some("tin.jsonl"));
/// assert!(error.is_recoverable());
/// ```
#[derive(Debug)]
pub struct ParseError {
    // Boxed, so that a `Result` of the fast door stays as small as a pointer.
    inner: Box<Inner>,
}

#[derive(Debug)]
struct Inner {
    kind: ParseErrorKind,
    position: Position,
    path: Option<String>,
    bytes: u64,
}

/// What went wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ParseErrorKind {
    /// The input could not be read any further.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// Bytes that are no UTF-8 (of UTF-16 input: half a pair); each sequence became U+FFFD.
    #[error("{}", invalid(encoding, *.sequences, *.bytes))]
    Invalid {
        /// What they should have been: `UTF-8` or `UTF-16`.
        encoding: &'static str,
        /// How many sequences.
        sequences: u64,
        /// How many bytes they have together.
        bytes: u64,
    },
    /// A record longer than the reader's limit; it was skipped.
    #[error("the record is longer than {limit} bytes")]
    TooLong {
        /// The limit in bytes: see [`Reader::max_record`](crate::Reader::max_record).
        limit: usize,
    },
    /// A record that breaks the rules of its format.
    #[error("{0}")]
    Malformed(String),
    /// A record without the field that holds the text.
    #[error("no field {0}")]
    MissingField(String),
}

fn invalid(encoding: &str, sequences: u64, bytes: u64) -> String {
    let plural = |n| if n == 1 { "" } else { "s" };
    format!(
        "{sequences} invalid {encoding} sequence{} of {bytes} byte{} replaced by U+FFFD",
        plural(sequences),
        plural(bytes)
    )
}

impl ParseError {
    /// An error of this kind at this place; parsers use
    /// [`Source::malformed`](crate::Source::malformed), which knows the place.
    pub fn new(kind: ParseErrorKind, position: Position) -> ParseError {
        ParseError { inner: Box::new(Inner { kind, position, path: None, bytes: 0 }) }
    }

    /// What went wrong.
    pub fn kind(&self) -> &ParseErrorKind {
        &self.inner.kind
    }

    /// Where.
    pub fn position(&self) -> Position {
        self.inner.position
    }

    /// The file, where the reader was told: see [`Reader::path`](crate::Reader::path).
    pub fn path(&self) -> Option<&str> {
        self.inner.path.as_deref()
    }

    /// How many bytes of the input are in no document because of it.
    pub fn bytes(&self) -> u64 {
        self.inner.bytes
    }

    /// Whether the next call goes on: true for everything but a failing input.
    pub fn is_recoverable(&self) -> bool {
        !matches!(self.inner.kind, ParseErrorKind::Io(_))
    }

    /// The same error with what the reader knows about it.
    pub(crate) fn told(mut self, path: Option<&str>, record: u64, bytes: u64) -> ParseError {
        self.inner.path = path.map(String::from);
        self.inner.position.record = record;
        self.inner.bytes = bytes;
        self
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, position, .. } = &*self.inner;
        write!(f, "line {}, byte {}: {kind}", position.line, position.byte)
    }
}

impl std::error::Error for ParseError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.inner.kind {
            ParseErrorKind::Io(error) => Some(error),
            _ => None,
        }
    }
}
