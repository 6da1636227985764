//! Scores against gold data, with floors that only rise; skipped where the data is not at hand.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test")]

use std::collections::HashSet;
use std::fs;

use corpus_text::{Segmenter, possible_syllables, sentences, slug, syllables};

const DEV: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/wordseg/vtb/dev.conllu");
const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/seeds");

/// The gold words of each sentence, or none if the file is not there.
fn gold() -> Option<Vec<Vec<String>>> {
    let Ok(text) = fs::read_to_string(DEV) else {
        eprintln!("skipped: no {DEV}");
        return None;
    };
    let word = |line: &str| {
        let mut cells = line.split('\t');
        let is_word = cells.next()?.bytes().all(|byte| byte.is_ascii_digit());
        cells.next().filter(|_| is_word).map(str::to_string)
    };
    let sentences = text.split("\n\n").map(|it| it.lines().filter_map(word).collect());
    Some(sentences.filter(|words: &Vec<String>| !words.is_empty()).collect())
}

/// Joins words as a newspaper would print them; the corpus has a blank in front of every mark.
fn printed(words: &[String]) -> String {
    let mut text = String::new();
    let mut glue = true;
    let mut quoted = false;
    for word in words {
        let closes = matches!(
            word.as_str(),
            "." | "," | ";" | ":" | "?" | "!" | "..." | "…" | ")" | "]" | "}" | "”" | "’" | "%"
        ) || (word == "\"" && quoted);
        if !glue && !closes {
            text.push(' ');
        }
        text += word;
        glue = matches!(word.as_str(), "(" | "[" | "{" | "“" | "‘") || (word == "\"" && !quoted);
        quoted ^= word == "\"";
    }
    text
}

/// The ends of parts, counted in characters that are no white space.
fn ends<'t>(parts: impl IntoIterator<Item = &'t str>) -> Vec<usize> {
    let mut end = 0;
    let length = |part: &str| part.chars().filter(|c| !c.is_whitespace()).count();
    parts
        .into_iter()
        .map(|part| {
            end += length(part);
            end
        })
        .collect()
}

fn f1(right: usize, found: usize, wanted: usize) -> f64 {
    200.0 * right as f64 / (found + wanted) as f64
}

#[test]
fn words_of_ud_dev() {
    let Some(gold) = gold() else { return };
    let segmenter = Segmenter::built_in();
    let (mut right, mut found, mut wanted) = (0, 0, 0);
    for words in &gold {
        let text = printed(words);
        let spans = |ends: Vec<usize>| -> HashSet<(usize, usize)> {
            [0].iter().chain(&ends).copied().zip(ends.iter().copied()).collect()
        };
        let gold = spans(ends(words.iter().map(String::as_str)));
        let cut = segmenter.words(&text);
        let cut = spans(ends(cut.iter().map(|it| &text[it.span.range()])));
        right += gold.intersection(&cut).count();
        found += cut.len();
        wanted += gold.len();
    }
    let score = f1(right, found, wanted);
    eprintln!("words of UD dev: F1 {score:.2}");
    assert!(score >= 97.0, "{score}");
}

#[test]
fn sentences_of_ud_dev() {
    let Some(gold) = gold() else { return };
    let (mut right, mut found, mut wanted) = (0, 0, 0);
    for paragraph in gold.chunks(20) {
        let printed: Vec<String> = paragraph.iter().map(|words| printed(words)).collect();
        let text = printed.join(" ");
        let mut gold = ends(printed.iter().map(String::as_str));
        let mut cut = ends(sentences(&text).map(|it| &text[it.span.range()]));
        // The end of the paragraph is given.
        assert_eq!(gold.pop(), cut.pop());
        let gold: HashSet<usize> = gold.into_iter().collect();
        right += cut.iter().filter(|end| gold.contains(end)).count();
        found += cut.len();
        wanted += gold.len();
    }
    let score = f1(right, found, wanted);
    eprintln!("sentences of UD dev: F1 {score:.2}");
    assert!(score >= 99.3, "{score}");
}

#[test]
fn slugs_of_the_seeds() {
    let Ok(files) = fs::read_dir(SEEDS) else {
        eprintln!("skipped: no {SEEDS}");
        return;
    };
    let mut n = 0;
    for file in files {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let mut lines = text.lines();
        let Some(address) = lines.next().filter(|line| line.starts_with("http")) else { continue };
        let title = lines.nth(1).unwrap();
        assert_eq!(slug(title), address.split('/').nth(3).unwrap());
        n += 1;
    }
    assert_eq!(n, 3);
}

#[test]
fn the_grammar_covers_running_text() {
    let Some(gold) = gold() else { return };
    let possible: HashSet<String> = possible_syllables().collect();
    let (mut known, mut all) = (0, 0);
    for words in &gold {
        let text = printed(words);
        for syllable in syllables(&text) {
            let spelled = &text[syllable.span.range()];
            all += 1;
            known += usize::from(syllable.parts.is_some());
            if syllable.parts.is_some() {
                assert!(possible.contains(&*corpus_text::key(spelled)), "{spelled}");
            }
        }
    }
    let share = known as f64 / all as f64;
    eprintln!("possible syllables: {:.2} %", 100.0 * share);
    assert!(share > 0.97, "{share}");
}
