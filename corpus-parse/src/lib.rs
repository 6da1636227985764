//! Readers of crawl dumps, web pages, news articles and JSON Lines: bytes to documents with blocks, positions
//! and a closing ledger.
//!
//! ```
//! use corpus_model::BlockKind;
//! use corpus_parse::{Reader, find};
//!
//! let input = "\
//! https://tin.example/mua-lon-71234.html
//! -----------------
//! Mưa lớn ở Hà Nội
//! -----------------
//! Phố Huế sáng nay. (Ảnh: An Bình/TTXVN) Sáng 29/8, trời mưa lớn./.
//! -----------------
//! ";
//! let mut reader = Reader::new(find("delimited").unwrap(), input.as_bytes());
//! for document in reader.documents() {
//!     let document = document?;
//!     let caption = document.block(BlockKind::Caption).unwrap();
//!     assert_eq!(document.metadata.title.as_deref(), Some("Mưa lớn ở Hà Nội"));
//!     assert_eq!(document.metadata.site.as_deref(), Some("tin.example"));
//!     assert_eq!(&document[caption.span], "Phố Huế sáng nay. (Ảnh: An Bình/TTXVN)");
//! }
//! assert_eq!(reader.ledger().bytes_in, input.len() as u64);
//! # Ok::<(), corpus_parse::ParseError>(())
//! ```
//!
//! A [`Format`] describes what can be read, [`FORMATS`] lists those of this crate ([`Delimited`],
//! [`Article`], [`Json`], [`Jsonl`], [`Csv`], [`Conllu`], [`Vrt`], [`Html`], [`Markdown`], [`Feed`],
//! [`Xml`], [`Warc`], [`Lines`]), [`find`] and [`detect`]
//! pick one. A [`Reader`] turns an input into documents, through a comfortable door
//! ([`Reader::documents`]) or a fast one ([`Reader::read`]). What cannot be read is a [`ParseError`]
//! with its [`Position`], reading goes on behind it, and the [`Ledger`] says where every byte went.
//!
//! The members of a zip or tar archive are read one by one from an [`Archive`]. Packed input is read
//! through an [`Unpacked`], which keeps what can be unpacked of damaged data and
//! says where the damage is; several threads unpack an input of many members by [`Stretches`].
//! [`Unwrap`] takes off whatever an input is packed in, one in the other, within limits for all of it.
//!
//! What single sites write around their articles is told by a [`SitePack`], which can be learned from
//! the crawl itself by [`RecurringLines`].
//!
//! A format of simple records can be described by a file, without code: see `Described`, with the
//! feature `toml`. A new format implements [`Format`] and [`Parser`]: the parser takes lines from a [`Source`] and
//! fills a [`Record`], with a text and blocks or with named fields, of which [`FieldNames`] makes
//! the document. The macro `conformance!` holds it to what every format promises.
//!
//! # What this crate does not do
//!
//! It opens no files: a reader takes any [`std::io::Read`], and a path is only a name. It decodes no encodings but UTF-8 and UTF-16, and knows no sentences or words (see
//! `corpus-text`). The text of a document is never changed.
//!
//! # Features
//!
//! - `gzip`, `zstd`, `bzip2`, `xz`: what [`Unpacked`] unpacks; each brings its decoder.
//! - `tar`, `zip`: which kinds of [`Archive`] are read.
//! - `toml`: `Described`, formats that a file describes.
//! - `parquet`: `ParquetLines`, the rows of a Parquet file as JSON Lines.
//! - `conformance`: the macro `conformance!` and what it calls, for tests.

mod address;
mod archive;
mod blocks;
mod buffer;
mod charset;
#[cfg(any(test, feature = "conformance"))]
pub mod conformance;
#[cfg(feature = "toml")]
mod described;
mod error;
mod field_names;
mod format;
mod formats;
mod html;
mod http;
mod json;
mod laid_out;
mod layers;
mod ledger;
#[cfg(feature = "toml")]
mod line_pattern;
#[cfg(feature = "parquet")]
mod parquet;
mod path;
mod pieces;
mod published;
mod reader;
mod record;
mod recurring;
mod rules;
mod site_pack;
mod source;
mod unpack;
mod unwrap;
mod utf16;
mod warc;
mod xml;

pub use archive::{Archive, ArchiveDamage, ArchiveKind, Member};
pub use blocks::blocks;
pub use charset::{Decoder, of_page as page_encoding};
pub use corpus_model;
#[cfg(feature = "toml")]
pub use described::{Described, DescriptionError};
pub use error::{ParseError, ParseErrorKind, Position};
pub use field_names::FieldNames;
pub use format::{Format, Parser};
pub use formats::{
    Article, Conllu, Csv, Delimited, FORMATS, Feed, Html, Json, Jsonl, Lines, Markdown, Vrt, Warc,
    Xml, detect, find,
};
pub use ledger::{Ledger, Rejected, Unreadable};
#[cfg(feature = "parquet")]
pub use parquet::ParquetLines;
pub use pieces::{Cut, Cutter, EachLine, Piece, RecordLine, RecordLines, Rest};
pub use reader::{Documents, Reader};
pub use record::Record;
pub use recurring::{RecurringLine, RecurringLines};
pub use site_pack::{SitePack, SitePackError};
pub use source::{Checkpoint, Source};
pub use unpack::{
    Allowance, Packing, PackingDamage, PackingDamages, RestOfPacked, Stretch, Stretches, Unpacked,
};
pub use unwrap::{Inside, Unwrap, Unwrapped};

/// The examples of the README, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
