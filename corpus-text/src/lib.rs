//! Vietnamese text, exactly: sentences, syllables, words and normal forms as spans of the author's own bytes.

mod annotate;
mod edit_map;
mod key;
mod letter;
mod lexicon;
mod normalize;
mod offsets;
mod segment;
mod sentence;
mod slug;
mod syllable;
mod table;
mod token;

pub use annotate::{annotate, document_sentences};
pub use edit_map::{Edit, EditMap};
pub use key::{key, key_into};
pub use lexicon::{Lexicon, LexiconError, LexiconErrorKind};
pub use normalize::{Normalization, Normalized, normalize};
pub use offsets::Offsets;
pub use segment::Segmenter;
pub use sentence::{Sentences, sentences};
pub use slug::{slug, strip_marks};
pub use syllable::{Syllables, TonePlacement, parse_syllable, possible_syllables, syllables};
