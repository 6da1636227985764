//! Runs every case of `tests/golden`: a folder with `args` (one a line), perhaps `stdin`, and what
//! must come out: `stdout`, `stderr` where there is any, `status` where it is not 0. A case that
//! needs features of the command names them in `needs`.
//!
//! `UPDATE_EXPECTED=1` rewrites the expectations; read the difference before you commit it. The
//! commands run in the project's folder, where `seeds` lies; a packaged crate has no such folder.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]
#![allow(missing_docs, reason = "a test is no API")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[test]
fn every_case_gives_what_is_expected() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    if !project.join("seeds").is_dir() {
        println!("skipped: no folder `seeds` beside the crate");
        return;
    }
    let mut cases: Vec<PathBuf> =
        fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_dir())
            .collect();
    cases.sort();
    assert!(!cases.is_empty());
    let wrong: Vec<String> = cases.iter().filter_map(|case| check(case, project)).collect();
    assert!(
        wrong.is_empty(),
        "{}\nhelp: UPDATE_EXPECTED=1 cargo test -p corpus-cli",
        wrong.join("\n")
    );
}

/// Whether the command was built with a feature.
fn has(feature: &str) -> bool {
    match feature {
        "gzip" => cfg!(feature = "gzip"),
        "tar" => cfg!(feature = "tar"),
        "toml" => cfg!(feature = "toml"),
        "zip" => cfg!(feature = "zip"),
        // What lists the commands lists those that a feature brings.
        "no engine" => !cfg!(feature = "engine"),
        _ => panic!("`needs` names the feature {feature}, which this test does not know"),
    }
}

/// Runs one case; says what is wrong with it.
fn check(case: &Path, project: &Path) -> Option<String> {
    let needs = fs::read_to_string(case.join("needs")).unwrap_or_default();
    if !needs.lines().all(has) {
        return None;
    }
    let args = fs::read_to_string(case.join("args")).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_corpus"))
        .args(args.lines())
        .current_dir(project)
        .env("NO_COLOR", "1")
        .env("COLUMNS", "80")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let input = fs::read(case.join("stdin")).unwrap_or_default();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        // A command that reads no standard input may be gone before all of it is written.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let status = match output.status.code() {
        Some(0) => Vec::new(),
        Some(code) => format!("{code}\n").into_bytes(),
        None => b"killed\n".to_vec(),
    };
    let mut wrong = Vec::new();
    for (name, found) in [("stdout", output.stdout), ("stderr", output.stderr), ("status", status)]
    {
        let file = case.join(name);
        let expected = fs::read(&file).unwrap_or_default();
        if found == expected {
            continue;
        }
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            if found.is_empty() {
                fs::remove_file(&file).unwrap();
            } else {
                fs::write(&file, &found).unwrap();
            }
            continue;
        }
        wrong.push(format!(
            "{}: {name} differs{}",
            case.display(),
            first_difference(&expected, &found)
        ));
    }
    (!wrong.is_empty()).then(|| wrong.join("\n"))
}

/// The first line that differs, both ways.
fn first_difference(expected: &[u8], found: &[u8]) -> String {
    let (expected, found) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(found));
    let (mut wanted, mut got) = (expected.lines(), found.lines());
    for number in 1.. {
        match (wanted.next(), got.next()) {
            (None, None) => break,
            (a, b) if a == b => {}
            (a, b) => {
                let (a, b) = (a.unwrap_or("(nothing)"), b.unwrap_or("(nothing)"));
                return format!(" in line {number}\n  expected: {a}\n  found:    {b}");
            }
        }
    }
    " in its last line end".to_owned()
}
