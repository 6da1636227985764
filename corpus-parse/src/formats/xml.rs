//! Crawl dumps in XML: `<article><title>…</title><content>…</content></article>`.

use crate::{Format, ParseError, Parser, Record, Source, xml};

/// Crawl dumps in XML: each `article`, `doc`, `document`, `page`, `post`, `news`, `record` or `row` a
/// document.
///
/// The elements inside and the attributes are fields, of which
/// [`FieldNames`](crate::FieldNames) picks text, title and date; markup in them is read as that of a
/// page. Around the records nothing has to be well-formed, so a dump may have no root.
#[derive(Clone, Copy, Debug)]
pub struct Xml;

/// The elements that are records.
const RECORDS: [&str; 8] = ["article", "doc", "document", "page", "post", "news", "record", "row"];

/// What stands in front in a record, and in no page.
const FIELDS: [&str; 14] = [
    "title",
    "headline",
    "content",
    "text",
    "body",
    "url",
    "link",
    "id",
    "date",
    "published",
    "author",
    "source",
    "lead",
    "description",
];

impl Format for Xml {
    fn name(&self) -> &'static str {
        "xml"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xml"]
    }

    fn about(&self) -> &'static str {
        "a crawl dump in XML: each <article>, <doc>, <page> … with its <title> and <content>"
    }

    fn sniff(&self, head: &[u8]) -> bool {
        let is_record = |name: &str| RECORDS.iter().any(|it| name.eq_ignore_ascii_case(it));
        let has_fields = |rest: &[u8]| {
            let inside = rest.iter().position(|byte| *byte == b'>').map(|at| at + 1);
            let inside = inside.and_then(|at| rest.get(at..)).unwrap_or_default();
            xml::begins_with(inside, |name, _| {
                FIELDS.iter().any(|it| name.eq_ignore_ascii_case(it))
            })
        };
        xml::begins_with(head, |name, rest| {
            if is_record(name) {
                return has_fields(rest);
            }
            // A root with records inside.
            let inside = rest.iter().position(|byte| *byte == b'>').map(|at| at + 1);
            let inside = inside.and_then(|at| rest.get(at..)).unwrap_or_default();
            !name.eq_ignore_ascii_case("html")
                && xml::begins_with(inside, |name, rest| is_record(name) && has_fields(rest))
        })
    }

    fn parser(&self) -> Box<dyn Parser> {
        Box::new(XmlParser)
    }
}

struct XmlParser;

impl Parser for XmlParser {
    fn parse(&mut self, source: &mut Source<'_>, record: &mut Record) -> Result<bool, ParseError> {
        xml::read(source, &RECORDS, record)
    }
}

#[cfg(test)]
mod tests {
    crate::conformance!(super::Xml);
}
