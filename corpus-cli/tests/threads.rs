//! The command prints the same bytes for any number of threads, and says the same.
#![allow(clippy::unwrap_used, reason = "a test")]

mod run;

use std::fs;
use std::path::Path;

use run::corpus;

const GOOD: &str = "Họp về cải cách hành chính\n\nSáng 29/8/2014, tại Hà Nội, ông Trần Văn Bình, Bí thư Huyện ủy, \
                    đã dự hội nghị về Nghị quyết số 25-NQ/TW.\n";

#[test]
fn threads_change_nothing() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let seeds = project.join("seeds");
    if !seeds.is_dir() {
        println!("skipped: no folder `seeds` beside the crate");
        return;
    }
    // Enough for many batches: the texts over and over, as lines.
    let mut lines = Vec::new();
    for _ in 0..8 {
        for entry in fs::read_dir(&seeds).unwrap() {
            lines.extend(fs::read(entry.unwrap().path()).unwrap());
            lines.push(b'\n');
        }
    }
    for command in ["words", "sentences", "extract", "normalize"] {
        let one = corpus(&[command, "--lines", "--jobs", "1"], &lines);
        for jobs in ["2", "7"] {
            let many = corpus(&[command, "--lines", "--jobs", jobs], &lines);
            assert!(one.stdout == many.stdout, "{command} with {jobs} threads differs");
            assert_eq!(
                one.stderr, many.stderr,
                "{command} with {jobs} threads complains differently"
            );
        }
    }
    let seeds = seeds.to_str().unwrap();
    for args in [
        ["summarize", "--json"],
        ["stats", "--json"],
        ["duplicates", "--json"],
        ["documents", "--json"],
    ] {
        let one = corpus(&[args[0], args[1], "--jobs", "1", seeds], b"");
        let many = corpus(&[args[0], args[1], "--jobs", "4", seeds], b"");
        assert!(one.stdout == many.stdout, "{args:?} differs between 1 and 4 threads");
    }
}

/// One file of several pieces, with records that are wrong, too long or no text, between two others.
#[test]
fn one_large_file_is_the_same_for_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let mut lines = String::new();
    for n in 0..6000 {
        let line = match n % 601 {
            7 => "{\"text\": ".to_owned(),
            11 => " ".to_owned(),
            13 => "{\"id\": 5}".to_owned(),
            17 => "{\"text\": \"Nửa \\ud83d\"}".to_owned(),
            19 if n > 4000 => format!("{{\"text\": \"{}\"}}", "mưa ".repeat(300_000)),
            _ => format!("{{\"text\": \"Sáng 29/8/2014, tin số {n}: trời mưa to ở Hà Nội.\"}}"),
        };
        lines.push_str(&line);
        lines.push('\n');
    }
    fs::write(folder.path().join("b.jsonl"), lines).unwrap();
    for name in ["a.txt", "c.txt"] {
        fs::write(folder.path().join(name), GOOD).unwrap();
    }
    let run = |jobs: &str| {
        let place = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let (kept, ledger, all) = (place(".kept"), place(".ledger"), place(""));
        let args = ["documents", "--json", "--max-record", "1", "--jobs", jobs];
        let args = [&args[..], &["--rejected", &kept, "--ledger", &ledger, &all]].concat();
        let output = corpus(&args, b"");
        assert_eq!(output.status.code(), Some(3));
        (output.stdout, output.stderr, fs::read(kept).unwrap(), fs::read(ledger).unwrap())
    };
    let one = run("1");
    // Blank lines are no records.
    assert!(String::from_utf8_lossy(&one.0).contains("b#5989"));
    assert!(String::from_utf8_lossy(&one.1).contains("more problems"));
    for jobs in ["2", "7"] {
        assert!(run(jobs) == one, "{jobs} threads");
    }
}
