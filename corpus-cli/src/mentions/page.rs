//! Texts with their facts marked, as one page for a browser.
//!
//! The page needs nothing beside it and runs no script: kinds are shown and hidden by check boxes and
//! style alone. Below each text stands a table of its facts, for whoever cannot point or see colours.
//! Facts that lie in each other are marks in each other; of two that overlap, the second is closed
//! and opened again where the first ends. Whatever a text holds is shown and never taken for markup.

use std::cmp::Reverse;
use std::fmt::Write as _;

use corpus_model::{Document, Mention, MentionKind, Span};

use crate::markup::escaped;
use crate::report::values;
use crate::text_width::flat;

const STYLE: &str = include_str!("page.css");

/// The page as it grows, a document after the other.
#[derive(Debug, Default)]
pub(crate) struct Page {
    documents: Vec<Listed>,
}

/// What the list at the end says of a document.
#[derive(Debug)]
struct Listed {
    title: String,
    facts: usize,
}

impl Page {
    /// What stands in front of the first document; `kinds` are those that can be shown.
    pub(crate) fn head(kinds: &[MentionKind]) -> String {
        let mut page = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" \
             content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <title>Facts</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
             <header>\n<h1>Facts</h1>\n</header>\n\
             <fieldset class=\"legend\">\n<legend>Show</legend>\n"
        );
        for kind in MentionKind::ALL.into_iter().filter(|kind| kinds.contains(kind)) {
            let _ = writeln!(
                page,
                "<label><input type=\"checkbox\" id=\"show-{kind}\" checked> \
                 <mark class=\"{kind}\">{kind}</mark></label>"
            );
        }
        page.push_str("<a href=\"#contents\">Contents</a>\n</fieldset>\n<main>\n");
        page
    }

    /// A document; `reasons` are what is to be said of its facts, if anything.
    pub(crate) fn document(
        &mut self,
        document: &Document,
        mentions: &[Mention],
        reasons: Option<&[String]>,
    ) -> String {
        let number = self.documents.len() + 1;
        let metadata = &document.metadata;
        let title = metadata.title.as_deref().unwrap_or(document.id());
        let title = escaped(&flat(title)).into_owned();
        let mut page = format!("<article id=\"d{number}\">\n<h2>{title}</h2>\n");
        let mut about = vec![document.id().to_owned()];
        about.extend(metadata.path.clone());
        about.extend(metadata.site.clone());
        about.extend(metadata.published.map(|when| when.to_string()));
        about.dedup();
        let about: Vec<String> = about.iter().map(|it| escaped(&flat(it)).into_owned()).collect();
        let _ = writeln!(page, "<p class=\"about\">{}</p>", about.join(" · "));
        page.push_str("<div class=\"text\" lang=\"vi\">\n");
        let mut marker = Marker::new(document, mentions, number);
        for block in document.blocks() {
            let _ = write!(page, "<p class=\"{}\">", block.kind.name());
            marker.block(block.span, &mut page);
            page.push_str("</p>\n");
        }
        page.push_str("</div>\n");
        if !mentions.is_empty() {
            table(document, mentions, reasons, number, &mut page);
        }
        page.push_str("</article>\n");
        self.documents.push(Listed { title, facts: mentions.len() });
        page
    }

    /// What stands behind the last document.
    pub(crate) fn foot(&self) -> String {
        let mut page =
            "</main>\n<nav id=\"contents\" aria-label=\"Contents\">\n<h2>Contents</h2>\n\
                        <ol>\n"
                .to_owned();
        for (i, listed) in self.documents.iter().enumerate() {
            let Listed { title, facts } = listed;
            let _ = writeln!(
                page,
                "<li><a href=\"#d{}\">{title}</a> ({})</li>",
                i + 1,
                facts_counted(*facts)
            );
        }
        page.push_str("</ol>\n</nav>\n</body>\n</html>\n");
        page
    }
}

/// `1 fact`, `2 facts`.
fn facts_counted(n: usize) -> String {
    format!("{n} {}", if n == 1 { "fact" } else { "facts" })
}

