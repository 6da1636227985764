//! Cutting a block into tokens.
//!
//! Bytes are looked at sixteen at a time: what runs up to the next ASCII character that is no letter
//! is nearly always a word of the vocabulary, which knows the word's case too. Letter by letter goes
//! only what it does not know.

use std::ops::Range;

use corpus_model::{BlockKind, Document, Span};

use super::{Case, Token, TokenKind, Tokens};
use crate::vocabulary::{Id, Spelling, Starts, Vocabulary};

/// The tokens of one document or several, one behind the other.
#[derive(Clone, Debug)]
pub(crate) struct Cut<'d> {
    vocabulary: &'d Vocabulary,
    list: Vec<Token>,
    /// What may begin with each token.
    starts: Vec<Starts>,
    /// The blocks with their tokens, counted from the first of their document.
    blocks: Vec<(BlockKind, Range<usize>)>,
    parts: Vec<Part<'d>>,
}

/// What is one document's.
#[derive(Clone, Debug)]
struct Part<'d> {
    text: &'d str,
    tokens: Range<usize>,
    blocks: Range<usize>,
}

impl<'d> Cut<'d> {
    /// A cut of no document, with room for so many bytes of text.
    pub(crate) fn with_room_for(bytes: usize, vocabulary: &'d Vocabulary) -> Cut<'d> {
        // Vietnamese news has a token about every five bytes.
        let room = bytes / 4 + 2;
        Cut {
            vocabulary,
            list: Vec::with_capacity(room),
            starts: Vec::with_capacity(room),
            blocks: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// One document alone.
    pub(crate) fn of(document: &'d Document, vocabulary: &'d Vocabulary) -> Cut<'d> {
        Cut::beginning(document, vocabulary, usize::MAX)
    }

    /// The same of the first `most` bytes of its blocks; a block that reaches beyond ends at a blank
    /// before.
    pub(crate) fn beginning(
        document: &'d Document,
        vocabulary: &'d Vocabulary,
        most: usize,
    ) -> Cut<'d> {
        let mut cut = Cut::with_room_for(document.text().len().min(most), vocabulary);
        cut.add(document, most);
        cut
    }

    /// Cuts the content blocks and bylines of a document, of which at most so many bytes.
    ///
    /// URLs, pointers to other documents and page furniture are not cut: no extractor sees them.
    pub(crate) fn add(&mut self, document: &'d Document, most: usize) {
        let text = document.text();
        let (first, first_block) = (self.list.len(), self.blocks.len());
        let mut left = most;
        for block in document.blocks() {
            if block.kind.is_content() || block.kind == BlockKind::Byline {
                let mut span = block.span;
                if span.len() > left {
                    let fits =
                        text.get(span.start()..text.floor_char_boundary(span.start() + left));
                    let end = fits.and_then(|fits| fits.rfind(' ')).unwrap_or(0);
                    span = Span::new(span.start(), span.start() + end);
                }
                let begin = self.list.len() - first;
                self.block(text, span);
                self.blocks.push((block.kind, begin..self.list.len() - first));
                self.push_break(span.end());
                if span != block.span {
                    break;
                }
                left -= span.len();
            }
        }
        self.parts.push(Part {
            text,
            tokens: first..self.list.len(),
            blocks: first_block..self.blocks.len(),
        });
    }

    /// The tokens of the document that was added at this place; none for a place beyond the last.
    pub(crate) fn tokens(&self, place: usize) -> Tokens<'_> {
        let part = self.parts.get(place);
        let (tokens, blocks) = match part {
            Some(part) => (part.tokens.clone(), part.blocks.clone()),
            None => (0..0, 0..0),
        };
        Tokens {
            text: part.map_or("", |part| part.text),
            vocabulary: self.vocabulary,
            list: self.list.get(tokens.clone()).unwrap_or_default(),
            starts: self.starts.get(tokens).unwrap_or_default(),
            blocks: self.blocks.get(blocks).unwrap_or_default(),
        }
    }

    fn push(&mut self, token: Token, starts: Starts) {
        self.list.push(token);
        self.starts.push(starts);
    }

    fn push_break(&mut self, at: usize) {
        self.push(Token { span: Span::new(at, at), ..Token::NOTHING }, Starts::BREAK);
    }

