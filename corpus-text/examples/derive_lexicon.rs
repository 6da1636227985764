//! Makes `data/words/lexicon.tsv` from segmented text; `data/words/README.md` has the command.
//!
//! ```text
//! derive_lexicon WORDS.tsv GOLD… < SILVER > LEXICON
//! ```
//!
//! `WORDS.tsv` holds words of several syllables with counts, a tab between. `SILVER` and the files
//! `GOLD` hold one sentence a line, words separated by blanks and syllables by `_`, or CoNLL-U
//! (`.conllu`). Single syllables are counted in the silver text and brought to the scale of the
//! words, which are from more of it.

#![allow(clippy::print_stdout, reason = "a program, not a library")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::io::{self, BufRead, Write};

use corpus_text::key;

/// How much more text the list of words was counted in than the silver text has.
const SCALE: u64 = 5;
/// How many times a sighting in gold text counts.
const GOLD_WEIGHT: u64 = 40;
/// Words of several syllables seen less often, by the teacher alone, are left out.
const FEWEST: u64 = 2;
/// Single syllables seen less often are left out.
const FEWEST_SINGLE: u64 = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let words = args.next().ok_or("usage: derive_lexicon WORDS.tsv GOLD... < SILVER")?;
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for line in fs::read_to_string(words)?.lines() {
        if let Some((word, count)) = line.split_once('\t') {
            *counts.entry(key(word).into_owned()).or_default() += count.parse::<u64>()?;
        }
    }
    counts.retain(|_, count| *count >= FEWEST);

    let mut singles: BTreeMap<String, u64> = BTreeMap::new();
    for line in io::stdin().lock().lines() {
        for word in line?.split(' ').filter(|word| is_word(word) && !word.contains('_')) {
            *singles.entry(key(word).into_owned()).or_default() += 1;
        }
    }
    singles.retain(|_, count| *count >= FEWEST_SINGLE);
    counts.extend(singles.into_iter().map(|(word, count)| (word, count * SCALE)));

    let mut seen = BTreeSet::new();
    for path in args {
        let text = fs::read_to_string(&path)?;
        for word in gold_words(&text, path.ends_with(".conllu")) {
            *counts.entry(word.clone()).or_default() += GOLD_WEIGHT;
            seen.insert(word);
        }
    }

    let mut sorted: Vec<(String, u64)> = counts.into_iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (word, count) in sorted {
        writeln!(out, "{word}\t{count}")?;
    }
    Ok(out.flush()?)
}

/// The words of gold text as keys.
fn gold_words(text: &str, conllu: bool) -> Vec<String> {
    let spelled: Vec<String> = if conllu {
        let word = |line: &str| {
            let mut cells = line.split('\t');
            let is_word = cells.next()?.bytes().all(|byte| byte.is_ascii_digit());
            cells.next().filter(|_| is_word && !line.is_empty()).map(|it| it.replace(' ', "_"))
        };
        text.lines().filter_map(word).collect()
    } else {
        text.split_whitespace().map(str::to_string).collect()
    };
    let words = spelled.iter().filter(|word| is_word(word));
    words.map(|word| key(&word.replace('_', " ")).into_owned()).collect()
}

/// Whether a word is made of letters only, eight syllables at most.
fn is_word(word: &str) -> bool {
    word.split('_').count() <= 8
        && word.split('_').all(|it| !it.is_empty() && it.chars().all(is_letter))
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36F}')
}
