//! `corpus filter`: which documents are worth keeping, and why the others are not.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow, bail};
use clap::{ArgMatches, Args, FromArgMatches as _};
use corpus_model::Document;
use corpus_parse::Ledger;
use corpus_stats::quality::{self, Preset, Verdict};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::command::Command;
use crate::options::{InputOptions, OutputOptions};
use crate::output::Output;
use crate::pipeline;
use crate::report::LedgerRows;
use crate::report::json::{DocumentName, line};
use crate::report::quality::rounded;
use crate::session::{Session, Status};
use crate::style::{DIM, NAME, WARN};
use crate::text_width::{flat, grouped};

const EXAMPLES: &str = "\
Examples:
  corpus filter crawl.jsonl.gz > kept.jsonl            documents kept, as JSON Lines
  corpus filter --rejected dropped.jsonl crawl/ -o kept.jsonl
  corpus filter --explain articles/                    every decision, for a person
  corpus filter --explain --json crawl.jsonl           {\"document\",\"keep\",\"reasons\",\"metrics\"}
  corpus filter --preset news articles/                thresholds for collections of news
  corpus filter --print-preset news > mine.tsv         to begin an own one with
  corpus filter --preset mine.tsv crawl.jsonl

Every rule is asked, in the order of the preset. The rules of Gopher, C4 and FineWeb measure what
datatrove 0.10.1 measures, words being what stands between blanks.";

/// `corpus filter`.
pub(crate) struct Filter;

#[derive(Args, Debug)]
struct Options {
    #[command(flatten)]
    input: InputOptions,

    /// Rules with their thresholds: fineweb2-vie, news, or a file
    #[arg(long, value_name = "NAME/FILE", default_value = "fineweb2-vie")]
    preset: String,

    /// Print the preset of this name, to begin an own one with, and stop
    #[arg(long, value_name = "NAME", exclusive = true)]
    print_preset: Option<String>,

    /// Print every decision with its reasons instead of the documents kept
    #[arg(long)]
    explain: bool,

    /// Print JSON Lines; documents are printed so in any case
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    output: OutputOptions,
}

#[derive(Serialize)]
struct Row<'a> {
    document: DocumentName<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    keep: bool,
    reasons: Reasons<'a>,
    metrics: Metrics<'a>,
}

/// A document as a line that can be read again, with what it broke where it is not kept.
struct Record<'a> {
    document: &'a Document,
    verdict: Option<&'a Verdict>,
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let document = self.document;
        let it = &document.metadata;
        let published = it.published.map(|when| when.to_string());
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", document.id())?;
        let mut known = vec!["id", "text", "reasons"];
        for (name, value) in [
            ("url", it.url.as_deref()),
            ("title", it.title.as_deref()),
            ("lead", it.lead.as_deref()),
            ("byline", it.byline.as_deref()),
            ("published", published.as_deref()),
            ("language", it.language.as_deref()),
        ] {
            known.push(name);
            if let Some(value) = value {
                map.serialize_entry(name, value)?;
            }
        }
        // Whatever else the source stated is kept under its name, and where it first came from.
        for (name, value) in it.extra.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
            map.serialize_entry(name, value)?;
        }
        if let (Some(path), None) = (&it.path, it.extra.get("path")) {
            map.serialize_entry("path", path)?;
        }
        if let Some(verdict) = self.verdict {
            map.serialize_entry("reasons", &Reasons(verdict))?;
        }
        map.serialize_entry("text", document.text())?;
        map.end()
    }
}

struct Reasons<'a>(&'a Verdict);

#[derive(Serialize)]
struct ReasonRow {
    rule: String,
    value: f64,
    threshold: f64,
}

impl Serialize for Reasons<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.reasons.iter().map(|reason| ReasonRow {
            rule: reason.rule.to_string(),
            value: rounded(reason.value),
            threshold: reason.threshold,
        }))
    }
}

struct Metrics<'a>(&'a Verdict);

