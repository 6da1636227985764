//! [`Finder`]: one pass over the lines of a text, which gives each its kind.

use std::ops::Range;

use corpus_model::{Block, BlockKind, Span};

use super::line::{
    HEADING, Line, SHORT, has_letters, is_furniture, is_headline, is_label, is_link, is_prose,
    is_text, item_mark, lines,
};
use super::look::{Look, Looks};
use super::{Hint, byline, caption, sentence};
use crate::rules::Rules;

/// So many lines at the front may be in the way of the title: address, sections, date.
const HEAD_LINES: usize = 8;

mod head;

pub(super) use head::Head;

pub(super) struct Finder<'t, 'b> {
    text: &'t str,
    pub(super) lines: Vec<Line>,
    /// What is known about the lines from elsewhere; nothing of those behind the last.
    pub(super) hints: Vec<Hint>,
    /// What the rules of the site or format say of the lines; empty where there are none.
    ruled: Vec<Option<BlockKind>>,
    title: Option<&'t str>,
    blocks: &'b mut Vec<Block>,
    pub(super) head: Head,
    captions: Vec<Range<usize>>,
}

impl<'t, 'b> Finder<'t, 'b> {
    pub(super) fn new(
        text: &'t str,
        span: Span,
        title: Option<&'t str>,
        rules: Rules<'_>,
        blocks: &'b mut Vec<Block>,
    ) -> Finder<'t, 'b> {
        let title = title.filter(|title| title.len() >= 8);
        let mut lines = lines(text, span);
        blocks.reserve(lines.len());
        let ruled = if rules.is_empty() { Vec::new() } else { rules.apply(text, &mut lines) };
        Finder {
            text,
            lines,
            hints: Vec::new(),
            ruled,
            title,
            blocks,
            head: Head::default(),
            captions: Vec::new(),
        }
    }

