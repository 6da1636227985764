//! JSON that is not a line each: an array of objects, or objects over several lines.

use memchr::{memchr3, memrchr};

use crate::{Format, ParseError, Parser, Record, Source, json};

/// A JSON array of objects, or objects one behind the other, however they are broken into lines.
///
/// Fields are those of [`Jsonl`](crate::Jsonl). Objects are read one by one, so that an array may be
/// larger than memory. Behind an object that breaks off, the next is the one that begins its line as
/// this one did.
#[derive(Clone, Copy, Debug)]
pub struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn about(&self) -> &'static str {
        "a JSON array of objects, or objects over several lines"
    }

    fn sniff(&self, head: &[u8]) -> bool {
        let head = head.trim_ascii_start();
        if let Some(list) = head.strip_prefix(b"[") {
            return list.trim_ascii_start().starts_with(b"{");
        }
        if !head.starts_with(b"{") {
            return false;
        }
        // The first line of an object over several lines ends where another may follow.
        let Some(line) = memchr::memchr(b'\n', head).and_then(|end| head.get(..end)) else {
            return false;
        };
        let goes_on =
            line.trim_ascii_end().ends_with(b"{") || line.trim_ascii_end().ends_with(b",");
        let next = head.get(line.len()..).unwrap_or_default().trim_ascii_start();
        goes_on && next.starts_with(b"\"")
    }

    fn parser(&self) -> Box<dyn Parser> {
        Box::<JsonParser>::default()
    }
}

/// So many bytes are looked at together where a record is passed over.
const STRETCH: usize = 64 << 10;

#[derive(Default)]
struct JsonParser {
    path: String,
}

impl Parser for JsonParser {
    fn parse(&mut self, source: &mut Source<'_>, record: &mut Record) -> Result<bool, ParseError> {
        let indent = match pass_separators(source) {
            Some(indent) => indent,
            None => return Ok(false),
        };
        record.expect_fields();
        if source.peek(1).first() != Some(&b'{') {
            let bytes = source.peek(STRETCH);
            let length = stray(bytes.get(..STRETCH.min(bytes.len())).unwrap_or_default());
            source.take(length);
            return Err(source.malformed_record("no object: each record is one in braces"));
        }
        match object(source, &indent) {
            Extent::Whole(length) => source.take(length),
            Extent::Broken(length) => {
                source.take(length);
                return Err(source.malformed_record("an object that breaks off"));
            }
            Extent::TooLong => {
                source.take(source.limit().saturating_add(1));
                let outcome = source.check_length();
                source.skip();
                skip_to_next(source, &indent);
                outcome?;
            }
        }
        match json::read(source.text(), record, &mut self.path) {
            Ok(None) => Ok(true),
            Ok(Some(halves)) => {
                source.report(source.malformed_record(halves.to_string()));
                Ok(true)
            }
            Err((_, what)) => Err(source.malformed_record(format!("invalid JSON: {what}"))),
        }
    }
}

/// Where an object ends.
enum Extent {
    /// Behind its brace.
    Whole(usize),
    /// Nowhere; so many bytes are given up.
    Broken(usize),
    /// Beyond the limit.
    TooLong,
}

/// Passes over brackets, commas and blanks in front of a record; the blanks at the head of its line,
/// or none at the end of the input.
fn pass_separators(source: &mut Source<'_>) -> Option<Vec<u8>> {
    let mut indent = Vec::new();
    loop {
        let bytes = source.peek(1);
        if bytes.is_empty() {
            return None;
        }
        let separator = |byte: &u8| {
            byte.is_ascii_whitespace()
                || matches!(byte, b'[' | b']' | b',' | b'\0' | 0xef | 0xbb | 0xbf)
        };
        let length = bytes.iter().take_while(|byte| separator(byte)).count();
        let passed = bytes.get(..length).unwrap_or_default();
        if let Some(line) = memrchr(b'\n', passed) {
            indent.clear();
            indent.extend_from_slice(passed.get(line..).unwrap_or_default());
        } else {
            indent.extend_from_slice(passed);
        }
        if length == 0 {
            // Only a line's own blanks are looked for again.
            if indent.first() != Some(&b'\n') || indent.len() > 200 {
                indent.clear();
            }
            return Some(indent);
        }
        source.take(length);
        source.discard();
    }
}

/// Where the object at hand ends. All that was looked at is a part of it, so nothing is looked at
/// again.
fn object(source: &mut Source<'_>, indent: &[u8]) -> Extent {
    let limit = source.limit();
    let (mut at, mut depth, mut inside) = (0, 0usize, false);
    loop {
        let wanted = at + 1;
        let bytes = source.peek(wanted);
        if bytes.len() < wanted {
            return Extent::Broken(bytes.len());
        }
        while let Some(byte) = bytes.get(at) {
            if at > limit {
                return Extent::TooLong;
            }
            if inside {
                let rest = bytes.get(at..).unwrap_or_default();
                let Some(n) = memchr3(b'"', b'\\', b'\n', rest) else {
                    at = bytes.len();
                    break;
                };
                at += n + 1;
                match rest.get(n) {
                    Some(b'"') => inside = false,
                    Some(b'\\') => at += 1,
                    // No string has a line end inside, so this one was not closed.
                    _ => return next_like(source, indent, at - 1),
                }
                continue;
            }
            at += 1;
            match byte {
                b'"' => inside = true,
                b'{' if at > 1 && begins_like(bytes, at - 1, indent) => {
                    // A brace is missing, and this is the next record.
                    return Extent::Broken(at - 1);
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return if at > limit { Extent::TooLong } else { Extent::Whole(at) };
                    }
                }
                _ => {}
            }
        }
    }
}

