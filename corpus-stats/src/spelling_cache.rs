//! [`SpellingCache`]: the words met lately, by the bytes of their spelling.

use std::fmt;
use std::ops::Range;

/// A spelling of at most [`MOST_BYTES`] bytes as three numbers, its length in the highest byte.
///
/// It is read from the text in one go, whatever its length, and compared without a loop. The key of
/// nothing is all zeros.
#[derive(Clone, Copy, Debug, Default, Eq)]
pub(crate) struct SpellingKey([u64; 3]);

impl PartialEq for SpellingKey {
    /// Number by number: what was just computed is in registers, and must not be written out to be
    /// read again as a whole.
    #[inline]
    fn eq(&self, other: &SpellingKey) -> bool {
        let (SpellingKey([a, b, c]), SpellingKey([x, y, z])) = (self, other);
        (a ^ x) | (b ^ y) | (c ^ z) == 0
    }
}

/// A longer spelling has no key; nearly all words are shorter.
pub(crate) const MOST_BYTES: usize = 23;
/// How many bytes are read for a key.
const READ: usize = MOST_BYTES + 1;
/// The first bytes of three numbers, by how many are wanted.
const FRONT: [[u64; 3]; READ] = {
    let mut masks = [[0; 3]; READ];
    let mut n = 1;
    while n < READ {
        masks[n] = masks[n - 1];
        masks[n][(n - 1) / 8] |= 0xFF << (8 * ((n - 1) % 8));
        n += 1;
    }
    masks
};

impl SpellingKey {
    /// The key of a part of a text; none where that is empty or too long.
    #[inline]
    pub(crate) fn of(text: &[u8], part: Range<usize>) -> Option<SpellingKey> {
        let len = part.end.checked_sub(part.start).filter(|&len| len < READ)?;
        SpellingKey::of_front(read(text, part.start), len)
    }

    /// The key of the first `len` bytes of what was read.
    #[inline]
    fn of_front([a, b, c]: [u64; 3], len: usize) -> Option<SpellingKey> {
        let mask = FRONT.get(len).filter(|_| len > 0)?;
        let length = (len as u64) << 56;
        Some(SpellingKey([a & mask[0], b & mask[1], c & mask[2] | length]))
    }

    /// The key under which a stretch of a text is known, which no spelling has.
    #[inline]
    fn of_stretch(self) -> SpellingKey {
        let SpellingKey([a, b, c]) = self;
        SpellingKey([a, b, c | 1 << 63])
    }

    #[inline]
    fn hash(self) -> usize {
        let SpellingKey([a, b, c]) = self;
        let mixed = a.wrapping_mul(0x9E37_79B9_7F4A_7C15)
            ^ b.wrapping_mul(0xC2B2_AE3D_27D4_EB4F).rotate_left(29)
            ^ c.wrapping_mul(0x1656_67B1_9E37_79F9).rotate_left(47);
        (mixed.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 32) as usize
    }
}

/// The bytes from `at` on; zeros behind the end of the text.
#[inline]
fn read(text: &[u8], at: usize) -> [u64; 3] {
    let rest = text.get(at..).unwrap_or_default();
    match rest.first_chunk() {
        Some(bytes) => numbers(bytes),
        None => {
            let mut bytes = [0; READ];
            bytes.iter_mut().zip(rest).for_each(|(byte, &it)| *byte = it);
            numbers(&bytes)
        }
    }
}

#[inline]
fn numbers(bytes: &[u8; READ]) -> [u64; 3] {
    match bytes.as_chunks::<8>() {
        ([a, b, c], _) => [u64::from_le_bytes(*a), u64::from_le_bytes(*b), u64::from_le_bytes(*c)],
        _ => [0; 3],
    }
}

/// What stands in front of the next blank, line end or one of the marks ``!"#$%&'()*+,-./``.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) end: usize,
    /// None where it is empty or too long.
    pub(crate) key: Option<SpellingKey>,
}

impl Stretch {
    /// The stretch that begins at `at`.
    #[inline]
    pub(crate) fn at(text: &[u8], at: usize) -> Stretch {
        const ONES: u64 = u64::MAX / 255;
        let words = read(text, at);
        // How many bytes from `0` on stand in front: the high bit of the first byte below it; what lies
        // above that may be borrowed from.
        let [a, b, c] = words.map(|word| {
            let below = word.wrapping_sub(ONES * u64::from(b'0')) & !word & (ONES << 7);
            (below.trailing_zeros() / 8) as usize
        });
        // Without a branch for each number: words differ in length, and no processor foresees how.
        let len = a + if a == 8 { b } else { 0 } + if a + b == 16 { c } else { 0 };
        if len < READ {
            let key = SpellingKey::of_front(words, len).map(SpellingKey::of_stretch);
            return Stretch { end: at + len, key };
        }
        let rest = text.get(at..).unwrap_or_default();
        let len = rest.iter().position(|&byte| byte < b'0').unwrap_or(rest.len());
        Stretch { end: at + len, key: None }
    }
}

