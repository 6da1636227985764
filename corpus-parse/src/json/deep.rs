//! Objects of which some field lies deeper than a parser may recurse.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::visit::{Key, Value};
use crate::Record;

/// What serde_json says of lists and objects that lie more than 128 deep.
pub(super) const TOO_DEEP: &str = "recursion limit exceeded";

/// Reads an object of which some field is too deep; that one is kept as it is written.
pub(super) fn read_outline(
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
