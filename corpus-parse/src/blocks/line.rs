//! The forms of lines: headline, sentence, list item, link, page furniture.

use corpus_model::Span;
use memchr::memchr2;

use super::look::Look;
use super::marks::{self, Kind};
use super::sentence;
use crate::address;

/// The longest title and the longest heading, in bytes; Vietnamese takes about 1.35 a letter.
pub(super) const TITLE: usize = 300;
pub(super) const HEADING: usize = 160;
/// The longest line that may be furniture, label or link.
pub(super) const SHORT: usize = 300;

/// A line that is not blank, without the white space around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// A blank line stands in front of it.
    pub(crate) apart: bool,
}

/// So many lines of a text are looked at one by one; a book has tens of thousands. Those behind them
/// are taken as one, so that what is known of a text does not outgrow it many times.
const MOST_LINES: usize = 1 << 20;

/// The lines of a part of a text that are not blank; LF, CRLF and CR end a line.
pub(crate) fn lines(text: &str, span: Span) -> Vec<Line> {
    lines_up_to(text, span, MOST_LINES)
}

/// The same, the last of so many lines with all that follows.
fn lines_up_to(text: &str, span: Span, most: usize) -> Vec<Line> {
    let bytes = text.as_bytes().get(..span.end()).unwrap_or_default();
    // Most lines are longer: the list grows once or not at all.
    let mut lines = Vec::with_capacity(span.len() / 64 + 4);
    let mut at = span.start();
    let mut apart = false;
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        let end = match lines.len() + 1 < most {
            true => memchr2(b'\n', b'\r', rest).map_or(bytes.len(), |n| at + n),
            false => bytes.len(),
        };
        let line = text.get(at..end).unwrap_or_default();
        let words = if begins_at_once(line) { line } else { line.trim_start_matches(blank) };
        let start = at + line.len() - words.len();
        let printed = words.as_bytes().last().is_some_and(u8::is_ascii_graphic);
        let words = if printed { words } else { words.trim_end_matches(blank) };
        if words.is_empty() {
            // The end of a line that CRLF ends is no blank line.
            let crlf = at > 0 && bytes.get(at - 1) == Some(&b'\r') && bytes.get(at) == Some(&b'\n');
            apart |= !crlf;
        } else {
            lines.push(Line { start, end: start + words.len(), apart });
            apart = false;
        }
        at = end + 1;
    }
    lines
}

/// Whether a line certainly begins with no blank: so do most, with a letter of Latin script.
fn begins_at_once(line: &str) -> bool {
    match line.as_bytes() {
        // Letters with marks, and those of Vietnamese among the additional ones.
        [0xc3..=0xc6, ..] | [0xe1, 0xba | 0xbb, ..] => true,
        [first, ..] => first.is_ascii_graphic(),
        [] => false,
    }
}

/// White space and what is as invisible: byte-order marks, zero-width blanks, NUL.
fn blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0')
}

/// Whether there is a letter or a digit, cheap where there is.
pub(crate) fn has_letters(words: &str) -> bool {
    words.bytes().any(|byte| byte.is_ascii_alphanumeric())
        || words.chars().any(char::is_alphanumeric)
}

/// Whether a line has sentences: it ends like one, or is too long to be anything else.
pub(super) fn is_text(words: &str) -> bool {
    words.len() > TITLE
        // So most lines end.
        || words.ends_with('.')
        || (sentence::is_ended(words) && !words.is_empty() && !ends_like_title(words))
}

/// Whether a line is a sentence and cannot be anything else: long, ended by a full stop, with none of
/// the signs that something else in a page has.
pub(super) fn is_prose(words: &str, look: Look) -> bool {
    if !(look.plain && !look.numbered && words.len() > 100 && words.ends_with('.')) {
        return false;
    }
    let letter = matches!(
        words.as_bytes(),
        [b'A'..=b'G' | b'J'..=b'U' | b'Y' | b'Z', ..]
            | [0xc3, 0x80..=0x96 | 0x98..=0xb6 | 0xb8.., ..]
            | [0xc4 | 0xc6, ..]
            | [0xe1, 0xba | 0xbb, ..]
    );
    // What begins with another sign may be a link or an item.
    letter || (item_mark(words).is_none() && !is_link(words, true) && has_letters(words))
}

/// Titles end in question marks, in quotes and in parentheses as well as sentences do.
fn ends_like_title(words: &str) -> bool {
    let closed = words.ends_with(['"', '”', '’', ')', ']', '?', '!', '»']);
    let inner = words.trim_end_matches(['"', '”', '’', ')', ']', '»']);
    closed && words.len() <= HEADING && !inner.ends_with(['.', '…', ';', ',', ':'])
}

