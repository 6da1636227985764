//! What a text measures.

use std::cell::Cell;

use corpus_text::LanguageEvidence;
use rustc_hash::FxHashMap;

use super::counts::Counts;
use super::furniture::Furniture;
use super::grams::Runs;
use super::marks::{ends_line, is_letter, is_space, is_symbol, is_terminal};
use super::words::words;
use super::{Metric, Preset};
use crate::fold;

/// What a preset's rules need to know of a text, and how it is found out.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    metrics: Vec<Metric>,
    /// The stop words by the hash of [`Runs`].
    stop_words: FxHashMap<u64, usize>,
    longest_stop_word: usize,
    short_line: usize,
    paragraphs: bool,
    furniture: bool,
    language: bool,
    undecoded: bool,
}

/// The room in which texts are measured, kept by each thread.
#[derive(Debug, Default)]
struct Scratch {
    runs: Runs,
    lines: Counts,
    stop_words: Vec<bool>,
}

thread_local! {
    static SCRATCH: Cell<Option<Box<Scratch>>> = const { Cell::new(None) };
}

/// A text longer than that leaves its room behind.
const LONG: usize = 4 << 20;

impl Plan {
    pub(super) fn new(preset: &Preset) -> Plan {
        use Metric::*;
        let mut metrics = vec![Words, PlainWords, MeanWordLength, RepeatedLines, RepeatedLineChars];
        for &(rule, _) in preset.rules() {
            if matches!(rule.metric, TopGram(_) | RepeatedGrams(_)) {
                metrics.push(rule.metric);
            }
        }
        metrics.extend([PunctuatedLines, ShortLines, RepeatedChars, LinesPerWord]);
        metrics.extend([Hashes, Ellipses, BulletLines, EllipsisLines, LetteredWords]);
        metrics.extend([StopWords, LongestWord]);
        for &(rule, _) in preset.rules() {
            if !metrics.contains(&rule.metric) {
                metrics.push(rule.metric);
            }
        }
        let asks = |wanted: &[Metric]| preset.asks_for(|it| wanted.contains(&it));
        let words = preset.stop_words();
        Plan {
            metrics,
            stop_words: words.iter().enumerate().map(|(n, it)| (Runs::hash(it), n)).collect(),
            longest_stop_word: words.iter().map(String::len).max().unwrap_or(0),
            short_line: preset.short_line(),
            paragraphs: asks(&[RepeatedParagraphs, RepeatedParagraphChars]),
            furniture: asks(&[WholeSentences, FillerText, NoticeLines, Braces]),
            language: asks(&[VietnameseSyllables, MarkedSyllables]),
            undecoded: asks(&[UndecodedChars]),
        }
    }

