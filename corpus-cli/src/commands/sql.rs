//! `corpus sql`: questions to files of documents, with our functions in the question.

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use clap::{ArgMatches, Args, FromArgMatches as _};
use corpus_engine::datafusion::arrow::array::RecordBatch;
use corpus_engine::datafusion::arrow::json::WriterBuilder;
use corpus_engine::datafusion::arrow::json::writer::LineDelimited;
use corpus_engine::{Engine, Rows};
use serde_json::{Map, Value};

use crate::command::Command;
use crate::options::OutputOptions;
use crate::output::Output;
use crate::session::{Session, Status};
use crate::table::{Cell, Table, TableOptions};

const EXAMPLES: &str = "\
Examples:
  corpus sql \"select site, count(*) from 'news/' group by site order by 2 desc\"
  corpus sql \"select id, title from 'news/*.parquet' where published >= '2017'\" -o new.csv
  corpus sql \"select id, unnest(vi_words(text)) as word from 'a.jsonl'\" --json
  corpus sql \"select id, f['text'], f['value'] from (select id, unnest(vi_extract(text)) as f
              from 'news/') where f['kind'] = 'directive'\"
  corpus sql \"select quality(text, 'news')['rule'] as rule, count(*) from 'news/' group by 1\"
  corpus sql - < question.sql

A table is a file (.parquet, .jsonl), a glob, or a folder, whose Parquet files are read; or a function:
  vi_documents(place[, format])      documents of any files that `corpus` reads, with the columns of its Parquet
  vi_words, vi_sentences, vi_extract what is in one text, a row each
The functions, beside those of DataFusion:
  vi_normalize(text)                 the normal form
  vi_sentences(text)                 sentences; vi_sentence_spans with {start, end, text}
  vi_words(text)                     words; vi_word_spans with {kind, start, end, text}
  vi_extract(text[, published])      facts: {kind, start, end, text, value}, the value as JSON
  minhash_bands(text[, threshold])   keys that texts share that are alike
  jaccard(a, b)                      how alike two texts are
  quality(text[, preset])            {keep, rule, value, threshold}
Without `order by`, rows come in any order.

Exit status: 0 with rows, 1 without, 2 where the question cannot be answered, 3 where a part of what
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

    /// Ask the cluster at this address: df://host:port, where `corpus cluster scheduler` runs
    #[cfg(feature = "cluster")]
    #[arg(long, value_name = "ADDRESS", conflicts_with = "jobs")]
    cluster: Option<String>,

    /// Threads [default: all cores]
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
        let mut options = Options::from_arg_matches(arguments)?;
        let query = match options.query.as_str() {
            "-" => std::io::read_to_string(std::io::stdin()).context("standard input")?,
            given => given.to_owned(),
        };
        if query.trim().is_empty() {
            bail!("there is no question; see corpus sql --help");
        }
        by_ending(&mut options);
        let engine = engine(&options)?;
        let rows = engine.query(&query)?;
        let mut output = Output::open(&options.output)?;
        let found = if options.table.json {
            print_lines(rows, options.table.top, &mut output)?
        } else {
            let table = table(rows)?;
            table.print(&options.table, &mut output, session)?;
            !table.is_empty()
        };
        let status = if found { Status::Done } else { Status::NothingFound };
        output.finish(if tell(&engine, session) { Status::Damaged } else { status })
    }
}

/// Who answers.
fn engine(options: &Options) -> Result<Engine> {
    #[cfg(feature = "cluster")]
    if let Some(address) = &options.cluster {
        return Ok(Engine::connect(address)?);
    }
    Ok(match options.jobs {
        Some(jobs) => Engine::with_threads(usize::try_from(jobs).unwrap_or(usize::MAX))?,
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

/// The name of the file says what is to be in it, where no option does.
fn by_ending(options: &mut Options) {
    let Some(path) = &options.output.output else { return };
    let name = path.to_string_lossy();
    let name = name.trim_end_matches(".gz").trim_end_matches(".zst");
    let is = |wanted: &str| Path::new(name).extension().is_some_and(|it| it == wanted);
    if !options.table.csv && !options.table.json {
        options.table.csv = is("csv");
        options.table.json = is("jsonl") || is("ndjson");
    }
}

/// Prints rows as they come, as JSON Lines; whether there were any.
fn print_lines(rows: Rows, top: Option<u64>, output: &mut Output) -> Result<bool> {
    let mut left = match top {
        None | Some(0) => usize::MAX,
        Some(n) => usize::try_from(n).unwrap_or(usize::MAX),
    };
    let mut found = false;
    for batch in rows {
        let batch = batch?;
        let batch = batch.slice(0, batch.num_rows().min(left));
        found |= batch.num_rows() > 0;
        left -= batch.num_rows();
        output.write_all(&lines(&batch)?)?;
        if left == 0 {
            break;
        }
    }
    Ok(found)
}

/// Rows as JSON Lines, with `null` where there is nothing.
fn lines(batch: &RecordBatch) -> Result<Vec<u8>> {
    let builder = WriterBuilder::new().with_explicit_nulls(true);
    let mut writer = builder.build::<_, LineDelimited>(Vec::new());
    writer.write(batch)?;
    writer.finish()?;
    Ok(writer.into_inner())
}

/// The rows as a table, in whose cells lists and structs are JSON.
fn table(rows: Rows) -> Result<Table> {
    let names: Vec<String> =
        rows.schema().fields().iter().map(|field| field.name().clone()).collect();
    let mut table = Table::new(names.clone());
    for batch in rows {
        let lines = lines(&batch?)?;
        for row in serde_json::Deserializer::from_slice(&lines).into_iter::<Map<String, Value>>() {
            let row = row?;
            table.push(names.iter().map(|name| cell(row.get(name))));
        }
    }
    Ok(table)
}

fn cell(value: Option<&Value>) -> Cell {
    match value {
        None | Some(Value::Null) => Cell::Absent,
        Some(Value::String(text)) => Cell::Text(text.clone()),
        Some(Value::Number(number)) => match (number.as_u64(), number.as_f64()) {
            (Some(n), _) => Cell::Count(n),
            (None, Some(value)) if number.is_f64() => Cell::Number(value),
            _ => Cell::Text(number.to_string()),
        },
        Some(value) => Cell::Text(value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::cell;
    use crate::table::Cell;

    #[test]
    fn cells_are_what_the_json_is() {
        for (value, expected) in [
            (json!(null), Cell::Absent),
            (json!("mưa"), Cell::Text("mưa".into())),
            (json!(12), Cell::Count(12)),
            (json!(0.5), Cell::Number(0.5)),
            (json!(-3), Cell::Text("-3".into())),
            (json!(["mưa", 1]), Cell::Text("[\"mưa\",1]".into())),
        ] {
            assert_eq!(cell(Some(&value)), expected, "{value}");
        }
    }
}
