//! Documents read in order, worked on by several threads, results given back in order.
//!
//! The first thread fills batches of about [`BATCH_BYTES`] of text. Each thread turns batches into
//! bytes to print and a value for each document, the first one those that it fills while enough
//! wait for the others. A batch keeps its number, and the first thread hands results on in the
//! order of numbers, so the output does not depend on the number of threads. Only so many batches
//! are under way at any time, twice [`BATCHES_A_THREAD`] for each thread, so the memory does not
//! depend on the size of the input either; spent batches are filled anew.

mod queue;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Cursor, IsTerminal as _, Read};
use std::path::Path;
use std::sync::{Arc, mpsc};

use anyhow::Result;
use corpus_model::{Basis, Document};
#[cfg(feature = "parquet")]
use corpus_parse::ParquetLines;
use corpus_parse::{
    Archive, ArchiveKind, Format, Ledger, Packing, PackingDamages, Reader, SitePack, Unpacked,
};
use indicatif::ProgressBar;

use crate::input::{self, Place, plain};
use crate::options::InputOptions;
use crate::problems::Problems;
use crate::progress::{self, Counted};
use crate::recode::Recoder;
use crate::session::{Session, Status};
use queue::{Closing, Queue};

/// A batch is full at this many bytes of text; large enough that handing it on costs nothing.
const BATCH_BYTES: usize = 256 << 10;
/// Batches that wait for each thread; more would only fill memory.
const BATCHES_A_THREAD: usize = 2;
/// How much of a file is looked at to tell its format.
const HEAD_BYTES: usize = 64 << 10;

/// What a run over the input came to.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Every byte accounted for.
    pub(crate) ledger: Ledger,
    /// How many documents came out.
    pub(crate) documents: u64,
    problems: u64,
}

impl Outcome {
    /// How the command ends if nothing else is to be said.
    pub(crate) fn status(&self) -> Status {
        match (self.problems, self.documents) {
            (0, _) => Status::Done,
            (_, 0) => Status::Failed,
            (_, _) => Status::Damaged,
        }
    }
}

/// Documents on their way to a worker, with room for what it makes of them.
#[derive(Default)]
struct Batch {
    number: usize,
    documents: Vec<Document>,
    bytes: Vec<u8>,
}

/// What a worker made of a batch.
struct Done<T> {
    batch: Batch,
    values: Vec<T>,
}

