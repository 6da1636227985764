//! What stands on the disk when a conversion has ended, was killed or could not write, and what is kept
//! of what could not be read.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]
#![allow(missing_docs, reason = "a test is no API")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

const ARTICLE: &str = "Họp về cải cách hành chính\n\nSáng 29/8/2014, tại Hà Nội, ông Trần Văn Bình, Bí thư Huyện ủy, \
                       đã dự hội nghị về Nghị quyết số 25-NQ/TW.\n\nHội nghị bàn về 17,6 tỷ đồng.\n";

fn corpus(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_corpus"))
        .args(args)
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// A line of JSON with an article in it.
fn record(n: usize) -> String {
    let text = format!("{ARTICLE}Số {n}.\n");
    format!("{}\n", serde_json::json!({ "id": format!("tin-{n}"), "text": text }))
}

/// What stands in a folder but hidden files.
fn shown(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
    names.sort();
    names
}

#[test]
fn every_format_is_written_by_its_ending() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("in.jsonl"), (0..40).map(record).collect::<String>()).unwrap();
    #[allow(
        clippy::match_like_matches_macro,
        reason = "without the features every arm but the last is false"
    )]
    let packed = |ending: &str| match ending {
        "gz" => cfg!(feature = "gzip"),
        "zst" => cfg!(feature = "zstd"),
        "parquet" => cfg!(feature = "parquet"),
        _ => true,
    };
    for ending in
        ["jsonl", "csv", "conllu", "vrt", "tei", "jsonl.gz", "vrt.zst", "conllu.gz", "parquet"]
    {
        let out = path(&format!("out.{ending}"));
        let output = corpus(&["convert", &path("in.jsonl"), "-o", &out]);
        if !packed(ending.rsplit('.').next().unwrap()) {
            assert_eq!(output.status.code(), Some(2), "{ending}");
            assert!(!Path::new(&out).exists());
            continue;
        }
        assert!(output.status.success(), "{ending}: {}", String::from_utf8_lossy(&output.stderr));
        if ending == "tei" {
            continue;
        }
        // What is read back has the same texts, or the same words where the format has no text.
        let words = |input: &str| {
            let output = corpus(&["words", input]);
            assert!(output.status.success(), "{ending}");
            String::from_utf8(output.stdout).unwrap()
        };
        assert_eq!(words(&out), words(&path("in.jsonl")), "{ending}");
    }
    let left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with('.')), "{left:?}");
}

#[test]
fn a_conversion_that_is_killed_leaves_nothing_under_the_name() {
    // How much is written to standard input before the end: nothing, a document, more than is held
    // back at a time, everything.
    let batches = [0, 1, 1_000, 3_000];
    let columns = if cfg!(feature = "parquet") { "parquet" } else { "csv" };
    for ending in ["jsonl", "vrt", "tei", columns] {
        for (moment, n) in batches.into_iter().enumerate() {
            let folder = tempfile::tempdir().unwrap();
            let out = folder.path().join(format!("out.{ending}"));
            let there = moment % 2 == 1;
            if there {
                fs::write(&out, "an older file").unwrap();
            }
            let mut child = Command::new(env!("CARGO_BIN_EXE_corpus"))
                .args(["convert", "--format", "jsonl", "-", "-o", out.to_str().unwrap()])
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let mut pipe = child.stdin.take().unwrap();
            for i in 0..n {
                pipe.write_all(record(i).as_bytes()).unwrap();
            }
            pipe.flush().unwrap();
            sleep(Duration::from_millis(20 * moment as u64));
            // The input is still open, so the run cannot have ended.
            child.kill().unwrap();
            child.wait().unwrap();
            drop(pipe);
            if there {
                assert_eq!(shown(folder.path()), [format!("out.{ending}")]);
                assert_eq!(fs::read_to_string(&out).unwrap(), "an older file");
            } else {
                assert!(shown(folder.path()).is_empty(), "{ending}, moment {moment}");
            }
        }
    }
}

