//! `corpus duplicates`: documents that say the same.

mod collection;
mod index;
mod paragraphs;

use std::collections::{BTreeMap, HashSet};
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{ArgMatches, Args, FromArgMatches as _, ValueEnum};
use corpus_model::Document;
use corpus_stats::{Keep, Pair, Sketch, clusters};
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use crate::command::Command;
use crate::options::{InputOptions, OutputOptions};
use crate::output::Output;
use crate::pipeline;
use crate::report::UniqueNames;
use crate::report::json::line;
use crate::session::{Session, Status};
use crate::style::{DIM, HEAD, NAME};
use crate::text_width::{columns, cut, flat};
use collection::{Collection, Complete};

const EXAMPLES: &str = "\
Examples:
  corpus duplicates seeds                        pairs and clusters, for a person
  corpus duplicates --json crawl.jsonl           {\"a\",\"b\",\"similarity\"} a pair
  corpus duplicates --keep longest --json crawl  with {\"cluster\",\"keep\"} a cluster
  corpus duplicates --exact-only crawl/
  corpus duplicates --level paragraph crawl/     what documents have in common, what a site prints
                                                 everywhere
  corpus duplicates --index seen.idx monday/     only pairs with a document that is new to seen.idx,
  corpus duplicates --index seen.idx tuesday/    which keeps it for the next time

The similarity of two documents is the share of their runs of five words that stand in both
(Jaccard). Case, composition and tone placement are folded; tones and numbers are kept.

Paragraphs are the same where their words are. Documents that are near-duplicates as a whole count
once there. A paragraph is boilerplate of a site where four of its documents have it, and one in
fifty.";

/// `corpus duplicates`.
pub(crate) struct Duplicates;

#[derive(Args, Debug)]
struct Options {
    #[command(flatten)]
    input: InputOptions,

    /// The least similarity of a pair, from 0 to 1
    #[arg(long, value_name = "SIMILARITY", default_value_t = 0.8, value_parser = share)]
    threshold: f64,

    /// Only documents with the same text
    #[arg(long)]
    exact_only: bool,

    /// What is compared: documents, or the paragraphs that they are made of
    #[arg(long, value_enum, default_value_t = Level::Document)]
    level: Level,

    /// With --level paragraph: leave out paragraphs of fewer words
    #[arg(long, value_name = "N", default_value_t = 8)]
    fewest_words: usize,

    /// Compare with the documents of earlier runs in FILE too, and add these to it; it is made where
    /// it is not there
    #[arg(long, value_name = "FILE", conflicts_with = "keep")]
    index: Option<PathBuf>,

    /// Hold what documents are compared by in memory up to so many MiB; beyond, in temporary files, whose
    /// folder TMPDIR names. Of the pairs at the threshold less than one in ten thousand is missed then;
    /// below a threshold of 0.07, and with --level paragraph, all stays in memory
    #[arg(long, value_name = "MIB", default_value_t = 64)]
    memory: u64,

    /// Which document of a cluster to keep
    #[arg(long, value_enum, default_value_t = Kept::None)]
    keep: Kept,

    /// Print JSON Lines: {"a","b","similarity"}
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    output: OutputOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kept {
    /// The first in the order of the input
    First,
    /// The one with most words
    Longest,
    /// Do not choose
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Level {
    /// Documents that are the same or nearly
    Document,
    /// Paragraphs that stand in several documents
    Paragraph,
}

/// Reads a number from 0 to 1.
pub(super) fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if (0.0..=1.0).contains(&number) => Ok(number),
        _ => Err(format!("{text:?} is no number from 0 to 1")),
    }
}

#[derive(Serialize)]
struct PairRow<'a> {
    a: &'a str,
    b: &'a str,
    similarity: f64,
}

#[derive(Serialize)]
struct ClusterRow<'a> {
    cluster: Vec<&'a str>,
    keep: &'a str,
}

/// What is kept of a document to compare it and to name it.
struct Compared {
    id: String,
    path: Option<String>,
    title: Option<String>,
    sketch: Sketch,
}

