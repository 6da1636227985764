//! [`Ledger`]: where every byte of the input went.

/// Where every byte of the input went.
///
/// The sum closes, always: bytes in are bytes in documents, between them, rejected or unreadable.
///
/// ```
/// use corpus_parse::{Reader, find};
///
/// let input = b"Tin nhanh.\r\nTin \xff\n";
/// let mut reader = Reader::new(find("lines").unwrap(), &input[..]);
/// assert_eq!(reader.documents().filter(Result::is_ok).count(), 2);
///
/// let ledger = reader.ledger();
/// assert_eq!((ledger.bytes_in, ledger.bytes_documents, ledger.bytes_separators), (18, 14, 3));
/// assert_eq!(ledger.unreadable[0].bytes, 1);
/// assert!(ledger.closes());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Bytes that reached the parser, before decoding.
    pub bytes_in: u64,
    /// Bytes of the records that became documents.
    pub bytes_documents: u64,
    /// Bytes between records: blank lines, byte-order marks, line ends between JSON lines.
    pub bytes_separators: u64,
    /// Documents that were read and then turned down, by reason.
    pub rejected: Vec<Rejected>,
    /// What could not be read, in the order in which it was met.
    pub unreadable: Vec<Unreadable>,
}

/// Documents turned down for one reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rejected {
    /// Why.
    pub reason: String,
    /// Bytes of their records.
    pub bytes: u64,
    /// How many documents.
    pub count: u64,
}

/// A part of the input that could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unreadable {
    /// The file, where known.
    pub path: Option<String>,
    /// The first byte lost.
    pub offset: u64,
    /// How many bytes were lost.
    pub bytes: u64,
    /// Why, with the place.
    pub error: String,
}

/// A ledger keeps so many places of one file apart; what follows is counted with the last, so that
/// a file of noise does not become a list as long as itself.
const MOST_PLACES: usize = 1000;

impl Ledger {
    /// Adds the figures of another ledger; the order of merging decides only the order of
    /// [`Ledger::unreadable`].
    pub fn merge(&mut self, other: &Ledger) {
        self.bytes_in += other.bytes_in;
        self.bytes_documents += other.bytes_documents;
        self.bytes_separators += other.bytes_separators;
        for it in &other.rejected {
            match self.rejected.iter_mut().find(|mine| mine.reason == it.reason) {
                Some(mine) => {
                    mine.bytes += it.bytes;
                    mine.count += it.count;
                }
                None => self.rejected.push(it.clone()),
            }
        }
        self.unreadable.extend_from_slice(&other.unreadable);
    }

    /// Adds the ledger of the next piece of the same file, as if both had been read as one.
    pub fn append(&mut self, next: &Ledger) {
        let places = std::mem::take(&mut self.unreadable);
        self.merge(next);
        let of_next = std::mem::replace(&mut self.unreadable, places);
        for it in of_next {
            // Its bytes are counted.
            self.bytes_in -= it.bytes;
            self.lose(it.path.as_deref(), it.offset, it.bytes, &it.error);
        }
    }

    /// Whether the sum closes.
    pub fn closes(&self) -> bool {
        let rejected: u64 = self.rejected.iter().map(|it| it.bytes).sum();
        let unreadable: u64 = self.unreadable.iter().map(|it| it.bytes).sum();
        self.bytes_in == self.bytes_documents + self.bytes_separators + rejected + unreadable
    }

    /// Moves a document that was read from the documents to the rejected ones.
    pub fn reject(&mut self, reason: &str, bytes: u64) {
        self.bytes_documents = self.bytes_documents.saturating_sub(bytes);
        match self.rejected.iter_mut().find(|it| it.reason == reason) {
            Some(it) => {
                it.bytes += bytes;
                it.count += 1;
            }
            None => self.rejected.push(Rejected { reason: reason.into(), bytes, count: 1 }),
        }
    }

    /// Enters bytes that never reached a parser: a file that could not be opened (0 bytes), binary
    /// data, the rest of a damaged archive. They count as bytes in as well.
    ///
    /// ```
    /// let mut ledger = corpus_parse::Ledger::default();
    /// ledger.add_unreadable(Some("anh.jpg"), 0, 4096, "binary data");
    /// assert!(ledger.closes());
    /// ```
    pub fn add_unreadable(&mut self, path: Option<&str>, offset: u64, bytes: u64, error: &str) {
        self.bytes_in += bytes;
        self.unreadable.push(Unreadable {
            path: path.map(String::from),
            offset,
            bytes,
            error: error.into(),
        });
    }

    /// The same for bytes that a parser met; neighbours of the many are counted with the last.
    pub(crate) fn lose(&mut self, path: Option<&str>, offset: u64, bytes: u64, error: &str) {
        let full = self.unreadable.len() >= MOST_PLACES;
        match self.unreadable.last_mut() {
            Some(last) if full => {
                const MORE: &str = "; and what follows in this file";
                self.bytes_in += bytes;
                last.bytes += bytes;
                if !last.error.ends_with(MORE) {
                    last.error.push_str(MORE);
                }
            }
            _ => self.add_unreadable(path, offset, bytes, error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merges_by_reason() {
        let mut a = Ledger { bytes_in: 30, bytes_documents: 30, ..Ledger::default() };
        let mut b = a.clone();
        a.reject("too short", 10);
        b.reject("too short", 5);
        b.reject("too long", 20);
        a.merge(&b);
        assert!(a.closes());
        assert_eq!(a.bytes_documents, 25);
        assert_eq!(a.rejected[0], Rejected { reason: "too short".into(), bytes: 15, count: 2 });
    }

    #[test]
    fn noise_does_not_fill_the_ledger() {
        let mut ledger = Ledger::default();
        for offset in 0..5000 {
            ledger.lose(None, offset, 1, "noise");
        }
        assert_eq!(ledger.unreadable.len(), MOST_PLACES);
        assert!(ledger.closes());
    }
}
