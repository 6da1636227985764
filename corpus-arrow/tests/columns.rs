//! The columns hold, row by row, what the plain crates give for a text; however they are stored and cut.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]
#![allow(missing_docs, reason = "a test is no API")]

use std::sync::Arc;

use corpus_arrow::arrow_array::cast::AsArray as _;
use corpus_arrow::arrow_array::types::Float64Type;
use corpus_arrow::arrow_array::{
    Array, ArrayRef, Float64Array, Int64Array, LargeStringArray, StringArray, StringViewArray,
};
use corpus_arrow::{ColumnError, list_of, quality_fields, sentence_fields, word_fields};
use corpus_model::{Document, When};
use corpus_stats::quality::{Filter, Preset};
use corpus_stats::{Banding, Sketch};
use corpus_text::{Normalization, Segmenter};
use proptest::prelude::*;

const TEXTS: [Option<&str>; 6] = [
    Some("Sáng 29/8, Ðảng uỷ xã họp. Ông Vi Văn Thìn, Bí thư Huyện ủy, dự."),
    None,
    Some(""),
    Some("Quyết định 217-QĐ/TW ngày 12/12/2013. Quỹ góp 17,6 tỷ đồng!"),
    Some("  \u{200B}\n"),
    Some("Sáng 29/8, Ðảng uỷ xã họp. Ông Vi Văn Thìn, Bí thư Huyện ủy, dự!"),
];

fn column() -> ArrayRef {
    Arc::new(TEXTS.iter().copied().collect::<StringArray>())
}

type Function = fn(&dyn Array) -> Result<ArrayRef, ColumnError>;

/// Every function of one column, by name.
const FUNCTIONS: [(&str, Function); 8] = [
    ("normalize", corpus_arrow::normalize),
    ("sentences", corpus_arrow::sentences),
    ("sentence_spans", corpus_arrow::sentence_spans),
    ("words", corpus_arrow::words),
    ("word_spans", corpus_arrow::word_spans),
    ("facts", |texts| corpus_arrow::facts(texts, None)),
    ("minhash_bands", |texts| corpus_arrow::minhash_bands(texts, None)),
    ("quality", |texts| corpus_arrow::quality(texts, None)),
];

fn strings(list: &ArrayRef, row: usize) -> Vec<String> {
    let values = list.as_list::<i32>().value(row);
    values.as_string::<i32>().iter().flatten().map(str::to_owned).collect()
}

#[test]
fn rows_are_what_the_plain_crates_give() {
    let texts = column();
    let [normal, sentences, words] = [
        corpus_arrow::normalize(&texts).unwrap(),
        corpus_arrow::sentences(&texts).unwrap(),
        corpus_arrow::words(&texts).unwrap(),
    ];
    let bands = corpus_arrow::minhash_bands(&texts, None).unwrap();
    for (row, text) in TEXTS.iter().enumerate() {
        let Some(text) = text else {
            for array in [&normal, &sentences, &words, &bands] {
                assert!(array.is_null(row));
            }
            continue;
        };
        let expected = corpus_text::normalize(text, &Normalization::default());
        assert_eq!(normal.as_string::<i32>().value(row), expected.text());
        let expected: Vec<&str> =
            corpus_text::sentences(text).map(|it| &text[it.span.range()]).collect();
        assert_eq!(strings(&sentences, row), expected);
        let expected: Vec<&str> = expected
            .iter()
            .flat_map(|part| {
                let words = Segmenter::built_in().words(part);
                words.into_iter().map(|it| &part[it.span.range()]).collect::<Vec<&str>>()
            })
            .collect();
        assert_eq!(strings(&words, row), expected);
        let sketch = Sketch::of_text(text);
        let expected: Vec<u64> = Some(&sketch)
            .filter(|it| it.words() > 0)
            .map_or_else(Vec::new, |it| Banding::of(0.8).keys(it).into_iter().collect());
        let found = bands.as_list::<i32>().value(row);
        assert_eq!(
            found.as_primitive::<corpus_arrow::arrow_array::types::UInt64Type>().values().to_vec(),
            expected
        );
    }
}

