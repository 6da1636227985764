//! Functions in the place of a table: of one text, and of files that are no Parquet.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]
#![allow(missing_docs, reason = "a test is no API")]

use std::fs;
use std::path::Path;

use corpus_engine::datafusion::arrow::array::{Array, RecordBatch};
use corpus_engine::datafusion::arrow::util::display::array_value_to_string;
use corpus_engine::{Engine, EngineError};
use corpus_model::Document;
use corpus_parse::{Reader, find};
use corpus_write::ParquetWriter;

/// The rows of an answer, each as its cells.
fn rows(engine: &Engine, query: &str) -> Result<Vec<Vec<String>>, EngineError> {
    let batches = engine.query(query)?.collect::<Result<Vec<RecordBatch>, _>>()?;
    let cell = |column: &dyn Array, row| array_value_to_string(column, row).unwrap();
    let cells = |batch: &RecordBatch| -> Vec<Vec<String>> {
        let of = |row| batch.columns().iter().map(|column| cell(column, row)).collect();
        (0..batch.num_rows()).map(of).collect()
    };
    Ok(batches.iter().flat_map(cells).collect())
}

#[test]
fn what_one_text_holds_is_a_table() {
    let engine = Engine::new().unwrap();
    for (query, expected) in [
        (
            "select * from vi_words('Hà Nội mưa.')",
            "[word|0|9|Hà Nội, word|10|14|mưa, punctuation|14|15|.]",
        ),
        ("select text from vi_sentences('Mưa. Nắng to.') order by start desc", "[Nắng to., Mưa.]"),
        ("select w.text from vi_words('Trời ' || 'mưa.') w where w.kind = 'word'", "[Trời, mưa]"),
        (
            "select kind, text from vi_extract('Sáng 29/8, họp.', date '2014-08-30') where value like '%2014-08-29%'",
            "[date|Sáng 29/8]",
        ),
        ("select count(*) from vi_words('')", "[0]"),
        ("select count(*) from vi_words(null)", "[0]"),
        // They are two functions of one name.
        (
            "select cardinality(vi_words('Trời mưa.')) = count(*) from vi_words('Trời mưa.')",
            "[true]",
        ),
    ] {
        let found: Vec<String> =
            rows(&engine, query).unwrap().iter().map(|row| row.join("|")).collect();
        assert_eq!(format!("[{}]", found.join(", ")), expected, "{query}");
    }
}

/// A folder with documents in several formats, which are five in all.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    fs::write(file("a.jsonl"), "{\"id\":\"1\",\"text\":\"Trời mưa.\"}\n{\"id\":\"2\",\"title\":\"Tin\",\"text\":\"Nắng.\"}\n").unwrap();
    fs::write(file("b.txt"), "Tin mới\n\nXã họp sáng nay.\n").unwrap();
    fs::write(file("c.csv"), "id,text\n4,Đường trơn\n").unwrap();
    let mut writer = ParquetWriter::new(fs::File::create(file("d.parquet")).unwrap()).unwrap();
    writer.write(&Document::new("5", "Gió mạnh.")).unwrap();
    writer.finish().unwrap();
    fs::write(file("README.md"), "# Tin\n").unwrap();
    folder
}

#[test]
fn files_of_any_format_are_tables_of_documents() {
    let folder = folder();
    let path = folder.path().display();
    for threads in [1, 3] {
        let engine = Engine::with_threads(threads).unwrap();
        let query = format!("select text from vi_documents('{path}/') order by text");
        let found = rows(&engine, &query).unwrap().concat();
        assert_eq!(found.len(), 5);
        for expected in ["Gió mạnh.", "Nắng.", "Trời mưa.", "Đường trơn"] {
            assert!(found.contains(&expected.to_owned()), "{found:?}");
        }
        for (place, expected) in [
            ("a.jsonl', 'jsonl", "2"),
            ("*.{csv,txt}", "2"),
            ("d.parquet", "1"),
            // Each line, if somebody says so.
            ("a.jsonl', 'lines", "2"),
        ] {
            let query = format!("select count(*) from vi_documents('{path}/{place}')");
            assert_eq!(rows(&engine, &query).unwrap(), [[expected]], "{place}");
        }
        assert_eq!(engine.problems().take(), Vec::<String>::new());
    }
}

#[test]
fn documents_have_the_columns_of_parquet() {
    let folder = folder();
    let path = folder.path().display();
    let engine = Engine::new().unwrap();
    let query = |table: &str| format!("select * from {table} where id = '5'");
    let here = rows(&engine, &query(&format!("vi_documents('{path}/d.parquet')"))).unwrap();
    let there = rows(&engine, &query(&format!("'{path}/d.parquet'"))).unwrap();
    // All but where it was read from, which a Parquet file is not asked for.
    let but_source = |mut row: Vec<String>| {
        row.drain(1..3);
        row
    };
    assert_eq!(here.len(), 1);
    assert_eq!(
        here.into_iter().map(but_source).collect::<Vec<_>>(),
        there.into_iter().map(but_source).collect::<Vec<_>>()
    );
    let both = format!(
        "select count(*) from (select * from vi_documents('{path}/a.jsonl') union all select * from '{path}/d.parquet')"
    );
    assert_eq!(rows(&engine, &both).unwrap(), [["3"]]);
}

