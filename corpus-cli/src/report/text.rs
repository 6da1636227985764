//! The summary for a terminal.

use super::citations::{self, together};
use super::page::{self, Numbers};
use super::values::period_shown;
use super::{Summary, quality};
use crate::style::{DATE, DIM, HEAD, NAME, WARN};
use crate::text_width::{cut, flat, grouped, pad, width, wrap};

/// The longest bar behind a count.
const BAR: usize = 12;

/// The summary in lines of at most `columns`.
pub(crate) fn render(summary: &Summary, columns: usize) -> String {
    let numbers = Numbers::new(summary);
    let mut page = String::new();
    let [first, second] = page::overview(summary);
    page.push_str(&format!("{HEAD}Corpus summary{HEAD:#}\n{first}\n{DIM}{second}{DIM:#}\n"));
    what_happened(summary, &numbers, columns, &mut page);
    people(summary, columns, &mut page);
    directives(summary, columns, &mut page);
    citations(summary, &numbers, columns, &mut page);
    programmes(summary, columns, &mut page);
    timeline(summary, &numbers, columns, &mut page);
    figures(summary, &numbers, columns, &mut page);
    lists(summary, &numbers, columns, &mut page);
    names(summary, columns, &mut page);
    keywords(summary, columns, &mut page);
    duplicates(summary, &numbers, columns, &mut page);
    judged(summary, &numbers, columns, &mut page);
    documents(summary, columns, &mut page);
    doubts(summary, columns, &mut page);
    page
}

fn heading(text: &str, columns: usize, page: &mut String) {
    let rule = "─".repeat(columns.saturating_sub(width(text) + 1));
    page.push_str(&format!("\n{HEAD}{text}{HEAD:#} {DIM}{rule}{DIM:#}\n"));
}

fn more(left_out: usize, what: &str, page: &mut String) {
    if left_out > 0 {
        let n = grouped(left_out as u64);
        page.push_str(&format!(
            "  {DIM}… and {n} more {what}: --report json has them all{DIM:#}\n"
        ));
    }
}

fn what_happened(summary: &Summary, numbers: &Numbers<'_>, columns: usize, page: &mut String) {
    if summary.corpus.summary.is_empty() {
        return;
    }
    heading("What the documents tell", columns, page);
    for excerpt in &summary.corpus.summary {
        let label = format!("  {} ", pad(&format!("[{}]", numbers.of(&excerpt.document)), 4));
        page.push_str(&dim_start(&wrap(&excerpt.text, columns, &label, 7), &label));
    }
}

/// The same lines with `start`, which they begin with, dimmed.
fn dim_start(lines: &str, start: &str) -> String {
    match lines.strip_prefix(start) {
        Some(rest) => format!("{DIM}{start}{DIM:#}{rest}"),
        None => lines.to_owned(),
    }
}

fn people(summary: &Summary, columns: usize, page: &mut String) {
    let rows = &summary.corpus.people;
    if rows.is_empty() {
        return;
    }
    heading("People and their offices", columns, page);
    let with_office = rows.iter().filter(|row| !row.offices.is_empty());
    for row in with_office.clone().take(page::MOST_PEOPLE) {
        let counts = format!(
            "{}, {}",
            page::counted(row.documents, "document", "documents"),
            page::counted(row.mentions, "mention", "mentions")
        );
        let room = columns.saturating_sub(width(&counts) + 4);
        let name = pad(&cut(&row.name, room), room);
        page.push_str(&format!("  {NAME}{name}{NAME:#}  {DIM}{counts}{DIM:#}\n"));
        page.push_str(&wrap(&row.offices_in_words().join("; "), columns, "      ", 6));
    }
    more(with_office.count().saturating_sub(page::MOST_PEOPLE), "people with offices", page);
    let others: Vec<&str> =
        rows.iter().filter(|row| row.offices.is_empty()).map(|row| row.name.as_str()).collect();
    if !others.is_empty() {
        let shown = others.iter().take(page::MOST_PEOPLE).copied().collect::<Vec<_>>().join(", ");
        let left_out = others.len().saturating_sub(page::MOST_PEOPLE);
        let rest = if left_out > 0 { format!(" and {left_out} more") } else { String::new() };
        page.push_str(&wrap(&format!("without office: {shown}{rest}"), columns, "  ", 4));
    }
}

