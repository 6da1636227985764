//! The blocks of an article: which line is a title, a caption, a byline, page furniture.
//!
//! Nothing marks these parts in copied text, so they are known by form and place, in this order:
//! the head (address, section, date, title, author, lead), the text, and the tail (what stands
//! behind the last sentence: bylines, labels, links). The marks are data: see `data/marks.tsv`.
//!
//! One pass over the lines, and a look at a bounded stretch around each candidate, so the time is
//! linear in the length of the text, also for text made to be slow.

use corpus_model::{Block, BlockKind, Span};

use crate::Record;
use crate::address::{self, Address};
use crate::field_names::state;
use crate::rules::Rules;

mod byline;
mod caption;
mod finder;
pub(crate) mod line;
mod look;
pub(crate) mod marks;
mod sentence;

use finder::{Finder, Head};
use line::{TITLE, is_headline};

/// The blocks of a text without a title of its own: captions, paragraphs, list items, bylines,
/// headings, links and page furniture.
///
/// `title` is the headline, where it is known from elsewhere: names of pictures repeat it.
///
/// ```
/// use corpus_model::BlockKind;
///
/// let text = "Phố Huế sáng nay. (Ảnh: TTXVN)\nTrời mưa từ sáng.\nAn Bình";
/// let kinds: Vec<_> = corpus_parse::blocks(text, None).iter().map(|block| block.kind).collect();
/// assert_eq!(kinds, [BlockKind::Caption, BlockKind::Paragraph, BlockKind::Byline]);
/// ```
pub fn blocks(text: &str, title: Option<&str>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let span = Span::new(0, text.len());
    Finder::new(text, span, title, Rules::default(), &mut blocks).find_body(0);
    blocks
}

/// Fills the blocks of a record whose whole text is a body, and whose title and site are known from
/// elsewhere.
pub(crate) fn of_body(record: &mut Record) {
    let span = Span::new(0, record.text.len());
    let title = record.metadata.title.as_deref();
    let rules = record.rules.of(record.metadata.site.as_deref());
    Finder::new(&record.text, span, title, rules, &mut record.blocks).find_body(0);
}

/// Fills the record of a delimited text, whose address and title are found; the body stands at
/// `span`. Where no dashes frame the title, it is sought in front of the body.
pub(crate) fn of_record_body(record: &mut Record, span: Span, framed: bool) {
    let title = record.metadata.title.take();
    let rules = record.rules.of(record.metadata.site.as_deref());
    let mut finder = Finder::new(&record.text, span, title.as_deref(), rules, &mut record.blocks);
    let from = match framed {
        true => 0,
        false if finder.lines.len() == 1 && is_headline(finder.words(0), TITLE) => {
            // The record breaks off behind its title.
            finder.head.title = finder.push_line(BlockKind::Title, 0);
            1
        }
        false => finder.find_title(0),
    };
    finder.find_body(from);
    let head = finder.head;
    record.metadata.title = title;
    describe(record, head);
}

/// What a page says about a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hint {
    /// What it is.
    Is(BlockKind),
    /// It is a paragraph or what stands behind the last one, and no heading.
    Prose,
    /// Its form decides.
    Open,
}

/// Fills the record of a page from its text; `hints` say what the lines are that begin at these
/// places, in their order, and all that follow up to the next.
pub(crate) fn of_page(record: &mut Record, hints: &[(usize, Hint)]) {
    let span = Span::new(0, record.text.len());
    let title = record.metadata.title.take();
    let rules = record.rules.of(record.metadata.site.as_deref());
    let mut finder = Finder::new(&record.text, span, title.as_deref(), rules, &mut record.blocks);
    let mut hints = hints.iter().peekable();
    let mut hint = Hint::Open;
    for line in &finder.lines {
        while let Some((_, next)) = hints.next_if(|it| it.0 <= line.start) {
            hint = *next;
        }
        finder.hints.push(hint);
    }
    finder.find_body(0);
    let head = finder.head;
    record.metadata.title = title;
    if let (Some(when), None) = (head.date(&record.text), record.metadata.published) {
        state(&mut record.metadata, when);
    }
    record.metadata.byline = byline(&record.text, &record.blocks);
}

