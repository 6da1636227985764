//! The summary as one page for a browser.
//!
//! The page needs nothing beside it and runs no script. What it states links to the sentence that
//! says so, which stands with its place in its document in the list of documents.

mod chart;
mod citations;
mod documents;
mod quality;
mod spread;

use std::borrow::Cow;
use std::fmt::Write as _;

use super::Summary;
use super::page::{self, Numbers};
use super::values::period_shown;
use crate::markup::escaped;
use crate::text_width::{flat, grouped};
use chart::share;
use documents::Quotes;

const STYLE: &str = include_str!("html/page.css");
/// Documents to which a person or a directive links; the page says how many more there are.
const MOST_LINKS: usize = 10;

/// The summary as a page of HTML.
pub(crate) fn render(summary: &Summary) -> String {
    let numbers = Numbers::new(summary);
    let mut quotes = Quotes::default();
    let mut sections = Sections::default();
    sections.add("told", "What the documents tell", told(summary, &numbers, &mut quotes));
    sections.add("timeline", "Timeline", timeline(summary, &numbers, &mut quotes));
    sections.add("people", "People and their offices", people(summary, &mut quotes));
    sections.add("directives", "Directives cited", directives(summary, &mut quotes));
    sections.add(
        "citations",
        "How directives cite each other",
        citations::citations(summary, &numbers, &mut quotes),
    );
    sections.add("programmes", "Programmes and their years", programmes(summary, &mut quotes));
    sections.add("figures", "Figures", figures(summary, &numbers, &mut quotes));
    sections.add("lists", "Announced lists", lists(summary, &numbers, &mut quotes));
    sections.add("organisations", "Organisations", names(&summary.corpus.organizations));
    sections.add("places", "Places", names(&summary.corpus.places));
    sections.add("keywords", "Keywords", keywords(summary));
    sections.add("corpus", "Sites, months, lengths", spread::spread(summary));
    sections.add("duplicates", "Near-duplicates", duplicates(summary, &numbers, &mut quotes));
    sections.add("quality", "Quality", quality::quality(summary, &numbers, &mut quotes));
    sections.add("documents", "Documents", documents::documents(summary, &quotes));
    sections.add("doubts", "Doubtful or unreadable", doubts(summary));
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>Corpus summary</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
    );
    header(summary, &sections, &mut page);
    page.push_str("<main>\n");
    for (id, title, content) in &sections.0 {
        let _ = write!(
            page,
            "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title}</h2>\n{content}</section>\n"
        );
    }
    page.push_str("</main>\n<footer>\n<p>Every quotation is the author’s own text; places are bytes of the document’s text. \
                   The same as data: <code>corpus summarize --report json</code>.</p>\n</footer>\n</body>\n</html>\n");
    page
}

/// The sections that have something to show: name, title, content.
#[derive(Default)]
struct Sections(Vec<(&'static str, &'static str, String)>);

impl Sections {
    fn add(&mut self, id: &'static str, title: &'static str, content: String) {
        if !content.is_empty() {
            self.0.push((id, title, content));
        }
    }
}

fn header(summary: &Summary, sections: &Sections, page: &mut String) {
    let corpus = &summary.corpus;
    let [first, _] = page::overview(summary);
    let _ = write!(page, "<header>\n<h1>Corpus summary</h1>\n<p>{}</p>\n", escaped(&first));
    page.push_str("<dl class=\"totals\">\n");
    for (name, count) in [
        ("documents", grouped(corpus.documents)),
        ("sentences", grouped(corpus.sentences)),
        ("words", grouped(corpus.words)),
        ("syllables", grouped(corpus.syllables)),
        ("people", grouped(corpus.people.len() as u64)),
        ("directives", grouped(corpus.directives.len() as u64)),
        ("text", page::bytes(corpus.bytes)),
    ] {
        let _ = writeln!(page, "<div><dt>{name}</dt><dd>{count}</dd></div>");
    }
    page.push_str("</dl>\n<nav aria-label=\"Sections\"><ul>\n");
    for (id, title, _) in &sections.0 {
        let _ = writeln!(page, "<li><a href=\"#{id}\">{title}</a></li>");
    }
    page.push_str("</ul></nav>\n</header>\n");
}

fn told<'a>(summary: &'a Summary, numbers: &Numbers<'_>, quotes: &mut Quotes<'a>) -> String {
    let mut page = String::new();
    for excerpt in &summary.corpus.summary {
        let link = quotes.link(numbers.of(&excerpt.document), excerpt.span, &excerpt.text);
        let _ = writeln!(page, "<li><span lang=\"vi\">{}</span> {link}</li>", line(&excerpt.text));
    }
    if page.is_empty() { page } else { format!("<ul class=\"told\">\n{page}</ul>\n") }
}

