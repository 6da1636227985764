//! Makes `data/news-words.tsv` and `data/news-syllables.tsv` again: how frequent words and syllables
//! are in news.
//!
//! ```text
//! xzcat news.xz | cargo run --release -p corpus-stats --example derive_background words > corpus-stats/data/news-words.tsv
//! xzcat news.xz | cargo run --release -p corpus-stats --example derive_background syllables > corpus-stats/data/news-syllables.tsv
//! ```
//!
//! Standard input is text, a sentence a line. Underscores count as blanks, so segmented text will
//! do: words are what `corpus-text` says they are, because the tables are compared with its words.
#![allow(clippy::print_stdout, reason = "a program's output")]

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::io::{self, BufRead as _};

use corpus_model::WordKind;
use corpus_text::Segmenter;

/// The tables end before this many bytes of words.
const MOST_BYTES: [(&str, usize); 2] = [("words", 290_000), ("syllables", 50_000)];

fn main() -> Result<(), Box<dyn Error>> {
    let unit = std::env::args().nth(1).unwrap_or_else(|| "words".to_owned());
    let (_, most) = MOST_BYTES.into_iter().find(|it| it.0 == unit).ok_or("words or syllables?")?;
    let segmenter = Segmenter::built_in();
    let mut counts: HashMap<String, u64> = HashMap::new();
    let (mut words, mut key, mut total) = (Vec::new(), String::new(), 0_u64);
    for line in io::stdin().lock().lines() {
        let line = line?.replace('_', " ");
        words.clear();
        match unit.as_str() {
            "words" => segmenter.words_into(&line, 0, &mut words),
            _ => corpus_stats::syllables_into(&line, 0, &mut words),
        }
        let counted =
            words.iter().filter(|it| !matches!(it.kind, WordKind::Punctuation | WordKind::Other));
        for word in counted {
            total += 1;
            corpus_text::key_into(&mut key, line.get(word.span.range()).unwrap_or_default());
            match counts.get_mut(&key) {
                Some(n) => *n += 1,
                None => drop(counts.insert(key.clone(), 1)),
            }
        }
    }
    // What is no word of letters was counted for the total only.
    counts.retain(|word, _| corpus_stats::is_letters(word));
    let mut ranked: Vec<(String, u64)> = counts.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut classes: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    let mut bytes = 0;
    for (word, n) in ranked {
        bytes += word.len() + 1;
        if bytes > most {
            break;
        }
        classes.entry(n).or_default().push(word);
    }
    println!("{total}\t");
    for (count, words) in classes.into_iter().rev() {
        println!("{count}\t{}", words.join(","));
    }
    Ok(())
}
