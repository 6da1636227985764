//! [`Stretches`]: packed input of many members, cut where members begin, so that several threads can
//! unpack it.
//!
//! Nothing in front of a member of gzip or a frame of zstd says how long it is, and the bytes that one
//! begins with may stand inside of another. So a cut is a guess, and is believed when it is seen to be
//! right: the stretch in front of it unpacks without any damage and ends with it, check sums included.
//! A member depends on no bytes but its own, so what comes out is then what one reader gives. At the
//! first stretch of which that is not so, one reader goes on from where it begins.

use std::fmt;
use std::io::{self, Cursor, Read};

use memchr::memmem;

use super::{Allowance, MAGIC, Packing, PackingDamages, SMALL, State, Unpacked, Window};

/// So many packed bytes are cut off together, and what follows up to the next member.
const ENOUGH: usize = 512 << 10;
/// A member that is longer than this is not waited for.
const LONGEST: usize = 4 << 20;
/// What comes out of a stretch is held in memory, up to so many bytes; no more than what may come out of
/// any input, for of the first stretch nobody knows the ratio.
const MOST: u64 = 32 << 20;

/// Packed input that is cut where its members begin.
///
/// ```
/// # #[cfg(feature = "gzip")] {
/// use std::io::Read;
/// use corpus_parse::{Stretches, Unpacked};
///
/// // Two gzip members without compression.
/// let one = b"\x1f\x8b\x08\0\0\0\0\0\0\xff\x01\x04\0\xfb\xffTin.\xa0\xfc\x85\x05\x04\0\0\0";
/// let input = one.repeat(2);
/// let mut stretches = Stretches::new(Unpacked::new(&input[..]), 1).unwrap();
/// let (mut text, mut refused) = (Vec::new(), Vec::new());
/// while let Some(stretch) = stretches.next_stretch() {
///     // This can be done by other threads.
///     let unpacked = stretch.unpack();
///     match stretches.accept(&stretch, unpacked) {
///         Some(unpacked) => text.extend(unpacked),
///         None => {
///             refused.push(stretch);
///             break;
///         }
///     }
/// }
/// stretches.into_rest(&refused).read_to_end(&mut text).unwrap();
/// assert_eq!(text, b"Tin.Tin.");
/// # }
/// ```
pub struct Stretches<R> {
    window: Window<R>,
    packing: Packing,
    enough: usize,
    damages: PackingDamages,
    out: u64,
    max_ratio: u64,
    max_size: u64,
    allowance: Option<Allowance>,
}

/// A part of packed input, perhaps of whole members.
#[derive(Clone, Debug)]
pub struct Stretch {
    packing: Packing,
    bytes: Vec<u8>,
    /// Where it begins.
    offset: u64,
}

impl<R: Read> Stretches<R> {
    /// Cuts what `unpacked` would unpack, of which nothing was read yet, into stretches of at least
    /// this many bytes, or of half a megabyte if that is more than 0.
    ///
    /// It is given back where it is not worth to be cut: another member is not in sight, the input is
    /// short, or packed with something else.
    pub fn new(unpacked: Unpacked<R>, enough: usize) -> Result<Stretches<R>, Box<Unpacked<R>>> {
        let mut unpacked = unpacked;
        let state = std::mem::replace(&mut unpacked.state, State::Ended);
        let State::New(mut window) = state else {
            return Err(Box::new(Unpacked { state, ..unpacked }));
        };
        let enough = if enough == 0 { ENOUGH } else { enough };
        let packing = Packing::of(window.peek(MAGIC)).filter(|it| it.is_available());
        let Some(packing) = packing.filter(|it| cut(&mut window, *it, enough).is_some()) else {
            return Err(Box::new(Unpacked { state: State::New(window), ..unpacked }));
        };
        let Unpacked { damages, max_ratio, max_size, allowance, .. } = unpacked;
        Ok(Stretches { window, packing, enough, damages, out: 0, max_ratio, max_size, allowance })
    }

    /// The next stretch; none where no further member is in sight, and what is left is for
    /// [`Stretches::into_rest`].
    pub fn next_stretch(&mut self) -> Option<Stretch> {
        let length = cut(&mut self.window, self.packing, self.enough)?;
        let offset = self.window.offset();
        let bytes = self.window.peek(length).get(..length)?.to_vec();
        self.window.pass(length);
        Some(Stretch { packing: self.packing, bytes, offset })
    }

