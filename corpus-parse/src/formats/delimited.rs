//! Records of address, title and body between lines of dashes.

use corpus_model::{BlockKind, Span};

use crate::address::{self, Address};
use crate::{Format, ParseError, ParseErrorKind, Parser, Record, RecordLines, Source, blocks};

mod records;

/// Records of address, title and body between lines of dashes, one behind the other.
///
/// ```text
/// https://tin.example/troi-mua-71234.html
/// -----------------
/// Trời mưa
/// -----------------
/// Trời mưa từ sáng./.
/// -----------------
/// ```
///
/// The line of dashes that ends a body is as long as the one behind the address; others belong to
/// the body. An address in front of a line of dashes begins a record wherever it stands, so a record
/// that breaks off takes nothing of the next with it, and one that is too long is skipped up to
/// there. What stands between records without an address becomes a document too, and is reported.
#[derive(Clone, Copy, Debug)]
pub struct Delimited;

impl Format for Delimited {
    fn name(&self) -> &'static str {
        "delimited"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt"]
    }

    fn about(&self) -> &'static str {
        "records of address, title and body between lines of dashes"
    }

    fn sniff(&self, head: &[u8]) -> bool {
        let mut lines = head
            .split(|&byte| byte == b'\n' || byte == b'\r')
            .filter(|line| !line.trim_ascii().is_empty());
        let mut address = false;
        lines.any(|line| {
            let found = address && dashes(line).is_some();
            address = is_address(line);
            found
        })
    }

    fn parser(&self) -> Box<dyn Parser> {
        Box::new(DelimitedParser)
    }

    fn lines(&self, _: &[u8]) -> Option<Box<dyn RecordLines>> {
        Some(Box::<records::Records>::default())
    }
}

struct DelimitedParser;

impl Parser for DelimitedParser {
    fn parse(&mut self, source: &mut Source<'_>, record: &mut Record) -> Result<bool, ParseError> {
        let outcome = read_one(source, record);
        let too_long = |error: &ParseError| matches!(error.kind(), ParseErrorKind::TooLong { .. });
        if outcome.as_ref().is_err_and(too_long) {
            skip_to_record(source);
        }
        outcome
    }
}

/// The next record, or the text in front of it.
fn read_one(source: &mut Source<'_>, record: &mut Record) -> Result<bool, ParseError> {
    // Blank lines and lines of dashes stand between records.
    let first = loop {
        let Some(line) = source.line_bytes()? else { return Ok(false) };
        if is_address(line) {
            break Line::Address;
        }
        if !is_blank(line) && dashes(line).is_none() {
            break Line::Text;
        }
        source.discard();
    };
    source.mark();
    match first {
        Line::Address => read_record(source, record),
        _ => read_stray(source, record),
    }
}

/// Skips the rest of a record that is too long.
///
/// Whatever its lines look like, only the beginning of a record ends it: so it is one error, and
/// none of its text is taken for a document.
fn skip_to_record(source: &mut Source<'_>) {
    loop {
        source.skip();
        let place = source.checkpoint();
        match source.line_bytes() {
            Ok(None) => return,
            Ok(Some(line)) if is_address(line) => {
                if matches!(begins_record(source), Ok(true)) {
                    source.rewind(place);
                    return;
                }
            }
            // Another line that is too long belongs to the same record.
            Ok(Some(_)) | Err(_) => {}
        }
    }
}

/// What a line is, as far as the frame of a record goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Address,
    Dashes(usize),
    Blank,
    Text,
    End,
}

fn kind(line: Option<&[u8]>) -> Line {
    match line {
        None => Line::End,
        Some(line) if is_blank(line) => Line::Blank,
        Some(line) => match dashes(line) {
            Some(n) => Line::Dashes(n),
            None if is_address(line) => Line::Address,
            None => Line::Text,
        },
    }
}

/// The rest of a record whose address was read.
fn read_record(source: &mut Source<'_>, record: &mut Record) -> Result<bool, ParseError> {
    let place = source.checkpoint();
    let delimiter = loop {
        source.look_ahead();
        match kind(source.line_bytes()?) {
            Line::Blank => {}
            Line::Dashes(n) => break n,
            _ => {
                source.rewind(place);
                return Err(
                    source.malformed_record("an address without a line of dashes behind it")
                );
            }
        }
    };
    let title = frame_part(source, None)?;
    let body = match title.ended {
        Ended::Dashes => frame_part(source, Some(delimiter))?,
        // No second line of dashes: what is there is title and body in one.
        _ => title,
    };
    if title.lines == 0 && (body.lines == 0 || title.ended != Ended::Dashes) {
        return Err(source.malformed_record("an address without title and text"));
    }
    if title.lines == 0 {
        source.report(source.malformed_record("a record without a title"));
    } else if title.ended != Ended::Dashes {
        source.report(source.malformed_record("no line of dashes behind the title"));
    }
    lay_out(source.text(), title.ended == Ended::Dashes, record);
    Ok(true)
}

/// Text that no address stands in front of, up to the next record.
fn read_stray(source: &mut Source<'_>, record: &mut Record) -> Result<bool, ParseError> {
    while !matches!(frame_part(source, None)?.ended, Ended::Record | Ended::Input) {}
    source.report(source.malformed_record("text without an address in front of it"));
    record.text.push_str(source.text());
    blocks::of_article(record);
    Ok(true)
}

