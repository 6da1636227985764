use super::*;

/// A sentence of our own in each encoding, as bytes.
const SAMPLES: [(Encoding, &[u8], &str); 5] = [
    (
        Encoding::Tcvn3,
        b"S\xB8ng nay tr\xEAi n\xBEng, c\xB8c b\xB9n nh\xE1 \xAE\xD5n tr\xAD\xEAng s\xEDm.",
        "Sáng nay trời nắng, các bạn nhỏ đến trường sớm.",
    ),
    (
        Encoding::Vni,
        b"Sa\xF9ng nay tr\xF4\xF8i na\xE9ng, ca\xF9c ba\xEFn nho\xFB \xF1e\xE1n tr\xF6\xF4\xF8ng s\xF4\xF9m.",
        "Sáng nay trời nắng, các bạn nhỏ đến trường sớm.",
    ),
    (
        Encoding::Cp1258,
        b"Sa\xECng nay tr\xF5\xCCi n\xE3\xECng, ca\xECc ba\xF2n nho\xD2 \xF0\xEA\xECn tr\xFD\xF5\xCCng s\xF5\xECm.",
        "Sáng nay trời nắng, các bạn nhỏ đến trường sớm.",
    ),
    (
        Encoding::Viscii,
        b"S\xE1ng nay tr\xB6i n\xA1ng, c\xE1c b\xD5n nh\xF6 \xF0\xAAn tr\xDF\xB6ng s\xBEm.",
        "Sáng nay trời nắng, các bạn nhỏ đến trường sớm.",
    ),
    (
        Encoding::Vps,
        b"S\xE1ng nay tr\xA9i n\xA1ng, c\xE1c b\xE5n nh\xD5 \xC7\x89n tr\xDC\xA9ng s\xA7m.",
        "Sáng nay trời nắng, các bạn nhỏ đến trường sớm.",
    ),
];

#[test]
fn each_encoding_is_decoded_and_detected() {
    for (encoding, bytes, text) in SAMPLES {
        assert_eq!(decode(bytes, encoding), text, "{encoding:?}");
        let found = detect(bytes);
        assert_eq!((found.encoding, found.garbled), (encoding, false), "{found:?}");
        assert!(found.confidence > 0.5, "{found:?}");
    }
}

#[test]
fn garbled_text_is_repaired() {
    for (encoding, bytes, text) in SAMPLES {
        let garbled: String = bytes.iter().map(|&byte| windows_character(byte)).collect();
        let found = detect_text(&garbled);
        assert_eq!((found.encoding, found.garbled), (encoding, true), "{garbled}");
        assert_eq!(repair(&garbled), text);
        assert_eq!(repair(text), text);
        let doubled: String = text.bytes().map(windows_character).collect();
        assert_eq!(repair(&doubled), text, "{doubled}");
    }
}

#[test]
fn text_that_is_none_of_it_stays() {
    for text in [
        "",
        "plain ASCII, 1234",
        "Il a déjà mangé à l'école française où l'été était agréable.",
        "Größe, Übung, Straße: schön für Mädchen und Bübchen.",
        "§ 5 · 20 °C ± 1 µm © 2024 ®",
        "Hà Nội mùa thu",
        "日本語のテキスト",
        "Привет, мир",
        "á",
    ] {
        assert!(matches!(repair(text), Cow::Borrowed(_)), "{text}");
        assert_eq!(detect(text.as_bytes()).encoding, Encoding::Utf8, "{text}");
    }
    let french: Vec<u8> = "déjà à l'école française où l'été était agréable"
        .chars()
        .filter_map(windows_byte)
        .collect();
    assert_eq!(detect(&french).encoding, Encoding::Utf8);
}

#[test]
fn damaged_utf8_is_still_utf8() {
    let bytes = b"H\xC3\xA0 N\xE1\xBB\x99i \xFF\xFE m\xC3\xB9a thu \xC4\x91\xE1\xBA\xB9p";
    assert_eq!(detect(bytes).encoding, Encoding::Utf8);
}

#[test]
fn ascii_is_the_same_everywhere() {
    let text = "Quality: 17 km/h (about 25%) -- see [3]\r\n\t~";
    for encoding in Encoding::ALL {
        if encoding != Encoding::Tcvn3Capitals {
            assert!(matches!(decode(text.as_bytes(), encoding), Cow::Borrowed(it) if it == text));
        }
    }
    assert_eq!(decode(b"H\xB5 N\xE9i 15/cp", Encoding::Tcvn3Capitals), "HÀ NỘI 15/CP");
}

#[test]
fn windows_signs_stay_in_tcvn3_and_vni() {
    assert_eq!(decode(b"\x93n\xAD\xEDc\x94 \x96 \x85", Encoding::Tcvn3).chars().next(), Some('“'));
    assert_eq!(decode(b"\x93no\xFB\x94 \x96 ba\xF9o\x85", Encoding::Vni), "“nỏ” – báo…");
}

#[test]
fn loose_marks_are_composed_where_unicode_can() {
    assert_eq!(decode(b"n\xDE \xCC", Encoding::Cp1258), "ñ \u{300}");
    assert_eq!(decode(b"a\xB3", Encoding::Tcvn3), "á");
}
