//! What is said to be held is given back: read(write(x)) = x, format by format.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]
#![allow(missing_docs, reason = "a test is no API")]

use corpus_model::{
    Annotations, Basis, Block, BlockKind, Document, Mention, Person, Place, Sentence, Span, When,
    Word, WordKind,
};
use corpus_parse::Reader;
use corpus_write::{Conllu, Csv, Format, Jsonl, Vrt, Writer};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

fn config() -> ProptestConfig {
    ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() }
}

fn write(format: &'static dyn Format, documents: &[Document]) -> Vec<u8> {
    let mut writer = Writer::new(format, Vec::new()).unwrap();
    for document in documents {
        writer.write(document).unwrap();
    }
    writer.finish().unwrap()
}

/// What the reader of the same name makes of it. Path and format are those of this reading.
fn read(format: &dyn Format, bytes: &[u8]) -> Vec<Document> {
    let mut reader = Reader::new(corpus_parse::find(format.name()).unwrap(), bytes);
    let documents: Vec<Document> = reader
        .documents()
        .map(|document| {
            let mut document = document
                .unwrap_or_else(|error| panic!("{error}\n{}", String::from_utf8_lossy(bytes)));
            assert_eq!(document.metadata.format.take().as_deref(), Some(format.name()));
            document
        })
        .collect();
    assert!(reader.ledger().closes());
    documents
}

/// Text as people and crawls write it, and any other.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => select(vec![
            "Họp về", "công tác", "dân vận", "khoá XI", "\u{110}ất", "Ðảng", ".", ",", "“", "”", "./.", "29/8",
            "25-NQ/TW", "<b>", "&amp;", "\"", "|", "\\s", "_", "#", "# text = x", "</s>", "=",
            "{\"a\":1}", ";",
        ])
        .prop_map(String::from),
        3 => select(vec![" ", "\n", "\n\n", "\r\n", "\t", "\u{a0}", "\u{2028}", "  "]).prop_map(String::from),
        1 => any::<String>(),
    ];
    vec(part, 0..24).prop_map(|parts| parts.concat())
}

/// A value on one line without white space around it.
fn flat() -> impl Strategy<Value = String> {
    text().prop_map(|text| {
        let shown: String = text.chars().filter(|c| !c.is_control()).collect();
        let words: Vec<&str> = shown.split_whitespace().collect();
        words.join(" ") + "."
    })
}

fn when() -> impl Strategy<Value = Option<When>> {
    let values = ["2014-08-29", "2015-10", "2016", "2015/2020", "2013-05-18T16:00", "XXXX-08-29"];
    option::of(select(values.map(|iso| When::from_iso(iso).unwrap()).to_vec()))
}

/// A block for each line with something in it.
fn blocks(text: &str) -> Vec<Block> {
    let mut at = 0;
    let mut blocks = Vec::new();
    for (n, line) in text.split_inclusive('\n').enumerate() {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let kind = BlockKind::ALL[n % BlockKind::ALL.len()];
        blocks.push(Block::new(kind, Span::new(start, start + line.trim().len())));
    }
    blocks
}

prop_compose! {
    /// Any document whose letters lie in blocks, with layers over any parts of it.
    fn document()(
        text in text(),
        id in flat(),
        fields in vec(option::of(text()), 8),
        extra in btree_map(text(), text(), 0..4),
        published in when(),
        basis in option::of(select(vec![Basis::Explicit, Basis::Context, Basis::Unknown])),
        places in vec((any::<prop::sample::Index>(), 1..9_usize, 0..3_u8), 0..12),
    ) -> Document {
        // A document without blocks is not told from a record of somebody else.
        let text = text + "x";
        let mut document = Document::new(id, text.clone()).with_blocks(blocks(&text));
        let mut fields = fields.into_iter();
        let mut next = || fields.next().flatten();
        let it = &mut document.metadata;
        (it.url, it.site, it.slug, it.article_number) = (next(), next(), next(), next());
        (it.title, it.lead, it.byline, it.language) = (next(), next(), next(), next());
        it.extra = extra;
        it.published = published;
        it.published_basis = basis;
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut annotations = Annotations::default();
        for (at, length, kind) in places {
            let at = at.index(bounds.len());
            let span = Span::new(bounds[at], bounds[(at + length).min(bounds.len() - 1)]);
            match kind {
                0 => annotations.sentences.insert(Sentence { span }),
                1 => annotations.words.insert(Word { span, kind: WordKind::ALL[length % 5] }),
                _ if length % 2 == 0 => annotations.mentions.insert(Mention::new(span, Place::default())),
                _ => annotations.mentions.insert(Mention::new(span, Person {
                    name: "Vi Văn Thìn".into(), honorific: None, offices: vec!["Trưởng thôn".into()],
                })),
            }
        }
        document.with_annotations(annotations)
    }
}

