//! Entities: `&agrave;`, `&#7879;`, `&#x1EC7;`.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memchr;

/// The named characters, sorted by name; `true` where the semicolon may be absent.
static NAMED: LazyLock<Vec<(&'static str, String, bool)>> = LazyLock::new(|| {
    let lines = include_str!("../../data/entities.tsv").lines().filter(|it| !it.starts_with('#'));
    let entry = |line: &'static str| {
        let mut parts = line.split('\t');
        let (name, codes) = (parts.next()?, parts.next()?);
        let text = codes.split(' ').filter_map(|code| u32::from_str_radix(code, 16).ok());
        Some((name, text.filter_map(char::from_u32).collect(), parts.next().is_some()))
    };
    lines.filter_map(entry).collect()
});

/// The longest name, in bytes; a test holds the data to it.
const LONGEST: usize = 31;

/// What pages mean by the numbers 128 to 159: the characters of Windows-1252.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Calls `push` with the parts of a text whose entities are resolved.
pub(super) fn resolve(text: &str, mut push: impl FnMut(&str)) {
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        let (before, entity) = rest.split_at_checked(at).unwrap_or((rest, ""));
        push(before);
        rest = match numeric(entity) {
            Some((c, length)) => {
                push(c.encode_utf8(&mut [0; 4]));
                entity.get(length..).unwrap_or_default()
            }
            None => match named(entity) {
                Some((text, length)) => {
                    push(text);
                    entity.get(length..).unwrap_or_default()
                }
                None => {
                    push("&");
                    entity.get(1..).unwrap_or_default()
                }
            },
        };
    }
    push(rest);
}

/// The text with its entities resolved.
pub(crate) fn decoded(text: &str) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    resolve(text, |part| decoded.push_str(part));
    Cow::Owned(decoded)
}

/// The character that `&#…;` at the start means, and its length.
fn numeric(entity: &str) -> Option<(char, usize)> {
    let rest = entity.strip_prefix("&#")?;
    let hex = rest.strip_prefix(['x', 'X']);
    let (digits, radix) = hex.map_or((rest, 10), |hex| (hex, 16));
    // More digits than any character has say nothing, but are a part of it.
    let n = digits.chars().take(12).take_while(|c| c.is_digit(radix)).count();
    let number = u32::from_str_radix(digits.get(..n).filter(|it| !it.is_empty())?, radix);
    let c = match number.unwrap_or(u32::MAX) {
        number @ 128..=159 => *WINDOWS_1252.get(number as usize - 128)?,
        0 => char::REPLACEMENT_CHARACTER,
        number => char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    let end = entity.len() - digits.len() + n;
    let closed = entity.as_bytes().get(end) == Some(&b';');
    Some((c, end + usize::from(closed)))
}

/// The text that `&name;` at the start means, and its length.
fn named(entity: &str) -> Option<(&'static str, usize)> {
    let name = entity.get(1..)?;
    let n = name.bytes().take(LONGEST + 1).take_while(u8::is_ascii_alphanumeric).count();
    let name = name.get(..n).filter(|it| !it.is_empty())?;
    let find = |name: &str| {
        let place = NAMED.binary_search_by(|entry| entry.0.cmp(name)).ok()?;
        NAMED.get(place)
    };
    if entity.as_bytes().get(n + 1) == Some(&b';')
        && let Some((_, text, _)) = find(name)
    {
        return Some((text, n + 2));
    }
    // Old names stand without a semicolon too, the longest first: `&nbspHà`.
    (2..=n.min(6)).rev().find_map(|n| {
        let (_, text, bare) = find(name.get(..n)?)?;
        bare.then_some((text.as_str(), n + 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities() {
        let cases = [
            ("H&agrave; N&#7897;i, Vi&#x1EC7;t Nam", "Hà Nội, Việt Nam"),
            ("a &amp; b &lt; c &hellip;", "a & b < c …"),
            ("&nbspx&nbsp;y", "\u{a0}x\u{a0}y"),
            ("&#147;Có&#148;", "“Có”"),
            ("&; & &# &#x; &xyz; &", "&; & &# &#x; &xyz; &"),
            ("&#0;&#xD800;&#99999999999999;", "\u{fffd}\u{fffd}\u{fffd}99;"),
            ("?a=1&copy=2&amp;b", "?a=1©=2&b"),
            ("&ocirc", "ô"),
        ];
        for (text, expected) in cases {
            assert_eq!(decoded(text), expected, "{text}");
        }
    }

    #[test]
    fn the_data_is_sorted_and_short() {
        assert!(NAMED.is_sorted_by(|a, b| a.0 < b.0));
        assert!(NAMED.iter().all(|it| it.0.len() <= LONGEST && !it.1.is_empty()));
        assert!(NAMED.iter().filter(|it| it.2).all(|it| it.0.len() <= 6));
    }
}
