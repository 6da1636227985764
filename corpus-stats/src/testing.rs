//! Annotated documents written by hand, for tests that must not hang on how words are found.

use corpus_model::{
    Annotations, Block, BlockKind, Document, Layer, Sentence, Span, Word, WordKind,
};

/// A document and its annotations: each line is a block (the first of several the headline), ` .`
/// ends a sentence, blanks part words, and `_` stands for the blank inside one.
pub(crate) fn annotated(text: &str) -> (Document, Annotations) {
    let plain = text.replace('_', " ");
    let mut annotations = Annotations::default();
    let (mut blocks, mut sentences, mut words) = (Vec::new(), Vec::new(), Vec::new());
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let kind = match blocks.is_empty() && text.contains('\n') {
            true => BlockKind::Title,
            false => BlockKind::Paragraph,
        };
        blocks.push(Block::new(kind, Span::new(start, start + line.trim_end().len())));
        for part in line.split_inclusive(" .") {
            let from = start + (part.len() - part.trim_start().len());
            sentences.push(Sentence { span: Span::new(from, start + part.trim_end().len()) });
            let mut at = start;
            for word in part.split_inclusive([' ', '\n']) {
                let span = Span::new(at, at + word.trim_end().len());
                at += word.len();
                let word = word.trim_end();
                let kind = match word.chars().next() {
                    Some(c) if c.is_alphabetic() => WordKind::Word,
                    Some(c) if c.is_numeric() => WordKind::Number,
                    _ => WordKind::Punctuation,
                };
                if !span.is_empty() {
                    words.push(Word { span, kind });
                }
            }
            start += part.len();
        }
    }
    sentences.retain(|sentence| !sentence.span.is_empty());
    annotations.sentences = Layer::from(sentences);
    annotations.words = Layer::from(words);
    (Document::new("1", plain).with_blocks(blocks), annotations)
}