#[test]
fn facts_are_those_of_the_document() {
    let texts = column();
    let days: ArrayRef = Arc::new(StringArray::from(vec![Some("2014-08-30"); TEXTS.len()]));
    let facts = corpus_arrow::facts(&texts, Some(&days)).unwrap();
    for (row, text) in TEXTS.iter().enumerate() {
        let Some(text) = text else {
            assert!(facts.is_null(row));
            continue;
        };
        let mut document = Document::new("", *text);
        document.metadata.published = When::from_iso("2014-08-30");
        let expected = corpus_extract::Extractor::built_in().extract(&document);
        let found = facts.as_list::<i32>().value(row);
        let found = found.as_struct();
        let texts = found.column_by_name("text").unwrap();
        let kinds = found.column_by_name("kind").unwrap();
        let values = found.column_by_name("value").unwrap();
        assert_eq!(found.len(), expected.len());
        for (at, mention) in expected.iter().enumerate() {
            assert_eq!(texts.as_string::<i32>().value(at), &document[mention.span]);
            assert_eq!(kinds.as_string::<i32>().value(at), mention.kind().name());
            let value: serde_json::Value =
                serde_json::from_str(values.as_string::<i32>().value(at)).unwrap();
            let whole = serde_json::to_value(mention).unwrap();
            assert_eq!(value, whole["value"]);
        }
    }
}

#[test]
fn all_kinds_of_text_columns_give_the_same() {
    let small = column();
    let large: ArrayRef = Arc::new(TEXTS.iter().copied().collect::<LargeStringArray>());
    let views: ArrayRef = Arc::new(TEXTS.iter().copied().collect::<StringViewArray>());
    for (name, function) in FUNCTIONS {
        let expected = function(&small).unwrap();
        assert_eq!(&function(&large).unwrap(), &expected, "{name}");
        assert_eq!(&function(&views).unwrap(), &expected, "{name}");
        assert_eq!(function(&small.slice(0, 0)).unwrap().len(), 0, "{name}");
    }
}

#[test]
fn types_are_as_told() {
    use corpus_arrow::arrow_schema::DataType;
    let texts = column();
    let sentences = corpus_arrow::sentence_spans(&texts).unwrap();
    assert_eq!(sentences.data_type(), &list_of(DataType::Struct(sentence_fields())));
    let words = corpus_arrow::word_spans(&texts).unwrap();
    assert_eq!(words.data_type(), &list_of(DataType::Struct(word_fields())));
    let verdicts = corpus_arrow::quality(&texts, None).unwrap();
    assert_eq!(verdicts.data_type(), &DataType::Struct(quality_fields()));
    assert!(verdicts.is_null(1) && verdicts.is_valid(2), "an empty text is judged, none is not");
}

#[test]
fn texts_that_are_alike_share_a_key() {
    let (a, b) = (column().slice(0, 1), column().slice(5, 1));
    let alike = corpus_arrow::jaccard(&a, &b).unwrap();
    let alike = alike.as_primitive::<Float64Type>().value(0);
    assert!(alike >= 0.8, "{alike}");
    let keys = |array: &ArrayRef| corpus_arrow::minhash_bands(array, None).unwrap();
    let (a, b) = (keys(&a).as_list::<i32>().value(0), keys(&b).as_list::<i32>().value(0));
    let numbers = |array: &ArrayRef| {
        array.as_primitive::<corpus_arrow::arrow_array::types::UInt64Type>().values().to_vec()
    };
    assert!(numbers(&a).iter().any(|key| numbers(&b).contains(key)));
}

