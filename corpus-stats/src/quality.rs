//! Whether a text is worth keeping: the rules of Gopher, C4 and FineWeb, and our own for news.
//!
//! ```
//! use corpus_stats::quality::{Filter, Metric, Preset};
//!
//! let filter = Filter::new(&Preset::built_in("fineweb2-vie").unwrap());
//! let verdict = filter.judge("Mua ngay #nhà #đất #rẻ");
//! assert!(!verdict.keep());
//! assert_eq!(verdict.metric(Metric::Words), Some(5.0));
//! let reasons: Vec<String> = verdict.reasons.iter().map(|it| it.to_string()).collect();
//! assert_eq!(reasons[0], "top_2_gram 0.3636 > 0.223");
//! ```
//!
//! # What the rules are
//!
//! A [`Rule`] holds a [`Metric`] to one side of a threshold; a [`Preset`] is a list of rules with
//! their thresholds, as a plain file. A [`Filter`] measures a text by the definitions of
//! `datatrove` 0.10.1, whose filters made FineWeb-2, so that with the same thresholds it decides as
//! that pipeline does; words are what stands between white space. Where `datatrove` stops at the
//! first rule that is broken, a [`Verdict`] names them all, the first one first.
//!
//! The time is linear in the length of the text and in the number of rules about runs of words.

mod counts;
mod furniture;
mod grams;
mod marks;
mod measure;
mod preset;
mod rule;
mod words;

use std::fmt;

use corpus_model::Document;

pub use preset::{Preset, PresetError, PresetErrorKind};
pub use rule::{Bound, Metric, Rule};

use measure::Plan;

/// A preset made ready to judge texts; threads may share it.
#[derive(Clone, Debug)]
pub struct Filter {
    rules: Vec<(Rule, f64)>,
    plan: Plan,
    content_only: bool,
}

/// Whether a text is kept, and why not.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Verdict {
    /// The rules that the text breaks, in the order of the preset; none where it is kept.
    pub reasons: Vec<Reason>,
    /// What was measured: what the preset asks for, and what costs nothing beside it.
    pub metrics: Vec<(Metric, f64)>,
}

/// A rule that a text breaks.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Reason {
    /// The rule.
    pub rule: Rule,
    /// What the text measures.
    pub value: f64,
    /// What it may measure at most, or has to at least.
    pub threshold: f64,
}

impl Filter {
    /// A filter with the rules of a preset.
    pub fn new(preset: &Preset) -> Filter {
        Filter {
            rules: preset.rules().to_vec(),
            plan: Plan::new(preset),
            content_only: preset.content_only(),
        }
    }

    /// Measures a document by what the preset wants of it: its text, or its content, a block a
    /// line.
    pub fn judge_document(&self, document: &Document) -> Verdict {
        if !self.content_only {
            return self.judge(document.text());
        }
        let blocks = document.content().filter_map(|block| document.get(block.span));
        let mut text = String::with_capacity(document.text().len());
        for (place, block) in blocks.enumerate() {
            if place > 0 {
                text.push('\n');
            }
            text.push_str(block);
        }
        self.judge(&text)
    }

    /// Measures a text, all of it, and asks every rule.
    pub fn judge(&self, text: &str) -> Verdict {
        let metrics = self.plan.measure(text);
        let value = |metric| metrics.iter().find(|it| it.0 == metric).map_or(0.0, |it| it.1);
        let words = value(Metric::Words);
        if words < 1.0 {
            let reason = Reason { rule: Rule::EMPTY, value: words, threshold: 1.0 };
            return Verdict { reasons: vec![reason], metrics };
        }
        let reasons = self
            .rules
            .iter()
            .map(|&(rule, threshold)| Reason { rule, value: value(rule.metric), threshold })
            .filter(|reason| reason.rule.bound.is_broken(reason.value, reason.threshold))
            .collect();
        Verdict { reasons, metrics }
    }
}

impl Verdict {
    /// Whether the text breaks no rule.
    pub fn keep(&self) -> bool {
        self.reasons.is_empty()
    }

    /// What was measured of this.
    pub fn metric(&self, metric: Metric) -> Option<f64> {
        self.metrics.iter().find(|it| it.0 == metric).map(|it| it.1)
    }
}

/// The rule, the value and the threshold: `list_ratio 0.25 > 0.103`.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = (self.value * 1e4).round() / 1e4;
        write!(f, "{} {value} {} {}", self.rule, self.rule.bound.sign(), self.threshold)
    }
}

#[cfg(test)]
mod tests;
