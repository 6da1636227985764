//! Names lie on the edges of words.
//!
//! The segmenter and the extractors read a text apart from each other. Where the edge of a name falls
//! inside a word of the segmenter, one of them is wrong, or both are right in their way: `Trưởng ban` is
//! a word, and `ban Dân vận` behind it a body. So many edges may do so.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that fails may panic, and tells its figures"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use corpus_extract::Extractor;
use corpus_model::MentionKind;
use corpus_parse::Reader;
use corpus_text::Segmenter;

#[test]
fn few_edges_of_names_fall_inside_words() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../seeds"));
    if !folder.is_dir() {
        println!("skipped: there is no {}", folder.display());
        return;
    }
    let most = [
        (MentionKind::Person, 0.02),
        (MentionKind::Organization, 0.03),
        (MentionKind::Place, 0.01),
    ];
    let kinds = most.map(|(kind, _)| kind);
    let mut edges: BTreeMap<MentionKind, (usize, usize)> = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().is_some_and(|name| name == "README.md") {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let format = corpus_parse::detect(Some(&path), &bytes).unwrap();
        let mut reader = Reader::new(format, &bytes[..]).path(path.to_string_lossy());
        // One of the files is damaged; its document comes out all the same.
        for document in reader.documents().flatten() {
            // The bytes that lie inside a word, its first and last edge left out.
            let words = Segmenter::built_in().words(document.text());
            let inside: BTreeSet<usize> =
                words.iter().flat_map(|word| word.span.start() + 1..word.span.end()).collect();
            for mention in &Extractor::built_in().extract_kinds(&document, &kinds) {
                let (cut, all) = edges.entry(mention.kind()).or_default();
                for edge in [mention.span.start(), mention.span.end()] {
                    *all += 1;
                    if inside.contains(&edge) {
                        *cut += 1;
                        println!("{}: {}", document.id(), &document[mention.span]);
                    }
                }
            }
        }
    }
    for (kind, most) in most {
        let (cut, all) = edges[&kind];
        let share = cut as f64 / all as f64;
        println!("{kind}: {cut} of {all} edges, {:.2} %", 100.0 * share);
        assert!(share <= most, "{kind}: {cut} of {all} edges lie inside words");
    }
}
