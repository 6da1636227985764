//! Sentences of running text.
//!
//! A scanner walks the bytes and stops at the few that matter: marks that may end a sentence, line
//! ends and straight quotes. At a mark it looks at what follows (a lower-case letter goes on with
//! the sentence), and at a single full stop also at the word in front (an abbreviation, an
//! initial, the number of a list item). Both looks are bounded, so the whole is linear.
//!
//! The rules that name words are data: `data/abbreviations.tsv` and `data/headings.txt`.

use std::iter::FusedIterator;
use std::sync::LazyLock;

use corpus_model::{Sentence, Span};
use rustc_hash::FxHashMap;

use crate::letter;
use crate::syllable::parse_syllable;

/// The sentences of a text, without the white space around them.
///
/// A line end always ends a sentence, so a paragraph has to be one line. Everything but white
/// space is in a sentence; what has no end mark, like a heading, is one.
///
/// ```
/// let text = "Sáng 29/8, ông A. làm việc tại TP. Hà Nội. Trời mưa… và lạnh! “Đi thôi.” Hết./.";
/// let sentences: Vec<&str> =
///     corpus_text::sentences(text).map(|sentence| &text[sentence.span.range()]).collect();
/// assert_eq!(
///     sentences,
///     [
///         "Sáng 29/8, ông A. làm việc tại TP. Hà Nội.",
///         "Trời mưa… và lạnh!",
///         "“Đi thôi.”",
///         "Hết./.",
///     ]
/// );
/// ```
pub fn sentences(text: &str) -> Sentences<'_> {
    Sentences { text, at: 0, quoted: false }
}

/// The sentences of a text; see [`sentences`].
#[derive(Clone, Debug)]
pub struct Sentences<'t> {
    text: &'t str,
    at: usize,
    /// Whether a straight quote is open in this line.
    quoted: bool,
}

impl Iterator for Sentences<'_> {
    type Item = Sentence;

    fn next(&mut self) -> Option<Sentence> {
        let rest = self.text.get(self.at..)?;
        let start = self.at + (rest.len() - rest.trim_start().len());
        if start == self.text.len() {
            self.at = start;
            return None;
        }
        let end = sentence_end(self.text, start, &mut self.quoted);
        self.at = end;
        let inside = self.text.get(start..end)?;
        Some(Sentence { span: Span::new(start, start + inside.trim_end().len()) })
    }
}

impl FusedIterator for Sentences<'_> {}

/// What a byte means to the scanner.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Other,
    /// `.`, `!`, `?`
    Mark,
    /// `"`
    Quote,
    /// An ASCII line end, or the page and line breaks of old printers.
    LineEnd,
    /// The first byte of `…` and of U+2028, U+2029, among others.
    General,
    /// The first byte of U+0085, among others.
    Latin,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    classes[b'.' as usize] = Class::Mark;
    classes[b'!' as usize] = Class::Mark;
    classes[b'?' as usize] = Class::Mark;
    classes[b'"' as usize] = Class::Quote;
    classes[b'\n' as usize] = Class::LineEnd;
    classes[b'\r' as usize] = Class::LineEnd;
    classes[0x0B] = Class::LineEnd;
    classes[0x0C] = Class::LineEnd;
    classes[0xE2] = Class::General;
    classes[0xC2] = Class::Latin;
    classes
};

/// Where the sentence that begins at `start` ends; white space may stand before the end.
///
/// `quoted` is whether a straight quote is open, before and after.
fn sentence_end(text: &str, start: usize, quoted: &mut bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        let judged = match CLASSES[usize::from(byte)] {
            Class::Other => {
                at += 1;
                continue;
            }
            Class::LineEnd => {
                *quoted = false;
                return at;
            }
            Class::Quote => {
                *quoted = quote_opens(text, at, *quoted);
                Verdict::Go(at + 1)
            }
            Class::Latin if bytes.get(at + 1) == Some(&0x85) => return at,
            Class::Latin => Verdict::Go(at + 1),
            Class::General => match (bytes.get(at + 1), bytes.get(at + 2)) {
                (Some(0x80), Some(0xA8 | 0xA9)) => return at,
                (Some(0x80), Some(0xA6)) => judge(text, start, at, *quoted),
                _ => Verdict::Go(at + 3),
            },
            Class::Mark => judge(text, start, at, *quoted),
        };
        match judged {
            Verdict::End(end) => {
                for quote in memchr::memchr_iter(b'"', bytes.get(at..end).unwrap_or_default()) {
                    *quoted = quote_opens(text, at + quote, *quoted);
                }
                return end;
            }
            Verdict::Go(next) => at = next,
        }
    }
    text.len()
}

