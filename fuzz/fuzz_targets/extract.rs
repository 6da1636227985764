//! Facts: each is a piece of the text, in order, found alike alone and among others, and explained by pieces.
//!
//! The lowest bit of the first byte says whether the document is dated.
#![no_main]

use corpus_extract::Extractor;
use corpus_fuzz::{check_spans, choice_and_text};
use corpus_model::{Document, MentionKind, When};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((dated, text)) = choice_and_text(data) else { return };
    let mut document = Document::new("1", text);
    document.metadata.published = When::from_iso("2017-02-02T03:55").filter(|_| dated & 1 == 1);
    let extractor = Extractor::built_in();
    let found = extractor.extract(&document);
    check_spans(text, found.iter().map(|it| it.span));
    for kind in MentionKind::ALL {
        let alone = extractor.extract_kinds(&document, &[kind]);
        let among: Vec<_> = found.iter().filter(|it| it.kind() == kind).cloned().collect();
        assert_eq!(alone.as_slice(), among, "{kind:?} is found otherwise alone");
    }
    let explained = extractor.explain(&document, found.as_slice());
    assert_eq!(explained.len(), found.len());
    for (mention, explanation) in found.iter().zip(explained) {
        let rule = explanation.rule.name;
        assert!(rule.starts_with(mention.kind().name()), "{rule} finds no {:?}", mention.kind());
        for clue in explanation.evidence {
            let piece = document.get(clue.span).unwrap_or_default();
            assert!(!piece.is_empty(), "{rule}: {}", clue.role);
        }
    }
    extractor.published(&document);
    extractor.evidence(&document);
});
