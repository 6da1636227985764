//! Makes the lexicon of a [`Segmenter`](crate::Segmenter) from segmented text.
//!
//! ```
//! use corpus_text::train::WordTrainer;
//! use corpus_text::{Lexicon, read_gold};
//!
//! let mut trainer = WordTrainer::new();
//! trainer.add_gold(&read_gold("Họp về cải_cách hành_chính .\n".as_bytes())?);
//! let mut model = Vec::new();
//! trainer.finish().write(&mut model)?;
//! assert!(Lexicon::read(model.as_slice())?.contains("cải cách"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Counts say what words there are and text segmented by a program how sure it is of each; what a
//! word costs is then fitted to gold text by a conditional random field whose features tell of the
//! word alone, and added up to one count for each word. Cutting text is as fast as without.
//!
//! The result depends on the data alone, not on the order of files or on the machine.

mod fit;
mod model;
mod runs;
mod segmented;

use std::io::{self, BufRead};

use libm::log;
use rustc_hash::FxHashMap;
use thiserror::Error;

use self::fit::{Known, Numbers, fit};
pub use self::model::TrainedWords;
use self::runs::{GoldRun, SyllableNumbers, gold_runs};
use self::segmented::SegmentedText;
use crate::lexicon::MOST_SYLLABLES;
use crate::{GoldSentence, letter};

/// How much more text the counts are from than the segmented text has.
const SCALE: u64 = 5;
/// How many times a sighting in gold text counts before training.
const GOLD_WEIGHT: u64 = 5;
/// Words of several syllables counted less often are left out.
const FEWEST: u64 = 2;
/// The same for words with a part that no Vietnamese syllable is spelled like.
const FEWEST_FOREIGN: u64 = 6;
/// Single syllables seen less often in segmented text are left out.
const FEWEST_SINGLE: u64 = 10;

/// Gathers what a lexicon is made from.
///
/// Counts tell which words of several syllables there are. Text segmented by a program tells how
/// often syllables stand alone, and how sure the program is of each word. Gold text has the last
/// word: what each word costs is fitted to it.
#[derive(Clone, Debug, Default)]
pub struct WordTrainer {
    syllables: SyllableNumbers,
    counts: FxHashMap<Numbers, u64>,
    segmented: SegmentedText,
    runs: Vec<GoldRun>,
}

impl WordTrainer {
    /// A trainer that has seen nothing.
    pub fn new() -> WordTrainer {
        WordTrainer::default()
    }

    /// Adds words of several syllables with counts, a tab between, one a line.
    ///
    /// # Errors
    ///
    /// Where the input cannot be read, or a line has no count.
    pub fn add_counts(&mut self, input: impl BufRead) -> Result<(), TrainError> {
        each_line(input, |line| {
            let Some((word, count)) = line.split_once('\t') else {
                return Err(TrainErrorKind::Count);
            };
            let count: u64 = count.trim().parse().map_err(|_| TrainErrorKind::Count)?;
            let word: Numbers =
                word.split_whitespace().map(|syllable| self.syllables.of(syllable)).collect();
            if (2..=MOST_SYLLABLES).contains(&word.len()) {
                *self.counts.entry(word).or_default() += count;
            }
            Ok(())
        })
    }

    /// Adds text segmented by a program, a sentence a line: words separated by blanks, with `_`
    /// between syllables.
    ///
    /// # Errors
    ///
    /// Where the input cannot be read.
    pub fn add_segmented(&mut self, input: impl BufRead) -> Result<(), TrainError> {
        each_line(input, |line| {
            self.segmented.push_break();
            for (n, word) in line.split_whitespace().enumerate() {
                if !word.split('_').all(is_syllable) {
                    self.segmented.push_break();
                    continue;
                }
                for (i, syllable) in word.split('_').enumerate() {
                    let is_small = !syllable.starts_with(char::is_uppercase) || n + i == 0;
                    self.segmented.push(self.syllables.of(syllable), i > 0, is_small);
                }
            }
            Ok(())
        })
    }

    /// Adds sentences segmented by people.
    pub fn add_gold(&mut self, gold: &[GoldSentence]) {
        self.add_sentences(gold, true);
    }

