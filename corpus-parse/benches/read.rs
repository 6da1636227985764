//! How fast the formats are read, beside a copy of the bytes and the words of unicode-segmentation.
//!
//! The text is real news where ../shared lies beside the project, else the samples of this crate
//! over and over.
#![allow(clippy::unwrap_used, missing_docs, reason = "a bench")]

use std::collections::HashMap;
use std::fs;
use std::hint::black_box;
use std::io::Read as _;
use std::path::Path;

use corpus_model::Document;
use corpus_parse::{
    Article, Conllu, Csv, Delimited, FORMATS, Feed, Format, Html, Json, Jsonl, Lines, Markdown,
    Reader, Vrt, Warc, Xml,
};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use unicode_segmentation::UnicodeSegmentation;

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/seeds");
const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats");
const CRAWL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/text");
const PAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/html");
const ARCHIVE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../shared/data/crawl-formats/commoncrawl/whirlwind.warc"
);
const BYTES: usize = 4 << 20;

/// The texts of a folder that are of this format.
fn texts(folder: &str, format: &dyn Format) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path()).collect();
    paths.sort();
    let all = paths.into_iter().filter(|it| it.extension().is_some_and(|it| it == "txt"));
    all.map(|path| fs::read(path).unwrap())
        .filter(|bytes| {
            let found = corpus_parse::detect(Some(Path::new("a.txt")), bytes);
            found.is_some_and(|it| it.name() == format.name()) && str::from_utf8(bytes).is_ok()
        })
        .collect()
}

/// Real texts of this format where there are any, else the samples.
fn documents(format: &dyn Format) -> Vec<Vec<u8>> {
    let real = texts(SEEDS, format);
    if real.is_empty() { texts(&format!("{SAMPLES}/{}", format.name()), format) } else { real }
}

/// A page with this article on it, as much of it furniture as on a page of the web.
fn page(article: &str) -> Vec<u8> {
    let links = |n: usize| -> String {
        let link = |n| {
            format!(
                "<li class=\"item item-{n}\"><a href=\"/tin-{n}.html\" title=\"Tin {n}\">Tin thứ {n} trong ngày</a></li>\n"
            )
        };
        (0..n).map(link).collect()
    };
    let text: String =
        article.lines().map(|line| format!("<p class=\"Normal\">{line}</p>\n")).collect();
    let script =
        "window.dataLayer = window.dataLayer || []; function push(a) { dataLayer.push(a); }\n"
            .repeat(60);
    format!(
        "<!DOCTYPE html><html lang=\"vi\"><head><title>Tin</title><script>{script}</script></head><body>\
         <nav class=\"main-nav\"><ul>{}</ul></nav><h1 class=\"title-detail\">Tin trong ngày</h1>\
         <div class=\"content-detail\">{text}</div><div class=\"box-related\"><ul>{}</ul></div></body></html>",
        links(80),
        links(40)
    )
    .into_bytes()
}

/// A page as an archive holds it, with the kind of content that the server states.
fn archived(page: &[u8], kind: &str) -> Vec<u8> {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n");
    let answer = [answer.as_bytes(), page].concat();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://tin.example/a\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        answer.len()
    );
    [head.as_bytes(), &answer, b"\r\n\r\n"].concat()
}

