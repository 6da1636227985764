//! The parts of a record: which of its lines are which field, and what of them is a block.

use corpus_model::{BlockKind, Span};

use super::description::{Extent, Find, Part, Rules};
use super::fields::{self, kind_of, meant};
use crate::blocks::line::{self, Line};
use crate::line_pattern::{LinePattern, Words};
use crate::{Record, blocks};

/// A line without the white space around it and without a byte-order mark.
pub(super) fn bare(line: &str) -> &str {
    line.trim().trim_start_matches('\u{feff}').trim_start()
}

/// Fills blocks and metadata of the record whose text is read; what is missing, where it has not the
/// parts that it must have. What comes back is a date that could not be read.
pub(super) fn lay_out(rules: &Rules, record: &mut Record) -> Result<Option<String>, String> {
    let text = std::mem::take(&mut record.text);
    let lines = line::lines(&text, Span::new(0, text.len()));
    let mut found =
        Found { rules, text: &text, record, lines: &lines, left: lines.len(), body: None };
    // The line that a record ends with is no text, whether a part takes it or not.
    let ends = rules.ends.as_ref().zip(lines.last());
    let ends = ends.filter(|(pattern, last)| pattern.is_match(&found.words(last)));
    found.left -= usize::from(ends.is_some());
    let mut at = found.beginning();
    for n in 0..rules.parts.len() {
        at = found.part(n, at).map_err(|what| format!("part {}: {what}", n + 1))?;
    }
    // What no part takes belongs to the text where there is one, and else is the text.
    let rest = lines.get(at..found.left).unwrap_or_default();
    match (found.body, rest.first(), rest.last()) {
        (None, Some(first), Some(last)) => found.body = Some(Span::new(first.start, last.end)),
        (Some(_), Some(_), _) => found.furniture(rest),
        _ => {}
    }
    if let Some((pattern, last)) = ends.filter(|_| at < lines.len()) {
        found.fields_of(pattern, last);
    }
    let body = found.body;
    record.text = text;
    let stated = fields::finish(rules, record);
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

/// The patterns of which a line has to fit one, to be of these parts; none if lines of any kind do.
fn openers(parts: &[Part]) -> Vec<&LinePattern> {
    let mut openers = Vec::new();
    for part in parts {
        match part {
            Part::Headers(headers) => openers.extend(headers),
            Part::Line { pattern, optional } => {
                openers.push(pattern);
                if !optional {
                    break;
                }
            }
            Part::Field { .. } => break,
        }
    }
    openers
}

/// The parts found so far.
struct Found<'t, 'r> {
    rules: &'t Rules,
    text: &'t str,
    record: &'r mut Record,
    lines: &'t [Line],
    /// So many of the lines may be fields.
    left: usize,
    body: Option<Span>,
}

impl<'t> Found<'t, '_> {
    /// The lines that a record begins with, where no part takes them: the line behind them.
    ///
    /// They are no part's where the parts fit behind them, or where they have fields of their own.
    fn beginning(&mut self) -> usize {
        let begins = &self.rules.begins;
        if begins.is_empty() {
            return 0;
        }
        let openers = openers(&self.rules.parts);
        let opens = |n: &usize| {
            let line = self.lines.get(*n).map(|line| self.words(line));
            line.is_some_and(|words| openers.iter().any(|it| it.is_match(&words)))
        };
        let named = begins.iter().any(|it| it.names().next().is_some());
        let taken = match (0..=begins.len()).find(opens) {
            Some(n) => n,
            None if named => begins.len(),
            None => 0,
        };
        for (pattern, line) in begins.iter().zip(self.lines).take(taken) {
            self.fields_of(pattern, line);
        }
        taken.min(self.lines.len())
    }

    /// Takes this part from this line on; the line behind it.
    fn part(&mut self, n: usize, from: usize) -> Result<usize, String> {
        let rules = self.rules;
        let rest = self.lines.get(from..).unwrap_or_default();
        let Some((part, behind)) = rules.parts.get(n..).and_then(<[Part]>::split_first) else {
            return Ok(from);
        };
        match part {
            Part::Headers(patterns) => {
                let taken = rest.iter().take_while(|line| {
                    let words = self.words(line);
                    patterns.iter().any(|pattern| self.fields_in(pattern, line, &words))
                });
                Ok(from + taken.count())
            }
            Part::Line { pattern, optional } => match rest.first() {
                Some(line) if self.fields_of(pattern, line) => Ok(from + 1),
                _ if *optional => Ok(from),
                Some(_) => Err(format!("no line that fits '{}'", pattern.source())),
                None => Err("the record ends in front of it".into()),
            },
            Part::Field { name, extent } => {
                let rest = self.lines.get(from..self.left).unwrap_or_default();
                let end = match extent {
                    Extent::Lines(n) => Some(*n),
                    Extent::Until(until) => {
                        rest.iter().position(|line| until.is_match(&self.words(line)))
                    }
                    Extent::Rest => self.tail(behind, rest),
                };
                let (taken, rest) = rest.split_at(end.unwrap_or(rest.len()).min(rest.len()));
                if let (Some(first), Some(last)) = (taken.first(), taken.last()) {
                    self.field(name, Span::new(first.start, last.end));
                }
                let mut at = from + taken.len();
                if let (Extent::Until(until), Some(line)) = (extent, rest.first()) {
                    at += usize::from(self.fields_of(until, line));
                }
                Ok(at)
            }
        }
    }

    /// Where the last lines begin that stand together and are of these parts. Lines that look so
    /// further in front are the field's: credits of pictures, say.
    fn tail(&self, parts: &[Part], lines: &[Line]) -> Option<usize> {
        let openers = openers(parts);
        if openers.is_empty() {
            return None;
        }
        let fits = |line: &Line| {
            let words = self.words(line);
            openers.iter().any(|pattern| pattern.is_match(&words))
        };
        let last = lines.iter().rposition(fits)?;
        let together = lines.iter().take(last).rev().take_while(|line| fits(line)).count();
        Some(last - together)
    }

    fn words(&self, line: &Line) -> Words<'t> {
        Words::of(bare(self.text.get(line.start..line.end).unwrap_or_default()))
    }

    /// Takes the fields that a line has by this pattern; false if it does not fit.
    fn fields_of(&mut self, pattern: &LinePattern, line: &Line) -> bool {
        let words = self.words(line);
        self.fields_in(pattern, line, &words)
    }

    /// The same of its words.
    fn fields_in(&mut self, pattern: &LinePattern, line: &Line, words: &Words<'_>) -> bool {
        let Some(groups) = pattern.groups(words) else { return false };
        let start = line.end - words.as_str().len();
        let mut at = 0;
        for (group, name) in groups {
            if group.start < at || group.is_empty() {
                continue;
            }
            self.furniture(&[Line { start: start + at, end: start + group.start, apart: false }]);
            self.field(name, Span::new(start + group.start, start + group.end));
            at = group.end;
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
        let name = meant(&self.rules.aliases, name);
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