/// Whether a straight quote is open behind the one at `at`: by the blanks beside it, and where
/// they do not tell, by whether one was open before.
fn quote_opens(text: &str, at: usize, quoted: bool) -> bool {
    let blank = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
    let bytes = text.as_bytes();
    let before = at.checked_sub(1).and_then(|before| bytes.get(before));
    let after = bytes.get(at + 1);
    match (blank(before), blank(after)) {
        (true, false) if after.is_some_and(|it| it.is_ascii_alphanumeric() || *it >= 0x80) => true,
        (false, true) => false,
        _ => !quoted,
    }
}

enum Verdict {
    /// The sentence ends in front of this byte.
    End(usize),
    /// It goes on; the scanner continues here.
    Go(usize),
}

/// Whether the marks at `at` end the sentence that began at `start`.
///
/// `quoted` says whether a straight quote is open.
fn judge(text: &str, start: usize, at: usize, quoted: bool) -> Verdict {
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

/// How many bytes in front of a full stop are looked at.
const LOOK_BACK: usize = 40;

/// The end of a text back to a blank, [`LOOK_BACK`] bytes at most.
fn last_word(text: &str) -> &str {
    let from = text.len().saturating_sub(LOOK_BACK);
    let from = (from..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    let window = text.get(from..).unwrap_or_default();
    window.rsplit(char::is_whitespace).next().unwrap_or_default()
}

/// Whether a single full stop at `at` ends a sentence, `follows` being what comes next.
fn full_stop_ends(text: &str, start: usize, at: usize, follows: &str) -> bool {
    let before = text.get(start..at).unwrap_or_default();
    let apart = before.ends_with(is_blank);
    let before = before.trim_end_matches(is_blank);
    let word = last_word(before).trim_start_matches(|c: char| !c.is_alphanumeric());
    let in_front = before.get(..before.len() - word.len()).unwrap_or_default();
    let first = follows.chars().next().unwrap_or(' ');
    let next_is_digit = first.is_ascii_digit();
    if word.ends_with(|c: char| c.is_ascii_digit()) {
        // Digits set apart: `25 . 000`.
        if apart && next_is_digit {
            return false;
        }
        return !is_number_of_part(word, in_front);
    }
    // The last piece counts: `GS.TS`, `Th.S`.
    let piece = word.rsplit(['.', '/']).next().unwrap_or(word);
    let follower = abbreviation(word).or_else(|| abbreviation(piece));
    match follower {
        Some(Follower::Any) => return false,
        Some(Follower::Name) => return !(first.is_uppercase() || next_is_digit || first == 'L'),
        // `TP. Cần Thơ` and `TP. Vinh`, but `các quận của TP. Nhiều nơi`.
        Some(Follower::Place) => {
            let next = follows.get(..letter::letter_run(follows)).unwrap_or_default();
            return ends_after_initial(follows) && !SHORT_PLACES.contains(&next);
        }
        Some(Follower::Number) if next_is_digit => return false,
        _ => {}
    }
    let at_start = in_front.len() <= LOOK_BACK && !in_front.contains(char::is_alphanumeric);
    // `I. Mở đầu`, `a. Phạm vi`, `II. Nội dung`.
    if at_start && (piece.chars().nth(1).is_none() || is_roman(piece)) && word == piece {
        return false;
    }
    if is_initial(piece) {
        // A unit behind a number: `khoảng 20 m.`
        if piece.starts_with(char::is_lowercase)
            && in_front.trim_end_matches(is_blank).ends_with(|c: char| c.is_ascii_digit())
            && !next_is_digit
        {
            return true;
        }
        return ends_after_initial(follows);
    }
    true
}

/// A letter that stands for a name; the lower-case vowels are words.
pub(crate) fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => {
            c.is_uppercase()
                || (c.is_ascii_lowercase() && !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'))
        }
        // `Th.`, `Ng.`, `Ph.`: first names cut to their consonants.
        (Some(c), Some('h' | 'g' | 'r')) => c.is_uppercase() && chars.next().is_none(),
        _ => false,
    }
}

/// After an initial a sentence ends only if the next word can begin one, `Theo lời`, and does not
/// look like the rest of the name, `Rowling` or `Củ Chi`.
fn ends_after_initial(follows: &str) -> bool {
    if !starts_like_sentence(follows) {
        return false;
    }
    let rest = follows.get(letter::letter_run(follows)..).unwrap_or_default();
    rest.trim_start_matches(is_blank).starts_with(char::is_lowercase) && rest.starts_with(is_blank)
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= 5 && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
}

/// Whether a number in front of a full stop counts an item or names a part: `1.`, `2.3.`,
/// `Điều 5.` where the sentence begins with it.
fn is_number_of_part(number: &str, in_front: &str) -> bool {
    let is_number = number.bytes().all(|b| b.is_ascii_digit() || b == b'.') && number.len() <= 6;
    if !is_number || in_front.len() > LOOK_BACK {
        return false;
    }
    let in_front = in_front.trim_matches(|c: char| !c.is_alphanumeric());
    in_front.is_empty() || (in_front.len() <= 16 && HEADINGS.contains(&&*crate::key(in_front)))
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Follower {
    Any,
    Name,
    Place,
    Number,
}

/// Whether a word is an abbreviation, in the case of the list, in capitals or in small letters.
pub(crate) fn abbreviation(word: &str) -> Option<Follower> {
    if word.len() > 12 {
        return None;
    }
    let table = &*ABBREVIATIONS;
    match table.get(word) {
        Some(&found) => Some(found),
        // `No.` and `Art.` are abbreviations, the words `no` and `art` are not.
        None => match table.get(&*crate::key(word)) {
            Some(Follower::Number) | None => None,
            Some(&found) => Some(found),
        },
    }
}

static ABBREVIATIONS: LazyLock<FxHashMap<String, Follower>> = LazyLock::new(|| {
    let mut table = FxHashMap::default();
    for line in include_str!("../data/abbreviations.tsv").lines() {
        let mut cells = line.split('\t');
        let (Some(word), Some(follower)) = (cells.next(), cells.next()) else { continue };
        let follower = match follower {
            "name" => Follower::Name,
            "place" => Follower::Place,
            "number" => Follower::Number,
            _ => Follower::Any,
        };
        if !word.starts_with('#') {
            table.insert(crate::key(word).into_owned(), follower);
            table.insert(word.to_string(), follower);
        }
    }
    table
});

static HEADINGS: LazyLock<Vec<&str>> = LazyLock::new(|| list(include_str!("../data/headings.txt")));
static SHORT_PLACES: LazyLock<Vec<&str>> =
    LazyLock::new(|| list(include_str!("../data/short-places.txt")));

fn list(text: &'static str) -> Vec<&'static str> {
    text.lines().filter(|line| !line.starts_with('#')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences are separated by bars in the case; the bars are taken out and have to be found
    /// again.
    fn check(case: &str) {
        let text = case.replace(" | ", " ").replace('|', "");
        let found: Vec<&str> = sentences(&text).map(|it| &text[it.span.range()]).collect();
        let expected: Vec<&str> = case.split('|').map(str::trim).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn cases() {
        for case in include_str!("sentence/cases.txt").lines() {
            if !case.is_empty() && !case.starts_with('#') {
                check(case);
            }
        }
    }

    #[test]
    fn line_ends_end_sentences() {
        let text = "  Tin vắn\n\n\u{FEFF}Trời mưa\r\nvà lạnh.\u{2028}Hết\u{85} ";
        let found: Vec<&str> = sentences(text).map(|it| &text[it.span.range()]).collect();
        assert_eq!(found, ["Tin vắn", "\u{FEFF}Trời mưa", "và lạnh.", "Hết"]);
    }

    #[test]
    fn nothing_in_nothing() {
        for text in ["", " ", "\n \n", "\u{A0}"] {
            assert_eq!(sentences(text).next(), None);
        }
    }
}
