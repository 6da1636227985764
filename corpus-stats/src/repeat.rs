//! Which paragraphs stand in several documents: what was taken over, and what a site prints everywhere.

use corpus_model::{Document, Span};
use xxhash_rust::xxh3::xxh3_64;

use crate::fold;
use crate::key_cache::with_key_cache;

/// A paragraph as it is compared: by its words, as a [`Sketch`](crate::Sketch) compares them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Passage {
    /// Where it stands in its document.
    pub span: Span,
    /// A hash of its words that is the same on every machine; two paragraphs with the same words
    /// have the same, and others as good as never.
    pub hash: u64,
}

/// The paragraphs of a document that have at least so many words, in text order: all blocks but the
/// address, the headline and page furniture.
///
/// ```
/// use corpus_model::Document;
///
/// let one = Document::new("1", "Sáng nay trời mưa to ở miền núi.");
/// let other = Document::new("2", "sáng nay  trời mưa to ở miền núi.");
/// assert_eq!(corpus_stats::passages(&one, 5)[0].hash, corpus_stats::passages(&other, 5)[0].hash);
/// assert_eq!(corpus_stats::passages(&one, 9), []);
/// ```
pub fn passages(document: &Document, fewest_words: usize) -> Vec<Passage> {
    let mut words: Vec<[u8; 8]> = Vec::new();
    let blocks = fold::compared(document).filter_map(|block| {
        let text = document.get(block.span)?;
        words.clear();
        with_key_cache(|cache| {
            let hashes = text.split_whitespace().filter_map(|word| cache.key_hash(word));
            words.extend(hashes.map(u64::to_le_bytes));
        });
        let long_enough = words.len() >= fewest_words.max(1);
        long_enough.then(|| Passage { span: block.span, hash: xxh3_64(words.as_flattened()) })
    });
    blocks.collect()
}

/// Which paragraphs stand in several documents, in 32 bytes for each paragraph.
///
/// ```
/// use corpus_model::Document;
/// use corpus_stats::{Repeats, passages};
///
/// let texts = ["Trời mưa to ở miền núi.", "Lúa được giá.", "Trời mưa to ở miền núi."];
/// let mut repeats = Repeats::default();
/// for (place, text) in texts.iter().enumerate() {
///     repeats.add(place, &passages(&Document::new("", *text), 3));
/// }
/// let places: Vec<usize> = repeats.finish()[0].iter().map(|it| it.document).collect();
/// assert_eq!(places, [0, 2]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Repeats {
    all: Vec<(u64, Occurrence)>,
}

/// Where a repeated paragraph stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Occurrence {
    /// The document, as it was numbered.
    pub document: usize,
    /// The paragraph in it.
    pub span: Span,
}

impl Repeats {
    /// Adds the paragraphs of a document.
    pub fn add(&mut self, document: usize, passages: &[Passage]) {
        let occurrences =
            passages.iter().map(|it| (it.hash, Occurrence { document, span: it.span }));
        self.all.extend(occurrences);
    }

    /// Adds what another has gathered, of other documents.
    pub fn merge(&mut self, other: &Repeats) {
        self.all.extend_from_slice(&other.all);
    }

    /// The paragraphs that stand in more than one document, each with all its places; those first
    /// whose first place is first.
    pub fn finish(mut self) -> Vec<Vec<Occurrence>> {
        self.all.sort_unstable();
        let several = |group: &&[(u64, Occurrence)]| {
            let document = |it: Option<&(u64, Occurrence)>| it.map(|it| it.1.document);
            document(group.first()) != document(group.last())
        };
        let mut groups: Vec<Vec<Occurrence>> = self
            .all
            .chunk_by(|a, b| a.0 == b.0)
            .filter(several)
            .map(|group| group.iter().map(|it| it.1).collect())
            .collect();
        groups.sort_unstable();
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use corpus_model::{Block, BlockKind};

    fn document(parts: &[&str]) -> Document {
        let text = parts.join("\n");
        let mut start = 0;
        let blocks: Vec<Block> = parts
            .iter()
            .enumerate()
            .map(|(n, part)| {
                let kind = if n == 0 { BlockKind::Title } else { BlockKind::Paragraph };
                let span = Span::new(start, start + part.len());
                start = span.end() + 1;
                Block::new(kind, span)
            })
            .collect();
        Document::new("1", text).with_blocks(blocks)
    }

    #[test]
    fn paragraphs_are_found_in_whatever_order_documents_come() {
        let notice = "Mời bạn đọc theo dõi tin tức hằng ngày tại đây.";
        let documents = [
            document(&["Tin", "Mưa to ở miền núi phía bắc sáng nay.", notice]),
            document(&["Tin", notice, "MƯA TO ở miền núi phía Bắc sáng nay."]),
            document(&["Tin", "Lúa được mùa ở đồng bằng sông lớn.", notice, notice]),
        ];
        let mut repeats = Repeats::default();
        let mut other = Repeats::default();
        for place in [2, 0] {
            other.add(place, &passages(&documents[place], 5));
        }
        repeats.add(1, &passages(&documents[1], 5));
        repeats.merge(&other);
        let groups = repeats.finish();
        let places: Vec<Vec<usize>> =
            groups.iter().map(|group| group.iter().map(|it| it.document).collect()).collect();
        assert_eq!(places, [vec![0, 1], vec![0, 1, 2, 2]]);
        assert_eq!(&documents[2][groups[1][3].span], notice);
    }

    #[test]
    fn a_headline_and_what_stands_once_is_no_repeat() {
        let one =
            document(&["Tin vắn trong ngày hôm nay", "Một hai ba bốn năm.", "Một hai ba bốn năm."]);
        let other = document(&["Tin vắn trong ngày hôm nay", "Sáu bảy tám chín mười."]);
        let mut repeats = Repeats::default();
        repeats.add(0, &passages(&one, 3));
        repeats.add(1, &passages(&other, 3));
        assert_eq!(repeats.finish(), [[]; 0]);
    }
}
