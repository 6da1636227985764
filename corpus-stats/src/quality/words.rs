//! The words of a text: what stands between white space.

use super::marks::is_space;

/// The words of a text with their lengths in characters.
pub(super) fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// The words of a text; see [`words`].
#[derive(Clone, Debug)]
pub(super) struct Words<'t> {
    text: &'t str,
    at: usize,
}

/// What a byte means to the scanner.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// The first byte of a character that is no white space.
    Begin,
    /// Another byte of a character.
    Inside,
    /// White space of ASCII.
    Space,
    /// The first byte of white space, among others.
    MaySpace,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Begin; 256];
    let mut byte = 0x80;
    while byte < 0xC0 {
        classes[byte] = Class::Inside;
        byte += 1;
    }
    let mut byte = 0;
    while byte < 0x80 {
        if matches!(byte, 0x20 | 0x09..=0x0D | 0x1C..=0x1F) {
            classes[byte] = Class::Space;
        }
        byte += 1;
    }
    (classes[0xC2], classes[0xE1]) = (Class::MaySpace, Class::MaySpace);
    (classes[0xE2], classes[0xE3]) = (Class::MaySpace, Class::MaySpace);
    classes
};

impl<'t> Iterator for Words<'t> {
    type Item = (&'t str, usize);

    #[inline]
    fn next(&mut self) -> Option<(&'t str, usize)> {
        let bytes = self.text.as_bytes();
        let (mut at, mut chars) = (self.at, 0);
        let mut start = at;
        while let Some(&byte) = bytes.get(at) {
            let space = match CLASSES[usize::from(byte)] {
                Class::Inside => 0,
                Class::Begin => {
                    chars += 1;
                    0
                }
                Class::Space => 1,
                Class::MaySpace => {
                    let space = space_at(self.text, at, byte);
                    chars += usize::from(space == 0);
                    space
                }
            };
            if space > 0 {
                if chars > 0 {
                    break;
                }
                start = at + space;
            }
            at += space.max(1);
        }
        self.at = at;
        let word = self.text.get(start..at).filter(|_| chars > 0)?;
        Some((word, chars))
    }
}

/// How many bytes the white space at `at` has, if it is some; its first byte is one of those that
/// begin white space, among others.
fn space_at(text: &str, at: usize, byte: u8) -> usize {
    // Letters of Vietnamese begin with the same byte as one rare blank.
    let second = text.as_bytes().get(at + 1).copied().unwrap_or_default();
    let may = match byte {
        0xC2 => matches!(second, 0x85 | 0xA0),
        0xE1 => second == 0x9A,
        0xE2 => matches!(second, 0x80 | 0x81),
        _ => second == 0x80,
    };
    let space = may.then(|| text.get(at..)?.chars().next()).flatten().filter(|c| is_space(*c));
    space.map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_between_white_space() {
        let every: String = ('\0'..='\u{3100}').flat_map(|c| ['a', c, 'ệ', c, c]).collect();
        for text in ["", " ", "mưa", " \u{a0}mưa\u{1680} to\u{3000}…\u{2028}«ở»\u{1f}a\n", &every]
        {
            let expected: Vec<(&str, usize)> = text
                .split(is_space)
                .filter(|word| !word.is_empty())
                .map(|word| (word, word.chars().count()))
                .collect();
            assert_eq!(words(text).collect::<Vec<_>>(), expected);
        }
    }
}
