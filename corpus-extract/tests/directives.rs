//! Directives in sentences written for the purpose, with what is found beside them.
//!
//! `cases/directives.txt` holds sentences, each with its mentions indented below it.
//! `UPDATE_EXPECTED=1` rewrites them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails may panic")]

#[path = "cases/check.rs"]
mod cases;

use std::fmt::Write as _;

use corpus_extract::Extractor;
use corpus_model::{Directive, DirectiveRef, Document, MentionKind, Span, Value};
use proptest::prelude::*;

fn found(text: &str) -> Vec<(Span, Directive)> {
    let document = Document::new("case", text);
    let found = Extractor::built_in().extract_kinds(&document, &[MentionKind::Directive]);
    found
        .into_iter()
        .filter_map(|mention| match mention.value {
            Value::Directive(directive) => Some((mention.span, directive)),
            _ => None,
        })
        .collect()
}

/// The fields that a reference has, by name.
fn fields(reference: &DirectiveRef) -> String {
    let mut line = String::new();
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            write!(line, " {name}={value}").unwrap();
        }
    };
    add("kind", reference.kind.clone());
    add("number", reference.number_text.clone());
    add("symbol", reference.symbol.clone());
    add("year", reference.year.map(|it| it.to_string()));
    add("plenum", reference.plenum.map(|it| it.to_string()));
    add("term", reference.term.clone());
    add("issuer", reference.issuer.clone());
    add("symbol_issuer", reference.symbol_issuer.clone());
    add("amended", reference.amended.map(|it| it.to_string()));
    add("date", reference.date.map(|it| it.to_string()));
    add("point", reference.point.clone());
    add("clause", reference.clause.clone());
    add("article", reference.article.clone());
    add("title", reference.title.clone());
    line.trim_start().to_owned()
}

fn shown(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for (span, directive) in found(text) {
        let antecedent = directive.antecedent.map(|it| format!(" = [{}]", &text[it.range()]));
        let relations = directive.relations.iter().map(|it| {
            let by = it.by.map_or("", |by| &text[by.range()]);
            format!(" <{} {by}>", it.relation.name())
        });
        let relations: String = relations.collect();
        let antecedent = antecedent.unwrap_or_default();
        lines.push(format!("[{}]{antecedent}{relations}", &text[span.range()]));
        lines.extend(directive.refs.iter().map(|it| format!("  {}", fields(it))));
    }
    lines
}

#[test]
fn cases_are_found_as_written() {
    cases::check("directives.txt", shown);
}

#[test]
fn spelling_changes_nothing() {
    let written = "Nghị quyết Trung ương 4 khóa XI và Quyết định số 12-QĐ/TW của Bộ Chính trị.";
    let other = [
        "NGHỊ QUYẾT TRUNG ƯƠNG 4 KHOÁ XI và QUYẾT ĐỊNH SỐ 12-QÐ/TW của BỘ CHÍNH TRỊ.",
        "Nghị quyết Trung ương 4 khoá XI và Quyết định số 12 - QĐ / TW của bộ Chính trị.",
        "Nghi\u{323} quyê\u{301}t Trung ương 4 kho\u{301}a XI và Quyê\u{301}t đi\u{323}nh số 12–QĐ/TW \
         của Bộ Chính trị.",
    ];
    let facts = |text: &str| -> Vec<_> {
        let refs = found(text).into_iter().flat_map(|(_, directive)| directive.refs);
        refs.map(|it| (it.kind, it.number, it.plenum, it.term, it.issuer)).collect()
    };
    let expected = facts(written);
    assert_eq!(expected.len(), 2);
    for text in other {
        assert_eq!(facts(text), expected, "{text}");
    }
}

/// Not timed: what is quadratic in this many does not come back at all.
#[test]
fn long_and_hostile_texts_take_linear_time() {
    let many = 10_000;
    let list: String = (1..many).map(|n| format!(", {n}")).collect();
    assert_eq!(found(&format!("Nghị quyết số 0{list}.")).len(), 1);
    for repeated in [
        "Nghị quyết số ",
        "Quyết định 1/",
        "25-NQ/",
        "điểm a khoản 1 ",
        "Điều 5, ",
        "điểm a ",
        "khoản 5 người, ",
        "văn bản số ",
        "Nghị quyết Đại hội đại biểu ",
        "Luật Đất ",
        "Nghị quyết này ",
        "Nghị quyết 5-NQ/TW ",
        "của Bộ ",
        "Chính phủ ban hành Nghị định ",
        "Nghị quyết Trung ương 4, ",
        "UBND tỉnh An Quyết định 2/QĐ-UBND ",
        "sửa đổi, bổ sung một số điều của ",
        "Nghị định 2/NĐ-CP sửa đổi Nghị định ",
        "Quyết định 3/QĐ-TTg về đổi mới, ",
        "Nghị định 4/NĐ-CP của Chính phủ và Chính phủ ",
        "Điều 5 của Bộ luật này ",
        "theo Luật An ",
        "được bãi bỏ bởi ",
    ] {
        found(&repeated.repeat(many));
    }
    // Each names another province, and none of them its own.
    let provinces: String =
        (0..many).map(|n| format!("UBND tỉnh Z{} ra 5/QĐ-UBND. ", "A".repeat(n % 50))).collect();
    found(&provinces);
}

/// A number looked for its head in the title of the law before it.
#[test]
fn a_head_is_not_sought_inside_the_mention_before() {
    let found = found("Luật Đất đai số số 0NQ/TW");
    assert!(found.windows(2).all(|pair| pair[0].0.end() <= pair[1].0.start()), "{found:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn spans_lie_on_character_boundaries_and_apart(text in "(Nghị quyết |số |Điều |khoản |Trung ương |khóa |XI|[0-9/\\-, ]|QĐ|NQ/TW|của Bộ Chính trị|Luật Đất đai |ngày |\\PC){0,40}") {
        let mut end = 0;
        for (span, directive) in found(&text) {
            prop_assert!(text.get(span.range()).is_some_and(|it| !it.is_empty()));
            prop_assert!(span.start() >= end);
            end = span.end();
            prop_assert!(!directive.refs.is_empty());
            if let Some(antecedent) = directive.antecedent {
                prop_assert!(antecedent.end() <= span.start());
            }
        }
    }

    #[test]
    fn paragraphs_are_read_one_by_one(number in 1_u32..3000, n in 1_usize..4) {
        let line = format!("Quyết định số {number}/QĐ-TTg của Thủ tướng Chính phủ");
        let text = vec![line.as_str(); n].join("\n");
        let found = found(&text);
        prop_assert_eq!(found.len(), n);
        for (span, _) in found {
            prop_assert_eq!(&text[span.range()], format!("Quyết định số {number}/QĐ-TTg"));
        }
    }
}
