//! Patterns of words: a pattern is read or told, and what it finds are words of the text, from left to right.
//!
//! What stands in front of the first line end is the pattern, the rest the text.
#![no_main]

use corpus_stats::Pattern;
use corpus_text::{Segmenter, key};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &str| {
    let (pattern, text) = data.split_once('\n').unwrap_or((data, "Học sinh tăng giá, giảm giá."));
    let Ok(pattern) = Pattern::parse(pattern) else { return };
    let words = Segmenter::built_in().words(text);
    let keys: Vec<_> = words.iter().map(|word| key(&text[word.span.range()])).collect();
    let mut end = 0;
    for found in pattern.find(&keys) {
        assert!(
            end <= found.start && found.start < found.end && found.end <= keys.len(),
            "{found:?}"
        );
        end = found.end;
    }
});
