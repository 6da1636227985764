//! Named programmes in sentences written for the purpose.
//!
//! `cases/programmes.txt` holds sentences, each with its mentions indented below it.
//! `UPDATE_EXPECTED=1` rewrites them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails may panic")]

#[path = "cases/check.rs"]
mod cases;

use corpus_extract::Extractor;
use corpus_model::{Document, MentionKind, Value};

fn shown(text: &str) -> Vec<String> {
    let document = Document::new("case", text);
    let found = Extractor::built_in().extract_kinds(&document, &[MentionKind::Programme]);
    found
        .iter()
        .map(|mention| {
            let Value::Programme(it) = &mention.value else { panic!("no programme") };
            let mut line = format!("[{}] = {}: {}", &document[mention.span], it.head, it.name);
            if let Some(period) = it.period {
                line.push_str(&format!(", {period}"));
                if let Some(horizon) = period.horizon {
                    line.push_str(&format!(", ahead to {horizon}"));
                }
            }
            if let Some(first) = it.antecedent {
                line.push_str(&format!(" = [{}]", &document[first]));
            }
            if let Some(from) = it.directive {
                line.push_str(&format!(" by [{}]", &document[from]));
            }
            line
        })
        .collect()
}

#[test]
fn cases_are_found_as_written() {
    cases::check("programmes.txt", shown);
}
