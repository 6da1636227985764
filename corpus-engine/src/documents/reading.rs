//! Files read to documents: what they are packed in, their format, and what of them is damaged.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::ops::ControlFlow;
use std::path::Path;

use corpus_model::Document;
use corpus_parse::{Archive, Format, Inside, PackingDamages, Reader, Unwrap, Unwrapped};

use super::Problems;
use super::places::is_skipped;

/// How much of a file is looked at to tell its format.
const HEAD_BYTES: u64 = 64 << 10;
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
        let unwrap = Unwrap::default();
        let done = File::open(path).and_then(|file| {
            let data = Box::new(unwrap.counted(file));
            let unwrapped = unwrap.open(data, 0, || File::open(path).map(Some))?;
            self.data(unwrapped, &name, &unwrap)
        });
        self.or_tell(&name, done)
    }

    /// Reads data: a file, or a member of an archive.
    fn data(
        &mut self,
        unwrapped: Unwrapped,
        name: &str,
        unwrap: &Unwrap,
    ) -> io::Result<ControlFlow<()>> {
        let Unwrapped { inside, damages, depth } = unwrapped;
        let done = match inside {
            Inside::Archive(archive) => self.members(archive, name, depth + 1, unwrap)?,
            Inside::TooDeep(_) => {
                self.problems.tell(name, &"packed too deep");
                ControlFlow::Continue(())
            }
            Inside::Records(mut data) => {
                let mut head = Vec::new();
                data.by_ref().take(HEAD_BYTES).read_to_end(&mut head)?;
                let detected = || corpus_parse::detect(Some(Path::new(name)), &head);
                match self.format.or_else(detected) {
                    Some(format) => {
                        let whole = Cursor::new(&head).chain(data);
                        self.records(Reader::new(format, whole).path(name), name)
                    }
                    None => {
                        self.problems.tell(name, &"binary data, not text");
                        ControlFlow::Continue(())
                    }
                }
            }
        };
        damages.iter().flat_map(PackingDamages::take).for_each(|it| self.problems.tell(name, &it));
        Ok(done)
    }

    /// Reads the members of an archive.
    fn members(
        &mut self,
        mut archive: Archive<Data>,
        name: &str,
        depth: u64,
        unwrap: &Unwrap,
    ) -> io::Result<ControlFlow<()>> {
        let mut done = ControlFlow::Continue(());
        while let (ControlFlow::Continue(()), Some(member)) = (done, archive.next_member()?) {
            let parts = || member.name().split(['/', '\\']);
            let skipped = |part: &str| part == "__MACOSX" || is_skipped(part.as_ref());
            if parts().any(|part| !matches!(part, "." | "..") && skipped(part)) {
                continue;
            }
            let name = format!("{name}!{}", member.name());
            let unwrapped = unwrap.open(Box::new(member), depth, || Ok(None));
            let read = unwrapped.and_then(|unwrapped| self.data(unwrapped, &name, unwrap));
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
