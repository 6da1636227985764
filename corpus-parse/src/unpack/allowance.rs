//! [`Allowance`]: how much may come out of one input in all, whatever lies in whatever.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::SMALL;

/// How much may come out of one input in all: of packings in packings and of the members of archives
/// together.
///
/// Each packing has a limit of its own, but of three that lie one in the other the second may be the
/// thousandfold of the first, and the third that of the second; and an archive may have as many members
/// as it likes. So all that comes out anywhere is summed, and held against the bytes of the input itself.
///
/// ```
/// # #[cfg(feature = "gzip")] {
/// use std::io::{Read, Write};
/// use corpus_parse::{Allowance, Unpacked};
///
/// let gzip = |bytes: &[u8]| {
///     let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
///     encoder.write_all(bytes).unwrap();
///     encoder.finish().unwrap()
/// };
/// // A hundred megabytes, packed twice.
/// let twice = gzip(&gzip(&vec![b' '; 100 << 20]));
/// let allowance = Allowance::new(250);
/// let outer = Unpacked::new(allowance.counted(&twice[..])).within(&allowance);
/// let mut inner = Unpacked::new(outer).max_ratio(u64::MAX).within(&allowance);
/// let damages = inner.damages();
/// std::io::copy(&mut inner, &mut std::io::sink()).unwrap();
/// assert!(damages.take()[0].what.contains("more than 250 times"));
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Allowance {
    sums: Arc<Sums>,
    max_ratio: u64,
}

#[derive(Debug, Default)]
struct Sums {
    /// Bytes of the input that were read.
    read: AtomicU64,
    /// Bytes that came out of any packing in it.
    out: AtomicU64,
}

impl Allowance {
    /// So many times the bytes of the input may come out of it, once that is more than 32 MiB.
    pub fn new(max_ratio: u64) -> Allowance {
        Allowance { sums: Arc::default(), max_ratio: max_ratio.max(1) }
    }

    /// The input itself, whose bytes are counted as they are read.
    pub fn counted<R: Read>(&self, input: R) -> impl Read + use<R> {
        Counted { input, sums: self.sums.clone() }
    }

    pub(crate) fn max_ratio(&self) -> u64 {
        self.max_ratio
    }

    /// So many bytes more came out; whether that is too much.
    pub(crate) fn spend(&self, bytes: usize) -> bool {
        let out = self.sums.out.fetch_add(bytes as u64, Ordering::Relaxed) + bytes as u64;
        out > SMALL && out / self.max_ratio > self.sums.read.load(Ordering::Relaxed)
    }
}

/// An input whose bytes are counted.
#[derive(Debug)]
struct Counted<R> {
    input: R,
    sums: Arc<Sums>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.input.read(buffer)?;
        self.sums.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}
