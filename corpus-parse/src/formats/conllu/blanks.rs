//! White space in a treebank: what the text of a sentence shows, and what attributes of words state.

/// The white space between words as the text of their sentence has it, if they are found there one
/// behind the other with nothing else between.
pub(super) fn gaps<'t, 'w>(
    text: &'t str,
    forms: impl ExactSizeIterator<Item = &'w str>,
) -> Option<Vec<&'t str>> {
    let mut rest = text.trim_start();
    let mut gaps = Vec::with_capacity(forms.len());
    for form in forms {
        rest = rest.strip_prefix(form)?;
        let behind = rest.trim_start();
        gaps.push(rest.get(..rest.len() - behind.len())?);
        rest = behind;
    }
    rest.is_empty().then_some(gaps)
}

/// The white space that an attribute states.
pub(super) fn white(value: &str) -> String {
    let mut text = unescaped(value);
    text.retain(char::is_whitespace);
    text
}

/// The value of an attribute without its escapes.
pub(super) fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((plain, behind)) = rest.split_once('\\') {
        text.push_str(plain);
        let numbered = behind.strip_prefix("u{").and_then(|it| it.split_once('}'));
        let letter = numbered
            .and_then(|(code, _)| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        if let (Some(letter), Some((_, behind))) = (letter, numbered) {
            text.push(letter);
            rest = behind;
            continue;
        }
        let mut letters = behind.chars();
        match letters.next() {
            Some('s') => text.push(' '),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            Some('n') => text.push('\n'),
            Some('p') => text.push('|'),
            Some('\\') => text.push('\\'),
            Some(other) => text.extend(['\\', other]),
            None => text.push('\\'),
        }
        rest = letters.as_str();
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn escapes_are_taken_off() {
        for (value, text) in [
            ("\\s\\t\\n\\r\\p\\\\", " \t\n\r|\\"),
            ("\\u{a0}x\\u{110000}", "\u{a0}x\\u{110000}"),
            ("a\\", "a\\"),
            ("\\x", "\\x"),
        ] {
            assert_eq!(unescaped(value), text);
        }
    }
}
