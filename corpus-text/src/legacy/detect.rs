//! [`detect`] and [`detect_text`]: in which encoding do the words become Vietnamese syllables?

use std::borrow::Cow;

use super::{Encoding, decode, redecode, windows_byte};
use crate::letter;
use crate::syllable::Spelling;

/// What a text is, how certain that is, and why.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Detection {
    /// The encoding.
    pub encoding: Encoding,
    /// Whether the text was decoded as Windows-1252 and stored as UTF-8: what a reader sees is
    /// `Hµ Néi` or `HÃ Ná»™i`. [`redecode`] gives back what was written.
    pub garbled: bool,
    /// From 0 to 1: the share of words that the encoding explains, less where they are few or
    /// another encoding explains as many. 1 for ASCII.
    pub confidence: f64,
    /// What was counted.
    pub evidence: Evidence,
}

/// What a [`Detection`] counts: words with characters outside of ASCII, from the front of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Evidence {
    /// The words looked at.
    pub words: usize,
    /// Those that are Vietnamese syllables in the encoding found.
    pub explained: usize,
    /// Those that are Vietnamese syllables if the text is UTF-8, as it stands.
    pub as_it_stands: usize,
    /// The encoding that explains most words apart from the one found, and how many.
    pub runner_up: Option<(Encoding, usize)>,
}

/// So many words with marks tell all there is to tell.
const MOST_WORDS: usize = 1500;
/// A longer word is none.
const LONGEST_WORD: usize = 64;
/// The share of its words that an encoding has to explain before text is decoded from it.
const LEAST_SHARE: f64 = 0.6;
/// Text that is good UTF-8 is called garbled only when so many words say it …
const LEAST_GARBLED: usize = 3;
/// … which are this share of all words …
const LEAST_SHARE_GARBLED: f64 = 0.8;
/// … while so few make sense as they stand.
const MOST_AS_IT_STANDS: f64 = 0.25;

const CANDIDATES: [Encoding; 5] =
    [Encoding::Tcvn3, Encoding::Vni, Encoding::Cp1258, Encoding::Viscii, Encoding::Vps];

/// The encoding of a text whose bytes are at hand.
///
/// Words with bytes outside of ASCII are decoded in each encoding; the one that makes Vietnamese
/// syllables of most of them wins, and UTF-8 where none makes sense of the text. The time does not
/// grow with the text once enough words were seen.
///
/// ```
/// use corpus_text::legacy::{Encoding, detect};
///
/// assert_eq!(detect("Hà Nội, ngày 2 tháng 9".as_bytes()).encoding, Encoding::Utf8);
/// assert_eq!(detect(b"Quye\xE1t \xF1\xF2nh na\xF8y co\xF9 hie\xE4u l\xF6\xEFc").encoding, Encoding::Vni);
/// ```
pub fn detect(bytes: &[u8]) -> Detection {
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return detect_text(text);
    }
    let mut tallies = Tallies::default();
    for word in words(bytes).take(MOST_WORDS) {
        tallies.utf8.count(&decode(word, Encoding::Utf8));
        for (tally, encoding) in tallies.others.iter_mut().zip(CANDIDATES) {
            tally.count(&decode(word, encoding));
        }
        tallies.words += 1;
    }
    let (best, encoding) = tallies.best();
    // Damaged UTF-8 still has more sense in it than any other reading.
    if best.explained > 2 * tallies.utf8.explained && best.share() >= LEAST_SHARE {
        tallies.verdict(encoding, false)
    } else {
        tallies.verdict(Encoding::Utf8, false)
    }
}

/// What a text is that came as UTF-8: itself, or decoded wrongly and stored so.
///
/// Garbled text is called so only on clear evidence: words in French, or a list of symbols, stay
/// what they are.
///
/// ```
/// use corpus_text::legacy::{Encoding, detect_text};
///
/// let found = detect_text("Ñoäc laäp - Töï do - Haïnh phuùc");
/// assert_eq!((found.encoding, found.garbled), (Encoding::Vni, true));
/// assert!(!detect_text("Độc lập - Tự do - Hạnh phúc").garbled);
/// assert!(!detect_text("déjà vu à l'école").garbled);
/// ```
pub fn detect_text(text: &str) -> Detection {
    let mut tallies = Tallies::default();
    let mut doubled = Tally::default();
    for word in words(text.as_bytes()).take(MOST_WORDS) {
        tallies.words += 1;
        let Ok(word) = std::str::from_utf8(word) else { continue };
        tallies.utf8.count(word);
        if !word.chars().all(|c| windows_byte(c).is_some()) {
            continue;
        }
        for (tally, encoding) in tallies.others.iter_mut().zip(CANDIDATES) {
            tally.count(&redecode(word, encoding));
        }
        // A word may have been cut where the second byte was taken for a blank or a sign.
        doubled.count(&redecode(word, Encoding::Utf8));
    }
    let (best, encoding) = tallies.best();
    let (best, encoding) = if doubled.explained > best.explained {
        (doubled, Encoding::Utf8)
    } else {
        (best, encoding)
    };
    let words = tallies.words.max(1) as f64;
    let garbled = best.explained >= LEAST_GARBLED
        && best.share() >= LEAST_SHARE_GARBLED
        && best.explained as f64 >= LEAST_SHARE_GARBLED * words
        && tallies.utf8.explained as f64 <= MOST_AS_IT_STANDS * words;
    if !garbled {
        return tallies.verdict(Encoding::Utf8, false);
    }
    if encoding == Encoding::Utf8 {
        tallies.doubled = Some(doubled);
    }
    tallies.verdict(encoding, true)
}

