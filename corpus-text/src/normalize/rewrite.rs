//! What a part of a text is in normal form.

use corpus_model::Span;
use icu_normalizer::ComposingNormalizerBorrowed;

use super::Normalization;
use crate::letter;
use crate::syllable::{Spelling, TonePlacement, read_run};

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
    pub(super) fn rewrite(&mut self, text: &str, unit: Span) -> &str {
        if self.options.nfc && self.spell(text, unit).is_some() {
            return &self.unit;
        }
        self.strip(text.get(unit.range()).unwrap_or_default());
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

    /// Spells a unit that is nothing but letters of Vietnamese and their marks, by far the most of
    /// those that are rewritten, without going through all of Unicode.
    fn spell(&mut self, text: &str, unit: Span) -> Option<()> {
        let inside = text.get(unit.range())?;
        let front = usize::from(!inside.starts_with(|c: char| !c.is_ascii() || c.is_alphabetic()));
        let start = unit.start() + front;
        let spelling = match read_run(text.as_bytes().get(start..)?) {
            Some((len, spelling)) if start + len == unit.end() => spelling,
            // The text ends here, or this takes more than looking at letters.
            _ => Spelling::read(text.get(start..unit.end())?),
        };
        let spelling = spelling.filter(Spelling::composes)?;
        self.unit.clear();
        self.unit.push_str(text.get(unit.start()..start)?);
        spelling.write(self.seat(&spelling), false, &mut self.unit);
        Some(())
    }

    /// The normal form of a run of letters between ASCII; none where there is more in it than
    /// letters and marks of Vietnamese.
    pub(super) fn rewrite_run<'s>(&'s mut self, text: &'s str, run: Span) -> Option<&'s str> {
        let letters = text.get(run.range())?;
        let spelling = match read_run(text.as_bytes().get(run.start()..)?) {
            Some((len, spelling)) if len == run.len() => spelling,
            // The text ends here, or this takes more than looking at letters.
            _ => Spelling::read(letters),
        };
        let spelling = spelling.filter(Spelling::composes)?;
        let seat = self.seat(&spelling);
        if !spelling.is_marked() && seat == spelling.tone_at() {
            return Some(letters);
        }
        self.unit.clear();
        spelling.write(seat, false, &mut self.unit);
        Some(&self.unit)
    }

    /// Which letter is to carry the tone.
    fn seat(&self, spelling: &Spelling) -> u32 {
        let shape = match self.options.tone {
            TonePlacement::Keep => None,
            _ => spelling.shape(),
        };
        shape.map_or(spelling.tone_at(), |shape| spelling.tone_seat(shape, self.options.tone))
    }

    /// Takes out or replaces single characters.
    fn strip(&mut self, unit: &str) {
        self.stripped.clear();
        let mut last = None;
        for c in unit.chars() {
            let c = match self.options.replacement(c) {
                Some(other) => other,
                None if self.options.zero_width && is_useless(c, last) => continue,
                None => c,
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

/// Whether a rule that takes characters one by one may change this one; with `signs` also the
/// rules that are off by default.
pub(super) fn may_change(c: char, signs: bool) -> bool {
    let options = Normalization {
        spaces: signs,
        quotes: signs,
        dashes: signs,
        full_width: signs,
        ..Normalization::default()
    };
    matches!(c, 'Ð' | 'ð' | 'Ɖ')
        // Unicode composes them to others.
        || matches!(c, '\u{2000}' | '\u{2001}')
        || letter::is_zero_width(c)
        || options.replacement(c).is_some()
}

impl Normalization {
    /// What stands for a character, whatever is beside it.
    fn replacement(&self, c: char) -> Option<char> {
        // Most of what is asked for are letters.
        if c < '\u{A0}' {
            return None;
        }
        match c {
            '\u{A0}' | '\u{202F}' | '\u{2007}' if self.no_break => Some(' '),
            '\u{2011}' if self.no_break || self.dashes => Some('-'),
            '\u{1680}'
            | '\u{2000}'..='\u{2006}'
            | '\u{2008}'..='\u{200A}'
            | '\u{205F}'
            | '\u{3000}'
                if self.spaces =>
            {
                Some(' ')
            }
            '“' | '”' | '„' | '‟' | '«' | '»' if self.quotes => Some('"'),
            '‘' | '’' | '‚' | '‛' | '‹' | '›' if self.quotes => Some('\''),
            '\u{2010}' | '\u{2012}'..='\u{2015}' | '\u{2212}' if self.dashes => Some('-'),
            // `！` to `～` are ASCII in the same order.
            '\u{FF01}'..='\u{FF5E}' if self.full_width => {
                char::from_u32(u32::from(c) - 0xFF01 + u32::from('!'))
            }
            _ => None,
        }
    }

    /// Whether rules are on that change quotes, dashes, blanks and full-width forms.
    pub(super) fn changes_signs(&self) -> bool {
        self.spaces || self.quotes || self.dashes || self.full_width
    }

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
    letter::is_zero_width(c) && !(joiner && last.is_some_and(needs_joiners))
}

/// Whether a joiner may matter behind this character: in the scripts of Asia, and in emoji.
fn needs_joiners(c: char) -> bool {
    // The signs of ohm, kelvin and ångström become letters of Europe when they are composed.
    let european = matches!(c, '\u{1E00}'..='\u{206F}' | '\u{2126}' | '\u{212A}' | '\u{212B}');
    c >= '\u{590}' && !european && !c.is_whitespace()
}
