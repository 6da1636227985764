//! The news articles of `../shared/data/text`, which labels of the tests point into.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// The texts of all articles by their names, none where the folder is absent.
///
/// A text is the title, the lead where there is one, and the sentences or paragraphs, a line each.
pub(crate) fn articles() -> Option<BTreeMap<String, String>> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/text"));
    let mut articles = BTreeMap::new();
    for name in ["vietnews-3000.jsonl.gz", "baomoi-1000.jsonl.gz"] {
        let path = folder.join(name);
        let unpacked = path
            .exists()
            .then(|| Command::new("gzip").arg("-dc").arg(&path).stderr(Stdio::inherit()).output());
        let Some(Ok(unpacked)) = unpacked else {
            println!("skipped: {} cannot be read", path.display());
            return None;
        };
        for line in String::from_utf8(unpacked.stdout).unwrap().lines() {
            let article: Value = serde_json::from_str(line).unwrap();
            let id = article["id"].as_str().unwrap();
            articles.insert(id.to_owned(), text(&article));
        }
    }
    Some(articles)
}

fn text(article: &Value) -> String {
    let mut lines = vec![article["title"].as_str().unwrap()];
    lines.extend(article["sapo"].as_str());
    lines.extend(article["body"].as_str());
    for sentence in article["sentences"].as_array().into_iter().flatten() {
        lines.push(sentence.as_str().unwrap());
    }
    lines.join("\n")
}
