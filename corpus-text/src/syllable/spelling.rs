//! [`Spelling`]: the letters of what may be a syllable, and where its tone belongs.

use std::sync::LazyLock;

use corpus_model::{Span, SyllableParts, Tone};

use super::TonePlacement;
use super::grammar::{GRAMMAR, Grammar, LETTER_BITS};
use crate::letter::{self, Letter};

/// The lowest letter of those that are packed.
const LETTER: u64 = (1 << LETTER_BITS) - 1;
const G_I: u64 = (letter::G as u64) << LETTER_BITS | letter::I as u64;

/// The longest syllable, `nghiêng`, has seven letters.
const MOST_LETTERS: u32 = 7;

/// A string of Vietnamese letters with at most one tone mark: maybe a syllable.
///
/// It is four numbers, because reading is done for every syllable of a text and four fit the
/// registers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spelling {
    /// The numbers of the letters, five bits each, the last lowest.
    packed: u64,
    /// Where each letter begins, and where the text ends, a byte each, the last lowest.
    starts: u64,
    /// Bits of the letters, the last lowest, sixteen of each kind: [`CAPITAL`] and so on.
    kinds: u64,
    /// The sum of what the letters say: their tones and their oddities.
    sum: u32,
}

/// The bit of `kinds` for a capital, a vowel, a letter with a tone, and any letter. Whoever has
/// more than seven letters is no syllable, so that it is no matter what comes of the rest when
/// the letters fill their sixteen bits.
const CAPITAL: u64 = 1;
const VOWEL: u64 = 1 << 16;
const TONED: u64 = 1 << 32;
const ANY: u64 = 1 << 48;

/// What `sum` counts beside tones, whose numbers in [`Tone::ALL`] are added up in the lowest byte:
/// letters that the alphabet does not have, look-alikes of `đ` and zero-width characters, marks
/// that Unicode does not compose with their letters, marks at all.
const FOREIGN: u32 = 1 << 8;
const LOOK_ALIKE: u32 = 1 << 16;
const LOOSE: u32 = 1 << 24;
const MARKED: u32 = 1 << 25;

/// What a letter adds to a [`Spelling`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    kinds: u64,
    code: u32,
    sum: u32,
}

impl Form {
    /// In place of a form: a letter that Vietnamese does not have.
    pub(super) const FOREIGN: Form = Form { kinds: ANY, code: 0, sum: FOREIGN };
    /// In place of a form: ASCII that ends a run of letters.
    pub(super) const END: Form = Form { kinds: 0, code: 0, sum: 0 };
    /// In place of a form: it takes more than a letter to know.
    pub(super) const UNKNOWN: Form = Form { kinds: 0, code: 0, sum: 1 };

    pub(super) const fn is_letter(&self) -> bool {
        self.kinds != 0
    }

    /// The form of a letter of the alphabet.
    pub(super) fn of(c: char) -> Option<Form> {
        let Letter { code, tone, upper } = letter::letter(c)?;
        let bit = |it: bool, bit: u64| if it { bit } else { 0 };
        let look_alike = if matches!(c, 'ð' | 'Ð' | 'Ɖ') { LOOK_ALIKE } else { 0 };
        Some(Form {
            kinds: ANY
                | bit(upper, CAPITAL)
                | bit(letter::is_vowel(code), VOWEL)
                | bit(tone != 0, TONED),
            code: u32::from(code),
            sum: u32::from(tone) | look_alike,
        })
    }
}

/// For each combining mark from U+0300 on and each letter, the letter that they make and the tone
/// that the mark is, five bits and three; zero where they make none.
pub(super) type Marks = [[u8; 32]; 64];

const HORN: u8 = 0x1B;

pub(super) static MARKS: LazyLock<Marks> = LazyLock::new(|| {
    let mut marks = [[0; 32]; 64];
    for (number, row) in (0x300..).zip(&mut marks) {
        let Some(mark) = char::from_u32(number) else { continue };
        for (code, place) in (0u8..).zip(row) {
            *place = match Tone::from_mark(mark) {
                Some(tone) if letter::is_vowel(code) => code | (tone as u8) << LETTER_BITS,
                Some(_) => 0,
                None => letter::with_mark(code, mark).unwrap_or(0),
            };
        }
    }
    marks
});

/// How many letters each part of a syllable has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(super) onset: u8,
    pub(super) medial: u8,
    pub(super) nucleus: u8,
    pub(super) coda: u8,
}

impl Spelling {
    pub(super) const EMPTY: Spelling = Spelling { packed: 0, starts: 0, kinds: 0, sum: 0 };

