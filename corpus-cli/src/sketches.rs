//! [`SketchWriter`] and [`SketchFiles`]: what documents are compared by, on the disk.
//!
//! Two files a part, all numbers eight bytes, little-endian. The file of shingles has those of one document
//! behind those of another. The file of keys has blocks of [`BLOCK`] documents, the last one shorter, column
//! by column: how many shingles each has, how many words, and then key by key, so that one key of all
//! documents is read without the others.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write};
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use corpus_stats::{Banding, Sketch, StoredSketches};

use crate::problems::shown;

/// So many documents stand in one block of the file of keys.
const BLOCK: usize = 4096;
/// The columns in front of the keys: shingles, words.
const COUNTS: usize = 2;

/// What one document is compared by.
#[derive(Debug, Default)]
pub(crate) struct Compared {
    sketch: Sketch,
    /// None where it is not compared.
    keys: Vec<u64>,
}

impl Compared {
    pub(crate) fn new(sketch: Sketch, banding: Banding) -> Compared {
        let keys = if sketch.shingles().is_empty() { Vec::new() } else { banding.keys(&sketch) };
        Compared { sketch, keys }
    }
}

/// The two files of a part, being written.
pub(crate) struct SketchWriter<W> {
    shingles: W,
    keys: W,
    /// The columns of the block at hand.
    block: Vec<Vec<u64>>,
    page: Vec<u8>,
}

impl<W: Write> SketchWriter<W> {
    pub(crate) fn new(shingles: W, keys: W, banding: Banding) -> SketchWriter<W> {
        let block = vec![Vec::new(); COUNTS + banding.len()];
        SketchWriter { shingles, keys, block, page: Vec::new() }
    }

    pub(crate) fn add(&mut self, document: &Compared) -> io::Result<()> {
        let shingles = document.sketch.shingles();
        self.page.clear();
        self.page.extend(shingles.iter().flat_map(|it| it.to_le_bytes()));
        self.shingles.write_all(&self.page)?;
        let counts = [shingles.len() as u64, document.sketch.words() as u64];
        let values = counts.into_iter().chain(document.keys.iter().copied());
        // What is not compared has keys that nobody asks for.
        for (column, value) in self.block.iter_mut().zip(values.chain(std::iter::repeat(0))) {
            column.push(value);
        }
        if self.block.first().is_some_and(|column| column.len() == BLOCK) {
            self.end_block()?;
        }
        Ok(())
    }

    fn end_block(&mut self) -> io::Result<()> {
        self.page.clear();
        for column in &mut self.block {
            self.page.extend(column.drain(..).flat_map(u64::to_le_bytes));
        }
        self.keys.write_all(&self.page)
    }

    /// The files of shingles and of keys, each with all that was added.
    pub(crate) fn finish(mut self) -> io::Result<(W, W)> {
        self.end_block()?;
        Ok((self.shingles, self.keys))
    }
}

/// A file that is read here and there.
#[derive(Debug)]
pub(crate) enum Stored {
    /// Opened anew each time: there may be more of them than can be open at once.
    At(PathBuf),
    /// One that has no name.
    Open(File),
}

impl Stored {
    /// Appends so many numbers that stand behind so many others.
    fn read(&self, from: u64, n: usize, numbers: &mut Vec<u64>) -> Result<()> {
        let mut read = |mut file: &File| -> io::Result<()> {
            let mut bytes = vec![0; 8 * n];
            file.seek(SeekFrom::Start(8 * from))?;
            file.read_exact(&mut bytes)?;
            numbers.extend(bytes.as_chunks::<8>().0.iter().map(|it| u64::from_le_bytes(*it)));
            Ok(())
        };
        match self {
            Stored::At(path) => File::open(path)
                .and_then(|file| read(&file))
                .with_context(|| format!("{}: is damaged", shown(path))),
            Stored::Open(file) => read(file).context("a temporary file cannot be read"),
        }
    }
}

/// The files of all parts; a document is told by its number among all.
#[derive(Debug)]
pub(crate) struct SketchFiles {
    parts: Vec<Part>,
    columns: usize,
    /// How many shingles stand in front of each document, and behind the last.
    shingles: Vec<u64>,
    words: Vec<u32>,
}

#[derive(Debug)]
struct Part {
    shingles: Stored,
    keys: Stored,
    /// The number of its first document, and how many it has.
    first: usize,
    documents: usize,
}

