//! Queries over files: what is asked as SQL is what the plain crates say.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]
#![allow(missing_docs, reason = "a test is no API")]

use std::fs;
use std::path::Path;

use corpus_engine::datafusion::arrow::array::{Array, RecordBatch};
use corpus_engine::datafusion::arrow::util::display::array_value_to_string;
use corpus_engine::{Engine, EngineError, near_duplicates};
use corpus_extract::Extractor;
use corpus_model::{Annotations, Document};
use corpus_stats::{Sketch, near_duplicates as exactly};
use corpus_text::Segmenter;
use corpus_write::ParquetWriter;

const TEXTS: [&str; 5] = [
    "Sáng 12/3/2016, Bí thư Huyện ủy Vi Văn Thìn họp tại Hà Nội. Trời mưa to ở vùng núi.",
    "Giá lúa ở đồng bằng tăng nhẹ so với tuần trước, nông dân phấn khởi bước vào vụ mới.",
    "Giá lúa ở đồng bằng tăng nhẹ so với tuần trước, nông dân phấn khởi bước vào vụ mới!",
    "",
    "Giá lúa ở đồng bằng tăng nhẹ so với tuần trước, nông dân phấn khởi bước vào vụ",
];

/// Writes documents as `corpus build` does, two files of them, and beside them what is none.
fn store(folder: &Path) {
    for (shard, texts) in TEXTS.chunks(3).enumerate() {
        let file = fs::File::create(folder.join(format!("shard-{shard:05}.parquet"))).unwrap();
        let mut writer = ParquetWriter::new(file).unwrap();
        for (n, text) in texts.iter().enumerate() {
            let mut document = Document::new(format!("{}", 3 * shard + n), *text);
            let mut layers = corpus_text::annotate(&document, Segmenter::built_in());
            layers.mentions = Extractor::built_in().extract(&document);
            document = document.with_annotations(layers);
            writer.write(&document).unwrap();
        }
        writer.finish().unwrap();
    }
    fs::write(folder.join("manifest.json"), "{}").unwrap();
    fs::write(folder.join("dropped.jsonl"), "{\"id\":\"x\"}\n").unwrap();
}

/// The rows of an answer, each as its cells.
fn rows(engine: &Engine, query: &str) -> Result<Vec<Vec<String>>, EngineError> {
    let batches = engine.query(query)?.collect::<Result<Vec<RecordBatch>, _>>()?;
    Ok(batches.iter().flat_map(cells).collect())
}

fn cells(batch: &RecordBatch) -> Vec<Vec<String>> {
    let cell = |column: &dyn Array, row| array_value_to_string(column, row).unwrap();
    let of = |row| batch.columns().iter().map(|column| cell(column, row)).collect();
    (0..batch.num_rows()).map(of).collect()
}

#[test]
fn files_globs_and_folders_are_tables() {
    let folder = tempfile::tempdir().unwrap();
    store(folder.path());
    fs::write(folder.path().join("a.jsonl"), "{\"id\":\"1\",\"text\":\"Trời mưa.\"}\n").unwrap();
    let engine = Engine::new().unwrap();
    let path = folder.path().display();
    for (table, expected) in [
        (format!("{path}/shard-00000.parquet"), "3"),
        (format!("{path}/*.parquet"), "5"),
        (format!("{path}"), "5"),
        (format!("{path}/"), "5"),
        (format!("file://{path}/shard-00001.parquet"), "2"),
        (format!("{path}/a.jsonl"), "1"),
    ] {
        let found = rows(&engine, &format!("select count(text) from '{table}'")).unwrap();
        assert_eq!(found, [[expected]], "{table}");
    }
}

#[test]
fn layers_of_documents_are_nested_columns() {
    let folder = tempfile::tempdir().unwrap();
    store(folder.path());
    let engine = Engine::new().unwrap();
    let query = format!(
        "select w['kind'], w['start'], w['end'] from \
         (select unnest(words) as w from '{0}' where id = '0') \
         except select w['kind'], w['start'], w['end'] from \
         (select unnest(vi_word_spans(text)) as w from '{0}' where id = '0')",
        folder.path().display()
    );
    assert_eq!(rows(&engine, &query).unwrap(), Vec::<Vec<String>>::new());
    let query = format!(
        "select m['value'] from (select unnest(mentions) as m from '{}') where m['kind'] = 'date'",
        folder.path().display()
    );
    let found = rows(&engine, &query).unwrap();
    assert!(found.len() == 1 && found[0][0].contains("2016-03-12"), "{found:?}");
}