/// A file of records, each made of a text and its number.
fn within(
    head: &str,
    texts: &[&str],
    record: impl Fn(usize, &str) -> String,
    foot: &str,
) -> Vec<u8> {
    let records: String = texts.iter().enumerate().map(|(n, text)| record(n, text)).collect();
    [head, &records, foot].concat().into_bytes()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// An article of a dump.
fn xml_article(n: usize, text: &str) -> String {
    let text = escaped(text);
    format!("<article id=\"{n}\"><title>Tin {n}</title><content>{text}</content></article>\n")
}

/// An item of a feed, its text as markup in text.
fn feed_item(n: usize, text: &str) -> String {
    let paragraphs = text.lines().map(|line| format!("<p>{}</p>", escaped(line)));
    let page = escaped(&paragraphs.collect::<String>());
    format!(
        "<item><guid>tin-{n}</guid><title>Tin {n}</title><pubDate>Fri, 04 May 2018 08:00:00 +0700</pubDate>\
         <description>{page}</description></item>\n"
    )
}

/// A text as vertical text, a line a sentence.
fn vertical(n: usize, text: &str) -> String {
    let sentence = |line: &str| {
        let words: String =
            line.split_whitespace().map(|word| format!("{}\tword\n", escaped(word))).collect();
        format!("<s>\n{words}</s>\n")
    };
    let sentences: String = text.lines().filter(|line| !line.is_empty()).map(sentence).collect();
    format!("<text id=\"{n}\">\n{sentences}</text>\n")
}

/// A text as a treebank has it, a line a sentence.
fn treebank(n: usize, text: &str) -> String {
    let sentence = |line: &str| {
        let words = line.split_whitespace().enumerate();
        let rows: String =
            words.map(|(n, word)| format!("{}\t{word}\t_\t_\t_\t_\t_\t_\t_\t_\n", n + 1)).collect();
        format!("# text = {line}\n{rows}\n")
    };
    let sentences: String =
        text.lines().filter(|line| !line.trim().is_empty()).map(sentence).collect();
    format!("# newdoc id = {n}\n{sentences}")
}

/// Reads all of the inputs through the fast door; the bytes of text.
fn read(format: &dyn Format, inputs: &[Vec<u8>]) -> usize {
    let mut document = Document::default();
    let mut bytes = 0;
    for input in inputs {
        let mut reader = Reader::new(format, &input[..]).path("tin.txt");
        while reader.read(&mut document).unwrap() {
            bytes += document.text().len() + document.blocks().len();
        }
    }
    bytes
}

fn bench(c: &mut Criterion, format: &dyn Format, name: &str, inputs: &[Vec<u8>]) {
    let bytes: usize = inputs.iter().map(Vec::len).sum();
    let mut group = c.benchmark_group(format!("read/{name}"));
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("reader", |b| b.iter(|| read(format, black_box(inputs))));
    group.bench_function("copy", |b| b.iter(|| black_box(inputs.to_vec())));
    group.bench_function("unicode_words", |b| {
        b.iter(|| -> usize {
            let words = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).unicode_words().count();
            inputs.iter().map(words).sum()
        });
    });
    group.finish();
}

fn formats(c: &mut Criterion) {
    assert_eq!(FORMATS.len(), 13, "a new format gets a bench here");
    let repeated = |text: &[u8]| text.repeat(BYTES / text.len() + 1);

    // One file holding many records, as a crawl writes it.
    let records: Vec<u8> = documents(&Delimited).concat();
    bench(c, &Delimited, Delimited.name(), &[repeated(&records)]);
    // Many small files, each an article.
    let articles = documents(&Article);
    let n = BYTES / articles.iter().map(Vec::len).sum::<usize>() + 1;
    let articles: Vec<Vec<u8>> = (0..n).flat_map(|_| articles.clone()).collect();
    bench(c, &Article, Article.name(), &articles);

    // Many pages: menus, scripts and link lists around an article.
    let pages: Vec<Vec<u8>> =
        articles.iter().filter_map(|it| str::from_utf8(it).ok()).map(page).collect();
    bench(c, &Html, Html.name(), &pages);
    let archive = pages.iter().flat_map(|page| archived(page, "text/html")).collect();
    bench(c, &Warc, Warc.name(), &[archive]);
    #[cfg(feature = "gzip")]
    archive_records(c, &pages);
    real_pages(c);

    let paragraphs: Vec<&str> = articles
        .iter()
        .filter_map(|it| str::from_utf8(it).ok())
        .flat_map(str::lines)
        .filter(|it| it.len() > 2)
        .collect();
    let mut lines = String::new();
    for piece in paragraphs.iter().flat_map(|it| it.split_inclusive(". ")).cycle() {
        if lines.len() > BYTES {
            break;
        }
        lines.push_str(piece.trim());
        lines.push('\n');
    }
    bench(c, &Lines, Lines.name(), &[lines.into_bytes()]);

    let texts: Vec<&str> = articles.iter().filter_map(|it| str::from_utf8(it).ok()).collect();
    let files = texts.iter().map(|text| format!("# Tin\n\n{}\n", text.replace('\n', "\n\n")));
    bench(c, &Markdown, Markdown.name(), &files.map(String::into_bytes).collect::<Vec<_>>());
    bench(c, &Xml, Xml.name(), &[within("<articles>\n", &texts, xml_article, "</articles>\n")]);
    let channel = "<rss version=\"2.0\"><channel><title>Tin</title>\n";
    bench(c, &Feed, Feed.name(), &[within(channel, &texts, feed_item, "</channel></rss>\n")]);
    bench(c, &Vrt, Vrt.name(), &[within("<corpus>\n", &texts, vertical, "</corpus>\n")]);
    bench(c, &Conllu, Conllu.name(), &[within("", &texts, treebank, "")]);

    let mut jsonl = String::new();
    for article in articles.iter().filter_map(|it| str::from_utf8(it).ok()) {
        let value = serde_json::json!({"id": jsonl.len(), "title": "Tin", "date": "2017-03-04", "text": article});
        jsonl.push_str(&value.to_string());
        jsonl.push('\n');
    }
    let mut table = String::from("id,text\n");
    for article in articles.iter().filter_map(|it| str::from_utf8(it).ok()) {
        table.push_str(&format!("{},\"{}\"\n", table.len(), article.replace('"', "\"\"")));
    }
    bench(c, &Csv, Csv.name(), &[table.into_bytes()]);
    let array = format!("[{}]", jsonl.trim_end().replace('\n', ",\n"));
    bench(c, &Json, Json.name(), &[array.into_bytes()]);
    anchor(c, "jsonl", &jsonl);
    bench(c, &Jsonl, "jsonl", &[jsonl.into_bytes()]);
    // Lines of a crawl, where there are any: shorter paragraphs, and lists of sentences.
    let crawl = crawl();
    if let Ok(jsonl) = str::from_utf8(&crawl).map(str::to_owned)
        && !jsonl.is_empty()
    {
        anchor(c, "jsonl_crawl", &jsonl);
        bench(c, &Jsonl, "jsonl_crawl", &[crawl]);
    }
}

