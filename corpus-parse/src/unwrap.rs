//! [`Unwrap`]: data without what it is packed in, whatever lies in whatever.

use std::fmt;
use std::fs::File;
use std::io::{self, Cursor, Read};

#[cfg(feature = "parquet")]
use crate::ParquetLines;
use crate::{Allowance, Archive, ArchiveKind, Packing, PackingDamages, Unpacked};

/// How much is looked at to tell what data is packed in; tar says so behind its first 257 bytes.
const HEAD: u64 = 512;
/// What Parquet files begin with.
#[cfg(feature = "parquet")]
const PARQUET: &[u8] = b"PAR1";
/// A Parquet file that is no file of its own is held in memory, up to so many bytes; one that is longer
/// is told as damaged, for its end is missing.
#[cfg(feature = "parquet")]
const PARQUET_IN_MEMORY: u64 = 512 << 20;

type Data = Box<dyn Read + Send>;

/// Takes off what the data of one input is packed in, one packing after the other, within limits that
/// hold for all of it together.
///
/// What can be unpacked is what the features of this crate allow; anything else is records.
///
/// ```
/// # #[cfg(feature = "gzip")] {
/// use std::io::{Read, Write};
/// use corpus_parse::{Inside, Unwrap};
///
/// let gzip = |bytes: &[u8]| {
///     let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
///     encoder.write_all(bytes).unwrap();
///     encoder.finish().unwrap()
/// };
/// let twice = gzip(&gzip("Trời mưa.".as_bytes()));
/// let unwrap = Unwrap::default();
/// let input = Box::new(unwrap.counted(std::io::Cursor::new(twice)));
/// let unwrapped = unwrap.open(input, 0, || Ok(None)).unwrap();
/// let Inside::Records(mut data) = unwrapped.inside else { panic!("text") };
/// let mut text = String::new();
/// data.read_to_string(&mut text).unwrap();
/// assert_eq!((text.as_str(), unwrapped.depth), ("Trời mưa.", 2));
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Unwrap {
    allowance: Allowance,
    max_nesting: u64,
    max_ratio: u64,
    max_size: u64,
}

/// Data without what it was packed in.
#[derive(Debug)]
pub struct Unwrapped {
    /// What was found.
    pub inside: Inside,
    /// Where to ask what of the packings was damaged.
    pub damages: Vec<PackingDamages>,
    /// How many packings and archives there are around it.
    pub depth: u64,
}

/// What lies in packings.
pub enum Inside {
    /// Records, or anything else that is not packed.
    Records(Data),
    /// Files, each of which may be packed again, one deeper than the archive.
    Archive(Archive<Data>),
    /// What is packed once more than is unpacked.
    TooDeep(Data),
}

impl Default for Unwrap {
    fn default() -> Unwrap {
        Unwrap::new(250)
    }
}

impl Unwrap {
    /// So many times the bytes of an input may come out of it in all, and out of each packing, once that
    /// is more than 32 MiB: see [`Allowance`] and [`Unpacked::max_ratio`].
    pub fn new(max_ratio: u64) -> Unwrap {
        let allowance = Allowance::new(max_ratio);
        Unwrap { allowance, max_nesting: 4, max_ratio, max_size: u64::MAX }
    }

    /// How deep packings and archives may lie one in the other; 4 unless told.
    pub fn max_nesting(mut self, depth: u64) -> Self {
        self.max_nesting = depth;
        self
    }

    /// How many bytes may come out of each packing; without limit unless told.
    pub fn max_size(mut self, bytes: u64) -> Self {
        self.max_size = bytes;
        self
    }

    /// The input itself, whose bytes are counted as they are read.
    pub fn counted<R: Read>(&self, input: R) -> impl Read + use<R> {
        self.allowance.counted(input)
    }

    /// Opens data around which there are `depth` archives and packings already.
    ///
    /// A Parquet file is read from its end: `file` opens the file that the data is, if it is one; else
    /// all of it is held in memory, up to 512 MiB.
    pub fn open(
        &self,
        data: Data,
        depth: u64,
        file: impl FnOnce() -> io::Result<Option<File>>,
    ) -> io::Result<Unwrapped> {
        self.open_with(data, depth, file, |unpacked| Box::new(unpacked))
    }

