//! [`RecordLines`]: what a format says of where its records end.

use std::fmt;

use crate::Parser;

/// Where the records of an input end, found line by line: see [`Format::lines`](crate::Format::lines).
pub trait RecordLines: Send {
    /// What the next line is, which comes without its line end; records may be `limit` bytes long.
    fn see(&mut self, line: &[u8], limit: usize) -> RecordLine;

    /// A parser for what follows the lines seen so far, behind so many records.
    fn parser(&self, records: u64) -> Box<dyn Parser>;
}

/// What a line is to the records of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordLine {
    /// A record ends with it.
    Last,
    /// It is none, and no record is open behind it.
    Outside,
    /// A record goes on in the next line.
    Open,
    /// It cannot be told: what begins here is for one reader.
    Unclear,
}

/// [`RecordLines`] where each line is a record, whatever stands in front of it.
#[derive(Clone, Copy)]
pub struct EachLine {
    /// Whether a line is a record; blank ones may be none.
    pub is_record: fn(line: &[u8]) -> bool,
    /// A parser for what follows behind so many records.
    pub parser: fn(records: u64) -> Box<dyn Parser>,
}

impl RecordLines for EachLine {
    fn see(&mut self, line: &[u8], _: usize) -> RecordLine {
        if (self.is_record)(line) { RecordLine::Last } else { RecordLine::Outside }
    }

    fn parser(&self, records: u64) -> Box<dyn Parser> {
        (self.parser)(records)
    }
}

impl fmt::Debug for EachLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EachLine").finish_non_exhaustive()
    }
}
