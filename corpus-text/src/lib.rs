//! Vietnamese text, exactly: sentences, syllables, words and normal forms as spans of the author's own bytes.

mod annotate;
mod key;
mod letter;
mod lexicon;
mod segment;
mod sentence;
mod syllable;
mod table;
mod token;

pub use annotate::{annotate, document_sentences};
pub use key::{key, key_into};
pub use lexicon::{Lexicon, LexiconError, LexiconErrorKind};
pub use segment::Segmenter;
pub use sentence::{Sentences, sentences};
pub use syllable::{Syllables, TonePlacement, parse_syllable, possible_syllables, syllables};
