//! Facts in Vietnamese official text: dates, directives, people with office, organisations, places,
//! events, quantities and money, lists, named programmes.
//!
//! ```
//! use corpus_extract::Extractor;
//! use corpus_model::{Document, MentionKind};
//!
//! let text = "Sáng 12/3/2016, xã khánh thành 25 căn nhà, tổng trị giá 1,5 tỷ đồng.";
//! let document = Document::new("tin-1", text);
//! let mentions = Extractor::built_in().extract(&document);
//! let found: Vec<(MentionKind, &str)> =
//!     mentions.iter().map(|it| (it.kind(), &document[it.span])).collect();
//! assert_eq!(
//!     found,
//!     [
//!         (MentionKind::Date, "Sáng 12/3/2016"),
//!         (MentionKind::Event, "khánh thành"),
//!         (MentionKind::Quantity, "25 căn nhà"),
//!         (MentionKind::Quantity, "1,5 tỷ đồng"),
//!     ]
//! );
//! ```
//!
//! [`Extractor`] owns the gazetteers and rules; it is immutable and shared by threads.
//! [`Extractor::extract`] finds everything in a document, [`Extractor::extract_kinds`] some kinds,
//! [`Extractor::published`] works out the [`Dating`] of the document itself, and
//! [`Extractor::evidence`] says what its half-written dates hang on. [`Extractor::explain`] says of
//! each fact which [`Rule`] found it and what in the text it went by.
//!
//! One kind of fact in a string is a function: [`dates`], [`directives`], [`people`],
//! [`organizations`], [`places`], [`quantities`], [`events`], [`lists`],
//! [`programmes`].
//!
//! What the rules know of words is in tables: offices, bodies with their codes, places, units, names.
//! A [`Pack`] replaces them or adds to them: [`Extractor::with_pack`].
//!
//! # What this crate does not do
//!
//! It reads no files (see `corpus-parse`), writes none, and changes no text: a mention is a span of
//! the author's text with a value. It looks nothing up outside the document: who held an office on
//! a day, or whether a directive exists, it cannot say.
//!
//! # Features
//!
//! None.

mod alone;
mod date;
mod dating;
mod directive;
mod event;
mod explanation;
mod extractor;
mod gazetteer;
mod list;
mod number;
mod organization;
mod pack;
mod person;
mod place;
mod programme;
mod quantity;
mod reader;
mod table;
mod token;
mod vocabulary;

pub use alone::{
    dates, directives, events, lists, organizations, people, places, programmes, quantities,
};
pub use corpus_model;
pub use dating::{Dating, Evidence, Reason};
pub use explanation::{Clue, Explanation, Rule};
pub use extractor::Extractor;
pub use pack::{Pack, PackError, PackErrorKind};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
