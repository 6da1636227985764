//! What `corpus filter` promises: every document is kept or told, and what is printed can be read
//! again.

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

use serde_json::Value;

fn corpus(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_corpus"))
        .args(args)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

/// The objects of a file of JSON Lines.
fn rows(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Documents, every other of which is long enough to be kept, with texts that are hard to print.
fn write_documents(path: &Path) -> usize {
    let sentence = "Sáng nay đoàn công tác của huyện số SỐ đã đến các xã vùng cao và xem lại những \
                    con đường được sửa trong năm ngoái.\n";
    let mut lines = String::new();
    let hard = ["\u{0}", "\u{1b}[2J", "<script>", "\u{202e}", "\t\"\\", "\u{2028}"];
    for n in 0..60 {
        let mut text: String = (0..if n % 2 == 0 { 3 } else { 1 })
            .map(|k| sentence.replace("SỐ", &(n * 7 + k).to_string()))
            .collect();
        text.push_str(hard[n % hard.len()]);
        let row = serde_json::json!({"id": format!("d{n}"), "text": text, "extra field": n});
        lines.push_str(&format!("{row}\n"));
    }
    fs::write(path, lines).unwrap();
    60
}

#[test]
fn documents_are_kept_or_rejected_word_for_word() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let n = write_documents(&at("all.jsonl"));
    // Documents of a few lines only break this rule.
    fs::write(at("short.tsv"), "gopher_short_doc 50\n").unwrap();
    let args = ["filter", "--preset", "short.tsv", "all.jsonl", "-o", "kept.jsonl"];
    let run = corpus(
        folder.path(),
        &[&args[..], &["--rejected", "dropped.jsonl", "--ledger", "ledger.json"]].concat(),
    );
    assert_eq!(run.status.code(), Some(0));
    let told = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(told.contains("60 documents, 30 kept, 30 dropped"), "{told}");

    let (all, kept, dropped) =
        (rows(&at("all.jsonl")), rows(&at("kept.jsonl")), rows(&at("dropped.jsonl")));
    assert_eq!((kept.len(), dropped.len()), (n / 2, n / 2));
    for (place, row) in all.iter().enumerate() {
        let found = if place % 2 == 0 { &kept[place / 2] } else { &dropped[place / 2] };
        assert_eq!((&found["id"], &found["text"]), (&row["id"], &row["text"]));
        assert_eq!(found["extra field"].as_str().unwrap(), row["extra field"].to_string());
        assert_eq!(found["reasons"].is_null(), place % 2 == 0);
    }

    // Every byte that was read is with the documents, rejected or between.
    let ledger = &rows(&at("ledger.json"))[0];
    let rejected = &ledger["rejected"][0];
    assert_eq!((&rejected["reason"], &rejected["count"]), (&"gopher_short_doc".into(), &30.into()));
    let texts: u64 = dropped.iter().map(|row| row["text"].as_str().unwrap().len() as u64).sum();
    assert_eq!(rejected["bytes"], texts);
    let sum = ["bytes_documents", "bytes_separators"].map(|name| ledger[name].as_u64().unwrap());
    assert_eq!(ledger["bytes_in"], sum[0] + sum[1] + texts);
    assert_eq!(ledger["bytes_in"], fs::metadata(at("all.jsonl")).unwrap().len());

    // What was kept is kept again, with the same bytes.
    let args = ["filter", "--preset", "short.tsv", "kept.jsonl", "-o", "again.jsonl"];
    assert_eq!(corpus(folder.path(), &args).status.code(), Some(0));
    assert_eq!(fs::read(at("kept.jsonl")).unwrap(), fs::read(at("again.jsonl")).unwrap());
}

#[test]
fn decisions_do_not_depend_on_threads() {
    let folder = tempfile::tempdir().unwrap();
    write_documents(&folder.path().join("all.jsonl"));
    let run = |jobs| {
        corpus(folder.path(), &["filter", "--explain", "--json", "--jobs", jobs, "all.jsonl"])
    };
    let one = run("1");
    assert_eq!(one.stdout, run("4").stdout);
    assert_eq!(String::from_utf8_lossy(&one.stdout).lines().count(), 60);
}

#[test]
fn a_preset_with_a_mistake_is_told_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bad.tsv"), "# mine\ntop_2_gramm 0.2\n").unwrap();
    fs::write(folder.path().join("none.tsv"), "# nothing\n").unwrap();
    for (file, message) in [
        ("bad.tsv", "bad.tsv: line 2: no rule is called \"top_2_gramm\""),
        ("none.tsv", "none.tsv: no rules in it"),
        (".", ".: cannot be read"),
    ] {
        let run = corpus(folder.path(), &["filter", "--preset", file, "bad.tsv"]);
        let told = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(run.status.code() == Some(2) && told.contains(message), "{told}");
    }
}

#[test]
fn a_failing_run_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["filter", "missing.jsonl", "-o", "kept.jsonl", "--rejected", "dropped.jsonl"];
    assert_eq!(corpus(folder.path(), &args).status.code(), Some(2));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
