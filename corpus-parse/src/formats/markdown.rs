//! Markdown: headings, paragraphs, lists and pictures as blocks of the text.

use corpus_model::{Block, BlockKind, Span};

use crate::blocks::{self, Hint, line};
use crate::field_names::state;
use crate::{Format, ParseError, Parser, Record, Source, published};

/// A page in Markdown as one document.
///
/// The text is the page as it is written, marks included. The first heading of its level is the
/// title, texts of pictures are captions, code and tags are page furniture, and lines `name: value`
/// between dashes in front are metadata. Emphasis and links inside a paragraph stay as they are.
#[derive(Clone, Copy, Debug)]
pub struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["md", "markdown", "mkd"]
    }

    fn about(&self) -> &'static str {
        "a page in Markdown: headings, paragraphs, lists and pictures"
    }

    fn parser(&self) -> Box<dyn Parser> {
        Box::new(MarkdownParser)
    }
}

struct MarkdownParser;

impl Parser for MarkdownParser {
    fn parse(&mut self, source: &mut Source<'_>, record: &mut Record) -> Result<bool, ParseError> {
        if !source.read_to_end()? {
            return Ok(false);
        }
        let text = source.text();
        if text.trim_start_matches('\u{feff}').trim().is_empty() {
            return Ok(false);
        }
        record.text.push_str(text);
        let page = Page::of(&record.text);
        for (name, value) in page.fields {
            enter(record, &name, value);
        }
        if let Some(title) = page.title {
            record.metadata.title = record.text.get(title.range()).map(String::from);
        }
        let byline = record.metadata.byline.take();
        blocks::of_page(record, &page.hints);
        if byline.is_some() {
            record.metadata.byline = byline;
        }
        let found = std::mem::take(&mut record.blocks);
        for block in found {
            push_without_marks(record, block);
        }
        Ok(true)
    }
}

/// Enters what the head of a page states.
fn enter(record: &mut Record, name: &str, value: String) {
    let metadata = &mut record.metadata;
    match name.to_lowercase().as_str() {
        "title" => metadata.title = Some(value),
        "author" | "authors" | "byline" => metadata.byline = Some(value),
        "url" | "link" | "canonical" => {
            crate::address::Address::parse(&value).describe(metadata);
            metadata.url = Some(value);
        }
        "lang" | "language" => metadata.language = Some(value),
        "date" | "published" | "pubdate" if published::from_field(&value).is_some() => {
            if let Some(when) = published::from_field(&value) {
                state(metadata, when);
            }
        }
        name => {
            metadata.extra.insert(name.to_owned(), value);
        }
    }
}

/// What the lines of a page are.
#[derive(Default)]
struct Page {
    hints: Vec<(usize, Hint)>,
    fields: Vec<(String, String)>,
    title: Option<Span>,
}

impl Page {
    fn of(text: &str) -> Page {
        let mut page = Page::default();
        let lines = line::lines(text, Span::new(0, text.len()));
        let words = |n: usize| {
            lines.get(n).and_then(|line| text.get(line.start..line.end)).unwrap_or_default()
        };
        let mut n = page.head(text, &lines);
        let mut fence: Option<&str> = None;
        while let Some(line) = lines.get(n) {
            let (start, words_here) = (line.start, words(n));
            let marks = |mark: char| words_here.chars().take_while(|c| *c == mark).count();
            let mut push = |kind: BlockKind| page.hints.push((start, Hint::Is(kind)));
            if let Some(open) = fence {
                push(BlockKind::Boilerplate);
                if words_here.starts_with(open) {
                    fence = None;
                }
            } else if let Some(open) =
                ["```", "~~~"].into_iter().find(|it| words_here.starts_with(it))
            {
                fence = Some(open);
                push(BlockKind::Boilerplate);
            } else if (1..=6).contains(&marks('#'))
                && words_here.get(marks('#')..).is_some_and(|it| it.starts_with(' '))
            {
                let level = marks('#');
                page.heading(text, *line, level);
            } else if is_underline(words(n + 1))
                && lines.get(n + 1).is_some_and(|it| !it.apart)
                && line::has_letters(words_here)
            {
                let level = if words(n + 1).starts_with('=') { 1 } else { 2 };
                page.heading(text, *line, level);
                n += 1;
            } else if picture(words_here).is_some() {
                push(BlockKind::Caption);
            } else if is_markup(words_here) {
                push(BlockKind::Boilerplate);
            } else if words_here.starts_with(['|', '>']) {
                push(BlockKind::Paragraph);
            } else {
                page.hints.push((start, Hint::Prose));
            }
            n += 1;
        }
        page
    }

