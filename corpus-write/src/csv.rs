//! CSV: a row a document, for spreadsheets and data frames.

use corpus_model::Document;

use crate::{Format, Layers};

/// A row a document, after RFC 4180, with the names of the columns in the first:
/// `id,url,title,lead,byline,published,language,path,text`.
///
/// Blocks, layers and whatever else the source stated have no column. A cell is what the author
/// wrote, also where a spreadsheet would take it for a formula.
#[derive(Clone, Copy, Debug)]
pub struct Csv;

/// The columns in their order.
const COLUMNS: &str = "id,url,title,lead,byline,published,language,path,text\r\n";

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv"]
    }

    fn about(&self) -> &'static str {
        "comma-separated values: a row a document, without blocks and layers"
    }

    fn holds(&self) -> Layers {
        Layers::default()
    }

    fn begin(&self, page: &mut Vec<u8>) {
        page.extend_from_slice(COLUMNS.as_bytes());
    }

    fn document(&self, document: &Document, page: &mut Vec<u8>) {
        let it = &document.metadata;
        let published = it.published.map(|when| when.to_string());
        let cells = [
            Some(document.id()),
            it.url.as_deref(),
            it.title.as_deref(),
            it.lead.as_deref(),
            it.byline.as_deref(),
            published.as_deref(),
            it.language.as_deref(),
            it.path.as_deref(),
            Some(document.text()),
        ];
        for (i, cell) in cells.into_iter().enumerate() {
            if i > 0 {
                page.push(b',');
            }
            push(cell.unwrap_or_default(), page);
        }
        page.extend_from_slice(b"\r\n");
    }
}

/// A cell, in quotes where what is in it would end it or be taken for white space around it.
fn push(cell: &str, page: &mut Vec<u8>) {
    let plain = !cell.contains(['"', ',', ';', '\t', '|', '\r', '\n'])
        && cell.trim().len() == cell.len()
        && !cell.starts_with('\u{feff}');
    if plain {
        page.extend_from_slice(cell.as_bytes());
        return;
    }
    page.push(b'"');
    for (i, part) in cell.split('"').enumerate() {
        if i > 0 {
            page.extend_from_slice(b"\"\"");
        }
        page.extend_from_slice(part.as_bytes());
    }
    page.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        for (cell, written) in [
            ("Trời mưa.", "Trời mưa."),
            ("một, hai", "\"một, hai\""),
            ("\"mới,”", "\"\"\"mới,”\""),
            ("một\r\nhai", "\"một\r\nhai\""),
            (" hai", "\" hai\""),
            ("", ""),
        ] {
            let mut page = Vec::new();
            push(cell, &mut page);
            assert_eq!(String::from_utf8(page).unwrap(), written);
        }
    }
}
