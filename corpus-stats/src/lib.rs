//! Corpus statistics for Vietnamese: tallies that merge, keywords, extractive summaries,
//! near-duplicates.
//!
//! ```
//! use corpus_model::{Annotations, Document};
//! use corpus_stats::{Sketch, Tally, near_duplicates};
//!
//! let texts = [
//!     "Sáng nay mưa to ở vùng núi phía bắc, nhiều tuyến đường bị ngập.",
//!     "Giá lúa ở đồng bằng tăng nhẹ so với tuần trước.",
//!     "Sáng nay mưa to ở vùng núi phía Bắc, nhiều tuyến đường bị ngập.",
//! ];
//! let documents = texts.map(|text| Document::new("", text));
//!
//! let mut tally = Tally::new();
//! for document in &documents {
//!     tally.add(document, &Annotations::default());
//! }
//! assert_eq!(tally.documents, 3);
//!
//! let sketches: Vec<Sketch> = documents.iter().map(Sketch::new).collect();
//! let pairs = near_duplicates(&sketches, 0.8);
//! assert_eq!((pairs[0].a, pairs[0].b, pairs[0].similarity), (0, 2, 1.0));
//! ```
//!
//! # Overview
//!
//! - **Counting.** A [`Tally`] counts documents, blocks, sentences, syllables, words, sites and
//!   months; its [`Vocabulary`] counts words by their key, with the documents they are in. Tallies
//!   [merge](Tally::merge): any split, order and number of threads gives the same sum.
//! - **Corpus linguistics.** [`NGrams`] counts runs of words; [`Collocations`] what stands near a
//!   [`Pattern`], with measures of [`Association`]; [`keyness`] compares two corpora, and [`keyness_to`] one with the [`Reference`]
//!   frequencies of news; [`Dispersion`]
//!   tells how evenly words are spread. [`syllables_into`] gives all of them syllables for words.
//! - **Keywords.** [`keywords`] of a document (with a [`KeywordTally`] of many) and [`corpus_keywords`] of a corpus, by
//!   log-likelihood against the frequency of words in news; [`is_stop_word`].
//! - **Summaries.** [`summarize`] chooses sentences of one document; [`summarize_corpus`] those of
//!   many, each kept as a [`DocumentDigest`], without repeats and in the order of time.
//! - **Near-duplicates.** A [`Sketch`] is the set of a text's shingles; [`near_duplicates`] finds
//!   the pairs above a threshold, exactly; [`clusters`] groups them, and [`Keep`] says which stays.
//!   [`Repeats`] finds the paragraphs that stand in several documents.
//!   [`stored_near_duplicates`] and [`stored_clusters`] do so where the sketches lie on a disk.
//!   A [`Signature`] (MinHash) is the same in 1 kB, for where the sketches cannot be in one place.
//! - **Quality.** [`quality`] decides which texts to keep, by the rules of Gopher, C4 and FineWeb.
//!
//! Sentences and words are taken as [`Annotations`](corpus_model::Annotations), whoever found them.
//! Every result is a number or a span: text is never rewritten.
//!
//! # What this crate does not do
//!
//! It reads no files, starts no threads and finds no sentences or words (see `corpus-text`) and no
//! facts (see `corpus-extract`). It writes no sentence of its own: every sentence of a summary is
//! the author's.
//!
//! # Features
//!
//! None.

mod association;
mod background;
mod collocation;
mod content;
mod digest;
mod dispersion;
mod duplicate;
mod fold;
mod key_cache;
mod keyness;
mod keyword;
mod lengths;
mod minhash;
mod names;
mod ngram;
mod pattern;
pub mod quality;
mod repeat;
mod runs;
mod sketch;
mod spelling_cache;
mod stored;
mod summary;
mod tally;
#[cfg(test)]
mod testing;
mod vocabulary;

pub use association::Association;
pub use background::{Reference, is_letters, is_stop_word};
pub use collocation::{Collocate, Collocations, Window};
pub use corpus_model;
pub use digest::DocumentDigest;
pub use dispersion::{Dispersion, Spread};
pub use duplicate::{Keep, Pair, clusters, exact_duplicates, near_duplicates};
pub use keyness::{Keyness, SIMPLE_MATHS, keyness, keyness_to};
pub use keyword::{Counted, Keyword, KeywordTally, corpus_keywords, keywords};
pub use lengths::Lengths;
pub use minhash::{SIGNATURE_VALUES, Signature};
pub use ngram::{NGram, NGrams};
pub use pattern::{Pattern, PatternError};
pub use repeat::{Occurrence, Passage, Repeats, passages};
pub use runs::syllables_into;
pub use sketch::{SHINGLE_WORDS, Sketch};
pub use stored::{
    Banding, StoredSketches, stored_clusters, stored_exact_duplicates, stored_near_duplicates,
};
pub use summary::{Excerpt, summarize, summarize_corpus, summarize_digest};
pub use tally::{Tally, month};
pub use vocabulary::{Frequency, Vocabulary};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
