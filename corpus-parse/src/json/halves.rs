//! Halves of surrogate pairs in escapes, replaced and counted.

use std::fmt;

use memchr::memchr;

/// Halves of surrogate pairs that stood alone in escapes, as where a text was cut off by program.
pub(crate) struct Halves {
    /// Where the first is.
    pub(crate) first: usize,
    count: usize,
}

impl fmt::Display for Halves {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.count {
            1 => f.write_str("half of a surrogate pair replaced by U+FFFD"),
            n => write!(f, "{n} halves of surrogate pairs replaced by U+FFFD"),
        }
    }
}

/// The same object, as long, with U+FFFD for each half of a surrogate pair; none if it has no such.
pub(super) fn without_halves(json: &str) -> Option<(String, Halves)> {
    let unit = |at: usize| {
        let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let (mut mended, mut kept) = (String::new(), 0);
    let mut halves = Halves { first: 0, count: 0 };
    let mut at = 0;
    while let Some(n) = memchr(b'\\', json.as_bytes().get(at..).unwrap_or_default()) {
        at += n;
        match (unit(at), unit(at + 6)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => at += 12,
            (Some(0xd800..=0xdfff), _) => {
                if halves.count == 0 {
                    halves.first = at;
                }
                halves.count += 1;
                mended.push_str(json.get(kept..at).unwrap_or_default());
                mended.push_str("\\ufffd");
                at += 6;
                kept = at;
            }
            (Some(_), _) => at += 6,
            (None, _) => at += 2,
        }
    }
    mended.push_str(json.get(kept..).unwrap_or_default());
    (halves.count > 0).then_some((mended, halves))
}
