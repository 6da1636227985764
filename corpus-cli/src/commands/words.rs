//! `corpus words`: sentences with their words marked.

use std::io::Write as _;

use anyhow::Result;
use clap::{ArgMatches, Args, FromArgMatches as _};
use corpus_model::{Document, Span, Word};
use corpus_text::Segmenter;
use corpus_write::conllu;
use serde::Serialize;

use crate::command::Command;
use crate::options::{InputOptions, OutputOptions, WordOptions};
use crate::output::Output;
use crate::pipeline;
use crate::report::json::{DocumentName, line};
use crate::session::{Session, Status};

const EXAMPLES: &str = "\
Examples:
  corpus words seeds                          one sentence a line: công_tác dân_vận
  corpus words --lines < text.txt             each line is one sentence: as many lines out as in
  corpus words --json article.txt             the words as spans of the author's bytes
  corpus words --conllu -o out.conllu crawl/  for tools that read treebanks
  corpus words --dictionary mine.txt seeds    with words of your own";

/// `corpus words`.
pub(crate) struct Words;

#[derive(Args, Debug)]
struct Options {
    #[command(flatten)]
    input: InputOptions,

    /// Print JSON Lines: {"document","path","span","words"}, the words as spans
    #[arg(long, conflicts_with = "conllu")]
    json: bool,

    /// Print CoNLL-U, one word a line
    #[arg(long)]
    conllu: bool,

    #[command(flatten)]
    words: WordOptions,

    #[command(flatten)]
    output: OutputOptions,
}

#[derive(Serialize)]
struct Row<'a> {
    document: DocumentName<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    span: Span,
    words: Vec<Span>,
}

impl Command for Words {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("words"))
            .about("Segment the text into words")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let segmenter = options.words.segmenter()?;
        let segmenter: &Segmenter = &segmenter;
        let mut output = Output::open(&options.output)?;
        let work = || {
            let mut words = Vec::new();
            let options = &options;
            move |document: &mut Document, page: &mut Vec<u8>| {
                let document = &*document;
                let mut number = 0;
                let mut sentence = |span: Span, page: &mut Vec<u8>| {
                    if !options.json && !options.conllu {
                        lined_up(segmenter, document, span, &mut words, page);
                        return;
                    }
                    words.clear();
                    segmenter.words_into(&document[span], span.start(), &mut words);
                    number += 1;
                    if options.json {
                        let words = words.iter().map(|word| word.span).collect();
                        line(
                            page,
                            &Row {
                                document: DocumentName::of(document),
                                path: document.metadata.path.as_deref(),
                                span,
                                words,
                            },
                        );
                    } else {
                        conllu::sentence(document, span, number, &words, |_, _| (), page);
                    }
                };
                if options.input.lines {
                    // A line is one sentence even when it is blank, so that lines stay in step.
                    sentence(Span::new(0, document.text().len()), page);
                    return;
                }
                for block in document.content() {
                    for found in corpus_text::sentences(&document[block.span]) {
                        sentence(found.span.shifted(block.span.start()), page);
                    }
                }
            }
        };
        let outcome = pipeline::run(session, &options.input, work, |bytes, _: Vec<()>| {
            Ok(output.write_all(bytes)?)
        })?;
        output.finish(outcome.status())
    }
}

/// Appends a sentence as a line of words. One without end, of which hostile files are made, is not held
/// as words all at once.
fn lined_up(
    segmenter: &Segmenter,
    document: &Document,
    span: Span,
    room: &mut Vec<Word>,
    page: &mut Vec<u8>,
) {
    let begin = page.len();
    segmenter.words_in_parts(&document[span], span.start(), room, |words| {
        // The line end that the part before has set.
        if page.len() > begin
            && let Some(end) = page.last_mut()
        {
            *end = b' ';
        }
        joined(document.text(), words, page);
    });
}

