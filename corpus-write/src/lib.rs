//! Writers of documents with their sentences, words and facts: JSON Lines, CSV, CoNLL-U, VRT, TEI, brat
//! and Parquet.
//!
//! ```
//! use corpus_model::{Annotations, Document, Sentence, Span, Word, WordKind};
//! use corpus_write::{Vrt, Writer};
//!
//! let mut annotations = Annotations::default();
//! annotations.sentences.insert(Sentence { span: Span::new(0, 12) });
//! annotations.words = [(0, 11, WordKind::Word), (11, 12, WordKind::Punctuation)]
//!     .map(|(start, end, kind)| Word { span: Span::new(start, end), kind })
//!     .into_iter()
//!     .collect();
//! let document = Document::new("tin-1", "Trời mưa.").with_annotations(annotations);
//!
//! let mut writer = Writer::new(&Vrt, Vec::new())?;
//! writer.write(&document)?;
//! let expected = "\
//! <text id=\"tin-1\">
//! <p type=\"paragraph\">
//! <s>
//! Trời mưa\tword
//! <g/>
//! .\tpunctuation
//! </s>
//! </p>
//! </text>
//! ";
//! assert_eq!(String::from_utf8(writer.finish()?)?, expected);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A [`Format`] turns one document into bytes; [`FORMATS`] lists those of this crate ([`Jsonl`],
//! [`Csv`], [`Conllu`], [`Vrt`], [`Tei`]), [`find`] and [`of_path`] pick one. A [`Writer`] puts a
//! format in front of any [`std::io::Write`]; whoever has several threads lets each write documents
//! into a buffer of its own and joins these.
//!
//! Two are no such formats: [`brat`] wants a folder with two files for each document, and Parquet
//! (`ParquetWriter`, a feature) is written column by column.
//!
//! Layers are those of the document: [`Format::needs`] says which it must have. What a format has no
//! place for is told with it; [`Jsonl`] and Parquet hold everything.
//!
//! # What this crate does not do
//!
//! It finds no sentences, words and facts (see `corpus-text` and `corpus-extract`), opens no files
//! and reads nothing (see `corpus-parse`, whose formats of the same names read back what is written
//! here).
//!
//! # Features
//!
//! - `parquet`: `ParquetWriter`.
//! - `gzip`, `zstd`: what [`Packed`] packs with; each brings its encoder.

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub mod brat;
pub mod conllu;
mod csv;
mod format;
mod jsonl;
mod markup;
mod packed;
#[cfg(feature = "parquet")]
mod parquet;
mod segmented;
mod tei;
mod value;
mod vrt;

pub use conllu::Conllu;
pub use corpus_model;
pub use csv::Csv;
pub use format::{FORMATS, Format, Layers, Writer, ending, find, of_path};
pub use jsonl::Jsonl;
pub use packed::{Packed, Packing};
#[cfg(feature = "parquet")]
pub use parquet::{ParquetWriter, SCHEMA as PARQUET_SCHEMA};
pub use tei::Tei;
pub use vrt::Vrt;
