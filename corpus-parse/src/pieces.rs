//! [`Cutter`]: an input in pieces that can be read apart, by several threads perhaps.

use std::fmt;
use std::io::{self, Cursor, Read};

use memchr::{memchr, memrchr};

use crate::buffer::ends_in_returns;
use crate::{Format, Parser, Position};

mod lines;

pub use lines::{EachLine, RecordLine, RecordLines};

/// So many bytes are a piece, and the line that they end in: enough that its reader costs nothing
/// beside it, little enough that several fit into the caches of a processor.
const PIECE: usize = 256 << 10;

/// Cuts an input into pieces that end with a line, and with a record.
///
/// The pieces are those that the bytes give, whoever reads them, and their readers together say what
/// one reader of the whole would: texts, ids, positions and errors.
///
/// ```
/// use corpus_parse::{Cut, Cutter, Reader, find};
///
/// let input = "{\"text\": \"Trời mưa.\"}\n".repeat(50_000);
/// let jsonl = find("jsonl").unwrap();
/// let mut cutter = Cutter::new(jsonl, input.as_bytes(), input.as_bytes()).unwrap();
/// let mut documents = 0;
/// while let Some(Cut::Piece(piece)) = cutter.next_cut() {
///     let mut reader = Reader::of_piece(jsonl, piece);
///     documents += reader.documents().filter(Result::is_ok).count();
/// }
/// assert_eq!(documents, 50_000);
/// ```
pub struct Cutter<R> {
    input: R,
    lines: Box<dyn RecordLines>,
    limit: usize,
    /// How much is read at once for a piece.
    enough: usize,
    /// What was read behind the last piece.
    pending: Vec<u8>,
    /// So many bytes of it are lines of a record that goes on, and so many lines.
    open: (usize, u64),
    /// Where the next piece begins.
    place: Place,
    /// What begins there is for one reader.
    unclear: bool,
    /// Why there is no more behind what is pending, if that is so.
    failure: Option<io::Error>,
    ended: bool,
}

/// How much of an input stands in front of a piece.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place {
    pub(crate) bytes: u64,
    pub(crate) lines: u64,
    pub(crate) records: u64,
}

/// A part of an input, to be read by [`Reader::of_piece`](crate::Reader::of_piece).
pub struct Piece {
    pub(crate) bytes: Vec<u8>,
    pub(crate) place: Place,
    /// What reads it, if it is not the front of the input.
    pub(crate) parser: Option<Box<dyn Parser>>,
    /// Why there is no more, if that is not because the input has ended.
    pub(crate) failure: Option<io::Error>,
}

/// What a [`Cutter`] has cut off.
#[derive(Debug)]
pub enum Cut {
    /// A piece.
    Piece(Piece),
    /// A record begins that may be longer than the limit, or of which it is not clear where it ends: the
    /// rest of the input is for one reader, [`Cutter::into_rest`].
    Rest,
}

