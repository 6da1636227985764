//! Members of a zip archive, by the heads in front of them; the list at its end is not needed.

use std::io::{self, Read};

use flate2::{Crc, Decompress};
use memchr::memmem;

use super::{ArchiveDamage, ArchiveKind, Members};
use crate::unpack::{Allowance, SMALL, Stepwise, Window};

const HEAD: usize = 30;
/// So many bytes are looked at together for the next head.
const STRETCH: usize = 64 << 10;

pub(super) struct Zip<R: Read> {
    state: State<R>,
    pub(super) max_ratio: u64,
    pub(super) max_size: u64,
    pub(super) allowance: Option<Allowance>,
    crc: Crc,
    member: Head,
}

enum State<R: Read> {
    /// In front of a head, or of the list at the end.
    Between(Window<R>),
    /// In a member without compression, with so many bytes left.
    Stored(Window<R>, u64),
    /// A packed member, with how much came out of it.
    Deflated(Box<Stepwise<R, Decompress>>, u64),
    Ended,
}

/// What stands in front of a member.
#[derive(Clone, Default)]
struct Head {
    name: String,
    flags: u16,
    method: u16,
    crc: u32,
    packed: u64,
    size: u64,
    /// Where its content begins in the archive.
    start: u64,
}

impl Head {
    /// Size and check sum stand behind the content.
    fn is_told_behind(&self) -> bool {
        self.flags & 8 != 0
    }

    fn is_encrypted(&self) -> bool {
        self.flags & 1 != 0
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at + 8)?.try_into().ok().map(u64::from_le_bytes)
}

/// Reads a head at the window's place, and passes over it.
fn head<R: Read>(window: &mut Window<R>) -> Option<Head> {
    let bytes = window.peek(HEAD);
    let (name, extra) = (u16_at(bytes, 26)? as usize, u16_at(bytes, 28)? as usize);
    let whole = HEAD + name + extra;
    let bytes = window.peek(whole).get(..whole)?;
    let mut head = Head {
        name: String::from_utf8_lossy(bytes.get(HEAD..HEAD + name)?).into_owned(),
        flags: u16_at(bytes, 6)?,
        method: u16_at(bytes, 8)?,
        crc: u32_at(bytes, 14)?,
        packed: u64::from(u32_at(bytes, 18)?),
        size: u64::from(u32_at(bytes, 22)?),
        start: 0,
    };
    // Sizes beyond four bytes stand in a field of their own.
    let mut fields = bytes.get(HEAD + name..)?;
    while let (Some(kind), Some(length)) = (u16_at(fields, 0), u16_at(fields, 2)) {
        let field = fields.get(4..4 + length as usize).unwrap_or_default();
        if kind == 1 {
            let mut at = 0;
            for size in [&mut head.size, &mut head.packed] {
                if *size == u64::from(u32::MAX) {
                    *size = u64_at(field, at).unwrap_or(*size);
                    at += 8;
                }
            }
        }
        fields = fields.get(4 + length as usize..).unwrap_or_default();
    }
    window.pass(whole);
    head.start = window.offset();
    Some(head)
}

impl<R: Read> Zip<R> {
    pub(super) fn new(window: Window<R>) -> Zip<R> {
        let state = State::Between(window);
        let (crc, member) = (Crc::new(), Head::default());
        Zip { state, max_ratio: 250, max_size: u64::MAX, allowance: None, crc, member }
    }

    /// Leaves the member at hand: the window behind what was read of it.
    fn leave(&mut self) -> Option<Window<R>> {
        match std::mem::replace(&mut self.state, State::Ended) {
            State::Between(window) => Some(window),
            State::Stored(mut window, left) => {
                pass(&mut window, left);
                Some(window)
            }
            State::Deflated(decoder, _) => {
                let mut window = decoder.into_window();
                let end = self.member.start.saturating_add(self.member.packed);
                if !self.member.is_told_behind() && end > window.offset() {
                    let left = end - window.offset();
                    pass(&mut window, left);
                }
                Some(window)
            }
            State::Ended => None,
        }
    }

    /// What is behind a member whose content was read to its end.
    fn check(&mut self, window: &mut Window<R>, damages: &mut Vec<ArchiveDamage>) {
        let mut stated = self.member.crc;
        if self.member.is_told_behind() {
            // The mark in front of the sizes may be absent, and the sizes may have eight bytes.
            let marked = window.peek(4).starts_with(b"PK\x07\x08");
            let from = if marked { 4 } else { 0 };
            stated = u32_at(window.peek(from + 4), from).unwrap_or(0);
            let next = |window: &mut Window<R>, at: usize| {
                let bytes = window.peek(at + 2);
                bytes.len() <= at || bytes.get(at..at + 2) == Some(b"PK")
            };
            let length = if next(window, from + 12) { from + 12 } else { from + 20 };
            window.peek(length);
            window.pass(length);
        }
        if stated != self.crc.sum() {
            let what = format!(
                "the check sum of {:?} does not match: it is kept, but not to be trusted",
                self.member.name
            );
            damages.push(damage(self.member.start, 0, what));
        }
    }
}

fn pass<R: Read>(window: &mut Window<R>, bytes: u64) {
    let mut left = bytes;
    while left > 0 {
        let here = window.peek(1).len() as u64;
        if here == 0 {
            return;
        }
        let n = here.min(left);
        window.pass(usize::try_from(n).unwrap_or(usize::MAX));
        left -= n;
    }
}

