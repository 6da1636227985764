//! [`Finder`]: the layers of a document that are to be written, where it came without.

use std::mem;

use clap::ValueEnum;
use corpus_extract::Extractor;
use corpus_model::{Document, Word};
use corpus_text::Segmenter;
use corpus_write::Layers;

use crate::report::date_document;

/// The values of `--layers`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Layer {
    Sentences,
    Words,
    Mentions,
}

impl Layer {
    /// The layers of a list.
    pub(crate) fn all(asked: &[Layer]) -> Layers {
        Layers {
            sentences: asked.contains(&Layer::Sentences),
            words: asked.contains(&Layer::Words),
            mentions: asked.contains(&Layer::Mentions),
        }
    }
}

/// Finds the layers that are to be written, where a document came without.
#[derive(Debug)]
pub(crate) struct Finder<'a> {
    pub(crate) segmenter: &'a Segmenter,
    pub(crate) extractor: &'a Extractor,
    pub(crate) layers: Layers,
}

impl Finder<'_> {
    /// Gives a document the layers that are to be written and that it came without.
    pub(crate) fn complete(&self, document: &mut Document, is_line: bool) {
        if !is_line {
            date_document(self.extractor, document);
        }
        let mut found = document.annotations().clone();
        let Layers { sentences, words, mentions } = self.layers;
        if words && found.words.is_empty() && !found.sentences.is_empty() {
            let mut cut: Vec<Word> = Vec::new();
            for sentence in &found.sentences {
                let text = document.get(sentence.span).unwrap_or_default();
                self.segmenter.words_into(text, sentence.span.start(), &mut cut);
            }
            found.words = cut.into();
        } else if words && found.words.is_empty() {
            let own = corpus_text::annotate(document, self.segmenter);
            (found.sentences, found.words) = (own.sentences, own.words);
        } else if sentences && found.sentences.is_empty() && found.words.is_empty() {
            found.sentences = corpus_text::document_sentences(document);
        }
        if mentions && found.mentions.is_empty() {
            found.mentions = self.extractor.extract(document);
        }
        *document = mem::take(document).with_annotations(found);
    }
}
