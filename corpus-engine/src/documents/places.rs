//! Which files a name means: one, those of a folder, or those that a glob matches.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use datafusion::common::{Result, plan_err};
use globset::GlobBuilder;
use walkdir::WalkDir;

use super::Problems;

/// The files in the order of their names, at least one; tells of folders that cannot be entered.
pub(super) fn files(place: &str, problems: &Problems) -> Result<Vec<PathBuf>> {
    let path = Path::new(place);
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let found = if path.is_dir() {
        walk(path, usize::MAX, &|_| true, problems)
    } else if place.contains(['*', '?', '[', '{']) {
        matching(place, problems)?
    } else {
        return plan_err!("{place}: there is no such file");
    };
    match found.is_empty() {
        true => plan_err!("{place}: there is no file of this name"),
        false => Ok(found),
    }
}

/// The files that a glob matches.
fn matching(pattern: &str, problems: &Problems) -> Result<Vec<PathBuf>> {
    let glob = match GlobBuilder::new(pattern).literal_separator(true).build() {
        Ok(glob) => glob.compile_matcher(),
        Err(error) => return plan_err!("{pattern}: {}", error.kind()),
    };
    // The walk begins at the last folder before the first special character.
    let special = pattern.find(['*', '?', '[', '{']).unwrap_or(pattern.len());
    let plain = pattern.get(..special).unwrap_or_default();
    let base = plain.rfind('/').and_then(|slash| plain.get(..=slash)).unwrap_or_default();
    // Without `**` a glob reaches as deep as it has slashes.
    let rest = pattern.get(base.len()..).unwrap_or_default();
    let depth = if rest.contains("**") { usize::MAX } else { rest.matches('/').count() + 1 };
    Ok(match base {
        "" => {
            let wanted = |path: &Path| glob.is_match(without_dot(path));
            let found = walk(Path::new("."), depth, &wanted, problems);
            found.iter().map(|path| without_dot(path).to_owned()).collect()
        }
        base if !Path::new(base).is_dir() => Vec::new(),
        base => walk(Path::new(base), depth, &|path| glob.is_match(path), problems),
    })
}

/// The files in a folder and those inside that are wanted.
fn walk(
    folder: &Path,
    depth: usize,
    wanted: &dyn Fn(&Path) -> bool,
    problems: &Problems,
) -> Vec<PathBuf> {
    let entries =
        WalkDir::new(folder).max_depth(depth).follow_links(true).sort_by_file_name().into_iter();
    let entries = entries.filter_entry(|it| it.depth() == 0 || !is_skipped(it.file_name()));
    let mut found = Vec::new();
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_file() && wanted(entry.path()) => {
                found.push(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => {
                let name = error.path().unwrap_or(folder).to_string_lossy();
                problems.tell(&name, &error);
            }
        }
    }
    found
}

fn without_dot(path: &Path) -> &Path {
    path.strip_prefix("./").unwrap_or(path)
}

/// Whether a file or folder of this name is passed over, as the command passes it over: hidden ones, and the pages that explain
/// a folder to people.
pub(super) fn is_skipped(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let stem = name.split('.').next().unwrap_or_default();
    name.starts_with('.')
        || ["README", "LICENSE", "LICENCE"].iter().any(|page| stem.eq_ignore_ascii_case(page))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Problems, files};

    #[test]
    fn names_globs_and_folders_mean_files() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("a/b")).unwrap();
        for name in ["2.txt", "1.txt", "1.csv", "README.md", ".hidden.txt", "a/3.txt", "a/b/4.txt"]
        {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let found = |place: &str| -> Vec<String> {
            let place = format!("{}{place}", folder.path().display());
            let found = files(&place, &Problems::default()).unwrap();
            let name = |it: &std::path::PathBuf| {
                it.strip_prefix(folder.path()).unwrap().to_string_lossy().into_owned()
            };
            found.iter().map(name).collect()
        };
        assert_eq!(found("/1.csv"), ["1.csv"]);
        assert_eq!(found("/*.txt"), ["1.txt", "2.txt"]);
        assert_eq!(found("/*/*.txt"), ["a/3.txt"]);
        assert_eq!(found("/**/*.txt"), ["1.txt", "2.txt", "a/3.txt", "a/b/4.txt"]);
        assert_eq!(found("/a/"), ["a/3.txt", "a/b/4.txt"]);
        // Named, it is meant.
        assert_eq!(found("/README.md"), ["README.md"]);
    }

    #[test]
    fn where_there_is_none_it_is_told() {
        let folder = tempfile::tempdir().unwrap();
        for (place, told) in
            [("/none.txt", "no such file"), ("/*.txt", "no file of this name"), ("/[", "nclosed")]
        {
            let place = format!("{}{place}", folder.path().display());
            let error = files(&place, &Problems::default()).unwrap_err().to_string();
            assert!(error.contains(told), "{place}: {error}");
        }
    }
}
