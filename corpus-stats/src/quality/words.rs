//! The words of a text: what stands between white space.

use super::marks::is_space;

/// The words of a text with their lengths in characters.
pub(super) fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// The words of a text; see [`words`].
#[derive(Clone, Debug)]
pub(super) struct Words<'t> {
    text: &'t str,
    at: usize,
}

/// The lowest bit of each byte of a number, and the highest.
const ONES: u64 = u64::MAX / 255;
const HIGHS: u64 = ONES << 7;

impl<'t> Iterator for Words<'t> {
    type Item = (&'t str, usize);

    #[inline]
    fn next(&mut self) -> Option<(&'t str, usize)> {
        let bytes = self.text.as_bytes();
        let mut start = self.at;
        while let Some(&byte) = bytes.get(start) {
            match space_at(self.text, start, byte) {
                0 => break,
                space => start += space,
            }
        }
        let (mut at, mut chars) = (start, 0);
        loop {
            // Eight bytes at a time, up to where white space may begin.
            if let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
                let eight = u64::from_le_bytes(*eight);
                let n = may_space(eight).trailing_zeros() / 8;
                chars += begins(eight, n);
                at += n as usize;
                if n == 8 {
                    continue;
                }
            }
            match bytes.get(at) {
                Some(&byte) if space_at(self.text, at, byte) == 0 => {
                    chars += usize::from(byte & 0xC0 != 0x80);
                    at += 1;
                }
                _ => break,
            }
        }
        self.at = at;
        let word = self.text.get(start..at).filter(|_| chars > 0)?;
        Some((word, chars))
    }
}

/// The highest bit of the first of eight bytes with which white space may begin, and of some behind it.
#[inline]
fn may_space(eight: u64) -> u64 {
    let below = |byte: u8| eight.wrapping_sub(ONES * u64::from(byte)) & !eight;
    // Where the bits of `mask` are those of a byte: 0xC2 and 0xE2 differ in one.
    let equal = |byte: u8, mask: u8| {
        let other = (eight ^ (ONES * u64::from(byte))) & (ONES * u64::from(mask));
        other.wrapping_sub(ONES) & !other
    };
    // Letters of Vietnamese begin with the byte 0xE1, and so does one rare blank, by its second byte.
    let rare = equal(0xE1, u8::MAX) & (equal(0x9A, u8::MAX) >> 8 | 1 << 63);
    let others = equal(0xC2, !0x20) | equal(0xE3, u8::MAX);
    (below(b' ' + 1) | others | rare) & HIGHS
}

/// How many characters begin in the first `n` of eight bytes.
#[inline]
fn begins(eight: u64, n: u32) -> usize {
    let inside = eight & !(eight << 1);
    let first = if n < 8 { (1 << (8 * n)) - 1 } else { u64::MAX };
    let begins = HIGHS & !inside & first;
    ((begins >> 7).wrapping_mul(ONES) >> 56) as usize
}

/// How many bytes the white space at `at` has; 0 where there is none.
#[inline]
fn space_at(text: &str, at: usize, byte: u8) -> usize {
    let second = text.as_bytes().get(at + 1).copied().unwrap_or_default();
    let may = match byte {
        b' ' | 0x09..=0x0D | 0x1C..=0x1F => return 1,
        0xC2 => matches!(second, 0x85 | 0xA0),
        0xE1 => second == 0x9A,
        0xE2 => matches!(second, 0x80 | 0x81),
        0xE3 => second == 0x80,
        _ => false,
    };
    let space = may.then(|| text.get(at..)?.chars().next()).flatten().filter(|c| is_space(*c));
    space.map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_between_white_space() {
        let every: String = ('\0'..='\u{3100}').flat_map(|c| ['a', c, 'ệ', c, c]).collect();
        // White space at each place of eight bytes, and bytes that are nearly some.
        let shifted: String =
            ["\u{1680}", "\u{1690}", "\u{a1}", "\u{2022}", "\u{3042}", "\0", "\t"]
                .iter()
                .flat_map(|c| (0..9).map(move |n| format!("{0}{c}{0}{c} ", "ê".repeat(n))))
                .collect();
        for text in
            ["", " ", "mưa", &shifted, " \u{a0}mưa\u{1680} to\u{3000}…\u{2028}«ở»\u{1f}a\n", &every]
        {
            let expected: Vec<(&str, usize)> = text
                .split(is_space)
                .filter(|word| !word.is_empty())
                .map(|word| (word, word.chars().count()))
                .collect();
            assert_eq!(words(text).collect::<Vec<_>>(), expected);
        }
    }
}
