//! [`Feed`]: the places that are read, one after the other, as batches of documents and pieces.

use std::io::{self, IsTerminal as _, Read};
use std::sync::Arc;

use anyhow::Result;
use corpus_model::Document;
use corpus_parse::{
    Archive, Cut, Cutter, Format, Ledger, PackingDamages, Reader, SitePack, Unwrap,
};
use indicatif::ProgressBar;

use super::BATCH_BYTES;
use super::batch::{self, Batch, Lost, PieceToRead};
use super::told::{Teller, Told};
use crate::input::{self, Place};
use crate::options::InputOptions;
use crate::problems::Problems;
use crate::progress;
use crate::recode::Recoder;
use crate::session::Session;

mod opening;

use opening::configured;

/// Data of any kind.
type Data = Box<dyn Read + Send>;

/// So much may wait to be told before a batch is handed on, full or not.
const MOST_TOLD: usize = 1000;

/// Of a file that is as large it is told that threads could not share it.
const LARGE: u64 = 16 << 20;

/// A place that is being read.
struct Open {
    name: String,
    /// The name, if the data has one of its own.
    path: Option<String>,
    reading: Reading,
    /// What cannot be unpacked, the outer packing first.
    damages: Vec<PackingDamages>,
}

/// How a place is read.
enum Reading {
    /// One document after the other.
    Whole(Box<Reader<Data>>),
    /// In pieces, which other threads read; in the format that was asked for, or this.
    Pieces(Box<Cutter<Data>>, Option<&'static dyn Format>),
}

/// An archive whose members are being read.
struct OpenArchive {
    name: String,
    archive: Archive<Data>,
    /// What cannot be unpacked of the archive itself.
    damages: Vec<PackingDamages>,
    /// How deep the data of its members lies.
    depth: u64,
}

/// The documents of all places, one after the other.
pub(super) struct Feed<'a> {
    session: &'a Session,
    options: &'a InputOptions,
    format: Option<Box<dyn Format>>,
    sites: Option<Arc<SitePack>>,
    recoder: Recoder,
    places: std::vec::IntoIter<Place>,
    /// Takes off what the place at hand is packed in.
    unwrap: Unwrap,
    /// The archive that is being read, behind those in which it lies.
    archives: Vec<OpenArchive>,
    open: Option<Open>,
    bar: ProgressBar,
    /// What is to be told with the next batch.
    told: Vec<Told>,
    /// Records that became no documents, if anybody wants them.
    lost: Option<Lost>,
    /// A piece that waits for a batch of its own.
    piece: Option<PieceToRead>,
}

/// The documents of all places, and who tells of them.
pub(super) fn open<'a>(
    session: &'a Session,
    options: &'a InputOptions,
) -> Result<(Feed<'a>, Teller<'a>)> {
    let format = options.format()?;
    let sites = options.site_pack()?;
    let recoder = options.recoder.clone().unwrap_or_else(Recoder::of_damaged);
    session.account().begin(options)?;
    let mut problems = Problems::new(session);
    let mut ledger = Ledger::default();
    let places = input::resolve(&options.input, &mut problems, &mut ledger);
    if places.contains(&Place::Stdin) && io::stdin().is_terminal() {
        session.note("reading standard input; end it with Ctrl-D, or see --help");
    }
    let bar = progress::bar(session, places.iter().map(Place::size).sum());
    problems.set_bar(&bar);
    if places.is_empty() && problems.total() == 0 {
        session.note(&format!("{}: no files to read", options.input.join(", ")));
    }
    let teller = Teller::new(session, problems, bar.clone(), ledger, places.len());
    let feed = Feed {
        session,
        options,
        format,
        sites,
        recoder,
        places: places.into_iter(),
        unwrap: Unwrap::default(),
        archives: Vec::new(),
        open: None,
        bar,
        told: Vec::new(),
        lost: session.account().keeps().then(Lost::default),
        piece: None,
    };
    Ok((feed, teller))
}

