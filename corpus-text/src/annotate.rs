//! Sentences, words and languages of whole documents.

use corpus_model::{Annotations, Block, Document, Layer, Sentence, Spanned, Word};

use crate::{LanguageVerdict, Segmenter, language, sentences};

/// The sentences of a document's content blocks and the words of the sentences; no mentions.
///
/// ```
/// use corpus_model::Document;
/// use corpus_text::Segmenter;
///
/// let document = Document::new("1", "Trời mưa. Đường trơn.");
/// let notes = corpus_text::annotate(&document, Segmenter::built_in());
/// let second = notes.sentences.as_slice()[1];
/// let words: Vec<&str> =
///     notes.words.within(second.span).map(|word| &document[word.span]).collect();
/// assert_eq!(words, ["Đường", "trơn", "."]);
/// ```
pub fn annotate(document: &Document, segmenter: &Segmenter) -> Annotations {
    let sentences = document_sentences(document);
    // News text has about one word in six bytes.
    let mut words: Vec<Word> = Vec::with_capacity(document.text().len() / 6);
    for sentence in &sentences {
        let span = sentence.span();
        segmenter.words_into(document.get(span).unwrap_or_default(), span.start(), &mut words);
    }
    let mut annotations = Annotations::default();
    annotations.sentences = sentences;
    annotations.words = words.into();
    annotations
}

/// The sentences of a document's content blocks; none reaches from one block into another.
pub fn document_sentences(document: &Document) -> Layer<Sentence> {
    document
        .content()
        .flat_map(|block| {
            let text = document.get(block.span).unwrap_or_default();
            let start = block.span.start();
            sentences(text).map(move |it| Sentence { span: it.span.shifted(start) })
        })
        .collect()
}

/// The blocks of a document, each with the language that it is in, lazily.
///
/// A block is judged by its own words alone, so that a foreign quotation or an English abstract
/// shows in a Vietnamese document.
///
/// ```
/// use corpus_model::{Block, BlockKind, Document, Span};
///
/// let text = "Hội nghị bàn về cải cách hành chính.\nThe meeting was about reform.";
/// let end = text.find('\n').unwrap();
/// let blocks = [(0, end), (end + 1, text.len())]
///     .map(|(start, end)| Block::new(BlockKind::Paragraph, Span::new(start, end)));
/// let document = Document::new("1", text).with_blocks(blocks);
/// let vietnamese: Vec<bool> = corpus_text::block_languages(&document)
///     .map(|(_, verdict)| verdict.language.is_vietnamese())
///     .collect();
/// assert_eq!(vietnamese, [true, false]);
/// ```
pub fn block_languages(document: &Document) -> impl Iterator<Item = (&Block, LanguageVerdict)> {
    let verdict = |block: &Block| language(document.get(block.span).unwrap_or_default());
    document.blocks().iter().map(move |block| (block, verdict(block)))
}
