//! The summary as a page: it is well formed, its links lead somewhere, and no text becomes markup.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]
#![allow(missing_docs, reason = "a test is no API")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// The page for this input.
fn page(input: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_corpus"))
        .args(["--quiet", "summarize", "--report", "html"])
        .arg(input)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The tags of a page, without their brackets.
fn tags(page: &str) -> impl Iterator<Item = &str> {
    page.split('<').skip(1).filter_map(|rest| rest.split('>').next())
}

/// The value of an attribute in a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split_once(&format!(" {name}=\""))?.1.split('"').next()
}

fn check(page: &str) {
    let mut open: Vec<&str> = Vec::new();
    let (mut ids, mut links) = (BTreeSet::new(), BTreeSet::new());
    for tag in tags(page) {
        let name = tag.split([' ', '\n']).next().unwrap();
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{tag}");
        } else if !tag.ends_with('/') && !["!DOCTYPE", "meta", "br"].contains(&name) {
            open.push(name);
        }
        assert_ne!(name, "script");
        assert!(!tag.contains(" on"), "{tag}");
        if let Some(id) = attribute(tag, "id") {
            assert!(ids.insert(id), "two things are called {id}");
        }
        if let Some(link) = attribute(tag, "href") {
            assert!(link.starts_with(['#', 'h']), "{link}");
            links.extend(link.strip_prefix('#'));
        }
    }
    assert_eq!(open, Vec::<&str>::new());
    let dead: Vec<_> = links.difference(&ids).collect();
    assert!(dead.is_empty(), "links that lead nowhere: {dead:?}");
}

#[test]
fn the_page_of_the_seeds_holds_together() {
    let page = page(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../seeds")));
    check(&page);
    for section in ["told", "timeline", "people", "directives", "figures", "lists", "documents"] {
        assert!(page.contains(&format!("<h2 id=\"{section}\">")), "no section {section}");
    }
    assert!(page.contains("Hà Thị Nguyệt Ánh") && page.contains("25-NQ/TW"));
    // What it states leads to the sentence that says it.
    assert!(page.matches("<a href=\"#d1b").count() > 1);
}

#[test]
fn what_is_linked_to_is_shown_however_far_behind_it_stands() {
    let record = |n: usize, text: &str| format!("{{\"id\":\"{n}\",\"text\":\"{text}\"}}\n");
    let dull = |n| record(n, "Mưa to ở nhiều nơi, trời trở lạnh.");
    let told = record(
        1200,
        "Sáng 29/8/2014, ông Trần Văn Bình, Bí thư Huyện ủy, dự hội nghị về Nghị quyết số 25-NQ/TW, kinh phí 17,6 tỷ đồng.",
    );
    let records: String = (1..1200).map(dull).chain([told, dull(1201)]).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.jsonl");
    std::fs::write(&path, records).unwrap();
    let page = page(&path);
    check(&page);
    assert!(page.contains("<article id=\"d1000\">") && page.contains("<article id=\"d1200\">"));
    assert!(!page.contains("<article id=\"d1201\">"));
    let directive = page.find(">Nghị quyết 25-NQ/TW</th>").unwrap();
    let row = page[directive..].split("</tr>").next().unwrap();
    assert!(row.contains("<a href=\"#d1200\">[1200]</a>"), "{row}");
}

#[test]
fn no_text_becomes_markup() {
    let folder = tempfile::tempdir().unwrap();
    let record = |title: &str, url: &str| {
        serde_json::json!({
            "id": "<img src=x onerror=alert(1)>", "title": title, "url": url,
            "text": "Sáng 29/8/2014, ông Trần Văn <b>Bình</b>, Bí thư Huyện ủy \"Thạch & Lĩnh\", ký \
                     Nghị quyết số 25-NQ/TW về “</span><script>alert(1)</script>” trị giá 17,6 tỷ đồng.\u{1b}[2J",
        })
    };
    let records = [
        record("</h3><script>alert('2')</script>", "javascript:alert(1)"),
        record("\u{202e}ngược\u{0}", "https://tin.example/a\"><script>"),
    ];
    let lines = records.map(|it| it.to_string()).join("\n");
    std::fs::write(folder.path().join("a<b>&\".jsonl"), lines).unwrap();
    let page = page(folder.path());
    check(&page);
    assert!(page.contains("&lt;script&gt;alert"), "{page}");
    assert!(
        !page.contains("href=\"javascript") && !page.contains('\u{1b}') && !page.contains('\0')
    );
}

#[test]
fn a_page_of_nothing_is_a_page() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "mưa\n").unwrap();
    check(&page(folder.path()));
}
