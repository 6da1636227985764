//! `corpus build`: a collection made of a crawl, in shards, which a run that was killed goes on with.
//!
//! Three stages, each a file here. Documents are read and judged (`read`); which of them stay is told when
//! all have been seen (`choose`); those are read again, given their layers and written (`shards`). What
//! is done stands in a journal before the next step begins, and every stage gives the same for the same
//! input, so what a killed run left and a new one adds is what one run would have made.

mod choose;
#[cfg(feature = "parquet")]
mod columns;
mod fates;
mod inputs;
mod journal;
mod manifest;
mod marks;
mod plan;
mod read;
mod shards;

use std::collections::HashMap;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use clap::{ArgMatches, Args, FromArgMatches as _};
use corpus_extract::Extractor;
use corpus_stats::{Banding, Keep, quality};
use corpus_write::{Layers, Packing};

use crate::command::Command;
use crate::commands::filter;
use crate::layers::{Finder, Layer};
use crate::options::{InputOptions, OutputOptions};
use crate::output::Output;
use crate::problems::shown;
use crate::report::LedgerRows;
use crate::session::{Session, Status};
use crate::text_width::grouped;
use choose::Choice;
use fates::Fates;
use inputs::Inputs;
pub(crate) use inputs::hash;
use journal::{Beginning, Done, Journal, PartDone, Place};
pub(crate) use manifest::{Manifest, NAME as MANIFEST};
use plan::{Kept, Options, shard_name};
use read::{Judge, PartFiles};
use shards::{Kind, Recipe, Shards};

const EXAMPLES: &str = "\
Examples:
  corpus build crawl/ -o news              documents worth keeping, once each, with their words
  corpus build crawl/ -o news --resume     the same after it was killed: nothing is done twice
  corpus build crawl/ -o news --dry-run    what would be built of what
  corpus build --config news.toml -o news  options from a file: preset = \"news\", input = [\"crawl/\"]
  corpus build crawl/ -o news --form nfc   texts in Unicode's composed form, what was changed beside
  corpus build crawl/ -o facts --layers words,mentions --to jsonl.gz --preset news
  corpus verify news                       whether all that was built is there, byte for byte

The folder gets shard-00000 and so on, in the order of the input; dropped.jsonl, which lists what is
in no shard and why; and, when all is whole, manifest.json with options, inputs, counts, hashes and
ledger. Options that the output does not depend on are not in it: the same input gives the same
bytes with any number of threads, and however often the run was broken off.

Texts are the author's, in every shard, unless --form asks for a normal form: then `edits` of a
document says what stood where, as [[start, end, text], …], and undoes it. Quality is judged first,
what is left is compared with each other.";

/// Where what is not yet output lies, in the folder that is built.
const UNFINISHED: &str = ".build";

/// `corpus build`.
pub(crate) struct Build;

