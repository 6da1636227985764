//! Where a text may not be in normal form.
//!
//! An automaton over bytes walks the text. Its state knows the vowels in front as far as the place
//! of a tone mark depends on them, so that in Vietnamese text it stops at what has to be changed
//! and at little else; and it stops at every character that a rule may change. Each step waits for
//! the one before, so long texts are walked in several places at a time. Where tone marks stay as
//! they are, a look at many bytes at once comes first.

mod automaton;
mod stretch;

use std::sync::LazyLock;

use corpus_model::Span;

use self::automaton::{Automaton, STOPPED};
use super::Normalization;
use crate::syllable::TonePlacement;

/// Finds the parts of a text that may have to be rewritten.
pub(super) struct Scanner {
    automaton: &'static Automaton,
    /// Whether each character can be judged alone, and by the rules that are on by default.
    alone: bool,
}

impl Scanner {
    pub(super) fn new(options: &Normalization) -> Scanner {
        static KEEP: LazyLock<Automaton> =
            LazyLock::new(|| Automaton::new(TonePlacement::Keep, false));
        static OLD: LazyLock<Automaton> =
            LazyLock::new(|| Automaton::new(TonePlacement::Old, false));
        static NEW: LazyLock<Automaton> =
            LazyLock::new(|| Automaton::new(TonePlacement::New, false));
        static KEEP_SIGNS: LazyLock<Automaton> =
            LazyLock::new(|| Automaton::new(TonePlacement::Keep, true));
        static OLD_SIGNS: LazyLock<Automaton> =
            LazyLock::new(|| Automaton::new(TonePlacement::Old, true));
        static NEW_SIGNS: LazyLock<Automaton> =
            LazyLock::new(|| Automaton::new(TonePlacement::New, true));
        let automaton = match (options.tone, options.changes_signs()) {
            (TonePlacement::Keep, false) => &KEEP,
            (TonePlacement::Old, false) => &OLD,
            (TonePlacement::New, false) => &NEW,
            (TonePlacement::Keep, true) => &KEEP_SIGNS,
            (TonePlacement::Old, true) => &OLD_SIGNS,
            (TonePlacement::New, true) => &NEW_SIGNS,
        };
        Scanner {
            automaton,
            alone: options.tone == TonePlacement::Keep && !options.changes_signs(),
        }
    }

    /// The next unit from `from` on that may not be in normal form.
    ///
    /// `from` has to be the start of the text or the end of a unit.
    pub(super) fn next_suspect(&self, text: &str, from: usize) -> Option<Span> {
        let bytes = text.as_bytes();
        let found = self.find(bytes, from)?;
        // A syllable that ends too early is noticed at what stands behind it.
        let inside = match bytes.get(found) {
            Some(byte) if !is_separator(*byte) => found,
            _ => found.saturating_sub(1),
        };
        Some(Span::new(unit_start(bytes, from, inside), unit_end(bytes, inside + 1)))
    }

    /// Where the automaton stops.
    fn find(&self, bytes: &[u8], from: usize) -> Option<usize> {
        let mut at = from;
        // What was changed is seldom alone, so the next bytes are walked one by one.
        let mut until = from + PIECE;
        loop {
            if self.alone {
                at += stretch::clean_len(bytes.get(at..).unwrap_or_default());
                if at >= bytes.len() {
                    return None;
                }
                until = at + PIECE;
            }
            // The walk goes on to the end of a unit.
            let mut state = automaton::START;
            let piece = bytes.get(at..bytes.len().min(until)).unwrap_or_default();
            for (n, &byte) in piece.iter().enumerate() {
                state = self.automaton.next(state, byte);
                if state == STOPPED {
                    return Some(at + n);
                }
            }
            at += piece.len();
            while let Some(&byte) = bytes.get(at).filter(|&&byte| !is_separator(byte)) {
                state = self.automaton.next(state, byte);
                if state == STOPPED {
                    return Some(at);
                }
                at += 1;
            }
            if self.automaton.next(state, b' ') == STOPPED {
                return Some(at);
            }
            if at >= bytes.len() {
                return None;
            }
            if !self.alone {
                (at, until) = self.clean_front(bytes, at);
            }
        }
    }

    /// Passes over what is clean from `from` on, in big steps; what follows has to be walked, up to
    /// the second place that is given.
    // Not inlined, or the states no longer fit the registers.
    #[inline(never)]
    fn clean_front(&self, bytes: &[u8], from: usize) -> (usize, usize) {
        let mut at = from;
        while let Some((lanes, end)) = lanes(bytes, at) {
            let [a, b, c, d] = lanes;
            let shortest = lanes.iter().map(|lane| lane.len()).min().unwrap_or_default();
            let [mut p, mut q, mut r, mut s] = [automaton::START; LANES];
            let together = a.iter().zip(b).zip(c.iter().zip(d)).take(shortest);
            for ((&a, &b), (&c, &d)) in together {
                p = self.automaton.next(p, a);
                q = self.automaton.next(q, b);
                r = self.automaton.next(r, c);
                s = self.automaton.next(s, d);
            }
            for (lane, state) in lanes.into_iter().zip([p, q, r, s]) {
                let rest = lane.get(shortest..).unwrap_or_default().iter();
                let last =
                    rest.chain(b" ").fold(state, |state, &byte| self.automaton.next(state, byte));
                if last == STOPPED {
                    return (at, at + lane.len());
                }
                at += lane.len();
            }
            at = end;
        }
        (at, bytes.len())
    }
}

/// So many bytes are walked one by one before more are walked at a time.
const PIECE: usize = 128;
/// In so many places, …
const LANES: usize = 4;
/// … each at least so long, and not much longer.
const LANE: usize = 256;
const MUCH: usize = 64;

/// The bytes from `from` on in parts that begin where units do, and where they end.
fn lanes(bytes: &[u8], from: usize) -> Option<([&[u8]; LANES], usize)> {
    let mut lanes = [&[][..]; LANES];
    let mut start = from;
    for lane in &mut lanes {
        let least = start + LANE;
        let more = bytes.get(least..least + MUCH)?;
        let end = least + more.iter().position(|&byte| is_separator(byte))?;
        *lane = bytes.get(start..end)?;
        start = end;
    }
    Some((lanes, start))
}

/// Whether a byte is ASCII and no letter: no composition and no syllable reaches over it.
pub(super) const fn is_separator(byte: u8) -> bool {
    byte.is_ascii() && !byte.is_ascii_alphabetic()
}

/// The last separator before `at`, but not before `from`: a mark may be composed with it.
fn unit_start(bytes: &[u8], from: usize, at: usize) -> usize {
    let before = bytes.get(from..at).unwrap_or_default();
    let letters = before.iter().rev().take_while(|&&byte| !is_separator(byte)).count();
    (at - letters).saturating_sub(1).max(from)
}

/// The next separator.
fn unit_end(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest.iter().position(|&byte| is_separator(byte)).unwrap_or(rest.len())
}
