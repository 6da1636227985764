//! What the command promises whatever the input: damage told and counted, exit statuses, quiet ends.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]
#![allow(missing_docs, reason = "a test is no API")]

mod run;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use run::corpus;

const GOOD: &str = "Họp về cải cách hành chính\n\nSáng 29/8/2014, tại Hà Nội, ông Trần Văn Bình, Bí thư Huyện ủy, \
                    đã dự hội nghị về Nghị quyết số 25-NQ/TW.\n\nHội nghị bàn về 17,6 tỷ đồng.\n";

/// A gzip member without compression whose check sum is missing.
const GZIP_CUT_OFF: &[u8] = b"\x1f\x8b\x08\0\0\0\0\0\0\xff\x01\x04\0\xfb\xffTin.";

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder with one good document and the file given.
fn folder_with(name: &str, data: &[u8]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.txt"), GOOD).unwrap();
    fs::write(folder.path().join(name), data).unwrap();
    folder
}

/// The ledger of `summarize --json`, checked to close.
fn ledger(path: &Path) -> Value {
    let output = corpus(&["summarize", "--json", path.to_str().unwrap()], b"");
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
    let ledger = summary["ledger"].clone();
    let sum = |rows: &Value| {
        rows.as_array().unwrap().iter().map(|row| row["bytes"].as_u64().unwrap()).sum::<u64>()
    };
    let n = |name: &str| ledger[name].as_u64().unwrap();
    assert_eq!(
        n("bytes_in"),
        n("bytes_documents")
            + n("bytes_separators")
            + sum(&ledger["rejected"])
            + sum(&ledger["unreadable"]),
        "{ledger}"
    );
    ledger
}

#[test]
fn bad_input_is_told_and_the_rest_goes_on() {
    let mut binary: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    binary[0] = 0;
    let mut inside = GOOD.as_bytes().to_vec();
    let at = GOOD.find("Hội").unwrap();
    inside.splice(at..at, [0xff, 0xfe, 0xc3]);
    let json = "{\"id\":\"x\",\"title\":\"Tin\",\"text\":\"Chiều 4/3/2017, hội nghị bế mạc.\"}\n";
    let bad_json = format!("{json}{{\"id\": \"y\", \"text\": \"tr\n{json}");
    let deep = format!("{json}{{\"text\":{}{}}}\n", "[".repeat(100_000), "]".repeat(100_000));
    let cut_off = if cfg!(feature = "gzip") { "breaks off" } else { "decompress it first" };
    // (name, file, data, what must be told, if anything)
    let cases: [(&str, &str, &[u8], Option<&str>); 11] = [
        ("empty", "a.txt", b"", None),
        ("blank", "a.txt", b"\n \n\n", None),
        ("binary", "a.txt", &binary, Some("binary data")),
        ("invalid UTF-8 inside", "a.txt", &inside, Some("U+FFFD")),
        ("byte-order mark", "a.txt", "\u{feff}Trời mưa.\n".as_bytes(), None),
        ("gzip", "a.jsonl.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0", None),
        ("gzip cut off", "a.txt.gz", GZIP_CUT_OFF, Some(cut_off)),
        ("malformed JSON", "a.jsonl", bad_json.as_bytes(), Some("line 2")),
        ("deep JSON", "a.jsonl", deep.as_bytes(), Some("line 2")),
        ("dashes only", "a.txt", b"-----------------\n-----------------\n", None),
        ("marks only", "a.txt", "\u{301}".repeat(10_000).leak().as_bytes(), None),
    ];
    for (name, file, data, told) in cases {
        let folder = folder_with(file, data);
        let output = corpus(&["extract", "--json", folder.path().to_str().unwrap()], b"");
        assert!(
            String::from_utf8_lossy(&output.stdout).contains("2014-08-29"),
            "{name}: the good document is lost"
        );
        match told {
            Some(what) => {
                assert_eq!(output.status.code(), Some(3), "{name}: {}", stderr(&output));
                let message = stderr(&output);
                assert!(message.contains(file) && message.contains(what), "{name}: {message}");
            }
            None => {
                assert!(matches!(output.status.code(), Some(0 | 3)), "{name}: {}", stderr(&output))
            }
        }
        ledger(folder.path());
    }
}

