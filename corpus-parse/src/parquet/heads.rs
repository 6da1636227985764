//! [`Heads`]: a file whose descriptions are looked at before the decoder reads them.

use std::io::{self, Read};
use std::sync::Arc;

use bytes::Bytes;
use parquet::errors::Result;
use parquet::file::reader::{ChunkReader, Length};

use super::thrift::{FILE, PAGE, walk};
use crate::unpack::SMALL;

/// At the end of a file stand the length of its description and four letters.
const END: u64 = 8;
/// So many times its bytes may come out of a page, once that is much, as of other [packings](crate::Unpacked).
const MAX_RATIO: u64 = 250;
/// The fields of the head of a page that state its sizes.
const UNPACKED: i16 = 2;
const PACKED: i16 = 3;

/// A file whose descriptions are [walked through](walk) before the decoder reads them.
pub(super) struct Heads<R>(Arc<R>);

impl<R: ChunkReader> Heads<R> {
    /// An error where the description at the end cannot be one.
    pub(super) fn new(input: R) -> Result<Heads<R>> {
        let length = input.len();
        if let Some(end) = length.checked_sub(END) {
            let head = input.get_bytes(end, 4)?;
            let stated = head.as_ref().try_into().map(u32::from_le_bytes).unwrap_or_default();
            // Whether it can be so long, and what stands behind it, the decoder says.
            if let Some(start) = end.checked_sub(u64::from(stated)).filter(|_| stated > 0) {
                walk(&mut input.get_read(start)?, u64::from(stated), FILE, |_, _| {})?;
            }
        }
        Ok(Heads(Arc::new(input)))
    }
}

impl<R: ChunkReader> Length for Heads<R> {
    fn len(&self) -> u64 {
        self.0.len()
    }
}

impl<R: ChunkReader> ChunkReader for Heads<R> {
    type T = Head<R>;

    fn get_read(&self, start: u64) -> Result<Head<R>> {
        Ok(Head { file: self.0.clone(), start, input: None })
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        self.0.get_bytes(start, length)
    }
}

/// What begins with the head of a page.
pub(super) struct Head<R: ChunkReader> {
    file: Arc<R>,
    start: u64,
    /// Opened when it is first read: not all that is asked for is, and then it may be no head. One that is
    /// open already would have moved with the other, for they share the place in the file.
    input: Option<R::T>,
}

impl<R: ChunkReader> Read for Head<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let input = match &mut self.input {
            Some(input) => input,
            none => {
                let left = self.file.len().saturating_sub(self.start);
                // The decoder asks for the end of the file in the same way as for the heads of pages.
                if left > END {
                    check(&mut self.file.get_read(self.start)?, left)?;
                }
                none.insert(self.file.get_read(self.start)?)
            }
        };
        input.read(buffer)
    }
}

/// An error if this is no head of a page, or of one that states more than can come out of it.
fn check(input: &mut impl Read, left: u64) -> io::Result<()> {
    let (mut packed, mut unpacked) = (0, 0);
    walk(input, left, PAGE, |field, number| match field {
        UNPACKED => unpacked = number,
        PACKED => packed = number,
        _ => {}
    })?;
    // Of what is below zero the decoder tells.
    let (packed, unpacked) =
        (u64::try_from(packed).unwrap_or(0), u64::try_from(unpacked).unwrap_or(0));
    if unpacked > SMALL && unpacked / MAX_RATIO > packed {
        let what = format!("a page of {packed} bytes that states {unpacked} unpacked");
        return Err(io::Error::new(io::ErrorKind::InvalidData, what));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a head that states these sizes, in twice the number.
    fn said(unpacked: &[u8], packed: &[u8]) -> Option<String> {
        let head = [b"\x15\x00\x15", unpacked, b"\x15", packed, b"\x00"].concat();
        check(&mut &head[..], head.len() as u64).err().map(|error| error.to_string())
    }

    #[test]
    fn a_page_states_what_can_come_out_of_it() {
        assert_eq!(said(b"\x0e", b"\x12"), None);
        // 2,147,483,647 of 9 and of 16,777,215.
        assert_eq!(
            said(b"\xfe\xff\xff\xff\x0f", b"\x12").unwrap(),
            "a page of 9 bytes that states 2147483647 unpacked"
        );
        assert_eq!(said(b"\xfe\xff\xff\xff\x0f", b"\xfe\xff\xff\x0f"), None);
        assert_eq!(said(b"\x01", b"\x01"), None);
    }
}
