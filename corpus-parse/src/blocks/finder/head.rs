//! The head of an article: what stands in front of its text.

use corpus_model::{BlockKind, Span};

use super::{Finder, HEAD_LINES};
use crate::address;
use crate::blocks::line::{TITLE, is_furniture, is_headline, is_text, item_mark};
use crate::blocks::look::Look;
use crate::blocks::marks::{self, Kind};
use crate::blocks::{byline, caption};
use crate::published;

/// The longest lead.
const LEAD: usize = 900;

/// What the head of an article holds, to be entered into the metadata.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::blocks) struct Head {
    pub(in crate::blocks) url: Option<Span>,
    pub(in crate::blocks) title: Option<Span>,
    pub(in crate::blocks) lead: Option<Span>,
    pub(in crate::blocks) date: Option<Span>,
}

impl Head {
    /// The date of the page.
    pub(in crate::blocks) fn date(self, text: &str) -> Option<corpus_model::When> {
        published::from_field(text.get(self.date?.range())?)
    }
}

impl Finder<'_, '_> {
    /// Finds what stands in front of the text; the number of the line where the text begins.
    pub(in crate::blocks) fn find_head(&mut self) -> usize {
        let mut n = 0;
        while n < HEAD_LINES.min(self.lines.len()) {
            let words = self.words(n);
            if let Some(kind) = self.ruled(n) {
                if matches!(kind, BlockKind::Title | BlockKind::Lead) {
                    break;
                }
                self.push_ruled(kind, n);
            } else if n == 0 && address::is_alone(words.as_bytes()) {
                self.head.url = self.push_line(BlockKind::Url, n);
            } else if byline::is_date_line(words) {
                self.head.date = self.push_line(BlockKind::Dateline, n);
            } else if is_furniture(words, Look::at(words).plain)
                || (marks::is(Kind::Section, words) && self.lines.len() > n + 2)
            {
                self.push_line(BlockKind::Boilerplate, n);
            } else {
                break;
            }
            n += 1;
        }
        self.find_title(n)
    }

    /// Finds title, date, author and lead from this line on.
    pub(in crate::blocks) fn find_title(&mut self, from: usize) -> usize {
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
            if let Some(kind) = self.ruled(n).filter(|kind| *kind != BlockKind::Lead) {
                self.push_ruled(kind, n);
            } else if byline::is_date_line(words) {
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
        if let Some(kind) = self.ruled(n) {
            return kind == BlockKind::Title;
        }
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
        if let Some(kind) = self.ruled(n) {
            return (kind == BlockKind::Lead).then(|| Span::new(line.start, line.end));
        }
        let words = self.words(n);
        let fits = words.len() <= LEAD && is_text(words) && item_mark(words).is_none();
        if !fits || caption::is_some(words) || self.names_picture(words, Look::at(words)) {
            return None;
        }
        // A lead stands in front of a text: of one or two paragraphs the first is a paragraph.
        let more = (n + 1..self.lines.len()).filter(|n| is_text(self.words(*n))).take(2).count();
        (more == 2).then(|| Span::new(line.start, line.end))
    }
}
