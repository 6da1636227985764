//! [`Preset`]: rules with their thresholds, as a file holds them.

use std::fmt;

use crate::quality::{Metric, Rule};

/// Rules with their thresholds, in the order in which reasons are told, and what the rules need to
/// know.
///
/// A preset is a text: a rule, a tab (or blanks) and its threshold a line; `stop_words` with the
/// words, `short_line` with the length of a line that is short, and `measure` with `text` or
/// `content`: whether a document is judged by all of its text or by what its author wrote, the
/// address, bylines, links and page furniture left out. Lines may be blank, and what begins with
/// `#` is a remark.
///
/// ```
/// use corpus_stats::quality::Preset;
///
/// let preset = Preset::parse("gopher_short_doc 20\nnot_vietnamese 0.5\n").unwrap();
/// assert_eq!(preset.rules().len(), 2);
///
/// let error = Preset::parse("gopher_short_doc many").unwrap_err();
/// assert_eq!(error.to_string(), "line 1: \"many\" is no threshold for gopher_short_doc");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Preset {
    rules: Vec<(Rule, f64)>,
    stop_words: Vec<String>,
    short_line: usize,
    content_only: bool,
}

/// What a line has at most to be short, unless a preset says something else: FineWeb's length.
const SHORT_LINE: usize = 30;

/// The presets that come with the crate.
const BUILT_IN: [(&str, &str); 2] = [
    ("fineweb2-vie", include_str!("../../data/quality/fineweb2-vie.tsv")),
    ("news", include_str!("../../data/quality/news.tsv")),
];

impl Preset {
    /// The names of the presets that come with the crate.
    pub const NAMES: [&'static str; BUILT_IN.len()] = [BUILT_IN[0].0, BUILT_IN[1].0];

    /// The preset of this name: `fineweb2-vie` has FineWeb-2's thresholds for web pages, `news`
    /// has our own for collections of news articles.
    pub fn built_in(name: &str) -> Option<Preset> {
        Preset::text(name).and_then(|text| Preset::parse(text).ok())
    }

    /// The preset of this name as a text, to begin an own one with.
    pub fn text(name: &str) -> Option<&'static str> {
        BUILT_IN.iter().find(|row| row.0 == name).map(|row| row.1)
    }

    /// Reads a preset.
    pub fn parse(text: &str) -> Result<Preset, PresetError> {
        let mut preset = Preset {
            rules: Vec::new(),
            stop_words: Vec::new(),
            short_line: SHORT_LINE,
            content_only: false,
        };
        for (place, line) in text.lines().enumerate() {
            let line = line.trim().trim_start_matches('\u{feff}');
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let fail = |kind| PresetError { line: place + 1, kind };
            let (name, value) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let value = value.trim();
            let wrong = || fail(PresetErrorKind::Threshold(name.to_owned(), value.to_owned()));
            match name {
                "stop_words" => preset.stop_words.extend(value.split_whitespace().map(Into::into)),
                "short_line" => preset.short_line = value.parse().map_err(|_| wrong())?,
                "measure" => {
                    preset.content_only = match value {
                        "content" => true,
                        "text" => false,
                        _ => return Err(wrong()),
                    }
                }
                _ => {
                    let rule = Rule::from_name(name)
                        .ok_or_else(|| fail(PresetErrorKind::Rule(name.to_owned())))?;
                    let threshold: f64 = value.parse().map_err(|_| wrong())?;
                    if !threshold.is_finite() {
                        return Err(wrong());
                    }
                    if preset.rules.iter().any(|(other, _)| *other == rule) {
                        return Err(fail(PresetErrorKind::Twice(name.to_owned())));
                    }
                    preset.rules.push((rule, threshold));
                }
            }
        }
        preset.stop_words.sort_unstable();
        preset.stop_words.dedup();
        Ok(preset)
    }

    /// The rules with their thresholds.
    pub fn rules(&self) -> &[(Rule, f64)] {
        &self.rules
    }

    /// The stop words, sorted, each once.
    pub fn stop_words(&self) -> &[String] {
        &self.stop_words
    }

    /// How many characters a line has at most to be short.
    pub fn short_line(&self) -> usize {
        self.short_line
    }

    /// Whether documents are judged by what their authors wrote, and not by all of their text.
    pub fn content_only(&self) -> bool {
        self.content_only
    }

    /// Whether a rule asks for this measure.
    pub(crate) fn asks_for(&self, metric: impl Fn(Metric) -> bool) -> bool {
        self.rules.iter().any(|(rule, _)| metric(rule.metric))
    }
}

/// Why a text is no preset, and in which line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresetError {
    line: usize,
    kind: PresetErrorKind,
}

/// What can be wrong with a line of a preset.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PresetErrorKind {
    /// No rule has this name.
    Rule(String),
    /// This rule cannot have this threshold.
    Threshold(String, String),
    /// This rule stands above already.
    Twice(String),
}

impl PresetError {
    /// The line, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// What is wrong there.
    pub fn kind(&self) -> &PresetErrorKind {
        &self.kind
    }
}

impl fmt::Display for PresetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        match &self.kind {
            PresetErrorKind::Rule(name) => write!(f, "no rule is called {name:?}"),
            PresetErrorKind::Threshold(name, value) => {
                write!(f, "{value:?} is no threshold for {name}")
            }
            PresetErrorKind::Twice(name) => write!(f, "{name} stands above already"),
        }
    }
}

impl std::error::Error for PresetError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_presets_of_the_crate_can_be_read() {
        for name in Preset::NAMES {
            let preset = Preset::parse(Preset::text(name).unwrap()).unwrap();
            assert!(preset.rules().len() > 5, "{name}");
            assert_eq!(Preset::built_in(name), Some(preset));
        }
        assert_eq!(Preset::built_in("fineweb2-vie").unwrap().stop_words().len(), 13);
        assert_eq!(Preset::built_in("c4"), None);
    }

    #[test]
    fn errors_say_where_and_what() {
        for (text, message) in [
            ("# x\n\ntop_0_gram 0.1", "line 3: no rule is called \"top_0_gram\""),
            ("policy", "line 1: \"\" is no threshold for policy"),
            ("policy nan", "line 1: \"nan\" is no threshold for policy"),
            ("policy 1\npolicy 2", "line 2: policy stands above already"),
            ("short_line -1", "line 1: \"-1\" is no threshold for short_line"),
        ] {
            assert_eq!(Preset::parse(text).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn a_file_may_come_from_another_system() {
        let preset = Preset::parse("\u{feff}# x\r\nshort_line\t40\r\nstop_words\tlà  và là\r\n");
        let preset = preset.unwrap();
        assert_eq!(
            (preset.short_line(), preset.stop_words()),
            (40, &["là".into(), "và".into()][..])
        );
    }
}