/// Fills the record of an article from its text.
pub(crate) fn of_article(record: &mut Record) {
    of_article_at(record, Span::new(0, record.text.len()));
}

/// Fills the record of an article from a part of its text.
pub(crate) fn of_article_at(record: &mut Record, span: Span) {
    let site = address_in_front(&record.text).and_then(|url| Address::parse(url).site);
    let rules = record.rules.of(site.as_deref());
    let mut finder = Finder::new(&record.text, span, None, rules, &mut record.blocks);
    let from = finder.find_head();
    finder.find_body(from);
    let head = finder.head;
    describe(record, head);
}

/// The address that the first line is, where it is one.
fn address_in_front(text: &str) -> Option<&str> {
    let first = text.trim_start_matches('\u{feff}').trim_start().lines().next()?.trim_end();
    address::is_alone(first.as_bytes()).then_some(first)
}

/// Enters what the blocks say into the metadata.
fn describe(record: &mut Record, head: Head) {
    let text = |span: Span| record.text.get(span.range()).map(String::from);
    let metadata = &mut record.metadata;
    if let Some(title) = head.title.and_then(text) {
        metadata.title = Some(title);
    }
    metadata.lead = head.lead.and_then(text);
    if let Some(url) = head.url.and_then(text) {
        Address::parse(&url).describe(metadata);
        metadata.url = Some(url);
    }
    if let (Some(when), None) = (head.date(&record.text), metadata.published) {
        state(metadata, when);
    }
    metadata.byline = byline(&record.text, &record.blocks);
}

/// Who wrote the text: the author where one is named, else the agency; without parentheses.
pub(crate) fn byline(text: &str, blocks: &[Block]) -> Option<String> {
    let mut bylines = blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Byline)
        .filter_map(|block| text.get(block.span.range()));
    let agency = |line: &&str| line.starts_with('(');
    let all: Vec<&str> = bylines.by_ref().collect();
    let chosen = all.iter().find(|line| !agency(line)).or(all.first())?;
    let name = chosen.trim_end_matches('.');
    let name = name.strip_prefix('(').and_then(|it| it.strip_suffix(')')).unwrap_or(chosen);
    Some(name.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Kinds and words of the blocks of a body.
    #[track_caller]
    fn check(text: &str, expected: &[(BlockKind, &str)]) {
        let found = blocks(text, None);
        let found: Vec<_> = found.iter().map(|it| (it.kind, &text[it.span.range()])).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_line_alone_is_a_paragraph() {
        check("An Bình", &[(BlockKind::Paragraph, "An Bình")]);
        check("Tin vắn", &[(BlockKind::Paragraph, "Tin vắn")]);
    }

    #[test]
    fn an_agency_signs_behind_the_text() {
        check(
            "Trời mưa.\nĐường trơn./. (TTXVN)",
            &[
                (BlockKind::Paragraph, "Trời mưa."),
                (BlockKind::Paragraph, "Đường trơn./."),
                (BlockKind::Byline, "(TTXVN)"),
            ],
        );
    }

    #[test]
    fn links_end_where_the_text_goes_on() {
        check(
            "Trời mưa.\nTin liên quan\nCầu mới ở Huế\nĐường trơn, xe đi chậm.\nCầu đã thông xe.",
            &[
                (BlockKind::Paragraph, "Trời mưa."),
                (BlockKind::Boilerplate, "Tin liên quan"),
                (BlockKind::RelatedLink, "Cầu mới ở Huế"),
                (BlockKind::Paragraph, "Đường trơn, xe đi chậm."),
                (BlockKind::Paragraph, "Cầu đã thông xe."),
            ],
        );
    }

    #[test]
    fn a_picture_named_like_a_heading_is_a_caption() {
        check(
            "Trời mưa.\nẢnh: AFP\nĐường trơn.",
            &[
                (BlockKind::Paragraph, "Trời mưa."),
                (BlockKind::Caption, "Ảnh: AFP"),
                (BlockKind::Paragraph, "Đường trơn."),
            ],
        );
    }
}
