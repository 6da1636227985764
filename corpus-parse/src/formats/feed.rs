//! Feeds: RSS, Atom and RDF, each item a document.

use crate::{Format, ParseError, Parser, Record, Source, xml};

/// RSS, Atom and RDF (RSS 1.0): each item a document.
///
/// Its text is the content of the item, or its description where the feed has no more; markup inside
/// is read as that of a page. What the feed says of itself counts as separators. Entities that a
/// document type declares are not expanded.
#[derive(Clone, Copy, Debug)]
pub struct Feed;

/// The elements that are items.
const ITEMS: [&str; 2] = ["item", "entry"];

impl Format for Feed {
    fn name(&self) -> &'static str {
        "feed"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["rss", "atom", "rdf"]
    }

    fn about(&self) -> &'static str {
        "RSS and Atom: each item of the feed a document"
    }

    fn sniff(&self, head: &[u8]) -> bool {
        xml::begins_with(head, |name, _| {
            ["rss", "feed", "rdf:RDF"].iter().any(|it| name.eq_ignore_ascii_case(it))
        })
    }

    fn parser(&self) -> Box<dyn Parser> {
        Box::new(FeedParser)
    }
}

struct FeedParser;

impl Parser for FeedParser {
    fn parse(&mut self, source: &mut Source<'_>, record: &mut Record) -> Result<bool, ParseError> {
        if !xml::read(source, &ITEMS, record)? {
            return Ok(false);
        }
        if record.get("content").is_none() {
            record.rename("description", "text");
        }
        if ["published", "pubdate", "date"].iter().all(|name| record.get(name).is_none()) {
            record.rename("updated", "published");
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::conformance!(Feed);

    #[test]
    fn declared_entities_are_not_expanded() {
        let mut feed = String::from("<!DOCTYPE rss [<!ENTITY a0 \"ha\">");
        for n in 1..40 {
            feed.push_str(&format!("<!ENTITY a{n} \"&a{};&a{};\">", n - 1, n - 1));
        }
        feed.push_str("]><rss><channel><item><title>&a39;</title><description>&a39;</description></item></channel></rss>");
        let mut reader = crate::Reader::new(&Feed, feed.as_bytes());
        let document = reader.documents().next().unwrap().unwrap();
        assert_eq!(document.text(), "&a39;");
    }
}
