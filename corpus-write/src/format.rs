//! [`Format`], the list of them, and [`Writer`].

use std::fmt;
use std::io::{self, Write};
use std::path::Path;

use corpus_model::Document;

use crate::{Conllu, Csv, Jsonl, Tei, Vrt};

/// A format whose documents are written one behind the other, each without a look at the others, so
/// that several threads can write parts of one file.
///
/// ```
/// use corpus_model::Document;
/// use corpus_write::{Format, Jsonl};
///
/// let mut page = Vec::new();
/// Jsonl.document(&Document::new("1", "Trời mưa."), &mut page);
/// assert!(page.starts_with(b"{\"id\":\"1\",") && page.ends_with("\"text\":\"Trời mưa.\"}\n".as_bytes()));
/// ```
pub trait Format: fmt::Debug + Sync {
    /// What it is called on the command line: lower case, unique.
    fn name(&self) -> &'static str;

    /// The endings of file names, without the dot and in lower case.
    fn extensions(&self) -> &'static [&'static str];

    /// One line for a list of formats.
    fn about(&self) -> &'static str;

    /// The layers that a document must have for the format to say anything of it.
    fn needs(&self) -> Layers {
        Layers::default()
    }

    /// The layers that the format has a place for.
    fn holds(&self) -> Layers {
        self.needs()
    }

    /// Appends what stands in front of all documents.
    fn begin(&self, page: &mut Vec<u8>) {
        let _ = page;
    }

    /// Appends a document.
    fn document(&self, document: &Document, page: &mut Vec<u8>);

    /// Appends what stands behind all documents.
    fn end(&self, page: &mut Vec<u8>) {
        let _ = page;
    }
}

/// Which layers of a document are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layers {
    /// Its sentences.
    pub sentences: bool,
    /// Its words.
    pub words: bool,
    /// Its facts.
    pub mentions: bool,
}

impl Layers {
    /// All of them.
    pub const ALL: Layers = Layers { sentences: true, words: true, mentions: true };
    /// Sentences and words.
    pub const WORDS: Layers = Layers { sentences: true, words: true, mentions: false };

    /// Those of either.
    pub const fn or(self, other: Layers) -> Layers {
        Layers {
            sentences: self.sentences || other.sentences,
            words: self.words || other.words,
            mentions: self.mentions || other.mentions,
        }
    }
}

/// Every format of documents one behind the other. A new one is a file, a `mod`, a `pub use` and a
/// place here.
pub static FORMATS: &[&dyn Format] = &[&Jsonl, &Csv, &Conllu, &Vrt, &Tei];

/// The format of this name.
///
/// ```
/// assert_eq!(corpus_write::find("vrt").unwrap().extensions(), ["vrt", "vert"]);
/// assert!(corpus_write::find("docx").is_none());
/// ```
pub fn find(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}

/// The format that a file of this name has, whatever it is packed with.
///
/// ```
/// use std::path::Path;
///
/// let name = |path: &str| corpus_write::of_path(Path::new(path)).map(|it| it.name());
/// assert_eq!(name("tin/2014.conllu.gz"), Some("conllu"));
/// assert_eq!(name("tin.txt"), None);
/// ```
pub fn of_path(path: &Path) -> Option<&'static dyn Format> {
    let ending = ending(path)?;
    FORMATS.iter().copied().find(|format| format.extensions().contains(&ending.as_str()))
}

/// The ending of a file's name in lower case, without that of its packing.
///
/// ```
/// use std::path::Path;
///
/// assert_eq!(corpus_write::ending(Path::new("tin/2014.JSONL.gz")).as_deref(), Some("jsonl"));
/// ```
pub fn ending(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    let plain = ["gz", "zst"]
        .iter()
        .find_map(|packing| name.strip_suffix(packing)?.strip_suffix('.'))
        .unwrap_or(&name);
    plain.rsplit_once('.').map(|(_, ending)| ending.to_owned())
}

/// Documents on their way to a file: the format around a destination.
///
/// ```
/// use corpus_model::Document;
/// use corpus_write::{Csv, Writer};
///
/// let mut writer = Writer::new(&Csv, Vec::new())?;
/// writer.write(&Document::new("1", "Trời mưa."))?;
/// let bytes = writer.finish()?;
/// assert!(bytes.ends_with(",Trời mưa.\r\n".as_bytes()));
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Writer<W> {
    format: &'static dyn Format,
    page: Vec<u8>,
    inner: W,
}

impl<W: Write> Writer<W> {
    /// A writer that has written what stands in front of all documents.
    pub fn new(format: &'static dyn Format, inner: W) -> io::Result<Writer<W>> {
        let mut writer = Writer { format, page: Vec::new(), inner };
        writer.format.begin(&mut writer.page);
        writer.flush_page()?;
        Ok(writer)
    }

    /// Writes a document with the layers that it has.
    pub fn write(&mut self, document: &Document) -> io::Result<()> {
        self.format.document(document, &mut self.page);
        self.flush_page()
    }

    /// Writes what stands behind all documents; gives the destination back, flushed.
    pub fn finish(mut self) -> io::Result<W> {
        self.format.end(&mut self.page);
        self.flush_page()?;
        self.inner.flush()?;
        Ok(self.inner)
    }

    fn flush_page(&mut self) -> io::Result<()> {
        let outcome = self.inner.write_all(&self.page);
        self.page.clear();
        outcome
    }
}

impl<W> fmt::Debug for Writer<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").field("format", &self.format).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use super::*;

    #[test]
    fn names_and_endings_are_unique() {
        let mut taken = BTreeSet::new();
        for format in FORMATS {
            assert!(taken.insert(format.name()), "two formats are called {}", format.name());
            assert_eq!(find(format.name()).map(Format::name), Some(format.name()));
            assert!(!format.about().ends_with('.'), "{}", format.name());
            let (needs, holds) = (format.needs(), format.holds());
            assert_eq!(needs.or(holds), holds, "{} needs what it does not hold", format.name());
        }
        let endings: Vec<_> = FORMATS.iter().flat_map(|it| it.extensions()).collect();
        let unique: BTreeSet<_> = endings.iter().collect();
        assert_eq!(endings.len(), unique.len(), "two formats claim one ending");
    }

    #[test]
    fn every_file_is_registered() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
        let registered: BTreeSet<&str> = FORMATS.iter().map(|format| format.name()).collect();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let source = fs::read_to_string(&path).unwrap_or_default();
            if source.contains("\nimpl Format for ") {
                assert!(
                    registered.contains(name.as_str()),
                    "help: add the format of {} to FORMATS in format.rs",
                    path.display()
                );
            }
        }
    }
}
