//! [`Layer`]: blocks, sentences, words and mentions that stand in a record.

use corpus_model::{Block, BlockKind, Mention, Sentence, Span, Spanned, Word, WordKind};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::Record;

/// The fields of a document as `corpus-write` writes it that are lists of places.
#[derive(Clone, Copy)]
pub(crate) enum Layer {
    Blocks,
    Sentences,
    Words,
    Mentions,
}

impl Layer {
    pub(crate) fn of(name: &str) -> Option<Layer> {
        match name {
            "blocks" => Some(Layer::Blocks),
            "sentences" => Some(Layer::Sentences),
            "words" => Some(Layer::Words),
            "mentions" => Some(Layer::Mentions),
            _ => None,
        }
    }

    /// Whether a field of this name may be a layer of ours. Blocks come first, and without them it is
    /// somebody else's record, whose places may count characters.
    pub(crate) fn may_be_own(self, record: &Record) -> bool {
        matches!(self, Layer::Blocks) || record.is_own()
    }

    /// Puts the layer into its place, if it is one of ours.
    pub(crate) fn put(self, json: &str, record: &mut Record) -> bool {
        let layers = &mut record.annotations;
        match self {
            Layer::Blocks => {
                let blocks: Option<Vec<Block>> =
                    serde_json::from_str(json).ok().or_else(|| placed(json, Placed::block));
                let Some(blocks) = blocks.filter(|blocks| !blocks.is_empty()) else { return false };
                record.blocks = blocks;
                record.expect_own();
                true
            }
            Layer::Sentences => {
                put(json, &mut layers.sentences, |it| Some(Sentence { span: it.span() }))
            }
            Layer::Words => put(json, &mut layers.words, |it| {
                Some(Word { span: it.span(), kind: WordKind::from_name(&it.kind)? })
            }),
            Layer::Mentions => put(json, &mut layers.mentions, Placed::mention),
        }
    }
}

/// A thing in a text as tables have it, where a pair of numbers is no type of its own.
#[derive(Deserialize)]
struct Placed {
    #[serde(default)]
    kind: String,
    start: usize,
    end: usize,
    /// What a mention names, as JSON.
    #[serde(default)]
    value: String,
}

impl Placed {
    fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    fn block(&self) -> Option<Block> {
        Some(Block::new(BlockKind::from_name(&self.kind)?, self.span()))
    }

    fn mention(&self) -> Option<Mention> {
        let Placed { kind, start, end, value } = self;
        let value = serde_json::from_str::<&RawValue>(value).ok()?;
        let json = format!("{{\"span\":[{start},{end}],\"kind\":\"{kind}\",\"value\":{value}}}");
        serde_json::from_str(&json).ok()
    }
}

/// Things as tables have them, if all of them are.
fn placed<T>(json: &str, made: impl Fn(&Placed) -> Option<T>) -> Option<Vec<T>> {
    let items: Vec<Placed> = serde_json::from_str(json).ok()?;
    items.iter().map(made).collect()
}

/// Reads a layer as JSON or as tables have it; false, and nothing done, if it is neither.
fn put<T: DeserializeOwned + Spanned>(
    json: &str,
    layer: &mut corpus_model::Layer<T>,
    made: impl Fn(&Placed) -> Option<T>,
) -> bool {
    let items = serde_json::from_str::<Vec<T>>(json).ok().or_else(|| placed(json, made));
    items.map(|items| *layer = items.into()).is_some()
}
