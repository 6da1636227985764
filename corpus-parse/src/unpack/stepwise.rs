//! [`Stepwise`]: a member unpacked step by step, so that what comes out in front of damage is kept.
//!
//! The readers that decoders bring along drop what came out in the call that fails, up to all that
//! the caller had room for. Here a step tells how much came out besides how it ended, and the error
//! waits for the next read. What comes out depends neither on the room that a caller gives nor on how
//! the input is cut into reads.

use std::io::{self, Read};

use super::window::Window;

/// What one step of a decoder did.
pub(crate) struct Step {
    /// Packed bytes that are done with.
    pub(crate) consumed: usize,
    /// Bytes that came out.
    pub(crate) written: usize,
    /// Whether the member has ended, or what is wrong behind what came out.
    pub(crate) outcome: io::Result<bool>,
}

/// A decoder of one member.
pub(crate) trait Steps {
    /// How many packed bytes the next step wants in memory; it is given fewer at the end of the input
    /// only.
    fn wants(&self) -> usize {
        1
    }

    /// Takes packed bytes and gives unpacked ones.
    fn step(&mut self, input: &[u8], output: &mut [u8]) -> Step;
}

/// The reader of one member.
pub(crate) struct Stepwise<R, S> {
    window: Window<R>,
    steps: S,
    ended: bool,
    error: Option<io::Error>,
}

impl<R: Read, S: Steps> Stepwise<R, S> {
    pub(crate) fn new(window: Window<R>, steps: S) -> Stepwise<R, S> {
        Stepwise { window, steps, ended: false, error: None }
    }

    pub(crate) fn window(&self) -> &Window<R> {
        &self.window
    }

    pub(crate) fn into_window(self) -> Window<R> {
        self.window
    }
}

impl<R: Read, S: Steps> Read for Stepwise<R, S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if let Some(error) = self.error.take() {
                self.ended = true;
                return Err(error);
            }
            if self.ended {
                return Ok(0);
            }
            let input = self.window.peek(self.steps.wants());
            let exhausted = input.is_empty();
            let Step { consumed, written, outcome } = self.steps.step(input, buffer);
            self.window.pass(consumed);
            match outcome {
                Ok(ended) => self.ended = ended,
                Err(error) => self.error = Some(error),
            }
            if written > 0 {
                return Ok(written);
            }
            if consumed == 0 && !self.ended && self.error.is_none() {
                // Neither more input nor more room would help a decoder that is stuck.
                let kind = match exhausted {
                    true => io::ErrorKind::UnexpectedEof,
                    false => io::ErrorKind::InvalidData,
                };
                self.error = Some(kind.into());
            }
        }
    }
}

#[cfg(any(feature = "gzip", feature = "zip", feature = "bzip2"))]
fn invalid(what: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.into())
}

/// How much further a count went.
#[cfg(any(feature = "gzip", feature = "zip", feature = "bzip2"))]
fn since(before: u64, now: u64) -> usize {
    usize::try_from(now.saturating_sub(before)).unwrap_or(usize::MAX)
}

#[cfg(any(feature = "gzip", feature = "zip"))]
impl Steps for flate2::Decompress {
    fn step(&mut self, input: &[u8], output: &mut [u8]) -> Step {
        let before = (self.total_in(), self.total_out());
        let outcome = self.decompress(input, output, flate2::FlushDecompress::None);
        Step {
            consumed: since(before.0, self.total_in()),
            written: since(before.1, self.total_out()),
            outcome: match outcome {
                Ok(status) => Ok(status == flate2::Status::StreamEnd),
                Err(error) => match error.message() {
                    Some("incorrect data check" | "incorrect length check") => {
                        Err(invalid("checksum"))
                    }
                    // What exactly is wrong is forgotten where there was no room behind it.
                    _ => Err(invalid("corrupt deflate stream")),
                },
            },
        }
    }
}

/// A stream of bzip2.
#[cfg(feature = "bzip2")]
pub(super) struct Blocks(bzip2::Decompress);

/// So many packed bytes are given together. Of a call that fails the library does not say what it took,
/// and so it takes little, and as much however the input comes.
#[cfg(feature = "bzip2")]
const PIECE: u64 = 32;

#[cfg(feature = "bzip2")]
impl Blocks {
    pub(super) fn new() -> Blocks {
        Blocks(bzip2::Decompress::new(false))
    }
}

#[cfg(feature = "bzip2")]
impl Steps for Blocks {
    fn wants(&self) -> usize {
        since(self.0.total_in() % PIECE, PIECE)
    }

    fn step(&mut self, input: &[u8], output: &mut [u8]) -> Step {
        let input = input.get(..self.wants()).unwrap_or(input);
        let before = (self.0.total_in(), self.0.total_out());
        let outcome = self.0.decompress(input, output);
        Step {
            consumed: since(before.0, self.0.total_in()),
            written: since(before.1, self.0.total_out()),
            outcome: match outcome {
                Ok(bzip2::Status::StreamEnd) => Ok(true),
                Ok(bzip2::Status::MemNeeded) => Err(io::ErrorKind::OutOfMemory.into()),
                Ok(_) => Ok(false),
                Err(error) => Err(invalid(error.to_string())),
            },
        }
    }
}

/// One frame of zstd.
#[cfg(feature = "zstd")]
pub(super) struct Frame {
    decoder: zstd::stream::raw::Decoder<'static>,
    wants: usize,
    /// There was no room for all that came out of the last step.
    full: bool,
}

/// No decoder asks for more memory than this for its window, however much a header demands.
#[cfg(feature = "zstd")]
const WINDOW_LOG_MAX: u32 = 27;

/// The header in front of each block.
#[cfg(feature = "zstd")]
const BLOCK_HEADER: usize = 3;

#[cfg(feature = "zstd")]
impl Frame {
    pub(super) fn new() -> io::Result<Frame> {
        let mut decoder = zstd::stream::raw::Decoder::new()?;
        decoder.set_parameter(zstd::stream::raw::DParameter::WindowLogMax(WINDOW_LOG_MAX))?;
        Ok(Frame { decoder, wants: 1, full: false })
    }
}

#[cfg(feature = "zstd")]
impl Steps for Frame {
    fn wants(&self) -> usize {
        self.wants
    }

    fn step(&mut self, input: &[u8], output: &mut [u8]) -> Step {
        // Of a call that fails the library does not say what came out, so none may both give a part
        // of a block and look at what is behind it: what waits for room is given alone, and a block
        // is read apart from the header of the next.
        if self.full {
            let step = self.run(&[], output);
            if step.written > 0 || step.outcome.is_err() {
                return step;
            }
        }
        self.run(input.get(..self.wants).unwrap_or(input), output)
    }
}

#[cfg(feature = "zstd")]
impl Frame {
    fn run(&mut self, input: &[u8], output: &mut [u8]) -> Step {
        use zstd::stream::raw::{InBuffer, Operation, OutBuffer};

        let room = output.len();
        let (mut from, mut to) = (InBuffer::around(input), OutBuffer::around(output));
        let outcome = self.decoder.run(&mut from, &mut to);
        let (consumed, written) = (from.pos(), to.pos());
        self.full = written == room;
        let outcome = outcome.map(|hint| {
            self.wants = match hint {
                0..=BLOCK_HEADER => hint,
                _ => hint - BLOCK_HEADER,
            };
            hint == 0
        });
        Step { consumed, written, outcome }
    }
}
