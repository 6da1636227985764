//! Dates in sentences written for the purpose, with what is found beside them.
//!
//! `cases/dates.txt` holds the sentences; `UPDATE_EXPECTED=1` rewrites what is below them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails may panic")]

#[path = "cases/check.rs"]
mod cases;

use corpus_extract::Extractor;
use corpus_model::{Basis, Document, MentionKind, Value, When};

/// Each date as `[text] value basis part-or-portion`.
fn shown(case: &str) -> Vec<String> {
    let (published, text) = match case.split_once(" | ") {
        Some((published, text)) => (When::from_iso(published), text),
        None => (None, case),
    };
    let mut document = Document::new("case", text);
    document.metadata.published = published;
    let found = Extractor::built_in().extract_kinds(&document, &[MentionKind::Date]);
    found
        .iter()
        .filter_map(|mention| match &mention.value {
            Value::Date(date) => {
                let part = date.part_of_day.map_or("", |part| part.name());
                let portion = date.portion.map_or("", |portion| portion.name());
                let line = format!(
                    "[{}] {} {} {part}{portion}",
                    &document[mention.span],
                    date.when,
                    date.basis.name()
                );
                Some(line.trim_end().to_owned())
            }
            _ => None,
        })
        .collect()
}

#[test]
fn cases_are_found_as_written() {
    cases::check("dates.txt", shown);
}

#[test]
fn spelling_changes_nothing() {
    let values = |text: &str| -> Vec<String> {
        shown(text).iter().filter_map(|line| Some(line.split_once(']')?.1.to_owned())).collect()
    };
    let expected = values("Sáng ngày 25 tháng 1 năm 2017, quý ba năm 2016, cuối thế kỷ mười chín.");
    assert_eq!(expected.len(), 3);
    for other in [
        "SÁNG NGÀY 25 THÁNG 1 NĂM 2017, QUÝ BA NĂM 2016, CUỐI THẾ KỶ MƯỜI CHÍN.",
        "Sa\u{301}ng nga\u{300}y 25 tha\u{301}ng 1 năm 2017, qu\u{fd} ba năm 2016, cuô\u{301}i \
         thê\u{301} ky\u{309} mươ\u{300}i chi\u{301}n.",
        "Sáng\u{a0}ngày 25\u{a0}tháng 1 năm\u{200b} 2017, quý ba năm 2016, cuối thế kỷ mười chín.",
    ] {
        assert_eq!(values(other), expected, "{other}");
    }
}

#[test]
fn a_document_is_dated_by_source_address_or_text() {
    let extractor = Extractor::built_in();
    let text = "Sáng 29/8, huyện họp bàn nhiệm vụ năm 2014.";
    let mut document = Document::new("1", text);
    let dating = extractor.published(&document).unwrap();
    assert_eq!((dating.when.to_string().as_str(), dating.basis), ("2014-08-29", Basis::Context));
    let evidence: Vec<&str> = dating.evidence.iter().map(|span| &document[*span]).collect();
    assert_eq!(evidence, ["Sáng 29/8", "năm 2014"]);

    document.metadata.url = Some("https://bao.example/2015/08/30/hop.html".to_owned());
    let dating = extractor.published(&document).unwrap();
    assert_eq!((dating.when.to_string().as_str(), dating.basis), ("2015-08-30", Basis::Published));

    document.metadata.published = When::from_iso("2016-09-01");
    let dating = extractor.published(&document).unwrap();
    assert_eq!((dating.when.to_string().as_str(), dating.basis), ("2016-09-01", Basis::Explicit));

    assert_eq!(extractor.published(&Document::new("2", "Trời mưa.")), None);
    // A day without a year dates nothing.
    assert_eq!(extractor.published(&Document::new("3", "Sáng 29/8, huyện họp.")), None);
    // Nor does a day of the same weeks in a tale of long ago.
    let text = "Chiều 2/8, gia đình tặng bảo tàng thanh gươm. Đầu tháng 9/1945, cụ đã nhận nó.";
    assert_eq!(extractor.published(&Document::new("4", text)), None);
}
