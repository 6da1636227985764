//! How directives cite each other: arcs between names as SVG, with the tables behind them.

use std::fmt::Write as _;

use super::super::Summary;
use super::super::citations::{self, Together, in_words, told};
use super::super::facts::DirectiveRow;
use super::super::page::Numbers;
use super::documents::Quotes;
use super::{line, more, table};
use crate::markup::escaped;
use crate::text_width::{cut, flat, grouped};

/// How wide the drawing is, and how much of that the names have.
const WIDTH: usize = 520;
const NAMES: usize = 250;
/// The height of a name, and how many columns of it are shown.
const ROW: usize = 24;
const SHOWN: usize = 38;
/// The thickest arc.
const THICKEST: u64 = 6;
/// Sentences shown that say what a directive does to another.
const MOST_TOLD: usize = 20;

/// The section, where any directives are cited together or do something to each other.
pub(super) fn citations<'a>(
    summary: &'a Summary,
    numbers: &Numbers<'_>,
    quotes: &mut Quotes<'a>,
) -> String {
    let rows = &summary.corpus.directives;
    let pairs = citations::together(rows);
    let mut page = String::new();
    if !pairs.is_empty() {
        arcs(rows, &pairs, &mut page);
        let mut body = String::new();
        for pair in &pairs {
            let _ = writeln!(
                body,
                "<tr><th scope=\"row\" lang=\"vi\">{}</th><td lang=\"vi\">{}</td>\
                 <td class=\"number\">{}</td></tr>",
                line(&name(rows, pair.a)),
                line(&name(rows, pair.b)),
                grouped(pair.documents)
            );
        }
        page.push_str("<details>\n<summary>The numbers</summary>\n");
        page.push_str(&table("rows", &["directive", "and", "documents that cite both"], &body));
        page.push_str("</details>\n");
    }
    let acts = told(summary);
    let mut body = String::new();
    for (row, _) in acts.iter().take(MOST_TOLD) {
        let fact = &row.fact;
        let link = quotes.link(numbers.of(&row.document), fact.span, &fact.text);
        let by = match &fact.by {
            Some(by) => format!("<span lang=\"vi\">{}</span>", line(by)),
            None => "(the text)".to_owned(),
        };
        let _ = writeln!(
            body,
            "<tr><td>{by}</td><td>{}</td><td><span lang=\"vi\">{}</span> {link}</td></tr>",
            in_words(fact.relation),
            line(&fact.to)
        );
    }
    page.push_str(&table("rows", &["directive", "does", "to"], &body));
    more(acts.len().saturating_sub(MOST_TOLD), "statements", &mut page);
    page
}

fn name(rows: &[DirectiveRow], place: usize) -> String {
    rows.get(place).map(|row| row.directive.to_string()).unwrap_or_default()
}

/// The names below each other, an arc between those that are cited together.
fn arcs(rows: &[DirectiveRow], pairs: &[Together], page: &mut String) {
    // Only what has an arc is drawn.
    let mut drawn: Vec<usize> = pairs.iter().flat_map(|pair| [pair.a, pair.b]).collect();
    drawn.sort_unstable();
    drawn.dedup();
    let high = ROW * drawn.len();
    let most = pairs.iter().map(|pair| pair.documents).max().unwrap_or(1);
    let middle = |place: usize| drawn.partition_point(|&it| it < place) * ROW + ROW / 2;
    let title = "Directives that the same documents cite: the thicker the arc, the more documents";
    let _ = writeln!(
        page,
        "<figure>\n<svg class=\"arcs\" viewBox=\"0 0 {WIDTH} {high}\" role=\"img\" aria-label=\"{}\">",
        escaped(&format!("{} directives, {} arcs; the numbers follow", drawn.len(), pairs.len()))
    );
    for &place in &drawn {
        let name = flat(&name(rows, place));
        let _ = writeln!(
            page,
            "<text x=\"{NAMES}\" y=\"{}\" text-anchor=\"end\" lang=\"vi\">{}<title>{}</title></text>",
            middle(place) + 4,
            escaped(&cut(&name, SHOWN)),
            escaped(&name)
        );
    }
    for pair in pairs {
        let (top, bottom) = (middle(pair.a), middle(pair.b));
        let from = NAMES + 8;
        // Neighbours have a flat arc, the first and the last one that reaches the edge.
        let bend = from + (WIDTH - from) * 4 / 3 * (bottom - top) / high.max(1);
        let thick = (pair.documents * THICKEST).div_ceil(most);
        let _ = writeln!(
            page,
            "<path class=\"arc\" d=\"M{from} {top}C{bend} {top} {bend} {bottom} {from} {bottom}\" \
             stroke-width=\"{thick}\"><title>{}</title></path>",
            escaped(&format!(
                "{} and {}: {}",
                flat(&name(rows, pair.a)),
                flat(&name(rows, pair.b)),
                grouped(pair.documents)
            ))
        );
    }
    let _ = write!(page, "</svg>\n<figcaption>{title}</figcaption>\n</figure>\n");
}
