//! Facts of documents written out, one file a form: lines for people, JSON, CSV, CoNLL-U, brat's
//! standoff, a page for a browser; and read back, to compare two extractions.

pub(crate) mod columns;
pub(crate) mod difference;
pub(crate) mod explained;
pub(crate) mod json;
pub(crate) mod lines;
pub(crate) mod page;
pub(crate) mod standoff;
pub(crate) mod tags;

use corpus_model::Value;
pub(crate) use corpus_write::brat::type_name;

/// What a fact names in one string for machines: an ISO date, a number with its unit, a name.
pub(crate) fn normal(value: &Value) -> String {
    match value {
        Value::Date(date) => date.when.to_string(),
        Value::Quantity(quantity) => {
            let mut text = quantity.number.normalize().to_string();
            if let Some(to) = quantity.to {
                text.push_str(&format!("/{}", to.normalize()));
            }
            if let Some(unit) = &quantity.unit {
                text.push_str(&format!(" {unit}"));
            }
            text
        }
        value => name(value).unwrap_or_default(),
    }
}

/// The name that a fact gives, of those that are no dates and quantities.
pub(crate) fn name(value: &Value) -> Option<String> {
    match value {
        Value::Directive(directive) => {
            Some(directive.refs.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
        }
        Value::Person(person) => Some(person.name.clone()),
        Value::Organization(organization) => Some(organization.name.clone()),
        Value::Place(place) => Some(place.name.clone()),
        Value::Event(event) => Some(event.name.clone()),
        Value::List(list) => Some(list.noun.clone()),
        Value::Programme(programme) => Some(programme.name.clone()),
        _ => None,
    }
}

/// The text without characters that command whoever shows it: control characters but tabs and line
/// ends become U+FFFD.
pub(crate) fn printable(letter: char) -> char {
    if letter.is_control() && !matches!(letter, '\t' | '\n' | '\r') {
        char::REPLACEMENT_CHARACTER
    } else {
        letter
    }
}
