//! [`possible_syllables`]: everything that the grammar allows.

use corpus_model::Tone;

use super::TonePlacement;
use super::grammar::{GRAMMAR, ONSETS, RIMES, codes, rows};
use super::spelling::Spelling;

/// Every syllable that the grammar allows, in lower case, the tones marked in the old places.
///
/// There are about twenty thousand; some seven thousand of them are in use.
///
/// ```
/// assert!(corpus_text::possible_syllables().any(|syllable| syllable == "hòa"));
/// assert!(corpus_text::possible_syllables().all(|it| corpus_text::parse_syllable(&it).is_some()));
/// ```
pub fn possible_syllables() -> impl Iterator<Item = String> {
    let onsets = || ["", "gi"].into_iter().chain(rows(ONSETS).map(|[onset, _, _]| onset));
    let mut onsets: Vec<&str> = onsets().collect();
    onsets.sort_unstable();
    onsets.dedup();
    onsets.into_iter().flat_map(|onset| {
        rows(RIMES).flat_map(move |[medial, nucleus, coda, after]| {
            let letters: String =
                [onset, medial, nucleus, coda].concat().chars().filter(|&c| c != '-').collect();
            let wanted = (after == "q") <= (onset == "q");
            let lengths = [onset, medial, nucleus].map(|part| codes(part).len());
            Tone::ALL.into_iter().filter_map(move |tone| {
                let spelling = Spelling::read(&letters)?.with_tone(tone);
                let shape = spelling.regular_shape(&GRAMMAR)?;
                // `gia` is found as `gi` and `a`, not again as `g` and `ia`; `qua` likewise.
                let found = [shape.onset, shape.medial, shape.nucleus].map(usize::from);
                if !wanted || found != lengths {
                    return None;
                }
                let mut syllable = String::new();
                spelling.write(spelling.tone_seat(shape, TonePlacement::Old), true, &mut syllable);
                Some(syllable)
            })
        })
    })
}