    /// Reads letters, skipping zero-width characters between them.
    pub(crate) fn read(text: &str) -> Option<Spelling> {
        let mut spelling = Spelling::EMPTY;
        for (at, c) in text.char_indices() {
            if let Some(form) = Form::of(c) {
                spelling.push(&form, at);
            } else if letter::is_zero_width(c) {
                spelling.sum |= LOOK_ALIKE;
            } else {
                let number = u32::from(c).checked_sub(0x300)?;
                spelling.mark(u8::try_from(number).ok()?, &MARKS)?;
            }
            if spelling.len() > MOST_LETTERS {
                return None;
            }
        }
        spelling.ended(text.len())
    }

    /// Adds the letter at `at`; whether there are too many is seen in the end.
    #[inline(always)]
    pub(super) fn push(&mut self, form: &Form, at: usize) {
        self.packed = self.packed << LETTER_BITS | u64::from(form.code);
        self.starts = self.starts << 8 | (at as u64 & 0xFF);
        self.kinds = self.kinds << 1 | form.kinds;
        self.sum = self.sum.wrapping_add(form.sum);
    }

    /// Puts the combining mark U+0300 + `number` on the last letter; none if no syllable is spelled
    /// so.
    #[inline(always)]
    pub(super) fn mark(&mut self, number: u8, marks: &Marks) -> Option<()> {
        let row = marks.get(usize::from(number))?;
        let marked = u32::from(row[(self.packed & LETTER) as usize]);
        let tone = marked >> LETTER_BITS & 7;
        let tone_before = self.sum & 0xFF;
        let was_toned = self.kinds & TONED != 0;
        if marked == 0 || (tone != 0 && tone_before != 0) {
            return None;
        }
        self.packed = self.packed & !LETTER | u64::from(marked) & LETTER;
        self.kinds |= if tone == 0 { 0 } else { TONED };
        self.sum = (self.sum | MARKED) + tone;
        // Circumflex and breve have to come before a tone mark above the letter; the horn and the
        // dot below change places with others.
        if tone == 0 && was_toned && tone_before != Tone::Nang as u32 && number != HORN {
            self.sum |= LOOSE;
        }
        Some(())
    }

    /// The whole spelling, of a text of `len` bytes; none if there are no letters, too many,
    /// foreign ones, or more than one tone.
    #[inline(always)]
    pub(super) fn ended(mut self, len: usize) -> Option<Spelling> {
        let fits = self.len().wrapping_sub(1) < MOST_LETTERS
            && self.tones() <= 1
            && (self.sum / FOREIGN) & 0xFF == 0
            && len <= 0xFF;
        self.starts = self.starts << 8 | (len as u64 & 0xFF);
        fits.then_some(self)
    }

    /// How many letters there are, up to sixteen.
    fn len(&self) -> u32 {
        16 - ((self.kinds / ANY) as u16).leading_zeros()
    }

    fn tones(&self) -> u32 {
        ((self.kinds / TONED) as u16).count_ones()
    }

    fn tone(&self) -> Tone {
        Tone::ALL.get((self.sum & 0xFF) as usize).copied().unwrap_or(Tone::Ngang)
    }

    /// Which letter has the tone mark; the first where there is none.
    pub(crate) fn tone_at(&self) -> u32 {
        let behind = ((self.kinds / TONED) as u16).trailing_zeros();
        self.len().saturating_sub(behind + 1)
    }

    /// The same letters, of which none has a tone mark, with a tone.
    pub(super) fn with_tone(self, tone: Tone) -> Spelling {
        Spelling { sum: self.sum + tone as u32, ..self }
    }

    /// Whether writing the letters is composing (Unicode NFC) what was read.
    pub(crate) fn composes(&self) -> bool {
        self.sum & (LOOSE | (0xFF * LOOK_ALIKE)) == 0
    }

    /// Whether any mark was read that is not composed with its letter.
    pub(crate) fn is_marked(&self) -> bool {
        self.sum & MARKED != 0
    }

    /// The number of a letter.
    fn code(&self, n: u32) -> u8 {
        let behind = self.len().saturating_sub(n + 1);
        (self.packed >> (LETTER_BITS * behind) & LETTER) as u8
    }

    /// Which letters are onset, medial, nucleus and coda; none if the grammar has no such syllable.
    #[inline]
    pub(crate) fn shape(&self) -> Option<Shape> {
        let grammar = &*GRAMMAR;
        self.regular_shape(grammar).or_else(|| grammar.name(self.packed, self.tone()))
    }

