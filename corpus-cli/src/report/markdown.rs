//! The summary in Markdown, with the same sections as on a terminal.

use super::citations::{self, together};
use super::page::{self, Numbers};
use super::values::period_shown;
use super::{Summary, quality};
use crate::text_width::flat;

/// The summary as a page of Markdown.
pub(crate) fn render(summary: &Summary) -> String {
    let numbers = Numbers::new(summary);
    let mut page = String::from("# Corpus summary\n\n");
    let [first, second] = page::overview(summary);
    page.push_str(&format!("{first}  \n{second}\n"));
    let corpus = &summary.corpus;
    if !corpus.summary.is_empty() {
        page.push_str("\n## What the documents tell\n\n");
        for excerpt in &corpus.summary {
            page.push_str(&format!(
                "- {} {}\n",
                escaped(&excerpt.text),
                link(numbers.of(&excerpt.document))
            ));
        }
    }
    if !corpus.people.is_empty() {
        page.push_str("\n## People and their offices\n\n| person | offices | documents | mentions |\n| --- | --- | ---: | ---: |\n");
        for row in corpus.people.iter().take(page::MOST_PEOPLE) {
            let offices = row.offices_in_words().join("; ");
            page.push_str(&format!(
                "| {} | {} | {} | {} |\n",
                escaped(&row.name),
                escaped(&offices),
                row.documents,
                row.mentions
            ));
        }
        more(corpus.people.len().saturating_sub(page::MOST_PEOPLE), &mut page);
    }
    if !corpus.directives.is_empty() {
        page.push_str("\n## Directives cited\n\n| directive | details | documents | mentions |\n| --- | --- | ---: | ---: |\n");
        for row in corpus.directives.iter().take(page::MOST_DIRECTIVES) {
            let name = row.directive.to_string();
            let details = page::directive_details(row, &name);
            page.push_str(&format!(
                "| {} | {} | {} | {} |\n",
                escaped(&name),
                escaped(&details),
                row.documents,
                row.mentions
            ));
        }
        more(corpus.directives.len().saturating_sub(page::MOST_DIRECTIVES), &mut page);
    }
    citations(summary, &numbers, &mut page);
    programmes(summary, &mut page);
    let days = page::timeline(summary);
    if !days.is_empty() {
        page.push_str("\n## Timeline\n\n| day | what |\n| --- | --- |\n");
        for row in &days {
            page.push_str(&format!(
                "| {} | {} {} |\n",
                row.iso,
                escaped(&row.text),
                link(numbers.of(&row.document))
            ));
        }
        more(corpus.timeline.len().saturating_sub(days.len()), &mut page);
    }
    let figures = page::figures(summary);
    if !figures.is_empty() {
        page.push_str("\n## Figures\n\n| figure | where |\n| --- | --- |\n");
        for figure in &figures {
            let number = link(numbers.of(figure.document));
            page.push_str(&format!(
                "| {} | {} {number} |\n",
                escaped(figure.written),
                escaped(figure.sentence)
            ));
        }
    }
    lists(summary, &numbers, &mut page);
    for (rows, title) in [(&corpus.organizations, "Organisations"), (&corpus.places, "Places")] {
        if !rows.is_empty() {
            page.push_str(&format!("\n## {title}\n\n{}\n", escaped(&page::named(rows))));
        }
    }
    if !corpus.keywords.is_empty() {
        let words: Vec<String> = corpus.keywords.iter().map(|row| escaped(&row.word)).collect();
        page.push_str(&format!("\n## Keywords\n\n{}\n", words.join(", ")));
    }
    if !corpus.duplicates.is_empty() {
        page.push_str("\n## Near-duplicates\n\n| a | b | similarity |\n| --- | --- | ---: |\n");
        for row in corpus.duplicates.iter().take(page::MOST_PAIRS) {
            page.push_str(&format!(
                "| {} {} | {} {} | {:.3} |\n",
                escaped(&row.a),
                link(numbers.of(&row.a)),
                escaped(&row.b),
                link(numbers.of(&row.b)),
                row.similarity
            ));
        }
        more(corpus.duplicates.len().saturating_sub(page::MOST_PAIRS), &mut page);
    }
    judged(summary, &numbers, &mut page);
    if !summary.documents.is_empty() {
        page.push_str("\n## Documents\n");
        for (i, document) in summary.documents.iter().take(page::MOST_DOCUMENTS).enumerate() {
            let n = i + 1;
            let title = escaped(&page::titled(document));
            page.push_str(&format!(
                "\n### <a id=\"d{n}\"></a>{n}. {title}\n\n{}\n",
                escaped(&page::described(document))
            ));
            for excerpt in &document.summary {
                page.push_str(&format!("\n> {}\n", escaped(&excerpt.text)));
            }
            if !document.keywords.is_empty() {
                page.push_str(&format!("\nKeywords: {}\n", escaped(&document.keywords.join(", "))));
            }
        }
        more(summary.documents.len().saturating_sub(page::MOST_DOCUMENTS), &mut page);
    }
    page.push_str("\n## Doubtful or unreadable\n\n");
    for doubt in page::doubts(summary) {
        page.push_str(&format!("- {}\n", escaped(&doubt)));
    }
    for row in summary.ledger.unreadable.iter().take(page::MOST_UNREADABLE) {
        let line = page::unreadable(row);
        page.push_str(&format!("- {}\n", escaped(&line)));
    }
    page.push_str(&format!("- {}\n", page::ledger_line(summary)));
    page
}

