//! How the documents are spread over sites, time and lengths.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use corpus_model::When;

use super::super::{Summary, page};
use super::chart::{columns, share};
use super::{line, more, table};
use crate::text_width::grouped;

/// More columns than this are too thin to be read.
const MOST_COLUMNS: usize = 72;

/// Where the documents come from, from when they are, and how long they are.
pub(super) fn spread(summary: &Summary) -> String {
    let mut page = columns("Documents by time of publication", "time", &by_time(summary));
    page.push_str(&columns("Documents by length", "words", &by_length(summary)));
    let sites = &summary.corpus.sites;
    let most = sites.iter().map(|row| row.documents).max().unwrap_or(1);
    let mut body = String::new();
    for row in sites.iter().take(page::MOST_DIRECTIVES) {
        let _ = writeln!(
            body,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"number\">{}</td></tr>",
            line(&row.name),
            share(row.documents, most),
            grouped(row.documents)
        );
    }
    page.push_str(&table("sites", &["site", "", "documents"], &body));
    more(sites.len().saturating_sub(page::MOST_DIRECTIVES), "sites", &mut page);
    page
}

/// The documents of each month from the first to the last, or of each year where months are too many.
fn by_time(summary: &Summary) -> Vec<(String, u64)> {
    use chrono::Datelike as _;
    let months: Vec<i32> = summary
        .documents
        .iter()
        .filter_map(|it| it.published.and_then(When::first_day))
        .map(|day| day.year() * 12 + day.month0() as i32)
        .collect();
    let (Some(&first), Some(&last)) = (months.iter().min(), months.iter().max()) else {
        return Vec::new();
    };
    let by_month = usize::try_from(last - first).is_ok_and(|more| more < MOST_COLUMNS);
    let unit = |month: i32| if by_month { month } else { month.div_euclid(12) };
    let shown = |unit: i32| match by_month {
        true => format!("{:04}-{:02}", unit.div_euclid(12), unit.rem_euclid(12) + 1),
        false => format!("{unit:04}"),
    };
    let mut counts: BTreeMap<i32, u64> = BTreeMap::new();
    for month in months {
        *counts.entry(unit(month)).or_default() += 1;
    }
    // A single wrong year would make ten thousand columns; empty ones between are left out then.
    let (from, to) = (unit(first), unit(last));
    if usize::try_from(to - from).is_ok_and(|more| more < MOST_COLUMNS) {
        (from..=to).map(|it| (shown(it), counts.get(&it).copied().unwrap_or(0))).collect()
    } else {
        counts.into_iter().map(|(it, count)| (shown(it), count)).collect()
    }
}

/// The documents of up to 100, 200, 400 … words.
fn by_length(summary: &Summary) -> Vec<(String, u64)> {
    let class = |words: u64| words.div_ceil(100).max(1).next_power_of_two().trailing_zeros();
    let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
    for document in &summary.documents {
        *counts.entry(class(document.words)).or_default() += 1;
    }
    let (Some(&from), Some(&to)) = (counts.keys().next(), counts.keys().next_back()) else {
        return Vec::new();
    };
    let shown = |class: u32| format!("≤ {}", grouped(100_u64.saturating_mul(1 << class)));
    (from..=to).map(|it| (shown(it), counts.get(&it).copied().unwrap_or(0))).collect()
}
