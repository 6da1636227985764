//! The documents of earlier runs, kept in a file with what they are compared by.
//!
//! The file begins with a line that names its version; behind it stands one record after another, all
//! numbers little-endian:
//!
//! | bytes | what |
//! | --- | --- |
//! | 4, and so many | the length of the document's name, and the name in UTF-8 |
//! | 4, 4 | how many words it has, how many shingles |
//! | 8 each | the shingles as hashes, ascending |
//! | 8 | XXH3 of all bytes of the record before |
//!
//! A record takes about as much room as half of its text. Hashes are the same on every machine.

use std::fs::File;
use std::io::{BufReader, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use corpus_stats::Sketch;
use xxhash_rust::xxh3::xxh3_64;

use crate::problems::shown;

/// The first line of the file.
const VERSION: &[u8] = b"corpus.sketches/1\n";
/// No name is longer, and no text has so many shingles; what says so is damaged.
const LONGEST_NAME: usize = 1 << 20;
const MOST_SHINGLES: usize = 1 << 28;

/// Calls for each document in the index with its name and what it is compared by; there are none where
/// there is no file yet.
pub(super) fn open(path: &Path, call: impl FnMut(&str, Sketch) -> Result<()>) -> Result<()> {
    match File::open(path) {
        Ok(file) => read(&mut BufReader::new(file), call)
            .with_context(|| format!("{}: cannot be read as an index", shown(path))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error).with_context(|| shown(path)),
    }
}

fn read(input: &mut impl Read, mut call: impl FnMut(&str, Sketch) -> Result<()>) -> Result<()> {
    let mut version = vec![0; VERSION.len()];
    input.read_exact(&mut version).context("its first line is missing")?;
    if version != VERSION {
        bail!("its first line is not {:?}", String::from_utf8_lossy(VERSION).trim_end());
    }
    let mut record = 0;
    while let Some((name, sketch)) =
        read_record(input).with_context(|| format!("document {record} is damaged"))?
    {
        call(&name, sketch)?;
        record += 1;
    }
    Ok(())
}

/// Writes the index beside its place and renames it when it is whole.
pub(super) fn save(
    path: &Path,
    documents: impl Iterator<Item = Result<(String, Sketch)>>,
) -> Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let write = || -> Result<()> {
        let mut file = BufWriter::new(File::create(&beside)?);
        file.write_all(VERSION)?;
        for document in documents {
            let (name, sketch) = document?;
            write_record(&mut file, &name, &sketch)?;
        }
        file.flush()?;
        std::fs::rename(&beside, path)?;
        Ok(())
    };
    write().with_context(|| format!("{}: cannot be written", shown(path)))
}

fn write_record(output: &mut impl Write, name: &str, sketch: &Sketch) -> Result<()> {
    let mut record = Vec::with_capacity(16 + name.len() + 8 * sketch.shingles().len());
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes();
    record.extend(number(name.len()));
    record.extend(name.as_bytes());
    record.extend(number(sketch.words()));
    record.extend(number(sketch.shingles().len()));
    record.extend(sketch.shingles().iter().flat_map(|it| it.to_le_bytes()));
    let sum = xxh3_64(&record);
    output.write_all(&record)?;
    output.write_all(&sum.to_le_bytes())?;
    Ok(())
}

/// The next record; none at the end.
fn read_record(input: &mut impl Read) -> Result<Option<(String, Sketch)>> {
    let mut record = Vec::new();
    input.by_ref().take(4).read_to_end(&mut record)?;
    if record.is_empty() {
        return Ok(None);
    }
    let length = last_number(&record)?;
    if length > LONGEST_NAME {
        bail!("a name of {length} bytes");
    }
    append(input, length + 4, &mut record)?;
    let words = last_number(&record)?;
    append(input, 4, &mut record)?;
    let shingles = last_number(&record)?;
    if shingles > MOST_SHINGLES {
        bail!("{shingles} shingles");
    }
    append(input, 8 * shingles, &mut record)?;
    let mut sum = Vec::new();
    append(input, 8, &mut sum)?;
    if sum != xxh3_64(&record).to_le_bytes() {
        bail!("its check sum is wrong");
    }
    let name = record.get(4..4 + length).unwrap_or_default();
    let name = std::str::from_utf8(name).context("its name is no UTF-8")?.to_owned();
    let hashes = record.get(12 + length..).unwrap_or_default().as_chunks::<8>().0;
    let shingles = hashes.iter().map(|it| u64::from_le_bytes(*it)).collect();
    Ok(Some((name, Sketch::of_shingles(shingles, words))))
}

/// Reads so many bytes more, no room being made for what is not there.
fn append(input: &mut impl Read, n: usize, record: &mut Vec<u8>) -> Result<()> {
    let read = input.by_ref().take(n as u64).read_to_end(record)?;
    if read < n { bail!("it ends early") } else { Ok(()) }
}

/// The number in the last four bytes.
fn last_number(record: &[u8]) -> Result<usize> {
    match record.last_chunk::<4>() {
        Some(bytes) => Ok(u32::from_le_bytes(*bytes) as usize),
        None => bail!("it ends early"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written() -> Vec<u8> {
        let mut bytes = VERSION.to_vec();
        for (name, text) in [("một", "sáng nay trời mưa to ở miền núi"), ("", ""), ("ba", "mưa")]
        {
            write_record(&mut bytes, name, &Sketch::of_text(text)).unwrap();
        }
        bytes
    }

    /// The names and sketches in an index.
    fn read_all(mut bytes: &[u8]) -> Result<Vec<(String, Sketch)>> {
        let mut all = Vec::new();
        read(&mut bytes, |name, sketch| {
            all.push((name.to_owned(), sketch));
            Ok(())
        })?;
        Ok(all)
    }

    #[test]
    fn what_was_kept_is_read_again() {
        let [(one, storm), (none, empty), (three, _)] = &read_all(&written()).unwrap()[..] else {
            panic!("not three documents")
        };
        assert_eq!([one.as_str(), none, three], ["một", "", "ba"]);
        assert_eq!(*storm, Sketch::of_text("sáng nay trời mưa to ở miền núi"));
        assert_eq!(storm.words(), 8);
        assert_eq!(*empty, Sketch::default());
    }

    #[test]
    fn damage_is_told_with_its_place() {
        let whole = written();
        // Only between two records may it end: behind the first line and two of the three.
        let ends = VERSION.len()..whole.len();
        assert_eq!(ends.filter(|&end| read_all(&whole[..end]).is_ok()).count(), 3);
        let mut damaged = whole.clone();
        damaged[VERSION.len() + 20] ^= 1;
        let error = read_all(&damaged).unwrap_err();
        assert_eq!(format!("{error:#}"), "document 0 is damaged: its check sum is wrong");
        let error = read_all(&whole[..whole.len() - 3]).unwrap_err();
        assert_eq!(format!("{error:#}"), "document 2 is damaged: it ends early");
        let mut huge = VERSION.to_vec();
        huge.extend([0xff; 4]);
        let error = read_all(&huge).unwrap_err();
        assert_eq!(format!("{error:#}"), "document 0 is damaged: a name of 4294967295 bytes");
        assert!(read_all(b"{\"id\": 1, \"text\": \"...\"}").is_err());
    }
}
