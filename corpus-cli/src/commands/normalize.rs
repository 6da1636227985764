//! `corpus normalize`: one spelling for one text.

use std::io::Write as _;

use anyhow::Result;
use clap::{ArgMatches, Args, FromArgMatches as _, ValueEnum};
use corpus_model::{Document, Span};
use corpus_text::{Normalization, TonePlacement, legacy, normalize};
use serde::Serialize;

use crate::command::Command;
use crate::options::{InputOptions, OutputOptions};
use crate::output::Output;
use crate::pipeline;
use crate::recode::Recoder;
use crate::report::json::{DocumentName, line};
use crate::session::{Session, Status};

const EXAMPLES: &str = "\
Examples:
  corpus normalize < text.txt                 NFC, Đ for Ð, no zero-width characters
  corpus normalize --tone old -o out.txt in.txt   `hòa` for `hoà` too
  corpus normalize --quotes --dashes < text.txt   plain signs for “ and –, which stay by default
  corpus normalize --lines --json < text.txt  what was changed, and where
  corpus normalize --from vni old.txt         VNI-Windows; most often --from auto finds out

Plain output is the text line by line. With --json each document gives its normal form and the
edits that make it: a span of the author's bytes and the text in its place. Text in another
encoding is decoded first, and spans are of the decoded text.";

/// `corpus normalize`.
pub(crate) struct Normalize;

#[derive(Args, Debug)]
struct Options {
    #[command(flatten)]
    input: InputOptions,

    /// Where tone marks go in `oa`, `oe`, `uy`
    #[arg(long, value_enum, default_value_t = Tone::Keep)]
    tone: Tone,

    /// Make plain quotes of “ ” « » and apostrophes of ‘ ’
    #[arg(long)]
    quotes: bool,

    /// Make plain hyphens of dashes and minus signs
    #[arg(long)]
    dashes: bool,

    /// Make plain blanks of thin, wide and ideographic ones
    #[arg(long)]
    spaces: bool,

    /// Make ASCII of full-width forms such as １２３ and ＡＢＣ
    #[arg(long)]
    full_width: bool,

    /// The encoding of the input
    #[arg(long, value_enum, default_value_t = Encoding::Auto, value_name = "ENCODING")]
    from: Encoding,

    /// Print JSON Lines: {"document","text","edits"}, an edit as {"span","text"}
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    output: OutputOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Tone {
    /// On the first letter: hòa, khóa, thủy
    Old,
    /// On the second letter: hoà, khoá, thuỷ
    New,
    /// Where the author put it
    Keep,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Encoding {
    /// Found out for each input; only clear evidence makes it anything but UTF-8
    Auto,
    /// UTF-8, or UTF-16 with a byte-order mark
    #[value(name = "utf-8")]
    Utf8,
    /// The ABC fonts (.VnTime)
    Tcvn3,
    /// The ABC fonts of capitals (.VnTimeH)
    Tcvn3Capitals,
    /// VNI-Windows
    Vni,
    /// VISCII (RFC 1456)
    Viscii,
    /// VPS
    Vps,
    /// Windows-1258
    Cp1258,
}

impl Encoding {
    /// What is done with the bytes before they are parsed.
    fn recoder(self) -> Option<Recoder> {
        let from = match self {
            Encoding::Utf8 => return None,
            Encoding::Auto => None,
            Encoding::Tcvn3 => Some(legacy::Encoding::Tcvn3),
            Encoding::Tcvn3Capitals => Some(legacy::Encoding::Tcvn3Capitals),
            Encoding::Vni => Some(legacy::Encoding::Vni),
            Encoding::Viscii => Some(legacy::Encoding::Viscii),
            Encoding::Vps => Some(legacy::Encoding::Vps),
            Encoding::Cp1258 => Some(legacy::Encoding::Cp1258),
        };
        Some(Recoder::new(from))
    }
}

#[derive(Serialize)]
struct Row<'a> {
    document: DocumentName<'a>,
    text: &'a str,
    edits: Vec<EditRow<'a>>,
}

#[derive(Serialize)]
struct EditRow<'a> {
    span: Span,
    text: &'a str,
}

impl Command for Normalize {
    fn define(&self) -> clap::Command {
        Options::augment_args(clap::Command::new("normalize"))
            .about("Bring text into its normal form, with a record of every change")
            .after_help(EXAMPLES)
    }

    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status> {
        let options = Options::from_arg_matches(arguments)?;
        let tone = match options.tone {
            Tone::Old => TonePlacement::Old,
            Tone::New => TonePlacement::New,
            Tone::Keep => TonePlacement::Keep,
        };
        let mut how = Normalization::default().with_tone(tone);
        how.quotes = options.quotes;
        how.dashes = options.dashes;
        how.spaces = options.spaces;
        how.full_width = options.full_width;
        // Text is passed on whole, whatever it holds, so plain output looks at lines, not at documents.
        let lines = options.input.lines || (!options.json && options.input.format.is_none());
        let recoder = options.from.recoder();
        let input = InputOptions { lines, recoder: recoder.clone(), ..options.input.clone() };
        let mut output = Output::open(&options.output)?;
        let work = || {
            |document: &mut Document, page: &mut Vec<u8>| {
                let normal = normalize(document.text(), &how);
                if options.json {
                    let edits = normal.edits().map(|(span, text)| EditRow { span, text }).collect();
                    line(
                        page,
                        &Row { document: DocumentName::of(document), text: normal.text(), edits },
                    );
                } else {
                    page.extend_from_slice(normal.text().as_bytes());
                    page.push(b'\n');
                }
            }
        };
        let outcome =
            pipeline::run(session, &input, work, |bytes, _: Vec<()>| Ok(output.write_all(bytes)?))?;
        for verdict in recoder.iter().flat_map(Recoder::take_verdicts) {
            if let Some(note) = verdict.note() {
                session.note(&note);
            }
            session.account().enter_encoding(&verdict);
        }
        output.finish(outcome.status())
    }
}
