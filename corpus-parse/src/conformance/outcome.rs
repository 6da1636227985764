//! Samples, and what comes out of them, written for a person to read.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use corpus_model::{Document, Spanned};

use crate::{Format, Ledger, ParseError, Position, Reader};

/// A file that a format is tested with.
pub(super) struct Sample {
    pub(super) path: PathBuf,
    pub(super) bytes: Vec<u8>,
}

pub(super) fn samples(format: &dyn Format, folder: &Path) -> Vec<Sample> {
    let folder = folder.join(format.name());
    let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
    let mut samples: Vec<Sample> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_none_or(|it| it != "expected" && it != "md"))
        .map(|path| Sample {
            bytes: fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
            path,
        })
        .collect();
    samples.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(
        !samples.is_empty(),
        "no samples in {}\nhelp: put a file there, whole or damaged, and run with UPDATE_EXPECTED=1",
        folder.display()
    );
    samples
}

/// What came out of an input.
pub(super) struct Outcome {
    pub(super) documents: Vec<(Position, Document)>,
    /// Errors with the number of documents in front of them.
    pub(super) errors: Vec<(usize, ParseError)>,
    pub(super) ledger: Ledger,
    pub(super) bytes: u64,
}

pub(super) fn read(format: &dyn Format, path: &str, input: Chunks<'_>) -> Outcome {
    read_with_limit(format, path, input, None)
}

/// Reads an input of which no record may be longer than `limit` bytes, if there is one.
pub(super) fn read_with_limit(
    format: &dyn Format,
    path: &str,
    input: Chunks<'_>,
    limit: Option<usize>,
) -> Outcome {
    let bytes = input.rest.len() as u64;
    let mut reader = Reader::new(format, input).path(path);
    if let Some(limit) = limit {
        reader = reader.max_record(limit);
    }
    let (mut documents, mut errors) = (Vec::new(), Vec::new());
    for _ in 0..2 * bytes + 100 {
        let mut document = Document::default();
        match reader.read(&mut document) {
            Ok(true) => documents.push((reader.position(), document)),
            Ok(false) => {
                let ledger = reader.ledger().clone();
                return Outcome { documents, errors, ledger, bytes };
            }
            Err(error) => errors.push((documents.len(), error)),
        }
    }
    panic!(
        "{} has not ended after {} documents and {} errors of {bytes} bytes\n\
         help: each call of `parse` must read something or return false",
        format.name(),
        documents.len(),
        errors.len()
    );
}

impl Outcome {
    /// Holds what came out to the promises that hold for every input.
    pub(super) fn check(&self) {
        assert!(self.ledger.closes(), "{:?}", self.ledger);
        assert_eq!(self.ledger.bytes_in, self.bytes, "{:?}", self.ledger);
        for (_, document) in &self.documents {
            check_blocks(document);
        }
    }

    /// What came out, for a person to read.
    pub(super) fn render(&self) -> String {
        let mut text = String::new();
        let mut errors = self.errors.iter().peekable();
        for (n, (position, document)) in self.documents.iter().enumerate() {
            while let Some((_, error)) = errors.next_if(|it| it.0 <= n) {
                render_error(error, &mut text);
            }
            render_document(*position, document, &mut text);
        }
        for (_, error) in errors {
            render_error(error, &mut text);
        }
        let Ledger { bytes_in, bytes_documents, bytes_separators, unreadable, rejected, .. } =
            &self.ledger;
        for it in rejected {
            let _ = writeln!(text, "rejected {} of {} bytes: {}", it.count, it.bytes, it.reason);
        }
        let lost: u64 = unreadable.iter().map(|it| it.bytes).sum();
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "ledger: {bytes_in} bytes in, {bytes_documents} in documents, {bytes_separators} between, {lost} unreadable"
        );
        text
    }
}

fn render_error(error: &ParseError, text: &mut String) {
    let _ = writeln!(text, "error {error} (bytes lost: {})", error.bytes());
}

fn render_document(position: Position, document: &Document, text: &mut String) {
    let Position { byte, line, .. } = position;
    let _ = writeln!(text, "document {:?}, line {line}, byte {byte}", document.id());
    let it = &document.metadata;
    let published = it.published.map(|when| when.to_string());
    let fields = [
        ("url", &it.url),
        ("site", &it.site),
        ("slug", &it.slug),
        ("article_number", &it.article_number),
        ("title", &it.title),
        ("lead", &it.lead),
        ("byline", &it.byline),
        ("published", &published),
        ("language", &it.language),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            let _ = writeln!(text, "  {name}: {:?}", shortened(value));
        }
    }
    for (name, value) in &it.extra {
        let _ = writeln!(text, "  extra {name}: {:?}", shortened(value));
    }
    for block in document.blocks() {
        let words = document.get(block.span).unwrap_or_default();
        let (start, end) = (block.span.start(), block.span.end());
        let _ = writeln!(text, "  [{start}, {end}] {} {:?}", block.kind, shortened(words));
    }
    let layers = document.annotations();
    for sentence in &layers.sentences {
        let words = layers.words.within(sentence.span);
        let words: Vec<String> = words
            .map(|word| format!("{:?} {}", document.get(word.span).unwrap_or_default(), word.kind))
            .collect();
        let (start, end) = (sentence.span.start(), sentence.span.end());
        let _ = writeln!(text, "  [{start}, {end}] sentence: {}", words.join(", "));
    }
}

/// The beginning and the end of a long text.
fn shortened(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    match (chars.get(..40), chars.len().checked_sub(30).and_then(|at| chars.get(at..))) {
        (Some(front), Some(back)) if chars.len() > 75 => {
            let (front, back): (String, String) = (front.iter().collect(), back.iter().collect());
            format!("{front} […] {back}")
        }
        _ => text.to_owned(),
    }
}

pub(super) fn check_blocks(document: &Document) {
    let mut end = 0;
    for block in document.blocks() {
        let span = block.span();
        assert!(span.start() >= end && !span.is_empty(), "{block:?} overlaps or is empty");
        assert!(document.get(span).is_some(), "{block:?} cuts a character");
        check_gap(document, end, span.start());
        end = span.end();
    }
    check_gap(document, end, document.text().len());
}

fn check_gap(document: &Document, start: usize, end: usize) {
    let gap = document.text().get(start..end).unwrap_or_default();
    assert!(
        !gap.chars().any(char::is_alphabetic),
        "{gap:?} at {start} of {:?} is in no block\nhelp: what is no content is boilerplate",
        document.id()
    );
}

/// An input that comes in pieces, with interruptions between, and may fail at its end.
pub(super) struct Chunks<'a> {
    pub(super) rest: &'a [u8],
    pub(super) size: usize,
    pub(super) interrupted: bool,
    pub(super) fails: bool,
}

impl<'a> Chunks<'a> {
    pub(super) fn whole(bytes: &'a [u8]) -> Chunks<'a> {
        Chunks { rest: bytes, size: usize::MAX, interrupted: true, fails: false }
    }

    pub(super) fn of(size: usize, bytes: &'a [u8]) -> Chunks<'a> {
        Chunks { size, interrupted: false, ..Chunks::whole(bytes) }
    }
}

impl Read for Chunks<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.interrupted = !self.interrupted;
        if self.interrupted && self.size != usize::MAX {
            return Err(io::ErrorKind::Interrupted.into());
        }
        if self.rest.is_empty() && self.fails {
            return Err(io::Error::other("the cable was pulled"));
        }
        let n = self.size.min(self.rest.len());
        self.rest.read(buffer.get_mut(..n.min(buffer.len())).unwrap_or_default())
    }
}
