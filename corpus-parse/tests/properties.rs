//! What holds for every input, beyond what the conformance tests ask of each format.
#![allow(clippy::unwrap_used, reason = "a test")]

use corpus_model::{Document, Spanned};
use corpus_parse::{Delimited, FORMATS, Format, Jsonl, Ledger, Lines, Reader, blocks};
use proptest::collection::vec;
use proptest::prelude::*;

/// Lines like those of articles, records and pages, good and bad.
fn line() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "https://tin.example/mua-lon-71234.html",
        "-----------------",
        "-----",
        "Mưa lớn ở Hà Nội",
        "Mưa lớn ở Hà Nội ảnh 1Phố Huế ngập.",
        "Phố Huế sáng nay. (Ảnh: An Bình/TTXVN) Sáng 29/8, trời mưa lớn./.",
        "(TTXVN) - Trời mưa từ sáng, đường trơn.",
        "1- Việc thứ nhất.",
        "[Một tin khác về cơn mưa hôm nay]",
        "(TTXVN/Vietnam+)",
        "Tin cùng chuyên mục",
        "Từ khóa: mưa",
        "Lê Hòa",
        "Thứ bảy, 4/3/2017 | 10:30",
        "",
        " ",
    ]);
    prop_oneof![4 => known.prop_map(String::from), 1 => "[^\r\n\u{feff}]{0,40}", 1 => "[a-zả-ỹĐ.:() ]{0,60}"]
}

fn text() -> impl Strategy<Value = String> {
    let ending = prop::sample::select(vec!["\n", "\r\n", "\n\n"]);
    vec((line(), ending), 0..25)
        .prop_map(|lines| lines.into_iter().flat_map(|(line, end)| [line, end.into()]).collect())
}

/// The documents of an input that has no damage, and the ledger.
fn read(format: &dyn Format, input: &[u8]) -> (Vec<Document>, Ledger) {
    let mut reader = Reader::new(format, input).path("tin.txt");
    let documents = reader.documents().filter_map(Result::ok).collect();
    (documents, reader.ledger().clone())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// Blocks lie in order on character boundaries, and no letter is outside of them.
    #[test]
    fn blocks_keep_the_text(text in text()) {
        let mut end = 0;
        for block in blocks(&text, None) {
            let span = block.span();
            prop_assert!(span.start() >= end && !span.is_empty());
            prop_assert!(!text[end..span.start()].chars().any(char::is_alphabetic));
            prop_assert_eq!(text[span.range()].trim(), &text[span.range()]);
            end = span.end();
        }
        prop_assert!(!text[end..].chars().any(char::is_alphabetic));
    }

    /// The text of an article is the file, so that spans are places in the file.
    #[test]
    fn an_article_is_its_file(text in text()) {
        let (documents, _) = read(&corpus_parse::Article, text.as_bytes());
        if let [document] = &documents[..] {
            prop_assert_eq!(document.text(), text);
        } else {
            prop_assert!(text.trim().is_empty());
        }
    }

    /// The texts of records lie in the input one behind the other, dashes and blank lines between.
    #[test]
    fn records_are_parts_of_their_file(text in text()) {
        let (documents, ledger) = read(&Delimited, text.as_bytes());
        let mut rest = &text[..];
        for document in &documents {
            let at = rest.find(document.text());
            prop_assert!(at.is_some());
            rest = &rest[at.unwrap() + document.text().len()..];
        }
        let bytes: usize = documents.iter().map(|it| it.text().len()).sum();
        prop_assert_eq!(ledger.bytes_documents, bytes as u64);
        prop_assert_eq!(ledger.bytes_in, text.len() as u64);
    }

    /// Lines joined give the input back.
    #[test]
    fn lines_joined_are_the_input(lines in vec("[^\r\n\u{feff}]{0,20}", 0..20)) {
        let input: String = lines.iter().flat_map(|line| [line, "\n"]).collect();
        let (documents, _) = read(&Lines, input.as_bytes());
        let found: Vec<&str> = documents.iter().map(Document::text).collect();
        prop_assert_eq!(found, lines);
    }

    /// What a JSON line holds is what comes out, whatever has to be escaped.
    #[test]
    fn json_gives_the_text_back(texts in vec(".{0,40}", 1..6)) {
        let input: String =
            texts.iter().map(|text| serde_json::json!({"text": text}).to_string() + "\n").collect();
        let (documents, _) = read(&Jsonl, input.as_bytes());
        let found: Vec<&str> = documents.iter().map(Document::text).collect();
        prop_assert_eq!(found, texts);
    }

    /// UTF-16 gives the documents that UTF-8 gives.
    #[test]
    fn utf_16_changes_nothing(text in text(), big_endian: bool) {
        let bytes = if big_endian { u16::to_be_bytes } else { u16::to_le_bytes };
        let input: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect();
        for format in FORMATS {
            let (wide, ledger) = read(*format, &input);
            let (narrow, _) = read(*format, text.as_bytes());
            prop_assert_eq!(wide, narrow);
            prop_assert!(ledger.closes());
            prop_assert_eq!(ledger.bytes_in, input.len() as u64);
        }
    }

    /// The ledgers of parts merge to one that closes, in any order.
    #[test]
    fn ledgers_merge(inputs in vec(vec(any::<u8>(), 0..60), 0..6)) {
        let ledgers: Vec<Ledger> =
            inputs.iter().flat_map(|input| FORMATS.iter().map(|it| read(*it, input).1)).collect();
        let (mut forth, mut back) = (Ledger::default(), Ledger::default());
        ledgers.iter().for_each(|it| forth.merge(it));
        ledgers.iter().rev().for_each(|it| back.merge(it));
        prop_assert!(forth.closes() && back.closes());
        prop_assert_eq!(forth.bytes_in, back.bytes_in);
        prop_assert_eq!(forth.bytes_documents, back.bytes_documents);
    }
}
