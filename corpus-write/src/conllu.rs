//! CoNLL-U: a word a line, as treebanks have it.
//!
//! Universal Dependencies know no word with a line end in it and no text between sentences, so what
//! white space stood there is written in the last column, in the way of UDPipe: `SpaceAfter=No`,
//! `SpacesAfter=\n\n`, `SpacesBefore`, `SpacesInToken`. A reader that knows these has the text back
//! byte for byte; any other has the words.

use std::io::Write as _;
use std::ops::Range;

use corpus_model::{BlockKind, Document, Span, Word, WordKind};

use crate::segmented::{Segment, segments};
use crate::{Format, Layers};

/// Sentences and words in ten columns, of which the first, the form and the last are known.
///
/// A document begins with `# newdoc id`, what is known of it follows as `# meta::url` and the like;
/// a block with `# newpar`, and with `# block = title` where it is no paragraph. What lies in no
/// sentence (addresses, bylines, page furniture) and documents without words are not written;
/// mentions are not either.
#[derive(Clone, Copy, Debug)]
pub struct Conllu;

impl Format for Conllu {
    fn name(&self) -> &'static str {
        "conllu"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["conllu", "conll"]
    }

    fn about(&self) -> &'static str {
        "CoNLL-U: sentences and words, for tools that read treebanks"
    }

    fn needs(&self) -> Layers {
        Layers::WORDS
    }

    fn document(&self, document: &Document, page: &mut Vec<u8>) {
        let segments = segments(document);
        // White space in front of the first word belongs to it, all other to the word before.
        let mut front = 0;
        for (i, segment) in segments.iter().enumerate() {
            if i == 0 {
                comment("newdoc id", document.id(), page);
                metadata(document, page);
            }
            if segment.begins_block {
                page.extend_from_slice(b"# newpar\n");
                if segment.kind != BlockKind::Paragraph {
                    comment("block", segment.kind.name(), page);
                }
            }
            // Writing to memory cannot fail.
            page.extend_from_slice(b"# sent_id = ");
            flat(document.id(), page);
            let _ = write!(page, "-{}\n# text = ", i + 1);
            flat(document.get(segment.span).unwrap_or_default(), page);
            page.push(b'\n');
            let next = segments.get(i + 1);
            let (end, behind) = match next.map(|it| (it, it.words.first())) {
                Some((next, Some(word))) if next.begins_block => (word.span.start(), Behind::Block),
                Some((_, Some(word))) => (word.span.start(), Behind::Word),
                _ => (document.text().len(), Behind::Nothing),
            };
            words(document, segment, front..end, behind, page);
            front = end;
        }
    }
}

/// What is known of a document, a comment each.
fn metadata(document: &Document, page: &mut Vec<u8>) {
    let it = &document.metadata;
    let published = it.published.map(|when| when.to_string());
    for (name, value) in [
        ("meta::url", it.url.as_deref()),
        ("meta::title", it.title.as_deref()),
        ("meta::lead", it.lead.as_deref()),
        ("meta::byline", it.byline.as_deref()),
        ("meta::published", published.as_deref()),
        ("meta::language", it.language.as_deref()),
    ] {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            comment(name, value, page);
        }
    }
}

fn comment(name: &str, value: &str, page: &mut Vec<u8>) {
    page.extend_from_slice(b"# ");
    page.extend_from_slice(name.as_bytes());
    page.extend_from_slice(b" = ");
    flat(value, page);
    page.push(b'\n');
}

/// What follows a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Behind {
    /// Another word of its block.
    Word,
    /// Another block.
    Block,
    /// Nothing of the document.
    Nothing,
}

/// The lines of a sentence's words, which lie in `all`: what stands there in front of them or behind
/// is theirs too.
fn words(
    document: &Document,
    segment: &Segment<'_>,
    all: Range<usize>,
    behind: Behind,
    page: &mut Vec<u8>,
) {
    let between = |start, end| document.text().get(start..end).unwrap_or_default();
    for (i, word) in segment.words.iter().enumerate() {
        let form = between(word.span.start(), word.span.end());
        let (next, behind) = match segment.words.get(i + 1) {
            Some(next) => (next.span.start(), Behind::Word),
            None => (all.end, behind),
        };
        row(i + 1, form, page);
        let mut attributes = Attributes { page, any: false };
        if i == 0 && all.start == 0 {
            let before = white(between(0, word.span.start()));
            if !before.is_empty() {
                attributes.escaped("SpacesBefore", &before);
            }
        }
        // What every reader takes for granted is not written: a blank between two words, and nothing
        // at the end.
        match (white(between(word.span.end(), next)).as_str(), behind) {
            (" ", Behind::Word) | ("", Behind::Nothing) => {}
            ("", _) => attributes.add("SpaceAfter", "No"),
            (gap, _) => attributes.escaped("SpacesAfter", gap),
        }
        if !is_plain(form) {
            attributes.escaped("SpacesInToken", form);
        }
        if WordKind::of(form) != word.kind {
            attributes.add("WordKind", word.kind.name());
        }
        if !attributes.any {
            page.push(b'_');
        }
        page.push(b'\n');
    }
    page.push(b'\n');
}

