//! `corpus sql`: questions to files of documents, with our functions in the question.

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use clap::{ArgMatches, Args, FromArgMatches as _};
use corpus_engine::{Engine, Rows};

use crate::command::Command;
use crate::options::OutputOptions;
use crate::output::Output;
use crate::session::{Session, Status};
use crate::table::TableOptions;

mod rows;

const EXAMPLES: &str = "\
Examples:
  corpus sql \"select site, count(*) from 'news/' group by site order by 2 desc\"
  corpus sql \"select id, title from 'news/*.parquet' where published >= '2017'\" -o new.csv
  corpus sql \"select id, unnest(vi_words(text)) as word from 'a.jsonl'\" --json
  corpus sql \"select id, f['text'], f['value'] from (select id, unnest(vi_extract(text)) as f
              from 'news/') where f['kind'] = 'directive'\"
  corpus sql \"select quality(text, 'news')['rule'] as rule, count(*) from 'news/' group by 1\"
  corpus sql - < question.sql

A table is a file (.parquet, .jsonl), a glob, a folder of Parquet files, or a function:
  vi_documents(place[, format])      documents of whatever files `corpus` reads
  near_duplicates(place)             pairs of documents that are alike
  vi_words(text), vi_sentences(text), vi_extract(text[, published])
                                     what is in one text, a row each
With the feature object-store files may be 's3://store/news/' or 'https://data.example/a.parquet'.
The functions, beside those of DataFusion:
  vi_normalize(text)                 the normal form
  vi_sentences(text)                 sentences; vi_sentence_spans with {start, end, text}
  vi_words(text)                     words; vi_word_spans with {kind, start, end, text}
  vi_extract(text[, published])      facts: {kind, start, end, text, value}, the value as JSON
  minhash_bands(text[, threshold])   keys that texts share that are alike
  jaccard(a, b)                      how alike two texts are
  json_get_str(value, key, …)        what the value of a fact has under a key: 'refs', 0, 'kind'
  byte_slice(text, start, end)       the text of a mention
  quality(text[, preset])            {keep, rule, value, threshold}
Without `order by`, rows come in any order.

Exit status: 0 with rows, 1 without, 2 where the question cannot be answered, 3 where some of what
vi_documents reads is damaged.";

/// `corpus sql`.
pub(crate) struct Sql;

#[derive(Args, Debug)]
struct Options {
    /// The question; - for standard input
    #[arg(value_name = "QUERY")]
    query: String,

    #[command(flatten)]
    table: TableOptions,

    /// Print how the question would be answered, and do not answer it
    #[arg(long, conflicts_with_all = ["csv", "json", "top"])]
    explain: bool,

    /// Ask the cluster at this address: df://host:port, where `corpus cluster scheduler` runs
    #[cfg(feature = "cluster")]
    #[arg(long, value_name = "ADDRESS")]
    cluster: Option<String>,

    /// Threads [default: all cores]; of a cluster, how many parts the question is cut into [default: 16]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1024))]
    jobs: Option<u64>,

    #[command(flatten)]
    output: OutputOptions,
}

impl Command for Sql {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("sql"))
            .about("Ask files of documents a question in SQL")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let query = match options.query.as_str() {
            "-" => std::io::read_to_string(std::io::stdin()).context("standard input")?,
            given => given.to_owned(),
        };
        if query.trim().is_empty() {
            bail!("there is no question; see corpus sql --help");
        }
        let form = Form::of(&options);
        let engine = engine(&options)?;
        let query = if options.explain { format!("explain {query}") } else { query };
        let rows = engine.query(&query)?;
        let mut output = Output::open(&options.output)?;
        let found = match form {
            Form::Plan => print_plan(rows, &mut output)?,
            Form::Lines => rows::print_lines(rows, options.table.top, &mut output)?,
            Form::Parquet => rows::write_parquet(rows, &mut output)?,
            Form::Table { csv } => {
                let table = rows::table(rows, !csv)?;
                let shown = TableOptions { csv, json: false, top: options.table.top };
                table.print(&shown, &mut output, session)?;
                !table.is_empty()
            }
        };
        let status = if found { Status::Done } else { Status::NothingFound };
        output.finish(if tell(&engine, session) { Status::Damaged } else { status })
    }
}

/// In what form the answer is given.
enum Form {
    Table { csv: bool },
    Lines,
    Parquet,
    Plan,
}

impl Form {
    /// What the options say, else the ending of the file that is written.
    fn of(options: &Options) -> Form {
        if options.explain {
            return Form::Plan;
        }
        let TableOptions { csv, json, .. } = options.table;
        let name = options.output.output.as_deref().map(Path::to_string_lossy).unwrap_or_default();
        let name = name.trim_end_matches(".gz").trim_end_matches(".zst");
        let ending = Path::new(name).extension().and_then(|it| it.to_str()).unwrap_or_default();
        match ending {
            _ if csv => Form::Table { csv },
            _ if json => Form::Lines,
            "csv" => Form::Table { csv: true },
            "jsonl" | "ndjson" => Form::Lines,
            "parquet" => Form::Parquet,
            _ => Form::Table { csv: false },
        }
    }
}

/// Prints the plan as DataFusion writes it, line by line.
fn print_plan(rows: Rows, output: &mut Output) -> Result<bool> {
    let mut found = false;
    for batch in rows {
        for plan in rows::texts(&batch?, "plan")? {
            found = true;
            writeln!(output, "{}", plan.trim_end())?;
        }
    }
    Ok(found)
}

/// Who answers.
fn engine(options: &Options) -> Result<Engine> {
    let jobs = options.jobs.map(|jobs| usize::try_from(jobs).unwrap_or(usize::MAX));
    #[cfg(feature = "cluster")]
    if let Some(address) = &options.cluster {
        return Ok(match jobs {
            Some(parts) => Engine::connect_with_parts(address, parts)?,
            None => Engine::connect(address)?,
        });
    }
    Ok(match jobs {
        Some(threads) => Engine::with_threads(threads)?,
        None => Engine::new()?,
    })
}

/// So many problems are told in full.
const TOLD: usize = 10;

/// Tells what could not be read; whether there was anything.
fn tell(engine: &Engine, session: &Session) -> bool {
    let problems = engine.problems().take();
    problems.iter().take(TOLD).for_each(|problem| session.complain(problem));
    if let Some(more @ 1..) = problems.len().checked_sub(TOLD) {
        session.complain(&format!("{more} more problems; `corpus stats` lists them all"));
    }
    !problems.is_empty()
}
