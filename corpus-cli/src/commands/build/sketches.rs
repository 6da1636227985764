//! [`SketchWriter`] and [`SketchFiles`]: what documents are compared by, on the disk.
//!
//! Two files a part, all numbers eight bytes, little-endian. The file of shingles has those of one document
//! behind those of another. The file of keys has blocks of [`BLOCK`] documents, the last one shorter, column
//! by column: how many shingles each has, how many words, and then key by key, so that one key of all
//! documents is read without the others.

use std::fs::File;
use std::io::{BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use corpus_stats::{Banding, Sketch, StoredSketches};

use crate::options::OutputOptions;
use crate::output::Output;
use crate::problems::shown;
use crate::session::Status;

/// So many documents stand in one block of the file of keys.
const BLOCK: usize = 4096;
/// The columns in front of the keys: shingles, words.
const COUNTS: usize = 2;

/// What one document is compared by.
#[derive(Debug, Default)]
pub(super) struct Compared {
    sketch: Sketch,
    /// None where it is not compared.
    keys: Vec<u64>,
}

impl Compared {
    pub(super) fn new(sketch: Sketch, banding: Banding) -> Compared {
        let keys = if sketch.shingles().is_empty() { Vec::new() } else { banding.keys(&sketch) };
        Compared { sketch, keys }
    }
}

/// The two files of a part, being written.
pub(super) struct SketchWriter {
    shingles: Output,
    keys: Output,
    /// The columns of the block at hand.
    block: Vec<Vec<u64>>,
    page: Vec<u8>,
}

impl SketchWriter {
    pub(super) fn create(shingles: &Path, keys: &Path, banding: Banding) -> Result<SketchWriter> {
        let open = |path: &Path| Output::open(&OutputOptions { output: Some(path.to_owned()) });
        let block = vec![Vec::new(); COUNTS + banding.len()];
        Ok(SketchWriter { shingles: open(shingles)?, keys: open(keys)?, block, page: Vec::new() })
    }

    pub(super) fn add(&mut self, document: &Compared) -> Result<()> {
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

    fn end_block(&mut self) -> Result<()> {
        self.page.clear();
        for column in &mut self.block {
            self.page.extend(column.drain(..).flat_map(u64::to_le_bytes));
        }
        Ok(self.keys.write_all(&self.page)?)
    }

    pub(super) fn finish(mut self) -> Result<()> {
        self.end_block()?;
        self.keys.finish(Status::Done)?;
        self.shingles.finish(Status::Done)?;
        Ok(())
    }
}

/// The files of all parts; a document is told by its number among all.
#[derive(Debug)]
pub(super) struct SketchFiles {
    parts: Vec<Part>,
    columns: usize,
    /// How many shingles stand in front of each document, and behind the last.
    shingles: Vec<u64>,
    words: Vec<u32>,
}

#[derive(Debug)]
struct Part {
    shingles: PathBuf,
    keys: PathBuf,
    /// The number of its first document, and how many it has.
    first: usize,
    documents: usize,
}

impl SketchFiles {
    /// Opens the files of parts: shingles, keys, number of documents.
    pub(super) fn open(
        parts: impl IntoIterator<Item = (PathBuf, PathBuf, usize)>,
        banding: Banding,
    ) -> Result<SketchFiles> {
        let columns = COUNTS + banding.len();
        let mut files =
            SketchFiles { parts: Vec::new(), columns, shingles: vec![0], words: Vec::new() };
        let mut first = 0;
        for (shingles, keys, documents) in parts {
            files.parts.push(Part { shingles, keys, first, documents });
            first += documents;
        }
        let (mut counts, mut words) = (Vec::new(), Vec::new());
        files.column(0, |_, shingles| counts.push(shingles))?;
        files.column(1, |_, n| words.push(u32::try_from(n).unwrap_or(u32::MAX)))?;
        let mut sum = 0;
        files.shingles.extend(counts.into_iter().map(|shingles| {
            sum += shingles;
            sum
        }));
        files.words = words;
        Ok(files)
    }

    /// How many words a document has.
    pub(super) fn words(&self, number: usize) -> usize {
        self.words.get(number).map_or(0, |&words| words as usize)
    }

    /// Whether a document is compared with others.
    fn is_compared(&self, number: usize) -> bool {
        self.shingles.get(number) != self.shingles.get(number + 1)
    }

    /// Calls for each document with a value of its.
    fn column(&self, column: usize, mut call: impl FnMut(usize, u64)) -> Result<()> {
        for part in &self.parts {
            let read = || -> Result<Vec<u64>> {
                let mut file = File::open(&part.keys)?;
                let mut values = Vec::with_capacity(part.documents);
                for block in 0..part.documents.div_ceil(BLOCK) {
                    let documents = BLOCK.min(part.documents - block * BLOCK);
                    let start = block * BLOCK * self.columns + column * documents;
                    file.seek(SeekFrom::Start(8 * start as u64))?;
                    read_numbers(&mut file, documents, &mut values)?;
                }
                Ok(values)
            };
            let values = read().with_context(|| format!("{}: is damaged", shown(&part.keys)))?;
            (part.first..).zip(values).for_each(|(number, value)| call(number, value));
        }
        Ok(())
    }

    fn read(&self, number: usize) -> Result<Sketch> {
        let place = self.parts.partition_point(|part| part.first + part.documents <= number);
        let Some(part) = self.parts.get(place) else { bail!("there is no document {number}") };
        let of = |number: usize| self.shingles.get(number).copied().unwrap_or_default();
        let (from, to) = (of(number), of(number + 1));
        let mut shingles = Vec::new();
        let read = || -> Result<()> {
            let mut file = File::open(&part.shingles)?;
            file.seek(SeekFrom::Start(8 * (from - of(part.first))))?;
            read_numbers(&mut file, usize::try_from(to - from)?, &mut shingles)
        };
        let mut read = read;
        read().with_context(|| format!("{}: is damaged", shown(&part.shingles)))?;
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

/// Reads so many numbers more.
fn read_numbers(file: &mut File, n: usize, numbers: &mut Vec<u64>) -> Result<()> {
    let mut bytes = vec![0; 8 * n];
    BufReader::with_capacity(1 << 16, file).read_exact(&mut bytes)?;
    numbers.extend(bytes.as_chunks::<8>().0.iter().map(|it| u64::from_le_bytes(*it)));
    Ok(())
}

#[cfg(test)]
mod tests {
    use corpus_stats::{clusters, near_duplicates, stored_near_duplicates};

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
            let mut writer = SketchWriter::create(&shingles, &keys, banding).unwrap();
            for sketch in sketches {
                writer.add(&Compared::new(sketch.clone(), banding)).unwrap();
            }
            writer.finish().unwrap();
            parts.push((shingles, keys, sketches.len()));
        }
        let mut files = SketchFiles::open(parts.clone(), banding).unwrap();
        for number in [0, 7, BLOCK - 1, BLOCK, BLOCK + 499, BLOCK + 500, BLOCK + 899] {
            assert_eq!(files.read(number).unwrap(), sketches[number], "{number}");
        }
        assert!(files.read(sketches.len()).is_err());
        let found = stored_near_duplicates(&mut files, 0.8).unwrap();
        assert!(found.len() > 500, "{}", found.len());
        assert_eq!(clusters(&found), clusters(&near_duplicates(&sketches, 0.8)));
        std::fs::write(&parts[1].1, b"short").unwrap();
        let error = SketchFiles::open(parts, banding).unwrap_err();
        assert!(format!("{error:#}").contains("1.keys: is damaged"), "{error:#}");
    }
}
