//! The text that the benches of this crate share.

use std::fs;
use std::path::Path;

/// A few megabytes of Vietnamese lines: real articles where the data folder is at hand, the
/// project's own documents otherwise, over and over.
pub(crate) fn text() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let articles = fs::read_to_string(root.join("../shared/data/text/wiki_vi-articles.jsonl"));
    let mut text = articles.map(|json| json.replace("\\n", "\n")).unwrap_or_default();
    if text.is_empty() {
        let files = fs::read_dir(root.join("seeds")).into_iter().flatten().flatten();
        let mut paths: Vec<_> = files.map(|file| file.path()).collect();
        paths.sort();
        for path in paths {
            text += &fs::read_to_string(path).unwrap_or_default();
        }
    }
    if text.is_empty() {
        text =
            "Sáng 29/8, hội nghị họp tại Hà Nội. Các đại biểu bàn về cải cách hành chính.\n".into();
    }
    text.repeat(2_000_000 / text.len() + 1)
}
