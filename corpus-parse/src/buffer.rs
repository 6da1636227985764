//! [`Buffer`]: the part of the input that is in memory, and the account of what left it.
//!
//! `bytes[start..cursor]` is what the parser read since the last record, `bytes[cursor..filled]`
//! what it has not seen. Nothing in front of `start` is needed any more. All of the book-keeping of
//! the ledger happens where `start` moves: [`Buffer::leave`] alone moves it, and says what the bytes
//! passed over were. So the sum closes by construction, whatever a parser does.
//!
//! Bytes are UTF-8 or nearly so: UTF-16 is transcoded on the way in, and lengths are measured in
//! bytes of the input by [`Buffer::measure`].
//!
//! How the input was cut into reads must not show. Every decision (a line ends, a record is too
//! long) is therefore taken on the bytes up to a line end or the end of the input, never on how many
//! happen to be in memory.

use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;

use memchr::{memchr, memchr_iter};

use crate::pieces::{Piece, Place};
use crate::utf16::Transcoder;
use crate::{Decoder, ParseError, ParseErrorKind, Position};

mod damage;
mod fill;
mod passing;
mod place;

pub(crate) use damage::Damage;
use damage::decode;
pub(crate) use fill::ends_in_returns;

/// As much is read before the first line is cut: enough to know the line ends, and as much as
/// detection sees.
pub(crate) const HEAD: usize = 64 << 10;

/// The smallest buffer: most articles fit, and for each of them one is made.
const SMALLEST: usize = 16 << 10;

#[derive(Debug)]
pub(crate) struct Buffer {
    bytes: Vec<u8>,
    filled: usize,
    start: usize,
    cursor: usize,
    line_start: usize,
    line_end: usize,
    /// How many bytes were in front of those in memory.
    base: usize,
    /// The number of the line read last.
    line: u64,
    /// The number of the line that `start` stands in, and its offset in the input.
    start_line: u64,
    start_offset: u64,
    pub(crate) record: u64,
    /// The bytes of the record were taken up to the cursor, line end included.
    whole: bool,
    limit: usize,
    /// How much of the record lies in front of the place from which it looks ahead: what is read
    /// behind it has the limit for itself.
    ahead: usize,
    /// Bytes that were skipped behind `cursor` because the record is too long.
    skipped: u64,
    separators: u64,
    /// What was read since the last record and is no document, by reason.
    rejected: Vec<(&'static str, u64)>,
    begun: bool,
    ended: bool,
    line_feed: u8,
    utf16: Option<(Transcoder, Vec<u8>)>,
    lossy: String,
    damages: Vec<Damage>,
    pub(crate) told: Vec<ParseError>,
    /// Who wants the bytes of records that become no documents.
    keep: Option<Keep>,
    /// What decodes texts inside of records.
    pub(crate) decoder: Option<Arc<dyn Decoder>>,
    pub(crate) failure: Option<io::Error>,
}

/// What takes the bytes of a record that becomes no document.
pub(crate) type TakeBytes = Box<dyn FnMut(&[u8]) + Send>;

/// What takes bytes; it has nothing to show.
struct Keep(TakeBytes);

impl fmt::Debug for Keep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keep")
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Checkpoint {
    cursor: usize,
    line_start: usize,
    line_end: usize,
    line: u64,
}

/// What was passed over since the last record.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Passed {
    /// Bytes in front of the record and its last line end.
    pub(crate) separators: u64,
    /// Bytes of the record.
    pub(crate) record: u64,
    /// Where the record begins.
    pub(crate) position: Position,
}

impl Buffer {
    pub(crate) fn new() -> Buffer {
        Buffer {
            bytes: Vec::new(),
            filled: 0,
            start: 0,
            cursor: 0,
            line_start: 0,
            line_end: 0,
            base: 0,
            line: 0,
            start_line: 1,
            start_offset: 0,
            record: 0,
            whole: false,
            limit: 64 << 20,
            ahead: 0,
            skipped: 0,
            separators: 0,
            rejected: Vec::new(),
            begun: false,
            ended: false,
            line_feed: b'\n',
            utf16: None,
            lossy: String::new(),
            damages: Vec::new(),
            told: Vec::new(),
            keep: None,
            decoder: None,
            failure: None,
        }
    }

