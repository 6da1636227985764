//! Makes `data/background.tsv` again: how frequent words are in news.
//!
//! ```text
//! xzcat news.seg.xz | cargo run --release -p corpus-stats --example derive_background -- words.tsv > corpus-stats/data/background.tsv
//! ```
//!
//! Standard input is segmented text: words parted by blanks, the syllables of a word joined by
//! `_`. `words.tsv` counts words of several syllables in a larger corpus of the same kind; the
//! text then settles the words of one syllable, and how many words the larger corpus has.
#![allow(clippy::print_stdout, reason = "a program's output")]

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::io::{self, BufRead as _};
use std::{env, fs};

/// The table ends before this many bytes.
const MOST_BYTES: usize = 290_000;

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).ok_or("the table of words of several syllables is missing")?;
    let mut single: HashMap<String, f64> = HashMap::new();
    let (mut words, mut compounds) = (0.0, 0.0);
    for line in io::stdin().lock().lines() {
        for word in line?.split_whitespace().filter(|it| it.contains(char::is_alphabetic)) {
            words += 1.0;
            match word.contains('_') {
                true => compounds += 1.0,
                false => *single.entry(corpus_text::key(word).into_owned()).or_default() += 1.0,
            }
        }
    }
    let mut counts: HashMap<String, f64> = HashMap::new();
    for line in fs::read_to_string(path)?.lines() {
        let (word, n) = line.split_once('\t').ok_or("a line without a tab")?;
        *counts.entry(corpus_text::key(word).into_owned()).or_default() += n.parse::<f64>()?;
    }
    // The two sources meet in the words of several syllables, which both count.
    let scale = counts.values().sum::<f64>() / compounds;
    for (word, n) in single {
        *counts.entry(word).or_default() += n * scale;
    }

    // Numbers with their units are no words, and nothing is learned from single letters.
    counts.retain(|word, _| {
        word.chars().nth(1).is_some()
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '.'))
    });
    let mut ranked: Vec<(String, f64)> = counts.into_iter().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut classes: BTreeMap<i32, Vec<String>> = BTreeMap::new();
    let mut bytes = 0;
    for (word, n) in ranked {
        bytes += word.len() + 1;
        if bytes > MOST_BYTES {
            break;
        }
        let half_bits = (-2.0 * (n / (words * scale)).log2()).round() as i32;
        classes.entry(half_bits).or_default().push(word);
    }
    for (half_bits, mut words) in classes {
        words.sort();
        println!("{half_bits}\t{}", words.join(","));
    }
    Ok(())
}
