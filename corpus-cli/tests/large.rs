//! Large files: what several threads make of one, and what is told of one that they cannot share.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Runs the command in a folder.
fn corpus(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corpus"));
    command.current_dir(folder).args(args).env("NO_COLOR", "1").output().unwrap()
}

/// JSON lines that do not pack to nothing.
fn lines(bytes: usize) -> String {
    let (mut lines, mut seed) = (String::new(), 7u64);
    while lines.len() < bytes {
        let mut words = String::new();
        for _ in 0..200 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let word = (seed >> 33) as usize;
            let syllables = ["mưa", "đường", "trơn", "sông", "cầu", "huyện", "nước", "nắng"];
            write!(words, "{} {} ", syllables[word % 8], word % 100_003).unwrap();
        }
        writeln!(lines, "{{\"text\":\"Trời {}.\"}}", words.trim()).unwrap();
    }
    lines
}

#[test]
fn packed_members_are_read_the_same_by_any_number_of_threads() {
    for packed in ["tin.jsonl.gz", "tin.jsonl.zst"] {
        if !cfg!(feature = "gzip") || !cfg!(feature = "zstd") {
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        fs::write(path.join("tin.jsonl"), lines(400_000)).unwrap();
        let made = corpus(path, &["convert", "tin.jsonl", "-o", packed]);
        assert!(made.status.success(), "{made:?}");
        let one = fs::read(path.join(packed)).unwrap();
        let (text, many) = (fs::read(path.join("tin.jsonl")).unwrap(), 2_500_000 / one.len() + 1);
        let mut members = one.repeat(many);
        fs::write(path.join("many.jsonl"), text.repeat(many)).unwrap();
        fs::write(path.join(packed), &members).unwrap();

        let run = |jobs: &str, file: &str| {
            let output = corpus(path, &["words", "--jobs", jobs, "--ledger", "ledger", file]);
            (output.stdout, output.stderr, fs::read_to_string(path.join("ledger")).unwrap())
        };
        let plain = run("1", "many.jsonl").0;
        let expected = run("1", packed);
        assert!(expected.0 == plain, "{packed}");
        for jobs in ["2", "7"] {
            assert!(run(jobs, packed) == expected, "{packed} with {jobs} threads");
        }

        // A flipped bit in the midst, and an end that is missing.
        let middle = members.len() / 2;
        members[middle] ^= 0x10;
        members.truncate(members.len() - 1000);
        fs::write(path.join(packed), &members).unwrap();
        let expected = run("1", packed);
        assert!(expected.2.contains("\"error\""), "{}", expected.2);
        for jobs in ["2", "7"] {
            assert!(run(jobs, packed) == expected, "{packed} damaged, with {jobs} threads");
        }
    }
}

#[test]
fn a_table_is_read_the_same_by_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let rows = "7,\"Trời mưa,\nđường trơn.\"\n8,Cầu đã \"thông\" xe.\n\n9\n".repeat(20_000);
    // Behind a quote that nothing closes one thread reads on.
    for (name, stray) in [("tin.csv", ""), ("stray.csv", "10,\"Lũ\n")] {
        fs::write(path.join(name), format!("id,text\n{rows}{stray}{rows}")).unwrap();
        let run = |jobs: &str| {
            let output = corpus(path, &["words", "--jobs", jobs, "--ledger", "ledger", name]);
            (output.stdout, output.stderr, fs::read_to_string(path.join("ledger")).unwrap())
        };
        let expected = run("1");
        assert!(!expected.2.contains("\"uncut\""), "{}", expected.2);
        for jobs in ["2", "7"] {
            assert!(run(jobs) == expected, "{name} with {jobs} threads");
        }
    }
}

#[test]
fn framed_records_are_read_the_same_by_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let record = "https://tin.vn/a-1.html\n-----\nMưa lớn\n-----\nTrời mưa.\nĐường trơn.\n-----\n";
    let records = record.repeat(20_000);
    // Behind a frame that is broken one thread reads on.
    for (name, broken) in [("tin.txt", ""), ("broken.txt", "https://tin.vn/b\n-----\nLũ\n")] {
        fs::write(path.join(name), format!("{records}{broken}{records}")).unwrap();
        let run = |jobs: &str| {
            let output = corpus(path, &["words", "--jobs", jobs, "--ledger", "ledger", name]);
            (output.stdout, output.stderr, fs::read_to_string(path.join("ledger")).unwrap())
        };
        let expected = run("1");
        assert!(!expected.2.contains("\"uncut\""), "{}", expected.2);
        for jobs in ["2", "7"] {
            assert!(run(jobs) == expected, "{name} with {jobs} threads");
        }
    }
}

#[test]
fn a_large_file_that_cannot_be_cut_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let feed = "<item><title>Tin</title><description>Trời mưa.</description></item>\n";
    let feed = format!("<rss><channel>{}</channel></rss>", feed.repeat(250_000));
    fs::write(path.join("tin.rss"), feed).unwrap();
    fs::write(path.join("tin.jsonl"), lines(100_000)).unwrap();
    let output = corpus(path, &["words", "--ledger", "ledger", "tin.rss", "tin.jsonl"]);
    let ledger = fs::read_to_string(path.join("ledger")).unwrap();
    let expected = "\"uncut\":[{\"path\":\"tin.rss\",\"format\":\"feed\"}]";
    assert!(ledger.contains(expected), "{ledger} {:?}", output.status);
}
