//! Facts as JSON Lines.

use corpus_model::{Document, Mention, Value};
use serde::Serialize;

use crate::report::json::{DocumentName, append, append_text};

/// Appends a line for each fact of a document; of `explain` one stands for each, or none at all.
///
/// The fields are written one by one: of all that is printed there is most of this.
pub(crate) fn rows(
    document: &Document,
    mentions: &[Mention],
    explain: &[impl Serialize],
    page: &mut Vec<u8>,
) {
    let start = page.len();
    let mut front = start..start;
    for (i, mention) in mentions.iter().enumerate() {
        // What is the same in all lines of a document is made once.
        if i == 0 {
            page.extend_from_slice(b"{\"document\":");
            append(page, &DocumentName::of(document));
            page.extend_from_slice(b",\"path\":");
            append(page, &document.metadata.path);
            page.extend_from_slice(b",\"span\":");
            front.end = page.len();
        } else {
            page.extend_from_within(front.clone());
        }
        append(page, &[mention.span.start(), mention.span.end()]);
        page.extend_from_slice(b",\"text\":");
        append_text(page, &document[mention.span]);
        page.extend_from_slice(b",\"kind\":\"");
        page.extend_from_slice(mention.kind().name().as_bytes());
        page.extend_from_slice(b"\",\"value\":");
        append_value(page, &mention.value);
        if let Some(explain) = explain.get(i) {
            page.extend_from_slice(b",\"explain\":");
            append(page, explain);
        }
        page.extend_from_slice(b"}\n");
    }
}

/// The value of a fact alone, as its line has it.
pub(crate) fn value(value: &Value) -> String {
    let mut page = Vec::new();
    append_value(&mut page, value);
    String::from_utf8(page).unwrap_or_default()
}

fn append_value(page: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Date(date) => append(page, date),
        Value::Directive(directive) => append(page, directive),
        Value::Person(person) => append(page, person),
        Value::Organization(organization) => append(page, organization),
        Value::Place(place) => append(page, place),
        Value::Quantity(quantity) => append(page, quantity),
        Value::Event(event) => append(page, event),
        Value::List(list) => append(page, list),
        Value::Programme(programme) => append(page, programme),
        _ => page.extend_from_slice(b"null"),
    }
}

#[cfg(test)]
mod tests {
    use corpus_extract::Extractor;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_line_is_what_the_model_makes_of_the_fact() {
        let text = "Sáng 29/8/2014, tại “Hà Nội”, ông Nguyễn Văn An, Bí thư Tỉnh ủy, thực hiện Nghị \
                    quyết số 25-NQ/TW, trao 25 triệu đồng. Hai việc: một là học;\tvà hai là \"làm\".";
        let mut document = Document::new("a\"b", text);
        document.metadata.path = Some("x\\y\u{1}.txt".to_owned());
        let mentions = Extractor::built_in().extract(&document);
        assert!(mentions.len() >= 5);
        let mut page = b"what stands in front\n".to_vec();
        rows(&document, mentions.as_slice(), &vec!["why"; mentions.len()], &mut page);
        let page = String::from_utf8(page).unwrap();
        let lines: Vec<&str> = page.lines().skip(1).collect();
        assert_eq!(lines.len(), mentions.len());
        for (mention, line) in mentions.iter().zip(lines) {
            let read: serde_json::Value = serde_json::from_str(line).unwrap();
            let mut wanted = serde_json::to_value(&mention.value).unwrap();
            wanted["document"] = json!("a\"b");
            wanted["path"] = json!("x\\y\u{1}.txt");
            wanted["span"] = serde_json::to_value(mention.span).unwrap();
            wanted["text"] = json!(document[mention.span]);
            wanted["explain"] = json!("why");
            assert_eq!(read, wanted);
        }
    }
}