impl SketchFiles {
    /// Opens the files of parts: shingles, keys, number of documents.
    pub(crate) fn open(
        parts: impl IntoIterator<Item = (Stored, Stored, usize)>,
        banding: Banding,
    ) -> Result<SketchFiles> {
        let columns = COUNTS + banding.len();
        let mut files =
            SketchFiles { parts: Vec::new(), columns, shingles: Vec::new(), words: Vec::new() };
        let mut first = 0;
        for (shingles, keys, documents) in parts {
            files.parts.push(Part { shingles, keys, first, documents });
            first += documents;
        }
        let mut in_front = Vec::with_capacity(first + 1);
        let mut words = Vec::with_capacity(first);
        let mut sum = 0;
        in_front.push(sum);
        files.column(0, |_, shingles| {
            sum += shingles;
            in_front.push(sum);
        })?;
        files.column(1, |_, n| words.push(u32::try_from(n).unwrap_or(u32::MAX)))?;
        (files.shingles, files.words) = (in_front, words);
        Ok(files)
    }

    /// How many words a document has.
    pub(crate) fn words(&self, number: usize) -> usize {
        self.words.get(number).map_or(0, |&words| words as usize)
    }

    /// Whether a document is compared with others.
    fn is_compared(&self, number: usize) -> bool {
        self.shingles.get(number) != self.shingles.get(number + 1)
    }

    /// Calls for each document with a value of its.
    fn column(&self, column: usize, mut call: impl FnMut(usize, u64)) -> Result<()> {
        let mut values = Vec::with_capacity(BLOCK);
        for part in &self.parts {
            for block in 0..part.documents.div_ceil(BLOCK) {
                let documents = BLOCK.min(part.documents - block * BLOCK);
                let start = block * BLOCK * self.columns + column * documents;
                values.clear();
                part.keys.read(start as u64, documents, &mut values)?;
                let numbers = part.first + block * BLOCK..;
                numbers.zip(&values).for_each(|(number, &value)| call(number, value));
            }
        }
        Ok(())
    }

    /// The sketch of a document.
    pub(crate) fn read(&self, number: usize) -> Result<Sketch> {
        let place = self.parts.partition_point(|part| part.first + part.documents <= number);
        let Some(part) = self.parts.get(place) else { bail!("there is no document {number}") };
        let of = |number: usize| self.shingles.get(number).copied().unwrap_or_default();
        let (from, to) = (of(number), of(number + 1));
        let mut shingles = Vec::new();
        part.shingles.read(from - of(part.first), usize::try_from(to - from)?, &mut shingles)?;
        Ok(Sketch::of_shingles(shingles, self.words(number)))
    }
}

impl StoredSketches for SketchFiles {
    type Error = anyhow::Error;

    fn keys(&mut self, number: usize, call: &mut dyn FnMut(u32, u64)) -> Result<()> {
        self.column(COUNTS + number, |document, key| {
            if self.is_compared(document) {
                call(u32::try_from(document).unwrap_or(u32::MAX), key);
            }
        })
    }

    fn sketch(&mut self, place: u32) -> Result<Sketch> {
        self.read(place as usize)
    }
}

#[cfg(test)]
mod tests {
    use corpus_stats::{near_duplicates, stored_near_duplicates};

    use super::*;

    #[test]
    fn documents_are_compared_as_in_memory() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: String| folder.path().join(name);
        let banding = Banding::of(0.8);
        // More than a block in the first part, and some documents that are not compared.
        let sketches: Vec<Sketch> = (0..BLOCK + 900)
            .map(|n| match n % 100 {
                7 => Sketch::default(),
                near => Sketch::of_text(
                    &(near..near + 30).map(|it| format!("t{}_{it} ", n / 4)).collect::<String>(),
                ),
            })
            .collect();
        let mut parts = Vec::new();
        for (number, sketches) in sketches.chunks(BLOCK + 500).enumerate() {
            let (shingles, keys) =
                (path(format!("{number}.shingles")), path(format!("{number}.keys")));
            let create = |path: &PathBuf| File::create(path).unwrap();
            let mut writer = SketchWriter::new(create(&shingles), create(&keys), banding);
            for sketch in sketches {
                writer.add(&Compared::new(sketch.clone(), banding)).unwrap();
            }
            writer.finish().unwrap();
            parts.push((shingles, keys, sketches.len()));
        }
        let opened = || {
            let parts = parts.iter().cloned();
            let parts = parts.map(|(it, keys, n)| (Stored::At(it), Stored::At(keys), n));
            SketchFiles::open(parts, banding)
        };
        let mut files = opened().unwrap();
        for number in [0, 7, BLOCK - 1, BLOCK, BLOCK + 499, BLOCK + 500, BLOCK + 899] {
            assert_eq!(files.read(number).unwrap(), sketches[number], "{number}");
        }
        assert!(files.read(sketches.len()).is_err());
        let found = stored_near_duplicates(&mut files, 0.8).unwrap();
        assert!(found.len() > 500, "{}", found.len());
        assert_eq!(found, near_duplicates(&sketches, 0.8));
        std::fs::write(&parts[1].1, b"short").unwrap();
        let error = opened().unwrap_err();
        assert!(format!("{error:#}").contains("1.keys: is damaged"), "{error:#}");
    }
}
