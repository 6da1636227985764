//! JSON Lines: each line an object.

use std::fmt;

use memchr::memchr;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::field_names::TEXT;
use crate::layers::Layer;
use crate::{Format, ParseError, Parser, Record, RecordLines, Source};

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
        // A name and a colon behind the brace: prose in braces has no such thing.
        let Some(object) = head.trim_ascii_start().strip_prefix(b"{") else { return false };
        let Some(name) = object.trim_ascii_start().strip_prefix(b"\"") else { return false };
        let line = name.split(|&byte| byte == b'\n').next().unwrap_or_default();
        line.windows(2).any(|pair| pair == b"\":") || line.windows(3).any(|three| three == b"\" :")
    }

    fn parser(&self) -> Box<dyn Parser> {
        Box::<JsonlParser>::default()
    }

    fn lines(&self, head: &[u8]) -> Option<RecordLines> {
        // An array of objects is one error, and what it looks like at its front decides that.
        without_blanks(head).starts_with(b"{").then_some(RecordLines {
            is_record: |line| !without_blanks(line).is_empty(),
            parser: |records| {
                Box::new(JsonlParser { begun: records > 0, ..JsonlParser::default() })
            },
        })
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
            let outcome = read(line, record, &mut self.path);
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

/// Halves of surrogate pairs that stood alone in escapes, as where a text was cut off by program.
pub(super) struct Halves {
    /// Where the first is.
    pub(super) first: usize,
    count: usize,
}

impl fmt::Display for Halves {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.count {
            1 => f.write_str("half of a surrogate pair replaced by U+FFFD"),
            n => write!(f, "{n} halves of surrogate pairs replaced by U+FFFD"),
        }
    }
}

/// Reads an object into the fields of a record, and tells what had to be replaced in it; where in its
/// line it is wrong and how, if it is.
pub(super) fn read(
    json: &str,
    record: &mut Record,
    path: &mut String,
) -> Result<Option<Halves>, (usize, String)> {
    let outcome = match read_strictly(json, record, path) {
        Err((_, what)) if what == TOO_DEEP => {
            record.clear();
            record.expect_fields();
            told(read_outline(json, record, path))
        }
        outcome => outcome,
    };
    let mended = if outcome.is_err() { without_halves(json) } else { None };
    match mended {
        None => outcome.map(|()| None),
        Some((mended, halves)) => {
            record.clear();
            record.expect_fields();
            read_strictly(&mended, record, path).map(|()| Some(halves))
        }
    }
}

/// The same object, as long, with U+FFFD for each half of a surrogate pair; none if it has no such.
fn without_halves(json: &str) -> Option<(String, Halves)> {
    let unit = |at: usize| {
        let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let (mut mended, mut kept) = (String::new(), 0);
    let mut halves = Halves { first: 0, count: 0 };
    let mut at = 0;
    while let Some(n) = memchr(b'\\', json.as_bytes().get(at..).unwrap_or_default()) {
        at += n;
        match (unit(at), unit(at + 6)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => at += 12,
            (Some(0xd800..=0xdfff), _) => {
                if halves.count == 0 {
                    halves.first = at;
                }
                halves.count += 1;
                mended.push_str(json.get(kept..at).unwrap_or_default());
                mended.push_str("\\ufffd");
                at += 6;
                kept = at;
            }
            (Some(_), _) => at += 6,
            (None, _) => at += 2,
        }
    }
    mended.push_str(json.get(kept..).unwrap_or_default());
    (halves.count > 0).then_some((mended, halves))
}

fn read_strictly(
    json: &str,
    record: &mut Record,
    path: &mut String,
) -> Result<(), (usize, String)> {
    path.clear();
    let mut object = serde_json::Deserializer::from_str(json);
    let outcome = object.deserialize_map(Object { record, path }).and_then(|()| object.end());
    if outcome.is_ok() && record.take_rounded() {
        keep_numbers(json, record, path);
    }
    told(outcome)
}

/// Where in its line an object is wrong, and how.
fn told(outcome: Result<(), serde_json::Error>) -> Result<(), (usize, String)> {
    outcome.map_err(|error| {
        let message = error.to_string();
        // serde_json counts lines of its own; the reader tells ours.
        let what = message.rsplit_once(" at line ").map_or(&*message, |it| it.0);
        (error.column().saturating_sub(1), what.to_owned())
    })
}

/// What serde_json says of lists and objects that lie more than 128 deep.
const TOO_DEEP: &str = "recursion limit exceeded";

/// Reads an object of which some field is too deep; that one is kept as it is written.
fn read_outline(
    json: &str,
    record: &mut Record,
    path: &mut String,
) -> Result<(), serde_json::Error> {
    path.clear();
    let mut object = serde_json::Deserializer::from_str(json);
    object.deserialize_map(Outline { record, path }).and_then(|()| object.end())
}

/// The fields of an object, each looked into only if it is not too deep.
struct Outline<'a> {
    record: &'a mut Record,
    path: &'a mut String,
}

