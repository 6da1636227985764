//! What a part of a text is in normal form.

use icu_normalizer::ComposingNormalizerBorrowed;

use super::Normalization;
use crate::letter;
use crate::syllable::{Spelling, TonePlacement};

/// Rewrites units; the buffers are kept from one to the next.
pub(super) struct Rewriter {
    options: Normalization,
    stripped: String,
    composed: String,
    unit: String,
}

impl Rewriter {
    pub(super) fn new(options: Normalization) -> Rewriter {
        Rewriter { options, stripped: String::new(), composed: String::new(), unit: String::new() }
    }

    /// The normal form of a unit.
    pub(super) fn rewrite(&mut self, unit: &str) -> &str {
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
