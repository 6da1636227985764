//! What the command says to somebody for whom nothing came out, or who looks for where it came from.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]
#![allow(missing_docs, reason = "a test is no API")]

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// Three documents in a file, which have neither address nor date, but for the last.
const CRAWL: &str = r#"{"id": "tin-1", "text": "Tỉnh cải cách hành chính."}
{"id": "tin-2", "text": "Xã cải cách thủ tục. Trời mưa."}
{"id": "tin-3", "date": "2017-03-04", "text": "Trời mưa, mưa to."}
"#;

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("crawl.jsonl"), CRAWL).unwrap();
    folder
}

/// Exit status, standard output and standard error, run in the folder.
fn corpus(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_corpus"))
        .args(args)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_place_in_a_file_of_many_documents_is_that_of_the_document() {
    let folder = folder();
    let (_, places, _) = corpus(folder.path(), &["kwic", "cải cách", "crawl.jsonl"]);
    let ends: Vec<&str> = places.lines().map(|line| line.rsplit(' ').next().unwrap()).collect();
    assert_eq!(ends, ["tin-1:7", "tin-2:4"]);
    let (_, facts, _) =
        corpus(folder.path(), &["extract", "--published", "2017-03-05", "crawl.jsonl"]);
    assert!(facts.lines().all(|line| !line.starts_with("crawl.jsonl") || line.contains("  tin-")));

    fs::write(folder.path().join("one.txt"), "Tỉnh cải cách hành chính.").unwrap();
    let (_, places, _) = corpus(folder.path(), &["kwic", "cải cách", "one.txt"]);
    assert!(places.trim_end().ends_with("  one.txt:7"), "{places}");
}

#[test]
fn a_field_that_no_document_has_is_told() {
    let folder = folder();
    let wrong = ["kwic", "mưa", "--where", "publishd >= 2017", "crawl.jsonl"];
    let (status, places, told) = corpus(folder.path(), &wrong);
    assert_eq!((status, places.as_str()), (Some(1), ""));
    assert_eq!(told, "note: --where: no document has the field \"publishd\"\n");

    let right = ["kwic", "mưa", "--where", "published >= 2017", "crawl.jsonl"];
    let (status, places, told) = corpus(folder.path(), &right);
    assert_eq!((status, places.lines().count(), told.as_str()), (Some(0), 2, ""));
}

#[test]
fn documents_without_a_site_are_told_where_sites_are_learned() {
    let folder = folder();
    let (status, _, told) = corpus(folder.path(), &["sites", "crawl.jsonl"]);
    assert_eq!(status, Some(1));
    assert!(told.starts_with("note: 3 of 3 documents have no site"), "{told}");
}

/// Every command that reads documents, and how it ends when there are none.
const READERS: [(&[&str], i32); 18] = [
    (&["summarize"], 0),
    (&["documents"], 0),
    (&["sentences"], 0),
    (&["words"], 0),
    (&["normalize"], 0),
    (&["extract"], 1),
    (&["stats"], 0),
    (&["duplicates"], 0),
    (&["duplicates", "--level", "paragraph"], 0),
    (&["filter"], 0),
    (&["frequency"], 1),
    (&["frequency", "--where", "site = x"], 1),
    (&["ngrams"], 1),
    (&["kwic", "mưa"], 1),
    (&["collocations", "mưa"], 1),
    (&["keyness"], 1),
    (&["dispersion"], 1),
    (&["sites"], 1),
];

#[test]
fn an_input_without_documents_is_told_with_what_to_do() {
    let folder = folder();
    let folder = folder.path();
    fs::create_dir(folder.join("two")).unwrap();
    for (name, text) in
        [("empty.txt", ""), ("blank.txt", "\n \n"), ("two/a.txt", ""), ("two/b.txt", "")]
    {
        fs::write(folder.join(name), text).unwrap();
    }
    let inputs: [(&[&str], &str); 4] = [
        (&[], "standard input is empty: pipe a text in, or name files or folders"),
        (&["empty.txt"], "empty.txt: the file is empty; name files or folders that have a text"),
        (
            &["blank.txt"],
            "blank.txt: no document in 3 bytes; --ledger FILE tells what was found instead, \
             and --format NAME reads it as something else",
        ),
        (&["two"], "two: all 2 files are empty; name files or folders that have a text"),
    ];
    for (command, status) in READERS {
        for (input, told) in inputs {
            if command == ["normalize"] && input == ["blank.txt"] {
                // Blanks have a normal form too.
                continue;
            }
            let (ended, _, notes) = corpus(folder, &[command, input].concat());
            assert_eq!(ended, Some(status), "{command:?} {input:?}");
            assert_eq!(notes, format!("note: {told}\n"), "{command:?} {input:?}");
        }
        let (ended, _, notes) = corpus(folder, &[command, &["--quiet"]].concat());
        assert_eq!((ended, notes.as_str()), (Some(status), ""), "{command:?}");
    }
    // Of two inputs that one is named which has no documents.
    for command in [
        &["keyness", "crawl.jsonl", "--reference", "empty.txt"][..],
        &["diff", "crawl.jsonl", "empty.txt"],
        &["convert", "empty.txt", "-o", "out.jsonl"],
    ] {
        let (_, _, notes) = corpus(folder, command);
        assert_eq!(notes, format!("note: {}\n", inputs[1].1), "{command:?}");
    }
}

#[cfg(feature = "toml")]
#[test]
fn a_file_that_describes_a_format_may_say_whose_texts_they_are() {
    let folder = folder();
    let format = "name = \"tin\"\nsite = \"Tin.Example\"\n[record]\nseparator = '@@@'\n[text]\nfind = \"body\"\n";
    fs::write(folder.path().join("tin.toml"), format).unwrap();
    let texts = ["mưa", "nắng", "gió"].map(|it| format!("Sáng nay trời {it} ở vùng núi phía bắc."));
    let dump = texts.map(|text| format!("{text}\nTải ứng dụng Tin Xa\n")).join("@@@\n");
    fs::write(folder.path().join("dump.txt"), dump).unwrap();
    let (status, rows, told) =
        corpus(folder.path(), &["sites", "--format", "tin.toml", "dump.txt"]);
    assert_eq!((status, told.as_str()), (Some(0), ""));
    assert!(
        rows.contains("tin.example\tboilerplate\tTải ứng dụng Tin Xa\t3 of 3 documents"),
        "{rows}"
    );
}

#[test]
fn every_month_has_its_first_rows() {
    let folder = folder();
    let by_month = ["frequency", "--by", "month", "--top", "1", "crawl.jsonl"];
    let (_, table, _) = corpus(folder.path(), &by_month);
    let rows: Vec<&str> = table.lines().collect();
    assert!(
        rows[1].starts_with("–        cải cách") && rows[2].starts_with("2017-03  mưa"),
        "{table}"
    );
    let (_, rows, _) = corpus(folder.path(), &[&by_month[..], &["--csv"]].concat());
    assert!(rows.contains("\r\n,cải cách,2,") && rows.contains("\r\n2017-03,mưa,2,"), "{rows}");
}
