//! The five seed documents, which lie beside the project and not in it: what a careful reader finds
//! in them is found. Without that folder the test skips, and says so.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::fs;
use std::path::Path;

use corpus_model::{BlockKind, Document};
use corpus_parse::{Reader, detect};
use serde_json::Value;

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared");

fn read(path: &Path) -> Document {
    let bytes = fs::read(path).unwrap();
    let format = detect(Some(path), &bytes[..bytes.len().min(64 << 10)]).unwrap();
    let mut reader = Reader::new(format, &bytes[..]).path(path.to_str().unwrap());
    let documents: Vec<Document> = reader.documents().map(Result::unwrap).collect();
    assert!(reader.ledger().closes());
    let [document] = documents.try_into().unwrap();
    assert_eq!(document.text().as_bytes(), bytes);
    document
}

fn texts(document: &Document, kind: BlockKind) -> Vec<&str> {
    let blocks = document.blocks().iter().filter(|block| block.kind == kind);
    blocks.map(|block| &document[block.span]).collect()
}

#[test]
fn what_a_careful_reader_finds() {
    let Ok(gold) = fs::read_to_string(Path::new(SHARED).join("gold/seeds.jsonl")) else {
        println!("skipped: {SHARED} is absent");
        return;
    };
    for line in gold.lines() {
        let gold: Value = serde_json::from_str(line).unwrap();
        let string = |name: &str| gold[name].as_str();
        let list = |name: &str| -> Vec<&str> {
            gold[name].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
        };
        let file = string("file").unwrap();
        let document = read(&Path::new(SHARED).join("seeds").join(file));
        let metadata = &document.metadata;
        assert_eq!(metadata.format.as_deref(), string("format"), "{file}");
        assert_eq!(metadata.url.as_deref(), string("url"), "{file}");
        assert_eq!(texts(&document, BlockKind::Url), Vec::from_iter(string("url")), "{file}");
        assert_eq!(metadata.title.as_deref(), string("title"), "{file}");
        assert_eq!(texts(&document, BlockKind::Title), Vec::from_iter(string("title")), "{file}");
        assert_eq!(metadata.byline.as_deref(), string("byline"), "{file}");
        assert_eq!(texts(&document, BlockKind::Caption), list("captions"), "{file}");
        let related = texts(&document, BlockKind::RelatedLink);
        let bare: Vec<&str> = related.iter().map(|it| it.trim_matches(['[', ']'])).collect();
        assert_eq!(bare, list("related"), "{file}");
        assert_eq!(texts(&document, BlockKind::Boilerplate), list("boilerplate"), "{file}");
        assert!(texts(&document, BlockKind::Heading).is_empty(), "{file}");
        assert_eq!(metadata.extra.len(), 2, "{file}: index and identifier");
    }
}

#[test]
fn parts_beyond_the_gold() {
    let Ok(entries) = fs::read_dir(Path::new(SHARED).join("seeds")) else {
        println!("skipped: {SHARED} is absent");
        return;
    };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let [delimited, numbered, _, _, article] =
        paths.iter().map(|it| read(it)).collect::<Vec<_>>().try_into().unwrap();
    assert_eq!(delimited.metadata.site.as_deref(), Some("vietnamplus.vn"));
    assert_eq!(delimited.metadata.article_number.as_deref(), Some("278730"));
    assert!(delimited.metadata.slug.as_deref().unwrap().starts_with("dang-uy-khoi"));
    assert_eq!(texts(&delimited, BlockKind::Paragraph).len(), 1);
    let items = texts(&numbered, BlockKind::ListItem);
    assert_eq!(items.iter().map(|it| &it[..2]).collect::<Vec<_>>(), ["1-", "2-", "3-", "4-", "5-"]);
    assert_eq!(texts(&numbered, BlockKind::Paragraph).len(), 5);
    assert_eq!(texts(&article, BlockKind::Lead).len(), 1);
    assert_eq!(texts(&article, BlockKind::Paragraph).len(), 19);
}
