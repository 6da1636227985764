//! The parts of a record: which of its lines are which field, and what of them is a block.

use chrono::{NaiveDate, NaiveDateTime};
use corpus_model::{BlockKind, Moment, Span, When};
use regex::Regex;

use super::description::{Find, Part, Rules};
use crate::address::Address;
use crate::blocks::line::{self, Line};
use crate::field_names::state;
use crate::{Record, blocks, published};

/// A line without the white space around it and without a byte-order mark.
pub(super) fn bare(line: &str) -> &str {
    line.trim().trim_start_matches('\u{feff}').trim_start()
}

/// Fills blocks and metadata of the record whose text is read; what is missing, where it has not the
/// parts that it must have. What comes back is a date that could not be read.
pub(super) fn lay_out(rules: &Rules, record: &mut Record) -> Result<Option<String>, String> {
    let text = std::mem::take(&mut record.text);
    let lines = line::lines(&text, Span::new(0, text.len()));
    let mut found = Found { text: &text, record, body: None };
    let mut at = 0;
    for (n, part) in rules.parts.iter().enumerate() {
        at = found.part(part, &lines, at).map_err(|what| format!("part {}: {what}", n + 1))?;
    }
    // What no part takes belongs to the text where there is one, and else is the text.
    let rest = lines.get(at..).unwrap_or_default();
    match (found.body, rest.first(), rest.last()) {
        (None, Some(first), Some(last)) => found.body = Some(Span::new(first.start, last.end)),
        (Some(_), Some(_), _) => found.furniture(rest),
        _ => {}
    }
    let body = found.body;
    record.text = text;
    let stated = finish(rules, record);
    if let Some(body) = body {
        find_blocks(rules, record, body);
    }
    let metadata = &mut record.metadata;
    // What the head states outdoes what the form of lines says.
    for (stated, known) in
        [(stated.lead, &mut metadata.lead), (stated.byline, &mut metadata.byline)]
    {
        *known = stated.or_else(|| known.take());
    }
    Ok(stated.unread_date)
}

/// Finds the blocks of the text.
fn find_blocks(rules: &Rules, record: &mut Record, body: Span) {
    if rules.find == Find::Lines {
        let mut lines = line::lines(&record.text, body);
        let kinds = record.rules.of(None).apply(&record.text, &mut lines);
        for (line, kind) in lines.iter().zip(kinds) {
            record.block(kind.unwrap_or(BlockKind::Paragraph), Span::new(line.start, line.end));
        }
        return;
    }
    let untitled = record.metadata.title.is_none();
    if untitled && rules.find == Find::Article && record.blocks.is_empty() {
        blocks::of_article_at(record, body);
    } else {
        blocks::of_record_body(record, body, !untitled || rules.find == Find::Body);
    }
}

/// What the head of a record states and the form of lines may state otherwise.
struct Stated {
    lead: Option<String>,
    byline: Option<String>,
    /// The date, where it has no form that is known.
    unread_date: Option<String>,
}

/// Makes metadata of the fields that were found.
fn finish(rules: &Rules, record: &mut Record) -> Stated {
    let mut stated = Stated { lead: None, byline: None, unread_date: None };
    let fields: Vec<(String, String)> =
        record.fields().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    record.clear_fields();
    for (name, value) in fields {
        let metadata = &mut record.metadata;
        match name.as_str() {
            "id" => record.id = value,
            "url" => {
                Address::parse(&value).describe(metadata);
                metadata.url = Some(value);
            }
            "title" => metadata.title = Some(value),
            "site" => metadata.site = Some(value.to_lowercase()),
            "lead" => stated.lead = Some(value),
            "byline" => stated.byline = Some(value),
            "language" => metadata.language = Some(value),
            "date" => match date(rules, &value).or_else(|| published::from_field(&value)) {
                Some(when) => state(metadata, when),
                None => {
                    stated.unread_date = Some(value.clone());
                    metadata.extra.insert(name, value);
                }
            },
            _ => {
                metadata.extra.insert(name, value);
            }
        }
    }
    let site = &mut record.metadata.site;
    *site = site.take().or_else(|| rules.site.clone());
    stated
}

/// The date that a value states by one of the patterns.
fn date(rules: &Rules, value: &str) -> Option<When> {
    let value = value.trim();
    rules.dates.iter().find_map(|pattern| {
        let moment = match NaiveDateTime::parse_from_str(value, pattern) {
            Ok(time) if pattern.contains("%S") || pattern.contains("%T") => Moment::Second(time),
            Ok(time) => Moment::Minute(time),
            Err(_) => Moment::Day(NaiveDate::parse_from_str(value, pattern).ok()?),
        };
        Some(When::Point(moment))
    })
}

