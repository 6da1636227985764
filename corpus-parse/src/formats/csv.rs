//! Values separated by commas, semicolons or tabs, as spreadsheets and databases write them.

mod rows;

use crate::field_names::TEXT;
use crate::{Format, ParseError, Parser, Record, RecordLines, Source};
use rows::{Rows, State, scan};

/// A table with the names of its fields in the first line; each further row is a record.
///
/// Fields are parted by commas, semicolons, tabs or bars, whichever the first line has most of. A
/// field in quotes may hold all of these and line ends, and a quote as two. A row with too few or too
/// many fields is an error; a quote that is never closed costs one line.
#[derive(Clone, Copy, Debug)]
pub struct Csv;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv", "tsv", "tab"]
    }

    fn about(&self) -> &'static str {
        "a table with field names in its first line (CSV, TSV)"
    }

    fn sniff(&self, head: &[u8]) -> bool {
        // Prose has commas too: one of the names must be known as that of a text.
        let line = head.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
        let Ok(line) = std::str::from_utf8(line) else { return false };
        let mut names = Vec::new();
        split(line, separator(line), |name| names.push(name.trim().to_lowercase()));
        let plain = |name: &String| !name.is_empty() && name.len() <= 40 && !name.contains(". ");
        names.len() > 1
            && names.iter().all(plain)
            && names.iter().any(|name| TEXT.contains(&name.as_str()))
    }

    fn parser(&self) -> Box<dyn Parser> {
        Box::<CsvParser>::default()
    }

    fn lines(&self, _: &[u8]) -> Option<Box<dyn RecordLines>> {
        Some(Box::<Rows>::default())
    }
}

#[derive(Default)]
struct CsvParser {
    header: Header,
    /// How often a quote was looked for to the end of the input.
    unclosed: u32,
}

/// What the first row says: nothing yet where there are no names.
#[derive(Clone, Debug)]
struct Header {
    names: Vec<String>,
    separator: char,
}

impl Default for Header {
    fn default() -> Header {
        Header { names: Vec::new(), separator: ',' }
    }
}

impl Header {
    /// Takes the first row.
    fn read(&mut self, row: &str) {
        let row = row.trim_start_matches('\u{feff}');
        self.separator = separator(row);
        split(row, self.separator, |name| self.names.push(name.trim().to_owned()));
    }

    /// Whether a row is none; in a table of one column a blank line is a value.
    fn is_blank(&self, row: &str) -> bool {
        self.names.len() != 1 && row.trim_matches(['\u{feff}', ' ', '\t', '\0']).is_empty()
    }
}

/// A quote is looked for so far: no field is longer, and without a limit each stray quote would cost
/// a look at all that follows.
const FIELD: usize = 4 << 20;
/// So many stray quotes are given the benefit of a long look.
const PATIENCE: u32 = 16;

impl Parser for CsvParser {
    fn parse(&mut self, source: &mut Source<'_>, record: &mut Record) -> Result<bool, ParseError> {
        loop {
            if !self.row(source)? {
                return Ok(false);
            }
            let row = source.text();
            let row = row.trim_end_matches(['\r', '\n']);
            if self.header.is_blank(row) {
                source.discard();
                continue;
            }
            if self.header.names.is_empty() {
                self.header.read(row);
                source.discard();
                continue;
            }
            record.expect_fields();
            let Header { names, separator } = &self.header;
            let mut n = 0;
            let well_formed = split(row, *separator, |value| {
                // A field without a value is absent, but a text may be empty.
                let named = names.get(n);
                if let Some(name) =
                    named.filter(|it| !value.is_empty() || TEXT.contains(&it.as_str()))
                {
                    record.push(name, value);
                }
                n += 1;
            });
            let wanted = names.len();
            return match (well_formed, n == wanted) {
                (false, _) => Err(source.malformed_record("a quote that is never closed")),
                (true, false) => {
                    Err(source.malformed_record(format!("{n} fields, but the header has {wanted}")))
                }
                (true, true) => Ok(true),
            };
        }
    }
}

