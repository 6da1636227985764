//! What a description says, checked: TOML in, rules out, and errors with their line.

use std::collections::BTreeSet;
use std::sync::Arc;

use corpus_model::BlockKind;
use serde::Deserialize;

use super::fields::Alias;
use super::file::{At, DescriptionError, File, PartTable, Quoted, RecordTable, quoted, strings};
use super::{dates, fields};
use crate::line_pattern::{LinePattern, Place};
use crate::rules::{LineRules, Pattern};

/// What a format is, as its parser goes by it.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) name: String,
    pub(super) about: String,
    /// The site of documents that name none.
    pub(super) site: Option<String>,
    /// The lines that a record begins with, one behind the other.
    pub(super) begins: Vec<LinePattern>,
    pub(super) ends: Option<LinePattern>,
    pub(super) separator: Option<LinePattern>,
    /// Each line is a record.
    pub(super) by_line: bool,
    pub(super) parts: Vec<Part>,
    /// Other names of fields with a meaning.
    pub(super) aliases: Vec<Alias>,
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
    Headers(Vec<LinePattern>),
    /// One line that fits the pattern.
    Line { pattern: LinePattern, optional: bool },
    /// Lines that are one field.
    Field { name: String, extent: Extent },
}

/// How many lines a field has.
#[derive(Debug)]
pub(super) enum Extent {
    /// So many.
    Lines(usize),
    /// Those up to a line that fits.
    Until(LinePattern),
    /// All that are left, or those up to the last that parts behind it take.
    Rest,
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

impl Rules {
    pub(super) fn read(toml: &str) -> Result<Rules, DescriptionError> {
        let file = File::read(toml)?;
        let check = Check { toml };
        let name = file.name.get_ref();
        let named = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if name.is_empty() || !named {
            let what = format!("the name {name:?}: write small letters, digits and hyphens");
            return Err(check.error(&quoted(&file.name), what));
        }
        if let Some(site) = &file.site {
            let bare = site.get_ref().trim();
            let what = match bare {
                "" => "the site has no name".into(),
                _ if bare.contains(|c: char| c == '/' || c.is_whitespace()) => {
                    format!("the site {bare:?}: write it without https:// and without a path")
                }
                _ => String::new(),
            };
            if !what.is_empty() {
                return Err(check.error(&quoted(site), what));
            }
        }
        let dates = strings(file.dates.as_ref());
        for date in &dates {
            if let Some(what) = dates::mistake(date.0) {
                return Err(check.error(date, what));
            }
        }
        let by_line = check.by_line(&file.record)?;
        let (begins, ends, separator) = check.bounds(&file.record)?;
        let parts = file
            .part
            .iter()
            .map(|part| check.part(part.get_ref(), ("", part.span())))
            .collect::<Result<Vec<_>, _>>()?;
        let aliases = fields::aliases(&names(&begins, ends.as_ref(), &parts));
        check.order(&file, &parts, &aliases)?;
        Ok(Rules {
            name: name.clone(),
            about: file.about.clone(),
            site: file.site.as_ref().map(|it| it.get_ref().trim().to_lowercase()),
            begins,
            ends,
            separator,
            by_line,
            parts,
            aliases,
            find: file.text.find,
            dates: dates.iter().map(|(date, _)| (*date).to_owned()).collect(),
            lines: Arc::new(check.blocks(&file)?),
        })
    }
}

/// Looks through a file; errors are told with their line.
struct Check<'f> {
    toml: &'f str,
}