    /// What came out of a stretch, if it is believed: to be asked in the order of the input, and not
    /// any more once the answer is none.
    pub fn accept(&mut self, stretch: &Stretch, unpacked: Option<Vec<u8>>) -> Option<Vec<u8>> {
        let unpacked = unpacked?;
        let out = self.out + unpacked.len() as u64;
        // One reader finds the place where it is too much.
        let ratio = out > SMALL && out / self.max_ratio.max(1) > stretch.offset;
        if ratio || out > self.max_size {
            return None;
        }
        self.out = out;
        if let Some(allowance) = &self.allowance {
            // This packing has its own limit; who unpacks what lies in it notices the sum.
            let _ = allowance.spend(unpacked.len());
        }
        Some(unpacked)
    }

    /// One reader for what follows what was accepted; `waiting` are the stretches behind that, in
    /// their order.
    pub fn into_rest<'s>(
        self,
        waiting: impl IntoIterator<Item = &'s Stretch>,
    ) -> Unpacked<RestOfPacked<R>> {
        let (mut bytes, mut offset) = (Vec::new(), self.window.offset());
        for stretch in waiting {
            offset = offset.min(stretch.offset);
            bytes.extend_from_slice(&stretch.bytes);
        }
        let rest = RestOfPacked { front: Cursor::new(bytes), window: self.window };
        let window = Window::at(rest, offset);
        let (damages, max_ratio, max_size) = (self.damages, self.max_ratio, self.max_size);
        Unpacked {
            state: State::Between(window),
            packing: Some(self.packing),
            damages,
            out: self.out,
            member: offset,
            max_ratio,
            max_size,
            allowance: self.allowance,
            overspent: false,
            trials: super::TRIALS,
        }
    }
}

/// How many bytes there are, not less than `enough`, in front of what looks like a member.
fn cut<R: Read>(window: &mut Window<R>, packing: Packing, enough: usize) -> Option<usize> {
    let begin: &[u8] = match packing {
        Packing::Gzip => b"\x1f\x8b\x08",
        Packing::Zstd => b"\x28\xb5\x2f\xfd",
        _ => return None,
    };
    let finder = memmem::Finder::new(begin);
    let (mut from, mut wanted) = (enough, enough);
    loop {
        let bytes = window.peek(wanted + MAGIC);
        let fresh = bytes.get(from..).unwrap_or_default();
        let mut found = finder.find_iter(fresh).map(|at| from + at);
        if let Some(at) = found.find(|at| is_member(packing, bytes.get(*at..).unwrap_or_default()))
        {
            return Some(at);
        }
        if bytes.len() < wanted + MAGIC || wanted >= LONGEST.max(enough) {
            return None;
        }
        from = wanted;
        wanted *= 2;
    }
}

/// Whether a member may begin here, as programs write them.
fn is_member(packing: Packing, bytes: &[u8]) -> bool {
    let usual = match packing {
        // How hard it was packed, and the system.
        Packing::Gzip => {
            matches!((bytes.get(8), bytes.get(9)), (Some(0 | 2 | 4), Some(0..=13 | 255)))
        }
        _ => true,
    };
    usual && packing.begins(bytes)
}

impl Stretch {
    /// What comes out of it; none if it is not made of whole members without damage.
    pub fn unpack(&self) -> Option<Vec<u8>> {
        let unpacked = Unpacked::new(&self.bytes[..]);
        let damages = unpacked.damages();
        if Packing::of(&self.bytes) != Some(self.packing) {
            return None;
        }
        let mut bytes = Vec::new();
        unpacked.take(MOST + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= MOST && damages.take().is_empty()).then_some(bytes)
    }
}

impl<R> fmt::Debug for Stretches<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stretches")
            .field("packing", &self.packing)
            .field("out", &self.out)
            .finish_non_exhaustive()
    }
}

/// What is left of packed input.
pub struct RestOfPacked<R> {
    front: Cursor<Vec<u8>>,
    window: Window<R>,
}

impl<R: Read> Read for RestOfPacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.front.read(buffer)? {
            0 => {}
            n => return Ok(n),
        }
        match self.window.read(buffer)? {
            // The window has told its failure to nobody.
            0 => self.window.take_failure().map_or(Ok(0), Err),
            n => Ok(n),
        }
    }
}

impl<R> fmt::Debug for RestOfPacked<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RestOfPacked").finish_non_exhaustive()
    }
}
