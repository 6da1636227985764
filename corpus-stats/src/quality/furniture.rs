//! What C4 looks for: sentences that are whole, and what a page has beside prose.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use super::marks::{is_space, notices};

/// A filler text, in lower case.
const FILLER: &str = "lorem ipsum";

/// Whole sentences, and what a page has beside prose.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Furniture {
    pub(super) sentences: usize,
    pub(super) filler: usize,
    pub(super) braces: usize,
    /// Lines with a phrase of page furniture.
    pub(super) notices: usize,
}

impl Furniture {
    pub(super) fn of(text: &str) -> Furniture {
        let mut found = Furniture { braces: text.matches('{').count(), ..Furniture::default() };
        // Few texts hold any of the phrases, and one look at the whole tells.
        let suspect = may_hold_phrase(text);
        for line in text.lines() {
            let line = line.trim_matches(is_space);
            if line.is_empty() {
                continue;
            }
            if suspect {
                let lower = line.to_lowercase();
                found.filler += lower.matches(FILLER).count();
                if notices().any(|phrase| lower.contains(phrase)) {
                    found.notices += 1;
                    continue;
                }
            }
            let closed = line.ends_with(['.', '?', '!', '"', '\'', '”', '’', '»', ')']);
            let cut = line.ends_with("...");
            if closed && !cut && line.split(is_space).filter(|it| !it.is_empty()).nth(2).is_some() {
                found.sentences += corpus_text::sentences(line).count();
            }
        }
        found
    }
}

/// Whether a phrase stands in the text, in whatever case.
fn may_hold_phrase(text: &str) -> bool {
    static PHRASES: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let phrases = PHRASES.get_or_init(|| AhoCorasick::new(notices().chain([FILLER])).ok());
    // Without the automaton, which no such list is too long for, every line is asked.
    phrases.as_ref().is_none_or(|phrases| phrases.is_match(&lower_case(text)))
}

/// The text in lower case; for letters of Vietnamese without the tables of all letters.
fn lower_case(text: &str) -> String {
    let mut lower = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\0'..='\x7f' => lower.push(c.to_ascii_lowercase()),
            // Small letters that have no other form.
            'ß'..='ö' | 'ø'..='ÿ' | 'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => lower.push(c),
            // Here capitals are even and the small letter comes next.
            'Ạ'..='ỹ' => lower.push(char::from_u32(u32::from(c) | 1).unwrap_or(c)),
            _ => lower.extend(c.to_lowercase()),
        }
    }
    lower
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lower_case_is_that_of_the_standard() {
        for c in '\0'..='\u{ffff}' {
            let text = c.to_string();
            assert_eq!(lower_case(&text), text.to_lowercase(), "{c:?}");
        }
    }

    #[test]
    fn phrases_are_found_in_any_case() {
        let text = "ĐIỀU KHOẢN SỬ DỤNG\nTrời mưa to ở Huế. Gió lớn.\nLorem Ipsum { lorem ipsum\n\nCoo\u{212a}ie policy";
        let expected = Furniture { sentences: 2, filler: 2, braces: 1, notices: 2 };
        assert_eq!(Furniture::of(text), expected);
        let plain = Furniture { sentences: 2, ..Furniture::default() };
        assert_eq!(Furniture::of("Trời mưa to ở Huế. Gió lớn."), plain);
    }
}
