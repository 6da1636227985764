//! Text in XML and its like.

/// Appends a text with everything escaped that could be taken for markup. Characters that XML does
/// not allow become U+FFFD.
pub(crate) fn push(text: &str, page: &mut Vec<u8>) {
    let mut from = 0;
    for (at, letter) in text.char_indices() {
        let written = match letter {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            // A parser would make a line feed of it.
            '\r' => "&#13;",
            '\t' | '\n' => continue,
            '\u{fffe}' | '\u{ffff}' => "\u{fffd}",
            letter if letter.is_control() => "\u{fffd}",
            _ => continue,
        };
        page.extend_from_slice(text.get(from..at).unwrap_or_default().as_bytes());
        page.extend_from_slice(written.as_bytes());
        from = at + letter.len_utf8();
    }
    page.extend_from_slice(text.get(from..).unwrap_or_default().as_bytes());
}

/// The same on one line: runs of white space as one blank.
pub(crate) fn push_flat(text: &str, page: &mut Vec<u8>) {
    for (i, part) in text.split_whitespace().enumerate() {
        if i > 0 {
            page.push(b' ');
        }
        push(part, page);
    }
}

/// Appends an attribute on one line, with a blank in front.
pub(crate) fn attribute(name: &str, value: &str, page: &mut Vec<u8>) {
    page.push(b' ');
    page.extend_from_slice(name.as_bytes());
    page.extend_from_slice(b"=\"");
    push_flat(value, page);
    page.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_taken_for_markup() {
        let mut page = Vec::new();
        push("a<b> & \"c\"\r\n\0\u{ffff}", &mut page);
        assert_eq!(page, "a&lt;b&gt; &amp; &quot;c&quot;&#13;\n\u{fffd}\u{fffd}".as_bytes());
        page.clear();
        attribute("title", " một\n\thai ", &mut page);
        assert_eq!(page, " title=\"một hai\"".as_bytes());
    }
}
