//! Whether marks that may end a sentence do so, by what stands behind them.

use super::full_stop::{full_stop_ends, last_word};
use crate::letter;
use crate::syllable::parse_syllable;

pub(super) enum Verdict {
    /// The sentence ends in front of this byte.
    End(usize),
    /// It goes on; the scanner continues here.
    Go(usize),
}

/// Whether the marks at `at` end the sentence that began at `start`.
///
/// `quoted` says whether a straight quote is open.
pub(super) fn judge(text: &str, start: usize, at: usize, quoted: bool) -> Verdict {
    let rest = text.get(at..).unwrap_or_default();
    let n_marks = marks(rest);
    let marks_text = rest.get(..n_marks).unwrap_or_default();
    let go = Verdict::Go(at + n_marks);
    let mut after = rest.get(n_marks..).unwrap_or_default();
    let closers = closing(after, quoted);
    after = after.get(closers..).unwrap_or_default();
    let end = at + n_marks + closers;
    let Some(next) = after.chars().next() else { return Verdict::End(text.len()) };
    if !next.is_whitespace() {
        let missing_blank =
            closers == 0 && starts_like_sentence(after) && ends_like_sentence(text, start, at);
        return if missing_blank { Verdict::End(end) } else { go };
    }
    let mut follows = after.trim_start_matches(is_blank);
    let quote_still_open = quoted && !rest.get(n_marks..n_marks + closers).is_some_and(has_quote);
    let mut first = match follows.chars().next() {
        // Only white space is left, or a line end, which the scanner finds by itself.
        None => return Verdict::End(text.len()),
        Some(c) if c.is_whitespace() => return Verdict::End(end),
        Some(c) => c,
    };
    // A quote that closes although a blank stands in front of it: `Đi thôi ! " - ông nói`.
    let closes = first == '"' && {
        let behind = follows.get(1..).and_then(|it| it.chars().next());
        quote_still_open && !behind.is_some_and(char::is_alphanumeric)
            || behind.is_some_and(|it| it.is_ascii_punctuation() && it != '(')
    };
    if closes || matches!(first, '”' | '’' | ')' | ']' | '»') {
        let close = text.len() - follows.len() + first.len_utf8();
        let beyond = text.get(close..).unwrap_or_default().trim_start_matches(is_blank);
        return match beyond.chars().next() {
            Some(c) if first == '"' && (c.is_uppercase() || c.is_numeric()) && next != c => {
                Verdict::End(close)
            }
            _ => go,
        };
    }
    let attribution = closers > 0 && matches!(first, '-' | '–' | '—');
    if attribution {
        return go;
    }
    // An ellipsis in front of a word opens a sentence as it may close one.
    let opens_with_dots = matches!(first, '.' | '…')
        && follows.trim_start_matches(['.', '…']).starts_with(char::is_alphabetic);
    if opens_with_dots && !follows.starts_with(". ") {
        return Verdict::End(end);
    }
    // What opens or introduces a sentence says nothing; the letter behind it does, unless it is
    // quoted: the first word of a sentence may be a quoted one in lower case.
    let mut opens_quote = false;
    for _ in 0..4 {
        if !is_opening(first) {
            break;
        }
        opens_quote |= matches!(first, '"' | '“' | '‘' | '«');
        follows = follows.get(first.len_utf8()..).unwrap_or_default().trim_start_matches(is_blank);
        first = follows.chars().next().unwrap_or('\n');
    }
    if (first.is_lowercase() && !opens_quote) || is_continuing(first) {
        return go;
    }
    // `lên tới... 98 %`: figures after an ellipsis are what it keeps the reader waiting for.
    let ellipsis = matches!(marks_text, "..." | "…" | "..");
    if ellipsis && closers == 0 && !opens_quote && first.is_numeric() {
        return go;
    }
    if marks_text == "." && !full_stop_ends(text, start, at, follows) {
        return go;
    }
    if marks_text == "!" && closers == 0 && is_last_call(follows) {
        return go;
    }
    Verdict::End(end)
}

/// Whether a text begins with one word, an exclamation mark and a closing quote, as the end of
/// `gọi “Mẹ! Mẹ!”` does.
fn is_last_call(text: &str) -> bool {
    let run = letter::letter_run(text);
    run > 0
        && text.get(run..).and_then(|rest| rest.strip_prefix('!')).is_some_and(|rest| {
            rest.starts_with(['"', '”', '’'])
                && !rest.get(1..).is_some_and(|it| it.starts_with(char::is_alphanumeric))
        })
}

/// How many bytes of end marks stand in front, the agencies' `./.` included.
pub(crate) fn marks(text: &str) -> usize {
    if text.starts_with("./.") {
        return 3;
    }
    let rest = text.trim_start_matches(['.', '!', '?', '…']);
    let n = text.len() - rest.len();
    if rest.starts_with("/.") && text.get(..n).is_some_and(|it| it.ends_with('.')) {
        n + 2
    } else {
        n
    }
}

/// How many bytes of closing quotes and brackets follow an end mark, footnote marks included.
fn closing(text: &str, quoted: bool) -> usize {
    let mut quoted = quoted;
    let mut n = 0;
    while let Some(c) = text.get(n..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(n + c.len_utf8()..).unwrap_or_default();
        n += match c {
            '”' | '’' | ')' | ']' | '}' | '»' | '\u{200B}' | '\u{FEFF}' => c.len_utf8(),
            '"' | '\'' => {
                let opens = !quoted && rest.starts_with(char::is_alphanumeric);
                if opens {
                    break;
                }
                quoted &= c != '"';
                1
            }
            // A footnote mark: `năm 1945.[12]`.
            '[' => {
                let digits = rest.bytes().take(4).take_while(u8::is_ascii_digit).count();
                if digits == 0 || rest.as_bytes().get(digits) != Some(&b']') {
                    break;
                }
                digits + 2
            }
            _ => break,
        };
    }
    n
}

fn has_quote(text: &str) -> bool {
    text.contains('"')
}

/// White space inside a line.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        && !matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What may stand in front of the first word of a sentence.
fn is_opening(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '‘'
            | '('
            | '['
            | '{'
            | '«'
            | '-'
            | '–'
            | '—'
            | '•'
            | '*'
            | '\u{200B}'
            | '\u{FEFF}'
    )
}

/// What stands in front of the rest of a sentence.
fn is_continuing(c: char) -> bool {
    matches!(
        c,
        ',' | ';'
            | ':'
            | '.'
            | '!'
            | '?'
            | '…'
            | ')'
            | ']'
            | '}'
            | '”'
            | '’'
            | '»'
            | '%'
            | '/'
            | '='
    )
}

/// Whether a text begins with a capital syllable, as a sentence does whose blank was forgotten.
pub(crate) fn starts_like_sentence(text: &str) -> bool {
    let run = text.get(..letter::letter_run(text)).unwrap_or_default();
    let mut chars = run.chars();
    chars.next().is_some_and(char::is_uppercase)
        && chars.next().is_some_and(char::is_lowercase)
        && chars.all(char::is_lowercase)
        && parse_syllable(run).is_some()
}

/// Whether what stands before `at` is a syllable in lower case of two letters or more.
fn ends_like_sentence(text: &str, start: usize, at: usize) -> bool {
    let word = last_word(text.get(start..at).unwrap_or_default());
    word.chars().nth(1).is_some()
        && word.chars().all(char::is_lowercase)
        && parse_syllable(word).is_some()
}