#[test]
fn layers_that_a_file_holds_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.conllu");
    fs::write(&path, "# text = Hà Nội mưa\n1\tHà Nội\t_\t_\t_\t_\t_\t_\t_\t_\n2\tmưa\t_\t_\t_\t_\t_\t_\t_\t_\n\n").unwrap();
    let text = fs::read(&path).unwrap();
    let mut reader = Reader::new(find("conllu").unwrap(), text.as_slice());
    let document = reader.documents().next().unwrap().unwrap();
    let engine = Engine::new().unwrap();
    let query = format!("select cardinality(words) from vi_documents('{}')", path.display());
    let expected = document.annotations().words.iter().count().to_string();
    assert_eq!((expected.as_str(), rows(&engine, &query).unwrap()), ("2", vec![vec!["2".into()]]));
}

#[test]
fn more_than_a_batch_comes_and_no_more_than_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::write(&path, "Trời mưa to ở vùng núi.\n".repeat(30_000)).unwrap();
    let engine = Engine::new().unwrap();
    let table = format!("vi_documents('{}', 'lines')", path.display());
    let query = format!("select count(*), count(distinct id), sum(length(text)) from {table}");
    assert_eq!(rows(&engine, &query).unwrap(), [["30000", "30000", "690000"]]);
    assert_eq!(rows(&engine, &format!("select id from {table} limit 3")).unwrap().len(), 3);
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_read() {
    let folder = folder();
    let broken = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    broken("e.jsonl", b"{\"id\":\"6\",\"text\":\"T\n{\"id\":\"7\",\"text\":\"Sau.\"}\n");
    broken("f.bin", b"\0\x01\x02\x03\0\0\0\0");
    broken("g.parquet", b"PAR1PAR1");
    let engine = Engine::new().unwrap();
    let query = format!("select count(*) from vi_documents('{}')", folder.path().display());
    assert_eq!(rows(&engine, &query).unwrap(), [["6"]]);
    let told = engine.problems().take();
    let names: Vec<&str> = told
        .iter()
        .map(|it| Path::new(it.split(':').next().unwrap()).file_name().unwrap().to_str().unwrap())
        .collect();
    assert_eq!(names, ["e.jsonl", "f.bin", "g.parquet"], "{told:?}");
    assert_eq!(engine.problems().take(), Vec::<String>::new());
}

#[test]
fn what_is_wrong_is_told() {
    let engine = Engine::new().unwrap();
    for (query, told) in [
        ("select 1 from vi_documents('none/')", "none/: there is no such file"),
        ("select 1 from vi_documents('none/*.txt')", "none/*.txt: there is no file of this name"),
        ("select 1 from vi_documents()", "vi_documents takes a file, glob or folder as text"),
        ("select 1 from vi_documents(1)", "vi_documents takes a file, glob or folder as text"),
        (
            "select 1 from vi_documents('.', 'csvv')",
            "no format is called \"csvv\"; there are delimited",
        ),
        ("select 1 from vi_words()", "vi_words takes a text"),
        ("select 1 from vi_words(1)", "takes a text here, not Int64"),
        ("select 1 from vi_extract('a', 'b', 'c')", "takes 1 or 2 arguments, not 3"),
    ] {
        let found = rows(&engine, query).unwrap_err().to_string();
        assert!(found.contains(told), "{query}: {found}");
    }
}

#[test]
fn near_duplicates_are_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    let texts =
        ["mưa to ở vùng núi phía bắc", "nắng ở phía nam hôm nay", "Mưa to ở vùng núi phía Bắc"];
    let line = |(n, text): (usize, &&str)| format!("{{\"no\":{n},\"body\":\"{text}\"}}\n");
    fs::write(&path, texts.iter().enumerate().map(line).collect::<String>()).unwrap();
    let path = path.display();
    let engine = Engine::new().unwrap();
    for (query, expected) in [
        (format!("select * from near_duplicates('{path}', 'no', 'body')"), "0|2|1.0"),
        (
            format!(
                "select p.b from near_duplicates('{path}', 'no', 'body', 0.9) as p where p.a = 0"
            ),
            "2",
        ),
        (
            format!(
                "select x.body from near_duplicates('{path}', 'no', 'body') join '{path}' x on x.no = near_duplicates.b"
            ),
            texts[2],
        ),
    ] {
        let found = rows(&engine, &query).unwrap();
        assert_eq!(found.len(), 1, "{query}");
        assert_eq!(found[0].join("|"), expected, "{query}");
    }
    let plan = format!("explain select * from near_duplicates('{path}', 'no', 'body')");
    assert!(!rows(&engine, &plan).unwrap().is_empty());
}
