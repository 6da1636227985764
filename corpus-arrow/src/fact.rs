//! Facts.

use arrow_array::{Array, ArrayRef};
use corpus_extract::Extractor;
use corpus_model::{Document, Value, When};

use crate::ColumnError;
use crate::column::{Lists, Places, TextColumn, Texts};
use crate::types::fact_fields;

/// The facts of each text, of [`corpus_extract::Extractor::extract`]; `published` says when each was published, as
/// `2014-08-29` or `2014-08-29T16:00`, which is what half-written dates hang on.
///
/// ```
/// use corpus_arrow::arrow_array::{ArrayRef, StringArray, cast::AsArray as _};
///
/// let column = |text: &str| -> ArrayRef { std::sync::Arc::new(StringArray::from(vec![text])) };
/// let facts = corpus_arrow::facts(&column("Sáng 14/3, xã họp."), Some(&column("2022-03-15"))).unwrap();
/// let facts = facts.as_list::<i32>().value(0);
/// let value = facts.as_struct().column_by_name("value").unwrap();
/// assert!(value.as_string::<i32>().value(0).contains("2022-03-14"));
/// ```
///
/// # Errors
///
/// Where a column is none of texts, the two are not equally long, or what is found is too much for one column.
pub fn facts(texts: &dyn Array, published: Option<&dyn Array>) -> Result<ArrayRef, ColumnError> {
    let texts = Texts::of(texts)?;
    let published = published.map(|it| texts.beside(it)).transpose()?;
    let mut lists = Lists::new(texts.len());
    let (mut places, mut kinds, mut values) =
        (Places::default(), TextColumn::default(), TextColumn::default());
    for (row, text) in texts.iter().enumerate() {
        if let Some(text) = text {
            let mut document = Document::new("", text);
            let stated = published.and_then(|it| it.get(row));
            document.metadata.published = stated.and_then(|it| When::from_iso(it.trim()));
            for mention in &Extractor::built_in().extract(&document) {
                kinds.push(mention.kind().name())?;
                places.push(text, mention.span)?;
                values.push(&fact_value(&mention.value)?)?;
            }
        }
        lists.end(places.len(), text.is_some())?;
    }
    lists.finish(places.finish(fact_fields(), Some(kinds), Some(values))?)
}

/// The value of a fact as JSON, as everything else of this workspace writes it, without its kind.
///
/// # Errors
///
/// Where it cannot be written as JSON, which no value of today does.
pub fn fact_value(value: &Value) -> Result<String, ColumnError> {
    Ok(match value {
        Value::Date(it) => serde_json::to_string(it)?,
        Value::Directive(it) => serde_json::to_string(it)?,
        Value::Person(it) => serde_json::to_string(it)?,
        Value::Organization(it) => serde_json::to_string(it)?,
        Value::Place(it) => serde_json::to_string(it)?,
        Value::Quantity(it) => serde_json::to_string(it)?,
        Value::Event(it) => serde_json::to_string(it)?,
        Value::List(it) => serde_json::to_string(it)?,
        Value::Programme(it) => serde_json::to_string(it)?,
        // A kind that is younger than this crate; it says itself what it is.
        other => serde_json::to_string(other)?,
    })
}
