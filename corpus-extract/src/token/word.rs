//! Words of a text, by their bytes.
//!
//! Bytes are looked at sixteen at a time: what runs up to the next ASCII character that is no letter
//! is nearly always a word of the vocabulary, which knows the word's case too. Letter by letter goes
//! only what it does not know.

use rustc_hash::FxHashMap;

use super::Case;
use crate::vocabulary::{Id, Spelling, Starts, Vocabulary};

/// Words that have been looked up by their key, which is dear: a text with combining marks, each of
/// whose words would be, has the same ones again and again.
pub(super) type Odd<'d> = FxHashMap<&'d str, Id>;

/// A word of a text.
pub(super) struct Word {
    pub(super) len: usize,
    pub(super) case: Case,
    pub(super) id: Id,
    pub(super) starts: Starts,
    /// What of it begins only where certain words stand behind.
    pub(super) followed: Starts,
}

/// The word that begins at a letter or at a character beyond ASCII; none where that is no letter.
#[inline]
pub(super) fn word<'d>(
    text: &'d str,
    at: usize,
    vocabulary: &Vocabulary,
    odd: &mut Odd<'d>,
) -> Option<Word> {
    let bytes = text.as_bytes();
    let front = sixteen(bytes, at);
    let len = run(front);
    if len == 0 && is_punctuation(bytes, at) {
        return None;
    }
    // Whether the word ends where the run does; zero-width characters are a part of it.
    let ends = (1..16).contains(&len)
        && (bytes.get(at + len) != Some(&GENERAL) || is_punctuation(bytes, at + len));
    if ends && let Some(known) = vocabulary.spelling(front & !(u128::MAX << (8 * len))) {
        let Spelling { id, case, starts, followed, .. } = *known;
        return Some(Word { len, case, id, starts, followed });
    }
    let rest = text.get(at..)?;
    let scan = scan_word(rest);
    let word = rest.get(..scan.len).filter(|word| !word.is_empty())?;
    let id = match () {
        // It has been looked up.
        () if ends && scan.len == len && !scan.odd => Id::NONE,
        () if scan.odd => *odd.entry(word).or_insert_with(|| vocabulary.id(word, true)),
        () => vocabulary.id(word, false),
    };
    let case = scan.case();
    let starts = vocabulary.starts(id).written(word, case);
    let followed = vocabulary.followed(id).shared(starts);
    Some(Word { len: scan.len, case, id, starts, followed })
}

/// The first byte of the characters from U+2000 on: dashes, quotation marks, zero-width characters.
const GENERAL: u8 = 0xe2;

/// Whether the character at a byte is one from U+2010 to U+2027, dashes, quotation marks, bullets
/// and dots, none of which belongs to a word.
fn is_punctuation(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at..), Some([GENERAL, 0x80, 0x90..=0xa7, ..]))
}

/// The sixteen bytes from `at` on as one number, the first in its lowest place, with zeros behind
/// the end of the text.
#[inline]
fn sixteen(bytes: &[u8], at: usize) -> u128 {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk() {
        Some(bytes) => u128::from_le_bytes(*bytes),
        None => rest.iter().rev().fold(0, |all, byte| all << 8 | u128::from(*byte)),
    }
}

/// How many of sixteen bytes, from the lowest place on, are ASCII letters or of characters beyond
/// ASCII, but not of those that begin with [`GENERAL`].
#[inline]
fn run(bytes: u128) -> usize {
    match run_of_eight(bytes as u64) {
        8 => 8 + run_of_eight((bytes >> 64) as u64),
        n => n,
    }
}

/// The same of eight bytes: in each byte of a number the highest bit says what the byte is.
#[inline]
fn run_of_eight(bytes: u64) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGHEST: u64 = EACH * 0x80;
    // What is added to seven bits reaches the highest bit from `a` on, and from behind `z` on.
    let small = (bytes | (EACH * 0x20)) & !HIGHEST;
    let from_a = small + EACH * (0x80 - b'a' as u64);
    let behind_z = small + EACH * (0x7f - b'z' as u64);
    let letter = from_a & !behind_z & !bytes;
    // All bits of a byte that is `GENERAL` are gone.
    let other = bytes ^ (EACH * GENERAL as u64);
    let other = ((other & !HIGHEST) + !HIGHEST) | other;
    let none = !(letter | (bytes & other)) & HIGHEST;
    none.trailing_zeros() as usize / 8
}

/// A run of letters and what was seen on the way through it.
#[derive(Default)]
pub(crate) struct Scan {
    pub(crate) len: usize,
    letters: usize,
    capitals: usize,
    starts_with_capital: bool,
    /// Whether its key may differ from the lower case of what is written.
    odd: bool,
}

impl Scan {
    pub(crate) fn case(&self) -> Case {
        match (self.starts_with_capital, self.capitals) {
            (_, 0) => Case::Lower,
            (_, n) if n == self.letters => Case::Upper,
            (true, 1) => Case::Capital,
            _ => Case::Mixed,
        }
    }
}

/// The word that a text begins with, letter by letter; of no length where none does.
pub(crate) fn scan_word(text: &str) -> Scan {
    let mut scan = Scan::default();
    for letter in text.chars() {
        let upper = match letter {
            'a'..='z' => false,
            'A'..='Z' => true,
            '\0'..='\u{7f}' => break,
            'Ð' | 'ð' => {
                scan.odd = true;
                letter == 'Ð'
            }
            // Combining marks and zero-width characters belong to the letter before.
            '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{ad}'
                if scan.len > 0 =>
            {
                scan.odd = true;
                scan.len += letter.len_utf8();
                continue;
            }
            // The letters of Vietnamese, so that the tables of Unicode are seldom asked.
            '\u{1ea0}'..='\u{1ef9}' => u32::from(letter) % 2 == 0,
            'à'..='ö' | 'ø'..='ý' | 'đ' | 'ă' | 'ơ' | 'ư' | 'ĩ' | 'ũ' => false,
            // Dashes, quotation marks, bullets, dots.
            '\u{2010}'..='\u{2027}' => break,
            letter if letter.is_lowercase() => false,
            letter if letter.is_uppercase() => true,
            letter if letter.is_alphabetic() => false,
            _ => break,
        };
        scan.starts_with_capital |= upper && scan.letters == 0;
        scan.letters += 1;
        scan.capitals += usize::from(upper);
        scan.len += letter.len_utf8();
    }
    scan.odd |= scan.case() == Case::Mixed;
    scan
}

#[cfg(test)]
mod tests {
    use super::{run, sixteen};

    #[test]
    fn runs_of_letters() {
        for (text, len) in [
            ("", 0),
            (" a", 0),
            ("a", 1),
            ("Zz@", 2),
            ("az[", 2),
            ("AZ`", 2),
            ("a{", 1),
            ("nghiêng ngả", 8),
            ("nghiêng”", 8),
            ("nghiễngnghiễng.", 16),
            ("ước,”", 6),
            ("“", 0),
        ] {
            assert_eq!(run(sixteen(text.as_bytes(), 0)), len, "{text}");
        }
    }
}
