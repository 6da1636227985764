//! [`key()`]: one spelling for comparing words and names.

use std::borrow::Cow;

use corpus_model::Tone;
use icu_normalizer::ComposingNormalizerBorrowed;

use crate::letter::{self, Letter};
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
    let (mut vowels, mut toned) = (0, false);
    let mut is_lower = |c| match letter::letter(c) {
        Some(letter) => {
            vowels += usize::from(letter::is_vowel(letter.code));
            toned |= letter.tone != 0;
            !letter.upper && c != 'ð'
        }
        None => c.is_ascii_lowercase(),
    };
    run.chars().all(&mut is_lower)
        && (vowels <= 1
            || !toned
            || Spelling::read(run)
                .and_then(|it| Some(it.is_placed(it.shape()?, TonePlacement::Old)))
                .unwrap_or(true))
}

/// Appends the key of `text`, of which the first `same` bytes are known to be their own key.
fn append_key(text: &str, same: usize, out: &mut String) {
    let (done, rest) = text.split_at_checked(same).unwrap_or((text, ""));
    out.push_str(done);
    let spelled = append_spelled(rest, out);
    if let Some(rest) = rest.get(spelled..).filter(|rest| !rest.is_empty()) {
        append_any(rest, out);
    }
}

/// Appends the key of a text as long as it is made of printable ASCII and of what is spelled with the
/// letters of Vietnamese, taken apart or not: by far most of what is asked for. The bytes it read.
fn append_spelled(text: &str, out: &mut String) -> usize {
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let run = letter::letter_run(rest);
        let Some((letters, after)) = rest.split_at_checked(run.max(1)) else { break };
        // What is not ASCII may belong to what stands in front of it.
        let next_is_other = after.as_bytes().first().is_some_and(|next| !next.is_ascii());
        match letters.as_bytes() {
            _ if next_is_other && (run > 0 || !after.starts_with(char::is_alphabetic)) => break,
            [b' '] if out.ends_with(' ') => {}
            [byte] if run == 0 && *byte != b' ' && !is_plain(*byte) => break,
            _ if append_simple(letters, out) => {}
            _ => match Spelling::read(letters).filter(Spelling::composes) {
                Some(spelling) => {
                    let shape = spelling.shape();
                    let seat = shape.map(|shape| spelling.tone_seat(shape, TonePlacement::Old));
                    spelling.write(seat.unwrap_or(spelling.tone_at()), true, out);
                }
                None => break,
            },
        }
        at += letters.len();
    }
    at
}

/// Appends letters in lower case, if they are composed and their tone can stand on one only; else
/// nothing.
fn append_simple(letters: &str, out: &mut String) -> bool {
    let before = out.len();
    let (mut known, mut vowels, mut toned) = (true, 0, false);
    for c in letters.chars() {
        match letter::letter(c) {
            Some(letter) => {
                vowels += usize::from(letter::is_vowel(letter.code));
                toned |= letter.tone != 0;
                out.push(if letter.upper || c == 'ð' { lower(letter) } else { c });
            }
            None => {
                known &= c.is_ascii();
                out.push(c.to_ascii_lowercase());
            }
        }
    }
    let simple = known && (vowels <= 1 || !toned);
    if !simple {
        out.truncate(before);
    }
    simple
}

/// The small letter of a letter.
fn lower(letter: Letter) -> char {
    let tone = Tone::ALL.get(usize::from(letter.tone)).copied().unwrap_or(Tone::Ngang);
    letter::character(letter.code, tone, false)
}

/// Appends the key of any text.
fn append_any(text: &str, out: &mut String) {
    let normal = normalize(text, &Normalization::default());
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
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_spelled_has_the_key_that_any_text_has(
            pieces in proptest::collection::vec(
                prop_oneof![
                    "[a-zA-Z]{1,4}",
                    "[àÁảÃạăẮÂấđĐðÐêỆôƠớưỰỹýỴoOaAuUyYqg]{1,4}",
                    "[\u{300}\u{301}\u{309}\u{303}\u{323}\u{302}\u{306}\u{31b}\u{327}]{1,2}",
                    "[ \t\u{a0}\u{200b}\u{feff}\u{ad}]{1,2}",
                    "[0-9/.,'=<-]{1,2}",
                    "(oà|OÁ|uỷ|quý|Qúy|hòa|gìn|Ngãi|Đắk|İ|ß|Å|Ω|ﬁ|ü|日)",
                ],
                0..8,
            )
        ) {
            let text = pieces.concat();
            let mut any = String::new();
            append_any(&text, &mut any);
            prop_assert_eq!(key(&text), any);
        }
    }

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
