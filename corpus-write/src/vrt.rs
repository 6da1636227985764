//! VRT: the vertical format of corpus servers, a word a line between structural tags.

use corpus_model::Document;

use crate::markup::{attribute, push_flat};
use crate::segmented::segments;
use crate::{Format, Layers};

/// The vertical format that CWB, Sketch Engine and BlackLab build an index of.
///
/// `<text>` has what is known of a document as attributes, `<p>` is a block with its kind as `type`,
/// `<s>` a sentence, and `<g/>` stands between words that no blank parts. A line has two columns: the
/// word, its syllables apart by blanks, and its kind (`word`, `number`, `symbol`, `punctuation`,
/// `other`). `& < > "` are written as entities everywhere.
///
/// White space is not kept beyond `<g/>`. What lies in no sentence, mentions, and documents without
/// words are not written.
///
/// For CWB: `cwb-encode -xsB -c utf8 -d DATA -R REGISTRY -f FILE -P kind -S
/// text:0+id+url+site+title+byline+published+language -S p:0+type -S s:0 -0 g`.
#[derive(Clone, Copy, Debug)]
pub struct Vrt;

impl Format for Vrt {
    fn name(&self) -> &'static str {
        "vrt"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["vrt", "vert"]
    }

    fn about(&self) -> &'static str {
        "VRT: a word a line between tags, for CWB, Sketch Engine and BlackLab"
    }

    fn needs(&self) -> Layers {
        Layers::WORDS
    }

    fn document(&self, document: &Document, page: &mut Vec<u8>) {
        let segments = segments(document);
        if segments.is_empty() {
            return;
        }
        text_tag(document, page);
        for (i, segment) in segments.iter().enumerate() {
            if segment.begins_block {
                if i > 0 {
                    page.extend_from_slice(b"</p>\n");
                }
                page.extend_from_slice(b"<p");
                attribute("type", segment.kind.name(), page);
                page.extend_from_slice(b">\n");
            }
            page.extend_from_slice(b"<s>\n");
            let mut end = None;
            for word in &segment.words {
                if end == Some(word.span.start()) {
                    page.extend_from_slice(b"<g/>\n");
                }
                end = Some(word.span.end());
                let before = page.len();
                push_flat(document.get(word.span).unwrap_or_default(), page);
                if page.len() == before {
                    page.extend_from_slice("\u{fffd}".as_bytes());
                }
                page.push(b'\t');
                page.extend_from_slice(word.kind.name().as_bytes());
                page.push(b'\n');
            }
            page.extend_from_slice(b"</s>\n");
        }
        page.extend_from_slice(b"</p>\n</text>\n");
    }
}

/// The tag that begins a document.
fn text_tag(document: &Document, page: &mut Vec<u8>) {
    let it = &document.metadata;
    let published = it.published.map(|when| when.to_string());
    page.extend_from_slice(b"<text");
    attribute("id", document.id(), page);
    for (name, value) in [
        ("url", it.url.as_deref()),
        ("site", it.site.as_deref()),
        ("title", it.title.as_deref()),
        ("lead", it.lead.as_deref()),
        ("byline", it.byline.as_deref()),
        ("published", published.as_deref()),
        ("language", it.language.as_deref()),
    ] {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            attribute(name, value, page);
        }
    }
    page.extend_from_slice(b">\n");
}

#[cfg(test)]
mod tests {
    use corpus_model::{Annotations, Sentence, Span, Word, WordKind};

    use super::*;

    #[test]
    fn tags_words_and_glue() {
        let text = "“Lãi < 5%”\nTin";
        let at = |form: &str| {
            let start = text.find(form).unwrap();
            Span::new(start, start + form.len())
        };
        let mut annotations = Annotations::default();
        annotations.sentences =
            [at("“Lãi < 5%”"), at("Tin")].map(|span| Sentence { span }).into_iter().collect();
        annotations.words = ["“", "Lãi", "<", "5%", "”", "Tin"]
            .map(|form| Word { span: at(form), kind: WordKind::of(form) })
            .into_iter()
            .collect();
        let mut document = Document::new("1 & \"2\"", text).with_annotations(annotations);
        document.metadata.url = Some("https://tin.example/?a=1&b=2".into());
        let mut page = Vec::new();
        Vrt.document(&document, &mut page);
        let expected = "\
<text id=\"1 &amp; &quot;2&quot;\" url=\"https://tin.example/?a=1&amp;b=2\">
<p type=\"paragraph\">
<s>
“\tpunctuation
<g/>
Lãi\tword
&lt;\tpunctuation
5%\tnumber
<g/>
”\tpunctuation
</s>
<s>
Tin\tword
</s>
</p>
</text>
";
        assert_eq!(String::from_utf8(page).unwrap(), expected);
    }
}