/// What directives do to each other, and which are cited together.
fn citations(summary: &Summary, numbers: &Numbers<'_>, page: &mut String) {
    let (told, pairs) = (citations::told(summary), together(&summary.corpus.directives));
    if told.is_empty() && pairs.is_empty() {
        return;
    }
    page.push_str("\n## How directives cite each other\n\n");
    for (row, sentence) in told.iter().take(page::MOST_CITATIONS) {
        let number = link(numbers.of(&row.document));
        page.push_str(&format!("- {} {number}\n", escaped(sentence)));
    }
    more(told.len().saturating_sub(page::MOST_CITATIONS), page);
    if pairs.is_empty() {
        return;
    }
    page.push_str("\n| directive | and | documents that cite both |\n| --- | --- | ---: |\n");
    let name = |place: usize| {
        let row = summary.corpus.directives.get(place);
        row.map(|row| row.directive.to_string()).unwrap_or_default()
    };
    for pair in pairs.iter().take(page::MOST_CITATIONS) {
        let (a, b) = (escaped(&name(pair.a)), escaped(&name(pair.b)));
        page.push_str(&format!("| {a} | {b} | {} |\n", pair.documents));
    }
}

/// Which rules of quality documents break, and which documents.
fn judged(summary: &Summary, numbers: &Numbers<'_>, page: &mut String) {
    if summary.documents.is_empty() {
        return;
    }
    page.push_str(&format!("\n## Quality\n\n{}.\n", escaped(&quality::told(summary))));
    let rules = &summary.corpus.quality.rules;
    if rules.is_empty() {
        return;
    }
    page.push_str("\n| rule | documents |\n| --- | ---: |\n");
    for row in rules {
        page.push_str(&format!("| {} | {} |\n", escaped(&row.rule), row.documents));
    }
    page.push_str("\n| document | rules, measure and threshold |\n| --- | --- |\n");
    let broken = quality::broken(summary, numbers);
    for (number, document, rules) in broken.iter().take(quality::MOST_BROKEN) {
        let (id, number) = (escaped(&document.id), link(*number));
        page.push_str(&format!("| {id} {number} | {} |\n", escaped(rules)));
    }
    more(broken.len().saturating_sub(quality::MOST_BROKEN), page);
}

fn programmes(summary: &Summary, page: &mut String) {
    let rows = &summary.corpus.programmes;
    if rows.is_empty() {
        return;
    }
    page.push_str("\n## Programmes and their years\n\n");
    page.push_str("| programme | years | documents | mentions |\n| --- | --- | ---: | ---: |\n");
    for row in rows.iter().take(page::MOST_PROGRAMMES) {
        page.push_str(&format!(
            "| {} | {} | {} | {} |\n",
            escaped(&row.shown()),
            row.period.map(period_shown).unwrap_or_default(),
            row.documents,
            row.mentions
        ));
    }
    more(rows.len().saturating_sub(page::MOST_PROGRAMMES), page);
}

fn lists(summary: &Summary, numbers: &Numbers<'_>, page: &mut String) {
    let lists = page::lists(summary);
    if lists.is_empty() {
        return;
    }
    page.push_str("\n## Announced lists\n");
    for (document, list) in &lists {
        let missing = page::missing_items(list).map(|it| format!(" ({it})")).unwrap_or_default();
        let number = link(numbers.of(&document.id));
        page.push_str(&format!("\n**{}**{missing} {number}\n\n", escaped(&list.text)));
        for (i, item) in list.items.iter().take(page::MOST_ITEMS).enumerate() {
            page.push_str(&format!("{}. {}\n", i + 1, escaped(&item.text)));
        }
        more(list.items.len().saturating_sub(page::MOST_ITEMS), page);
    }
    let all = summary.documents.iter().map(|it| it.lists.len()).sum::<usize>();
    more(all.saturating_sub(lists.len()), page);
}

fn link(number: usize) -> String {
    format!("[[{number}]](#d{number})")
}

fn more(left_out: usize, page: &mut String) {
    if left_out > 0 {
        page.push_str(&format!("\n… and {left_out} more: `--report json` has them all.\n"));
    }
}

/// Text in one line, with what Markdown would take for itself escaped.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in flat(text).chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#') {
            safe.push('\\');
        }
        safe.push(letter);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn escapes_what_markdown_would_take() {
        assert_eq!(escaped("a|b\n*c*  [d]"), "a\\|b \\*c\\* \\[d\\]");
    }
}
