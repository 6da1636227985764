//! The one registration: every format in the folder is in it, and each can be told from the others.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use corpus_parse::{FORMATS, detect, find};

const CRATE: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn every_file_is_registered() {
    let registered: BTreeSet<&str> = FORMATS.iter().map(|format| format.name()).collect();
    assert_eq!(registered.len(), FORMATS.len(), "two formats have one name");
    let registration = fs::read_to_string(Path::new(CRATE).join("src/formats.rs")).unwrap();
    for entry in fs::read_dir(Path::new(CRATE).join("src/formats")).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        assert!(
            registration.contains(&format!("mod {stem};")),
            "{}\nhelp: write `mod {stem};` in src/formats.rs",
            path.display()
        );
        assert!(
            registered.contains(stem.replace('_', "-").as_str()),
            "{}\nhelp: put the format into FORMATS in src/formats.rs, under the name of its file",
            path.display()
        );
        if path.is_dir() {
            // What a format keeps in files of its own, under its name.
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        assert!(
            source.contains("conformance!("),
            "{}\nhelp: add `crate::conformance!(…);` to its tests",
            path.display()
        );
    }
}

#[test]
fn every_format_is_fuzzed() {
    let Ok(targets) = fs::read_to_string(Path::new(CRATE).join("../fuzz/Cargo.toml")) else {
        println!("skipped: the fuzz targets are absent, as they are from the packaged crate");
        return;
    };
    for format in FORMATS {
        let name = format!("name = \"read-{}\"", format.name());
        assert!(targets.contains(&name), "help: write a [[bin]] with {name} in fuzz/Cargo.toml");
    }
}

#[test]
fn every_sample_has_a_format_and_an_expectation() {
    let folders = ["tests/formats", "tests/damaged"]
        .into_iter()
        .flat_map(|folder| fs::read_dir(Path::new(CRATE).join(folder)).unwrap());
    for entry in folders {
        let folder = entry.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        let name = folder.file_name().unwrap().to_str().unwrap();
        assert!(find(name).is_some(), "{}: no such format", folder.display());
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path().into_os_string().into_string().unwrap();
            let pair = path
                .strip_suffix(".expected")
                .map_or_else(|| format!("{path}.expected"), String::from);
            assert!(Path::new(&pair).exists(), "{pair} is missing beside {path}");
        }
    }
}

/// What detection says of a file of this name and content.
fn detected(name: &str, head: &[u8]) -> Option<&'static str> {
    detect(Some(Path::new(name)), head).map(|format| format.name())
}

#[test]
fn detection() {
    let record = b"http://a.example/1.html\n-----\nTin\n-----\n";
    let cases: [(&str, &[u8], Option<&str>); 26] = [
        ("a.txt", b"", Some("article")),
        ("a.txt", "Trời mưa.".as_bytes(), Some("article")),
        ("a.txt", b"M\0u M\0a", None),
        ("a.txt", b"Mot dong chu dai va mot \0 lac vao.", Some("article")),
        ("a.txt", record, Some("delimited")),
        ("a", record, Some("delimited")),
        ("a.txt", b"cut off\n-----\nhttp://a.example/1.html\n-----\n", Some("delimited")),
        ("a.txt", b"-----\n-----\n", Some("article")),
        ("a.txt", b"{\"text\": \"a\"}\n", Some("jsonl")),
        ("a.jsonl", b"{\"text\": ", Some("jsonl")),
        ("A.JSONL.GZ", b"tr\xff", Some("jsonl")),
        ("a", b"<!DOCTYPE html><p>a", Some("html")),
        ("a.txt", b" <?xml version=\"1.0\"?>\n<!-- a -->\n<HTML>", Some("html")),
        ("a.html", b"<p>a", Some("html")),
        ("a.txt", b"<headline>a", Some("article")),
        ("a", b"WARC/1.0\r\nWARC-Type: response", Some("warc")),
        ("a.arc", b"filedesc://a.arc 0.0.0.0 2014 text/plain 1", Some("warc")),
        ("a.json", b"[{\"text\": \"a\"}]", Some("json")),
        ("a.json", b"{\"text\": \"a\"}\n{\"text\": \"b\"}\n", Some("jsonl")),
        ("a.tsv", b"so\tnoi_dung\n1\ta\n", Some("csv")),
        ("a", b"id,text\n1,a\n", Some("csv")),
        ("a.unknown", b"a", Some("article")),
        ("a.txt", b"\xff\xfeT\0i\0n\0", Some("article")),
        ("a.jsonl.gz", b"\x1f\x8b\x08\0", None),
        ("a.txt", b"\x89PNG\r\n", None),
        ("a.txt", b"\xff\xd8\xff\xe0", None),
    ];
    for (name, head, format) in cases {
        assert_eq!(detected(name, head), format, "{name}: {:?}", String::from_utf8_lossy(head));
    }
    assert_eq!(detect(None, record).map(|it| it.name()), Some("delimited"));
    let all: Vec<u8> = (0..=255).cycle().take(4000).collect();
    assert_eq!(detected("a.txt", &all), None);
}

#[test]
fn legacy_encodings_are_text() {
    // A line in an encoding of one byte a letter: half of its bytes are no UTF-8.
    let head: Vec<u8> = b"Tr\xeai m\xad\xb7a. \xae\xad\xeang tr\xacn.\n".repeat(20);
    assert_eq!(detected("a.txt", &head), Some("article"));
}
