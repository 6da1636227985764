//! The extractors, together and kind by kind, in bytes of text a second; the segmentation into
//! words of the same text is the baseline.
//!
//! The text is `shared/data/text` beside the project where that is present, else the project's own
//! seeds, else generated.
#![allow(missing_docs, reason = "criterion's macros make public functions without any")]
#![allow(clippy::print_stdout, reason = "a bench tells its figures on standard output")]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use corpus_extract::Extractor;
use corpus_model::{Document, MentionKind};
use corpus_text::Segmenter;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// How much text is measured.
const BYTES: usize = 1 << 20;

fn documents() -> Vec<Document> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let shared = root.join("../shared/data/text/wiki_vi-articles.jsonl");
    let mut texts: Vec<String> = match fs::read_to_string(shared) {
        Ok(lines) => lines.lines().filter_map(paragraphs).flatten().collect(),
        Err(_) => fs::read_dir(root.join("seeds"))
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| fs::read_to_string(entry.path()).ok())
            .collect(),
    };
    if texts.is_empty() {
        texts.push(
            "Sáng 29/8/2014, xã bàn giao 25 căn nhà trị giá 1,5 tỷ đồng cho người nghèo. "
                .repeat(20),
        );
    }
    let mut left = BYTES;
    texts
        .iter()
        .cycle()
        .take_while(|text| {
            let go_on = left > 0;
            left = left.saturating_sub(text.len());
            go_on
        })
        .map(|text| Document::new("", text.clone()))
        .collect()
}

/// The text of an article in pieces of a few paragraphs, as long as news is.
fn paragraphs(line: &str) -> Option<Vec<String>> {
    let article: serde_json::Value = serde_json::from_str(line).ok()?;
    let lines: Vec<&str> = article.get("extract")?.as_str()?.lines().collect();
    Some(lines.chunks(6).map(|lines| lines.join("\n")).collect())
}

/// Prints how fast all extractors are and how fast the baseline is. The two take turns, so that other
/// work on the machine weighs on both, and the best round of each counts.
fn ratio(documents: &[Document], bytes: usize) {
    const ROUNDS: usize = 9;
    let (extractor, segmenter) = (Extractor::built_in(), Segmenter::built_in());
    let timed = |work: &mut dyn FnMut(&Document)| {
        let start = Instant::now();
        documents.iter().for_each(work);
        start.elapsed().as_secs_f64()
    };
    let mut words = Vec::new();
    let [mut facts, mut baseline] = [f64::MAX; 2];
    for _ in 0..ROUNDS {
        facts = facts.min(timed(&mut |document| {
            black_box(extractor.extract(document));
        }));
        baseline = baseline.min(timed(&mut |document| {
            words.clear();
            segmenter.words_into(document.text(), 0, &mut words);
            black_box(&words);
        }));
    }
    let speed = |seconds: f64| bytes as f64 / seconds / 1e6;
    println!(
        "all extractors {:.1} MB/s, words {:.1} MB/s, ratio {:.3}",
        speed(facts),
        speed(baseline),
        baseline / facts
    );
}

fn extract(criterion: &mut Criterion) {
    let documents = documents();
    let bytes: usize = documents.iter().map(|document| document.text().len()).sum();
    let extractor = Extractor::built_in();
    ratio(&documents, bytes);
    let mut group = criterion.benchmark_group("extract");
    group
        .throughput(Throughput::Bytes(bytes as u64))
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .sample_size(10);
    let mut measure = |name: &str, kinds: &[MentionKind]| {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for document in &documents {
                    black_box(extractor.extract_kinds(document, kinds));
                }
            });
        });
    };
    measure("all", &MentionKind::ALL);
    measure("dates", &[MentionKind::Date]);
    measure("quantities", &[MentionKind::Quantity]);
    measure("directives", &[MentionKind::Directive]);
    measure("people", &[MentionKind::Person]);
    // A sentence or two each, as `--lines` reads them.
    let lines: Vec<Document> = documents
        .iter()
        .flat_map(|document| document.text().lines())
        .map(|line| Document::new("", line.to_owned()))
        .collect();
    group.bench_function("all, line by line", |bencher| {
        bencher.iter(|| {
            for line in &lines {
                black_box(extractor.extract(line));
            }
        });
    });
    group.bench_function("all, lines together", |bencher| {
        bencher.iter(|| black_box(extractor.extract_all(&lines, &MentionKind::ALL)));
    });
    group.bench_function("words, the baseline", |bencher| {
        let segmenter = Segmenter::built_in();
        let mut words = Vec::new();
        bencher.iter(|| {
            for document in &documents {
                words.clear();
                segmenter.words_into(document.text(), 0, &mut words);
                black_box(&words);
            }
        });
    });
    group.bench_function("split at white space, the floor", |bencher| {
        bencher.iter(|| {
            for document in &documents {
                black_box(document.text().split_whitespace().count());
            }
        });
    });
    group.finish();
}

criterion_group!(benches, extract);
criterion_main!(benches);
