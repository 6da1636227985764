//! How places are opened, and the members of archives in them: what they are packed in, their encoding
//! and their format.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use corpus_parse::{Cutter, Format as _, Inside, Reader, SitePack, Unwrap, Unwrapped, Warc};

use super::{Data, Feed, Open, OpenArchive, Reading};
use crate::input::{self, Place, plain};
use crate::options::InputOptions;
use crate::pipeline::ahead::ahead;
use crate::pipeline::batch::Lost;
use crate::pipeline::head::{describe_binary, read_head};
use crate::pipeline::told::Told;
use crate::progress::Counted;
use crate::recode::PageDecoder;

impl Feed<'_> {
    /// Opens a place.
    pub(super) fn enter(&mut self, place: Place) {
        let name = place.name();
        self.unwrap = Unwrap::new(self.options.max_ratio)
            .max_nesting(self.options.max_nesting)
            .max_size(self.options.max_unpacked());
        let data: io::Result<Data> = match &place {
            Place::Stdin => Ok(Box::new(Counted::new(io::stdin(), &self.bar, self.session))),
            Place::File(path) => File::open(path)
                .map(|file| -> Data { Box::new(Counted::new(file, &self.bar, self.session)) }),
        };
        self.enter_data(data, name, Some(&place), 0);
    }

    /// Opens the next member of the archive at hand, or closes the archive.
    pub(super) fn enter_member(&mut self) {
        let Some(OpenArchive { name, archive, depth, .. }) = self.archives.last_mut() else {
            return;
        };
        let depth = *depth;
        match archive.next_member() {
            Ok(Some(member)) if input::is_skipped_member(member.name()) => {}
            Ok(Some(member)) => {
                let name = format!("{name}!{}", member.name());
                self.enter_data(Ok(Box::new(member)), name, None, depth);
            }
            Ok(None) => self.leave_archive(),
            Err(error) => {
                let name = name.clone();
                self.fail(&name, &plain(&error));
                self.leave_archive();
            }
        }
    }

    /// Closes the archive at hand, and tells what of it was damaged.
    fn leave_archive(&mut self) {
        let Some(OpenArchive { name, mut archive, damages, .. }) = self.archives.pop() else {
            return;
        };
        self.told.push(Told::Begin);
        for damage in archive.take_damages() {
            self.tell_unreadable(&name, damage.offset, damage.bytes, damage.to_string());
        }
        self.tell_damages(&name, &damages);
        self.told.push(Told::End(name));
    }

    /// Opens the data of a place, or of a member of an archive, which has none.
    fn enter_data(
        &mut self,
        data: io::Result<Data>,
        name: String,
        place: Option<&Place>,
        depth: u64,
    ) {
        self.told.push(Told::Begin);
        let counted = |data| -> Data { Box::new(self.unwrap.counted(data)) };
        let data = if place.is_some() { data.map(counted) } else { data };
        match data.and_then(|data| self.reader(data, &name, place, depth)) {
            Ok(open) => self.open = open,
            Err(error) => self.fail(&name, &plain(&error)),
        }
    }

    /// A reader of the data in its format; none for an archive, whose members come next, and for data
    /// that is no text.
    fn reader(
        &mut self,
        data: Data,
        name: &str,
        place: Option<&Place>,
        depth: u64,
    ) -> io::Result<Option<Open>> {
        let path = match place {
            Some(Place::File(path)) => Some(path),
            _ => None,
        };
        // Of a pipe nobody knows when more of it comes, so nothing is read ahead.
        let jobs = if path.is_some() { self.options.jobs() } else { 1 };
        let file = || path.map(File::open).transpose();
        let Unwrapped { inside, damages, depth } =
            self.unwrap.open_with(data, depth, file, |unpacked| ahead(unpacked, jobs))?;
        let (data, too_deep) = match inside {
            Inside::Records(data) => (data, false),
            Inside::TooDeep(data) => (data, true),
            Inside::Archive(archive) => {
                let name = name.to_owned();
                self.archives.push(OpenArchive { name, archive, damages, depth: depth + 1 });
                return Ok(None);
            }
        };
        // Each page of an archive has its own encoding, and recoding would change the lengths that
        // records state.
        let mut data = data;
        let head = read_head(&mut data)?;
        let whole: Data = Box::new(Cursor::new(head.clone()).chain(data));
        let paged = match &self.format {
            _ if self.options.recoder.is_some() => false,
            Some(format) => format.name() == Warc.name(),
            None => Warc.sniff(&head),
        };
        let mut data = if paged { whole } else { self.recoder.open(name, whole) };
        // What comes through a pipe has no name that says its format.
        let path = (place != Some(&Place::Stdin)).then_some(name);
        let head = read_head(&mut data)?;
        let detected = match &self.format {
            _ if too_deep => None,
            Some(format) => Some(&**format),
            None => corpus_parse::detect(path.map(Path::new), &head),
        };
        let Some(format) = detected else {
            let what = if too_deep {
                format!("packed more than {} deep: see --max-nesting", self.options.max_nesting)
            } else {
                describe_binary(&head)
            };
            let rest = io::copy(&mut data, &mut io::sink());
            let bytes = head.len() as u64 + rest.unwrap_or(0);
            self.tell_unreadable(name, 0, bytes, what);
            self.tell_damages(name, &damages);
            return Ok(None);
        };
        let path = path.map(str::to_owned);
        let name = name.to_owned();
        let known = match &self.format {
            None => corpus_parse::find(format.name()),
            Some(_) => None,
        };
        let whole: Data = Box::new(Cursor::new(head.clone()).chain(data));
        let reading = match Cutter::new(format, &head, whole) {
            Ok(cutter) => {
                Reading::Pieces(Box::new(cutter.max_record(self.options.max_record())), known)
            }
            Err(whole) => {
                let reader = Reader::new(format, whole);
                let reader = configured(reader, self.options, &self.sites, &path, &self.lost);
                Reading::Whole(Box::new(reader))
            }
        };
        Ok(Some(Open { name, path, reading, damages }))
    }
}

/// A reader with the settings of a run.
pub(super) fn configured<R: Read>(
    reader: Reader<R>,
    options: &InputOptions,
    sites: &Option<Arc<SitePack>>,
    path: &Option<String>,
    lost: &Option<Lost>,
) -> Reader<R> {
    let reader = reader.field_names(options.field_names()).max_record(options.max_record());
    let reader = reader.decoder(Arc::new(PageDecoder));
    let reader = match sites {
        Some(sites) => reader.site_pack(sites.clone()),
        None => reader,
    };
    let reader = match lost {
        Some(lost) => reader.rejected_to(lost.keeper()),
        None => reader,
    };
    match path {
        None => reader,
        Some(path) => reader.path(path),
    }
}
