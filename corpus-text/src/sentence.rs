//! Sentences of running text.
//!
//! A scanner walks the bytes and stops at the few that matter: marks that may end a sentence, line
//! ends and straight quotes. At a mark it looks at what follows (a lower-case letter goes on with
//! the sentence), and at a single full stop also at the word in front (an abbreviation, an
//! initial, the number of a list item). Both looks are bounded, so the whole is linear.
//!
//! The rules that name words are data: `data/abbreviations.tsv` and `data/headings.txt`.

mod abbreviation;
mod full_stop;
mod judge;

use std::iter::FusedIterator;

use corpus_model::{Sentence, Span};

pub(crate) use abbreviation::{Follower, abbreviation};
pub(crate) use full_stop::is_initial;
use judge::{Verdict, judge};
pub(crate) use judge::{is_blank, starts_like_sentence};

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