    /// The same, with what is unpacked read as `read` has it, on other threads perhaps.
    pub fn open_with(
        &self,
        mut data: Data,
        mut depth: u64,
        file: impl FnOnce() -> io::Result<Option<File>>,
        mut read: impl FnMut(Unpacked<Data>) -> Data,
    ) -> io::Result<Unwrapped> {
        #[cfg(feature = "parquet")]
        let outermost = depth;
        #[cfg(not(feature = "parquet"))]
        drop(file);
        let mut damages = Vec::new();
        let inside = loop {
            // What is not packed is not handed through a decoder.
            let mut head = Vec::new();
            data.by_ref().take(HEAD).read_to_end(&mut head)?;
            #[cfg(feature = "parquet")]
            if head.starts_with(PARQUET) {
                let whole = if depth == outermost { file()? } else { None };
                let lines = match whole {
                    Some(file) => ParquetLines::open(file)?,
                    None => {
                        let mut bytes = head;
                        data.take(PARQUET_IN_MEMORY).read_to_end(&mut bytes)?;
                        ParquetLines::of_bytes(bytes)?
                    }
                };
                damages.push(lines.damages());
                break Inside::Records(Box::new(lines.max_ratio(self.max_ratio)));
            }
            let packed = Packing::of(&head).is_some_and(Packing::is_available);
            let archive = ArchiveKind::of(&head).filter(|kind| kind.is_available());
            let whole: Data = Box::new(Cursor::new(head).chain(data));
            match archive {
                None if !packed => break Inside::Records(whole),
                _ if depth >= self.max_nesting => break Inside::TooDeep(whole),
                Some(kind) => {
                    let archive = Archive::new(kind, whole);
                    let archive = archive.max_ratio(self.max_ratio).max_size(self.max_size);
                    break Inside::Archive(archive.within(&self.allowance));
                }
                None => {}
            }
            let unpacked = Unpacked::new(whole).max_ratio(self.max_ratio).max_size(self.max_size);
            let unpacked = unpacked.within(&self.allowance);
            damages.push(unpacked.damages());
            data = read(unpacked);
            depth += 1;
        };
        Ok(Unwrapped { inside, damages, depth })
    }
}

impl fmt::Debug for Inside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Inside::Records(_) => "Records",
            Inside::Archive(_) => "Archive",
            Inside::TooDeep(_) => "TooDeep",
        })
    }
}

#[cfg(all(feature = "gzip", feature = "tar"))]
#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    }

    /// A head of tar with its sum, the text, and what fills it up.
    fn tar(name: &str, text: &[u8]) -> Vec<u8> {
        let mut head = vec![0; 512];
        head[..name.len()].copy_from_slice(name.as_bytes());
        head[124..135].copy_from_slice(format!("{:011o}", text.len()).as_bytes());
        head[156] = b'0';
        head[257..265].copy_from_slice(b"ustar\x0000");
        head[148..156].fill(b' ');
        let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
        head[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        let fill = vec![0; text.len().next_multiple_of(512) - text.len() + 1024];
        [&head, text, &fill].concat()
    }

    fn opened(unwrap: &Unwrap, data: Vec<u8>, depth: u64) -> Unwrapped {
        unwrap.open(Box::new(Cursor::new(data)), depth, || Ok(None)).unwrap()
    }

    fn text(inside: Inside) -> String {
        let (Inside::Records(mut data) | Inside::TooDeep(mut data)) = inside else { panic!() };
        let mut bytes = Vec::new();
        data.read_to_end(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    #[test]
    fn whatever_lies_in_whatever_comes_out() {
        let unwrap = Unwrap::default();
        let outer = opened(&unwrap, gzip(&tar("tin.txt.gz", &gzip(b"Gi\xc3\xb3."))), 0);
        assert_eq!((outer.depth, outer.damages.len()), (1, 1));
        let Inside::Archive(mut archive) = outer.inside else { panic!("an archive") };
        let member = archive.next_member().unwrap().unwrap();
        assert_eq!(member.name(), "tin.txt.gz");
        let inner = unwrap.open(Box::new(member), outer.depth + 1, || Ok(None)).unwrap();
        assert_eq!((inner.depth, text(inner.inside)), (3, "Gió.".to_owned()));
        assert_eq!(text(opened(&unwrap, b"Tin".to_vec(), 0).inside), "Tin");
        assert_eq!(text(opened(&unwrap, Vec::new(), 0).inside), "");
    }

    #[test]
    fn what_lies_too_deep_is_left_as_it_is() {
        let unwrap = Unwrap::default().max_nesting(2);
        let twice = gzip(&gzip(b"Tin"));
        assert_eq!(text(opened(&unwrap, twice.clone(), 0).inside), "Tin");
        for (data, depth) in [(gzip(&twice), 0), (gzip(b"Tin"), 2), (tar("a", b"Tin"), 2)] {
            let unwrapped = opened(&unwrap, data, depth);
            assert!(matches!(unwrapped.inside, Inside::TooDeep(_)));
            assert_eq!(unwrapped.depth, 2);
        }
    }

    #[test]
    fn no_more_comes_out_than_may() {
        let large = gzip(&vec![b' '; 40 << 20]);
        let unwrapped = opened(&Unwrap::new(100), large.clone(), 0);
        assert!(text(unwrapped.inside).len() < 40 << 20);
        assert_eq!(unwrapped.damages[0].take().len(), 1);
        assert_eq!(
            text(opened(&Unwrap::default().max_size(1 << 20), large, 0).inside).len() >> 20,
            1
        );
    }
}
