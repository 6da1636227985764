//! [`Manifest`]: what a build made, of what, and where every document and byte of the input went.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde::{Deserialize, Serialize};

use super::inputs::Input;
use crate::problems::shown;
use crate::report::LedgerRows;

/// The version of the manifest.
pub(crate) const SCHEMA: &str = "corpus.build/1";
/// The name of the manifest in the folder that is built; it is written last.
pub(crate) const NAME: &str = "manifest.json";

/// What a build made, of what.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) schema: String,
    /// The version of the program.
    pub(crate) program: String,
    /// Every option on which the output depends.
    pub(crate) plan: serde_json::Value,
    pub(crate) inputs: Vec<Input>,
    pub(crate) counts: Counts,
    pub(crate) shards: Vec<Shard>,
    /// The documents that are in no shard, with the reasons.
    pub(crate) dropped: Shard,
    pub(crate) ledger: LedgerRows,
}

/// Where the documents went: read are kept, dropped by a rule, or duplicates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Counts {
    pub(crate) documents: u64,
    pub(crate) kept: u64,
    /// The first rule that each broke, in the order of names.
    pub(crate) rules: Vec<RuleCount>,
    pub(crate) duplicates: u64,
}

/// How many documents a rule dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RuleCount {
    pub(crate) rule: String,
    pub(crate) documents: u64,
}

/// A file of the output.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Shard {
    pub(crate) file: String,
    pub(crate) documents: u64,
    /// Bytes of the documents' texts.
    pub(crate) text_bytes: u64,
    /// Bytes of the file.
    pub(crate) bytes: u64,
    /// XXH3 of the file, 64 bits as hexadecimal digits.
    pub(crate) xxh3: String,
}

impl Counts {
    /// Whether every document that was read is accounted for.
    pub(crate) fn close(&self) -> bool {
        let rules: u64 = self.rules.iter().map(|it| it.documents).sum();
        self.documents == self.kept + rules + self.duplicates
    }
}

impl Manifest {
    /// The manifest of a folder; none where no build has come to its end.
    pub(crate) fn read(folder: &Path) -> Result<Option<Manifest>> {
        let path = folder.join(NAME);
        if !path.exists() {
            return Ok(None);
        }
        let told = || format!("{}: cannot be read", shown(&path));
        let text = fs::read_to_string(&path).with_context(told)?;
        let manifest: Manifest = serde_json::from_str(&text).with_context(told)?;
        if manifest.schema != SCHEMA {
            bail!("{}: its schema is {:?}, not {SCHEMA:?}", shown(&path), manifest.schema);
        }
        Ok(Some(manifest))
    }
}
