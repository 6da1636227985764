//! Which documents break rules of quality.

use std::fmt::Write as _;

use super::super::page::Numbers;
use super::super::{Summary, quality};
use super::chart::share;
use super::documents::Quotes;
use super::{line, links, more, table};
use crate::text_width::grouped;

/// The verdict, the rules that are broken, and the documents that break them.
pub(super) fn quality(summary: &Summary, numbers: &Numbers<'_>, quotes: &mut Quotes<'_>) -> String {
    if summary.documents.is_empty() {
        return String::new();
    }
    let mut page = format!("<p>{}.</p>\n", line(&quality::told(summary)));
    let rules = &summary.corpus.quality.rules;
    let most = rules.iter().map(|row| row.documents).max().unwrap_or(1);
    let mut body = String::new();
    for row in rules {
        let _ = writeln!(
            body,
            "<tr><th scope=\"row\"><code>{}</code></th><td class=\"number\">{}</td>\
             <td>{}<br>{}</td></tr>",
            line(&row.rule),
            grouped(row.documents),
            share(row.documents, most),
            links(&row.found_in, quotes)
        );
    }
    page.push_str(&table("rows", &["rule", "documents", "where"], &body));
    let broken = quality::broken(summary, numbers);
    let mut body = String::new();
    for (number, document, rules) in broken.iter().take(quality::MOST_BROKEN) {
        let _ = writeln!(
            body,
            "<tr><td>{} {}</td><td><code>{}</code></td></tr>",
            quotes.document(*number),
            line(&document.id),
            line(rules)
        );
    }
    page.push_str(&table("rows", &["document", "rules, measure and threshold"], &body));
    more(broken.len().saturating_sub(quality::MOST_BROKEN), "documents", &mut page);
    page
}
