use datafusion::arrow::array::{LargeStringArray, StringArray, StringViewArray};
use datafusion::arrow::datatypes::{Int64Type, UInt64Type};
use datafusion::arrow::util::display::array_value_to_string;

use super::*;

const TEXTS: [Option<&str>; 5] = [
    Some("Sáng 12/3/2016, Bí thư Huyện ủy Vi Văn Thìn họp tại Hà Nội. Trời mưa."),
    None,
    Some(""),
    Some("Ðảng bộ xã gồm 25 căn nhà, trị giá 1,5 tỷ đồng"),
    Some(" \n"),
];

const KINDS: [Kind; 9] = [
    Kind::Normalize,
    Kind::Sentences,
    Kind::SentenceSpans,
    Kind::Words,
    Kind::WordSpans,
    Kind::Extract,
    Kind::MinhashBands,
    Kind::Jaccard,
    Kind::Quality,
];

fn arguments(kind: Kind, texts: ArrayRef) -> Vec<ArrayRef> {
    match kind {
        Kind::Jaccard => vec![Arc::clone(&texts), texts],
        _ => vec![texts],
    }
}

fn small() -> ArrayRef {
    Arc::new(StringArray::from(TEXTS.to_vec()))
}

/// What the rows of a column are shown as.
fn rows(column: &ArrayRef) -> Vec<String> {
    (0..column.len()).map(|row| array_value_to_string(column, row).unwrap()).collect()
}

#[test]
fn the_kind_of_string_does_not_matter() {
    for kind in KINDS {
        let expected = evaluate(kind, &arguments(kind, small())).unwrap();
        let others: [ArrayRef; 2] = [
            Arc::new(LargeStringArray::from(TEXTS.to_vec())),
            Arc::new(StringViewArray::from(TEXTS.to_vec())),
        ];
        for other in others {
            assert_eq!(&evaluate(kind, &arguments(kind, other)).unwrap(), &expected, "{kind:?}");
        }
    }
}

#[test]
fn parts_of_a_column_are_answered_as_the_whole() {
    for kind in KINDS {
        let whole = rows(&evaluate(kind, &arguments(kind, small())).unwrap());
        for cut in 0..=TEXTS.len() {
            let parts = [small().slice(0, cut), small().slice(cut, TEXTS.len() - cut)];
            let parts = parts.map(|part| rows(&evaluate(kind, &arguments(kind, part)).unwrap()));
            assert_eq!(parts.concat(), whole, "{kind:?}, cut at {cut}");
        }
    }
}

#[test]
fn what_is_null_stays_null_and_what_is_empty_does_not_become_so() {
    for kind in KINDS {
        let column = evaluate(kind, &arguments(kind, small())).unwrap();
        let nulls: Vec<bool> = (0..column.len()).map(|row| column.is_null(row)).collect();
        assert_eq!(nulls, [false, true, false, false, false], "{kind:?}");
    }
}

#[test]
fn parts_are_those_of_the_plain_crates() {
    let words = evaluate(Kind::WordSpans, &[small()]).unwrap();
    let sentences = evaluate(Kind::SentenceSpans, &[small()]).unwrap();
    let facts = evaluate(Kind::Extract, &[small()]).unwrap();
    for (row, text) in TEXTS.iter().enumerate() {
        let Some(text) = text else { continue };
        let spans = |column: &ArrayRef| -> Vec<(i64, i64, String)> {
            let list = column.as_list::<i32>().value(row);
            let list = list.as_struct();
            let number = |name| list.column_by_name(name).unwrap().as_primitive::<Int64Type>();
            let texts = list.column_by_name("text").unwrap().as_string::<i32>();
            (0..list.len())
                .map(|n| (number("start").value(n), number("end").value(n), texts.value(n).into()))
                .collect()
        };
        let of = |span: corpus_model::Span| {
            (span.start() as i64, span.end() as i64, text[span.range()].to_owned())
        };
        let plain: Vec<_> =
            Segmenter::built_in().words(text).iter().map(|it| of(it.span)).collect();
        assert_eq!(spans(&words), plain);
        let plain: Vec<_> = corpus_text::sentences(text).map(|it| of(it.span)).collect();
        assert_eq!(spans(&sentences), plain);
        let document = Document::new("", *text);
        let plain: Vec<_> =
            Extractor::built_in().extract(&document).iter().map(|it| of(it.span)).collect();
        assert_eq!(spans(&facts), plain);
    }
}

