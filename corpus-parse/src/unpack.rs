//! [`Unpacked`]: packed input as it is read, whatever it is packed with.
//!
//! A file may hold several members one behind the other, as files that were joined do, and as crawls
//! write one for each record. Where a member is damaged, what came out of it is kept, and the next
//! member is sought by the bytes that it begins with; what lies between is counted.

use std::fmt;
use std::io::{self, Read};

mod allowance;
mod damage;
mod decoder;
mod packing;
#[cfg(any(feature = "gzip", feature = "zip", feature = "zstd", feature = "bzip2"))]
mod stepwise;
mod stretches;
mod window;

pub use allowance::Allowance;
pub use damage::{PackingDamage, PackingDamages};
use decoder::Decoder;
pub use packing::Packing;
#[cfg(feature = "zip")]
pub(crate) use stepwise::Stepwise;
pub use stretches::{RestOfPacked, Stretch, Stretches};
pub(crate) use window::Window;

/// Packed input as it is read: see the example. Bytes that are not packed pass unchanged.
///
/// Reading fails only if the input does. What is damaged inside ends nothing: it is told by
/// [`Unpacked::damages`], and what can be unpacked behind it is read.
///
/// ```
/// # #[cfg(feature = "gzip")] {
/// use std::io::Read;
/// use corpus_parse::Unpacked;
///
/// // A gzip member without compression, cut off in its last bytes.
/// let input = b"\x1f\x8b\x08\0\0\0\0\0\0\xff\x01\x04\0\xfb\xffTin.\x53";
/// let mut unpacked = Unpacked::new(&input[..]);
/// let damages = unpacked.damages();
/// let mut text = String::new();
/// unpacked.read_to_string(&mut text).unwrap();
/// assert_eq!(text, "Tin.");
/// assert_eq!(damages.take()[0].to_string(), "byte 20 of the gzip data: the data breaks off");
/// # }
/// ```
pub struct Unpacked<R: Read> {
    state: State<R>,
    packing: Option<Packing>,
    damages: PackingDamages,
    /// What came out so far.
    out: u64,
    /// Where the member at hand begins.
    member: u64,
    max_ratio: u64,
    max_size: u64,
    /// How much may come out of the input that this is a part of, and whether it did.
    allowance: Option<Allowance>,
    overspent: bool,
    /// How many places that look like a member may still prove to be none.
    trials: u32,
}

enum State<R: Read> {
    /// Nothing was read yet.
    New(Window<R>),
    /// In front of a member, or behind the last.
    Between(Window<R>),
    Inside(Decoder<R>),
    /// Bytes that were tried out, which are given before the decoder goes on.
    Tried(Vec<u8>, usize, Decoder<R>),
    Ended,
}

/// A ratio says nothing about small files; and what has no measure is stopped before it fills a record,
/// whose analysis takes several times its room.
pub(crate) const SMALL: u64 = 32 << 20;
/// So many bytes have to come out of a member that was sought before it is believed to be one.
const TRIAL: u64 = 16 << 10;
/// So many places are tried out that look like a member and may be none.
const TRIALS: u32 = 200;
/// So many bytes are looked at together for the beginning of a member.
const STRETCH: usize = 64 << 10;
/// A member is known by so many bytes at most.
const MAGIC: usize = 10;

impl<R: Read> Unpacked<R> {
    /// Reads `input`, whatever it is packed with.
    pub fn new(input: R) -> Unpacked<R> {
        Unpacked {
            state: State::New(Window::new(input)),
            packing: None,
            damages: PackingDamages::default(),
            out: 0,
            member: 0,
            max_ratio: 250,
            max_size: u64::MAX,
            allowance: None,
            overspent: false,
            trials: TRIALS,
        }
    }

    /// How many times its size an input may unpack to, once that is more than 32 MiB; 250 unless
    /// told. What exceeds it is not unpacked any further.
    pub fn max_ratio(mut self, ratio: u64) -> Self {
        self.max_ratio = ratio;
        self
    }

