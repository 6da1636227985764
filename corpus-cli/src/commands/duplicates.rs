//! `corpus duplicates`: documents that say the same.

mod index;
mod paragraphs;

use std::collections::{BTreeMap, HashMap};
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{ArgMatches, Args, FromArgMatches as _, ValueEnum};
use corpus_model::Document;
use corpus_stats::{Keep, Pair, Sketch, clusters, exact_duplicates, near_duplicates};
use serde::Serialize;

use crate::command::Command;
use crate::options::{InputOptions, OutputOptions};
use crate::output::Output;
use crate::pipeline;
use crate::report::json::line;
use crate::report::unique_names;
use crate::session::{Session, Status};
use crate::style::{DIM, HEAD, NAME};
use crate::text_width::{columns, cut, flat};
use index::Index;

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
        let known = match &options.index {
            Some(path) => Index::open(path)?,
            None => Index::default(),
        };
        let mut output = Output::open(&options.output)?;
        let mut documents: Vec<Compared> = Vec::new();
        let work = || {
            |document: &mut Document, _: &mut Vec<u8>| Compared {
                id: document.id().to_owned(),
                path: document.metadata.path.clone(),
                title: document.metadata.title.clone(),
                sketch: Sketch::new(document),
            }
        };
        let outcome = pipeline::run(session, &options.input, work, |_, values: Vec<Compared>| {
            documents.extend(values);
            Ok(())
        })?;
        let before = known.names.len();
        // What an earlier run has met under this name, with this text, is not new.
        let met: HashMap<&str, usize> =
            known.names.iter().enumerate().map(|(place, name)| (name.as_str(), place)).collect();
        documents.retain(|it| {
            let by_path = it.path.as_ref().map(|path| format!("{path}:{}", it.id));
            let same = |name: &str| {
                met.get(name).and_then(|&place| known.sketches.get(place)) == Some(&it.sketch)
            };
            !same(&it.id) && !by_path.is_some_and(|name| same(&name))
        });
        let all = known.names.iter().map(|name| (name.as_str(), None));
        let names = unique_names(
            all.chain(documents.iter().map(|it| (it.id.as_str(), it.path.as_deref()))),
        );
        let mut titles: Vec<Option<String>> = vec![None; before];
        titles.extend(documents.iter_mut().map(|it| it.title.take()));
        let mut sketches = known.sketches;
        sketches.extend(documents.into_iter().map(|it| it.sketch));
        let mut pairs = if options.exact_only {
            exact_duplicates(&sketches)
        } else {
            near_duplicates(&sketches, options.threshold)
        };
        // Two documents of earlier runs were told of then.
        pairs.retain(|pair| pair.b >= before);
        let clusters = clusters(&pairs);
        let name = |i: usize| names.get(i).map_or("", String::as_str);
        let keep = |cluster: &[usize]| match options.keep {
            Kept::First => Keep::First.choose(cluster, &sketches),
            Kept::Longest => Keep::Longest.choose(cluster, &sketches),
            Kept::None => None,
        };
        if options.json {
            let mut page = Vec::new();
            for pair in &pairs {
                line(
                    &mut page,
                    &PairRow { a: name(pair.a), b: name(pair.b), similarity: pair.similarity },
                );
            }
            for cluster in &clusters {
                if let Some(kept) = keep(cluster) {
                    let cluster = cluster.iter().map(|&i| name(i)).collect();
                    line(&mut page, &ClusterRow { cluster, keep: name(kept) });
                }
            }
            output.write_all(&page)?;
        } else {
            let width = columns(output.is_terminal());
            let mut page = format!(
                "{HEAD}{} documents, {} similar pairs, {} clusters{HEAD:#}\n",
                names.len(),
                pairs.len(),
                clusters.len()
            );
            // Both documents of a pair are in one cluster, so its first names the cluster.
            let mut pairs_of: BTreeMap<usize, Vec<&Pair>> = BTreeMap::new();
            for pair in &pairs {
                pairs_of.entry(pair.a).or_default().push(pair);
            }
            for cluster in &clusters {
                page.push('\n');
                let kept = keep(cluster);
                for &i in cluster {
                    let mark = if kept == Some(i) { "keep " } else { "     " };
                    let title =
                        titles.get(i).and_then(Option::as_deref).map(flat).unwrap_or_default();
                    let room = width.saturating_sub(name(i).len() + 9);
                    page.push_str(&format!(
                        "  {mark}{NAME}{}{NAME:#}  {}\n",
                        name(i),
                        cut(&title, room)
                    ));
                }
                for pair in cluster.iter().filter_map(|i| pairs_of.get(i)).flatten() {
                    let (a, b) = (name(pair.a), name(pair.b));
                    page.push_str(&format!(
                        "       {DIM}{:.3}  {a}  {b}{DIM:#}\n",
                        pair.similarity
                    ));
                }
            }
            output.write_styled(&page, session)?;
        }
        let status = outcome.status();
        if let Some(path) = options.index.as_deref().filter(|_| status != Status::Failed) {
            Index::save(path, names.iter().map(String::as_str).zip(&sketches))?;
        }
        output.finish(status)
    }
}
