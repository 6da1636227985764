//! JSON Lines: each line an object.

use crate::{EachLine, Format, ParseError, Parser, Record, RecordLines, Source, json};

/// Each line a JSON object; which field is the text is decided by
/// [`FieldNames`](crate::FieldNames).
///
/// The fields of an object inside are named by their path (`meta.url`), strings in a list stand a
/// line each, texts of objects in a list too, and what is null is absent.
#[derive(Clone, Copy, Debug)]
pub struct Jsonl;

impl Format for Jsonl {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson", "jsonlines", "json"]
    }

    fn about(&self) -> &'static str {
        "JSON Lines: each line an object with the text in a field"
    }

    fn sniff(&self, head: &[u8]) -> bool {
        let Some(mut object) = head.trim_ascii_start().strip_prefix(b"{") else { return false };
        // Rows of a table of which nothing is known.
        while let Some(behind) = object.trim_ascii_start().strip_prefix(b"}") {
            match behind.trim_ascii_start() {
                [] | [b'{'] => return true,
                [b'{', next @ ..] => object = next,
                _ => return false,
            }
        }
        // A name and a colon behind the brace: prose in braces has no such thing.
        let Some(name) = object.trim_ascii_start().strip_prefix(b"\"") else { return false };
        let line = name.split(|&byte| byte == b'\n').next().unwrap_or_default();
        line.windows(2).any(|pair| pair == b"\":") || line.windows(3).any(|three| three == b"\" :")
    }

    fn parser(&self) -> Box<dyn Parser> {
        Box::<JsonlParser>::default()
    }

    fn lines(&self, head: &[u8]) -> Option<Box<dyn RecordLines>> {
        // An array of objects is one error, and what it looks like at its front decides that.
        if !without_blanks(head).starts_with(b"{") {
            return None;
        }
        Some(Box::new(EachLine {
            is_record: |line| !without_blanks(line).is_empty(),
            parser: |records| {
                Box::new(JsonlParser { begun: records > 0, ..JsonlParser::default() })
            },
        }))
    }
}

/// What follows blanks and byte-order marks.
fn without_blanks(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes;
    loop {
        rest = match rest {
            [blank, others @ ..] if blank.is_ascii_whitespace() => others,
            [0xef, 0xbb, 0xbf, others @ ..] => others,
            rest => return rest,
        };
    }
}

#[derive(Default)]
struct JsonlParser {
    /// A line was seen that is not blank.
    begun: bool,
    /// The path of the field at hand.
    path: String,
}

impl Parser for JsonlParser {
    fn parse(&mut self, source: &mut Source<'_>, record: &mut Record) -> Result<bool, ParseError> {
        loop {
            let Some(line) = source.line()? else { return Ok(false) };
            // A byte-order mark in the middle comes of files that were joined.
            let blank = |c: char| c.is_ascii_whitespace() || c == '\u{feff}';
            let indent = line.len() - line.trim_start_matches(blank).len();
            let line = line.trim_matches(blank);
            if line.is_empty() {
                source.discard();
                continue;
            }
            let first = !std::mem::replace(&mut self.begun, true);
            if first && opens_array(line) {
                source.mark();
                let error = source.malformed(ARRAY);
                // The rest belongs to the array, however long it is.
                let _ = source.read_to_end();
                return Err(error);
            }
            record.expect_fields();
            let outcome = json::read(line, record, &mut self.path);
            source.mark();
            return match outcome {
                Ok(None) => Ok(true),
                Ok(Some(halves)) => {
                    source.report(source.malformed_at(indent + halves.first, halves.to_string()));
                    Ok(true)
                }
                Err((byte, what)) => {
                    Err(source.malformed_at(indent + byte, format!("invalid JSON: {what}")))
                }
            };
        }
    }
}

const ARRAY: &str = "a JSON array, not JSON Lines: it is read as the format json";

