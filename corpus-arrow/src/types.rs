//! The types of what the functions give.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields};

/// The type of lists of these values, none of which is null.
///
/// ```
/// use corpus_arrow::arrow_schema::DataType;
///
/// assert!(matches!(corpus_arrow::list_of(DataType::UInt64), DataType::List(_)));
/// ```
pub fn list_of(values: DataType) -> DataType {
    DataType::List(element(values))
}

/// The field of the values of a list.
pub(crate) fn element(values: DataType) -> Arc<Field> {
    Arc::new(Field::new_list_field(values, false))
}

/// The fields of a sentence: `start`, `end` and `text`.
pub fn sentence_fields() -> Fields {
    place().into()
}

/// The fields of a word: `kind`, `start` and `end`, as in the Parquet of `corpus-write`, and `text`.
pub fn word_fields() -> Fields {
    let kind = Field::new("kind", DataType::Utf8, false);
    [kind].into_iter().chain(place()).collect()
}

/// The fields of a fact: `kind`, `start` and `end`, as in the Parquet of `corpus-write`, `text`, and `value` as JSON.
pub fn fact_fields() -> Fields {
    let kind = Field::new("kind", DataType::Utf8, false);
    let value = Field::new("value", DataType::Utf8, false);
    [kind].into_iter().chain(place()).chain([value]).collect()
}

/// The fields of a verdict: `keep`; and of a text that is not kept the first `rule` that it breaks, the `value` that was measured and
/// the `threshold`.
pub fn quality_fields() -> Fields {
    Fields::from(vec![
        Field::new("keep", DataType::Boolean, false),
        Field::new("rule", DataType::Utf8, true),
        Field::new("value", DataType::Float64, true),
        Field::new("threshold", DataType::Float64, true),
    ])
}

fn place() -> Vec<Field> {
    vec![
        Field::new("start", DataType::Int64, false),
        Field::new("end", DataType::Int64, false),
        Field::new("text", DataType::Utf8, false),
    ]
}
