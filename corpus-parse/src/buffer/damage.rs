//! Bytes that are no text: replaced where they stand, and remembered.

use memchr::memchr_iter;

use crate::{Position, utf16};

/// Invalid sequences closer together than this are told in one error.
const NEAR: u64 = 64;

/// One record gives at most so many errors about invalid bytes; the last counts all the rest.
const MOST_DAMAGES: usize = 16;

/// Invalid bytes close together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Damage {
    pub(crate) position: Position,
    pub(crate) sequences: u64,
    pub(crate) bytes: u64,
    end: u64,
}

/// Decodes with U+FFFD for what is invalid, noting where that is.
pub(super) fn decode(
    bytes: &[u8],
    utf16: bool,
    line_feed: u8,
    mut position: Position,
    text: &mut String,
    damages: &mut Vec<Damage>,
) {
    let measure = |part: &[u8]| if utf16 { utf16::input_len(part) } else { part.len() as u64 };
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        position.byte += measure(chunk.valid().as_bytes());
        position.line += memchr_iter(line_feed, chunk.valid().as_bytes()).count() as u64;
        if chunk.invalid().is_empty() {
            continue;
        }
        text.push(char::REPLACEMENT_CHARACTER);
        let bytes = measure(chunk.invalid());
        let end = position.byte + bytes;
        let full = damages.len() >= MOST_DAMAGES;
        match damages.last_mut() {
            Some(last) if full || position.byte.saturating_sub(last.end) < NEAR => {
                last.sequences += 1;
                last.bytes += bytes;
                last.end = end;
            }
            _ => damages.push(Damage { position, sequences: 1, bytes, end }),
        }
        position.byte = end;
    }
}