fn directives(summary: &Summary, columns: usize, page: &mut String) {
    let rows = &summary.corpus.directives;
    if rows.is_empty() {
        return;
    }
    heading("Directives cited", columns, page);
    let most = rows.iter().map(|row| row.mentions).max().unwrap_or(1);
    for row in rows.iter().take(page::MOST_DIRECTIVES) {
        let name = row.directive.to_string();
        let details = page::directive_details(row, &name);
        let bar = "■".repeat((row.mentions as usize * BAR).div_ceil(most as usize).clamp(1, BAR));
        let counts = format!(
            "{}× in {}",
            row.mentions,
            page::counted(row.documents, "document", "documents")
        );
        let right = format!("{} {}", pad(&bar, BAR), pad(&counts, 17));
        let room = columns.saturating_sub(width(&right) + 4);
        let shown = pad(&cut(&name, room), room);
        page.push_str(&format!(
            "  {NAME}{shown}{NAME:#}  {DATE}{}{DATE:#} {DIM}{}{DIM:#}\n",
            pad(&bar, BAR),
            counts
        ));
        if !details.is_empty() {
            page.push_str(&format!(
                "{DIM}{}{DIM:#}",
                wrap(&cut(&details, columns * 2 - 14), columns, "      ", 6)
            ));
        }
    }
    more(rows.len().saturating_sub(page::MOST_DIRECTIVES), "directives", page);
}

fn programmes(summary: &Summary, columns: usize, page: &mut String) {
    let rows = &summary.corpus.programmes;
    if rows.is_empty() {
        return;
    }
    heading("Programmes and their years", columns, page);
    for row in rows.iter().take(page::MOST_PROGRAMMES) {
        let years = row.period.map(|it| format!("{}  ", period_shown(it))).unwrap_or_default();
        let counts = format!(
            "{}× in {}",
            row.mentions,
            page::counted(row.documents, "document", "documents")
        );
        let room = columns.saturating_sub(width(&years) + width(&counts) + 4);
        let name = pad(&cut(&row.shown(), room), room);
        page.push_str(&format!(
            "  {NAME}{name}{NAME:#}  {DATE}{years}{DATE:#}{DIM}{counts}{DIM:#}\n"
        ));
    }
    more(rows.len().saturating_sub(page::MOST_PROGRAMMES), "programmes", page);
}

/// What directives do to each other, and which are cited together.
fn citations(summary: &Summary, numbers: &Numbers<'_>, columns: usize, page: &mut String) {
    let (told, pairs) = (citations::told(summary), together(&summary.corpus.directives));
    if told.is_empty() && pairs.is_empty() {
        return;
    }
    heading("How directives cite each other", columns, page);
    for (row, sentence) in told.iter().take(page::MOST_CITATIONS) {
        let text = format!("{} [{}]", flat(sentence), numbers.of(&row.document));
        page.push_str(&wrap(&text, columns, "  ", 4));
    }
    more(told.len().saturating_sub(page::MOST_CITATIONS), "statements", page);
    let name = |place: usize| {
        let row = summary.corpus.directives.get(place);
        row.map(|row| row.directive.to_string()).unwrap_or_default()
    };
    for pair in pairs.iter().take(page::MOST_CITATIONS) {
        let documents = page::counted(pair.documents, "document", "documents");
        let text = format!("{} with {}: {documents}", name(pair.a), name(pair.b));
        page.push_str(&format!("{DIM}{}{DIM:#}", wrap(&flat(&text), columns, "  ", 4)));
    }
}

fn timeline(summary: &Summary, numbers: &Numbers<'_>, columns: usize, page: &mut String) {
    let rows = page::timeline(summary);
    if rows.is_empty() {
        return;
    }
    heading("Timeline", columns, page);
    let mut last = String::new();
    for row in &rows {
        let day = row.iso.first_day().map_or_else(|| row.iso.to_string(), |day| day.to_string());
        let shown = if day == last { String::new() } else { day.clone() };
        let label = format!("  {} ", pad(&shown, 10));
        let text = format!("{} [{}]", cut(&row.text, columns * 2 - 36), numbers.of(&row.document));
        let lines = wrap(&text, columns, &label, 13);
        page.push_str(&match lines.strip_prefix(label.as_str()) {
            Some(rest) => format!("{DATE}{label}{DATE:#}{rest}"),
            None => lines,
        });
        last = day;
    }
    more(summary.corpus.timeline.len().saturating_sub(rows.len()), "days", page);
}

