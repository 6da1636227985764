//! `corpus compare`: what two extractions differ in.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::{ArgMatches, Args, FromArgMatches as _};
use corpus_model::{BlockKind, Document, Span};
use serde::Serialize;
use serde_json::Value;

use crate::command::Command;
use crate::mentions::difference::{Change, Comparison, Counts, Difference, Fact, Key};
use crate::mentions::difference::{compare, key, read};
use crate::options::{self, InputOptions, OutputOptions};
use crate::output::Output;
use crate::pipeline;
use crate::report::json::line;
use crate::report::values;
use crate::session::{Session, Status};
use crate::style::{DATE, DIM, HEAD, NAME, WARN};
use crate::text_width::{columns, flat, grouped, pad, width, wrap};

const EXAMPLES: &str = "\
Examples:
  corpus extract --json sample/ > old.jsonl       before a change
  corpus extract --json sample/ | corpus compare old.jsonl -
  corpus compare old.jsonl new.jsonl              two extractions, sentences from the files
  corpus compare old.jsonl new.jsonl sample.jsonl sentences from these documents
  corpus compare --check old.jsonl new.jsonl      status 1 where anything differs

A fact is the same where kind, place and value are; changed where the value differs or an end has
moved; gained or lost otherwise. The sentences come from the files that the facts name, or from
the documents given, as far as these are still the same.

Exit status:
  0  done, whether or not anything differs
  1  with --check: something differs
  2  wrong usage, or one of both could not be read";

/// `corpus compare`.
pub(crate) struct Compare;

#[derive(Args, Debug)]
struct Options {
    /// What `corpus extract --json` printed before, or - for standard input
    old: PathBuf,

    /// What it prints now, or - for standard input
    new: PathBuf,

    /// Only these kinds of facts, separated by commas
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    kind: Vec<String>,

    /// At most so many gained, lost and changed facts of each kind; 0 for the counts alone
    #[arg(long, value_name = "N", default_value_t = 10)]
    most: usize,

    /// Print JSON Lines, a difference a line:
    /// {"change","kind","document","path","old","new","sentence"}
    #[arg(long)]
    json: bool,

    /// End with status 1 where anything differs
    #[arg(long)]
    check: bool,

    #[command(flatten)]
    input: InputOptions,

    #[command(flatten)]
    output: OutputOptions,
}

#[derive(Serialize)]
struct Row<'a> {
    change: &'static str,
    kind: &'a str,
    document: String,
    path: Option<&'a str>,
    old: Option<Side<'a>>,
    new: Option<Side<'a>>,
    sentence: Option<&'a str>,
}

#[derive(Serialize)]
struct Side<'a> {
    span: Span,
    text: &'a str,
    value: &'a Value,
}

impl<'a> Side<'a> {
    fn of(fact: &'a Fact) -> Side<'a> {
        Side { span: fact.span, text: &fact.text, value: &fact.value }
    }
}

/// A sentence with the fact in it, as bytes of the sentence.
struct Context {
    sentence: String,
    fact: Span,
}

impl Command for Compare {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("compare"))
            .about("Compare two extractions: facts gained, lost and changed")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let standard = Path::new("-");
        if options.old == standard && options.new == standard {
            bail!("only one of both can be standard input");
        }
        let [mut old, mut new] = [facts(&options.old)?, facts(&options.new)?];
        if !options.kind.is_empty() {
            for facts in [&mut old, &mut new] {
                facts.retain(|fact| options.kind.contains(&fact.kind));
            }
        }
        let comparison = compare(&old, &new);
        let mut output = Output::open(&options.output)?;
        let contexts = contexts(&comparison, &options, session)?;
        if options.json {
            let mut page = Vec::new();
            for (difference, context) in comparison.differences.iter().zip(&contexts) {
                let Some(fact) = difference.fact() else { continue };
                line(
                    &mut page,
                    &Row {
                        change: difference.change().name(),
                        kind: &fact.kind,
                        document: fact.document(),
                        path: fact.path.as_deref(),
                        old: difference.old.map(Side::of),
                        new: difference.new.map(Side::of),
                        sentence: context.as_ref().map(|it| it.sentence.as_str()),
                    },
                );
            }
            output.write_all(&page)?;
        } else {
            let width = columns(output.is_terminal());
            let mut page = table(&comparison);
            listed(&comparison, &contexts, options.most, width, &mut page);
            output.write_styled(&page, session)?;
        }
        output.finish(match options.check && !comparison.differences.is_empty() {
            true => Status::NothingFound,
            false => Status::Done,
        })
    }
}

fn facts(path: &Path) -> Result<Vec<Fact>> {
    read(&options::name(path), options::open(path)?)
}

