//! `corpus kwic`: every place of a word with what stands around it.

use std::io::Write as _;
use std::ops::Range;

use anyhow::Result;
use clap::{ArgMatches, Args, FromArgMatches as _, ValueEnum};
use corpus_model::{Document, Span, Word};
use serde::Serialize;

use super::collocations::pattern;
use crate::command::Command;
use crate::counting::{UnitOptions, status};
use crate::document_name;
use crate::mentions::columns::cell;
use crate::options::{InputOptions, OutputOptions};
use crate::output::Output;
use crate::pipeline;
use crate::report::json::{DocumentName, line};
use crate::session::{Session, Status};
use crate::style::{DIM, WARN};
use crate::text_width::{columns, flat, pad, width};

const EXAMPLES: &str = "\
Examples:
  corpus kwic \"cải cách\" articles/                 every place, with document and byte
  corpus kwic \"(tăng|giảm) giá\" crawl.jsonl        one or the other
  corpus kwic \"học*\" --sort right seeds            words that begin so, by what follows
  corpus kwic --json \"hội nghị *\" seeds            {\"document\",\"path\",\"span\",\"left\",…}

Case and the place of the tone mark do not count. A blank stands for one inside a word or between
two: nobody has to know how the text is cut. What is found begins where a word begins and ends where
a word ends, so học does not find the half of học sinh, but học* does. * is any part of a word,
* alone any word, ? one character, (a|b) one or the other, \\ before a sign means the sign.

Behind each line stand the file, or the document's id where a file holds many, and the byte of the
document's text. --json and --csv have both names.";

/// `corpus kwic`.
pub(crate) struct Kwic;

#[derive(Args, Debug)]
struct Options {
    /// What to look for: a word, or a pattern with * ? ( | )
    #[arg(value_name = "PATTERN")]
    pattern: String,

    #[command(flatten)]
    input: InputOptions,

    #[command(flatten)]
    unit: UnitOptions,

    /// Sort by the words that follow, by those before, or by what was found
    #[arg(long, value_enum, default_value_t = Order::Text)]
    sort: Order,

    /// How many characters are shown on either side [default: what fits the page; 60 in a file]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=10_000))]
    context: Option<u32>,

    /// Print comma-separated values with a header
    #[arg(long, conflicts_with = "json")]
    csv: bool,

    /// Print JSON Lines: {"document","path","span","left","text","right"}
    #[arg(long)]
    json: bool,

    /// Print the first N lines only
    #[arg(long, value_name = "N")]
    top: Option<usize>,

    #[command(flatten)]
    output: OutputOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Order {
    /// As the texts go
    Text,
    /// By the words before, the nearest first
    Left,
    /// By the words that follow
    Right,
    /// By what was found
    Found,
}

/// So much stands on either side in files and for programs.
const CONTEXT: usize = 60;
/// So many columns the place takes on a page.
const PLACE: usize = 24;

/// A place in a text.
struct Line {
    /// By what it is sorted.
    key: Vec<u8>,
    /// How it is printed.
    bytes: Vec<u8>,
}

#[derive(Serialize)]
struct Row<'a> {
    document: DocumentName<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    span: Span,
    left: &'a str,
    text: &'a str,
    right: &'a str,
}

impl Command for Kwic {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("kwic"))
            .about("Show a word in its contexts: a concordance")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let pattern = pattern(&options.pattern)?;
        let mut output = Output::open(&options.output)?;
        let annotator = options.unit.annotator()?;
        let plain = !options.csv && !options.json;
        let page_width = columns(output.is_terminal());
        let context = match options.context {
            Some(n) => n as usize,
            None if plain => page_width.saturating_sub(PLACE + 14) / 2,
            None => CONTEXT,
        };
        let work = || {
            |document: &mut Document, _: &mut Vec<u8>| {
                if !annotator.wants(document) {
                    return Vec::new();
                }
                let document = &*document;
                let annotations = annotator.annotate(document);
                let mut lines: Vec<Line> = Vec::new();
                pattern.matches(document, &annotations, |words, range| {
                    let Some(row) = row(document, words, &range, context) else { return };
                    let key = key(document, words, &range, options.sort);
                    let mut bytes = Vec::new();
                    match (options.json, options.csv) {
                        (true, _) => line(&mut bytes, &row),
                        (_, true) => csv(&row, document, &mut bytes),
                        _ => shown(&row, document, context, &mut bytes),
                    }
                    lines.push(Line { key, bytes });
                });
                lines
            }
        };
        if options.csv {
            output.write_all(b"document,path,start,end,left,text,right\r\n")?;
        }
        let most = options.top.unwrap_or(usize::MAX);
        let mut found: usize = 0;
        let mut kept: Vec<Line> = Vec::new();
        let outcome = pipeline::run(session, &options.input, work, |_, parts| {
            for row in parts.into_iter().flatten() {
                found += 1;
                // Only what has to be sorted is held until the end.
                match options.sort {
                    Order::Text if found > most => {}
                    Order::Text => print(&mut output, &row, plain, session)?,
                    _ => kept.push(row),
                }
            }
            Ok(())
        })?;
        kept.sort_by(|a, b| a.key.cmp(&b.key));
        for row in kept.iter().take(most) {
            print(&mut output, row, plain, session)?;
        }
        if plain && found > most {
            session.note(&format!("{} more places", found - most));
        }
        annotator.tell_unmet(session, outcome.documents);
        output.finish(status(&outcome, found > 0))
    }
}

