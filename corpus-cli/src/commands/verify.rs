//! `corpus verify`: whether what was built is there, byte for byte.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::{ArgMatches, Args, FromArgMatches as _};
use serde::Serialize;

use crate::command::Command;
use crate::commands::build::{MANIFEST, Manifest, hash};
use crate::input::plain;
use crate::options::OutputOptions;
use crate::output::Output;
use crate::problems::shown;
use crate::report::json::line;
use crate::session::{Session, Status};
use crate::style::{NAME, WARN};
use crate::text_width::grouped;

const EXAMPLES: &str = "\
Examples:
  corpus verify news              every shard is as long as the manifest says, and has its hash
  corpus verify --inputs news     the files that it was built of have not changed either
  corpus verify --json news       {\"folder\",\"sound\",\"documents\",\"bytes\",\"problems\"}

Exit status: 0 where all is as it should be, 1 where something is not, 2 where there is no manifest.";

/// `corpus verify`.
pub(crate) struct Verify;

#[derive(Args, Debug)]
struct Options {
    /// The folder that `corpus build` made
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,

    /// Look at the files too that it was built of
    #[arg(long)]
    inputs: bool,

    /// Print one object of JSON
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    output: OutputOptions,
}

#[derive(Serialize)]
struct Row<'a> {
    folder: &'a str,
    sound: bool,
    documents: u64,
    bytes: u64,
    problems: &'a [String],
}

impl Command for Verify {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("verify"))
            .about("Check that what `corpus build` made is there, byte for byte")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let folder = shown(&options.folder);
        let Some(manifest) = Manifest::read(&options.folder)? else {
            bail!(
                "{folder}: has no {MANIFEST}; `corpus build --resume` comes to the end of a build that was broken off"
            );
        };
        let mut problems = of_files(&options.folder, &manifest)?;
        problems.extend(of_sums(&manifest));
        if options.inputs {
            for input in &manifest.inputs {
                let path = Path::new(&input.path);
                problems.extend(difference(path, &input.path, input.bytes, &input.xxh3));
            }
        }
        let bytes = manifest.shards.iter().map(|it| it.bytes).sum();
        let mut output = Output::open(&options.output)?;
        if options.json {
            let mut page = Vec::new();
            let (sound, documents) = (problems.is_empty(), manifest.counts.kept);
            let problems = &problems;
            line(&mut page, &Row { folder: &folder, sound, documents, bytes, problems });
            output.write_all(&page)?;
        } else {
            let mut page: String =
                problems.iter().map(|what| format!("{WARN}{what}{WARN:#}\n")).collect();
            if problems.is_empty() {
                page = format!(
                    "{NAME}{folder}{NAME:#}: {} documents in {} shards of {} bytes are as they were written\n",
                    grouped(manifest.counts.kept),
                    manifest.shards.len(),
                    grouped(bytes)
                );
            }
            output.write_styled(&page, session)?;
        }
        output.finish(if problems.is_empty() { Status::Done } else { Status::NothingFound })
    }
}

/// What is wrong with the files of a folder.
fn of_files(folder: &Path, manifest: &Manifest) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    let mut known: BTreeSet<&str> = BTreeSet::from([MANIFEST]);
    for shard in manifest.shards.iter().chain([&manifest.dropped]) {
        known.insert(&shard.file);
        // A name that leads out of the folder is none that a build has written.
        if Path::new(&shard.file).components().count() != 1 || shard.file.contains(['/', '\\']) {
            problems.push(format!("{:?}: no name of a shard", shard.file));
            continue;
        }
        let path = folder.join(&shard.file);
        problems.extend(difference(&path, &shard.file, shard.bytes, &shard.xxh3));
    }
    let told = || format!("{}: cannot be read", shown(folder));
    let mut others = Vec::new();
    for entry in fs::read_dir(folder).with_context(told)? {
        let name = entry.with_context(told)?.file_name().to_string_lossy().into_owned();
        if !known.contains(name.as_str()) {
            others.push(name);
        }
    }
    others.sort();
    problems.extend(others.iter().map(|name| format!("{name}: is none of what was built")));
    Ok(problems)
}

/// What is wrong with the sums of a manifest.
fn of_sums(manifest: &Manifest) -> Vec<String> {
    let in_shards: u64 = manifest.shards.iter().map(|it| it.documents).sum();
    let counts = &manifest.counts;
    let mut problems = Vec::new();
    if !manifest.ledger.closes() {
        problems.push(format!("{MANIFEST}: its ledger does not close"));
    }
    if !counts.close() || in_shards != counts.kept {
        problems.push(format!("{MANIFEST}: its counts of documents do not agree"));
    }
    if manifest.dropped.documents != counts.documents - counts.kept.min(counts.documents) {
        problems.push(format!("{MANIFEST}: not all that was dropped is listed"));
    }
    problems
}

/// How a file is not what it was.
fn difference(path: &Path, name: &str, bytes: u64, xxh3: &str) -> Option<String> {
    match hash(path) {
        Err(error) => Some(format!("{name}: {}", plain(&error))),
        Ok((now, _)) if now != bytes => {
            Some(format!("{name}: has {} bytes, not {}", grouped(now), grouped(bytes)))
        }
        Ok((_, now)) if now != xxh3 => Some(format!("{name}: its bytes are not what was written")),
        Ok(_) => None,
    }
}
