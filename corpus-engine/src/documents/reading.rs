//! Files read to documents: what they are packed in, their format, and what of them is damaged.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::ops::ControlFlow;
use std::path::Path;

use corpus_model::Document;
use corpus_parse::{
    Allowance, Archive, ArchiveKind, Format, Packing, PackingDamages, ParquetLines, Reader,
    Unpacked,
};

use super::Problems;
use super::places::is_skipped;

/// How much of a file is looked at to tell its format.
const HEAD_BYTES: u64 = 64 << 10;
/// How deep packings and archives may lie one in the other, as for the command.
const MAX_NESTING: u64 = 4;
/// How many times its size packed input may unpack to, as for the command.
const MAX_RATIO: u64 = 250;
/// What Parquet files begin with.
const PARQUET: &[u8] = b"PAR1";

type Data = Box<dyn Read + Send>;

/// What is done with each document; who breaks wants no more.
type Each<'a> = dyn FnMut(&mut Document) -> ControlFlow<()> + 'a;

/// Reads files to documents.
pub(super) struct Reading<'a> {
    pub(super) format: Option<&'static dyn Format>,
    pub(super) problems: &'a Problems,
    pub(super) each: &'a mut Each<'a>,
}

impl Reading<'_> {
    /// Reads a file.
    pub(super) fn file(&mut self, path: &Path) -> ControlFlow<()> {
        let name = path.to_string_lossy();
        let allowance = Allowance::new(MAX_RATIO);
        match File::open(path) {
            Ok(file) => {
                let data = Box::new(allowance.counted(file));
                let done = self.data(data, &name, Some(path), 0, &allowance);
                self.or_tell(&name, done)
            }
            Err(error) => self.or_tell(&name, Err(error)),
        }
    }

    /// Reads data: a file, or a member of an archive, which has no path.
    fn data(
        &mut self,
        mut data: Data,
        name: &str,
        path: Option<&Path>,
        mut depth: u64,
        allowance: &Allowance,
    ) -> io::Result<ControlFlow<()>> {
        let mut damages: Vec<PackingDamages> = Vec::new();
        let head = loop {
            let head = read_head(&mut data)?;
            if head.starts_with(PARQUET) {
                // It is read from its end, which only a file has.
                let (Some(path), 0) = (path, depth) else {
                    self.problems.tell(name, &"Parquet that is packed is not read");
                    return Ok(ControlFlow::Continue(()));
                };
                let lines = ParquetLines::open(File::open(path)?)?;
                damages.push(lines.damages());
                data = Box::new(lines);
                break read_head(&mut data)?;
            }
            let packed = Packing::of(&head).is_some_and(Packing::is_available);
            let archive = ArchiveKind::of(&head).filter(|kind| kind.is_available());
            if (packed || archive.is_some()) && depth >= MAX_NESTING {
                self.problems.tell(name, &"packed too deep");
                return Ok(ControlFlow::Continue(()));
            }
            if !packed && archive.is_none() {
                break head;
            }
            depth += 1;
            let whole = Cursor::new(head).chain(data);
            if let Some(kind) = archive {
                return self.members(Archive::new(kind, Box::new(whole)), name, depth, allowance);
            }
            let unpacked = Unpacked::new(whole).max_ratio(MAX_RATIO).within(allowance);
            damages.push(unpacked.damages());
            data = Box::new(unpacked);
        };
        let detected = || corpus_parse::detect(Some(Path::new(name)), &head);
        let done = match self.format.or_else(detected) {
            Some(format) => {
                self.records(Reader::new(format, Cursor::new(&head).chain(data)).path(name), name)
            }
            None => {
                self.problems.tell(name, &"binary data, not text");
                ControlFlow::Continue(())
            }
        };
        damages.iter().flat_map(PackingDamages::take).for_each(|it| self.problems.tell(name, &it));
        Ok(done)
    }

    /// Reads the members of an archive.
    fn members(
        &mut self,
        archive: Archive<Data>,
        name: &str,
        depth: u64,
        allowance: &Allowance,
    ) -> io::Result<ControlFlow<()>> {
        let mut archive = archive.max_ratio(MAX_RATIO).within(allowance);
        let mut done = ControlFlow::Continue(());
        while let (ControlFlow::Continue(()), Some(member)) = (done, archive.next_member()?) {
            let parts = || member.name().split(['/', '\\']);
            let skipped = |part: &str| part == "__MACOSX" || is_skipped(part.as_ref());
            if parts().any(|part| !matches!(part, "." | "..") && skipped(part)) {
                continue;
            }
            let name = format!("{name}!{}", member.name());
            let read = self.data(Box::new(member), &name, None, depth, allowance);
            done = self.or_tell(&name, read);
        }
        archive.take_damages().iter().for_each(|it| self.problems.tell(name, it));
        Ok(done)
    }

    /// Reads records one after the other.
    fn records<R: Read>(&mut self, mut reader: Reader<R>, name: &str) -> ControlFlow<()> {
        let mut document = Document::default();
        loop {
            match reader.read(&mut document) {
                Ok(true) => (self.each)(&mut document)?,
                Ok(false) => return ControlFlow::Continue(()),
                Err(error) => {
                    self.problems.tell(name, &error);
                    if !error.is_recoverable() {
                        return ControlFlow::Continue(());
                    }
                }
            }
        }
    }

    fn or_tell(&self, name: &str, done: Result<ControlFlow<()>, impl Display>) -> ControlFlow<()> {
        done.unwrap_or_else(|error| {
            self.problems.tell(name, &error);
            ControlFlow::Continue(())
        })
    }
}

/// The first bytes.
fn read_head(data: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    data.take(HEAD_BYTES).read_to_end(&mut head)?;
    Ok(head)
}