impl Command for Build {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("build"))
            .about(
                "Make a collection of a crawl: filtered, without duplicates, analysed, in shards",
            )
            // The manifest holds the ledger, and a killed run would lose the other.
            .mut_arg("ledger", |it| it.hide(true))
            .mut_arg("rejected", |it| it.hide(true))
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let mut options = Options::from_arg_matches(arguments)?;
        options.complete()?;
        if options.input.ledger.is_some() || options.input.rejected.is_some() {
            bail!(
                "a build keeps its ledger in manifest.json; `corpus documents --rejected` keeps records that are no documents"
            );
        }
        if options.input.input.is_empty() {
            bail!("name what is to be read: `corpus build crawl/ -o FOLDER`");
        }
        let kind = kind(options.ending())?;
        let layers = layers(kind, options.ending(), &options.layers())?;
        let filter = options.preset().map(filter::preset).transpose()?;
        let judge = Judge {
            filter: filter.as_ref().map(quality::Filter::new),
            banding: Some(options.threshold())
                .filter(|_| options.keep() != Kept::All)
                .map(Banding::of),
        };
        let segmenter = options.words.segmenter()?;
        let recipe = Recipe {
            kind,
            ending: options.ending(),
            bytes: options.shard_mib() << 20,
            form: options.normalization(),
            finder: Finder { segmenter: &segmenter, extractor: Extractor::built_in(), layers },
        };
        let folder = &options.output;
        look(folder, options.resume || options.dry_run)?;
        let inputs = Inputs::find(session, &options.input, folder)?;
        if options.dry_run {
            return tell(session, &options, &inputs);
        }
        if inputs.files.is_empty() {
            session.note("no files to read; nothing was built");
            return Ok(if inputs.problems > 0 { Status::Failed } else { Status::Done });
        }
        let plan = options.record();
        if let Some(manifest) = Manifest::read(folder)? {
            // It has come to its end before; all that can be missing is that its traces are gone.
            if manifest.plan != plan || manifest.inputs != inputs.files {
                bail!("{}: was built of something else; name another folder", shown(folder));
            }
            session.note("all of it was built before");
            remove(&folder.join(UNFINISHED))?;
            return Ok(status(&manifest.ledger, manifest.counts.documents, 0));
        }
        let is_new = !folder.exists();
        let beginning = Beginning::new(plan.clone(), &inputs.files);
        let (mut journal, done) = Journal::open(&folder.join(UNFINISHED), &beginning)?;
        remove_partial(folder)?;
        remove_partial(journal.folder())?;
        let Done { parts: read, shards: written } = done;
        if !read.is_empty() {
            let documents = read.iter().map(|part| part.documents).sum();
            session.note(&format!(
                "going on behind {} documents read, {} shards written",
                grouped(documents),
                written.len()
            ));
        }
        let read = read_groups(session, &options, &inputs, &judge, read, &mut journal)?;
        let rule = choose::Rule {
            threshold: options.threshold(),
            keep: if options.keep() == Kept::Longest { Keep::Longest } else { Keep::First },
        };
        let rule = judge.banding.map(|_| rule);
        let choice = Choice::new(journal.folder(), &read, rule, folder, &inputs.missing)?;
        if choice.counts.documents == 0 {
            session.note("there are no documents in what was read; nothing was built");
            drop(journal);
            fs::remove_file(folder.join(&choice.dropped.file))?;
            remove(&folder.join(UNFINISHED))?;
            if is_new {
                fs::remove_dir(folder).with_context(|| shown(folder))?;
            }
            return Ok(status(&LedgerRows::new(&choice.ledger), 0, inputs.problems));
        }
        let mut start = written.last().map_or(Place::default(), |it| it.next);
        let written = written.into_iter().map(|it| it.shard).collect();
        let marks = journal.folder().to_owned();
        let mut shards = Shards::new(&recipe, folder, &mut journal, written);
        // What cannot be read was told when it was read first.
        let muted = session.muted();
        let groups = inputs.groups();
        let mut before = 0;
        for (number, parts) in read.chunk_by(|a, b| a.group == b.group).enumerate() {
            let documents: u64 = parts.iter().map(|part| part.documents).sum();
            if number >= start.group {
                if number > start.group {
                    start = Place { group: number, document: 0 };
                }
                let fates = Fates::new(&choice, &marks, parts, before);
                let range = groups.get(number).cloned().unwrap_or_default();
                let files = files(&options.input, &inputs, range);
                if shards.group(&muted, &files, &fates, start)? != documents {
                    bail!(shards::CHANGED);
                }
            }
            before += usize::try_from(documents)?;
        }
        shards.end(Place { group: groups.len(), document: 0 })?;
        let manifest = Manifest {
            schema: manifest::SCHEMA.to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            plan,
            inputs: inputs.files,
            counts: choice.counts,
            shards: shards.done,
            dropped: choice.dropped,
            ledger: LedgerRows::new(&choice.ledger),
        };
        if !manifest.ledger.closes() || !manifest.counts.close() {
            bail!("the ledger of the build does not close; this is a mistake of the program");
        }
        let mut output = Output::open(&OutputOptions { output: Some(folder.join(MANIFEST)) })?;
        serde_json::to_writer_pretty(&mut output, &manifest)?;
        output.write_all(b"\n")?;
        output.finish(Status::Done)?;
        drop(journal);
        remove(&folder.join(UNFINISHED))?;
        session.note(&told(folder, &manifest));
        Ok(status(&manifest.ledger, manifest.counts.documents, inputs.problems))
    }
}

/// How a build ends.
fn status(ledger: &LedgerRows, documents: u64, problems: u64) -> Status {
    match (ledger.unreadable.is_empty() && problems == 0, documents) {
        (true, _) => Status::Done,
        (false, 0) => Status::Failed,
        (false, _) => Status::Damaged,
    }
}

/// What shards of this ending are.
fn kind(ending: &str) -> Result<Kind> {
    let name = shard_name(ending)?;
    let packing = Packing::of_path(&name);
    if !packing.is_available() {
        bail!("--to {ending}: this program was built without {}", packing.name());
    }
    if let Some(format) = corpus_write::of_path(&name) {
        return Ok(Kind::Pages(format));
    }
    match ending {
        #[cfg(feature = "parquet")]
        "parquet" => Ok(Kind::Parquet),
        #[cfg(not(feature = "parquet"))]
        "parquet" => bail!(
            "this program was built without Parquet; `cargo install corpus-cli --features parquet` has it"
        ),
        _ => {
            let names = corpus_write::FORMATS.iter().map(|format| format.name());
            let names: Vec<&str> = names.collect();
            bail!(
                "--to {ending}: no format that is written; there are {}, parquet, each but the last with .gz or .zst behind it",
                names.join(", ")
            )
        }
    }
}

/// The layers that are written, those that were asked for included.
fn layers(kind: Kind, ending: &str, asked: &[Layer]) -> Result<Layers> {
    let asked = Layer::all(asked);
    let (needs, holds) = match kind {
        Kind::Pages(format) => (format.needs(), format.holds()),
        #[cfg(feature = "parquet")]
        Kind::Parquet => (Layers::default(), Layers::ALL),
    };
    if holds.or(asked) != holds {
        bail!(
            "{ending} has no place for a layer of --layers; --layers none leaves them out, jsonl holds them all"
        );
    }
    Ok(needs.or(asked))
}