#[test]
fn near_duplicates_are_those_of_the_plain_crate() {
    let folder = tempfile::tempdir().unwrap();
    store(folder.path());
    let sketches = TEXTS.map(Sketch::of_text);
    for threshold in [0.5, 0.8, 0.95] {
        let expected: Vec<Vec<String>> = exactly(&sketches, threshold)
            .iter()
            .map(|it| vec![it.a.to_string(), it.b.to_string(), it.similarity.to_string()])
            .collect();
        for threads in [1, 2, 5] {
            let engine = Engine::with_threads(threads).unwrap();
            let table = folder.path().display().to_string();
            let query = near_duplicates(&table, "id", "text", threshold);
            assert_eq!(rows(&engine, &query).unwrap(), expected, "{threshold}, {threads} threads");
        }
    }
}

#[test]
fn constants_are_answered_and_null_is_null() {
    let engine = Engine::new().unwrap();
    for (query, expected) in [
        ("select vi_normalize('Ðảng')", "Đảng"),
        ("select vi_normalize(null)", ""),
        ("select vi_words('Bộ Chính trị họp.')", "[Bộ Chính trị, họp, .]"),
        ("select vi_words(arrow_cast('Hà Nội', 'Dictionary(Int32, Utf8)'))", "[Hà Nội]"),
        ("select jaccard('mưa to', 'Mưa to')", "1.0"),
        (
            "select vi_extract('Sáng 29/8, họp.', date '2014-08-30')[1]['value'] like '%\"2014-08-29\"%'",
            "true",
        ),
        ("select byte_slice('Ở Hà Nội.', 4, 13)", "Hà Nội"),
        ("select json_get_str(vi_extract('Sáng 29/8/2014')[1]['value'], 'iso')", "2014-08-29"),
        ("select json_get_str('{\"a\":[{\"b\":\"ở\"}]}', 'a', 0, 'b')", "ở"),
        ("select quality('', 'news')['keep']", "false"),
        ("select count(*) from (select unnest(minhash_bands('mưa to', 1)))", "33"),
    ] {
        assert_eq!(rows(&engine, query).unwrap(), [[expected]], "{query}");
    }
}

#[test]
fn what_is_wrong_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().display();
    fs::write(folder.path().join("a.txt"), "x").unwrap();
    fs::create_dir(folder.path().join("empty")).unwrap();
    fs::write(folder.path().join("broken.parquet"), "PAR1").unwrap();
    let engine = Engine::new().unwrap();
    for (query, told) in [
        ("select vi_words(1)".to_owned(), "vi_words takes a text here, not Int64"),
        ("select jaccard('a')".to_owned(), "jaccard takes 2 arguments, not 1"),
        ("select vi_extract('a', 'b', 'c')".to_owned(), "vi_extract takes 1 or 2 arguments, not 3"),
        (
            "select minhash_bands('a', 'b')".to_owned(),
            "minhash_bands takes a number here, not Utf8",
        ),
        ("select json_get_str('{}')".to_owned(), "json_get_str takes 2 or more arguments, not 1"),
        ("select quality('mưa', 'gopher')".to_owned(), "no preset is called \"gopher\""),
        (format!("select 1 from '{path}/none.parquet'"), "none.parquet: there is no such file"),
        (
            format!("select 1 from '{path}/none-*.parquet'"),
            "no file of this name that ends in .parquet",
        ),
        (format!("select 1 from '{path}/empty/'"), "no file of this name that ends in .parquet"),
        (format!("select 1 from '{path}/a.txt'"), "a.txt: only files that end in .parquet"),
        (format!("select 1 from '{path}/broken.parquet'"), "arquet"),
        (format!("copy (select 1) to '{path}/b.parquet'"), "DML not supported"),
        ("create table t as select 1".to_owned(), "DDL not supported"),
        ("selec 1".to_owned(), "SQL error"),
    ] {
        let found = rows(&engine, &query).unwrap_err().to_string();
        assert!(found.contains(told), "{query}: {found}");
    }
}

#[test]
fn documents_without_layers_have_empty_lists() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    let mut writer = ParquetWriter::new(fs::File::create(&path).unwrap()).unwrap();
    writer
        .write(&Document::new("1", "Trời mưa.").with_annotations(Annotations::default()))
        .unwrap();
    writer.finish().unwrap();
    let engine = Engine::new().unwrap();
    let query = format!("select cardinality(words), id from '{}'", path.display());
    assert_eq!(rows(&engine, &query).unwrap(), [["0", "1"]]);
}