impl<R: Read> Cutter<R> {
    /// Cuts this input, of which the first bytes (64 KiB, unless it is shorter) are `head`; not if
    /// it cannot be cut: records of the format are no lines, or the input is not what it should be,
    /// or UTF-16. The input is given back then.
    pub fn new(format: &dyn Format, head: &[u8], input: R) -> Result<Cutter<R>, R> {
        let Some(lines) = format.lines(head) else { return Err(input) };
        let utf16 = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
        let returns = ends_in_returns(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head));
        if utf16 || returns {
            return Err(input);
        }
        Ok(Cutter {
            input,
            lines,
            limit: 64 << 20,
            enough: PIECE,
            pending: Vec::new(),
            open: (0, 0),
            place: Place::default(),
            unclear: false,
            failure: None,
            ended: false,
        })
    }

    /// The longest record in bytes, 64 MiB unless told.
    pub fn max_record(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// How many bytes are enough for a piece, at least one; 256 KiB unless told.
    pub fn enough(mut self, bytes: usize) -> Self {
        self.enough = bytes.max(1);
        self
    }

    /// The next piece; none at the end.
    pub fn next_cut(&mut self) -> Option<Cut> {
        let mut bytes = std::mem::take(&mut self.pending);
        let mut failure = None;
        let (place, parser) = (self.place, self.parser());
        let (mut at, mut open_lines) = std::mem::take(&mut self.open);
        // Where the last record ends that is whole.
        let mut end = 0;
        while !self.ended && !self.unclear && end == 0 {
            let seen = bytes.len();
            let read = self.input.by_ref().take(self.enough as u64).read_to_end(&mut bytes);
            self.ended = !matches!(read, Ok(n) if n == self.enough);
            failure = read.err();
            let fresh = bytes.get(seen..).unwrap_or_default();
            let line_end = match self.ended {
                true => bytes.len(),
                false => memrchr(b'\n', fresh).map_or(0, |n| seen + n + 1),
            };
            while at < line_end {
                let rest = bytes.get(at..line_end).unwrap_or_default();
                let n = memchr(b'\n', rest);
                let line = rest.get(..n.unwrap_or(rest.len())).unwrap_or_default();
                let is = self.lines.see(line, self.limit);
                if is == RecordLine::Unclear {
                    self.unclear = true;
                    break;
                }
                at += line.len() + usize::from(n.is_some());
                open_lines += 1;
                if is != RecordLine::Open {
                    self.place.records += u64::from(is == RecordLine::Last);
                    self.place.lines += std::mem::take(&mut open_lines);
                    end = at;
                }
            }
            // A line without end.
            self.unclear |= end == 0 && bytes.len().saturating_sub(at) > self.limit;
        }
        // At the end of the input nothing is there to close what is open.
        if self.ended && !self.unclear {
            end = bytes.len();
        }
        if self.unclear {
            // Whoever reads the rest meets it there.
            self.failure = self.failure.take().or(failure.take());
        }
        if end == 0 && self.unclear {
            self.pending = bytes;
            return Some(Cut::Rest);
        }
        if bytes.is_empty() && failure.is_none() {
            return None;
        }
        self.pending = bytes.split_off(end);
        self.open = (at.saturating_sub(end), open_lines);
        self.place.bytes += end as u64;
        Some(Cut::Piece(Piece { bytes, place, parser, failure }))
    }

    /// What reads on where the next piece begins.
    fn parser(&self) -> Option<Box<dyn Parser>> {
        (!self.place.is_front()).then(|| self.lines.parser(self.place.records))
    }

    /// What was not cut off, for one reader: see [`Reader::of_rest`](crate::Reader::of_rest).
    pub fn into_rest(self) -> Rest<R> {
        let parser = self.parser();
        let Cutter { input, pending, failure, place, .. } = self;
        Rest { input: Cursor::new(pending).chain(Failing(failure)).chain(input), place, parser }
    }
}

impl<R> fmt::Debug for Cutter<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cutter").field("place", &self.place).finish_non_exhaustive()
    }
}

impl fmt::Debug for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Piece").field("place", &self.place).finish_non_exhaustive()
    }
}

/// What follows the pieces that were cut off.
pub struct Rest<R> {
    pub(crate) input: io::Chain<io::Chain<Cursor<Vec<u8>>, Failing>, R>,
    pub(crate) place: Place,
    pub(crate) parser: Option<Box<dyn Parser>>,
}

/// Fails once, if it has to.
#[derive(Debug)]
pub(crate) struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

impl<R> fmt::Debug for Rest<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rest").field("place", &self.place).finish_non_exhaustive()
    }
}

impl Place {
    /// Whether the beginning of the input is here.
    pub(crate) fn is_front(self) -> bool {
        self.bytes == 0
    }

    /// As positions say it.
    pub(crate) fn position(self) -> Position {
        Position { byte: self.bytes, line: self.lines + 1, record: self.records }
    }
}

#[cfg(test)]
mod tests;
