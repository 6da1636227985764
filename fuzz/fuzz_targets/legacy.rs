//! Bytes in any of the old encodings: each says something, in NFC, and a text is repaired at most once.
#![no_main]

use corpus_text::legacy::{Encoding, decode, detect, detect_text, redecode, repair};
use corpus_text::{Normalization, normalize};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for found in [detect(bytes), detect_text(&text)] {
        assert!((0.0..=1.0).contains(&found.confidence), "{found:?}");
        assert!(found.evidence.explained <= found.evidence.words, "{found:?}");
    }
    let mut options = Normalization::NOTHING;
    options.nfc = true;
    for encoding in Encoding::ALL {
        let decoded = decode(bytes, encoding);
        if encoding != Encoding::Utf8 {
            assert_eq!(normalize(&decoded, &options).text(), decoded, "{}", encoding.name());
            // An ASCII blank bounds every letter, so text can be decoded in parts.
            if let Some(at) = bytes.iter().position(|byte| *byte == b' ') {
                let (front, back) = bytes.split_at(at);
                let parts = format!("{}{}", decode(front, encoding), decode(back, encoding));
                assert_eq!(parts, decoded, "{}", encoding.name());
            }
        }
        redecode(&text, encoding);
    }
    repair(&text);
});
