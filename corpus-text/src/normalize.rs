//! [`normalize()`]: the normal form of a text beside the text, with a map between the two.
//!
//! A scanner looks for bytes that a rule may want to change. What it finds is taken as a whole
//! unit, from one ASCII character that is no letter to the next: no composition and no syllable
//! reaches over such a character. The unit is rewritten, compared, and the difference recorded.
//! Clean text is borrowed.

use std::borrow::Cow;

use corpus_model::Span;
use icu_normalizer::ComposingNormalizerBorrowed;

use crate::edit_map::EditMap;
use crate::letter;
use crate::syllable::{Spelling, TonePlacement};

/// What [`normalize()`] does; the default does everything, with tone marks in the old places.
///
/// ```
/// use corpus_text::{Normalization, TonePlacement, normalize};
///
/// let new = Normalization::default().with_tone(TonePlacement::New);
/// assert_eq!(normalize("hòa thuận", &new).text(), "hoà thuận");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Normalization {
    /// Composes letters and marks (Unicode NFC).
    pub nfc: bool,
    /// Makes `Đ` of `Ð` and `Ɖ`, the look-alikes that old software wrote, in Vietnamese words.
    pub eth: bool,
    /// Where tone marks go; a mark on the wrong letter (`baỏ`) is moved by either placement.
    pub tone: TonePlacement,
    /// Takes out zero-width blanks, joiners, directional marks and soft hyphens. Joiners stay
    /// in emoji and in the scripts that need them.
    pub zero_width: bool,
    /// Makes plain blanks and hyphens of those that forbid a line break.
    pub no_break: bool,
}

impl Normalization {
    /// Changes nothing; a start for switching on what is wanted.
    pub const NOTHING: Normalization = Normalization {
        nfc: false,
        eth: false,
        tone: TonePlacement::Keep,
        zero_width: false,
        no_break: false,
    };

    /// The same with this placement of tone marks.
    pub const fn with_tone(self, tone: TonePlacement) -> Normalization {
        Normalization { tone, ..self }
    }
}

impl Default for Normalization {
    fn default() -> Normalization {
        Normalization {
            nfc: true,
            eth: true,
            tone: TonePlacement::Old,
            zero_width: true,
            no_break: true,
        }
    }
}

/// A normal form and how it came from the author's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Normalized<'t> {
    text: Cow<'t, str>,
    map: EditMap,
}

impl<'t> Normalized<'t> {
    /// The normal form.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The normal form, borrowed from the input where nothing was changed.
    pub fn into_text(self) -> Cow<'t, str> {
        self.text
    }

    /// The map between spans of the input and spans of the normal form.
    pub fn map(&self) -> &EditMap {
        &self.map
    }

    /// Whether the input was its own normal form.
    pub fn is_unchanged(&self) -> bool {
        self.map.is_empty()
    }

    /// The edits in text order: a span of the input, and the text that replaces it.
    ///
    /// The spans do not overlap. Applying all of them to the input gives the normal form.
    pub fn edits(&self) -> impl ExactSizeIterator<Item = (Span, &str)> {
        self.map
            .edits()
            .iter()
            .map(|edit| (edit.input, self.text.get(edit.output.range()).unwrap_or_default()))
    }

    /// Where in the input stands what stands at `span` in the normal form.
    pub fn to_input(&self, span: Span) -> Span {
        self.map.to_input(span)
    }

    /// Where in the normal form stands what stands at `span` in the input.
    pub fn to_output(&self, span: Span) -> Span {
        self.map.to_output(span)
    }
}

/// The normal form of a text; the text itself, borrowed, where it is its own.
///
/// The normal form of a normal form is itself.
///
/// ```
/// use corpus_model::Span;
/// use corpus_text::{Normalization, normalize};
///
/// let text = "Ðảng uỷ\u{A0}họp";
/// let normal = normalize(text, &Normalization::default());
/// assert_eq!(normal.text(), "Đảng ủy họp");
///
/// let edits: Vec<_> = normal.edits().map(|(span, new)| (&text[span.range()], new)).collect();
/// assert_eq!(edits, [("Ð", "Đ"), ("uỷ\u{A0}", "ủy ")]);
///
/// let found = normal.text().find("họp").unwrap();
/// assert_eq!(normal.to_input(Span::new(found, found + 5)), Span::new(14, 19));
/// ```
pub fn normalize<'t>(text: &'t str, options: &Normalization) -> Normalized<'t> {
    let mut rewriter = Rewriter {
        options: *options,
        stripped: String::new(),
        composed: String::new(),
        unit: String::new(),
    };
    let mut out = String::new();
    let mut map = EditMap::default();
    let mut copied = 0;
    let mut at = 0;
    while let Some(unit) = next_suspect(text, at, options) {
        at = unit.end();
        let old = text.get(unit.range()).unwrap_or_default();
        let new = rewriter.rewrite(old);
        if new == old {
            continue;
        }
        let (front, back) = common_ends(old, new);
        let input = Span::new(unit.start() + front, unit.end() - back);
        if out.capacity() == 0 {
            out.reserve(text.len() + text.len() / 16);
        }
        out.push_str(text.get(copied..input.start()).unwrap_or_default());
        let start = out.len();
        out.push_str(new.get(front..new.len() - back).unwrap_or_default());
        map.push(input, Span::new(start, out.len()));
        copied = input.end();
    }
    if map.is_empty() {
        return Normalized { text: Cow::Borrowed(text), map };
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Normalized { text: Cow::Owned(out), map }
}

