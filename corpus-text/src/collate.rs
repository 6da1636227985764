//! [`sort_key`]: Vietnamese dictionary order as an order of bytes.

use icu_normalizer::DecomposingNormalizerBorrowed;

use crate::letter;
use crate::normalize::{Normalization, normalize};
use crate::syllable::TonePlacement;

/// A key whose bytes compare as a Vietnamese dictionary orders the texts.
///
/// Texts are compared syllable by syllable, as printed dictionaries do: all that begins with `la`
/// stands before `là`, so that `la hét` comes before `lá cây`. Of two syllables the letters decide
/// first (`a ă â b c d đ e ê … o ô ơ … u ư …`, with `f j w z` where English has them), then the
/// tone: ngang, huyền, hỏi, ngã, sắc, nặng, wherever its mark stands. Case counts only between
/// texts that are the same otherwise, small letters first. Blanks come before signs, signs before
/// digits, digits before letters, other scripts last. Digits are compared one by one.
///
/// ```
/// use corpus_text::sort_key;
///
/// let mut words = ["đá", "dạ", "da", "dã", "Da", "dế", "dả", "dá", "dà", "9", "dân ca", "dân"];
/// words.sort_by_key(|word| sort_key(word));
/// assert_eq!(words, ["9", "da", "Da", "dà", "dả", "dã", "dá", "dạ", "dân", "dân ca", "dế", "đá"]);
/// ```
pub fn sort_key(text: &str) -> Vec<u8> {
    let how = Normalization::default().with_tone(TonePlacement::Keep);
    let normal = normalize(text, &how);
    let mut key = Key::default();
    for c in normal.text().chars() {
        key.push(c);
    }
    key.end_syllable();
    key.bytes.push(END);
    key.bytes.append(&mut key.cases);
    key.bytes
}

/// Lowest of all: what is over comes before what goes on.
const END: u8 = 0;
/// Ends the letters of a syllable, and its tones.
const STOP: u8 = 1;
const BLANK: u8 = 2;
const SIGN: u8 = 3;
const DIGIT: u8 = 0x10;
const LETTER: u8 = 0x20;
const OTHER: u8 = 0xF0;

/// The alphabet with the letters of other languages put in.
const ORDER: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

/// What a letter with a mark that Vietnamese does not have counts as, behind all tones.
const FOREIGN_MARK: u8 = 9;

#[derive(Default)]
struct Key {
    bytes: Vec<u8>,
    /// Of the syllable at hand.
    tones: Vec<u8>,
    cases: Vec<u8>,
    inside: bool,
}

impl Key {
    fn push(&mut self, c: char) {
        if let Some(found) = letter::letter(c) {
            let lower = letter::character(found.code, corpus_model::Tone::Ngang, false);
            self.push_letter(lower, found.tone, found.upper);
        } else if c.is_ascii_alphabetic() {
            self.push_letter(c.to_ascii_lowercase(), 0, c.is_ascii_uppercase());
        } else if letter::is_mark(c) && self.inside {
            self.tones.push(FOREIGN_MARK);
        } else {
            self.push_other(c);
        }
    }

    fn push_letter(&mut self, lower: char, tone: u8, upper: bool) {
        let place = ORDER.chars().position(|it| it == lower).unwrap_or_default();
        self.bytes.push(LETTER + u8::try_from(place).unwrap_or_default());
        if tone != 0 {
            self.tones.push(STOP + tone);
        }
        self.cases.push(STOP + u8::from(upper));
        self.inside = true;
    }

    fn push_other(&mut self, c: char) {
        let mut utf8 = [0; 4];
        if c.is_alphabetic() {
            // `é` is a letter of the alphabet; `ü` and `ñ` are theirs with another mark.
            let mut taken_apart = String::new();
            let nfd = DecomposingNormalizerBorrowed::new_nfd();
            let _ = nfd.normalize_to(c.encode_utf8(&mut utf8), &mut taken_apart);
            let mut parts = taken_apart.chars();
            if let Some(base) = parts.next().filter(char::is_ascii_alphabetic) {
                self.push_letter(base.to_ascii_lowercase(), 0, base.is_ascii_uppercase());
                self.tones.extend(parts.map(|_| FOREIGN_MARK));
                return;
            }
            self.end_syllable();
            self.bytes.push(OTHER);
        } else {
            self.end_syllable();
            match c.to_digit(10) {
                Some(digit) => {
                    self.bytes.push(DIGIT + u8::try_from(digit).unwrap_or_default());
                    return;
                }
                None if c.is_whitespace() => {
                    self.bytes.push(BLANK);
                    return;
                }
                None => self.bytes.push(SIGN),
            }
        }
        self.bytes.extend_from_slice(c.encode_utf8(&mut utf8).as_bytes());
    }

    fn end_syllable(&mut self) {
        if self.inside {
            self.bytes.push(STOP);
            self.bytes.append(&mut self.tones);
            self.bytes.push(STOP);
            self.inside = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each list is in order, without two that are the same.
    const ORDERED: [&[&str]; 7] = [
        &["", " ", "!", "-a", "0", "10", "9", "a", "z", "я", "日"],
        &[
            "a", "à", "ả", "ã", "á", "ạ", "ă", "ằ", "ẳ", "ẵ", "ắ", "ặ", "â", "ầ", "ẩ", "ẫ", "ấ",
            "ậ", "b",
        ],
        &["d", "đ", "e", "ê", "f", "g", "i", "j", "k", "o", "ô", "ơ", "p", "u", "ư", "v", "w", "x"],
        &["la", "la hét", "là", "lả", "lá", "lá cây", "lạ", "lan", "làn", "lăn"],
        &["hòa", "Hòa", "HÒA", "hòa bình", "hỏa", "hoan"],
        &["an", "An", "an ninh", "An Ninh", "án"],
        &["n", "ñ", "na", "ze", "zẹ"],
    ];

    #[test]
    fn lists_are_in_order() {
        for list in ORDERED {
            for pair in list.windows(2) {
                assert!(sort_key(pair[0]) < sort_key(pair[1]), "{pair:?}");
            }
        }
    }

    #[test]
    fn spellings_of_one_word_are_equal() {
        for (a, b) in [("hòa", "hoà"), ("tiếng", "tie\u{302}\u{301}ng"), ("Đà", "Ða\u{300}")]
        {
            assert_eq!(sort_key(a), sort_key(b), "{a} {b}");
        }
    }
}
