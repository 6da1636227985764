//! [`LedgerRows`]: the ledger as it is printed, and as it is kept between two runs.

use corpus_parse::{Ledger, Rejected, Unreadable};
use serde::{Deserialize, Serialize};

use crate::recode::Verdict;

/// The ledger as it is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LedgerRows {
    pub(crate) bytes_in: u64,
    pub(crate) bytes_documents: u64,
    pub(crate) bytes_separators: u64,
    pub(crate) rejected: Vec<RejectedRow>,
    pub(crate) unreadable: Vec<UnreadableRow>,
    /// The inputs that are not in UTF-8, where that is told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) encodings: Vec<EncodingRow>,
    /// The large files that one thread had to read, where that is told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) uncut: Vec<UncutRow>,
}

/// A large file whose records are found one behind the other only, so that threads cannot share it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct UncutRow {
    pub(crate) path: String,
    pub(crate) format: String,
}

/// An input that had to be decoded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EncodingRow {
    pub(crate) path: String,
    pub(crate) encoding: String,
    /// Whether it is UTF-8 made of such bytes that were taken for Windows-1252.
    pub(crate) garbled: bool,
    /// How many of the words looked at are words in this encoding.
    pub(crate) explained: usize,
    pub(crate) words: usize,
}

impl From<&Verdict> for EncodingRow {
    fn from(verdict: &Verdict) -> EncodingRow {
        EncodingRow {
            path: verdict.name.clone(),
            encoding: verdict.encoding.to_owned(),
            garbled: verdict.garbled,
            explained: verdict.explained,
            words: verdict.words,
        }
    }
}

/// Bytes of documents that were refused, by reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RejectedRow {
    pub(crate) reason: String,
    pub(crate) bytes: u64,
    pub(crate) count: u64,
}

/// Bytes that could not be read, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct UnreadableRow {
    pub(crate) path: Option<String>,
    pub(crate) offset: u64,
    pub(crate) bytes: u64,
    pub(crate) error: String,
}

impl LedgerRows {
    /// The ledger's rows.
    pub(crate) fn new(ledger: &Ledger) -> LedgerRows {
        LedgerRows {
            bytes_in: ledger.bytes_in,
            bytes_documents: ledger.bytes_documents,
            bytes_separators: ledger.bytes_separators,
            rejected: ledger
                .rejected
                .iter()
                .map(|row| RejectedRow {
                    reason: row.reason.clone(),
                    bytes: row.bytes,
                    count: row.count,
                })
                .collect(),
            unreadable: ledger
                .unreadable
                .iter()
                .map(|row| UnreadableRow {
                    path: row.path.clone(),
                    offset: row.offset,
                    bytes: row.bytes,
                    error: row.error.clone(),
                })
                .collect(),
            encodings: Vec::new(),
            uncut: Vec::new(),
        }
    }

    /// Whether all bytes that came in are accounted for.
    pub(crate) fn closes(&self) -> bool {
        let rejected: u64 = self.rejected.iter().map(|row| row.bytes).sum();
        let unreadable: u64 = self.unreadable.iter().map(|row| row.bytes).sum();
        self.bytes_in == self.bytes_documents + self.bytes_separators + rejected + unreadable
    }

    /// The ledger that the rows tell of.
    pub(crate) fn ledger(&self) -> Ledger {
        let rejected = self.rejected.iter().map(|row| Rejected {
            reason: row.reason.clone(),
            bytes: row.bytes,
            count: row.count,
        });
        let unreadable = self.unreadable.iter().map(|row| Unreadable {
            path: row.path.clone(),
            offset: row.offset,
            bytes: row.bytes,
            error: row.error.clone(),
        });
        Ledger {
            bytes_in: self.bytes_in,
            bytes_documents: self.bytes_documents,
            bytes_separators: self.bytes_separators,
            rejected: rejected.collect(),
            unreadable: unreadable.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_says_all_of_a_ledger() {
        let mut ledger = Ledger { bytes_in: 90, bytes_documents: 90, ..Ledger::default() };
        ledger.reject("empty", 20);
        ledger.add_unreadable(Some("a.gz"), 7, 30, "breaks off");
        let rows = LedgerRows::new(&ledger);
        assert!(rows.closes());
        assert_eq!(rows.ledger(), ledger);
    }
}
