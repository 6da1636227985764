//! [`GoldRun`]: syllables of gold text between two marks, with the words that they make.

use rustc_hash::FxHashMap;

use crate::table::Case;
use crate::token::{TokenKind, token};
use crate::{GoldSentence, key_into, lexicon, parse_syllable, shape};

/// Syllables of gold text that no mark and no number parts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct GoldRun {
    /// The number of each syllable and how it is written.
    pub(super) units: Vec<(u32, Case)>,
    /// How many syllables the word has that begins with this one; none if it begins before.
    pub(super) lengths: Vec<usize>,
    /// Whether any word has a capital where the run begins.
    pub(super) starts: bool,
    /// Whether the text follows the guideline that the model is for.
    pub(super) is_home: bool,
}

/// Numbers for syllables, by their keys.
#[derive(Clone, Debug, Default)]
pub(super) struct SyllableNumbers {
    numbers: FxHashMap<Box<str>, u32>,
    keys: Vec<Box<str>>,
    folded: String,
}

impl SyllableNumbers {
    /// The number of a syllable as it is spelled.
    pub(super) fn of(&mut self, spelled: &str) -> u32 {
        let mut folded = std::mem::take(&mut self.folded);
        key_into(&mut folded, spelled);
        let number = self.of_key(&folded);
        self.folded = folded;
        number
    }

    /// The number of a syllable by its key.
    pub(super) fn of_key(&mut self, key: &str) -> u32 {
        let key = lexicon::with_i(key);
        if let Some(&number) = self.numbers.get(&*key) {
            return number;
        }
        let number = self.keys.len() as u32;
        self.numbers.insert((*key).into(), number);
        self.keys.push((*key).into());
        number
    }

    /// Numbers all syllables in the order of their keys; returns the new numbers by the old.
    pub(super) fn sort(&mut self) -> Vec<u32> {
        let old = self.keys.clone();
        self.keys.sort();
        self.numbers = self.keys.iter().cloned().zip(0..).collect();
        old.iter().map(|key| self.numbers.get(key).copied().unwrap_or_default()).collect()
    }

    /// The key of a syllable.
    pub(super) fn key(&self, number: u32) -> &str {
        self.keys.get(number as usize).map_or("", |key| key)
    }

    /// By number: whether a syllable is a family name, and whether the grammar has it.
    pub(super) fn kinds(&self) -> Vec<(bool, bool)> {
        let families = shape::family_names();
        let kind = |key: &str| (families.contains(key), parse_syllable(key).is_some());
        self.keys.iter().map(|key| kind(key)).collect()
    }
}

/// The runs of a sentence. Those are left out in which the words of the gold text do not begin and
/// end where ours could: `25 . 000` is one word there.
pub(super) fn gold_runs(
    sentence: &GoldSentence,
    is_home: bool,
    numbers: &mut SyllableNumbers,
) -> Vec<GoldRun> {
    let text = sentence.text();
    let mut runs = Vec::new();
    let mut run: Vec<(usize, usize)> = Vec::new();
    let mut starts = true;
    let mut at = 0;
    let mut end_run = |run: &mut Vec<(usize, usize)>, starts: bool| {
        let lengths = lengths(sentence, run);
        if let Some(lengths) = lengths.filter(|it| !it.is_empty()) {
            let unit = |&(start, end): &(usize, usize)| {
                let spelled = text.get(start..end).unwrap_or_default();
                (numbers.of(spelled), Case::of(spelled))
            };
            runs.push(GoldRun { units: run.iter().map(unit).collect(), lengths, starts, is_home });
        }
        run.clear();
    };
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (end, kind) = token(text, at);
        if kind == TokenKind::Letters {
            run.push((at, end));
        } else {
            end_run(&mut run, starts);
            starts = shape::starts_anew(kind, first);
        }
        at = end.max(at + 1);
    }
    end_run(&mut run, starts);
    runs
}

/// How many syllables each gold word has that begins in the run; nothing where one reaches out of
/// it or ends within a syllable.
fn lengths(sentence: &GoldSentence, run: &[(usize, usize)]) -> Option<Vec<usize>> {
    let (Some(&(start, _)), Some(&(_, end))) = (run.first(), run.last()) else {
        return Some(Vec::new());
    };
    let mut lengths = vec![0; run.len()];
    let from = sentence.spans().partition_point(|span| span.end() <= start);
    let mut next = 0;
    for span in sentence.spans().iter().skip(from).take_while(|span| span.start() < end) {
        let first = next;
        if run.get(first)?.0 != span.start() {
            return None;
        }
        next += run.get(first..)?.iter().take_while(|unit| unit.1 <= span.end()).count();
        if next == first || run.get(next - 1)?.1 != span.end() {
            return None;
        }
        *lengths.get_mut(first)? = next - first;
    }
    (next == run.len()).then_some(lengths)
}
