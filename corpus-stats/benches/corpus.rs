//! Counting, summarising and comparing documents, in bytes of text a second.
//!
//! The text is `shared/data/text` beside the project where that is present, else the project's own
//! seeds many times over, else generated.
#![allow(missing_docs, reason = "criterion's macros make public functions without any")]

use std::collections::HashMap;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use corpus_model::{Annotations, Document};
use corpus_stats::quality::{Filter, Preset};
use corpus_stats::{
    DocumentDigest, Signature, Sketch, Tally, Vocabulary, keywords, near_duplicates, summarize,
    summarize_corpus,
};
use corpus_text::Segmenter;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use unicode_segmentation::UnicodeSegmentation as _;

/// How many documents are measured.
const DOCUMENTS: usize = 300;

fn texts() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    if let Ok(lines) = fs::read_to_string(root.join("shared/data/text/wiki_vi-articles.jsonl")) {
        let articles: Vec<String> = lines.lines().filter_map(article).collect();
        // Cut into pieces of the length of a news article.
        return articles
            .iter()
            .flat_map(|text| {
                let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
                lines.chunks(6).map(|it| it.join("\n")).collect::<Vec<_>>()
            })
            .filter(|text| text.len() > 1000)
            .take(DOCUMENTS)
            .collect();
    }
    let seeds: Vec<PathBuf> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds"))
        .map(|folder| folder.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    let mut texts: Vec<String> =
        seeds.iter().filter_map(|path| fs::read_to_string(path).ok()).collect();
    if texts.is_empty() {
        texts.push("Sáng nay mưa to ở vùng núi phía bắc, nhiều tuyến đường bị ngập. ".repeat(40));
    }
    texts.iter().cycle().take(DOCUMENTS).cloned().collect()
}

fn article(line: &str) -> Option<String> {
    let object: serde_json::Value = serde_json::from_str(line).ok()?;
    Some(object.get("extract")?.as_str()?.to_owned())
}

fn documents() -> Vec<(Document, Annotations)> {
    texts()
        .into_iter()
        .map(|text| {
            let document = Document::new("", text);
            let annotations = corpus_text::annotate(&document, Segmenter::built_in());
            (document, annotations)
        })
        .collect()
}

/// The least that any of this must do: cut the text at blanks.
fn baseline<M: criterion::measurement::Measurement>(
    group: &mut BenchmarkGroup<'_, M>,
    documents: &[(Document, Annotations)],
) {
    let bytes: usize = documents.iter().map(|(document, _)| document.text().len()).sum();
    group.throughput(Throughput::Bytes(bytes as u64));
    group.sample_size(10).measurement_time(Duration::from_secs(2));
    group.bench_function("split_whitespace", |bencher| {
        bencher.iter(|| {
            documents.iter().map(|(it, _)| it.text().split_whitespace().count()).sum::<usize>()
        });
    });
}

fn tally(criterion: &mut Criterion) {
    let documents = documents();
    let mut group = criterion.benchmark_group("tally");
    baseline(&mut group, &documents);
    for (name, empty) in [("light", Tally::light()), ("words", Tally::new())] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let mut tally = empty.clone();
                for (document, annotations) in &documents {
                    tally.add(document, annotations);
                }
                tally
            });
        });
    }
    group.finish();
}

/// A frequency list from the text on: words cut by rules that know no Vietnamese stand beside it.
fn frequency(criterion: &mut Criterion) {
    let documents = documents();
    let segmenter = Segmenter::built_in();
    let mut group = criterion.benchmark_group("frequency");
    baseline(&mut group, &documents);
    group.bench_function("unicode-segmentation", |bencher| {
        bencher.iter(|| {
            documents.iter().map(|(it, _)| it.text().unicode_words().count()).sum::<usize>()
        });
    });
    group.bench_function("split_whitespace in a HashMap", |bencher| {
        bencher.iter(|| {
            let mut counts: HashMap<&str, u64> = HashMap::new();
            for (document, _) in &documents {
                for word in document.text().split_whitespace() {
                    *counts.entry(word).or_default() += 1;
                }
            }
            counts.len()
        });
    });
    group.bench_function("words", |bencher| {
        let mut words = Vec::new();
        bencher.iter(|| {
            let mut vocabulary = Vocabulary::default();
            for (document, _) in &documents {
                vocabulary.add_words(document, []);
                for sentence in corpus_text::sentences(document.text()) {
                    let span = sentence.span;
                    words.clear();
                    segmenter.words_into(&document[span], span.start(), &mut words);
                    vocabulary.add_more_words(document, &words);
                }
            }
            vocabulary.frequencies().len()
        });
    });
    group.bench_function("syllables", |bencher| {
        bencher.iter(|| {
            let mut vocabulary = Vocabulary::default();
            documents.iter().for_each(|(it, _)| vocabulary.add_syllables([it.text()]));
            vocabulary.frequencies().len()
        });
    });
    group.finish();
}

fn summary(criterion: &mut Criterion) {
    let documents = documents();
    let digests: Vec<DocumentDigest> =
        documents.iter().map(|(document, it)| DocumentDigest::new(document, it)).collect();
    let mut group = criterion.benchmark_group("summary");
    baseline(&mut group, &documents);
    group.bench_function("summarize", |bencher| {
        bencher.iter(|| {
            for (document, annotations) in &documents {
                black_box(summarize(document, annotations, 3));
            }
        });
    });
    group.bench_function("from the text on", |bencher| {
        bencher.iter(|| {
            for (document, _) in &documents {
                let annotations = corpus_text::annotate(document, Segmenter::built_in());
                black_box(summarize(document, &annotations, 3));
            }
        });
    });
    group.bench_function("keywords", |bencher| {
        bencher.iter(|| {
            for (document, annotations) in &documents {
                black_box(keywords(document, annotations, 10));
            }
        });
    });
    group.bench_function("summarize_corpus", |bencher| {
        bencher.iter(|| summarize_corpus(&digests, 200));
    });
    group.finish();
}

fn quality(criterion: &mut Criterion) {
    let documents = documents();
    let mut group = criterion.benchmark_group("quality");
    baseline(&mut group, &documents);
    for name in Preset::NAMES {
        let filter = Preset::built_in(name).map(|preset| Filter::new(&preset));
        let Some(filter) = filter else { continue };
        group.bench_function(name, |bencher| {
            bencher
                .iter(|| documents.iter().filter(|it| filter.judge_document(&it.0).keep()).count());
        });
    }
    group.finish();
}

fn duplicates(criterion: &mut Criterion) {
    let documents = documents();
    let sketches: Vec<Sketch> = documents.iter().map(|(it, _)| Sketch::new(it)).collect();
    let mut group = criterion.benchmark_group("duplicates");
    baseline(&mut group, &documents);
    group.bench_function("sketch", |bencher| {
        bencher.iter(|| documents.iter().map(|(it, _)| Sketch::new(it)).collect::<Vec<_>>());
    });
    group.bench_function("signature", |bencher| {
        bencher.iter(|| sketches.iter().map(Signature::new).collect::<Vec<_>>());
    });
    group.bench_function("near_duplicates", |bencher| {
        bencher.iter(|| near_duplicates(&sketches, 0.8));
    });
    group.bench_function("all with all", |bencher| {
        bencher.iter(|| {
            let mut n = 0;
            for (place, a) in sketches.iter().enumerate() {
                n += sketches.iter().skip(place + 1).filter(|b| a.similarity(b) >= 0.8).count();
            }
            n
        });
    });
    group.finish();
}

criterion_group!(benches, tally, frequency, summary, quality, duplicates);
criterion_main!(benches);