#[test]
fn a_huge_line_is_rejected_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let mut data = "{\"text\":\"Trời mưa.\"}\n".as_bytes().to_vec();
    let at = data.len();
    data.extend(std::iter::repeat_n(b'a', 3 << 20));
    data.extend_from_slice("\n{\"text\":\"Đường trơn.\"}\n".as_bytes());
    fs::write(folder.path().join("a.jsonl"), &data).unwrap();
    let path = folder.path().to_str().unwrap();
    let output = corpus(&["sentences", "--max-record", "1", path], b"");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "Trời mưa.\nĐường trơn.\n");
    assert_eq!(output.status.code(), Some(3));
    assert!(
        stderr(&output).contains("line 2") && stderr(&output).contains(&at.to_string()),
        "{}",
        stderr(&output)
    );
}

#[test]
fn what_is_not_there_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let good = folder.path().join("good.txt");
    fs::write(&good, GOOD).unwrap();
    let missing = folder.path().join("missing.txt");
    let alone = corpus(&["summarize", missing.to_str().unwrap()], b"");
    assert_eq!(alone.status.code(), Some(2));
    assert!(stderr(&alone).contains("missing.txt: no such file or folder"), "{}", stderr(&alone));
    let beside = corpus(&["sentences", missing.to_str().unwrap(), good.to_str().unwrap()], b"");
    assert_eq!(beside.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&beside.stdout).contains("Hội nghị bàn"));
    let glob = corpus(&["sentences", folder.path().join("*.nothing").to_str().unwrap()], b"");
    assert_eq!(glob.status.code(), Some(2));
    assert!(stderr(&glob).contains("no file matches"), "{}", stderr(&glob));
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_end() {
    let folder = folder_with("a.txt", GOOD.as_bytes());
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    std::os::unix::fs::symlink(folder.path(), inner.join("back")).unwrap();
    let output = corpus(&["sentences", folder.path().to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("a link back to"), "{}", stderr(&output));
    assert_eq!(String::from_utf8_lossy(&output.stdout).matches("Hội nghị bàn").count(), 2);
}

#[cfg(unix)]
#[test]
fn a_socket_in_a_folder_is_no_text() {
    let folder = folder_with("a.txt", "Trời mưa.\n".as_bytes());
    let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("b.txt")).unwrap();
    let output = corpus(&["documents", folder.path().to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(3));
    let told = stderr(&output);
    assert!(told.contains("b.txt: a pipe, socket or device, not read in a folder"), "{told}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 paragraph"));
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_told() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = folder_with("secret.txt", GOOD.as_bytes());
    let secret = folder.path().join("secret.txt");
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&secret).is_ok() {
        println!("skipped: this user may read everything");
        return;
    }
    let output = corpus(&["sentences", folder.path().to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("permission denied"), "{}", stderr(&output));
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_to_do() {
    for (args, told) in [
        (&["words", "--no-such-flag"][..], "--no-such-flag"),
        (&["extract", "--format", "nonsense", "-"], "the formats are"),
        (&["extract", "--format", "nonsense", "-"], "such as my-site.toml"),
        (&["extract", "--kind", "nonsense"], "directive"),
        (&["extract", "--published", "29/8"], "2014-08-29"),
        (&["no-such-command"], "corpus"),
        (&["words", "--jobs", "0"], "jobs"),
    ] {
        let output = corpus(args, b"");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains(told), "{args:?}: {}", stderr(&output));
        assert!(output.stdout.is_empty(), "{args:?}");
    }
}

