//! Vietnamese text, exactly: sentences, syllables, words and normal forms as spans of the author's own bytes.
