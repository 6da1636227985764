//! Data files read into [`Phrases`], and phrases found in a text.

use crate::token::{Case, Tokens};
use crate::vocabulary::{Phrases, Vocabulary};

/// The entries of a field, which stand between bars.
pub(crate) fn parts(field: &str) -> impl Iterator<Item = &str> {
    field.split('|').map(str::trim).filter(|part| !part.is_empty())
}

/// Adds a phrase by its words alone, without the marks between them.
pub(crate) fn insert<T>(
    phrases: &mut Phrases<T>,
    vocabulary: &mut Vocabulary,
    phrase: &str,
    value: T,
) {
    phrases.insert_words(vocabulary, letters(phrase), value);
}

/// The words of a phrase, without the marks between them.
pub(crate) fn letters(phrase: &str) -> impl Iterator<Item = &str> {
    phrase.split(|letter| !is_letter(letter)).filter(|word| !word.is_empty())
}

/// Whether a character is a letter; of those that Vietnamese is written with the tables of Unicode,
/// which are slow, are not asked.
fn is_letter(letter: char) -> bool {
    match letter {
        '×' | '÷' => false,
        'à'..='ɏ' | 'À'..='ß' | '\u{1e00}'..='\u{1eff}' => true,
        letter => letter.is_alphabetic(),
    }
}

/// The longest phrase that begins at a token: the token behind it, and its value.
///
/// Most tokens begin none; they are told here, where the call is.
#[inline]
pub(crate) fn longest<'p, T>(
    phrases: &'p Phrases<T>,
    tokens: &Tokens<'_>,
    at: usize,
) -> Option<(usize, &'p T)> {
    if !phrases.begin_with(tokens.id(at)) {
        return None;
    }
    let (n, value) = phrases.longest((at..).map(|at| tokens.id(at)))?;
    Some((at + n, value))
}

/// Marks inside the names of bodies and laws.
pub(crate) const JOINTS: [char; 5] = ['-', '–', '&', ',', '.'];

/// The same, passing over marks inside the names of bodies and laws: `Bộ GD&ĐT`, `Lao động -
/// Thương binh`, `T.Ư`, `Văn hóa, Thể thao`.
#[inline]
pub(crate) fn longest_joined<'p, T>(
    phrases: &'p Phrases<T>,
    tokens: &Tokens<'_>,
    at: usize,
) -> Option<(usize, &'p T)> {
    if !phrases.begin_with(tokens.id(at)) {
        return None;
    }
    let joins = |at: usize| {
        JOINTS.into_iter().any(|mark| tokens.get(at).is_mark(mark))
            && tokens.get(at + 1).is_word()
            && (!tokens.get(at).is_mark('.') || tokens.get(at + 1).glued)
    };
    let next = |at: usize| if joins(at) { at + 1 } else { at };
    let places = || std::iter::successors(Some(at), |&at| Some(next(at + 1)));
    let (n, value) = phrases.longest(places().map(|at| tokens.id(at)))?;
    Some((places().nth(n - 1)? + 1, value))
}

/// The body that begins at a token. One of a single word is an abbreviation and written in
/// capitals: `TƯ` is the Central Committee, `Tư` of `Tư pháp` is not.
pub(crate) fn longest_body<'p, T>(
    bodies: &'p Phrases<T>,
    tokens: &Tokens<'_>,
    at: usize,
) -> Option<(usize, &'p T)> {
    let abbreviated = || matches!(tokens.get(at).case, Case::Upper | Case::Mixed);
    longest_joined(bodies, tokens, at).filter(|(end, _)| *end > at + 1 || abbreviated())
}
