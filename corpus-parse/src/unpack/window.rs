//! [`Window`]: packed bytes on their way to a decoder, with those just read kept to come back to.

use std::io::{self, BufRead, Read};

/// So many bytes that were read are kept. A decoder that has lost its way notices it some time
/// later, and the next member may begin before that.
///
/// A block of bzip2 has 900 kB, and nothing comes out of it before all of it was read.
const KEPT: usize = 1 << 20;
/// So many bytes are read at once.
const CHUNK: usize = 64 << 10;

/// A buffered reader that knows its place and can go back a little.
pub(crate) struct Window<R> {
    input: R,
    bytes: Vec<u8>,
    at: usize,
    /// Where in the input the bytes in memory begin.
    base: u64,
    ended: bool,
    /// The failure of the input, told once; until then the input has merely ended.
    failure: Option<io::Error>,
}

impl<R: Read> Window<R> {
    pub(crate) fn new(input: R) -> Window<R> {
        Window::at(input, 0)
    }

    /// Of an input that goes on behind so many bytes.
    pub(crate) fn at(input: R, base: u64) -> Window<R> {
        Window { input, bytes: Vec::new(), at: 0, base, ended: false, failure: None }
    }

    /// How many bytes were read so far.
    pub(crate) fn offset(&self) -> u64 {
        self.base + self.at as u64
    }

    /// Passes over `n` bytes that were looked at.
    pub(crate) fn pass(&mut self, n: usize) {
        self.at = (self.at + n).min(self.bytes.len());
    }

    /// Passes over all that follows.
    pub(crate) fn pass_all(&mut self) {
        loop {
            match self.peek(1).len() {
                0 => return,
                n => self.pass(n),
            }
        }
    }

    /// The next bytes, at least `n` of them unless the input ends.
    pub(crate) fn peek(&mut self, n: usize) -> &[u8] {
        while !self.ended && self.bytes.len() - self.at < n {
            self.read_more();
        }
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Goes to a place near by, or as near to it as is in memory.
    pub(crate) fn go_to(&mut self, offset: u64) {
        let place = usize::try_from(offset.saturating_sub(self.base)).unwrap_or(usize::MAX);
        self.at = place.min(self.bytes.len());
    }

    /// What made the input end, if it did not end by itself.
    pub(crate) fn take_failure(&mut self) -> Option<io::Error> {
        self.failure.take()
    }

    fn read_more(&mut self) {
        if self.at > 2 * KEPT {
            let gone = self.at - KEPT;
            self.bytes.drain(..gone);
            self.base += gone as u64;
            self.at = KEPT;
        }
        let filled = self.bytes.len();
        self.bytes.resize(filled + CHUNK, 0);
        let free = self.bytes.get_mut(filled..).unwrap_or_default();
        let n = loop {
            match self.input.read(free) {
                Ok(n) => break n.min(free.len()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure = Some(error);
                    break 0;
                }
            }
        };
        self.bytes.truncate(filled + n);
        self.ended |= n == 0;
    }
}

impl<R: Read> Read for Window<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let from = self.fill_buf()?;
        let n = from.len().min(buffer.len());
        if let (Some(from), Some(to)) = (from.get(..n), buffer.get_mut(..n)) {
            to.copy_from_slice(from);
        }
        self.consume(n);
        Ok(n)
    }
}

impl<R: Read> BufRead for Window<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        Ok(self.peek(1))
    }

    fn consume(&mut self, n: usize) {
        self.pass(n);
    }
}