    /// A buffer of a piece of an input: nothing follows it.
    pub(crate) fn of_piece(piece: Piece) -> Buffer {
        let Piece { bytes, place, failure, .. } = piece;
        let filled = bytes.len();
        let mut buffer = Buffer { bytes, filled, failure, ended: true, ..Buffer::new() };
        buffer.stand_at(place);
        buffer
    }

    /// What is read begins here, in the midst of an input perhaps.
    pub(crate) fn stand_at(&mut self, place: Place) {
        // What encoding and line ends are was found out in front.
        self.begun = !place.is_front();
        let position = place.position();
        (self.line, self.start_line) = (place.lines, position.line);
        (self.start_offset, self.record) = (position.byte, position.record);
    }

    pub(crate) fn set_limit(&mut self, bytes: usize) {
        self.limit = bytes;
    }

    /// Reads the next line; it ends at `cursor`.
    pub(crate) fn next_line(&mut self, input: &mut dyn Read) -> Result<bool, ParseError> {
        self.begin(input);
        let (mut from, mut line_start) = (self.cursor, self.cursor);
        loop {
            let fresh = self.bytes.get(from..self.filled).unwrap_or_default();
            if let Some(n) = memchr(self.line_feed, fresh) {
                let end = from + n;
                if end - self.start > self.limit.saturating_add(self.ahead) {
                    let error = self.too_long(end + 1);
                    self.line += 1;
                    return Err(error);
                }
                self.step(line_start, end, end + 1);
                return Ok(true);
            }
            from = self.filled;
            if self.filled - self.start > self.limit.saturating_add(self.ahead) {
                return Err(self.skip_line(input));
            }
            let moved = self.fill(input);
            line_start -= moved;
            from -= moved;
            if from == self.filled && self.ended {
                if line_start == self.filled {
                    return Ok(false);
                }
                self.step(line_start, self.filled, self.filled);
                return Ok(true);
            }
        }
    }

    /// The line read last is `start..end`, and what follows it begins at `next`.
    fn step(&mut self, start: usize, end: usize, next: usize) {
        let crlf = self.line_feed == b'\n' && end < next && end > start;
        let crlf = crlf && self.bytes.get(end - 1) == Some(&b'\r');
        self.line_start = start;
        self.line_end = if crlf { end - 1 } else { end };
        self.cursor = next;
        self.line += 1;
    }

    /// Reads on to the end of the input.
    pub(crate) fn read_to_end(&mut self, input: &mut dyn Read) -> Result<bool, ParseError> {
        self.begin(input);
        while !self.ended {
            if self.filled - self.start > self.limit {
                return Err(self.skip_rest(input));
            }
            self.fill(input);
        }
        if self.filled - self.start > self.limit {
            return Err(self.too_long(self.filled));
        }
        let more = self.cursor < self.filled;
        self.line_start = self.cursor;
        self.line_end = self.filled;
        self.cursor = self.filled;
        Ok(more)
    }

    /// Reads until `n` bytes are in memory that the parser has not seen, or the input ends; the
    /// bytes that it has not seen.
    pub(crate) fn peek(&mut self, input: &mut dyn Read, n: usize) -> &[u8] {
        self.begin(input);
        while self.filled - self.cursor < n && !self.ended {
            self.fill(input);
        }
        self.bytes.get(self.cursor..self.filled).unwrap_or_default()
    }

    /// Takes `n` of the bytes that the parser has not seen, as if they were a line.
    pub(crate) fn take(&mut self, n: usize) {
        let end = self.cursor.saturating_add(n).min(self.filled);
        let taken = self.bytes.get(self.cursor..end).unwrap_or_default();
        self.line += memchr_iter(self.line_feed, taken).count() as u64;
        self.line_start = self.cursor;
        self.line_end = end;
        self.cursor = end;
    }

