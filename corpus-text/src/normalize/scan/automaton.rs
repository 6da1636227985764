//! The automaton that stops where a text may not be in normal form.

use super::super::rewrite;
use crate::letter::{self, Letter};
use crate::syllable::TonePlacement;

/// A state, in the upper byte; what each means is known only while the table is made.
pub(super) type State = u16;

/// The state of an automaton that found something. No way leads out of it.
pub(super) const STOPPED: State = 0;
/// The state in front of a unit.
pub(super) const START: State = Context::Other.state();

/// For each state with a byte below it, the next state.
pub(super) struct Automaton {
    next: Box<[State; 1 << 16]>,
}

/// What stands in front, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Context {
    /// Nothing that matters.
    Other,
    G,
    Q,
    /// A vowel without a tone behind which `a`, `e`, `i`, `o`, `u`, `ư`, `y` never carry one.
    Vowel,
    /// The `i` of `gi`, which may be a part of the onset; another one is [`Context::Vowel`].
    Gi,
    O,
    /// Any `u` but that of `qu`.
    U,
    /// A vowel with a tone behind which a vowel in ASCII may stand.
    Toned,
    /// `gì`, wrong in front of another vowel.
    ToneOnGi,
    /// `ò`, `ù`: right or wrong by what follows.
    ToneOnO,
    ToneOnU,
    /// `òa`, `òe`, `ùy` in the old places: right at the end of a syllable only.
    Closed,
    /// `oà`, `oè`, `uỳ` in the old places: right before the end of a syllable only.
    Open,
}

impl Context {
    const ALL: [Context; 13] = [
        Context::Other,
        Context::G,
        Context::Q,
        Context::Vowel,
        Context::Gi,
        Context::O,
        Context::U,
        Context::Toned,
        Context::ToneOnGi,
        Context::ToneOnO,
        Context::ToneOnU,
        Context::Closed,
        Context::Open,
    ];

    const fn state(self) -> State {
        (1 + self as State) << 8
    }

    /// What matters of it to a letter outside of ASCII; none if none may follow.
    fn before_long_letter(self) -> Option<Context> {
        Some(match self {
            Context::Closed => return None,
            Context::Gi => Context::Other,
            Context::ToneOnGi | Context::ToneOnO | Context::ToneOnU | Context::Open => {
                Context::Toned
            }
            other => other,
        })
    }
}

impl Automaton {
    /// An automaton for this placement of tones; with `signs` it stops at quotes, dashes, blanks
    /// and full-width forms too.
    pub(super) fn new(tone: TonePlacement, signs: bool) -> Automaton {
        let rules = Rules { tone, signs };
        let mut automaton = Automaton { next: Box::new([STOPPED; 1 << 16]) };
        // Contexts and the bytes of a letter that is not complete, behind the states of contexts.
        let mut begun: Vec<(Context, Vec<u8>)> = Vec::new();
        let state_of = |begun: &mut Vec<(Context, Vec<u8>)>, context, bytes: &[u8]| {
            let known = begun.iter().position(|it| it.0 == context && it.1 == bytes);
            let n = known.unwrap_or(begun.len());
            if n == begun.len() {
                begun.push((context, bytes.to_vec()));
            }
            State::try_from(1 + Context::ALL.len() + n).unwrap_or(STOPPED) << 8
        };
        for context in Context::ALL {
            for byte in 0..=0xFF_u8 {
                let next = if byte.is_ascii() {
                    rules.after(context, char::from(byte)).map(Context::state)
                } else {
                    let context = match byte {
                        0xC3..=0xC6 | 0xE1 => context.before_long_letter(),
                        0xC2 | 0xE2 if context != Context::Open => Some(Context::Other),
                        _ => None,
                    };
                    context.map(|context| state_of(&mut begun, context, &[byte]))
                };
                automaton.set(context.state(), byte, next);
            }
        }
        let mut n = 0;
        while let Some((context, bytes)) = begun.get(n).cloned() {
            let state = state_of(&mut begun, context, &bytes);
            for byte in 0x80..=0xBF {
                let bytes = [&bytes[..], &[byte]].concat();
                let next = match (&bytes[..], std::str::from_utf8(&bytes)) {
                    (_, Ok(complete)) => complete
                        .chars()
                        .next()
                        .and_then(|c| rules.after(context, c))
                        .map(Context::state),
                    // Vietnamese letters, punctuation, and signs of currencies.
                    ([0xE1, 0xBA | 0xBB] | [0xE2, 0x80 | 0x82], Err(_)) => {
                        Some(state_of(&mut begun, context, &bytes))
                    }
                    _ => None,
                };
                automaton.set(state, byte, next);
            }
            n += 1;
        }
        automaton
    }

