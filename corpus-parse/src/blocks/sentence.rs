//! Just enough about sentences to cut a caption from a text; the real thing is `corpus-text`.

use super::marks::{self, Kind, is_combining};

/// Where sentences begin inside `text`, its own start aside.
pub(super) fn starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        // Few bytes are looked at twice: the last is the first of the ellipsis, and of dashes.
        if !matches!(byte, b'.' | b'!' | b'?' | 0xe2) {
            continue;
        }
        let here = text.get(at..).unwrap_or_default();
        let Some(rest) = here.strip_prefix(['.', '!', '?', '…']) else { continue };
        let closed = rest.trim_start_matches(['"', '”', '’', '\'', '»', ')', ']']);
        let next = closed.trim_start();
        let apart = next.len() < closed.len();
        let begins = next.starts_with(|c: char| {
            c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '‘' | '«' | '(' | '[')
        });
        if apart && begins && !(byte == b'.' && abbreviated(text.get(..at).unwrap_or_default())) {
            starts.push(text.len() - next.len());
        }
    }
    starts
}

/// Whether the full stop behind `before` ends a word and no sentence: `TP.`, `ThS.`, `N. V. An`.
fn abbreviated(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let letters = word.chars().filter(|c| !is_combining(*c)).count();
    let initial = letters == 1 && word.starts_with(char::is_uppercase);
    initial || marks::is(Kind::Abbreviation, word)
}

/// Whether the text ends as a sentence does.
pub(super) fn is_ended(text: &str) -> bool {
    // Most texts end in one of the two ways.
    match text.as_bytes().last() {
        Some(b'.') => return true,
        Some(last) if last.is_ascii_alphanumeric() => return false,
        _ => {}
    }
    let words = text.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']']);
    words.ends_with(['.', '!', '?', '…', ':', ';', ',']) || text.ends_with([')', '”', '"', ']'])
}

/// The last character boundary at or before `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The first character boundary at or behind `at`.
pub(super) fn ceil(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_starts() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = starts(text).into_iter().map(|at| &text[at..]).collect();
            assert_eq!(found, expected);
        };
        check("Đại hội XII. Sáng 12/1", &["Sáng 12/1"]);
        check("Ở TP. Huế, ThS. An và N. V. Bình họp.", &[]);
        check("“Có!” Ông nói. 5 người đi.", &["Ông nói. 5 người đi.", "5 người đi."]);
        check("Giá 1.000 đồng.", &[]);
    }
}
