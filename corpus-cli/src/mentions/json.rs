//! Facts as JSON Lines.

use corpus_model::{Document, Mention, Span, Value};
use serde::Serialize;

use crate::report::json::{DocumentName, line};

#[derive(Serialize)]
struct Row<'a, E> {
    document: DocumentName<'a>,
    path: Option<&'a str>,
    span: Span,
    text: &'a str,
    #[serde(flatten)]
    value: &'a Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    explain: Option<E>,
}

/// Appends the line of a fact.
pub(crate) fn row(
    document: &Document,
    mention: &Mention,
    explain: Option<impl Serialize>,
    page: &mut Vec<u8>,
) {
    line(
        page,
        &Row {
            document: DocumentName::of(document),
            path: document.metadata.path.as_deref(),
            span: mention.span,
            text: &document[mention.span],
            value: &mention.value,
            explain,
        },
    );
}

/// The value of a fact alone, as its line has it.
pub(crate) fn value(value: &Value) -> String {
    let written = match value {
        Value::Date(date) => serde_json::to_string(date),
        Value::Directive(directive) => serde_json::to_string(directive),
        Value::Person(person) => serde_json::to_string(person),
        Value::Organization(organization) => serde_json::to_string(organization),
        Value::Place(place) => serde_json::to_string(place),
        Value::Quantity(quantity) => serde_json::to_string(quantity),
        Value::Event(event) => serde_json::to_string(event),
        Value::List(list) => serde_json::to_string(list),
        _ => return String::new(),
    };
    // Writing our own values to memory cannot fail; see `line`.
    written.unwrap_or_default()
}
