//! [`Cut`]: the tokens of documents, and how a block is cut into them.

use std::ops::Range;

use corpus_model::{BlockKind, Document, Span};

use super::word::{Odd, word};
use super::{Case, Token, TokenKind, Tokens};
use crate::gazetteer::JOINTS;
use crate::vocabulary::{Id, Starts, Vocabulary};

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
    odd: Odd<'d>,
    /// What begins with the last token only where certain words stand behind it.
    followed: Starts,
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
        let mut cut = Cut {
            vocabulary,
            list: Vec::new(),
            starts: Vec::new(),
            blocks: Vec::new(),
            parts: Vec::new(),
            odd: Odd::default(),
            followed: Starts::NONE,
        };
        cut.reserve(bytes);
        cut
    }

    /// Makes room for so many bytes of text more.
    pub(crate) fn reserve(&mut self, bytes: usize) {
        // Vietnamese news has a token about every five bytes.
        let room = bytes / 4 + 2;
        self.list.reserve(room);
        self.starts.reserve(room);
    }

    /// Takes the documents out, so that others may come in.
    pub(crate) fn clear(&mut self) {
        self.list.clear();
        self.starts.clear();
        self.blocks.clear();
        self.parts.clear();
        self.odd.clear();
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
        if self.followed != Starts::NONE {
            self.settle(token);
        }
        self.list.push(token);
        self.starts.push(starts);
    }

    /// Says of the last token what does not begin with it, since this one stands behind.
    fn settle(&mut self, behind: Token) {
        let followed = std::mem::take(&mut self.followed);
        let first = self.list.last().map_or(Id::NONE, |it| it.id);
        let may_follow = match behind.kind {
            TokenKind::Word => self.vocabulary.may_follow(first, behind.id),
            TokenKind::Mark(mark) => JOINTS.contains(&mark),
            _ => false,
        };
        if !may_follow && let Some(starts) = self.starts.last_mut() {
            *starts = starts.without(followed);
        }
    }

    fn push_break(&mut self, at: usize) {
        self.push(Token { span: Span::new(at, at), ..Token::NOTHING }, Starts::BREAK);
    }

    /// Adds the tokens of a block.
    fn block(&mut self, text: &'d str, span: Span) {
        let vocabulary = self.vocabulary;
        let Some(text) = text.get(span.range()) else { return };
        let bytes = text.as_bytes();
        let mut at = 0;
        let mut last_end = usize::MAX;
        while let Some(&byte) = bytes.get(at) {
            let start = at;
            let (mut case, mut id, mut starts) = (Case::Lower, Id::NONE, Starts::NUMBER);
            let mut followed = Starts::NONE;
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
                b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => {
                    match word(text, at, vocabulary, &mut self.odd) {
                        Some(word) => {
                            at += word.len;
                            (case, id, starts) = (word.case, word.id, word.starts);
                            followed = word.followed;
                            TokenKind::Word
                        }
                        None => {
                            let Some(mark) = text.get(at..).and_then(|rest| rest.chars().next())
                            else {
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
                    }
                }
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
            self.followed = followed;
            last_end = at;
        }
    }
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
    fn words_end_at_quotation_marks_and_not_at_zero_widths() {
        assert_eq!(cut("“khóa”…"), ["“", "+khóa!", "+”", "+…", ""]);
        assert_eq!(cut("kho\u{200b}a,"), ["kho\u{200b}a", "+,", ""]);
        assert_eq!(cut("khóa\u{200b}"), ["khóa\u{200b}!", ""]);
        assert_eq!(cut("khóa–khóa"), ["khóa!", "+–", "+khóa!", ""]);
    }
}
