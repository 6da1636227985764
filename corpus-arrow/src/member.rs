//! Parts of JSON.

use std::collections::BTreeMap;

use arrow_array::{Array, ArrayRef};
use serde_json::value::RawValue;

use crate::ColumnError;
use crate::column::{TextColumn, Texts};

/// What the JSON of each row has under a key: a text as it is, anything else as JSON; null where there is nothing, and where the
/// row is no JSON. The place in a list counts as a key, from 0.
///
/// This is how the values of facts are read, and what is in them by calling it again.
///
/// ```
/// use corpus_arrow::arrow_array::{Array as _, ArrayRef, StringArray, cast::AsArray as _};
///
/// let column = |text: &str| -> ArrayRef { std::sync::Arc::new(StringArray::from(vec![text])) };
/// let value = column(r#"{"name":"Vi Văn Thìn","offices":["Bí thư"]}"#);
/// let get = |value: &ArrayRef, key| corpus_arrow::json_get_str(value, &column(key)).unwrap();
/// assert_eq!(get(&value, "name").as_string::<i32>().value(0), "Vi Văn Thìn");
/// assert_eq!(get(&get(&value, "offices"), "0").as_string::<i32>().value(0), "Bí thư");
/// assert!(get(&value, "born").is_null(0));
/// ```
///
/// # Errors
///
/// Where a column is none of texts, or the two are not equally long.
pub fn json_get_str(json: &dyn Array, keys: &dyn Array) -> Result<ArrayRef, ColumnError> {
    let json = Texts::of(json)?;
    let keys = json.beside(keys)?;
    let mut column = TextColumn::default();
    for (text, key) in json.iter().zip(keys.iter()) {
        match text.zip(key).and_then(|(text, key)| member(text, key)) {
            Some(found) => column.push(&found)?,
            None => column.push_null(),
        }
    }
    Ok(column.finish())
}

/// What a text that is JSON has under a key.
fn member(text: &str, key: &str) -> Option<String> {
    let found: &RawValue = match text.trim_start().starts_with('[') {
        true => {
            serde_json::from_str::<Vec<&RawValue>>(text).ok()?.get(key.parse::<usize>().ok()?)?
        }
        false => serde_json::from_str::<BTreeMap<String, &RawValue>>(text).ok()?.get(key)?,
    };
    match found.get() {
        "null" => None,
        text if text.starts_with('"') => serde_json::from_str(text).ok(),
        other => Some(other.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::member;

    #[test]
    fn members_are_texts() {
        for (json, key, expected) in [
            (r#"{"iso":"2014-08-29","day":29}"#, "iso", Some("2014-08-29")),
            (r#"{"iso":"2014-08-29","day":29}"#, "day", Some("29")),
            (r#"{"a":{"b":[1,"x"]}}"#, "a", Some(r#"{"b":[1,"x"]}"#)),
            (r#"[1,"x"]"#, "1", Some("x")),
            (r#"[1,"x"]"#, "2", None),
            (r#"[1,"x"]"#, "x", None),
            (r#"{"a":null}"#, "a", None),
            (r#"{"a":""}"#, "a", Some("")),
            ("7", "a", None),
            ("no JSON", "a", None),
        ] {
            assert_eq!(member(json, key).as_deref(), expected, "{json} {key}");
        }
    }
}
