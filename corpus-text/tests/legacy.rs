//! What holds of any bytes in any legacy encoding.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use corpus_text::legacy::{Encoding, decode, detect, detect_text, redecode, repair};
use corpus_text::{Normalization, normalize, possible_syllables};
use icu_normalizer::ComposingNormalizerBorrowed;
use proptest::prelude::*;

/// Encodings in which a text has one spelling that matters; in the fonts of capitals case is lost.
const ENCODINGS: [Encoding; 5] =
    [Encoding::Tcvn3, Encoding::Vni, Encoding::Cp1258, Encoding::Viscii, Encoding::Vps];

type Encoder = HashMap<char, Vec<u8>>;

static ENCODERS: LazyLock<Vec<(Encoding, Encoder)>> =
    LazyLock::new(|| ENCODINGS.into_iter().map(|it| (it, encoder(it))).collect());
static SYLLABLES: LazyLock<Vec<String>> = LazyLock::new(|| possible_syllables().collect());

/// The bytes of each character: of one byte, or of a letter and its mark.
fn encoder(encoding: Encoding) -> Encoder {
    let pairs = (0x41..=0xFF_u8).flat_map(|a| (0x80..=0xFF_u8).map(move |b| vec![a, b]));
    let single = (0..=0xFF_u8).map(|byte| vec![byte]);
    let mut bytes_of = HashMap::new();
    // Two bytes are preferred: in VNI a byte that is no letter is one of Windows-1252 only where it
    // cannot be the mark of the letter in front.
    for bytes in single.chain(pairs) {
        let text = decode(&bytes, encoding).into_owned();
        if text.chars().count() == 1 {
            bytes_of.insert(text.chars().next().unwrap(), bytes);
        }
    }
    bytes_of
}

fn encoded(text: &str, encoder: &Encoder) -> Option<Vec<u8>> {
    let bytes: Option<Vec<_>> = text.chars().map(|c| encoder.get(&c).cloned()).collect();
    bytes.map(|bytes| bytes.concat())
}

/// Every syllable in small letters and in capitals goes to each encoding and comes back; VNI has
/// two bytes for most letters, CP1258 for letters with tones.
#[test]
fn every_syllable_survives() {
    let text = SYLLABLES.join(" ");
    for (encoding, encoder) in &*ENCODERS {
        for text in [text.clone(), text.to_uppercase()] {
            // Alone the bytes of TCVN3 have no capitals with tones.
            match encoded(&text, encoder) {
                Some(bytes) => assert!(decode(&bytes, *encoding) == text, "{encoding:?}"),
                None => {
                    let missing: String =
                        text.chars().filter(|c| !encoder.contains_key(c)).collect();
                    assert_eq!(*encoding, Encoding::Tcvn3, "{missing}");
                }
            }
        }
    }
}

/// So does capital text in the capital fonts, whose bytes are those of small letters.
#[test]
fn capitals_come_from_their_fonts() {
    let text = "nghị quyết về cải cách hành chính, số 15/nq";
    let bytes = encoded(text, &encoder(Encoding::Tcvn3)).unwrap();
    assert_eq!(decode(&bytes, Encoding::Tcvn3Capitals), text.to_uppercase());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any bytes say something; it is composed, and cutting at an ASCII character changes nothing.
    #[test]
    fn decoding_is_total(a in prop::collection::vec(any::<u8>(), 0..40), b in prop::collection::vec(any::<u8>(), 0..40)) {
        for encoding in ENCODINGS {
            let text = decode(&a, encoding).into_owned();
            let composed = ComposingNormalizerBorrowed::new_nfc().normalize(&text);
            prop_assert_eq!(&*composed, text.as_str());
            let both = [&a[..], b" ", &b[..]].concat();
            let parts = format!("{text} {}", decode(&b, encoding));
            prop_assert_eq!(decode(&both, encoding), parts);
        }
    }

    #[test]
    fn ascii_is_itself(text in "[ -~\\r\\n\\t]{0,60}") {
        for encoding in ENCODINGS {
            prop_assert!(matches!(decode(text.as_bytes(), encoding), Cow::Borrowed(it) if it == text));
            prop_assert!(matches!(redecode(&text, encoding), Cow::Borrowed(_)));
        }
        prop_assert_eq!(decode(text.as_bytes(), Encoding::Tcvn3Capitals), text.to_uppercase());
        prop_assert_eq!(detect(text.as_bytes()).encoding, Encoding::Utf8);
        prop_assert!(matches!(repair(&text), Cow::Borrowed(_)));
    }

    #[test]
    fn detection_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..120), text in any::<String>()) {
        for found in [detect(&bytes), detect_text(&text)] {
            prop_assert!((0.0..=1.0).contains(&found.confidence));
            prop_assert!(found.evidence.explained <= found.evidence.words);
        }
        for encoding in Encoding::ALL {
            let _ = (decode(&bytes, encoding), redecode(&text, encoding));
        }
    }

    /// Vietnamese in any encoding is found out and comes back, and as UTF-8 it stays.
    #[test]
    fn vietnamese_comes_back(places in prop::collection::vec(0usize..15_000, 24..40)) {
        let words: Vec<&str> = places.iter().map(|&n| &*SYLLABLES[n]).collect();
        let text = words.join(" ");
        prop_assert!(matches!(repair(&text), Cow::Borrowed(_)));
        prop_assert_eq!(detect(text.as_bytes()).encoding, Encoding::Utf8);
        for (encoding, encoder) in &*ENCODERS {
            let bytes = encoded(&text, encoder).unwrap();
            prop_assert_eq!(decode(&bytes, *encoding), text.as_str());
        }
        let options = Normalization::default();
        prop_assert!(normalize(&text, &options).is_unchanged());
    }
}