impl Serialize for Metrics<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.metrics.len()))?;
        for (metric, value) in &self.0.metrics {
            match value.fract() == 0.0 && value.abs() < 1e15 {
                true => map.serialize_entry(&metric.name(), &(*value as i64))?,
                false => map.serialize_entry(&metric.name(), &rounded(*value))?,
            }
        }
        map.end()
    }
}

/// What became of a document: the first rule that it broke, and the document for `--rejected`.
#[derive(Default)]
struct Decision {
    dropped_by: Option<String>,
    bytes: u64,
    rejected: Vec<u8>,
}

impl Command for Filter {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("filter"))
            .about("Keep the documents that are worth it, by rules of quality")
            .mut_arg("rejected", |it| {
                it.help("Write the documents that are not kept to FILE, with the reasons")
            })
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let mut options = Options::from_arg_matches(arguments)?;
        // What the rules turn down is rejected here too, so both are written below.
        let ledger_to = options.input.ledger.take();
        let rejected_path = options.input.rejected.take();
        let mut output = Output::open(&options.output)?;
        if let Some(name) = &options.print_preset {
            let text = Preset::text(name).ok_or_else(|| unknown(name))?;
            output.write_all(text.as_bytes())?;
            return output.finish(Status::Done);
        }
        let filter = quality::Filter::new(&preset(&options.preset)?);
        let rejected_to = OutputOptions { output: rejected_path.clone() };
        let mut rejected = match &rejected_path {
            Some(path) if path.as_os_str() == "-" && options.output.output.is_none() => {
                bail!("--rejected -: the documents kept go to standard output; name a file")
            }
            Some(_) => Some(Output::open(&rejected_to)?),
            None => None,
        };
        let work = || {
            |document: &mut Document, page: &mut Vec<u8>| {
                let document = &*document;
                let verdict = filter.judge_document(document);
                match (options.explain, options.json) {
                    (true, true) => line(page, &row(document, &verdict)),
                    (true, false) => explained(document, &verdict, page),
                    (false, _) if verdict.keep() => line(page, &Record { document, verdict: None }),
                    (false, _) => {}
                }
                let mut decision = Decision::default();
                if let Some(reason) = verdict.reasons.first() {
                    decision.dropped_by = Some(reason.rule.to_string());
                    decision.bytes = document.text().len() as u64;
                    if rejected_path.is_some() {
                        let row = Record { document, verdict: Some(&verdict) };
                        line(&mut decision.rejected, &row);
                    }
                }
                decision
            }
        };
        let mut dropped = Dropped::default();
        let outcome = pipeline::run(session, &options.input, work, |bytes, decisions| {
            for decision in decisions {
                if let Some(rejected) = &mut rejected {
                    rejected.write_all(&decision.rejected)?;
                }
                dropped.add(&decision);
            }
            match options.explain && !options.json {
                true => output.write_styled(&String::from_utf8_lossy(bytes), session),
                false => Ok(output.write_all(bytes)?),
            }
        })?;
        let status = outcome.status();
        if outcome.documents > 0 {
            session.note(&dropped.told(outcome.documents));
        }
        if let Some(rejected) = rejected {
            rejected.finish(status)?;
        }
        if let Some(path) = ledger_to {
            let mut file = Output::open(&OutputOptions { output: Some(path) })?;
            let mut page = Vec::new();
            let rows = LedgerRows::new(&dropped.entered(&outcome.ledger));
            line(&mut page, &LedgerRows { encodings: session.account().encodings(), ..rows });
            file.write_all(&page)?;
            file.finish(status)?;
        }
        output.finish(status)
    }
}

/// How many documents were dropped, by the rule that each broke first.
#[derive(Default)]
struct Dropped {
    rules: Vec<(String, u64)>,
    /// The same with the bytes of the documents' texts.
    ledger: Ledger,
    documents: u64,
    bytes: u64,
}

impl Dropped {
    fn add(&mut self, decision: &Decision) {
        let Some(rule) = &decision.dropped_by else { return };
        self.documents += 1;
        self.bytes += decision.bytes;
        self.ledger.reject(rule, decision.bytes);
        match self.rules.iter_mut().find(|row| row.0 == *rule) {
            Some(row) => row.1 += 1,
            None => self.rules.push((rule.clone(), 1)),
        }
    }