    /// What the text measures, in the order of a preset's rules.
    pub(super) fn measure(&self, text: &str) -> Vec<(Metric, f64)> {
        let mut scratch = SCRATCH.take().unwrap_or_default();
        let Scratch { runs, lines, stop_words } = &mut *scratch;
        let all_chars = text.chars().count();
        let words = self.words(text, runs, stop_words);
        let found = self.lines(text, lines);
        let (dup_paragraphs, dup_paragraph_chars, paragraphs) = match self.paragraphs {
            true => repeated_paragraphs(text, lines),
            false => (0, 0, 0),
        };
        let furniture = if self.furniture { Furniture::of(text) } else { Furniture::default() };
        let evidence = match self.language {
            true => corpus_text::language(text).evidence,
            false => LanguageEvidence::default(),
        };
        let marked = f64::from(evidence.own_marks + evidence.shared_marks);
        let undecoded = if self.undecoded { text.matches('\u{fffd}').count() } else { 0 };
        let ellipses = count_dots(text) + text.matches('…').count();
        let hashes = count_byte(text, b'#');

        let measured = self
            .metrics
            .iter()
            .map(|&metric| {
                let value = match metric {
                    Metric::Words => words.n as f64,
                    Metric::PlainWords => words.plain as f64,
                    Metric::MeanWordLength => share(words.plain_chars, words.plain),
                    Metric::RepeatedParagraphs => share(dup_paragraphs, paragraphs),
                    Metric::RepeatedParagraphChars => share(dup_paragraph_chars, all_chars),
                    Metric::RepeatedLines => share(found.repeated, found.n),
                    Metric::RepeatedLineChars => share(found.repeated_chars, all_chars),
                    Metric::TopGram(n) => share(runs.top(n.into()), all_chars),
                    Metric::RepeatedGrams(n) => share(runs.repeated(n.into()), all_chars),
                    Metric::PunctuatedLines => share(found.punctuated, found.filled),
                    Metric::ShortLines => share(found.short, found.filled),
                    Metric::RepeatedChars => {
                        share(found.repeated_filled_chars, all_chars - found.feeds)
                    }
                    Metric::LinesPerWord => share(found.feeds, words.n),
                    Metric::Hashes => share(hashes, words.n),
                    Metric::Ellipses => share(ellipses, words.n),
                    Metric::BulletLines => share(found.bullets, found.lines),
                    Metric::EllipsisLines => share(found.ellipses, found.lines),
                    Metric::LetteredWords => share(words.lettered, words.n),
                    Metric::StopWords => words.stop_words as f64,
                    Metric::WholeSentences => furniture.sentences as f64,
                    Metric::FillerText => furniture.filler as f64,
                    Metric::Braces => share(furniture.braces, words.n),
                    Metric::NoticeLines => share(furniture.notices, found.filled),
                    Metric::LongestWord => words.longest as f64,
                    Metric::VietnameseSyllables => evidence.syllables(),
                    Metric::MarkedSyllables => {
                        marked / (marked + f64::from(evidence.without_marks)).max(1.0)
                    }
                    Metric::StoppedWords => share(words.stopped, words.n),
                    Metric::UndecodedChars => share(undecoded, all_chars),
                };
                (metric, value)
            })
            .collect();
        if text.len() > LONG {
            scratch.runs.shrink();
            scratch.lines = Counts::default();
        }
        SCRATCH.set(Some(scratch));
        measured
    }

    fn words(&self, text: &str, runs: &mut Runs, seen: &mut Vec<bool>) -> WordCounts {
        runs.clear();
        seen.clear();
        seen.resize(self.stop_words.len(), false);
        let mut counts = WordCounts::default();
        for (word, chars) in words(text) {
            let hash = runs.push(word.as_bytes(), chars);
            // Nearly every word has a letter of ASCII.
            let lettered =
                word.bytes().any(|byte| byte.is_ascii_alphabetic()) || word.chars().any(is_letter);
            counts.n += 1;
            counts.lettered += usize::from(lettered);
            counts.longest = counts.longest.max(chars);
            counts.stopped += usize::from(ends_sentence(word));
            // No letter is a symbol, so most words need no second look.
            if lettered || word.chars().any(|c| !is_symbol(c)) {
                counts.plain += 1;
                counts.plain_chars += chars;
            }
            if word.len() <= self.longest_stop_word
                && let Some(seen) =
                    self.stop_words.get(&hash).and_then(|&place| seen.get_mut(place))
            {
                *seen = true;
            }
        }
        counts.stop_words = seen.iter().filter(|seen| **seen).count();
        counts
    }

    fn lines(&self, text: &str, met: &mut Counts) -> LineCounts {
        let mut counts = LineCounts::default();
        met.clear(16);
        for line in text.split_inclusive('\n') {
            let fed = line.ends_with('\n');
            let line = line.strip_suffix('\n').unwrap_or(line);
            counts.feeds += usize::from(fed);
            counts.python_lines(line, fed);
            if line.is_empty() {
                continue;
            }
            let chars = line.chars().count();
            let filled = !line.trim_start_matches(is_space).is_empty();
            counts.n += 1;
            if met.add(fold::hash(line), 0).0 > 1 {
                counts.repeated += 1;
                counts.repeated_chars += chars;
                counts.repeated_filled_chars += if filled { chars } else { 0 };
            }
            if filled {
                counts.filled += 1;
                counts.short += usize::from(chars <= self.short_line);
                counts.punctuated += usize::from(line.ends_with(is_terminal));
            }
        }
        // Runs of line feeds part lines, so one at either end parts nothing from what follows.
        let (before, behind) = (text.starts_with('\n'), text.ends_with('\n'));
        counts.n += usize::from(before) + usize::from(behind);
        counts.repeated += usize::from(before && behind);
        counts
    }
}

