//! Announced lists: in texts written for the purpose, with what is found beside them, and in
//! labelled news articles.
//!
//! `cases/lists.txt` holds the texts; `UPDATE_EXPECTED=1` rewrites what is below them. `lists/` holds
//! labels of articles that lie outside of the project; `-- --nocapture` prints what differs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that fails may panic, and one that is skipped says so"
)]

#[path = "cases/articles.rs"]
mod articles;
#[path = "cases/check.rs"]
mod cases;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use corpus_extract::Extractor;
use corpus_model::{Document, MentionKind, Span, Value};

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

/// An announcement and its items.
type Labelled = (Span, Vec<Span>);

/// The lists of each document of a file of labels.
fn labels(name: &str) -> BTreeMap<String, Vec<Labelled>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lists").join(name);
    let span = |text: &str| {
        let (start, end) = text.split_once('-').unwrap();
        Span::new(start.parse().unwrap(), end.parse().unwrap())
    };
    let mut labels: BTreeMap<String, Vec<Labelled>> = BTreeMap::new();
    for line in fs::read_to_string(path).unwrap().lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let lists = labels.entry(fields.next().unwrap().to_owned()).or_default();
        let (announcement, items) = (fields.next().unwrap(), fields.next().unwrap());
        if announcement != "-" {
            lists.push((span(announcement), items.split(' ').map(span).collect()));
        }
    }
    labels
}

/// F1 of whole lists: the announcement begins where it should and every item is right.
fn score(name: &str) -> Option<f64> {
    let articles = articles::articles()?;
    let (mut right, mut found_in_all, mut labelled_in_all) = (0, 0, 0);
    for (id, labelled) in labels(name) {
        let text = &articles[&id];
        let document = Document::new(&id, text);
        let found: Vec<Labelled> = Extractor::built_in()
            .extract_kinds(&document, &[MentionKind::List])
            .into_iter()
            .filter_map(|mention| match mention.value {
                Value::List(list) => Some((mention.span, list.items)),
                _ => None,
            })
            .collect();
        let same = |a: &Labelled, b: &Labelled| a.0.start() == b.0.start() && a.1 == b.1;
        let told = |(span, items): &Labelled| {
            let items: Vec<&str> = items.iter().map(|item| &document[*item]).collect();
            format!("{}: {}", &document[*span], items.join(" | "))
        };
        for list in labelled.iter().filter(|list| !found.iter().any(|it| same(it, list))) {
            println!("{id} lacks {}", told(list));
        }
        for list in found.iter().filter(|list| !labelled.iter().any(|it| same(it, list))) {
            println!("{id} has {}", told(list));
        }
        right += found.iter().filter(|list| labelled.iter().any(|it| same(it, list))).count();
        found_in_all += found.len();
        labelled_in_all += labelled.len();
    }
    println!("{name}: {right} right of {found_in_all} found, {labelled_in_all} labelled");
    Some(2.0 * right as f64 / (found_in_all + labelled_in_all) as f64)
}

#[test]
fn lists_of_labelled_articles_are_found() {
    let floors = [
        ("first.tsv", 0.91),
        ("fresh.tsv", 1.0),
        ("second.tsv", 0.95),
        ("third.tsv", 0.95),
        ("fourth.tsv", 0.90),
        ("fifth.tsv", 0.97),
        ("sixth.tsv", 0.90),
        ("seventh.tsv", 0.90),
        ("eighth.tsv", 0.99),
        ("ninth.tsv", 0.88),
        ("tenth.tsv", 0.97),
        ("eleventh.tsv", 0.85),
        ("twelfth.tsv", 0.75),
        ("thirteenth.tsv", 0.99),
        ("fourteenth.tsv", 0.99),
        ("fifteenth.tsv", 0.71),
        ("sixteenth.tsv", 0.66),
        ("seventeenth.tsv", 0.85),
    ];
    for (name, floor) in floors {
        let Some(score) = score(name) else { return };
        assert!(score >= floor, "{name}: {score:.3} is below {floor}");
    }
}
