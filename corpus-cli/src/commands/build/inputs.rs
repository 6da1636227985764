//! What a build reads: files with their sizes and hashes, in groups.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use corpus_parse::Ledger;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use crate::input::{self, Place, plain};
use crate::options::InputOptions;
use crate::problems::{Problems, shown};
use crate::session::Session;

/// Files are read in groups of about so many bytes, or one by one where they are larger.
const GROUP_BYTES: u64 = 64 << 20;

/// A file that is read, as it was when the build began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Input {
    pub(crate) path: String,
    pub(crate) bytes: u64,
    /// XXH3 of its bytes, 64 bits as hexadecimal digits.
    pub(crate) xxh3: String,
}

/// The files of a build, in their order.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    pub(super) files: Vec<Input>,
    /// What could not be found or opened.
    pub(super) missing: Ledger,
    /// How many that were.
    pub(super) problems: u64,
}

impl Inputs {
    /// Finds the files that the options mean, but those in the folder that is built, and takes their
    /// hashes.
    pub(super) fn find(session: &Session, options: &InputOptions, folder: &Path) -> Result<Inputs> {
        let mut problems = Problems::new(session);
        let mut inputs = Inputs::default();
        let own = fs::canonicalize(folder).ok();
        let is_own = |path: &Path| {
            own.as_ref()
                .is_some_and(|own| fs::canonicalize(path).is_ok_and(|it| it.starts_with(own)))
        };
        for place in input::resolve(&options.input, &mut problems, &mut inputs.missing) {
            let Place::File(path) = place else {
                bail!(
                    "a build reads files, which can be read again; keep standard input in one first"
                );
            };
            if is_own(&path) {
                continue;
            }
            let read = path.to_str().ok_or_else(|| "its name is no UTF-8".to_owned());
            let read = read.and_then(|name| match hash(&path) {
                Ok((bytes, xxh3)) => Ok(Input { path: name.to_owned(), bytes, xxh3 }),
                Err(error) => Err(plain(&error)),
            });
            match read {
                Ok(file) => inputs.files.push(file),
                Err(what) => {
                    input::fail(&shown(&path), &what, &mut problems, &mut inputs.missing);
                }
            }
        }
        inputs.problems = problems.total();
        Ok(inputs)
    }

    /// How many bytes there are to read.
    pub(super) fn bytes(&self) -> u64 {
        self.files.iter().map(|it| it.bytes).sum()
    }

    /// The files in groups, each a run of files.
    pub(super) fn groups(&self) -> Vec<Range<usize>> {
        groups(&self.files)
    }
}

fn groups(files: &[Input]) -> Vec<Range<usize>> {
    let mut groups = Vec::new();
    let (mut from, mut bytes) = (0, 0);
    for (n, file) in files.iter().enumerate() {
        if n > from && bytes + file.bytes > GROUP_BYTES {
            groups.push(from..n);
            (from, bytes) = (n, 0);
        }
        bytes += file.bytes;
    }
    if from < files.len() {
        groups.push(from..files.len());
    }
    groups
}

/// How long a file is, and the hash of its bytes.
pub(crate) fn hash(path: &Path) -> io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let mut hasher = Xxh3::new();
    let mut buffer = vec![0; 1 << 18];
    let mut bytes = 0;
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok((bytes, digits(hasher.digest()))),
            Ok(n) => {
                hasher.update(buffer.get(..n).unwrap_or_default());
                bytes += n as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// A hash as it is written down.
pub(super) fn digits(hash: u64) -> String {
    format!("{hash:016x}")
}

/// A file that decides what is built and is no input: its name, and what was in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Table {
    name: String,
    /// None for what is part of the program.
    xxh3: Option<String>,
}

impl Table {
    /// The table in this file, or the built-in one of this name.
    pub(super) fn of(name: &str) -> Table {
        let xxh3 = hash(&PathBuf::from(name)).ok().map(|it| it.1);
        Table { name: name.to_owned(), xxh3 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_runs_of_files() {
        let file = |mib: u64| Input { path: String::new(), bytes: mib << 20, xxh3: String::new() };
        for (sizes, expected) in [
            (&[][..], &[][..]),
            (&[0], &[(0, 1)]),
            (&[300], &[(0, 1)]),
            (&[30, 30, 4, 1], &[(0, 3), (3, 4)]),
            (&[1, 300, 1, 1], &[(0, 1), (1, 2), (2, 4)]),
        ] {
            let files: Vec<Input> = sizes.iter().map(|&mib| file(mib)).collect();
            let found: Vec<_> = groups(&files).iter().map(|it| (it.start, it.end)).collect();
            assert_eq!(found, expected, "{sizes:?}");
        }
    }
}