/// A document laid out of words: blocks of sentences of words with their kinds, and what white space
/// stands behind each.
fn laid_out(
    forms: impl Strategy<Value = String>,
    gaps: &'static [&'static str],
    sentence_gaps: &'static [&'static str],
    block_gaps: &'static [&'static str],
) -> impl Strategy<Value = Document> {
    let word = (forms, select(gaps.to_vec()), 0..6_usize);
    let sentence = (vec(word, 1..6), select(sentence_gaps.to_vec()));
    let block = (vec(sentence, 1..4), select(block_gaps.to_vec()), 0..BlockKind::ALL.len());
    let fields = vec(option::of(flat()), 4);
    (vec(block, 1..4), flat(), fields, when()).prop_map(|(parts, id, fields, published)| {
        let mut text = String::new();
        let (mut blocks, mut annotations) = (Vec::new(), Annotations::default());
        let mut gap = "";
        for (sentences, behind_block, kind) in parts {
            let mut block: Option<Span> = None;
            for (words, behind_sentence) in sentences {
                let mut sentence: Option<Span> = None;
                for (form, behind, kind) in words {
                    text.push_str(gap);
                    let span = Span::new(text.len(), text.len() + form.len());
                    text.push_str(&form);
                    let kind = WordKind::ALL.get(kind).copied();
                    let kind = kind.unwrap_or_else(|| WordKind::of(&form));
                    annotations.words.insert(Word { span, kind });
                    sentence = Some(sentence.map_or(span, |it| it.cover(span)));
                    gap = behind;
                }
                let span = sentence.unwrap();
                annotations.sentences.insert(Sentence { span });
                block = Some(block.map_or(span, |it| it.cover(span)));
                gap = behind_sentence;
            }
            blocks.push(Block::new(BlockKind::ALL[kind], block.unwrap()));
            gap = behind_block;
        }
        let mut document =
            Document::new(id, text).with_blocks(blocks).with_annotations(annotations);
        let it = &mut document.metadata;
        let mut fields = fields.into_iter();
        (it.title, it.lead) = (fields.next().flatten(), fields.next().flatten());
        (it.byline, it.language) = (fields.next().flatten(), fields.next().flatten());
        it.published = published;
        it.published_basis = published.map(|_| Basis::Explicit);
        document
    })
}

