//! [`Collection`]: what is kept of documents to compare and to name them, in memory or on the disk.
//!
//! Up to a limit all is in memory, and compared there. Beyond it goes to temporary files that have no
//! name, so nothing is left of them however the run ends; then memory holds about 40 bytes a document while
//! they are compared.

use std::fs::File;
use std::io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::mem;

use anyhow::{Context as _, Result, bail};
use corpus_stats::{
    Banding, Keep, Pair, Sketch, exact_duplicates, near_duplicates, stored_exact_duplicates,
    stored_near_duplicates,
};

use crate::sketches::{Compared, SketchFiles, SketchWriter, Stored};

/// Documents, one after the other.
pub(super) struct Collection {
    banding: Banding,
    names: Names,
    sketches: Sketches,
    /// How much memory is taken, and how much may be.
    taken: usize,
    limit: usize,
}

enum Sketches {
    Memory(Vec<Sketch>),
    Disk(Box<SketchWriter<BufWriter<File>>>),
}

impl Collection {
    /// A collection to be searched with a threshold, in so many bytes of memory.
    pub(super) fn new(threshold: f64, limit: usize) -> Collection {
        Collection {
            banding: Banding::of(threshold),
            names: Names::default(),
            sketches: Sketches::Memory(Vec::new()),
            taken: 0,
            // What is hardly alike has no key in common: it is found in memory only.
            limit: if threshold < Banding::LEAST { usize::MAX } else { limit },
        }
    }

    /// How many documents there are.
    pub(super) fn len(&self) -> usize {
        self.names.ends.len()
    }

    pub(super) fn add(&mut self, name: &str, title: &str, sketch: Sketch) -> Result<()> {
        self.names.add(name, title)?;
        match &mut self.sketches {
            Sketches::Disk(writer) => writer
                .add(&Compared::new(sketch, self.banding))
                .context("a temporary file cannot be written"),
            Sketches::Memory(sketches) => {
                self.taken += mem::size_of_val(sketch.shingles()) + mem::size_of::<Sketch>();
                sketches.push(sketch);
                if self.taken + self.names.bytes.len() > self.limit {
                    self.move_to_disk()?;
                }
                Ok(())
            }
        }
    }

    fn move_to_disk(&mut self) -> Result<()> {
        let mut write = || -> Result<()> {
            let file = || tempfile::tempfile().map(BufWriter::new);
            let mut writer = SketchWriter::new(file()?, file()?, self.banding);
            if let Sketches::Memory(sketches) = &mut self.sketches {
                for sketch in mem::take(sketches) {
                    writer.add(&Compared::new(sketch, self.banding))?;
                }
            }
            self.sketches = Sketches::Disk(Box::new(writer));
            self.names.move_to_disk(file()?)
        };
        let folder = std::env::temp_dir();
        write()
            .with_context(|| format!("a temporary file in {} cannot be written", folder.display()))
    }

    /// The documents, to be compared.
    pub(super) fn finish(self) -> Result<Complete> {
        let documents = self.len();
        let sketches = match self.sketches {
            Sketches::Memory(sketches) => CompleteSketches::Memory(sketches),
            Sketches::Disk(writer) => {
                let (shingles, keys) = writer.finish()?;
                let stored = |file: BufWriter<File>| -> Result<Stored> {
                    Ok(Stored::Open(file.into_inner().map_err(|error| error.into_error())?))
                };
                let files = [(stored(shingles)?, stored(keys)?, documents)];
                CompleteSketches::Disk(SketchFiles::open(files, self.banding)?)
            }
        };
        Ok(Complete { banding: self.banding, names: self.names.finish()?, sketches })
    }
}

/// All documents, to be compared and named by their places.
pub(super) struct Complete {
    banding: Banding,
    names: CompleteNames,
    sketches: CompleteSketches,
}

enum CompleteSketches {
    Memory(Vec<Sketch>),
    Disk(SketchFiles),
}

impl Complete {
    /// How many documents there are.
    pub(super) fn len(&self) -> usize {
        self.names.ends.len()
    }

    /// The pairs whose similarity is `threshold` or more.
    pub(super) fn near(&mut self, threshold: f64) -> Result<Vec<Pair>> {
        match &mut self.sketches {
            CompleteSketches::Memory(sketches) => Ok(near_duplicates(sketches, threshold)),
            CompleteSketches::Disk(files) => stored_near_duplicates(files, threshold),
        }
    }

    /// The pairs with the same text, each with the first of its kind.
    pub(super) fn exact(&mut self) -> Result<Vec<Pair>> {
        match &mut self.sketches {
            CompleteSketches::Memory(sketches) => Ok(exact_duplicates(sketches)),
            CompleteSketches::Disk(files) => stored_exact_duplicates(files, self.banding),
        }
    }

    /// Which document of a cluster stays.
    pub(super) fn choose(&self, keep: Keep, cluster: &[usize]) -> Option<usize> {
        match &self.sketches {
            CompleteSketches::Memory(sketches) => keep.choose(cluster, sketches),
            CompleteSketches::Disk(files) => keep.choose_by(cluster, |place| files.words(place)),
        }
    }

