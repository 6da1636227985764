//! Sentences, syllables and words.

use std::fmt;

use crate::{Layer, Mention, Span, Spanned};

/// A sentence, without the white space around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
}

/// A run of letters between blanks or punctuation (tiếng), analysed when it is one that Vietnamese
/// could have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Syllable {
    /// Where it stands.
    pub span: Span,
    /// Its parts; none when no Vietnamese syllable is spelled so.
    pub parts: Option<SyllableParts>,
}

/// The parts of a Vietnamese syllable, each a span of the author's text; a part that is absent is
/// an empty span at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SyllableParts {
    /// The consonant in front (âm đầu): `ngh` in `nghiêng`.
    pub onset: Span,
    /// The glide (âm đệm): `o` in `hoa`, `u` in `quê`.
    pub medial: Span,
    /// The vowel (âm chính): `iê` in `nghiêng`.
    pub nucleus: Span,
    /// The consonant or glide at the end (âm cuối): `ng` in `nghiêng`.
    pub coda: Span,
    /// The tone (thanh điệu).
    pub tone: Tone,
}

/// One of the six tones, in dictionary order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Tone {
    /// No mark: `ma`.
    #[default]
    Ngang,
    /// Grave: `mà`.
    Huyen,
    /// Hook above: `mả`.
    Hoi,
    /// Tilde: `mã`.
    Nga,
    /// Acute: `má`.
    Sac,
    /// Dot below: `mạ`.
    Nang,
}

impl Tone {
    /// The six tones in dictionary order.
    pub const ALL: [Tone; 6] =
        [Tone::Ngang, Tone::Huyen, Tone::Hoi, Tone::Nga, Tone::Sac, Tone::Nang];

    /// The combining mark that writes the tone, none for the level tone.
    pub const fn mark(self) -> Option<char> {
        match self {
            Tone::Ngang => None,
            Tone::Huyen => Some('\u{300}'),
            Tone::Hoi => Some('\u{309}'),
            Tone::Nga => Some('\u{303}'),
            Tone::Sac => Some('\u{301}'),
            Tone::Nang => Some('\u{323}'),
        }
    }

    /// The tone that a combining mark writes.
    pub const fn from_mark(mark: char) -> Option<Tone> {
        match mark {
            '\u{300}' => Some(Tone::Huyen),
            '\u{309}' => Some(Tone::Hoi),
            '\u{303}' => Some(Tone::Nga),
            '\u{301}' => Some(Tone::Sac),
            '\u{323}' => Some(Tone::Nang),
            _ => None,
        }
    }
}

/// A word (từ): one or more syllables, or a number, a mark, a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: WordKind,
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum WordKind {
    /// Letters: one or more syllables, a foreign word, an abbreviation.
    Word,
    /// Digits with their points, commas, slashes and units glued to them: `17,6`, `29/8`.
    Number,
    /// A symbol of mixed letters, digits and marks: `25-NQ/TW`, an address, a plate.
    Symbol,
    /// A mark of punctuation, or a run of the same.
    Punctuation,
    /// Anything else: emoji, control characters.
    Other,
}

impl WordKind {
    /// Every kind.
    pub const ALL: [WordKind; 5] = [
        WordKind::Word,
        WordKind::Number,
        WordKind::Symbol,
        WordKind::Punctuation,
        WordKind::Other,
    ];

    /// The kind's name in JSON: `punctuation`.
    pub const fn name(self) -> &'static str {
        match self {
            WordKind::Word => "word",
            WordKind::Number => "number",
            WordKind::Symbol => "symbol",
            WordKind::Punctuation => "punctuation",
            WordKind::Other => "other",
        }
    }

    /// The kind of this name; see [`WordKind::name`].
    pub fn from_name(name: &str) -> Option<WordKind> {
        WordKind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What a word of these characters is, where only its form is known: for readers of text that
    /// people or other programs segmented.
    ///
    /// ```
    /// use corpus_model::WordKind;
    ///
    /// assert_eq!(WordKind::of("dân vận"), WordKind::Word);
    /// assert_eq!(WordKind::of("17,6"), WordKind::Number);
    /// assert_eq!(WordKind::of("25-NQ/TW"), WordKind::Symbol);
    /// assert_eq!(WordKind::of("./."), WordKind::Punctuation);
    /// ```
    pub fn of(form: &str) -> WordKind {
        let has = |test: fn(char) -> bool| form.chars().any(test);
        match (has(char::is_alphabetic), has(char::is_numeric)) {
            (true, true) => WordKind::Symbol,
            (true, false) if has(|c| matches!(c, '/' | '@' | '_' | '\\')) => WordKind::Symbol,
            (true, false) => WordKind::Word,
            (false, true) => WordKind::Number,
            (false, false) if !form.is_empty() && form.chars().all(is_mark) => {
                WordKind::Punctuation
            }
            (false, false) => WordKind::Other,
        }
    }
}

/// Whether a character is a mark of punctuation: those of ASCII, of Latin-1 and of the blocks of
/// general and of East Asian punctuation.
fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '«' | '»' | '¡' | '¿' | '§' | '¶' | '·')
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}')
}

impl fmt::Display for WordKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Spanned for Sentence {
    fn span(&self) -> Span {
        self.span
    }
}

impl Spanned for Syllable {
    fn span(&self) -> Span {
        self.span
    }
}

impl Spanned for Word {
    fn span(&self) -> Span {
        self.span
    }
}

/// What was found in one document, a layer a kind.
///
/// ```
/// use corpus_model::{Annotations, Sentence, Span};
///
/// let mut annotations = Annotations::default();
/// annotations.sentences.insert(Sentence { span: Span::new(0, 12) });
/// assert_eq!(annotations.sentences.len(), 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
pub struct Annotations {
    /// Sentences of the content blocks.
    pub sentences: Layer<Sentence>,
    /// Words of the sentences.
    pub words: Layer<Word>,
    /// Dates, directives, people, quantities.
    pub mentions: Layer<Mention>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_tones_belong_together() {
        for tone in Tone::ALL {
            match tone.mark() {
                Some(mark) => assert_eq!(Tone::from_mark(mark), Some(tone)),
                None => assert_eq!(tone, Tone::Ngang),
            }
        }
        // The circumflex makes another vowel, not another tone.
        assert_eq!(Tone::from_mark('\u{302}'), None);
    }

    #[test]
    fn every_kind_of_word_has_a_name_of_its_own() {
        for kind in WordKind::ALL {
            assert_eq!(WordKind::from_name(kind.name()), Some(kind));
            assert_eq!(kind.to_string(), kind.name());
        }
        assert_eq!(WordKind::from_name("Word"), None);
    }

    #[test]
    fn forms_tell_kinds() {
        for (form, kind) in [
            ("ấy", WordKind::Word),
            ("to-lo", WordKind::Word),
            ("QĐ/TW", WordKind::Symbol),
            ("29/8", WordKind::Number),
            ("“", WordKind::Punctuation),
            ("…", WordKind::Punctuation),
            ("📷", WordKind::Other),
            ("", WordKind::Other),
        ] {
            assert_eq!(WordKind::of(form), kind, "{form}");
        }
    }

    #[test]
    fn tones_sort_as_in_a_dictionary() {
        assert!(Tone::ALL.is_sorted());
    }
}
