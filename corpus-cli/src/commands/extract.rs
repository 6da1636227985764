//! `corpus extract`: dates, directives, people with office, quantities, where they stand.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use clap::builder::PossibleValuesParser;
use clap::{ArgMatches, Args, FromArgMatches as _};
use corpus_extract::Extractor;
use corpus_model::{Document, Layer, Mention, MentionKind, Span, Word};
use corpus_text::Segmenter;
use corpus_write::conllu;

use crate::command::Command;
use crate::mentions::explained::Explained;
use crate::mentions::page::Page;
use crate::mentions::standoff::{Folder, Pair};
use crate::mentions::tags::Tags;
use crate::mentions::{columns, json, lines};
use crate::options::{InputOptions, OutputOptions};
use crate::output::Output;
use crate::packs::PackOptions;
use crate::pipeline::{self, Work};
use crate::session::{Session, Status};
use crate::text_width;

const EXAMPLES: &str = "\
Examples:
  corpus extract seeds                                all facts, grouped by document
  corpus extract --kind directive,date article.txt    some kinds only
  corpus extract --json --lines < text.txt            for a program, a line a document
  corpus extract --csv --bom -o facts.csv seeds       for a spreadsheet, a fact a row
  corpus extract --html -o facts.html seeds           the texts with their facts marked
  corpus extract --brat facts/ seeds                  to be corrected by hand in brat
  corpus extract --explain --kind date article.txt    by which rule, on what evidence
  corpus extract --print-pack tables                  the tables facts are found by, to be edited
  corpus extract --pack ours/office.add.txt seeds     with offices of one's own
  corpus extract --lines --published 2017-02-02 < x   what `hôm qua` means depends on the day

The columns of --csv are document, path, kind, start, end, text; name (of people, organisations,
places, events, programmes, directives; the noun of a list); type (sort of quantity, kind of
directive, grain of a date, what a programme is called); iso, basis; number, to, unit, per,
approximate; issuer, offices, place; json (the value as --json has it). Several names in a cell
are separated by `; `.

The last column of --conllu has, for each kind, Date=B where a fact begins and Date=I where it goes
on, and where it begins DateValue= and DateSpan=, its bytes in the document.";

/// `corpus extract`.
pub(crate) struct Extract;

#[derive(Args, Debug)]
struct Options {
    #[command(flatten)]
    input: InputOptions,

    /// Only these kinds of facts, separated by commas
    #[arg(long, value_name = "KINDS", value_delimiter = ',',
          value_parser = PossibleValuesParser::new(MentionKind::ALL.map(MentionKind::name)))]
    kind: Vec<String>,

    /// Print JSON Lines: {"document","path","kind","span","text","value"}
    #[arg(long, group = "form")]
    json: bool,

    /// Print comma-separated values, a fact a row, with a header
    #[arg(long, group = "form")]
    csv: bool,

    /// Begin --csv with a byte-order mark, without which Excel takes Vietnamese for Latin-1
    #[arg(long, requires = "csv", conflicts_with_all = ["json", "conllu", "html", "brat"])]
    bom: bool,

    /// Print CoNLL-U, a word a line, with the facts in the last column
    #[arg(long, group = "form")]
    conllu: bool,

    /// Print a page for a browser: the texts with their facts marked
    #[arg(long, group = "form")]
    html: bool,

    /// Write texts and facts into a new folder as brat reads them: NAME.txt, NAME.ann
    #[arg(long, value_name = "FOLDER", group = "form", conflicts_with = "output")]
    brat: Option<PathBuf>,

    /// Say of each fact which rule found it, and what in the text it went by
    #[arg(long, conflicts_with_all = ["csv", "conllu", "brat"])]
    explain: bool,

    #[command(flatten)]
    pack: PackOptions,

    /// Write the tables that facts are found by into a folder, to be edited for --pack, and stop
    #[arg(long, value_name = "FOLDER", help_heading = "Facts")]
    print_pack: Option<PathBuf>,

    #[command(flatten)]
    output: OutputOptions,
}

/// What is printed of the facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Lines,
    Json,
    Csv,
    Conllu,
    Html,
    Brat,
}

impl Options {
    fn form(&self) -> Form {
        match () {
            () if self.json => Form::Json,
            () if self.csv => Form::Csv,
            () if self.conllu => Form::Conllu,
            () if self.html => Form::Html,
            () if self.brat.is_some() => Form::Brat,
            () => Form::Lines,
        }
    }
}

/// What a worker hands on of a document, beside what is to be printed as it is.
struct Made {
    facts: usize,
    rest: Rest,
}

/// What is written where all documents come together, for it needs their number or a file.
enum Rest {
    Nothing,
    Page(Box<(Document, Vec<Mention>, Option<Vec<String>>)>),
    Pair(Box<Pair>),
}

