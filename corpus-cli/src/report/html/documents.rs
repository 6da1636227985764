//! The documents at the end of the page, with the sentences to which the rest of it links.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use corpus_model::Span;

use super::super::{Summary, page};
use super::{line, more};

/// The first documents, which are all shown; a page of all of a large collection would be slow to open.
const FIRST_DOCUMENTS: usize = 1000;

/// What the page links to: quotations, by the number of their document and their place in it, and
/// documents. All of them are shown at its end.
#[derive(Debug, Default)]
pub(super) struct Quotes<'a> {
    quotations: BTreeMap<(usize, Span), &'a str>,
    documents: BTreeSet<usize>,
}

impl<'a> Quotes<'a> {
    /// A link to a quotation.
    pub(super) fn link(&mut self, document: usize, span: Span, text: &'a str) -> String {
        self.documents.insert(document);
        self.quotations.entry((document, span)).or_insert(text);
        format!("<a href=\"#{}\">[{document}]</a>", anchor(document, span))
    }

    /// A link to a document.
    pub(super) fn document(&mut self, number: usize) -> String {
        self.documents.insert(number);
        format!("<a href=\"#d{number}\">[{number}]</a>")
    }

    /// The quotations of a document in the order of its text.
    fn of(&self, document: usize) -> impl Iterator<Item = (Span, &'a str)> {
        let from = (document, Span::new(0, 0));
        self.quotations
            .range(from..)
            .take_while(move |((number, _), _)| *number == document)
            .map(|((_, span), text)| (*span, *text))
    }
}

fn anchor(document: usize, span: Span) -> String {
    format!("d{document}b{}-{}", span.start(), span.end())
}

/// The documents, the first ones and all that the rest of the page links to, with their own summaries and
/// with what is quoted of them.
pub(super) fn documents(summary: &Summary, quotes: &Quotes<'_>) -> String {
    let mut page = String::new();
    let mut shown = 0;
    for (number, document) in (1..).zip(&summary.documents) {
        if number > FIRST_DOCUMENTS && !quotes.documents.contains(&number) {
            continue;
        }
        shown += 1;
        let _ = writeln!(
            page,
            "<article id=\"d{number}\">\n<h3><span class=\"at\">[{number}]</span> <span lang=\"vi\">{}</span></h3>",
            line(&page::titled(document))
        );
        let mut about = page::described(document);
        if let Some(path) = document.path.as_ref().filter(|path| !about.contains(path.as_str())) {
            about = format!("{about} · {path}");
        }
        let _ = write!(page, "<p class=\"about\">{}", line(&about));
        if let Some(url) = document.url.as_ref().filter(|url| is_web(url)) {
            let url = line(url);
            let _ = write!(page, " · <a href=\"{url}\" rel=\"noreferrer\">{url}</a>");
        }
        page.push_str("</p>\n");
        let own: BTreeSet<Span> = document.summary.iter().map(|excerpt| excerpt.span).collect();
        for excerpt in &document.summary {
            quotation(number, excerpt.span, &excerpt.text, &mut page);
        }
        let others: Vec<(Span, &str)> =
            quotes.of(number).filter(|(span, _)| !own.contains(span)).collect();
        if !others.is_empty() {
            // Open, for a link into what is closed leads nowhere.
            page.push_str("<details open>\n<summary>Also quoted above</summary>\n");
            for (span, text) in others {
                quotation(number, span, text, &mut page);
            }
            page.push_str("</details>\n");
        }
        if !document.keywords.is_empty() {
            let words = line(&document.keywords.join(", "));
            let _ = writeln!(page, "<p class=\"about\" lang=\"vi\">{words}</p>");
        }
        page.push_str("</article>\n");
    }
    more(summary.documents.len().saturating_sub(shown), "documents", &mut page);
    page
}

fn quotation(document: usize, span: Span, text: &str, page: &mut String) {
    let _ = writeln!(
        page,
        "<blockquote id=\"{}\"><span lang=\"vi\">{}</span> <span class=\"at\">bytes {}–{}</span></blockquote>",
        anchor(document, span),
        line(text),
        span.start(),
        span.end()
    );
}

/// Whether an address may be linked to: what a crawl calls an address may be a script.
fn is_web(url: &str) -> bool {
    ["http://", "https://"].iter().any(|start| url.starts_with(start))
}
