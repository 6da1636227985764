//! The difference of two corpora for a person.

use super::change::{Difference, KeyWord, Named};
use crate::report::page;
use crate::style::{DATE, DIM, HEAD, NAME, WARN};
use crate::text_width::{cut, flat, grouped, wrap};

/// The difference in lines of at most `columns`, with at most so many rows a section.
pub(super) fn render(difference: &Difference, most: usize, columns: usize) -> String {
    let mut page = String::new();
    for (name, size) in [("old", &difference.old), ("new", &difference.new)] {
        page.push_str(&format!(
            "{HEAD}{name}{HEAD:#}  {}, {}\n",
            page::counted(size.documents, "document", "documents"),
            page::counted(size.words, "word", "words")
        ));
    }
    let documents = &difference.documents;
    page.push_str(&format!(
        "documents: {} the same, {} new, {} changed, {} gone\n",
        grouped(documents.same),
        grouped(documents.new.len() as u64),
        grouped(documents.changed.len() as u64),
        grouped(documents.gone.len() as u64)
    ));
    page.push_str(&format!(
        "{}, {}, {}\n",
        page::counted(difference.people.len() as u64, "new person", "new people"),
        page::counted(
            difference.offices.len() as u64,
            "person in a new office",
            "people in new offices"
        ),
        page::counted(difference.directives.len() as u64, "new directive", "new directives")
    ));
    let mut section = Section { page: &mut page, most, columns };
    section.rows("Documents new", &documents.new, |it, columns| {
        format!("  {DATE}+{DATE:#} {}", named(it, columns))
    });
    section.rows("Documents changed", &documents.changed, |it, columns| {
        let mut row = format!("  {WARN}~{WARN:#} {}", named(&it.new, columns));
        let was = if it.old.id == it.new.id {
            String::new()
        } else {
            format!(", was {}", flat(&it.old.id))
        };
        row.push_str(&format!("      {DIM}similarity {:.3}{was}{DIM:#}\n", it.similarity));
        row
    });
    section.rows("Documents gone", &documents.gone, |it, columns| {
        format!("  {WARN}-{WARN:#} {}", named(it, columns))
    });
    section.rows("People new", &difference.people, |it, columns| {
        let mut row = format!(
            "  {NAME}{}{NAME:#}  {DIM}{}{DIM:#}\n",
            flat(&it.name),
            page::counted(it.documents, "document", "documents")
        );
        row.push_str(&wrap(&it.offices.join("; "), columns, "      ", 6));
        row
    });
    section.rows("Offices new", &difference.offices, |it, columns| {
        let mut row = format!("  {NAME}{}{NAME:#}\n", flat(&it.name));
        row.push_str(&wrap(&it.offices.join("; "), columns, "    + ", 6));
        if !it.before.is_empty() {
            let before = wrap(&it.before.join("; "), columns, "      before: ", 6);
            row.push_str(&format!("{DIM}{}{DIM:#}\n", before.trim_end()));
        }
        row
    });
    section.rows("Directives new", &difference.directives, |it, columns| {
        let name = it.directive.to_string();
        let details = page::directive_details(it, &name);
        let mut row = format!(
            "  {NAME}{}{NAME:#}  {DIM}{}× in {}{DIM:#}\n",
            flat(&name),
            grouped(it.mentions),
            page::counted(it.documents, "document", "documents")
        );
        if !details.is_empty() {
            let details = wrap(&flat(&details), columns, "      ", 6);
            row.push_str(&format!("{DIM}{}{DIM:#}\n", details.trim_end()));
        }
        row
    });
    section.rows("Words risen", &difference.keywords, word);
    section.rows("Words faded", &difference.faded, word);
    page
}

fn named(document: &Named, columns: usize) -> String {
    let id = flat(&document.id);
    let day = document.published.map(|when| format!("{when}  ")).unwrap_or_default();
    let title = document.title.as_deref().map(flat).unwrap_or_default();
    let room = columns.saturating_sub(id.chars().count() + day.len() + 6).max(20);
    format!("{NAME}{id}{NAME:#}  {DIM}{day}{DIM:#}{}\n", cut(&title, room))
}

fn word(it: &KeyWord, _: usize) -> String {
    format!(
        "  {NAME}{}{NAME:#}  {DIM}{} after {}, log-likelihood {:.1}, log ratio {:.2}{DIM:#}\n",
        flat(&it.word),
        grouped(it.count),
        grouped(it.before),
        it.log_likelihood,
        it.log_ratio
    )
}

/// Where the sections go.
struct Section<'a> {
    page: &'a mut String,
    most: usize,
    columns: usize,
}

impl Section<'_> {
    /// A section of rows, where there are any.
    fn rows<T>(&mut self, title: &str, rows: &[T], row: impl Fn(&T, usize) -> String) {
        if rows.is_empty() || self.most == 0 {
            return;
        }
        let n = grouped(rows.len() as u64);
        self.page.push_str(&format!("\n{HEAD}{title}: {n}{HEAD:#}\n"));
        for it in rows.iter().take(self.most) {
            self.page.push_str(&row(it, self.columns));
        }
        if let Some(more @ 1..) = rows.len().checked_sub(self.most) {
            let n = grouped(more as u64);
            self.page.push_str(&format!("  {DIM}… and {n} more: --json has them all{DIM:#}\n"));
        }
    }
}