impl Feed<'_> {
    /// Fills the batch with the next documents, or with a piece to be read; false when there are
    /// none, and nothing is to be told.
    ///
    /// Documents that the batch held before are overwritten.
    pub(super) fn fill(&mut self, batch: &mut Batch) -> bool {
        let (mut n, mut bytes) = (0, 0);
        batch.piece = self.piece.take();
        let documents = &mut batch.documents;
        while batch.piece.is_none() && bytes < BATCH_BYTES && self.told.len() < MOST_TOLD {
            if self.lost.as_ref().is_some_and(|lost| lost.len() > BATCH_BYTES) {
                break;
            }
            if n == documents.len() {
                documents.push(Document::default());
            }
            let Some(document) = documents.get_mut(n) else { break };
            if !self.next(document) {
                break;
            }
            if let Some(piece) = self.piece.take() {
                // What stands in front of it is handed on first.
                match n {
                    0 => batch.piece = Some(piece),
                    _ => self.piece = Some(piece),
                }
                break;
            }
            n += 1;
            // A document without text costs something too.
            bytes += document.text().len() + 64;
        }
        // What stands there is room for the documents of a piece.
        if batch.piece.is_none() {
            documents.truncate(n);
        }
        batch.told = std::mem::take(&mut self.told);
        batch.lost = self.lost.as_ref().map(Lost::take).unwrap_or_default();
        n > 0 || batch.piece.is_some() || !batch.told.is_empty() || !batch.lost.is_empty()
    }

    /// Reads the next document of all places, or cuts off the next piece; false when there is none.
    fn next(&mut self, document: &mut Document) -> bool {
        loop {
            let Some(Open { name, reading, .. }) = &mut self.open else {
                if !self.archives.is_empty() {
                    self.enter_member();
                } else if let Some(place) = self.places.next() {
                    self.enter(place);
                } else {
                    return false;
                }
                if self.told.len() >= MOST_TOLD {
                    return false;
                }
                continue;
            };
            match reading {
                Reading::Whole(reader) => match reader.read(document) {
                    Ok(true) => {
                        batch::date(document, self.options.published);
                        return true;
                    }
                    Ok(false) => self.leave(),
                    Err(error) => {
                        let problem = Told::Problem { name: name.clone(), what: error.to_string() };
                        self.told.push(problem);
                        if !error.is_recoverable() {
                            self.leave();
                        }
                    }
                },
                Reading::Pieces(..) => {
                    if self.cut() {
                        return true;
                    }
                }
            }
            // One record after the other may be wrong.
            if self.told.len() >= MOST_TOLD {
                return false;
            }
        }
    }

    /// Cuts the next piece off the place at hand; false if it has no more, or is not cut any further.
    fn cut(&mut self) -> bool {
        let Some(mut open) = self.open.take() else { return false };
        let Reading::Pieces(mut cutter, known) = open.reading else {
            self.open = Some(open);
            return false;
        };
        let asked_for = self.format.as_deref();
        let Some(format) = known.map(|it| it as &dyn Format).or(asked_for) else { return false };
        let cut = cutter.next_cut();
        let lost = match cut {
            Some(Cut::Rest) => self.lost.clone(),
            _ => self.lost.as_ref().map(|_| Lost::default()),
        };
        open.reading = match cut {
            Some(Cut::Rest) => {
                let rest = Reader::of_rest(format, cutter.into_rest());
                let rest = configured(rest, self.options, &self.sites, &open.path, &lost);
                Reading::Whole(Box::new(rest))
            }
            Some(Cut::Piece(piece)) => {
                let reader = Reader::of_piece(format, piece);
                let reader = configured(reader, self.options, &self.sites, &open.path, &lost);
                self.piece = Some(PieceToRead {
                    name: open.name.clone(),
                    reader,
                    lost: lost.unwrap_or_default(),
                    published: self.options.published,
                });
                Reading::Pieces(cutter, known)
            }
            None => {
                self.open = Some(Open { reading: Reading::Pieces(cutter, known), ..open });
                self.leave();
                return false;
            }
        };
        self.open = Some(open);
        self.piece.is_some()
    }

    /// Tells what could not be unpacked, and enters it in the ledger.
    fn tell_damages(&mut self, name: &str, damages: &[PackingDamages]) {
        for damage in damages.iter().flat_map(PackingDamages::take) {
            self.tell_unreadable(name, damage.offset, damage.bytes, damage.to_string());
        }
    }

    /// Tells of bytes that no reader saw, and enters them in the ledger.
    fn tell_unreadable(&mut self, name: &str, offset: u64, bytes: u64, what: String) {
        let mut ledger = Ledger::default();
        ledger.add_unreadable(Some(name), offset, bytes, &what);
        self.told.push(Told::Problem { name: name.to_owned(), what });
        self.told.push(Told::Ledger(ledger));
    }

    /// Tells that a place cannot be read.
    fn fail(&mut self, name: &str, what: &str) {
        self.told.push(Told::Begin);
        self.tell_unreadable(name, 0, 0, what.to_owned());
    }

    /// Closes the place at hand.
    fn leave(&mut self) {
        if self.options.recoder.is_none() {
            self.told.extend(self.recoder.take_verdicts().into_iter().map(Told::Encoding));
        }
        if let Some(Open { name, reading, damages, .. }) = self.open.take() {
            if let Reading::Whole(reader) = reading {
                let ledger = reader.ledger().clone();
                if ledger.bytes_in >= LARGE {
                    let format = reader.format().to_owned();
                    self.told.push(Told::Uncut { name: name.clone(), format });
                }
                self.told.push(Told::Ledger(ledger));
            }
            self.tell_damages(&name, &damages);
            self.told.push(Told::End(name));
        }
    }
}
