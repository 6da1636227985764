//! `corpus frequency`: which words there are, and how often.

use std::collections::BTreeMap;

use anyhow::Result;
use clap::{ArgMatches, Args, FromArgMatches as _, ValueEnum};
use corpus_extract::Extractor;
use corpus_model::Document;
use corpus_stats::{Vocabulary, is_stop_word};

use crate::command::Command;
use crate::counting::{Annotator, Sums, UnitOptions};
use crate::options::{InputOptions, OutputOptions};
use crate::output::Output;
use crate::pipeline;
use crate::report::date_document;
use crate::session::{Session, Status};
use crate::table::{Cell, Table, TableOptions};

const EXAMPLES: &str = "\
Examples:
  corpus frequency articles/                        the most frequent words, for a person
  corpus frequency --content-words --top 100 crawl/ without function words
  corpus frequency --unit syllables --csv crawl/ > syllables.csv
  corpus frequency --by month --json crawl.jsonl    {\"month\",\"word\",\"count\",…} a row
  corpus frequency --where 'published >= 2017 and site ~ vn' crawl.jsonl
  corpus frequency --by block seeds                 headlines, leads, captions apart

Spellings of a word are counted together: case, composition and the place of the tone mark do not
count. Punctuation is left out.

With --by, figures per million are those of the group, and --top counts the rows of each group: ten,
in a table for reading. What has no site or month stands under – there, and under an empty name
elsewhere; --published says when documents were published that do not say it.";

/// `corpus frequency`.
pub(crate) struct Frequency;

#[derive(Args, Debug)]
struct Options {
    #[command(flatten)]
    input: InputOptions,

    #[command(flatten)]
    unit: UnitOptions,

    /// Count apart what differs in this
    #[arg(long, value_enum)]
    by: Option<By>,

    /// Leave out what occurs fewer times
    #[arg(long, value_name = "N", default_value_t = 1)]
    min: u64,

    /// Leave out function words and phrases that every report uses
    #[arg(long)]
    content_words: bool,

    #[command(flatten)]
    table: TableOptions,

    #[command(flatten)]
    output: OutputOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// The kind of block: title, lead, paragraph, caption …
    Block,
    /// The site that the document comes from
    Site,
    /// The month in which it was published; a year where no more is known
    Month,
}

impl By {
    /// The name of the column.
    fn name(self) -> &'static str {
        match self {
            By::Block => "block",
            By::Site => "site",
            By::Month => "month",
        }
    }
}

/// Words by what they are counted apart by; all under one name where nothing is asked for.
type Groups = BTreeMap<String, Vocabulary>;

impl Command for Frequency {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("frequency"))
            .about("Count words or syllables: frequency lists")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let mut output = Output::open(&options.output)?;
        let annotator = options.unit.annotator()?.threads(options.input.jobs());
        let extractor =
            (options.by == Some(By::Month) && !options.input.lines).then(Extractor::built_in);
        let sums: Sums<Groups> = Sums::new();
        let work = || {
            let mut part = sums.part(Groups::new());
            let (annotator, extractor, by) = (&annotator, &extractor, options.by);
            move |document: &mut Document, _: &mut Vec<u8>| {
                if let Some(extractor) = extractor {
                    date_document(extractor, document);
                }
                if let Some(groups) = part.sum().filter(|_| annotator.wants(document)) {
                    add(groups, document, annotator, by);
                }
            }
        };
        let outcome = pipeline::run(session, &options.input, work, |_, _: Vec<()>| Ok(()))?;
        let groups = sums.total(Groups::new(), |ours, theirs| {
            for (name, words) in theirs {
                ours.entry(name.clone()).or_default().merge(words);
            }
        });
        let table = table(&groups, &options);
        table.print(&options.table, &mut output, session)?;
        output.finish(annotator.end(session, &outcome, !table.is_empty(), options.min))
    }
}

/// Adds the units of a document to their groups.
fn add(groups: &mut Groups, document: &Document, annotator: &Annotator, by: Option<By>) {
    let all = || document.content();
    match by {
        Some(By::Block) => {
            // Blocks of one kind are one part of the document.
            let mut kinds: Vec<_> = all().map(|block| block.kind).collect();
            kinds.sort_unstable();
            kinds.dedup();
            for kind in kinds {
                let blocks = all().filter(|block| block.kind == kind);
                annotator.count(document, blocks, vocabulary(groups, kind.name()));
            }
        }
        Some(By::Site) => {
            let site = document.metadata.site.as_deref().unwrap_or_default();
            annotator.count(document, all(), vocabulary(groups, site));
        }
        Some(By::Month) => {
            let month = corpus_stats::month(document).unwrap_or_default();
            annotator.count(document, all(), vocabulary(groups, &month));
        }
        None => annotator.count(document, all(), vocabulary(groups, "")),
    }
}

/// The words of this group.
fn vocabulary<'a>(groups: &'a mut Groups, name: &str) -> &'a mut Vocabulary {
    groups.entry(name.to_owned()).or_default()
}

fn table(groups: &Groups, options: &Options) -> Table {
    let group = options.by.map(By::name);
    let mut table =
        Table::new(group.into_iter().chain(["word", "count", "per_million", "documents"]));
    if group.is_some() {
        table = table.grouped();
    }
    for (name, words) in groups {
        let total = words.total() as f64;
        for it in words.frequencies() {
            if it.count < options.min || options.content_words && is_stop_word(&it.key) {
                continue;
            }
            let name = group.map(|_| Cell::Text(name.clone()));
            let figures = [
                Cell::Text(it.word),
                Cell::Count(it.count),
                Cell::Number(it.count as f64 / total * 1e6),
                Cell::Count(it.documents),
            ];
            table.push(name.into_iter().chain(figures));
        }
    }
    table
}
