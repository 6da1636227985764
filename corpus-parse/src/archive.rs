//! [`Archive`]: the members of an archive, one behind the other, as it is read.
//!
//! An archive is read like a tape, from its front to its end and never back: so it may come through a
//! pipe, or lie packed in another. Names are names only; nothing is written, and no member can be
//! anywhere but in the archive.

use std::fmt;
use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

#[cfg(feature = "tar")]
mod tar;
#[cfg(feature = "zip")]
mod zip;

use crate::unpack::{Allowance, Window};

/// What an archive is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ArchiveKind {
    /// tar, with the names of GNU and POSIX.
    Tar,
    /// zip, members deflated or stored.
    Zip,
}

impl ArchiveKind {
    /// What begins with these bytes, 512 of them if there are so many.
    ///
    /// ```
    /// use corpus_parse::ArchiveKind;
    ///
    /// assert_eq!(ArchiveKind::of(b"PK\x03\x04\x14\0"), Some(ArchiveKind::Zip));
    /// assert_eq!(ArchiveKind::of("Trời mưa.".as_bytes()), None);
    /// ```
    pub fn of(head: &[u8]) -> Option<ArchiveKind> {
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return Some(ArchiveKind::Zip);
        }
        (head.get(257..262) == Some(b"ustar")).then_some(ArchiveKind::Tar)
    }

    /// The usual name.
    pub const fn name(self) -> &'static str {
        match self {
            ArchiveKind::Tar => "tar",
            ArchiveKind::Zip => "zip",
        }
    }

    /// Whether the crate was built with what reads it.
    pub const fn is_available(self) -> bool {
        match self {
            ArchiveKind::Tar => cfg!(feature = "tar"),
            ArchiveKind::Zip => cfg!(feature = "zip"),
        }
    }
}

/// A part of an archive that could not be read, or was and is not to be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ArchiveDamage {
    /// What the archive is.
    pub kind: ArchiveKind,
    /// Where it was noticed, in bytes of the archive.
    pub offset: u64,
    /// How many bytes of the archive were passed over.
    pub bytes: u64,
    /// What is wrong, without the place.
    pub what: String,
}

impl fmt::Display for ArchiveDamage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ArchiveDamage { kind, offset, bytes, what } = self;
        write!(f, "byte {offset} of the {} archive: {what}", kind.name())?;
        match bytes {
            0 => Ok(()),
            1 => f.write_str("; 1 byte passed over"),
            n => write!(f, "; {n} bytes passed over"),
        }
    }
}

/// The members of an archive, in the order in which they stand there.
///
/// Members that are no files (folders, links, devices) are passed over. What is damaged ends nothing
/// where the next member can be found: see [`Archive::take_damages`].
///
/// ```
/// # #[cfg(feature = "zip")] {
/// use std::io::Read;
/// use corpus_parse::{Archive, ArchiveKind};
///
/// // One member without compression.
/// let zip = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\xa9\xa4\x7c\x6c\x04\0\0\0\x04\0\0\0\x05\0\0\0a.txtTin.";
/// let mut archive = Archive::new(ArchiveKind::Zip, &zip[..]);
/// let mut member = archive.next_member().unwrap().unwrap();
/// let mut text = String::new();
/// member.read_to_string(&mut text).unwrap();
/// assert_eq!((member.name(), &*text), ("a.txt", "Tin."));
/// assert!(archive.next_member().unwrap().is_none());
/// # }
/// ```
pub struct Archive<R: Read> {
    tape: Arc<Mutex<Tape<R>>>,
    kind: ArchiveKind,
}

/// A member of an [`Archive`]; what of it is not read before the next is asked for is passed over.
pub struct Member<R: Read> {
    tape: Arc<Mutex<Tape<R>>>,
    name: String,
    number: u64,
}

/// The archive as far as it was read.
struct Tape<R: Read> {
    state: State<R>,
    /// The number of the member at hand: an older one has ended.
    number: u64,
    damages: Vec<ArchiveDamage>,
    max_ratio: u64,
    max_size: u64,
    allowance: Option<Allowance>,
}

enum State<R: Read> {
    #[cfg(feature = "tar")]
    Tar(tar::Tar<R>),
    #[cfg(feature = "zip")]
    Zip(zip::Zip<R>),
    /// Nothing reads it.
    Closed(Window<R>),
}

