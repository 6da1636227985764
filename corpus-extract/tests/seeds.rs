//! The extractors on the five seeds beside the project, with floors; skipped where they are absent.
//!
//! Those documents are newspaper property and stay outside. `own_seeds.rs` holds the extractors to
//! the project's own documents in the same way.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that fails may panic, and one that is skipped says so"
)]

#[path = "seeds/score.rs"]
mod score;

use std::fs;
use std::path::Path;

#[test]
fn the_facts_of_the_five_seeds_are_found() {
    let shared = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared"));
    let Ok(gold) = fs::read_to_string(shared.join("gold/seeds.jsonl")) else {
        println!("skipped: there is no {}", shared.display());
        return;
    };
    let Some(scores) = score::score(&gold, &shared.join("seeds")) else { return };
    println!("{}", scores.misses.join("\n"));
    let floors = [
        ("dates of the articles, recall", scores.published.recall(), 1.0),
        ("directives, F1", scores.directives.f1(), 0.98),
        ("dates, F1", scores.dates.f1(), 0.98),
        ("people, F1", scores.people.f1(), 0.95),
        ("quantities, recall", scores.quantities.recall(), 0.95),
    ];
    for (what, score, floor) in floors {
        assert!(score >= floor, "{what}: {score:.3} is below {floor}");
    }
}