/// Goes to the next head, or to the list at the end; whether there is one.
fn seek<R: Read>(window: &mut Window<R>) -> bool {
    loop {
        let bytes = window.peek(STRETCH);
        let last = bytes.len() < STRETCH;
        let found = memmem::find_iter(bytes, b"PK").find(|at| {
            matches!(bytes.get(at + 2..at + 4), Some(b"\x03\x04" | b"\x01\x02" | b"\x05\x06"))
        });
        match found {
            Some(at) => {
                window.pass(at);
                return true;
            }
            None if last => {
                let rest = bytes.len();
                window.pass(rest);
                return false;
            }
            None => {
                let n = bytes.len() - 3;
                window.pass(n);
            }
        }
    }
}

impl<R: Read> Members for Zip<R> {
    fn next(&mut self, damages: &mut Vec<ArchiveDamage>) -> io::Result<Option<String>> {
        // A member that was not read to its end is passed over, and is whole all the same.
        if !matches!(self.state, State::Between(_) | State::Ended) {
            let mut rest = [0; 1 << 12];
            while self.read(&mut rest, damages)? > 0 {}
        }
        let Some(mut window) = self.leave() else { return Ok(None) };
        loop {
            let from = window.offset();
            let mark = window.peek(4);
            if mark.is_empty() {
                return window.take_failure().map_or(Ok(None), Err);
            }
            if mark.starts_with(b"PK\x01\x02") || mark.starts_with(b"PK\x05\x06") {
                // The list at the end says again what was read. It is passed over for what the archive
                // itself is packed in, whose sums stand behind it.
                window.pass_all();
                return window.take_failure().map_or(Ok(None), Err);
            }
            let found = if mark.starts_with(b"PK\x03\x04") { head(&mut window) } else { None };
            let Some(head) = found else {
                window.pass(1);
                seek(&mut window);
                damages.push(damage(from, window.offset() - from, "no head of a member".into()));
                continue;
            };
            let unsized_store = head.method == 0 && head.is_told_behind() && head.packed == 0;
            let why = if head.is_encrypted() {
                Some("is encrypted".to_owned())
            } else if !matches!(head.method, 0 | 8) {
                Some(format!("is packed by method {}, which nothing here unpacks", head.method))
            } else if unsized_store {
                Some("does not say where it ends".to_owned())
            } else {
                None
            };
            if let Some(why) = why {
                if head.packed > 0 {
                    pass(&mut window, head.packed);
                } else {
                    seek(&mut window);
                }
                let what = format!("{:?} {why}", head.name);
                damages.push(damage(from, window.offset() - from, what));
                continue;
            }
            if head.name.ends_with('/') {
                pass(&mut window, head.packed);
                continue;
            }
            self.crc = Crc::new();
            self.member = head.clone();
            self.state = match head.method {
                0 => State::Stored(window, head.packed),
                _ => State::Deflated(Box::new(Stepwise::new(window, Decompress::new(false))), 0),
            };
            return Ok(Some(head.name));
        }
    }

    fn read(&mut self, buffer: &mut [u8], damages: &mut Vec<ArchiveDamage>) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        match std::mem::replace(&mut self.state, State::Ended) {
            State::Stored(mut window, left) => {
                let most = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
                let n = window.read(buffer.get_mut(..most).unwrap_or_default())?;
                self.crc.update(buffer.get(..n).unwrap_or_default());
                if n == 0 {
                    if left > 0 {
                        let failure = window.take_failure();
                        damages.push(damage(window.offset(), 0, "the archive breaks off".into()));
                        self.state = State::Between(window);
                        return failure.map_or(Ok(0), Err);
                    }
                    self.check(&mut window, damages);
                    self.state = State::Between(window);
                } else {
                    self.state = State::Stored(window, left - n as u64);
                }
                Ok(n)
            }
            State::Deflated(mut decoder, before) => match decoder.read(buffer) {
                Ok(0) => {
                    let mut window = decoder.into_window();
                    self.check(&mut window, damages);
                    self.state = State::Between(window);
                    Ok(0)
                }
                Ok(n) => {
                    self.crc.update(buffer.get(..n).unwrap_or_default());
                    let out = before + n as u64;
                    let read = decoder.window().offset().saturating_sub(self.member.start);
                    let ratio = out > SMALL && out / self.max_ratio > read;
                    let in_all = self.allowance.as_ref().filter(|it| it.spend(n));
                    if ratio || in_all.is_some() || out > self.max_size {
                        let limit = if out > self.max_size {
                            format!("{} bytes", self.max_size)
                        } else if let Some(allowance) = in_all {
                            format!("{} times its size with the others", allowance.max_ratio())
                        } else {
                            format!("{} times its size, which is no text", self.max_ratio)
                        };
                        let what = format!("{:?} unpacks to more than {limit}", self.member.name);
                        let mut window = decoder.into_window();
                        let from = window.offset();
                        seek(&mut window);
                        damages.push(damage(from, window.offset() - from, what));
                        self.state = State::Between(window);
                    } else {
                        self.state = State::Deflated(decoder, out);
                    }
                    Ok(n)
                }
                Err(_) => {
                    let mut window = decoder.into_window();
                    if let Some(failure) = window.take_failure() {
                        return Err(failure);
                    }
                    let from = window.offset();
                    window.go_to(self.member.start);
                    seek(&mut window);
                    let passed = window.offset().saturating_sub(from);
                    let what = format!("{:?} is damaged", self.member.name);
                    damages.push(damage(from, passed, what));
                    self.state = State::Between(window);
                    Ok(0)
                }
            },
            state => {
                self.state = state;
                Ok(0)
            }
        }
    }
}

fn damage(offset: u64, bytes: u64, what: String) -> ArchiveDamage {
    ArchiveDamage { kind: ArchiveKind::Zip, offset, bytes, what }
}
