//! [`Sketch`]: what is kept of a text to compare it with others.

use corpus_model::Document;
use xxhash_rust::xxh3::xxh3_64;

use crate::fold;
use crate::key_cache::with_key_cache;

/// How many words make a shingle.
///
/// Five is what the tools for web corpora take (Gopher, FineWeb, `datatrove`); a shorter shingle
/// finds more that is only alike, a longer one breaks at every edited word.
pub const SHINGLE_WORDS: usize = 5;

/// What is kept of a text to compare it with others: the set of its shingles, as 64-bit hashes.
///
/// A shingle is five consecutive words, and a word is what stands between blanks. Words are
/// compared by [`corpus_text::key`]: Unicode form, the place of the tone mark and case do not
/// count. Tones, numbers and punctuation do: `Bán nhà` is not `Bạn nhà`, and `Quyết định 217` is
/// not `Quyết định 218`. A text of one to four words is one shingle of all its words; a text
/// without words has none and resembles nothing.
///
/// Hashes are XXH3, so sketches made on different machines may be compared.
///
/// ```
/// use corpus_stats::Sketch;
///
/// let old = Sketch::of_text("Hôm nay trời hoà nắng khắp nơi");
/// let new = Sketch::of_text("hôm nay trời hòa nắng khắp nơi");
/// assert_eq!(old.similarity(&new), 1.0);
///
/// let longer = Sketch::of_text("Hôm nay trời hoà nắng khắp nơi trong tỉnh");
/// assert_eq!(old.similarity(&longer), 3.0 / 5.0);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sketch {
    shingles: Box<[u64]>,
    words: u32,
}

impl Sketch {
    /// The sketch of a document: of all its blocks but the address, the headline and page
    /// furniture.
    pub fn new(document: &Document) -> Sketch {
        let text = document.text();
        Sketch::of_parts(fold::compared(document).filter_map(|block| text.get(block.span.range())))
    }

    /// The sketch of a text.
    pub fn of_text(text: &str) -> Sketch {
        Sketch::of_parts([text])
    }

    /// The sketch of a text that is handed in as parts; shingles run across their borders.
    pub fn of_parts<'a>(parts: impl IntoIterator<Item = &'a str>) -> Sketch {
        let mut words: Vec<[u8; 8]> = Vec::new();
        with_key_cache(|cache| {
            for part in parts {
                let hashes = part.split_whitespace().filter_map(|word| cache.key_hash(word));
                words.extend(hashes.map(u64::to_le_bytes));
            }
        });
        let mut shingles: Vec<u64> = match words.len() {
            0 => Vec::new(),
            1..SHINGLE_WORDS => vec![xxh3_64(words.as_flattened())],
            _ => words.windows(SHINGLE_WORDS).map(|it| xxh3_64(it.as_flattened())).collect(),
        };
        shingles.sort_unstable();
        shingles.dedup();
        let words = u32::try_from(words.len()).unwrap_or(u32::MAX);
        Sketch { shingles: shingles.into(), words }
    }

    /// The sketch that was kept as its [shingles](Sketch::shingles) and number of
    /// [words](Sketch::words).
    pub fn of_shingles(mut shingles: Vec<u64>, words: usize) -> Sketch {
        shingles.sort_unstable();
        shingles.dedup();
        Sketch { shingles: shingles.into(), words: u32::try_from(words).unwrap_or(u32::MAX) }
    }

    /// The hashes of the shingles, each once, in ascending order.
    pub fn shingles(&self) -> &[u64] {
        &self.shingles
    }

    /// How many words the text has.
    pub fn words(&self) -> usize {
        self.words as usize
    }

    /// The share of the shingles of either that both have: the Jaccard index, from 0 to 1.
    ///
    /// Two texts without words have nothing in common: 0.
    pub fn similarity(&self, other: &Sketch) -> f64 {
        jaccard(self.shared(other), self, other)
    }

    /// The share of the shorter text's shingles that the other one has too, from 0 to 1: near 1
    /// where an article is quoted whole inside a longer one.
    pub fn containment(&self, other: &Sketch) -> f64 {
        match self.shingles.len().min(other.shingles.len()) {
            0 => 0.0,
            smaller => self.shared(other) as f64 / smaller as f64,
        }
    }

    fn shared(&self, other: &Sketch) -> usize {
        shared_at_least(&self.shingles, &other.shingles, 0).unwrap_or(0)
    }

    /// The similarity when it is `threshold` or more.
    pub(crate) fn similarity_from(&self, other: &Sketch, threshold: f64) -> Option<f64> {
        let (a, b) = (self.shingles.len() as f64, other.shingles.len() as f64);
        // J = s / (a + b - s) >= t is the same as s >= t (a + b) / (1 + t); the small allowance is
        // for rounding, and the division below decides.
        let needed = (threshold * (a + b) / (1.0 + threshold) - 1e-6).ceil().max(0.0) as usize;
        let shared = shared_at_least(&self.shingles, &other.shingles, needed)?;
        let similarity = jaccard(shared, self, other);
        (similarity >= threshold).then_some(similarity)
    }
}

