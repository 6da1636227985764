//! [`Document`]: a text as its author wrote it, with metadata and blocks.

use std::collections::BTreeMap;
use std::ops::Index;

use crate::{Annotations, Basis, Block, BlockKind, Layer, Span, Spanned, Value, When};

/// A text as its author wrote it, what is known about it, and its blocks.
///
/// The text never changes, because spans point into it. For a UTF-8 file with one document the
/// text is the file (byte-order mark aside), so a span is also a range of the file.
///
/// Blocks lie in order, do not overlap, are not empty and start and end at character boundaries;
/// [`Document::with_blocks`] drops what would break this.
///
/// ```
/// use corpus_model::{BlockKind, Document, Span};
///
/// let document = Document::new("tin-1", "  Trời mưa.\n");
/// assert_eq!(&document[Span::new(2, 14)], "Trời mưa.");
/// // Without further knowledge all of the text is one paragraph.
/// assert_eq!(document.blocks().as_slice()[0].kind, BlockKind::Paragraph);
/// assert_eq!(document.blocks().as_slice()[0].span, Span::new(2, 14));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// What is known about the document.
    pub metadata: Metadata,
    id: String,
    text: String,
    blocks: Layer<Block>,
    annotations: Annotations,
}

impl Document {
    /// A document whose text is one paragraph.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Document {
        let text = text.into();
        let start = text.len() - text.trim_start().len();
        let block = Block::new(BlockKind::Paragraph, Span::new(start, text.trim_end().len()));
        Document { id: id.into(), text, ..Document::default() }.with_blocks([block])
    }

    /// The same document with these blocks instead of those it had.
    ///
    /// Blocks that are empty, overlap an earlier one, reach beyond the text or cut a character
    /// are dropped.
    pub fn with_blocks(mut self, blocks: impl IntoIterator<Item = Block>) -> Document {
        let mut end = 0;
        let sorted: Layer<Block> = blocks.into_iter().collect();
        let mut kept = sorted.into_vec();
        kept.retain(|block| {
            let fits = block.span.start() >= end
                && !block.span.is_empty()
                && self.text.get(block.span.range()).is_some();
            if fits {
                end = block.span.end();
            }
            fits
        });
        self.blocks = kept.into();
        self
    }

    /// A document of these parts, the inverse of [`Document::into_parts`]; blocks are held to the
    /// same rules as in [`Document::with_blocks`].
    pub fn from_parts(
        id: String,
        text: String,
        blocks: Vec<Block>,
        metadata: Metadata,
    ) -> Document {
        Document { metadata, id, text, ..Document::default() }.with_blocks(blocks)
    }

    /// The same document with these layers instead of those it had.
    ///
    /// What is empty, reaches beyond the text or cuts a character is dropped, and so is a mention
    /// whose value points to such a place.
    ///
    /// ```
    /// use corpus_model::{Annotations, Document, Sentence, Span};
    ///
    /// let mut annotations = Annotations::default();
    /// annotations.sentences = [Span::new(0, 12), Span::new(13, 99)]
    ///     .map(|span| Sentence { span })
    ///     .into_iter()
    ///     .collect();
    /// let document = Document::new("1", "Trời mưa. Đường trơn.").with_annotations(annotations);
    /// assert_eq!(document.annotations().sentences.len(), 1);
    /// ```
    pub fn with_annotations(mut self, annotations: Annotations) -> Document {
        let text = &self.text;
        let fits = |span: Span| !span.is_empty() && text.get(span.range()).is_some();
        let Annotations { sentences, words, mentions } = annotations;
        self.annotations = Annotations {
            sentences: kept(sentences, |it| fits(it.span)),
            words: kept(words, |it| fits(it.span)),
            mentions: kept(mentions, |it| {
                fits(it.span)
                    && match &it.value {
                        Value::List(list) => list.items.iter().all(|item| fits(*item)),
                        Value::Directive(directive) => {
                            let others = directive.relations.iter().filter_map(|it| it.by);
                            directive.antecedent.into_iter().chain(others).all(fits)
                        }
                        Value::Event(it) => {
                            let places = it.date_span.into_iter().chain(it.place_span);
                            places.chain(it.participant_spans.iter().copied()).all(fits)
                        }
                        Value::Programme(it) => {
                            [it.antecedent, it.directive].into_iter().flatten().all(fits)
                        }
                        _ => true,
                    }
            }),
        };
        self
    }

    /// The layers that came with the document or were put there: the sentences and words of a
    /// treebank. Most documents come without any; those of `corpus-text` and `corpus-extract` stand
    /// apart until [`Document::with_annotations`] adds them.
    pub fn annotations(&self) -> &Annotations {
        &self.annotations
    }

    /// What the document is called; unique in a corpus where its source makes it so.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The text as its author wrote it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The blocks in text order.
    pub fn blocks(&self) -> &Layer<Block> {
        &self.blocks
    }

    /// The first block of this kind.
    pub fn block(&self, kind: BlockKind) -> Option<&Block> {
        self.blocks.iter().find(|block| block.kind == kind)
    }

    /// The blocks with the author's sentences: see [`BlockKind::is_content`].
    pub fn content(&self) -> impl DoubleEndedIterator<Item = &Block> {
        self.blocks.iter().filter(|block| block.kind.is_content())
    }

    /// What stands at `span`, if that is a part of the text.
    ///
    /// The twin of `document[span]`, which panics otherwise.
    pub fn get(&self, span: Span) -> Option<&str> {
        self.text.get(span.range())
    }

    /// Takes the document apart, so that its storage can be used again.
    pub fn into_parts(self) -> (String, String, Vec<Block>, Metadata) {
        (self.id, self.text, self.blocks.into_vec(), self.metadata)
    }
}