/// A limit to the size of files stands for a disk that is full: writing fails at some byte.
#[cfg(unix)]
#[test]
fn a_conversion_that_cannot_write_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in.jsonl");
    fs::write(&input, (0..2_000).map(record).collect::<String>()).unwrap();
    for ending in ["jsonl", "vrt", "csv", "tei"] {
        // In blocks of 512 bytes.
        for blocks in [0, 1, 130, 700] {
            let out = folder.path().join(format!("out.{ending}"));
            let script =
                format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" convert \"$1\" -o \"$2\"");
            let output = Command::new("sh")
                .args(["-c", &script, env!("CARGO_BIN_EXE_corpus")])
                .args([&input, &out])
                .env("NO_COLOR", "1")
                .output()
                .unwrap();
            let told = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{ending}, {blocks}: {told}");
            assert!(told.contains("error: "), "{ending}, {blocks}: {told}");
            let left: Vec<_> =
                fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
            assert_eq!(left, ["in.jsonl"], "{ending}, {blocks}");
        }
    }
}

/// The same on a disk that is full, where this user may mount one.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in.jsonl");
    fs::write(&input, (0..2_000).map(record).collect::<String>()).unwrap();
    let disk = folder.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let script = "mount -t tmpfs -o size=128k tmpfs \"$2\" || exit 99
        \"$0\" convert \"$1\" -o \"$2/out.jsonl\" 2> \"$2.told\"; echo \"status $?\"; ls -A \"$2\"";
    let output = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", script, env!("CARGO_BIN_EXE_corpus")])
        .args([&input, &disk])
        .env("NO_COLOR", "1")
        .output();
    let Some(output) = output.ok().filter(|output| output.status.success()) else {
        println!("skipped: this user may mount no disk");
        return;
    };
    assert_eq!(String::from_utf8_lossy(&output.stdout), "status 2\n");
    let told = fs::read_to_string(folder.path().join("disk.told")).unwrap();
    assert!(told.contains("No space left"), "{told}");
}

#[test]
fn gold_layers_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    // No lexicon has such words.
    let gold = "# newdoc id = a\n# newpar\n# sent_id = a-1\n# text = bàn ghế tủ kệ.\n\
                1\tbàn ghế tủ\t_\t_\t_\t_\t_\t_\t_\t_\n2\tkệ\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\
                3\t.\t_\t_\t_\t_\t_\t_\t_\tSpacesAfter=\\n\n\n";
    fs::write(path("gold.conllu"), gold).unwrap();
    for ending in ["vrt", "jsonl", "conllu"] {
        let out = path(&format!("out.{ending}"));
        assert!(corpus(&["convert", &path("gold.conllu"), "-o", &out]).status.success());
        let back = path("back.conllu");
        assert!(corpus(&["convert", &out, "-o", &back]).status.success());
        let back = fs::read_to_string(back).unwrap();
        let rows = |text: &str| {
            let words = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
            words.map(|line| line.split('\t').nth(1).unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(rows(&back), rows(gold), "{ending}");
    }
}

#[test]
fn what_is_no_document_is_kept_and_accounted_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let bad = "{\"id\": \"x\", \"text\": \"tr\n{\"id\": \"y\"}\r\n";
    fs::write(path("in.jsonl"), record(1) + bad + &record(2) + "\u{1}\n").unwrap();
    let sum = |name: &str| {
        let ledger: Value = serde_json::from_slice(&fs::read(path(name)).unwrap()).unwrap();
        let n = |name: &str| ledger[name].as_u64().unwrap();
        let rows = |name: &str| {
            let rows = ledger[name].as_array().unwrap().iter();
            rows.map(|row| row["bytes"].as_u64().unwrap()).sum::<u64>()
        };
        let spent = n("bytes_documents") + n("bytes_separators");
        assert_eq!(n("bytes_in"), spent + rows("rejected") + rows("unreadable"), "{ledger}");
        (n("bytes_in"), rows("unreadable"))
    };
    let size = fs::metadata(path("in.jsonl")).unwrap().len();
    for command in [
        &["documents"][..],
        &["sentences"],
        &["words"],
        &["stats"],
        &["extract"],
        &["frequency"],
        &["duplicates"],
        &["summarize"],
        &["normalize", "--format", "jsonl"],
        &["convert", "--to", "csv"],
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_corpus"))
            .args(command)
            .args([&path("in.jsonl"), "--ledger", &path("ledger"), "--rejected", &path("rejected")])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(3), "{command:?}");
        assert_eq!(
            fs::read_to_string(path("rejected")).unwrap(),
            bad.to_owned() + "\u{1}\n",
            "{command:?}"
        );
        assert_eq!(sum("ledger"), (size, bad.len() as u64 + 2), "{command:?}");
    }
    // Two inputs have one account.
    let input = path("in.jsonl");
    let args = ["keyness", &input, "--reference", &input];
    corpus(&[&args[..], &["--ledger", &path("ledger"), "--rejected", &path("rejected")]].concat());
    assert_eq!(sum("ledger"), (2 * size, 2 * (bad.len() as u64 + 2)));
    // What the filter turns down is rejected too.
    let output =
        corpus(&["filter", &input, "--ledger", &path("ledger"), "--rejected", &path("rejected")]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(sum("ledger"), (size, bad.len() as u64 + 2));
}