/// What a byte tells the scanner.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    /// ASCII, the rest of a character, the first byte of a letter that nothing changes.
    Plain,
    /// The byte behind decides.
    Check,
    /// The first byte of anything else.
    Suspect,
}

const BYTES: [Byte; 256] = {
    let mut bytes = [Byte::Plain; 256];
    let mut byte = 0xC0;
    while byte < 256 {
        bytes[byte] = Byte::Suspect;
        byte += 1;
    }
    // U+0080..U+01BF; U+1E00..U+1EFF among others; general punctuation among others.
    byte = 0xC2;
    while byte <= 0xC6 {
        bytes[byte] = Byte::Check;
        byte += 1;
    }
    bytes[0xE1] = Byte::Check;
    bytes[0xE2] = Byte::Check;
    bytes
};

/// The next unit, from `from` on, that may not be in normal form.
fn next_suspect(text: &str, from: usize, options: &Normalization) -> Option<Span> {
    let bytes = text.as_bytes();
    let tones = options.tone != TonePlacement::Keep;
    let mut at = from;
    // The end of a stretch that has to be looked at byte by byte.
    let mut looked_at = from;
    loop {
        if !tones && at >= looked_at {
            at += clean_stretch(bytes.get(at..).unwrap_or_default());
            looked_at = at + STRETCH;
        }
        let byte = *bytes.get(at)?;
        if BYTES[usize::from(byte)] == Byte::Plain {
            at += 1;
            continue;
        }
        let next = bytes.get(at + 1).copied().unwrap_or_default();
        let letter_len = match (byte, next) {
            (0xC2, 0xA0 | 0xAD) | (0xC3, 0x90 | 0xB0) | (0xC6, 0x89) => 0,
            (0xC3, _) | (0xC4 | 0xC5, 0xA8 | 0xA9) => 2,
            (0xC2 | 0xC4..=0xC6, _) => {
                at += 2;
                continue;
            }
            (0xE1, 0xBA | 0xBB) => 3,
            (0xE2, 0x80) => match bytes.get(at + 2) {
                // Blanks, joiners and no-break marks.
                Some(0x80 | 0x81 | 0x87 | 0x8B..=0x8F | 0x91 | 0xAF) => 0,
                _ => {
                    at += 3;
                    continue;
                }
            },
            _ => 0,
        };
        let doubtful = |at| {
            may_be_misplaced(bytes, at, letter_len)
                && !is_plainly_placed(bytes, at, letter_len, options.tone)
        };
        if letter_len > 0 && !(tones && doubtful(at)) {
            at += letter_len;
            continue;
        }
        let start = unit_start(bytes, from, at);
        let unit = Span::new(start, unit_end(bytes, at + 1));
        if letter_len == 0 || is_displaced(text, unit, options) {
            return Some(unit);
        }
        at = unit.end();
    }
}

/// So many bytes are judged at once.
const STRETCH: usize = 64;

/// How many bytes in front need no look at single bytes, as long as tone marks stay where they
/// are: a multiple of [`STRETCH`].
///
/// The loop over a stretch has no branch, so that the compiler makes vector instructions of it;
/// in Vietnamese, where every fourth byte begins a letter of two or three, branches guess badly.
fn clean_stretch(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let (Some(here), Some(next)) =
        (bytes.get(at..at + STRETCH), bytes.get(at + 1..at + 1 + STRETCH))
    {
        let dirty = here.iter().zip(next).fold(false, |dirty, (&byte, &next)| {
            let other = byte >= 0xC2 && !(0xC3..=0xC6).contains(&byte) && byte != 0xE1;
            let eth = (byte == 0xC3) & ((next == 0x90) | (next == 0xB0));
            let african = (byte == 0xC6) & (next == 0x89);
            let foreign = (byte == 0xE1) & (next != 0xBA) & (next != 0xBB);
            dirty | other | eth | african | foreign
        });
        if dirty {
            break;
        }
        at += STRETCH;
    }
    at
}

