//! Words and syllables, with the words of UAX #29 beside them; the load of the lexicon.

#![allow(missing_docs, reason = "the macros of criterion make undocumented items")]

mod common;

use std::hint::black_box;

use corpus_text::{Dictionary, Lexicon, Segmenter, syllables};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use unicode_segmentation::UnicodeSegmentation;

fn bench(c: &mut Criterion) {
    let text = common::text();
    let segmenter = Segmenter::built_in();
    let with_dictionary = |lines: &str| {
        let dictionary = Dictionary::read(lines.as_bytes()).unwrap_or_default();
        segmenter.with_dictionary(dictionary)
    };
    let joining = with_dictionary("thành phố lớn\ncông tác xã hội\nhọc máy sâu");
    let splitting = with_dictionary("-công tác\n-nhà nước\n-thời gian");
    let mut group = c.benchmark_group("words");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.sample_size(10);
    for (name, segmenter) in
        [("words", segmenter), ("words to join", &joining), ("words to split", &splitting)]
    {
        group.bench_function(name, |b| {
            let mut words = Vec::new();
            b.iter(|| {
                let mut n = 0;
                for line in black_box(&text).lines() {
                    words.clear();
                    segmenter.words_into(line, 0, &mut words);
                    n += words.len();
                }
                n
            });
        });
    }
    group.bench_function("syllables", |b| b.iter(|| syllables(black_box(&text)).count()));
    group.bench_function("split_whitespace", |b| {
        b.iter(|| black_box(&text).split_whitespace().count());
    });
    group.bench_function("unicode_words", |b| b.iter(|| black_box(&text).unicode_words().count()));
    group.finish();

    let mut group = c.benchmark_group("lexicon");
    group.sample_size(10);
    group.bench_function("load", |b| b.iter(|| Segmenter::new(Lexicon::built_in())));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
