//! Scores against gold data, with floors that only rise; skipped where the data is not at hand.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test")]

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::BufReader;

use corpus_text::evaluate::{SentenceScores, WordScores, paragraphs};
use corpus_text::train::WordTrainer;
use corpus_text::{
    GoldSentence, Lexicon, Segmenter, possible_syllables, read_gold, sentences, slug, syllables,
};

const DEV: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/wordseg/vtb/dev.conllu");
const TRAIN: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/wordseg/vtb/train.conllu");
const NEWS: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/wordseg/news2004/train.txt");
const COUNTS: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/wordseg/silver/words-312mb.tsv");
const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/seeds");

/// The gold sentences, or none if the file is not there.
fn gold(path: &str) -> Option<Vec<GoldSentence>> {
    let Ok(file) = File::open(path) else {
        eprintln!("skipped: no {path}");
        return None;
    };
    Some(read_gold(BufReader::new(file)).unwrap())
}

fn word_f1(segmenter: &Segmenter, gold: &[GoldSentence]) -> f64 {
    let mut scores = WordScores::default();
    for sentence in gold {
        let words = segmenter.words(sentence.text());
        scores.add(sentence, words.iter().map(|it| it.span));
    }
    100.0 * scores.all().f1()
}

#[test]
fn words_of_ud_dev() {
    let Some(gold) = gold(DEV) else { return };
    let score = word_f1(Segmenter::built_in(), &gold);
    eprintln!("words of UD dev, which the lexicon was fitted to: F1 {score:.2}");
    assert!(score >= 98.8, "{score}");
}

#[test]
fn words_of_ud_dev_unseen() {
    let (Some(train), Some(news), Some(dev)) = (gold(TRAIN), gold(NEWS), gold(DEV)) else { return };
    let Ok(counts) = File::open(COUNTS) else { return };
    let mut trainer = WordTrainer::new();
    trainer.add_gold(&train);
    trainer.add_other_gold(&news);
    let f1 = |trainer: WordTrainer| {
        let mut model = Vec::new();
        trainer.finish().write(&mut model).unwrap();
        word_f1(&Segmenter::new(Lexicon::read(model.as_slice()).unwrap()), &dev)
    };
    let gold_only = f1(trainer.clone());
    trainer.add_counts(BufReader::new(counts)).unwrap();
    let with_counts = f1(trainer);
    eprintln!("words of UD dev: F1 {gold_only:.2} from gold text, {with_counts:.2} with counts");
    assert!(gold_only >= 91.0 && with_counts >= 97.2, "{gold_only} {with_counts}");
}

#[test]
fn sentences_of_ud_dev() {
    let Some(gold) = gold(DEV) else { return };
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
    let Some(gold) = gold(DEV) else { return };
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