/// Looks whether a build may begin in a folder, or go on.
fn look(folder: &Path, resume: bool) -> Result<()> {
    if Journal::is_in(&folder.join(UNFINISHED)) && !resume {
        bail!(
            "{}: a build was broken off there; go on with --resume, or remove the folder",
            shown(folder)
        );
    }
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(anyhow!(error).context(shown(folder))),
    };
    let is_own = Journal::is_in(&folder.join(UNFINISHED)) || folder.join(MANIFEST).exists();
    if !(resume && is_own) && entries.count() > 0 {
        bail!("{}: is not empty; name a folder that is, or is not there yet", shown(folder));
    }
    Ok(())
}

/// Tells what would be built.
fn tell(session: &Session, options: &Options, inputs: &Inputs) -> Result<Status> {
    let mut output = Output::open(&OutputOptions::default())?;
    let quality = options.preset().map_or("kept whatever they are".to_owned(), |name| {
        format!("judged by the rules of {name}")
    });
    let copies = match options.keep() {
        Kept::All => "not compared with each other".to_owned(),
        kept => format!(
            "compared with each other: of those alike by {} the {} is kept",
            options.threshold(),
            format!("{kept:?}").to_lowercase()
        ),
    };
    let layers: Vec<String> =
        options.layers().iter().map(|it| format!("{it:?}").to_lowercase()).collect();
    let layers = if layers.is_empty() { "no layers".to_owned() } else { layers.join(", ") };
    let page = format!(
        "read     {} files, {} bytes\nquality  documents are {quality}\ncopies   documents are {copies}\nwrite    {}/shard-00000.{} and so on, {} MiB of text each, with {layers}\n",
        grouped(inputs.files.len() as u64),
        grouped(inputs.bytes()),
        shown(&options.output),
        options.ending(),
        options.shard_mib(),
    );
    output.write_styled(&page, session)?;
    output.finish(if inputs.problems > 0 { Status::Damaged } else { Status::Done })
}

/// Reads what has not been read, or whose marks are not what they were.
fn read_groups(
    session: &Session,
    options: &Options,
    inputs: &Inputs,
    judge: &Judge,
    done: Vec<PartDone>,
    journal: &mut Journal,
) -> Result<Vec<PartDone>> {
    // The journal has a part twice where its files were lost: what was entered last holds.
    let mut done: HashMap<(usize, usize), PartDone> =
        done.into_iter().map(|part| ((part.group, part.part), part)).collect();
    let part_bytes = options.part_mib() << 20;
    let mut read = Vec::new();
    for (number, range) in inputs.groups().into_iter().enumerate() {
        let mut parts: Vec<PartDone> = Vec::new();
        while parts.last().is_none_or(|part| part.ledger.is_none()) {
            let from = parts.last().map_or(0, |part| part.batches.end);
            let next = done.remove(&(number, parts.len()));
            let next = next.filter(|part| part.batches.start == from);
            match next.filter(|part| PartFiles::of(journal.folder(), part).are(part)) {
                Some(part) => parts.push(part),
                None => {
                    let files = files(&options.input, inputs, range);
                    parts =
                        read::group(session, &files, judge, number, parts, part_bytes, journal)?;
                    break;
                }
            }
        }
        read.append(&mut parts);
    }
    Ok(read)
}

/// The options with these files as input.
fn files(options: &InputOptions, inputs: &Inputs, range: Range<usize>) -> InputOptions {
    let files = inputs.files.get(range).unwrap_or_default();
    let input = files.iter().map(|file| file.path.clone()).collect();
    InputOptions { input, ..options.clone() }
}

/// Removes what a killed run was writing.
fn remove_partial(folder: &Path) -> Result<()> {
    let told = || format!("{}: cannot be cleared", shown(folder));
    for entry in fs::read_dir(folder).with_context(told)? {
        let path = entry.with_context(told)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') && name.ends_with(".partial") {
            fs::remove_file(&path).with_context(told)?;
        }
    }
    Ok(())
}

fn remove(folder: &PathBuf) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{}: cannot be removed", shown(folder)))
        }
        _ => Ok(()),
    }
}

/// What was built, in a sentence.
fn told(folder: &Path, manifest: &Manifest) -> String {
    let counts = &manifest.counts;
    let rules: u64 = counts.rules.iter().map(|it| it.documents).sum();
    format!(
        "{} documents: {} kept in {} shards, {} dropped by rules, {} duplicates; {} lists them, {} has the sums",
        grouped(counts.documents),
        grouped(counts.kept),
        manifest.shards.len(),
        grouped(rules),
        grouped(counts.duplicates),
        shown(&folder.join(&manifest.dropped.file)),
        shown(&folder.join(MANIFEST)),
    )
}
