//! What can be measured of a text, and the rules that hold a measure to a threshold.

use std::fmt;

/// Something that is measured of a text.
///
/// Lengths are in characters, words are what stands between white space, and every share is one of
/// the whole text unless something else is named. White space is what Python takes for it:
/// Unicode's and the four separators U+001C to U+001F.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Metric {
    /// How many words there are.
    Words,
    /// How many words are not of punctuation and control characters alone.
    PlainWords,
    /// The mean length of the words that are not of punctuation alone.
    MeanWordLength,
    /// The share of paragraphs that repeat an earlier one; an empty line or more parts paragraphs.
    RepeatedParagraphs,
    /// The characters of these paragraphs, as a share of the text's.
    RepeatedParagraphChars,
    /// The share of lines that repeat an earlier one.
    RepeatedLines,
    /// The characters of these lines, as a share of the text's.
    RepeatedLineChars,
    /// The characters of the most frequent run of so many words, all its occurrences together, as a
    /// share of the text's. Of equally frequent runs the first is taken.
    TopGram(u8),
    /// The characters in runs of so many words that were met before, as a share of the text's. The
    /// runs are found from left to right and do not overlap, and the white space in them does not
    /// count.
    RepeatedGrams(u8),
    /// The share of lines that end in a terminal mark; blank lines do not count.
    PunctuatedLines,
    /// The share of lines that are short; blank lines do not count.
    ShortLines,
    /// The characters in lines that repeat an earlier one, as a share of the text's without line
    /// feeds; blank lines do not count.
    RepeatedChars,
    /// Line feeds for each word.
    LinesPerWord,
    /// Signs `#` for each word.
    Hashes,
    /// Ellipses, `…` or `...`, for each word.
    Ellipses,
    /// The share of lines that begin with `•` or `-`.
    BulletLines,
    /// The share of lines that end in an ellipsis.
    EllipsisLines,
    /// The share of words with a letter.
    LetteredWords,
    /// How many of the preset's stop words occur, each counted once.
    StopWords,
    /// Sentences in lines that have three words or more and end in a mark of punctuation: C4's
    /// count.
    WholeSentences,
    /// How often `lorem ipsum` occurs.
    FillerText,
    /// Opening braces for each word: code, not prose.
    Braces,
    /// The share of lines that speak of cookies, scripts or terms of use; blank lines do not count.
    NoticeLines,
    /// The length of the longest word.
    LongestWord,
    /// The share of words that fit the grammar of the Vietnamese syllable; see
    /// [`corpus_text::language()`].
    VietnameseSyllables,
    /// The share of those syllables that bear marks: Vietnamese, and with its marks.
    MarkedSyllables,
    /// The share of words that end in a terminal mark; quotes and brackets behind it do not count.
    StoppedWords,
    /// The share of characters that are U+FFFD, which stands for what could not be decoded.
    UndecodedChars,
}

impl Metric {
    /// The measure's name in JSON: `dup_line_frac`, `top_2_gram`.
    pub fn name(self) -> String {
        match self {
            Metric::TopGram(n) => format!("top_{n}_gram"),
            Metric::RepeatedGrams(n) => format!("duplicated_{n}_n_grams"),
            other => NAMES.iter().find(|row| row.0 == other).map_or("", |row| row.1).to_owned(),
        }
    }
}

/// The names of the measures that have one each.
const NAMES: [(Metric, &str); 26] = [
    (Metric::Words, "n_words"),
    (Metric::PlainWords, "plain_words"),
    (Metric::MeanWordLength, "mean_word_length"),
    (Metric::RepeatedParagraphs, "dup_para_frac"),
    (Metric::RepeatedParagraphChars, "dup_para_char_frac"),
    (Metric::RepeatedLines, "dup_line_frac"),
    (Metric::RepeatedLineChars, "dup_line_char_frac"),
    (Metric::PunctuatedLines, "line_punct_ratio"),
    (Metric::ShortLines, "short_line_ratio"),
    (Metric::RepeatedChars, "char_dup_ratio"),
    (Metric::LinesPerWord, "list_ratio"),
    (Metric::Hashes, "hash_ratio"),
    (Metric::Ellipses, "ellipsis_ratio"),
    (Metric::BulletLines, "bullet_line_ratio"),
    (Metric::EllipsisLines, "ellipsis_line_ratio"),
    (Metric::LetteredWords, "alpha_word_ratio"),
    (Metric::StopWords, "stop_words"),
    (Metric::WholeSentences, "whole_sentences"),
    (Metric::FillerText, "lorem_ipsum"),
    (Metric::Braces, "brace_ratio"),
    (Metric::NoticeLines, "notice_line_ratio"),
    (Metric::LongestWord, "longest_word"),
    (Metric::VietnameseSyllables, "vietnamese_ratio"),
    (Metric::MarkedSyllables, "marked_ratio"),
    (Metric::StoppedWords, "stopped_word_ratio"),
    (Metric::UndecodedChars, "undecoded_ratio"),
];

/// Which side of its threshold a measure has to keep to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// A text is turned down when it measures less.
    AtLeast,
    /// A text is turned down when it measures more.
    AtMost,
}

impl Bound {
    /// Whether a value breaks the rule.
    pub fn is_broken(self, value: f64, threshold: f64) -> bool {
        match self {
            Bound::AtLeast => value < threshold,
            Bound::AtMost => value > threshold,
        }
    }

    /// How a value that breaks the rule stands to the threshold: `<` or `>`.
    pub fn sign(self) -> &'static str {
        match self {
            Bound::AtLeast => "<",
            Bound::AtMost => ">",
        }
    }
}