    /// Adds sentences segmented by people who follow another guideline than the model is to follow.
    ///
    /// They teach as well, but where the two sides differ the other gold text is right.
    pub fn add_other_gold(&mut self, gold: &[GoldSentence]) {
        self.add_sentences(gold, false);
    }

    fn add_sentences(&mut self, gold: &[GoldSentence], is_home: bool) {
        for sentence in gold {
            self.runs.extend(gold_runs(sentence, is_home, &mut self.syllables));
        }
    }

    /// Fits the lexicon to all that was added.
    pub fn finish(mut self) -> TrainedWords {
        self.sort();
        let syllables = self.syllables.kinds();
        let known =
            Known { costs: self.costs(&syllables), joined: self.segmented.joined(), syllables };
        TrainedWords::new(fit(known, &self.runs), &self.syllables)
    }

    /// Makes everything the same in whatever order it came: syllables are numbered anew in the
    /// order of their keys, and runs sorted.
    fn sort(&mut self) {
        let numbers = self.syllables.sort();
        let new = |old: u32| numbers.get(old as usize).copied().unwrap_or(old);
        let counts = std::mem::take(&mut self.counts).into_iter();
        self.counts =
            counts.map(|(word, count)| (word.iter().map(|&it| new(it)).collect(), count)).collect();
        self.segmented.renumber(new);
        for unit in self.runs.iter_mut().flat_map(|run| &mut run.units) {
            unit.0 = new(unit.0);
        }
        self.runs.sort();
    }

    /// What each word costs by its count alone.
    fn costs(&self, kinds: &[(bool, bool)]) -> FxHashMap<Numbers, f64> {
        let is_native =
            |word: &Numbers| word.iter().all(|&it| kinds.get(it as usize).is_some_and(|it| it.1));
        let mut counts: FxHashMap<Numbers, u64> = FxHashMap::default();
        for (word, &count) in &self.counts {
            if count >= if is_native(word) { FEWEST } else { FEWEST_FOREIGN } {
                counts.insert(word.clone(), count);
            }
        }
        for (syllable, count) in self.segmented.singles() {
            if count >= FEWEST_SINGLE {
                counts.insert([syllable].into(), count * SCALE);
            }
        }
        for run in &self.runs {
            for (start, &length) in run.lengths.iter().enumerate() {
                let word: Numbers =
                    run.units.iter().skip(start).take(length).map(|unit| unit.0).collect();
                if (1..=MOST_SYLLABLES).contains(&length) {
                    *counts.entry(word).or_default() += GOLD_WEIGHT;
                }
            }
        }
        let total = log(counts.values().sum::<u64>().max(1) as f64);
        counts.into_iter().map(|(word, count)| (word, total - log(count as f64))).collect()
    }
}

/// Calls `take` with each line, without its end.
fn each_line(
    mut input: impl BufRead,
    mut take: impl FnMut(&str) -> Result<(), TrainErrorKind>,
) -> Result<(), TrainError> {
    let mut line = String::new();
    for number in 1.. {
        line.clear();
        let at = |kind| TrainError { line: number, kind };
        match input.read_line(&mut line) {
            Ok(0) => break,
            Ok(_) => take(line.trim_end_matches(['\n', '\r'])).map_err(at)?,
            Err(error) => return Err(at(TrainErrorKind::Read(error))),
        }
    }
    Ok(())
}

/// Whether this is one run of letters.
fn is_syllable(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphabetic() || letter::is_mark(c))
}

/// Why data to train on cannot be read, and where.
#[derive(Debug, Error)]
#[error("line {line}: {kind}")]
pub struct TrainError {
    line: u64,
    kind: TrainErrorKind,
}

impl TrainError {
    /// The line, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// What is wrong there.
    pub fn kind(&self) -> &TrainErrorKind {
        &self.kind
    }
}

/// What can be wrong with a line of data to train on.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TrainErrorKind {
    /// It cannot be read, or is not UTF-8.
    #[error("{0}")]
    Read(io::Error),
    /// No tab with a whole number behind it.
    #[error("no tab and count behind the word")]
    Count,
}

#[cfg(test)]
mod tests {
    use corpus_model::Word;

    use super::*;
    use crate::{Lexicon, Segmenter, read_gold};

