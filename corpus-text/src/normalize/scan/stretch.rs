//! Clean stretches of a text whose tone marks stay where they are.
//!
//! Then no character depends on its neighbours, and many can be judged at once. The loop over a
//! stretch has no branch, so that the compiler makes vector instructions of it. It knows less than
//! the automaton: what it calls clean is clean, and the rest is left to be walked.

/// So many bytes are judged at once.
const STRETCH: usize = 64;
/// The bytes behind the first one that tell a character from others.
const BEHIND: usize = 2;

/// How many bytes in front hold nothing that a rule may change, up to the start of a character.
pub(super) fn clean_len(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let padded;
        let window = match rest.first_chunk() {
            Some(window) => window,
            None => {
                padded = pad(rest);
                &padded
            }
        };
        if !is_clean(window) {
            return character_start(bytes, at);
        }
        at = bytes.len().min(at + STRETCH);
    }
    at
}

/// The last bytes of a text with blanks behind them, to be judged like all others.
fn pad(rest: &[u8]) -> [u8; STRETCH + BEHIND] {
    let mut window = [b' '; STRETCH + BEHIND];
    window.iter_mut().zip(rest).for_each(|(to, &byte)| *to = byte);
    window
}

/// Whether none of the characters that begin in the stretch may be changed.
fn is_clean(window: &[u8; STRETCH + BEHIND]) -> bool {
    let part = |from: usize| window.get(from..from + STRETCH).unwrap_or_default();
    let dirty =
        part(0).iter().zip(part(1)).zip(part(2)).fold(0, |dirty, ((&byte, &next), &last)| {
            dirty | u8::from(may_change(byte, next, last))
        });
    dirty == 0
}

/// Whether a character that begins with these bytes may be changed; false inside of one.
#[inline(always)]
fn may_change(byte: u8, next: u8, last: u8) -> bool {
    // U+00C0 to U+01BF, and the blocks that begin with U+1000 and U+2000.
    let known = byte.wrapping_sub(0xC3) <= 0x03;
    let other = (byte >= 0xC2) & !known & (byte != 0xE1) & (byte != 0xE2);
    // `Ð`, `ð`, `Ɖ`.
    let eth = (byte == 0xC3) & ((next & !0x20) == 0x90);
    let african = (byte == 0xC6) & (next == 0x89);
    // U+1E80 to U+1EFF.
    let foreign = (byte == 0xE1) & ((next | 0x01) != 0xBB);
    // Dashes, quotes, bullets and the ellipsis, but no blanks and nothing invisible.
    let mark = (next == 0x80) & (last.wrapping_sub(0x92) <= 0x14);
    other | eth | african | foreign | ((byte == 0xE2) & !mark)
}

/// The start of the character at `at`.
fn character_start(bytes: &[u8], at: usize) -> usize {
    let front = bytes.get(..=at).unwrap_or(bytes);
    let inside = front.iter().rev().take_while(|&&byte| byte & 0xC0 == 0x80).count();
    at.saturating_sub(inside)
}

#[cfg(test)]
mod tests {
    use super::super::automaton::{Automaton, START, STOPPED};
    use super::*;
    use crate::syllable::TonePlacement;

    #[test]
    fn clean_characters_do_not_stop_the_automaton() {
        let automaton = Automaton::new(TonePlacement::Keep, false);
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            let state = text.bytes().fold(START, |state, byte| automaton.next(state, byte));
            if clean_len(text.as_bytes()) > 0 {
                assert_ne!(state, STOPPED, "{c:?}");
            }
        }
    }

    #[test]
    fn vietnamese_is_clean_and_signs_of_news_are() {
        let text = "“Nghệ thuật ẩm thực…” – Ưu đãi ở Đắk Lắk, ‘thủy’ hay ‘thuỷ’, 5%. ".repeat(9);
        for (at, _) in text.char_indices() {
            assert_eq!(clean_len(text.split_at(at).0.as_bytes()), at);
        }
    }

    #[test]
    fn no_place_hides_what_may_change() {
        let clean = "ướ…".repeat(40);
        for c in ["Ð", "Ɖ", "\u{A0}", "\u{301}", "\u{1E00}\u{323}", "\u{200B}", "\u{2011}", "😀"]
        {
            for (at, _) in clean.char_indices() {
                let (front, back) = clean.split_at(at);
                let text = [front, c, back].concat();
                let len = clean_len(text.as_bytes());
                assert!(len <= at + 3 && text.is_char_boundary(len), "{c:?} {at} {len}");
                assert!(len <= at || c.starts_with('\u{1E00}'), "{c:?} {at} {len}");
            }
        }
    }
}