/// Records of an archive alone, a member of gzip each: of what is neither a page nor a text the head is
/// read, and the body passed over. Beside it what unpacking alone takes.
#[cfg(feature = "gzip")]
fn archive_records(c: &mut Criterion, pages: &[Vec<u8>]) {
    use std::io::Write as _;

    let member = |page: &Vec<u8>| {
        let packed = Vec::new();
        let mut packer = flate2::write::GzEncoder::new(packed, flate2::Compression::default());
        packer.write_all(&archived(page, "application/octet-stream")).unwrap();
        packer.finish().unwrap()
    };
    let archive: Vec<u8> = pages.iter().flat_map(member).collect();
    let unpack =
        || std::io::copy(&mut corpus_parse::Unpacked::new(&archive[..]), &mut std::io::sink());
    let mut group = c.benchmark_group("read/warc_gz");
    group.throughput(Throughput::Bytes(unpack().unwrap()));
    group.bench_function("unpack", |b| b.iter(|| unpack().unwrap()));
    group.bench_function("records", |b| {
        b.iter(|| {
            let input = corpus_parse::Unpacked::new(black_box(&archive[..]));
            let mut reader = Reader::new(&Warc, input);
            while reader.read(&mut Document::default()).unwrap() {}
            assert_eq!(reader.ledger().rejected[0].count, pages.len() as u64);
        });
    });
    group.finish();
}

/// Real pages of the web, where there are any: those of Vietnamese sites, and one as Common Crawl has it.
fn real_pages(c: &mut Criterion) {
    let mut paths: Vec<_> =
        fs::read_dir(PAGES).into_iter().flatten().flatten().map(|it| it.path()).collect();
    paths.sort();
    let pages = paths.iter().filter(|it| it.extension().is_some_and(|it| it == "html"));
    let pages: Vec<Vec<u8>> = pages.map(|path| fs::read(path).unwrap()).collect();
    if !pages.is_empty() {
        bench(c, &Html, "html_sites", &pages);
    }
    if let Ok(archive) = fs::read(ARCHIVE) {
        bench(c, &Warc, "warc_common_crawl", &[archive]);
    }
}

/// The JSON Lines that lie beside the project.
fn crawl() -> Vec<u8> {
    let mut lines = Vec::new();
    let mut paths: Vec<_> =
        fs::read_dir(CRAWL).into_iter().flatten().flatten().map(|it| it.path()).collect();
    paths.sort();
    for path in paths.iter().filter(|it| it.to_string_lossy().ends_with(".jsonl.gz")) {
        flate2::read::MultiGzDecoder::new(fs::File::open(path).unwrap())
            .read_to_end(&mut lines)
            .unwrap();
    }
    lines
}

/// What the reader of JSON Lines is measured by: each line looked over and forgotten, and its fields
/// as strings of their own.
fn anchor(c: &mut Criterion, name: &str, jsonl: &str) {
    let mut group = c.benchmark_group(format!("read/{name}"));
    group.throughput(Throughput::Bytes(jsonl.len() as u64));
    group.bench_function("simdutf8", |b| {
        b.iter(|| simdutf8::basic::from_utf8(black_box(jsonl.as_bytes())).is_ok());
    });
    group.bench_function("serde_json_ignored", |b| {
        let parse = |line| serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
        b.iter(|| black_box(jsonl).lines().filter(|line| parse(line)).count());
    });
    group.bench_function("serde_json_strings", |b| {
        let parse =
            |line| serde_json::from_str::<HashMap<String, serde_json::Value>>(line).unwrap();
        b.iter(|| black_box(jsonl).lines().map(|line| parse(line).len()).sum::<usize>());
    });
    group.finish();
}

criterion_group!(benches, formats);
criterion_main!(benches);