fn print(output: &mut Output, row: &Line, styled: bool, session: &Session) -> Result<()> {
    match styled {
        true => output.write_styled(&String::from_utf8_lossy(&row.bytes), session),
        false => Ok(output.write_all(&row.bytes)?),
    }
}

/// What was found, with so many characters of the text on either side, within its block.
fn row<'a>(
    document: &'a Document,
    words: &[Word],
    range: &Range<usize>,
    context: usize,
) -> Option<Row<'a>> {
    let first = words.get(range.start)?.span;
    let last = words.get(range.end.checked_sub(1)?)?.span;
    let span = Span::new(first.start(), last.end());
    let block = document.blocks().iter().find(|block| block.span.contains(span))?.span;
    let before = document.get(Span::new(block.start(), span.start()))?;
    let behind = document.get(Span::new(span.end(), block.end()))?;
    let start = match context.checked_sub(1) {
        Some(n) => before.char_indices().rev().nth(n).map_or(0, |it| it.0),
        None => before.len(),
    };
    let end = behind.char_indices().nth(context).map_or(behind.len(), |it| it.0);
    Some(Row {
        document: DocumentName::of(document),
        path: document.metadata.path.as_deref(),
        span,
        left: before.get(start..).unwrap_or_default(),
        text: document.get(span)?,
        right: behind.get(..end).unwrap_or_default(),
    })
}

/// By what a place is sorted, as a Vietnamese dictionary would.
fn key(document: &Document, words: &[Word], range: &Range<usize>, order: Order) -> Vec<u8> {
    /// So many words decide.
    const WORDS: usize = 5;
    let spelled = |words: &mut dyn Iterator<Item = &Word>| {
        let parts: Vec<&str> =
            words.take(WORDS).filter_map(|word| document.get(word.span)).collect();
        corpus_text::sort_key(&parts.join(" "))
    };
    let part = |range: Range<usize>| words.get(range).unwrap_or_default();
    match order {
        Order::Text => Vec::new(),
        Order::Left => spelled(&mut part(0..range.start).iter().rev()),
        Order::Right => spelled(&mut part(range.end..words.len()).iter()),
        Order::Found => spelled(&mut part(range.clone()).iter()),
    }
}

fn csv(row: &Row<'_>, document: &Document, page: &mut Vec<u8>) {
    cell(document.id(), true, page);
    cell(row.path.unwrap_or_default(), false, page);
    cell(&row.span.start().to_string(), false, page);
    cell(&row.span.end().to_string(), false, page);
    for text in [row.left, row.text, row.right] {
        cell(text, false, page);
    }
    page.extend_from_slice(b"\r\n");
}

/// A line for a person: what was found in the middle, its document and byte at the end.
fn shown(row: &Row<'_>, document: &Document, context: usize, page: &mut Vec<u8>) {
    let (left, text, right) = (flat(row.left), flat(row.text), flat(row.right));
    let gap = |side: &str| if side.contains(char::is_whitespace) { " " } else { "" };
    let behind = row.left.chars().next_back().map_or("", |c| gap(c.encode_utf8(&mut [0; 4])));
    let before = row.right.chars().next().map_or("", |c| gap(c.encode_utf8(&mut [0; 4])));
    let left = format!("{left}{behind}");
    let right = format!("{before}{right}");
    let indent = " ".repeat(context.saturating_sub(width(&left)));
    let place = format!("{}:{}", flat(&document_name::place(document)), row.span.start());
    let right = pad(&right, context);
    let line = format!("{indent}{left}{WARN}{text}{WARN:#}{right}  {DIM}{place}{DIM:#}\n");
    page.extend_from_slice(line.as_bytes());
}