/// Lines up to a line of dashes.
#[derive(Clone, Copy, Debug)]
struct Part {
    /// How many of them are not blank.
    lines: usize,
    ended: Ended,
}

/// What ended a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    Dashes,
    /// The next record begins.
    Record,
    Input,
}

/// Reads up to a line of dashes, the line included; of this length, if one is given.
fn frame_part(source: &mut Source<'_>, delimiter: Option<usize>) -> Result<Part, ParseError> {
    let mut lines = 0;
    loop {
        let place = source.checkpoint();
        // The line may be the next record's, whose length is no matter of this one.
        source.look_ahead();
        let line = kind(source.line_bytes()?);
        if line == Line::Address && begins_record(source)? {
            source.rewind(place);
            return Ok(Part { lines, ended: Ended::Record });
        }
        source.claim()?;
        match line {
            Line::End => return Ok(Part { lines, ended: Ended::Input }),
            Line::Blank => {}
            Line::Dashes(n) => {
                if delimiter.is_none_or(|wanted| wanted == n) || ends_record(source)? {
                    return Ok(Part { lines, ended: Ended::Dashes });
                }
                lines += 1;
            }
            Line::Address | Line::Text => lines += 1,
        }
    }
}

/// Whether a line of dashes is next: the line read last, an address, begins a record.
fn begins_record(source: &mut Source<'_>) -> Result<bool, ParseError> {
    peek(source, |next| matches!(next, Line::Dashes(_)))
}

/// Whether an address or nothing is next: the line of dashes read last ends a record.
fn ends_record(source: &mut Source<'_>) -> Result<bool, ParseError> {
    peek(source, |next| matches!(next, Line::Address | Line::End))
}

/// Whether the next line that is not blank is so.
fn peek(source: &mut Source<'_>, is: fn(Line) -> bool) -> Result<bool, ParseError> {
    let place = source.checkpoint();
    source.look_ahead();
    let next = loop {
        match kind(source.line_bytes()?) {
            Line::Blank => {}
            other => break other,
        }
    };
    source.rewind(place);
    Ok(is(next))
}

/// Finds the blocks of a record's text: address, title between dashes if `framed`, body.
fn lay_out(text: &str, framed: bool, record: &mut Record) {
    record.text.push_str(text);
    let mut rest = 0;
    let mut parts = [Span::default(); 3];
    let wanted = if framed { 2 } else { 1 };
    for part in parts.iter_mut().take(wanted) {
        (*part, rest) = part_before_dashes(text, rest);
    }
    let [address, title, _] = parts;
    if let Some(url) = record.text.get(address.range()) {
        let url = url.trim_start_matches('\u{feff}').to_owned();
        record.block(BlockKind::Url, Span::new(address.end() - url.len(), address.end()));
        Address::parse(&url).describe(&mut record.metadata);
        record.metadata.url = Some(url);
    }
    if let (false, Some(words)) = (title.is_empty(), record.text.get(title.range())) {
        record.metadata.title = Some(words.to_owned());
        record.block(BlockKind::Title, title);
    }
    let end = body_end(text, rest);
    blocks::of_record_body(record, Span::new(rest, end), framed);
}

/// The text in front of the next line of dashes, trimmed, and where what follows them begins.
fn part_before_dashes(text: &str, from: usize) -> (Span, usize) {
    let mut at = from;
    for line in text.get(from..).unwrap_or_default().split_inclusive(['\n', '\r']) {
        if dashes(line.as_bytes()).is_some() {
            return (trimmed(text, from, at), at + line.len());
        }
        at += line.len();
    }
    (trimmed(text, from, at), at)
}

/// Where the body ends: in front of the last line, if that is dashes.
fn body_end(text: &str, from: usize) -> usize {
    let body = text.get(from..).unwrap_or_default().trim_end();
    let last = body.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    match body.get(last..).and_then(|line| dashes(line.as_bytes())) {
        Some(_) => from + last,
        None => from + body.len(),
    }
}

fn trimmed(text: &str, from: usize, to: usize) -> Span {
    let part = text.get(from..to).unwrap_or_default();
    let start = from + part.len() - part.trim_start().len();
    Span::new(start, from + part.trim_end().len())
}

fn is_blank(line: &[u8]) -> bool {
    without_mark(line).is_empty()
}

/// A line without white space around it and without the byte-order mark that files have in the
/// middle when they were joined.
fn without_mark(line: &[u8]) -> &[u8] {
    let line = line.trim_ascii();
    line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line)
}

/// How many dashes the line is made of, if of nothing else and of five or more.
fn dashes(line: &[u8]) -> Option<usize> {
    let line = line.trim_ascii();
    let [b'-', b'-', b'-', b'-', b'-', rest @ ..] = line else { return None };
    rest.iter().all(|&byte| byte == b'-').then_some(line.len())
}

fn is_address(line: &[u8]) -> bool {
    address::is_alone(without_mark(line))
}

#[cfg(test)]
mod tests {
    crate::conformance!(super::Delimited);
}
