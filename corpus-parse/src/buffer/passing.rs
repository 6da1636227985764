//! What leaves the buffer, and what it was.

use super::{Buffer, Keep, Passed, TakeBytes};

impl Buffer {
    pub(crate) fn mark(&mut self) {
        self.pass(self.line_start, self.line);
    }

    pub(crate) fn discard(&mut self) {
        self.pass(self.cursor, self.line + 1);
    }

    /// Everything up to `to`, which stands in this line, is separators.
    fn pass(&mut self, to: usize, line: u64) {
        self.separators += self.measure(self.start, to) + self.skipped;
        self.start_offset += self.measure(self.start, to) + self.skipped;
        self.skipped = 0;
        self.start_line = line;
        self.start = to;
        // A line is decoded before it is marked as the first of a record.
        self.damages.retain(|it| it.position.byte >= self.start_offset);
    }

    /// What was read since the last record is whole, and no document.
    pub(crate) fn reject(&mut self, reason: &'static str) {
        self.pass_over(reason);
        self.record += 1;
    }

    /// What was read since the last record is none, and no separator either.
    pub(crate) fn pass_over(&mut self, reason: &'static str) {
        self.keep_lost();
        let bytes = self.measure(self.start, self.cursor) + self.skipped;
        self.rejected.push((reason, bytes));
        self.start_offset += bytes;
        self.skipped = 0;
        self.start = self.cursor;
        self.start_line = self.line + 1;
        self.damages.clear();
    }

    /// Hands on the bytes of records that become no documents.
    pub(crate) fn set_keep(&mut self, keep: TakeBytes) {
        self.keep = Some(Keep(keep));
    }

    /// Hands on what was read since the last record; nothing of a record that was skipped, of which
    /// only the end would be there.
    pub(crate) fn keep_lost(&mut self) {
        if let Some(Keep(keep)) = self.keep.as_mut().filter(|_| self.skipped == 0) {
            keep(self.bytes.get(self.start..self.cursor).unwrap_or_default());
        }
    }

    /// Ends the record: what lies up to the cursor is accounted for.
    ///
    /// With `lost`, all of it belongs to the record, the last line end too.
    pub(crate) fn leave(&mut self, lost: bool) -> Passed {
        let end = if lost || self.whole { self.cursor } else { self.line_end.max(self.start) };
        let position = self.record_position();
        let record = self.measure(self.start, end) + self.skipped;
        let after = self.measure(end, self.cursor);
        let passed = Passed { separators: self.separators + after, record, position };
        self.start_offset += record + after;
        self.start = self.cursor;
        self.start_line = self.line + 1;
        self.record += 1;
        (self.separators, self.skipped, self.whole) = (0, 0, false);
        passed
    }
}