fn timeline<'a>(summary: &'a Summary, numbers: &Numbers<'_>, quotes: &mut Quotes<'a>) -> String {
    let rows = page::timeline(summary);
    let mut body = String::new();
    for row in &rows {
        let link = quotes.link(numbers.of(&row.document), row.span, &row.text);
        let _ = writeln!(
            body,
            "<tr><td class=\"day\">{}</td><td><span lang=\"vi\">{}</span> {link}</td></tr>",
            row.iso.first_day().map_or_else(|| row.iso.to_string(), |day| day.to_string()),
            line(&row.text)
        );
    }
    let mut page = table("rows", &["day", "what"], &body);
    more(summary.corpus.timeline.len().saturating_sub(rows.len()), "days", &mut page);
    page
}

/// Links to the documents at these places.
fn links(found_in: &[usize], quotes: &mut Quotes<'_>) -> String {
    let shown: Vec<String> =
        found_in.iter().take(MOST_LINKS).map(|place| quotes.document(place + 1)).collect();
    match found_in.len().saturating_sub(MOST_LINKS) {
        0 => shown.join(" "),
        left_out => format!("{} and {} more", shown.join(" "), grouped(left_out as u64)),
    }
}

fn people(summary: &Summary, quotes: &mut Quotes<'_>) -> String {
    let mut body = String::new();
    let with_office = summary.corpus.people.iter().filter(|row| !row.offices.is_empty());
    for row in with_office.clone().take(page::MOST_PEOPLE * 2) {
        let offices: Vec<String> =
            row.offices_in_words().iter().map(|it| format!("<li>{}</li>", line(it))).collect();
        let _ = writeln!(
            body,
            "<tr><th scope=\"row\" lang=\"vi\">{}</th><td lang=\"vi\"><ul>{}</ul></td>\
             <td>{} · {}</td></tr>",
            line(&row.name),
            offices.concat(),
            page::counted(row.mentions, "mention", "mentions"),
            links(&row.found_in, quotes)
        );
    }
    let mut page = table("rows", &["name", "offices", "where"], &body);
    more(
        with_office.count().saturating_sub(page::MOST_PEOPLE * 2),
        "people with offices",
        &mut page,
    );
    let others: Vec<Cow<'_, str>> = summary
        .corpus
        .people
        .iter()
        .filter(|row| row.offices.is_empty())
        .map(|row| line(&row.name))
        .collect();
    if let Some(shown) =
        others.get(..others.len().min(page::MOST_PEOPLE)).filter(|it| !it.is_empty())
    {
        let _ = write!(page, "<p>Without office: <span lang=\"vi\">{}</span>", shown.join(", "));
        let left_out = others.len().saturating_sub(shown.len());
        page.push_str(&if left_out > 0 {
            format!(" and {left_out} more</p>\n")
        } else {
            "</p>\n".into()
        });
    }
    page
}

fn directives(summary: &Summary, quotes: &mut Quotes<'_>) -> String {
    let rows = &summary.corpus.directives;
    let most = rows.iter().map(|row| row.mentions).max().unwrap_or(1);
    let mut body = String::new();
    for row in rows.iter().take(page::MOST_DIRECTIVES * 2) {
        let name = row.directive.to_string();
        let details = page::directive_details(row, &name);
        let _ = writeln!(
            body,
            "<tr><th scope=\"row\" lang=\"vi\">{}</th><td lang=\"vi\">{}</td>\
             <td>{} {}×<br>{}</td></tr>",
            line(&name),
            line(&details),
            share(row.mentions, most),
            grouped(row.mentions),
            links(&row.found_in, quotes)
        );
    }
    let mut page = table("rows", &["directive", "issuer, date, title", "where"], &body);
    more(rows.len().saturating_sub(page::MOST_DIRECTIVES * 2), "directives", &mut page);
    page
}

fn programmes(summary: &Summary, quotes: &mut Quotes<'_>) -> String {
    let rows = &summary.corpus.programmes;
    let mut body = String::new();
    for row in rows.iter().take(page::MOST_PROGRAMMES * 2) {
        let _ = writeln!(
            body,
            "<tr><th scope=\"row\" lang=\"vi\">{}</th><td>{}</td><td>{}×<br>{}</td></tr>",
            line(&row.shown()),
            row.period.map(period_shown).unwrap_or_default(),
            grouped(row.mentions),
            links(&row.found_in, quotes)
        );
    }
    let mut page = table("rows", &["programme", "years", "where"], &body);
    more(rows.len().saturating_sub(page::MOST_PROGRAMMES * 2), "programmes", &mut page);
    page
}

fn figures<'a>(summary: &'a Summary, numbers: &Numbers<'_>, quotes: &mut Quotes<'a>) -> String {
    let mut body = String::new();
    for figure in page::figures(summary) {
        let link = quotes.link(numbers.of(figure.document), figure.span, figure.sentence);
        let _ = writeln!(
            body,
            "<tr><td class=\"figure\" lang=\"vi\">{}</td>\
             <td><span lang=\"vi\">{}</span> {link}</td></tr>",
            line(figure.written),
            line(figure.sentence)
        );
    }
    table("rows", &["figure", "where it stands"], &body)
}