    /// The name and the title of a document.
    pub(super) fn name(&self, place: usize) -> Result<(String, String)> {
        self.names.get(place)
    }

    /// What a document is compared by.
    pub(super) fn sketch(&self, place: usize) -> Result<Sketch> {
        match &self.sketches {
            CompleteSketches::Memory(sketches) => {
                Ok(sketches.get(place).cloned().unwrap_or_default())
            }
            CompleteSketches::Disk(files) => files.read(place),
        }
    }
}

/// The names of documents, each with its length in four bytes before and a title behind.
#[derive(Default)]
struct Names {
    /// Where each ends.
    ends: Vec<u64>,
    /// What is not on the disk.
    bytes: Vec<u8>,
    file: Option<BufWriter<File>>,
}

/// The names of all documents.
struct CompleteNames {
    ends: Vec<u64>,
    bytes: Vec<u8>,
    file: Option<File>,
}

impl Names {
    fn add(&mut self, name: &str, title: &str) -> Result<()> {
        let length = u32::try_from(name.len()).unwrap_or(u32::MAX).to_le_bytes();
        let parts = [&length, name.as_bytes(), title.as_bytes()];
        let before = self.ends.last().copied().unwrap_or_default();
        self.ends.push(before + parts.iter().map(|it| it.len() as u64).sum::<u64>());
        for part in parts {
            match &mut self.file {
                Some(file) => file.write_all(part)?,
                None => self.bytes.extend_from_slice(part),
            }
        }
        Ok(())
    }

    fn move_to_disk(&mut self, mut file: BufWriter<File>) -> Result<()> {
        file.write_all(&mem::take(&mut self.bytes))?;
        self.file = Some(file);
        Ok(())
    }

    fn finish(self) -> Result<CompleteNames> {
        let file = self.file.map(BufWriter::into_inner).transpose();
        let file = file.map_err(|error| error.into_error())?;
        Ok(CompleteNames { ends: self.ends, bytes: self.bytes, file })
    }
}

impl CompleteNames {
    fn get(&self, place: usize) -> Result<(String, String)> {
        let end = self.ends.get(place).copied().unwrap_or_default();
        let before = place.checked_sub(1).and_then(|it| self.ends.get(it)).copied();
        let start = before.unwrap_or_default().min(end);
        let mut read = Vec::new();
        let record = match self.file.as_ref() {
            None => self.bytes.get(usize::try_from(start)?..usize::try_from(end)?),
            Some(mut file) => {
                file.seek(SeekFrom::Start(start))?;
                file.take(end - start).read_to_end(&mut read)?;
                Some(read.as_slice())
            }
        };
        let parts = record.and_then(|record| {
            let (length, both) = record.split_first_chunk()?;
            both.split_at_checked(u32::from_le_bytes(*length) as usize)
        });
        let Some((name, title)) = parts else { bail!("the name of document {place} is not there") };
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok((text(name), text(title)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts of which some are the same, some nearly, and some without words.
    fn collection(threshold: f64, limit: usize) -> Complete {
        let mut collection = Collection::new(threshold, limit);
        for n in 0..300_usize {
            let (from, length) = (n % 60 * 100 + n / 120 * 2, if n % 70 == 3 { 0 } else { 40 });
            let text: String = (from..from + length).map(|it| format!("t{it} ")).collect();
            let (name, title) = (format!("d{n}"), format!("Tin {n}"));
            let title = if n % 3 == 0 { "" } else { &title };
            collection.add(&name, title, Sketch::of_text(&text)).unwrap();
        }
        collection.finish().unwrap()
    }

    #[test]
    fn the_disk_changes_nothing() {
        for threshold in [0.9, 0.6, 0.3, 0.0] {
            let mut expected = collection(threshold, usize::MAX);
            assert!(matches!(expected.sketches, CompleteSketches::Memory(_)));
            // From the first document on, and from somewhere in the middle.
            for limit in [0, 20_000] {
                let mut found = collection(threshold, limit);
                let on_disk = matches!(found.sketches, CompleteSketches::Disk(_));
                assert_eq!(on_disk, threshold > 0.0, "{threshold}");
                let pairs = found.near(threshold).unwrap();
                assert!(pairs.len() > 100, "{}", pairs.len());
                assert_eq!(pairs, expected.near(threshold).unwrap());
                assert_eq!(found.exact().unwrap(), expected.exact().unwrap());
                let cluster = [3, 70, 12, 299];
                let longest = expected.choose(Keep::Longest, &cluster);
                assert_eq!(found.choose(Keep::Longest, &cluster), longest);
                for place in 0..300 {
                    assert_eq!(found.name(place).unwrap(), expected.name(place).unwrap());
                    assert_eq!(found.sketch(place).unwrap(), expected.sketch(place).unwrap());
                }
                assert_eq!(found.name(7).unwrap(), ("d7".to_owned(), "Tin 7".to_owned()));
            }
        }
    }
}