    /// The ledger of what was read, the texts of rejected documents entered by rule. What a record
    /// has beside its text stays with the documents.
    fn entered(&self, read: &Ledger) -> Ledger {
        let mut ledger = read.clone();
        for row in &self.ledger.rejected {
            // A text can be longer than its record: UTF-16 takes fewer bytes for some scripts.
            let bytes = row.bytes.min(ledger.bytes_documents);
            ledger.reject(&row.reason, bytes);
            if let Some(entered) = ledger.rejected.iter_mut().find(|it| it.reason == row.reason) {
                entered.count += row.count - 1;
            }
        }
        ledger
    }

    /// The sum in a sentence: every document is accounted for.
    fn told(&self, all: u64) -> String {
        let mut rules = self.rules.clone();
        rules.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let rules: Vec<String> =
            rules.iter().map(|(rule, n)| format!("{rule} {}", grouped(*n))).collect();
        let mut told =
            format!("{} documents, {} kept", grouped(all), grouped(all - self.documents));
        if !rules.is_empty() {
            let (n, bytes) = (grouped(self.documents), grouped(self.bytes));
            told.push_str(&format!(
                ", {n} dropped ({bytes} bytes of text), first broken rule: {}",
                rules.join(", ")
            ));
        }
        told
    }
}

fn row<'a>(document: &'a Document, verdict: &'a Verdict) -> Row<'a> {
    Row {
        document: DocumentName::of(document),
        path: document.metadata.path.as_deref(),
        keep: verdict.keep(),
        reasons: Reasons(verdict),
        metrics: Metrics(verdict),
    }
}

/// A decision in a line or two.
fn explained(document: &Document, verdict: &Verdict, page: &mut Vec<u8>) {
    let id = flat(document.id());
    let text = match verdict.keep() {
        true => format!("keep  {NAME}{id}{NAME:#}\n"),
        false => {
            let reasons: Vec<String> = verdict.reasons.iter().map(ToString::to_string).collect();
            let reasons = reasons.join("\n      ");
            format!("{WARN}drop{WARN:#}  {NAME}{id}{NAME:#}\n      {DIM}{reasons}{DIM:#}\n")
        }
    };
    page.extend_from_slice(text.as_bytes());
}

/// The preset of this name, or in this file.
pub(super) fn preset(name: &str) -> Result<Preset> {
    if let Some(preset) = Preset::built_in(name) {
        return Ok(preset);
    }
    let path = Path::new(name);
    if !path.exists() {
        return Err(unknown(name));
    }
    let text = fs::read_to_string(path).with_context(|| format!("{name}: cannot be read"))?;
    let preset = Preset::parse(&text).map_err(|error| anyhow!("{name}: {error}"))?;
    if preset.rules().is_empty() {
        bail!("{name}: no rules in it");
    }
    Ok(preset)
}

fn unknown(name: &str) -> anyhow::Error {
    let names = Preset::NAMES.join(", ");
    anyhow!("no preset and no file is called {name:?}; the presets are {names}")
}

#[cfg(test)]
mod tests {
    use super::{Decision, Dropped, Ledger};

    #[test]
    fn every_document_is_accounted_for() {
        let mut dropped = Dropped::default();
        for rule in [None, Some("b"), Some("a"), Some("b")] {
            let dropped_by = rule.map(str::to_owned);
            dropped.add(&Decision { dropped_by, bytes: 700, rejected: Vec::new() });
        }
        let read = Ledger { bytes_in: 2500, bytes_documents: 2500, ..Ledger::default() };
        let entered = dropped.entered(&read);
        assert!(entered.closes());
        let rows: Vec<_> =
            entered.rejected.iter().map(|it| (it.reason.as_str(), it.bytes, it.count)).collect();
        assert_eq!(rows, [("b", 1400, 2), ("a", 700, 1)]);
        assert_eq!(
            dropped.told(4),
            "4 documents, 1 kept, 3 dropped (2 100 bytes of text), first broken rule: b 2, a 1"
        );
        assert_eq!(Dropped::default().told(4), "4 documents, 4 kept");
    }
}
