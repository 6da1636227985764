//! [`normalize_document`]: the normal form of a text with everything that points into it.

use corpus_model::{Annotations, Block, Document, Sentence, Word};

use super::{Normalization, normalize};
use crate::edit_map::EditMap;

/// The document with its text in normal form, and the map from the author's text to that.
///
/// Blocks and layers are moved with what they cover; what was taken out whole, such as a word of nothing but
/// zero-width blanks, loses what stood there. Metadata stay as they were stated.
///
/// ```
/// use corpus_model::{Document, Span};
/// use corpus_text::{Normalization, normalize_document};
///
/// let document = Document::new("1", "  Ðảng uỷ xã họp.");
/// let (normal, map) = normalize_document(document, &Normalization::default());
/// let block = normal.blocks().as_slice()[0].span;
/// assert_eq!(&normal[block], "Đảng ủy xã họp.");
/// assert_eq!(map.to_input(block), Span::new(2, 25));
/// ```
pub fn normalize_document(document: Document, options: &Normalization) -> (Document, EditMap) {
    let normal = normalize(document.text(), options);
    if normal.is_unchanged() {
        return (document, EditMap::default());
    }
    let map = normal.map().clone();
    let text = normal.into_text().into_owned();
    let layers = document.annotations().clone();
    let mut moved = Annotations::default();
    moved.sentences =
        layers.sentences.into_iter().map(|it| Sentence { span: map.to_output(it.span) }).collect();
    moved.words =
        layers.words.into_iter().map(|it| Word { span: map.to_output(it.span), ..it }).collect();
    moved.mentions =
        layers.mentions.into_iter().map(|it| it.map_spans(|span| map.to_output(span))).collect();
    let (id, _, mut blocks, metadata) = document.into_parts();
    blocks.iter_mut().for_each(|it: &mut Block| it.span = map.to_output(it.span));
    (Document::from_parts(id, text, blocks, metadata).with_annotations(moved), map)
}

#[cfg(test)]
mod tests {
    use corpus_model::{BlockKind, List, Mention, Sentence, Span, Value, Word, WordKind};

    use super::*;

    #[test]
    fn what_points_into_the_text_moves_with_it() {
        let text = "Hoà\n\nHai uỷ viên: \u{200B}Lê A và Ðỗ B.";
        let at = |what: &str| {
            let start = text.find(what).unwrap();
            Span::new(start, start + what.len())
        };
        let mut layers = Annotations::default();
        layers.sentences = [at("Hai uỷ viên: \u{200B}Lê A và Ðỗ B.")]
            .map(|span| Sentence { span })
            .into_iter()
            .collect();
        layers.words = [at("uỷ viên"), at("\u{200B}"), at("Ðỗ")]
            .map(|span| Word { span, kind: WordKind::Word })
            .into_iter()
            .collect();
        let items = vec![at("Lê A"), at("Ðỗ B")];
        let list =
            List { announced: Some(2), noun: "uỷ viên".to_owned(), items, complete: true };
        layers.mentions = [Mention::new(at("Hai uỷ viên"), list)].into_iter().collect();
        let document = Document::new("1", text)
            .with_blocks([
                Block::new(BlockKind::Title, at("Hoà")),
                Block::new(BlockKind::Paragraph, at("Hai uỷ viên: \u{200B}Lê A và Ðỗ B.")),
            ])
            .with_annotations(layers);
        let (normal, map) = normalize_document(document, &Normalization::default());
        assert_eq!(normal.text(), "Hòa\n\nHai ủy viên: Lê A và Đỗ B.");
        let of = |span: Span| &normal[span];
        let blocks: Vec<&str> = normal.blocks().iter().map(|it| of(it.span)).collect();
        assert_eq!(blocks, ["Hòa", "Hai ủy viên: Lê A và Đỗ B."]);
        let words: Vec<&str> = normal.annotations().words.iter().map(|it| of(it.span)).collect();
        assert_eq!(words, ["ủy viên", "Đỗ"], "the word that was taken out is gone");
        let Value::List(list) = &normal.annotations().mentions.as_slice()[0].value else {
            panic!("a list")
        };
        assert_eq!(list.items.iter().map(|it| of(*it)).collect::<Vec<_>>(), ["Lê A", "Đỗ B"]);
        assert_eq!(&text[map.to_input(list.items[1]).range()], "Ðỗ B");
    }

    #[test]
    fn a_normal_form_stays() {
        let document = Document::new("1", "Đảng ủy họp.");
        let (normal, map) = normalize_document(document.clone(), &Normalization::default());
        assert_eq!(normal, document);
        assert!(map.is_empty());
    }
}
