//! The TOML of a description as it is written, and what its mistakes are called.

use std::fmt;
use std::ops::Range;

use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::description::Find;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) name: Spanned<String>,
    #[serde(default)]
    pub(super) about: String,
    pub(super) site: Option<Spanned<String>>,
    pub(super) dates: Option<Spanned<Strings>>,
    #[serde(default)]
    pub(super) record: RecordTable,
    #[serde(default)]
    pub(super) text: TextTable,
    #[serde(default)]
    pub(super) part: Vec<Spanned<PartTable>>,
    #[serde(default)]
    pub(super) block: Vec<Spanned<BlockTable>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RecordTable {
    pub(super) begins: Option<Spanned<Strings>>,
    pub(super) ends: Option<Spanned<String>>,
    pub(super) separator: Option<Spanned<String>>,
    pub(super) line: Option<Spanned<bool>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextTable {
    #[serde(default)]
    pub(super) find: Find,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartTable {
    pub(super) headers: Option<Spanned<Strings>>,
    pub(super) line: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) optional: bool,
    pub(super) field: Option<Spanned<String>>,
    pub(super) lines: Option<usize>,
    pub(super) until: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BlockTable {
    pub(super) kind: Spanned<String>,
    pub(super) lines: Option<Spanned<Strings>>,
    pub(super) patterns: Option<Spanned<Strings>>,
    #[serde(default)]
    pub(super) at: At,
}

/// What part of a line the patterns are about.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum At {
    #[default]
    Line,
    Start,
    End,
}

/// A list of strings; one alone may go without its brackets.
pub(super) enum Strings {
    One(String),
    Many(Vec<Spanned<String>>),
}

/// A string of the file, and where it stands.
pub(super) type Quoted<'f> = (&'f str, Range<usize>);

/// The strings of a list that may be missing.
pub(super) fn strings(list: Option<&Spanned<Strings>>) -> Vec<Quoted<'_>> {
    match list.map(|list| (list.get_ref(), list.span())) {
        None => Vec::new(),
        Some((Strings::One(one), span)) => vec![(one, span)],
        Some((Strings::Many(many), _)) => many.iter().map(quoted).collect(),
    }
}

pub(super) fn quoted(string: &Spanned<String>) -> Quoted<'_> {
    (string.get_ref(), string.span())
}

impl<'de> Deserialize<'de> for Strings {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct OneOrMany;

        impl<'de> Visitor<'de> for OneOrMany {
            type Value = Strings;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or a list of strings")
            }

            fn visit_str<E: de::Error>(self, one: &str) -> Result<Strings, E> {
                Ok(Strings::One(one.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Strings, A::Error> {
                let mut many = Vec::new();
                while let Some(string) = list.next_element()? {
                    many.push(string);
                }
                Ok(Strings::Many(many))
            }
        }

        from.deserialize_any(OneOrMany)
    }
}

/// A description that cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DescriptionError {
    /// The line of the file, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub what: String,
}

impl fmt::Display for DescriptionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

impl std::error::Error for DescriptionError {}

impl DescriptionError {
    /// An error at this place of the file.
    pub(super) fn at(toml: &str, span: &Range<usize>, what: String) -> DescriptionError {
        let before = toml.get(..span.start).unwrap_or(toml);
        DescriptionError { line: before.matches('\n').count() + 1, what }
    }
}

impl File {
    pub(super) fn read(toml: &str) -> Result<File, DescriptionError> {
        toml::from_str(toml).map_err(|error| {
            let span = error.span().unwrap_or_default();
            let there = toml.get(span.clone()).unwrap_or_default();
            DescriptionError::at(toml, &span, told(&error.message().replace('\n', ", "), there))
        })
    }
}

/// A mistake in the words of the page that explains such files, with what to do about it; `there` is
/// the place in the file.
fn told(message: &str, there: &str) -> String {
    // Fields are those of documents, and the types of Rust are nobody's matter here.
    let told = message
        .replace("unknown field", "unknown setting")
        .replace("missing field", "missing setting")
        .replace("unknown variant", "unknown value")
        .replace("expected usize", "expected a number of lines");
    let tables =
        ["part", "block"].iter().find(|it| there.trim_start_matches('[').starts_with(**it));
    let advice = match tables {
        _ if message.contains("escaped value") => "write regular expressions in single quotes",
        _ if message.contains("missing field `name`") => "begin with name = \"my-site\"",
        Some(table) if message.contains("expected a sequence") || message == "duplicate key" => {
            return format!("there may be several: write [[{table}]], in two brackets");
        }
        _ if message == "duplicate key" => {
            return format!("{there:?} stands here a second time");
        }
        _ => return told,
    };
    format!("{told}; {advice}")
}
