//! [`Mark`]: what is kept of each document between reading and writing.
//!
//! A line of JSON each. The hash of the whole file is in the journal.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use crate::problems::shown;

/// What is kept of a document between reading and writing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Mark {
    /// The batch of its group in which it came.
    pub(super) batch: usize,
    /// XXH3 of the text.
    pub(super) text: u64,
    /// Bytes of the text.
    pub(super) bytes: u64,
    pub(super) id: String,
    pub(super) path: Option<String>,
    /// The first rule that it breaks.
    pub(super) broken: Option<Broken>,
}

/// A rule that a document breaks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Broken {
    pub(super) rule: String,
    pub(super) value: f64,
    pub(super) threshold: f64,
}

/// The marks of a part, in the order of its documents.
#[derive(Debug)]
pub(super) struct Marks {
    input: BufReader<File>,
    name: String,
    line: Vec<u8>,
}

impl Marks {
    pub(super) fn open(path: &Path) -> Result<Marks> {
        let name = shown(path);
        let file = File::open(path).with_context(|| format!("{name}: cannot be read"))?;
        let input = BufReader::with_capacity(1 << 18, file);
        Ok(Marks { input, name, line: Vec::new() })
    }

    /// The next mark; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Mark>> {
        let told = || format!("{}: is damaged", self.name);
        self.line.clear();
        match self.input.read_until(b'\n', &mut self.line).with_context(told)? {
            0 => Ok(None),
            _ => serde_json::from_slice(&self.line).with_context(told),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::json::line;

    #[test]
    fn what_was_kept_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("marks");
        let broken = Broken { rule: "words".to_owned(), value: 3.0, threshold: 50.0 };
        let (id, of) = ("tin\n1".to_owned(), Some("a.zip!tin.txt".to_owned()));
        let marks = [
            Mark { batch: 0, text: u64::MAX, bytes: 36, id, path: of, broken: None },
            Mark {
                batch: 7,
                text: 0,
                bytes: 9,
                id: String::new(),
                path: None,
                broken: Some(broken),
            },
        ];
        let mut page = Vec::new();
        marks.iter().for_each(|mark| line(&mut page, mark));
        std::fs::write(&path, &page).unwrap();
        let mut read = Marks::open(&path).unwrap();
        let found: Vec<Mark> = std::iter::from_fn(|| read.next().unwrap()).collect();
        assert_eq!(found, marks);
        std::fs::write(&path, &page[..page.len() / 2]).unwrap();
        let mut read = Marks::open(&path).unwrap();
        let error = std::iter::repeat_with(|| read.next()).find_map(Result::err).unwrap();
        assert!(format!("{error:#}").contains("is damaged"), "{error:#}");
    }
}
