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
//! [`Article`], [`Json`], [`Jsonl`], [`Csv`], [`Html`], [`Warc`], [`Lines`]), [`find`] and [`detect`]
//! pick one. A [`Reader`] turns an input into documents, through a comfortable door
//! ([`Reader::documents`]) or a fast one ([`Reader::read`]). What cannot be read is a [`ParseError`]
//! with its [`Position`], reading goes on behind it, and the [`Ledger`] says where every byte went.
//!
//! Packed input is read through an [`Unpacked`], which keeps what can be unpacked of damaged data and
//! says where the damage is.
//!
//! A new format implements [`Format`] and [`Parser`]: the parser takes lines from a [`Source`] and
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
//! - `conformance`: the macro `conformance!` and what it calls, for tests.

mod address;
mod blocks;
mod buffer;
#[cfg(any(test, feature = "conformance"))]
pub mod conformance;
mod error;
mod field_names;
mod format;
mod formats;
mod html;
mod http;
mod ledger;
mod path;
mod published;
mod reader;
mod record;
mod source;
mod unpack;
mod utf16;

pub use blocks::blocks;
pub use error::{ParseError, ParseErrorKind, Position};
pub use field_names::FieldNames;
pub use format::{Format, Parser};
pub use formats::{Article, Csv, Delimited, FORMATS, Html, Json, Jsonl, Lines, Warc, detect, find};
pub use ledger::{Ledger, Rejected, Unreadable};
pub use reader::{Documents, Reader};
pub use record::Record;
pub use source::{Checkpoint, Source};
pub use unpack::{Packing, PackingDamage, PackingDamages, Unpacked};

/// The examples of the README, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
