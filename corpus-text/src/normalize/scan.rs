//! Where a text may not be in normal form.

use corpus_model::Span;

use super::Normalization;
use crate::letter;
use crate::syllable::{Spelling, TonePlacement};

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
pub(super) fn next_suspect(text: &str, from: usize, options: &Normalization) -> Option<Span> {
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