/// The facts of a document as a table that can be opened.
fn table(
    document: &Document,
    mentions: &[Mention],
    reasons: Option<&[String]>,
    number: usize,
    page: &mut String,
) {
    let why = if reasons.is_some() { "<th scope=\"col\">Why</th>" } else { "" };
    let _ = writeln!(
        page,
        "<details>\n<summary>{}</summary>\n<table>\n<thead><tr><th scope=\"col\">Kind</th>\
         <th scope=\"col\">Text</th><th scope=\"col\">Value</th>{why}</tr></thead>\n<tbody>",
        facts_counted(mentions.len())
    );
    for (i, mention) in mentions.iter().enumerate() {
        let kind = mention.kind();
        let written = flat(&document[mention.span]);
        let value = flat(&values::shown(&mention.value));
        let _ = write!(
            page,
            "<tr class=\"{kind}\"><td>{kind}</td>\
             <td lang=\"vi\"><a href=\"#d{number}f{i}\">{}</a></td><td lang=\"vi\">{}</td>",
            escaped(&written),
            escaped(&value)
        );
        if let Some(reasons) = reasons {
            let reason = reasons.get(i).map(|reason| flat(reason)).unwrap_or_default();
            let _ = write!(page, "<td class=\"reason\">{}</td>", escaped(&reason));
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n</details>\n");
}

/// Writes the blocks of a document, in order, with marks.
struct Marker<'a> {
    document: &'a Document,
    mentions: &'a [Mention],
    number: usize,
    /// The facts in the order in which they open: of those that begin together, the longest first.
    order: Vec<usize>,
    /// How many of them have been opened.
    opened: usize,
    /// Those that are open, the outermost first.
    open: Vec<usize>,
}

impl<'a> Marker<'a> {
    fn new(document: &'a Document, mentions: &'a [Mention], number: usize) -> Marker<'a> {
        let mut order: Vec<usize> = (0..mentions.len()).collect();
        order.sort_by_key(|&i| {
            mentions.get(i).map(|it| (it.span.start(), Reverse(it.span.end()), i))
        });
        Marker { document, mentions, number, order, opened: 0, open: Vec::new() }
    }

    fn span(&self, i: usize) -> Span {
        self.mentions.get(i).map(|it| it.span).unwrap_or_default()
    }

    fn block(&mut self, block: Span, page: &mut String) {
        let mut at = block.start();
        // A fact may go on from the block before.
        let going_on = std::mem::take(&mut self.open);
        self.reopen(going_on, at, page);
        loop {
            let starts = self
                .order
                .get(self.opened)
                .map(|&i| self.span(i))
                .filter(|it| it.start() < block.end());
            let ends = self.open.iter().map(|&i| self.span(i).end()).min();
            let start = starts.map(|it| it.start().max(at));
            let next = [start, ends].into_iter().flatten().min().unwrap_or(block.end());
            let next = next.min(block.end());
            page.push_str(&escaped(self.document.get(Span::new(at, next)).unwrap_or_default()));
            at = next;
            if ends.is_some_and(|end| end <= at) {
                self.close(at, page);
            } else if start.is_some_and(|start| start <= at) && at < block.end() {
                let i = self.order.get(self.opened).copied().unwrap_or_default();
                self.opened += 1;
                if self.span(i).end() > at {
                    self.mark(i, true, page);
                    self.open.push(i);
                }
            } else {
                break;
            }
        }
        self.open.iter().for_each(|_| page.push_str("</mark>"));
    }

    /// Closes what ends here. What lies inside it and goes on is closed and opened again.
    fn close(&mut self, at: usize, page: &mut String) {
        let first = self.open.iter().position(|&i| self.span(i).end() <= at);
        let inner = self.open.split_off(first.unwrap_or(self.open.len()));
        inner.iter().for_each(|_| page.push_str("</mark>"));
        self.reopen(inner, at, page);
    }

    fn reopen(&mut self, marks: Vec<usize>, at: usize, page: &mut String) {
        for i in marks {
            if self.span(i).end() > at {
                self.mark(i, false, page);
                self.open.push(i);
            }
        }
    }

    fn mark(&self, i: usize, is_first: bool, page: &mut String) {
        let Some(mention) = self.mentions.get(i) else { return };
        let kind = mention.kind();
        let _ = write!(page, "<mark class=\"{kind}\"");
        if is_first {
            let _ = write!(page, " id=\"d{}f{i}\"", self.number);
        }
        let value = flat(&values::shown(&mention.value));
        let _ = write!(page, " tabindex=\"-1\" title=\"{kind}: {}\">", escaped(&value));
    }
}

