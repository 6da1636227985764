//! Syllables (tiếng): where they stand, and how each is built.
//!
//! A syllable is onset + medial + nucleus + coda + tone. The spelling of each part depends little
//! on the others, so two short tables hold the whole grammar: the onsets with the letters that may
//! follow them, and the rimes (medial, nucleus, coda). Both are files in `data/syllable`. A rime
//! packs into one `u32`, five bits a letter, and is looked up in a table of 512 slots.

use std::iter::FusedIterator;
use std::sync::LazyLock;

use corpus_model::{Span, Syllable, SyllableParts, Tone};

use crate::letter::{self, Letter};

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
    Some(spelling.parts(spelling.shape()?))
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
            let span = Span::new(self.at, self.at + run);
            self.at += run;
            let parts = rest.get(..run).and_then(parse_syllable).map(|parts| SyllableParts {
                onset: parts.onset.shifted(span.start()),
                medial: parts.medial.shifted(span.start()),
                nucleus: parts.nucleus.shifted(span.start()),
                coda: parts.coda.shifted(span.start()),
                tone: parts.tone,
            });
            return Some(Syllable { span, parts });
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
    onset: u8,
    medial: u8,
    nucleus: u8,
    coda: u8,
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

/// Letters as one number, five bits each, the first highest.
fn pack(codes: &[u8]) -> Option<u32> {
    let fits = !codes.is_empty() && codes.len() <= 6;
    fits.then(|| codes.iter().fold(0, |packed, &code| packed << 5 | u32::from(code)))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    Any,
    Onset,
    None,
}

#[derive(Clone, Copy, Debug)]
struct Rime {
    /// The packed letters; zero marks a free slot. The highest bit is set for those after `q`.
    key: u32,
    after: After,
    shape: Shape,
    /// Whether the coda is a stop, which takes two tones only.
    stopped: bool,
}

#[derive(Clone, Copy, Debug)]
struct Onset {
    key: u32,
    /// A bit for each letter that may follow.
    before: u32,
    medial: bool,
}

#[derive(Debug)]
struct Grammar {
    /// Sorted by key.
    onsets: Vec<Onset>,
    rimes: Box<[Rime; SLOTS]>,
}

/// Twice the number of rimes and more, so that a search ends after a slot or two.
const SLOTS: usize = 512;
const AFTER_Q: u32 = 1 << 31;
const FREE: Rime = Rime {
    key: 0,
    after: After::Any,
    shape: Shape { onset: 0, medial: 0, nucleus: 0, coda: 0 },
    stopped: false,
};

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(Grammar::built_in);

const ONSETS: &str = include_str!("../data/syllable/onsets.tsv");
const RIMES: &str = include_str!("../data/syllable/rimes.tsv");

impl Grammar {
    fn built_in() -> Grammar {
        let mut grammar = Grammar { onsets: Vec::new(), rimes: Box::new([FREE; SLOTS]) };
        for [onset, before, medial] in rows(ONSETS) {
            let before = codes(before).iter().fold(0, |bits, &code| bits | 1 << code);
            if let Some(key) = pack(&codes(onset)) {
                grammar.onsets.push(Onset { key, before, medial: medial == "yes" });
            }
        }
        grammar.onsets.sort_unstable_by_key(|onset| onset.key);
        for [medial, nucleus, coda, after] in rows(RIMES) {
            let stopped = matches!(coda, "p" | "t" | "c" | "ch");
            let parts = [medial, nucleus, coda].map(codes);
            let [medial, nucleus, coda] = parts.each_ref().map(|part| part.len() as u8);
            let Some(key) = pack(&parts.concat()) else { continue };
            let shape = Shape { onset: 0, medial, nucleus, coda };
            let rime = |key, after| Rime { key, after, shape, stopped };
            match after {
                "q" => grammar.insert(rime(key | AFTER_Q, After::Any)),
                "none" => grammar.insert(rime(key, After::None)),
                "onset" => grammar.insert(rime(key, After::Onset)),
                _ => grammar.insert(rime(key, After::Any)),
            }
            // Whatever has the medial `u` may follow `q` too.
            if after == "any" && parts[0] == [letter::U] {
                grammar.insert(rime(key | AFTER_Q, After::Any));
            }
        }
        grammar
    }

    fn insert(&mut self, rime: Rime) {
        let start = slot(rime.key);
        let free = (start..start + SLOTS).map(|n| n % SLOTS).find(|&n| self.rimes[n].key == 0);
        if let Some(free) = free {
            self.rimes[free] = rime;
        }
    }

    fn rime(&self, key: u32, after_q: bool) -> Option<&Rime> {
        let key = if after_q { key | AFTER_Q } else { key };
        let mut n = slot(key);
        loop {
            let rime = self.rimes.get(n)?;
            if rime.key == key {
                return Some(rime);
            }
            if rime.key == 0 {
                return None;
            }
            n = (n + 1) % SLOTS;
        }
    }

    fn onset(&self, key: u32) -> Option<&Onset> {
        let n = self.onsets.binary_search_by_key(&key, |onset| onset.key).ok()?;
        self.onsets.get(n)
    }
}

/// Where the search for a rime begins: Fibonacci hashing, the highest nine bits.
fn slot(key: u32) -> usize {
    (key.wrapping_mul(0x9E37_79B1) >> 23) as usize
}

/// The numbers of the letters of a cell; `-` is an empty one.
fn codes(cell: &str) -> Vec<u8> {
    cell.chars().map(letter::code).filter(|&code| code != 0).collect()
}

/// The rows of a table as arrays of cells; lines that begin with `#` are remarks.
fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        let row = [(); N].map(|()| cells.next().unwrap_or_default());
        row.last().is_some_and(|cell| !cell.is_empty()).then_some(row)
    })
}

/// Every syllable that the grammar allows, in lower case, the tones marked in the old places.
///
/// There are about twenty thousand; some seven thousand of them are in use.
///
/// ```
/// assert!(corpus_text::possible_syllables().any(|syllable| syllable == "hòa"));
/// assert!(corpus_text::possible_syllables().all(|it| corpus_text::parse_syllable(&it).is_some()));
/// ```
pub fn possible_syllables() -> impl Iterator<Item = String> {
    let onsets = || ["", "gi"].into_iter().chain(rows(ONSETS).map(|[onset, _, _]| onset));
    let mut onsets: Vec<&str> = onsets().collect();
    onsets.sort_unstable();
    onsets.dedup();
    onsets.into_iter().flat_map(|onset| {
        rows(RIMES).flat_map(move |[medial, nucleus, coda, after]| {
            let letters: String =
                [onset, medial, nucleus, coda].concat().chars().filter(|&c| c != '-').collect();
            let wanted = (after == "q") <= (onset == "q");
            let lengths = [onset, medial, nucleus].map(|part| codes(part).len());
            Tone::ALL.into_iter().filter_map(move |tone| {
                let spelling = Spelling { tone, ..Spelling::read(&letters)? };
                let shape = spelling.shape()?;
                // `gia` is found as `gi` and `a`, not again as `g` and `ia`; `qua` likewise.
                let found = [shape.onset, shape.medial, shape.nucleus].map(usize::from);
                if !wanted || found != lengths {
                    return None;
                }
                let mut syllable = String::new();
                spelling.write(spelling.tone_seat(shape, TonePlacement::Old), true, &mut syllable);
                Some(syllable)
            })
        })
    })
}

#[cfg(test)]
mod tests;