fn figures(summary: &Summary, numbers: &Numbers<'_>, columns: usize, page: &mut String) {
    let figures = page::figures(summary);
    if figures.is_empty() {
        return;
    }
    heading("Figures", columns, page);
    let wide = figures
        .iter()
        .map(|figure| width(&flat(figure.written)))
        .max()
        .unwrap_or(0)
        .min(columns / 3);
    for figure in &figures {
        let written = flat(figure.written);
        let number = format!(" [{}]", numbers.of(figure.document));
        let room = columns.saturating_sub(wide + 4 + width(&number));
        let around = around(figure.sentence, figure.written, room);
        page.push_str(&format!(
            "  {NAME}{}{NAME:#}  {around}{DIM}{number}{DIM:#}\n",
            pad(&cut(&written, wide), wide)
        ));
    }
}

/// The part of a sentence around what was written, in at most `columns`.
fn around(sentence: &str, written: &str, columns: usize) -> String {
    let sentence = flat(sentence);
    let written = flat(written);
    if width(&sentence) <= columns {
        return sentence;
    }
    let Some(at) = sentence.find(&written) else { return cut(&sentence, columns) };
    let before = sentence.get(..at).unwrap_or_default();
    if width(before) + width(&written) + 8 <= columns {
        return cut(&sentence, columns);
    }
    // Some words before the figure, then as much after it as there is room for.
    let words: Vec<&str> = before.split(' ').filter(|word| !word.is_empty()).collect();
    let lead_room = columns.saturating_sub(width(&written)) / 2;
    let mut kept = Vec::new();
    let mut taken = 0;
    for word in words.iter().rev() {
        taken += width(word) + 1;
        if taken > lead_room {
            break;
        }
        kept.push(*word);
    }
    kept.reverse();
    let rest = sentence.get(at..).unwrap_or_default();
    cut(&format!("…{} {rest}", kept.join(" ")), columns)
}

fn lists(summary: &Summary, numbers: &Numbers<'_>, columns: usize, page: &mut String) {
    let lists = page::lists(summary);
    if lists.is_empty() {
        return;
    }
    heading("Announced lists", columns, page);
    for (document, list) in &lists {
        let missing = page::missing_items(list).map(|it| format!(" ({it})")).unwrap_or_default();
        let number = format!("{missing} [{}]", numbers.of(&document.id));
        let room = columns.saturating_sub(width(&number) + 2);
        let text = cut(&list.text, room);
        page.push_str(&format!("  {NAME}{text}{NAME:#}{DIM}{number}{DIM:#}\n"));
        for (i, item) in list.items.iter().take(page::MOST_ITEMS).enumerate() {
            let label = format!("    {} ", pad(&format!("{}.", i + 1), 3));
            let item = cut(&item.text, (columns * 2).saturating_sub(20));
            page.push_str(&dim_start(&wrap(&item, columns, &label, 8), &label));
        }
        more(list.items.len().saturating_sub(page::MOST_ITEMS), "items", page);
    }
    let all = summary.documents.iter().map(|it| it.lists.len()).sum::<usize>();
    more(all.saturating_sub(lists.len()), "lists", page);
}

fn names(summary: &Summary, columns: usize, page: &mut String) {
    let corpus = &summary.corpus;
    for (rows, title) in [(&corpus.organizations, "Organisations"), (&corpus.places, "Places")] {
        if !rows.is_empty() {
            heading(title, columns, page);
            page.push_str(&wrap(&page::named(rows), columns, "  ", 2));
        }
    }
}

fn keywords(summary: &Summary, columns: usize, page: &mut String) {
    let words: Vec<&str> = summary.corpus.keywords.iter().map(|row| row.word.as_str()).collect();
    if !words.is_empty() {
        heading("Keywords", columns, page);
        page.push_str(&wrap(&words.join(", "), columns, "  ", 2));
    }
}

