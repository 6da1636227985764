//! The vocabulary of a Vietnamese text corpus: spans, documents, blocks, layers and mentions.
//!
//! ```
//! use corpus_model::{Block, BlockKind, Document, Layer, Sentence, Span};
//!
//! let text = "Tin vắn\n\nTrời mưa. Đường trơn.";
//! let document = Document::new("1", text).with_blocks([
//!     Block::new(BlockKind::Title, Span::new(0, 9)),
//!     Block::new(BlockKind::Paragraph, Span::new(11, 40)),
//! ]);
//! let sentences: Layer<Sentence> =
//!     [Span::new(11, 23), Span::new(24, 40)].map(|span| Sentence { span }).into_iter().collect();
//!
//! let paragraph = document.block(BlockKind::Paragraph).unwrap();
//! let first = sentences.within(paragraph.span).next().unwrap();
//! assert_eq!(&document[first.span], "Trời mưa.");
//! ```
//!
//! A [`Document`] is the text as its author wrote it, [`Metadata`] and [`Block`]s. Whatever is
//! found in it stands off: a [`Span`] of bytes, alone or with a value, kept in a [`Layer`]. A
//! [`Mention`] is a span with a typed [`Value`]: a date, a directive, a person with offices, a
//! quantity.
//!
//! # What this crate does not do
//!
//! It finds nothing, reads nothing and cannot fail: no function returns a `Result`. Parsers live
//! in `corpus-parse`, sentences and words in `corpus-text`, facts in `corpus-extract`.
//!
//! # Features
//!
//! - `serde`: every type reads and writes; the JSON is the one that the `corpus` command prints.
//!
//! The types of `chrono` and `rust_decimal` show in the API; both are re-exported.

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod annotation;
mod block;
mod date;
mod directive;
mod document;
mod layer;
mod mention;
mod programme;
mod quantity;
#[cfg(feature = "serde")]
mod serialize;
mod span;

pub use annotation::{Annotations, Sentence, Syllable, SyllableParts, Tone, Word, WordKind};
pub use block::{Block, BlockKind};
pub use chrono;
pub use date::{Basis, DateValue, Grain, Moment, PartOfDay, Portion, When};
pub use directive::{Directive, DirectiveRef, Relation, RelationKind};
pub use document::{Document, Metadata};
pub use layer::Layer;
pub use mention::{Event, List, Mention, MentionKind, Organization, Person, Place, Value};
pub use programme::{Period, Programme};
pub use quantity::{Quantity, QuantityKind};
pub use rust_decimal;
pub use span::{Span, Spanned};
