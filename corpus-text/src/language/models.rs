//! Two models of many languages: whichlang, fast and with 16 languages, as a gate, and whatlang,
//! with 70, to confirm.

use whatlang::{Detector, Lang};

use super::Language;

/// So many bytes are shown to the models; whatlang reads 2.6 MB a second.
const MOST_BYTES: usize = 1500;

/// What the models say of Vietnamese without marks: the logarithms of how likely their answers are
/// if the text is that, and if it is in another language.
///
/// Of ten Vietnamese sentences without marks whichlang knew all and whatlang seven; of seven in
/// languages that it does not know whichlang took one for Vietnamese, whatlang none.
pub(super) fn odds_without_marks(text: &str) -> (f64, f64) {
    let text = sample(text);
    let (gate, against_gate): (f64, f64) =
        match whichlang::detect_language(text) == whichlang::Lang::Vie {
            true => (0.90, 0.12),
            false => (0.10, 0.88),
        };
    let confirmed = whatlang::detect_lang(text) == Some(Lang::Vie);
    let (second, against_second): (f64, f64) = if confirmed { (0.70, 0.03) } else { (0.30, 0.97) };
    (gate.ln() + second.ln(), against_gate.ln() + against_second.ln())
}

/// The language of a text that is not Vietnamese, and how certain that is.
pub(super) fn name(text: &str) -> (Language, f64) {
    let text = sample(text);
    let first = whichlang::detect_language(text);
    let Some(second) = Detector::with_denylist(vec![Lang::Vie]).detect(text) else {
        return (Language::Unknown, 0.0);
    };
    let (code, certain) = (second.lang().code(), second.confidence());
    if code == first.three_letter_code() {
        return (Language::Other(tag(code)), certain.max(0.95));
    }
    // The first cannot confirm what it does not know, and knows all the better what it does.
    let may_confirm = FIRST.iter().any(|it| it.three_letter_code() == code);
    match (second.is_reliable(), may_confirm) {
        (true, false) => (Language::Other(tag(code)), certain.min(0.9)),
        (true, true) => (Language::Other(tag(code)), certain * 0.6),
        (false, false) => (Language::Other(tag(code)), certain * 0.7),
        (false, true) if first == whichlang::Lang::Vie => (Language::Unknown, 0.0),
        (false, true) => (Language::Other(tag(first.three_letter_code())), 0.5),
    }
}

/// What the first knows.
const FIRST: &[whichlang::Lang] = &whichlang::LANGUAGES;

/// The tag of a language by its code of three letters, which is one itself where there is no
/// shorter one.
fn tag(code: &'static str) -> &'static str {
    let rows = include_str!("../../data/languages.tsv").lines();
    rows.filter_map(|row| row.split_once('\t')).find(|row| row.0 == code).map_or(code, |row| row.1)
}

fn sample(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MOST_BYTES)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_its_tag() {
        for lang in Lang::all() {
            assert_eq!(tag(lang.code()).len(), 2, "{lang}");
        }
        for lang in FIRST {
            assert_eq!(tag(lang.three_letter_code()).len(), 2);
        }
    }
}
