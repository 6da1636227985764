//! Tables of encodings made ready for decoding.
//!
//! Decoding is one look into a table for a byte and no branch: what is written for it, how long
//! that is, and how much of what was written before is taken back when the byte is a mark on the
//! letter in front. What was decoded is gathered in a small piece of memory, looked through there
//! with vector instructions, and handed on, so that the text is written once.

use std::borrow::Cow;

use super::{rows, windows_character};
use crate::normalize::{Normalization, normalize};

/// What to write for a byte, and how much to take back before: three bytes of UTF-8, then a byte
/// of lengths.
type Cell = u32;

/// A decoder: for each byte, and each kind of letter in front of it, what to write.
pub(super) struct Table {
    /// Which row of `cells` a byte calls for when the next byte is a mark; 0 for none.
    rows: [u8; 256],
    /// All bits for bytes that are a mark behind some letter, else none.
    marks: [u8; 256],
    /// What each byte is; the first row is for bytes that are no mark on the letter in front.
    cells: Box<[[Cell; 256]; ROWS]>,
    /// Whether any byte is a mark.
    has_marks: bool,
}

/// More than any encoding has letters with marks behind them.
const ROWS: usize = 32;
const WRITES: u32 = 24;
const TAKES_BACK: u32 = 26;
/// Set for combining marks that stand alone, so that only NFC knows what becomes of them.
const LOOSE: Cell = 1 << 28;
/// So many bytes are decoded before they are handed on.
const CHUNK: usize = 4096;

impl Table {
    pub(super) fn read(table: &'static str, capitals: bool) -> Table {
        let form = |c: char| if capitals { c.to_uppercase().next().unwrap_or(c) } else { c };
        let mut single: [Cell; 256] = std::array::from_fn(|byte| {
            let byte = u8::try_from(byte).unwrap_or_default();
            cell(form(windows_character(byte)), 0)
        });
        let mut pairs = Vec::new();
        for (bytes, c) in rows(table) {
            match bytes[..] {
                [byte] => single[usize::from(byte)] = cell(form(c), 0),
                [letter, mark] => pairs.push((letter, mark, form(c))),
                _ => {}
            }
        }
        let has_marks = !pairs.is_empty();
        let cells = Box::new([single; ROWS]);
        let mut decoder = Table { rows: [0; 256], marks: [0; 256], cells, has_marks };
        let mut used = 0;
        for (letter, mark, c) in pairs {
            let row = &mut decoder.rows[usize::from(letter)];
            if *row == 0 {
                used += 1;
                *row = used;
            }
            let written = single[usize::from(letter)] >> WRITES & 3;
            if let Some(cells) = decoder.cells.get_mut(usize::from(*row)) {
                cells[usize::from(mark)] = cell(c, written);
                decoder.marks[usize::from(mark)] = 0xFF;
            }
        }
        decoder
    }

    pub(super) fn decode<'b>(&self, bytes: &'b [u8]) -> Cow<'b, str> {
        let [single, ..] = &*self.cells;
        let same = |byte: u8| byte < 0x80 && single[usize::from(byte)] == cell(char::from(byte), 0);
        if bytes.is_ascii()
            && let Ok(text) = std::str::from_utf8(bytes)
            && bytes.iter().all(|&byte| same(byte))
        {
            return Cow::Borrowed(text);
        }
        let mut decoded = Decoded::with_capacity(bytes.len() + bytes.len() / 2);
        let mut before = 0;
        for chunk in bytes.chunks(CHUNK) {
            let seen = match self.has_marks {
                true => self.decode_chunk::<true>(chunk, before, &mut decoded.waiting),
                false => self.decode_chunk::<false>(chunk, before, &mut decoded.waiting),
            };
            before = chunk.last().copied().unwrap_or_default();
            decoded.is_loose |= seen & LOOSE != 0;
            decoded.hand_on();
        }
        Cow::Owned(decoded.finish())
    }

    /// Adds what a chunk says, `before` being the byte in front of it; gives all bits of the cells
    /// that were used.
    fn decode_chunk<const MARKS: bool>(
        &self,
        chunk: &[u8],
        mut before: u8,
        out: &mut Vec<u8>,
    ) -> Cell {
        let start = out.len();
        // Three bytes a byte at most, and four are written at once.
        out.resize(start + 3 * chunk.len() + 4, 0);
        let mut len = start;
        let mut seen = 0;
        for &byte in chunk {
            let row = match MARKS {
                true => self.rows[usize::from(before)] & self.marks[usize::from(byte)],
                false => 0,
            };
            let cell = self.cells[usize::from(row) % ROWS][usize::from(byte)];
            if MARKS {
                len -= (cell >> TAKES_BACK & 3) as usize;
                before = byte;
            }
            if let Some(place) = out.get_mut(len..len + 4) {
                place.copy_from_slice(&cell.to_le_bytes());
            }
            len += (cell >> WRITES & 3) as usize;
            seen |= cell;
        }
        out.truncate(len);
        seen
    }
}

