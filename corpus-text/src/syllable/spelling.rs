//! [`Spelling`]: the letters of what may be a syllable, and where its tone belongs.

use corpus_model::{Span, SyllableParts, Tone};

use super::TonePlacement;
use super::grammar::{After, GRAMMAR, pack};
use crate::letter::{self, Letter};

/// The longest syllable, `nghiêng`, has seven letters.
const MOST_LETTERS: usize = 7;

/// A string of Vietnamese letters with at most one tone mark: maybe a syllable.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spelling {
    codes: [u8; MOST_LETTERS],
    /// Where each letter begins; the place after the last is where the text ends.
    starts: [u8; MOST_LETTERS + 1],
    /// A bit for each capital.
    capitals: u8,
    len: u8,
    tone: Tone,
    tone_at: u8,
}

/// How many letters each part of a syllable has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(super) onset: u8,
    pub(super) medial: u8,
    pub(super) nucleus: u8,
    pub(super) coda: u8,
}

impl Spelling {
    /// Reads letters, skipping zero-width characters between them.
    pub(crate) fn read(text: &str) -> Option<Spelling> {
        let mut spelling = Spelling {
            codes: [0; MOST_LETTERS],
            starts: [0; MOST_LETTERS + 1],
            capitals: 0,
            len: 0,
            tone: Tone::Ngang,
            tone_at: 0,
        };
        for (at, c) in text.char_indices() {
            if let Some(Letter { code, tone, upper }) = letter::letter(c) {
                let n = usize::from(spelling.len);
                *spelling.codes.get_mut(n)? = code;
                *spelling.starts.get_mut(n)? = u8::try_from(at).ok()?;
                spelling.capitals |= u8::from(upper) << n;
                spelling.len += 1;
                if tone != 0 {
                    spelling.put_tone(*Tone::ALL.get(usize::from(tone))?)?;
                }
            } else if let Some(tone) = Tone::from_mark(c) {
                spelling.put_tone(tone)?;
            } else if !letter::is_zero_width(c) {
                let last = spelling.codes.get_mut(usize::from(spelling.len).checked_sub(1)?)?;
                *last = letter::with_mark(*last, c)?;
            }
        }
        *spelling.starts.get_mut(usize::from(spelling.len))? = u8::try_from(text.len()).ok()?;
        (spelling.len != 0).then_some(spelling)
    }

    /// Puts the tone on the last letter; none where there is one already or no vowel to carry it.
    fn put_tone(&mut self, tone: Tone) -> Option<()> {
        let last = usize::from(self.len).checked_sub(1)?;
        let fits = self.tone == Tone::Ngang && letter::is_vowel(*self.codes.get(last)?);
        self.tone = tone;
        self.tone_at = last as u8;
        fits.then_some(())
    }

    /// The same letters with another tone.
    pub(super) fn with_tone(self, tone: Tone) -> Spelling {
        Spelling { tone, ..self }
    }

    fn letters(&self) -> &[u8] {
        self.codes.get(..usize::from(self.len)).unwrap_or_default()
    }

    /// Which letters are onset, medial, nucleus and coda; none if the grammar has no such syllable.
    pub(crate) fn shape(&self) -> Option<Shape> {
        let letters = self.letters();
        let grammar = &*GRAMMAR;
        let consonants = letters.iter().take_while(|&&code| !letter::is_vowel(code)).count();
        // The `i` of `gia` belongs to the onset, that of `gì` and `giếng` is the vowel.
        let gi = matches!(letters, [letter::G, letter::I, next, ..]
            if letter::is_vowel(*next) && *next != letter::EE);
        let onset_len = if gi { 2 } else { consonants };
        let (onset, rime) = letters.split_at_checked(onset_len)?;
        let rime = pack(rime)?;
        let after_q = onset == [letter::Q];
        let found = grammar.rime(rime, after_q)?;
        let fits = match onset {
            [] => found.after != After::Onset,
            _ => {
                let rule = grammar.onset(pack(onset)?)?;
                let first = *letters.get(onset_len)?;
                found.after != After::None
                    && rule.before & (1 << first) != 0
                    && (rule.medial || found.shape.medial == 0)
            }
        };
        let checked = found.stopped && !matches!(self.tone, Tone::Sac | Tone::Nang);
        // The level tone stands for an unmarked syllable with a stop too: "cap", as in a slug, is
        // no syllable.
        (fits && !checked).then_some(Shape { onset: onset_len as u8, ..found.shape })
    }

    pub(crate) fn parts(&self, shape: Shape) -> SyllableParts {
        let at = |n: u8| usize::from(self.starts.get(usize::from(n)).copied().unwrap_or_default());
        let medial = shape.onset;
        let nucleus = medial + shape.medial;
        let coda = nucleus + shape.nucleus;
        SyllableParts {
            onset: Span::new(0, at(medial)),
            medial: Span::new(at(medial), at(nucleus)),
            nucleus: Span::new(at(nucleus), at(coda)),
            coda: Span::new(at(coda), at(self.len)),
            tone: self.tone,
        }
    }

    /// Which letter carries the tone mark under this placement.
    pub(crate) fn tone_seat(&self, shape: Shape, placement: TonePlacement) -> u8 {
        let nucleus = shape.onset + shape.medial;
        let open = shape.coda == 0;
        if placement == TonePlacement::Keep {
            self.tone_at
        } else if shape.nucleus == 2 {
            // `mía`, `lửa`, but `tiến`, `rượu`.
            if open { nucleus } else { nucleus + 1 }
        } else if placement == TonePlacement::Old && open && shape.medial == 1 {
            let letters = self.letters();
            let plain = letters
                .get(usize::from(nucleus))
                .is_some_and(|&code| matches!(code, letter::A | letter::E | letter::Y));
            // The `u` of `quý` counts as a part of the consonant and never carries the tone.
            if plain && letters.first() != Some(&letter::Q) { nucleus - 1 } else { nucleus }
        } else {
            nucleus
        }
    }

    #[cfg(test)]
    pub(crate) fn keeps_tone_of(&self, other: &Spelling) -> bool {
        self.tone == other.tone && self.shape().is_some()
    }

    /// Whether the tone mark stands where this placement wants it.
    pub(crate) fn is_placed(&self, shape: Shape, placement: TonePlacement) -> bool {
        self.tone == Tone::Ngang || self.tone_at == self.tone_seat(shape, placement)
    }

    /// Writes the letters composed, the tone on the letter `seat`, in the author's case or lower.
    pub(crate) fn write(&self, seat: u8, lower: bool, out: &mut String) {
        for (n, &code) in (0u8..).zip(self.letters()) {
            let tone = if n == seat { self.tone } else { Tone::Ngang };
            out.push(letter::character(code, tone, !lower && self.capitals & (1 << n) != 0));
        }
    }
}
