//! Sentences, syllables, words and what is counted of them: parts lie in order and give the text back.
#![no_main]

use corpus_fuzz::{check_cover, check_spans};
use corpus_model::Document;
use corpus_stats::{DocumentDigest, Sketch, keywords, quality, summarize};
use corpus_text::{
    Language, Segmenter, annotate, graphemes, language, parse_syllable, sentences, sort_key,
    syllables,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let segmenter = Segmenter::built_in();
    check_cover(text, sentences(text).map(|it| it.span));
    let words = segmenter.words(text);
    check_cover(text, words.iter().map(|it| it.span));
    check_spans(text, syllables(text).map(|it| it.span));
    for syllable in syllables(text) {
        assert_eq!(
            parse_syllable(&text[syllable.span.range()]).is_some(),
            syllable.parts.is_some()
        );
    }
    let mut moved = Vec::new();
    segmenter.words_into(text, 9, &mut moved);
    assert!(words.iter().map(|it| it.span.shifted(9)).eq(moved.iter().map(|it| it.span)));

    let verdict = language(text);
    assert!((0.0..=1.0).contains(&verdict.confidence), "{verdict:?}");
    assert_eq!(verdict.language == Language::None, verdict.evidence.words() == 0, "{verdict:?}");
    assert!(graphemes(text) <= text.chars().count());
    sort_key(text);

    let document = Document::new("1", text);
    let annotations = annotate(&document, segmenter);
    check_spans(text, annotations.sentences.iter().map(|it| it.span));
    check_spans(text, annotations.words.iter().map(|it| it.span));
    check_spans(text, summarize(&document, &annotations, 2));
    keywords(&document, &annotations, 5);
    DocumentDigest::new(&document, &annotations);
    let sketch = Sketch::new(&document);
    assert!(sketch.words() == 0 || sketch.similarity(&sketch) >= 0.999);
    if let Some(preset) = quality::Preset::built_in("news") {
        quality::Filter::new(&preset).judge_document(&document);
    }
});