    /// Adds the tokens of a block.
    fn block(&mut self, text: &str, span: Span) {
        let vocabulary = self.vocabulary;
        let Some(text) = text.get(span.range()) else { return };
        let bytes = text.as_bytes();
        let mut at = 0;
        let mut last_end = usize::MAX;
        while let Some(&byte) = bytes.get(at) {
            let start = at;
            let (mut case, mut id, mut starts) = (Case::Lower, Id::NONE, Starts::NUMBER);
            let kind = match byte {
                b'0'..=b'9' => {
                    at += bytes.iter().skip(at).take_while(|byte| byte.is_ascii_digit()).count();
                    TokenKind::Number
                }
                b'\n' | b'\r' => {
                    self.push_break(span.start() + at);
                    at += 1;
                    continue;
                }
                b' ' | b'\t' | 0x0b | 0x0c => {
                    at += 1;
                    continue;
                }
                b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => match word(text, at, vocabulary) {
                    Some(word) => {
                        at += word.len;
                        (case, id, starts) = (word.case, word.id, word.starts);
                        TokenKind::Word
                    }
                    None => {
                        let Some(mark) = text.get(at..).and_then(|rest| rest.chars().next()) else {
                            break;
                        };
                        at += mark.len_utf8();
                        match mark {
                            '\u{2028}' | '\u{2029}' | '\u{85}' => {
                                self.push_break(span.start() + start);
                                continue;
                            }
                            // Zero-width characters between words are as if they were not there.
                            '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}' => {
                                if last_end == start {
                                    last_end = at;
                                }
                                continue;
                            }
                            mark if mark.is_whitespace() => continue,
                            mark => {
                                starts = starts_of(mark);
                                TokenKind::Mark(mark)
                            }
                        }
                    }
                },
                mark => {
                    at += 1;
                    starts = starts_of(char::from(mark));
                    TokenKind::Mark(char::from(mark))
                }
            };
            let token = Token {
                span: Span::new(span.start() + start, span.start() + at),
                kind,
                case,
                glued: last_end == start,
                id,
            };
            self.push(token, starts);
            last_end = at;
        }
    }
}

/// A word of a text.
struct Word {
    len: usize,
    case: Case,
    id: Id,
    starts: Starts,
}

/// The word that begins at a letter or at a character beyond ASCII; none where that is no letter.
#[inline]
fn word(text: &str, at: usize, vocabulary: &Vocabulary) -> Option<Word> {
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
        let Spelling { id, case, starts, .. } = *known;
        return Some(Word { len, case, id, starts });
    }
    let rest = text.get(at..)?;
    let scan = scan_word(rest);
    let word = rest.get(..scan.len).filter(|word| !word.is_empty())?;
    let id = match () {
        // It has been looked up.
        () if ends && scan.len == len && !scan.odd => Id::NONE,
        () => vocabulary.id(word, scan.odd),
    };
    let case = scan.case();
    Some(Word { len: scan.len, case, id, starts: vocabulary.starts(id).written(word, case) })
}

/// What may begin with a mark.
fn starts_of(mark: char) -> Starts {
    match mark {
        '-' => Starts::QUANTITY.and(Starts::ITEM).and(Starts::TIMED),
        '–' | '—' => Starts::ITEM.and(Starts::TIMED),
        '$' | '€' | '£' | '¥' | '₫' | '₹' | '−' => Starts::QUANTITY,
        '(' | '•' | '+' | '*' | '·' | '●' | '►' => Starts::ITEM,
        _ => Starts::NONE,
    }
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
    use corpus_model::Document;

    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let mut vocabulary = Vocabulary::default();
        vocabulary.intern("khóa");
        vocabulary.finish();
        let document = Document::new("t", text);
        let cut = Cut::of(&document, &vocabulary);
        let tokens = cut.tokens(0);
        tokens
            .list
            .iter()
            .map(|it| {
                let glue = if it.glued { "+" } else { "" };
                let known = if it.id == Id::NONE { "" } else { "!" };
                format!("{glue}{}{known}", tokens.slice(it.span))
            })
            .collect()
    }

    #[test]
    fn words_numbers_and_marks() {
        assert_eq!(cut("29/8, QH14"), ["29", "+/", "+8", "+,", "QH", "+14", ""]);
        assert_eq!(cut("“mới,”"), ["“", "+mới", "+,", "+”", ""]);
        assert_eq!(cut("a\nb"), ["a", "", "b", ""]);
        assert_eq!(cut("a\u{a0}b\u{200b}"), ["a", "b\u{200b}", ""]);
    }

    #[test]
    fn keys_see_through_spelling() {
        for word in ["khóa", "khoá", "KHÓA", "Khoá", "KHOÁ", "kho\u{301}a", "khoa\u{301}", "khÓa"]
        {
            assert_eq!(cut(word), [format!("{word}!"), String::new()]);
        }
        assert_eq!(cut("khoa"), ["khoa", ""]);
    }

    #[test]
    fn cases() {
        let document = Document::new("t", "ủy Ủy UBND ThS A");
        let vocabulary = Vocabulary::default();
        let cut = Cut::of(&document, &vocabulary);
        let tokens = cut.tokens(0);
        let cases: Vec<Case> = (0..5).map(|at| tokens.get(at).case).collect();
        assert_eq!(cases, [Case::Lower, Case::Capital, Case::Upper, Case::Mixed, Case::Upper]);
    }

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

    #[test]
    fn words_end_at_quotation_marks_and_not_at_zero_widths() {
        assert_eq!(cut("“khóa”…"), ["“", "+khóa!", "+”", "+…", ""]);
        assert_eq!(cut("kho\u{200b}a,"), ["kho\u{200b}a", "+,", ""]);
        assert_eq!(cut("khóa\u{200b}"), ["khóa\u{200b}!", ""]);
        assert_eq!(cut("khóa–khóa"), ["khóa!", "+–", "+khóa!", ""]);
    }
}
