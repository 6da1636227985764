//! The questions of the README, asked of the documents of `seeds/`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]
#![allow(missing_docs, reason = "a test is no API")]

use std::fs;
use std::path::{Path, PathBuf};

use corpus_engine::Engine;
use corpus_extract::Extractor;
use corpus_parse::{Reader, detect};
use corpus_text::Segmenter;
use corpus_write::ParquetWriter;

/// The folder of documents to try things on.
fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds")
}

/// Fills a folder with the seeds and their layers, as `corpus build` would.
fn fill(folder: &Path) {
    let file = fs::File::create(folder.join("shard-00000.parquet")).unwrap();
    let mut writer = ParquetWriter::new(file).unwrap();
    for entry in fs::read_dir(seeds()).unwrap() {
        let path = entry.unwrap().path();
        if path.file_stem().is_some_and(|it| it == "README") {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let format = detect(Some(&path), &bytes).unwrap();
        let mut reader = Reader::new(format, bytes.as_slice()).path(path.to_string_lossy());
        for document in reader.documents().flatten() {
            let mut layers = corpus_text::annotate(&document, Segmenter::built_in());
            layers.mentions = Extractor::built_in().extract(&document);
            writer.write(&document.with_annotations(layers)).unwrap();
        }
    }
    writer.finish().unwrap();
}

#[test]
fn the_questions_of_the_readme_have_answers() {
    if !seeds().is_dir() {
        // What is published holds the crate alone.
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    let news = folder.path().display().to_string();
    let engine = Engine::new().unwrap();
    let readme = include_str!("../README.md").replace("\r\n", "\n");
    let mut asked = 0;
    for (n, block) in readme.split("```sql\n").skip(1).enumerate() {
        let question = block.split("```").next().unwrap();
        let question = question.replace("news/", &format!("{news}/"));
        let question = question.replace("crawl/", &format!("{}/", seeds().display()));
        let batches = engine
            .query(&question)
            .and_then(|rows| rows.collect::<Result<Vec<_>, _>>())
            .unwrap_or_else(|error| panic!("question {n}: {error}\n{question}"));
        // No two of the seeds are as alike as the query for near-duplicates asks for.
        let rows: usize = batches.iter().map(|batch| batch.num_rows()).sum();
        assert!(rows > 0 || question.starts_with("with documents_"), "question {n}:\n{question}");
        asked += 1;
    }
    assert!(asked >= 13, "{asked} questions");
}
