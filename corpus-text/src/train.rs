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
//! The result depends on the data alone, not on the order of files or on the machine.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};

use rustc_hash::FxHashMap;
use thiserror::Error;

use crate::lexicon::MOST_SYLLABLES;
use crate::{GoldSentence, key_into, letter, parse_syllable};

/// How much more text the counts are from than the segmented text has.
const SCALE: u64 = 5;
/// How many times a sighting in gold text counts.
const GOLD_WEIGHT: u64 = 40;
/// Words that gold text splits so often, and more than twice as often as it joins them, are left
/// out.
const FEWEST_APART: u64 = 2;
/// Words of several syllables counted less often are left out.
const FEWEST: u64 = 2;
/// The same for words with a part that no Vietnamese syllable is spelled like.
const FEWEST_FOREIGN: u64 = 6;
/// Single syllables seen less often in segmented text are left out.
const FEWEST_SINGLE: u64 = 10;
/// So many words that stand side by side in gold text are no word together.
const MOST_APART: usize = 4;

/// Gathers what a lexicon is made from.
///
/// Counts tell which words of several syllables there are, text segmented by a program how often
/// syllables stand alone, and gold text corrects both.
#[derive(Clone, Debug, Default)]
pub struct WordTrainer {
    counts: BTreeMap<String, u64>,
    singles: FxHashMap<Box<str>, u64>,
    joined: BTreeMap<String, u64>,
    apart: BTreeMap<String, u64>,
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
        let mut buffer = String::new();
        each_line(input, |line| {
            let Some((word, count)) = line.split_once('\t') else {
                return Err(TrainErrorKind::Count);
            };
            let count: u64 = count.trim().parse().map_err(|_| TrainErrorKind::Count)?;
            key_into(&mut buffer, word);
            add(&mut self.counts, &buffer, count);
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
        let mut buffer = String::new();
        each_line(input, |line| {
            for word in line.split(' ').filter(|word| is_word(word)) {
                key_into(&mut buffer, word);
                match self.singles.get_mut(buffer.as_str()) {
                    Some(count) => *count += 1,
                    None => _ = self.singles.insert(buffer.as_str().into(), 1),
                }
            }
            Ok(())
        })
    }

    /// Adds sentences segmented by people.
    pub fn add_gold(&mut self, gold: &[GoldSentence]) {
        let mut buffer = String::new();
        for sentence in gold {
            let words: Vec<&str> = sentence.words().collect();
            for run in words.split(|word| !is_word_of_several(word)) {
                for word in run {
                    key_into(&mut buffer, word);
                    add(&mut self.joined, &buffer, 1);
                }
                // A name behind a word, as in `anh Hùng`, says nothing of `anh hùng`.
                let lower = |word: &&str| word.starts_with(char::is_lowercase);
                for words in (2..=MOST_APART).flat_map(|n| run.windows(n)) {
                    if words.iter().skip(1).all(lower) {
                        key_into(&mut buffer, &words.join(" "));
                        add(&mut self.apart, &buffer, 1);
                    }
                }
            }
        }
    }

    /// The lexicon of all that was added.
    pub fn finish(self) -> TrainedWords {
        let WordTrainer { mut counts, mut singles, joined, apart } = self;
        counts.retain(|word, count| {
            let is_native = word.split(' ').all(|it| parse_syllable(it).is_some());
            *count >= if is_native { FEWEST } else { FEWEST_FOREIGN }
        });
        singles.retain(|_, count| *count >= FEWEST_SINGLE);
        counts.extend(singles.into_iter().map(|(word, count)| (word.into(), count * SCALE)));
        let seen = |table: &BTreeMap<String, u64>, word: &str| table.get(word).map_or(0, |&n| n);
        // What people keep apart no program has any business to join.
        counts.retain(|word, _| {
            let n_apart = seen(&apart, word);
            n_apart < FEWEST_APART || n_apart <= 2 * seen(&joined, word)
        });
        for (word, n) in joined {
            if !word.contains(' ') || seen(&apart, &word) <= 2 * n {
                *counts.entry(word).or_default() += n * GOLD_WEIGHT;
            }
        }
        TrainedWords { counts }
    }
}

/// A lexicon that can be written down.
#[derive(Clone, Debug, Default)]
pub struct TrainedWords {
    counts: BTreeMap<String, u64>,
}

impl TrainedWords {
    /// How many words there are.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Writes it as [`Lexicon::read`](crate::Lexicon::read) reads it, in the order of bytes.
    ///
    /// # Errors
    ///
    /// Those of the output.
    pub fn write(&self, mut output: impl Write) -> io::Result<()> {
        for (word, count) in &self.counts {
            writeln!(output, "{word}\t{count}")?;
        }
        Ok(())
    }
}

fn add(counts: &mut BTreeMap<String, u64>, word: &str, count: u64) {
    match counts.get_mut(word) {
        Some(sum) => *sum += count,
        None => _ = counts.insert(word.to_owned(), count),
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

/// Whether a word is one run of letters.
fn is_word(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_alphabetic() || letter::is_mark(c))
}

/// Whether a word is made of letters and blanks only, and not too long for a lexicon.
fn is_word_of_several(word: &str) -> bool {
    word.split(' ').count() <= MOST_SYLLABLES && word.split(' ').all(is_word)
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
    use super::*;
    use crate::read_gold;

    fn trained(counts: &str, segmented: &str, gold: &str) -> String {
        let mut trainer = WordTrainer::new();
        trainer.add_counts(counts.as_bytes()).unwrap();
        trainer.add_segmented(segmented.as_bytes()).unwrap();
        trainer.add_gold(&read_gold(gold.as_bytes()).unwrap());
        let mut model = Vec::new();
        trainer.finish().write(&mut model).unwrap();
        String::from_utf8(model).unwrap()
    }

    #[test]
    fn counts_are_kept_if_seen_often_enough() {
        let counts = "học sinh\t5\nHọc Sinh\t1\nbàn ghế\t1\nnew york\t5\nlos angeles\t6\n";
        assert_eq!(trained(counts, "", ""), "học sinh\t6\nlos angeles\t6\n");
    }

    #[test]
    fn segmented_text_counts_syllables_alone() {
        let text = "Em học_sinh đi , học 5 a1\n".repeat(10) + "học\n";
        assert_eq!(trained("", &text, ""), "em\t50\nhọc\t55\nđi\t50\n");
    }

    #[test]
    fn gold_text_has_the_last_word() {
        let gold = "anh em đi\nông anh em về\nanh Hùng và anh_hùng\n";
        let model = trained("anh em\t90\nanh hùng\t7\n", "", gold);
        // `anh em` was kept apart twice and never joined.
        assert!(!model.contains("anh em\t"), "{model}");
        assert!(model.contains("anh hùng\t47\n"), "{model}");
        assert!(model.contains("anh\t120\n"), "{model}");
    }

    #[test]
    fn the_order_of_the_data_makes_no_difference() {
        let lines = ["b c\t3\n", "a b\t2\n", "ă b\t9\n"];
        let back: String = lines.iter().rev().copied().collect();
        assert_eq!(trained(&lines.concat(), "x y_z\n", ""), trained(&back, "x y_z\n", ""));
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
