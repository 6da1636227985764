//! [`Memo`]: what was found out about runs of letters, for the next time they come.
//!
//! Of some seven thousand syllables in use a few hundred make up most of any text, so that long
//! texts are read faster by remembering than by analysing. A run of up to fifteen bytes is one
//! number, found without looking at single bytes; the number is the key.

use std::fmt;

/// A run of letters, and whatever else is not ASCII, between two ASCII characters that are no
/// letters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    /// How many bytes that are neither stand in front of it.
    pub(crate) gap: usize,
    /// How many bytes it has.
    pub(crate) len: usize,
    key: u128,
}

/// The bytes that are looked at together.
const WINDOW: usize = 16;
/// The highest bit of each byte.
const HIGH: u128 = each(0x80);

const fn each(byte: u8) -> u128 {
    u128::from_le_bytes([byte; WINDOW])
}

impl Run {
    /// The next run; none where it or the gap in front of it is too long, or no run is left.
    #[inline(always)]
    pub(crate) fn next(bytes: &[u8]) -> Option<Run> {
        let near = window(bytes);
        let ends = separators(near);
        let gap = (ends ^ HIGH).trailing_zeros() / 8;
        let behind = ends.checked_shr(8 * gap)?;
        let gap = gap as usize;
        let (letters, ends) = match behind {
            0 => {
                let far = window(bytes.get(gap..)?);
                (far, separators(far))
            }
            behind => (near >> (8 * gap), behind),
        };
        let len = ends.trailing_zeros() / 8;
        let key = letters & !u128::MAX.checked_shl(8 * len)?;
        Some(Run { gap, len: len as usize, key })
    }
}

/// The next bytes; behind the end of the text are blanks.
#[inline(always)]
fn window(bytes: &[u8]) -> u128 {
    match bytes.first_chunk() {
        Some(window) => u128::from_le_bytes(*window),
        None => last_window(bytes),
    }
}

#[cold]
fn last_window(bytes: &[u8]) -> u128 {
    let mut window = [b' '; WINDOW];
    window.iter_mut().zip(bytes).for_each(|(to, &byte)| *to = byte);
    u128::from_le_bytes(window)
}

/// The highest bit of each byte that is ASCII and no letter.
#[inline(always)]
fn separators(bytes: u128) -> u128 {
    // No sum is above 0xFF, so that none reaches the next byte.
    let lower = bytes & each(0x7F) | each(0x20);
    let from_a = lower + each(0x80 - b'a');
    let above_z = lower + each(0x80 - b'z' - 1);
    !(bytes | from_a & !above_z) & HIGH
}

/// What was found out about runs, as far as nothing else took its place.
pub(crate) struct Memo<T> {
    slots: Box<[(u128, T)]>,
}

/// After so many runs it pays to remember them.
pub(crate) const MANY: u32 = 512;
/// Most runs of a text are among so many.
const SLOTS: usize = 1 << SLOT_BITS;
const SLOT_BITS: u32 = 12;

impl<T: Copy + Default> Memo<T> {
    pub(crate) fn new() -> Memo<T> {
        // No run is zero.
        Memo { slots: vec![(0, T::default()); SLOTS].into_boxed_slice() }
    }

    #[inline(always)]
    pub(crate) fn get(&self, run: &Run) -> Option<T> {
        self.slots.get(slot(run.key)).filter(|slot| slot.0 == run.key).map(|slot| slot.1)
    }

    pub(crate) fn insert(&mut self, run: &Run, found: T) {
        if let Some(slot) = self.slots.get_mut(slot(run.key)) {
            *slot = (run.key, found);
        }
    }
}

/// Fibonacci hashing of both halves.
#[inline(always)]
fn slot(key: u128) -> usize {
    let (low, high) = (key as u64, (key >> 64) as u64);
    let mixed =
        (low ^ high.wrapping_mul(0x9FB2_1C65_1E98_DF25)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> (64 - SLOT_BITS)) as usize
}

impl<T> fmt::Debug for Memo<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memo").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_end_at_ascii_that_is_no_letter() {
        for byte in 0..=0xFF_u8 {
            let text = [b'a', byte, b'b'];
            let run = Run::next(&text).unwrap();
            let ends = byte.is_ascii() && !byte.is_ascii_alphabetic();
            assert_eq!((run.gap, run.len), (0, if ends { 1 } else { 3 }), "{byte}");
        }
    }

    #[test]
    fn long_gaps_and_long_runs_are_none() {
        for gap in 0..20 {
            for len in 0..20 {
                for behind in ["", " ", ".......... ..........."] {
                    let text = [&" ".repeat(gap), &"ab".repeat(10)[..len], behind].concat();
                    let run = Run::next(text.as_bytes());
                    let found = run.map(|it| (it.gap, it.len));
                    let fits = gap < WINDOW && (1..WINDOW).contains(&len);
                    assert_eq!(found, fits.then_some((gap, len)));
                    if let Some(run) = run {
                        let mut letters = [0; WINDOW];
                        letters[..len].copy_from_slice(&text.as_bytes()[gap..gap + len]);
                        assert_eq!(run.key.to_le_bytes(), letters);
                    }
                }
            }
        }
    }

    #[test]
    fn what_was_put_in_is_found_or_gone() {
        let mut memo = Memo::new();
        let runs: Vec<String> = crate::possible_syllables().collect();
        for (n, run) in runs.iter().enumerate() {
            let run = Run::next(run.as_bytes()).unwrap();
            assert_eq!(memo.get(&run), None);
            memo.insert(&run, n);
            assert_eq!(memo.get(&run), Some(n));
        }
        let found = runs.iter().enumerate().filter(|(n, run)| {
            let run = Run::next(run.as_bytes()).unwrap();
            memo.get(&run).inspect(|found| assert_eq!(found, n)).is_some()
        });
        assert!(found.count() > SLOTS / 2);
    }
}
