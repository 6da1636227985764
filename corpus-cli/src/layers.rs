//! [`Finder`]: the layers of a document that are to be written, where it came without.

use std::{mem, slice};

use clap::ValueEnum;
use corpus_extract::Extractor;
use corpus_model::{Annotations, Document, MentionKind, Word};
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
        self.complete_all(slice::from_mut(document), is_line);
    }

    /// The same for several documents, which takes less time than one after the other.
    pub(crate) fn complete_all(&self, documents: &mut [Document], is_line: bool) {
        if !is_line {
            documents.iter_mut().for_each(|it| date_document(self.extractor, it));
        }
        let mut found: Vec<Annotations> = documents.iter().map(|it| self.cut(it)).collect();
        if self.layers.mentions && found.iter().all(|it| it.mentions.is_empty()) {
            let mentions = self.extractor.extract_all(documents, &MentionKind::ALL);
            found.iter_mut().zip(mentions).for_each(|(it, mentions)| it.mentions = mentions);
        } else if self.layers.mentions {
            for (it, document) in found.iter_mut().zip(&*documents) {
                if it.mentions.is_empty() {
                    it.mentions = self.extractor.extract(document);
                }
            }
        }
        for (document, found) in documents.iter_mut().zip(found) {
            *document = mem::take(document).with_annotations(found);
        }
    }

    /// The layers that a document came with, and sentences and words.
    fn cut(&self, document: &Document) -> Annotations {
        let mut found = document.annotations().clone();
        let Layers { sentences, words, .. } = self.layers;
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
        found
    }
}