/// A word with whatever inside, and no white space at its ends.
fn form() -> impl Strategy<Value = String> {
    prop_oneof![
        text().prop_map(|text| text.trim().to_owned()),
        select(vec!["công tác", ".", "“", "5"]).prop_map(String::from)
    ]
    .prop_filter("a form has something in it", |form| !form.is_empty())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn json_lines_hold_everything(documents in vec(document(), 0..4)) {
        prop_assert_eq!(read(&Jsonl, &write(&Jsonl, &documents)), documents);
    }

    #[test]
    fn tables_hold_texts_and_what_is_known_of_them(
        texts in vec((flat(), text(), vec(option::of(flat()), 4), any::<bool>()), 0..4),
    ) {
        let documents: Vec<Document> = texts
            .into_iter()
            .map(|(id, text, fields, dated)| {
                let mut document = Document::new(id, text);
                let it = &mut document.metadata;
                let mut fields = fields.into_iter();
                (it.title, it.lead) = (fields.next().flatten(), fields.next().flatten());
                // Where nobody is stated, the reader looks for an author in the text.
                it.byline = Some(fields.next().flatten().unwrap_or_else(|| "An Bình".into()));
                it.language = fields.next().flatten();
                it.published = When::from_iso("2014-08-29").filter(|_| dated);
                it.published_basis = it.published.map(|_| Basis::Explicit);
                document
            })
            .collect();
        // Blocks have no column; they are found in the text again.
        let told = |document: Document| {
            let (id, text, _, metadata) = document.into_parts();
            (id, text, metadata)
        };
        let found: Vec<_> = read(&Csv, &write(&Csv, &documents)).into_iter().map(told).collect();
        prop_assert_eq!(found, documents.into_iter().map(told).collect::<Vec<_>>());
    }

    #[test]
    fn conllu_holds_texts_of_words_and_white_space(documents in vec(
        laid_out(
            form(),
            &["", " ", "  ", "\n", "\u{a0}", "\t\u{2028}", "\r\n"],
            &["", " ", "\n", "\u{a0} "],
            &["", " ", "\n\n", "\n \u{3000}"],
        ),
        0..3,
    )) {
        prop_assert_eq!(read(&Conllu, &write(&Conllu, &documents)), documents);
    }

    #[test]
    fn vertical_text_holds_words_and_glue(documents in vec(
        laid_out(flat(), &["", " "], &[" "], &["\n\n"]).prop_map(|document| {
            // What follows the last block would be white space at the end.
            let (id, text, blocks, metadata) = document.clone().into_parts();
            let text = text.trim_end().to_owned();
            Document::from_parts(id, text, blocks, metadata).with_annotations(document.annotations().clone())
        }),
        0..3,
    )) {
        prop_assert_eq!(read(&Vrt, &write(&Vrt, &documents)), documents);
    }

    #[test]
    fn whatever_is_lost_is_lost_once(document in document()) {
        for format in [&Conllu as &'static dyn Format, &Vrt] {
            let once = read(format, &write(format, std::slice::from_ref(&document)));
            let twice = read(format, &write(format, &once));
            prop_assert_eq!(&once, &twice, "{}", format.name());
        }
    }

    #[test]
    fn marked_up_text_is_the_text(document in document()) {
        let page = String::from_utf8(write(&corpus_write::Tei, std::slice::from_ref(&document))).unwrap();
        let body = page.split("<text><body>\n").nth(1).unwrap();
        let mut blocks = body.split_inclusive(['<', '>']).fold((String::new(), false), |(mut text, mut tag), part| {
            if tag {
                tag = !part.ends_with('>');
            } else {
                text.push_str(part.trim_end_matches('<'));
                tag = part.ends_with('<');
            }
            (text, tag)
        }).0;
        for (entity, letter) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#13;", "\r"), ("&amp;", "&")] {
            blocks = blocks.replace(entity, letter);
        }
        // Line ends between blocks are the format's own.
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        let allowed = |c: char| !c.is_control() || c.is_whitespace();
        let wanted: String = document.blocks().iter().map(|it| &document[it.span]).collect();
        let wanted: String = wanted
            .chars()
            .map(|c| if (allowed(c) || c == '\r') && !matches!(c, '\u{b}' | '\u{c}' | '\u{85}' | '\u{fffe}' | '\u{ffff}') { c } else { '\u{fffd}' })
            .collect();
        prop_assert_eq!(squeezed(&blocks), squeezed(&wanted));
    }
}

#[cfg(feature = "parquet")]
mod columns {
    use std::io::Read as _;

    use corpus_parse::ParquetLines;
    use corpus_write::ParquetWriter;

    use super::*;

    fn written(documents: &[Document]) -> Vec<u8> {
        let mut writer = ParquetWriter::new(Vec::new()).unwrap();
        for document in documents {
            writer.write(document).unwrap();
        }
        writer.finish().unwrap()
    }

    proptest! {
        #![proptest_config(config())]

        #[test]
        fn parquet_holds_everything(documents in vec(document(), 0..4)) {
            let mut lines = Vec::new();
            ParquetLines::of_bytes(written(&documents)).unwrap().read_to_end(&mut lines).unwrap();
            prop_assert_eq!(read(&Jsonl, &lines), documents);
        }

        #[test]
        fn damaged_columns_are_told_and_end(
            at in any::<prop::sample::Index>(),
            noise in any::<[u8; 3]>(),
            cut in any::<bool>(),
        ) {
            let mut bytes = written(&[Document::new("1", "Trời mưa."), Document::new("2", "Đường trơn.")]);
            let at = at.index(bytes.len());
            if cut {
                bytes.truncate(at);
            } else {
                let end = (at + noise.len()).min(bytes.len());
                bytes.splice(at..end, noise);
            }
            if let Ok(mut rows) = ParquetLines::of_bytes(bytes) {
                let damages = rows.damages();
                let mut lines = Vec::new();
                rows.read_to_end(&mut lines).unwrap();
                let n = lines.iter().filter(|&&byte| byte == b'\n').count();
                prop_assert!(n <= 2 || !damages.take().is_empty());
            }
        }
    }

    #[test]
    fn rows_come_in_groups() {
        // More than one group of rows, and the last one not full.
        let long = Document::new("dài", "Trời mưa. ".repeat(700_000));
        let documents = [long.clone(), long, Document::new("ngắn", "Nắng.")];
        let mut rows = ParquetLines::of_bytes(written(&documents)).unwrap();
        let mut lines = Vec::new();
        rows.read_to_end(&mut lines).unwrap();
        assert!(rows.damages().take().is_empty());
        let ids: Vec<String> = read(&Jsonl, &lines).iter().map(|it| it.id().to_owned()).collect();
        assert_eq!(ids, ["dài", "dài", "ngắn"]);
    }
}
