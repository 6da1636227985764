//! [`Segmenter`]: joins syllables to words.
//!
//! Of all ways to cut a run of syllables into words of the lexicon the most probable is taken:
//! each word costs the negative logarithm of its share of all words, and the path of least cost
//! is found from left to right (Viterbi). Names, which no lexicon holds, are built by rule and
//! have costs of their own.
//!
//! What makes it fast: a syllable of the author's text is looked up as it is spelled, its bytes as
//! one `u128`, in a table that holds every known syllable in small letters, with a capital, in
//! capitals and with the tone mark in both places. Only what is not found there is folded. From
//! then on a syllable is a number, and a word a walk through a flat hash table of pairs (place
//! reached so far, next syllable). Nothing is allocated but the words.

use std::sync::OnceLock;

use corpus_model::{Span, Word, WordKind};
use rustc_hash::FxHashSet;

use crate::lexicon::{Lexicon, MOST_SYLLABLES};
use crate::table::{Case, Known, SpellingTable, WordTable};
use crate::token::{TokenKind, token};
use crate::{Dictionary, key_into};

/// Cuts text into words.
///
/// It owns a [`Lexicon`] in the form that is fast to search. It never changes, can be shared among
/// threads and is dear to build: build one and keep it.
///
/// ```
/// use corpus_text::Segmenter;
///
/// let text = "Ông Nguyễn Văn Hòa làm việc tại Hà Nội.";
/// let words = Segmenter::built_in().words(text);
/// let words: Vec<&str> = words.iter().map(|word| &text[word.span.range()]).collect();
/// assert_eq!(words, ["Ông", "Nguyễn Văn Hòa", "làm việc", "tại", "Hà Nội", "."]);
/// ```
#[derive(Clone, Debug)]
pub struct Segmenter {
    spellings: SpellingTable,
    words: WordTable,
    /// By number of syllable.
    singles: Vec<Single>,
    /// What goes before all of this.
    dictionary: Option<Dictionary>,
}

/// What the segmenter knows of a syllable that stands alone.
#[derive(Clone, Copy, Debug)]
struct Single {
    cost: f32,
    is_family_name: bool,
    /// Whether the Vietnamese grammar has it.
    is_possible: bool,
}

/// The cost of a syllable that the lexicon does not hold.
const UNKNOWN: f32 = 18.0;

impl Segmenter {
    /// A segmenter with this lexicon.
    pub fn new(lexicon: Lexicon) -> Segmenter {
        let total = lexicon.total().max(1.0).ln() as f32;
        let cost = |count: f32| if count > 0.0 { total - count.ln() } else { UNKNOWN };
        let none = Single { cost: UNKNOWN, is_family_name: false, is_possible: false };
        let mut singles = vec![none; lexicon.singles().len()];
        for (single, &count) in singles.iter_mut().zip(lexicon.singles()) {
            single.cost = cost(count);
        }
        let families: FxHashSet<&str> = include_str!("../data/family-names.txt").lines().collect();
        let mut spellings = SpellingTable::with_capacity(singles.len());
        for (syllable, number) in lexicon.syllables() {
            let is_possible = spellings.insert_all(syllable, number);
            if let Some(single) = singles.get_mut(number as usize) {
                single.is_possible = is_possible;
                single.is_family_name = families.contains(syllable);
            }
        }
        let mut words = lexicon.into_words();
        words.map_weights(|count| cost(count).max(0.0));
        Segmenter { spellings, words, singles, dictionary: None }
    }

