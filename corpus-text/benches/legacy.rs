//! Decoding of legacy encodings, with a copy and a byte-by-byte table beside it; detection.

#![allow(missing_docs, reason = "the macros of criterion make undocumented items")]

mod common;

use std::collections::HashMap;
use std::hint::black_box;

use corpus_text::legacy::{Encoding, decode, detect, detect_text, redecode};
use corpus_text::{Normalization, normalize};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const ENCODINGS: [Encoding; 5] =
    [Encoding::Tcvn3, Encoding::Vni, Encoding::Viscii, Encoding::Vps, Encoding::Cp1258];

/// The bytes of a text in an encoding, by asking the decoder what each byte and pair of bytes is;
/// what the encoding does not have becomes `?`.
fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    let mut bytes_of: HashMap<String, Vec<u8>> = HashMap::new();
    let letters = || (0..=0xFF_u8).filter(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80);
    for bytes in letters().flat_map(|letter| (0x80..=0xFF).map(move |mark| vec![letter, mark])) {
        bytes_of.insert(decode(&bytes, encoding).into_owned(), bytes);
    }
    for byte in 0..=0xFF {
        bytes_of.insert(decode(&[byte], encoding).into_owned(), vec![byte]);
    }
    let mut utf8 = [0; 4];
    let bytes = |c: char| bytes_of.get(&*c.encode_utf8(&mut utf8)).cloned().unwrap_or(vec![b'?']);
    text.chars().flat_map(bytes).collect()
}

fn bench(c: &mut Criterion) {
    let text = normalize(&common::text(), &Normalization::default()).into_text().into_owned();
    let mut group = c.benchmark_group("legacy");
    group.sample_size(10);
    for encoding in ENCODINGS {
        let bytes = encode(&text, encoding);
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(format!("decode {}", encoding.name()), |b| {
            b.iter(|| decode(black_box(&bytes), encoding).len());
        });
    }
    let bytes = encode(&text, Encoding::Tcvn3);
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    group.bench_function("copy", |b| b.iter(|| black_box(&bytes).clone()));
    // What a decoder of a single-byte encoding does at least: a character for each byte, as UTF-8.
    let characters: Vec<char> = (0..=0xFF)
        .map(|byte| decode(&[byte], Encoding::Tcvn3).chars().next().unwrap_or('?'))
        .collect();
    group.bench_function("table of characters", |b| {
        b.iter(|| {
            let characters = black_box(&bytes).iter().map(|&byte| characters[usize::from(byte)]);
            characters.collect::<String>().len()
        });
    });
    group.bench_function("detect", |b| b.iter(|| detect(black_box(&bytes))));
    let garbled: String = bytes.iter().map(|&byte| char::from(byte)).collect();
    group.throughput(Throughput::Bytes(garbled.len() as u64));
    group.bench_function("redecode", |b| {
        b.iter(|| redecode(black_box(&garbled), Encoding::Tcvn3).len());
    });
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("detect in clean text", |b| b.iter(|| detect_text(black_box(&text))));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
