//! [`read_run`]: how long a run of letters is, and its spelling, in one walk.
//!
//! A letter of one, two or three bytes is one look into a table, with no branch between the three:
//! in Vietnamese every fifth byte or so begins a longer letter, and where is anybody's guess.
//! What the table does not know (an invisible character, another alphabet, the last bytes of the
//! text) is left to the slower readers of single characters.

use std::sync::LazyLock;

use super::spelling::{Form, MARKS, Marks, Spelling};

/// The run of letters that the text begins with: how many bytes, and its spelling; none where
/// there is no run, or [`letter_run`](crate::letter::letter_run) and [`Spelling::read`] have to
/// be asked.
#[inline(always)]
pub(crate) fn read_run(text: &[u8]) -> Option<(usize, Option<Spelling>)> {
    let letters = &*LETTERS;
    let mut spelling = Spelling::EMPTY;
    let mut at = 0;
    loop {
        let &[first, second, third] = text.get(at..)?.first_chunk()?;
        let form = letters.forms.get(letters.place(first, second, third))?;
        if form.is_letter() {
            spelling.push(form, at);
            // Counting is quicker than looking it up, and everything waits for it.
            at += 1 + usize::from(first >= 0xC0) + usize::from(first >= 0xE0);
        } else if *form == Form::END && at != 0 {
            return Some((at, spelling.ended(at)));
        } else if first == COMBINING {
            spelling.mark(second & 0x3F, &letters.marks)?;
            at += 2;
        } else {
            return None;
        }
    }
}

/// Where the letters that begin with a byte stand among the forms.
#[derive(Clone, Copy)]
struct Lead {
    /// The place of the first one.
    base: u16,
    /// Which bits of the second byte and of the third are added.
    second: u8,
    third: u8,
}

struct Letters {
    leads: [Lead; 256],
    forms: [Form; FORMS],
    marks: Marks,
}

/// The first bytes of U+00C0..U+01BF; all that begins with the last one stands behind the others.
const TWO_BYTES: [u8; 4] = [0xC3, 0xC4, 0xC5, 0xC6];
/// The first byte of U+1E80..U+1EFF, and the second; for the latter half the lowest bit is set.
const THREE_BYTES: [u8; 2] = [0xE1, 0xBA];
/// The first byte of the combining marks U+0300..U+033F.
const COMBINING: u8 = 0xCC;
const LATIN: u16 = 128;
const EXTENDED: u16 = LATIN + 4 * 64;
/// What is neither ASCII nor one of those.
const UNKNOWN: u16 = EXTENDED + 2 * 64;
const FORMS: usize = UNKNOWN as usize + 1;

static LETTERS: LazyLock<Letters> = LazyLock::new(Letters::new);

impl Letters {
    fn new() -> Letters {
        let unknown = Lead { base: UNKNOWN, second: 0, third: 0 };
        let mut letters =
            Letters { leads: [unknown; 256], forms: [Form::END; FORMS], marks: *MARKS };
        for (byte, lead) in (0u8..=0xFF).zip(&mut letters.leads) {
            let base = u16::from(byte);
            if byte < 0x80 {
                *lead = Lead { base, second: 0, third: 0 };
            } else if TWO_BYTES.contains(&byte) {
                let base = LATIN + (base - u16::from(TWO_BYTES[0])) * 64;
                *lead = Lead { base, second: 0x3F, third: 0 };
            } else if byte == THREE_BYTES[0] {
                *lead = Lead { base: EXTENDED, second: 0, third: 0x3F };
            }
        }
        letters.forms[usize::from(UNKNOWN)] = Form::UNKNOWN;
        let all = ('A'..='Z').chain('a'..='z').chain('\u{C0}'..='\u{1BF}');
        for c in all.chain('\u{1E80}'..='\u{1EFF}') {
            let mut utf8 = [0; 4];
            c.encode_utf8(&mut utf8);
            let place = letters.place(utf8[0], utf8[1], utf8[2]);
            if let Some(form) = letters.forms.get_mut(place) {
                *form = match c {
                    '×' | '÷' => Form::UNKNOWN,
                    _ => Form::of(c).unwrap_or(Form::FOREIGN),
                };
            }
        }
        letters
    }

    /// The place of a letter among the forms; behind their end for letters of three bytes that are
    /// not there.
    #[inline(always)]
    fn place(&self, first: u8, second: u8, third: u8) -> usize {
        let lead = self.leads[usize::from(first)];
        let strange = (second & 0xFE ^ THREE_BYTES[1]) & lead.third;
        let half = (second & 1) << 6 & lead.third << 1;
        usize::from(lead.base)
            + usize::from(second & lead.second)
            + usize::from(half)
            + usize::from(third & lead.third)
            + (usize::from(strange) << 10)
    }
}
