//! Where the element of a record ends.

use memchr::{memchr, memmem};

use super::{NAME, closes, opens};
use crate::Source;

/// Where an element ends.
pub(super) enum Extent {
    /// Behind its tag.
    Whole(usize),
    /// Nowhere; so many bytes are given up.
    Broken(usize),
    /// Beyond the limit.
    TooLong,
}

/// Where the element at hand ends. What was looked at is not looked at again.
pub(super) fn extent(source: &mut Source<'_>, name: &str) -> Extent {
    let limit = source.limit();
    let found = element(source, name, limit);
    match found {
        Extent::Whole(length) | Extent::Broken(length) if length > limit => Extent::TooLong,
        found => found,
    }
}

fn element(source: &mut Source<'_>, name: &str, limit: usize) -> Extent {
    let mut at = 1;
    // Marks of which none is left in the input.
    let mut missing: [bool; 2] = [false; 2];
    loop {
        let bytes = source.peek(at + NAME);
        let last = bytes.len() < at + NAME;
        if at > limit {
            return Extent::TooLong;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(n) = memchr(b'<', rest) else {
            if last {
                return Extent::Broken(bytes.len());
            }
            at = bytes.len();
            continue;
        };
        at += n;
        let tag = bytes.get(at..).unwrap_or_default();
        if tag.len() < NAME && !last {
            continue;
        }
        if opens(tag, name) {
            return Extent::Broken(at);
        }
        let (end, section): (&[u8], _) = if closes(tag, name) {
            (b">", None)
        } else if tag.starts_with(b"<![CDATA[") {
            (b"]]>", Some(0))
        } else if tag.starts_with(b"<!--") {
            (b"-->", Some(1))
        } else {
            at += 1;
            continue;
        };
        let known_missing = section.and_then(|n: usize| missing.get_mut(n));
        let found = match &known_missing {
            Some(true) => None,
            _ => find(source, at, end, limit),
        };
        match (found, known_missing) {
            (Some(found), None) => return Extent::Whole(found),
            (Some(found), Some(_)) => at = found,
            // A section without an end would take everything: it is passed over as a tag.
            (None, Some(missing)) => {
                *missing = true;
                at += 1;
            }
            (None, None) => at += 1,
        }
    }
}

/// Where this mark ends, from this byte on; a place beyond the limit where it does not end before,
/// and none where the input ends.
fn find(source: &mut Source<'_>, from: usize, mark: &[u8], limit: usize) -> Option<usize> {
    let mut at = from;
    loop {
        if at > limit {
            return Some(limit + 1);
        }
        let wanted = at + mark.len();
        let bytes = source.peek(wanted);
        if bytes.len() < wanted {
            return None;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        match memmem::find(rest, mark) {
            Some(n) => return Some(at + n + mark.len()),
            None => at = bytes.len() - (mark.len() - 1),
        }
    }
}
