//! People with office in labelled news articles, which lie outside of the project.
//!
//! `people/` holds the labels; its `README.md` says what was marked. `-- --nocapture` prints what differs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that fails may panic, and one that is skipped says so"
)]

#[path = "cases/articles.rs"]
mod articles;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use corpus_extract::Extractor;
use corpus_model::{Block, BlockKind, Document, MentionKind, Span, Value};
use corpus_text::key;

/// A person of an article.
#[derive(Debug, Default)]
struct Labelled {
    names: Vec<Span>,
    /// Whether the person may be missed.
    optional: bool,
    /// Offices that must be found, each with the extents that are right.
    offices: Vec<Vec<Span>>,
    /// What may be found as an office.
    allowed: Vec<Span>,
}

/// The labelled part of an article, and its people.
#[derive(Debug, Default)]
struct Article {
    text: Span,
    people: BTreeMap<String, Labelled>,
}

fn labels(name: &str) -> BTreeMap<String, Article> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/people").join(name);
    let span = |text: &str| {
        let (start, end) = text.split_once('-').unwrap();
        Span::new(start.parse().unwrap(), end.parse().unwrap())
    };
    let mut articles: BTreeMap<String, Article> = BTreeMap::new();
    for line in fs::read_to_string(path).unwrap().lines().filter(|line| !line.starts_with('#')) {
        let [document, person, what, spans] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{name}: {line}")
        };
        let spans: Vec<Span> = spans.split(' ').map(span).collect();
        let article = articles.entry(document.to_owned()).or_default();
        if what == "text" {
            article.text = spans[0];
            continue;
        }
        let labelled = article.people.entry(person.to_owned()).or_default();
        match what {
            "name" => labelled.names.extend(spans),
            "name?" => {
                labelled.names.extend(spans);
                labelled.optional = true;
            }
            "office" => labelled.offices.push(spans),
            "office?" => labelled.allowed.extend(spans),
            _ => panic!("{name}: {line}"),
        }
    }
    articles
}

/// How many were found rightly, found, and labelled.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    right: usize,
    found: usize,
    labelled: usize,
}

impl Score {
    fn precision(self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }

    fn recall(self) -> f64 {
        self.right as f64 / self.labelled.max(1) as f64
    }
}

/// The scores of mentions and of offices, each once a person.
fn score(name: &str) -> Option<(Score, Score)> {
    let articles = articles::articles()?;
    let (mut mentions, mut offices) = (Score::default(), Score::default());
    for (id, article) in labels(name) {
        let text = &articles[&id][article.text.range()];
        let document = Document::new(&id, text).with_blocks(paragraphs(text));
        let found: Vec<(Span, Vec<String>)> = Extractor::built_in()
            .extract_kinds(&document, &[MentionKind::Person])
            .into_iter()
            .filter_map(|mention| match mention.value {
                Value::Person(person) => Some((mention.span, person.offices)),
                _ => None,
            })
            .collect();
        let mut held: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for (span, titles) in &found {
            let person = article.people.iter().find(|(_, it)| it.names.contains(span));
            let Some((person, labelled)) = person else {
                let overlaps = |it: &Span| it.start() < span.end() && span.start() < it.end();
                let optional = article.people.values().filter(|it| it.optional);
                if !optional.flat_map(|it| &it.names).any(overlaps) {
                    println!("{id}: no person at {span:?} {}", &text[span.range()]);
                    mentions.found += 1;
                    offices.found += titles.len();
                }
                continue;
            };
            if !labelled.optional {
                mentions.found += 1;
                mentions.right += 1;
                held.entry(person).or_default().extend(titles.iter().map(|it| fold(it)));
            }
        }
        for (person, labelled) in article.people.iter().filter(|(_, it)| !it.optional) {
            mentions.labelled += labelled.names.len();
            for missed in labelled.names.iter().filter(|it| !found.iter().any(|(at, _)| at == *it))
            {
                println!("{id}: missed {missed:?} {}", &text[missed.range()]);
            }
            let mut held = held.remove(person.as_str()).unwrap_or_default();
            for extents in &labelled.offices {
                let right: Vec<String> = extents.iter().map(|it| fold(&text[it.range()])).collect();
                offices.labelled += 1;
                if right.iter().any(|it| held.contains(it)) {
                    offices.right += 1;
                    offices.found += 1;
                } else {
                    println!("{id}: missed the office {:?}, found {held:?}", right[0]);
                }
                held.retain(|it| !right.contains(it));
            }
            // A shorter or longer extent of what may be found is let pass.
            let begins = |part: &str, whole: &str| {
                whole
                    .strip_prefix(part)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            };
            for allowed in labelled.allowed.iter().map(|it| fold(&text[it.range()])) {
                held.retain(|it| !begins(it, &allowed) && !begins(&allowed, it));
            }
            if !held.is_empty() {
                println!("{id}: no offices {held:?}");
            }
            offices.found += held.len();
        }
    }
    Some((mentions, offices))
}

/// A paragraph a line, as the readers make them.
fn paragraphs(text: &str) -> Vec<Block> {
    let mut start = 0;
    let mut blocks = Vec::new();
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end().len();
        if end > start {
            blocks.push(Block::new(BlockKind::Paragraph, Span::new(start, end)));
        }
        start += line.len();
    }
    blocks
}

/// An office for comparison: `GD - ĐT` and `GD-ĐT` are one.
fn fold(office: &str) -> String {
    let mut folded = key(office).split_whitespace().collect::<Vec<_>>().join(" ");
    for mark in ['-', '–', '.', '&'] {
        for spaced in [format!(" {mark} "), format!("{mark} "), format!(" {mark}")] {
            folded = folded.replace(&spaced, &mark.to_string());
        }
    }
    folded
}

#[test]
fn people_of_labelled_articles_are_found() {
    let floors = [
        ("first.tsv", 0.95, 0.97),
        ("fresh.tsv", 0.96, 0.98),
        ("second.tsv", 0.96, 0.97),
        ("third.tsv", 0.98, 0.97),
        ("fourth.tsv", 0.98, 0.96),
        ("fifth.tsv", 0.97, 0.96),
        ("sixth.tsv", 0.93, 0.88),
        ("seventh.tsv", 0.95, 0.91),
        ("eighth.tsv", 0.95, 0.93),
        ("ninth.tsv", 0.97, 0.89),
        ("tenth.tsv", 0.94, 0.88),
        ("eleventh.tsv", 0.95, 0.92),
    ];
    for (name, of_mentions, of_offices) in floors {
        let Some((mentions, offices)) = score(name) else { return };
        for (what, score, floor) in
            [("mentions", mentions, of_mentions), ("offices", offices, of_offices)]
        {
            let (precision, recall) = (score.precision(), score.recall());
            println!("{name}: {what} {score:?}, precision {precision:.3}, recall {recall:.3}");
            assert!(
                precision >= floor,
                "{name}: {what}, precision {precision:.3} is below {floor}"
            );
            assert!(recall >= floor, "{name}: {what}, recall {recall:.3} is below {floor}");
        }
    }
}
