//! Records that are elements of XML: items of feeds, articles of crawl dumps.
//!
//! The input is read element by element, in memory only the one at hand. No entity is expanded but
//! those that HTML names and those that are numbers: what a document type declares is not read, so
//! nothing grows. What names mean is looked at without their prefix.

use memchr::memmem;

use crate::{ParseError, Record, Source};

mod between;
mod extent;
mod fields;

use between::{Pass, find_record, pass};
use extent::{Extent, extent};
use fields::fields;

/// The longest name of a record's element, with the brackets around it.
const NAME: usize = 32;

/// Reads the next element that has one of these names; false at the end of the input.
pub(crate) fn read(
    source: &mut Source<'_>,
    names: &[&str],
    record: &mut Record,
) -> Result<bool, ParseError> {
    let Some(name) = find_record(source, names) else { return Ok(false) };
    record.expect_fields();
    match extent(source, name) {
        Extent::Whole(length) => source.take(length),
        Extent::Broken(length) => {
            source.take(length);
            return Err(source.malformed_record(format!("an element <{name}> that breaks off")));
        }
        Extent::TooLong => {
            source.take(source.limit().saturating_add(1));
            let outcome = source.check_length();
            source.skip();
            // What follows up to the next record belongs to this one.
            while let Pass::Bytes(length) = pass(source, names) {
                source.take(length);
                source.skip();
            }
            outcome?;
        }
    }
    fields(source.text(), record);
    Ok(true)
}

/// Whether an input of XML begins here with an element that `is` says yes to: its name, and what
/// stands behind.
pub(crate) fn begins_with(head: &[u8], is: impl Fn(&str, &[u8]) -> bool) -> bool {
    let mut rest = head.trim_ascii_start();
    for _ in 0..16 {
        let end: &[u8] = match rest {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            // A document type with declarations inside ends behind its bracket.
            [b'<', b'!', ..] => match memchr::memchr2(b'[', b'>', rest) {
                Some(at) if rest.get(at) == Some(&b'[') => b"]>",
                _ => b">",
            },
            _ => break,
        };
        let Some(at) = memmem::find(rest, end) else { return false };
        rest = rest.get(at + end.len()..).unwrap_or_default().trim_ascii_start();
    }
    let Some(rest) = rest.strip_prefix(b"<") else { return false };
    let (name, rest) = rest.split_at(name_length(rest));
    std::str::from_utf8(name).is_ok_and(|name| is(name, rest))
}

/// How many of these bytes are a name.
fn name_length(bytes: &[u8]) -> usize {
    let in_name = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b':' | b'_' | b'-' | b'.');
    bytes.iter().take_while(in_name).count()
}

/// Whether the tag that begins here opens an element of this name, which may have a prefix.
fn opens(tag: &[u8], name: &str) -> bool {
    let inside = tag.get(1..).unwrap_or_default();
    let found = inside.get(..name_length(inside)).unwrap_or_default();
    let next = inside.get(found.len());
    local(found).eq_ignore_ascii_case(name.as_bytes())
        && next.is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
}

fn closes(tag: &[u8], name: &str) -> bool {
    tag.strip_prefix(b"</").is_some_and(|inside| {
        local(inside.get(..name_length(inside)).unwrap_or_default())
            .eq_ignore_ascii_case(name.as_bytes())
    })
}

/// A name without its prefix.
fn local(name: &[u8]) -> &[u8] {
    memchr::memrchr(b':', name).map_or(name, |at| name.get(at + 1..).unwrap_or_default())
}
