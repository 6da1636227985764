//! What `corpus extract` writes for other programs, read back as those read it, also where the text
//! is made to break the form.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]
#![allow(missing_docs, reason = "a test is no API")]

use std::fs;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// Texts with facts that are made to end cells, lines, columns, tags and terminals.
const HOSTILE: [&str; 8] = [
    "Sáng 29/8/2014,\tông Trần \"Văn\" Bình, Bí thư Huyện ủy Thạch Lĩnh; góp 17,6 tỷ đồng.",
    "<script>alert(1)</script> ngày 3/6/2013 </p></mark><img src=x onerror=alert(2)> 5 km & 6 km",
    "ngày\t25\ttháng\t7\tnăm\t2016, 3\u{a0}000\u{a0}đồng, \"4,5%\"",
    "a\0b\u{1b}[2J ngày 2/3/2015 \u{7}\u{9b}31m 7 ha\u{85} 8 ha",
    "\u{202e}29/8/2014\u{202c} \u{2066}ông Lê Văn Tám\u{2069} \u{200f}12 hộ",
    "=HYPERLINK(\"x\") | 40 hộ | \\ 50 hộ\u{2028}60 hộ\u{b}70 hộ\u{c}80 hộ",
    "ba việc: một là, \"x\"; hai là, <y>; ba là, z|\\.",
    "Ðồng chí Nguye\u{302}\u{303}n Va\u{306}n A, Bí thư Thành ủy 📷 9\u{200b}0 căn nhà",
];

fn corpus(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_corpus")).args(args).env("NO_COLOR", "1").output().unwrap()
}

/// The hostile texts as JSON Lines, with names that are made to lead elsewhere.
fn input() -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let mut lines = String::new();
    for (i, text) in HOSTILE.iter().enumerate() {
        let id = ["../../a,\"b\"\n", "<b>&id", "=1+1", "", "CÓ", "có", "a\0b", "same"][i];
        let row = serde_json::json!({ "id": id, "title": "<i>\"Tin\"</i>\u{202e}", "text": text });
        lines.push_str(&format!("{row}\n"));
    }
    let path = folder.path().join("in.jsonl");
    fs::write(&path, lines).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

/// The facts as `--json` has them, which the other forms must agree with.
fn facts(path: &str) -> Vec<Value> {
    let output = corpus(&["extract", "--json", path]);
    assert!(output.status.success());
    let rows = String::from_utf8(output.stdout).unwrap();
    let rows: Vec<Value> = rows.lines().map(|row| serde_json::from_str(row).unwrap()).collect();
    assert!(rows.len() >= 20, "only {} facts", rows.len());
    rows
}

/// The texts of the documents in the order of the input.
fn texts(path: &str) -> Vec<Value> {
    let output = corpus(&["documents", "--json", path]);
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|row| serde_json::from_str(row).unwrap())
        .collect()
}

/// Reads comma-separated values by the letter of RFC 4180.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut letters = text.chars().peekable();
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        let row = rows.last_mut().unwrap();
        let cell = row.last_mut().unwrap();
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                cell.push('"');
                letters.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted => {
                assert_eq!(letters.next(), Some('\n'));
                rows.push(vec![String::new()]);
            }
            '\n' if !quoted => panic!("a bare line end"),
            letter => cell.push(letter),
        }
    }
    assert!(!quoted);
    assert_eq!(rows.pop().unwrap(), [""]);
    rows
}

#[test]
fn csv_has_a_row_a_fact() {
    let (_folder, path) = input();
    let facts = facts(&path);
    let output = corpus(&["extract", "--csv", &path]);
    let rows = cells(&String::from_utf8(output.stdout).unwrap());
    assert_eq!(rows[0][..6], ["document", "path", "kind", "start", "end", "text"]);
    assert_eq!(rows.len(), facts.len() + 1);
    for (row, fact) in rows[1..].iter().zip(&facts) {
        assert_eq!(row.len(), rows[0].len(), "{row:?}");
        assert_eq!(row[2], fact["kind"].as_str().unwrap());
        assert_eq!(row[3], fact["span"][0].to_string());
        assert_eq!(row[4], fact["span"][1].to_string());
        let text = fact["text"].as_str().unwrap();
        assert_eq!(
            row[5].replace('\u{fffd}', ""),
            text.replace(|c: char| c.is_control() && c != '\t', "")
        );
        let value: Value = serde_json::from_str(row.last().unwrap()).unwrap();
        assert_eq!(value, fact["value"]);
    }
    let output = corpus(&["extract", "--csv", "--bom", &path]);
    assert!(output.stdout.starts_with("\u{feff}document,".as_bytes()));
}