impl CsvParser {
    /// Reads on to the end of a row; false at the end of the input. A row whose quotes are not closed
    /// is its first line.
    fn row(&mut self, source: &mut Source<'_>) -> Result<bool, ParseError> {
        let Some(line) = source.line_bytes()? else { return Ok(false) };
        let separator = self.header.separator as u8;
        let header = self.header.names.is_empty();
        let mut state = scan(State::Start, line, separator, header);
        if state != State::Quoted {
            return Ok(true);
        }
        let mut length = line.len();
        let limit = source.limit();
        let first = source.checkpoint();
        let mut bytes = 0;
        let far = if self.unclosed < PATIENCE { FIELD } else { FIELD >> 10 };
        while state == State::Quoted {
            // The line may be another row's, whose length is no matter of this one.
            source.look_ahead();
            // A line that is too long by itself is no longer in memory, so there is no way back.
            let next = source.line_bytes()?;
            match next.filter(|line| bytes <= far && length + line.len() < limit) {
                Some(line) => {
                    // The line end is a part of the field.
                    (bytes, length) = (bytes + line.len() + 1, length + line.len() + 1);
                    state = scan(state, line, separator, header);
                }
                None => {
                    self.unclosed += 1;
                    source.rewind(first);
                    return Ok(true);
                }
            }
        }
        source.claim()?;
        Ok(true)
    }
}

/// Calls `push` with each field of a row; whether the last was closed.
fn split(row: &str, separator: char, mut push: impl FnMut(&str)) -> bool {
    let mut rest = row;
    let mut value = String::new();
    loop {
        let Some(mut quoted) = rest.strip_prefix('"') else {
            let end = rest.find(separator).unwrap_or(rest.len());
            push(rest.get(..end).unwrap_or_default());
            match rest.get(end..).and_then(|rest| rest.strip_prefix(separator)) {
                Some(behind) => rest = behind,
                None => return true,
            }
            continue;
        };
        value.clear();
        loop {
            let Some((part, behind)) = quoted.split_once('"') else {
                value.push_str(quoted);
                push(&value);
                return false;
            };
            value.push_str(part);
            match behind.strip_prefix('"') {
                Some(behind) => {
                    value.push('"');
                    quoted = behind;
                }
                None => {
                    // What stands between the quote and the separator belongs to the field.
                    let end = behind.find(separator).unwrap_or(behind.len());
                    value.push_str(behind.get(..end).unwrap_or_default());
                    quoted = behind.get(end..).unwrap_or_default();
                    break;
                }
            }
        }
        push(&value);
        match quoted.strip_prefix(separator) {
            Some(behind) => rest = behind,
            None => return true,
        }
    }
}

/// What parts the fields of this header.
fn separator(header: &str) -> char {
    let count = |c: &char| header.matches(*c).count();
    // Of equals the last is taken, which is the most usual.
    ['|', ';', '\t', ','].into_iter().max_by_key(count).filter(|c| count(c) > 0).unwrap_or(',')
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::conformance!(Csv);

    #[test]
    fn fields_of_a_row() {
        let cases: [(&str, &[&str]); 7] = [
            ("a,b", &["a", "b"]),
            ("", &[""]),
            ("a,,", &["a", "", ""]),
            ("\"a,b\",\"c\"\"d\"", &["a,b", "c\"d"]),
            ("a \"b\" c,d", &["a \"b\" c", "d"]),
            ("\"a\" b,c", &["a b", "c"]),
            ("\"\",\"\n\"", &["", "\n"]),
        ];
        for (row, expected) in cases {
            let mut found = Vec::new();
            assert!(split(row, ',', |field| found.push(field.to_owned())), "{row}");
            assert_eq!(found, expected, "{row}");
            let mut state = State::Start;
            for line in row.split('\n') {
                state = scan(state, line.as_bytes(), b',', false);
            }
            assert_ne!(state, State::Quoted, "{row}");
        }
        assert!(!split("a,\"b", ',', |_| {}));
        assert_eq!(scan(State::Start, b"a,\"b", b',', false), State::Quoted);
    }

    #[test]
    fn tells_tables_from_prose() {
        assert!(Csv.sniff(b"id,title,text\n1,a,b\n"));
        assert!(Csv.sniff(b"\"id\";\"content\"\n"));
        assert!(!Csv.sniff(b"text\na\n"));
        assert!(!Csv.sniff("Sáng 29/8, trời mưa.".as_bytes()));
    }
}