/// Whether a line has the form of a headline: letters, a capital in front, no end of a sentence.
pub(super) fn is_headline(words: &str, longest: usize) -> bool {
    if words.len() > longest {
        return false;
    }
    let first = words.trim_start_matches([' ', '"', '“', '‘', '\'', '«', '(', '[']);
    let capital = first.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let closed = words.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', ' ']);
    let ended = closed.ends_with(['.', ',', ';', ':', '…', '/']);
    // Dots that leave something unsaid are allowed a short headline, one full stop is not.
    let short = words.len() <= HEADING;
    let unsaid = closed.ends_with("...") || closed.ends_with('…');
    let called = closed.ends_with(['?', '!']);
    let one_sentence = || match sentence::starts(words).len() {
        0 => true,
        more => more == 1 && short,
    };
    capital
        && words.contains(' ')
        && words.chars().filter(|c| c.is_alphabetic()).nth(3).is_some()
        && (!ended || (unsaid && short))
        && (!called || short)
        && item_mark(words).is_none()
        && one_sentence()
}

/// Whether a line, [plain](Look::plain) or not, leads to another document.
pub(super) fn is_link(words: &str, plain: bool) -> bool {
    // A bracket, an arrow, an address, or the name of a field.
    let begins = matches!(words.as_bytes(), [b'[' | b'h' | b'H' | b'w' | b'W' | 0xc2 | 0xe2, ..]);
    if plain && !begins {
        return false;
    }
    let bracketed = words.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    if let Some(inside) = bracketed {
        return inside.len() >= 12 && !inside.contains(['[', ']']);
    }
    if words.starts_with(['>', '»', '➤', '►', '▶', '☛', '→']) {
        return true;
    }
    if address::is_alone(words.as_bytes()) {
        return true;
    }
    if !has_field(words, plain) {
        return false;
    }
    let Some(end) = marks::at_start(Kind::Link, words) else { return false };
    let rest = words.get(end..).unwrap_or_default().trim_start();
    rest.len() > 1 && rest.starts_with([':', '>'])
}

/// Whether a colon or an arrow stands near the front, as behind the name of a field.
fn has_field(words: &str, plain: bool) -> bool {
    let near = words.as_bytes();
    !plain && memchr2(b':', b'>', near.get(..80).unwrap_or(near)).is_some()
}

/// Whether a line, [plain](Look::plain) or not, is page furniture: known as such, or a known field of the page with its value.
pub(super) fn is_furniture(words: &str, plain: bool) -> bool {
    if words.len() > SHORT {
        return false;
    }
    // The longest of these marks is far shorter, and none is a sentence.
    if words.len() <= 100 && !words.ends_with('.') {
        let mark = |c: char| !c.is_alphanumeric() && !marks::is_combining(c) && c != '?';
        let bare = words.trim_matches(mark);
        let counted = |c: char| c.is_ascii_digit() || c == ' ' || c == '(';
        if is_label(words)
            || marks::is(Kind::Furniture, bare)
            || marks::is(Kind::Furniture, bare.trim_end_matches(counted))
        {
            return true;
        }
    }
    if !has_field(words, plain) {
        return false;
    }
    let Some(end) = marks::at_start(Kind::Field, words) else { return false };
    words.get(end..).is_some_and(|rest| rest.trim_start().starts_with(':'))
}

/// Whether a line stands above links to other articles.
pub(super) fn is_label(words: &str) -> bool {
    if words.len() > 100 {
        return false;
    }
    let bare = words.trim_matches(|c: char| !c.is_alphanumeric() && !marks::is_combining(c));
    marks::is(Kind::Label, bare)
}

