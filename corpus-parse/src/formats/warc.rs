//! Web archives: WARC with its text-only kind WET, and ARC.
//!
//! A record states its length, and lengths are wrong now and then. So what stands behind a record is
//! looked at: unless it is blank lines, another record or the end of the input, the record is said to
//! be damaged, and goes on to the next line that a record begins with. No length is believed beyond the limit for records.

use std::borrow::Cow;

use memchr::memmem::Finder;

use crate::address::Address;
use crate::http::Answer;
use crate::warc::{Head, LONGEST_LINE, arc, next_arc};
use crate::{Format, ParseError, Parser, Record, Source, blocks, charset, html};

/// Web archives: WARC, WET and ARC; each page or text in them is a document.
///
/// Pages in HTML are read as [`Html`](crate::Html) is. The address is that of the request, the
/// record's name the document's id, and the time of the request `fetched` among the extra metadata.
/// A page in another encoding than UTF-8 is decoded by the reader's [`Decoder`](crate::Decoder), and
/// `encoding` among the extra metadata says so.
/// What is no page (requests, pictures, answers that tell of no success) counts as rejected.
#[derive(Clone, Copy, Debug)]
pub struct Warc;

impl Format for Warc {
    fn name(&self) -> &'static str {
        "warc"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["warc", "wet", "wat", "arc"]
    }

    fn about(&self) -> &'static str {
        "web archives (WARC, WET, ARC): each page or text in them"
    }

    fn sniff(&self, head: &[u8]) -> bool {
        let head = head.trim_ascii_start();
        head.starts_with(b"WARC/") || head.starts_with(b"filedesc://")
    }

    fn parser(&self) -> Box<dyn Parser> {
        Box::<WarcParser>::default()
    }
}

#[derive(Default)]
struct WarcParser {
    /// Some record was one of an ARC file.
    arc: bool,
}

/// So many bytes are looked at together where a record is passed over.
const STRETCH: usize = 64 << 10;
/// How a record of a WARC file begins.
const VERSION: &[u8] = b"WARC/";

impl Parser for WarcParser {
    fn parse(&mut self, source: &mut Source<'_>, record: &mut Record) -> Result<bool, ParseError> {
        loop {
            if !pass_blanks(source) {
                return Ok(false);
            }
            let head = match self.head(source)? {
                Some(head) => head,
                None => {
                    self.skip_to_next(source);
                    return Err(source.malformed_record("no record of a web archive begins here"));
                }
            };
            let mut wrong = false;
            let length = match self.stated(source, head.length) {
                Ok(length) => length,
                // What is there is read all the same, up to the next record.
                Err(what) => match self.extent(source) {
                    Some(length) => {
                        source.report(source.malformed_record(what));
                        wrong = true;
                        length
                    }
                    None => {
                        self.skip_to_next(source);
                        return Err(source.malformed_record(what));
                    }
                },
            };
            source.take(length);
            match document(source, &head, wrong, record)? {
                None => return Ok(true),
                Some(reason) => source.reject(reason),
            }
        }
    }
}

/// Passes over what stands between records; false at the end of the input.
fn pass_blanks(source: &mut Source<'_>) -> bool {
    loop {
        let bytes = source.peek(1);
        if bytes.is_empty() {
            return false;
        }
        match bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count() {
            0 => return true,
            blanks => {
                source.take(blanks);
                source.discard();
            }
        }
    }
}

/// The next line of a head; none if it is too long for one or the input ends.
fn line(source: &mut Source<'_>) -> Option<String> {
    let bytes = source.peek(LONGEST_LINE);
    let bytes = bytes.get(..LONGEST_LINE.min(bytes.len())).unwrap_or_default();
    let end = memchr::memchr(b'\n', bytes)?;
    let line = bytes.get(..end).unwrap_or_default();
    let line = String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line)).into_owned();
    source.take(end + 1);
    Some(line)
}

