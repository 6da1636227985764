//! What the JSON of several commands has in common.

use corpus_model::Document;
use serde::{Serialize, Serializer};

/// How a document is named in JSON: by its identifier, which is a number where each line is one.
#[derive(Clone, Copy, Debug)]
pub(crate) enum DocumentName<'a> {
    Line(u64),
    Id(&'a str),
}

impl<'a> DocumentName<'a> {
    /// The name of this document.
    pub(crate) fn of(document: &'a Document) -> DocumentName<'a> {
        let is_line = document.metadata.format.as_deref() == Some("lines");
        match document.id().parse() {
            Ok(number) if is_line => DocumentName::Line(number),
            _ => DocumentName::Id(document.id()),
        }
    }
}

impl Serialize for DocumentName<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            DocumentName::Line(number) => serializer.serialize_u64(number),
            DocumentName::Id(id) => serializer.serialize_str(id),
        }
    }
}

/// Appends one line of JSON.
pub(crate) fn line(page: &mut Vec<u8>, row: &impl Serialize) {
    append(page, row);
    page.push(b'\n');
}

/// Appends a value as JSON.
pub(crate) fn append(page: &mut Vec<u8>, value: &impl Serialize) {
    let before = page.len();
    // Writing our own values to memory cannot fail: no map keys but strings, no failing writer.
    if serde_json::to_writer(&mut *page, value).is_err() {
        page.truncate(before);
        page.extend_from_slice(b"null");
    }
}

/// Appends a text as JSON.
pub(crate) fn append_text(page: &mut Vec<u8>, text: &str) {
    // Nearly all texts stand in JSON as they are. All bytes are asked, not those up to the first that
    // does not: that is many at a time.
    let as_it_is = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    if text.bytes().fold(true, |all, byte| all & as_it_is(byte)) {
        page.push(b'"');
        page.extend_from_slice(text.as_bytes());
        page.push(b'"');
    } else {
        append(page, &text);
    }
}
