//! Each line a document.

use std::fmt::Write as _;

use corpus_model::{BlockKind, Span};

use crate::{EachLine, Format, ParseError, Parser, Record, RecordLines, Source};

/// Each line a document of one paragraph, named by its number from 0; a blank line is a document
/// without blocks, so that the numbers hold.
#[derive(Clone, Copy, Debug)]
pub struct Lines;

impl Format for Lines {
    fn name(&self) -> &'static str {
        "lines"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn about(&self) -> &'static str {
        "each line a document, named by its number from 0"
    }

    fn parser(&self) -> Box<dyn Parser> {
        Box::<LinesParser>::default()
    }

    fn lines(&self, _: &[u8]) -> Option<Box<dyn RecordLines>> {
        Some(Box::new(EachLine {
            is_record: |_| true,
            parser: |records| Box::new(LinesParser { number: records }),
        }))
    }
}

#[derive(Default)]
struct LinesParser {
    number: u64,
}

impl Parser for LinesParser {
    fn parse(&mut self, source: &mut Source<'_>, record: &mut Record) -> Result<bool, ParseError> {
        // A line that is too long counts as well.
        let number = self.number;
        self.number += 1;
        let Some(line) = source.line()? else { return Ok(false) };
        record.text.push_str(line);
        // Writing to a string cannot fail.
        let _ = write!(record.id, "{number}");
        let start = line.len() - line.trim_start().len();
        let end = line.trim_end().len();
        if start < end {
            record.block(BlockKind::Paragraph, Span::new(start, end));
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    crate::conformance!(super::Lines);
}
