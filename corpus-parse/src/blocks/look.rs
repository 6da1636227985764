//! [`Look`]: what the bytes of a line tell at once, before any rule is asked.

use corpus_model::Span;
use memchr::memchr3;

/// What one look at the bytes of a line tells; it spares most lines several others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// It has none of the signs without which it is no link, no field of the page and has no caption
    /// in it.
    pub(super) plain: bool,
    /// A number stands at its end or runs into a letter, as that of a picture does:
    /// `Mưa lớn ảnh 1Phố Huế`.
    pub(super) numbered: bool,
}

impl Look {
    pub(super) fn at(words: &str) -> Look {
        Looks::new(words).at(Span::new(0, words.len()))
    }
}

/// A look at one line of a text after the other: most signs are far from each other, and what stands
/// between two of them is looked through once for all of its lines.
#[derive(Debug)]
pub(super) struct Looks<'t> {
    text: &'t [u8],
    /// Nothing stands between the place that was sought from and the one that was found.
    sign: Sought,
    number: Sought,
}

/// A stretch without what is sought, and what ends it, if that is not the end of the text.
#[derive(Clone, Copy, Debug, Default)]
struct Sought {
    from: usize,
    found: usize,
}

impl Sought {
    /// The first place at or behind `from`, by `find` in what follows it.
    fn first(&mut self, text: &[u8], from: usize, find: impl Fn(&[u8]) -> Option<usize>) -> usize {
        if from < self.from || from > self.found || self.found == 0 {
            let rest = text.get(from..).unwrap_or_default();
            self.from = from;
            self.found = find(rest).map_or(text.len(), |n| from + n);
        }
        self.found
    }
}

impl<'t> Looks<'t> {
    pub(super) fn new(text: &'t str) -> Looks<'t> {
        Looks { text: text.as_bytes(), sign: Sought::default(), number: Sought::default() }
    }

    /// A look at a line without blanks at its ends.
    pub(super) fn at(&mut self, line: Span) -> Look {
        let (start, end) = (line.start(), line.end());
        let sign = self.sign.first(self.text, start, |rest| memchr3(b':', b'>', b'(', rest));
        let number = self.number.first(self.text, start, running_on);
        let last = || {
            let line = self.text.get(start..end).unwrap_or_default();
            line.iter().rev().find(|byte| !matches!(byte, b'.' | b' '))
        };
        // The letter that a number runs into has to be of the line as well.
        let numbered = number + 1 < end || last().is_some_and(u8::is_ascii_digit);
        Look { plain: sign >= end, numbered }
    }
}

/// So many bytes are looked at together, each with the one behind it.
const TOGETHER: usize = 64;

/// The first digit with a letter right behind it.
fn running_on(bytes: &[u8]) -> Option<usize> {
    let next = bytes.get(1..)?;
    let (here, left) = bytes.as_chunks::<TOGETHER>();
    let (behind, left_behind) = next.as_chunks::<TOGETHER>();
    for (n, (here, behind)) in here.iter().zip(behind).enumerate() {
        if any_runs_on(here, behind) {
            return first_running_on(here, behind).map(|at| n * TOGETHER + at);
        }
    }
    // Where the bytes are a whole number of stretches, those behind them are one stretch fewer.
    let seen = behind.len() * TOGETHER;
    let left = if left.is_empty() { here.last().map_or(left, |it| it.as_slice()) } else { left };
    first_running_on(left, left_behind).map(|at| seen + at)
}

fn runs_on(byte: u8, next: u8) -> bool {
    (byte.wrapping_sub(b'0') < 10) & (next >= b'A')
}

/// Whether a letter stands behind a digit; `next` are the bytes behind those that are `here`.
fn any_runs_on(here: &[u8; TOGETHER], next: &[u8; TOGETHER]) -> bool {
    here.iter().zip(next).fold(false, |any, (byte, next)| any | runs_on(*byte, *next))
}

fn first_running_on(here: &[u8], next: &[u8]) -> Option<usize> {
    here.iter().zip(next).position(|(byte, next)| runs_on(*byte, *next))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_look_sees_signs_and_numbers_wherever_they_are() {
        let seen = |words: &str| (Look::at(words).plain, Look::at(words).numbered);
        for length in 0..100 {
            let words = "a".repeat(length);
            assert_eq!(seen(&words), (true, false), "{length}");
            for behind in [0, 1, 7, 31, 32, 33, 64] {
                let behind = "b".repeat(behind);
                for sign in [':', '>', '('] {
                    assert!(!seen(&format!("{words}{sign}{behind}")).0, "{length} {sign} {behind}");
                }
                assert_eq!(seen(&format!("{words}1P{behind}")), (true, true), "{length} {behind}");
                assert_eq!(seen(&format!("{words}1Đ{behind}")), (true, true), "{length} {behind}");
                assert_eq!(
                    seen(&format!("{words}1 P{behind}")),
                    (true, false),
                    "{length} {behind}"
                );
            }
            assert_eq!(seen(&format!("{words} ảnh 2. ")), (true, true), "{length}");
        }
    }

    proptest! {
        #[test]
        fn lines_of_a_text_are_seen_as_they_are_alone(
            lines in prop::collection::vec("([a-c ]{0,40}(1P|2 |\\(|:|7\u{a0}|.){0,2}[ab.]{0,40})?", 0..9),
            back in any::<bool>(),
        ) {
            let text = lines.join("\n");
            let mut looks = Looks::new(&text);
            let mut at = 0;
            for line in &lines {
                let span = Span::new(at, at + line.len());
                let (alone, amid) = (Look::at(line), looks.at(span));
                prop_assert_eq!((alone.plain, alone.numbered), (amid.plain, amid.numbered), "{}", line);
                if back {
                    // A line may be looked at once more behind one that follows it.
                    looks.at(Span::new(0, 0));
                }
                at += line.len() + 1;
            }
        }
    }
}