/// Whether what begins here stands as far from the margin as the record.
fn begins_like(bytes: &[u8], at: usize, indent: &[u8]) -> bool {
    !indent.is_empty() && bytes.get(..at).is_some_and(|before| before.ends_with(indent))
}

/// The next line, from this byte on, that begins with a brace as far from the margin as this record.
fn next_like(source: &mut Source<'_>, indent: &[u8], from: usize) -> Extent {
    if indent.is_empty() {
        return Extent::Broken(from);
    }
    let mut mark = indent.to_vec();
    mark.push(b'{');
    let limit = source.limit();
    let mut at = from;
    loop {
        let wanted = at + mark.len();
        let bytes = source.peek(wanted);
        if bytes.len() < wanted {
            return Extent::Broken(bytes.len());
        }
        let rest = bytes.get(at..).unwrap_or_default();
        at = match memchr::memmem::find(rest, &mark) {
            Some(n) if at + n <= limit => return Extent::Broken(at + n),
            _ => bytes.len() - (mark.len() - 1),
        };
        if at > limit {
            return Extent::TooLong;
        }
    }
}

/// Skips to the next record in bounded memory.
fn skip_to_next(source: &mut Source<'_>, indent: &[u8]) {
    let mut mark = indent.to_vec();
    mark.push(b'{');
    loop {
        let bytes = source.peek(STRETCH);
        let bytes = bytes.get(..STRETCH.min(bytes.len())).unwrap_or_default();
        if bytes.is_empty() {
            return;
        }
        let found = if indent.is_empty() { None } else { memchr::memmem::find(bytes, &mark) };
        let last = bytes.len() < STRETCH;
        let length = match found {
            Some(at) => at,
            None if last => bytes.len(),
            None => bytes.len().saturating_sub(mark.len()).max(1),
        };
        source.take(length);
        source.skip();
        if found.is_some() || last {
            return;
        }
    }
}

/// How long a value is that is no object: up to the next object or separator.
fn stray(bytes: &[u8]) -> usize {
    let ends = |byte: &u8| matches!(byte, b'{' | b',' | b'\n');
    let first = usize::from(!bytes.is_empty());
    bytes.iter().skip(first).position(ends).map_or(bytes.len(), |at| at + first)
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::conformance!(Json);

    fn read(input: &str) -> Vec<String> {
        let mut reader = crate::Reader::new(&Json, input.as_bytes());
        let texts = reader.documents().map(|it| match it {
            Ok(document) => document.text().to_owned(),
            Err(error) => error.to_string(),
        });
        texts.collect()
    }

    #[test]
    fn arrays_and_objects() {
        assert_eq!(read(r#"[{"text":"a"},{"text":"b"}]"#), ["a", "b"]);
        assert_eq!(
            read("[\n  {\n    \"text\": \"a}{\\\"\"\n  },\n  {\"text\": \"b\"}\n]\n"),
            ["a}{\"", "b"]
        );
        assert_eq!(read("{\n \"text\": \"a\"\n}\n{\n \"text\": \"b\"\n}"), ["a", "b"]);
        assert_eq!(read("[]"), [""; 0]);
    }

    #[test]
    fn damage_costs_one_record() {
        let input = "[\n  {\n    \"text\": \"a\n  },\n  {\n    \"text\": \"b\"\n  }\n]\n";
        assert_eq!(read(input), ["line 2, byte 4: an object that breaks off", "b"]);
        let input = "[{\"text\":\"a\"}, 7, {\"text\":\"b\"}]";
        assert_eq!(
            read(input),
            ["a", "line 1, byte 15: no object: each record is one in braces", "b"]
        );
        assert_eq!(
            read("[{\"text\":\"a\"},{\"te"),
            ["a", "line 1, byte 14: an object that breaks off"]
        );
    }

    #[test]
    fn tells_arrays_from_lines() {
        assert!(Json.sniff(b" [ {\"a\":1}]"));
        assert!(Json.sniff(b"{\n  \"a\": 1,\n"));
        assert!(Json.sniff(b"{\"a\": 1,\n \"b\": 2}\n"));
        assert!(!Json.sniff(b"{\"a\": 1}\n{\"a\": 2}\n"));
        assert!(!Json.sniff(b"[1, 2]"));
        assert!(!Json.sniff(b"{\"text\": \"a\n"));
    }
}
