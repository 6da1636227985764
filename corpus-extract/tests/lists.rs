//! Announced lists in texts written for the purpose, with what is found beside them.
//!
//! `cases/lists.txt` holds the texts; `UPDATE_EXPECTED=1` rewrites what is below them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails may panic")]

#[path = "cases/check.rs"]
mod cases;

use corpus_extract::Extractor;
use corpus_model::{Document, MentionKind, Value};

/// Each list as `[announcement] number noun complete: item | item`.
fn shown(case: &str) -> Vec<String> {
    let document = Document::new("case", case.replace(" / ", "\n"));
    let found = Extractor::built_in().extract_kinds(&document, &[MentionKind::List]);
    found
        .iter()
        .filter_map(|mention| match &mention.value {
            Value::List(list) => {
                let items: Vec<&str> = list.items.iter().map(|span| &document[*span]).collect();
                let announced = list.announced.map_or("-".to_owned(), |n| n.to_string());
                Some(format!(
                    "[{}] {announced} {} {}: {}",
                    &document[mention.span],
                    list.noun,
                    if list.complete { "complete" } else { "incomplete" },
                    items.join(" | ")
                ))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn cases_are_found_as_written() {
    cases::check("lists.txt", shown);
}
