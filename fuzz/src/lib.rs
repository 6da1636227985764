//! What the targets share: spans that must lie well, and inputs that come in pieces.

use std::io::{self, Read};

use corpus_model::Span;

/// Spans lie in order on character boundaries, and are neither empty nor bounded by white space.
pub fn check_spans(text: &str, spans: impl IntoIterator<Item = Span>) {
    let mut last = (0, 0);
    for span in spans {
        let piece = text.get(span.range());
        let piece = piece.unwrap_or_else(|| panic!("{span:?} is no piece of the text"));
        assert!(!piece.is_empty(), "{span:?} is empty");
        assert_eq!(piece.trim(), piece, "{span:?}");
        assert!(last <= (span.start(), span.end()), "{span:?} behind {last:?}");
        last = (span.start(), span.end());
    }
}

/// The same, and nothing but white space lies between the spans.
pub fn check_cover(text: &str, spans: impl IntoIterator<Item = Span>) {
    let mut end = 0;
    for span in spans {
        assert!(span.start() >= end, "{span:?} begins before {end}");
        check_spans(text, [span]);
        check_blank(text, end, span.start());
        end = span.end();
    }
    check_blank(text, end, text.len());
}

fn check_blank(text: &str, start: usize, end: usize) {
    let gap = text.get(start..end).unwrap_or_else(|| panic!("{start}..{end} cuts a character"));
    assert!(gap.trim().is_empty(), "{gap:?} at {start} is left out");
}

/// An input that gives a few bytes at a time, and is interrupted each other time.
#[derive(Debug)]
pub struct Pieces<R> {
    input: R,
    size: usize,
    interrupted: bool,
}

impl<R: Read> Pieces<R> {
    /// This input, `size` bytes at a time, at least one.
    pub fn new(input: R, size: usize) -> Pieces<R> {
        Pieces { input, size: size.max(1), interrupted: false }
    }
}

impl<R: Read> Read for Pieces<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.interrupted = !self.interrupted;
        if self.interrupted {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let n = self.size.min(buffer.len());
        self.input.read(&mut buffer[..n])
    }
}

/// The first byte, which chooses among things, and the rest.
pub fn choice(data: &[u8]) -> Option<(usize, &[u8])> {
    data.split_first().map(|(first, rest)| (usize::from(*first), rest))
}

/// The first byte, and the rest as text.
pub fn choice_and_text(data: &[u8]) -> Option<(usize, &str)> {
    let (first, rest) = choice(data)?;
    Some((first, str::from_utf8(rest).ok()?))
}