#[cfg(test)]
mod tests {
    use corpus_extract::Extractor;
    use corpus_model::{Block, BlockKind, Document, Mention, Organization, Place, Span};

    use super::Page;

    /// The document's text as a browser would show it, and how deep marks lie in each other.
    fn shown(page: &str) -> (String, usize) {
        let start = page.find("<div class=\"text\"").unwrap();
        let text = &page[start..start + page[start..].find("</div>").unwrap()];
        let (mut plain, mut depth, mut deepest) = (String::new(), 0_usize, 0);
        let mut rest = text;
        while let Some(at) = rest.find('<') {
            plain.push_str(&rest[..at]);
            let end = at + rest[at..].find('>').unwrap();
            match &rest[at..end] {
                tag if tag.starts_with("<mark") => depth += 1,
                "</mark" => depth = depth.checked_sub(1).unwrap(),
                _ => {}
            }
            deepest = deepest.max(depth);
            rest = &rest[end + 1..];
        }
        assert_eq!(depth, 0, "{text}");
        plain.push_str(rest);
        for (name, letter) in
            [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        {
            plain = plain.replace(name, letter);
        }
        (plain.trim().to_owned(), deepest)
    }

    fn place(start: usize, end: usize) -> Mention {
        Mention::new(Span::new(start, end), Place { name: "P".into(), ..Place::default() })
    }

    fn organization(start: usize, end: usize) -> Mention {
        Mention::new(Span::new(start, end), Organization { name: "O".to_owned() })
    }

    #[test]
    fn nested_and_overlapping_facts_are_well_formed() {
        let document = Document::new("1", "abcdefghij");
        for (mentions, deepest) in [
            (vec![organization(0, 10), place(2, 4), place(6, 10)], 2),
            (vec![organization(0, 6), place(4, 8)], 2),
            (vec![organization(0, 6), place(0, 6)], 2),
            (vec![place(0, 3), organization(0, 8), place(5, 10), organization(6, 7)], 3),
            (vec![place(9, 10)], 1),
            (vec![], 0),
        ] {
            let page = Page::default().document(&document, &mentions, None);
            assert_eq!(shown(&page), ("abcdefghij".to_owned(), deepest), "{mentions:?}");
            for (i, _) in mentions.iter().enumerate() {
                assert_eq!(page.matches(&format!("id=\"d1f{i}\"")).count(), 1, "{page}");
            }
        }
    }

    #[test]
    fn a_fact_goes_on_in_the_next_block() {
        let document = Document::new("1", "một hai\n\nba bốn").with_blocks([
            Block::new(BlockKind::Title, Span::new(0, 9)),
            Block::new(BlockKind::Paragraph, Span::new(11, 19)),
        ]);
        let page = Page::default().document(&document, &[organization(6, 13)], None);
        assert!(page.contains("<p class=\"title\">một <mark class=\"organization\" id"), "{page}");
        assert!(page.contains(
            "<p class=\"paragraph\"><mark class=\"organization\" tabindex=\"-1\" \
             title=\"organization: O\">ba</mark> bốn</p>"
        ));
    }

    #[test]
    fn no_text_becomes_markup() {
        for text in [
            "<script>alert('29/8/2014')</script> & \"ông Trần Văn Bình\"",
            "</p></article><img src=x onerror=alert(1)> 17,6 tỷ đồng",
            "\u{202e}29/8/2014\u{202c} \u{2066}x",
            "&lt;b&gt; &#60; 3 km",
        ] {
            let mut document = Document::new("<id>\"", text);
            document.metadata.title = Some(text.to_owned());
            let mentions = Extractor::built_in().extract(&document);
            let page = Page::default().document(&document, mentions.as_slice(), None);
            assert_eq!(shown(&page).0, text);
            for tag in ["<script", "<img", "<b>", "<id>"] {
                assert!(!page.contains(tag), "{page}");
            }
        }
        let mut given = Page::default();
        let page = given.document(&Document::new("1", "a\0b\u{1b}c\u{9b}d"), &[], None);
        assert_eq!(shown(&page).0, "a\u{fffd}b\u{fffd}c\u{fffd}d");
        assert!(given.foot().contains("<a href=\"#d1\">1</a> (0 facts)"));
    }
}
