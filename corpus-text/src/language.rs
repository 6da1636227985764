//! [`language()`]: is a text Vietnamese, Vietnamese without its marks, or something else?
//!
//! The evidence is the text's own: each word says how well it fits the grammar of the Vietnamese
//! syllable and whether it bears marks that no other language uses. A verdict weighs the words as
//! if each were drawn from one of three kinds of text (naive Bayes). With the feature `languages`
//! two statistical models are asked as well: where Vietnamese without marks is in question, and
//! for the name of a language that is not Vietnamese.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::token::{TokenKind, ends_letters, token};
use crate::{letter, parse_syllable, possible_syllables, strip_marks};

#[cfg(feature = "languages")]
mod models;

/// What stands in for the models where they are left out.
#[cfg(not(feature = "languages"))]
mod models {
    pub(super) fn odds_without_marks(_: &str) -> (f64, f64) {
        (0.0, 0.0)
    }

    pub(super) fn name(_: &str) -> (super::Language, f64) {
        (super::Language::Unknown, 1.0)
    }
}

/// What language a text is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Language {
    /// Vietnamese with its marks, composed or not.
    Vietnamese,
    /// Vietnamese written without marks, as in `Toi di hoc`.
    VietnameseWithoutMarks,
    /// Another language by its BCP 47 tag, such as `en`; named only with the feature `languages`.
    Other(&'static str),
    /// Another language, nobody knows which.
    #[default]
    Unknown,
    /// There are no words.
    None,
}

impl Language {
    /// The language as a tag of BCP 47.
    ///
    /// Vietnamese without marks is `vi-x-nomarks`, an unknown language `und`, no language `zxx`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Vietnamese => "vi",
            Language::VietnameseWithoutMarks => "vi-x-nomarks",
            Language::Other(tag) => tag,
            Language::Unknown => "und",
            Language::None => "zxx",
        }
    }

    /// Whether it is Vietnamese, with marks or without.
    pub fn is_vietnamese(self) -> bool {
        matches!(self, Language::Vietnamese | Language::VietnameseWithoutMarks)
    }
}

/// What language a text is in, how certain that is, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct LanguageVerdict {
    /// The language of most of the text.
    pub language: Language,
    /// How certain that is, from 0 to 1. It rises with the length of the text, and falls where
    /// parts of it are in another language.
    pub confidence: f64,
    /// What speaks for it.
    pub evidence: LanguageEvidence,
}

/// Words of a text by what they say of its language.
///
/// Numbers, addresses, abbreviations in capitals and the like say nothing and are not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct LanguageEvidence {
    /// Vietnamese syllables with a mark that only Vietnamese has: `ở`, `được`.
    pub own_marks: u32,
    /// Vietnamese syllables with a mark that others have too: `là`, `thế`.
    pub shared_marks: u32,
    /// What is a Vietnamese syllable with marks or without: `anh`, `duoc`, but also the English
    /// `no`.
    pub without_marks: u32,
    /// Words with a capital that are no Vietnamese syllable: `Google`. Names are found in any text.
    pub names: u32,
    /// Other words of Latin letters that are no Vietnamese syllable: `language`.
    pub foreign: u32,
    /// Such words with a Latin letter that Vietnamese does not have: `über`, `señor`, `work`.
    pub foreign_letters: u32,
    /// Words in other scripts; where these have no blanks, two characters count as one.
    pub other_scripts: u32,
}

impl LanguageEvidence {
    /// How many words say something.
    pub fn words(&self) -> u32 {
        self.counts().iter().sum()
    }

    /// The share of words that fit the Vietnamese syllable, from 0 to 1.
    pub fn syllables(&self) -> f64 {
        let fit = self.own_marks + self.shared_marks + self.without_marks;
        f64::from(fit) / f64::from(self.words().max(1))
    }

    fn counts(&self) -> [u32; KINDS] {
        [
            self.own_marks,
            self.shared_marks,
            self.without_marks,
            self.names,
            self.foreign,
            self.foreign_letters,
            self.other_scripts,
        ]
    }
}

const KINDS: usize = 7;

