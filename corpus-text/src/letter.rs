//! The letters of the Vietnamese alphabet, however they are encoded: composed (`ế`), decomposed
//! (`e` + U+0302 + U+0301) or half of each.
//!
//! A letter is a number from 1 to 29, its place in the alphabet, so that a rime packs into one
//! `u32` of five bits a letter. Zero is no letter.

use corpus_model::Tone;

/// The alphabet in dictionary order; the number of a letter is its place here plus one.
const ALPHABET: [char; 29] = [
    'a', 'ă', 'â', 'b', 'c', 'd', 'đ', 'e', 'ê', 'g', 'h', 'i', 'k', 'l', 'm', 'n', 'o', 'ô', 'ơ',
    'p', 'q', 'r', 's', 't', 'u', 'ư', 'v', 'x', 'y',
];

/// Each vowel in lower and upper case with the six tones in dictionary order.
const VOWELS: [[[char; 6]; 2]; 12] = [
    [['a', 'à', 'ả', 'ã', 'á', 'ạ'], ['A', 'À', 'Ả', 'Ã', 'Á', 'Ạ']],
    [['ă', 'ằ', 'ẳ', 'ẵ', 'ắ', 'ặ'], ['Ă', 'Ằ', 'Ẳ', 'Ẵ', 'Ắ', 'Ặ']],
    [['â', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ'], ['Â', 'Ầ', 'Ẩ', 'Ẫ', 'Ấ', 'Ậ']],
    [['e', 'è', 'ẻ', 'ẽ', 'é', 'ẹ'], ['E', 'È', 'Ẻ', 'Ẽ', 'É', 'Ẹ']],
    [['ê', 'ề', 'ể', 'ễ', 'ế', 'ệ'], ['Ê', 'Ề', 'Ể', 'Ễ', 'Ế', 'Ệ']],
    [['i', 'ì', 'ỉ', 'ĩ', 'í', 'ị'], ['I', 'Ì', 'Ỉ', 'Ĩ', 'Í', 'Ị']],
    [['o', 'ò', 'ỏ', 'õ', 'ó', 'ọ'], ['O', 'Ò', 'Ỏ', 'Õ', 'Ó', 'Ọ']],
    [['ô', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ'], ['Ô', 'Ồ', 'Ổ', 'Ỗ', 'Ố', 'Ộ']],
    [['ơ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ'], ['Ơ', 'Ờ', 'Ở', 'Ỡ', 'Ớ', 'Ợ']],
    [['u', 'ù', 'ủ', 'ũ', 'ú', 'ụ'], ['U', 'Ù', 'Ủ', 'Ũ', 'Ú', 'Ụ']],
    [['ư', 'ừ', 'ử', 'ữ', 'ứ', 'ự'], ['Ư', 'Ừ', 'Ử', 'Ữ', 'Ứ', 'Ự']],
    [['y', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ'], ['Y', 'Ỳ', 'Ỷ', 'Ỹ', 'Ý', 'Ỵ']],
];

/// A letter with its case and the tone mark composed into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    /// Place in the alphabet, from 1.
    pub(crate) code: u8,
    /// Place of the tone in [`Tone::ALL`].
    pub(crate) tone: u8,
    /// Whether it is a capital.
    pub(crate) upper: bool,
}

/// The number of a letter of the alphabet, zero for any other character.
pub(crate) const fn code(letter: char) -> u8 {
    let mut i = 0;
    while i < ALPHABET.len() {
        if ALPHABET[i] == letter {
            return i as u8 + 1;
        }
        i += 1;
    }
    0
}

pub(crate) const A: u8 = code('a');
pub(crate) const E: u8 = code('e');
pub(crate) const EE: u8 = code('ê');
pub(crate) const G: u8 = code('g');
pub(crate) const I: u8 = code('i');
pub(crate) const Q: u8 = code('q');
pub(crate) const U: u8 = code('u');
pub(crate) const UU: u8 = code('ư');
pub(crate) const Y: u8 = code('y');

/// Which row of [`VOWELS`] a letter has, by its number; 255 for consonants.
const VOWEL_ROWS: [u8; 30] = {
    let mut rows = [255; 30];
    let mut row = 0;
    while row < VOWELS.len() {
        rows[code(VOWELS[row][0][0]) as usize] = row as u8;
        row += 1;
    }
    rows
};

/// Whether the letter of this number can carry a tone.
pub(crate) fn is_vowel(code: u8) -> bool {
    VOWEL_ROWS.get(usize::from(code)).is_some_and(|&row| row != 255)
}

const fn pack(code: u8, tone: usize, upper: bool) -> u16 {
    code as u16 | ((tone as u16) << 5) | ((upper as u16) << 8)
}

const LATIN_LEN: usize = 0x1B1;
const EXTENDED_START: usize = 0x1EA0;
const EXTENDED_LEN: usize = 0x5A;

// Two tables are enough: every precomposed letter of the alphabet lies below U+01B1 or in
// U+1EA0..U+1EF9.
const TABLES: ([u16; LATIN_LEN], [u16; EXTENDED_LEN]) = {
    let mut latin = [0; LATIN_LEN];
    let mut extended = [0; EXTENDED_LEN];
    let mut i = 0;
    while i < ALPHABET.len() {
        let lower = ALPHABET[i] as usize;
        if lower < 0x80 {
            latin[lower] = pack(i as u8 + 1, 0, false);
            latin[lower - 0x20] = pack(i as u8 + 1, 0, true);
        }
        i += 1;
    }
    // `Đ` in its own code points and as the look-alikes eth and African D, which old software
    // wrote for it.
    latin['đ' as usize] = pack(code('đ'), 0, false);
    latin['Đ' as usize] = pack(code('đ'), 0, true);
    latin['ð' as usize] = pack(code('đ'), 0, false);
    latin['Ð' as usize] = pack(code('đ'), 0, true);
    latin['Ɖ' as usize] = pack(code('đ'), 0, true);
    let mut row = 0;
    while row < VOWELS.len() {
        let number = code(VOWELS[row][0][0]);
        let mut case = 0;
        while case < 2 {
            let mut tone = 0;
            while tone < 6 {
                let c = VOWELS[row][case][tone] as usize;
                if c < LATIN_LEN {
                    latin[c] = pack(number, tone, case == 1);
                } else {
                    extended[c - EXTENDED_START] = pack(number, tone, case == 1);
                }
                tone += 1;
            }
            case += 1;
        }
        row += 1;
    }
    (latin, extended)
};
static LATIN: [u16; LATIN_LEN] = TABLES.0;
static EXTENDED: [u16; EXTENDED_LEN] = TABLES.1;

/// The letter that a character is, if it is one of the alphabet.
pub(crate) fn letter(c: char) -> Option<Letter> {
    let place = c as usize;
    let packed = match LATIN.get(place) {
        Some(&packed) => packed,
        None => EXTENDED.get(place.wrapping_sub(EXTENDED_START)).copied().unwrap_or(0),
    };
    (packed != 0).then_some(Letter {
        code: (packed & 31) as u8,
        tone: ((packed >> 5) & 7) as u8,
        upper: packed & 0x100 != 0,
    })
}

/// The letter that a combining mark makes of another: `a` and U+0306 are `ă`.
pub(crate) fn with_mark(letter: u8, mark: char) -> Option<u8> {
    const CIRCUMFLEX: [(u8, u8); 3] =
        [(code('a'), code('â')), (code('e'), code('ê')), (code('o'), code('ô'))];
    const BREVE: [(u8, u8); 1] = [(code('a'), code('ă'))];
    const HORN: [(u8, u8); 2] = [(code('o'), code('ơ')), (code('u'), code('ư'))];
    let pairs: &[(u8, u8)] = match mark {
        '\u{302}' => &CIRCUMFLEX,
        '\u{306}' => &BREVE,
        '\u{31B}' => &HORN,
        _ => return None,
    };
    pairs.iter().find(|(from, _)| *from == letter).map(|&(_, to)| to)
}

/// The composed character for a letter, a tone and a case.
pub(crate) fn character(code: u8, tone: Tone, upper: bool) -> char {
    let row = VOWEL_ROWS.get(usize::from(code)).copied().unwrap_or(255);
    if let Some(forms) = VOWELS.get(usize::from(row)) {
        let [lower_forms, upper_forms] = forms;
        let forms = if upper { upper_forms } else { lower_forms };
        return forms.get(tone as usize).copied().unwrap_or('\u{FFFD}');
    }
    let lower = ALPHABET.get(usize::from(code).wrapping_sub(1)).copied().unwrap_or('\u{FFFD}');
    match (upper, lower) {
        (true, 'đ') => 'Đ',
        (true, _) => lower.to_ascii_uppercase(),
        (false, _) => lower,
    }
}

/// Whether a character continues a run of letters without being one: combining marks.
pub(crate) const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// Whether a character is invisible and carries nothing in Vietnamese text: zero-width blanks and
/// joiners, directional marks, the byte-order mark, the soft hyphen.
pub(crate) const fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Whether a character is of the Latin script or counts as if: letters and combining marks.
pub(crate) fn is_latin(c: char) -> bool {
    let inside = c < '\u{2B0}'
        || matches!(c, '\u{1D00}'..='\u{1EFF}' | '\u{2C60}'..='\u{2C7F}' | '\u{A722}'..='\u{A7FF}')
        || matches!(c, '\u{AB30}'..='\u{AB6F}' | '\u{FF21}'..='\u{FF5A}');
    (inside && c.is_alphabetic()) || is_mark(c)
}

/// How many bytes at the start of `text` form a run of Latin letters and combining marks.
///
/// The bytes that begin Vietnamese letters are told apart without decoding; whatever else is not
/// ASCII goes through the character tables of the standard library.
pub(crate) fn letter_run(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut i = 0;
    while let Some(&byte) = bytes.get(i) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => i += 1,
            0..=0x7F => break,
            // U+00C0..U+01BF but for × and ÷.
            0xC3..=0xC6 if !(byte == 0xC3 && matches!(bytes.get(i + 1), Some(0x97 | 0xB7))) => {
                i += 2
            }
            // U+0300..U+033F: combining marks.
            0xCC => i += 2,
            // U+1E80..U+1EFF.
            0xE1 if matches!(bytes.get(i + 1), Some(0xBA | 0xBB)) => i += 3,
            _ => match text.get(i..).and_then(|rest| rest.chars().next()) {
                Some(c) if is_latin(c) => i += c.len_utf8(),
                // An invisible character counts where it stands between two letters.
                Some(c) if i > 0 && is_zero_width(c) && letter_follows(text, i) => {
                    i += c.len_utf8()
                }
                _ => break,
            },
        }
    }
    i
}

/// Whether a letter or mark comes after the zero-width characters at `at`; few are looked through.
fn letter_follows(text: &str, at: usize) -> bool {
    let behind = text.get(at..).unwrap_or_default().chars();
    behind.take(8).find(|&c| !is_zero_width(c)).is_some_and(is_latin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_is_found_and_written_again() {
        for code in 1..=29 {
            for tone in Tone::ALL {
                for upper in [false, true] {
                    let c = character(code, tone, upper);
                    let found = letter(c).unwrap();
                    assert_eq!((found.code, found.upper), (code, upper), "{c}");
                    if is_vowel(code) {
                        assert_eq!(Tone::ALL[usize::from(found.tone)], tone, "{c}");
                    }
                }
            }
        }
    }

    #[test]
    fn letters_of_other_alphabets_are_none() {
        for c in ['f', 'j', 'w', 'z', 'ñ', 'ç', 'ß', '1', ' ', 'я', '\u{301}', 'ẞ', 'Ỻ'] {
            assert_eq!(letter(c), None, "{c}");
        }
        assert_eq!(letter('Ð').map(|it| it.code), Some(code('đ')));
    }

    #[test]
    fn a_run_ends_where_letters_end() {
        for (text, run) in [
            ("Đảng ủy", "Đảng"),
            ("a\u{302}\u{301}m", "a\u{302}\u{301}m"),
            ("×2", ""),
            ("日本 a", ""),
        ] {
            assert_eq!(&text[..letter_run(text)], run);
        }
    }
}
