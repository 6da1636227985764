//! [`ParquetLines`]: the rows of a Parquet file as JSON Lines.

use std::cell::Cell;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, FileReader, RowGroupReader as _};
use parquet::file::serialized_reader::SerializedFileReader;
use parquet::record::reader::{ReaderIter, TreeBuilder};

use crate::unpack::SMALL;
use crate::{Packing, PackingDamage, PackingDamages};

mod heads;
mod pages;
mod schema;
mod thrift;
mod values;

use heads::Heads;
use pages::Checked;
use values::object;

/// The rows of a Parquet file as JSON Lines, to be read as the format `jsonl` with its field names.
///
/// A Parquet file is read from its end, so it takes a file, or all of its bytes, and not any reader.
/// Rows come one after the other, and of a group of rows only the pages at hand are in memory. What
/// is damaged is told by [`ParquetLines::damages`] with its group of rows, and reading goes on with
/// the next group.
///
/// Numbers, strings, lists, structs and maps are those of JSON, and what is null is absent; dates and
/// times are written as ISO 8601, and bytes that are no text as a list of numbers.
pub struct ParquetLines {
    reader: Box<dyn FileReader>,
    /// The group of rows to begin next.
    group: usize,
    /// The rows left of the group at hand, with their number.
    rows: Option<(ReaderIter, u64)>,
    line: Vec<u8>,
    given: usize,
    damages: PackingDamages,
    /// The bytes of the file, and those of the lines that came out of it.
    size: u64,
    out: u64,
    max_ratio: u64,
}

impl ParquetLines {
    /// Opens a file; an error where its end says nothing of what is in it.
    pub fn open(file: File) -> io::Result<ParquetLines> {
        ParquetLines::new(file)
    }

    /// The same for a file that is in memory.
    pub fn of_bytes(bytes: Vec<u8>) -> io::Result<ParquetLines> {
        ParquetLines::new(bytes::Bytes::from(bytes))
    }

    fn new<R: ChunkReader + 'static>(input: R) -> io::Result<ParquetLines> {
        let size = input.len();
        let reader = guarded(|| SerializedFileReader::new(Heads::new(input)?))
            .map_err(|what| io::Error::new(io::ErrorKind::InvalidData, what))?;
        Ok(ParquetLines {
            reader: Box::new(reader),
            group: 0,
            rows: None,
            line: Vec::new(),
            given: 0,
            damages: PackingDamages::default(),
            size,
            out: 0,
            max_ratio: 250,
        })
    }

    /// How many times its size a file may be as lines, once that is more than 32 MiB; 250 unless told.
    /// What exceeds it is not read any further: a few bytes may state any number of rows.
    pub fn max_ratio(mut self, ratio: u64) -> Self {
        self.max_ratio = ratio;
        self
    }

    /// Whether this thread is in the decoder, which panics on some damaged files: such a panic is caught
    /// and told as damage, so that a program's panic hook may be silent about it.
    ///
    /// ```
    /// let usual = std::panic::take_hook();
    /// std::panic::set_hook(Box::new(move |panic| {
    ///     if !corpus_parse::ParquetLines::catches_panics() {
    ///         usual(panic);
    ///     }
    /// }));
    /// ```
    pub fn catches_panics() -> bool {
        GUARDED.get()
    }

    /// What was found damaged so far; a copy goes on seeing what is found later.
    pub fn damages(&self) -> PackingDamages {
        self.damages.clone()
    }

    /// Puts the next row into `line`; false at the end.
    fn next_row(&mut self) -> bool {
        loop {
            let Some((rows, left)) = &mut self.rows else {
                if self.group >= self.reader.num_row_groups() {
                    return false;
                }
                let group = self.group;
                self.group += 1;
                let reader = &self.reader;
                let opened = guarded(|| {
                    let rows = Checked::new(reader.get_row_group(group)?)?;
                    let n = u64::try_from(rows.metadata().num_rows()).unwrap_or(0);
                    let schema = rows.metadata().schema_descr_ptr();
                    Ok((TreeBuilder::new().as_iter(schema, &rows)?, n))
                });
                match opened {
                    Ok(rows) => self.rows = Some(rows),
                    Err(what) => self.tell(group, None, &what),
                }
                continue;
            };
            match guarded(|| rows.next().transpose()) {
                Ok(Some(row)) => {
                    *left = left.saturating_sub(1);
                    self.line.clear();
                    self.given = 0;
                    // Memory takes what it is given.
                    if serde_json::to_writer(&mut self.line, &object(&row)).is_ok() {
                        self.line.push(b'\n');
                        self.out += self.line.len() as u64;
                        if self.out > SMALL && self.out / self.max_ratio.max(1) > self.size {
                            self.stop();
                            return false;
                        }
                        return true;
                    }
                }
                Ok(None) => self.rows = None,
                Err(what) => {
                    let left = *left;
                    self.rows = None;
                    self.tell(self.group.saturating_sub(1), Some(left), &what);
                }
            }
        }
    }

    /// Reads no further.
    fn stop(&mut self) {
        self.line.clear();
        let left = self.rows.take().map(|(_, left)| left.saturating_add(1));
        let what = format!("unpacks to more than {} times its size", self.max_ratio);
        for group in self.group.saturating_sub(1)..self.reader.num_row_groups() {
            self.tell(group, left.filter(|_| group < self.group), &what);
        }
        self.group = self.reader.num_row_groups();
    }

    /// Enters that the rest of a group cannot be read: `left` rows, or all of it.
    fn tell(&mut self, group: usize, left: Option<u64>, what: &str) {
        let metadata = self.reader.metadata().row_groups().get(group);
        let size = metadata.map_or(0, |it| u64::try_from(it.compressed_size()).unwrap_or(0));
        let rows = metadata.map_or(0, |it| u64::try_from(it.num_rows()).unwrap_or(0));
        let offset = metadata
            .and_then(|it| it.columns().first())
            .map_or(0, |it| u64::try_from(it.data_page_offset()).unwrap_or(0));
        let left = left.unwrap_or(rows).min(rows);
        // The columns of a row lie far apart; its bytes are its share of the group's.
        let share = u128::from(size) * u128::from(left) / u128::from(rows.max(1));
        let plural = if left == 1 { "" } else { "s" };
        self.damages.add(PackingDamage {
            packing: Packing::Parquet,
            offset,
            bytes: u64::try_from(share).unwrap_or(size),
            what: format!("group {group}, {left} row{plural} lost: {what}"),
        });
    }
}