/// The last ASCII character before `at` that is no letter, but not before `from`.
fn unit_start(bytes: &[u8], from: usize, at: usize) -> usize {
    let before = bytes.get(from..at).unwrap_or_default();
    let letters = before
        .iter()
        .rev()
        .take_while(|byte| !byte.is_ascii() || byte.is_ascii_alphabetic())
        .count();
    (at - letters).saturating_sub(1).max(from)
}

/// The next ASCII character that is no letter.
fn unit_end(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let len = rest.iter().position(|byte| byte.is_ascii() && !byte.is_ascii_alphabetic());
    from + len.unwrap_or(rest.len())
}

/// Whether the letter of `len` bytes at `at`, which may have a tone mark, stands beside another
/// vowel, so that the mark may be on the wrong of the two.
fn may_be_misplaced(bytes: &[u8], at: usize, len: usize) -> bool {
    let vowel = |byte: u8| byte >= 0x80 || is_ascii_vowel(byte);
    let never = match bytes.get(at..at + len) {
        // `â`, `ê`, `ô` without a tone.
        Some([0xC3, last]) => matches!(last & !0x20, 0x82 | 0x8A | 0x94),
        // Where `ă`, `â`, `ê`, `ô` or `ơ` has the mark it is right: U+1EA4..U+1EB7 and so on.
        Some([0xE1, 0xBA, last]) => matches!(last, 0xA4..=0xB7 | 0xBE..=0xBF),
        Some([0xE1, 0xBB, last]) => matches!(last, 0x80..=0x87 | 0x90..=0xA3),
        _ => false,
    };
    let before = at.checked_sub(1).and_then(|before| bytes.get(before));
    let after = bytes.get(at + len);
    !never && (before.is_some_and(|&byte| vowel(byte)) || after.is_some_and(|&byte| vowel(byte)))
}

/// Whether the bytes around a toned vowel show that its mark is where it belongs, without reading
/// the syllable: `của`, `phải`, `khoảng`, `giúp`. It knows the common cases only.
fn is_plainly_placed(bytes: &[u8], at: usize, len: usize, tone: TonePlacement) -> bool {
    let byte = |at: usize| bytes.get(at).map_or(b' ', |byte| byte | 0x20);
    let back = |n: usize| at.checked_sub(n).map_or(b' ', byte);
    let consonant = |byte: u8| byte.is_ascii_lowercase() && !is_ascii_vowel(byte);
    let ends =
        |at: usize| bytes.get(at).is_none_or(|it| it.is_ascii() && !it.is_ascii_alphabetic());
    let (after, behind) = (byte(at + len), at + len + 1);
    if is_ascii_vowel(after) {
        // One vowel follows and ends the syllable: a glide, or the second half of `ia`, `ua`, `ưa`.
        // `oa`, `oe` and `uy` depend on the placement and are left to the reader of syllables.
        let glide = matches!(after, b'i' | b'o' | b'u');
        let front = consonant(back(1)) && !matches!(back(1), b'q' | b'g');
        let half = after == b'a' && is_half_open(bytes, at, len);
        front && ends(behind) && (glide || half)
    } else if consonant(after) {
        // A consonant follows, so that the mark is on the last vowel, which is no second half.
        let medial = matches!(back(1), b'o' | b'u') && consonant(back(2));
        let gi = back(1) == b'i' && back(2) == b'g';
        medial || gi
    } else {
        // `quý`, `già`: nothing follows, and the letter in front belongs to the consonant.
        let in_front = matches!((back(2), back(1)), (b'q', b'u') | (b'g', b'i'));
        tone != TonePlacement::Keep && in_front && ends(at + len)
    }
}

