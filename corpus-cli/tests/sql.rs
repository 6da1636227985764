//! `corpus sql`: its forms, its statuses, and what it says of wrong questions.

#![cfg(feature = "engine")]
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]
#![allow(missing_docs, reason = "a test is no API")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn corpus(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corpus"));
    command.args(args).current_dir(folder).env("NO_COLOR", "1").stdin(Stdio::null());
    command.output().unwrap()
}

/// A folder with three documents, as JSON Lines and as Parquet.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let texts = ["Sáng 12/3/2016, xã họp tại Hà Nội.", "Trời mưa, đường trơn.", "Trời \"mưa\"."];
    let rows = texts
        .iter()
        .enumerate()
        .map(|(n, text)| format!("{}\n", serde_json::json!({ "id": n.to_string(), "text": text })));
    fs::write(folder.path().join("a.jsonl"), rows.collect::<String>()).unwrap();
    fs::create_dir(folder.path().join("store")).unwrap();
    let output = corpus(folder.path(), &["convert", "a.jsonl", "-q", "-o", "store/a.parquet"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

#[track_caller]
fn printed(folder: &Path, args: &[&str], status: i32) -> String {
    let output = corpus(folder, args);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(status), "{args:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

/// A table for reading, without the blanks that fill its last column.
fn page(folder: &Path, args: &[&str]) -> String {
    printed(folder, args, 0).lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[test]
fn rows_are_a_table_json_or_csv() {
    let folder = folder();
    let query = "select id, text, vi_words(text) as words from 'store/' where id > '0' order by id";
    assert_eq!(
        page(folder.path(), &["sql", query]),
        "id  text                   words\n\
         1   Trời mưa, đường trơn.  [Trời, mưa, ,, đường, trơn, .]\n\
         2   Trời \"mưa\".            [Trời, \", mưa, \", .]\n"
    );
    assert_eq!(
        printed(folder.path(), &["sql", query, "--json"], 0),
        "{\"id\":\"1\",\"text\":\"Trời mưa, đường trơn.\",\"words\":[\"Trời\",\"mưa\",\",\",\"đường\",\"trơn\",\".\"]}\n\
         {\"id\":\"2\",\"text\":\"Trời \\\"mưa\\\".\",\"words\":[\"Trời\",\"\\\"\",\"mưa\",\"\\\"\",\".\"]}\n"
    );
    let query = "select id, text, null as nothing from 'store/*.parquet' order by id desc limit 1";
    assert_eq!(
        printed(folder.path(), &["sql", query, "--csv"], 0),
        "id,text,nothing\r\n2,\"Trời \"\"mưa\"\".\",\r\n"
    );
}

#[test]
fn the_name_of_the_output_says_its_form() {
    let folder = folder();
    let query = "select count(*) as n from 'a.jsonl'";
    for (name, expected) in
        [("b.csv", "n\r\n3\r\n"), ("b.jsonl", "{\"n\":3}\n"), ("b.txt", "n\n3\n")]
    {
        assert_eq!(printed(folder.path(), &["sql", query, "-o", name], 0), "");
        assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), expected, "{name}");
    }
}

#[test]
fn rows_are_written_as_parquet() {
    let folder = folder();
    let query = "select id, vi_words(text) as words from 'a.jsonl' where id > '0' order by id";
    assert_eq!(printed(folder.path(), &["sql", query, "-o", "b.parquet"], 0), "");
    let again = "select id, words[1] as first from 'b.parquet'";
    let expected = "{\"id\":\"1\",\"first\":\"Trời\"}\n{\"id\":\"2\",\"first\":\"Trời\"}\n";
    assert_eq!(printed(folder.path(), &["sql", again, "--json"], 0), expected);
}

#[test]
fn what_is_nested_is_json_for_programs() {
    let folder = folder();
    let query = "select vi_word_spans('Hà Nội') as words";
    assert_eq!(
        printed(folder.path(), &["sql", query, "--csv"], 0),
        "words\r\n\"[{\"\"kind\"\":\"\"word\"\",\"\"start\"\":0,\"\"end\"\":9,\"\"text\"\":\"\"Hà Nội\"\"}]\"\r\n"
    );
    let page = page(folder.path(), &["sql", "select quality('', 'news')['keep'] as keep_it"]);
    assert_eq!(page, "keep_it\nfalse\n");
}

#[test]
fn two_columns_of_one_name_are_both_shown_and_not_mixed_up() {
    let folder = folder();
    let query = "select a.id, b.id from 'a.jsonl' a join 'a.jsonl' b on a.id < b.id order by 1, 2";
    assert_eq!(
        printed(folder.path(), &["sql", query, "--csv"], 0),
        "id,id\r\n0,1\r\n0,2\r\n1,2\r\n"
    );
    let output = corpus(folder.path(), &["sql", query, "--json"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.starts_with("error: two columns are called id"), "{told}");
}

#[test]
fn a_plan_is_printed_where_it_is_asked_for() {
    let folder = folder();
    let plan = printed(
        folder.path(),
        &["sql", "--explain", "select count(distinct title) from 'store/'"],
        0,
    );
    assert!(plan.contains("TableScan: store/ projection=[title]\n"), "{plan}");
    assert!(plan.contains("AggregateExec"), "{plan}");
}

#[test]
fn the_first_rows_are_printed_where_no_more_are_wanted() {
    let folder = folder();
    let query = "select id from 'store/' order by id";
    let args = ["sql", query, "--top", "2", "--json"];
    assert_eq!(printed(folder.path(), &args, 0), "{\"id\":\"0\"}\n{\"id\":\"1\"}\n");
    let page = page(folder.path(), &["sql", query, "--top", "2"]);
    assert_eq!(page, "id\n0\n1\n1 more rows; --top 0 prints all\n");
}

#[test]
fn where_there_are_no_rows_the_status_says_so() {
    let folder = folder();
    for form in [&[][..], &["--json"]] {
        let args = [&["sql", "select 1 from 'store/' where id = 'x'"], form].concat();
        assert_eq!(printed(folder.path(), &args, 1), "");
    }
}

#[test]
fn what_is_damaged_is_told_behind_the_rows() {
    let folder = folder();
    fs::write(folder.path().join("b.jsonl"), "{\"id\":\"4\",\"text\":\"Nắng.\"}\n{\"id\":\n")
        .unwrap();
    let query = "select count(*) as n from vi_documents('*.jsonl')";
    let output = corpus(folder.path(), &["sql", query, "--json"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert!(told.starts_with("error: b.jsonl: line 2"), "{told}");
    assert_eq!(output.stdout, b"{\"n\":4}\n");
}

#[test]
fn what_is_wrong_is_told_and_nothing_is_written() {
    let folder = folder();
    for (query, told) in [
        ("select 1 from 'none.parquet'", "none.parquet: there is no such file"),
        ("select nothing from 'store/'", "nothing"),
        ("selec 1", "SQL error"),
        ("drop table a", "DDL not supported"),
        ("", "there is no question"),
    ] {
        let output = corpus(folder.path(), &["sql", query, "-o", "b.csv"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{query}: {said}");
        assert!(said.starts_with("error: ") && said.contains(told), "{query}: {said}");
        assert!(!folder.path().join("b.csv").exists(), "{query}");
    }
}

#[test]
fn threads_change_nothing() {
    let folder = folder();
    let query = "select word, count(*) from (select unnest(vi_words(text)) as word from 'store/') \
                 group by word order by 2 desc, 1";
    let one = printed(folder.path(), &["sql", query, "--json", "--jobs", "1"], 0);
    assert!(one.starts_with("{\"word\":\".\",\"count(*)\":3}\n"), "{one}");
    for jobs in ["2", "7"] {
        assert_eq!(printed(folder.path(), &["sql", query, "--json", "--jobs", jobs], 0), one);
    }
}