fn duplicates(summary: &Summary, numbers: &Numbers<'_>, columns: usize, page: &mut String) {
    let rows = &summary.corpus.duplicates;
    if rows.is_empty() {
        return;
    }
    heading("Near-duplicates", columns, page);
    for row in rows.iter().take(page::MOST_PAIRS) {
        let (a, b) = (numbers.of(&row.a), numbers.of(&row.b));
        let percent = (row.similarity * 100.0).round();
        let line = format!(
            "[{a}] and [{b}] share {percent} % of their word runs: {} and {}",
            row.a, row.b
        );
        page.push_str(&wrap(&line, columns, "  ", 4));
    }
    more(rows.len().saturating_sub(page::MOST_PAIRS), "pairs", page);
}

/// Which rules of quality documents break, and which documents.
fn judged(summary: &Summary, numbers: &Numbers<'_>, columns: usize, page: &mut String) {
    if summary.documents.is_empty() {
        return;
    }
    heading("Quality", columns, page);
    page.push_str(&wrap(&quality::told(summary), columns, "  ", 4));
    let rules = &summary.corpus.quality.rules;
    let wide = rules.iter().map(|row| width(&row.rule)).max().unwrap_or(0);
    for row in rules {
        let documents = page::counted(row.documents, "document", "documents");
        let rule = pad(&row.rule, wide);
        page.push_str(&format!("  {NAME}{rule}{NAME:#}  {DIM}{documents}{DIM:#}\n"));
    }
    let broken = quality::broken(summary, numbers);
    for (number, _, rules) in broken.iter().take(quality::MOST_BROKEN) {
        let label = format!("  {} ", pad(&format!("[{number}]"), 4));
        page.push_str(&dim_start(&wrap(rules, columns, &label, 7), &label));
    }
    more(broken.len().saturating_sub(quality::MOST_BROKEN), "documents", page);
}

fn documents(summary: &Summary, columns: usize, page: &mut String) {
    if summary.documents.is_empty() {
        return;
    }
    heading("Documents", columns, page);
    for (i, document) in summary.documents.iter().take(page::MOST_DOCUMENTS).enumerate() {
        let label = format!("  {} ", pad(&format!("[{}]", i + 1), 4));
        let title = wrap(&flat(&page::titled(document)), columns, &label, 7);
        let title = title.strip_prefix(label.as_str()).unwrap_or(&title).trim_end().to_owned();
        page.push_str(&format!("{DIM}{label}{DIM:#}{HEAD}{title}{HEAD:#}\n"));
        page.push_str(&format!(
            "{DIM}{}{DIM:#}",
            wrap(&page::described(document), columns, "       ", 7)
        ));
        for excerpt in &document.summary {
            page.push_str(&wrap(&excerpt.text, columns, "       ", 7));
        }
        if !document.keywords.is_empty() {
            let words = document.keywords.join(", ");
            page.push_str(&format!("{DIM}{}{DIM:#}", wrap(&words, columns, "       ", 7)));
        }
    }
    more(summary.documents.len().saturating_sub(page::MOST_DOCUMENTS), "documents", page);
}

fn doubts(summary: &Summary, columns: usize, page: &mut String) {
    heading("Doubtful or unreadable", columns, page);
    let doubts = page::doubts(summary);
    for doubt in &doubts {
        page.push_str(&wrap(doubt, columns, "  ", 4));
    }
    for row in summary.ledger.unreadable.iter().take(page::MOST_UNREADABLE) {
        let line = page::unreadable(row);
        page.push_str(&format!("{WARN}{}{WARN:#}", wrap(&line, columns, "  ", 4)));
    }
    more(summary.ledger.unreadable.len().saturating_sub(page::MOST_UNREADABLE), "places", page);
    if doubts.is_empty() && summary.ledger.unreadable.is_empty() {
        page.push_str("  nothing\n");
    }
    page.push_str(&format!("{DIM}{}{DIM:#}", wrap(&page::ledger_line(summary), columns, "  ", 4)));
}
