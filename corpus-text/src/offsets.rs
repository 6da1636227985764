//! [`Offsets`]: bytes, characters and UTF-16 units of one text.

use std::ops::Range;

use corpus_model::Span;

/// Turns spans of bytes into ranges of characters and of UTF-16 units, and back.
///
/// Python counts characters (code points), JavaScript and Java count UTF-16 units. Building it
/// walks the text once; each question then walks a few hundred bytes at most.
///
/// ```
/// use corpus_model::Span;
/// use corpus_text::Offsets;
///
/// let text = "😀 Hà Nội";
/// let offsets = Offsets::new(text);
/// let span = Span::new(5, 8);
/// assert_eq!(&text[span.range()], "Hà");
/// assert_eq!(offsets.chars(span), 2..4);
/// assert_eq!(offsets.utf16(span), 3..5);
/// assert_eq!(offsets.from_utf16(3..5), span);
/// ```
#[derive(Clone, Debug)]
pub struct Offsets<'t> {
    text: &'t str,
    /// The counts in front of every [`STEP`] bytes, or of the next character if one is cut there.
    marks: Vec<Mark>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    byte: usize,
    chars: usize,
    utf16: usize,
}

const STEP: usize = 256;

impl<'t> Offsets<'t> {
    /// Counts the characters of a text.
    pub fn new(text: &'t str) -> Offsets<'t> {
        let mut marks = vec![Mark::default()];
        let mut mark = Mark::default();
        for c in text.chars() {
            mark.byte += c.len_utf8();
            mark.chars += 1;
            mark.utf16 += c.len_utf16();
            if mark.byte >= marks.len() * STEP {
                marks.push(mark);
            }
        }
        Offsets { text, marks }
    }

    /// A span in characters.
    pub fn chars(&self, span: Span) -> Range<usize> {
        self.at_byte(span.start()).chars..self.at_byte(span.end()).chars
    }

    /// A span in UTF-16 units.
    pub fn utf16(&self, span: Span) -> Range<usize> {
        self.at_byte(span.start()).utf16..self.at_byte(span.end()).utf16
    }

    /// A range of characters in bytes; what lies behind the end is cut off.
    pub fn from_chars(&self, range: Range<usize>) -> Span {
        let at = |n| self.find(|mark| mark.chars <= n).byte;
        Span::new(at(range.start), at(range.end))
    }

    /// A range of UTF-16 units in bytes; half a surrogate pair counts as none of it.
    pub fn from_utf16(&self, range: Range<usize>) -> Span {
        let at = |n| self.find(|mark| mark.utf16 <= n).byte;
        Span::new(at(range.start), at(range.end))
    }

    /// The counts in front of a byte; in front of its character where it cuts one.
    fn at_byte(&self, byte: usize) -> Mark {
        self.find(|mark| mark.byte <= byte)
    }

    /// The last place for which `reached` still holds; it holds from the front up to some place.
    fn find(&self, reached: impl Fn(&Mark) -> bool) -> Mark {
        let n = self.marks.partition_point(&reached).saturating_sub(1);
        let mut mark = self.marks.get(n).copied().unwrap_or_default();
        for c in self.text.get(mark.byte..).unwrap_or_default().chars() {
            let next = Mark {
                byte: mark.byte + c.len_utf8(),
                chars: mark.chars + 1,
                utf16: mark.utf16 + c.len_utf16(),
            };
            if !reached(&next) {
                break;
            }
            mark = next;
        }
        mark
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_of_a_long_text() {
        let text = "Đường 😀 a\u{301}b ".repeat(200);
        let offsets = Offsets::new(&text);
        let mut utf16 = 0;
        for (n, (byte, c)) in text.char_indices().enumerate() {
            let span = Span::new(byte, byte + c.len_utf8());
            assert_eq!(offsets.chars(span), n..n + 1);
            assert_eq!(offsets.utf16(span), utf16..utf16 + c.len_utf16());
            assert_eq!(offsets.from_chars(n..n + 1), span);
            assert_eq!(offsets.from_utf16(utf16..utf16 + c.len_utf16()), span);
            utf16 += c.len_utf16();
        }
        assert_eq!(offsets.chars(Span::new(0, usize::MAX)).end, text.chars().count());
    }
}
