//! The documents at the end of the page, with the sentences to which the rest of it links.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use corpus_model::Span;

use super::super::{Summary, page};
use super::{line, more};

/// Documents shown; a page of more would be slow to open.
const MOST_DOCUMENTS: usize = 1000;

/// The quotations to which the page links, by the number of their document and their place in it.
#[derive(Debug, Default)]
pub(super) struct Quotes<'a>(BTreeMap<(usize, Span), &'a str>);

impl<'a> Quotes<'a> {
    /// A link to a quotation, which is kept for the list of documents.
    pub(super) fn link(&mut self, document: usize, span: Span, text: &'a str) -> String {
        if document > MOST_DOCUMENTS {
            return document_link(document);
        }
        self.0.entry((document, span)).or_insert(text);
        format!("<a href=\"#{}\">[{document}]</a>", anchor(document, span))
    }

    /// The quotations of a document in the order of its text.
    fn of(&self, document: usize) -> impl Iterator<Item = (Span, &'a str)> {
        let from = (document, Span::new(0, 0));
        self.0
            .range(from..)
            .take_while(move |((number, _), _)| *number == document)
            .map(|((_, span), text)| (*span, *text))
    }
}

/// A link to a document, if the page shows it.
pub(super) fn document_link(number: usize) -> String {
    if number > MOST_DOCUMENTS {
        return format!("[{number}]");
    }
    format!("<a href=\"#d{number}\">[{number}]</a>")
}

fn anchor(document: usize, span: Span) -> String {
    format!("d{document}b{}-{}", span.start(), span.end())
}

/// The documents with their own summaries and with what the rest of the page quotes.
pub(super) fn documents(summary: &Summary, quotes: &Quotes<'_>) -> String {
    let mut page = String::new();
    for (i, document) in summary.documents.iter().take(MOST_DOCUMENTS).enumerate() {
        let number = i + 1;
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
    more(summary.documents.len().saturating_sub(MOST_DOCUMENTS), "documents", &mut page);
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
