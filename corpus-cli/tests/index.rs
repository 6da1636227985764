//! `duplicates --index`: what earlier runs have met is compared with, and told only once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]
#![allow(missing_docs, reason = "a test is no API")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const STORM: &str =
    "Sáng nay bão số năm đổ bộ vào đất liền, gây mưa to gió lớn ở nhiều xã ven biển";

fn duplicates(index: &Path, input: &Path, jobs: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_corpus"))
        .args(["duplicates", "--json", "--threshold", "0.6", "--jobs", jobs, "--index"])
        .args([index, input])
        .output()
        .unwrap()
}

fn pairs(output: &Output) -> Vec<(String, String)> {
    let name = |row: &serde_json::Value, side: &str| row[side].as_str().unwrap().to_owned();
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .map(|row: serde_json::Value| (name(&row, "a"), name(&row, "b")))
        .collect()
}

fn write(folder: &Path, name: &str, rows: &[(&str, String)]) -> std::path::PathBuf {
    let lines: Vec<String> = rows
        .iter()
        .map(|(id, text)| serde_json::json!({ "id": id, "text": text }).to_string())
        .collect();
    let path = folder.join(name);
    fs::write(&path, lines.join("\n") + "\n").unwrap();
    path
}

#[test]
fn only_what_is_new_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("seen.idx");
    let text = |n: u32| format!("{STORM}, ngày thứ {n}.");
    let monday = write(folder.path(), "monday.jsonl", &[("a", text(1)), ("b", text(2))]);
    let tuesday = write(
        folder.path(),
        "tuesday.jsonl",
        &[("b", text(2)), ("c", text(3)), ("d", "Giá lúa tăng nhẹ ở đồng bằng sông lớn.".into())],
    );
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(pairs(&duplicates(&index, &monday, "1")), [pair("a", "b")]);
    let monday_only = fs::read(&index).unwrap();
    assert_eq!(pairs(&duplicates(&index, &tuesday, "1")), [pair("a", "c"), pair("b", "c")]);
    let both = fs::read(&index).unwrap();
    // The same again is nothing new, and the index stays as it is.
    assert_eq!(pairs(&duplicates(&index, &tuesday, "3")), []);
    assert_eq!(fs::read(&index).unwrap(), both);
    // Threads change nothing.
    fs::write(&index, monday_only).unwrap();
    assert_eq!(pairs(&duplicates(&index, &tuesday, "4")), [pair("a", "c"), pair("b", "c")]);
    assert_eq!(fs::read(&index).unwrap(), both);
}

#[test]
fn on_the_disk_it_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let text = |n: u32| format!("{STORM}, ngày thứ {}.", n % 9);
    let rows = |days: std::ops::Range<u32>| -> Vec<(&str, String)> {
        days.map(|n| (["một", "hai", "ba\u{0}b"][n as usize % 3], text(n))).collect()
    };
    let inputs = [
        write(folder.path(), "a.jsonl", &rows(0..20)),
        write(folder.path(), "b.jsonl", &rows(7..40)),
    ];
    let run = |index: &str, more: &[&str]| {
        let index = folder.path().join(index);
        let outputs = inputs.each_ref().map(|input| {
            let output = Command::new(env!("CARGO_BIN_EXE_corpus"))
                .args(["duplicates", "--json", "--index"])
                .args([&index, input])
                .args(more)
                .output()
                .unwrap();
            assert!(output.status.success(), "{output:?}");
            String::from_utf8(output.stdout).unwrap()
        });
        (outputs, fs::read(index).unwrap())
    };
    let expected = run("memory.idx", &[]);
    assert!(expected.0.iter().all(|it| it.lines().count() > 20), "{expected:?}");
    assert!(run("disk.idx", &["--memory", "0"]) == expected);
    let exact = run("memory-exact.idx", &["--exact-only"]);
    assert!(run("disk-exact.idx", &["--exact-only", "--memory", "0"]) == exact);
}

#[test]
fn a_damaged_index_is_told_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("seen.idx");
    let input = write(folder.path(), "a.jsonl", &[("a", STORM.to_owned())]);
    assert!(duplicates(&index, &input, "1").status.success());
    let mut bytes = fs::read(&index).unwrap();
    bytes.truncate(bytes.len() - 1);
    fs::write(&index, &bytes).unwrap();
    let output = duplicates(&index, &input, "1");
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        told.contains("cannot be read as an index: document 0 is damaged: it ends early"),
        "{told}"
    );
    assert_eq!(fs::read(&index).unwrap(), bytes);
}