/// How likely a word of each kind is in Vietnamese, in Vietnamese without marks and in any other
/// language, each row in the order of [`LanguageEvidence`].
///
/// The first row is what UD_Vietnamese-VTB (dev, 27,665 words) has, with more room for foreign
/// names and words than that text needs; the second follows from it. The third lies between
/// English technical prose (12,792 words) and the sentences of other languages in the tests.
const LIKELY: [[f64; KINDS]; 3] = [
    [0.50, 0.33, 0.13, 0.025, 0.011, 0.003, 0.001],
    [0.001, 0.003, 0.955, 0.025, 0.012, 0.003, 0.001],
    [0.0005, 0.02, 0.22, 0.10, 0.42, 0.14, 0.10],
];
/// So many words count in full; more of them make nothing more certain but by what they share.
const FULL: f64 = 20.0;
/// So many bytes are read of a text; what is further behind is not more telling.
const MOST_BYTES: usize = 64 << 10;
/// What is less certain than that gets no name.
const LEAST_NAMED: f64 = 0.4;
/// So few words have no name of another language where every one of them may be Vietnamese: of the label
/// `Tieu de` one model says French, the other Portuguese.
const LEAST_WORDS: u32 = 4;

/// What language a text is in.
///
/// A text is Vietnamese if most of its words are. The first 64 KiB are read.
///
/// ```
/// use corpus_text::{Language, language};
///
/// let verdict = language("Hội nghị bàn về cải cách hành chính.");
/// assert_eq!(verdict.language, Language::Vietnamese);
/// assert!(verdict.confidence > 0.99);
///
/// let verdict = language("Hoi nghi ban ve cai cach hanh chinh.");
/// assert_eq!(verdict.language, Language::VietnameseWithoutMarks);
///
/// assert!(!language("The meeting was about administrative reform.").language.is_vietnamese());
/// assert_eq!(language("29/8 – 17,6").language, Language::None);
/// ```
pub fn language(text: &str) -> LanguageVerdict {
    let text = head(text.trim());
    let evidence = evidence(text);
    let n = evidence.words();
    if n == 0 {
        return LanguageVerdict { language: Language::None, confidence: 0.0, evidence };
    }
    // Each word is a factor; their mean, taken as often as there are words that count.
    let weight = (f64::from(n)).min(FULL) / f64::from(n);
    let mut sums = LIKELY.map(|likely| {
        let terms = evidence.counts().into_iter().zip(likely);
        weight * terms.map(|(count, likely)| f64::from(count) * likely.ln()).sum::<f64>()
    });
    let [_, without_marks, other] = shares(sums);
    if without_marks > 0.02 && other > 1e-6 {
        let (with, against) = models::odds_without_marks(text);
        sums[1] += with;
        sums[2] += against;
    }
    let [marks, without_marks, other] = shares(sums);
    let (language, confidence) = if marks >= without_marks && marks >= other {
        (Language::Vietnamese, marks)
    } else if without_marks >= other {
        (Language::VietnameseWithoutMarks, without_marks)
    } else {
        let (language, certain) = models::name(text);
        let tells_nothing = n < LEAST_WORDS && evidence.without_marks == n;
        match certain {
            _ if certain < LEAST_NAMED || tells_nothing => (Language::Unknown, other),
            _ => (language, other * certain),
        }
    };
    LanguageVerdict { language, confidence, evidence }
}

/// The front of a text that is long enough.
fn head(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MOST_BYTES)).unwrap_or(text)
}

/// Exponentials as shares of their sum.
fn shares(logarithms: [f64; 3]) -> [f64; 3] {
    let most = logarithms.into_iter().fold(f64::NEG_INFINITY, f64::max);
    let parts = logarithms.map(|it| (it - most).exp());
    let sum: f64 = parts.iter().sum();
    parts.map(|part| part / sum)
}

