//! What the format promises of any text.

use corpus_model::{Annotations, Block, Document, Sentence, Span, Word};

use super::*;

/// A word for each run between blanks, all of them one sentence.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut end = 0;
    for form in text.split_whitespace() {
        let start = end + text[end..].find(form).unwrap();
        end = start + form.len();
        words.push(Word { span: Span::new(start, end), kind: WordKind::of(form) });
    }
    words
}

fn written(document: &Document) -> String {
    let mut page = Vec::new();
    Conllu.document(document, &mut page);
    String::from_utf8(page).unwrap()
}

#[test]
fn no_text_breaks_the_lines_of_a_sentence() {
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
        let words = words(text);
        let mut page = Vec::new();
        sentence(&document, Span::new(0, text.len()), 1, &words, |_, _| (), &mut page);
        let page = String::from_utf8(page).unwrap();
        if words.is_empty() {
            assert!(page.is_empty());
            continue;
        }
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
fn white_space_is_written_as_udpipe_writes_it() {
    let text = " Tin vắn\n\n“Trời  mưa\u{a0}to”.\n";
    let at = |form: &str| {
        let start = text.find(form).unwrap();
        Span::new(start, start + form.len())
    };
    let blocks = [
        Block::new(BlockKind::Title, at("Tin vắn")),
        Block::new(BlockKind::Paragraph, at("“Trời  mưa\u{a0}to”.")),
    ];
    let mut annotations = Annotations::default();
    annotations.sentences = blocks.map(|it| Sentence { span: it.span }).into_iter().collect();
    annotations.words = ["Tin vắn", "“", "Trời  mưa", "to", "”", "."]
        .map(|form| Word { span: at(form), kind: WordKind::of(form) })
        .into_iter()
        .collect();
    let mut document =
        Document::new("tin-1", text).with_blocks(blocks).with_annotations(annotations);
    document.metadata.title = Some("Tin vắn".into());
    let expected = "\
# newdoc id = tin-1
# meta::title = Tin vắn
# newpar
# block = title
# sent_id = tin-1-1
# text = Tin vắn
1\tTin vắn\t_\t_\t_\t_\t_\t_\t_\tSpacesBefore=\\s|SpacesAfter=\\n\\n

# newpar
# sent_id = tin-1-2
# text = “Trời mưa to”.
1\t“\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
2\tTrời mưa\t_\t_\t_\t_\t_\t_\t_\tSpacesAfter=\\u{a0}|SpacesInToken=Trời\\s\\smưa
3\tto\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
4\t”\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
5\t.\t_\t_\t_\t_\t_\t_\t_\tSpacesAfter=\\n

";
    assert_eq!(written(&document), expected);
}

#[test]
fn a_document_without_words_is_not_written() {
    assert_eq!(written(&Document::new("1", "Trời mưa.")), "");
}
