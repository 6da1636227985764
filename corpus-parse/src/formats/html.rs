//! A page in HTML as one article.

use crate::{Format, ParseError, Parser, Record, Source, charset, html};

/// A page in HTML: the article on it, without menus, link lists and comments.
///
/// Title, lead, captions, bylines and paragraphs are blocks of the text; address, date, author,
/// section and tags (a line each) are metadata, from what the page states for machines (JSON-LD,
/// OpenGraph, microdata) and from what it shows.
#[derive(Clone, Copy, Debug)]
pub struct Html;

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml", "shtml"]
    }

    fn about(&self) -> &'static str {
        "a web page as one article: its text and what the page states about it"
    }

    fn sniff(&self, head: &[u8]) -> bool {
        let mut rest = head.trim_ascii_start();
        // Comments and the line of XHTML may stand in front.
        for _ in 0..8 {
            let end: &[u8] = if rest.starts_with(b"<!--") {
                b"-->"
            } else if rest.starts_with(b"<?xml") {
                b"?>"
            } else {
                break;
            };
            let Some(n) = memchr::memmem::find(rest, end) else { return false };
            rest = rest.get(n + end.len()..).unwrap_or_default().trim_ascii_start();
        }
        let begins = |tag: &[u8]| {
            rest.get(..tag.len()).is_some_and(|it| it.eq_ignore_ascii_case(tag))
                && rest.get(tag.len()).is_none_or(|it| !it.is_ascii_alphanumeric())
        };
        begins(b"<!doctype html") || begins(b"<html") || begins(b"<head") || begins(b"<body")
    }

    fn parser(&self) -> Box<dyn Parser> {
        Box::new(HtmlParser)
    }
}

struct HtmlParser;

impl Parser for HtmlParser {
    fn parse(&mut self, source: &mut Source<'_>, record: &mut Record) -> Result<bool, ParseError> {
        if !source.read_to_end()? {
            return Ok(false);
        }
        // A page that is no UTF-8 says what it is, or a decoder finds it out.
        let raw = source.taken();
        let decoded = match simdutf8::basic::from_utf8(raw) {
            Ok(_) => None,
            Err(_) => source.decode(raw, charset::of_page(raw).as_deref()),
        };
        let encoding = decoded.as_ref().map(|it| it.1);
        let page = match &decoded {
            Some((text, _)) => text,
            None => source.text(),
        };
        if page.trim_start_matches('\u{feff}').trim().is_empty() {
            return Ok(false);
        }
        let (found, cut) = html::fill(record, page);
        if !found {
            return Err(source.malformed_record("a page without text"));
        }
        if let Some(encoding) = encoding {
            record.metadata.extra.insert("encoding".into(), encoding.into());
        }
        if cut {
            source.report(
                source.malformed_record("more elements than a page has; the rest was not read"),
            );
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{Decoder, Reader};

    crate::conformance!(Html);

    /// Knows one encoding, by its name.
    #[derive(Debug)]
    struct Latin1;

    impl Decoder for Latin1 {
        fn decode(&self, bytes: &[u8], label: Option<&str>) -> Option<(String, &'static str)> {
            let text = || bytes.iter().map(|byte| char::from(*byte)).collect();
            (label == Some("iso-8859-1")).then(|| (text(), "iso-8859-1"))
        }
    }

    #[test]
    fn a_page_is_in_the_encoding_that_it_states() {
        let read = |page: &[u8]| {
            let mut reader = Reader::new(&Html, page).decoder(Arc::new(Latin1));
            let found: Vec<_> = reader.documents().collect();
            assert!(reader.ledger().closes());
            let errors = found.iter().filter(|it| it.is_err()).count();
            let document = found.into_iter().find_map(Result::ok).unwrap();
            let encoding = document.metadata.extra.get("encoding").cloned();
            (document.text().to_owned(), encoding, errors)
        };
        let page = b"<html><head><meta charset=ISO-8859-1></head><p>Th\xe0nh c\xf4ng.</p></html>";
        let latin = Some("iso-8859-1".to_owned());
        assert_eq!(read(page), ("Thành công.".into(), latin, 0));
        // Stated wrongly, or not at all.
        let page = "<meta charset=iso-8859-1><p>Thành công.</p>";
        assert_eq!(read(page.as_bytes()), ("Thành công.".into(), None, 0));
        let page = b"<html><p>Th\xe0nh c\xf4ng.</p></html>";
        assert_eq!(read(page), ("Th\u{fffd}nh c\u{fffd}ng.".into(), None, 1));
        let wide: Vec<u8> =
            "\u{feff}<html><p>Thành công.</p>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&wide).0, "Thành công.");
    }

    #[test]
    fn nothing_is_lost_of_a_page_of_a_few_words() {
        let text = |page: &str| {
            let mut reader = Reader::new(&Html, page.as_bytes());
            let document = reader.documents().next().unwrap().unwrap();
            document.text().split_whitespace().collect::<Vec<_>>().join(" ")
        };
        for (page, expected) in [
            ("<div><p>Một hai ba bốn</p></div><td>Ô lạc.</td>", "Một hai ba bốn Ô lạc."),
            (
                "<p>Một hai.</p>Ba bốn.<div><div><p>Năm sáu.</p></div></div>",
                "Một hai. Ba bốn. Năm sáu.",
            ),
            (
                "<table><tr><td>Một</td><td>Hai ba bốn năm.</td></tr></table><p>Sáu.",
                "Một Hai ba bốn năm. Sáu.",
            ),
            ("<ul><li>Một</ul><section><p>Hai ba bốn.</section>", "Một Hai ba bốn."),
        ] {
            assert_eq!(text(&format!("<html><body>{page}</body></html>")), expected);
        }
    }
}