    fn trained(counts: &str, segmented: &str, gold: &str) -> String {
        let mut trainer = WordTrainer::new();
        trainer.add_counts(counts.as_bytes()).unwrap();
        trainer.add_segmented(segmented.as_bytes()).unwrap();
        trainer.add_gold(&read_gold(gold.as_bytes()).unwrap());
        let mut model = Vec::new();
        trainer.finish().write(&mut model).unwrap();
        String::from_utf8(model).unwrap()
    }

    /// The words of a model.
    fn words(model: &str) -> Vec<&str> {
        let words = model.lines().filter(|line| !line.starts_with('@'));
        words.map(|line| line.split_once('\t').unwrap().0).collect()
    }

    /// How the model cuts a text.
    fn cut(model: &str, text: &str) -> String {
        let segmenter = Segmenter::new(Lexicon::read(model.as_bytes()).unwrap());
        let word = |word: Word| text[word.span.range()].replace(' ', "_");
        segmenter.words(text).into_iter().map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn counts_are_kept_if_seen_often_enough() {
        let counts = "học sinh\t5\nHọc Sinh\t1\nbàn ghế\t1\nnew york\t5\nlos angeles\t6\n";
        assert_eq!(words(&trained(counts, "", "")), ["học sinh", "los angeles"]);
    }

    #[test]
    fn segmented_text_counts_syllables_alone() {
        let text = "Em học_sinh đi , học 5 a1\n".repeat(10) + "học\n";
        let model = trained("", &text, "");
        assert_eq!(words(&model), ["em", "học", "đi"]);
        // 55, 50 and 50 of all.
        assert!(model.contains("học\t3548387097\n"), "{model}");
    }

    #[test]
    fn gold_text_has_the_last_word() {
        let counts = "anh em\t900\nanh hùng\t7\nngười anh\t1\n";
        let model = trained(counts, "", "");
        assert_eq!(cut(&model, "anh em đi"), "anh_em đi");
        let gold = "anh em đi\nông anh em về\nanh Hùng và anh_hùng\n".repeat(20);
        let model = trained(counts, "", &gold);
        assert_eq!(cut(&model, "anh em đi"), "anh em đi");
        assert_eq!(cut(&model, "có anh hùng"), "có anh_hùng");
        assert_eq!(cut(&model, "có anh Hùng"), "có anh Hùng");
    }

    #[test]
    fn other_gold_text_gives_way() {
        let mut trainer = WordTrainer::new();
        trainer.add_counts("con gái\t9\ncon trai\t9\n".as_bytes()).unwrap();
        let gold = |text: &str| read_gold(text.repeat(20).as_bytes()).unwrap();
        trainer.add_gold(&gold("hai con_gái\n"));
        trainer.add_other_gold(&gold("hai con gái\nhai con trai\n"));
        let mut model = Vec::new();
        trainer.finish().write(&mut model).unwrap();
        let model = String::from_utf8(model).unwrap();
        assert_eq!(cut(&model, "hai con gái hai con trai"), "hai con_gái hai con trai");
    }

    #[test]
    fn spellings_with_i_and_y_are_one_word() {
        let model = trained("quý hiếm\t9\nlí do\t9\n", "", "");
        assert_eq!(words(&model), ["lí do", "quí hiếm"]);
        assert_eq!(
            cut(&model, "quí hiếm, Quý hiếm, LÝ DO, lí do"),
            "quí_hiếm , Quý_hiếm , LÝ_DO , lí_do"
        );
    }

    #[test]
    fn the_order_of_the_data_makes_no_difference() {
        let lines = ["b c\t3\n", "a b\t2\n", "ă b\t9\n"];
        let gold = ["a_b c d\n", "ă b c\n", "Ông A_B , x\n"];
        let back = |lines: [&str; 3]| -> String { lines.iter().rev().copied().collect() };
        let model = trained(&lines.concat(), "x y_z\n", &gold.concat());
        assert_eq!(model, trained(&back(lines), "x y_z\n", &back(gold)));
    }

    #[test]
    fn errors_say_where() {
        for counts in ["học sinh\t2\nsinh viên\n", "học sinh\t2\nsinh viên\t-2\n"] {
            let error = WordTrainer::new().add_counts(counts.as_bytes()).unwrap_err();
            assert_eq!(error.to_string(), "line 2: no tab and count behind the word");
        }
        let error = WordTrainer::new().add_segmented(&b"\xFF"[..]).unwrap_err();
        assert_eq!(error.line(), 1);
    }
}