/// What both kinds of archives do.
#[cfg(any(feature = "tar", feature = "zip"))]
trait Members {
    /// Goes to the next member, whatever is left of the one at hand; its name.
    fn next(&mut self, damages: &mut Vec<ArchiveDamage>) -> io::Result<Option<String>>;

    /// Reads on in the member at hand.
    fn read(&mut self, buffer: &mut [u8], damages: &mut Vec<ArchiveDamage>) -> io::Result<usize>;
}

impl<R: Read> Archive<R> {
    /// Reads `input`, which is an archive of this kind; one that the crate was not built for has no
    /// members.
    pub fn new(kind: ArchiveKind, input: R) -> Archive<R> {
        let window = Window::new(input);
        let state = match kind {
            #[cfg(feature = "tar")]
            ArchiveKind::Tar => State::Tar(tar::Tar::new(window)),
            #[cfg(feature = "zip")]
            ArchiveKind::Zip => State::Zip(zip::Zip::new(window)),
            #[allow(unreachable_patterns, reason = "with every feature nothing is left")]
            _ => State::Closed(window),
        };
        let (damages, max_ratio, max_size) = (Vec::new(), 250, u64::MAX);
        let tape = Tape { state, number: 0, damages, max_ratio, max_size, allowance: None };
        Archive { tape: Arc::new(Mutex::new(tape)), kind }
    }

    /// What the archive is.
    pub fn kind(&self) -> ArchiveKind {
        self.kind
    }

    /// How many times its size a member may unpack to, once that is more than 32 MiB; 250 unless
    /// told.
    pub fn max_ratio(self, ratio: u64) -> Self {
        self.tape.lock().unwrap_or_else(PoisonError::into_inner).max_ratio = ratio.max(1);
        self
    }

    /// How many bytes a packed member may unpack to; without limit unless told.
    pub fn max_size(self, bytes: u64) -> Self {
        self.tape.lock().unwrap_or_else(PoisonError::into_inner).max_size = bytes;
        self
    }

    /// Counts what comes out of packed members as a part of what may come out of a whole input.
    pub fn within(self, allowance: &Allowance) -> Self {
        let given = Some(allowance.clone());
        self.tape.lock().unwrap_or_else(PoisonError::into_inner).allowance = given;
        self
    }

    /// The next member; none at the end. Fails only if the input does.
    pub fn next_member(&mut self) -> io::Result<Option<Member<R>>> {
        let mut tape = self.tape.lock().unwrap_or_else(PoisonError::into_inner);
        let Tape { state, number, damages, .. } = &mut *tape;
        *number += 1;
        let name: Option<String> = match state {
            #[cfg(feature = "tar")]
            State::Tar(tar) => tar.next(damages)?,
            #[cfg(feature = "zip")]
            State::Zip(zip) => zip.next(damages)?,
            State::Closed(window) => {
                let _ = damages;
                window.pass_all();
                None
            }
        };
        let number = tape.number;
        Ok(name.map(|name| Member { tape: self.tape.clone(), name: plain(&name), number }))
    }

    /// Takes what was found damaged since the last call.
    pub fn take_damages(&mut self) -> Vec<ArchiveDamage> {
        let mut tape = self.tape.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut tape.damages)
    }
}

/// A name for people: without characters that terminals obey.
fn plain(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

impl<R: Read> Member<R> {
    /// Its name in the archive; it leads nowhere, whatever it says.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl<R: Read> Read for Member<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let mut tape = self.tape.lock().unwrap_or_else(PoisonError::into_inner);
        let Tape { state, number, damages, max_ratio, max_size, allowance } = &mut *tape;
        if *number != self.number {
            return Ok(0);
        }
        match state {
            #[cfg(feature = "tar")]
            State::Tar(tar) => tar.read(buffer, damages),
            #[cfg(feature = "zip")]
            State::Zip(zip) => {
                (zip.max_ratio, zip.max_size) = (*max_ratio, *max_size);
                zip.allowance.clone_from(allowance);
                zip.read(buffer, damages)
            }
            State::Closed(_) => {
                let _ = (damages, max_ratio, max_size, allowance);
                Ok(0)
            }
        }
    }
}

impl<R: Read> fmt::Debug for Archive<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Archive").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl<R: Read> fmt::Debug for Member<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Member").field("name", &self.name).finish_non_exhaustive()
    }
}