#[test]
fn conllu_marks_the_words_of_facts() {
    let (_folder, path) = input();
    let output = corpus(&["extract", "--conllu", &path]);
    let page = String::from_utf8(output.stdout).unwrap();
    let plain = corpus(&["words", "--conllu", &path]);
    let plain = String::from_utf8(plain.stdout).unwrap();
    assert_eq!(page.lines().count(), plain.lines().count());
    let mut begun = 0;
    for (line, bare) in page.lines().zip(plain.lines()) {
        if line.is_empty() || line.starts_with('#') {
            assert_eq!(line, bare);
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        assert_eq!(columns.len(), 10, "{line}");
        assert_eq!(columns[..9], bare.split('\t').collect::<Vec<_>>()[..9]);
        assert!(!columns[9].contains(char::is_whitespace), "{line}");
        for attribute in columns[9].split('|').filter(|it| *it != "_") {
            let (name, value) = attribute.split_once('=').unwrap();
            begun += usize::from(value == "B");
            assert!(name == "SpaceAfter" || !value.is_empty(), "{line}");
        }
    }
    // Every fact begins at a word, for all of these lie in content.
    assert_eq!(begun, facts(&path).len());
}

#[test]
fn brat_reads_the_texts_and_their_facts() {
    let (folder, path) = input();
    let out = folder.path().join("brat");
    let output = corpus(&["extract", "--brat", out.to_str().unwrap(), &path]);
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout.is_empty());
    let mut names: Vec<String> = fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let documents = texts(&path);
    assert_eq!(names.len(), 2 * documents.len() + 2, "{names:?}");
    assert!(names.contains(&"annotation.conf".to_owned()));
    // Nothing was written elsewhere, and nothing half written is left.
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    let mut left: Vec<String> =
        documents.iter().map(|it| it["text"].as_str().unwrap().to_owned()).collect();
    let mut n = 0;
    for name in names.iter().filter(|name| name.ends_with(".txt")) {
        let text = fs::read_to_string(out.join(name)).unwrap();
        left.remove(left.iter().position(|it| *it == text).unwrap());
        let letters: Vec<char> = text.chars().collect();
        let facts = fs::read_to_string(out.join(name.replace(".txt", ".ann"))).unwrap();
        assert!(
            !facts.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')),
            "{facts:?}"
        );
        for line in facts.lines() {
            let parts: Vec<&str> = line.split('\t').collect();
            let [id, place, rest] = parts[..] else {
                assert!(line.starts_with(['A', 'R']), "{line}");
                continue;
            };
            if !id.starts_with('T') {
                let _: Value = serde_json::from_str(rest).unwrap();
                continue;
            }
            n += 1;
            let (_, offsets) = place.split_once(' ').unwrap();
            let pieces: Vec<String> = offsets
                .split(';')
                .map(|piece| {
                    let (start, end) = piece.split_once(' ').unwrap();
                    letters[start.parse().unwrap()..end.parse().unwrap()].iter().collect()
                })
                .collect();
            assert_eq!(pieces.join(" "), rest);
        }
    }
    assert!(left.is_empty());
    assert_eq!(n, facts(&path).len());
}

#[test]
fn a_folder_that_holds_something_is_left_alone() {
    let (folder, path) = input();
    let output = corpus(&["extract", "--brat", folder.path().to_str().unwrap(), &path]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    // Where nothing can be read no folder appears.
    let out = folder.path().join("out");
    let output = corpus(&["extract", "--brat", out.to_str().unwrap(), "missing.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_page_shows_texts_and_runs_nothing() {
    let (_folder, path) = input();
    let output = corpus(&["extract", "--html", "--explain", &path]);
    let page = String::from_utf8(output.stdout).unwrap();
    for tag in ["<script", "<img", "<i>", "<b>", "\0", "\u{1b}", "\u{9b}"] {
        assert!(!page.contains(tag), "{tag:?}");
    }
    let mut open = Vec::new();
    for part in page.split('<').skip(1) {
        let (tag, _) = part.split_once('>').expect("every tag is closed");
        let name = tag.split([' ', '\n']).next().unwrap();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None if matches!(name, "meta" | "input" | "!DOCTYPE") => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?}");
    assert_eq!(page.matches("<article").count(), HOSTILE.len());
    assert_eq!(page.matches(" id=\"d").count(), HOSTILE.len() + facts(&path).len());
}

#[test]
fn only_one_form_is_written() {
    for args in [
        ["extract", "--json", "--csv", "x"],
        ["extract", "--html", "--conllu", "x"],
        ["extract", "--brat=x", "--csv", "x"],
        ["extract", "--brat=x", "-ox", "x"],
        ["extract", "--csv", "--explain", "x"],
        ["extract", "--json", "--bom", "x"],
    ] {
        let output = corpus(&args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains("cannot be used with") || told.contains("required"), "{told}");
    }
}
