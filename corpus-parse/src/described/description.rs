//! What a description says, checked: TOML in, rules out, and errors with their line.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use corpus_model::BlockKind;
use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use toml::Spanned;

use crate::rules::{LineRules, Pattern, Place};

/// What a format is, as its parser goes by it.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) name: String,
    pub(super) about: String,
    /// The site of documents that name none.
    pub(super) site: Option<String>,
    /// The lines that a record begins with, one behind the other.
    pub(super) begins: Vec<Regex>,
    pub(super) ends: Option<Regex>,
    pub(super) separator: Option<Regex>,
    /// Each line is a record.
    pub(super) by_line: bool,
    pub(super) parts: Vec<Part>,
    pub(super) find: Find,
    pub(super) dates: Vec<String>,
    pub(super) lines: Arc<LineRules>,
}

impl Rules {
    /// Whether the whole input is one record.
    pub(super) fn is_whole(&self) -> bool {
        !self.by_line && self.begins.is_empty() && self.ends.is_none() && self.separator.is_none()
    }
}

/// A part of a record; parts follow each other.
#[derive(Debug)]
pub(super) enum Part {
    /// Lines that each fit one of the patterns, in any order, as long as they do.
    Headers(Vec<Regex>),
    /// One line that fits the pattern.
    Line { pattern: Regex, optional: bool },
    /// Lines that are one field: so many, or up to a line that fits, or all that are left.
    Field { name: String, lines: Option<usize>, until: Option<Regex> },
}

