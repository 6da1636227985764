//! [`SegmentedText`]: text cut into words by a program, and how sure the program was.

use rustc_hash::FxHashMap;

use super::fit::Numbers;

/// Text cut into words by a program, a number for each syllable.
#[derive(Clone, Debug, Default)]
pub(super) struct SegmentedText {
    /// [`BREAK`], or the number of a syllable above two bits: whether it goes on with the word in
    /// front, and whether it is in small letters where that says something.
    marks: Vec<u32>,
}

/// The end of a line, or something that is no word.
const BREAK: u32 = u32::MAX;
const JOINED: u32 = 2;
const SMALL: u32 = 1;
/// Longer words are not looked for.
const MOST_JOINED: usize = 4;

impl SegmentedText {
    /// No word reaches over this place.
    pub(super) fn push_break(&mut self) {
        self.marks.push(BREAK);
    }

    pub(super) fn push(&mut self, syllable: u32, is_joined: bool, is_small: bool) {
        let bits = if is_joined { JOINED } else { 0 } | if is_small { SMALL } else { 0 };
        self.marks.push(syllable << 2 | bits);
    }

    /// Gives all syllables new numbers.
    pub(super) fn renumber(&mut self, new: impl Fn(u32) -> u32) {
        for mark in self.marks.iter_mut().filter(|mark| **mark != BREAK) {
            *mark = new(*mark >> 2) << 2 | (*mark & 3);
        }
    }

    /// How often each syllable was a word of its own.
    pub(super) fn singles(&self) -> FxHashMap<u32, u64> {
        let mut singles = FxHashMap::default();
        for (n, &mark) in self.marks.iter().enumerate() {
            let next_joins = self.marks.get(n + 1).is_some_and(|&next| is_joined(next));
            if mark != BREAK && !is_joined(mark) && !next_joins {
                *singles.entry(mark >> 2).or_default() += 1;
            }
        }
        singles
    }

    /// How often each word was joined in small letters, and how often its syllables stand side by
    /// side in them, joined or not.
    pub(super) fn joined(&self) -> FxHashMap<Numbers, (f32, f32)> {
        let mut joined: FxHashMap<Numbers, (f32, f32)> = FxHashMap::default();
        let mut word: Vec<u32> = Vec::new();
        for is_first_time in [true, false] {
            for (start, _) in self.marks.iter().enumerate() {
                word.clear();
                for &mark in self.marks.iter().skip(start).take(MOST_JOINED) {
                    if mark == BREAK || mark & SMALL == 0 {
                        break;
                    }
                    word.push(mark >> 2);
                    if word.len() < 2 {
                        continue;
                    }
                    if !is_first_time {
                        if let Some(counts) = joined.get_mut(word.as_slice()) {
                            counts.1 += 1.0;
                        }
                    } else if self.is_word(start, word.len()) {
                        joined.entry(word.as_slice().into()).or_default().0 += 1.0;
                    }
                }
            }
        }
        joined
    }

    /// Whether so many syllables from there are one word.
    fn is_word(&self, start: usize, length: usize) -> bool {
        let Some([first, inner @ ..]) = self.marks.get(start..start + length) else { return false };
        let goes_on = self.marks.get(start + length).is_some_and(|&next| is_joined(next));
        !is_joined(*first) && inner.iter().all(|&mark| is_joined(mark)) && !goes_on
    }
}

fn is_joined(mark: u32) -> bool {
    mark != BREAK && mark & JOINED != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_joined_and_side_by_side() {
        let mut text = SegmentedText::default();
        // `1_2 1 2`, then `3_1_2` and `1_2` with a capital.
        for (syllable, is_joined, is_small) in [
            (1, false, true),
            (2, true, true),
            (1, false, true),
            (2, false, true),
            (3, false, true),
            (1, true, true),
            (2, true, true),
            (1, false, false),
            (2, true, true),
        ] {
            text.push(syllable, is_joined, is_small);
        }
        let joined = text.joined();
        assert_eq!(joined.get(&[1, 2][..]), Some(&(1.0, 3.0)));
        assert_eq!(joined.get(&[3, 1, 2][..]), Some(&(1.0, 1.0)));
        assert_eq!(joined.len(), 2);
        let singles = text.singles();
        assert_eq!((singles.get(&1), singles.get(&2), singles.get(&3)), (Some(&1), Some(&1), None));
    }

    #[test]
    fn no_word_reaches_over_a_break() {
        let mut text = SegmentedText::default();
        text.push(1, false, true);
        text.push_break();
        text.push(2, true, true);
        assert!(text.joined().is_empty());
    }
}
