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
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

/// How many [`runs`] there are, and how many of them hold a letter.
pub(crate) fn count_runs(text: &str) -> (u64, u64) {
    runs(text).fold((0, 0), |(all, lettered), run| {
        (all + 1, lettered + u64::from(run.chars().any(char::is_alphabetic)))
    })
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
