//! Plain objects, read in one pass: strings, whole numbers and lists of strings under their names.
//!
//! Nearly all of a corpus is like that. Strings are looked through many bytes at a time and written
//! straight into the record; a value that is not plain is handed to the visitors alone. Where anything
//! is odd – an error, half of a surrogate pair, a field that is too deep – nothing is said here: the
//! caller reads the object again, and tells what is wrong.

use memchr::memchr2;
use serde::Deserialize;
use serde::de::DeserializeSeed;
use serde_json::value::RawValue;

use super::visit::{Value, keep_numbers};
use crate::Record;
use crate::layers::Layer;

/// Reads an object into the fields of a record; none if it is not plain, and what the record holds
/// means nothing then.
pub(super) fn read(json: &str, record: &mut Record, path: &mut String) -> Option<()> {
    let controls = has_controls(json.as_bytes());
    let mut reader = Plain { json, at: 0, controls };
    reader.expect(b'{')?;
    if !reader.passes(b'}') {
        loop {
            reader.field(record, path)?;
            if !reader.passes(b',') {
                break;
            }
        }
        reader.expect(b'}')?;
    }
    reader.pass_blanks();
    if reader.at < json.len() {
        return None;
    }
    if record.take_rounded() {
        keep_numbers(json, record, path);
    }
    Some(())
}

/// The place in an object.
struct Plain<'j> {
    json: &'j str,
    at: usize,
    /// There are characters in it that may stand between values and in no string.
    controls: bool,
}

impl<'j> Plain<'j> {
    fn peek(&self) -> Option<u8> {
        self.json.as_bytes().get(self.at).copied()
    }

