//! Texts in pages for browsers.

use std::borrow::Cow;

use crate::mentions::printable;

/// The text without anything that a browser would take for markup.
pub(crate) fn escaped(text: &str) -> Cow<'_, str> {
    let telling = |letter: char| {
        matches!(letter, '&' | '<' | '>' | '"' | '\'') || printable(letter) != letter
    };
    if !text.contains(telling) {
        return Cow::Borrowed(text);
    }
    let mut page = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            '\'' => page.push_str("&#39;"),
            letter => page.push(printable(letter)),
        }
    }
    Cow::Owned(page)
}
