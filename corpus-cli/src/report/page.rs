//! What the renderings for people have in common: which rows they show, and in which words.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use corpus_model::rust_decimal::Decimal;
use corpus_model::{Basis, QuantityKind, Span, When};

use super::facts::DirectiveRow;
use super::names::NameRow;
use super::{DocumentSummary, ListFact, QuantityFact, Summary, TimelineRow, UnreadableRow};
use crate::text_width::grouped;

/// People shown with their offices.
pub(crate) const MOST_PEOPLE: usize = 15;
/// Directives shown.
pub(crate) const MOST_DIRECTIVES: usize = 20;
/// Programmes shown.
pub(crate) const MOST_PROGRAMMES: usize = 20;
/// Statements shown of what directives do to each other, and pairs cited together.
pub(crate) const MOST_CITATIONS: usize = 12;
/// Days shown on the timeline.
pub(crate) const MOST_DAYS: usize = 20;
/// Announced lists shown.
pub(crate) const MOST_LISTS: usize = 10;
/// Items shown of an announced list.
pub(crate) const MOST_ITEMS: usize = 12;
/// Organisations shown, and places.
pub(crate) const MOST_NAMES: usize = 24;
/// Near-duplicates shown.
pub(crate) const MOST_PAIRS: usize = 20;
/// Documents shown.
pub(crate) const MOST_DOCUMENTS: usize = 50;
/// Doubtful documents shown.
pub(crate) const MOST_DOUBTS: usize = 12;
/// Unreadable places shown.
pub(crate) const MOST_UNREADABLE: usize = 20;

/// The number by which a report points to a document: its place in the list, from 1.
pub(crate) struct Numbers<'a>(BTreeMap<&'a str, usize>);

impl<'a> Numbers<'a> {
    pub(crate) fn new(summary: &'a Summary) -> Numbers<'a> {
        Numbers(
            summary.documents.iter().enumerate().map(|(i, it)| (it.id.as_str(), i + 1)).collect(),
        )
    }

    pub(crate) fn of(&self, id: &str) -> usize {
        self.0.get(id).copied().unwrap_or_default()
    }
}

/// `1 document`, `2 documents`.
pub(crate) fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// Bytes in the unit that people would say.
pub(crate) fn bytes(n: u64) -> String {
    match n {
        0..10_000 => counted(n, "byte", "bytes"),
        10_000..10_000_000 => format!("{} kB", grouped(n / 1000)),
        _ => format!("{} MB", grouped(n / 1_000_000)),
    }
}

/// What the corpus is, in two lines.
pub(crate) fn overview(summary: &Summary) -> [String; 2] {
    let corpus = &summary.corpus;
    let mut first = counted(corpus.documents, "document", "documents");
    if !corpus.sites.is_empty() {
        first.push_str(&format!(" from {}", counted(corpus.sites.len() as u64, "site", "sites")));
    }
    match (corpus.first, corpus.last) {
        (Some(from), Some(to)) if from == to => first.push_str(&format!(", {from}")),
        (Some(from), Some(to)) => first.push_str(&format!(", {from} to {to}")),
        _ => {}
    }
    let second = [
        counted(corpus.sentences, "sentence", "sentences"),
        counted(corpus.syllables, "syllable", "syllables"),
        counted(corpus.words, "word", "words"),
        bytes(corpus.bytes),
    ]
    .join(" · ");
    [first, second]
}

/// What is said of a document beside its title.
pub(crate) fn described(document: &DocumentSummary) -> String {
    let mut parts = vec![document.id.clone()];
    parts.extend(document.site.clone());
    match (document.published, document.published_basis) {
        (Some(when), Some(Basis::Context)) => parts.push(format!("{when} (worked out)")),
        (Some(when), _) => parts.push(when.to_string()),
        (None, _) => parts.push("no date".to_owned()),
    }
    parts.extend(document.byline.clone());
    parts.push(counted(document.sentences, "sentence", "sentences"));
    parts.join(" · ")
}

/// The title, or what stands for it.
pub(crate) fn titled(document: &DocumentSummary) -> String {
    document.title.clone().unwrap_or_else(|| "(no title)".to_owned())
}

/// Who issued a directive, when, and what it is called.
pub(crate) fn directive_details(row: &DirectiveRow, name: &str) -> String {
    let directive = &row.directive;
    let mut parts = Vec::new();
    parts.extend(directive.issuer.clone());
    parts.extend(directive.date.map(|date| date.to_string()));
    let term = directive.term.as_ref().map(|term| format!("khóa {term}"));
    parts.extend(term.filter(|term| directive.date.is_none() && !name.contains(term.as_str())));
    parts.extend(directive.title.clone().filter(|title| !name.contains(title.as_str())));
    parts.join(" · ")
}

/// A figure worth showing: what was written, and the sentence around it.
pub(crate) struct Figure<'a> {
    pub(crate) document: &'a str,
    pub(crate) written: &'a str,
    pub(crate) sentence: &'a str,
    /// Where the sentence stands in the document.
    pub(crate) span: Span,
}