/// The items of a layer that fit.
fn kept<T: Spanned>(layer: Layer<T>, fits: impl Fn(&T) -> bool) -> Layer<T> {
    let mut items = layer.into_vec();
    items.retain(|item| fits(item));
    items.into()
}

impl Index<Span> for Document {
    type Output = str;

    fn index(&self, span: Span) -> &str {
        &self.text[span.range()]
    }
}

/// What is known about a document beside its text.
///
/// ```
/// use corpus_model::{Document, Metadata, When};
///
/// let mut document = Document::new("tin-1", "Trời mưa.");
/// document.metadata.site = Some("baotrungdu.example".into());
/// document.metadata.published = When::from_iso("2014-08-29");
/// assert_eq!(document.metadata.title, None);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
pub struct Metadata {
    /// The file it came from, as the reader was told.
    pub path: Option<String>,
    /// The name of the format it was read as: `delimited`.
    pub format: Option<String>,
    /// The address it was fetched from.
    pub url: Option<String>,
    /// The site's host without `www.`: `vietnamplus.vn`.
    pub site: Option<String>,
    /// The part of the address made from the title: `cai-cach-hanh-chinh`.
    pub slug: Option<String>,
    /// The site's number for the document: `278730`.
    pub article_number: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The paragraph in front that says what happened.
    pub lead: Option<String>,
    /// Who wrote it, or which agency.
    pub byline: Option<String>,
    /// When it was published.
    pub published: Option<When>,
    /// How that is known: stated by the source ([`Basis::Explicit`]) or worked out from the text.
    pub published_basis: Option<Basis>,
    /// The language, as a BCP 47 tag.
    pub language: Option<String>,
    /// Whatever else the source states, by name.
    pub extra: BTreeMap<String, String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Event, List, Mention, Word, WordKind};

    fn block(start: usize, end: usize) -> Block {
        Block::new(BlockKind::Paragraph, Span::new(start, end))
    }

    #[test]
    fn text_of_white_space_has_no_block() {
        for text in ["", " ", "\n\u{a0}\t\n"] {
            assert!(Document::new("", text).blocks().is_empty(), "{text:?}");
        }
    }

    #[test]
    fn blocks_that_break_the_rules_are_dropped() {
        // The bytes: `Ð` 0 and 1, `ất` 2 to 5, the blank 6, `n` 7, `ư` 8 and 9.
        let document = Document::new("", "Ðất nước").with_blocks([
            block(7, 99),
            block(7, 9),
            block(5, 6),
            block(3, 3),
            block(2, 6),
            block(1, 4),
            block(0, 2),
        ]);
        assert_eq!(document.blocks().as_slice(), [block(0, 2), block(2, 6)]);
    }

    #[test]
    fn parts_make_the_same_document_again() {
        let mut document =
            Document::new("7", "Một.\n\nHai.").with_blocks([block(0, 6), block(8, 12)]);
        document.metadata.byline = Some("Thu Trầm".to_owned());
        let (id, text, blocks, metadata) = document.clone().into_parts();
        assert_eq!(Document::from_parts(id, text, blocks, metadata), document);
    }

    #[test]
    fn annotations_that_point_nowhere_are_dropped() {
        let at = |start, end| Span::new(start, end);
        let list = |items: &[Span]| {
            let items = items.to_vec();
            let list = List { announced: None, noun: String::new(), items, complete: false };
            Mention::new(at(0, 2), list)
        };
        let words = [at(0, 2), at(1, 2), at(2, 2), at(3, 9)];
        let annotations = Annotations {
            words: words.map(|span| Word { span, kind: WordKind::Word }).into_iter().collect(),
            mentions: [list(&[at(0, 3)]), list(&[at(0, 2), at(0, 4)])].into_iter().collect(),
            ..Annotations::default()
        };
        let document = Document::new("", "Đi").with_annotations(annotations);
        let found = document.annotations();
        assert_eq!(found.words.len(), 1);
        assert_eq!(found.mentions.as_slice(), [list(&[at(0, 3)])]);
    }

    #[test]
    fn events_whose_places_lie_outside_are_dropped() {
        let at = |start, end| Span::new(start, end);
        let event = |day: Span| {
            let event = Event { date_span: Some(day), ..Event::default() };
            Mention::new(at(0, 3), event)
        };
        let mentions = [event(at(0, 3)), event(at(0, 9)), event(at(1, 3))].into_iter().collect();
        let annotations = Annotations { mentions, ..Annotations::default() };
        let document = Document::new("", "Đi").with_annotations(annotations);
        assert_eq!(document.annotations().mentions.as_slice(), [event(at(0, 3))]);
    }

    #[test]
    fn a_span_beyond_the_text_is_nothing() {
        let document = Document::new("", "Đê");
        assert_eq!(document.get(Span::new(0, 2)), Some("Đ"));
        assert_eq!(document.get(Span::new(0, 1)), None);
        assert_eq!(document.get(Span::new(2, 9)), None);
    }
}
