//! Visitors that put the fields of an object straight into a record.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::Record;
use crate::field_names::TEXT;
use crate::layers::Layer;

/// Reads an object as JSON has it; where in its line it is wrong and how, if it is.
pub(super) fn read_strictly(
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
pub(super) fn told(outcome: Result<(), serde_json::Error>) -> Result<(), (usize, String)> {
    outcome.map_err(|error| {
        let message = error.to_string();
        // serde_json counts lines of its own; the reader tells ours.
        let what = message.rsplit_once(" at line ").map_or(&*message, |it| it.0);
        (error.column().saturating_sub(1), what.to_owned())
    })
}

/// Writes numbers as they stand in the source, of which some were rounded: identifiers have more
/// digits than a number of 64 bits.
pub(super) fn keep_numbers(json: &str, record: &mut Record, path: &mut String) {
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
pub(super) struct Key<'a> {
    pub(super) path: &'a mut String,
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
pub(super) struct Value<'a> {
    pub(super) record: &'a mut Record,
    pub(super) path: &'a mut String,
    /// It stands in a list, behind others perhaps.
    pub(super) listed: bool,
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