/// How many figures of each sort are shown: money, shares, measures, counts.
const FIGURES: [(QuantityKind, usize); 4] = [
    (QuantityKind::Money, 7),
    (QuantityKind::Percent, 3),
    (QuantityKind::Measure, 2),
    (QuantityKind::Count, 4),
];

/// The figures that a reader would note: the largest of each sort, and of each document its
/// largest before any document's second.
pub(crate) fn figures(summary: &Summary) -> Vec<Figure<'_>> {
    let mut figures = Vec::new();
    for (kind, quota) in FIGURES {
        let mut ranked = Vec::new();
        for (place, document) in summary.documents.iter().enumerate() {
            if is_repeated(summary, &document.id) {
                continue;
            }
            let announces = |fact: &QuantityFact| {
                document.lists.iter().any(|list| list.span.contains(fact.span))
            };
            // "All of them" is rarely news, and what a list announces is shown with its items.
            let telling = |fact: &&QuantityFact| {
                fact.quantity.kind == kind
                    && !(kind == QuantityKind::Percent
                        && fact.quantity.number == Decimal::ONE_HUNDRED)
                    && !announces(fact)
            };
            let mut facts: Vec<_> = document.quantities.iter().filter(telling).collect();
            facts.sort_by_key(|fact| (Reverse(fact.quantity.number), fact.span.start()));
            facts.dedup_by_key(|fact| fact.quantity.number);
            ranked.extend(facts.into_iter().enumerate().map(|(round, fact)| {
                (round, Reverse(fact.quantity.number), place, fact.span.start(), document, fact)
            }));
        }
        ranked.sort_by_key(|(round, number, place, start, ..)| (*round, *number, *place, *start));
        figures.extend(ranked.into_iter().take(quota).map(|(.., document, fact)| Figure {
            document: &document.id,
            written: &fact.text,
            sentence: &fact.sentence,
            span: fact.sentence_span,
        }));
    }
    figures
}

/// The announced lists to show, with the documents that announce them: of each document its fullest
/// before any document's second, those with all their items before others.
pub(crate) fn lists(summary: &Summary) -> Vec<(&DocumentSummary, &ListFact)> {
    let mut ranked = Vec::new();
    for (place, document) in summary.documents.iter().enumerate() {
        if is_repeated(summary, &document.id) {
            continue;
        }
        let mut lists: Vec<&ListFact> = document.lists.iter().collect();
        lists.sort_by_key(|list| {
            (Reverse(list.complete), Reverse(list.items.len()), list.span.start())
        });
        ranked.extend(lists.into_iter().enumerate().map(|(round, list)| {
            (round, Reverse(list.complete), place, list.span.start(), document, list)
        }));
    }
    ranked.sort_by_key(|(round, complete, place, start, ..)| (*round, *complete, *place, *start));
    let mut chosen: Vec<_> = ranked.into_iter().take(MOST_LISTS).collect();
    chosen.sort_by_key(|(_, _, place, start, ..)| (*place, *start));
    chosen.into_iter().map(|(.., document, list)| (document, list)).collect()
}

/// How much of a list is missing, if something is: `2 of 4 found`.
pub(crate) fn missing_items(list: &ListFact) -> Option<String> {
    let announced = list.announced.filter(|_| !list.complete)?;
    Some(format!("{} of {announced} found", list.items.len()))
}

