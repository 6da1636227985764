//! Whether a single full stop ends a sentence, by the word in front of it.

use super::abbreviation::{Follower, HEADINGS, SHORT_PLACES, abbreviation};
use super::judge::{is_blank, starts_like_sentence};
use crate::letter;

/// Whether a single full stop at `at` ends a sentence, `follows` being what comes next.
pub(super) fn full_stop_ends(text: &str, start: usize, at: usize, follows: &str) -> bool {
    let before = text.get(start..at).unwrap_or_default();
    let apart = before.ends_with(is_blank);
    let before = before.trim_end_matches(is_blank);
    let word = last_word(before).trim_start_matches(|c: char| !c.is_alphanumeric());
    let in_front = before.get(..before.len() - word.len()).unwrap_or_default();
    let first = follows.chars().next().unwrap_or(' ');
    let next_is_digit = first.is_ascii_digit();
    if word.ends_with(|c: char| c.is_ascii_digit()) {
        // Digits set apart: `25 . 000`.
        if apart && next_is_digit {
            return false;
        }
        return !is_number_of_part(word, in_front);
    }
    // The last piece counts: `GS.TS`, `Th.S`.
    let piece = word.rsplit(['.', '/']).next().unwrap_or(word);
    let follower = abbreviation(word).or_else(|| abbreviation(piece));
    match follower {
        Some(Follower::Any) => return false,
        Some(Follower::Name) => return !(first.is_uppercase() || next_is_digit || first == 'L'),
        // `TP. Cần Thơ` and `TP. Vinh`, but `các quận của TP. Nhiều nơi`.
        Some(Follower::Place) => {
            let next = follows.get(..letter::letter_run(follows)).unwrap_or_default();
            return ends_after_initial(follows) && !SHORT_PLACES.contains(&next);
        }
        Some(Follower::Number) if next_is_digit => return false,
        _ => {}
    }
    let at_start = in_front.len() <= LOOK_BACK && !in_front.contains(char::is_alphanumeric);
    // `I. Mở đầu`, `a. Phạm vi`, `II. Nội dung`.
    if at_start && (piece.chars().nth(1).is_none() || is_roman(piece)) && word == piece {
        return false;
    }
    if is_initial(piece) {
        // A unit behind a number: `khoảng 20 m.`
        if piece.starts_with(char::is_lowercase)
            && in_front.trim_end_matches(is_blank).ends_with(|c: char| c.is_ascii_digit())
            && !next_is_digit
        {
            return true;
        }
        return ends_after_initial(follows);
    }
    true
}

/// How many bytes in front of a full stop are looked at.
const LOOK_BACK: usize = 40;

/// The end of a text back to a blank, [`LOOK_BACK`] bytes at most.
pub(super) fn last_word(text: &str) -> &str {
    let from = text.len().saturating_sub(LOOK_BACK);
    let from = (from..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    let window = text.get(from..).unwrap_or_default();
    window.rsplit(char::is_whitespace).next().unwrap_or_default()
}

/// A letter that stands for a name; the lower-case vowels are words.
pub(crate) fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => {
            c.is_uppercase()
                || (c.is_ascii_lowercase() && !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'))
        }
        // `Th.`, `Ng.`, `Ph.`: first names cut to their consonants.
        (Some(c), Some('h' | 'g' | 'r')) => c.is_uppercase() && chars.next().is_none(),
        _ => false,
    }
}

/// After an initial a sentence ends only if the next word can begin one, `Theo lời`, and does not
/// look like the rest of the name, `Rowling` or `Củ Chi`.
fn ends_after_initial(follows: &str) -> bool {
    if !starts_like_sentence(follows) {
        return false;
    }
    let rest = follows.get(letter::letter_run(follows)..).unwrap_or_default();
    rest.trim_start_matches(is_blank).starts_with(char::is_lowercase) && rest.starts_with(is_blank)
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= 5 && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
}

/// Whether a number in front of a full stop counts an item or names a part: `1.`, `2.3.`,
/// `Điều 5.` where the sentence begins with it.
fn is_number_of_part(number: &str, in_front: &str) -> bool {
    let is_number = number.bytes().all(|b| b.is_ascii_digit() || b == b'.') && number.len() <= 6;
    if !is_number || in_front.len() > LOOK_BACK {
        return false;
    }
    let in_front = in_front.trim_matches(|c: char| !c.is_alphanumeric());
    in_front.is_empty() || (in_front.len() <= 16 && HEADINGS.contains(&&*crate::key(in_front)))
}