fn lists<'a>(summary: &'a Summary, numbers: &Numbers<'_>, quotes: &mut Quotes<'a>) -> String {
    let mut page = String::new();
    let lists = page::lists(summary);
    for (document, list) in &lists {
        let missing = page::missing_items(list).map(|it| format!(" ({it})")).unwrap_or_default();
        let link = quotes.link(numbers.of(&document.id), list.span, &list.text);
        let _ = write!(
            page,
            "<div class=\"list\">\n<p><strong lang=\"vi\">{}</strong>{missing} {link}</p>\n<ol lang=\"vi\">\n",
            line(&list.text)
        );
        for item in list.items.iter().take(page::MOST_ITEMS) {
            let _ = writeln!(page, "<li>{}</li>", line(&item.text));
        }
        page.push_str("</ol>\n");
        more(list.items.len().saturating_sub(page::MOST_ITEMS), "items", &mut page);
        page.push_str("</div>\n");
    }
    let all = summary.documents.iter().map(|it| it.lists.len()).sum::<usize>();
    more(all.saturating_sub(lists.len()), "lists", &mut page);
    page
}

fn names(rows: &[super::names::NameRow]) -> String {
    let mut page = String::new();
    for row in rows.iter().take(page::MOST_NAMES * 2) {
        let count = if row.documents > 1 {
            format!(" <small>{}</small>", row.documents)
        } else {
            String::new()
        };
        let _ = writeln!(page, "<span>{}{count}</span>", line(&row.name));
    }
    if page.is_empty() {
        return page;
    }
    let mut page = format!("<p class=\"names\" lang=\"vi\">\n{page}</p>\n");
    more(rows.len().saturating_sub(page::MOST_NAMES * 2), "names", &mut page);
    page
}

fn keywords(summary: &Summary) -> String {
    let words = &summary.corpus.keywords;
    let most = words.iter().map(|row| row.score).fold(0.0, f64::max);
    let mut page = String::new();
    for row in words {
        // From the size of the text to half as much again.
        let size = if most > 0.0 { 100.0 + 50.0 * row.score / most } else { 100.0 };
        let _ = writeln!(page, "<span style=\"font-size:{size:.0}%\">{}</span>", line(&row.word));
    }
    if page.is_empty() { page } else { format!("<p class=\"names\" lang=\"vi\">\n{page}</p>\n") }
}

fn duplicates(summary: &Summary, numbers: &Numbers<'_>, quotes: &mut Quotes<'_>) -> String {
    let rows = &summary.corpus.duplicates;
    let mut body = String::new();
    for row in rows.iter().take(page::MOST_PAIRS) {
        let _ = writeln!(
            body,
            "<tr><td>{} {}</td><td>{} {}</td><td class=\"number\">{:.1} %</td></tr>",
            quotes.document(numbers.of(&row.a)),
            line(&row.a),
            quotes.document(numbers.of(&row.b)),
            line(&row.b),
            row.similarity * 100.0
        );
    }
    let mut page = table("duplicates", &["a", "b", "common word runs"], &body);
    more(rows.len().saturating_sub(page::MOST_PAIRS), "pairs", &mut page);
    page
}

fn doubts(summary: &Summary) -> String {
    let mut items = String::new();
    for doubt in page::doubts(summary) {
        let _ = writeln!(items, "<li>{}</li>", line(&doubt));
    }
    let unreadable = &summary.ledger.unreadable;
    for row in unreadable.iter().take(page::MOST_UNREADABLE) {
        let _ = writeln!(items, "<li>{}</li>", line(&page::unreadable(row)));
    }
    let mut page = match items.as_str() {
        "" => "<p>Nothing.</p>\n".to_owned(),
        items => format!("<ul>\n{items}</ul>\n"),
    };
    more(unreadable.len().saturating_sub(page::MOST_UNREADABLE), "places", &mut page);
    let _ = writeln!(page, "<p class=\"note\">{}</p>", escaped(&page::ledger_line(summary)));
    page
}

/// A table with this body; nothing where there are no rows.
fn table(class: &str, heads: &[&str], body: &str) -> String {
    if body.is_empty() {
        return String::new();
    }
    let mut page = format!("<div class=\"wide\"><table class=\"{class}\">\n<thead><tr>");
    for head in heads {
        let _ = write!(page, "<th scope=\"col\">{head}</th>");
    }
    let _ = write!(page, "</tr></thead>\n<tbody>\n{body}</tbody>\n</table></div>\n");
    page
}

fn more(left_out: usize, what: &str, page: &mut String) {
    if left_out > 0 {
        let n = grouped(left_out as u64);
        let _ = writeln!(
            page,
            "<p class=\"note\">… and {n} more {what}: <code>--report json</code> has them all.</p>"
        );
    }
}

/// A text in one line, harmless.
fn line(text: &str) -> Cow<'static, str> {
    Cow::Owned(escaped(&flat(text)).into_owned())
}
