//! Documents as formats of sentences and words see them: blocks, their sentences, their words.

use corpus_model::{Block, BlockKind, Document, Sentence, Span, Word};

/// A sentence with the words in it, and its block.
pub(crate) struct Segment<'a> {
    /// The kind of the block, which is the first that it lies in, also in part; a paragraph where it
    /// lies in none.
    pub(crate) kind: BlockKind,
    /// It is the first of its block.
    pub(crate) begins_block: bool,
    /// Where it stands.
    pub(crate) span: Span,
    /// Its words, one at least, in order and without overlap.
    pub(crate) words: Vec<&'a Word>,
}

/// The sentences of a document that have words, in the order of the text.
///
/// Words in a document without sentences belong to a sentence for each block. What overlaps
/// something before it is left out, for these formats have no place for it.
pub(crate) fn segments(document: &Document) -> Vec<Segment<'_>> {
    let layers = document.annotations();
    let own: Vec<Sentence>;
    let sentences: &[Sentence] = if layers.sentences.is_empty() {
        own = document.blocks().iter().map(|block| Sentence { span: block.span }).collect();
        &own
    } else {
        layers.sentences.as_slice()
    };
    let mut words = layers.words.as_slice().iter().peekable();
    let mut blocks = document.blocks().iter().peekable();
    let mut segments: Vec<Segment<'_>> = Vec::with_capacity(sentences.len());
    let mut last_block: Option<Block> = None;
    let mut end = 0;
    for sentence in sentences {
        let span = sentence.span;
        if span.start() < end {
            continue;
        }
        let mut inside: Vec<&Word> = Vec::new();
        while let Some(word) = words.next_if(|it| it.span.start() < span.end()) {
            if word.span.start() >= span.start().max(end) && word.span.end() <= span.end() {
                end = word.span.end();
                inside.push(word);
            }
        }
        end = end.max(span.start());
        if inside.is_empty() {
            continue;
        }
        end = span.end();
        while blocks.next_if(|it| it.span.end() <= span.start()).is_some() {}
        let block = blocks.peek().copied().copied().filter(|it| it.span.start() < span.end());
        let begins_block = block.is_none() || block != last_block || segments.is_empty();
        last_block = block;
        segments.push(Segment {
            kind: block.map_or(BlockKind::Paragraph, |block| block.kind),
            begins_block,
            span,
            words: inside,
        });
    }
    segments
}

#[cfg(test)]
mod tests {
    use corpus_model::{Annotations, WordKind};

    use super::*;

    #[test]
    fn what_overlaps_is_left_out() {
        let text = "Tin\n\nTrời mưa. Đường trơn.";
        let at = |start, end| Span::new(start, end);
        let blocks =
            [Block::new(BlockKind::Title, at(0, 3)), Block::new(BlockKind::Paragraph, at(5, 34))];
        let mut annotations = Annotations::default();
        annotations.sentences = [at(0, 3), at(5, 17), at(5, 34), at(18, 34)]
            .map(|span| Sentence { span })
            .into_iter()
            .collect();
        annotations.words = [at(0, 3), at(5, 11), at(5, 17), at(12, 17), at(16, 22), at(18, 27)]
            .map(|span| Word { span, kind: WordKind::Word })
            .into_iter()
            .collect();
        let document = Document::new("1", text).with_blocks(blocks).with_annotations(annotations);
        let found: Vec<_> = segments(&document)
            .iter()
            .map(|it| {
                let words: Vec<&str> = it.words.iter().map(|word| &document[word.span]).collect();
                (it.kind, it.begins_block, words.join("|"))
            })
            .collect();
        assert_eq!(
            found,
            [
                (BlockKind::Title, true, "Tin".to_owned()),
                (BlockKind::Paragraph, true, "Trời|mưa.".to_owned()),
                (BlockKind::Paragraph, false, "Đường".to_owned()),
            ]
        );
    }
}
