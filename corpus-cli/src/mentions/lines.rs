//! Facts for people: the document, then a line a fact with its place, kind, text and value.

use corpus_model::{Document, Mention, MentionKind};

use crate::document_name::file_and_id;
use crate::report::values;
use crate::style::{self, DIM, HEAD, NAME};
use crate::text_width::{cut, flat, pad, width, wrap};

/// Columns of the place and the kind, with the blanks behind them.
const IN_FRONT: usize = 22;
/// Columns of the arrow between text and value.
const ARROW: usize = 5;
/// Columns to which short texts are filled up on a terminal, so that values stand in line.
const TEXT: usize = 28;

/// Appends the facts of one document under its name; cut to `columns` where a terminal has so many.
///
/// `reasons` are what is to be said below each of them, if anything.
pub(crate) fn document(
    document: &Document,
    mentions: &[Mention],
    columns: Option<usize>,
    reasons: Option<&[String]>,
    page: &mut Vec<u8>,
) {
    let (file, id) = file_and_id(document);
    let path = match id {
        Some(id) => format!("{}  {}", flat(file), flat(id)),
        None => flat(file),
    };
    let mut text = format!("{HEAD}{path}{HEAD:#}");
    if let Some(title) = &document.metadata.title {
        let title = flat(title);
        let room = columns.map(|columns| columns.saturating_sub(width(&path) + 2));
        text.push_str(&format!("  {}", room.map_or(title.clone(), |room| cut(&title, room))));
    }
    text.push('\n');
    for (i, mention) in mentions.iter().enumerate() {
        let start = mention.span.start();
        let written = flat(&document[mention.span]);
        let value = flat(&values::shown(&mention.value));
        let value = Some(value).filter(|value| !value.is_empty() && *value != written);
        let (written, value) = match columns {
            Some(columns) => fitted(&written, value.as_deref(), columns.saturating_sub(IN_FRONT)),
            None => (written, value),
        };
        let kind = mention.kind();
        let color = if columns.is_some() { style_of(kind) } else { NAME };
        let name = pad(kind.name(), 12);
        text.push_str(&format!("{DIM}{start:>7}{DIM:#}  {color}{name}{color:#} {written}"));
        if let Some(value) = value {
            text.push_str(&format!("  {DIM}→{DIM:#} {value}"));
        }
        text.push('\n');
        if let Some(reason) = reasons.and_then(|reasons| reasons.get(i)) {
            const INDENT: usize = 9;
            let reason = match columns {
                Some(columns) => wrap(reason, columns, &" ".repeat(INDENT), INDENT),
                None => format!("{:INDENT$}{reason}\n", ""),
            };
            text.push_str(&format!("{DIM}{reason}{DIM:#}"));
        }
    }
    page.extend_from_slice(text.as_bytes());
    page.push(b'\n');
}

/// Text and value cut to the columns that both have together.
fn fitted(written: &str, value: Option<&str>, columns: usize) -> (String, Option<String>) {
    let Some(value) = value else { return (cut(written, columns), None) };
    // Offices need the room more than a name that stands beside them already.
    let value =
        value.strip_prefix(written).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(value);
    let room = columns.saturating_sub(ARROW);
    // What one does not need the other may have; where both are long, each has its half.
    let (of_text, of_value) = (width(written).max(TEXT), width(value));
    let for_text = of_text.min(room.saturating_sub(of_value).max(room / 2));
    let written = pad(&cut(written, for_text), for_text);
    let value = cut(value, room.saturating_sub(for_text));
    (written, Some(value))
}

/// How a kind is coloured on a terminal.
fn style_of(kind: MentionKind) -> anstyle::Style {
    match kind {
        MentionKind::Date => style::DATE,
        MentionKind::Directive => style::DIRECTIVE,
        MentionKind::Person => style::NAME,
        MentionKind::Organization => style::ORGANIZATION,
        MentionKind::Place => style::PLACE,
        MentionKind::Quantity => style::QUANTITY,
        MentionKind::Event => style::EVENT,
        MentionKind::Programme => style::PROGRAMME,
        _ => style::HEAD,
    }
}

#[cfg(test)]
mod tests {
    use corpus_extract::Extractor;
    use corpus_model::Document;

    use super::{document, fitted};
    use crate::text_width::width;

    const TEXT: &str = "Sáng 29/8/2014, ông Trần Văn Bình, Phó Chủ tịch Ủy ban nhân dân huyện Thạch \
                        Lĩnh, trao 17,6 tỷ đồng theo Nghị quyết số 25-NQ/TW ngày 3/6/2013 của Ban \
                        Chấp hành Trung ương.";

    #[test]
    fn lines_fit_the_terminal() {
        let given = Document::new("1", TEXT);
        let mentions = Extractor::built_in().extract(&given);
        for columns in [40, 57, 80, 120] {
            let mut page = Vec::new();
            document(&given, mentions.as_slice(), Some(columns), None, &mut page);
            let page =
                anstream::adapter::strip_str(std::str::from_utf8(&page).unwrap()).to_string();
            assert!(page.lines().count() > mentions.len());
            for line in page.lines() {
                assert!(width(line) <= columns, "{columns}: {line}");
            }
        }
    }

    #[test]
    fn a_file_has_all_of_it() {
        let given = Document::new("1", TEXT);
        let mentions = Extractor::built_in().extract(&given);
        let mut page = Vec::new();
        document(&given, mentions.as_slice(), None, None, &mut page);
        let page = String::from_utf8(page).unwrap();
        assert!(page.contains("Trần Văn Bình: Phó Chủ tịch Ủy ban nhân dân huyện Thạch Lĩnh"));
    }

    #[test]
    fn text_and_value_share_the_columns() {
        let (text, value) = fitted("một hai", Some("12"), 40);
        assert_eq!((width(&text), value.as_deref()), (28, Some("12")));
        let (_, value) = fitted("Vi Văn Thìn", Some("Vi Văn Thìn: Bí thư"), 40);
        assert_eq!(value.as_deref(), Some("Bí thư"));
        let long = "chữ ".repeat(30);
        let (text, value) = fitted(&long, Some(&long), 41);
        assert_eq!((width(&text), width(&value.unwrap()) <= 18), (18, true));
    }
}
