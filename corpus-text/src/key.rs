//! [`key()`]: one spelling for comparing words and names.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::letter;
use crate::normalize::{Normalization, normalize};
use crate::syllable::{Spelling, TonePlacement};

/// The key by which two spellings of a word or name are the same.
///
/// It is composed (NFC) and in lower case, `Ð` is `đ`, tone marks stand in the old places
/// (`khoá` is `khóa`), zero-width characters are gone, and white space of any kind and length is
/// one blank. Borrowed where the text is its own key; the key of a key is itself.
///
/// ```
/// assert_eq!(corpus_text::key("Đảng uỷ  Khối"), "đảng ủy khối");
/// assert_eq!(corpus_text::key("Ðảng ủy\u{A0}khối"), "đảng ủy khối");
/// ```
pub fn key(text: &str) -> Cow<'_, str> {
    let same = key_prefix(text);
    if same == text.len() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    append_key(text, same, &mut out);
    Cow::Owned(out)
}

/// Puts the [`key()`] of `text` into `out` in place of what was there.
///
/// Nothing else is allocated where the text is in normal form and only case may differ.
///
/// ```
/// let mut buffer = String::new();
/// corpus_text::key_into(&mut buffer, "Bộ Chính trị");
/// assert_eq!(buffer, "bộ chính trị");
/// ```
pub fn key_into(out: &mut String, text: &str) {
    out.clear();
    append_key(text, key_prefix(text), out);
}

/// How many bytes in front are their own key for certain, cut where a run of letters begins.
fn key_prefix(text: &str) -> usize {
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let run = letter::letter_run(rest);
        let Some((letters, after)) = rest.split_at_checked(run.max(1)) else { break };
        // What follows may be invisible or a second blank, and belong to what stands here.
        let next_is_plain = match after.as_bytes().first() {
            None => true,
            Some(b' ') => letters != " ",
            Some(&next) if next < 0x80 => is_plain(next),
            Some(_) => run == 0 && after.starts_with(char::is_alphabetic),
        };
        let same = match letters.as_bytes() {
            [byte] if run == 0 => *byte == b' ' || is_plain(*byte),
            _ => is_own_key(letters),
        };
        if !same || !next_is_plain {
            break;
        }
        at += letters.len();
    }
    at
}

/// Printable ASCII but for the blank.
const fn is_plain(byte: u8) -> bool {
    matches!(byte, 0x21..=0x7E)
}

/// Whether a run of letters is lower case, composed, with its tone mark in the old place.
fn is_own_key(run: &str) -> bool {
    let is_lower = |c| match letter::letter(c) {
        Some(letter) => !letter.upper && c != 'ð',
        None => c.is_ascii_lowercase(),
    };
    run.chars().all(is_lower)
        && (run.is_ascii()
            || Spelling::read(run)
                .and_then(|it| Some(it.is_placed(it.shape()?, TonePlacement::Old)))
                .unwrap_or(true))
}

/// Appends the key of `text`, of which the first `same` bytes are known to be their own key.
fn append_key(text: &str, same: usize, out: &mut String) {
    let (done, rest) = text.split_at_checked(same).unwrap_or((text, ""));
    out.push_str(done);
    let normal = normalize(rest, &Normalization::default());
    let mut taken_apart = false;
    for c in normal.text().chars() {
        match c {
            'a'..='z' => out.push(c),
            'ð' | 'Ð' | 'Ɖ' => out.push('đ'),
            _ if !c.is_whitespace() => {
                let lower = c.to_lowercase();
                taken_apart |= lower.len() > 1;
                out.extend(lower);
            }
            _ if !out.ends_with(' ') => out.push(' '),
            _ => {}
        }
    }
    // The Turkish `İ` becomes a letter and a mark, which may have to change places with others.
    if taken_apart {
        *out = ComposingNormalizerBorrowed::new_nfc().normalize(out).into_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys() {
        for (text, expected) in [
            ("", ""),
            ("đảng ủy", "đảng ủy"),
            ("Đảng uỷ", "đảng ủy"),
            ("ÐẢNG UỶ", "đảng ủy"),
            ("khoá", "khóa"),
            ("Hoà Bình", "hòa bình"),
            ("quý", "quý"),
            ("Qúy", "quý"),
            ("Thuy\u{309}", "thủy"),
            ("to\u{200B}án", "toán"),
            ("a\u{200B}\u{301}", "á"),
            ("Hà\u{A0} \t Nội", "hà nội"),
            ("25-NQ/TW", "25-nq/tw"),
            ("H'Mông", "h'mông"),
            ("COVID-19", "covid-19"),
            ("Đắk Lắk", "đắk lắk"),
            ("Ångström", "ångström"),
            ("ΟΔΟΣ", "οδοσ"),
        ] {
            assert_eq!(key(text), expected, "{text}");
            assert_eq!(key(expected), expected);
            let mut buffer = "trước".to_string();
            key_into(&mut buffer, text);
            assert_eq!(buffer, expected);
        }
    }

    #[test]
    fn a_key_is_borrowed() {
        for text in ["đảng ủy khối", "nghị quyết 25-nq/tw", "a"] {
            assert!(matches!(key(text), Cow::Borrowed(_)), "{text}");
        }
    }
}