/// The sentences of the differences, as far as their documents are at hand.
fn contexts(
    comparison: &Comparison<'_>,
    options: &Options,
    session: &Session,
) -> Result<Vec<Option<Context>>> {
    let mut contexts: Vec<Option<Context>> = Vec::new();
    contexts.resize_with(comparison.differences.len(), || None);
    let mut input = options.input.clone();
    if input.input.is_empty() {
        let paths: BTreeSet<&str> = comparison
            .differences
            .iter()
            .filter_map(|it| it.fact()?.path.as_deref())
            .filter(|path| Path::new(path).is_file())
            .collect();
        input.input = paths.into_iter().map(str::to_owned).collect();
    }
    if input.input.is_empty() || contexts.is_empty() {
        return Ok(contexts);
    }
    // The places of each document's differences, in text order.
    let mut wanted: HashMap<Key, Vec<(usize, &Fact)>> = HashMap::new();
    for (i, difference) in comparison.differences.iter().enumerate() {
        if let Some(fact) = difference.fact() {
            wanted.entry(fact.key()).or_default().push((i, fact));
        }
    }
    let work = || {
        |document: &mut Document, _: &mut Vec<u8>| {
            let key = key(document.id().to_owned(), document.metadata.path.as_deref());
            let wanted = wanted.get(&key).or_else(|| {
                // What was read from standard input has no path.
                wanted.get(&(document.id().to_owned(), String::new()))
            });
            wanted.map(|wanted| sentences(document, wanted)).unwrap_or_default()
        }
    };
    // What is damaged in the documents was told when the facts were extracted.
    let session = session.silenced();
    pipeline::run(&session, &input, work, |_, found: Vec<Vec<(usize, Context)>>| {
        for (i, context) in found.into_iter().flatten() {
            if let Some(slot) = contexts.get_mut(i) {
                *slot = Some(context);
            }
        }
        Ok(())
    })?;
    Ok(contexts)
}

/// The sentences in which facts of a document begin; none for a fact that does not stand there.
fn sentences(document: &Document, facts: &[(usize, &Fact)]) -> Vec<(usize, Context)> {
    let mut contexts = Vec::new();
    let mut facts = facts.iter().peekable();
    let blocks = document.blocks().iter();
    for block in blocks.filter(|it| it.kind.is_content() || it.kind == BlockKind::Byline) {
        for sentence in corpus_text::sentences(&document[block.span]) {
            let span = sentence.span.shifted(block.span.start());
            while let Some((i, fact)) = facts.next_if(|it| it.1.span.start() < span.end()) {
                if document.get(fact.span) != Some(&fact.text) || fact.span.start() < span.start() {
                    continue;
                }
                let start = fact.span.start() - span.start();
                let end = fact.span.end().min(span.end()) - span.start();
                let sentence = document[span].to_owned();
                contexts.push((*i, Context { sentence, fact: Span::new(start, end) }));
            }
        }
    }
    contexts
}

/// The counts by kind.
fn table(comparison: &Comparison<'_>) -> String {
    const HEADS: [&str; 6] = ["old", "new", "same", "gained", "lost", "changed"];
    let mut page = format!("{HEAD}{}", pad("", 12));
    for head in HEADS {
        page.push_str(&format!("{head:>9}"));
    }
    page.push_str(&format!("{HEAD:#}\n"));
    let mut row = |name: &str, counts: Counts| {
        page.push_str(&format!("{NAME}{}{NAME:#}", pad(name, 12)));
        let numbers =
            [counts.old, counts.new, counts.same, counts.gained, counts.lost, counts.changed];
        for (i, number) in numbers.into_iter().enumerate() {
            let number = format!("{:>9}", grouped(number));
            match i {
                3 if counts.gained > 0 => page.push_str(&format!("{DATE}{number}{DATE:#}")),
                4 | 5 if number.trim() != "0" => page.push_str(&format!("{WARN}{number}{WARN:#}")),
                _ => page.push_str(&number),
            }
        }
        page.push('\n');
    };
    let mut all = Counts::default();
    for (kind, counts) in &comparison.counts {
        row(kind, *counts);
        all.merge(*counts);
    }
    row("all", all);
    if all.differing() == 0 {
        page.push_str("\nnothing differs\n");
    }
    page
}