    fn set(&mut self, state: State, byte: u8, next: Option<State>) {
        self.next[usize::from(state | State::from(byte))] = next.unwrap_or(STOPPED);
    }

    #[inline(always)]
    pub(super) fn next(&self, state: State, byte: u8) -> State {
        self.next[usize::from(state | State::from(byte))]
    }
}

const O: u8 = letter::code('o');

struct Rules {
    tone: TonePlacement,
    signs: bool,
}

impl Rules {
    /// The context behind a character; none where what was read may have to be changed.
    fn after(&self, context: Context, c: char) -> Option<Context> {
        if rewrite::may_change(c, self.signs) {
            return None;
        }
        if self.tone == TonePlacement::Keep {
            return Some(Context::Other);
        }
        let Some(Letter { code, tone, .. }) = letter::letter(c) else {
            let letter = c.is_alphabetic();
            let wrong = if letter { Context::Closed } else { Context::Open };
            return (context != wrong).then_some(Context::Other);
        };
        if context == Context::Closed {
            return None;
        }
        match code {
            letter::G => Some(Context::G),
            letter::Q => Some(Context::Q),
            _ if !letter::is_vowel(code) => Some(Context::Other),
            _ if c.is_ascii() => self.after_short_vowel(context, code),
            _ => self.after_long_vowel(context, code, tone != 0),
        }
    }

    /// Behind `a`, `e`, `i`, `o`, `u`, `y` without a tone.
    fn after_short_vowel(&self, context: Context, code: u8) -> Option<Context> {
        let old = self.tone == TonePlacement::Old;
        match (context, code) {
            // `gía`, `xóong`.
            (Context::ToneOnGi, _) | (Context::ToneOnO, O) => None,
            // `hòa`, `thùy`.
            (Context::ToneOnO, letter::A | letter::E) | (Context::ToneOnU, letter::Y) => {
                old.then_some(Context::Closed)
            }
            (Context::G, letter::I) => Some(Context::Gi),
            // The `u` of `qu` is a consonant; it is no matter which.
            (Context::Q, letter::U) => Some(Context::Other),
            (_, O) => Some(Context::O),
            (_, letter::U) => Some(Context::U),
            _ => Some(Context::Vowel),
        }
    }

    /// Behind any other vowel.
    fn after_long_vowel(&self, context: Context, code: u8, toned: bool) -> Option<Context> {
        if context == Context::Toned {
            return None;
        }
        // `ă`, `â`, `ê`, `ô`, `ơ` carry the tone wherever they are.
        let plain = matches!(code, letter::A | letter::E | letter::I | O)
            || matches!(code, letter::U | letter::UU | letter::Y);
        if !toned || !plain {
            return Some(Context::Vowel);
        }
        let end = match self.tone {
            TonePlacement::Old => Context::Open,
            _ => Context::Toned,
        };
        match (context, code) {
            (Context::Vowel, _) => None,
            (Context::O, letter::A | letter::E) | (Context::U, letter::Y) => Some(end),
            // `xoóng`.
            (Context::O, O) => Some(Context::Toned),
            (Context::O | Context::U, _) => None,
            (Context::Q, letter::U) => None,
            (Context::G, letter::I) => Some(Context::ToneOnGi),
            (_, O) => Some(Context::ToneOnO),
            (_, letter::U) => Some(Context::ToneOnU),
            _ => Some(Context::Toned),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_enough_states() {
        for tone in [TonePlacement::Old, TonePlacement::New, TonePlacement::Keep] {
            let automaton = Automaton::new(tone, true);
            let used = automaton.next.iter().map(|state| state >> 8).max().unwrap();
            assert!(used > Context::ALL.len() as State && used < 0xFF, "{used}");
        }
    }

    #[test]
    fn no_way_leads_out_of_the_end() {
        let automaton = Automaton::new(TonePlacement::Old, false);
        assert!((0..=0xFF).all(|byte| automaton.next(STOPPED, byte) == STOPPED));
    }
}
