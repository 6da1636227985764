//! Words counted, merged, and counted fast.

use super::*;
use crate::testing::annotated;

fn counted(texts: &[&str]) -> Vocabulary {
    let mut vocabulary = Vocabulary::default();
    for text in texts {
        let (document, annotations) = annotated(text);
        vocabulary.add(&document, &annotations);
    }
    vocabulary
}

fn rows(vocabulary: &Vocabulary) -> Vec<(String, u64, u64)> {
    vocabulary.frequencies().into_iter().map(|it| (it.word, it.count, it.documents)).collect()
}

#[test]
fn spellings_of_a_word_are_counted_together() {
    let vocabulary = counted(&["Khóa khoá khóa .", "khóa", "Mưa"]);
    assert_eq!(rows(&vocabulary), [("khóa".to_owned(), 4, 2), ("Mưa".to_owned(), 1, 1)][..]);
    assert_eq!(vocabulary.total(), 5);
}

#[test]
fn merging_counts_documents_and_spellings() {
    let mut sum = counted(&["mưa Mưa", "nắng"]);
    sum.merge(&counted(&["Mưa", "gió_mùa"]));
    assert_eq!(
        rows(&sum),
        [("Mưa".to_owned(), 3, 2), ("gió mùa".to_owned(), 1, 1), ("nắng".to_owned(), 1, 1)]
    );
    assert_eq!(sum, counted(&["nắng", "gió_mùa", "Mưa", "Mưa mưa"]));
    assert_ne!(sum, counted(&["nắng", "gió_mùa", "mưa", "Mưa mưa"]));
}

#[test]
fn parts_of_a_document_are_one() {
    let mut sum = counted(&["mưa Mưa", "nắng"]);
    sum.add_parts(&[counted(&["Mưa nắng"]), Vocabulary::default(), counted(&["mưa gió"])]);
    sum.add_parts(&[counted(&["gió"])]);
    sum.merge(&counted(&["gió"]));
    let whole = ["mưa Mưa", "nắng", "Mưa nắng mưa gió", "gió", "gió"];
    assert_eq!(sum, counted(&whole));
    // The next document is another one.
    let (document, annotations) = annotated("gió gió");
    sum.add(&document, &annotations);
    assert_eq!(sum, counted(&[&whole[..], &["gió gió"]].concat()));
}

/// Texts in which many words come again, with whatever may stand between them.
fn varied() -> Vec<String> {
    const BETWEEN: [&str; 9] = [" ", " ", " ", ", ", "-", ": ", "\u{a0}", "…", "\n"];
    const AROUND: [(&str, &str); 5] = [("", ""), ("“", "”"), ("(", ")"), ("", ";"), ("«", "»?")];
    let mut n = 0_usize;
    (0..40)
        .map(|document| {
            let mut text = String::new();
            for place in 0..400 {
                n = n.wrapping_mul(1_103_515_245).wrapping_add(12_345 + place + document);
                let (before, behind) = AROUND[n / 7 % AROUND.len()];
                let word = match n / 11 % 4 {
                    0 => format!("hoà{}", n / 64 % 2_000),
                    1 => format!("Hòa_{}", n / 64 % 50),
                    2 => "nghiêng".repeat(1 + n / 64 % 4),
                    _ => (n / 64 % 3_000).to_string(),
                };
                text.push_str(&[before, &word, behind, BETWEEN[n / 13 % BETWEEN.len()]].concat());
            }
            text
        })
        .collect()
}

#[test]
fn syllables_are_counted_as_words_of_syllables_are() {
    let (mut fast, mut slow) = (Vocabulary::default(), Vocabulary::default());
    for text in varied() {
        let mut words = Vec::new();
        crate::syllables_into(&text, 0, &mut words);
        slow.add_words(&Document::new("", text.as_str()), &words);
        fast.add_syllables([text.as_str()]);
    }
    assert!(fast.len() > 2_000);
    assert_eq!(fast, slow);
}

#[test]
fn more_words_are_of_the_same_document() {
    let (document, annotations) = annotated("mưa to mưa lớn");
    let (first, rest) = annotations.words.as_slice().split_at(2);
    let mut parts = Vocabulary::default();
    parts.add_words(&document, first);
    parts.add_more_words(&document, rest);
    assert_eq!(parts, counted(&["mưa to mưa lớn"]));
}

#[test]
fn a_line_end_inside_a_word_is_a_blank() {
    assert_eq!(single_blanks("Mặt trận\n Tổ quốc"), "Mặt trận Tổ quốc");
    assert_eq!(single_blanks("mưa"), "mưa");
}
