//! What a query that cannot be asked is told.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]
#![allow(missing_docs, reason = "a test is no API")]

use std::fs;

use corpus_engine::Engine;

#[test]
fn a_wrong_query_is_told_what_to_write() {
    let folder = tempfile::tempdir().unwrap();
    let news = folder.path().join("a.jsonl");
    let line = "{\"id\":\"1\",\"title\":\"Tin\",\"text\":\"Mưa.\",\"published\":\"2016-03-12\",\"tags\":[{\"kind\":\"a\"}]}\n";
    fs::write(&news, line).unwrap();
    let news = news.to_str().unwrap();
    let engine = Engine::new().unwrap();
    for (query, expected) in [
        (
            "select titel from NEWS",
            "there is no column titel; did you mean title? The columns are id, ",
        ),
        ("select n.titel from NEWS n", "there is no column n.titel; did you mean title?"),
        (
            "select a.id from NEWS a join NEWS b on a.id = b.ids",
            "there is no column b.ids; did you mean a.id? The columns are a.id, ",
        ),
        ("select author from NEWS", "text, title, and a text stands in single quotes: 'author'"),
        ("select \"Hà Nội\"", "for nothing is read; a text stands in single quotes: 'Hà Nội'"),
        (
            "select w.text from NEWS d, vi_words(d.text) w",
            "are taken apart by unnest: select unnest(vi_word_spans(text))",
        ),
        ("select vi_word(text) from NEWS", "there is no function vi_word; did you mean vi_words?"),
        ("select lenght(text) from NEWS", "there is no function lenght; did you mean length?"),
        (
            "select find_people(text) from NEWS",
            "beside those of DataFusion there are vi_normalize, ",
        ),
        (
            "select 1 from vi_word('a')",
            "there is no table function vi_word; did you mean vi_words?",
        ),
        (
            "select 1 from people('a')",
            "there is no table function people; there are vi_documents, near_duplicates, ",
        ),
        (
            "select 1 from news",
            "there is no table news; a table is a file or folder in quotes: from 'news/' or ",
        ),
        (
            "select 1 from 'news.txt'",
            "there is no table news.txt; a table is a file or folder in quotes: from vi_documents('news.txt')",
        ),
        ("select 1 from news.parquet/", "the name of a file stands in quotes"),
        (
            "select 1 from my-news.parquet",
            "found: -, line 1, column 17; the name of a file stands in quotes",
        ),
        (
            "select 1 from NEWS where published > 2015",
            "a text is compared with a text: published >= '2016'",
        ),
        (
            "select tags.kind from NEWS",
            "is taken from rows of its own: select m['kind'] from (select unnest(mentions) as m",
        ),
        ("select unnest(tags).kind from NEWS", "is taken with brackets, from rows of its own"),
        ("select title['iso'] from NEWS", "json_get_str(value, 'iso') takes a part"),
        ("select vi_words(1)", "vi_words takes a text here, not Int64"),
        ("select byte_slice('a', 'b', 1)", "byte_slice takes a number here, not Utf8"),
        (
            "select 1 from near_duplicates(NEWS, 'id')",
            "near_duplicates takes a file and maybe its columns",
        ),
        ("select 1 from near_duplicates('none.parquet')", "none.parquet: there is no such file"),
    ] {
        let query = query.replace("NEWS", &format!("'{news}'"));
        let rows = engine.query(&query).and_then(|rows| rows.collect::<Result<Vec<_>, _>>());
        let found = rows.unwrap_err().to_string();
        assert!(found.contains(expected), "{query}: {found}");
    }
}