    /// The segmenter with the lexicon that comes with the crate; built at the first call.
    pub fn built_in() -> &'static Segmenter {
        static BUILT_IN: OnceLock<Segmenter> = OnceLock::new();
        BUILT_IN.get_or_init(|| Segmenter::new(Lexicon::built_in()))
    }

    /// A segmenter that does the same but for the words of a dictionary.
    ///
    /// A dictionary that this one has already gives way to the new one.
    pub fn with_dictionary(&self, dictionary: Dictionary) -> Segmenter {
        let dictionary = Some(dictionary).filter(|it| !it.is_empty());
        Segmenter { dictionary, ..self.clone() }
    }

    /// The words of a text, marks and numbers included, in order.
    ///
    /// They do not overlap and cover everything but white space. No word reaches over a line end.
    pub fn words(&self, text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        self.words_into(text, 0, &mut words);
        words
    }

    /// Appends the words of a text, their spans moved by `offset`; allocates nothing else.
    ///
    /// `offset` is where `text` begins in the text that the spans are meant for.
    pub fn words_into(&self, text: &str, offset: usize, words: &mut Vec<Word>) {
        let mut run = Run::new();
        let mut folded = String::new();
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(rest) = bytes.get(at..)
            && let Some(&byte) = rest.first()
        {
            if let Some(dictionary) = &self.dictionary
                && let Some(end) = dictionary.joined_end(text, at, &mut folded)
            {
                self.join(text, &mut run, offset, words);
                words.push(Word { span: Span::new(at, end).shifted(offset), kind: WordKind::Word });
                at = end;
                continue;
            }
            if let Some((len, Known { number, case })) = self.spellings.get_front(rest) {
                if run.is_full() {
                    self.join_front(text, &mut run, offset, words);
                }
                run.push(Unit { span: Span::new(at, at + len), number, case });
                at += len + usize::from(rest.get(len) == Some(&b' '));
                continue;
            }
            match byte {
                b' ' => {
                    at += 1;
                    continue;
                }
                b'\n' | b'\r' => {
                    self.join(text, &mut run, offset, words);
                    run.is_start = true;
                    at += 1;
                    continue;
                }
                0x09 | 0x0B | 0x0C | 0xC2 | 0xE1..=0xE3 => {
                    if let Some(c) = text.get(at..).and_then(|rest| rest.chars().next())
                        && c.is_whitespace()
                    {
                        if matches!(c, '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}') {
                            self.join(text, &mut run, offset, words);
                            run.is_start = true;
                        }
                        at += c.len_utf8();
                        continue;
                    }
                }
                _ => {}
            }
            let (end, kind) = token(text, at);
            let span = Span::new(at, end);
            if kind == TokenKind::Letters {
                if run.is_full() {
                    self.join_front(text, &mut run, offset, words);
                }
                run.push(self.unit(text, span, &mut folded));
            } else {
                self.join(text, &mut run, offset, words);
                let kind = match kind {
                    TokenKind::Word | TokenKind::Letters => WordKind::Word,
                    TokenKind::Number => WordKind::Number,
                    TokenKind::Symbol => WordKind::Symbol,
                    TokenKind::Punctuation => WordKind::Punctuation,
                    TokenKind::Other => WordKind::Other,
                };
                words.push(Word { span: span.shifted(offset), kind });
                // After a quote, a colon or a dash a capital says as little as at the start.
                run.is_start = kind == WordKind::Punctuation && !matches!(byte, b',' | b'/' | b'(');
            }
            at = end.max(at + 1);
        }
        self.join(text, &mut run, offset, words);
    }

    /// Looks a syllable up.
    fn unit(&self, text: &str, span: Span, folded: &mut String) -> Unit {
        let known = self.spellings.get(text, span).or_else(|| {
            let spelled = text.get(span.range()).unwrap_or_default();
            key_into(folded, spelled);
            let case = Case::of(spelled);
            self.spellings.get(folded, Span::new(0, folded.len())).map(|it| Known { case, ..it })
        });
        match known {
            Some(Known { number, case }) => Unit { span, number, case },
            None => {
                let case = Case::of(text.get(span.range()).unwrap_or_default());
                Unit { span, number: UNKNOWN_NUMBER, case }
            }
        }
    }

    /// Cuts the syllables gathered so far into words and forgets them.
    fn join(&self, text: &str, run: &mut Run, offset: usize, words: &mut Vec<Word>) {
        let n = run.len;
        self.join_units(text, run, n, n, offset, words);
        run.len = 0;
        run.is_start = false;
    }

    /// Does the same with the front of a run that has grown too long, and keeps the rest.
    fn join_front(&self, text: &str, run: &mut Run, offset: usize, words: &mut Vec<Word>) {
        let done = self.join_units(text, run, run.len, MOST_UNITS / 2, offset, words).max(1);
        run.units.copy_within(done..run.len, 0);
        run.len -= done;
        run.is_start = false;
    }

    /// Finds the cheapest way through the first `n` units and appends its words, but only up to
    /// the first that ends at `enough` or behind; returns how many units they cover.
    fn join_units(
        &self,
        text: &str,
        run: &mut Run,
        n: usize,
        enough: usize,
        offset: usize,
        words: &mut Vec<Word>,
    ) -> usize {
        let Run { units, ways, ends, is_start, .. } = run;
        let units = units.get(..n).unwrap_or_default();
        if let Some(ways) = ways.get_mut(1..=n) {
            ways.fill(Way { cost: f32::INFINITY, length: 1 });
        }
        for (i, unit) in units.iter().enumerate() {
            let so_far = ways[i].cost;
            let rest = units.get(i..).unwrap_or_default();
            let mut relax = |length: usize, cost: f32| {
                if let Some(way) = ways.get_mut(i + length)
                    && so_far + cost < way.cost
                    && self.allows(text, rest.get(..length).unwrap_or_default())
                {
                    *way = Way { cost: so_far + cost, length: length as u32 };
                }
            };
            let first = i == 0 && *is_start;
            relax(1, self.single_cost(unit));
            let mut place = unit.number;
            for (length, next) in (2..=MOST_SYLLABLES).zip(rest.iter().skip(1)) {
                let Some(found) = self.words.get(place, next.number) else { break };
                place = found.place;
                if found.is_word() {
                    relax(length, found.weight);
                }
            }
            self.name_costs(rest, first, &mut relax);
        }
        // The way is known from its end; its words are wanted from the front.
        let mut end = n;
        while end > 0 {
            let length = (ways[end].length as usize).clamp(1, end);
            ends[end - length] = length as u8;
            end -= length;
        }
        let mut start = 0;
        while start < n && start < enough {
            let length = usize::from(ends[start]).max(1);
            if let (Some(first), Some(last)) = (units.get(start), units.get(start + length - 1)) {
                let span = first.span.cover(last.span).shifted(offset);
                words.push(Word { span, kind: WordKind::Word });
            }
            start += length;
        }
        start
    }

    /// Whether the dictionary lets these units be a word.
    #[inline]
    fn allows(&self, text: &str, units: &[Unit]) -> bool {
        let (Some(dictionary), [first, .., last]) = (&self.dictionary, units) else { return true };
        !text.get(first.span.cover(last.span).range()).is_some_and(|word| dictionary.is_split(word))
    }

    fn single_cost(&self, unit: &Unit) -> f32 {
        self.singles.get(unit.number as usize).map_or(UNKNOWN, |single| single.cost)
    }

    /// The costs of names that begin with the first of these units.
    fn name_costs(&self, units: &[Unit], first: bool, relax: &mut impl FnMut(usize, f32)) {
        let Some(head) = units.first() else { return };
        if head.case == Case::Lower {
            return;
        }
        let single = |unit: &Unit| self.singles.get(unit.number as usize).copied();
        let family = single(head).is_some_and(|it| it.is_family_name);
        let capitals = units.iter().take(6).take_while(|unit| unit.case == Case::Capital).count();
        let foreign = |unit: &Unit| single(unit).is_none_or(|it| !it.is_possible);
        for length in 2..=capitals {
            let cost = if family && (2..=4).contains(&length) {
                PERSON[length]
            } else if units.iter().take(length).all(foreign) {
                FOREIGN * length as f32
            } else if length <= 4 {
                PLACE[length] + if first { AT_START } else { 0.0 }
            } else {
                continue;
            };
            relax(length, cost);
        }
    }
}

