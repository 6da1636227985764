//! Makes `data/background.tsv` again: how frequent words are in news.
//!
//! ```text
//! xzcat news.xz | cargo run --release -p corpus-stats --example derive_background > corpus-stats/data/background.tsv
//! ```
//!
//! Standard input is text, a sentence a line. Underscores count as blanks, so segmented text will
//! do: words are what `corpus-text` says they are, because keywords are compared with its words.
#![allow(clippy::print_stdout, reason = "a program's output")]

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::io::{self, BufRead as _};

use corpus_model::WordKind;
use corpus_text::Segmenter;

/// The table ends before this many bytes.
const MOST_BYTES: usize = 290_000;

fn main() -> Result<(), Box<dyn Error>> {
    let segmenter = Segmenter::built_in();
    let mut counts: HashMap<String, u64> = HashMap::new();
    let (mut words, mut key, mut total) = (Vec::new(), String::new(), 0_u64);
    for line in io::stdin().lock().lines() {
        let line = line?.replace('_', " ");
        words.clear();
        segmenter.words_into(&line, 0, &mut words);
        for word in words.iter().filter(|word| word.kind == WordKind::Word) {
            total += 1;
            corpus_text::key_into(&mut key, line.get(word.span.range()).unwrap_or_default());
            match counts.get_mut(&key) {
                Some(n) => *n += 1,
                None => drop(counts.insert(key.clone(), 1)),
            }
        }
    }
    // Numbers with their units are no words, and nothing is learned from single letters.
    counts.retain(|word, _| {
        word.chars().nth(1).is_some()
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '.'))
    });
    let mut ranked: Vec<(String, u64)> = counts.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut classes: BTreeMap<i32, Vec<String>> = BTreeMap::new();
    let mut bytes = 0;
    for (word, n) in ranked {
        bytes += word.len() + 1;
        if bytes > MOST_BYTES {
            break;
        }
        let half_bits = (-2.0 * (n as f64 / total as f64).log2()).round() as i32;
        classes.entry(half_bits).or_default().push(word);
    }
    for (half_bits, mut words) in classes {
        words.sort();
        println!("{half_bits}\t{}", words.join(","));
    }
    Ok(())
}
