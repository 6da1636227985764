use super::*;
use crate::strip_marks;

/// Sentences of our own, a language a line: its tag, a tab, the text.
const SENTENCES: &str = include_str!("sentences.tsv");

fn sentences() -> impl Iterator<Item = (&'static str, &'static str)> {
    SENTENCES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once('\t').unwrap())
}

#[test]
fn vietnamese_is_told_from_others() {
    for (tag, text) in sentences() {
        let verdict = language(text);
        assert_eq!(verdict.language == Language::Vietnamese, tag == "vi", "{text}: {verdict:?}");
        assert!(verdict.confidence > 0.3, "{text}: {verdict:?}");
    }
}

#[test]
fn vietnamese_without_marks() {
    for (tag, text) in sentences() {
        let stripped = strip_marks(text);
        let verdict = language(&stripped);
        let found = verdict.language == Language::VietnameseWithoutMarks;
        if tag != "vi" {
            // What is made of Vietnamese syllables by chance only the models can tell apart.
            let is_hard = verdict.evidence.syllables() > 0.6;
            assert!(
                is_hard && cfg!(not(feature = "languages")) || !verdict.language.is_vietnamese(),
                "{stripped}: {verdict:?}"
            );
        } else if verdict.evidence.words() >= 5 && verdict.evidence.syllables() > 0.85 {
            assert!(found, "{stripped}: {verdict:?}");
            assert!(verdict.confidence > 0.5, "{stripped}: {verdict:?}");
        } else if !found {
            // Two words, or half of them names from elsewhere: no verdict that claims to be sure.
            assert!(verdict.confidence < 0.9, "{stripped}: {verdict:?}");
        }
    }
}

#[test]
fn spelling_makes_no_difference() {
    for text in
        ["Tie\u{302}\u{301}ng Vie\u{323}\u{302}t gia\u{300}u", "TIẾNG VIỆT GIÀU", "Tiếng Việt giàu"]
    {
        assert_eq!(language(text).language, Language::Vietnamese, "{text}");
    }
    let verdict =
        language("tieng viet giau va dep, #hashtag, a@b.vn, https://example.com/news UBND");
    assert_eq!(verdict.evidence.words(), 5);
    assert_eq!(verdict.evidence.without_marks, 5);
}

#[test]
fn mixed_texts_are_what_most_of_them_is() {
    let vietnamese = "Hội nghị bàn về cải cách hành chính ở các tỉnh miền núi.";
    let english = "The conference was about reforms of the administration in all provinces.";
    let verdict = |parts: &[&str]| language(&parts.join(" "));
    assert_eq!(verdict(&[vietnamese, vietnamese, english]).language, Language::Vietnamese);
    let mostly_english = verdict(&[english, english, english, english, vietnamese]);
    assert!(!mostly_english.language.is_vietnamese(), "{mostly_english:?}");
    // One word of Vietnamese in a sentence of another language changes nothing.
    assert!(
        !language("We ate phở and bánh mì near the old market of the city.")
            .language
            .is_vietnamese()
    );
}

#[test]
fn texts_without_words_have_no_language() {
    for text in ["", " \n", "29/8 – 17,6%", "!!! ... ???", "😀🇻🇳", "UBND TP. HCM"] {
        let verdict = language(text);
        assert_eq!((verdict.language.tag(), verdict.confidence), ("zxx", 0.0), "{text:?}");
    }
}

#[test]
fn confidence_is_a_share() {
    for n in [1, 2, 10, 1000, 100_000] {
        for word in ["a ", "được ", "the ", "日", "của the ", "\u{301}"] {
            let verdict = language(&word.repeat(n));
            assert!((0.0..=1.0).contains(&verdict.confidence), "{word} {n}: {verdict:?}");
        }
    }
}

/// Names are given with the feature only.
#[cfg(feature = "languages")]
#[test]
fn others_are_named() {
    let (mut right, mut wrong, mut all) = (0, Vec::new(), 0);
    for (tag, text) in sentences().filter(|it| !matches!(it.0, "vi" | "und")) {
        all += 1;
        match language(text).language.tag() {
            found if found == tag => right += 1,
            "und" => {}
            found => wrong.push((tag, found, text)),
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(right * 10 >= all * 8, "{right} of {all}");
}

/// A label was French in the statistics of a corpus: `Tiêu đề:` without its marks.
#[test]
fn a_few_words_that_may_be_vietnamese_have_no_other_name() {
    for text in ["Tieu de:", "Tieu de", "de la", "Noi dung chinh"] {
        let verdict = language(text);
        assert!(!matches!(verdict.language, Language::Other(_)), "{text}: {verdict:?}");
    }
}
