//! Syllables of composed and of decomposed text, with the splitting at blanks and a walk over the
//! characters beside them.

#![allow(missing_docs, reason = "the macros of criterion make undocumented items")]

mod common;

use std::hint::black_box;

use corpus_text::{Normalization, normalize, possible_syllables, syllables};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use icu_normalizer::DecomposingNormalizerBorrowed;

fn bench(c: &mut Criterion) {
    let text = normalize(&common::text(), &Normalization::default()).into_text().into_owned();
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(&text).into_owned();

    let mut group = c.benchmark_group("syllables");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("syllables", |b| b.iter(|| syllables(black_box(&text)).count()));
    // All parts are looked at, so that none is left out by the compiler.
    group.bench_function("with parts", |b| {
        b.iter(|| {
            let parts = syllables(black_box(&text)).filter_map(|it| it.parts);
            parts.fold(0, |sum, it| {
                sum ^ it.onset.end() ^ it.medial.end() ^ it.nucleus.end() ^ it.coda.end()
            })
        });
    });
    group.bench_function("split_whitespace", |b| {
        b.iter(|| black_box(&text).split_whitespace().count());
    });
    group.bench_function("letters", |b| {
        b.iter(|| black_box(&text).chars().filter(|c| c.is_alphabetic()).count());
    });
    group.throughput(Throughput::Bytes(decomposed.len() as u64));
    group.bench_function("decomposed", |b| b.iter(|| syllables(black_box(&decomposed)).count()));
    group.finish();

    c.bench_function("possible syllables", |b| b.iter(|| possible_syllables().count()));
}

criterion_group!(benches, bench);
criterion_main!(benches);