/// Whether an array of objects begins here, or one that goes on behind the line.
fn opens_array(line: &str) -> bool {
    line.strip_prefix('[').is_some_and(|rest| {
        let rest = rest.trim_start();
        rest.is_empty() || rest.starts_with('{')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::conformance!(Jsonl);

    /// The texts, or what is said instead.
    fn texts(input: &str) -> Vec<String> {
        let mut reader = crate::Reader::new(&Jsonl, input.as_bytes());
        let texts = reader.documents().map(|it| match it {
            Ok(document) => document.text().to_owned(),
            Err(error) => error.to_string(),
        });
        texts.collect()
    }

    #[test]
    fn texts_of_objects_in_a_list_are_lines() {
        let list = r#"{"sentences":[{"id":1,"text":"Câu một."},"Câu hai.",{"text":null,"body":"Câu ba."}]}"#;
        assert_eq!(texts(list), ["Câu một.\nCâu hai.\nCâu ba."]);
        let nested = r#"{"paragraphs":[{"sentences":[{"text":"Câu một."},{"text":"Câu hai."}]}]}"#;
        assert_eq!(texts(nested), ["Câu một.\nCâu hai."]);
        assert_eq!(texts(r#"{"text":"Tin.","sentences":[{"n":1}]}"#), ["Tin."]);
    }

    #[test]
    fn long_numbers_are_kept_as_written() {
        let line = r#"{"id":123456789012345678901234567890,"text":"a","n":{"b":-98765432109876543210,"c":1.50,"d":7}}"#;
        let mut reader = crate::Reader::new(&Jsonl, line.as_bytes());
        let document = reader.documents().next().unwrap().unwrap();
        assert_eq!(document.id(), "123456789012345678901234567890");
        let extra = |name: &str| document.metadata.extra.get(name).map(String::as_str);
        assert_eq!(extra("n.b"), Some("-98765432109876543210"));
        assert_eq!((extra("n.c"), extra("n.d")), (Some("1.50"), Some("7")));
    }

    #[test]
    fn a_text_that_is_an_object_is_told() {
        let line = r#"{"id":1,"text":{"vi":"Trời mưa."}}"#;
        assert_eq!(
            texts(line),
            [
                "line 1, byte 0: no field \"text\" that is a text: it is an object, with a field \"text.vi\""
            ]
        );
    }

    #[test]
    fn halves_of_pairs_are_replaced_and_told() {
        let found = texts(r#"{"a":"\\ud83d","text":"Nửa \ud83d, đủ \ud83c\udf27, sau \udf27."}"#);
        assert_eq!(
            found,
            [
                "line 1, byte 29: 2 halves of surrogate pairs replaced by U+FFFD",
                "Nửa �, đủ 🌧, sau �."
            ]
        );
        let broken = texts(r#"{"text":"\ud83d","a":}"#);
        assert_eq!(broken, ["line 1, byte 21: invalid JSON: expected value"]);
    }

    #[test]
    fn a_field_that_is_too_deep_does_not_cost_the_record() {
        let deep = format!("{}{{\"b\":1}}{}", "[".repeat(100_000), "]".repeat(100_000));
        let line = format!("{{\"a\":{deep},\"id\":{},\"text\":\"Trời mưa.\"}}", "9".repeat(30));
        let mut reader = crate::Reader::new(&Jsonl, line.as_bytes());
        let document = reader.documents().next().unwrap().unwrap();
        assert_eq!((document.text(), document.id()), ("Trời mưa.", &*"9".repeat(30)));
        assert_eq!(document.metadata.extra["a"], deep);
    }

    #[test]
    fn an_array_is_one_error() {
        for input in [
            r#"[{"text":"a"},{"text":"b"}]"#,
            "[\n{\"text\":\"a\"},\n{\"text\":\"b\"}\n]\n",
            "\n[{\"text\":\"a\"},\n{\"text\":\"b\"}]",
        ] {
            let found = texts(input);
            let told = matches!(found.as_slice(), [only] if only.contains("not JSON Lines"));
            assert!(told, "{input}: {found:?}");
        }
    }

    #[test]
    fn no_text_is_told() {
        for line in [
            "{}",
            r#"{"a":null}"#,
            r#"{"text":null}"#,
            r#"{"text":[]}"#,
            r#"{"a":1}"#,
            r#"{"text":["a",{"x":"b"}]}"#,
            r#"{"text":[{"x":"b"}]}"#,
        ] {
            let found = texts(line);
            let told = matches!(found.as_slice(), [only] if only.contains("no field"));
            assert!(told, "{line}: {found:?}");
        }
    }

    #[test]
    fn tells_objects_from_prose() {
        assert!(Jsonl.sniff(b"\n {\"id\": 1}"));
        assert!(Jsonl.sniff(b"{ \"id\" : 1}"));
        assert!(!Jsonl.sniff("{\"Tin vắn\"} trong ngày".as_bytes()));
        assert!(!Jsonl.sniff(b"[1, 2]"));
        assert!(Jsonl.sniff(b"{}") && Jsonl.sniff(b"{}\n{ }\n{\"id\":1}") && Jsonl.sniff(b"{}\n{"));
        assert!(!Jsonl.sniff(b"{} {Tin}") && !Jsonl.sniff(b"{}, []"));
    }
}
