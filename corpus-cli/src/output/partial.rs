//! Files on their way to a name: hidden beside it, and removed by the next run where one was killed.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// The file in a folder that is held while the folder is written.
const HELD: &str = "annotation.conf";

/// A hidden name beside the file, so that renaming stays within one file system.
pub(crate) fn name(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.partial", std::process::id()))
}

/// Holds a file as long as it is open, so that no other run takes it for one that was left behind.
pub(crate) fn claim(file: &File) {
    // Where files cannot be locked, what was left behind stays, and nothing else is different.
    let _ = file.try_lock();
}

/// Removes what killed runs have left beside this name; what another run is writing stays.
///
/// Nobody waits for it, so a failure changes nothing.
pub(crate) fn remove_stale(path: &Path) {
    let Some(name) = path.file_name() else { return };
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let begin = format!(".{}.", name.to_string_lossy());
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let hidden = entry.file_name().to_string_lossy().into_owned();
        let number = hidden.strip_prefix(&begin).and_then(|it| it.strip_suffix(".partial"));
        let ours = number.is_some_and(|it| it.parse::<u32>().is_ok());
        let Ok(kind) = entry.file_type() else { continue };
        if !ours || kind.is_symlink() {
            continue;
        }
        let path = entry.path();
        if kind.is_dir() {
            if is_left(&path.join(HELD)) {
                let _ = fs::remove_dir_all(&path);
            }
        } else if is_left(&path) {
            let _ = fs::remove_file(&path);
        }
    }
}

/// Whether no run holds this file.
fn is_left(path: &Path) -> bool {
    // Locks end with the run that holds them, however it ends.
    File::options().write(true).open(path).is_ok_and(|file| file.try_lock().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_behind_goes_and_what_is_held_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let left = [".tin.csv.7.partial", ".tin.csv.4000000000.partial"];
        let others = [".tin.csv.partial", ".tin.csv.x.partial", ".an.tin.csv.7.partial", "tin.csv"];
        for name in left.iter().chain(&others) {
            fs::write(path(name), "a").unwrap();
        }
        let held = File::create(path(".tin.csv.8.partial")).unwrap();
        claim(&held);
        for (name, is_held) in [(".tin.csv.9.partial", true), (".tin.csv.10.partial", false)] {
            fs::create_dir(path(name)).unwrap();
            let file = File::create(path(name).join(HELD)).unwrap();
            if is_held {
                claim(&file);
                std::mem::forget(file);
            }
        }
        remove_stale(&path("tin.csv"));
        let mut there: Vec<String> = fs::read_dir(folder.path())
            .unwrap()
            .map(|it| it.unwrap().file_name().into_string().unwrap())
            .collect();
        there.sort();
        let mut expected = others.map(str::to_owned).to_vec();
        expected.extend([".tin.csv.8.partial".to_owned(), ".tin.csv.9.partial".to_owned()]);
        expected.sort();
        assert_eq!(there, expected);
    }
}