/// The differences by kind and change, at most so many of each.
fn listed(
    comparison: &Comparison<'_>,
    contexts: &[Option<Context>],
    most: usize,
    columns: usize,
    page: &mut String,
) {
    type Entry<'a, 'b> = (&'b Difference<'a>, Option<&'b Context>);
    let mut groups: BTreeMap<(&str, Change), Vec<Entry<'_, '_>>> = BTreeMap::new();
    for (difference, context) in comparison.differences.iter().zip(contexts) {
        if let Some(fact) = difference.fact() {
            let group = groups.entry((&fact.kind, difference.change())).or_default();
            group.push((difference, context.as_ref()));
        }
    }
    if most == 0 {
        return;
    }
    for kind in comparison.counts.keys() {
        for change in Change::ALL {
            let Some(group) = groups.get(&(*kind, change)) else { continue };
            let n = grouped(group.len() as u64);
            page.push_str(&format!("\n{HEAD}{kind} {}: {n}{HEAD:#}\n", change.name()));
            for (difference, context) in group.iter().take(most) {
                entry(difference, *context, columns, page);
            }
            if let Some(more @ 1..) = group.len().checked_sub(most) {
                page.push_str(&format!("\n  {DIM}and {} more{DIM:#}\n", grouped(more as u64)));
            }
        }
    }
}

/// One difference: where it stands, what it was, what it is, and the sentence.
fn entry(
    difference: &Difference<'_>,
    context: Option<&Context>,
    columns: usize,
    page: &mut String,
) {
    let Some(fact) = difference.fact() else { return };
    let place = flat(&fact.path.clone().unwrap_or_else(|| fact.document()));
    let document = flat(&fact.document());
    let of = if place.contains(&document) { String::new() } else { format!(" {document}") };
    page.push_str(&format!("\n  {DIM}{place}{of}, byte {}{DIM:#}\n", fact.span.start()));
    let sides = [(difference.old, '-', WARN), (difference.new, '+', DATE)];
    for (fact, sign, style) in sides {
        let Some(fact) = fact else { continue };
        page.push_str(&format!(
            "{style}{}{style:#}",
            wrap(&described(fact), columns, &format!("  {sign} "), 4)
        ));
    }
    if let (Some(old), Some(new)) = (difference.old, difference.new)
        && described(old) == described(new)
    {
        // What people are shown leaves out what only programs ask for.
        let fields = differing_fields(&old.value, &new.value).join(", ");
        page.push_str(&format!("    {DIM}differs in: {}{DIM:#}\n", flat(&fields)));
    }
    if let Some(Context { sentence, fact }) = context {
        let part = |from, to| sentence.get(from..to).unwrap_or_default();
        let marked = format!(
            "{}[{}]{}",
            part(0, fact.start()),
            part(fact.start(), fact.end()),
            part(fact.end(), sentence.len())
        );
        let lines = wrap(&marked, columns.max(width("    ") + 20), "    ", 4);
        page.push_str(&format!("{DIM}{lines}{DIM:#}"));
    }
}

/// The text of a fact and its value in words, or as JSON where this version does not know the kind.
fn described(fact: &Fact) -> String {
    let tagged = serde_json::json!({ "kind": fact.kind, "value": fact.value });
    let value = match serde_json::from_value::<corpus_model::Value>(tagged) {
        Ok(value) => values::shown(&value),
        Err(_) => fact.value.to_string(),
    };
    let (written, value) = (flat(&fact.text), flat(&value));
    if value.is_empty() || value == written { written } else { format!("{written} → {value}") }
}

/// The names of the fields in which two values differ.
fn differing_fields(old: &Value, new: &Value) -> Vec<String> {
    let (Value::Object(one), Value::Object(other)) = (old, new) else {
        return vec!["value".to_owned()];
    };
    let mut names: BTreeSet<&String> = one.keys().collect();
    names.extend(other.keys());
    let mut fields = Vec::new();
    for name in names {
        match (one.get(name), other.get(name)) {
            (Some(Value::Array(old)), Some(Value::Array(new))) if old.len() == new.len() => {
                for (old, new) in old.iter().zip(new).filter(|(old, new)| old != new) {
                    let inner = match (old, new) {
                        (Value::Object(old), Value::Object(new)) => {
                            let mut keys: BTreeSet<&String> = old.keys().collect();
                            keys.extend(new.keys());
                            let differs = |key: &&&String| old.get(**key) != new.get(**key);
                            keys.iter().filter(differs).map(|key| (*key).clone()).collect()
                        }
                        _ => vec![name.clone()],
                    };
                    fields.extend(inner);
                }
            }
            (old, new) if old != new => fields.push(name.clone()),
            _ => {}
        }
    }
    fields.dedup();
    fields
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::differing_fields;

    #[test]
    fn names_the_fields_that_differ() {
        let of = |issuer: &str, antecedent: bool| {
            let mut value = json!({ "refs": [{ "number": 1, "issuer": issuer }] });
            if antecedent {
                value["antecedent"] = json!([1, 2]);
            }
            value
        };
        assert_eq!(differing_fields(&of("a", false), &of("b", false)), ["issuer"]);
        assert_eq!(differing_fields(&of("a", false), &of("a", true)), ["antecedent"]);
        assert_eq!(
            differing_fields(&json!({"offices": ["a"]}), &json!({"offices": ["a", "b"]})),
            ["offices"]
        );
        assert_eq!(differing_fields(&json!({"items": [1]}), &json!({"items": [2]})), ["items"]);
        assert_eq!(differing_fields(&json!(1), &json!(2)), ["value"]);
    }
}