#[test]
fn the_day_of_publication_settles_dates() {
    let texts: ArrayRef = Arc::new(StringArray::from(vec!["Sáng 29/8, đoàn họp."; 3]));
    let days: ArrayRef =
        Arc::new(StringArray::from(vec![Some("2014-08-29"), None, Some("hôm nay")]));
    let facts = corpus_arrow::facts(&texts, Some(&days)).unwrap();
    let values = |row: usize| {
        let list = facts.as_list::<i32>().value(row);
        let values = list.as_struct().column_by_name("value").unwrap().clone();
        values.as_string::<i32>().iter().flatten().collect::<String>()
    };
    assert!(values(0).contains("2014-08-29"), "{}", values(0));
    assert!(values(1).contains("XXXX-08-29"), "{}", values(1));
    assert_eq!(values(1), values(2));
}

#[test]
fn verdicts_are_those_of_the_preset_beside() {
    let text = "Mua ngay #nhà #đất #rẻ";
    let texts: ArrayRef = Arc::new(StringArray::from(vec![text, text]));
    let presets: ArrayRef = Arc::new(StringArray::from(vec!["fineweb2-vie", "news"]));
    let verdicts = corpus_arrow::quality(&texts, Some(&presets)).unwrap();
    let verdicts = verdicts.as_struct();
    for (row, preset) in ["fineweb2-vie", "news"].into_iter().enumerate() {
        let plain = Filter::new(&Preset::built_in(preset).unwrap()).judge(text);
        assert_eq!(verdicts.column(0).as_boolean().value(row), plain.keep());
        let rule = verdicts.column(1).as_string::<i32>().value(row);
        assert_eq!(rule, plain.reasons[0].rule.to_string());
    }
}

#[test]
fn thresholds_may_differ_from_row_to_row() {
    let shares =
        Float64Array::from(vec![Some(0.8), Some(0.8), Some(0.8), Some(0.5), None, Some(0.8)]);
    let keys = corpus_arrow::minhash_bands(&column(), Some(&shares)).unwrap();
    let keys = keys.as_list::<i32>();
    assert_eq!(keys.value(3).len(), Banding::of(0.5).len());
    assert!(keys.value(2).is_empty(), "a text without words meets nobody");
    assert!(keys.is_null(4));
}

#[test]
fn what_cannot_be_is_told() {
    let texts = column();
    let numbers: ArrayRef = Arc::new(Int64Array::from(vec![1]));
    let told = |result: Result<ArrayRef, ColumnError>| result.unwrap_err().to_string();
    assert_eq!(
        told(corpus_arrow::words(&numbers)),
        "texts are Utf8, LargeUtf8 or Utf8View, not Int64"
    );
    assert_eq!(
        told(corpus_arrow::jaccard(&texts, &texts.slice(1, 2))),
        "a column of 6 rows stands beside one of 2"
    );
    let names: ArrayRef = Arc::new(StringArray::from(vec!["tin"; 6]));
    let error = told(corpus_arrow::quality(&texts, Some(&names)));
    assert!(error.starts_with("no preset is called \"tin\"; there are fineweb2-vie"), "{error}");
    let shares = Float64Array::from(vec![1.5; 6]);
    let error = told(corpus_arrow::minhash_bands(&texts, Some(&shares)));
    assert!(error.contains("to 1, not 1.5"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn where_a_column_is_cut_changes_nothing(
        texts in prop::collection::vec(prop::option::of("[a-zđưộ .,0-9/\u{300}]{0,40}"), 0..8),
        cut in 0_usize..8,
    ) {
        let whole: ArrayRef = Arc::new(texts.iter().map(Option::as_deref).collect::<StringArray>());
        let cut = cut.min(whole.len());
        for (name, function) in FUNCTIONS {
            let expected = function(&whole).unwrap();
            let front = function(&whole.slice(0, cut)).unwrap();
            let behind = function(&whole.slice(cut, whole.len() - cut)).unwrap();
            prop_assert_eq!(&front, &expected.slice(0, cut), "{}", name);
            prop_assert_eq!(&behind, &expected.slice(cut, whole.len() - cut), "{}", name);
        }
    }
}
