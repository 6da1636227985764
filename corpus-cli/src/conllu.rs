//! Sentences in CoNLL-U, of which only the words are known, and perhaps what they are part of.

use std::io::Write as _;

use corpus_model::{Document, Span, Word};

/// Appends a sentence, the `number`th of its document; nothing for one without words, which the
/// format does not know.
///
/// `attributes` appends those of the last column, with a bar behind each.
///
/// The forms, set apart where `SpaceAfter=No` does not forbid it, give the `# text` back. Runs of
/// white space stand as one blank and control characters as U+FFFD, for both would break the lines.
pub(crate) fn sentence(
    document: &Document,
    span: Span,
    number: usize,
    words: &[Word],
    mut attributes: impl FnMut(&Word, &mut Vec<u8>),
    page: &mut Vec<u8>,
) {
    if words.is_empty() {
        return;
    }
    let is_line = document.metadata.format.as_deref() == Some("lines");
    if number == 1 && !is_line {
        page.extend_from_slice(b"# newdoc id = ");
        push(document.id(), page);
        page.push(b'\n');
    }
    page.extend_from_slice(b"# sent_id = ");
    push(document.id(), page);
    // Writing to memory cannot fail.
    let _ = write!(page, "-{number}\n# text = ");
    push(&document[span], page);
    page.push(b'\n');
    for (i, word) in words.iter().enumerate() {
        let _ = write!(page, "{}\t", i + 1);
        push(&document[word.span], page);
        let behind = document.text().get(word.span.end()..).and_then(|rest| rest.chars().next());
        let glued = behind.is_some_and(|c| !c.is_whitespace());
        page.extend_from_slice(b"\t_\t_\t_\t_\t_\t_\t_\t");
        let last = page.len();
        attributes(word, page);
        match (glued, page.len() > last) {
            (true, _) => page.extend_from_slice(b"SpaceAfter=No"),
            (false, true) => _ = page.pop(),
            (false, false) => page.push(b'_'),
        }
        page.push(b'\n');
    }
    page.push(b'\n');
}

/// Text on one line, without tabs.
fn push(text: &str, page: &mut Vec<u8>) {
    let mut letters = [0; 4];
    for (i, part) in text.split_whitespace().enumerate() {
        if i > 0 {
            page.push(b' ');
        }
        if !part.contains(char::is_control) {
            page.extend_from_slice(part.as_bytes());
            continue;
        }
        for c in part.chars() {
            let c = if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
            page.extend_from_slice(c.encode_utf8(&mut letters).as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use corpus_model::{Document, Span};
    use corpus_text::Segmenter;

    use super::sentence;

    #[test]
    fn no_text_breaks_the_format() {
        for text in [
            "Họp \tvề cải  cách\u{a0}hành chính.",
            "a\0b\u{1b}[31m c\u{7f}\u{9d}",
            "\u{1c}\u{1d}\u{1e}\u{1f}",
            "một\u{2028}hai\u{85}ba\u{b}bốn\u{c}năm\rsáu",
            "\u{feff}\u{200b}x",
            "# text = y",
            "_ 1\t_",
        ] {
            let document = Document::new("a\tb\nc", text);
            let words = Segmenter::built_in().words(text);
            let mut page = Vec::new();
            sentence(&document, Span::new(0, text.len()), 1, &words, |_, _| (), &mut page);
            let page = String::from_utf8(page).unwrap();
            let lines: Vec<&str> = page.lines().collect();
            assert_eq!(lines.len(), words.len() + 4, "{page}");
            assert_eq!(lines[..2], ["# newdoc id = a b c", "# sent_id = a b c-1"]);
            let mut given_back = String::new();
            for (i, line) in lines[3..lines.len() - 1].iter().enumerate() {
                let cells: Vec<&str> = line.split('\t').collect();
                assert_eq!(cells.len(), 10, "{line}");
                assert_eq!(cells[0], (i + 1).to_string());
                given_back += cells[1];
                given_back += if cells[9] == "SpaceAfter=No" { "" } else { " " };
            }
            assert_eq!(lines[2], format!("# text = {}", given_back.trim_end()));
            assert!(!page.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')));
        }
    }

    #[test]
    fn a_sentence_without_words_is_none() {
        let mut page = Vec::new();
        sentence(&Document::new("1", "  "), Span::new(0, 2), 1, &[], |_, _| (), &mut page);
        assert!(page.is_empty());
    }
}
