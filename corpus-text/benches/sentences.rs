//! Sentences, with the splitting at blanks and the sentences of UAX #29 beside them.

#![allow(missing_docs, reason = "the macros of criterion make undocumented items")]

mod common;

use std::hint::black_box;

use corpus_text::sentences;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use unicode_segmentation::UnicodeSegmentation;

fn bench(c: &mut Criterion) {
    let text = common::text();
    let mut group = c.benchmark_group("sentences");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.sample_size(10);
    group.bench_function("sentences", |b| b.iter(|| sentences(black_box(&text)).count()));
    group.bench_function("split_whitespace", |b| {
        b.iter(|| black_box(&text).split_whitespace().count());
    });
    group.bench_function("unicode_sentences", |b| {
        b.iter(|| black_box(&text).unicode_sentences().count());
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
