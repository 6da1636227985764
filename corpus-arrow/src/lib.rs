//! Vietnamese text as columns: functions from Arrow arrays of texts to Arrow arrays of what is found in them.
//!
//! ```
//! use std::sync::Arc;
//!
//! use corpus_arrow::arrow_array::{Array as _, ArrayRef, StringArray, cast::AsArray as _};
//!
//! let texts: ArrayRef = Arc::new(StringArray::from(vec![Some("Giá vàng tăng mạnh."), None]));
//! let words = corpus_arrow::words(&texts).unwrap();
//! let first = words.as_list::<i32>().value(0);
//! let first: Vec<&str> = first.as_string::<i32>().iter().flatten().collect();
//! assert_eq!(first, ["Giá", "vàng", "tăng", "mạnh", "."]);
//! assert!(words.is_null(1));
//! ```
//!
//! | function | of | gives |
//! | --- | --- | --- |
//! | [`normalize`] | texts | texts |
//! | [`sentences`], [`words`] | texts | lists of texts |
//! | [`sentence_spans`] | texts | lists of `{start, end, text}` |
//! | [`word_spans`] | texts | lists of `{kind, start, end, text}` |
//! | [`facts`] | texts, and when each was published | lists of `{kind, start, end, text, value}`, the value as JSON |
//! | [`minhash_bands`] | texts, and how alike is alike | lists of unsigned numbers of 64 bits |
//! | [`jaccard`] | texts and texts | numbers from 0 to 1 |
//! | [`byte_slice`] | texts, and places in them | texts |
//! | [`json_get_str`] | texts that are JSON, and keys | texts |
//! | [`quality`] | texts, and the preset for each | `{keep, rule, value, threshold}` |
//!
//! Texts come as `Utf8`, `LargeUtf8` or `Utf8View`, and go as `Utf8`. `start` and `end` are bytes of the text in the row. A row that is
//! null gives a row that is null. Each row's answer hangs on that row alone, so arrays may be cut anywhere, and
//! is what the plain crates (`corpus-text`, `corpus-extract`, `corpus-stats`) give.
//!
//! # What this crate does not do
//!
//! It reads no files and starts no threads; engines that call it do. `corpus-engine` has these functions in SQL, `corpus-python` in Python.
//!
//! # Features
//!
//! None. The types of `arrow-array` and `arrow-schema` show in the API; both are re-exported.

mod alike;
mod column;
mod error;
mod fact;
mod member;
mod part;
mod quality;
mod types;

pub use alike::{jaccard, minhash_bands};
pub use arrow_array;
pub use arrow_schema;
pub use column::is_text;
pub use error::ColumnError;
pub use fact::{fact_value, facts};
pub use member::json_get_str;
pub use part::{byte_slice, normalize, sentence_spans, sentences, word_spans, words};
pub use quality::quality;
pub use types::{fact_fields, list_of, quality_fields, sentence_fields, word_fields};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
