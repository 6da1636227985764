//! Fits the tagger of offices: `cargo run --example offices -- data/office-model.bin`.
//!
//! It learns from the labels in `tests/people` and from news without labels, which lie outside of the project
//! in `../shared/data/text`. Every fifth article is left out, so that others may be labelled to test with.
//! `-- --across` fits as often as there are files of labels, each time without one, and says how many offices
//! of that one are found, among those that rules find too.

#![allow(clippy::print_stdout, reason = "a program for the shell")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use corpus_extract::Extractor;
use corpus_extract::train::{LabelledPerson, OfficeTrainer};
use corpus_model::{Block, BlockKind, Document, Span};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The labelled part of an article, and its people.
#[derive(Default)]
struct Article {
    text: Span,
    people: BTreeMap<String, LabelledPerson>,
}

type Labels = BTreeMap<String, Article>;

fn main() -> Result<()> {
    let output = std::env::args().nth(1).ok_or("name a file to write, or --across")?;
    let files = label_files()?;
    let sets = files.iter().map(|file| labels(file)).collect::<Result<Vec<Labels>>>()?;
    let texts = articles()?;
    if output == "--across" {
        for (held, file) in files.iter().enumerate() {
            let mut trainer = OfficeTrainer::new(Extractor::built_in());
            let others = sets.iter().enumerate().filter(|(n, _)| *n != held).map(|(_, it)| it);
            others.for_each(|set| add_labelled(&mut trainer, set, &texts));
            add_unlabelled(&mut trainer, &sets, &texts);
            let model = trainer.finish();
            let mut test = OfficeTrainer::new(Extractor::built_in());
            sets.iter().skip(held).take(1).for_each(|set| add_labelled(&mut test, set, &texts));
            println!("{}: {:?}", file.display(), test.tally(&model));
        }
        return Ok(());
    }
    let mut trainer = OfficeTrainer::new(Extractor::built_in());
    sets.iter().for_each(|set| add_labelled(&mut trainer, set, &texts));
    let labelled = trainer.len();
    add_unlabelled(&mut trainer, &sets, &texts);
    println!("{labelled} labelled examples of {}", trainer.len());
    Ok(fs::write(output, trainer.finish())?)
}

fn add_labelled(trainer: &mut OfficeTrainer<'_>, set: &Labels, texts: &[(String, String)]) {
    for (id, text) in texts {
        let Some(article) = set.get(id) else { continue };
        let text = text.get(article.text.range()).unwrap_or_default();
        let people: Vec<LabelledPerson> = article.people.values().cloned().collect();
        trainer.add_labelled(&document(id, text), &people);
    }
}

fn add_unlabelled(trainer: &mut OfficeTrainer<'_>, sets: &[Labels], texts: &[(String, String)]) {
    let labelled: BTreeSet<&String> = sets.iter().flat_map(BTreeMap::keys).collect();
    for (n, (id, text)) in texts.iter().enumerate() {
        if n % 5 != 0 && !labelled.contains(id) {
            trainer.add_unlabelled(&document(id, text));
        }
    }
}

/// A text with a paragraph a line.
fn document(id: &str, text: &str) -> Document {
    let mut start = 0;
    let mut blocks = Vec::new();
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end().len();
        if end > start {
            blocks.push(Block::new(BlockKind::Paragraph, Span::new(start, end)));
        }
        start += line.len();
    }
    Document::new(id, text).with_blocks(blocks)
}

fn label_files() -> Result<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/people");
    let files = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut files = files.collect::<Result<Vec<PathBuf>>>()?;
    files.retain(|file| file.extension().is_some_and(|it| it == "tsv"));
    files.sort();
    Ok(files)
}

/// A file of labels; `tests/people/README.md` says what its columns mean.
fn labels(file: &Path) -> Result<Labels> {
    let span = |text: &str| -> Result<Span> {
        let (start, end) = text.split_once('-').ok_or("no span")?;
        Ok(Span::new(start.parse()?, end.parse()?))
    };
    let mut articles = Labels::new();
    for line in fs::read_to_string(file)?.lines().filter(|line| !line.starts_with('#')) {
        let [document, person, what, spans] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("{}: {line}", file.display()).into());
        };
        let spans = spans.split(' ').map(span).collect::<Result<Vec<Span>>>()?;
        let article = articles.entry(document.to_owned()).or_default();
        if what == "text" {
            article.text = spans.first().copied().ok_or("no text")?;
            continue;
        }
        let labelled = article.people.entry(person.to_owned()).or_default();
        match what {
            "name" | "name?" => labelled.names.extend(spans),
            "office" => labelled.offices.push(spans),
            _ => labelled.allowed.extend(spans),
        }
    }
    Ok(articles)
}

/// The articles with their names: title, lead where there is one, and sentences or paragraphs, a line each.
fn articles() -> Result<Vec<(String, String)>> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/text"));
    let mut articles = Vec::new();
    for name in ["vietnews-3000.jsonl.gz", "baomoi-1000.jsonl.gz"] {
        let mut gzip = Command::new("gzip");
        let unpacked = gzip.arg("-dc").arg(folder.join(name)).stderr(Stdio::inherit()).output()?;
        for line in String::from_utf8(unpacked.stdout)?.lines() {
            let article: serde_json::Value = serde_json::from_str(line)?;
            let sentences = article["sentences"].as_array().into_iter().flatten();
            let lines: Vec<&str> = [&article["title"], &article["sapo"], &article["body"]]
                .into_iter()
                .chain(sentences)
                .filter_map(|it| it.as_str())
                .collect();
            articles.push((article["id"].as_str().unwrap_or_default().into(), lines.join("\n")));
        }
    }
    Ok(articles)
}
