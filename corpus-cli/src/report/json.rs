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
    // Writing our own rows to memory cannot fail: no map keys but strings, no failing writer.
    if serde_json::to_writer(&mut *page, row).is_ok() {
        page.push(b'\n');
    }
}
