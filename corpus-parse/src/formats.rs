//! The one registration of formats, and how one is found.

use std::path::Path;

use crate::Format;

mod article;
mod conllu;
mod csv;
mod delimited;
mod feed;
mod html;
mod json;
mod jsonl;
mod lines;
mod markdown;
mod vrt;
mod warc;
mod xml;

pub use article::Article;
pub use conllu::Conllu;
pub use csv::Csv;
pub use delimited::Delimited;
pub use feed::Feed;
pub use html::Html;
pub use json::Json;
pub use jsonl::Jsonl;
pub use lines::Lines;
pub use markdown::Markdown;
pub use vrt::Vrt;
pub use warc::Warc;
pub use xml::Xml;

/// Every format that this crate reads. A new one is a `mod`, a `pub use` and a place here.
pub static FORMATS: &[&dyn Format] = &[
    &Delimited, &Article, &Json, &Jsonl, &Csv, &Conllu, &Vrt, &Html, &Markdown, &Feed, &Xml, &Warc,
    &Lines,
];

/// The format of this name.
///
/// ```
/// assert_eq!(corpus_parse::find("jsonl").unwrap().name(), "jsonl");
/// assert!(corpus_parse::find("docx").is_none());
/// ```
pub fn find(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}

/// The format of an input, by its name and its first bytes (up to 64 KiB); none for binary data.
///
/// Text that nothing else claims is an [`Article`].
///
/// ```
/// use std::path::Path;
///
/// let format = |name: &str, head: &str| {
///     corpus_parse::detect(Some(Path::new(name)), head.as_bytes()).map(|it| it.name())
/// };
/// assert_eq!(format("tin.txt", "Trời mưa."), Some("article"));
/// assert_eq!(format("tin.txt", "https://tin.example/1.html\n-----\nTrời mưa\n-----\n"), Some("delimited"));
/// assert_eq!(format("tin.jsonl.gz", ""), Some("jsonl"));
/// assert_eq!(format("tin.txt", "\u{0}\u{1}\u{2}\u{3}"), None);
/// ```
pub fn detect(path: Option<&Path>, head: &[u8]) -> Option<&'static dyn Format> {
    let decoded = utf16_head(head);
    let head = decoded.as_deref().unwrap_or(head);
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    if decoded.is_none() && is_binary(head) {
        return None;
    }
    let name = path.and_then(Path::file_name).map(|name| name.to_string_lossy().to_lowercase());
    let ending = name
        .as_deref()
        .and_then(|name| crate::path::without_compression(name).rsplit_once('.'))
        .map(|(_, ending)| ending);
    let named =
        |format: &&dyn Format| ending.is_some_and(|ending| format.extensions().contains(&ending));
    let formats = || FORMATS.iter().copied();
    // Content says more than a name, both together most. A name alone decides where the content of
    // its format may look like anything, as a JSON line that is damaged does.
    formats()
        .find(|format| named(format) && format.sniff(head))
        .or_else(|| formats().find(|format| format.sniff(head)))
        .or_else(|| formats().rev().find(named))
        .or(Some(&Article))
}

/// First bytes that no text has.
const MAGIC: [&[u8]; 12] = [
    b"\x1f\x8b",
    b"\x28\xb5\x2f\xfd",
    b"\xfd7zXZ\0",
    b"BZh9",
    b"PK\x03\x04",
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"PAR1",
    b"7z\xbc\xaf\x27\x1c",
];

/// Whether these first bytes are no text: those of a known kind of file, or more than one in
/// sixteen a control character.
///
/// Bytes that are no UTF-8 say nothing: texts in the old Vietnamese encodings are full of them. A
/// stray NUL in a text is no reason either.
fn is_binary(head: &[u8]) -> bool {
    let control = |byte: &&u8| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127);
    MAGIC.iter().any(|magic| head.starts_with(magic))
        || head.iter().filter(control).count() * 16 > head.len()
}

/// The head as UTF-8, if it begins with the byte-order mark of UTF-16.
fn utf16_head(head: &[u8]) -> Option<Vec<u8>> {
    let big_endian = match head {
        [0xff, 0xd8, ..] => return None,
        [0xff, 0xfe, ..] => false,
        [0xfe, 0xff, ..] => true,
        _ => return None,
    };
    let mut decoded = Vec::with_capacity(head.len());
    crate::utf16::Transcoder::new(big_endian).push(head.get(2..)?, &mut decoded);
    Some(decoded)
}