/// A rule: a measure, and the side of a threshold that it has to keep to.
///
/// The rules of Gopher, C4 and FineWeb have the names that `datatrove` gives them, so that decisions
/// can be compared one by one.
///
/// ```
/// use corpus_stats::quality::{Bound, Metric, Rule};
///
/// let rule = Rule::from_name("top_3_gram").unwrap();
/// assert_eq!((rule.metric, rule.bound), (Metric::TopGram(3), Bound::AtMost));
/// assert_eq!(rule.to_string(), "top_3_gram");
/// assert_eq!(Rule::from_name("top_0_gram"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Rule {
    /// What is measured.
    pub metric: Metric,
    /// On which side of the threshold it has to be.
    pub bound: Bound,
    /// The name, where the measure's own does not do.
    name: &'static str,
}

/// The longest run of words that a rule may ask for.
const MOST_WORDS: u8 = 20;

use Bound::{AtLeast, AtMost};

/// The rules whose names are not made.
const RULES: [(&str, Metric, Bound); 27] = [
    ("dup_para_frac", Metric::RepeatedParagraphs, AtMost),
    ("dup_para_char_frac", Metric::RepeatedParagraphChars, AtMost),
    ("dup_line_frac", Metric::RepeatedLines, AtMost),
    ("dup_line_char_frac", Metric::RepeatedLineChars, AtMost),
    ("line_punct_ratio", Metric::PunctuatedLines, AtLeast),
    ("short_line_ratio", Metric::ShortLines, AtMost),
    ("char_dup_ratio", Metric::RepeatedChars, AtMost),
    ("list_ratio", Metric::LinesPerWord, AtMost),
    ("gopher_short_doc", Metric::PlainWords, AtLeast),
    ("gopher_long_doc", Metric::PlainWords, AtMost),
    ("gopher_below_avg_threshold", Metric::MeanWordLength, AtLeast),
    ("gopher_above_avg_threshold", Metric::MeanWordLength, AtMost),
    ("gopher_too_many_hashes", Metric::Hashes, AtMost),
    ("gopher_too_many_ellipsis", Metric::Ellipses, AtMost),
    ("gopher_too_many_bullets", Metric::BulletLines, AtMost),
    ("gopher_too_many_end_ellipsis", Metric::EllipsisLines, AtMost),
    ("gopher_below_alpha_threshold", Metric::LetteredWords, AtLeast),
    ("gopher_enough_stop_words", Metric::StopWords, AtLeast),
    ("too_few_sentences", Metric::WholeSentences, AtLeast),
    ("lorem_ipsum", Metric::FillerText, AtMost),
    ("curly_bracket", Metric::Braces, AtMost),
    ("policy", Metric::NoticeLines, AtMost),
    ("too_long_word", Metric::LongestWord, AtMost),
    ("not_vietnamese", Metric::VietnameseSyllables, AtLeast),
    ("without_marks", Metric::MarkedSyllables, AtLeast),
    ("too_few_stops", Metric::StoppedWords, AtLeast),
    ("undecoded", Metric::UndecodedChars, AtMost),
];

impl Rule {
    /// The rule that turns down texts without a word; it is in force with every preset.
    pub const EMPTY: Rule = Rule { metric: Metric::Words, bound: AtLeast, name: "empty" };

    /// The rule of this name.
    ///
    /// In `top_N_gram` and `duplicated_N_n_grams` N may be from 1 to 20.
    pub fn from_name(name: &str) -> Option<Rule> {
        if let Some(row) = RULES.iter().find(|row| row.0 == name) {
            return Some(Rule { metric: row.1, bound: row.2, name: row.0 });
        }
        let number = |head: &str, tail: &str| -> Option<u8> {
            let n = name.strip_prefix(head)?.strip_suffix(tail)?;
            let digits = !n.starts_with('0') && n.bytes().all(|byte| byte.is_ascii_digit());
            n.parse().ok().filter(|n| digits && *n <= MOST_WORDS)
        };
        let metric = match (number("top_", "_gram"), number("duplicated_", "_n_grams")) {
            (Some(n), _) => Metric::TopGram(n),
            (_, Some(n)) => Metric::RepeatedGrams(n),
            _ => return None,
        };
        Some(Rule { metric, bound: AtMost, name: "" })
    }

    /// The names of all rules, as a help text lists them.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let made = ["top_N_gram", "duplicated_N_n_grams"];
        RULES.iter().map(|row| row.0).chain(made)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name {
            "" => f.pad(&self.metric.name()),
            name => f.pad(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_name_is_found_again_and_every_measure_has_one() {
        let mut names = BTreeSet::new();
        for (name, metric, _) in RULES {
            assert_eq!(Rule::from_name(name).map(|rule| rule.to_string()), Some(name.to_owned()));
            assert!(!metric.name().is_empty(), "{metric:?}");
        }
        for (metric, name) in NAMES {
            assert!(names.insert(name) && metric.name() == name);
        }
        for (name, metric) in [
            ("top_2_gram", Metric::TopGram(2)),
            ("duplicated_10_n_grams", Metric::RepeatedGrams(10)),
        ] {
            let rule = Rule::from_name(name).unwrap();
            assert_eq!((rule.to_string().as_str(), rule.metric), (name, metric));
        }
    }

    #[test]
    fn runs_have_a_length() {
        for name in ["top_0_gram", "top_02_gram", "top_+2_gram", "top__gram", "top_21_gram", ""] {
            assert_eq!(Rule::from_name(name), None, "{name}");
        }
    }
}
