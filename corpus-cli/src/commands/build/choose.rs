//! The second stage: which documents are kept, told from the marks of all of them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Write as _;
use std::path::Path;

use anyhow::Result;
use corpus_parse::Ledger;
use corpus_stats::{Banding, Keep, stored_clusters};
use serde::Serialize;

use super::inputs::hash;
use super::journal::PartDone;
use super::manifest::{Counts, RuleCount, Shard};
use super::marks::{Mark, Marks};
use super::read::PartFiles;
use crate::options::OutputOptions;
use crate::output::Output;
use crate::report::json::line;
use crate::session::Status;
use crate::sketches::{SketchFiles, Stored};

/// The name of the list of documents that are in no shard.
const DROPPED: &str = "dropped.jsonl";
/// The reason under which duplicates enter the ledger.
const DUPLICATE: &str = "duplicate";

/// How near-duplicates are told, and which of them stays.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub(super) threshold: f64,
    pub(super) keep: Keep,
}

/// Which documents are kept.
#[derive(Debug, Default)]
pub(super) struct Choice {
    /// Those that are duplicates, by their number among all documents, with the number of the one
    /// that is kept.
    copies: HashMap<usize, usize>,
    pub(super) counts: Counts,
    /// The ledger of all parts, what is not kept entered by its reason.
    pub(super) ledger: Ledger,
    pub(super) dropped: Shard,
}

/// A document that is in no shard, as it is listed.
#[derive(Serialize)]
struct Row<'a> {
    document: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    bytes: u64,
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    threshold: Option<f64>,
    /// The document that is kept in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of_path: Option<&'a str>,
}

impl Choice {
    /// Chooses, and lists in `folder` what is not kept.
    pub(super) fn new(
        marks: &Path,
        parts: &[PartDone],
        rule: Option<Rule>,
        folder: &Path,
        missing: &Ledger,
    ) -> Result<Choice> {
        let mut choice = Choice { ledger: missing.clone(), ..Choice::default() };
        for ledger in parts.iter().filter_map(|part| part.ledger.as_ref()) {
            choice.ledger.merge(&ledger.ledger());
        }
        if let Some(rule) = rule {
            choice.copies = copies(marks, parts, rule)?;
        }
        choice.list(marks, parts, folder)?;
        Ok(choice)
    }

    /// Whether the document of this number is a duplicate of one that is kept.
    pub(super) fn is_copy(&self, number: usize) -> bool {
        self.copies.contains_key(&number)
    }

    /// Writes the list of what is not kept, and counts.
    fn list(&mut self, marks: &Path, parts: &[PartDone], folder: &Path) -> Result<()> {
        let mut names = HashMap::new();
        let wanted: HashSet<usize> = self.copies.values().copied().collect();
        each(marks, parts, |n, mark| {
            if wanted.contains(&n) {
                names.insert(n, (mark.id, mark.path));
            }
            Ok(())
        })?;
        let path = folder.join(DROPPED);
        let mut output = Output::open(&OutputOptions { output: Some(path.clone()) })?;
        let mut page = Vec::new();
        let mut rules: BTreeMap<String, u64> = BTreeMap::new();
        let mut dropped = Shard { file: DROPPED.to_owned(), ..Shard::default() };
        let Choice { copies, counts, ledger, .. } = self;
        each(marks, parts, |n, mark| {
            counts.documents += 1;
            let copy_of = copies.get(&n).and_then(|kept| names.get(kept));
            let broken = mark.broken.as_ref();
            let reason = match (broken, copies.contains_key(&n)) {
                (Some(broken), _) => broken.rule.as_str(),
                (None, true) => DUPLICATE,
                (None, false) => {
                    counts.kept += 1;
                    return Ok(());
                }
            };
            match broken {
                Some(broken) => *rules.entry(broken.rule.clone()).or_default() += 1,
                None => counts.duplicates += 1,
            }
            // A text can be longer than its record: UTF-16 takes fewer bytes for some scripts.
            ledger.reject(reason, mark.bytes.min(ledger.bytes_documents));
            dropped.documents += 1;
            dropped.text_bytes += mark.bytes;
            page.clear();
            line(
                &mut page,
                &Row {
                    document: &mark.id,
                    path: mark.path.as_deref(),
                    bytes: mark.bytes,
                    reason,
                    value: broken.map(|it| it.value),
                    threshold: broken.map(|it| it.threshold),
                    of: copy_of.map(|it| it.0.as_str()),
                    of_path: copy_of.and_then(|it| it.1.as_deref()),
                },
            );
            Ok(output.write_all(&page)?)
        })?;
        output.finish(Status::Done)?;
        (dropped.bytes, dropped.xxh3) = hash(&path)?;
        let rules = rules.into_iter();
        counts.rules = rules.map(|(rule, documents)| RuleCount { rule, documents }).collect();
        self.dropped = dropped;
        Ok(())
    }
}

/// The documents that are duplicates, with the one that is kept, both by number.
fn copies(folder: &Path, parts: &[PartDone], rule: Rule) -> Result<HashMap<usize, usize>> {
    let files = parts.iter().map(|part| {
        let PartFiles { shingles, keys, .. } = PartFiles::of(folder, part);
        let documents = usize::try_from(part.documents).unwrap_or(usize::MAX);
        (Stored::At(shingles), Stored::At(keys), documents)
    });
    let mut files = SketchFiles::open(files, Banding::of(rule.threshold))?;
    let mut copies = HashMap::new();
    for cluster in stored_clusters(&mut files, rule.threshold)? {
        let Some(kept) = rule.keep.choose_by(&cluster, |number| files.words(number)) else {
            continue;
        };
        copies
            .extend(cluster.iter().filter(|&&number| number != kept).map(|&number| (number, kept)));
    }
    Ok(copies)
}

/// Calls for each document of all parts, with its number.
fn each(
    folder: &Path,
    parts: &[PartDone],
    mut call: impl FnMut(usize, Mark) -> Result<()>,
) -> Result<()> {
    let mut n = 0;
    for part in parts {
        let mut marks = Marks::open(&PartFiles::of(folder, part).marks)?;
        while let Some(mark) = marks.next()? {
            call(n, mark)?;
            n += 1;
        }
    }
    Ok(())
}