/// How the blocks of the text are found beside the rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Find {
    /// Title, date, author and lead in front where no part gives the title, and the rest by form.
    #[default]
    Article,
    /// Only what stands inside a text: captions, lists, headings, bylines, furniture.
    Body,
    /// Nothing: each line that no rule knows is a paragraph.
    Lines,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: Spanned<String>,
    #[serde(default)]
    about: String,
    site: Option<Spanned<String>>,
    #[serde(default)]
    dates: Vec<Spanned<String>>,
    #[serde(default)]
    record: RecordTable,
    #[serde(default)]
    text: TextTable,
    #[serde(default)]
    part: Vec<Spanned<PartTable>>,
    #[serde(default)]
    block: Vec<BlockTable>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordTable {
    #[serde(default)]
    begins: Vec<Spanned<String>>,
    ends: Option<Spanned<String>>,
    separator: Option<Spanned<String>>,
    line: Option<Spanned<bool>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct TextTable {
    #[serde(default)]
    find: Find,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartTable {
    headers: Option<Vec<Spanned<String>>>,
    line: Option<Spanned<String>>,
    #[serde(default)]
    optional: bool,
    field: Option<String>,
    lines: Option<usize>,
    until: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BlockTable {
    kind: Spanned<String>,
    #[serde(default)]
    lines: Vec<Spanned<String>>,
    #[serde(default)]
    patterns: Vec<Spanned<String>>,
    #[serde(default)]
    at: At,
}

/// What part of a line the patterns are about.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum At {
    #[default]
    Line,
    Start,
    End,
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

impl Rules {
    pub(super) fn read(toml: &str) -> Result<Rules, DescriptionError> {
        let at = |span: Range<usize>, what: String| {
            let before = toml.get(..span.start).unwrap_or(toml);
            DescriptionError { line: before.matches('\n').count() + 1, what }
        };
        let file: File = toml::from_str(toml).map_err(|error| {
            let mut what = error.message().replace('\n', ", ");
            if what.contains("escaped value") {
                what.push_str("; write regular expressions in single quotes");
            }
            at(error.span().unwrap_or_default(), what)
        })?;
        let pattern = |source: &Spanned<String>, frame: fn(&str) -> String| {
            let regex = RegexBuilder::new(&frame(source.get_ref())).size_limit(1 << 20).build();
            regex.map_err(|error| at(source.span(), explain(&error)))
        };
        let line = |source: &Spanned<String>| pattern(source, |it| format!("^(?:{it})$"));
        let all = |sources: &[Spanned<String>]| -> Result<Vec<Regex>, DescriptionError> {
            sources.iter().map(line).collect()
        };
        let some = |source: &Option<Spanned<String>>| source.as_ref().map(line).transpose();

        let name = file.name.get_ref();
        let named = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if name.is_empty() || !named {
            let what = format!("the name {name:?}: write small letters, digits and hyphens");
            return Err(at(file.name.span(), what));
        }
        if let Some(site) = file.site.as_ref().filter(|it| it.get_ref().trim().is_empty()) {
            return Err(at(site.span(), "the site has no name".into()));
        }
        let record = &file.record;
        let bounds =
            !record.begins.is_empty() || record.ends.is_some() || record.separator.is_some();
        let by_line = record.line.as_ref().filter(|it| *it.get_ref());
        if let Some(line) = by_line.filter(|_| bounds) {
            let what = "a record is a line, or has `begins`, `ends` or `separator`, not both";
            return Err(at(line.span(), what.into()));
        }
        for date in &file.dates {
            if chrono::format::StrftimeItems::new(date.get_ref())
                .any(|item| item == chrono::format::Item::Error)
            {
                let what = format!("no pattern of a date: {:?}", date.get_ref());
                return Err(at(date.span(), what));
            }
        }
        let mut parts = Vec::new();
        let mut texts = 0;
        for part in &file.part {
            let table = part.get_ref();
            let error = |what: &str| at(part.span(), what.to_owned());
            parts.push(match (&table.headers, &table.line, &table.field) {
                (Some(headers), None, None) => Part::Headers(all(headers)?),
                (None, Some(source), None) => {
                    Part::Line { pattern: line(source)?, optional: table.optional }
                }
                (None, None, Some(name)) => {
                    let until = some(&table.until)?;
                    if until.is_some() && table.lines.is_some() {
                        return Err(error("a field has `lines` or `until`, not both"));
                    }
                    texts += usize::from(name == "text");
                    Part::Field { name: name.clone(), lines: table.lines, until }
                }
                _ => return Err(error("a part has one of `headers`, `line` and `field`")),
            });
            let field_only = table.lines.is_some() || table.until.is_some();
            if (field_only && table.field.is_none()) || (table.optional && table.line.is_none()) {
                return Err(error("`lines` and `until` go with `field`, `optional` with `line`"));
            }
            if texts > 1 {
                return Err(error("a second part is the text"));
            }
        }
        let mut lines = LineRules::default();
        for table in &file.block {
            let Some(kind) = BlockKind::from_name(table.kind.get_ref()) else {
                let names: Vec<&str> = BlockKind::ALL.iter().map(|kind| kind.name()).collect();
                let what = format!(
                    "no kind {:?}; the kinds are {}",
                    table.kind.get_ref(),
                    names.join(", ")
                );
                return Err(at(table.kind.span(), what));
            };
            for source in &table.lines {
                if source.get_ref().chars().all(|c| c == '*' || c.is_whitespace()) {
                    return Err(at(source.span(), "a line that would fit every line".into()));
                }
                lines.add(source.get_ref(), kind);
            }
            for source in &table.patterns {
                let (regex, place) = match table.at {
                    At::Line => (line(source)?, Place::Line),
                    At::Start => (pattern(source, |it| format!("^(?:{it})"))?, Place::Start),
                    At::End => (pattern(source, |it| format!("(?:{it})$"))?, Place::End),
                };
                lines.add_pattern(Pattern { regex, place, kind });
            }
        }
        Ok(Rules {
            name: name.clone(),
            about: file.about,
            site: file.site.map(|it| it.into_inner().trim().to_lowercase()),
            begins: all(&file.record.begins)?,
            ends: some(&file.record.ends)?,
            separator: some(&file.record.separator)?,
            by_line: by_line.is_some(),
            parts,
            find: file.text.find,
            dates: file.dates.into_iter().map(Spanned::into_inner).collect(),
            lines: Arc::new(lines),
        })
    }
}

/// What is wrong with a regular expression, in one line.
fn explain(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => "the regular expression is too large".into(),
        // The last line says what, those in front of it draw where.
        error => {
            let text = error.to_string();
            let last = text.lines().last().unwrap_or_default();
            format!("no regular expression: {}", last.strip_prefix("error: ").unwrap_or(last))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_told_with_their_line() {
        let cases = [
            ("name = ", 1, "string values must be quoted"),
            ("name = \"a\"\nrecrod = 1", 2, "unknown field `recrod`"),
            ("name = \"Tin Xa\"", 1, "small letters"),
            ("\nname = \"a\"\n[record]\nseparator = '('", 4, "unclosed group"),
            ("name = \"a\"\n[[block]]\nkind = \"advert\"", 3, "no kind \"advert\""),
            ("name = \"a\"\n[[block]]\nkind = \"caption\"\nlines = [\"*\"]", 4, "every line"),
            ("name = \"a\"\n[[part]]\nfield = \"text\"\nline = 'a'", 2, "one of"),
            ("name = \"a\"\n[[part]]\nline = 'a'\nlines = 2", 2, "go with"),
            ("name = \"a\"\n\n[[part]]\nfield = \"text\"\n[[part]]\nfield = \"text\"", 5, "second"),
            ("name = \"a\"\ndates = [\"%Q\"]", 2, "no pattern of a date"),
            ("name = \"a\"\n[record]\nseparator = '(a{1000}){1000}'", 3, "too large"),
            ("about = \"a\"", 1, "missing field `name`"),
            ("name = \"a\"\nsite = \" \"", 2, "no name"),
            ("name = \"a\"\n[record]\nseparator = '-'\nline = true", 4, "not both"),
            ("name = \"a\"\n[record]\nseparator = \"\\d+\"", 3, "single quotes"),
        ];
        for (toml, line, what) in cases {
            let error = Rules::read(toml).unwrap_err();
            assert_eq!(error.line, line, "{toml}: {error}");
            assert!(error.what.contains(what), "{toml}: {error}");
            assert!(!error.to_string().contains('\n'), "{error}");
        }
    }
}