const fn is_ascii_vowel(byte: u8) -> bool {
    matches!(byte | 0x20, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Whether the vowel is `i`, `u` or `ư` with a tone mark.
fn is_half_open(bytes: &[u8], at: usize, len: usize) -> bool {
    let letter = bytes
        .get(at..at + len)
        .and_then(|it| std::str::from_utf8(it).ok())
        .and_then(|it| it.chars().next())
        .and_then(letter::letter);
    letter.is_some_and(|it| matches!(it.code, letter::I | letter::U | letter::UU))
}

/// Whether a unit that drew suspicion by its letters has to be rewritten.
fn is_displaced(text: &str, unit: Span, options: &Normalization) -> bool {
    let unit = text.get(unit.range()).unwrap_or_default();
    let run = unit.trim_start_matches(|c: char| c.is_ascii() && !c.is_ascii_alphabetic());
    let plain = |byte: u8| {
        byte < 0x80 || matches!(byte, 0xC3..=0xC6 | 0xE1) || (0x80..0xC0).contains(&byte)
    };
    if !run.bytes().all(plain)
        || run.contains(['Ð', 'ð', 'Ɖ'])
        || !run.chars().all(|c| letter::letter(c).is_some())
    {
        return true;
    }
    let Some(spelling) = Spelling::read(run) else { return false };
    spelling.shape().is_some_and(|shape| !spelling.is_placed(shape, options.tone))
}

/// Rewrites units; the buffers are kept from one to the next.
struct Rewriter {
    options: Normalization,
    stripped: String,
    composed: String,
    unit: String,
}

impl Rewriter {
    fn rewrite(&mut self, unit: &str) -> &str {
        self.strip(unit);
        if self.options.nfc {
            self.composed.clear();
            // Writing to a string does not fail.
            let _ = ComposingNormalizerBorrowed::new_nfc()
                .normalize_to(&self.stripped, &mut self.composed);
        } else {
            self.composed.clone_from(&self.stripped);
        }
        self.place_tones();
        &self.unit
    }

    /// Takes out or replaces single characters.
    fn strip(&mut self, unit: &str) {
        self.stripped.clear();
        let mut last = None;
        for c in unit.chars() {
            let c = match c {
                '\u{A0}' | '\u{202F}' | '\u{2007}' if self.options.no_break => ' ',
                '\u{2011}' if self.options.no_break => '-',
                _ if self.options.zero_width && is_useless(c, last) => continue,
                _ => c,
            };
            self.stripped.push(c);
            last = Some(c);
        }
    }

    /// Copies the composed unit, its syllables spelled as they should be.
    fn place_tones(&mut self) {
        self.unit.clear();
        let mut rest = self.composed.as_str();
        while !rest.is_empty() {
            let run = letter::letter_run(rest);
            let (letters, after) = rest.split_at_checked(run).unwrap_or(("", rest));
            self.options.append_run(letters, &mut self.unit);
            let other = after.find(letter::is_latin).unwrap_or(after.len());
            let (between, after) = after.split_at_checked(other).unwrap_or((after, ""));
            self.unit.push_str(between);
            rest = after;
        }
    }
}

impl Normalization {
    fn append_run(&self, run: &str, out: &mut String) {
        let spelling = Spelling::read(run);
        let shaped = spelling.and_then(|it| Some((it, it.shape()?)));
        if let Some((spelling, shape)) = shaped
            && self.tone != TonePlacement::Keep
            && !spelling.is_placed(shape, self.tone)
        {
            let start = out.len();
            spelling.write(spelling.tone_seat(shape, self.tone), false, out);
            if !self.eth && run.contains(['Ð', 'ð', 'Ɖ']) {
                // The letter table does not tell the look-alikes apart, so they are put back.
                let eth = run.chars().find(|c| matches!(c, 'Ð' | 'ð' | 'Ɖ')).unwrap_or('Ð');
                let written =
                    out.split_off(start).replace(['Đ', 'đ'], eth.encode_utf8(&mut [0; 4]));
                out.push_str(&written);
            }
            return;
        }
        // In a word of another language `ð` is what it looks like.
        let vietnamese = shaped.is_some()
            || run.chars().all(|c| letter::letter(c).is_some_and(|letter| letter.upper));
        if self.eth && vietnamese {
            out.extend(run.chars().map(|c| match c {
                'Ð' | 'Ɖ' => 'Đ',
                'ð' => 'đ',
                _ => c,
            }));
        } else {
            out.push_str(run);
        }
    }
}

/// Whether a zero-width character does nothing behind this one.
fn is_useless(c: char, last: Option<char>) -> bool {
    let joiner = matches!(c, '\u{200C}' | '\u{200D}');
    letter::is_zero_width(c)
        && !(joiner
            && last.is_some_and(|it| it >= '\u{590}' && !matches!(it, '\u{1E00}'..='\u{206F}')))
}

/// How many bytes two texts share at both ends, in whole characters.
fn common_ends(a: &str, b: &str) -> (usize, usize) {
    let shared = |(x, y): (char, char)| (x == y).then_some(x.len_utf8());
    let front: usize = a.chars().zip(b.chars()).map_while(shared).sum();
    let tails = (a.get(front..).unwrap_or_default(), b.get(front..).unwrap_or_default());
    let back = tails.0.chars().rev().zip(tails.1.chars().rev()).map_while(shared).sum();
    (front, back)
}

#[cfg(test)]
mod tests;
