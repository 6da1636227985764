//! Facts as comma-separated values (RFC 4180), a fact a row, for spreadsheets and data frames.
//!
//! The columns stand in [`HEADER`] and stay what they are; what a kind does not have is empty. The
//! last one holds the value as `--json` prints it. Cells hold what the author wrote: commas, quotes
//! and line ends are quoted, and control characters, which no reader takes, become U+FFFD.

use std::io::Write as _;

use corpus_model::{Document, Mention, Value};

use super::{name, printable};

/// The names of the columns.
pub(crate) const HEADER: [&str; 19] = [
    "document",
    "path",
    "kind",
    "start",
    "end",
    "text",
    "name",
    "type",
    "iso",
    "basis",
    "number",
    "to",
    "unit",
    "per",
    "approximate",
    "issuer",
    "offices",
    "place",
    "json",
];

/// What a spreadsheet needs to be told that a file is UTF-8.
pub(crate) const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// What a value gives for the columns behind the text.
#[derive(Default)]
struct Cells {
    name: Option<String>,
    sort: Option<String>,
    iso: Option<String>,
    basis: Option<&'static str>,
    number: Option<String>,
    to: Option<String>,
    unit: Option<String>,
    per: Option<String>,
    approximate: Option<&'static str>,
    issuer: Option<String>,
    offices: Option<String>,
    place: Option<String>,
}

/// Appends the line with the names.
pub(crate) fn header(page: &mut Vec<u8>) {
    for (i, name) in HEADER.into_iter().enumerate() {
        cell(name, i == 0, page);
    }
    page.extend_from_slice(b"\r\n");
}

/// Appends the row of a fact.
pub(crate) fn row(document: &Document, mention: &Mention, page: &mut Vec<u8>) {
    let cells = Cells::of(&mention.value);
    cell(document.id(), true, page);
    cell(document.metadata.path.as_deref().unwrap_or_default(), false, page);
    cell(mention.kind().name(), false, page);
    // Writing to memory cannot fail.
    let _ = write!(page, ",{},{}", mention.span.start(), mention.span.end());
    cell(&document[mention.span], false, page);
    let behind = [
        cells.name.as_deref(),
        cells.sort.as_deref(),
        cells.iso.as_deref(),
        cells.basis,
        cells.number.as_deref(),
        cells.to.as_deref(),
        cells.unit.as_deref(),
        cells.per.as_deref(),
        cells.approximate,
        cells.issuer.as_deref(),
        cells.offices.as_deref(),
        cells.place.as_deref(),
    ];
    for part in behind {
        cell(part.unwrap_or_default(), false, page);
    }
    cell(&super::json::value(&mention.value), false, page);
    page.extend_from_slice(b"\r\n");
}

impl Cells {
    fn of(value: &Value) -> Cells {
        let mut cells = Cells { name: name(value), ..Cells::default() };
        match value {
            Value::Date(date) => {
                cells.sort = Some(date.when.grain().name().to_owned());
                cells.iso = Some(date.when.to_string());
                cells.basis = Some(date.basis.name());
            }
            Value::Quantity(quantity) => {
                cells.sort = Some(quantity.kind.name().to_owned());
                cells.number = Some(quantity.number.normalize().to_string());
                cells.to = quantity.to.map(|to| to.normalize().to_string());
                cells.unit = quantity.unit.clone();
                cells.per = quantity.per.clone();
                cells.approximate = Some(if quantity.approximate { "true" } else { "false" });
            }
            Value::Directive(directive) => {
                let joined = |part: fn(&corpus_model::DirectiveRef) -> Option<&String>| {
                    let mut parts: Vec<&str> =
                        directive.refs.iter().filter_map(part).map(String::as_str).collect();
                    parts.dedup();
                    (!parts.is_empty()).then(|| parts.join("; "))
                };
                cells.sort = joined(|it| it.kind.as_ref());
                cells.issuer = joined(|it| it.issuer.as_ref());
                cells.iso =
                    directive.refs.iter().find_map(|it| it.date).map(|date| date.to_string());
            }
            Value::Person(person) => {
                cells.offices =
                    Some(person.offices.join("; ")).filter(|offices| !offices.is_empty());
            }
            Value::Place(place) => cells.place.clone_from(&place.province),
            Value::Event(event) => {
                cells.iso.clone_from(&event.iso);
                cells.place.clone_from(&event.place);
            }
            Value::List(list) => cells.number = list.announced.map(|number| number.to_string()),
            Value::Programme(programme) => {
                cells.sort = Some(programme.head.clone());
                cells.iso = programme.period.map(|period| period.to_string());
            }
            _ => {}
        }
        cells
    }
}

/// Appends one cell, quoted where it has to be.
pub(crate) fn cell(text: &str, first: bool, page: &mut Vec<u8>) {
    if !first {
        page.push(b',');
    }
    let quoted = text.contains([',', '"', '\r', '\n'])
        || text.starts_with([' ', '\t'])
        || text.ends_with([' ', '\t']);
    if !quoted && !text.contains(char::is_control) {
        page.extend_from_slice(text.as_bytes());
        return;
    }
    let mut letters = [0; 4];
    page.push(b'"');
    for letter in text.chars() {
        if letter == '"' {
            page.push(b'"');
        }
        page.extend_from_slice(printable(letter).encode_utf8(&mut letters).as_bytes());
    }
    page.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_are_quoted_as_the_standard_says() {
        for (text, expected) in [
            ("", ""),
            ("Huyện ủy", "Huyện ủy"),
            ("Một, hai", "\"Một, hai\""),
            ("“Năm” \"2014\"", "\"“Năm” \"\"2014\"\"\""),
            ("a\r\nb\tc", "\"a\r\nb\tc\""),
            (" a", "\" a\""),
            ("a\0b\u{1b}[2J", "\"a\u{fffd}b\u{fffd}[2J\""),
        ] {
            let mut page = Vec::new();
            cell(text, true, &mut page);
            assert_eq!(String::from_utf8(page).unwrap(), expected);
        }
    }
}