    fn pass_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\t' | b'\r')) {
            self.at += 1;
        }
    }

    /// Passes over this sign and the blanks in front of it, if it comes next.
    fn passes(&mut self, sign: u8) -> bool {
        self.pass_blanks();
        let here = self.peek() == Some(sign);
        self.at += usize::from(here);
        here
    }

    fn expect(&mut self, sign: u8) -> Option<()> {
        self.passes(sign).then_some(())
    }

    /// A name and its value.
    fn field(&mut self, record: &mut Record, path: &mut String) -> Option<()> {
        path.clear();
        self.expect(b'"')?;
        self.string(path)?;
        self.expect(b':')?;
        self.pass_blanks();
        if let Some(layer) = Layer::of(path).filter(|it| it.may_be_own(record)) {
            let json = self.raw()?;
            if layer.put(json, record) {
                return Some(());
            }
            return visit(json, record, path, false);
        }
        if self.passes(b'[') {
            return self.list(record, path);
        }
        self.value(record, path, false)
    }

    /// The rest of a list, whose strings are lines of one value.
    fn list(&mut self, record: &mut Record, path: &mut String) -> Option<()> {
        if self.passes(b']') {
            return Some(());
        }
        loop {
            self.pass_blanks();
            self.value(record, path, true)?;
            if !self.passes(b',') {
                return self.expect(b']');
            }
        }
    }

    /// A value, in a list perhaps.
    fn value(&mut self, record: &mut Record, path: &mut String, listed: bool) -> Option<()> {
        let simple = match self.peek()? {
            b'"' => {
                self.at += 1;
                let write = |to: &mut String| self.string(to);
                return match listed {
                    true => record.push_line_with(path, write),
                    false => record.push_with(path, write),
                };
            }
            b'n' => return self.word("null").map(drop),
            b't' => self.word("true")?,
            b'f' => self.word("false")?,
            b'-' | b'0'..=b'9' => match self.whole_number() {
                Some(number) => number,
                None => return visit(self.raw()?, record, path, listed),
            },
            _ => return visit(self.raw()?, record, path, listed),
        };
        match listed {
            true => record.push_line(path, simple),
            false => record.push(path, simple),
        }
        Some(())
    }

    fn word(&mut self, word: &'static str) -> Option<&'j str> {
        let json: &'j str = self.json;
        let found = json.get(self.at..self.at + word.len()).filter(|it| *it == word)?;
        self.at += word.len();
        Some(found)
    }

    /// A number that is written as any program would write it, and fits into 64 bits.
    fn whole_number(&mut self) -> Option<&'j str> {
        let json: &'j str = self.json;
        let rest = json.get(self.at..)?;
        let digits = rest.strip_prefix('-').unwrap_or(rest);
        let sign = rest.len() - digits.len();
        let count = digits.bytes().take(19).take_while(u8::is_ascii_digit).count();
        let written = match digits.as_bytes().first()? {
            b'0' => sign == 0 && count == 1,
            _ => (1..=18).contains(&count),
        };
        let fraction = matches!(digits.as_bytes().get(count), Some(b'.' | b'e' | b'E'));
        if !written || fraction {
            return None;
        }
        self.at += sign + count;
        rest.get(..sign + count)
    }

    /// Any value, as it is written.
    fn raw(&mut self) -> Option<&'j str> {
        let json: &'j str = self.json;
        let mut rest = serde_json::Deserializer::from_str(json.get(self.at..)?);
        let value = <&'j RawValue>::deserialize(&mut rest).ok()?.get();
        self.at += value.len();
        Some(value)
    }

    /// The rest of a string behind its first quotation mark.
    fn string(&mut self, to: &mut String) -> Option<()> {
        loop {
            let rest = self.json.get(self.at..)?;
            let length = memchr2(b'"', b'\\', rest.as_bytes())?;
            let part = rest.get(..length)?;
            if self.controls && has_controls(part.as_bytes()) {
                return None;
            }
            to.push_str(part);
            self.at += length + 1;
            match rest.as_bytes().get(length)? {
                b'"' => return Some(()),
                _ => to.push(self.escaped()?),
            }
        }
    }

    /// What is written behind a backslash.
    fn escaped(&mut self) -> Option<char> {
        let sign = self.peek()?;
        self.at += 1;
        Some(match sign {
            b'"' | b'\\' | b'/' => char::from(sign),
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => {
                let first = self.unit()?;
                if !(0xd800..0xe000).contains(&first) {
                    return char::from_u32(first);
                }
                self.word("\\u")?;
                let second = self.unit()?;
                let pair = first < 0xdc00 && (0xdc00..0xe000).contains(&second);
                let code = 0x1_0000 + ((first & 0x3ff) << 10) + (second & 0x3ff);
                return char::from_u32(code).filter(|_| pair);
            }
            _ => return None,
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Option<u32> {
        let digits = self.json.get(self.at..self.at + 4)?;
        self.at += 4;
        let hex = digits.bytes().all(|it| it.is_ascii_hexdigit());
        u32::from_str_radix(digits, 16).ok().filter(|_| hex)
    }
}

/// Reads a value that is not plain.
fn visit(json: &str, record: &mut Record, path: &mut String, listed: bool) -> Option<()> {
    let mut value = serde_json::Deserializer::from_str(json);
    let name = path.len();
    let read = Value { record, path, listed }.deserialize(&mut value).ok();
    path.truncate(name);
    read
}

/// So many bytes are looked at together, which is what makes it fast.
const TOGETHER: usize = 64;

/// Whether there is a character that has to be escaped in strings.
fn has_controls(bytes: &[u8]) -> bool {
    let control = |bytes: &[u8]| bytes.iter().fold(false, |any, byte| any | (*byte < 0x20));
    let (chunks, rest) = bytes.as_chunks::<TOGETHER>();
    chunks.iter().any(|chunk| control(chunk)) || control(rest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::visit::read_strictly;
    use super::*;

    /// Names and values, and whether the object was understood.
    type Fields = (bool, Vec<(String, String)>);

    fn fields(json: &str, read: impl Fn(&str, &mut Record, &mut String) -> bool) -> Fields {
        let (mut record, mut path) = (Record::default(), String::new());
        record.expect_fields();
        let outcome = read(json, &mut record, &mut path);
        let all = record.fields().map(|(name, value)| (name.to_owned(), value.to_owned()));
        (outcome, all.collect())
    }

    /// What is read here is what the visitors read; what they do not read is not read here.
    fn check(json: &str) -> Result<bool, TestCaseError> {
        let plain = fields(json, |json, record, path| read(json, record, path).is_some());
        let strict = fields(json, |json, record, path| read_strictly(json, record, path).is_ok());
        if plain.0 {
            prop_assert_eq!(&plain, &strict, "{}", json);
        }
        Ok(plain.0)
    }

    #[test]
    fn most_objects_are_plain() {
        for json in [
            "{}",
            " { } ",
            r#"{"a":"","b":[],"c":null}"#,
            r#"{"text":"Trời mưa.\nĐường \"trơn\" \u0111\ud83c\udf27\/\b\f\t\r\\"}"#,
            r#"{ "text" : [ "Một." , "Hai." , null , 3 , true ] , "n" : -12 , "id" : 0 }"#,
            "{\n\t\"a\":\r\n\"b\"\n}",
            r#"{"a":1.5,"b":-0,"c":123456789012345678901234567890,"d":{"e":{"f":"g"}},"a":false}"#,
            r#"{"text":"a","text":["b"],"text":["c",["d"]],"sentences":[{"id":1,"text":"e"}]}"#,
            r#"{"text":"Tin.","blocks":[{"kind":"paragraph","span":[0,4]}],"words":[[0,3]]}"#,
        ] {
            assert!(check(json).unwrap(), "{json}");
        }
    }

    #[test]
    fn what_is_odd_is_left_to_others() {
        let deep = format!(r#"{{"a":{}1{}}}"#, "[".repeat(200), "]".repeat(200));
        for json in [
            "",
            "{",
            "[]",
            "{}x",
            r#"{"a"}"#,
            r#"{"a":}"#,
            r#"{"a":"b",}"#,
            r#"{"a":"b" "c":"d"}"#,
            r#"{"a":"b"#,
            r#"{"a":"\ud83d"}"#,
            r#"{"a":"\ud83d\ud83d"}"#,
            r#"{"a":"\u+123"}"#,
            r#"{"a":"\x"}"#,
            "{\"a\":\"b\nc\"}",
            "{\"a\":\"bcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz\u{1f}\"}",
            r#"{"a":01}"#,
            r#"{"a":tru}"#,
            r#"{"a":["b"}"#,
            &deep,
        ] {
            assert!(!check(json).unwrap(), "{json}");
        }
    }

    proptest! {
        #[test]
        fn both_ways_read_the_same(json in r#"\{("[ab]|text|\\n|\\u[0d]0[0e]9|mưa":? ?([0-9.e-]{1,4}|"x\\"y|[\[\]{},"a]|null){1,2}"?,?){0,5}\}"#) {
            check(&json)?;
        }

        #[test]
        fn objects_are_read_the_same(
            fields in prop::collection::vec(("[a-c.]{0,2}|text|blocks", value()), 0..6),
        ) {
            let fields: Vec<String> = fields
                .into_iter()
                .map(|(name, value)| format!("{}:{value}", serde_json::Value::from(name)))
                .collect();
            check(&format!("{{{}}}", fields.join(",")))?;
        }
    }

    /// Any value.
    fn value() -> impl Strategy<Value = serde_json::Value> {
        use serde_json::Value;
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 16, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[a-c]|text", inner, 0..4)
                    .prop_map(|it| Value::Object(it.into_iter().collect())),
            ]
        })
    }
}
