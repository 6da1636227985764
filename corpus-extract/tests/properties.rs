//! What holds for any text.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails may panic")]

use corpus_extract::{Extractor, Rule};
use corpus_model::{Block, BlockKind, Document, MentionKind, Span, When};
use proptest::prelude::*;

/// Pieces that the rules look at, so that they meet in every order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "ngày",
        "tháng",
        "năm",
        "sáng",
        "cùng ngày",
        "hôm qua",
        "thứ hai",
        "quý",
        "I",
        "từ",
        "đến",
        "1",
        "12",
        "31",
        "2015",
        "2020",
        "1.600",
        "17,6",
        "29/8",
        "30-4-1975",
        "16h30",
        "10:45",
        "-",
        "/",
        ",",
        ".",
        "(",
        ")",
        "%",
        "$",
        "tỷ",
        "triệu",
        "đồng",
        "mươi",
        "mười",
        "hai",
        "phẩy",
        "rưỡi",
        "linh",
        "trăm",
        "nghìn",
        "người",
        "căn nhà",
        "km",
        "/h",
        "Quyết định",
        "số",
        "NQ/TW",
        "Trưởng ban",
        "ông",
        "Nguyễn Văn",
        "Sở Y tế",
        "UBND",
        "tỉnh",
        "TP.",
        "Hà Nội",
        "Mỹ",
        "hội nghị",
        "làm việc với",
        "tại",
        "Dự",
        "John",
        "Trump",
        "al -",
        "3 nội dung",
        "Thứ nhất,",
        "thứ hai là",
        "Trước tiên",
        "Cuối cùng,",
        "một phần ba",
        "2/3",
        "số đại biểu",
        "lên",
        "Khoản 2 Điều 24",
        "Văn bản này",
        "theo luật đất đai",
        "Công ty cổ phần",
        "thương mại",
        "Quân khu 7",
        "hai khâu",
        ":",
        ";",
        "là",
        "Một là",
        "Hai là",
        "1-",
        "2-",
        "phong trào",
        "Chương trình",
        "Đề án 1928",
        "giai đoạn",
        "2016-2020",
        "“Năm Dân vận",
        "xây dựng nông thôn mới",
        "“",
        "”",
        "\n",
        "khoá",
        "kho\u{301}a",
        "Ð",
        "\u{200b}",
        "\u{a0}",
        "🌧",
        "ﬁ",
        "٣",
        "²",
    ]);
    prop::collection::vec((piece, prop::bool::weighted(0.8)), 0..40).prop_map(|pieces| {
        pieces
            .into_iter()
            .flat_map(|(piece, blank)| [piece, if blank { " " } else { "" }])
            .collect()
    })
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![3 => pieces(), 1 => "\\PC{0,60}", 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn mentions_are_pieces_of_the_text_in_order(text in texts(), published in any::<bool>()) {
        let mut document = Document::new("t", text);
        document.metadata.published = When::from_iso("2017-02-02T03:55").filter(|_| published);
        let found = Extractor::built_in().extract(&document);
        let spans: Vec<Span> = found.iter().map(|mention| mention.span).collect();
        prop_assert!(spans.is_sorted_by_key(|span| (span.start(), span.end())));
        for span in spans {
            let piece = document.get(span).unwrap();
            prop_assert!(!piece.is_empty() && piece.trim() == piece, "{piece:?}");
        }
        // Dates do not overlap one another, nor do quantities.
        for kind in [MentionKind::Date, MentionKind::Quantity] {
            let spans: Vec<Span> =
                found.iter().filter(|it| it.kind() == kind).map(|it| it.span).collect();
            prop_assert!(spans.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
        }
    }

    #[test]
    fn documents_are_read_alike_alone_and_together(texts in prop::collection::vec(texts(), 0..6), many in 0..200_usize) {
        let mut documents: Vec<Document> =
            texts.into_iter().map(|text| Document::new("t", text)).collect();
        // More than go through the rules together, and one that is longer than that.
        let filler = "Sáng 29/8, ông Nguyễn Văn An, Bí thư Tỉnh ủy, thăm xã. ".repeat(many);
        documents.extend(documents.clone());
        documents.push(Document::new("t", filler));
        documents.extend(documents.clone());
        let extractor = Extractor::built_in();
        let together = extractor.extract_all(&documents, &MentionKind::ALL);
        let alone: Vec<_> = documents.iter().map(|it| extractor.extract(it)).collect();
        prop_assert_eq!(together, alone);
    }

    #[test]
    fn a_kind_is_found_alike_alone_and_with_others(text in texts()) {
        let document = Document::new("t", text);
        let extractor = Extractor::built_in();
        let all = extractor.extract(&document);
        for kind in MentionKind::ALL {
            let alone = extractor.extract_kinds(&document, &[kind]);
            let among: Vec<_> = all.iter().filter(|it| it.kind() == kind).cloned().collect();
            prop_assert_eq!(alone.as_slice(), among.as_slice());
        }
    }

    #[test]
    fn every_mention_is_explained_by_pieces_of_the_text(text in texts()) {
        let document = Document::new("t", text);
        let extractor = Extractor::built_in();
        let found = extractor.extract(&document);
        let explained = extractor.explain(&document, found.as_slice());
        prop_assert_eq!(explained.len(), found.len());
        for (mention, explanation) in found.iter().zip(explained) {
            let rule = explanation.rule;
            let kind = rule.name.split('.').next();
            prop_assert_eq!(kind, Some(mention.kind().name()));
            prop_assert!(Rule::all().contains(&rule), "{} is not in the table", rule.name);
            for clue in explanation.evidence {
                let piece = document.get(clue.span);
                prop_assert!(piece.is_some_and(|it| !it.is_empty()), "{}: {}", rule.name, clue.role);
            }
        }
    }

    #[test]
    fn what_stands_outside_content_changes_nothing(text in pieces(), furniture in pieces()) {
        let (text, furniture) = (text.trim(), furniture.trim());
        prop_assume!(!text.is_empty());
        let alone = Document::new("t", text);
        let with = Document::new("t", format!("{text}\n\n{furniture}")).with_blocks([
            Block::new(BlockKind::Paragraph, Span::new(0, text.len())),
            Block::new(
                BlockKind::Boilerplate,
                Span::new(text.len() + 2, text.len() + 2 + furniture.len()),
            ),
        ]);
        let extractor = Extractor::built_in();
        prop_assert_eq!(extractor.extract(&alone), extractor.extract(&with));
    }
}

/// Text that makes careless rules look at everything again and again ends all the same; each piece
/// is repeated so often that quadratic time would be noticed.
#[test]
fn hostile_repeats_end() {
    let extractor = Extractor::built_in();
    for piece in [
        "1, ",
        "1-",
        "1/",
        "1.",
        "29/8-",
        "ngày ",
        "ngày 1, ",
        "từ ngày 1 đến ",
        "năm ",
        "năm 2015, ",
        "2015-",
        "hai ",
        "một nghìn một triệu ",
        "tỷ ",
        "hai phẩy ",
        "trăm ",
        "không ",
        "16h",
        "$",
        "sáng ",
        "thứ hai ",
        "đồng chí ",
        "10 đồng/",
        "từ 1 đến 2 đồng và ",
        "mồng 3 tháng ",
        "Nghị quyết số 1, 2, ",
        "(",
        "cùng ngày ",
        "2 nội dung là ",
        "3 nội dung: a, b; ",
        "Một là, ",
        "2 việc\n1- ",
        "“2 hóa",
        "3 khâu (",
        "hai nhóm Lan và ",
        "4 xã, A, b và c ",
        "2 khâu của 3 xã ",
        "Thứ nhất, thứ hai là và cuối cùng là ",
        "Trước tiên, ",
        "từ 5 lên 6 ",
        "1/2 số 2 phần 3 ",
        "Điều 5 Luật Đất đai, Điều 6, ",
        "a\u{301}",
    ] {
        let mut document = Document::new("t", piece.repeat(200_000 / piece.len()));
        let found = extractor.extract(&document);
        extractor.explain(&document, found.as_slice());
        document.metadata.published = When::from_iso("2017-02-02");
        extractor.extract(&document);
    }
}

#[test]
fn nothing_at_all_is_found_in_nothing() {
    for text in ["", " ", "\n\n", "\u{feff}"] {
        assert!(Extractor::built_in().extract(&Document::new("t", text)).is_empty());
    }
}

#[test]
fn the_extractor_is_shared_by_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(Extractor::built_in());
}