#[test]
#[cfg(feature = "toml")]
fn mistakes_of_a_description_are_told_with_file_and_line() {
    let folder = folder_with("utf16.toml", b"\xff\xfen\0a\0m\0e\0");
    for (name, content) in [
        ("latin.toml", &b"name = \"xa\"\nabout = \"b\xe1o\"\n"[..]),
        ("misspelt.toml", b"name = \"xa\"\n\n[[part]]\nfeild = \"text\"\n"),
        ("good.toml", b"name = \"xa\"\n"),
    ] {
        fs::write(folder.path().join(name), content).unwrap();
    }
    for (format, told) in [
        ("utf16.toml", "utf16.toml: line 1: this is no UTF-8; save the file as UTF-8"),
        ("latin.toml", "latin.toml: line 2: this is no UTF-8"),
        ("misspelt.toml", "misspelt.toml: line 4: unknown setting `feild`, expected one of"),
        ("absent.toml", "absent.toml: no such file"),
        ("good", "did you mean the file good.toml?"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_corpus"))
            .args(["documents", "--format", format, "-"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{format}");
        assert!(stderr(&output).contains(told), "{}", stderr(&output));
    }
}

#[test]
fn finding_nothing_is_told_by_the_status_alone() {
    let output = corpus(&["extract", "--kind", "directive", "--lines"], "Trời mưa.\n".as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty() && output.stderr.is_empty());
}

#[test]
fn what_no_row_says_is_told() {
    let text = "Mưa to. Mưa nhỏ, gió nhẹ.".as_bytes();
    for (arguments, input, expected) in [
        (&["collocations", "mưa"][..], text, "note: \"mưa\": found 2 times in 6 words\n"),
        (&["collocations", "nắng"], text, "note: \"nắng\": found 0 times in 6 words\n"),
        (
            &["collocations", "gió", "--sentence"],
            text,
            "note: \"gió\": found 1 time in 2 sentences\n",
        ),
        (
            &["ngrams"],
            text,
            "note: no rows: nothing occurs 2 times in 1 document; --min 1 leaves nothing out\n",
        ),
        (&["frequency"], b"...", "note: no rows: nothing is left to count in 1 document\n"),
        (
            &["frequency", "--where", "id = x"],
            text,
            "note: --where: the condition holds for none of 1 document\n",
        ),
        (
            &["keyness", "--significance", "1000"],
            text,
            "note: no rows: no difference is so certain; --significance 0 --min 1 leaves none out\n",
        ),
    ] {
        assert_eq!(stderr(&corpus(arguments, input)), expected, "{arguments:?}");
    }
}

#[test]
fn the_order_of_files_does_not_change_a_summary() {
    let folder = folder_with(
        "b.txt",
        b"Tin th\xe1\xbb\xa9 hai\n\nNg\xc3\xa0y 4/3/2017 tr\xe1\xbb\x9di m\xc6\xb0a.\n",
    );
    let (a, b) = (folder.path().join("good.txt"), folder.path().join("b.txt"));
    let (a, b) = (a.to_str().unwrap(), b.to_str().unwrap());
    for command in ["summarize", "stats"] {
        let forth = corpus(&[command, "--json", a, b], b"");
        let back = corpus(&[command, "--json", b, a], b"");
        assert_eq!(
            String::from_utf8_lossy(&forth.stdout),
            String::from_utf8_lossy(&back.stdout),
            "{command}"
        );
    }
}

#[test]
fn words_keep_lines_and_letters() {
    let text = "Đảng ủy Khối họp.\n\n  Giá 1.600m-2.000m, 17,6 tỷ đồng!  \r\nkhông dấu chấm";
    let output = corpus(&["words", "--lines"], text.as_bytes());
    let bare = |text: &str| text.replace([' ', '_', '\r', '\t', '\u{a0}'], "");
    let lines: Vec<String> = String::from_utf8(output.stdout).unwrap().lines().map(bare).collect();
    let expected: Vec<String> = text.split('\n').map(bare).collect();
    assert_eq!(lines, expected);
}

#[test]
fn mentions_are_what_their_spans_say() {
    let folder = folder_with("a.txt", GOOD.as_bytes());
    let output = corpus(&["extract", "--json", folder.path().to_str().unwrap()], b"");
    let mut n = 0;
    for row in String::from_utf8(output.stdout).unwrap().lines() {
        let row: Value = serde_json::from_str(row).unwrap();
        let data = fs::read(row["path"].as_str().unwrap()).unwrap();
        let [start, end] =
            [0, 1].map(|i| usize::try_from(row["span"][i].as_u64().unwrap()).unwrap());
        assert_eq!(row["text"].as_str().unwrap().as_bytes(), &data[start..end]);
        n += 1;
    }
    assert!(n >= 8, "only {n} mentions");
}

#[test]
fn facts_are_found_by_tables_of_ones_own() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let text = "Theo Quyết định số 12/QĐ-HĐHT, làng mở hội.\n".as_bytes();
    let issuer = |pack: &str| {
        let arguments = ["extract", "--kind", "directive", "--json", "--lines", "--pack", pack];
        let output = corpus(&arguments, text);
        assert!(output.status.success(), "{}", stderr(&output));
        let row: Value = serde_json::from_slice(&output.stdout).unwrap();
        row["value"]["refs"][0]["issuer"].clone()
    };

    // The tables as they are printed find the same; rows are added by a file of that name.
    assert!(corpus(&["extract", "--print-pack", &at("pack")], b"").status.success());
    assert_eq!(issuer(&at("pack")), Value::Null);
    assert_eq!(corpus(&["extract", "--print-pack", &at("pack")], b"").status.code(), Some(2));
    let own = "# Hương ước\nHội đồng Hương thôn\t\tHĐHT\tlocal\n";
    fs::write(at("pack/issuer.add.tsv"), own).unwrap();
    assert_eq!(issuer(&at("pack")), "Hội đồng Hương thôn");
    assert_eq!(issuer(&at("pack/issuer.add.tsv")), "Hội đồng Hương thôn");

    // A mistake is told with its place.
    fs::write(at("pack/directive-relation.tsv"), "bãi bỏ\tends\n").unwrap();
    let output = corpus(&["extract", "--lines", "--pack", &at("pack")], text);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("directive-relation.tsv, line 1: \"ends\" means nothing here"),
        "{}",
        stderr(&output)
    );

    // Any table may be one's own, for a summary as well; notes beside it are no tables.
    fs::create_dir(at("ours")).unwrap();
    fs::write(at("ours/README.md"), "# Chức vụ của làng\n").unwrap();
    fs::write(at("ours/office.add.txt"), "già làng\n").unwrap();
    let office = |arguments: &[&str]| {
        let text = "Già làng Vi Văn Thìn mở hội.\n".as_bytes();
        let arguments = [&["summarize", "--json", "--lines"], arguments].concat();
        let output = corpus(&arguments, text);
        assert!(output.status.success(), "{}", stderr(&output));
        let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
        summary["corpus"]["people"][0]["offices"].clone()
    };
    assert_ne!(office(&[]), serde_json::json!(["Già làng"]));
    assert_eq!(office(&["--pack", &at("ours")]), serde_json::json!(["Già làng"]));
    fs::remove_file(at("ours/office.add.txt")).unwrap();
    let output = corpus(&["summarize", "--lines", "--pack", &at("ours")], text);
    assert!(stderr(&output).contains("no table (.tsv, .txt) in it"), "{}", stderr(&output));
}

#[test]
fn output_files_appear_whole() {
    let folder = folder_with("a.txt", GOOD.as_bytes());
    let out = folder.path().join("out.txt");
    let output = corpus(
        &["sentences", "-o", out.to_str().unwrap(), folder.path().join("a.txt").to_str().unwrap()],
        b"",
    );
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(output.stdout.is_empty());
    assert!(fs::read_to_string(&out).unwrap().ends_with("17,6 tỷ đồng.\n"));
    let left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("partial")), "{left:?}");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_corpus"))
        .args(["sentences", "--lines"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    drop(child.stdout.take());
    let lines = "Trời mưa. Đường trơn.\n".repeat(200_000);
    // Writing fails once the command has gone, as it should.
    let _ = stdin.write_all(lines.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!(stderr(&output), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn quiet_says_nothing() {
    let folder = folder_with("a.txt", b"abc\xff\xfe\xfd def\n");
    let output = corpus(&["sentences", "--quiet", folder.path().to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(3));
    assert!(output.stderr.is_empty());
}
