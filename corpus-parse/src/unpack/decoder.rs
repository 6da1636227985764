//! One decoder for each way to pack, behind one face.

use std::io::{self, Read};

use super::Packing;
use super::window::Window;

/// The decoder of one member: one gzip member, one zstd frame, one bzip2 or xz stream.
pub(super) enum Decoder<R: Read> {
    #[cfg(feature = "gzip")]
    Gzip(Box<flate2::bufread::GzDecoder<Window<R>>>),
    #[cfg(feature = "zstd")]
    Zstd(Box<zstd::stream::zio::Reader<Window<R>, zstd::stream::raw::Decoder<'static>>>),
    #[cfg(feature = "bzip2")]
    Bzip2(Box<bzip2::bufread::BzDecoder<Window<R>>>),
    #[cfg(feature = "xz")]
    Xz(Box<lzma_rust2::XzReader<Window<R>>>),
    /// Bytes that are not packed, or by nothing that is compiled in.
    Plain(Window<R>),
}

/// No decoder asks for more memory than this for its window, however much a header demands.
#[cfg(feature = "zstd")]
const WINDOW_LOG_MAX: u32 = 27;
#[cfg(feature = "xz")]
const XZ_KIB_MAX: u32 = 256 << 10;

impl<R: Read> Decoder<R> {
    /// The decoder for what begins at the window's place; the window and why, where there is none.
    pub(super) fn open(
        packing: Packing,
        window: Window<R>,
    ) -> Result<Decoder<R>, (Window<R>, io::Error)> {
        Ok(match packing {
            #[cfg(feature = "gzip")]
            Packing::Gzip => Decoder::Gzip(Box::new(flate2::bufread::GzDecoder::new(window))),
            #[cfg(feature = "zstd")]
            Packing::Zstd => match frames() {
                Ok(frames) => {
                    let mut reader = zstd::stream::zio::Reader::new(window, frames);
                    reader.set_single_frame();
                    Decoder::Zstd(Box::new(reader))
                }
                Err(error) => return Err((window, error)),
            },
            #[cfg(feature = "bzip2")]
            Packing::Bzip2 => Decoder::Bzip2(Box::new(bzip2::bufread::BzDecoder::new(window))),
            #[cfg(feature = "xz")]
            Packing::Xz => Decoder::Xz(Box::new(lzma_rust2::XzReader::new_mem_limit(
                window, false, XZ_KIB_MAX,
            ))),
            #[allow(unreachable_patterns, reason = "with every feature nothing is left")]
            _ => Decoder::Plain(window),
        })
    }

    /// Gives the packed bytes back, at the place that was reached.
    pub(super) fn into_window(self) -> Window<R> {
        match self {
            #[cfg(feature = "gzip")]
            Decoder::Gzip(decoder) => decoder.into_inner(),
            #[cfg(feature = "zstd")]
            Decoder::Zstd(decoder) => decoder.into_inner(),
            #[cfg(feature = "bzip2")]
            Decoder::Bzip2(decoder) => decoder.into_inner(),
            #[cfg(feature = "xz")]
            Decoder::Xz(decoder) => decoder.into_inner(),
            Decoder::Plain(window) => window,
        }
    }

    /// How many packed bytes were read so far.
    pub(super) fn offset(&self) -> u64 {
        match self {
            #[cfg(feature = "gzip")]
            Decoder::Gzip(decoder) => decoder.get_ref().offset(),
            #[cfg(feature = "zstd")]
            Decoder::Zstd(decoder) => decoder.reader().offset(),
            #[cfg(feature = "bzip2")]
            Decoder::Bzip2(decoder) => decoder.get_ref().offset(),
            #[cfg(feature = "xz")]
            Decoder::Xz(decoder) => decoder.inner().offset(),
            Decoder::Plain(window) => window.offset(),
        }
    }
}

/// A decoder of zstd frames.
#[cfg(feature = "zstd")]
fn frames() -> io::Result<zstd::stream::raw::Decoder<'static>> {
    let mut frames = zstd::stream::raw::Decoder::new()?;
    frames.set_parameter(zstd::stream::raw::DParameter::WindowLogMax(WINDOW_LOG_MAX))?;
    Ok(frames)
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