/// A pattern as it stands in the description, without the frame that makes it fit whole lines.
fn as_written(pattern: &Regex) -> &str {
    let framed = pattern.as_str();
    framed.strip_prefix("^(?:").and_then(|it| it.strip_suffix(")$")).unwrap_or(framed)
}

/// What a field is on the page.
fn kind_of(field: &str) -> BlockKind {
    match field {
        "url" => BlockKind::Url,
        "title" => BlockKind::Title,
        "lead" => BlockKind::Lead,
        "byline" => BlockKind::Byline,
        "date" => BlockKind::Dateline,
        _ => BlockKind::Boilerplate,
    }
}

/// The parts found so far.
struct Found<'t, 'r> {
    text: &'t str,
    record: &'r mut Record,
    body: Option<Span>,
}

impl<'t> Found<'t, '_> {
    /// Takes a part from this line on; the line behind it.
    fn part(&mut self, part: &Part, lines: &[Line], from: usize) -> Result<usize, String> {
        let rest = lines.get(from..).unwrap_or_default();
        match part {
            Part::Headers(patterns) => {
                let taken = rest.iter().take_while(|line| {
                    patterns.iter().any(|pattern| self.fields_of(pattern, line))
                });
                Ok(from + taken.count())
            }
            Part::Line { pattern, optional } => match rest.first() {
                Some(line) if self.fields_of(pattern, line) => Ok(from + 1),
                _ if *optional => Ok(from),
                Some(_) => Err(format!("no line that fits '{}'", as_written(pattern))),
                None => Err("the record ends in front of it".into()),
            },
            Part::Field { name, lines: wanted, until } => {
                let end = match (wanted, until) {
                    (Some(n), _) => rest.len().min(*n),
                    (None, Some(until)) => rest
                        .iter()
                        .position(|line| until.is_match(self.words(line)))
                        .unwrap_or(rest.len()),
                    (None, None) => rest.len(),
                };
                let taken = rest.get(..end).unwrap_or_default();
                if let (Some(first), Some(last)) = (taken.first(), taken.last()) {
                    self.field(name, Span::new(first.start, last.end));
                }
                let separator = until.is_some() && end < rest.len();
                if separator {
                    self.furniture(rest.get(end..=end).unwrap_or_default());
                }
                Ok(from + end + usize::from(separator))
            }
        }
    }

    fn words(&self, line: &Line) -> &'t str {
        bare(self.text.get(line.start..line.end).unwrap_or_default())
    }

    /// Takes the fields that a line has by this pattern; false if it does not fit.
    fn fields_of(&mut self, pattern: &Regex, line: &Line) -> bool {
        let words = self.words(line);
        let Some(groups) = pattern.captures(words) else { return false };
        let start = line.end - words.len();
        let mut fields: Vec<(usize, usize, &str)> = pattern
            .capture_names()
            .flatten()
            .filter_map(|name| groups.name(name).map(|it| (it.start(), it.end(), name)))
            .collect();
        fields.sort_unstable();
        let mut at = 0;
        for (from, to, name) in fields {
            if from < at || from == to {
                continue;
            }
            self.furniture(&[Line { start: start + at, end: start + from, apart: false }]);
            self.field(name, Span::new(start + from, start + to));
            at = to;
        }
        self.furniture(&[Line { start: start + at, end: line.end, apart: false }]);
        true
    }

    /// Enters a field and its block.
    fn field(&mut self, name: &str, span: Span) {
        let part = self.text.get(span.range()).unwrap_or_default();
        let start = span.end() - part.trim_start_matches(['\u{feff}', ' ', '\t']).len();
        let value = self.text.get(start..span.end()).unwrap_or_default().trim_end();
        if value.is_empty() {
            return;
        }
        let span = Span::new(start, start + value.len());
        if name == "text" {
            self.body = self.body.or(Some(span));
            return;
        }
        self.record.push(name, value);
        self.record.block(kind_of(name), span);
    }

    /// What is neither field nor text is page furniture, unless nothing is in it.
    fn furniture(&mut self, lines: &[Line]) {
        for line in lines {
            let part = self.text.get(line.start..line.end).unwrap_or_default();
            if line::has_letters(part) {
                let start = line.end - part.trim_start().len();
                let end = line.start + part.trim_end().len();
                self.record.block(BlockKind::Boilerplate, Span::new(start, end));
            }
        }
    }
}
