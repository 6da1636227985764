//! How wide the page is, and text fitted to it.

use std::borrow::Cow;
use std::env;

use unicode_segmentation::UnicodeSegmentation as _;

/// The columns of a page that goes to no terminal.
const DEFAULT_COLUMNS: usize = 80;
/// Lines longer than this are hard to read, however wide the terminal is.
const MOST_COLUMNS: usize = 120;

/// The columns to write in: of the terminal, of `COLUMNS`, or 80.
pub(crate) fn columns(to_terminal: bool) -> usize {
    let told = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = to_terminal
        .then(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)))
        .flatten();
    told.or(seen).unwrap_or(DEFAULT_COLUMNS).clamp(40, MOST_COLUMNS)
}

/// How many columns a text takes: its characters as people count them.
///
/// Vietnamese letters take one column each, composed or not.
pub(crate) fn width(text: &str) -> usize {
    text.graphemes(true).count()
}

/// The text with line ends and runs of blanks as single blanks, and nothing that a terminal would
/// take for a command.
pub(crate) fn flat(text: &str) -> String {
    harmless(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

/// The text with control characters replaced, and those that turn the direction of what follows: a
/// document must not clear a screen or show a line backwards.
fn harmless(text: &str) -> Cow<'_, str> {
    let harmful = |letter: char| {
        letter.is_control() && !letter.is_whitespace()
            || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if text.contains(harmful) { text.replace(harmful, "\u{fffd}").into() } else { text.into() }
}

/// The beginning of a text in at most `columns`, with an ellipsis where something was left out.
pub(crate) fn cut(text: &str, columns: usize) -> String {
    let text = harmless(text);
    if width(&text) <= columns {
        return text.into_owned();
    }
    let kept: String = text.graphemes(true).take(columns.saturating_sub(1)).collect();
    // Cutting between words reads better, if that does not lose much.
    let kept = match kept.rfind(' ') {
        Some(blank) if blank * 3 > kept.len() * 2 => kept.get(..blank).unwrap_or(&kept),
        _ => &kept,
    };
    format!("{}…", kept.trim_end_matches([' ', ',', ';', ':']))
}

/// The text in lines of at most `columns`, the first after `indent`, the rest after `hanging` blanks.
pub(crate) fn wrap(text: &str, columns: usize, indent: &str, hanging: usize) -> String {
    let mut page = indent.to_owned();
    let mut at = width(indent);
    let mut first = true;
    for word in harmless(text).split_whitespace() {
        let wide = width(word);
        if !first && at + 1 + wide > columns {
            page.push('\n');
            page.extend(std::iter::repeat_n(' ', hanging));
            at = hanging;
        } else if !first {
            page.push(' ');
            at += 1;
        }
        page.push_str(word);
        at += wide;
        first = false;
    }
    page.push('\n');
    page
}

/// The text filled up with blanks to `columns`.
pub(crate) fn pad(text: &str, columns: usize) -> String {
    let mut padded = text.to_owned();
    padded.extend(std::iter::repeat_n(' ', columns.saturating_sub(width(text))));
    padded
}

/// A number with blanks between thousands, which reads the same in every language: `1 234 567`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::{cut, flat, grouped, pad, width, wrap};

    #[test]
    fn counts_characters_as_people_do() {
        assert_eq!(width("Đảng ủy"), 7);
        assert_eq!(width("\u{44}\u{65}\u{302}\u{309}"), 2);
    }

    #[test]
    fn wraps_with_hanging_lines() {
        assert_eq!(wrap("một hai ba bốn", 9, "- ", 2), "- một hai\n  ba bốn\n");
        assert_eq!(wrap("", 9, "- ", 2), "- \n");
        assert_eq!(wrap("mộtmộtmộtmột hai", 5, "", 0), "mộtmộtmộtmột\nhai\n");
    }

    #[test]
    fn cuts_between_words() {
        assert_eq!(cut("một hai ba", 10), "một hai ba");
        assert_eq!(cut("một hai ba bốn", 12), "một hai ba…");
        assert_eq!(cut("mộthaibabốn", 5), "mộth…");
    }

    #[test]
    fn documents_do_not_command_the_terminal() {
        assert_eq!(flat("A\u{1b}[2J  b"), "A\u{fffd}[2J b");
        assert_eq!(cut("A\u{7}", 9), "A\u{fffd}");
        assert_eq!(flat("\u{202e}A\u{2069}\u{200e}"), "\u{fffd}A\u{fffd}\u{200e}");
        assert_eq!(wrap("\u{1b}]0;x", 20, "", 0), "\u{fffd}]0;x\n");
    }

    #[test]
    fn pads_by_columns() {
        assert_eq!(pad("ủy", 4), "ủy  ");
    }

    #[test]
    fn groups_thousands() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(1234567), "1 234 567");
        assert_eq!(grouped(123), "123");
    }
}
