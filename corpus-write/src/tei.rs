//! TEI: the XML of the humanities.

use corpus_model::{BlockKind, Document, WordKind};

use crate::markup::{attribute, push};
use crate::segmented::{Segment, segments};
use crate::{Format, Layers};

/// TEI P5, a `<teiCorpus>` with a `<TEI>` for each document.
///
/// The header has title, author, site, day, address and identifier. In the text, `<p>` is a
/// paragraph and `<ab type="caption">` any other block, `<s>` a sentence, `<w>` a word, `<num>` a
/// number and `<pc>` a mark of punctuation. White space stands where its author put it; characters
/// that XML does not allow are U+FFFD. Blocks without sentences are written as they are; mentions
/// are not written.
#[derive(Clone, Copy, Debug)]
pub struct Tei;

impl Format for Tei {
    fn name(&self) -> &'static str {
        "tei"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["tei", "xml"]
    }

    fn about(&self) -> &'static str {
        "TEI P5: one XML document with all texts, blocks, sentences and words marked"
    }

    fn needs(&self) -> Layers {
        Layers::WORDS
    }

    fn begin(&self, page: &mut Vec<u8>) {
        page.extend_from_slice(
            b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
              <teiCorpus xmlns=\"http://www.tei-c.org/ns/1.0\">\n\
              <teiHeader><fileDesc><titleStmt><title>Corpus</title></titleStmt>\
              <publicationStmt><p>Converted from its sources.</p></publicationStmt>\
              <sourceDesc><p>Each text names its own source.</p></sourceDesc></fileDesc></teiHeader>\n",
        );
    }

    fn document(&self, document: &Document, page: &mut Vec<u8>) {
        page.extend_from_slice(b"<TEI>\n");
        header(document, page);
        page.extend_from_slice(b"<text><body>\n");
        let segments = segments(document);
        let mut ahead = segments.iter().peekable();
        let text = |start: usize, end: usize| document.text().get(start..end).unwrap_or_default();
        for block in document.blocks() {
            let name: &[u8] = match block.kind {
                BlockKind::Paragraph => b"p",
                _ => b"ab",
            };
            page.push(b'<');
            page.extend_from_slice(name);
            if block.kind != BlockKind::Paragraph {
                attribute("type", block.kind.name(), page);
            }
            page.push(b'>');
            let mut at = block.span.start();
            while let Some(segment) = ahead.next_if(|it| it.span.start() < block.span.end()) {
                // A sentence that reaches out of its block would break the tags.
                if !block.span.contains(segment.span) || segment.span.start() < at {
                    continue;
                }
                push(text(at, segment.span.start()), page);
                sentence(document, segment, page);
                at = segment.span.end();
            }
            push(text(at, block.span.end()), page);
            page.extend_from_slice(b"</");
            page.extend_from_slice(name);
            page.extend_from_slice(b">\n");
        }
        if document.blocks().is_empty() {
            page.extend_from_slice(b"<p/>\n");
        }
        page.extend_from_slice(b"</body></text>\n</TEI>\n");
    }

    fn end(&self, page: &mut Vec<u8>) {
        page.extend_from_slice(b"</teiCorpus>\n");
    }
}

/// A sentence with its words.
fn sentence(document: &Document, segment: &Segment<'_>, page: &mut Vec<u8>) {
    let text = |start: usize, end: usize| document.text().get(start..end).unwrap_or_default();
    page.extend_from_slice(b"<s>");
    let mut at = segment.span.start();
    for word in &segment.words {
        push(text(at, word.span.start()), page);
        at = word.span.end();
        let name: &[u8] = match word.kind {
            WordKind::Punctuation => b"pc",
            WordKind::Number => b"num",
            _ => b"w",
        };
        page.push(b'<');
        page.extend_from_slice(name);
        page.push(b'>');
        push(text(word.span.start(), at), page);
        page.extend_from_slice(b"</");
        page.extend_from_slice(name);
        page.push(b'>');
    }
    push(text(at, segment.span.end()), page);
    page.extend_from_slice(b"</s>");
}

/// The header of a document.
fn header(document: &Document, page: &mut Vec<u8>) {
    let it = &document.metadata;
    let mut element = |open: &str, value: Option<&str>, close: &str| {
        if let Some(value) = value {
            page.extend_from_slice(open.as_bytes());
            push(value, page);
            page.extend_from_slice(close.as_bytes());
        }
    };
    let title = it.title.as_deref().unwrap_or(document.id());
    element("<teiHeader><fileDesc><titleStmt><title>", Some(title), "</title>");
    element("<author>", it.byline.as_deref(), "</author>");
    let site = it.site.as_deref().unwrap_or("unknown");
    element("</titleStmt><publicationStmt><publisher>", Some(site), "</publisher>");
    let published = it.published.map(|when| when.to_string());
    element("<date when-iso=\"", published.as_deref(), "\"/>");
    element("</publicationStmt><sourceDesc><bibl><idno>", Some(document.id()), "</idno>");
    element("<ref target=\"", it.url.as_deref(), "\"/>");
    element("</bibl></sourceDesc></fileDesc></teiHeader>\n", Some(""), "");
}

#[cfg(test)]
mod tests {
    use corpus_model::{Annotations, Block, Sentence, Span, Word};

    use super::*;

    #[test]
    fn blocks_sentences_and_words() {
        let text = "Tin <vắn>\n\nTrời  mưa, 5 mm.";
        let at = |form: &str| {
            let start = text.find(form).unwrap();
            Span::new(start, start + form.len())
        };
        let paragraph = at("Trời  mưa, 5 mm.");
        let mut annotations = Annotations::default();
        annotations.sentences.insert(Sentence { span: paragraph });
        annotations.words = ["Trời  mưa", ",", "5", "mm", "."]
            .map(|form| Word { span: at(form), kind: WordKind::of(form) })
            .into_iter()
            .collect();
        let document = Document::new("1", text)
            .with_blocks([
                Block::new(BlockKind::Title, at("Tin <vắn>")),
                Block::new(BlockKind::Paragraph, paragraph),
            ])
            .with_annotations(annotations);
        let mut page = Vec::new();
        Tei.document(&document, &mut page);
        let page = String::from_utf8(page).unwrap();
        let body = page.split("<body>\n").nth(1).unwrap().split("</body>").next().unwrap();
        assert_eq!(
            body,
            "<ab type=\"title\">Tin &lt;vắn&gt;</ab>\n\
             <p><s><w>Trời  mưa</w><pc>,</pc> <num>5</num> <w>mm</w><pc>.</pc></s></p>\n"
        );
    }
}