#[test]
fn keys_are_those_of_the_plain_crate() {
    let keys = evaluate(Kind::MinhashBands, &[small()]).unwrap();
    let keys = keys.as_list::<i32>();
    let first = keys.value(0).as_primitive::<UInt64Type>().values().to_vec();
    assert_eq!(first, Banding::of(0.8).keys(&Sketch::of_text(TEXTS[0].unwrap())));
    // Texts without words meet nobody, not even each other.
    assert!(keys.value(2).is_empty() && keys.value(4).is_empty());

    let thresholds: ArrayRef = Arc::new(Float64Array::from(vec![0.8, 0.8, 0.8, 0.5, 0.8]));
    let keys = evaluate(Kind::MinhashBands, &[small(), thresholds]).unwrap();
    assert_eq!(keys.as_list::<i32>().value(3).len(), Banding::of(0.5).len());
}

#[test]
fn a_threshold_out_of_range_is_told() {
    for threshold in [0.0, 1.5, -1.0, f64::NAN] {
        let thresholds: ArrayRef = Arc::new(Float64Array::from(vec![threshold; TEXTS.len()]));
        let error = evaluate(Kind::MinhashBands, &[small(), thresholds]).unwrap_err();
        assert!(error.to_string().contains("a threshold is from 0.07 to 1"), "{error}");
    }
}

#[test]
fn the_day_of_publication_settles_dates() {
    let texts: ArrayRef = Arc::new(StringArray::from(vec!["Sáng 29/8, đoàn họp."; 3]));
    let days: ArrayRef =
        Arc::new(StringArray::from(vec![Some("2014-08-29"), None, Some("hôm nay")]));
    let facts = rows(&evaluate(Kind::Extract, &[texts, days]).unwrap());
    assert!(facts[0].contains("2014-08-29"), "{}", facts[0]);
    assert!(facts[1].contains("XXXX-08-29"), "{}", facts[1]);
    assert_eq!(facts[1], facts[2]);
}

#[test]
fn verdicts_are_those_of_the_plain_crate() {
    let texts: ArrayRef =
        Arc::new(StringArray::from(vec!["Mua ngay #nhà #đất #rẻ", "Mua ngay #nhà #đất #rẻ"]));
    let presets: ArrayRef = Arc::new(StringArray::from(vec!["fineweb2-vie", "news"]));
    let verdicts = evaluate(Kind::Quality, &[texts, presets]).unwrap();
    let verdicts = verdicts.as_struct();
    for (row, preset) in ["fineweb2-vie", "news"].into_iter().enumerate() {
        let filter = Filter::new(&Preset::built_in(preset).unwrap());
        let plain = filter.judge("Mua ngay #nhà #đất #rẻ");
        assert_eq!(verdicts.column(0).as_boolean().value(row), plain.keep());
        assert_eq!(
            verdicts.column(1).as_string::<i32>().value(row),
            plain.reasons[0].rule.to_string()
        );
    }
}

#[test]
fn an_unknown_preset_is_told() {
    let presets: ArrayRef = Arc::new(StringArray::from(vec!["gopher"; TEXTS.len()]));
    let error = evaluate(Kind::Quality, &[small(), presets]).unwrap_err().to_string();
    assert!(error.contains("no preset is called \"gopher\"; the presets are fineweb2-vie, news"));
}

#[test]
fn columns_without_rows_are_answered() {
    for kind in KINDS {
        let column = evaluate(kind, &arguments(kind, small().slice(0, 0))).unwrap();
        assert!(column.is_empty());
    }
}
