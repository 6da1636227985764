//! Formats that a file describes: their samples, and the two formats of the seeds beside what is
//! built in.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};

use corpus_model::Document;
use corpus_parse::{Described, Reader, detect};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/described");

fn described(name: &str) -> Described {
    let path = Path::new(FOLDER).join(name).with_extension("toml");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    Described::read(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

mod xa_nha {
    corpus_parse::conformance!(super::described("xa-nha"), super::FOLDER);
}

mod wiki_doc {
    corpus_parse::conformance!(super::described("wiki-doc"), super::FOLDER);
}

mod bang_tin {
    corpus_parse::conformance!(super::described("bang-tin"), super::FOLDER);
}

mod cong_tinh {
    corpus_parse::conformance!(super::described("cong-tinh"), super::FOLDER);
}

mod tep_tin {
    corpus_parse::conformance!(super::described("twins/delimited"), super::FOLDER);
}

#[test]
fn every_description_is_read_and_every_folder_has_one() {
    for entry in fs::read_dir(FOLDER).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            let known = name == "twins" || name.ends_with("-twin");
            assert!(known || path.with_extension("toml").exists(), "{}", path.display());
        } else {
            described(&name);
        }
    }
}

#[test]
fn the_page_of_the_crate_shows_what_can_be_read() {
    let page = include_str!("../README.md");
    let mut shown = 0;
    for (n, part) in page.split("```toml\n").skip(1).enumerate() {
        let toml = part.split("```").next().unwrap();
        let named = if toml.contains("name = ") { "" } else { "name = \"a\"\n" };
        Described::read(&format!("{named}{toml}")).unwrap_or_else(|error| panic!("{n}: {error}"));
        shown += 1;
    }
    assert_eq!(shown, 2);
}

/// The documents of a file, and what could not be read.
fn read(format: &dyn corpus_parse::Format, path: &Path) -> (Vec<Document>, Vec<String>) {
    let bytes = fs::read(path).unwrap();
    let mut reader = Reader::new(format, &bytes[..]).path(path.to_str().unwrap());
    let (mut documents, mut errors) = (Vec::new(), Vec::new());
    for document in reader.documents() {
        match document {
            Ok(mut document) => {
                document.metadata.format = None;
                documents.push(document);
            }
            Err(error) => errors.push(error.to_string()),
        }
    }
    assert!(reader.ledger().closes());
    (documents, errors)
}

/// The seeds of the project, and those beside it where they are.
fn seeds() -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for folder in ["../seeds", "../../shared/seeds"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        match fs::read_dir(&folder) {
            Ok(entries) => paths.extend(entries.map(|entry| entry.unwrap().path())),
            Err(_) => println!("skipped: {} is absent", folder.display()),
        }
    }
    paths.retain(|path| path.extension().is_some_and(|it| it == "txt"));
    paths.sort();
    paths
}

#[test]
fn the_seed_formats_are_described_as_they_are_built_in() {
    let twins = ["delimited", "article"].map(|name| (name, described(&format!("twins/{name}"))));
    for path in seeds() {
        let bytes = fs::read(&path).unwrap();
        let built_in = detect(Some(&path), &bytes).unwrap();
        let (_, twin) = twins.iter().find(|(name, _)| *name == built_in.name()).unwrap();
        assert_eq!(read(twin, &path), read(built_in, &path), "{}", path.display());
    }
}

#[test]
fn descriptions_that_say_nothing_of_records_take_the_whole() {
    let format = Described::read("name = \"a\"\n[text]\nfind = \"lines\"\n").unwrap();
    let mut reader = Reader::new(&format, "Trời mưa.\n\nĐường trơn.".as_bytes());
    let documents: Vec<Document> = reader.documents().map(Result::unwrap).collect();
    assert_eq!(documents.len(), 1);
    assert_eq!(documents[0].blocks().len(), 2);
}
