//! The classes of characters that the rules know.

use std::sync::OnceLock;

/// The marks of `data/quality/marks.tsv`, each class sorted.
struct Marks {
    terminal: Vec<char>,
    /// All marks, terminal ones among them.
    all: Vec<char>,
}

fn marks() -> &'static Marks {
    static MARKS: OnceLock<Marks> = OnceLock::new();
    MARKS.get_or_init(|| {
        let class = |wanted: &[&str]| {
            let rows = include_str!("../../data/quality/marks.tsv").lines();
            let mut marks: Vec<char> = rows
                .filter_map(|line| line.split_once('\t'))
                .filter(|(class, _)| wanted.contains(class))
                .flat_map(|(_, codes)| codes.split(' '))
                .filter_map(|code| u32::from_str_radix(code, 16).ok().and_then(char::from_u32))
                .collect();
            marks.sort_unstable();
            marks
        };
        Marks { terminal: class(&["terminal"]), all: class(&["terminal", "symbol"]) }
    })
}

/// Whether a character is white space for Python, which has the separators U+001C to U+001F beside
/// those of Unicode.
pub(super) fn is_space(c: char) -> bool {
    match c {
        ' ' | '\t'..='\r' | '\u{1c}'..='\u{1f}' => true,
        '\0'..='\u{7f}' => false,
        _ => c.is_whitespace(),
    }
}

/// Whether a character is a letter by its general category: neither a letter-like sign nor a
/// numeral counts, though Unicode calls some of them alphabetic.
pub(super) fn is_letter(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' => true,
        '\0'..='\u{7f}' => false,
        'Ⓐ'..='ⓩ' | '\u{1f130}'..='\u{1f189}' => false,
        _ => c.is_alphabetic() && !c.is_numeric(),
    }
}

/// Whether a character is a mark of punctuation, a sign or a control character.
pub(super) fn is_symbol(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | 'À'..='ɏ' | '\u{1e00}'..='\u{1eff}' => false,
        '\t' | '\n' => false,
        _ => c.is_control() || marks().all.binary_search(&c).is_ok(),
    }
}

/// Whether a character ends a sentence in some script.
pub(super) fn is_terminal(c: char) -> bool {
    match c {
        '.' | '?' | '!' => true,
        '\0'..='\u{7f}' | 'À'..='ɏ' | '\u{1e00}'..='\u{1eff}' => false,
        _ => marks().terminal.binary_search(&c).is_ok(),
    }
}

/// What parts lines for Python beside the line feed.
pub(super) fn ends_line(c: char) -> bool {
    matches!(c, '\u{b}'..='\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Phrases of page furniture, in lower case.
pub(super) fn notices() -> impl Iterator<Item = &'static str> {
    include_str!("../../data/quality/notices.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_cuts_agree_with_the_table() {
        for c in '\0'..='\u{ffff}' {
            let listed = marks().all.binary_search(&c).is_ok();
            let control = c.is_control() && !matches!(c, '\t' | '\n');
            assert_eq!(is_symbol(c), listed || control, "{c:?}");
            assert_eq!(is_terminal(c), marks().terminal.binary_search(&c).is_ok(), "{c:?}");
        }
        assert_eq!((marks().terminal.len(), marks().all.len()), (159, 218));
    }

    #[test]
    fn numerals_and_signs_are_no_letters() {
        assert!("aĐừ漢ªʰ".chars().all(is_letter));
        assert!(!"Ⅷ5½ⓐ_\u{1f150}".chars().any(is_letter));
    }
}
