//! [`Packed`]: what is written, packed on its way.

use std::fmt;
use std::io::{self, Write};
use std::path::Path;

/// What a file is packed with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Packing {
    /// Nothing.
    #[default]
    None,
    /// gzip: the ending `.gz`.
    Gzip,
    /// Zstandard: the ending `.zst`.
    Zstd,
}

impl Packing {
    /// What the name of a file says that it is packed with.
    ///
    /// ```
    /// use std::path::Path;
    /// use corpus_write::Packing;
    ///
    /// assert_eq!(Packing::of_path(Path::new("tin.jsonl.gz")), Packing::Gzip);
    /// assert_eq!(Packing::of_path(Path::new("tin.jsonl")), Packing::None);
    /// ```
    pub fn of_path(path: &Path) -> Packing {
        let ending = path.extension().unwrap_or_default();
        match () {
            () if ending.eq_ignore_ascii_case("gz") => Packing::Gzip,
            () if ending.eq_ignore_ascii_case("zst") => Packing::Zstd,
            () => Packing::None,
        }
    }

    /// The usual name.
    pub const fn name(self) -> &'static str {
        match self {
            Packing::None => "none",
            Packing::Gzip => "gzip",
            Packing::Zstd => "zstd",
        }
    }

    /// Whether the crate was built with what packs it.
    pub const fn is_available(self) -> bool {
        match self {
            Packing::None => true,
            Packing::Gzip => cfg!(feature = "gzip"),
            Packing::Zstd => cfg!(feature = "zstd"),
        }
    }
}

/// A destination that packs what is written to it.
///
/// What is packed is whole only when [`Packed::finish`] has returned without an error: a destination
/// that is dropped before leaves data that says of itself that it breaks off.
///
/// ```
/// use std::io::Write;
/// use corpus_write::{Packed, Packing};
///
/// let mut packed = Packed::new(Packing::None, Vec::new())?;
/// packed.write_all(b"Tin")?;
/// assert_eq!(packed.finish()?, b"Tin");
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Packed<W: Write> {
    encoder: Encoder<W>,
}

enum Encoder<W: Write> {
    Plain(W),
    // Boxed: it is a few hundred bytes beside a plain destination.
    #[cfg(feature = "gzip")]
    Gzip(Box<flate2::write::GzEncoder<W>>),
    #[cfg(feature = "zstd")]
    Zstd(zstd::stream::write::Encoder<'static, W>),
}

impl<W: Write> Packed<W> {
    /// A destination in front of another; an error where the crate was built without the encoder.
    pub fn new(packing: Packing, inner: W) -> io::Result<Packed<W>> {
        let encoder = match packing {
            Packing::None => Encoder::Plain(inner),
            #[cfg(feature = "gzip")]
            Packing::Gzip => {
                let level = flate2::Compression::default();
                Encoder::Gzip(Box::new(flate2::write::GzEncoder::new(inner, level)))
            }
            #[cfg(feature = "zstd")]
            Packing::Zstd => {
                // The level is the encoder's own; with a check sum damage shows.
                let mut encoder = zstd::stream::write::Encoder::new(inner, 0)?;
                encoder.include_checksum(true)?;
                Encoder::Zstd(encoder)
            }
            #[allow(unreachable_patterns, reason = "reached without one of the features")]
            packing => {
                let what = format!("built without the feature {:?} that packs", packing.name());
                return Err(io::Error::new(io::ErrorKind::Unsupported, what));
            }
        };
        Ok(Packed { encoder })
    }

    /// Writes what is left and the end of the packing; gives the destination back, not flushed.
    pub fn finish(self) -> io::Result<W> {
        match self.encoder {
            Encoder::Plain(inner) => Ok(inner),
            #[cfg(feature = "gzip")]
            Encoder::Gzip(encoder) => encoder.finish(),
            #[cfg(feature = "zstd")]
            Encoder::Zstd(encoder) => encoder.finish(),
        }
    }
}

impl<W: Write> Write for Packed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.encoder {
            Encoder::Plain(inner) => inner.write(bytes),
            #[cfg(feature = "gzip")]
            Encoder::Gzip(encoder) => encoder.write(bytes),
            #[cfg(feature = "zstd")]
            Encoder::Zstd(encoder) => encoder.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.encoder {
            Encoder::Plain(inner) => inner.flush(),
            #[cfg(feature = "gzip")]
            Encoder::Gzip(encoder) => encoder.flush(),
            #[cfg(feature = "zstd")]
            Encoder::Zstd(encoder) => encoder.flush(),
        }
    }
}

impl<W: Write> fmt::Debug for Packed<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Packed").finish_non_exhaustive()
    }
}
