//! An article as it was copied from a page: no rules.

use crate::{Format, ParseError, Parser, Record, Source, blocks};

/// One article in a file, as it was copied from a page.
///
/// Nothing marks its parts, so they are known by how Vietnamese news pages write them:
/// title, lead, captions, paragraphs, list items, bylines, related links and page furniture.
#[derive(Clone, Copy, Debug)]
pub struct Article;

impl Format for Article {
    fn name(&self) -> &'static str {
        "article"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn about(&self) -> &'static str {
        "a file of plain text as one article, its parts found by their form"
    }

    fn parser(&self) -> Box<dyn Parser> {
        Box::new(ArticleParser)
    }
}

struct ArticleParser;

impl Parser for ArticleParser {
    fn parse(&mut self, source: &mut Source<'_>, record: &mut Record) -> Result<bool, ParseError> {
        if !source.read_to_end()? {
            return Ok(false);
        }
        let text = source.text();
        if text.trim_start_matches('\u{feff}').trim().is_empty() {
            return Ok(false);
        }
        record.text.push_str(text);
        blocks::of_article(record);
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    crate::conformance!(super::Article);
}