/// How well one reading explains the words.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    explained: usize,
    failed: usize,
}

impl Tally {
    fn count(&mut self, word: &str) {
        match judge(word) {
            Some(true) => self.explained += 1,
            Some(false) => self.failed += 1,
            None => {}
        }
    }

    fn share(self) -> f64 {
        self.explained as f64 / (self.explained + self.failed).max(1) as f64
    }
}

#[derive(Default)]
struct Tallies {
    words: usize,
    utf8: Tally,
    others: [Tally; CANDIDATES.len()],
    doubled: Option<Tally>,
}

impl Tallies {
    /// The candidate that explains most; the first of equals.
    fn best(&self) -> (Tally, Encoding) {
        let mut best = (Tally::default(), Encoding::Utf8);
        for (&tally, encoding) in self.others.iter().zip(CANDIDATES) {
            if tally.explained > best.0.explained {
                best = (tally, encoding);
            }
        }
        best
    }

    fn verdict(&self, encoding: Encoding, garbled: bool) -> Detection {
        let found = match (encoding, self.doubled) {
            (Encoding::Utf8, Some(doubled)) => doubled,
            (Encoding::Utf8, None) => self.utf8,
            _ => CANDIDATES
                .iter()
                .zip(self.others)
                .find(|(it, _)| **it == encoding)
                .map_or(self.utf8, |(_, tally)| tally),
        };
        let rivals = CANDIDATES.into_iter().zip(self.others).filter(|(it, _)| *it != encoding);
        let runner_up = rivals
            .map(|(it, tally)| (it, tally.explained))
            .filter(|&(_, explained)| explained > 0)
            .max_by_key(|&(_, explained)| explained);
        let rival = runner_up.map_or(0, |(_, explained)| explained);
        let lead = found.explained.saturating_sub(rival) as f64;
        let confidence = if self.words == 0 { 1.0 } else { found.share() * lead / (lead + 1.0) };
        Detection {
            encoding,
            garbled,
            confidence,
            evidence: Evidence {
                words: self.words,
                explained: found.explained,
                as_it_stands: self.utf8.explained,
                runner_up,
            },
        }
    }
}

/// The pieces between blanks and ASCII signs that have bytes outside of ASCII.
///
/// Control characters but for white space are letters: VISCII and VPS use them so.
fn words(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let ends = |byte: &u8| match byte {
        0..=8 | 14..=31 => false,
        _ => byte.is_ascii() && !byte.is_ascii_alphabetic(),
    };
    bytes.split(ends).filter(|word| !word.is_ascii() && word.len() <= LONGEST_WORD)
}

/// Whether a word is made of Vietnamese syllables only; none where no letter speaks for or
/// against it.
fn judge(word: &str) -> Option<bool> {
    let word: Cow<'_, str> = if word.contains(['\u{A0}', '\u{AD}', '\u{200B}', '\u{FEFF}']) {
        Cow::Owned(word.replace(['\u{AD}', '\u{200B}', '\u{FEFF}'], ""))
    } else {
        Cow::Borrowed(word)
    };
    let sign = |c: char| {
        c.is_whitespace() || matches!(c, '\u{2010}'..='\u{203A}' | '«' | '»' | '·' | '°' | '§')
    };
    let mut spoken = false;
    for run in word.split(sign).filter(|run| !run.is_empty()) {
        // A letter alone is a syllable in any encoding that has it, and proves nothing.
        if run.is_ascii() || run.chars().nth(1).is_none() {
            continue;
        }
        if !is_syllable(run) {
            return Some(false);
        }
        spoken = true;
    }
    spoken.then_some(true)
}

/// Whether the grammar has the syllable, and no letter with a mark is a capital behind a small one,
/// as happens where bytes of one encoding are read in another.
fn is_syllable(run: &str) -> bool {
    let mut small = false;
    let mut odd = false;
    for c in run.chars() {
        let Some(letter) = letter::letter(c) else {
            small = false;
            continue;
        };
        odd |= small && letter.upper && !c.is_ascii();
        small = !letter.upper;
    }
    !odd && Spelling::read(run).is_some_and(|spelling| spelling.shape().is_some())
}
