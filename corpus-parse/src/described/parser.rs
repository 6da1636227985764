//! Where records begin and end.

use std::sync::Arc;

use super::description::Rules;
use super::layout;
use crate::line_pattern::{LinePattern, Words};
use crate::{ParseError, ParseErrorKind, Parser, Record, Source};

pub(super) struct DescribedParser {
    pub(super) rules: Arc<Rules>,
}

/// So many characters of a value are told.
const LONGEST_SHOWN: usize = 60;

impl Parser for DescribedParser {
    fn parse(&mut self, source: &mut Source<'_>, record: &mut Record) -> Result<bool, ParseError> {
        let rules = &*self.rules;
        let outcome = read_one(rules, source);
        match outcome {
            Ok(true) => {}
            Err(error) if matches!(error.kind(), ParseErrorKind::TooLong { .. }) => {
                skip_to_record(rules, source);
                return Err(error);
            }
            outcome => return outcome,
        }
        record.rules.format = Some(self.rules.lines.clone());
        if rules.by_line {
            record.text.push_str(source.line_again());
        } else {
            record.text.push_str(source.text());
        }
        match layout::lay_out(rules, record) {
            Ok(None) => Ok(true),
            Ok(Some(date)) => {
                let shown: String = date.chars().take(LONGEST_SHOWN).collect();
                let what = format!("no form of `dates` fits the date {shown:?}");
                source.report(source.malformed_record(what));
                Ok(true)
            }
            Err(what) => Err(source.malformed_record(what)),
        }
    }
}

/// Reads the lines of the next record; false at the end of the input.
fn read_one(rules: &Rules, source: &mut Source<'_>) -> Result<bool, ParseError> {
    if rules.is_whole() {
        return Ok(source.read_to_end()? && !is_blank(source.text().as_bytes()));
    }
    // Blank lines and separators stand between records.
    loop {
        let Some(line) = source.line_bytes()? else { return Ok(false) };
        if !is_blank(line) && !fits_one(rules.separator.as_ref(), line) {
            break;
        }
        source.discard();
    }
    source.mark();
    if rules.by_line {
        return Ok(true);
    }
    let begins = begins_record(rules, source)?;
    if !begins {
        // What stands in front of a record is told as one.
        while !ended(rules, source, true)? {}
        let begins: Vec<String> =
            rules.begins.iter().map(|it| format!("'{}'", it.source())).collect();
        let what = format!("no line that a record begins with: {}", begins.join(", then "));
        return Err(source.malformed_record(what));
    }
    while !ended(rules, source, false)? {}
    Ok(true)
}

/// Reads a line more, unless the record has ended; says whether it has.
///
/// What is no record does not end by the line that ends records.
fn ended(rules: &Rules, source: &mut Source<'_>, stray: bool) -> Result<bool, ParseError> {
    if !stray && fits_one(rules.ends.as_ref(), source.last_bytes()) {
        return Ok(true);
    }
    let place = source.checkpoint();
    // The line may be the next record's, whose length is no matter of this one.
    source.look_ahead();
    let Some(line) = source.line_bytes()? else { return Ok(true) };
    let separates = fits_one(rules.separator.as_ref(), line);
    if separates || (!rules.begins.is_empty() && begins_record(rules, source)?) {
        source.rewind(place);
        return Ok(true);
    }
    source.claim()?;
    Ok(false)
}

/// Whether the line read last, and those behind it, are what a record begins with.
fn begins_record(rules: &Rules, source: &mut Source<'_>) -> Result<bool, ParseError> {
    let Some((first, others)) = rules.begins.split_first() else { return Ok(true) };
    if !fits(first, source.last_bytes()) {
        return Ok(false);
    }
    let place = source.checkpoint();
    let mut begins = true;
    for pattern in others {
        let line = loop {
            source.look_ahead();
            match source.line_bytes()? {
                Some(line) if is_blank(line) => {}
                line => break line,
            }
        };
        begins = line.is_some_and(|line| fits(pattern, line));
        if !begins {
            break;
        }
    }
    source.rewind(place);
    Ok(begins)
}

/// Skips the rest of a record that is too long.
fn skip_to_record(rules: &Rules, source: &mut Source<'_>) {
    loop {
        source.skip();
        let place = source.checkpoint();
        match source.line_bytes() {
            Ok(None) => return,
            Ok(Some(line)) => {
                let separates = fits_one(rules.separator.as_ref(), line);
                let begins =
                    !rules.begins.is_empty() && matches!(begins_record(rules, source), Ok(true));
                if separates || begins || rules.by_line {
                    source.rewind(place);
                    return;
                }
                if fits_one(rules.ends.as_ref(), source.last_bytes()) {
                    return;
                }
            }
            // Another line that is too long belongs to the same record.
            Err(_) => {}
        }
    }
}

fn fits_one(pattern: Option<&LinePattern>, line: &[u8]) -> bool {
    pattern.is_some_and(|pattern| fits(pattern, line))
}

/// Whether a line fits, the white space around it and byte-order marks of joined files aside.
fn fits(pattern: &LinePattern, line: &[u8]) -> bool {
    pattern.is_match(&Words::of(layout::bare(&String::from_utf8_lossy(line))))
}

fn is_blank(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).is_empty()
}
