//! The answer of a web server: what kind of thing it is, and its body without the encodings of its
//! way.

use std::borrow::Cow;
use std::io::Read;

use memchr::memchr;

use crate::charset;

/// An answer, or a thing by itself with what is known of it.
#[derive(Debug, Default)]
pub(crate) struct Answer<'a> {
    /// 200, 404; none where there was no server.
    pub(crate) status: Option<u16>,
    /// The kind of content, in lower case and without parameters: `text/html`.
    pub(crate) kind: String,
    /// The encoding that is stated with it, in lower case.
    pub(crate) charset: Option<String>,
    chunked: bool,
    packed: bool,
    /// It is packed with what nothing here unpacks.
    pub(crate) unknown: Option<String>,
    body: &'a [u8],
}

/// A body does not unpack to more than this.
const LARGEST: u64 = 64 << 20;

impl<'a> Answer<'a> {
    /// A thing of this kind, as it is.
    pub(crate) fn plain(kind: &str, body: &'a [u8]) -> Answer<'a> {
        Answer { kind: bare(kind), charset: charset::of_kind(kind), body, ..Answer::default() }
    }

    /// Reads the head of an answer; none if it has none.
    pub(crate) fn of(bytes: &'a [u8]) -> Option<Answer<'a>> {
        let mut lines = Lines { rest: bytes };
        let first = lines.next()?;
        let status = first.strip_prefix(b"HTTP/")?;
        let status = status.split(|byte| *byte == b' ').nth(1)?;
        let status = std::str::from_utf8(status).ok()?.trim().parse().ok()?;
        let mut answer = Answer { status: Some(status), ..Answer::default() };
        for line in lines.by_ref() {
            if line.is_empty() {
                break;
            }
            let line = String::from_utf8_lossy(line);
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "content-type" => {
                    answer.kind = bare(value);
                    answer.charset = charset::of_kind(value);
                }
                "transfer-encoding" => answer.chunked = value.to_lowercase().contains("chunked"),
                "content-encoding" => match value.to_lowercase().as_str() {
                    "" | "identity" | "none" => {}
                    "gzip" | "x-gzip" => answer.packed = true,
                    other => answer.unknown = Some(other.to_owned()),
                },
                _ => {}
            }
        }
        answer.body = lines.rest;
        Some(answer)
    }

    /// The body as the page's author wrote it, and what is wrong with it.
    ///
    /// What says that it is in pieces or packed, and is not, is taken as it is: programs that write
    /// crawls unpack bodies now and then and leave the head unchanged.
    pub(crate) fn body(&self) -> (Cow<'a, [u8]>, Option<String>) {
        let mut body = Cow::Borrowed(self.body);
        let mut wrong = None;
        if self.chunked
            && let Some((joined, whole)) = joined(self.body)
        {
            body = Cow::Owned(joined);
            if !whole {
                wrong = Some("the pieces of the body break off".to_owned());
            }
        }
        if self.packed && body.starts_with(b"\x1f\x8b") && crate::Packing::Gzip.is_available() {
            let mut unpacked = Vec::new();
            let mut reader = crate::Unpacked::new(&*body);
            let damages = reader.damages();
            // Reading from memory does not fail.
            let _ = reader.by_ref().take(LARGEST).read_to_end(&mut unpacked);
            wrong = damages.take().first().map(ToString::to_string).or(wrong);
            body = Cow::Owned(unpacked);
        }
        (body, wrong)
    }
}

fn bare(kind: &str) -> String {
    kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The pieces of a body in one, and whether all are there; none if it is not in pieces.
fn joined(body: &[u8]) -> Option<(Vec<u8>, bool)> {
    let mut joined = Vec::with_capacity(body.len());
    let mut rest = body;
    let mut pieces = 0;
    loop {
        let length = memchr(b'\n', rest.get(..rest.len().min(100))?).and_then(|end| {
            let line = std::str::from_utf8(rest.get(..end)?).ok()?;
            let digits = line.split(';').next().unwrap_or_default().trim();
            Some((usize::from_str_radix(digits, 16).ok()?, end + 1))
        });
        match length {
            Some((0, _)) => return Some((joined, true)),
            Some((length, head)) => {
                let piece = rest.get(head..).unwrap_or_default();
                let there = length.min(piece.len());
                joined.extend_from_slice(piece.get(..there).unwrap_or_default());
                if there < length {
                    return Some((joined, false));
                }
                let behind = piece.get(there..).unwrap_or_default();
                rest =
                    behind.strip_prefix(b"\r\n").or(behind.strip_prefix(b"\n")).unwrap_or(behind);
                pieces += 1;
            }
            None if pieces == 0 => return None,
            None => {
                // What is left has no length; it is text all the same.
                joined.extend_from_slice(rest);
                return Some((joined, rest.is_empty()));
            }
        }
    }
}

struct Lines<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        let end = memchr(b'\n', self.rest).unwrap_or(self.rest.len());
        let line = self.rest.get(..end).unwrap_or_default();
        self.rest = self.rest.get(end + 1..).unwrap_or_default();
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(answer: &[u8], kind: &str, body: &str, wrong: bool) {
        let answer = Answer::of(answer).unwrap();
        let (found, what) = answer.body();
        assert_eq!((answer.kind.as_str(), &*found), (kind, body.as_bytes()));
        assert_eq!(what.is_some(), wrong, "{what:?}");
    }

    #[test]
    fn answers() {
        check(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/HTML; charset=utf-8\r\n\r\na\nb",
            "text/html",
            "a\nb",
            false,
        );
        check(b"HTTP/1.0 200\nContent-Type:text/plain\n\na", "text/plain", "a", false);
        let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let with = |body: &str| [&chunked[..], body.as_bytes()].concat();
        check(&with("2\r\nab\r\n1;x\r\nc\r\n0\r\n\r\n"), "", "abc", false);
        check(&with("a\r\nab"), "", "ab", true);
        check(&with("<p>not in pieces"), "", "<p>not in pieces", false);
        check(&with("2\r\nab\r\nxyz"), "", "abxyz", true);
        assert!(Answer::of(b"<html>").is_none());
        assert!(Answer::of(b"HTTP/1.1 OK").is_none());
    }
}
