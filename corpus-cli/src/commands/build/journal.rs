//! [`Journal`]: what of a build is done, on the disk before the next step begins.
//!
//! A line is the XXH3 of what follows it, a blank, and an entry as JSON. A line that does not agree with
//! its hash was being written when the run ended: it and what follows are cut off.

use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::inputs::{Input, digits};
use super::manifest::Shard;
use crate::problems::shown;
use crate::report::LedgerRows;

const SCHEMA: &str = "corpus.build.journal/1";
const NAME: &str = "journal";

/// What a build works on; another one cannot be gone on with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Beginning {
    pub(super) schema: String,
    pub(super) plan: serde_json::Value,
    pub(super) inputs: Vec<Input>,
}

impl Beginning {
    pub(super) fn new(plan: serde_json::Value, inputs: &[Input]) -> Beginning {
        Beginning { schema: SCHEMA.to_owned(), plan, inputs: inputs.to_vec() }
    }

    /// What of another beginning is not the same, for a message.
    fn difference(&self, other: &Beginning) -> Option<String> {
        if self.plan != other.plan || self.schema != other.schema {
            return Some("the options are others".to_owned());
        }
        if self.inputs == other.inputs {
            return None;
        }
        let pairs = self.inputs.iter().zip(&other.inputs);
        let changed = pairs.clone().find(|(now, before)| now != before);
        Some(match changed {
            Some((now, before)) if now.path == before.path => format!("{} has changed", now.path),
            Some((now, before)) => format!("{} stands where {} stood", now.path, before.path),
            None => "there are more files, or fewer".to_owned(),
        })
    }
}

/// A part of the input that was read and judged: some batches of a group of files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PartDone {
    /// The group, and which of its parts it is.
    pub(super) group: usize,
    pub(super) part: usize,
    /// The batches of the group that it has.
    pub(super) batches: Range<usize>,
    /// The hashes of its files in the folder of the journal.
    pub(super) xxh3: Vec<String>,
    pub(super) documents: u64,
    /// The ledger of the whole group, in its last part.
    pub(super) ledger: Option<LedgerRows>,
}

/// A shard that stands in the output, and the first document behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ShardDone {
    pub(super) shard: Shard,
    pub(super) next: Place,
}

/// A place in the input: a group of files, and a document of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    pub(super) group: usize,
    pub(super) document: usize,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "lowercase")]
enum Entry {
    Begin(Beginning),
    Part(PartDone),
    Shard(ShardDone),
}

/// What of a build is done.
#[derive(Debug, Default)]
pub(super) struct Done {
    pub(super) parts: Vec<PartDone>,
    pub(super) shards: Vec<ShardDone>,
}

/// The journal of a build, open for more; nobody else builds there meanwhile.
#[derive(Debug)]
pub(super) struct Journal {
    file: File,
    folder: PathBuf,
}

impl Journal {
    /// Whether there is one in a folder.
    pub(super) fn is_in(folder: &Path) -> bool {
        folder.join(NAME).exists()
    }

    /// Opens the journal in a folder, or begins one, and tells what is done.
    pub(super) fn open(folder: &Path, beginning: &Beginning) -> Result<(Journal, Done)> {
        let path = folder.join(NAME);
        let told = || format!("{}: cannot be opened", shown(&path));
        fs::create_dir_all(folder).with_context(told)?;
        let mut options = OpenOptions::new();
        let mut file = options
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .with_context(told)?;
        if file.try_lock().is_err() {
            bail!("{}: another build is at work there", shown(folder));
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).with_context(told)?;
        let (entries, sound) = entries(&bytes);
        file.set_len(sound as u64).and_then(|()| file.seek(SeekFrom::End(0))).with_context(told)?;
        let mut journal = Journal { file, folder: folder.to_owned() };
        let mut done = Done::default();
        let mut entries = entries.into_iter();
        match entries.next() {
            None => journal.enter(&Entry::Begin(beginning.clone()))?,
            Some(Entry::Begin(before)) => {
                if let Some(what) = beginning.difference(&before) {
                    bail!(
                        "the build that lies there cannot be gone on with: {what}; remove {} to begin anew",
                        shown(folder)
                    );
                }
            }
            Some(_) => bail!("{}: its first line is missing", shown(&path)),
        }
        for entry in entries {
            match entry {
                Entry::Begin(_) => {}
                Entry::Part(part) => done.parts.push(part),
                Entry::Shard(shard) => done.shards.push(shard),
            }
        }
        Ok((journal, done))
    }

