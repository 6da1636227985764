//! Scores against gold data, with floors that only rise; skipped where the data is not at hand.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test")]

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::BufReader;

use corpus_text::evaluate::{SentenceScores, WordScores, paragraphs};
use corpus_text::{
    GoldSentence, Segmenter, possible_syllables, read_gold, sentences, slug, syllables,
};

const DEV: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/wordseg/vtb/dev.conllu");
const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/seeds");

/// The gold sentences, or none if the file is not there.
fn gold() -> Option<Vec<GoldSentence>> {
    let Ok(file) = File::open(DEV) else {
        eprintln!("skipped: no {DEV}");
        return None;
    };
    Some(read_gold(BufReader::new(file)).unwrap())
}

#[test]
fn words_of_ud_dev() {
    let Some(gold) = gold() else { return };
    let mut scores = WordScores::default();
    for sentence in &gold {
        let words = Segmenter::built_in().words(sentence.text());
        scores.add(sentence, words.iter().map(|it| it.span));
    }
    let score = 100.0 * scores.all().f1();
    eprintln!("words of UD dev: F1 {score:.2}");
    assert!(score >= 97.0, "{score}");
}

#[test]
fn sentences_of_ud_dev() {
    let Some(gold) = gold() else { return };
    let mut scores = SentenceScores::default();
    for paragraph in paragraphs(&gold, 20) {
        scores.add(paragraph, |text| sentences(text).map(|it| it.span).collect::<Vec<_>>());
    }
    let score = 100.0 * scores.boundaries().f1();
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
    for text in gold.iter().map(GoldSentence::text) {
        for syllable in syllables(text) {
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