// The costs below were chosen by their F1 on UD dev, with a lexicon that had not seen it.

/// What a name of a person costs, by its number of syllables.
const PERSON: [f32; 5] = [0.0, 0.0, 14.0, 15.0, 16.0];
/// What any other name of capital syllables costs.
const PLACE: [f32; 5] = [0.0, 0.0, 15.0, 19.0, 24.0];
/// What such a name costs more where any word would have a capital.
const AT_START: f32 = 8.0;
/// What each part of a foreign name costs.
const FOREIGN: f32 = 11.0;

/// A syllable of the author's text, looked up.
#[derive(Clone, Copy, Debug)]
struct Unit {
    span: Span,
    number: u32,
    case: Case,
}

const UNKNOWN_NUMBER: u32 = u32::MAX;

/// So many syllables without a mark between them are cut at once; few sentences have more.
const MOST_UNITS: usize = 128;

/// What a way costs, and how many units its last word has.
#[derive(Clone, Copy, Debug)]
struct Way {
    cost: f32,
    length: u32,
}

/// Syllables gathered until a mark ends the run.
struct Run {
    units: [Unit; MOST_UNITS],
    len: usize,
    /// The cheapest way to each place.
    ways: [Way; MOST_UNITS + 1],
    /// How many units the word has that begins at a place of the cheapest way.
    ends: [u8; MOST_UNITS + 1],
    /// Whether the run begins where any word has a capital.
    is_start: bool,
}

impl Run {
    fn new() -> Run {
        let none = Unit { span: Span::new(0, 0), number: UNKNOWN_NUMBER, case: Case::Lower };
        Run {
            units: [none; MOST_UNITS],
            len: 0,
            ways: [Way { cost: 0.0, length: 0 }; MOST_UNITS + 1],
            ends: [0; MOST_UNITS + 1],
            is_start: true,
        }
    }

    fn is_full(&self) -> bool {
        self.len == MOST_UNITS
    }

    fn push(&mut self, unit: Unit) {
        if let Some(place) = self.units.get_mut(self.len) {
            *place = unit;
            self.len += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lexicon_of_ones_own() {
        let segmenter = Segmenter::new(["học sinh", "sinh viên", "học"].into_iter().collect());
        let text = "học sinh viên học";
        let words: Vec<&str> =
            segmenter.words(text).iter().map(|it| &text[it.span.range()]).collect();
        assert_eq!(words.concat(), "họcsinhviênhọc".replace("họcsinhviên", &words[..2].concat()));
        assert_eq!(words.len(), 3);
    }

    #[test]
    fn long_runs_are_cut_in_pieces() {
        let text = "học sinh ".repeat(5 * MOST_UNITS);
        let words = Segmenter::new(["học sinh"].into_iter().collect()).words(&text);
        assert_eq!(words.len(), 5 * MOST_UNITS);
    }
}