fn jaccard(shared: usize, a: &Sketch, b: &Sketch) -> f64 {
    match a.shingles.len() + b.shingles.len() - shared {
        0 => 0.0,
        either => shared as f64 / either as f64,
    }
}

/// How many values two ascending lists share, or nothing as soon as it must stay below `needed`.
fn shared_at_least(mut a: &[u64], mut b: &[u64], needed: usize) -> Option<usize> {
    let mut shared = 0;
    while let ([first_a, rest_a @ ..], [first_b, rest_b @ ..]) = (a, b) {
        if shared + a.len().min(b.len()) < needed {
            return None;
        }
        if first_a <= first_b {
            a = rest_a;
        }
        if first_b <= first_a {
            b = rest_b;
        }
        shared += usize::from(first_a == first_b);
    }
    (shared >= needed).then_some(shared)
}

#[cfg(test)]
mod tests {
    use super::*;
    use corpus_model::{Block, BlockKind, Span};

    #[test]
    fn a_shingle_runs_across_the_border_of_blocks() {
        let whole = Sketch::of_text("một hai ba bốn năm sáu bảy");
        assert_eq!(Sketch::of_parts(["một hai ba", "bốn năm", "", "sáu bảy"]), whole);
        assert_eq!(whole.shingles().len(), 3);
    }

    #[test]
    fn the_headline_and_furniture_are_not_compared() {
        let text = "Tin vắn|Mưa to ở miền núi.|Hà Thu|Chia sẻ";
        let kinds =
            [BlockKind::Title, BlockKind::Paragraph, BlockKind::Byline, BlockKind::Boilerplate];
        let mut start = 0;
        let blocks = kinds.into_iter().zip(text.split('|')).map(|(kind, part)| {
            let span = Span::new(start, start + part.len());
            start = span.end() + 1;
            Block::new(kind, span)
        });
        let document = Document::new("1", text).with_blocks(blocks.collect::<Vec<_>>());
        assert_eq!(Sketch::new(&document), Sketch::of_text("Mưa to ở miền núi. Hà Thu"));
    }

    #[test]
    fn short_texts_are_one_shingle_and_empty_ones_none() {
        assert_eq!(Sketch::of_text("Tin vắn").similarity(&Sketch::of_text("tin  vắn")), 1.0);
        assert_eq!(Sketch::of_text("Tin vắn").similarity(&Sketch::of_text("tin")), 0.0);
        assert_eq!(Sketch::of_text(" \n").similarity(&Sketch::of_text("")), 0.0);
        assert_eq!(Sketch::of_text("").containment(&Sketch::of_text("tin")), 0.0);
    }

    #[test]
    fn tones_and_numbers_count() {
        let number = Sketch::of_text("theo Quyết định 217 hôm nay");
        assert_eq!(number.similarity(&Sketch::of_text("theo Quyết định 218 hôm nay")), 0.0);
        let tone = Sketch::of_text("Bán nhà ở phố cổ");
        assert_eq!(tone.similarity(&Sketch::of_text("Bạn nhà ở phố cổ")), 0.0);
    }

    #[test]
    fn a_quoted_text_is_contained() {
        let short = Sketch::of_text("một hai ba bốn năm sáu");
        let long = Sketch::of_text("không một hai ba bốn năm sáu bảy tám chín mười");
        assert_eq!(short.containment(&long), 1.0);
        assert_eq!(long.containment(&short), 1.0);
        assert!(short.similarity(&long) < 0.5);
    }

    #[test]
    fn words_without_anything_to_see_are_none() {
        let plain = Sketch::of_text("một hai ba bốn năm sáu");
        assert_eq!(Sketch::of_text("một hai \u{200b} ba bốn\u{200b} năm sáu"), plain);
    }

    #[test]
    fn what_came_before_does_not_count() {
        let text = "Hoà Bình hòa bình HOÀ BÌNH hoà bình một hai ba";
        let fresh = std::thread::spawn(move || Sketch::of_text(text)).join().expect("a sketch");
        for n in 0..200_000 {
            Sketch::of_text(&n.to_string());
        }
        assert_eq!(Sketch::of_text(text), fresh);
        assert_eq!(Sketch::of_text(text), fresh);
        // A part may itself come from sketching.
        let nested = text.split(' ').inspect(|word| drop(Sketch::of_text(word)));
        assert_eq!(Sketch::of_parts(nested), fresh);
    }

    #[test]
    fn a_sketch_is_made_again_from_what_was_kept() {
        let sketch = Sketch::of_text("một hai ba bốn năm sáu bảy");
        let mut kept = sketch.shingles().to_vec();
        assert_eq!(Sketch::of_shingles(kept.clone(), sketch.words()), sketch);
        kept.reverse();
        kept.push(kept[0]);
        assert_eq!(Sketch::of_shingles(kept, sketch.words()), sketch);
    }

    #[test]
    fn hashes_never_change() {
        // Sketches may be kept on disk or come from another machine.
        assert_eq!(Sketch::of_text("mưa").shingles(), [4077942444032889548]);
    }
}