/// The length of the number or bullet that a list item begins with: `1-`, `2.`, `a)`, `(3)`, `•`.
pub(super) fn item_mark(words: &str) -> Option<usize> {
    // No counter begins with any other letter, and no bullet is one.
    match words.as_bytes() {
        [b'I' | b'V' | b'X' | b'i' | b'v' | b'x', ..] | [0xc2 | 0xe2, ..] => {}
        [b'a'..=b'z', b'.' | b')' | b'-' | b'/', ..] => {}
        [b'A'..=b'Z' | b'a'..=b'z' | 0x80.., ..] => return None,
        _ => {}
    }
    let first = words.chars().next()?;
    let after = |n: usize| words.get(n..).filter(|rest| !rest.trim().is_empty());
    match first {
        '-' | '–' | '—' | '+' | '*' | '•' | '●' | '▪' | '■' | '◦' | '·' | '○' | '✓' | '✔' =>
        {
            let rest = after(first.len_utf8())?;
            // `-5 độ` is a number and `--` a line.
            let apart = rest.starts_with(char::is_whitespace)
                || (rest.starts_with(char::is_alphabetic) && first != '*');
            apart.then_some(first.len_utf8())
        }
        '(' => {
            let close = words.get(..5.min(words.len()))?.find(')')?;
            let inside = words.get(1..close)?;
            after(close + 1)?;
            is_counter(inside).then_some(close + 1)
        }
        _ => {
            let n = words.bytes().take(5).take_while(u8::is_ascii_alphanumeric).count();
            let counter = words.get(..n)?;
            let mark = *words.as_bytes().get(n)?;
            if !matches!(mark, b'.' | b')' | b'-' | b'/') {
                return None;
            }
            let rest = after(n + 1)?;
            let numeric = counter.bytes().all(|b| b.is_ascii_digit());
            let fits = match mark {
                b'.' | b')' => {
                    rest.starts_with(|c: char| c.is_whitespace() || (numeric && c.is_alphabetic()))
                }
                // `1- Tiếp tục` and `1-Tiếp tục`, not `2-3 ngày` and not `U-23`.
                b'-' | b'/' if numeric => {
                    rest.starts_with(char::is_whitespace) || rest.starts_with(char::is_uppercase)
                }
                _ => false,
            };
            (fits && is_counter(counter)).then_some(n + 1)
        }
    }
}

/// A number of at most two digits, a small letter, or a small Roman number.
fn is_counter(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = bytes.iter().all(u8::is_ascii_digit) && (1..=2).contains(&bytes.len());
    let letter = matches!(bytes, [b'a'..=b'z']);
    let roman = (1..=4).contains(&bytes.len())
        && (bytes.iter().all(|b| matches!(b, b'i' | b'v' | b'x'))
            || bytes.iter().all(|b| matches!(b, b'I' | b'V' | b'X')));
    digits || letter || roman
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_many_lines_is_all_that_follows() {
        let text = " một\n\nhai \nba\r\n\n bốn\n\n";
        let found = lines_up_to(text, Span::new(0, text.len()), 3);
        let found: Vec<_> = found.iter().map(|it| (&text[it.start..it.end], it.apart)).collect();
        assert_eq!(found, [("một", false), ("hai", true), ("ba\r\n\n bốn", false)]);
    }

    #[test]
    fn marks_of_items() {
        for words in [
            "1- Tiếp tục",
            "1-Tiếp tục",
            "2. Hai",
            "a) Một",
            "(3) Ba",
            "• Bốn",
            "- Năm",
            "II. Sáu",
            "–Bảy",
        ] {
            assert!(item_mark(words).is_some(), "{words}");
        }
        for words in [
            "1.000 người",
            "2-3 ngày",
            "U-23 Việt Nam",
            "17,6 tỷ",
            "-5 độ",
            "2014. Năm",
            "-",
            "",
            "A.",
            "(2014) năm",
        ] {
            assert!(item_mark(words).is_none(), "{words}");
        }
    }

    #[test]
    fn blanks_around_lines_are_no_part_of_them() {
        for (blank, word) in ["\u{a0}", "\u{feff}", " \t", "\u{200b}", "\u{3000}", "\0", "\u{1680}"]
            .into_iter()
            .flat_map(|blank| ["ẻn", "a.", "Đê…", "ê"].map(|word| (blank, word)))
        {
            let text = format!("{blank}{word}{blank}\n{word}");
            let found: Vec<&str> = lines(&text, Span::new(0, text.len()))
                .iter()
                .map(|it| &text[it.start..it.end])
                .collect();
            assert_eq!(found, [word, word], "{text:?}");
        }
    }

    #[test]
    fn carriage_returns_end_lines() {
        let check = |text: &str| {
            let found = lines(text, Span::new(0, text.len()));
            found.iter().map(|it| (text[it.start..it.end].to_owned(), it.apart)).collect::<Vec<_>>()
        };
        let expected =
            vec![("a".to_owned(), false), ("b".to_owned(), false), ("c".to_owned(), true)];
        assert_eq!(check("a\nb\n\nc"), expected);
        assert_eq!(check("a\r\nb\r\n\r\nc\r\n"), expected);
        assert_eq!(check("a\rb\r\rc"), expected);
    }
}