/// Words separated by blanks, the syllables of a word joined by `_`.
fn joined(text: &str, words: &[Word], page: &mut Vec<u8>) {
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        page.push(b'\n');
        return;
    };
    let bytes = text.as_bytes();
    if has_rare_blanks(text.get(first.span.start()..last.span.end()).unwrap_or_default()) {
        for (i, word) in words.iter().enumerate() {
            if i > 0 {
                page.push(b' ');
            }
            push_joined(text.get(word.span.range()).unwrap_or_default(), page);
        }
        page.push(b'\n');
        return;
    }
    // Nearly everywhere one blank stands between two words, as it shall in the output: such runs
    // are copied as they are with `_` for each blank, and then the blanks between words put back.
    let blank_between = |a: &Word, b: &Word| {
        a.span.end() + 1 == b.span.start() && bytes.get(a.span.end()) == Some(&b' ')
    };
    for run in words.chunk_by(blank_between) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let (start, base) = (first.span.start(), page.len());
        let copied = bytes.get(start..last.span.end()).unwrap_or_default();
        page.extend(copied.iter().map(|&byte| if byte == b' ' { b'_' } else { byte }));
        for word in run.get(1..).unwrap_or_default() {
            if let Some(blank) = page.get_mut(base + word.span.start() - start - 1) {
                *blank = b' ';
            }
        }
        page.push(b' ');
    }
    if let Some(end) = page.last_mut() {
        *end = b'\n';
    }
}

/// Whether white space other than single blanks stands somewhere.
fn has_rare_blanks(text: &str) -> bool {
    // All bytes are looked at without a branch. Vietnamese letters but for a few capitals have none
    // of the bytes that other white space has; some marks have.
    let bytes = text.as_bytes();
    let rare = |byte: u8| matches!(byte, b'\t' | 0x9a | 0xc2 | 0xe2 | 0xe3);
    let suspect = bytes.iter().fold(false, |any, &byte| any | rare(byte));
    let behind = bytes.get(1..).unwrap_or_default();
    let double = |(&a, &b): (&u8, &u8)| (a == b' ') & (b == b' ');
    bytes.iter().zip(behind).fold(false, |any, pair| any | double(pair))
        || suspect && text.chars().any(|c| c != ' ' && c.is_whitespace())
}

/// A word with `_` for each run of white space inside it.
fn push_joined(word: &str, page: &mut Vec<u8>) {
    for (i, part) in word.split_whitespace().enumerate() {
        if i > 0 {
            page.push(b'_');
        }
        page.extend_from_slice(part.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use corpus_model::{Document, Span};
    use corpus_text::Segmenter;

    use super::{joined, lined_up};

    #[test]
    fn a_line_of_many_parts_is_one() {
        let segmenter = Segmenter::built_in();
        for text in ["".to_owned(), "Cán bộ làm công tác, dân vận  ".repeat(20_000)] {
            let (mut whole, mut parts) = (Vec::new(), b"Tin .\n".to_vec());
            joined(&text, &segmenter.words(&text), &mut whole);
            let span = Span::new(0, text.len());
            let document = Document::new("1", text);
            lined_up(segmenter, &document, span, &mut Vec::new(), &mut parts);
            assert!(parts == [b"Tin .\n", &*whole].concat());
        }
    }

    #[test]
    fn joins_with_one_mark_whatever_the_blanks() {
        for (text, expected) in [
            ("công tác", "công_tác"),
            ("  công  tác ", "công_tác"),
            ("công\u{a0}tác", "công_tác"),
            ("công\u{2003}\u{3000}tác", "công_tác"),
            ("công\u{1680}tác", "công_tác"),
            ("Cán bộ làm công tác dân vận.", "Cán_bộ làm công_tác dân_vận ."),
            ("cán bộ,dân  vận", "cán_bộ , dân_vận"),
            ("cán bộ\tlàm  việc (tốt)", "cán_bộ làm_việc ( tốt )"),
            ("“cán bộ”", "“ cán_bộ ”"),
            (" ", ""),
            ("", ""),
        ] {
            let mut page = Vec::new();
            joined(text, &Segmenter::built_in().words(text), &mut page);
            assert_eq!(String::from_utf8(page).unwrap(), expected.to_owned() + "\n");
        }
    }
}
