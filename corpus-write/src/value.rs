//! Values of facts as JSON.

use corpus_model::Value;

/// What a fact names, as JSON.
pub(crate) fn json(value: &Value) -> String {
    let json = match value {
        Value::Date(it) => serde_json::to_string(it),
        Value::Directive(it) => serde_json::to_string(it),
        Value::Person(it) => serde_json::to_string(it),
        Value::Organization(it) => serde_json::to_string(it),
        Value::Place(it) => serde_json::to_string(it),
        Value::Quantity(it) => serde_json::to_string(it),
        Value::Event(it) => serde_json::to_string(it),
        Value::List(it) => serde_json::to_string(it),
        Value::Programme(it) => serde_json::to_string(it),
        _ => Ok("null".to_owned()),
    };
    json.unwrap_or_default()
}