/// What the words of a text say of its language.
fn evidence(text: &str) -> LanguageEvidence {
    let mut evidence = LanguageEvidence::default();
    let mut other_letters = 0u32;
    let mut at = 0;
    while let Some(rest) = text.get(at..)
        && let Some(first) = rest.chars().next()
    {
        if first.is_whitespace() || !first.is_alphanumeric() {
            // Punctuation may begin a hashtag, of which the letters are no word.
            let end = if matches!(first, '#' | '@') { token(text, at).0 } else { at };
            at = end.max(at + first.len_utf8());
            continue;
        }
        let run = letter::letter_run(rest);
        if run == 0 {
            if first.is_alphabetic() {
                other_letters += 1;
                at += first.len_utf8();
            } else {
                at = token(text, at).0.max(at + first.len_utf8());
            }
            continue;
        }
        let is_plain = ends_letters(rest.as_bytes(), run);
        let (end, kind) = if is_plain { (at + run, TokenKind::Letters) } else { token(text, at) };
        if kind == TokenKind::Letters {
            count(rest.get(..run).unwrap_or_default(), &mut evidence);
            at += run;
        } else if kind == TokenKind::Word {
            // Words joined by marks count one by one: `l'homme`, `Bosnia-Herzegovina`.
            let whole = text.get(at..end).unwrap_or_default();
            for part in whole.split(|c: char| !(c.is_alphabetic() || letter::is_mark(c))) {
                count(part, &mut evidence);
            }
            at = end.max(at + run);
        } else {
            // Symbols, addresses, numbers with units.
            at = end.max(at + run);
        }
    }
    evidence.other_scripts = other_letters.div_ceil(2);
    evidence
}

/// Adds a word of Latin letters.
fn count(word: &str, evidence: &mut LanguageEvidence) {
    let bytes = word.as_bytes();
    // A letter alone is found everywhere.
    if matches!(bytes, [] | [_]) && !matches!(bytes, [b'a' | b'o' | b'y' | b'u']) {
        return;
    }
    if word.is_ascii() && is_syllable_without_marks(bytes) {
        evidence.without_marks += 1;
        return;
    }
    let place = if !word.is_ascii() && parse_syllable(word).is_some() {
        match word.chars().any(is_own_mark) {
            true => &mut evidence.own_marks,
            false => &mut evidence.shared_marks,
        }
    } else {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        let capitals = [letters.next(), letters.next()].map(|c| c.is_some_and(char::is_uppercase));
        match capitals {
            // Abbreviations in capitals are found everywhere too.
            [_, true] if word.chars().nth(6).is_none() => return,
            [true, _] => &mut evidence.names,
            _ if word.chars().any(is_foreign) => &mut evidence.foreign_letters,
            _ => &mut evidence.foreign,
        }
    };
    *place += 1;
}

/// Whether letters of ASCII, in whatever case, are a Vietnamese syllable or what is left of one
/// without its marks: `duoc`, which is none as it stands.
fn is_syllable_without_marks(word: &[u8]) -> bool {
    packed(word).is_some_and(|word| WITHOUT_MARKS.contains(&word))
}

/// Every possible syllable without its marks.
static WITHOUT_MARKS: LazyLock<FxHashSet<u64>> = LazyLock::new(|| {
    possible_syllables().filter_map(|it| packed(strip_marks(&it).as_bytes())).collect()
});

/// The letters of a word in lower case; none if there are more than any syllable has.
fn packed(word: &[u8]) -> Option<u64> {
    let letters = word.iter().map(u8::to_ascii_lowercase);
    (word.len() <= 8).then(|| letters.fold(0, |packed, letter| packed << 8 | u64::from(letter)))
}

/// Whether no other language of note writes this character: `ơ`, `ư`, `ạ`, `ế`, and the marks of
/// decomposed ones.
fn is_own_mark(c: char) -> bool {
    matches!(c, 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1EA0}'..='\u{1EF9}' | '\u{309}' | '\u{323}' | '\u{31B}')
}

/// Whether a letter is none of Vietnamese, in words or in names.
fn is_foreign(c: char) -> bool {
    matches!(c, 'f' | 'j' | 'w' | 'z' | 'F' | 'J' | 'W' | 'Z')
        || (!c.is_ascii() && !letter::is_mark(c) && letter::letter(c).is_none())
}

#[cfg(test)]
mod tests;
