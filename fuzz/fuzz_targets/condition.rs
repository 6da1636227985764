//! Conditions of `--where`: a condition is read or told, and holds of a document or does not.
#![no_main]

use corpus_model::{Document, When};
use libfuzzer_sys::fuzz_target;

#[allow(dead_code, reason = "of the command only what reads conditions is wanted")]
#[path = "../../corpus-cli/src/subcorpus.rs"]
mod subcorpus;

fuzz_target!(|text: &str| {
    let Ok(condition) = subcorpus::Condition::parse(text) else { return };
    let mut document = Document::new("tin-7", "Mưa.");
    condition.holds(&document);
    document.metadata.site = Some("tin.example".into());
    document.metadata.published = When::from_iso("2017-03-04");
    document.metadata.extra.insert("n".into(), "120".into());
    condition.holds(&document);
    condition.asks_for_date();
});
