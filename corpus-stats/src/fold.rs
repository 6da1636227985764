//! Text as it is compared: folded, cut into runs, hashed the same on every machine.

use corpus_model::{Block, BlockKind, Document};
use xxhash_rust::xxh3::xxh3_64;

/// The runs of letters, digits and marks in `text`: a syllable, a number or a foreign word each.
///
/// A run is what the pattern `\w+` matches, but that marks written apart from their letters do
/// not break it.
pub(crate) fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_run_char(c)).filter(|run| !run.is_empty())
}

fn is_run_char(c: char) -> bool {
    c == '_' || is_letter(c) || c.is_numeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

/// Whether a character is a letter; those of Vietnamese are told by their range, which is several
/// times as fast as the table of all letters.
fn is_letter(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{1e00}'..='\u{1eff}' => true,
        '\0'..='\u{7f}' => false,
        '\u{c0}'..='\u{24f}' => !matches!(c, '×' | '÷'),
        _ => c.is_alphabetic(),
    }
}

/// How many [`runs`] there are, and how many of them hold a letter.
pub(crate) fn count_runs(text: &str) -> (u64, u64) {
    let (mut all, mut lettered) = (0, 0);
    let (mut inside, mut has_letter) = (false, false);
    for c in text.chars() {
        let letter = is_letter(c);
        if letter || is_run_char(c) {
            all += u64::from(!inside);
            has_letter &= inside;
            lettered += u64::from(letter && !has_letter);
            has_letter |= letter;
            inside = true;
        } else {
            inside = false;
        }
    }
    (all, lettered)
}

/// A hash that is the same on every machine and in every release.
pub(crate) fn hash(text: &str) -> u64 {
    xxh3_64(text.as_bytes())
}

/// The blocks by which articles are compared: all but the address, the headline and page furniture.
///
/// Bylines, captions and links inside the text stay, because a reader of plain text cannot always
/// tell them from it, and two copies of an article must not differ by how well that went.
pub(crate) fn compared(document: &Document) -> impl Iterator<Item = &Block> {
    document.blocks().iter().filter(|block| {
        !matches!(block.kind, BlockKind::Url | BlockKind::Title | BlockKind::Boilerplate)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_words_in_the_sense_of_regular_expressions() {
        let text = "Ngày 29/8, ông A_B (ở 2a) nói: “to\u{301}t” × 5½ – cả…";
        let found: Vec<&str> = runs(text).collect();
        assert_eq!(
            found,
            ["Ngày", "29", "8", "ông", "A_B", "ở", "2a", "nói", "to\u{301}t", "5½", "cả"]
        );
        assert_eq!(count_runs(text), (11, 8));
        assert_eq!(count_runs("__ 1 ."), (2, 0));
    }

    #[test]
    fn letters_are_those_of_the_standard() {
        for c in '\0'..='\u{ffff}' {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
        }
    }
}
