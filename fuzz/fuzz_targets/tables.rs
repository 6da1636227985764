//! Files that people write for the tools: dictionaries, lexicons, gold words, presets. Each is taken or told, and words
//! cut with one cover the text.
//!
//! The first byte chooses the kind.
#![no_main]

use corpus_fuzz::{check_cover, choice};
use corpus_model::Span;
use corpus_stats::quality::{Filter, Preset};
use corpus_text::{Dictionary, Lexicon, Segmenter, read_gold};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((choice, bytes)) = choice(data) else { return };
    let text = String::from_utf8_lossy(bytes);
    let check = |segmenter: &Segmenter| {
        let spans: Vec<Span> = segmenter.words(&text).iter().map(|it| it.span).collect();
        check_cover(&text, spans);
    };
    match choice % 4 {
        0 => {
            if let Ok(dictionary) = Dictionary::read(bytes) {
                check(&Segmenter::built_in().with_dictionary(dictionary));
            }
        }
        1 => {
            if let Ok(lexicon) = Lexicon::read(bytes) {
                check(&Segmenter::new(lexicon));
            }
        }
        2 => {
            for sentence in read_gold(bytes).unwrap_or_default() {
                check_cover(sentence.text(), sentence.spans().iter().copied());
            }
        }
        _ => {
            if let Ok(preset) = Preset::parse(&text) {
                Filter::new(&preset).judge(&text);
            }
        }
    }
});
