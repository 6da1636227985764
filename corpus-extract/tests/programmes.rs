//! Named programmes in sentences written for the purpose.
//!
//! `cases/programmes.txt` holds sentences, each with its mentions indented below it.
//! `UPDATE_EXPECTED=1` rewrites them.

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

use corpus_extract::{Extractor, programmes};
use corpus_model::{Document, MentionKind, Span, Value};

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

/// The labels of each document: where they stand, and the years; `?` for what may be found or not.
fn labels(table: &str) -> BTreeMap<&str, Vec<(Span, &str)>> {
    let mut labels: BTreeMap<&str, Vec<(Span, &str)>> = BTreeMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let spans = labels.entry(fields[0]).or_default();
        if let [_, start, end, years] = fields[..] {
            spans.push((Span::new(start.parse().unwrap(), end.parse().unwrap()), years));
        }
    }
    labels
}

/// What was found of a file of labels.
#[derive(Debug, Default)]
struct Score {
    right: usize,
    wrong: usize,
    missed: usize,
    /// Where the years are others.
    misdated: Vec<(String, Span)>,
}

fn score(table: &str, articles: &BTreeMap<String, String>) -> Score {
    let mut score = Score::default();
    for (id, labels) in labels(table) {
        let found = programmes(&articles[id]);
        for (span, programme) in &found {
            match labels.iter().find(|(label, _)| label == span) {
                Some((_, "?")) => {}
                Some((_, years)) => {
                    score.right += 1;
                    let told = programme.period.map(|it| it.to_string().replace('/', "-"));
                    // Years that only an earlier mention gives are no part of this one.
                    if programme.antecedent.is_none()
                        && told.as_deref().map_or("-", |it| it.trim_start_matches("..-")) != *years
                    {
                        score.misdated.push((id.to_owned(), *span));
                    }
                }
                None => score.wrong += 1,
            }
        }
        for (span, _) in labels.iter().filter(|(_, years)| *years != "?") {
            // Another extent that is as good.
            let as_good = labels.iter().any(|(other, years)| {
                *years == "?" && other.overlaps(*span) && found.iter().any(|it| it.0 == *other)
            });
            score.missed += usize::from(!as_good && !found.iter().any(|it| it.0 == *span));
        }
    }
    score
}

#[test]
fn labelled_programmes_are_found() {
    let Some(articles) = articles::articles() else { return };
    // The rules were mended by the first labels, so their floor says only that nothing is lost.
    let first = score(include_str!("programmes/first.tsv"), &articles);
    println!("first.tsv: {first:?}");
    assert!(
        first.right >= 52 && first.wrong <= 2 && first.missed <= 3 && first.misdated.is_empty()
    );
    let second = score(include_str!("programmes/second.tsv"), &articles);
    println!("second.tsv: {second:?}");
    assert!(second.right >= 26 && second.wrong <= 1 && second.missed <= 6);
    let third = score(include_str!("programmes/third.tsv"), &articles);
    println!("third.tsv: {third:?}");
    assert!(third.right >= 16 && third.wrong == 0 && third.missed == 0);
    let fourth = score(include_str!("programmes/fourth.tsv"), &articles);
    println!("fourth.tsv: {fourth:?}");
    assert!(fourth.right >= 12 && fourth.wrong <= 1 && fourth.missed <= 1);
    let fifth = score(include_str!("programmes/fifth.tsv"), &articles);
    println!("fifth.tsv: {fifth:?}");
    assert!(fifth.right >= 17 && fifth.wrong <= 2 && fifth.missed <= 4);
}