/// Names with the documents that they stand in: `Tỉnh ủy (3), Sở Y tế`.
pub(crate) fn named(rows: &[NameRow]) -> String {
    let shown: Vec<String> = rows
        .iter()
        .take(MOST_NAMES)
        .map(|row| match row.documents {
            1 => row.name.clone(),
            n => format!("{} ({n})", row.name),
        })
        .collect();
    let left_out = rows.len().saturating_sub(MOST_NAMES);
    let more = if left_out > 0 { format!(" and {left_out} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// Whether the document says what one before it says; a story printed twice happened once.
fn is_repeated(summary: &Summary, id: &str) -> bool {
    summary.corpus.duplicates.iter().any(|pair| pair.b == id)
}

/// The days of the timeline to show: from the first document on, the documents' own before others,
/// spread over the whole of it.
pub(crate) fn timeline(summary: &Summary) -> Vec<&TimelineRow> {
    let first = summary.corpus.first.and_then(When::first_day);
    let (own, others): (Vec<&TimelineRow>, Vec<&TimelineRow>) = summary
        .corpus
        .timeline
        .iter()
        // What lies before is history that the documents look back on, not what they report.
        .filter(|row| row.iso.first_day() >= first)
        .filter(|row| !is_repeated(summary, &row.document))
        .partition(|row| row.is_of_document);
    let mut chosen = spread(&own);
    chosen.extend(spread(&others).into_iter().take(MOST_DAYS - chosen.len()));
    chosen.sort_by_key(|row| (row.iso.first_day(), row.iso));
    chosen
}

/// At most [`MOST_DAYS`] of the rows, evenly thinned, so that the first and the last stay.
fn spread<'a>(rows: &[&'a TimelineRow]) -> Vec<&'a TimelineRow> {
    if rows.len() <= MOST_DAYS {
        return rows.to_vec();
    }
    (0..MOST_DAYS)
        .filter_map(|i| rows.get(i * (rows.len() - 1) / (MOST_DAYS - 1)).copied())
        .collect()
}

/// What a reader should doubt: documents without a date, days without a year.
pub(crate) fn doubts(summary: &Summary) -> Vec<String> {
    let numbers = Numbers::new(summary);
    let mut doubts = Vec::new();
    let undated: Vec<String> = summary
        .documents
        .iter()
        .filter(|document| document.published.is_none())
        .map(|document| format!("[{}]", numbers.of(&document.id)))
        .collect();
    if !undated.is_empty() {
        let named = undated.iter().take(MOST_DOUBTS).cloned().collect::<Vec<_>>().join(", ");
        let more = undated.len().saturating_sub(MOST_DOUBTS);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let n = counted(undated.len() as u64, "document", "documents");
        doubts.push(format!("nothing settles the date of {n}: {named}{more}"));
    }
    let open: Vec<&DocumentSummary> =
        summary.documents.iter().filter(|document| !document.doubtful_dates.is_empty()).collect();
    for document in open.iter().take(MOST_DOUBTS) {
        let n = document.doubtful_dates.len();
        let mut days =
            document.doubtful_dates.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
        if n > 5 {
            days.push_str(&format!(" and {} more", n - 5));
        }
        doubts.push(format!("[{}]: nothing settles the year of {days}", numbers.of(&document.id)));
    }
    if let Some(more @ 1..) = open.len().checked_sub(MOST_DOUBTS) {
        let n = counted(more as u64, "more document", "more documents");
        doubts.push(format!("{n} with days whose year is open: --report json has them all"));
    }
    doubts
}

/// A place that could not be read: file, position, reason, how much was lost.
pub(crate) fn unreadable(row: &UnreadableRow) -> String {
    let path = row.path.as_deref().unwrap_or("standard input");
    // Damage inside a text says its line and byte itself.
    let place = if row.error.starts_with("line ") || row.bytes == 0 {
        String::new()
    } else {
        format!("byte {}: ", row.offset)
    };
    format!("{path}: {place}{} ({})", row.error, bytes(row.bytes))
}

/// The ledger in one line.
pub(crate) fn ledger_line(summary: &Summary) -> String {
    let ledger = &summary.ledger;
    let unreadable: u64 = ledger.unreadable.iter().map(|row| row.bytes).sum();
    let rejected: u64 = ledger.rejected.iter().map(|row| row.bytes).sum();
    let mut line = format!(
        "{} bytes in = {} in documents + {} in separators + {} unreadable",
        grouped(ledger.bytes_in),
        grouped(ledger.bytes_documents),
        grouped(ledger.bytes_separators),
        grouped(unreadable)
    );
    if rejected > 0 {
        line.push_str(&format!(" + {} rejected", grouped(rejected)));
    }
    if !ledger.closes() {
        line.push_str(" (does not close: please report this)");
    }
    line
}
