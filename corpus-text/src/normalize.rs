//! [`normalize()`]: the normal form of a text beside the text, with a map between the two.
//!
//! A scanner stops where a rule may want to change something. What it finds is taken as a whole
//! unit, from one ASCII character that is no letter to the next: no composition and no syllable
//! reaches over such a character. The unit is rewritten, compared, and the difference recorded.
//! Clean text is borrowed.

mod document;
mod rewrite;
mod scan;
mod writer;

use std::borrow::Cow;

use corpus_model::Span;

pub use document::normalize_document;

use crate::edit_map::EditMap;
use crate::syllable::TonePlacement;
use rewrite::Rewriter;
use scan::Scanner;
use writer::Writer;

/// What [`normalize()`] does; the default changes what no reader sees, and puts tone marks
/// in the old places.
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
    /// Makes plain blanks of the wide, thin and ideographic ones. Off by default, like all that
    /// follow: such signs may be what the author meant.
    pub spaces: bool,
    /// Makes `"` and `'` of the other quotation marks and apostrophes.
    pub quotes: bool,
    /// Makes `-` of the other hyphens, dashes and the minus sign.
    pub dashes: bool,
    /// Makes ASCII of the full-width forms that Chinese and Japanese fonts have: `Ａ`, `１`, `！`.
    pub full_width: bool,
}

impl Normalization {
    /// Changes nothing; a start for switching on what is wanted.
    pub const NOTHING: Normalization = Normalization {
        nfc: false,
        eth: false,
        tone: TonePlacement::Keep,
        zero_width: false,
        no_break: false,
        spaces: false,
        quotes: false,
        dashes: false,
        full_width: false,
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
            spaces: false,
            quotes: false,
            dashes: false,
            full_width: false,
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
    let scanner = Scanner::new(options);
    let mut rewriter = Rewriter::new(*options);
    let mut writer = Writer::new(text);
    let mut at = 0;
    while let Some(unit) = scanner.next_suspect(text, at) {
        at = unit.end();
        // What was changed is seldom alone: in decomposed text rewriting one run of letters after
        // the other is quicker than scanning for the next.
        if writer.replace(unit, rewriter.rewrite(text, unit)) && options.nfc {
            at = writer.replace_runs(at, &mut rewriter);
        }
    }
    let (text, map) = writer.finish();
    Normalized { text, map }
}

#[cfg(test)]
mod tests;
