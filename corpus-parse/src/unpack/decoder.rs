//! One decoder for each way to pack, behind one face.

use std::io::{self, Read};

use super::Packing;
#[cfg(feature = "bzip2")]
use super::stepwise::Blocks;
#[cfg(feature = "zstd")]
use super::stepwise::Frame;
#[cfg(any(feature = "gzip", feature = "zstd", feature = "bzip2"))]
use super::stepwise::Stepwise;
use super::window::Window;

/// The decoder of one member: one gzip member, one zstd frame, one bzip2 or xz stream.
pub(super) enum Decoder<R: Read> {
    #[cfg(feature = "gzip")]
    Gzip(Box<Stepwise<R, flate2::Decompress>>),
    #[cfg(feature = "zstd")]
    Zstd(Box<Stepwise<R, Frame>>),
    #[cfg(feature = "bzip2")]
    Bzip2(Box<Filled<Stepwise<R, Blocks>>>),
    #[cfg(feature = "xz")]
    Xz(Box<Portions<R>>),
    /// Bytes that are not packed, or by nothing that is compiled in.
    Plain(Window<R>),
}

/// The decoder asks for no more memory than this, however much a header demands.
#[cfg(feature = "xz")]
const XZ_KIB_MAX: u32 = 256 << 10;
#[cfg(any(feature = "xz", feature = "bzip2"))]
const PORTION: usize = 256;
/// The largest window of gzip, which is what every encoder uses.
#[cfg(feature = "gzip")]
const GZIP_WINDOW_LOG: u8 = 15;

impl<R: Read> Decoder<R> {
    /// The decoder for what begins at the window's place; the window and why, where there is none.
    pub(super) fn open(
        packing: Packing,
        window: Window<R>,
    ) -> Result<Decoder<R>, (Window<R>, io::Error)> {
        Ok(match packing {
            #[cfg(feature = "gzip")]
            Packing::Gzip => {
                let member = flate2::Decompress::new_gzip(GZIP_WINDOW_LOG);
                Decoder::Gzip(Box::new(Stepwise::new(window, member)))
            }
            #[cfg(feature = "zstd")]
            Packing::Zstd => match Frame::new() {
                Ok(frame) => Decoder::Zstd(Box::new(Stepwise::new(window, frame))),
                Err(error) => return Err((window, error)),
            },
            #[cfg(feature = "bzip2")]
            Packing::Bzip2 => {
                Decoder::Bzip2(Box::new(Filled::new(Stepwise::new(window, Blocks::new()))))
            }
            #[cfg(feature = "xz")]
            Packing::Xz => Decoder::Xz(Box::new(Portions::new(window))),
            #[allow(unreachable_patterns, reason = "with every feature nothing is left")]
            _ => Decoder::Plain(window),
        })
    }

    /// Gives the packed bytes back, at the place that was reached.
    pub(super) fn into_window(self) -> Window<R> {
        match self {
            #[cfg(feature = "gzip")]
            Decoder::Gzip(decoder) => decoder.into_window(),
            #[cfg(feature = "zstd")]
            Decoder::Zstd(decoder) => decoder.into_window(),
            #[cfg(feature = "bzip2")]
            Decoder::Bzip2(decoder) => decoder.stream.into_window(),
            #[cfg(feature = "xz")]
            Decoder::Xz(decoder) => decoder.stream.into_inner(),
            Decoder::Plain(window) => window,
        }
    }

    /// How many packed bytes were read so far.
    pub(super) fn offset(&self) -> u64 {
        match self {
            #[cfg(feature = "gzip")]
            Decoder::Gzip(decoder) => decoder.window().offset(),
            #[cfg(feature = "zstd")]
            Decoder::Zstd(decoder) => decoder.window().offset(),
            #[cfg(feature = "bzip2")]
            Decoder::Bzip2(decoder) => decoder.stream.window().offset(),
            #[cfg(feature = "xz")]
            Decoder::Xz(decoder) => decoder.stream.inner().offset(),
            Decoder::Plain(window) => window.offset(),
        }
    }
}

impl<R: Read> Read for Decoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            #[cfg(feature = "gzip")]
            Decoder::Gzip(decoder) => decoder.read(buffer),
            #[cfg(feature = "zstd")]
            Decoder::Zstd(decoder) => decoder.read(buffer),
            #[cfg(feature = "bzip2")]
            Decoder::Bzip2(decoder) => decoder.read(buffer),
            #[cfg(feature = "xz")]
            Decoder::Xz(decoder) => decoder.read(buffer),
            Decoder::Plain(window) => window.read(buffer),
        }
    }
}

/// A stream of xz, read in small portions of one size: its reader drops what came out in the call
/// that fails, so little may come out in one, and as much whatever room there is.
#[cfg(feature = "xz")]
pub(super) struct Portions<R: Read> {
    stream: lzma_rust2::XzReader<Window<R>>,
    portion: [u8; PORTION],
    given: usize,
    filled: usize,
}

#[cfg(feature = "xz")]
impl<R: Read> Portions<R> {
    fn new(window: Window<R>) -> Portions<R> {
        let stream = lzma_rust2::XzReader::new_mem_limit(window, false, XZ_KIB_MAX);
        Portions { stream, portion: [0; PORTION], given: 0, filled: 0 }
    }
}

#[cfg(feature = "xz")]
impl<R: Read> Read for Portions<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.filled {
            (self.given, self.filled) = (0, 0);
            self.filled = self.stream.read(&mut self.portion)?;
        }
        let mut rest = self.portion.get(self.given..self.filled).unwrap_or_default();
        let n = rest.read(buffer)?;
        self.given += n;
        Ok(n)
    }
}

/// A stream read in portions of one size that are filled before any of it is given: what its decoder
/// drops with an error is then little, and as much whatever room there is.
#[cfg(feature = "bzip2")]
pub(super) struct Filled<S> {
    stream: S,
    portion: [u8; PORTION],
    given: usize,
    filled: usize,
    error: Option<io::Error>,
}

#[cfg(feature = "bzip2")]
impl<S: Read> Filled<S> {
    fn new(stream: S) -> Filled<S> {
        Filled { stream, portion: [0; PORTION], given: 0, filled: 0, error: None }
    }

    fn fill(&mut self) {
        (self.given, self.filled) = (0, 0);
        while let Some(room) = self.portion.get_mut(self.filled..).filter(|it| !it.is_empty()) {
            match self.stream.read(room) {
                Ok(0) => break,
                Ok(n) => self.filled += n,
                Err(error) => {
                    self.error = Some(error);
                    break;
                }
            }
        }
    }
}

#[cfg(feature = "bzip2")]
impl<S: Read> Read for Filled<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.filled && self.error.is_none() {
            self.fill();
        }
        let mut rest = self.portion.get(self.given..self.filled).unwrap_or_default();
        if rest.is_empty()
            && let Some(error) = self.error.take()
        {
            return Err(error);
        }
        let n = rest.read(buffer)?;
        self.given += n;
        Ok(n)
    }
}
