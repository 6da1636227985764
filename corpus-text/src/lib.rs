//! Vietnamese text, exactly: sentences, syllables, words and normal forms as spans of the author's own bytes.

mod key;
mod letter;
mod sentence;
mod syllable;

pub use key::{key, key_into};
pub use sentence::{Sentences, sentences};
pub use syllable::{Syllables, TonePlacement, parse_syllable, possible_syllables, syllables};
