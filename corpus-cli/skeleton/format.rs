//! Tab-separated values with a header line.

use crate::{Format, ParseError, Parser, Record, Source};

/// Tab-separated values; the first line names the fields.
#[derive(Clone, Copy, Debug)]
pub struct Tsv;

impl Format for Tsv {
    fn name(&self) -> &'static str {
        "tsv"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["tsv", "tab"]
    }

    fn about(&self) -> &'static str {
        "tab-separated values with a header line"
    }

    fn parser(&self) -> Box<dyn Parser> {
        Box::<TsvParser>::default()
    }
}

#[derive(Default)]
struct TsvParser {
    names: Vec<String>,
}

impl Parser for TsvParser {
    fn parse(&mut self, source: &mut Source<'_>, record: &mut Record) -> Result<bool, ParseError> {
        if self.names.is_empty() {
            let Some(header) = source.line()? else { return Ok(false) };
            self.names = header.split('\t').map(String::from).collect();
            source.discard();
        }
        let Some(line) = source.line()? else { return Ok(false) };
        let (n, wanted) = (line.split('\t').count(), self.names.len());
        for (name, value) in self.names.iter().zip(line.split('\t')) {
            record.push(name, value);
        }
        match n == wanted {
            true => Ok(true),
            false => Err(source.malformed(format!("{n} fields, but the header has {wanted}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    crate::conformance!(super::Tsv);
}
