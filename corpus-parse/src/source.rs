//! [`Source`]: the input as a parser sees it.

use std::io::Read;

use crate::buffer::{self, Buffer};
use crate::{ParseError, ParseErrorKind, Position, charset};

/// The input as a parser sees it: lines of checked UTF-8, with their positions.
///
/// It does the dull, error-prone part once: line ends (LF, CRLF, or CR alone where a file knows no
/// other), UTF-8, byte-order marks, UTF-16, the limit of a record's length, positions, and the
/// ledger. Invalid bytes become U+FFFD and are reported by the reader; a parser never sees them.
///
/// The bytes of a record are those that [`Source::text`] gave; where it was not called, they reach
/// from the [mark](Source::mark) to the end of the line read last, without its line end.
#[allow(missing_debug_implementations, reason = "it borrows a reader, which has none to show")]
pub struct Source<'a> {
    pub(crate) input: &'a mut dyn Read,
    pub(crate) buffer: &'a mut Buffer,
}

/// A place to go back to: see [`Source::checkpoint`].
#[derive(Clone, Copy, Debug)]
pub struct Checkpoint(buffer::Checkpoint);

impl Source<'_> {
    /// The next line without its line end; none at the end of the input.
    pub fn line(&mut self) -> Result<Option<&str>, ParseError> {
        match self.buffer.next_line(self.input)? {
            true => Ok(Some(self.buffer.decoded_line())),
            false => Ok(None),
        }
    }

    /// The next line without its line end, unchecked: for a parser that looks for the end of a
    /// record first and calls [`Source::text`] then.
    pub fn line_bytes(&mut self) -> Result<Option<&[u8]>, ParseError> {
        match self.buffer.next_line(self.input)? {
            true => Ok(Some(self.buffer.last_line())),
            false => Ok(None),
        }
    }

    /// The line read last without its line end, unchecked.
    #[cfg(feature = "toml")]
    pub(crate) fn last_bytes(&self) -> &[u8] {
        self.buffer.last_line()
    }

    /// The line read last without its line end.
    #[cfg(feature = "toml")]
    pub(crate) fn line_again(&mut self) -> &str {
        self.buffer.decoded_line()
    }

    /// Reads on to the end of the input; false if there is nothing more.
    pub fn read_to_end(&mut self) -> Result<bool, ParseError> {
        self.buffer.read_to_end(self.input)
    }

    /// The bytes that were not taken yet, at least `n` of them unless the input ends: for formats
    /// that are not made of lines. How many more there are depends on how the input is read, so
    /// nothing may be decided by it.
    pub fn peek(&mut self, n: usize) -> &[u8] {
        self.buffer.peek(self.input, n)
    }

    /// Takes so many of the bytes that [`Source::peek`] gave; they belong to the record, and are its
    /// line read last.
    pub fn take(&mut self, n: usize) {
        self.buffer.take(n);
    }

    /// The text of bytes inside a record, which states its encoding as `label` perhaps, and what the
    /// encoding is called; none if they are no UTF-16 and the reader has no
    /// [`Decoder`](crate::Decoder) that knows of it.
    pub fn decode(&self, bytes: &[u8], label: Option<&str>) -> Option<(String, &'static str)> {
        let decoder = self.buffer.decoder.as_deref();
        let utf16 = charset::utf16(bytes, label).map(|text| (text, "utf-16"));
        utf16.or_else(|| decoder?.decode(bytes, label))
    }

    /// What was taken last, unchecked.
    pub fn taken(&self) -> &[u8] {
        self.buffer.last_line()
    }

    /// An error if what was taken makes the record longer than the limit: the parser then skips the
    /// rest of it, and returns the error.
    pub fn check_length(&mut self) -> Result<(), ParseError> {
        self.buffer.check_length()
    }

    /// The longest record in bytes.
    pub fn limit(&self) -> usize {
        self.buffer.limit()
    }

    /// The whole record, from the mark to the end of what was read, with its line ends.
    pub fn text(&mut self) -> &str {
        self.buffer.decoded_record()
    }

    /// The record begins with the line read last; what came before it is separators.
    pub fn mark(&mut self) {
        self.buffer.mark();
    }

    /// What was read since the last record is separators, the line read last included.
    pub fn discard(&mut self) {
        self.buffer.discard();
    }

    /// What was read since the last record is whole but no document: the ledger counts it as
    /// rejected for this reason.
    pub fn reject(&mut self, reason: &'static str) {
        self.buffer.reject(reason);
    }

    /// What was read since the last record is no record, and no separator: the ledger counts it as
    /// rejected for this reason.
    pub(crate) fn pass_over(&mut self, reason: &'static str) {
        self.buffer.pass_over(reason);
    }

    /// This place, to come back to within the same record.
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint(self.buffer.checkpoint())
    }

    /// Goes back to a place of the same record.
    pub fn rewind(&mut self, place: Checkpoint) {
        self.buffer.rewind(place.0);
    }

    /// What is read from here on belongs to the next record perhaps, and does not count towards the
    /// length of this one until [`Source::claim`] says that it does; [`Source::rewind`] goes back.
    pub fn look_ahead(&mut self) {
        self.buffer.look_ahead();
    }

    /// What was read ahead belongs to the record: an error, if that makes it too long.
    pub fn claim(&mut self) -> Result<(), ParseError> {
        self.buffer.claim()
    }

    /// What was read of the record is not wanted any more, as that of a record which is too long: it
    /// is not held in memory any longer, and an error is all that can come of the record.
    pub fn skip(&mut self) {
        self.buffer.skip();
    }

    /// Where the line read last begins.
    pub fn position(&self) -> Position {
        self.buffer.position(0)
    }

    /// An error at the line read last.
    pub fn malformed(&self, what: impl Into<String>) -> ParseError {
        self.malformed_at(0, what)
    }

    /// An error at this byte of the line read last.
    pub fn malformed_at(&self, byte: usize, what: impl Into<String>) -> ParseError {
        ParseError::new(ParseErrorKind::Malformed(what.into()), self.buffer.position(byte))
    }

    /// An error at the first byte of the record.
    pub fn malformed_record(&self, what: impl Into<String>) -> ParseError {
        ParseError::new(ParseErrorKind::Malformed(what.into()), self.buffer.record_position())
    }

    /// Tells of damage that costs no text: the reader reports it and then gives the record.
    pub fn report(&mut self, error: ParseError) {
        self.buffer.told.push(error);
    }
}
