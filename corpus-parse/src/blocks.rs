//! The blocks of an article: which line is a title, a caption, a byline, page furniture.
//!
//! Nothing marks these parts in copied text, so they are known by form and place, in this order:
//! the head (address, section, date, title, author, lead), the text, and the tail (what stands
//! behind the last sentence: bylines, labels, links). The marks are data: see `data/marks.tsv`.
//!
//! One pass over the lines, and a look at a bounded stretch around each candidate, so the time is
//! linear in the length of the text, also for text made to be slow.

use std::ops::Range;

use corpus_model::{Block, BlockKind, Span};
use memchr::memchr2;

use crate::address::{self, Address};
use crate::field_names::state;
use crate::{Record, published};

mod byline;
mod caption;
mod marks;
mod sentence;

use marks::Kind;

/// So many lines at the front may be in the way of the title: address, sections, date.
const HEAD_LINES: usize = 8;
/// The longest title and the longest heading, in bytes; Vietnamese takes about 1.35 a letter.
const TITLE: usize = 300;
const HEADING: usize = 160;
/// The longest lead.
const LEAD: usize = 900;
/// The longest line that may be furniture, label or link.
const SHORT: usize = 300;

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
    of_body(text, title, &mut blocks);
    blocks
}

/// Adds the blocks of a whole text that is a body: see [`blocks`].
pub(crate) fn of_body(text: &str, title: Option<&str>, blocks: &mut Vec<Block>) {
    let mut finder = Finder::new(text, Span::new(0, text.len()), title, blocks);
    finder.body(0);
}

/// Fills the record of a delimited text, whose address and title are found; the body stands at
/// `span`. Where no dashes frame the title, it is sought in front of the body.
pub(crate) fn of_record_body(record: &mut Record, span: Span, framed: bool) {
    let title = record.metadata.title.take();
    let mut finder = Finder::new(&record.text, span, title.as_deref(), &mut record.blocks);
    let from = match framed {
        true => 0,
        false if finder.lines.len() == 1 && is_headline(finder.words(0), TITLE) => {
            // The record breaks off behind its title.
            finder.head.title = finder.push_line(BlockKind::Title, 0);
            1
        }
        false => finder.title(0),
    };
    finder.body(from);
    let head = finder.head;
    record.metadata.title = title;
    describe(record, head);
}

