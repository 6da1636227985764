//! What lies inside the packings around data.

#[cfg(feature = "parquet")]
use std::fs::File;
use std::io::{self, Cursor, Read};

#[cfg(feature = "parquet")]
use corpus_parse::ParquetLines;
use corpus_parse::{Allowance, ArchiveKind, Packing, PackingDamages, Unpacked};

use super::ahead::ahead;
use crate::input::Place;
use crate::options::InputOptions;

/// How much of a file is looked at to tell its format.
const HEAD_BYTES: usize = 64 << 10;

/// Data without its packing.
pub(super) struct Unwrapped {
    pub(super) data: Box<dyn Read + Send>,
    /// Where to ask what of it was damaged.
    pub(super) damages: Vec<PackingDamages>,
    /// It is an archive.
    pub(super) archive: Option<ArchiveKind>,
    /// How many packings there were around it, and archives.
    pub(super) depth: u64,
    /// It is packed once more than is unpacked.
    pub(super) too_deep: bool,
}

/// What Parquet files begin with.
#[cfg(feature = "parquet")]
const PARQUET: &[u8] = b"PAR1";
/// A Parquet file that comes through a pipe or packed is held in memory, up to so many bytes; one
/// that is longer is told as damaged, for its end is missing.
#[cfg(feature = "parquet")]
const PARQUET_IN_MEMORY: u64 = 512 << 20;

/// Takes the packings off that lie around data, as many as may; what comes out is a part of what may
/// come out of the file.
pub(super) fn unwrapped(
    data: Box<dyn Read + Send>,
    place: Option<&Place>,
    options: &InputOptions,
    depth: u64,
    allowance: &Allowance,
) -> io::Result<Unwrapped> {
    let (mut data, mut damages, mut depth) = (data, Vec::new(), depth);
    loop {
        // What is not packed is not handed through a decoder.
        let head = read_head(&mut data)?;
        let packed = Packing::of(&head).is_some_and(Packing::is_available);
        let archive = ArchiveKind::of(&head).filter(|kind| kind.is_available());
        #[cfg(feature = "parquet")]
        if head.starts_with(PARQUET) {
            let lines = match place {
                Some(Place::File(path)) if depth == 0 => ParquetLines::open(File::open(path)?)?,
                // It is read from its end, which has to be there.
                _ => {
                    let mut bytes = head;
                    data.take(PARQUET_IN_MEMORY).read_to_end(&mut bytes)?;
                    ParquetLines::of_bytes(bytes)?
                }
            };
            damages.push(lines.damages());
            let data = Box::new(lines.max_ratio(options.max_ratio));
            return Ok(Unwrapped { data, damages, archive: None, depth, too_deep: false });
        }
        let whole = Cursor::new(head).chain(data);
        let too_deep = depth >= options.max_nesting && (packed || archive.is_some());
        if too_deep || !packed {
            let data = Box::new(whole);
            return Ok(Unwrapped { data, damages, archive, depth, too_deep });
        }
        let unpacked = Unpacked::new(whole)
            .max_ratio(options.max_ratio)
            .max_size(options.max_unpacked())
            .within(allowance);
        damages.push(unpacked.damages());
        // Of a pipe nobody knows when more of it comes, so nothing is read ahead.
        let jobs = if matches!(place, Some(Place::File(_))) { options.jobs() } else { 1 };
        data = ahead(unpacked, jobs);
        depth += 1;
    }
}

/// The first bytes.
pub(super) fn read_head(data: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    data.take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// What to say of data that is no text, with what to do next where that is known.
pub(super) fn describe_binary(head: &[u8]) -> String {
    const KNOWN: [(&[u8], &str); 7] = [
        (b"PAR1", "a Parquet file: this program was built without the feature \"parquet\""),
        (b"\x1f\x8b", "gzip data: decompress it first, `gzip -dc FILE | corpus …`"),
        (b"\x28\xb5\x2f\xfd", "zstd data: decompress it first, `zstd -dc FILE | corpus …`"),
        (b"\xfd7zXZ\0", "xz data: decompress it first, `xz -dc FILE | corpus …`"),
        (b"BZh", "bzip2 data: decompress it first, `bzip2 -dc FILE | corpus …`"),
        (b"PK\x03\x04", "a zip archive: unpack it first"),
        (b"%PDF", "a PDF document: turn it into text first, `pdftotext FILE -`"),
    ];
    match KNOWN.iter().find(|(magic, _)| head.starts_with(magic)) {
        Some((_, what)) => (*what).to_owned(),
        None => "binary data, not text; use --format to read it all the same".to_owned(),
    }
}
