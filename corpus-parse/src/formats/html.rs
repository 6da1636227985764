//! A page in HTML as one article.

use crate::{Format, ParseError, Parser, Record, Source, html};

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
        let page = source.text();
        if page.trim_start_matches('\u{feff}').trim().is_empty() {
            return Ok(false);
        }
        let (found, cut) = html::fill(record, page);
        if !found {
            return Err(source.malformed_record("a page without text"));
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
    crate::conformance!(super::Html);
}
