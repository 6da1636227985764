use std::collections::HashSet;

use super::*;

/// The parts with bars between them and the number of the tone, or `-`.
fn analysed(text: &str) -> String {
    parse_syllable(text).map_or("-".to_string(), |parts| {
        let part = |span: Span| &text[span.range()];
        format!(
            "{}|{}|{}|{} {}",
            part(parts.onset),
            part(parts.medial),
            part(parts.nucleus),
            part(parts.coda),
            parts.tone as u8
        )
    })
}

#[test]
fn parts_of_syllables() {
    for (text, expected) in [
        ("nghiêng", "ngh||iê|ng 0"),
        ("hoà", "h|o|à| 1"),
        ("hòa", "h|ò|a| 1"),
        ("quê", "q|u|ê| 0"),
        ("quốc", "q|u|ố|c 4"),
        ("quyết", "q|u|yế|t 4"),
        ("quan", "q|u|a|n 0"),
        ("mua", "m||ua| 0"),
        ("khuya", "kh|u|ya| 0"),
        ("gì", "g||ì| 1"),
        ("giếng", "g||iế|ng 4"),
        ("già", "gi||à| 1"),
        ("giữa", "gi||ữa| 3"),
        ("yêu", "||yê|u 0"),
        ("UỶ", "|U|Ỷ| 2"),
        ("Ðảng", "Ð||ả|ng 2"),
        ("xoong", "x||oo|ng 0"),
        ("khoẻ", "kh|o|ẻ| 2"),
        ("thuở", "th|u|ở| 2"),
        // Any one vowel may carry the mark.
        ("giừơng", "gi||ừơ|ng 1"),
        ("đaị", "đ||a|ị 5"),
    ] {
        assert_eq!(analysed(text), expected, "{text}");
    }
}

#[test]
fn decomposed_and_half_decomposed() {
    assert_eq!(analysed("nghie\u{302}\u{301}ng"), "ngh||ie\u{302}\u{301}|ng 4");
    assert_eq!(analysed("vie\u{323}\u{302}t"), "v||ie\u{323}\u{302}|t 5");
    assert_eq!(analysed("vi\u{EA}\u{323}t"), "v||i\u{EA}\u{323}|t 5");
    assert_eq!(analysed("du\u{31B}o\u{31B}\u{301}i"), "d||u\u{31B}o\u{31B}\u{301}|i 4");
}

#[test]
fn names_of_places() {
    for (text, expected) in [
        ("Kạn", "K||ạ|n 5"),
        ("ĐẮK", "Đ||Ắ|K 4"),
        ("La\u{306}\u{301}k", "L||a\u{306}\u{301}|k 4"),
        ("Krông", "Kr||ô|ng 0"),
        ("Kuin", "K|u|i|n 0"),
        ("Ea", "||Ea| 0"),
    ] {
        assert_eq!(analysed(text), expected, "{text}");
    }
    // Each is listed with its tone; others of the kind are no syllables.
    for text in ["kan", "đằk", "krong", "tắk"] {
        assert_eq!(parse_syllable(text), None, "{text}");
    }
    assert!(possible_syllables().all(|it| !matches!(&*it, "kạn" | "đắk" | "krông")));
}

#[test]
fn what_no_syllable_is_spelled_like() {
    for text in [
        "",
        "COVID",
        "nghiêngh",
        "ka",
        "ngi",
        "ghà",
        "cê",
        "cap",
        "hát̀",
        "bb",
        "tràc",
        "iêu",
        "hoôc",
        "ng",
        "q",
        "qa",
        "quưa",
        "pyên",
        "á̀",
        "ńam",
        "TTXVN",
        "Stalin",
        "Ly\u{301}\u{301}",
        "a b",
        "a1",
    ] {
        assert_eq!(parse_syllable(text), None, "{text}");
    }
}

#[test]
fn analysis_and_spelling_are_inverse() {
    let all: Vec<String> = possible_syllables().collect();
    assert!((15_000..30_000).contains(&all.len()), "{}", all.len());
    let distinct: HashSet<&String> = all.iter().collect();
    assert_eq!(distinct.len(), all.len());
    for text in &all {
        let spelling = Spelling::read(text).unwrap();
        let shape = spelling.shape().unwrap();
        let mut again = String::new();
        spelling.write(spelling.tone_seat(shape, TonePlacement::Old), false, &mut again);
        assert_eq!(&again, text);
        let parts = parse_syllable(text).unwrap();
        let joined = [parts.onset, parts.medial, parts.nucleus, parts.coda]
            .map(|part| &text[part.range()])
            .concat();
        assert_eq!(&joined, text);
        assert!(!parts.nucleus.is_empty(), "{text}");
    }
}

#[test]
fn runs_of_letters() {
    let text = "Sáng 29/8, ông A\u{300} nói: “Ðược”";
    let runs: Vec<&str> = syllables(text).map(|it| &text[it.span.range()]).collect();
    assert_eq!(runs, ["Sáng", "ông", "A\u{300}", "nói", "Ðược"]);
    assert_eq!(syllables("\u{301}\u{301} 1").count(), 0);
}
