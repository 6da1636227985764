//! JSON Lines: everything that is known of a document, an object a line.

use corpus_model::Document;

use crate::{Format, Layers};

/// Each document an object on a line of its own: `id`, the metadata under their names, `blocks`
/// (`{"kind","span"}`), the layers that it has (`sentences`, `words`, `mentions`) and `text`.
///
/// Spans are `[start, end]`, in bytes. Nothing is lost: the format `jsonl` of `corpus-parse` reads
/// the same document, the file it is read from aside.
#[derive(Clone, Copy, Debug)]
pub struct Jsonl;

impl Format for Jsonl {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson", "json"]
    }

    fn about(&self) -> &'static str {
        "JSON Lines: each document an object with blocks, layers and text; nothing is lost"
    }

    fn holds(&self) -> Layers {
        Layers::ALL
    }

    fn document(&self, document: &Document, page: &mut Vec<u8>) {
        let before = page.len();
        // Our own values have no map keys but strings, and memory takes what it is given.
        match serde_json::to_writer(&mut *page, document) {
            Ok(()) => page.push(b'\n'),
            Err(_) => page.truncate(before),
        }
    }
}

#[cfg(test)]
mod tests {
    use corpus_model::{Annotations, Document, Sentence, Span};

    use super::*;

    #[test]
    fn layers_stand_in_front_of_the_text() {
        let mut annotations = Annotations::default();
        annotations.sentences.insert(Sentence { span: Span::new(0, 12) });
        let document = Document::new("1", "Trời mưa.").with_annotations(annotations);
        let mut page = Vec::new();
        Jsonl.document(&document, &mut page);
        let line = String::from_utf8(page).unwrap();
        assert!(
            line.ends_with(
                "\"blocks\":[{\"kind\":\"paragraph\",\"span\":[0,12]}],\
                 \"sentences\":[{\"span\":[0,12]}],\"text\":\"Trời mưa.\"}\n"
            ),
            "{line}"
        );
    }
}