    #[inline]
    pub(super) fn regular_shape(&self, grammar: &Grammar) -> Option<Shape> {
        // The `i` of `gia` belongs to the onset, that of `gì` and `giếng` is the vowel.
        let len = self.len();
        let from_first_vowel = 16 - ((self.kinds / VOWEL) as u16).leading_zeros();
        let gi = len > 2
            && self.packed >> (LETTER_BITS * (len - 2)) == G_I
            && self.kinds >> (len - 3) & VOWEL != 0
            && self.code(2) != letter::EE;
        let rime_len = if gi { len - 2 } else { from_first_vowel };
        let onset_len = len - rime_len;
        let rime_bits = LETTER_BITS * rime_len;
        let onset = u32::try_from(self.packed >> rime_bits).ok()?;
        let rime = u32::try_from(self.packed & !(u64::MAX << rime_bits)).ok()?;
        let found = grammar.rime(rime, onset == u32::from(letter::Q))?;
        let rule = grammar.onset(onset)?;
        rule.fits(found, self.code(onset_len), self.tone())
            .then_some(Shape { onset: onset_len as u8, ..found.shape })
    }

    /// The parts as spans of a text in which the syllable begins at `start`.
    pub(crate) fn parts(&self, shape: Shape, start: usize) -> SyllableParts {
        let len = self.len();
        let at = |n: u32| start + (self.starts >> (8 * len.saturating_sub(n)) & 0xFF) as usize;
        let medial = u32::from(shape.onset);
        let nucleus = medial + u32::from(shape.medial);
        let coda = nucleus + u32::from(shape.nucleus);
        SyllableParts {
            onset: Span::new(start, at(medial)),
            medial: Span::new(at(medial), at(nucleus)),
            nucleus: Span::new(at(nucleus), at(coda)),
            coda: Span::new(at(coda), at(len)),
            tone: self.tone(),
        }
    }

    /// Which letter carries the tone mark under this placement.
    pub(crate) fn tone_seat(&self, shape: Shape, placement: TonePlacement) -> u32 {
        let nucleus = u32::from(shape.onset + shape.medial);
        let open = shape.coda == 0;
        if placement == TonePlacement::Keep {
            self.tone_at()
        } else if shape.nucleus == 2 {
            // `mía`, `lửa`, but `tiến`, `rượu`.
            if open { nucleus } else { nucleus + 1 }
        } else if placement == TonePlacement::Old && open && shape.medial == 1 {
            let plain = matches!(self.code(nucleus), letter::A | letter::E | letter::Y);
            // The `u` of `quý` counts as a part of the consonant and never carries the tone.
            if plain && self.code(0) != letter::Q { nucleus - 1 } else { nucleus }
        } else {
            nucleus
        }
    }

    #[cfg(test)]
    pub(crate) fn keeps_tone_of(&self, other: &Spelling) -> bool {
        self.tone() == other.tone() && self.shape().is_some()
    }

    /// Whether the tone mark stands where this placement wants it.
    pub(crate) fn is_placed(&self, shape: Shape, placement: TonePlacement) -> bool {
        self.tones() == 0 || self.tone_at() == self.tone_seat(shape, placement)
    }

    /// Writes the letters composed, the tone on the letter `seat`, in the author's case or lower.
    pub(crate) fn write(&self, seat: u32, lower: bool, out: &mut String) {
        let written = &*WRITTEN;
        let len = self.len().min(MOST_LETTERS);
        let mut bytes = [0; 4 * MOST_LETTERS as usize];
        let mut end = 0;
        for behind in (0..len).rev() {
            let code = (self.packed >> (LETTER_BITS * behind) & LETTER) as usize;
            let tone = if behind + seat + 1 == len { (self.sum & 7) as usize } else { 0 };
            let upper = usize::from(!lower && self.kinds >> behind & CAPITAL != 0);
            let [a, b, c, n] = written[upper << 8 | tone << 5 | code];
            if let Some(place) = bytes.get_mut(end..end + 4) {
                place.copy_from_slice(&[a, b, c, 0]);
            }
            end += usize::from(n);
        }
        let text = bytes.get(..end).and_then(|bytes| std::str::from_utf8(bytes).ok());
        out.push_str(text.unwrap_or_default());
    }
}

/// What a letter is in UTF-8, by its number, its tone and its case: three bytes and how many of
/// them count.
static WRITTEN: LazyLock<[[u8; 4]; 512]> = LazyLock::new(|| {
    let mut written = [[0; 4]; 512];
    for code in 1..=29 {
        for (tone, upper) in Tone::ALL.into_iter().flat_map(|it| [(it, false), (it, true)]) {
            let c = letter::character(code, tone, upper);
            let mut utf8 = [0; 4];
            utf8[3] = c.encode_utf8(&mut utf8).len() as u8;
            written[usize::from(upper) << 8 | (tone as usize) << 5 | usize::from(code)] = utf8;
        }
    }
    written
});
