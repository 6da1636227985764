//! Syllables (tiếng): where they stand, and how each is built.
//!
//! A syllable is onset + medial + nucleus + coda + tone. The spelling of each part depends little
//! on the others, so two short tables hold the whole grammar: the onsets with the letters that may
//! follow them, and the rimes (medial, nucleus, coda). A third lists syllables that only names
//! have. All are files in `data/syllable`. Letters pack into numbers, five bits each, by which they
//! are looked up.

mod enumerate;
mod grammar;
mod memo;
mod run;
mod spelling;

use std::iter::FusedIterator;

use corpus_model::{Span, Syllable, SyllableParts, Tone};

pub use enumerate::possible_syllables;
pub(crate) use memo::{MANY, Memo, Run};
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
    Syllables { text, at: 0, analysed: 0, memo: None }
}

/// The syllables of a text; see [`syllables`].
#[derive(Debug)]
pub struct Syllables<'t> {
    text: &'t str,
    at: usize,
    /// How many were analysed before there was a memo.
    analysed: u32,
    memo: Option<Memo<Lengths>>,
}

impl Iterator for Syllables<'_> {
    type Item = Syllable;

    #[inline]
    fn next(&mut self) -> Option<Syllable> {
        let bytes = self.text.as_bytes().get(self.at..)?;
        if let Some(run) = Run::next(bytes)
            && let Some(memo) = &self.memo
            && let Some(lengths) = memo.get(&run)
        {
            let start = self.at + run.gap;
            self.at = start + run.len;
            return Some(Syllable { span: Span::new(start, self.at), parts: lengths.parts(start) });
        }
        self.analyse()
    }
}

impl Syllables<'_> {
    /// The next syllable, which is not remembered.
    #[inline(never)]
    fn analyse(&mut self) -> Option<Syllable> {
        let bytes = self.text.as_bytes().get(self.at..)?;
        let blank = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphabetic();
        let gap = bytes.iter().take_while(|byte| blank(byte)).count();
        self.at += gap;
        let bytes = bytes.get(gap..)?;
        let Some((len, spelling)) = read_run(bytes) else { return self.next_slowly() };
        let syllable = self.take(len, spelling);
        if self.analysed < MANY {
            self.analysed += 1;
        } else if let Some(run) = Run::next(bytes).filter(|run| run.len == len)
            && let Some(lengths) = Lengths::of(&syllable)
        {
            self.memo.get_or_insert_with(Memo::new).insert(&run, lengths);
        }
        Some(syllable)
    }

    fn take(&mut self, len: usize, spelling: Option<Spelling>) -> Syllable {
        let span = Span::new(self.at, self.at + len);
        self.at += len;
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

impl Clone for Syllables<'_> {
    fn clone(&self) -> Self {
        // What is remembered costs more to copy than to find out again.
        Syllables { text: self.text, at: self.at, analysed: 0, memo: None }
    }
}

impl FusedIterator for Syllables<'_> {}

/// The parts of a syllable as it is remembered: how long each is.
#[derive(Clone, Copy, Debug, Default)]
struct Lengths {
    onset: u8,
    medial: u8,
    nucleus: u8,
    coda: u8,
    tone: Option<Tone>,
}

impl Lengths {
    /// None where they are too long.
    fn of(syllable: &Syllable) -> Option<Lengths> {
        let Some(parts) = syllable.parts else { return Some(Lengths::default()) };
        let len = |part: Span| u8::try_from(part.len()).ok();
        Some(Lengths {
            onset: len(parts.onset)?,
            medial: len(parts.medial)?,
            nucleus: len(parts.nucleus)?,
            coda: len(parts.coda)?,
            tone: Some(parts.tone),
        })
    }

    /// The parts of the syllable that begins at `start`; none for what is no syllable.
    #[inline(always)]
    fn parts(self, start: usize) -> Option<SyllableParts> {
        let medial = start + usize::from(self.onset);
        let nucleus = medial + usize::from(self.medial);
        let coda = nucleus + usize::from(self.nucleus);
        let end = coda + usize::from(self.coda);
        Some(SyllableParts {
            onset: Span::new(start, medial),
            medial: Span::new(medial, nucleus),
            nucleus: Span::new(nucleus, coda),
            coda: Span::new(coda, end),
            tone: self.tone?,
        })
    }
}

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
