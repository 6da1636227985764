use super::*;
use crate::syllable::Spelling;

fn applied(text: &str, normal: &Normalized<'_>) -> String {
    let mut out = String::new();
    let mut end = 0;
    for (span, new) in normal.edits() {
        out += &text[end..span.start()];
        out += new;
        end = span.end();
    }
    out + &text[end..]
}

fn check(text: &str, options: &Normalization, expected: &str) {
    let normal = normalize(text, options);
    assert_eq!(normal.text(), expected, "{text}");
    assert_eq!(applied(text, &normal), expected, "{text}");
    assert_eq!(normal.is_unchanged(), text == expected, "{text}");
    assert!(normalize(expected, options).is_unchanged(), "{expected}");
}

#[test]
fn tone_placements() {
    let old = Normalization::default();
    let new = old.with_tone(TonePlacement::New);
    for (a, b) in
        [("hòa", "hoà"), ("khỏe", "khoẻ"), ("thủy", "thuỷ"), ("HÒA", "HOÀ"), ("Tòa án", "Toà án")]
    {
        check(b, &old, a);
        check(a, &new, b);
        check(a, &old, a);
        check(b, &new, b);
    }
    for same in [
        "quý",
        "già",
        "hoàn",
        "thuở",
        "Huế",
        "khoét",
        "huých",
        "suýt",
        "ngoằn ngoèo",
        "lửa",
        "rượu",
    ] {
        check(same, &old, same);
        check(same, &new, same);
    }
    for (wrong, right) in [
        ("giừơng", "giường"),
        ("baỏ", "bảo"),
        ("đaị", "đại"),
        ("qúy", "quý"),
        ("Ðảm baỏ", "Đảm bảo"),
    ] {
        check(wrong, &old, right);
        check(wrong, &new, right);
    }
    let keep = old.with_tone(TonePlacement::Keep);
    check("hoà hòa baỏ", &keep, "hoà hòa baỏ");
}

#[test]
fn characters() {
    let all = Normalization::default();
    for (text, expected) in [
        ("", ""),
        ("a\u{200B}\u{301}", "á"),
        ("\u{FEFF}Hà\u{A0}Nội", "Hà Nội"),
        ("Vie\u{302}\u{323}t", "Việt"),
        ("toa\u{301}n", "toán"),
        ("Ðảng, ÐH, Ðức", "Đảng, ĐH, Đức"),
        ("Garður", "Garður"),
        ("2015\u{2011}2020", "2015-2020"),
        ("=\u{338}", "\u{2260}"),
        ("=\u{200B}\u{338}", "\u{2260}"),
        ("👨\u{200D}👩", "👨\u{200D}👩"),
        ("\u{212B}\u{200D}", "Å"),
        ("ＡＢ\u{200D}\u{3000}\u{200D}", "ＡＢ\u{200D}\u{3000}"),
        ("kh\u{AD}oá học", "khóa học"),
        ("“khoá”…", "“khóa”…"),
    ] {
        check(text, &all, expected);
    }
    for text in ["Ð hoà a\u{301}\u{200B}\u{A0}", "\u{2011}"] {
        check(text, &Normalization::NOTHING, text);
    }
}

/// Every syllable with its mark on every letter that could carry it.
#[test]
fn wherever_the_mark_is_it_finds_its_place() {
    let options = Normalization::default();
    for syllable in crate::possible_syllables() {
        let spelling = Spelling::read(&syllable).unwrap();
        let shape = spelling.shape().unwrap();
        for (placement, before, after) in
            [(TonePlacement::Old, "“", " "), (TonePlacement::New, " x ", "")]
        {
            let mut right = String::from(before);
            spelling.write(spelling.tone_seat(shape, placement), false, &mut right);
            right += after;
            for seat in 0..7 {
                let mut moved = String::from(before);
                spelling.write(seat, false, &mut moved);
                moved += after;
                // A mark on a consonant is not written, and a seat behind the end neither.
                if Spelling::read(moved.trim_matches(['“', 'x', ' ']))
                    .is_some_and(|it| it.keeps_tone_of(&spelling))
                {
                    let options = options.with_tone(placement);
                    assert_eq!(normalize(&moved, &options).text(), right, "{moved}");
                    let capitals = moved.to_uppercase();
                    let capitals = normalize(&capitals, &options).into_text();
                    assert_eq!(capitals, right.to_uppercase(), "{moved}");
                }
            }
        }
    }
}

#[test]
fn signs_stay_unless_asked_for() {
    let text = "“Đường” ‘xa’ «a» ‹b›—hết – 5\u{2212}3\u{2010}1\u{3000}Ａｂ１？ \u{2009}x";
    check(text, &Normalization::default(), text);
    let nothing = Normalization::NOTHING;
    for (options, expected) in [
        (
            Normalization { quotes: true, ..nothing },
            "\"Đường\" 'xa' \"a\" 'b'—hết – 5\u{2212}3\u{2010}1\u{3000}Ａｂ１？ \u{2009}x",
        ),
        (
            Normalization { dashes: true, ..nothing },
            "“Đường” ‘xa’ «a» ‹b›-hết - 5-3-1\u{3000}Ａｂ１？ \u{2009}x",
        ),
        (
            Normalization { spaces: true, ..nothing },
            "“Đường” ‘xa’ «a» ‹b›—hết – 5\u{2212}3\u{2010}1 Ａｂ１？  x",
        ),
        (
            Normalization { full_width: true, ..nothing },
            "“Đường” ‘xa’ «a» ‹b›—hết – 5\u{2212}3\u{2010}1\u{3000}Ab1? \u{2009}x",
        ),
    ] {
        check(text, &options, expected);
    }
    // A letter that becomes ASCII takes the marks behind it.
    check("ａ\u{301}", &Normalization { full_width: true, ..Normalization::default() }, "á");
}

#[test]
fn options_are_independent() {
    let nothing = Normalization::NOTHING;
    let text = "Ðoá a\u{301}\u{200B}\u{A0}";
    check(text, &Normalization { nfc: true, ..nothing }, "Ðoá á\u{200B}\u{A0}");
    check(text, &Normalization { eth: true, ..nothing }, "Đoá a\u{301}\u{200B}\u{A0}");
    check(text, &Normalization { zero_width: true, ..nothing }, "Ðoá a\u{301}\u{A0}");
    check(text, &Normalization { no_break: true, ..nothing }, "Ðoá a\u{301}\u{200B} ");
    check(text, &nothing.with_tone(TonePlacement::Old), "Ðóa a\u{301}\u{200B}\u{A0}");
}

#[test]
fn spans_map_back() {
    let text = "Hoa\u{300} giải ở Ðà\u{A0}Nẵng";
    let normal = normalize(text, &Normalization::default());
    assert_eq!(normal.text(), "Hòa giải ở Đà Nẵng");
    for (part, original) in
        [("Hòa", "Hoa\u{300}"), ("giải", "giải"), ("Đà Nẵng", "Ðà\u{A0}Nẵng"), ("Nẵng", "Nẵng")]
    {
        let start = normal.text().find(part).unwrap();
        let span = Span::new(start, start + part.len());
        assert_eq!(&text[normal.to_input(span).range()], original);
        assert_eq!(normal.to_output(normal.to_input(span)), span);
    }
}
