//! Quantities in sentences written for the purpose, with what is found beside them.
//!
//! `cases/quantities.txt` holds the sentences; `UPDATE_EXPECTED=1` rewrites what is below them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails may panic")]

#[path = "cases/check.rs"]
mod cases;

use corpus_extract::Extractor;
use corpus_model::{Document, MentionKind, Value};

/// Each quantity as `[text] kind ~number..to unit/per`.
fn shown(text: &str) -> Vec<String> {
    let document = Document::new("case", text);
    let found = Extractor::built_in().extract_kinds(&document, &[MentionKind::Quantity]);
    found
        .iter()
        .filter_map(|mention| match &mention.value {
            Value::Quantity(it) => Some(format!(
                "[{}] {} {}{}{} {}{}",
                &document[mention.span],
                it.kind.name(),
                if it.approximate { "~" } else { "" },
                it.number,
                it.to.map(|to| format!("..{to}")).unwrap_or_default(),
                it.unit.as_deref().unwrap_or("-"),
                it.per.as_ref().map(|per| format!(" per {per}")).unwrap_or_default(),
            )),
            _ => None,
        })
        .collect()
}

#[test]
fn cases_are_found_as_written() {
    cases::check("quantities.txt", shown);
}