    /// How many bytes an input may unpack to at most; without limit unless told.
    pub fn max_size(mut self, bytes: u64) -> Self {
        self.max_size = bytes;
        self
    }

    /// Counts what comes out as a part of what may come out of a whole input.
    pub fn within(mut self, allowance: &Allowance) -> Self {
        self.allowance = Some(allowance.clone());
        self
    }

    /// So many bytes came out.
    fn give(&mut self, bytes: usize) {
        self.out += bytes as u64;
        self.overspent |= self.allowance.as_ref().is_some_and(|it| it.spend(bytes));
    }

    /// What is found damaged, now and while reading goes on.
    pub fn damages(&self) -> PackingDamages {
        self.damages.clone()
    }

    fn damaged(&self, packing: Packing, offset: u64, bytes: u64, what: impl Into<String>) {
        self.damages.add(PackingDamage { packing, offset, bytes, what: what.into() });
    }

    /// Goes on in front of a member: opens it, or ends.
    fn open_next(&mut self, mut window: Window<R>) -> io::Result<()> {
        let Some(packing) = self.packing else { return Ok(()) };
        // Tapes and some programs fill up with zeros.
        while window.peek(1).first() == Some(&0) {
            let zeros = window.peek(1).iter().take_while(|byte| **byte == 0).count();
            window.pass(zeros);
        }
        if window.peek(MAGIC).is_empty() {
            return end(window);
        }
        if !packing.begins(window.peek(MAGIC)) {
            let from = window.offset();
            return self.seek(packing, window, from, "what follows is none".into());
        }
        self.member = window.offset();
        match Decoder::open(packing, window) {
            Ok(decoder) => self.state = State::Inside(decoder),
            Err((mut window, error)) => {
                let from = window.offset();
                window.pass_all();
                self.damaged(packing, from, window.offset() - from, error.to_string());
            }
        }
        Ok(())
    }

    /// Looks for the next member; `from` is the first byte that nothing could be made of.
    fn seek(
        &mut self,
        packing: Packing,
        mut window: Window<R>,
        from: u64,
        what: String,
    ) -> io::Result<()> {
        loop {
            let bytes = window.peek(STRETCH);
            let last = bytes.len() < STRETCH;
            // What is cut off at the end of the stretch is looked at together with what follows.
            let until = if last { bytes.len() } else { bytes.len() - MAGIC };
            let begins = |at: &usize| bytes.get(*at..).is_some_and(|rest| packing.begins(rest));
            let found = if self.trials == 0 { None } else { (0..until).find(begins) };
            window.pass(found.unwrap_or(until));
            if found.is_none() && last {
                let passed = window.offset().saturating_sub(from);
                self.damaged(packing, from, passed, what);
                return end(window);
            }
            if found.is_none() {
                continue;
            }
            let place = window.offset();
            // Noise has the same first bytes now and then, but little can be made of it.
            match try_out(packing, window) {
                Ok((tried, decoder)) => {
                    self.damaged(packing, from, place.saturating_sub(from), what);
                    self.member = place;
                    self.state = State::Tried(tried, 0, decoder);
                    return Ok(());
                }
                Err(back) => {
                    self.trials -= 1;
                    window = back;
                    window.go_to(place + 1);
                }
            }
        }
    }

    /// Goes on behind a member that broke off.
    fn recover(&mut self, decoder: Decoder<R>, error: &io::Error) -> io::Result<()> {
        let mut window = decoder.into_window();
        if let Some(failure) = window.take_failure() {
            return Err(failure);
        }
        let Some(packing) = self.packing else { return Ok(()) };
        let from = window.offset();
        let what = match error.kind() {
            io::ErrorKind::UnexpectedEof => "the data breaks off".to_owned(),
            _ if error.to_string().contains("checksum") => format!(
                "the check sum of what begins at byte {} does not match: it is kept, but not to be trusted",
                self.member
            ),
            _ => format!("damaged ({error})"),
        };
        if error.kind() == io::ErrorKind::UnexpectedEof && window.peek(1).is_empty() {
            // All of it was looked at; a member inside would have been met as one.
            self.damaged(packing, from, 0, what);
            return Ok(());
        }
        // A decoder notices damage late: the next member may have begun meanwhile.
        window.go_to(self.member + 1);
        self.seek(packing, window, from, what)
    }