/// What a spelling, or a stretch of a text, was found to be: the number of the spelling and that of
/// the word.
pub(crate) type Found = (u32, u32);

/// The words met lately, each at the one place that its key names: a word in the cache costs a look at
/// one place, and what falls out of it is found in the tables behind.
#[derive(Clone, Default)]
pub(crate) struct SpellingCache {
    /// None until so many words are known that it pays.
    slots: Vec<Slot>,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    key: SpellingKey,
    found: Found,
}

/// Places of a cache: half a megabyte, which fits where a processor keeps what it needs often.
const PLACES: usize = 1 << 14;
/// So few words are found fast anyway, and many vocabularies are of one short text.
const FEW: usize = 1 << 10;

impl SpellingCache {
    /// What was found of this lately, if it was met.
    #[inline]
    pub(crate) fn get(&self, key: SpellingKey) -> Option<Found> {
        let slot = self.slots.get(key.hash() % PLACES)?;
        (slot.key == key).then_some(slot.found)
    }

    /// Remembers a spelling; `known` is how many there are.
    pub(crate) fn insert(&mut self, key: SpellingKey, found: Found, known: usize) {
        if self.slots.is_empty() {
            if known < FEW {
                return;
            }
            self.slots.resize(PLACES, Slot::default());
        }
        if let Some(slot) = self.slots.get_mut(key.hash() % PLACES) {
            *slot = Slot { key, found };
        }
    }
}

/// What it holds says nothing that the tables behind do not.
impl fmt::Debug for SpellingCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SpellingCache").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Option<SpellingKey> {
        SpellingKey::of(text.as_bytes(), 0..text.len())
    }

    #[test]
    fn a_key_is_that_of_the_spelling_wherever_it_stands() {
        let word = "nghiêng nghiêng";
        let padded = format!("{word}, và chiều hôm ấy trời lại mưa");
        assert_eq!(SpellingKey::of(padded.as_bytes(), 0..word.len()), key(word));
        let behind = format!("ở {word}");
        assert_eq!(
            SpellingKey::of(behind.as_bytes(), behind.len() - word.len()..behind.len()),
            key(word)
        );
        for (a, b) in [("a", "a\0"), ("ab", "ba"), ("mưa", "mua"), ("", "a")] {
            assert_ne!(key(a), key(b), "{a:?}, {b:?}");
        }
        assert_eq!(key("x".repeat(MOST_BYTES + 1).as_str()), None);
        assert_eq!(key(""), None);
    }

    #[test]
    fn a_stretch_ends_at_the_first_blank_or_mark() {
        for (text, expected) in [
            ("mưa to", "mưa"),
            ("một-hai", "một"),
            ("2014.", "2014"),
            ("2014:a;b?", "2014:a;b?"),
            ("aaaaaaaaaaaaaaaaaaaaaaa b", "aaaaaaaaaaaaaaaaaaaaaaa"),
            ("aaaaaaaaaaaaaaaaaaaaaaaa b", "aaaaaaaaaaaaaaaaaaaaaaaa"),
            (" a", ""),
            ("a\nb", "a"),
            ("a\0b", "a"),
            ("\u{2014}x y", "\u{2014}x"),
            ("", ""),
        ] {
            let Stretch { end, key: found } = Stretch::at(text.as_bytes(), 0);
            assert_eq!(text.get(..end), Some(expected));
            assert_eq!(found, key(expected).map(SpellingKey::of_stretch), "{text}");
            assert!(found.is_none() || found != key(expected), "{text}");
        }
    }

    #[test]
    fn what_was_remembered_last_is_found() {
        let mut cache = SpellingCache::default();
        let mưa = key("mưa").unwrap();
        cache.insert(mưa, (1, 2), 3);
        assert_eq!(cache.get(mưa), None);
        cache.insert(mưa, (1, 2), FEW);
        assert_eq!(cache.get(mưa), Some((1, 2)));
        assert_eq!(cache.get(key("nắng").unwrap()), None);
        let words: Vec<String> = (0..100_000).map(|n| format!("từ {n}")).collect();
        for (n, word) in (0..).zip(&words) {
            cache.insert(key(word).unwrap(), (n, n), FEW);
            assert_eq!(cache.get(key(word).unwrap()), Some((n, n)));
        }
        for (n, word) in (0..).zip(&words) {
            assert!(cache.get(key(word).unwrap()).is_none_or(|found| found == (n, n)));
        }
    }
}
