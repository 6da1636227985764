//! [`Mark`]: what is kept of each document between reading and writing.
//!
//! A record is a line of JSON and, behind it, the shingles of the document, eight bytes each,
//! little-endian. The hash of the whole file is in the journal.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use corpus_stats::Sketch;
use serde::{Deserialize, Serialize};

use crate::problems::shown;

/// What is kept of a document between reading and writing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Mark {
    /// XXH3 of the text.
    pub(super) text: u64,
    /// Bytes of the text.
    pub(super) bytes: u64,
    pub(super) id: String,
    pub(super) path: Option<String>,
    /// The first rule that it breaks.
    pub(super) broken: Option<Broken>,
    words: usize,
    shingles: usize,
}

/// A rule that a document breaks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Broken {
    pub(super) rule: String,
    pub(super) value: f64,
    pub(super) threshold: f64,
}

impl Mark {
    /// The mark of a document without its shingles.
    pub(super) fn new(
        text: u64,
        bytes: u64,
        id: &str,
        path: Option<&str>,
        broken: Option<Broken>,
    ) -> Mark {
        let path = path.map(str::to_owned);
        Mark { text, bytes, id: id.to_owned(), path, broken, words: 0, shingles: 0 }
    }

    /// Appends the record of the document.
    pub(super) fn append(mut self, sketch: &Sketch, page: &mut Vec<u8>) -> Result<()> {
        self.words = sketch.words();
        self.shingles = sketch.shingles().len();
        serde_json::to_writer(&mut *page, &self)?;
        page.write_all(b"\n")?;
        page.extend(sketch.shingles().iter().flat_map(|it| it.to_le_bytes()));
        Ok(())
    }
}

/// The marks of a part, in the order of its documents.
#[derive(Debug)]
pub(super) struct Marks {
    input: BufReader<File>,
    name: String,
    line: Vec<u8>,
    shingles: Vec<u8>,
}

impl Marks {
    pub(super) fn open(path: &Path) -> Result<Marks> {
        let name = shown(path);
        let file = File::open(path).with_context(|| format!("{name}: cannot be read"))?;
        let input = BufReader::with_capacity(1 << 18, file);
        Ok(Marks { input, name, line: Vec::new(), shingles: Vec::new() })
    }

    /// The next mark with its sketch; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<(Mark, Sketch)>> {
        self.read().with_context(|| format!("{}: is damaged", self.name))
    }

    fn read(&mut self) -> Result<Option<(Mark, Sketch)>> {
        self.line.clear();
        if self.input.read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        let mark: Mark = serde_json::from_slice(&self.line)?;
        self.shingles.clear();
        let bytes = 8 * mark.shingles as u64;
        if self.input.by_ref().take(bytes).read_to_end(&mut self.shingles)? as u64 != bytes {
            bail!("it ends early");
        }
        let shingles = self.shingles.as_chunks::<8>().0.iter().map(|it| u64::from_le_bytes(*it));
        let sketch = Sketch::of_shingles(shingles.collect(), mark.words);
        Ok(Some((mark, sketch)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("marks");
        let broken = Broken { rule: "words".to_owned(), value: 3.0, threshold: 50.0 };
        let sketches = [Sketch::of_text("sáng nay trời mưa to ở miền núi"), Sketch::default()];
        let marks = [
            Mark::new(u64::MAX, 36, "tin\n1", Some("a.zip!tin.txt"), None),
            Mark::new(0, 9, "", None, Some(broken.clone())),
        ];
        let mut page = Vec::new();
        for (mark, sketch) in marks.iter().zip(&sketches) {
            mark.clone().append(sketch, &mut page).unwrap();
        }
        std::fs::write(&path, &page).unwrap();
        let mut read = Marks::open(&path).unwrap();
        for (mark, sketch) in marks.iter().zip(&sketches) {
            let (found, own) = read.next().unwrap().unwrap();
            assert_eq!((found.text, &found.id, &found.path), (mark.text, &mark.id, &mark.path));
            assert_eq!((&found.broken, &own), (&mark.broken, sketch));
        }
        assert!(read.next().unwrap().is_none());
        std::fs::write(&path, &page[..page.len() / 2]).unwrap();
        let mut read = Marks::open(&path).unwrap();
        let error = std::iter::repeat_with(|| read.next()).find_map(Result::err).unwrap();
        assert!(format!("{error:#}").contains("is damaged"), "{error:#}");
    }
}