    /// Takes the lines `name: value` between dashes in front; the line where the page begins.
    fn head(&mut self, text: &str, lines: &[line::Line]) -> usize {
        let words = |line: &line::Line| {
            text.get(line.start..line.end).unwrap_or_default().trim_start_matches('\u{feff}')
        };
        if lines.first().map(words) != Some("---") {
            return 0;
        }
        let inside = lines.iter().skip(1).take(200);
        let Some(end) = inside.clone().position(|line| matches!(words(line), "---" | "...")) else {
            return 0;
        };
        for line in inside.take(end) {
            self.hints.push((line.start, Hint::Is(BlockKind::Boilerplate)));
            if let Some((name, value)) = words(line).split_once(':') {
                let value = value.trim().trim_matches(['"', '\'']);
                let named = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
                if named && !name.is_empty() && !value.is_empty() {
                    self.fields.push((name.to_owned(), value.to_owned()));
                }
            }
        }
        end + 2
    }

    fn heading(&mut self, text: &str, line: line::Line, level: usize) {
        let first = level == 1 && self.title.is_none();
        let kind = if first { BlockKind::Title } else { BlockKind::Heading };
        self.hints.push((line.start, Hint::Is(kind)));
        if first {
            self.title = Some(without_marks(text, Span::new(line.start, line.end)));
        }
    }
}

/// Whether a line is the rule under a heading.
fn is_underline(words: &str) -> bool {
    words.len() >= 2 && (words.bytes().all(|b| b == b'=') || words.bytes().all(|b| b == b'-'))
}

/// The text of the picture that a line is, and where it stands there: `![text](address)`.
fn picture(words: &str) -> Option<(usize, usize)> {
    let inside = words.strip_prefix("![")?;
    let end = inside.find("](")?;
    (words.ends_with(')') && !inside.get(..end)?.trim().is_empty()).then_some((2, 2 + end))
}

/// Whether a line is a tag, a picture without a text, or the address of a link.
fn is_markup(words: &str) -> bool {
    let tag = words.starts_with('<') && words.ends_with('>');
    let reference = words.starts_with('[')
        && words.split_once("]:").is_some_and(|(_, it)| it.trim_start().starts_with("http"));
    let picture = words.starts_with("![") && words.ends_with(')') && picture(words).is_none();
    tag || reference || picture
}

/// A part without the marks in front of it and behind it: those of headings and quotations.
fn without_marks(text: &str, span: Span) -> Span {
    let words = text.get(span.range()).unwrap_or_default();
    let bare = words.trim_start_matches(['#', '>', ' ']);
    let start = span.end() - bare.len();
    Span::new(start, start + bare.trim_end_matches(['#', ' ']).len())
}

/// Adds a block without its marks.
fn push_without_marks(record: &mut Record, block: Block) {
    let words = record.text.get(block.span.range()).unwrap_or_default();
    let start = block.span.start();
    match block.kind {
        BlockKind::Caption => match picture(words) {
            Some((from, to)) => {
                record.block(BlockKind::Caption, Span::new(start + from, start + to));
                record.block(BlockKind::Boilerplate, Span::new(start + to, block.span.end()));
            }
            None => record.blocks.push(block),
        },
        BlockKind::Title | BlockKind::Heading => {
            record.block(block.kind, without_marks(&record.text, block.span));
        }
        _ if words.starts_with('>') => {
            record.block(block.kind, without_marks(&record.text, block.span));
        }
        BlockKind::Paragraph if goes_on(record, block) => {
            if let Some(last) = record.blocks.last_mut() {
                last.span = Span::new(last.span.start(), block.span.end());
            }
        }
        _ => record.blocks.push(block),
    }
}

/// Whether a paragraph goes on the one in front of it, on the next line: no blank line parts them.
fn goes_on(record: &Record, block: Block) -> bool {
    let Some(last) = record.blocks.last() else { return false };
    let text = |span: Span| record.text.get(span.range()).unwrap_or_default();
    let between = text(Span::new(last.span.end(), block.span.start()));
    matches!(last.kind, BlockKind::Paragraph | BlockKind::ListItem)
        && between.trim().is_empty()
        && between.matches('\n').count() == 1
        && !text(last.span).starts_with('|')
        && !text(block.span).starts_with('|')
}

#[cfg(test)]
mod tests {
    crate::conformance!(super::Markdown);
}
