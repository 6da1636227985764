//! The extractors on the project's own seeds, with floors that only rise.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that fails may panic, and one that is skipped says so"
)]

#[path = "seeds/score.rs"]
mod score;

use std::path::Path;

#[test]
fn the_facts_of_the_seeds_are_found() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../seeds"));
    let Some(scores) = score::score(include_str!("seeds/gold.jsonl"), folder) else { return };
    println!("{}", scores.misses.join("\n"));
    let floors = [
        ("dates of the articles, recall", scores.published.recall(), 1.0),
        ("directives, F1", scores.directives.f1(), 1.0),
        ("fields of directives, recall", scores.directive_fields.recall(), 1.0),
        ("spans of directives, recall", scores.directive_spans.recall(), 1.0),
        ("dates, F1", scores.dates.f1(), 0.96),
        ("people, F1", scores.people.f1(), 1.0),
        ("quantities, recall", scores.quantities.recall(), 0.96),
    ];
    for (what, score, floor) in floors {
        println!("{what}: {score:.3}, floor {floor}");
    }
    for (what, score, floor) in floors {
        assert!(score >= floor, "{what}: {score:.3} is below {floor}");
    }
}