    /// The folder for what is not yet output.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Enters that a part was read.
    pub(super) fn part(&mut self, part: &PartDone) -> Result<()> {
        self.enter(&Entry::Part(part.clone()))
    }

    /// Enters that a shard was written.
    pub(super) fn shard(&mut self, shard: &ShardDone) -> Result<()> {
        self.enter(&Entry::Shard(shard.clone()))
    }

    fn enter(&mut self, entry: &Entry) -> Result<()> {
        let json = serde_json::to_string(entry)?;
        let line = format!("{} {json}\n", digits(xxh3_64(json.as_bytes())));
        let written = self.file.write_all(line.as_bytes()).and_then(|()| self.file.sync_data());
        written.with_context(|| format!("{}: cannot be written", shown(&self.folder.join(NAME))))
    }
}

/// The entries of a journal, and where the last sound one ends.
fn entries(bytes: &[u8]) -> (Vec<Entry>, usize) {
    let mut entries = Vec::new();
    let mut sound = 0;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        let entry = std::str::from_utf8(line).ok().and_then(|line| {
            let (hash, json) = line.strip_suffix('\n')?.split_once(' ')?;
            let agrees = hash == digits(xxh3_64(json.as_bytes()));
            serde_json::from_str(json).ok().filter(|_| agrees)
        });
        let Some(entry) = entry else { break };
        entries.push(entry);
        sound += line.len();
    }
    (entries, sound)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beginning(inputs: &[(&str, u64)]) -> Beginning {
        let inputs: Vec<Input> = inputs
            .iter()
            .map(|&(path, bytes)| Input { path: path.to_owned(), bytes, xxh3: String::new() })
            .collect();
        Beginning::new(serde_json::json!({ "to": "jsonl" }), &inputs)
    }

    fn part(documents: u64) -> PartDone {
        let xxh3 = vec![digits(7)];
        PartDone { group: 0, part: 0, batches: 0..3, xxh3, documents, ledger: None }
    }

    #[test]
    fn what_was_being_written_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        let beginning = beginning(&[("a.txt", 1)]);
        let (mut journal, _) = Journal::open(folder.path(), &beginning).unwrap();
        journal.part(&part(1)).unwrap();
        let whole = fs::read(&path).unwrap();
        journal.part(&part(2)).unwrap();
        drop(journal);
        let more = fs::read(&path).unwrap();
        for end in whole.len()..more.len() {
            fs::write(&path, &more[..end]).unwrap();
            let (_, done) = Journal::open(folder.path(), &beginning).unwrap();
            assert_eq!(done.parts, [part(1)], "{end}");
            assert_eq!(fs::read(&path).unwrap(), whole, "{end}");
        }
        let mut flipped = more.clone();
        flipped[whole.len() + 30] ^= 1;
        fs::write(&path, &flipped).unwrap();
        let (mut journal, _) = Journal::open(folder.path(), &beginning).unwrap();
        journal.part(&part(3)).unwrap();
        drop(journal);
        let (_, done) = Journal::open(folder.path(), &beginning).unwrap();
        assert_eq!(done.parts, [part(1), part(3)]);
    }

    #[test]
    fn another_build_is_not_gone_on_with() {
        let folder = tempfile::tempdir().unwrap();
        let before = beginning(&[("a.txt", 1), ("b.txt", 1)]);
        drop(Journal::open(folder.path(), &before).unwrap());
        for (inputs, what) in [
            (&[("a.txt", 1), ("b.txt", 2)][..], "b.txt has changed"),
            (&[("a.txt", 1), ("c.txt", 1)], "c.txt stands where b.txt stood"),
            (&[("a.txt", 1)], "there are more files, or fewer"),
        ] {
            let error = Journal::open(folder.path(), &beginning(inputs)).unwrap_err();
            assert!(error.to_string().contains(what), "{error}");
        }
    }

    #[test]
    fn nobody_else_builds_there_meanwhile() {
        let folder = tempfile::tempdir().unwrap();
        let beginning = beginning(&[]);
        let held = Journal::open(folder.path(), &beginning).unwrap();
        let error = Journal::open(folder.path(), &beginning).unwrap_err();
        assert!(error.to_string().ends_with("another build is at work there"), "{error}");
        drop(held);
        assert!(Journal::open(folder.path(), &beginning).is_ok());
    }
}