    /// An error if the record is longer than the limit.
    pub(crate) fn check_length(&mut self) -> Result<(), ParseError> {
        if (self.cursor - self.start) as u64 + self.skipped > self.limit as u64 {
            return Err(self.too_long(self.cursor));
        }
        Ok(())
    }

    /// The longest record in bytes.
    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    /// Skips the rest of the line in bounded memory.
    fn skip_line(&mut self, input: &mut dyn Read) -> ParseError {
        let error = self.too_long(self.filled);
        loop {
            if self.ended {
                self.line += 1;
                return error;
            }
            self.refill(input);
            let fresh = self.bytes.get(self.cursor..self.filled).unwrap_or_default();
            if let Some(n) = memchr(self.line_feed, fresh) {
                self.cursor += n + 1;
                self.line += 1;
                return error;
            }
            self.cursor = self.filled;
        }
    }

    /// Skips the rest of the input in bounded memory.
    fn skip_rest(&mut self, input: &mut dyn Read) -> ParseError {
        let error = self.too_long(self.filled);
        while !self.ended {
            self.refill(input);
            self.cursor = self.filled;
        }
        error
    }

    /// Drops what is in memory, which is a part of a record that is too long, and reads on.
    fn refill(&mut self, input: &mut dyn Read) {
        self.skipped += self.measure(self.start, self.cursor);
        self.bytes.copy_within(self.cursor..self.filled, 0);
        self.filled -= self.cursor;
        self.base += self.cursor;
        (self.start, self.cursor) = (0, 0);
        self.fill(input);
    }

    /// The error of a record that is too long; what was read of it ends at `end`.
    fn too_long(&mut self, end: usize) -> ParseError {
        let position = self.record_position();
        self.ahead = 0;
        self.cursor = end;
        (self.line_start, self.line_end) = (end, end);
        ParseError::new(ParseErrorKind::TooLong { limit: self.limit }, position)
    }

    /// The line read last, without its line end.
    pub(crate) fn last_line(&self) -> &[u8] {
        self.bytes.get(self.line_start..self.line_end).unwrap_or_default()
    }

    /// The line read last as text.
    pub(crate) fn decoded_line(&mut self) -> &str {
        let position = self.position(0);
        self.decode(self.line_start, self.line_end, position)
    }

    /// Everything from `start` to `cursor` as text.
    pub(crate) fn decoded_record(&mut self) -> &str {
        self.whole = true;
        // Lines of this record may have been decoded before; their damage is found again.
        self.damages.clear();
        self.decode(self.start, self.cursor, self.record_position())
    }

    fn decode(&mut self, start: usize, end: usize, position: Position) -> &str {
        let bytes = self.bytes.get(start..end).unwrap_or_default();
        match simdutf8::basic::from_utf8(bytes) {
            Ok(text) => text,
            Err(_) => {
                self.lossy.clear();
                let utf16 = self.utf16.is_some();
                decode(bytes, utf16, self.line_feed, position, &mut self.lossy, &mut self.damages);
                &self.lossy
            }
        }
    }

    /// The encoding of the input.
    pub(crate) fn encoding(&self) -> &'static str {
        if self.utf16.is_some() { "UTF-16" } else { "UTF-8" }
    }

    pub(crate) fn take_rejected(&mut self) -> Vec<(&'static str, u64)> {
        std::mem::take(&mut self.rejected)
    }

    /// What was read of the record is not held any longer; it stays a part of the record.
    pub(crate) fn skip(&mut self) {
        self.skipped += self.measure(self.start, self.cursor);
        self.start = self.cursor;
    }

    pub(crate) fn take_damages(&mut self) -> Vec<Damage> {
        std::mem::take(&mut self.damages)
    }
}