impl Check<'_> {
    fn error(&self, place: &Quoted<'_>, what: String) -> DescriptionError {
        DescriptionError::at(self.toml, &place.1, what)
    }

    fn pattern(&self, source: &Quoted<'_>, place: Place) -> Result<LinePattern, DescriptionError> {
        let pattern = LinePattern::new(source.0, place);
        pattern.map_err(|error| self.error(source, explain(source.0, &error)))
    }

    /// A pattern of whole lines.
    fn line(&self, source: &Quoted<'_>) -> Result<LinePattern, DescriptionError> {
        self.pattern(source, Place::Line)
    }

    fn by_line(&self, record: &RecordTable) -> Result<bool, DescriptionError> {
        let Some(line) = record.line.as_ref().filter(|it| *it.get_ref()) else { return Ok(false) };
        if record.begins.is_none() && record.ends.is_none() && record.separator.is_none() {
            return Ok(true);
        }
        let what = "a record is a line, or has `begins`, `ends` or `separator`, not both";
        Err(self.error(&("", line.span()), what.into()))
    }

    /// What a record begins with, what it ends with, and what stands between two of them.
    #[expect(clippy::type_complexity, reason = "it is taken apart at once")]
    fn bounds(
        &self,
        record: &RecordTable,
    ) -> Result<(Vec<LinePattern>, Option<LinePattern>, Option<LinePattern>), DescriptionError>
    {
        let begins = strings(record.begins.as_ref());
        let begins = begins.iter().map(|it| self.line(it)).collect::<Result<_, _>>()?;
        let ends = record.ends.as_ref().map(|it| self.line(&quoted(it))).transpose()?;
        let Some(source) = record.separator.as_ref().map(quoted) else {
            return Ok((begins, ends, None));
        };
        let separator = self.line(&source)?;
        if separator.names().next().is_some() {
            let what = "a separator is of no record, and its groups are no fields; records that \
                        begin with this line have it as `begins`";
            return Err(self.error(&source, what.into()));
        }
        Ok((begins, ends, Some(separator)))
    }

    fn part(&self, table: &PartTable, place: Quoted<'_>) -> Result<Part, DescriptionError> {
        let error = |what: &str| Err(self.error(&place, what.to_owned()));
        let part = match (&table.headers, &table.line, &table.field) {
            (Some(headers), None, None) => {
                let headers = strings(Some(headers));
                Part::Headers(headers.iter().map(|it| self.line(it)).collect::<Result<_, _>>()?)
            }
            (None, Some(source), None) => {
                Part::Line { pattern: self.line(&quoted(source))?, optional: table.optional }
            }
            (None, None, Some(name)) => Part::Field {
                name: name.get_ref().clone(),
                extent: match (table.lines, &table.until) {
                    (Some(n), None) => Extent::Lines(n),
                    (None, Some(until)) => Extent::Until(self.line(&quoted(until))?),
                    (None, None) => Extent::Rest,
                    _ => return error("a field has `lines` or `until`, not both"),
                },
            },
            _ => return error("a part has one of `headers`, `line` and `field`"),
        };
        let field_only = table.lines.is_some() || table.until.is_some();
        if (field_only && table.field.is_none()) || (table.optional && table.line.is_none()) {
            return error("`lines` and `until` go with `field`, `optional` with `line`");
        }
        Ok(part)
    }

    /// Whether each part can have lines, and one at most is the text.
    fn order(
        &self,
        file: &File,
        parts: &[Part],
        aliases: &[Alias],
    ) -> Result<(), DescriptionError> {
        let (mut texts, mut all) = (0, None);
        for (part, table) in parts.iter().zip(&file.part) {
            let error = |what: String| Err(self.error(&("", table.span()), what));
            let Part::Field { name, extent } = part else {
                all = None;
                continue;
            };
            texts += usize::from(fields::meant(aliases, name) == "text");
            if texts > 1 {
                return error("a second part is the text".into());
            }
            if let Some(all) = all {
                return error(format!(
                    "nothing is left for this part: the field {all:?} in front of it has neither \
                     `lines` nor `until`"
                ));
            }
            all = matches!(extent, Extent::Rest).then_some(name);
        }
        Ok(())
    }

    /// What is said of lines of the text.
    fn blocks(&self, file: &File) -> Result<LineRules, DescriptionError> {
        let mut rules = LineRules::default();
        for table in &file.block {
            let (span, table) = (table.span(), table.get_ref());
            let name = table.kind.get_ref();
            let Some(kind) = BlockKind::from_name(name) else {
                let names: Vec<&str> = BlockKind::ALL.iter().map(|kind| kind.name()).collect();
                let what = format!("no kind {name:?}; the kinds are {}", names.join(", "));
                return Err(self.error(&quoted(&table.kind), what));
            };
            let (lines, patterns) =
                (strings(table.lines.as_ref()), strings(table.patterns.as_ref()));
            if lines.is_empty() && patterns.is_empty() {
                let what = "a block has `lines`, `patterns` or both";
                return Err(self.error(&("", span), what.into()));
            }
            for source in &lines {
                if source.0.chars().all(|c| c == '*' || c.is_whitespace()) {
                    return Err(self.error(source, "a line that would fit every line".into()));
                }
                rules.add(source.0, kind);
            }
            for source in &patterns {
                let place = match table.at {
                    At::Line => Place::Line,
                    At::Start => Place::Start,
                    At::End => Place::End,
                };
                rules.add_pattern(Pattern { pattern: self.pattern(source, place)?, place, kind });
            }
        }
        Ok(rules)
    }
}

/// All fields that a description names.
fn names<'r>(
    begins: &'r [LinePattern],
    ends: Option<&'r LinePattern>,
    parts: &'r [Part],
) -> BTreeSet<&'r str> {
    let mut names = BTreeSet::new();
    let mut patterns: Vec<&LinePattern> = begins.iter().chain(ends).collect();
    for part in parts {
        match part {
            Part::Headers(headers) => patterns.extend(headers),
            Part::Line { pattern, .. } => patterns.push(pattern),
            Part::Field { name, extent } => {
                names.insert(name.as_str());
                if let Extent::Until(until) = extent {
                    patterns.push(until);
                }
            }
        }
    }
    names.extend(patterns.iter().flat_map(|it| it.names()));
    names
}

