//! [`Decoder`]: texts inside of records that are in no encoding of Unicode.

use std::fmt::Debug;

use crate::utf16::Transcoder;

/// Decodes texts that are not UTF-8, for formats of which each record has an encoding of its own, as
/// web archives have, and for pages.
///
/// ```
/// use std::sync::Arc;
/// use corpus_parse::{Decoder, Reader, find};
///
/// #[derive(Debug)]
/// struct Latin1;
///
/// impl Decoder for Latin1 {
///     fn decode(&self, bytes: &[u8], label: Option<&str>) -> Option<(String, &'static str)> {
///         let text = || bytes.iter().map(|byte| char::from(*byte)).collect();
///         (label == Some("iso-8859-1")).then(|| (text(), "iso-8859-1"))
///     }
/// }
///
/// let page = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=ISO-8859-1\r\n\r\nTh\xe0nh c\xf4ng.";
/// let head = format!(
///     "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
///     page.len()
/// );
/// let archive = [head.as_bytes(), page, b"\r\n\r\n"].concat();
/// let mut reader = Reader::new(find("warc").unwrap(), &archive[..]).decoder(Arc::new(Latin1));
/// let document = reader.documents().next().unwrap().unwrap();
/// assert_eq!(document.text(), "Thành công.");
/// assert_eq!(document.metadata.extra["encoding"], "iso-8859-1");
/// ```
pub trait Decoder: Debug + Send + Sync {
    /// The text that the bytes say, and what their encoding is called; none to have what is no UTF-8
    /// replaced. `label` is the name of the encoding that the record states, in lower case.
    fn decode(&self, bytes: &[u8], label: Option<&str>) -> Option<(String, &'static str)>;
}

/// The text of bytes in UTF-16: they say so by their byte-order mark, or the label does and zeros
/// speak for it.
pub(crate) fn utf16(bytes: &[u8], label: Option<&str>) -> Option<String> {
    let zeros = bytes.iter().take(STATED_IN).any(|byte| *byte == 0);
    let (big_endian, bytes) = match (bytes, label) {
        ([0xfe, 0xff, rest @ ..], _) => (true, rest),
        ([0xff, 0xfe, rest @ ..], _) => (false, rest),
        (_, Some("utf-16be")) if zeros => (true, bytes),
        (_, Some("utf-16le" | "utf-16")) if zeros => (false, bytes),
        _ => return None,
    };
    let mut transcoder = Transcoder::new(big_endian);
    let mut text = Vec::with_capacity(bytes.len());
    transcoder.push(bytes, &mut text);
    transcoder.finish(&mut text);
    Some(String::from_utf8_lossy(&text).into_owned())
}

/// A page states its encoding among so many bytes.
const STATED_IN: usize = 1024;

/// The encoding that a page states in its head, in lower case: `<meta charset="…">`.
///
/// ```
/// let page = b"<html><head><meta charset=\"Windows-1258\"></head>";
/// assert_eq!(corpus_parse::page_encoding(page).as_deref(), Some("windows-1258"));
/// ```
pub fn of_page(page: &[u8]) -> Option<String> {
    let head = page.get(..page.len().min(STATED_IN))?.to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset=")?;
    name(head.get(at + b"charset=".len()..)?)
}

/// The encoding that a kind of content states behind itself, in lower case: `text/html; charset=…`.
pub(crate) fn of_kind(kind: &str) -> Option<String> {
    let kind = kind.to_ascii_lowercase();
    name(kind.split_once("charset=")?.1.as_bytes())
}

/// The name that stands here, in quotes or not.
fn name(bytes: &[u8]) -> Option<String> {
    let fits =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.');
    let name = bytes.iter().copied().skip_while(|byte| matches!(byte, b'"' | b'\'' | b' '));
    let name: Vec<u8> = name.take_while(fits).collect();
    String::from_utf8(name).ok().filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_stated() {
        let kind = |kind: &str| of_kind(kind);
        assert_eq!(kind("text/html; Charset=\"Windows-1258\"").as_deref(), Some("windows-1258"));
        assert_eq!(kind("text/html"), None);
        assert_eq!(kind("text/html; charset="), None);
        let page =
            b"<html><head><META http-equiv=Content-Type content='text/html; charset=x-viet-tcvn'>";
        assert_eq!(of_page(page).as_deref(), Some("x-viet-tcvn"));
        assert_eq!(of_page(b"<p>"), None);
    }

    #[test]
    fn utf16_is_read_where_it_is_one() {
        let little: Vec<u8> = "Trời".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(utf16(&little, Some("utf-16")).as_deref(), Some("Trời"));
        assert_eq!(utf16(&[&b"\xff\xfe"[..], &little].concat(), None).as_deref(), Some("Trời"));
        assert_eq!(utf16(&little, None), None);
        // A page in UTF-8 that says it is UTF-16 is not.
        assert_eq!(utf16("Trời".as_bytes(), Some("utf-16")), None);
    }
}