    /// Stops unpacking what grows beyond measure.
    fn is_too_much(&mut self, packed: u64) -> bool {
        let ratio = self.out > SMALL && self.out / self.max_ratio.max(1) > packed;
        ratio || self.overspent || self.out > self.max_size
    }

    fn stop(&mut self, decoder: Decoder<R>) -> io::Result<()> {
        let mut window = decoder.into_window();
        let from = window.offset();
        window.pass_all();
        if let Some(packing) = self.packing {
            let what = if self.out > self.max_size {
                format!("unpacks to more than {} bytes", self.max_size)
            } else {
                let whole = self.allowance.as_ref().filter(|_| self.overspent);
                let ratio = whole.map_or(self.max_ratio, Allowance::max_ratio);
                format!("unpacks to more than {ratio} times its size, which is no text")
            };
            self.damaged(packing, from, window.offset() - from, what);
        }
        end(window)
    }
}

/// The end of the input, or its failure.
fn end<R: Read>(mut window: Window<R>) -> io::Result<()> {
    window.take_failure().map_or(Ok(()), Err)
}

/// The first bytes of a member, if it is one, and its decoder; else the window.
fn try_out<R: Read>(
    packing: Packing,
    window: Window<R>,
) -> Result<(Vec<u8>, Decoder<R>), Window<R>> {
    let mut decoder = Decoder::open(packing, window).map_err(|(window, _)| window)?;
    let mut tried = Vec::new();
    match decoder.by_ref().take(TRIAL).read_to_end(&mut tried) {
        Ok(_) => Ok((tried, decoder)),
        Err(_) => Err(decoder.into_window()),
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::New(mut window) => {
                    let packing = Packing::of(window.peek(MAGIC)).filter(|it| it.is_available());
                    self.packing = packing;
                    self.state = match packing {
                        Some(_) => State::Between(window),
                        None => State::Inside(Decoder::Plain(window)),
                    };
                }
                State::Between(window) => self.open_next(window)?,
                State::Tried(bytes, given, decoder) => {
                    let rest = bytes.get(given..).unwrap_or_default();
                    let n = rest.len().min(buffer.len());
                    if n == 0 {
                        self.state = State::Inside(decoder);
                        continue;
                    }
                    if let (Some(from), Some(to)) = (rest.get(..n), buffer.get_mut(..n)) {
                        to.copy_from_slice(from);
                    }
                    self.give(n);
                    self.state = State::Tried(bytes, given + n, decoder);
                    return Ok(n);
                }
                State::Inside(mut decoder) => match decoder.read(buffer) {
                    Ok(0) if self.packing.is_none() => {
                        return end(decoder.into_window()).map(|()| 0);
                    }
                    Ok(0) => self.state = State::Between(decoder.into_window()),
                    Ok(n) => {
                        self.give(n);
                        match self.packing.is_some() && self.is_too_much(decoder.offset()) {
                            true => self.stop(decoder)?,
                            false => self.state = State::Inside(decoder),
                        }
                        return Ok(n);
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                        self.state = State::Inside(decoder);
                    }
                    Err(error) => self.recover(decoder, &error)?,
                },
                State::Ended => return Ok(0),
            }
        }
    }
}

impl<R: Read> fmt::Debug for Unpacked<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unpacked")
            .field("packing", &self.packing)
            .field("out", &self.out)
            .finish_non_exhaustive()
    }
}
