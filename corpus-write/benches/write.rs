//! How fast documents are written in each format, beside a copy of their bytes and their text as one
//! JSON string.
//!
//! The text is real news where ../shared lies beside the project, else a paragraph over and over;
//! sentences end at full stops and words at blanks, which is enough to be written.
#![allow(clippy::unwrap_used, missing_docs, reason = "a bench")]

use std::fs;
use std::hint::black_box;

use corpus_model::{Annotations, Document, Sentence, Span, Word, WordKind};
use corpus_write::FORMATS;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/seeds");
const BYTES: usize = 2 << 20;

/// A document with sentences and words.
fn document(id: usize, text: &str) -> Document {
    let mut annotations = Annotations::default();
    let mut at = 0;
    let (mut sentences, mut words) = (Vec::new(), Vec::new());
    for sentence in text.split_inclusive(['\n', '.']) {
        let inside = sentence.trim();
        let start = at + (sentence.len() - sentence.trim_start().len());
        at += sentence.len();
        if inside.is_empty() {
            continue;
        }
        sentences.push(Sentence { span: Span::new(start, start + inside.len()) });
        let mut from = start;
        for word in inside.split_inclusive(char::is_whitespace) {
            let span = Span::new(from, from + word.trim_end().len());
            words.push(Word { span, kind: WordKind::Word });
            from += word.len();
        }
    }
    annotations.sentences = sentences.into();
    annotations.words = words.into();
    Document::new(id.to_string(), text).with_annotations(annotations)
}

fn documents() -> Vec<Document> {
    let mut paths: Vec<_> =
        fs::read_dir(SEEDS).into_iter().flatten().flatten().map(|it| it.path()).collect();
    paths.sort();
    let mut texts: Vec<String> = paths
        .iter()
        .filter(|it| it.extension().is_some_and(|it| it == "txt"))
        .filter_map(|it| fs::read_to_string(it).ok())
        .filter(|text| text.len() < BYTES / 8)
        .collect();
    if texts.is_empty() {
        texts.push("Sáng 29/8, mưa lớn ở Hà Nội. Nhiều đường \"trơn\" & ngập.\n".repeat(40));
    }
    let mut documents = Vec::new();
    let mut bytes = 0;
    for text in texts.iter().cycle() {
        if bytes > BYTES {
            break;
        }
        bytes += text.len();
        documents.push(document(documents.len(), text));
    }
    documents
}

fn formats(c: &mut Criterion) {
    let documents = documents();
    let bytes: usize = documents.iter().map(|it| it.text().len()).sum();
    let mut group = c.benchmark_group("write");
    group.throughput(Throughput::Bytes(bytes as u64));
    let mut page = Vec::new();
    for format in FORMATS {
        group.bench_function(format.name(), |b| {
            b.iter(|| {
                page.clear();
                format.begin(&mut page);
                black_box(&documents).iter().for_each(|it| format.document(it, &mut page));
                format.end(&mut page);
                page.len()
            });
        });
    }
    group.bench_function("copy", |b| {
        b.iter(|| {
            page.clear();
            black_box(&documents)
                .iter()
                .for_each(|it| page.extend_from_slice(it.text().as_bytes()));
            page.len()
        });
    });
    group.bench_function("serde_json_text", |b| {
        b.iter(|| {
            page.clear();
            for document in black_box(&documents) {
                serde_json::to_writer(&mut page, document.text()).unwrap();
            }
            page.len()
        });
    });
    group.finish();
}

criterion_group!(benches, formats);
criterion_main!(benches);
