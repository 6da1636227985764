//! Normal forms of clean and of decomposed text, with a copy and plain NFC beside them.

#![allow(missing_docs, reason = "the macros of criterion make undocumented items")]

mod common;

use std::hint::black_box;

use corpus_text::{Normalization, TonePlacement, key, normalize};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

fn bench(c: &mut Criterion) {
    let old = Normalization::default();
    let keep = old.with_tone(TonePlacement::Keep);
    let clean = normalize(&common::text(), &old).into_text().into_owned();
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(&clean).into_owned();
    let nfc = ComposingNormalizerBorrowed::new_nfc();

    let mut group = c.benchmark_group("normalize clean");
    group.throughput(Throughput::Bytes(clean.len() as u64));
    group.sample_size(10);
    group.bench_function("tone kept", |b| b.iter(|| normalize(black_box(&clean), &keep)));
    group.bench_function("tone old", |b| b.iter(|| normalize(black_box(&clean), &old)));
    group.bench_function("icu nfc", |b| b.iter(|| nfc.normalize(black_box(&clean)).len()));
    group.bench_function("copy", |b| b.iter(|| black_box(&clean).clone()));
    group.bench_function("keys of lines", |b| {
        b.iter(|| black_box(&clean).lines().map(|line| key(line).len()).sum::<usize>());
    });
    group.finish();

    let mut group = c.benchmark_group("normalize decomposed");
    group.throughput(Throughput::Bytes(decomposed.len() as u64));
    group.sample_size(10);
    group.bench_function("tone kept", |b| b.iter(|| normalize(black_box(&decomposed), &keep)));
    group.bench_function("tone old", |b| b.iter(|| normalize(black_box(&decomposed), &old)));
    group.bench_function("icu nfc", |b| b.iter(|| nfc.normalize(black_box(&decomposed)).len()));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
