//! [`DocumentDigest`]: what a summary of many documents needs to know of each.

use corpus_model::chrono::NaiveDateTime;
use corpus_model::{Annotations, BlockKind, Document, Moment, Span, When};

use crate::fold;
use crate::key_cache::with_key_cache;

/// What a summary of many documents needs to know of one: its sentences as hashed syllables.
///
/// A digest is about the size of the text, and does not hold on to it: the digests of thousands of
/// articles fit where the articles with their annotations would not.
#[derive(Clone, Debug, Default)]
pub struct DocumentDigest {
    pub(crate) title: Box<[u32]>,
    pub(crate) sentences: Box<[SentenceDigest]>,
    /// When it was published, at the earliest.
    pub(crate) published: Option<NaiveDateTime>,
}

/// A sentence of the running text.
#[derive(Clone, Debug)]
pub(crate) struct SentenceDigest {
    pub(crate) span: Span,
    /// The syllables and numbers in order, as hashes of their keys.
    pub(crate) syllables: Box<[u32]>,
    pub(crate) form: Form,
}

/// Whether a sentence can stand alone in a summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// It can: it is not a fragment, a credit or the head of a list.
    Whole,
    /// It could but for its shortness.
    Brief,
    /// It cannot.
    Fragment,
}

impl DocumentDigest {
    /// The digest of a document with its sentences.
    pub fn new(document: &Document, annotations: &Annotations) -> DocumentDigest {
        let mut folded = String::new();
        let mut sentences = Vec::new();
        for block in document.blocks().iter().filter(|block| block.kind.is_running_text()) {
            for sentence in annotations.sentences.within(block.span) {
                let Some(text) = document.get(sentence.span) else { continue };
                let syllables = syllables(text, &mut folded);
                sentences.push(SentenceDigest {
                    span: sentence.span,
                    form: form(text, syllables.len()),
                    syllables,
                });
            }
        }
        let title = match document.block(BlockKind::Title) {
            Some(block) => document.get(block.span),
            None => document.metadata.title.as_deref(),
        };
        DocumentDigest {
            title: syllables(title.unwrap_or_default(), &mut folded),
            sentences: sentences.into(),
            published: document.metadata.published.and_then(earliest),
        }
    }

    /// How many sentences of running text the document has.
    pub fn sentences(&self) -> usize {
        self.sentences.len()
    }
}

/// The first moment of a date, for sorting.
fn earliest(when: When) -> Option<NaiveDateTime> {
    match when {
        When::Point(moment) | When::Range(moment, _) => match moment {
            Moment::Hour(time) | Moment::Minute(time) | Moment::Second(time) => Some(time),
            other => other.first_day().map(NaiveDateTime::from),
        },
    }
}

/// The syllables of a text's key, hashed: 32 bits keep any two of a hundred thousand different
/// syllables apart but for one pair or so.
fn syllables(text: &str, folded: &mut String) -> Box<[u32]> {
    if text.chars().all(is_plain) {
        // Nothing joins or parts the runs, so the key of the text is that of its runs, and most of
        // those were met before.
        return with_key_cache(|cache| {
            fold::runs(text).filter_map(|run| cache.key_hash(run)).map(|hash| hash as u32).collect()
        });
    }
    corpus_text::key_into(folded, text);
    fold::runs(folded).map(|run| fold::hash(run) as u32).collect()
}

/// Whether a character is one that news is written with, none that is invisible or a mark of its own.
fn is_plain(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{a0}' | '«' | '»' | '\u{c0}'..='\u{24f}'
        | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{2027}')
}

/// The fewest syllables of a sentence that can stand alone; what is shorter is mostly a credit, a
/// crosshead or an exclamation.
const FEWEST_SYLLABLES: usize = 7;

/// The fewest with which a sentence may still say who does what.
const FEWEST_IF_BRIEF: usize = 4;

/// A sentence that can stand in a summary is long enough, in sentence case, closed by a mark, not
/// the head of a list and no caption.
fn form(text: &str, syllables: usize) -> Form {
    let closed = text
        .trim_end_matches(['"', '”', '’', '\'', ')', ']', '»'])
        .ends_with(['.', '!', '?', '…', '/']);
    if !closed || !text.chars().any(char::is_lowercase) || ends_in_credit(text) {
        return Form::Fragment;
    }
    match syllables {
        FEWEST_SYLLABLES.. => Form::Whole,
        FEWEST_IF_BRIEF.. => Form::Brief,
        _ => Form::Fragment,
    }
}

/// Whether a sentence is the caption of a picture that was taken for text: it ends with who made
/// it. A credit further in front is a caption that the sentence is glued to.
fn ends_in_credit(text: &str) -> bool {
    CREDITS
        .iter()
        .filter_map(|credit| text.rsplit_once(credit))
        .any(|(_, maker)| fold::runs(maker).count() <= LONGEST_MAKER)
}

/// How many syllables the maker of a picture has at most: `Nguyễn Thị Thu Hà/TTXVN`.
const LONGEST_MAKER: usize = 6;

/// What stands before the name of who made a picture, where a caption was taken for text.
const CREDITS: [&str; 4] = ["Ảnh:", "ảnh:", "Nguồn:", "Video:"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_have_the_hashes_of_the_whole_key() {
        for text in [
            "Sáng 29/8, ông A_B (ở 2a) nói: “Hoà bình” – cả HOÀ_BÌNH…",
            "Ðà Nẵng, khoá XI; Thuỷ, thủy; ƯỚC mơ, ǎ ẞ ŉ",
            "TP.HCM: 17,6 tỷ; e-mail a@b.vn; 3×4; x\u{a0}y «z»",
        ] {
            assert!(text.chars().all(is_plain), "{text}");
            let mut folded = String::new();
            let fast = syllables(text, &mut folded);
            corpus_text::key_into(&mut folded, text);
            let whole: Box<[u32]> = fold::runs(&folded).map(|it| fold::hash(it) as u32).collect();
            assert_eq!(fast, whole, "{text}");
        }
        for text in ["to\u{301}t", "a\u{200b}b", "x\u{ad}y"] {
            assert!(!text.chars().all(is_plain), "{text:?}");
        }
    }
}