/// Fills the record of an article from its text.
pub(crate) fn of_article(record: &mut Record) {
    let span = Span::new(0, record.text.len());
    let mut finder = Finder::new(&record.text, span, None, &mut record.blocks);
    let from = finder.head();
    finder.body(from);
    let head = finder.head;
    describe(record, head);
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
    let stated = head.date.and_then(text).and_then(|line| published::from_field(&line));
    if let (Some(when), None) = (stated, metadata.published) {
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

/// A line that is not blank, without the white space around it.
#[derive(Clone, Copy, Debug)]
struct Line {
    start: usize,
    end: usize,
    /// A blank line stands in front of it.
    apart: bool,
}

/// What the head of an article holds, to be entered into the metadata.
#[derive(Clone, Copy, Debug, Default)]
struct Head {
    url: Option<Span>,
    title: Option<Span>,
    lead: Option<Span>,
    date: Option<Span>,
}

struct Finder<'t, 'b> {
    text: &'t str,
    lines: Vec<Line>,
    title: Option<&'t str>,
    blocks: &'b mut Vec<Block>,
    head: Head,
    captions: Vec<Range<usize>>,
}

impl<'t, 'b> Finder<'t, 'b> {
    fn new(
        text: &'t str,
        span: Span,
        title: Option<&'t str>,
        blocks: &'b mut Vec<Block>,
    ) -> Finder<'t, 'b> {
        let title = title.filter(|title| title.len() >= 8);
        let lines = lines(text, span);
        Finder { text, lines, title, blocks, head: Head::default(), captions: Vec::new() }
    }

    /// The words of a line; an empty string behind the last.
    fn words(&self, n: usize) -> &'t str {
        self.lines.get(n).and_then(|line| self.text.get(line.start..line.end)).unwrap_or_default()
    }

    fn push(&mut self, kind: BlockKind, start: usize, end: usize) {
        let part = self.text.get(start..end).unwrap_or_default();
        let start = start + part.len() - part.trim_start().len();
        let span = Span::new(start, start + part.trim().len());
        if !span.is_empty() {
            self.blocks.push(Block::new(kind, span));
        }
    }

    fn push_line(&mut self, kind: BlockKind, n: usize) -> Option<Span> {
        let line = *self.lines.get(n)?;
        self.push(kind, line.start, line.end);
        Some(Span::new(line.start, line.end))
    }

    /// Finds what stands in front of the text; the number of the line where the text begins.
    fn head(&mut self) -> usize {
        let mut n = 0;
        while n < HEAD_LINES.min(self.lines.len()) {
            let words = self.words(n);
            if n == 0 && address::is_alone(words.as_bytes()) {
                self.head.url = self.push_line(BlockKind::Url, n);
            } else if byline::is_date_line(words) {
                self.head.date = self.push_line(BlockKind::Dateline, n);
            } else if is_furniture(words)
                || (marks::is(Kind::Section, words) && self.lines.len() > n + 2)
            {
                self.push_line(BlockKind::Boilerplate, n);
            } else {
                break;
            }
            n += 1;
        }
        self.title(n)
    }

    /// Finds title, date, author and lead from this line on.
    fn title(&mut self, from: usize) -> usize {
        let mut n = from;
        if !self.is_title(n) {
            return n;
        }
        self.head.title = self.push_line(BlockKind::Title, n);
        let title = self.words(n);
        self.title = Some(title).filter(|title| title.len() >= 8);
        n += 1;
        // Date and author stand on either side of the lead.
        n = self.beside_lead(n);
        if let Some(lead) = self.lead(n) {
            self.head.lead = Some(lead);
            self.push(BlockKind::Lead, lead.start(), lead.end());
            n = self.beside_lead(n + 1);
        }
        n
    }

    /// Date lines and authors between title and text.
    fn beside_lead(&mut self, from: usize) -> usize {
        let mut n = from;
        while n < self.lines.len() && n < from + 3 {
            let words = self.words(n);
            if byline::is_date_line(words) {
                let date = self.push_line(BlockKind::Dateline, n);
                self.head.date = self.head.date.or(date);
            } else if byline::at_front(words) && self.words(n + 1).len() > words.len() {
                self.push_line(BlockKind::Byline, n);
            } else {
                break;
            }
            n += 1;
        }
        n
    }

    /// Whether this line is the title of the lines that follow.
    fn is_title(&self, n: usize) -> bool {
        let words = self.words(n);
        let next = self.words(n + 1);
        let wrapped = next.starts_with(char::is_lowercase)
            && self.lines.get(n + 1).is_some_and(|line| !line.apart);
        // Sentences must follow, near enough to be the text that the title is of.
        let text = || (n + 1..(n + 1 + HEAD_LINES)).any(|n| is_text(self.words(n)));
        is_headline(words, TITLE) && !wrapped && text()
    }

    /// The paragraph behind the title, if it says in short what the article says at length.
    fn lead(&self, n: usize) -> Option<Span> {
        let line = *self.lines.get(n)?;
        let words = self.words(n);
        let fits = words.len() <= LEAD && is_text(words) && item_mark(words).is_none();
        if !fits || caption::is_some(words) || caption::names_picture(words, self.title) {
            return None;
        }
        // A lead stands in front of a text: of one or two paragraphs the first is a paragraph.
        let more = (n + 1..self.lines.len()).filter(|n| is_text(self.words(*n))).take(2).count();
        (more == 2).then(|| Span::new(line.start, line.end))
    }

    /// Finds the blocks from this line on.
    fn body(&mut self, from: usize) {
        let tail = self.tail(from);
        let first = from;
        let mut in_links = false;
        let mut last_kind = None;
        let mut n = from;
        while n < self.lines.len() {
            let words = self.words(n);
            let kind = self.classify(n, n >= tail, in_links, last_kind);
            last_kind = kind;
            in_links = match kind {
                Some(BlockKind::Boilerplate) => is_label(words) || in_links,
                Some(BlockKind::RelatedLink) => in_links,
                _ => false,
            };
            match kind {
                Some(kind @ (BlockKind::Paragraph | BlockKind::ListItem)) => {
                    let last = self.join(n, tail);
                    self.running_text(kind, n, last, n < first + 3, last + 1 >= tail);
                    n = last;
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
            let words = self.words(n);
            words.len() <= SHORT
                && (!is_text(words) || byline::is_bracketed(words) || is_furniture(words))
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
        in_tail: bool,
        in_links: bool,
        last: Option<BlockKind>,
    ) -> Option<BlockKind> {
        let words = self.words(n);
        // Lines of dashes and stars part a text; there is nothing in them.
        if words.len() <= SHORT && !words.chars().any(char::is_alphanumeric) {
            return None;
        }
        if words.len() <= 2 * SHORT {
            if is_link(words) {
                return Some(BlockKind::RelatedLink);
            }
            if is_furniture(words) {
                return Some(BlockKind::Boilerplate);
            }
            if caption::names_picture(words, self.title) {
                return Some(BlockKind::Caption);
            }
            if in_tail && byline::at_end(words) && self.tail_has_byline_form(n) {
                return Some(BlockKind::Byline);
            }
            let listed = in_tail || !is_text(words);
            if in_links && listed && words.len() <= SHORT {
                return Some(BlockKind::RelatedLink);
            }
            if (in_tail || n < 3) && byline::is_date_line(words) {
                return Some(BlockKind::Dateline);
            }
        }
        if item_mark(words).is_some() {
            return Some(BlockKind::ListItem);
        }
        if !in_tail && self.is_heading(n, last) {
            return Some(BlockKind::Heading);
        }
        Some(BlockKind::Paragraph)
    }

    /// A text that is nothing but one short line is no byline.
    fn tail_has_byline_form(&self, n: usize) -> bool {
        n > 0 || !self.blocks.is_empty()
    }

    fn is_heading(&self, n: usize, last: Option<BlockKind>) -> bool {
        let words = self.words(n);
        if words.len() > HEADING || !is_headline(words, HEADING) {
            return false;
        }
        // Sentences without a full stop trail off, ask who is interviewed, or name a picture.
        let question = words.ends_with('?') && (words.len() > 100 || words.contains(": "));
        if question || words.ends_with(['.', '…']) || caption::is_some(words) {
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
                && !sentence::is_ended(self.words(last))
                && self.words(last + 1).starts_with(char::is_lowercase);
            if !goes_on {
                break;
            }
            last += 1;
        }
        last
    }

    /// Pushes running text with the captions, the dateline and the sign that stand in it.
    fn running_text(&mut self, kind: BlockKind, n: usize, last: usize, front: bool, end: bool) {
        let (Some(first), Some(until)) = (self.lines.get(n), self.lines.get(last)) else { return };
        let (start, mut stop) = (first.start, until.end);
        let whole = self.text.get(start..stop).unwrap_or_default();
        let sign = if end { byline::behind_text(whole).map(|at| start + at) } else { None };
        let sign_end = stop;
        stop = sign.unwrap_or(stop);

        let words = self.text.get(start..stop).unwrap_or_default();
        let mut captions = std::mem::take(&mut self.captions);
        captions.clear();
        caption::inside(words, &mut captions);
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

/// The lines of a part of a text that are not blank; LF, CRLF and CR end a line.
fn lines(text: &str, span: Span) -> Vec<Line> {
    let bytes = text.as_bytes().get(..span.end()).unwrap_or_default();
    let mut lines = Vec::new();
    let mut at = span.start();
    let mut apart = false;
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        let end = memchr2(b'\n', b'\r', rest).map_or(bytes.len(), |n| at + n);
        let line = text.get(at..end).unwrap_or_default();
        let start = at + line.len() - line.trim_start_matches(blank).len();
        let words = line.trim_matches(blank);
        if words.is_empty() {
            // The end of a line that CRLF ends is no blank line.
            let crlf = at > 0 && bytes.get(at - 1) == Some(&b'\r') && bytes.get(at) == Some(&b'\n');
            apart |= !crlf;
        } else {
            lines.push(Line { start, end: start + words.len(), apart });
            apart = false;
        }
        at = end + 1;
    }
    lines
}

/// White space and what is as invisible: byte-order marks, zero-width blanks, NUL.
fn blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0')
}

/// Whether a line has sentences: it ends like one, or is too long to be anything else.
fn is_text(words: &str) -> bool {
    words.len() > TITLE
        || (sentence::is_ended(words) && !words.is_empty() && !ends_like_title(words))
}

/// Titles end in question marks, in quotes and in parentheses as well as sentences do.
fn ends_like_title(words: &str) -> bool {
    let closed = words.ends_with(['"', '”', '’', ')', ']', '?', '!', '»']);
    let inner = words.trim_end_matches(['"', '”', '’', ')', ']', '»']);
    closed && words.len() <= HEADING && !inner.ends_with(['.', '…', ';', ',', ':'])
}

/// Whether a line has the form of a headline: letters, a capital in front, no end of a sentence.
fn is_headline(words: &str, longest: usize) -> bool {
    let first = words.trim_start_matches([' ', '"', '“', '‘', '\'', '«', '(', '[']);
    let capital = first.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let closed = words.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', ' ']);
    let ended = closed.ends_with(['.', ',', ';', ':', '…', '/']);
    // Dots that leave something unsaid are allowed a short headline, one full stop is not.
    let short = words.len() <= HEADING;
    let unsaid = closed.ends_with("...") || closed.ends_with('…');
    let called = closed.ends_with(['?', '!']);
    let sentences = || sentence::starts(words).len();
    words.len() <= longest
        && words.chars().filter(|c| c.is_alphabetic()).nth(3).is_some()
        && words.contains(' ')
        && capital
        && (!ended || (unsaid && short))
        && (!called || short)
        && item_mark(words).is_none()
        && (sentences() == 0 || (short && sentences() == 1))
}

/// Whether a line leads to another document.
fn is_link(words: &str) -> bool {
    let bracketed = words.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    if let Some(inside) = bracketed {
        return inside.len() >= 12 && !inside.contains(['[', ']']);
    }
    if words.starts_with(['>', '»', '➤', '►', '▶', '☛', '→']) {
        return true;
    }
    if address::is_alone(words.as_bytes()) {
        return true;
    }
    if !has_field(words) {
        return false;
    }
    let Some(end) = marks::at_start(Kind::Link, words) else { return false };
    let rest = words.get(end..).unwrap_or_default().trim_start();
    rest.len() > 1 && rest.starts_with([':', '>'])
}

/// Whether a colon or an arrow stands near the front, as behind the name of a field.
fn has_field(words: &str) -> bool {
    let near = words.as_bytes();
    memchr2(b':', b'>', near.get(..80).unwrap_or(near)).is_some()
}

/// Whether a line is page furniture: known as such, or a known field of the page with its value.
fn is_furniture(words: &str) -> bool {
    if words.len() > SHORT {
        return false;
    }
    let bare =
        words.trim_matches(|c: char| !c.is_alphanumeric() && !marks::is_combining(c) && c != '?');
    let counted = bare.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == '(');
    if is_label(words) || marks::is(Kind::Furniture, bare) || marks::is(Kind::Furniture, counted) {
        return true;
    }
    if !has_field(words) {
        return false;
    }
    let Some(end) = marks::at_start(Kind::Field, words) else { return false };
    words.get(end..).is_some_and(|rest| rest.trim_start().starts_with(':'))
}

/// Whether a line stands above links to other articles.
fn is_label(words: &str) -> bool {
    if words.len() > 100 {
        return false;
    }
    let bare = words.trim_matches(|c: char| !c.is_alphanumeric() && !marks::is_combining(c));
    marks::is(Kind::Label, bare)
}

/// The length of the number or bullet that a list item begins with: `1-`, `2.`, `a)`, `(3)`, `•`.
fn item_mark(words: &str) -> Option<usize> {
    let first = words.chars().next()?;
    let after = |n: usize| words.get(n..).filter(|rest| !rest.trim().is_empty());
    match first {
        '-' | '–' | '—' | '+' | '*' | '•' | '●' | '▪' | '■' | '◦' | '·' | '○' | '✓' | '✔' =>
        {
            let rest = after(first.len_utf8())?;
            // `-5 độ` is a number and `--` a line.
            let apart = rest.starts_with(char::is_whitespace)
                || (rest.starts_with(char::is_alphabetic) && first != '*');
            apart.then_some(first.len_utf8())
        }
        '(' => {
            let close = words.get(..5.min(words.len()))?.find(')')?;
            let inside = words.get(1..close)?;
            after(close + 1)?;
            is_counter(inside).then_some(close + 1)
        }
        _ => {
            let n = words.bytes().take(5).take_while(u8::is_ascii_alphanumeric).count();
            let counter = words.get(..n)?;
            let rest = after(n + 1)?;
            let mark = *words.as_bytes().get(n)?;
            let numeric = counter.bytes().all(|b| b.is_ascii_digit());
            let fits = match mark {
                b'.' | b')' => {
                    rest.starts_with(|c: char| c.is_whitespace() || (numeric && c.is_alphabetic()))
                }
                // `1- Tiếp tục` and `1-Tiếp tục`, not `2-3 ngày` and not `U-23`.
                b'-' | b'/' if numeric => {
                    rest.starts_with(char::is_whitespace) || rest.starts_with(char::is_uppercase)
                }
                _ => false,
            };
            (fits && is_counter(counter)).then_some(n + 1)
        }
    }
}

/// A number of at most two digits, a small letter, or a small Roman number.
fn is_counter(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = bytes.iter().all(u8::is_ascii_digit) && (1..=2).contains(&bytes.len());
    let letter = matches!(bytes, [b'a'..=b'z']);
    let roman = (1..=4).contains(&bytes.len())
        && (bytes.iter().all(|b| matches!(b, b'i' | b'v' | b'x'))
            || bytes.iter().all(|b| matches!(b, b'I' | b'V' | b'X')));
    digits || letter || roman
}

#[cfg(test)]
mod tests;
