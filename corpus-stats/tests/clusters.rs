//! Holds the summaries of many documents to those that people wrote, where the data is present.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test may fail and say so")]

use std::collections::HashMap;
use std::{fs, path::Path};

use corpus_model::{Annotations, Block, BlockKind, Document, Span, When};
use corpus_stats::{DocumentDigest, summarize_corpus};
use serde_json::Value;

/// ROUGE-1 and ROUGE-2 (F1 in points) below which something is broken. Sentences of the articles in
/// turn reach 55.4 and 42.1; the weights when they were chosen 63.3 and 50.7.
const FLOORS: [f64; 2] = [60.0, 46.0];

#[test]
fn summaries_of_events_say_what_people_say() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/summaries/clusters.jsonl");
    if !Path::new(path).exists() {
        eprintln!("skipped: {path} is not there");
        return;
    }
    let (mut sums, mut n) = ([0.0, 0.0], 0.0);
    for line in fs::read_to_string(path).unwrap().lines() {
        let cluster: Value = serde_json::from_str(line).unwrap();
        let documents: Vec<Document> =
            cluster["docs"].as_array().unwrap().iter().map(document).collect();
        let digests: Vec<DocumentDigest> = documents
            .iter()
            .map(|document| {
                let mut annotations = Annotations::default();
                annotations.sentences = corpus_text::document_sentences(document);
                DocumentDigest::new(document, &annotations)
            })
            .collect();
        for reference in cluster["refs"].as_array().unwrap() {
            let reference = syllables(reference.as_str().unwrap());
            let summary: Vec<String> = summarize_corpus(&digests, reference.len())
                .iter()
                .flat_map(|it| syllables(&documents[it.document][it.span]))
                .collect();
            for (size, sum) in sums.iter_mut().enumerate() {
                *sum += rouge(&summary, &reference, size + 1);
            }
            n += 1.0;
        }
    }
    let scores = sums.map(|sum| sum / n);
    assert!(scores[0] >= FLOORS[0] && scores[1] >= FLOORS[1], "{scores:.1?} below {FLOORS:?}");
}

fn document(fields: &Value) -> Document {
    let (title, body) = (fields["title"].as_str().unwrap(), fields["body"].as_str().unwrap());
    let text = format!("{title}\n{body}");
    let blocks = [
        Block::new(BlockKind::Title, Span::new(0, title.len())),
        Block::new(BlockKind::Paragraph, Span::new(title.len() + 1, text.len())),
    ];
    let mut document = Document::new("", text).with_blocks(blocks);
    document.metadata.published = When::from_iso(&fields["time"].as_str().unwrap()[..19]);
    document
}

fn syllables(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|run| !run.is_empty())
        .map(str::to_owned)
        .collect()
}

fn rouge(summary: &[String], reference: &[String], size: usize) -> f64 {
    let count = |text: &[String]| {
        let mut counts: HashMap<Vec<String>, usize> = HashMap::new();
        for window in text.windows(size) {
            *counts.entry(window.to_vec()).or_default() += 1;
        }
        counts
    };
    let (ours, theirs) = (count(summary), count(reference));
    let shared: usize =
        ours.iter().map(|(it, n)| (*n).min(theirs.get(it).copied().unwrap_or(0))).sum();
    let all: usize = ours.values().sum::<usize>() + theirs.values().sum::<usize>();
    200.0 * shared as f64 / all.max(1) as f64
}