impl WarcParser {
    /// The head of the record that begins here; none if none does.
    fn head(&mut self, source: &mut Source<'_>) -> Result<Option<Head>, ParseError> {
        if source.peek(VERSION.len()).starts_with(VERSION) {
            let mut head = Head::default();
            // So that the same place is not taken for the next record.
            source.take(VERSION.len());
            while let Some(line) = line(source) {
                source.check_length()?;
                if line.is_empty() {
                    return Ok(Some(head));
                }
                if let Some((name, value)) = line.split_once(':') {
                    head.enter(name.trim(), value.trim());
                }
                // A head that breaks off does not go on with that of the next record.
                if source.peek(VERSION.len()).starts_with(VERSION) {
                    break;
                }
            }
            return Ok(None);
        }
        let bytes = source.peek(LONGEST_LINE);
        let bytes = bytes.get(..LONGEST_LINE.min(bytes.len())).unwrap_or_default();
        let end = memchr::memchr(b'\n', bytes);
        let length = end.map_or(bytes.len(), |end| end + 1);
        let Some(mut head) = arc(bytes.get(..length).unwrap_or_default()) else { return Ok(None) };
        self.arc = true;
        source.take(length);
        if head.kind == "filedesc" && head.length.is_none() {
            // The lines about the file go on to a blank one.
            let mut length = 0;
            loop {
                let bytes = source.peek(length + LONGEST_LINE);
                let rest = bytes.get(length..).unwrap_or_default();
                let rest = rest.get(..LONGEST_LINE.min(rest.len())).unwrap_or_default();
                let Some(end) = memchr::memchr(b'\n', rest) else { break };
                length += end + 1;
                if rest.get(..end).unwrap_or_default().trim_ascii().is_empty() || length > STRETCH {
                    break;
                }
            }
            head.length = Some(length as u64);
        }
        Ok(Some(head))
    }

    /// The length that the record states, if it is right; else what is wrong with it.
    fn stated(&self, source: &mut Source<'_>, length: Option<u64>) -> Result<usize, String> {
        let Some(length) = length else { return Err("a record without a length".into()) };
        let limit = source.limit() as u64;
        let fits = usize::try_from(length).ok().filter(|length| *length as u64 <= limit);
        let Some(fits) = fits else {
            return Err(format!("a record of {length} bytes, which is longer than the limit"));
        };
        let there = source.peek(fits).len();
        if there < fits {
            return Err(format!("a record of {length} bytes, of which {there} are there"));
        }
        match self.ends_well(source, fits) {
            true => Ok(fits),
            false => Err(format!("a record of {length} bytes, behind which none begins")),
        }
    }

    /// How far it is to the next record or to the end of the input; none beyond the limit.
    fn extent(&self, source: &mut Source<'_>) -> Option<usize> {
        let limit = source.limit();
        let mut at = 0;
        while at <= limit {
            let bytes = source.peek(at + STRETCH);
            let stretch = bytes.get(at..bytes.len().min(at + STRETCH)).unwrap_or_default();
            let last = stretch.len() < STRETCH;
            if let Some(next) = self.next_in(stretch, at == 0, last) {
                return Some(at + next).filter(|length| *length <= limit);
            }
            if last {
                return Some(bytes.len()).filter(|length| *length <= limit);
            }
            at += STRETCH - self.kept();
        }
        None
    }

    /// Where in a stretch of the input the next record begins.
    fn next_in(&self, stretch: &[u8], first: bool, last: bool) -> Option<usize> {
        if first && stretch.starts_with(VERSION) {
            return Some(0);
        }
        match self.arc {
            true => next_arc(stretch, last),
            false => Finder::new(b"\nWARC/").find(stretch).map(|at| at + 1),
        }
    }

    /// How much of a stretch is looked at once more with what follows it.
    fn kept(&self) -> usize {
        if self.arc { LONGEST_LINE } else { VERSION.len() + 1 }
    }

    /// Whether the record at hand ends as records do, the input ends behind it, or another begins.
    fn ends_well(&self, source: &mut Source<'_>, length: usize) -> bool {
        let wanted = length + 64 + LONGEST_LINE;
        let bytes = source.peek(wanted);
        let bytes = bytes.get(length..wanted.min(bytes.len())).unwrap_or_default();
        if !self.arc && (bytes.starts_with(b"\r\n\r\n") || bytes.starts_with(b"\n\n")) {
            return true;
        }
        let next = bytes.trim_ascii_start();
        let first = next.split(|byte| *byte == b'\n').next().unwrap_or_default();
        next.is_empty() || next.starts_with(VERSION) || (self.arc && arc(first).is_some())
    }

