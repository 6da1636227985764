//! Syllables (tiếng): where they stand, and how each is built.
//!
//! A syllable is onset + medial + nucleus + coda + tone. The spelling of each part depends little
//! on the others, so two short tables hold the whole grammar: the onsets with the letters that may
//! follow them, and the rimes (medial, nucleus, coda). A third lists syllables that only names
//! have. All are files in `data/syllable`. Letters pack into numbers, five bits each, by which they
//! are looked up.

mod enumerate;
mod grammar;
mod run;
mod spelling;

use std::iter::FusedIterator;

use corpus_model::{Span, Syllable, SyllableParts};

pub use enumerate::possible_syllables;
pub(crate) use run::read_run;
pub(crate) use spelling::Spelling;

use crate::letter;

/// The parts of a syllable, as spans of `syllable`; none if Vietnamese spells no syllable so.
///
/// The text may be composed or decomposed, in capitals, and the tone mark may stand on any vowel.
///
/// ```
/// use corpus_model::Tone;
///
/// let parts = corpus_text::parse_syllable("nghiêng").unwrap();
/// assert_eq!(&"nghiêng"[parts.onset.range()], "ngh");
/// assert_eq!(&"nghiêng"[parts.nucleus.range()], "iê");
/// assert_eq!(&"nghiêng"[parts.coda.range()], "ng");
/// assert_eq!(corpus_text::parse_syllable("QUYẾT").unwrap().tone, Tone::Sac);
/// assert_eq!(corpus_text::parse_syllable("COVID"), None);
/// ```
pub fn parse_syllable(syllable: &str) -> Option<SyllableParts> {
    let spelling = Spelling::read(syllable)?;
    Some(spelling.parts(spelling.shape()?, 0))
}

/// The syllables of a text: each run of letters, with its parts where Vietnamese could have it.
///
/// ```
/// let text = "Đảng ủy họp ở Paris";
/// let possible: Vec<&str> = corpus_text::syllables(text)
///     .filter(|syllable| syllable.parts.is_some())
///     .map(|syllable| &text[syllable.span.range()])
///     .collect();
/// assert_eq!(possible, ["Đảng", "ủy", "họp", "ở"]);
/// ```
pub fn syllables(text: &str) -> Syllables<'_> {
    Syllables { text, at: 0 }
}

/// The syllables of a text; see [`syllables`].
#[derive(Clone, Debug)]
pub struct Syllables<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Syllables<'_> {
    type Item = Syllable;

    fn next(&mut self) -> Option<Syllable> {
        let bytes = self.text.as_bytes().get(self.at..)?;
        let blank = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphabetic();
        let blanks = bytes.iter().take_while(|byte| blank(byte)).count();
        self.at += blanks;
        match read_run(bytes.get(blanks..)?) {
            Some((run, spelling)) => Some(self.take(run, spelling)),
            None => self.next_slowly(),
        }
    }
}

impl Syllables<'_> {
    fn take(&mut self, run: usize, spelling: Option<Spelling>) -> Syllable {
        let span = Span::new(self.at, self.at + run);
        self.at += run;
        let parts = spelling.and_then(|it| Some(it.parts(it.shape()?, span.start())));
        Syllable { span, parts }
    }

    /// The next syllable, read character by character.
    #[inline(never)]
    fn next_slowly(&mut self) -> Option<Syllable> {
        loop {
            let rest = self.text.get(self.at..)?;
            let first = rest.chars().next()?;
            // A combining mark without a letter in front belongs to no syllable.
            if letter::is_mark(first) {
                self.at += first.len_utf8();
                continue;
            }
            let run = match letter::letter_run(rest) {
                0 => rest
                    .find(|c: char| !c.is_alphabetic() || letter::is_latin(c))
                    .unwrap_or(rest.len()),
                run => run,
            };
            if run == 0 {
                self.at += first.len_utf8();
                continue;
            }
            return Some(self.take(run, rest.get(..run).and_then(Spelling::read)));
        }
    }
}

impl FusedIterator for Syllables<'_> {}

/// Where the mark of the tone is written in `oa`, `oe` and `uy` at the end of a syllable.
///
/// Everywhere else there is one way only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TonePlacement {
    /// On the first letter: `hòa`, `khóa`, `thủy`. What most newspapers write.
    #[default]
    Old,
    /// On the second letter: `hoà`, `khoá`, `thuỷ`. What schoolbooks write.
    New,
    /// Wherever the author wrote it.
    Keep,
}

#[cfg(test)]
mod tests;