impl Command for Extract {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("extract"))
            .about("Find dates, directives, people with office, quantities")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let mut kinds: Vec<MentionKind> =
            options.kind.iter().filter_map(|name| MentionKind::from_name(name)).collect();
        if kinds.is_empty() {
            kinds = MentionKind::ALL.to_vec();
        }
        if let Some(folder) = &options.print_pack {
            options.pack.print(folder)?;
            return Ok(Status::Done);
        }
        let extractor = options.pack.extractor()?;
        let extractor: &Extractor = &extractor;
        let form = options.form();
        let mut output = Output::open(&options.output)?;
        let mut folder = options.brat.as_deref().map(Folder::create).transpose()?;
        let mut page = Page::default();
        let mut head = Some(match form {
            Form::Csv => {
                let mut head =
                    if options.bom { columns::BYTE_ORDER_MARK.to_vec() } else { Vec::new() };
                columns::header(&mut head);
                head
            }
            Form::Html => Page::head(&kinds).into_bytes(),
            _ => Vec::new(),
        });
        let fit = output.is_terminal().then(|| text_width::columns(true));
        let work = || Worker {
            extractor,
            kinds: &kinds,
            form,
            explain: options.explain,
            lines: options.input.lines,
            columns: fit,
        };
        let mut found = 0;
        let outcome = pipeline::run(session, &options.input, work, |bytes, made: Vec<Made>| {
            if let Some(head) = head.take() {
                output.write_all(&head)?;
            }
            found += made.iter().map(|it| it.facts).sum::<usize>();
            for made in made {
                match (made.rest, &mut folder) {
                    (Rest::Page(whole), _) => {
                        let (document, mentions, reasons) = &*whole;
                        let part = page.document(document, mentions, reasons.as_deref());
                        output.write_all(part.as_bytes())?;
                    }
                    (Rest::Pair(pair), Some(folder)) => folder.add(&pair)?,
                    _ => {}
                }
            }
            if form == Form::Lines {
                output.write_styled(&String::from_utf8_lossy(bytes), session)
            } else {
                Ok(output.write_all(bytes)?)
            }
        })?;
        let mut status = outcome.status();
        if status != Status::Failed {
            // Without documents nothing was handed on.
            output.write_all(&head.take().unwrap_or_default())?;
            if form == Form::Html {
                output.write_all(page.foot().as_bytes())?;
            }
        }
        if status == Status::Done && found == 0 {
            status = Status::NothingFound;
        }
        if let Some(folder) = folder {
            folder.finish(status)?;
        }
        output.finish(status)
    }
}

/// What each thread does with a document.
#[derive(Clone, Copy)]
struct Worker<'a> {
    extractor: &'a Extractor,
    kinds: &'a [MentionKind],
    form: Form,
    explain: bool,
    lines: bool,
    columns: Option<usize>,
}

impl Work<Made> for Worker<'_> {
    fn all(&mut self, documents: &mut [Document], page: &mut Vec<u8>, made: &mut Vec<Made>) {
        let found = self.extractor.extract_all(documents, self.kinds);
        made.extend(documents.iter_mut().zip(found).map(|(it, found)| self.made(it, found, page)));
    }
}

impl Worker<'_> {
    fn made(&self, document: &mut Document, mentions: Layer<Mention>, page: &mut Vec<u8>) -> Made {
        let facts = mentions.len();
        let explained = self
            .explain
            .then(|| Explained::all(document, mentions.as_slice(), self.extractor))
            .filter(|explained| !explained.is_empty());
        let reasons: Option<Vec<String>> = explained
            .as_ref()
            .filter(|_| self.form != Form::Json)
            .map(|explained| explained.iter().map(Explained::line).collect());
        if self.form == Form::Html {
            drop(explained);
            let whole = (std::mem::take(document), mentions.into_vec(), reasons);
            return Made { facts, rest: Rest::Page(Box::new(whole)) };
        }
        let document = &*document;
        let mentions = mentions.as_slice();
        match self.form {
            Form::Json => {
                json::rows(document, mentions, explained.as_deref().unwrap_or_default(), page);
            }
            Form::Csv => mentions.iter().for_each(|it| columns::row(document, it, page)),
            Form::Conllu => self.tagged(document, mentions, page),
            Form::Brat => {
                let rest = Rest::Pair(Box::new(Pair::of(document, mentions)));
                return Made { facts, rest };
            }
            Form::Lines if mentions.is_empty() => {}
            Form::Lines | Form::Html => {
                lines::document(document, mentions, self.columns, reasons.as_deref(), page);
            }
        }
        Made { facts, rest: Rest::Nothing }
    }

    /// The sentences with their words, as `corpus words --conllu` has them, and the facts.
    fn tagged(&self, document: &Document, mentions: &[Mention], page: &mut Vec<u8>) {
        let segmenter = Segmenter::built_in();
        let mut tags = Tags::new(mentions);
        let mut words = Vec::new();
        let mut number = 0;
        let mut sentence = |span: Span, page: &mut Vec<u8>| {
            words.clear();
            segmenter.words_into(&document[span], span.start(), &mut words);
            number += 1;
            let attributes = |word: &Word, page: &mut Vec<u8>| tags.next(word, page);
            conllu::sentence(document, span, number, &words, attributes, page);
        };
        if self.lines {
            sentence(Span::new(0, document.text().len()), page);
            return;
        }
        for block in document.content() {
            for found in corpus_text::sentences(&document[block.span]) {
                sentence(found.span.shifted(block.span.start()), page);
            }
        }
    }
}