    /// Skips to the next record.
    fn skip_to_next(&self, source: &mut Source<'_>) {
        let mut first = true;
        loop {
            let bytes = source.peek(STRETCH);
            let bytes = bytes.get(..STRETCH.min(bytes.len())).unwrap_or_default();
            if bytes.is_empty() {
                return;
            }
            let last = bytes.len() < STRETCH;
            // What was read of the head may end in front of the next record.
            let found = self.next_in(bytes, std::mem::take(&mut first), last);
            let all = if last { bytes.len() } else { bytes.len() - self.kept() };
            source.take(found.unwrap_or(all));
            source.skip();
            if found.is_some() || last {
                return;
            }
        }
    }
}

/// Fills the record from what was taken last; the reason, if it is no document.
fn document(
    source: &mut Source<'_>,
    head: &Head,
    wrong: bool,
    record: &mut Record,
) -> Result<Option<&'static str>, ParseError> {
    let block = source.taken();
    // Up to the next record, the lines between are taken too.
    let block = if wrong { block.strip_suffix(b"\r\n\r\n").unwrap_or(block) } else { block };
    let answer = match head.kind.as_str() {
        // Logs of the program that made the archive.
        "resource" if head.url.as_ref().is_some_and(|it| it.starts_with("metadata:")) => {
            return Ok(Some("a record about another"));
        }
        "response" | "resource" | "conversion" => {
            match head.content.starts_with("application/http") {
                true => Answer::of(block),
                false => Some(Answer::plain(&head.content, block)),
            }
        }
        "request" => return Ok(Some("a request of the crawler")),
        "revisit" => return Ok(Some("a page that had not changed")),
        "warcinfo" | "filedesc" => return Ok(Some("a description of the archive")),
        _ => return Ok(Some("a record about another")),
    };
    let Some(answer) = answer else {
        return Err(source.malformed_record("an answer without a head"));
    };
    if answer.status.is_some_and(|status| !(200..300).contains(&status)) {
        return Ok(Some("an answer of no success"));
    }
    let page = matches!(answer.kind.as_str(), "text/html" | "application/xhtml+xml");
    if !page && answer.kind != "text/plain" {
        return Ok(Some("neither a page nor a text"));
    }
    if let Some(packing) = &answer.unknown {
        let what = format!("a body packed with {packing}, which is not read");
        return Err(source.malformed_record(what));
    }
    let (body, mut wrong) = answer.body();
    let stated = || if page { charset::of_page(&body) } else { None };
    let label = answer.charset.clone().or_else(stated);
    let sound = simdutf8::basic::from_utf8(&body).ok();
    // Letters of ASCII in UTF-16 are good UTF-8 with zeros between them.
    let decoded = match sound {
        Some(text) if !text.contains('\0') => None,
        _ => {
            source.decode(&body, label.as_deref()).filter(|it| sound.is_none() || it.1 == "utf-16")
        }
    };
    let (text, encoding) = match (decoded, sound) {
        (Some((text, encoding)), _) => (Cow::Owned(text), Some(encoding)),
        (None, Some(text)) => (Cow::Borrowed(text), None),
        (None, None) => (String::from_utf8_lossy(&body), None),
    };
    let replaced = matches!(&text, Cow::Owned(_)) && encoding.is_none();
    if replaced && wrong.is_none() {
        wrong = Some("a body that is not all UTF-8; what is not became U+FFFD".to_owned());
    }
    if page {
        if !html::fill(record, &text).0 {
            return Ok(Some("a page without text"));
        }
    } else {
        if text.trim().is_empty() {
            return Ok(Some("a page without text"));
        }
        record.text.push_str(&text);
        blocks::of_article(record);
    }
    record.id.push_str(head.id.as_deref().unwrap_or_default());
    if let Some(url) = &head.url {
        Address::parse(url).describe(&mut record.metadata);
        record.metadata.url = Some(url.clone());
    }
    if let Some(encoding) = encoding {
        record.metadata.extra.insert("encoding".into(), encoding.into());
    }
    if let Some(fetched) = &head.fetched {
        record.metadata.extra.insert("fetched".into(), fetched.clone());
    }
    if let Some(what) = wrong {
        source.report(source.malformed_record(what));
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    crate::conformance!(super::Warc);
}
