//! Which files the command line means: files, folders, globs, standard input.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use corpus_parse::Ledger;
use globset::GlobBuilder;
use walkdir::WalkDir;

use crate::problems::{Problems, shown};

/// One place to read from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl Place {
    /// The name in messages.
    pub(crate) fn name(&self) -> String {
        match self {
            Place::Stdin => "standard input".to_owned(),
            Place::File(path) => shown(path),
        }
    }

    /// How many bytes it has, as far as that is known beforehand.
    pub(crate) fn size(&self) -> u64 {
        match self {
            Place::Stdin => 0,
            Place::File(path) => path.metadata().map_or(0, |metadata| metadata.len()),
        }
    }
}

/// The places that the arguments mean, in their order, a folder's in the order of names.
///
/// What cannot be found or entered is told and entered in the ledger with no bytes.
pub(crate) fn resolve(
    names: &[String],
    problems: &mut Problems<'_>,
    ledger: &mut Ledger,
) -> Vec<Place> {
    if names.is_empty() {
        return vec![Place::Stdin];
    }
    let mut places = Vec::new();
    for name in names {
        let path = Path::new(name);
        if name == "-" {
            places.push(Place::Stdin);
        } else if path.is_dir() {
            walk(path, usize::MAX, &|_| true, &mut places, problems, ledger);
        } else if path.symlink_metadata().is_ok() {
            places.push(Place::File(path.to_owned()));
        } else if name.contains(['*', '?', '[', '{']) {
            expand(name, &mut places, problems, ledger);
        } else {
            fail(name, "no such file or folder", problems, ledger);
        }
    }
    places
}

/// Tells that `name` cannot be read, and enters it in the ledger.
pub(crate) fn fail(name: &str, what: &str, problems: &mut Problems<'_>, ledger: &mut Ledger) {
    problems.begin_file();
    problems.tell(name, what);
    ledger.add_unreadable(Some(name), 0, 0, what);
}

const NO_FILE: &str = "a pipe, socket or device, not read in a folder: name it alone to read it";

/// Adds the files of a folder and of those inside, in the order of names.
fn walk(
    folder: &Path,
    depth: usize,
    wanted: &dyn Fn(&Path) -> bool,
    places: &mut Vec<Place>,
    problems: &mut Problems<'_>,
    ledger: &mut Ledger,
) {
    let entries =
        WalkDir::new(folder).max_depth(depth).follow_links(true).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| entry.depth() == 0 || !is_skipped(entry.file_name()))
    {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) if !wanted(entry.path()) => {}
            Ok(entry) if entry.file_type().is_file() => {
                places.push(Place::File(entry.into_path()));
            }
            // Reading it might never end: nobody may write into a pipe that lies about.
            Ok(entry) => fail(&shown(entry.path()), NO_FILE, problems, ledger),
            Err(error) => {
                let name = error.path().map_or_else(|| shown(folder), shown);
                let what = match (error.loop_ancestor(), error.io_error()) {
                    (Some(ancestor), _) => {
                        format!("a link back to {}, not followed", shown(ancestor))
                    }
                    (None, Some(error)) => plain(error),
                    (None, None) => error.to_string(),
                };
                fail(&name, &what, problems, ledger);
            }
        }
    }
}

/// Adds the files that a glob matches.
fn expand(
    pattern: &str,
    places: &mut Vec<Place>,
    problems: &mut Problems<'_>,
    ledger: &mut Ledger,
) {
    let glob = match GlobBuilder::new(pattern).literal_separator(true).build() {
        Ok(glob) => glob.compile_matcher(),
        Err(error) => return fail(pattern, &error.kind().to_string(), problems, ledger),
    };
    // The walk begins at the last folder before the first special character.
    let special = pattern.find(['*', '?', '[', '{']).unwrap_or(pattern.len());
    let plain_part = pattern.get(..special).unwrap_or_default();
    let base = plain_part.rfind('/').and_then(|slash| plain_part.get(..=slash)).unwrap_or("");
    let before = places.len();
    // Without `**` a glob reaches as deep as it has slashes, and what lies deeper is none of its.
    let rest = pattern.get(base.len()..).unwrap_or_default();
    let depth = if rest.contains("**") { usize::MAX } else { rest.matches('/').count() + 1 };
    if base.is_empty() {
        let mut found = Vec::new();
        walk(
            Path::new("."),
            depth,
            &|path| glob.is_match(strip_dot(path)),
            &mut found,
            problems,
            ledger,
        );
        places.extend(found.into_iter().map(|place| match place {
            Place::File(path) => Place::File(strip_dot(&path).to_owned()),
            Place::Stdin => Place::Stdin,
        }));
    } else {
        walk(Path::new(base), depth, &|path| glob.is_match(path), places, problems, ledger);
    }
    if places.len() == before {
        fail(pattern, "no file matches", problems, ledger);
    }
}

fn strip_dot(path: &Path) -> &Path {
    path.strip_prefix("./").unwrap_or(path)
}

/// Whether a walk passes over a file or folder of this name: hidden ones, and the pages that
/// explain a folder to people.
fn is_skipped(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let stem = name.split('.').next().unwrap_or_default();
    name.starts_with('.')
        || ["README", "LICENSE", "LICENCE"].iter().any(|page| stem.eq_ignore_ascii_case(page))
}

/// Whether a member of an archive is passed over, as a file of this name would be in a folder.
pub(crate) fn is_skipped_member(name: &str) -> bool {
    name.split(['/', '\\']).any(|part| {
        part == "__MACOSX" || (is_skipped(OsStr::new(part)) && !matches!(part, "." | ".."))
    })
}

/// An error of the system in lower case and without its number.
pub(crate) fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::is_skipped;

    #[test]
    fn passes_over_hidden_files_and_pages() {
        for (name, skipped) in [
            (".git", true),
            ("README.md", true),
            ("readme", true),
            ("LICENSE-MIT", false),
            ("a.txt", false),
        ] {
            assert_eq!(is_skipped(OsStr::new(name)), skipped, "{name}");
        }
    }
}
