//! Where the buffer stands in its input, and ways back.

use super::{Buffer, Checkpoint};
use crate::utf16;
use crate::{ParseError, Position};

impl Buffer {
    pub(crate) fn checkpoint(&self) -> Checkpoint {
        let place = |here| self.base + here;
        Checkpoint {
            cursor: place(self.cursor),
            line_start: place(self.line_start),
            line_end: place(self.line_end),
            line: self.line,
        }
    }

    pub(crate) fn rewind(&mut self, to: Checkpoint) {
        // What was marked off or skipped since then is gone; the nearest place left is `start`.
        let place = |there: usize| there.saturating_sub(self.base).max(self.start).min(self.filled);
        self.cursor = place(to.cursor);
        self.line_start = place(to.line_start);
        self.line_end = place(to.line_end);
        self.line = to.line;
        self.ahead = 0;
        self.damages.retain(|it| it.position.line <= to.line);
    }

    /// Where this byte of the line read last is.
    pub(crate) fn position(&self, byte: usize) -> Position {
        let place = (self.line_start + byte).min(self.line_end.max(self.line_start));
        Position {
            byte: self.start_offset + self.skipped + self.measure(self.start, place),
            line: self.line.max(1),
            record: self.record,
        }
    }

    /// Where the record begins.
    pub(crate) fn record_position(&self) -> Position {
        Position { byte: self.start_offset, line: self.start_line, record: self.record }
    }

    /// Whether anything was read since the last record.
    pub(crate) fn moved(&self) -> bool {
        self.cursor > self.start
            || self.skipped > 0
            || self.separators > 0
            || !self.rejected.is_empty()
    }

    /// How many bytes of the input a part of the buffer stands for.
    pub(super) fn measure(&self, start: usize, end: usize) -> u64 {
        match self.utf16 {
            None => end.saturating_sub(start) as u64,
            Some(_) => utf16::input_len(self.bytes.get(start..end).unwrap_or_default()),
        }
    }

    /// Until the buffer is rewound or what was read is claimed, the limit counts from here.
    pub(crate) fn look_ahead(&mut self) {
        self.ahead = self.cursor - self.start;
    }

    /// The limit counts from the record's beginning again, up to the line read last.
    pub(crate) fn claim(&mut self) -> Result<(), ParseError> {
        self.ahead = 0;
        if self.line_end.saturating_sub(self.start) > self.limit {
            return Err(self.too_long(self.cursor));
        }
        Ok(())
    }
}