impl Command for Duplicates {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("duplicates"))
            .about("Find documents that say the same, word for word or nearly")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        if options.level == Level::Paragraph {
            if options.index.is_some() {
                bail!("--index keeps documents, not paragraphs: leave --level away");
            }
            return paragraphs::run(&options, session);
        }
        let limit = usize::try_from(options.memory.saturating_mul(1 << 20)).unwrap_or(usize::MAX);
        let mut collection = Collection::new(options.threshold, limit);
        let mut names = UniqueNames::default();
        // What earlier runs have met, as hashes of name and text together.
        let mut met: HashSet<u64> = HashSet::new();
        if let Some(path) = &options.index {
            index::open(path, |name, sketch| {
                met.insert(hash(name, &sketch));
                collection.add(&names.name(name, None), "", sketch)
            })?;
        }
        let before = collection.len();
        let mut output = Output::open(&options.output)?;
        // Titles are for people.
        let titled = !options.json;
        let work = || {
            |document: &mut Document, _: &mut Vec<u8>| Compared {
                id: document.id().to_owned(),
                path: document.metadata.path.clone(),
                title: document.metadata.title.clone().filter(|_| titled),
                sketch: Sketch::new(document),
            }
        };
        let outcome = pipeline::run(session, &options.input, work, |_, values: Vec<Compared>| {
            for it in values {
                // What an earlier run has met under this name, with this text, is not new.
                let same = |name: &str| !met.is_empty() && met.contains(&hash(name, &it.sketch));
                let by_path = |path: &String| same(&format!("{path}:{}", it.id));
                if !same(&it.id) && !it.path.as_ref().is_some_and(by_path) {
                    let name = names.name(&it.id, it.path.as_deref());
                    collection.add(&name, it.title.as_deref().unwrap_or_default(), it.sketch)?;
                }
            }
            Ok(())
        })?;
        drop((names, met));
        let mut documents = collection.finish()?;
        let mut pairs = match options.exact_only {
            true => documents.exact()?,
            false => documents.near(options.threshold)?,
        };
        // Two documents of earlier runs were told of then.
        pairs.retain(|pair| pair.b >= before);
        if options.json {
            write_json(&documents, &pairs, options.keep, &mut output)?;
        } else {
            let columns = columns(output.is_terminal());
            let page = shown(&documents, &pairs, options.keep, columns)?;
            output.write_styled(&page, session)?;
        }
        let status = outcome.status();
        if let Some(path) = options.index.as_deref().filter(|_| status != Status::Failed) {
            let all =
                (0..documents.len()).map(|it| Ok((documents.name(it)?.0, documents.sketch(it)?)));
            index::save(path, all)?;
        }
        output.finish(status)
    }
}

/// The hash of a document's name and of what it is compared by.
fn hash(name: &str, sketch: &Sketch) -> u64 {
    let shingles = sketch.shingles().iter().flat_map(|it| it.to_le_bytes());
    let words = (sketch.words() as u64).to_le_bytes();
    xxh3_64(&words.into_iter().chain(shingles).chain(name.bytes()).collect::<Vec<u8>>())
}

impl Kept {
    /// Which document of a cluster stays, if one is to be chosen.
    fn of(self, cluster: &[usize], documents: &Complete) -> Option<usize> {
        match self {
            Kept::First => documents.choose(Keep::First, cluster),
            Kept::Longest => documents.choose(Keep::Longest, cluster),
            Kept::None => None,
        }
    }
}

/// Writes the pairs, and the clusters where one document of each is to be kept.
fn write_json(documents: &Complete, pairs: &[Pair], keep: Kept, output: &mut Output) -> Result<()> {
    let mut page = Vec::new();
    for of_one in pairs.chunk_by(|x, y| x.a == y.a) {
        let Some(first) = of_one.first() else { continue };
        let (a, _) = documents.name(first.a)?;
        for pair in of_one {
            let (b, _) = documents.name(pair.b)?;
            line(&mut page, &PairRow { a: &a, b: &b, similarity: pair.similarity });
        }
        output.write_all(&page)?;
        page.clear();
    }
    if keep == Kept::None {
        return Ok(());
    }
    for cluster in clusters(pairs) {
        if let Some(kept) = keep.of(&cluster, documents) {
            let (kept, _) = documents.name(kept)?;
            let names = cluster.iter().map(|&it| Ok(documents.name(it)?.0));
            let names: Vec<String> = names.collect::<Result<_>>()?;
            let cluster = names.iter().map(String::as_str).collect();
            line(&mut page, &ClusterRow { cluster, keep: &kept });
            output.write_all(&page)?;
            page.clear();
        }
    }
    Ok(())
}

/// The clusters for a person, each with its pairs.
fn shown(documents: &Complete, pairs: &[Pair], keep: Kept, width: usize) -> Result<String> {
    let clusters = clusters(pairs);
    let mut page = format!(
        "{HEAD}{} documents, {} similar pairs, {} clusters{HEAD:#}\n",
        documents.len(),
        pairs.len(),
        clusters.len()
    );
    // Both documents of a pair are in one cluster, so its first names the cluster.
    let mut pairs_of: BTreeMap<usize, Vec<&Pair>> = BTreeMap::new();
    for pair in pairs {
        pairs_of.entry(pair.a).or_default().push(pair);
    }
    for cluster in &clusters {
        page.push('\n');
        let kept = keep.of(cluster, documents);
        let mut names = BTreeMap::new();
        for &i in cluster {
            let mark = if kept == Some(i) { "keep " } else { "     " };
            let (name, title) = documents.name(i)?;
            let title = cut(&flat(&title), width.saturating_sub(name.len() + 9));
            page.push_str(&format!("  {mark}{NAME}{name}{NAME:#}  {title}\n"));
            names.insert(i, name);
        }
        let name = |i: usize| names.get(&i).map_or("", String::as_str);
        for pair in cluster.iter().filter_map(|i| pairs_of.get(i)).flatten() {
            let (a, b) = (name(pair.a), name(pair.b));
            page.push_str(&format!("       {DIM}{:.3}  {a}  {b}{DIM:#}\n", pair.similarity));
        }
    }
    Ok(page)
}
