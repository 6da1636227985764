//! How a document is named to a person, so that it is found again.

use std::borrow::Cow;

use corpus_model::Document;

/// The file that a document came from, or its id where the file holds others too.
///
/// Offsets are those of the document's text. Behind the name of a file with many documents they would
/// be taken for offsets into the file.
pub(crate) fn place(document: &Document) -> Cow<'_, str> {
    match file_and_id(document) {
        (path, None) => path.into(),
        // A number alone is the name of nothing.
        (path, Some(id)) if !id.contains(char::is_alphabetic) => format!("{path}#{id}").into(),
        (_, Some(id)) => id.into(),
    }
}

/// The file that a document came from, and its id where the file holds others too.
pub(crate) fn file_and_id(document: &Document) -> (&str, Option<&str>) {
    let id = document.id();
    match document.metadata.path.as_deref() {
        Some(path) if is_named_after(id, path) => (path, None),
        Some(path) => (path, Some(id)),
        None => (id, None),
    }
}

/// Whether the id is the name of the file without its endings: then the document is all there is in it.
fn is_named_after(id: &str, path: &str) -> bool {
    let name = path.rsplit(['/', '\\', '!']).next().unwrap_or(path);
    name.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use corpus_model::Document;

    use super::{file_and_id, place};

    fn document(id: &str, path: &str) -> Document {
        let mut document = Document::new(id, "Mưa.");
        document.metadata.path = Some(path.to_owned());
        document
    }

    #[test]
    fn a_document_alone_in_its_file_has_the_name_of_the_file() {
        for (id, path) in [
            ("003", "seeds/003.txt"),
            ("tin", "crawl\\tin.txt.gz"),
            ("a", "a.zip!b/a.html"),
            ("-", "-"),
        ] {
            let document = document(id, path);
            assert_eq!(place(&document), path);
            assert_eq!(file_and_id(&document), (path, None));
        }
    }

    #[test]
    fn one_of_many_in_a_file_has_its_id() {
        for (id, path) in [("dump#3", "dump.txt"), ("baomoi-7", "b/crawl.jsonl.gz")] {
            let document = document(id, path);
            assert_eq!(place(&document), id);
            assert_eq!(file_and_id(&document), (path, Some(id)));
        }
        assert_eq!(place(&document("12", "lines.txt")), "lines.txt#12");
        assert_eq!(file_and_id(&Document::new("7", "Mưa.")), ("7", None));
    }
}
