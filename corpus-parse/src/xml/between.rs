//! What stands between records: tags and fields of the whole, which are separators, and text that
//! belongs to nothing, which is told.

use memchr::memchr;

use super::{NAME, opens};
use crate::Source;

/// So many bytes are looked at together where no record is.
const STRETCH: usize = 64 << 10;

/// What stands in front of the next record.
pub(super) enum Pass<'n> {
    /// So many bytes that are none.
    Bytes(usize),
    /// Nothing: the record of this name begins.
    Record(&'n str),
    /// Nothing, and the input ends.
    End,
}

/// Passes over what is no record; the name of the element that is one.
///
/// Text that stands in no element of its own – behind the end of one, or in front of all – is a part
/// of nothing that is read, and counts as rejected.
pub(super) fn find_record<'n>(source: &mut Source<'_>, names: &[&'n str]) -> Option<&'n str> {
    let mut place = Place::Loose;
    loop {
        match pass(source, names) {
            Pass::Bytes(length) => {
                let mut left = length;
                while left > 0 {
                    let bytes = source.peek(left);
                    let (n, loose) = place.step(bytes.get(..left).unwrap_or(bytes));
                    left = left.saturating_sub(n);
                    source.take(n);
                    match loose {
                        true => source.pass_over("text between records"),
                        false => source.discard(),
                    }
                }
            }
            Pass::Record(name) => return Some(name),
            Pass::End => return None,
        }
    }
}

/// What the bytes at hand stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Behind the end of an element, or in front of all.
    Loose,
    /// Behind the beginning of an element: what it says of itself.
    Own,
    /// In a tag; whether text behind it is loose.
    Tag(bool),
    /// In a comment, a declaration or an instruction, which text goes on behind as before.
    Aside { end: &'static [u8], loose: bool },
    /// In a section of characters as they are.
    Section { loose: bool },
}

impl Place {
    /// How many bytes belong together, and whether they are text that belongs to nothing.
    fn step(&mut self, bytes: &[u8]) -> (usize, bool) {
        let (length, loose) = match *self {
            Place::Loose | Place::Own => {
                let loose = *self == Place::Loose;
                match memchr(b'<', bytes) {
                    Some(0) => {
                        let n = self.open(bytes, loose);
                        (n, *self == Place::Loose)
                    }
                    Some(n) => (n, loose),
                    None => (bytes.len(), loose),
                }
            }
            Place::Tag(loose) => {
                let Some(n) = memchr(b'>', bytes) else { return (bytes.len(), false) };
                *self = if loose { Place::Loose } else { Place::Own };
                (n + 1, false)
            }
            Place::Aside { end, loose } => {
                let Some(n) = memchr::memmem::find(bytes, end) else {
                    return (bytes.len(), false);
                };
                *self = if loose { Place::Loose } else { Place::Own };
                (n + end.len(), false)
            }
            Place::Section { loose } => match memchr::memmem::find(bytes, b"]]>") {
                Some(0) => {
                    *self = if loose { Place::Loose } else { Place::Own };
                    (3, false)
                }
                Some(n) => (n, loose),
                None => (bytes.len(), loose),
            },
        };
        let said = bytes.get(..length).unwrap_or_default();
        let blank = || {
            let mark = |byte: &u8| matches!(byte, 0 | 0xef | 0xbb | 0xbf);
            said.iter().all(|byte| byte.is_ascii_whitespace() || mark(byte))
        };
        (length, loose && !blank())
    }

    /// Goes into what begins with this bracket: how many bytes say what it is.
    fn open(&mut self, bytes: &[u8], loose: bool) -> usize {
        const BEGIN: &[u8] = b"<![CDATA[";
        if bytes.starts_with(BEGIN) {
            *self = Place::Section { loose };
            return BEGIN.len();
        }
        *self = match bytes {
            [b'<', b'!', b'-', b'-', ..] => Place::Aside { end: b"-->", loose },
            [b'<', b'!', rest @ ..] => {
                // A document type with declarations inside ends behind its bracket.
                let until = memchr::memchr2(b'[', b'>', rest);
                let inside = until.is_some_and(|n| rest.get(n) == Some(&b'['));
                Place::Aside { end: if inside { b"]>" } else { b">" }, loose }
            }
            [b'<', b'?', ..] => Place::Aside { end: b"?>", loose },
            [b'<', b'/', ..] => Place::Tag(true),
            [b'<', first, ..] if first.is_ascii_alphabetic() => Place::Tag(false),
            // A bracket of the text; the text goes on behind it.
            _ => return 1,
        };
        1
    }
}

pub(super) fn pass<'n>(source: &mut Source<'_>, names: &[&'n str]) -> Pass<'n> {
    let bytes = source.peek(STRETCH);
    let last = bytes.len() < STRETCH;
    let bytes = bytes.get(..STRETCH).unwrap_or(bytes);
    let mut at = 0;
    while let Some(n) = memchr(b'<', bytes.get(at..).unwrap_or_default()) {
        at += n;
        let tag = bytes.get(at..).unwrap_or_default();
        if tag.len() < NAME && !last {
            // The name may be cut off here: it is looked at together with what follows.
            return Pass::Bytes(at);
        }
        if let Some(name) = names.iter().find(|name| opens(tag, name)) {
            return if at == 0 { Pass::Record(name) } else { Pass::Bytes(at) };
        }
        at += 1;
    }
    match bytes.len() {
        0 => Pass::End,
        length => Pass::Bytes(length),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Feed, Reader};

    /// The texts, and what is rejected as text between them.
    fn read(feed: &str) -> (Vec<String>, u64) {
        let mut reader = Reader::new(&Feed, feed.as_bytes());
        let texts = reader.documents().map(|it| it.unwrap().text().to_owned()).collect();
        let ledger = reader.ledger();
        assert!(ledger.closes());
        (texts, ledger.rejected.iter().map(|it| it.bytes).sum())
    }

    #[test]
    fn text_between_items_is_told() {
        let item = |text: &str| format!("<item><description>{text}</description></item>");
        let (one, two) = (item("Một."), item("Hai."));
        for (between, lost) in [
            ("", 0),
            (" \n\t", 0),
            ("<title>Tin</title>\n<link>https://tin.example</link>", 0),
            ("<!-- Ba < bốn > năm -->", 0),
            ("<?xml-stylesheet a=\"b\"?>", 0),
            ("<image><url>a</url></image>", 0),
            ("Ba.", 3),
            ("<title>Tin</title> Ba.\n<link>a</link>", 5),
            ("<![CDATA[Ba.]]>", 3),
            ("a < b", 5),
        ] {
            let feed = format!("<rss><channel>{one}{between}{two}</channel></rss>\n");
            let expected = (vec!["Một.".to_owned(), "Hai.".to_owned()], lost);
            assert_eq!(read(&feed), expected, "{between}");
        }
        assert_eq!(read(&format!("Tin <rss>{one}</rss> hết")).1, 10);
        assert_eq!(read(&format!("<!DOCTYPE rss [<!ENTITY a \"b\">]><rss>{one}</rss>")).1, 0);
    }

    #[test]
    fn long_text_between_items_is_counted_whole() {
        let item = "<item><description>Một.</description></item>";
        for filler in ["Trời mưa. ".repeat(20_000), "<a>Trời</a>mưa ".repeat(20_000)] {
            let feed = format!("<rss>{item}{filler}{item}</rss>");
            let expected = match filler.starts_with('<') {
                true => 20_000 * "mưa ".len(),
                false => filler.len(),
            };
            assert_eq!(read(&feed).1, expected as u64);
        }
    }
}
