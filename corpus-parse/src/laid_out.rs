//! [`LaidOut`]: a text put together from words, for formats that have words and no text.

use std::mem;

use corpus_model::{Block, BlockKind, Sentence, Span, When, Word, WordKind};

use crate::address::Address;
use crate::field_names::state;
use crate::{Record, published};

/// A text that grows word by word, with its blocks, sentences and words.
#[derive(Debug, Default)]
pub(crate) struct LaidOut {
    text: String,
    blocks: Vec<Block>,
    sentences: Vec<Sentence>,
    words: Vec<Word>,
    /// White space that stands in front of the next word: said by the word before, or else by the
    /// place.
    gap: Option<String>,
    usual: &'static str,
    /// Where the sentence at hand begins among the words, and what block it begins.
    first: usize,
    block: Option<BlockKind>,
}

impl LaidOut {
    /// Begins another text.
    pub(crate) fn clear(&mut self) {
        *self = LaidOut::default();
    }

    /// Whether no word was laid.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The bytes of the text so far.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// Begins a sentence, which may begin a block; `usual` stands in front of it, where the word
    /// before says nothing.
    pub(crate) fn begin_sentence(&mut self, block: Option<BlockKind>, usual: &'static str) {
        self.first = self.words.len();
        self.block = block;
        self.usual = usual;
    }

    /// Nothing stands in front of the next word.
    pub(crate) fn glue(&mut self) {
        self.gap = Some(String::new());
    }

    /// Lays a word, which may say what white space stands before and behind it.
    pub(crate) fn word(&mut self, before: &str, form: &str, kind: WordKind, behind: Option<&str>) {
        match self.gap.take() {
            Some(gap) => self.text.push_str(&gap),
            None if self.words.is_empty() => {}
            None => {
                self.text.push_str(if self.words.len() == self.first { self.usual } else { " " })
            }
        }
        self.text.push_str(before);
        let start = self.text.len();
        self.text.push_str(form);
        self.words.push(Word { span: Span::new(start, self.text.len()), kind });
        self.gap = behind.map(str::to_owned);
    }

    /// Ends the sentence.
    pub(crate) fn end_sentence(&mut self) {
        let own = self.words.get(self.first..).unwrap_or_default();
        let (Some(first), Some(last)) = (own.first(), own.last()) else { return };
        let span = first.span.cover(last.span);
        self.sentences.push(Sentence { span });
        self.first = self.words.len();
        match (self.block.take(), self.blocks.last_mut()) {
            (None, Some(block)) => block.span = block.span.cover(span),
            (kind, _) => self.blocks.push(Block::new(kind.unwrap_or(BlockKind::Paragraph), span)),
        }
    }

    /// Hands the text and its layers to a record.
    pub(crate) fn give(&mut self, record: &mut Record) {
        if let Some(gap) = self.gap.take() {
            self.text.push_str(&gap);
        }
        for block in &mut self.blocks {
            // A word may have white space of its own at its ends, a block has none.
            let part = self.text.get(block.span.range()).unwrap_or_default();
            let start = block.span.start() + (part.len() - part.trim_start().len());
            block.span = Span::new(start, start + part.trim().len());
        }
        record.text = mem::take(&mut self.text);
        record.blocks = mem::take(&mut self.blocks);
        record.annotations.sentences = mem::take(&mut self.sentences).into();
        record.annotations.words = mem::take(&mut self.words).into();
    }

    /// Enters what the source states of the document; what is not known by its name stays under it.
    pub(crate) fn state(&mut self, name: &str, value: &str, record: &mut Record) {
        let metadata = &mut record.metadata;
        let value = || Some(value.to_owned());
        match name {
            "url" => {
                metadata.url = value();
                let url = metadata.url.clone().unwrap_or_default();
                Address::parse(&url).describe(metadata);
            }
            "site" => metadata.site = value(),
            "title" => metadata.title = value(),
            "lead" => metadata.lead = value(),
            "byline" | "author" => metadata.byline = value(),
            "language" | "lang" => metadata.language = value(),
            "published" | "date" => {
                let stated = value().unwrap_or_default();
                match When::from_iso(&stated).or_else(|| published::from_field(&stated)) {
                    Some(when) => state(metadata, when),
                    None => _ = metadata.extra.insert(name.to_owned(), stated),
                }
            }
            name => _ = metadata.extra.insert(name.to_owned(), value().unwrap_or_default()),
        }
    }
}
