//! [`Fates`]: what becomes of the documents of a group, batch by batch, as the last stage meets them again.
//!
//! Several threads ask for the batches that they have at hand, so what is held in memory is what they
//! work on, however large the group is.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::vec;

use anyhow::Result;

use super::choose::Choice;
use super::journal::PartDone;
use super::marks::{Mark, Marks};
use super::read::PartFiles;

/// A document as the last stage meets it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fate {
    /// XXH3 of its text.
    pub(super) text: u64,
    pub(super) kept: bool,
}

/// What becomes of the documents of a batch.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct OfBatch {
    /// The number of the first among the documents of its group.
    pub(super) first: usize,
    pub(super) fates: Vec<Fate>,
}

impl OfBatch {
    /// Whether the document at this place of the batch is written by a run that begins with document `start`
    /// of the group.
    pub(super) fn is_wanted(&self, place: usize, start: usize) -> bool {
        self.first + place >= start && self.fates.get(place).is_some_and(|fate| fate.kept)
    }
}

/// What becomes of the documents of a group.
#[derive(Debug)]
pub(super) struct Fates<'a> {
    reading: Mutex<Reading<'a>>,
}

#[derive(Debug)]
struct Reading<'a> {
    choice: &'a Choice,
    /// How many documents stand in front of the group.
    before: usize,
    /// The marks of parts that are not open yet, and of the one that is.
    parts: vec::IntoIter<PathBuf>,
    marks: Option<Marks>,
    /// The first document of the next batch.
    ahead: Option<Mark>,
    /// How many documents were read in front of it.
    read: usize,
    /// Batches that were read and not taken.
    waiting: BTreeMap<usize, Arc<OfBatch>>,
    failure: Option<anyhow::Error>,
}

impl<'a> Fates<'a> {
    /// The fates of the documents in these parts of a group, with so many documents in front of it.
    pub(super) fn new(
        choice: &'a Choice,
        folder: &Path,
        parts: &[PartDone],
        before: usize,
    ) -> Fates<'a> {
        let parts: Vec<PathBuf> =
            parts.iter().map(|part| PartFiles::of(folder, part).marks).collect();
        let reading = Reading {
            choice,
            before,
            parts: parts.into_iter(),
            marks: None,
            ahead: None,
            read: 0,
            waiting: BTreeMap::new(),
            failure: None,
        };
        Fates { reading: Mutex::new(reading) }
    }

    fn lock(&self) -> MutexGuard<'_, Reading<'a>> {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Those of a batch; none where none is known, or where marks cannot be read, which
    /// [`Fates::take`] tells.
    pub(super) fn of(&self, batch: usize) -> Option<Arc<OfBatch>> {
        let mut reading = self.lock();
        if reading.failure.is_none()
            && let Err(failure) = reading.reach(batch)
        {
            reading.failure = Some(failure);
        }
        reading.waiting.get(&batch).cloned()
    }

    /// Those of a batch, which nobody asks for any more.
    pub(super) fn take(&self, batch: usize) -> Result<Option<Arc<OfBatch>>> {
        let of_batch = self.of(batch);
        let mut reading = self.lock();
        reading.waiting.remove(&batch);
        reading.failure.take().map_or(Ok(of_batch), Err)
    }
}

impl Reading<'_> {
    /// Reads on until this batch is at hand, or a later one, or there are no more.
    fn reach(&mut self, batch: usize) -> Result<()> {
        if self.read == 0 && self.ahead.is_none() {
            self.ahead = self.next()?;
        }
        while let Some(mark) = self.ahead.take_if(|mark| mark.batch <= batch) {
            let number = mark.batch;
            let mut of_batch = OfBatch { first: self.read, fates: Vec::new() };
            let mut mark = Some(mark);
            while let Some(of_this) = mark.take_if(|mark| mark.batch == number) {
                let is_copy = self.choice.is_copy(self.before + self.read);
                let kept = of_this.broken.is_none() && !is_copy;
                of_batch.fates.push(Fate { text: of_this.text, kept });
                self.read += 1;
                mark = self.next()?;
            }
            self.ahead = mark;
            self.waiting.insert(number, Arc::new(of_batch));
        }
        Ok(())
    }

    /// The mark of the next document.
    fn next(&mut self) -> Result<Option<Mark>> {
        loop {
            let mark = self.marks.as_mut().map_or(Ok(None), Marks::next)?;
            if mark.is_some() {
                return Ok(mark);
            }
            let Some(path) = self.parts.next() else { return Ok(None) };
            self.marks = Some(Marks::open(&path)?);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::report::json::line;

    /// Writes the marks of parts, each a list of batches with the texts of their documents.
    fn parts(folder: &Path, batches: &[&[(usize, &[u64])]]) -> Vec<PartDone> {
        let mut parts = Vec::new();
        for (number, batches) in batches.iter().enumerate() {
            let mut page = Vec::new();
            for &(batch, texts) in *batches {
                for &text in texts {
                    let (id, path, broken) = (String::new(), None, None);
                    line(&mut page, &Mark { batch, text, bytes: 1, id, path, broken });
                }
            }
            fs::write(PartFiles::new(folder, 0, number).marks, page).unwrap();
            let (xxh3, ledger) = (Vec::new(), None);
            parts.push(PartDone {
                group: 0,
                part: number,
                batches: 0..9,
                xxh3,
                documents: 0,
                ledger,
            });
        }
        parts
    }

    #[test]
    fn batches_are_found_in_any_order_and_held_until_they_are_taken() {
        let folder = tempfile::tempdir().unwrap();
        let batches: &[&[(usize, &[u64])]] =
            &[&[(0, &[10, 11]), (2, &[12])], &[], &[(3, &[13, 14, 15]), (7, &[16])]];
        let parts = parts(folder.path(), batches);
        let choice = Choice::default();
        let fates = Fates::new(&choice, folder.path(), &parts, 5);
        let texts = |of_batch: Option<Arc<OfBatch>>| {
            of_batch.map(|it| (it.first, it.fates.iter().map(|fate| fate.text).collect::<Vec<_>>()))
        };
        assert_eq!(texts(fates.of(3)), Some((3, vec![13, 14, 15])));
        assert_eq!(texts(fates.of(0)), Some((0, vec![10, 11])));
        assert_eq!(texts(fates.of(1)), None, "it has no documents");
        assert_eq!(texts(fates.take(0).unwrap()), Some((0, vec![10, 11])));
        assert_eq!(texts(fates.of(0)), None, "it was taken");
        assert_eq!(texts(fates.take(7).unwrap()), Some((6, vec![16])));
        assert_eq!(texts(fates.take(8).unwrap()), None);
        let of_batch = fates.of(3).unwrap();
        let wanted: Vec<bool> = (0..4).map(|place| of_batch.is_wanted(place, 4)).collect();
        assert_eq!(wanted, [false, true, true, false]);
    }

    #[test]
    fn damage_is_told_by_whoever_takes() {
        let folder = tempfile::tempdir().unwrap();
        let parts = parts(folder.path(), &[&[(0, &[10])], &[(1, &[11])]]);
        fs::write(PartFiles::new(folder.path(), 0, 1).marks, "{").unwrap();
        let choice = Choice::default();
        let fates = Fates::new(&choice, folder.path(), &parts, 0);
        assert!(fates.of(0).is_none() && fates.of(1).is_none());
        let error = fates.take(0).unwrap_err();
        assert!(format!("{error:#}").contains("is damaged"), "{error:#}");
    }
}