/// What is wrong with a regular expression, in one line.
fn explain(pattern: &str, error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => "the regular expression is too large".into(),
        // The last line says what, those in front of it draw where.
        error => {
            let text = error.to_string();
            let last = text.lines().last().unwrap_or_default();
            let what = last.strip_prefix("error: ").unwrap_or(last);
            let advice = match what.contains("capture group character") {
                true => "; the name of a group has letters, digits and _",
                false => "",
            };
            let pattern = pattern.replace(['\n', '\r'], " ");
            format!("no regular expression: '{pattern}': {what}{advice}")
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
            ("name = \"a\"\nrecrod = 1", 2, "unknown setting `recrod`"),
            ("name = \"Tin Xa\"", 1, "small letters"),
            ("\nname = \"a\"\n[record]\nseparator = '('", 4, "unclosed group"),
            ("name = \"a\"\n[[block]]\nkind = \"advert\"", 3, "no kind \"advert\""),
            ("name = \"a\"\n[[block]]\nkind = \"caption\"\nlines = [\"*\"]", 4, "every line"),
            ("name = \"a\"\n[[part]]\nfield = \"text\"\nline = 'a'", 2, "one of"),
            ("name = \"a\"\n[[part]]\nline = 'a'\nlines = 2", 2, "go with"),
            ("name = \"a\"\n\n[[part]]\nfield = \"text\"\n[[part]]\nfield = \"text\"", 5, "second"),
            ("name = \"a\"\ndates = [\"%Q\"]", 2, "no pattern of a date"),
            ("name = \"a\"\n[record]\nseparator = '(a{1000}){1000}'", 3, "too large"),
            ("about = \"a\"", 1, "missing setting `name`"),
            ("name = \"a\"\nsite = \" \"", 2, "no name"),
            ("name = \"a\"\n[record]\nseparator = '-'\nline = true", 4, "not both"),
            ("name = \"a\"\n[record]\nseparator = \"\\d+\"", 3, "single quotes"),
            ("", 1, "missing setting `name`; begin with name = \"my-site\""),
            ("name = 5", 1, "expected a string"),
            ("name = \"a\"\nname = \"b\"", 2, "\"name\" stands here a second time"),
            ("name = \"a\"\n[part]\nfield = \"text\"", 2, "write [[part]], in two brackets"),
            ("name = \"a\"\n[block]\nkind = \"caption\"", 2, "write [[block]], in two"),
            ("name = \"a\"\n[part]\nline = 'a'\n[part]\nline = 'b'", 4, "write [[part]], in two"),
            ("name = \"a\"\n[[part]]\nheaders = 5", 3, "expected a string or a list of strings"),
            ("name = \"a\"\n[[part]]\nheaders = ['a',\n'(']", 4, "unclosed group"),
            ("name = \"a\"\n[[part]]\nline = '(?<ngày đăng>.+)'", 3, "letters, digits and _"),
            (
                "name = \"a\"\n[text]\nfind = 'all'",
                3,
                "unknown value `all`, expected one of `article`",
            ),
            ("name = \"a\"\n[[part]]\nheaders = '('", 3, "unclosed group"),
            ("name = \"a\"\n[[part]]\nfield = \"a\"\nlines = \"1\"", 4, "a number of lines"),
            (
                "name = \"a\"\n[[part]]\nfield = \"a\"\n[[part]]\nfield = \"b\"",
                4,
                "nothing is left",
            ),
            (
                "name = \"a\"\n[[part]]\nfield = \"body\"\nlines = 1\n[[part]]\nfield = \"body\"",
                5,
                "second",
            ),
            ("name = \"a\"\n[[block]]\nkind = \"caption\"", 2, "a block has `lines`, `patterns`"),
            ("name = \"a\"\n[[block]]\nlines = 'a'", 2, "missing setting `kind`"),
            ("name = \"a\"\ndates = 'dd/mm/yyyy'", 2, "as in \"%d/%m/%Y %H:%M\""),
            ("name = \"a\"\nsite = \"https://xa.example/\"", 2, "without https://"),
            ("name = \"a\"\n[record]\nseparator = '= (?<id>.+)'", 3, "is of no record"),
        ];
        for (toml, line, what) in cases {
            let error = Rules::read(toml).unwrap_err();
            assert_eq!(error.line, line, "{toml}: {error}");
            assert!(error.what.contains(what), "{toml}: {error}");
            assert!(!error.to_string().contains('\n'), "{error}");
        }
    }
}