/// Runs over all documents of the input.
///
/// `worker` makes the function of one thread, with its scratch space; that function appends what is
/// to be printed for a document and returns a value. `sink` gets both in the order of the input.
pub(crate) fn run<T, W, F>(
    session: &Session,
    options: &InputOptions,
    worker: W,
    mut sink: impl FnMut(&[u8], Vec<T>) -> Result<()>,
) -> Result<Outcome>
where
    T: Send,
    W: Fn() -> F + Sync,
    F: FnMut(&mut Document, &mut Vec<u8>) -> T,
{
    let mut feed = Feed::new(session, options)?;
    let jobs = options.jobs();
    if jobs == 1 {
        let mut work = worker();
        let (mut documents, mut bytes) = (Vec::new(), Vec::new());
        while feed.fill(&mut documents) {
            bytes.clear();
            let values = documents.iter_mut().map(|document| work(document, &mut bytes)).collect();
            sink(&bytes, values)?;
        }
        return feed.finish();
    }
    let queue = Queue::<Batch>::new();
    std::thread::scope(|scope| {
        // However this thread ends, the others find out.
        let closing = Closing(&queue);
        let queue = closing.0;
        let (results, done) = mpsc::channel::<Done<T>>();
        let worker = &worker;
        for _ in 1..jobs {
            let results = results.clone();
            scope.spawn(move || {
                let mut work = worker();
                while let Some(batch) = queue.wait() {
                    if results.send(batch.done(&mut work)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(results);
        // This thread reads and collects, and works too as soon as the others have enough to do: a
        // batch costs least where it was read, and no thread waits for a processor.
        let mut work = worker();
        let mut sent = 0;
        let mut handed_on = 0;
        let mut waiting: BTreeMap<usize, Done<T>> = BTreeMap::new();
        let mut spare: Vec<Batch> = Vec::new();
        let mut more = true;
        loop {
            let result = if more && sent - handed_on < 2 * jobs * BATCHES_A_THREAD {
                let mut batch = spare.pop().unwrap_or_default();
                more = feed.fill(&mut batch.documents);
                if !more {
                    continue;
                }
                batch.number = sent;
                sent += 1;
                match queue.push(batch, jobs * BATCHES_A_THREAD) {
                    None => None,
                    Some(batch) => Some(batch.done(&mut work)),
                }
            } else if let Some(batch) = queue.take() {
                Some(batch.done(&mut work))
            } else if handed_on < sent {
                match done.recv() {
                    Ok(result) => Some(result),
                    // All others are gone, which only a panic in one of them can cause; leaving
                    // the scope passes it on.
                    Err(_) => break,
                }
            } else {
                break;
            };
            let finished = result.into_iter().chain(done.try_iter());
            waiting.extend(finished.map(|result| (result.batch.number, result)));
            while let Some(result) = waiting.remove(&handed_on) {
                handed_on += 1;
                sink(&result.batch.bytes, result.values)?;
                spare.push(result.batch);
            }
        }
        feed.finish()
    })
}

impl Batch {
    fn done<T>(mut self, work: &mut impl FnMut(&mut Document, &mut Vec<u8>) -> T) -> Done<T> {
        let Batch { documents, bytes, .. } = &mut self;
        bytes.clear();
        let values = documents.iter_mut().map(|document| work(document, bytes)).collect();
        Done { batch: self, values }
    }
}

/// A place that is being read.
struct Open {
    name: String,
    reader: Reader<Box<dyn Read + Send>>,
    /// What cannot be unpacked, the outer packing first.
    damages: Vec<PackingDamages>,
}

/// An archive whose members are being read.
struct OpenArchive {
    name: String,
    archive: Archive<Box<dyn Read + Send>>,
    /// What cannot be unpacked of the archive itself.
    damages: Vec<PackingDamages>,
    /// How deep the data of its members lies.
    depth: u64,
}

/// The documents of all places, one after the other.
struct Feed<'a> {
    session: &'a Session,
    options: &'a InputOptions,
    format: Option<Box<dyn Format>>,
    sites: Option<Arc<SitePack>>,
    recoder: Recoder,
    problems: Problems<'a>,
    places: std::vec::IntoIter<Place>,
    /// The archive that is being read, behind those in which it lies.
    archives: Vec<OpenArchive>,
    open: Option<Open>,
    bar: ProgressBar,
    outcome: Outcome,
}

impl<'a> Feed<'a> {
    fn new(session: &'a Session, options: &'a InputOptions) -> Result<Feed<'a>> {
        let format = options.format()?;
        let sites = options.site_pack()?;
        let recoder = options.recoder.clone().unwrap_or_else(Recoder::of_damaged);
        session.account().begin(options)?;
        let mut problems = Problems::new(session);
        let mut outcome = Outcome::default();
        let places = input::resolve(&options.input, &mut problems, &mut outcome.ledger);
        if places.contains(&Place::Stdin) && io::stdin().is_terminal() {
            session.note("reading standard input; end it with Ctrl-D, or see --help");
        }
        let bar = progress::bar(session, places.iter().map(Place::size).sum());
        problems.set_bar(&bar);
        if places.is_empty() && problems.total() == 0 {
            session.note(&format!("{}: no files to read", options.input.join(", ")));
        }
        Ok(Feed {
            session,
            options,
            format,
            sites,
            recoder,
            problems,
            places: places.into_iter(),
            archives: Vec::new(),
            open: None,
            bar,
            outcome,
        })
    }

    /// Fills the batch with the next documents; false when there are none.
    ///
    /// Documents that the batch held before are overwritten.
    fn fill(&mut self, batch: &mut Vec<Document>) -> bool {
        let (mut n, mut bytes) = (0, 0);
        while bytes < BATCH_BYTES {
            if n == batch.len() {
                batch.push(Document::default());
            }
            let Some(document) = batch.get_mut(n) else { break };
            if !self.next(document) {
                break;
            }
            n += 1;
            // A document without text costs something too.
            bytes += document.text().len() + 64;
        }
        batch.truncate(n);
        self.outcome.documents += n as u64;
        n > 0
    }

    /// Reads the next document of all places; false when there is none.
    fn next(&mut self, document: &mut Document) -> bool {
        loop {
            let Some(Open { name, reader, .. }) = &mut self.open else {
                if !self.archives.is_empty() {
                    self.enter_member();
                } else if let Some(place) = self.places.next() {
                    self.enter(place);
                } else {
                    return false;
                }
                continue;
            };
            match reader.read(document) {
                Ok(true) => {
                    let metadata = &mut document.metadata;
                    if let (None, Some(when)) = (metadata.published, self.options.published) {
                        metadata.published = Some(when);
                        metadata.published_basis = Some(Basis::Published);
                    }
                    return true;
                }
                Ok(false) => self.leave(),
                Err(error) => {
                    self.problems.tell(name, &error.to_string());
                    if !error.is_recoverable() {
                        self.leave();
                    }
                }
            }
        }
    }

    /// Opens a place.
    fn enter(&mut self, place: Place) {
        let name = place.name();
        let data: io::Result<Box<dyn Read + Send>> = match &place {
            Place::Stdin => Ok(Box::new(Counted::new(io::stdin(), &self.bar, self.session))),
            Place::File(path) => File::open(path).map(|file| -> Box<dyn Read + Send> {
                Box::new(Counted::new(file, &self.bar, self.session))
            }),
        };
        self.enter_data(data, name, Some(&place), 0);
    }

    /// Opens the next member of the archive at hand, or closes the archive.
    fn enter_member(&mut self) {
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
                input::fail(&name, &plain(&error), &mut self.problems, &mut self.outcome.ledger);
                self.leave_archive();
            }
        }
    }

    /// Closes the archive at hand, and tells what of it was damaged.
    fn leave_archive(&mut self) {
        let Some(OpenArchive { name, mut archive, damages, .. }) = self.archives.pop() else {
            return;
        };
        self.problems.begin_file();
        for damage in archive.take_damages() {
            let what = damage.to_string();
            self.problems.tell(&name, &what);
            let ledger = &mut self.outcome.ledger;
            ledger.add_unreadable(Some(&name), damage.offset, damage.bytes, &what);
        }
        self.tell_damages(&name, &damages);
        self.problems.end_file(&name);
    }

    /// Opens the data of a place, or of a member of an archive, which has none.
    fn enter_data(
        &mut self,
        data: io::Result<Box<dyn Read + Send>>,
        name: String,
        place: Option<&Place>,
        depth: u64,
    ) {
        self.problems.begin_file();
        match data.and_then(|data| self.reader(data, &name, place, depth)) {
            Ok(open) => self.open = open,
            Err(error) => {
                input::fail(&name, &plain(&error), &mut self.problems, &mut self.outcome.ledger)
            }
        }
    }

    /// A reader of the data in its format; none for an archive, whose members come next, and for data
    /// that is no text.
    fn reader(
        &mut self,
        data: Box<dyn Read + Send>,
        name: &str,
        place: Option<&Place>,
        depth: u64,
    ) -> io::Result<Option<Open>> {
        let Unwrapped { data, damages, archive, depth, too_deep } =
            unwrapped(data, place, self.options, depth)?;
        if let Some(kind) = archive.filter(|_| !too_deep) {
            let archive = Archive::new(kind, data)
                .max_ratio(self.options.max_ratio)
                .max_size(self.options.max_unpacked());
            let name = name.to_owned();
            self.archives.push(OpenArchive { name, archive, damages, depth: depth + 1 });
            return Ok(None);
        }
        let mut data = self.recoder.open(name, data);
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
            self.problems.tell(name, &what);
            self.outcome.ledger.add_unreadable(Some(name), 0, bytes, &what);
            self.tell_damages(name, &damages);
            return Ok(None);
        };
        let whole: Box<dyn Read + Send> = Box::new(Cursor::new(head).chain(data));
        let limit = usize::try_from(self.options.max_record << 20).unwrap_or(usize::MAX);
        let reader =
            Reader::new(format, whole).field_names(self.options.field_names()).max_record(limit);
        let reader = match &self.sites {
            Some(sites) => reader.site_pack(sites.clone()),
            None => reader,
        };
        let reader = match self.session.account().keeper() {
            Some(keep) => reader.rejected_to(keep),
            None => reader,
        };
        let reader = match path {
            None => reader,
            Some(path) => reader.path(path),
        };
        Ok(Some(Open { name: name.to_owned(), reader, damages }))
    }

    /// Tells what could not be unpacked, and enters it in the ledger.
    fn tell_damages(&mut self, name: &str, damages: &[PackingDamages]) {
        for damage in damages.iter().flat_map(PackingDamages::take) {
            let what = damage.to_string();
            self.problems.tell(name, &what);
            let ledger = &mut self.outcome.ledger;
            ledger.add_unreadable(Some(name), damage.offset, damage.bytes, &what);
        }
    }

    /// Closes the place at hand.
    fn leave(&mut self) {
        if self.options.recoder.is_none() {
            for note in self.recoder.take_notes() {
                self.bar.suspend(|| self.session.note(&note));
            }
        }
        if let Some(Open { name, reader, damages }) = self.open.take() {
            self.outcome.ledger.merge(reader.ledger());
            self.tell_damages(&name, &damages);
            self.problems.end_file(&name);
        }
    }

    fn finish(mut self) -> Result<Outcome> {
        self.leave();
        self.bar.finish_and_clear();
        self.outcome.problems = self.problems.total();
        self.session.account().enter(&self.outcome.ledger)?;
        Ok(self.outcome)
    }
}