/// A text that is being decoded.
struct Decoded {
    text: String,
    /// What is not in `text` yet, because it may be composed with what comes.
    waiting: Vec<u8>,
    /// How much of `waiting` was looked through for an end.
    looked_through: usize,
    /// Whether combining marks that stand alone are waiting.
    is_loose: bool,
}

impl Decoded {
    fn with_capacity(len: usize) -> Decoded {
        Decoded {
            text: String::with_capacity(len),
            waiting: Vec::with_capacity(len.min(4 * CHUNK)),
            looked_through: 0,
            is_loose: false,
        }
    }

    /// Hands on what no mark that follows can change: what stands in front of the last blank or
    /// sign of ASCII.
    fn hand_on(&mut self) {
        let new = self.waiting.get(self.looked_through..).unwrap_or_default();
        let end = new.iter().rposition(|&byte| byte.is_ascii() && !byte.is_ascii_alphabetic());
        let Some(end) = end.map(|end| self.looked_through + end) else {
            self.looked_through = self.waiting.len();
            return;
        };
        append(self.waiting.get(..end).unwrap_or_default(), self.is_loose, &mut self.text);
        self.waiting.drain(..end);
        // Combining marks begin with these bytes.
        self.is_loose &= self.waiting.iter().any(|byte| matches!(byte, 0xCC | 0xCD));
        self.looked_through = self.waiting.len();
    }

    fn finish(mut self) -> String {
        append(&self.waiting, self.is_loose, &mut self.text);
        self.text
    }
}

/// Appends what was decoded, composed where there are marks that stand alone.
fn append(decoded: &[u8], is_loose: bool, text: &mut String) {
    let decoded = match simdutf8::basic::from_utf8(decoded) {
        Ok(decoded) => Cow::Borrowed(decoded),
        Err(_) => String::from_utf8_lossy(decoded),
    };
    if is_loose {
        let composing = Normalization { nfc: true, ..Normalization::NOTHING };
        text.push_str(normalize(&decoded, &composing).text());
    } else {
        text.push_str(&decoded);
    }
}

/// A character of the Basic Multilingual Plane as a cell.
fn cell(c: char, takes_back: u32) -> Cell {
    let mut utf8 = [0; 4];
    let written = c.encode_utf8(&mut utf8).len();
    let loose = if crate::letter::is_mark(c) { LOOSE } else { 0 };
    (u32::from_le_bytes(utf8) & 0xFF_FFFF)
        | (u32::try_from(written).unwrap_or_default() & 3) << WRITES
        | takes_back << TAKES_BACK
        | loose
}

#[cfg(test)]
mod tests {
    use super::super::{Encoding, decode};

    #[test]
    fn all_letters_with_marks_have_a_row() {
        for encoding in Encoding::ALL {
            let Some(table) = encoding.table() else { continue };
            assert!(table.rows.iter().all(|&row| usize::from(row) < super::ROWS), "{encoding:?}");
            let letters = table.rows.iter().filter(|&&row| row != 0).count();
            assert_eq!(letters, usize::from(table.rows.into_iter().max().unwrap()));
        }
    }

    /// Letters, marks on them and loose marks, wherever a piece of the text ends.
    #[test]
    fn pieces_of_a_text_join() {
        let words: [(Encoding, &[u8], &str); 3] = [
            (Encoding::Cp1258, b"n\xDE \xDE\xDE\xEA\xECa\xF2", "ñ \u{303}\u{303}ếạ"),
            (Encoding::Tcvn3, b" A\xB3\xB3\xB8y <\xB3", " Á\u{301}áy <\u{301}"),
            (Encoding::Vni, b"\xF1o\xE4\xD6\xD9", "độỨ"),
        ];
        for (encoding, bytes, text) in words {
            assert_eq!(decode(bytes, encoding), text);
            for front in [super::CHUNK - 9, 3 * super::CHUNK - 9] {
                for more in 0..10 {
                    for letter in ["a", "-"] {
                        let plain = letter.repeat(front + more);
                        let long = [plain.as_bytes(), b" ", bytes].concat();
                        assert_eq!(decode(&long, encoding), format!("{plain} {text}"));
                        let long = [plain.as_bytes(), b" ", bytes, b" ", plain.as_bytes()].concat();
                        assert_eq!(decode(&long, encoding), format!("{plain} {text} {plain}"));
                    }
                }
            }
        }
    }
}
