//! People in sentences written for the purpose, with what is found beside them.
//!
//! `cases/people.txt` holds sentences, each with its mentions indented below it; ` / ` ends a line.
//! `UPDATE_EXPECTED=1` rewrites them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails may panic")]

#[path = "cases/check.rs"]
mod cases;

use corpus_extract::Extractor;
use corpus_model::{Block, BlockKind, Document, MentionKind, Person, Span, Value};
use proptest::prelude::*;

fn people(document: &Document) -> Vec<(Span, Person)> {
    let found = Extractor::built_in().extract_kinds(document, &[MentionKind::Person]);
    found
        .into_iter()
        .filter_map(|mention| match mention.value {
            Value::Person(person) => Some((mention.span, person)),
            _ => None,
        })
        .collect()
}

fn found(text: &str) -> Vec<(Span, Person)> {
    people(&Document::new("case", text))
}

fn shown(case: &str) -> Vec<String> {
    let text = &case.replace(" / ", "\n");
    found(text)
        .into_iter()
        .map(|(span, person)| {
            let honorific = person.honorific.map(|it| format!("({it}) ")).unwrap_or_default();
            let written = &text[span.range()];
            let name =
                if written == person.name { String::new() } else { format!(" = {}", person.name) };
            let offices: String = person.offices.iter().map(|it| format!(" | {it}")).collect();
            format!("{honorific}[{written}]{name}{offices}")
        })
        .collect()
}

#[test]
fn cases_are_found_as_written() {
    cases::check("people.txt", shown);
}

#[test]
fn authors_are_read_from_bylines() {
    let text = "Trời mưa to.\nThu Hoài\n(TTXVN/Vietnam+)";
    let byline = |part: &str| {
        let start = text.find(part).unwrap();
        Block::new(BlockKind::Byline, Span::new(start, start + part.len()))
    };
    let document = Document::new("1", text).with_blocks([
        Block::new(BlockKind::Paragraph, Span::new(0, text.find('\n').unwrap())),
        byline("Thu Hoài"),
        byline("(TTXVN/Vietnam+)"),
    ]);
    let names: Vec<String> = people(&document).into_iter().map(|(_, it)| it.name).collect();
    assert_eq!(names, ["Thu Hoài"]);
}

#[test]
fn an_office_is_one_however_it_is_spelled() {
    let text = "Trưởng Ban Dân vận Trung ương Lê Thu Hà phát biểu. Bà Lê Thu Hà, Trưởng ban Dân vận \
                Trung ương, cảm ơn.";
    let found = found(text);
    assert_eq!(found.len(), 2);
    assert_eq!(found[1].1.offices, ["Trưởng Ban Dân vận Trung ương"]);
}

/// Not timed: what is quadratic in this many does not come back at all.
#[test]
fn long_and_hostile_texts_take_linear_time() {
    let many = 10_000;
    for repeated in [
        "Nguyễn ",
        "Nguyễn Văn An, ",
        "ông An ",
        "Bí thư ",
        "nguyên ",
        "Giám đốc Công ty ",
        "Chủ tịch UBND tỉnh, ",
        "Ảnh: ",
        "đường Lê Lợi, ",
        "Ủy ban Văn hóa, ",
        "GS.TS. ",
        "Kim-",
        "chị V. ",
        "John ",
        "Moon Jae - ",
        "Bashar al - ",
        "các Phó Thủ tướng: Lê Văn An, ",
        "Giàng A ",
    ] {
        found(&repeated.repeat(many));
    }
    let offices: String = (0..many).map(|n| format!("ông Lê Văn An, Giám đốc Sở {n}. ")).collect();
    assert!(found(&offices).iter().all(|(_, person)| person.offices.len() < 100));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn spans_are_names_in_the_text(text in "(Nguyễn |Văn |An |Chính |ông |Bí thư |Tỉnh ủy |Trưởng ban |Tổ chức |Hà Nội |đường |[,.(/:-]|Ảnh: |Kim |Jong-un |\\PC){0,40}") {
        let mut end = 0;
        for (span, person) in found(&text) {
            let written = text.get(span.range());
            prop_assert!(written.is_some_and(|it| !it.is_empty()));
            prop_assert!(span.start() >= end);
            end = span.end();
            prop_assert!(!person.name.is_empty());
            prop_assert!(person.offices.iter().all(|it| !it.trim().is_empty()));
        }
    }

    #[test]
    fn a_name_is_found_after_any_office(
        office in prop::sample::select(vec!["Bí thư Tỉnh ủy", "Chủ tịch UBND tỉnh", "Giám đốc Sở Xây dựng", "Bộ trưởng Bộ Tài chính"]),
        name in prop::sample::select(vec!["Trần Văn Bình", "Nguyễn Thị Thu Hà", "Lê Quang", "Đỗ Minh Tuấn"]),
    ) {
        let text = format!("Sáng nay, {office} {name} đã phát biểu.");
        let found = found(&text);
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(&text[found[0].0.range()], name);
        prop_assert_eq!(&found[0].1.offices, &[office.to_owned()]);
    }
}