/// The white space of a gap; what else stands there is in no word and not written.
fn white(gap: &str) -> String {
    gap.chars().filter(|c| c.is_whitespace()).collect()
}

/// The first nine columns of a word.
fn row(number: usize, form: &str, page: &mut Vec<u8>) {
    let _ = write!(page, "{number}\t");
    let before = page.len();
    flat(form, page);
    if page.len() == before {
        // The column must not be empty; the form stands in the last.
        page.extend_from_slice("\u{fffd}".as_bytes());
    }
    page.extend_from_slice(b"\t_\t_\t_\t_\t_\t_\t_\t");
}

/// Whether a form is written as it is.
fn is_plain(form: &str) -> bool {
    let mut page = Vec::new();
    flat(form, &mut page);
    page == form.as_bytes() && !page.is_empty()
}

/// The attributes of the last column.
struct Attributes<'a> {
    page: &'a mut Vec<u8>,
    any: bool,
}

impl Attributes<'_> {
    fn begin(&mut self, name: &str) {
        if self.any {
            self.page.push(b'|');
        }
        self.any = true;
        self.page.extend_from_slice(name.as_bytes());
        self.page.push(b'=');
    }

    fn add(&mut self, name: &str, value: &str) {
        self.begin(name);
        self.page.extend_from_slice(value.as_bytes());
    }

    fn escaped(&mut self, name: &str, text: &str) {
        self.begin(name);
        escape(text, self.page);
    }
}

/// Characters as UDPipe escapes them in the last column; other white space and control characters
/// by their number.
fn escape(text: &str, page: &mut Vec<u8>) {
    let mut bytes = [0; 4];
    for letter in text.chars() {
        let written = match letter {
            ' ' => "\\s",
            '\t' => "\\t",
            '\r' => "\\r",
            '\n' => "\\n",
            '|' => "\\p",
            '\\' => "\\\\",
            letter if letter.is_control() || letter.is_whitespace() => {
                let _ = write!(page, "\\u{{{:x}}}", u32::from(letter));
                continue;
            }
            letter => letter.encode_utf8(&mut bytes),
        };
        page.extend_from_slice(written.as_bytes());
    }
}

/// Appends a sentence of which the words are known, the `number`th of its document; nothing for one
/// without words, which the format does not know.
///
/// For those who write sentence by sentence and have attributes of their own: `attributes` appends
/// those of a word to the last column, with a bar behind each. White space is one blank here, and
/// documents of the format `lines` are not told apart.
pub fn sentence(
    document: &Document,
    span: Span,
    number: usize,
    words: &[Word],
    mut attributes: impl FnMut(&Word, &mut Vec<u8>),
    page: &mut Vec<u8>,
) {
    if words.is_empty() {
        return;
    }
    let is_line = document.metadata.format.as_deref() == Some("lines");
    if number == 1 && !is_line {
        comment("newdoc id", document.id(), page);
    }
    page.extend_from_slice(b"# sent_id = ");
    flat(document.id(), page);
    // Writing to memory cannot fail.
    let _ = write!(page, "-{number}\n# text = ");
    flat(document.get(span).unwrap_or_default(), page);
    page.push(b'\n');
    for (i, word) in words.iter().enumerate() {
        row(i + 1, document.get(word.span).unwrap_or_default(), page);
        let behind = document.text().get(word.span.end()..).and_then(|rest| rest.chars().next());
        let glued = behind.is_some_and(|c| !c.is_whitespace());
        let last = page.len();
        attributes(word, page);
        match (glued, page.len() > last) {
            (true, _) => page.extend_from_slice(b"SpaceAfter=No"),
            (false, true) => _ = page.pop(),
            (false, false) => page.push(b'_'),
        }
        page.push(b'\n');
    }
    page.push(b'\n');
}

/// Text on one line, without tabs: runs of white space as one blank, control characters as U+FFFD.
fn flat(text: &str, page: &mut Vec<u8>) {
    let mut letters = [0; 4];
    for (i, part) in text.split_whitespace().enumerate() {
        if i > 0 {
            page.push(b' ');
        }
        if !part.contains(char::is_control) {
            page.extend_from_slice(part.as_bytes());
            continue;
        }
        for c in part.chars() {
            let c = if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
            page.extend_from_slice(c.encode_utf8(&mut letters).as_bytes());
        }
    }
}

#[cfg(test)]
mod tests;
