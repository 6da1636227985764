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

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::{self, BufRead, Write};

use corpus_text::{key, parse_syllable};

/// How much more text the list of words was counted in than the silver text has.
const SCALE: u64 = 5;
/// How many times a sighting in gold text counts.
const GOLD_WEIGHT: u64 = 40;
/// Words that gold text splits so often, and more than twice as often as it joins them, are left
/// out.
const FEWEST_APART: u64 = 2;
/// Words of several syllables seen less often, by the teacher alone, are left out.
const FEWEST: u64 = 2;
/// The same for words with a part that no Vietnamese syllable is spelled like.
const FEWEST_FOREIGN: u64 = 6;
/// Single syllables seen less often are left out.
const FEWEST_SINGLE: u64 = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let words = args.next().ok_or("usage: derive_lexicon WORDS.tsv GOLD... < SILVER")?;
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for line in fs::read_to_string(words)?.lines() {
        if let Some((word, count)) = line.split_once('\t') {
            *counts.entry(key(word).into_owned()).or_default() += count.parse::<u64>()?;
        }
    }
    counts.retain(|word, count| {
        let is_native = word.split(' ').all(|it| parse_syllable(it).is_some());
        *count >= if is_native { FEWEST } else { FEWEST_FOREIGN }
    });

    let mut singles: BTreeMap<String, u64> = BTreeMap::new();
    for line in io::stdin().lock().lines() {
        for word in line?.split(' ').filter(|word| is_word(word) && !word.contains('_')) {
            *singles.entry(key(word).into_owned()).or_default() += 1;
        }
    }
    singles.retain(|_, count| *count >= FEWEST_SINGLE);
    counts.extend(singles.into_iter().map(|(word, count)| (word, count * SCALE)));

    let mut joined: BTreeMap<String, u64> = BTreeMap::new();
    let mut apart: BTreeMap<String, u64> = BTreeMap::new();
    for path in args {
        let text = fs::read_to_string(&path)?;
        for sentence in gold_sentences(&text, path.ends_with(".conllu")) {
            for run in sentence.split(|word| !is_word(word)) {
                for word in run {
                    *joined.entry(gold_key(word)).or_default() += 1;
                }
                // A name behind a word, as in `anh Hùng`, says nothing of `anh hùng`.
                let lower = |word: &String| word.starts_with(char::is_lowercase);
                for words in (2..=4).flat_map(|n| run.windows(n)) {
                    if words.iter().skip(1).all(lower) {
                        *apart.entry(gold_key(&words.join("_"))).or_default() += 1;
                    }
                }
            }
        }
    }
    // What people keep apart the teacher has no business to join.
    counts.retain(|word, _| {
        let n_apart = apart.get(word).copied().unwrap_or_default();
        let n_joined = joined.get(word).copied().unwrap_or_default();
        n_apart < FEWEST_APART || n_apart <= 2 * n_joined
    });
    for (word, n) in joined {
        let n_apart = apart.get(&word).copied().unwrap_or_default();
        if n_apart <= 2 * n || !word.contains(' ') {
            *counts.entry(word).or_default() += n * GOLD_WEIGHT;
        }
    }

    let mut out = io::BufWriter::new(io::stdout().lock());
    for (word, count) in counts {
        writeln!(out, "{word}\t{count}")?;
    }
    Ok(out.flush()?)
}

/// The sentences of gold text as words with `_` between syllables.
fn gold_sentences(text: &str, conllu: bool) -> Vec<Vec<String>> {
    if !conllu {
        let words = |line: &str| line.split_whitespace().map(str::to_string).collect();
        return text.lines().map(words).collect();
    }
    let word = |line: &str| {
        let mut cells = line.split('\t');
        let is_word = cells.next()?.bytes().all(|byte| byte.is_ascii_digit());
        cells.next().filter(|_| is_word).map(|it| it.replace(' ', "_"))
    };
    text.split("\n\n").map(|sentence| sentence.lines().filter_map(word).collect()).collect()
}

/// The key of a word with `_` between its syllables.
fn gold_key(word: &str) -> String {
    key(&word.replace('_', " ")).into_owned()
}

/// Whether a word is made of letters only, eight syllables at most.
fn is_word(word: &str) -> bool {
    word.split('_').count() <= 8
        && word.split('_').all(|it| !it.is_empty() && it.chars().all(is_letter))
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36F}')
}