    /// The words of a line; an empty string behind the last.
    pub(super) fn words(&self, n: usize) -> &'t str {
        self.lines.get(n).and_then(|line| self.text.get(line.start..line.end)).unwrap_or_default()
    }

    fn push(&mut self, kind: BlockKind, start: usize, end: usize) {
        let part = self.text.get(start..end).unwrap_or_default();
        let words = part.trim_start();
        let start = start + part.len() - words.len();
        let span = Span::new(start, start + words.trim_end().len());
        if !span.is_empty() {
            self.blocks.push(Block::new(kind, span));
        }
    }

    pub(super) fn push_line(&mut self, kind: BlockKind, n: usize) -> Option<Span> {
        let line = *self.lines.get(n)?;
        // It has no blanks at its ends, and is not empty.
        let span = Span::new(line.start, line.end);
        self.blocks.push(Block::new(kind, span));
        Some(span)
    }

    /// What the rules of the site or format say of this line.
    fn ruled(&self, n: usize) -> Option<BlockKind> {
        self.ruled.get(n).copied().flatten()
    }

    /// Pushes a line of which the rules say what it is.
    fn push_ruled(&mut self, kind: BlockKind, n: usize) {
        let span = self.push_line(kind, n);
        let head = &mut self.head;
        let known = match kind {
            BlockKind::Url => &mut head.url,
            BlockKind::Title => &mut head.title,
            BlockKind::Lead => &mut head.lead,
            BlockKind::Dateline => &mut head.date,
            _ => return,
        };
        *known = known.or(span);
    }

    /// Finds the blocks from this line on.
    pub(super) fn find_body(&mut self, from: usize) {
        let tail = self.tail(from);
        let first = from;
        let mut in_links = false;
        let mut last_kind = None;
        let mut looks = Looks::new(self.text);
        let mut n = from;
        while n < self.lines.len() {
            if let Some(kind) = self.ruled(n) {
                self.push_ruled(kind, n);
                // What a rule says of a label is no word about the links under it.
                let words = self.words(n);
                let link = kind == BlockKind::RelatedLink;
                let label = (link && words.ends_with(':')) || is_label(words);
                in_links = !kind.is_content() && (label || (link && in_links));
                last_kind = Some(kind);
                n += 1;
                continue;
            }
            let words = self.words(n);
            let look = self
                .lines
                .get(n)
                .map_or_else(|| Look::at(words), |line| looks.at(Span::new(line.start, line.end)));
            // So most lines are, and so they stay where nothing else is known of them.
            let amid = n >= first + 3 && n + 1 < tail && !in_links;
            if amid && self.hints.is_empty() && is_prose(words, look) {
                last_kind = Some(BlockKind::Paragraph);
                self.push_line(BlockKind::Paragraph, n);
                n += 1;
                continue;
            }
            let kind = self.classify(n, look, n >= tail, in_links, last_kind);
            last_kind = kind;
            in_links = match kind {
                Some(BlockKind::Boilerplate) => is_label(words) || in_links,
                Some(BlockKind::RelatedLink) => in_links,
                _ => false,
            };
            match kind {
                Some(kind @ (BlockKind::Paragraph | BlockKind::ListItem)) => {
                    let last = self.join(n, tail);
                    let plain = look.plain && last == n;
                    let (front, end) = (n < first + 3, last + 1 >= tail);
                    match plain && !front && !end {
                        // Nothing can stand in it.
                        true => _ = self.push_line(kind, n),
                        false => self.running_text(kind, n..last, plain, front, end),
                    }
                    n = last;
                }
                Some(BlockKind::Dateline) if n < tail => {
                    let date = self.push_line(BlockKind::Dateline, n);
                    self.head.date = self.head.date.or(date);
                }
                Some(kind) => {
                    self.push_line(kind, n);
                }
                None => {}
            }
            n += 1;
        }
    }

    /// The line where the tail begins: everything behind the last sentence.
    fn tail(&self, from: usize) -> usize {
        let is_tail = |n: usize| {
            if let Some(kind) = self.ruled(n) {
                return !kind.is_content();
            }
            let words = self.words(n);
            words.len() <= SHORT
                && (!is_text(words)
                    || byline::is_bracketed(words)
                    || is_furniture(words, Look::at(words).plain))
                && item_mark(words).is_none()
        };
        let mut tail = self.lines.len();
        while tail > from && is_tail(tail - 1) {
            tail -= 1;
        }
        tail
    }

    /// What this line is.
    fn classify(
        &self,
        n: usize,
        look: Look,
        in_tail: bool,
        in_links: bool,
        last: Option<BlockKind>,
    ) -> Option<BlockKind> {
        let words = self.words(n);
        // Lines of dashes and stars part a text; there is nothing in them.
        if words.len() <= SHORT && !has_letters(words) {
            return None;
        }
        let hint = self.hints.get(n).copied().unwrap_or(Hint::Open);
        if let Hint::Is(kind) = hint {
            return Some(kind);
        }
        if words.len() <= 2 * SHORT {
            if is_link(words, look.plain) {
                return Some(BlockKind::RelatedLink);
            }
            if is_furniture(words, look.plain) {
                return Some(BlockKind::Boilerplate);
            }
            if self.names_picture(words, look) {
                return Some(BlockKind::Caption);
            }
            if in_tail && byline::at_end(words) && self.tail_has_byline_form(n) {
                return Some(BlockKind::Byline);
            }
            if in_links && words.len() <= SHORT && (in_tail || !is_text(words)) {
                return Some(BlockKind::RelatedLink);
            }
            if (in_tail || n < HEAD_LINES) && byline::is_date_line(words) {
                return Some(BlockKind::Dateline);
            }
        }
        if item_mark(words).is_some() {
            return Some(BlockKind::ListItem);
        }
        if !in_tail && hint == Hint::Open && self.is_heading(n, last) {
            return Some(BlockKind::Heading);
        }
        Some(BlockKind::Paragraph)
    }

    /// Whether this line is the name of a picture.
    fn names_picture(&self, words: &str, look: Look) -> bool {
        look.numbered && caption::names_picture(words, self.title)
    }

    /// A text that is nothing but one short line is no byline.
    fn tail_has_byline_form(&self, n: usize) -> bool {
        n > 0 || !self.blocks.is_empty()
    }

    fn is_heading(&self, n: usize, last: Option<BlockKind>) -> bool {
        let words = self.words(n);
        if words.len() > HEADING || words.ends_with('.') || !is_headline(words, HEADING) {
            return false;
        }
        // Sentences without a full stop trail off, ask who is interviewed, or name a picture.
        let question = words.ends_with('?') && (words.len() > 100 || words.contains(": "));
        if question || words.ends_with('…') || caption::is_some(words) {
            return false;
        }
        let next = self.words(n + 1);
        let next_apart = self.lines.get(n + 1).is_some_and(|line| line.apart);
        let starts = !next.starts_with(char::is_lowercase) || next_apart;
        // A line broken at the margin is no heading: the one in front of it ends no sentence.
        let apart = self.lines.get(n).is_some_and(|line| line.apart)
            || last != Some(BlockKind::Paragraph)
            || is_text(self.words(n.saturating_sub(1)));
        let item = next.len() > 1 && item_mark(next).is_some();
        apart && starts && (is_text(next) || item)
    }

    /// The last line of a paragraph that was broken at the margin.
    fn join(&self, n: usize, tail: usize) -> usize {
        let mut last = n;
        while last + 1 < tail {
            let next = self.lines.get(last + 1);
            let goes_on = next.is_some_and(|line| !line.apart)
                && self.ruled(last + 1).is_none()
                && !sentence::is_ended(self.words(last))
                && self.words(last + 1).starts_with(char::is_lowercase);
            if !goes_on {
                break;
            }
            last += 1;
        }
        last
    }

    /// Pushes running text with the captions, the dateline and the sign that stand in it, from the
    /// first of `lines` to the last; `plain` where that is known.
    fn running_text(
        &mut self,
        kind: BlockKind,
        lines: Range<usize>,
        plain: bool,
        front: bool,
        end: bool,
    ) {
        let (first, until) = (self.lines.get(lines.start), self.lines.get(lines.end));
        let (Some(first), Some(until)) = (first, until) else { return };
        let (start, mut stop) = (first.start, until.end);
        let whole = self.text.get(start..stop).unwrap_or_default();
        let sign = if end { byline::behind_text(whole).map(|at| start + at) } else { None };
        let sign_end = stop;
        stop = sign.unwrap_or(stop);

        let words = self.text.get(start..stop).unwrap_or_default();
        let mut captions = std::mem::take(&mut self.captions);
        captions.clear();
        caption::inside(words, plain, &mut captions);
        let mut from = start;
        for caption in &captions {
            self.text_with_dateline(kind, from, start + caption.start, front && from == start);
            self.push(BlockKind::Caption, start + caption.start, start + caption.end);
            from = start + caption.end;
        }
        // The report that follows a caption begins the text too.
        let behind_caption = captions.last().is_some_and(|it| it.start == 0);
        self.text_with_dateline(kind, from, stop, front && (from == start || behind_caption));
        self.captions = captions;
        if let Some(sign) = sign {
            self.push(BlockKind::Byline, sign, sign_end);
        }
    }

    fn text_with_dateline(&mut self, kind: BlockKind, start: usize, end: usize, front: bool) {
        let part = self.text.get(start..end).unwrap_or_default();
        let lead = start + part.len() - part.trim_start().len();
        let found = if front { byline::dateline(part.trim()) } else { None };
        match found {
            Some((line_end, text_start)) => {
                self.push(BlockKind::Dateline, lead, lead + line_end);
                self.push(kind, lead + text_start, end);
            }
            None => self.push(kind, start, end),
        }
    }
}