impl<'de> Visitor<'de> for Outline<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Outline { record, path } = self;
        while map.next_key_seed(Key { path })?.is_some() {
            let name = path.len();
            // Nothing recurses where a value is only passed over.
            let json = map.next_value::<&RawValue>()?.get();
            let before = record.extent();
            let mut source = serde_json::Deserializer::from_str(json);
            let number = json.starts_with(|c: char| c == '-' || c.is_ascii_digit());
            let value = Value { record, path, listed: false };
            if number || value.deserialize(&mut source).is_err() {
                record.shorten(before);
                path.truncate(name);
                record.push(path, json);
                if !number {
                    // Whatever it is, it is no text.
                    record.push_gap(path);
                }
            }
            path.clear();
        }
        Ok(())
    }
}

/// Writes numbers as they stand in the source, of which some were rounded: identifiers have more
/// digits than a number of 64 bits.
fn keep_numbers(json: &str, record: &mut Record, path: &mut String) {
    type Fields<'a> = std::collections::BTreeMap<std::borrow::Cow<'a, str>, &'a RawValue>;
    // Objects inside are looked at behind the one around them, so nothing recurses.
    let mut waiting = vec![(String::new(), json)];
    while let Some((outer, source)) = waiting.pop() {
        let Ok(fields) = serde_json::from_str::<Fields<'_>>(source) else { continue };
        for (name, value) in fields {
            path.clear();
            path.push_str(&outer);
            path.push_str(&name);
            let value = value.get();
            if value.starts_with('{') {
                path.push('.');
                waiting.push((path.clone(), value));
            } else if value.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
                record.replace(path, value);
            }
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

/// An object, whose fields go into the record.
struct Object<'a> {
    record: &'a mut Record,
    path: &'a mut String,
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let outer = self.path.len();
        while map.next_key_seed(Key { path: self.path })?.is_some() {
            if outer == 0 && Layer::of(self.path).is_some_and(|it| it.may_be_own(self.record)) {
                layer(&mut map, self.record, self.path)?;
                self.path.truncate(outer);
                continue;
            }
            map.next_value_seed(Value { record: self.record, path: self.path, listed: false })?;
            self.path.truncate(outer);
        }
        Ok(())
    }
}

/// A field that may be a layer of ours, and is a field like any other if it is not.
fn layer<'de, A: MapAccess<'de>>(
    map: &mut A,
    record: &mut Record,
    path: &mut String,
) -> Result<(), A::Error> {
    let json = map.next_value::<&RawValue>()?.get();
    if Layer::of(path).is_some_and(|it| it.put(json, record)) {
        return Ok(());
    }
    let mut value = serde_json::Deserializer::from_str(json);
    Value { record, path, listed: false }.deserialize(&mut value).map_err(|error| {
        let message = error.to_string();
        // It has counted from the beginning of the value; the object's reader tells the place.
        serde::de::Error::custom(message.rsplit_once(" at line ").map_or(&*message, |it| it.0))
    })
}

/// A field's name, added to the path.
struct Key<'a> {
    path: &'a mut String,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_str<E>(self, name: &str) -> Result<(), E> {
        if !self.path.is_empty() {
            self.path.push('.');
        }
        self.path.push_str(name);
        Ok(())
    }
}

/// A field's value.
struct Value<'a> {
    record: &'a mut Record,
    path: &'a mut String,
    /// It stands in a list, behind others perhaps.
    listed: bool,
}

impl Value<'_> {
    fn write(self, value: &str) {
        match self.listed {
            true => self.record.push_line(self.path, value),
            false => self.record.push(self.path, value),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.write(value);
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.write(if value { "true" } else { "false" });
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.write(&value.to_string());
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.write(&value.to_string());
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        if value.fract() == 0.0 {
            self.record.note_rounded();
        }
        self.write(&value.to_string());
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        if self.listed {
            // A list of objects is a table in the table: its texts are lines like other strings of
            // a list, the rest has no place among named fields.
            let Value { record, path, .. } = self;
            let (outer, before) = (path.len(), record.extent());
            loop {
                let key = map.next_key_seed(Key { path })?;
                let name = path.get(outer..).unwrap_or_default().trim_start_matches('.');
                let text = TEXT.contains(&name) && record.extent() == before;
                path.truncate(outer);
                match key {
                    None => break,
                    Some(()) if text => {
                        map.next_value_seed(Value { record, path, listed: true })?;
                    }
                    Some(()) => drop(map.next_value::<IgnoredAny>()?),
                }
            }
            if record.extent() == before {
                record.push_gap(path);
            }
            return Ok(());
        }
        Object { record: self.record, path: self.path }.visit_map(map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Value { record, path, .. } = self;
        while list.next_element_seed(Value { record, path, listed: true })?.is_some() {}
        Ok(())
    }
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
    }
}
