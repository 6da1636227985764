//! Decisions and figures held against those that `datatrove` 0.10.1 gave (Python 3.10, words cut at
//! white space, FineWeb-2's thresholds for Vietnamese).

use std::fs;

use serde_json::Value;

use super::{Filter, Metric, Preset};

fn filter() -> Filter {
    Filter::new(&Preset::built_in("fineweb2-vie").unwrap())
}

fn names(text: &str) -> Vec<String> {
    filter().judge(text).reasons.iter().map(|reason| reason.rule.to_string()).collect()
}

#[test]
fn texts_without_words_are_turned_down_for_that_alone() {
    for text in ["", " ", "\n", "\n\n\u{a0}\u{1c}\n"] {
        assert_eq!(names(text), ["empty"], "{text:?}");
    }
}

#[test]
fn decisions_are_those_of_datatrove() {
    let cases = include_str!("../../tests/quality/datatrove.jsonl");
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        check(&case, 1e-12);
    }
    assert!(cases.lines().count() > 20);
}

#[test]
fn visible_decisions_are_those_of_datatrove() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/quality/decisions.jsonl");
    let Ok(lines) = fs::read_to_string(path) else {
        println!("skipped: {path} is not there");
        return;
    };
    for line in lines.lines() {
        check(&serde_json::from_str(line).unwrap(), 1e-6);
    }
}

/// Compares a verdict with the recorded one.
fn check(case: &Value, tolerance: f64) {
    let id = &case["id"];
    let verdict = filter().judge(case["text"].as_str().unwrap());
    let keep = case["decision"].as_str() == Some("keep");
    assert_eq!(verdict.keep(), keep, "{id}: {:?}", verdict.reasons);
    let found: Vec<String> = verdict.reasons.iter().map(|it| it.rule.to_string()).collect();
    for filter in ["gopher_repetition", "fineweb_quality", "gopher_quality"] {
        let rule = case[filter].as_str().unwrap();
        assert!(rule == "keep" || found.iter().any(|it| it == rule), "{id}: {rule}, {found:?}");
    }
    let metrics = &case["metrics"];
    let same = |metric: Metric, value: &Value| {
        let (found, value) = (verdict.metric(metric).unwrap(), value.as_f64().unwrap());
        assert!((found - value).abs() <= tolerance, "{id}: {metric:?} {found}, not {value}");
    };
    same(Metric::Words, &metrics["n_words"]);
    same(Metric::RepeatedLines, &metrics["dup_line_frac"]);
    same(Metric::StopWords, &metrics["stop_hits"]);
    for n in 2..=4 {
        same(Metric::TopGram(n), &metrics["top"][n.to_string()]);
    }
    for n in 5..=10 {
        same(Metric::RepeatedGrams(n), &metrics["dup"][n.to_string()]);
    }
}

#[test]
fn the_rules_of_c4_see_what_is_no_prose() {
    let preset =
        "too_few_sentences 2\nlorem_ipsum 0\ncurly_bracket 0\npolicy 0.3\ntoo_long_word 50";
    let filter = Filter::new(&Preset::parse(preset).unwrap());
    let reasons = |text: &str| -> Vec<String> {
        filter.judge(text).reasons.iter().map(|it| it.rule.to_string()).collect()
    };
    let good = "Trời mưa to ở Huế. Nước lên nhanh trong đêm.";
    assert_eq!(reasons(good), [""; 0]);
    assert_eq!(reasons("Trời mưa to ở Huế"), ["too_few_sentences"]);
    assert_eq!(reasons(&format!("{good}\nLorem ipsum dolor sit")), ["lorem_ipsum"]);
    assert_eq!(reasons(&format!("{good}\nvar x = {{")), ["curly_bracket"]);
    assert_eq!(reasons(&format!("{good}\nTrang này sử dụng cookie.")), ["policy"]);
    assert_eq!(reasons(&format!("{good} {}.", "a".repeat(51))), ["too_long_word"]);
}

#[test]
fn paragraphs_are_parted_by_empty_lines() {
    let preset = Preset::parse("dup_para_frac 0.3\ndup_para_char_frac 0.2").unwrap();
    let verdict = Filter::new(&preset).judge("\nMưa to\n\n\nNắng\nto\n\nMưa to\n");
    assert_eq!(verdict.metric(Metric::RepeatedParagraphs), Some(1.0 / 3.0));
    assert_eq!(verdict.metric(Metric::RepeatedParagraphChars), Some(6.0 / 26.0));
    assert_eq!(verdict.reasons.len(), 2);
}

#[test]
fn language_and_encoding_are_measured_where_a_preset_asks() {
    let preset = Preset::parse("not_vietnamese 0.5\nwithout_marks 0.3\nundecoded 0.001").unwrap();
    let filter = Filter::new(&preset);
    let reasons = |text: &str| -> Vec<String> {
        filter.judge(text).reasons.iter().map(|it| it.rule.to_string()).collect()
    };
    assert_eq!(reasons("Hội nghị bàn về cải cách hành chính."), [""; 0]);
    assert_eq!(
        reasons("The meeting discussed administrative reform."),
        ["not_vietnamese", "without_marks"]
    );
    assert_eq!(reasons("Hoi nghi ban ve cai cach hanh chinh."), ["without_marks"]);
    assert_eq!(reasons("Hội nghị bàn v\u{fffd} cải cách hành chính."), ["undecoded"]);
    assert_eq!(
        Filter::new(&Preset::parse("").unwrap()).judge("a").metric(Metric::UndecodedChars),
        None
    );
}
