//! How bytes of the input come into the buffer.

use std::io::{self, Read};

use memchr::memchr;

use super::{Buffer, HEAD, SMALLEST};
use crate::utf16::Transcoder;

impl Buffer {
    /// Reads the head, takes the byte-order mark off, and finds out about encoding and line ends.
    pub(super) fn begin(&mut self, input: &mut dyn Read) {
        if self.begun {
            return;
        }
        self.begun = true;
        while self.filled < HEAD && !self.ended {
            self.fill(input);
        }
        let head = self.bytes.get(..self.filled).unwrap_or_default();
        let mark = match head {
            [0xef, 0xbb, 0xbf, ..] => 3,
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => 2,
            _ => 0,
        };
        if mark == 2 {
            let mut transcoder = Transcoder::new(head.first() == Some(&0xfe));
            let mut bytes = Vec::with_capacity(2 * head.len());
            transcoder.push(head.get(2..).unwrap_or_default(), &mut bytes);
            if self.ended {
                transcoder.finish(&mut bytes);
            }
            self.filled = bytes.len();
            self.bytes = bytes;
            self.utf16 = Some((transcoder, Vec::new()));
        } else {
            self.bytes.copy_within(mark..self.filled, 0);
            self.filled -= mark;
        }
        self.separators = mark as u64;
        self.start_offset = mark as u64;
        let head = self.bytes.get(..self.filled).unwrap_or_default();
        if ends_in_returns(head) {
            self.line_feed = b'\r';
        }
    }

    /// Reads once more; says how far everything moved towards the front.
    pub(super) fn fill(&mut self, input: &mut dyn Read) -> usize {
        let mut moved = 0;
        if self.start > 0 && self.start >= self.filled / 2 {
            moved = self.start;
            self.bytes.copy_within(self.start..self.filled, 0);
            self.start = 0;
            self.base += moved;
            self.filled -= moved;
            self.cursor -= moved;
            self.line_start = self.line_start.saturating_sub(moved);
            self.line_end = self.line_end.saturating_sub(moved);
        }
        if self.ended {
            return moved;
        }
        if let Some((transcoder, raw)) = &mut self.utf16 {
            raw.resize(SMALLEST, 0);
            let read = read(input, raw, &mut self.ended, &mut self.failure);
            self.bytes.truncate(self.filled);
            transcoder.push(raw.get(..read).unwrap_or_default(), &mut self.bytes);
            if self.ended {
                transcoder.finish(&mut self.bytes);
            }
            self.filled = self.bytes.len();
            return moved;
        }
        if self.bytes.len() < self.filled + SMALLEST / 2 {
            // Doubling at first, then by steps: what is cleared long before it is filled has left the
            // processor's cache, and what is never filled was cleared in vain.
            let len = self.bytes.len();
            let len = (len + len.min(16 * HEAD)).max(self.filled + SMALLEST);
            self.bytes.resize(len, 0);
        }
        let free = self.bytes.get_mut(self.filled..).unwrap_or_default();
        self.filled += read(input, free, &mut self.ended, &mut self.failure);
        moved
    }
}

/// Whether CR alone ends the lines of an input that begins like this, behind its byte-order mark.
pub(crate) fn ends_in_returns(head: &[u8]) -> bool {
    // As many bytes as are certain to be there, however the input is cut into reads.
    let head = head.get(..head.len().min(HEAD / 2 - 4)).unwrap_or_default();
    memchr(b'\n', head).is_none() && memchr(b'\r', head).is_some()
}

/// Reads once; an error ends the input and is kept for later.
fn read(
    input: &mut dyn Read,
    free: &mut [u8],
    ended: &mut bool,
    failure: &mut Option<io::Error>,
) -> usize {
    loop {
        match input.read(free) {
            Ok(0) => *ended = true,
            // A reader that claims more than it was given room for is held to the room.
            Ok(n) => return n.min(free.len()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => {
                *ended = true;
                *failure = Some(error);
            }
        }
        return 0;
    }
}