/// Data without its packing.
struct Unwrapped {
    data: Box<dyn Read + Send>,
    /// Where to ask what of it was damaged.
    damages: Vec<PackingDamages>,
    /// It is an archive.
    archive: Option<ArchiveKind>,
    /// How many packings there were around it, and archives.
    depth: u64,
    /// It is packed once more than is unpacked.
    too_deep: bool,
}

/// What Parquet files begin with.
#[cfg(feature = "parquet")]
const PARQUET: &[u8] = b"PAR1";
/// A Parquet file that comes through a pipe or packed is held in memory, up to so many bytes; one
/// that is longer is told as damaged, for its end is missing.
#[cfg(feature = "parquet")]
const PARQUET_IN_MEMORY: u64 = 512 << 20;

/// Takes the packings off that lie around data, as many as may.
fn unwrapped(
    data: Box<dyn Read + Send>,
    place: Option<&Place>,
    options: &InputOptions,
    depth: u64,
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
            let data = Box::new(lines);
            return Ok(Unwrapped { data, damages, archive: None, depth, too_deep: false });
        }
        #[cfg(not(feature = "parquet"))]
        let _ = place;
        let whole = Cursor::new(head).chain(data);
        let too_deep = depth >= options.max_nesting && (packed || archive.is_some());
        if too_deep || !packed {
            let data = Box::new(whole);
            return Ok(Unwrapped { data, damages, archive, depth, too_deep });
        }
        let unpacked =
            Unpacked::new(whole).max_ratio(options.max_ratio).max_size(options.max_unpacked());
        damages.push(unpacked.damages());
        data = Box::new(unpacked);
        depth += 1;
    }
}

/// The first bytes.
fn read_head(data: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    data.take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// What to say of data that is no text, with what to do next where that is known.
fn describe_binary(head: &[u8]) -> String {
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