/// Whether a word has a terminal mark at its end, or behind it only what closes a quotation.
fn ends_sentence(word: &str) -> bool {
    // A letter or digit at the end is told by its byte; that is nearly every word.
    if word.bytes().next_back().is_some_and(|byte| byte.is_ascii_alphanumeric()) {
        return false;
    }
    let closing = |c: char| matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']');
    word.trim_end_matches(closing).ends_with(|c| is_terminal(c) || c == '…')
}

/// A share of something; nothing has no parts.
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// How often a byte stands in a text.
fn count_byte(text: &str, wanted: u8) -> usize {
    // Sums of one byte are made many at a time.
    let sum = |part: &[u8]| part.iter().fold(0, |sum: u8, &it| sum + u8::from(it == wanted));
    text.as_bytes().chunks(255).map(|part| usize::from(sum(part))).sum()
}

/// How often `...` stands in a text, none overlapping another.
fn count_dots(text: &str) -> usize {
    let (mut rest, mut n) = (text, 0);
    while let Some(at) = rest.find('.') {
        let dots = rest.get(at..).unwrap_or_default();
        let found = dots.starts_with("...");
        n += usize::from(found);
        rest = dots.get(if found { 3 } else { 1 }..).unwrap_or_default();
    }
    n
}

/// The words of a text.
#[derive(Default)]
struct WordCounts {
    n: usize,
    plain: usize,
    plain_chars: usize,
    lettered: usize,
    stop_words: usize,
    longest: usize,
    stopped: usize,
}

/// The lines of a text.
#[derive(Default)]
struct LineCounts {
    feeds: usize,
    /// Lines where runs of line feeds part them.
    n: usize,
    repeated: usize,
    repeated_chars: usize,
    repeated_filled_chars: usize,
    /// Lines that are not blank.
    filled: usize,
    short: usize,
    punctuated: usize,
    /// Lines where whatever Python knows parts them, blank ones among them.
    lines: usize,
    bullets: usize,
    ellipses: usize,
}

impl LineCounts {
    /// Counts what stands in front of a line feed, or behind the last one, as `splitlines` would.
    fn python_lines(&mut self, line: &str, fed: bool) {
        // Vertical tabs and their like are rare; only a byte that one begins with is looked into.
        let rare = |byte: u8| matches!(byte, 0x0b..=0x0d | 0x1c..=0x1e | 0xc2 | 0xe2);
        // All bytes are asked, not those up to the first that is rare: that is many at a time.
        if !line.bytes().fold(false, |any, byte| any | rare(byte)) {
            self.python_line(line);
            return;
        }
        let line = if fed { line.strip_suffix('\r').unwrap_or(line) } else { line };
        let mut parts = line.split(ends_line).peekable();
        while let Some(part) = parts.next() {
            // Behind the last separator a line begins only where something follows.
            if fed || !part.is_empty() || parts.peek().is_some() {
                self.python_line(part);
            }
        }
    }

    fn python_line(&mut self, line: &str) {
        self.lines += 1;
        let begun = line.trim_start_matches(is_space);
        self.bullets += usize::from(begun.starts_with(['•', '-']));
        let ended = begun.trim_end_matches(is_space);
        self.ellipses += usize::from(ended.ends_with("...") || ended.ends_with('…'));
    }
}

/// How many paragraphs repeat an earlier one, how many characters they have, and how many there are.
fn repeated_paragraphs(text: &str, met: &mut Counts) -> (usize, usize, usize) {
    met.clear(16);
    let (mut repeated, mut chars, mut n) = (0, 0, 0);
    let mut rest = text.trim_matches(is_space);
    loop {
        let (paragraph, behind) = rest.split_once("\n\n").unwrap_or((rest, ""));
        n += 1;
        if met.add(fold::hash(paragraph), 0).0 > 1 {
            repeated += 1;
            chars += paragraph.chars().count();
        }
        rest = behind.trim_start_matches('\n');
        if rest.is_empty() {
            return (repeated, chars, n);
        }
    }
}