#[test]
fn the_account_says_what_files_were_decoded_from() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("new.txt"), "Họp về cải cách hành chính.\n").unwrap();
    // `Các bạn nhỏ đến trường sớm` in TCVN3.
    let old = b"C\xB8c b\xB9n nh\xE1 \xAE\xD5n tr\xAD\xEAng s\xEDm\n".repeat(20);
    fs::write(path("old.txt"), old).unwrap();
    for command in ["documents", "filter", "words"] {
        let account = path("ledger.json");
        corpus(&[command, &path("new.txt"), &path("old.txt"), "--ledger", &account]);
        let ledger: Value = serde_json::from_slice(&fs::read(&account).unwrap()).unwrap();
        let encodings = ledger["encodings"].as_array().unwrap();
        assert_eq!(encodings.len(), 1, "{command}");
        assert_eq!(encodings[0]["path"], path("old.txt"));
        assert_eq!(
            (&encodings[0]["encoding"], &encodings[0]["garbled"]),
            (&"tcvn3".into(), &false.into())
        );
    }
}

/// The same documents, and the same words about what is wrong, from a file and through a pipe.
#[cfg(feature = "parquet")]
#[test]
fn columns_are_read_from_a_pipe_and_damaged_ones_without_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("in.jsonl"), (0..40).map(record).collect::<String>()).unwrap();
    assert!(corpus(&["convert", &path("in.jsonl"), "-o", &path("in.parquet")]).status.success());
    let sound = fs::read(path("in.parquet")).unwrap();

    let piped = |bytes: &[u8]| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_corpus"))
            .args(["convert", "-", "--to", "csv", "-o", &path("out.csv")])
            .env("NO_COLOR", "1")
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(bytes).unwrap();
        let output = child.wait_with_output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(piped(&sound).0, Some(0));
    let rows = fs::read_to_string(path("out.csv")).unwrap();
    assert_eq!(rows.matches("Nghị quyết số 25-NQ/TW").count(), 40);

    for place in (8..sound.len()).step_by(sound.len() / 25) {
        let mut damaged = sound.clone();
        damaged[place] ^= 0xff;
        fs::write(path("damaged.parquet"), &damaged).unwrap();
        let output = corpus(&["documents", &path("damaged.parquet")]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(matches!(output.status.code(), Some(0 | 2 | 3)), "{place}: {said}");
        assert!(!said.contains("panicked"), "{place}: {said}");
    }
}
