//! The extractors on the project's own seeds, with floors that only rise.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that fails may panic, and one that is skipped says so"
)]

#[path = "seeds/score.rs"]
mod score;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use corpus_extract::Extractor;
use corpus_parse::Reader;

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
        ("dates, F1", scores.dates.f1(), 0.99),
        ("people, F1", scores.people.f1(), 1.0),
        ("quantities, recall", scores.quantities.recall(), 1.0),
    ];
    for (what, score, floor) in floors {
        println!("{what}: {score:.3}, floor {floor}");
    }
    for (what, score, floor) in floors {
        assert!(score >= floor, "{what}: {score:.3} is below {floor}");
    }
}

/// The day that each document of the seeds is from; a wrong day is worse than none.
#[test]
fn documents_are_dated_rightly_or_not_at_all() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../seeds"));
    if !folder.is_dir() {
        println!("skipped: there is no {}", folder.display());
        return;
    }
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().is_some_and(|name| name == "README.md") {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let format = corpus_parse::detect(Some(&path), &bytes).unwrap();
        let mut reader = Reader::new(format, &bytes[..]).path(path.to_string_lossy());
        // One of the files is damaged; its document comes out all the same.
        for document in reader.documents().flatten() {
            let day = Extractor::built_in().published(&document).and_then(|it| it.when.first_day());
            found.insert(document.id().to_owned(), day.map(|day| day.to_string()));
        }
    }
    let wanted: Vec<(&str, &str)> = include_str!("seeds/published.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once('\t').unwrap())
        .collect();
    assert_eq!(found.len(), wanted.len());
    let (mut missed, mut wrong) = (0, 0);
    for (id, day) in wanted {
        match found[id].as_deref() {
            None if day != "-" => missed += 1,
            Some(other) if other != day => {
                println!("{id}: {other}, not {day}");
                wrong += 1;
            }
            _ => {}
        }
    }
    println!("{missed} missed, {wrong} wrong");
    assert!(missed <= 2, "{missed} documents have no day");
    assert!(wrong == 0, "{wrong} documents have a wrong day");
}