thread_local! {
    /// The decoder is at work, and its panics are caught.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Calls the decoder, which panics on some damaged files.
fn guarded<T>(work: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, String> {
    GUARDED.set(true);
    let outcome = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(false);
    match outcome {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(error.to_string().to_lowercase()),
        Err(_) => Err("the data is damaged".to_owned()),
    }
}

impl Read for ParquetLines {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.line.len() && !self.next_row() {
            return Ok(0);
        }
        let n = self.line.get(self.given..).unwrap_or_default().read(buffer)?;
        self.given += n;
        Ok(n)
    }
}

impl fmt::Debug for ParquetLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ParquetLines").field("group", &self.group).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_are_only_stated_come_to_an_end() {
        // A schema without columns, and a group of 2^40 rows.
        let end = b"\x15\x02\x19\x1c\x48\x01r\x15\x00\x00\x16\x80\x80\x80\x80\x80\x40\x19\x1c\x19\x0c\x16\x00\x16\x80\x80\x80\x80\x80\x40\x00\x00";
        let length = u32::try_from(end.len()).unwrap().to_le_bytes();
        let file = [b"PAR1", &end[..], &length, b"PAR1"].concat();
        let mut lines = ParquetLines::of_bytes(file).unwrap().max_ratio(1_000);
        let damages = lines.damages();
        let length = io::copy(&mut lines, &mut io::sink()).unwrap();
        assert_eq!(length, SMALL - SMALL % 3);
        let [damage] = &damages.take()[..] else { panic!("one group, one damage") };
        let left = (1_u64 << 40) - length / 3;
        let what = format!("group 0, {left} rows lost: unpacks to more than 1000 times its size");
        assert_eq!(damage.what, what);
    }

    #[test]
    fn panics_of_the_decoder_are_damage() {
        let inside = guarded(|| Ok(ParquetLines::catches_panics()));
        assert_eq!((inside, ParquetLines::catches_panics()), (Ok(true), false));
        let panicked = guarded(|| -> Result<(), _> { panic!("as the decoder does") });
        assert_eq!(panicked, Err("the data is damaged".to_owned()));
        assert!(!ParquetLines::catches_panics());
    }
}
