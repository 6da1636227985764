//! Vietnamese text, exactly: sentences, syllables, words and normal forms as spans of the author's
//! own bytes.
//!
//! ```
//! use corpus_text::{Segmenter, sentences};
//!
//! let text = "Sáng 29/8, Bộ Chính trị họp tại TP. Hà Nội. Hội nghị kết thúc lúc 17h30./.";
//! let first = sentences(text).next().unwrap();
//! assert_eq!(&text[first.span.range()], "Sáng 29/8, Bộ Chính trị họp tại TP. Hà Nội.");
//!
//! let words = Segmenter::built_in().words(&text[first.span.range()]);
//! let words: Vec<&str> = words.iter().map(|word| &text[word.span.range()]).collect();
//! assert_eq!(words, ["Sáng", "29/8", ",", "Bộ Chính trị", "họp", "tại", "TP.", "Hà Nội", "."]);
//! ```
//!
//! # What is where
//!
//! | question | answer |
//! | --- | --- |
//! | where are the sentences? | [`sentences`], lazily; [`document_sentences`] for a whole document |
//! | where are the words? | [`Segmenter::words`]; a [`Segmenter`] owns a [`Lexicon`] |
//! | which words must be joined or split here? | a [`Dictionary`], handed to [`Segmenter::with_dictionary`] |
//! | how good are they? | score spans against [`GoldSentence`]s with [`evaluate`](mod@evaluate) |
//! | both, for a document | [`annotate()`] |
//! | how is a syllable built? | [`parse_syllable`], [`syllables`], [`possible_syllables`] |
//! | are two spellings the same word? | compare their keys: [`key()`] |
//! | what is the normal form, and where does it come from? | [`normalize()`] with a [`Normalization`] gives a [`Normalized`] text with an [`EditMap`]; [`normalize_document`] takes blocks and layers along |
//! | which characters or UTF-16 units are these bytes? | [`Offsets`] |
//! | is it Vietnamese at all? | [`language()`]; [`block_languages`] for the blocks of a document |
//! | without marks, for an address | [`strip_marks`], [`slug()`] |
//! | in which order do texts stand? | that of [`sort_key`] |
//! | in which legacy encoding is it, and what does it say? | [`legacy::detect`], [`legacy::decode`], [`legacy::repair`] |
//! | how many characters does a reader see? | [`graphemes`] |
//!
//! The text handed in is never changed: results are [`Span`](corpus_model::Span)s of bytes that
//! start and end at characters. Every string has an answer, so nothing here returns a `Result` but
//! what reads or makes a [`Lexicon`] or [`Dictionary`]. The time is linear in the length of the text, whatever the text.
//!
//! The rules that name words are files in `data`: abbreviations, family names, the grammar of the
//! syllable, the lexicon. Each has its source and licence beside it.
//!
//! # What this crate does not do
//!
//! It opens no file (see `corpus-parse`), finds no dates or names (see `corpus-extract`), tags no
//! parts of speech and corrects no spelling but the place of tone marks.
//!
//! # Features
//!
//! `languages` names the languages of texts that are not Vietnamese, and asks two statistical models
//! where Vietnamese without marks is in question; see [`language()`]. The types of `corpus-model`
//! show in the API.

mod annotate;
mod collate;
mod dictionary;
mod edit_map;
pub mod evaluate;
mod gold;
mod key;
mod language;
pub mod legacy;
mod letter;
mod lexicon;
mod normalize;
mod offsets;
mod segment;
mod sentence;
mod shape;
mod slug;
mod syllable;
mod table;
mod token;
pub mod train;
mod trie;

use unicode_segmentation::UnicodeSegmentation;

pub use annotate::{annotate, block_languages, document_sentences};
pub use collate::sort_key;
pub use corpus_model;
pub use dictionary::{Dictionary, DictionaryError, DictionaryErrorKind};
pub use edit_map::{Edit, EditMap};
pub use gold::{GoldError, GoldErrorKind, GoldSentence, read_gold};
pub use key::{key, key_into};
pub use language::{Language, LanguageEvidence, LanguageVerdict, language};
pub use lexicon::{Lexicon, LexiconError, LexiconErrorKind};
pub use normalize::{Normalization, Normalized, normalize, normalize_document};
pub use offsets::Offsets;
pub use segment::Segmenter;
pub use sentence::{Sentences, sentences};
pub use slug::{slug, strip_marks};
pub use syllable::{Syllables, TonePlacement, parse_syllable, possible_syllables, syllables};

/// How many characters a reader sees: grapheme clusters as UAX #29 defines them.
///
/// ```
/// assert_eq!(corpus_text::graphemes("tie\u{302}\u{301}ng 🇻🇳"), 7);
/// ```
pub fn graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
