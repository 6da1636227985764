//! A scheduler and an executor in one process answer as the engine without them.

#![cfg(feature = "cluster")]
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]
#![allow(missing_docs, reason = "a test is no API")]

use std::fs;

use corpus_engine::datafusion::arrow::array::RecordBatch;
use corpus_engine::datafusion::arrow::util::display::array_value_to_string;
use corpus_engine::{Engine, near_duplicates};

fn rows(engine: &Engine, query: &str) -> Vec<Vec<String>> {
    let batches = engine.query(query).unwrap().collect::<Result<Vec<RecordBatch>, _>>().unwrap();
    let mut rows = Vec::new();
    for batch in &batches {
        for row in 0..batch.num_rows() {
            let cell = |column| array_value_to_string(column, row).unwrap();
            rows.push(batch.columns().iter().map(|column| cell(column)).collect());
        }
    }
    rows
}

#[test]
fn standalone_answers_as_embedded() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    let texts = [
        "Sáng 12/3/2016, Bí thư Huyện ủy Vi Văn Thìn họp tại Hà Nội.",
        "Giá lúa ở đồng bằng tăng nhẹ so với tuần trước, nông dân phấn khởi bước vào vụ mới.",
        "giá lúa ở đồng bằng tăng nhẹ so với tuần trước, nông dân phấn khởi bước vào vụ mới.",
    ];
    let lines = texts
        .iter()
        .enumerate()
        .map(|(n, text)| format!("{}\n", serde_json::json!({ "id": n, "text": text })));
    fs::write(&path, lines.collect::<String>()).unwrap();
    let table = path.to_str().unwrap();
    let queries = [
        format!(
            "select id, vi_normalize(text), vi_words(text), vi_sentences(text) from '{table}' order by id"
        ),
        format!(
            "select id, vi_word_spans(text), vi_sentence_spans(text) from '{table}' order by id"
        ),
        format!("select id, vi_extract(text, '2016-03-13') from '{table}' order by id"),
        format!("select id, quality(text), quality(text, 'news') from '{table}' order by id"),
        format!(
            "select f['kind'] as kind, count(*) from (select unnest(vi_extract(text)) as f from '{table}') \
                 group by 1 order by 1"
        ),
        near_duplicates(table, "id", "text", 0.8),
        "select * from vi_words('Bộ Chính trị họp.') order by start".to_owned(),
        "select * from vi_extract('Sáng 29/8, họp.', date '2014-08-30')".to_owned(),
    ];
    let embedded = Engine::new().unwrap();
    let standalone = Engine::standalone().unwrap();
    for query in &queries {
        let expected = rows(&embedded, query);
        assert!(!expected.is_empty(), "{query}");
        assert_eq!(rows(&standalone, query), expected, "{query}");
    }
}

#[test]
fn files_of_one_machine_are_refused() {
    let standalone = Engine::standalone().unwrap();
    let told = standalone.query("select 1 from vi_documents('.')").unwrap_err().to_string();
    assert!(told.contains("vi_documents is not for a cluster"), "{told}");
}
