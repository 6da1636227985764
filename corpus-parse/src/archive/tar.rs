//! Members of a tar archive: a block of 512 bytes with name and size, the content, zeros up to the
//! next block.

use std::io::{self, Read};

use super::{ArchiveDamage, ArchiveKind, Members};
use crate::unpack::Window;

const BLOCK: usize = 512;
/// A name in blocks of its own is no longer than this.
const LONGEST_NAME: u64 = 1 << 16;

pub(super) struct Tar<R> {
    window: Window<R>,
    /// What of the member at hand is not read.
    left: u64,
    /// Zeros behind it.
    padding: u64,
}

/// The head of a member.
struct Header {
    name: String,
    size: u64,
    kind: u8,
}

impl<R: Read> Tar<R> {
    pub(super) fn new(window: Window<R>) -> Tar<R> {
        Tar { window, left: 0, padding: 0 }
    }

    /// Passes over so many bytes; how many there were.
    fn pass(&mut self, bytes: u64) -> u64 {
        let mut left = bytes;
        while left > 0 {
            let here = self.window.peek(1).len() as u64;
            if here == 0 {
                break;
            }
            let n = here.min(left);
            self.window.pass(usize::try_from(n).unwrap_or(usize::MAX));
            left -= n;
        }
        bytes - left
    }

    /// Reads the head at the window's place.
    fn header(&mut self) -> Option<Header> {
        let block = self.window.peek(BLOCK).get(..BLOCK)?;
        let stated = octal(block.get(148..156)?)?;
        let sum: u64 = block
            .iter()
            .enumerate()
            .map(|(n, byte)| if (148..156).contains(&n) { 32 } else { u64::from(*byte) })
            .sum();
        if stated != sum {
            return None;
        }
        let name = text(block.get(..100)?);
        // Only POSIX has a prefix here; GNU has times.
        let posix = block.get(257..263) == Some(b"ustar\0");
        let prefix = if posix { text(block.get(345..500)?) } else { String::new() };
        let name = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        Some(Header { name, size: number(block.get(124..136)?)?, kind: *block.get(156)? })
    }

    /// The content of a member that is about the next one.
    fn about(&mut self, size: u64) -> Vec<u8> {
        let kept = size.min(LONGEST_NAME);
        let wanted = usize::try_from(kept).unwrap_or(0);
        let bytes = self.window.peek(wanted);
        let bytes = bytes.get(..wanted.min(bytes.len())).unwrap_or_default().to_vec();
        self.pass(size.saturating_add(padding(size)));
        bytes
    }
}

/// How many zeros follow so many bytes.
fn padding(size: u64) -> u64 {
    (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64
}

/// A field up to its first NUL.
fn text(field: &[u8]) -> String {
    let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    String::from_utf8_lossy(field.get(..end).unwrap_or_default()).into_owned()
}

fn octal(field: &[u8]) -> Option<u64> {
    let field = text(field);
    let digits = field.trim();
    if digits.is_empty() { Some(0) } else { u64::from_str_radix(digits, 8).ok() }
}

/// A number in octal, or in binary where it is too large for that.
fn number(field: &[u8]) -> Option<u64> {
    match field.split_first()? {
        (0x80, rest) => {
            let (front, low) = rest.split_at_checked(rest.len().checked_sub(8)?)?;
            let low: [u8; 8] = low.try_into().ok()?;
            front.iter().all(|byte| *byte == 0).then(|| u64::from_be_bytes(low))
        }
        _ => octal(field),
    }
}

/// The value of a record of this name in the head of POSIX: `30 path=…`.
fn record(records: &[u8], name: &[u8]) -> Option<Vec<u8>> {
    let mut rest = records;
    let mut found = None;
    while let Some(at) = rest.iter().position(|byte| *byte == b' ') {
        let length: usize = std::str::from_utf8(rest.get(..at)?).ok()?.trim().parse().ok()?;
        let line = rest.get(at + 1..length)?;
        if let Some(value) = line.strip_prefix(name).and_then(|it| it.strip_prefix(b"=")) {
            found = Some(value.strip_suffix(b"\n").unwrap_or(value).to_vec());
        }
        rest = rest.get(length..)?;
    }
    found
}

impl<R: Read> Members for Tar<R> {
    fn next(&mut self, damages: &mut Vec<ArchiveDamage>) -> io::Result<Option<String>> {
        let rest = self.left.saturating_add(self.padding);
        self.pass(rest);
        (self.left, self.padding) = (0, 0);
        let (mut long_name, mut long_size) = (None::<String>, None::<u64>);
        let mut damaged = None;
        loop {
            let from = self.window.offset();
            let block = self.window.peek(BLOCK);
            let zeros = block.iter().take(BLOCK).all(|byte| *byte == 0);
            if block.is_empty() || (zeros && damaged.is_none()) {
                // Zeros end an archive; archives that were joined go on behind them.
                let n = block.len().min(BLOCK);
                self.window.pass(n);
                if n == 0 {
                    if let Some(start) = damaged.take() {
                        damages.push(damage(start, from - start, "no head of a member"));
                    }
                    return self.window.take_failure().map_or(Ok(None), Err);
                }
                continue;
            }
            let Some(header) = self.header() else {
                // The next head is sought block by block.
                damaged = damaged.or(Some(from));
                let n = self.window.peek(BLOCK).len().min(BLOCK);
                self.window.pass(n);
                continue;
            };
            if let Some(start) = damaged.take() {
                damages.push(damage(start, from - start, "no head of a member"));
            }
            self.window.pass(BLOCK);
            let size = long_size.take().unwrap_or(header.size);
            match header.kind {
                b'L' => long_name = Some(text(&self.about(size))),
                b'x' => {
                    let records = self.about(size);
                    let name = record(&records, b"path");
                    long_name =
                        name.map(|it| String::from_utf8_lossy(&it).into_owned()).or(long_name);
                    long_size = record(&records, b"size")
                        .and_then(|it| std::str::from_utf8(&it).ok()?.parse().ok());
                }
                0 | b'0' | b'7' if !header.name.ends_with('/') => {
                    (self.left, self.padding) = (size, padding(size));
                    return Ok(Some(long_name.unwrap_or(header.name)));
                }
                // Folders and links have no content; whatever else has is not for us.
                kind => {
                    long_name = None;
                    let has_content = !matches!(kind, b'1'..=b'6');
                    if has_content {
                        self.pass(size.saturating_add(padding(size)));
                    }
                }
            }
        }
    }

    fn read(&mut self, buffer: &mut [u8], damages: &mut Vec<ArchiveDamage>) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        if most == 0 {
            return Ok(0);
        }
        let n = self.window.read(buffer.get_mut(..most).unwrap_or_default())?;
        if n == 0 {
            (self.left, self.padding) = (0, 0);
            if let Some(failure) = self.window.take_failure() {
                return Err(failure);
            }
            damages.push(damage(self.window.offset(), 0, "the archive breaks off"));
        }
        self.left -= n as u64;
        Ok(n)
    }
}

fn damage(offset: u64, bytes: u64, what: &str) -> ArchiveDamage {
    ArchiveDamage { kind: ArchiveKind::Tar, offset, bytes, what: what.to_owned() }
}
