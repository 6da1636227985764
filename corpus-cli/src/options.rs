//! The options that commands share.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, anyhow, bail};
use clap::Args;
use corpus_model::chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use corpus_model::{Moment, When};
use corpus_parse::{FieldNames, Format, SitePack};
use corpus_text::{Dictionary, Lexicon, Segmenter};

use crate::input::plain;
use crate::problems::shown;
use crate::recode::Recoder;

/// Where the documents come from and how they are read.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct InputOptions {
    /// Files, folders (walked, hidden files and README skipped), globs, or - for standard input
    #[arg(value_name = "INPUT")]
    pub(crate) input: Vec<String>,

    /// Read everything as this format instead of detecting it: a name of `corpus formats`, or a file
    /// (my-site.toml) that describes one
    #[arg(long, value_name = "NAME|FILE", help_heading = "Input")]
    pub(crate) format: Option<String>,

    /// Take each line as one document; `document` is its number from 0
    #[arg(long, conflicts_with = "format", help_heading = "Input")]
    pub(crate) lines: bool,

    /// Rules for page furniture of single sites, as `corpus sites` proposes them; may be given again
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub(crate) site_pack: Vec<PathBuf>,

    /// The field that holds the text, where records have fields
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    pub(crate) text_field: Option<String>,

    /// The field that holds the document's identifier
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    pub(crate) id_field: Option<String>,

    /// The field that holds the title
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    pub(crate) title_field: Option<String>,

    /// The field that holds the date of publication
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    pub(crate) date_field: Option<String>,

    /// The field that holds the address
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    pub(crate) url_field: Option<String>,

    /// When documents were published that do not say it: 2014-08-29 or 2014-08-29T16:00
    #[arg(long, value_name = "DATE", value_parser = reference_moment, help_heading = "Input")]
    pub(crate) published: Option<When>,

    /// The longest record that is read, in MiB; a longer one is reported and skipped
    #[arg(long, value_name = "MIB", default_value_t = 64, value_parser = clap::value_parser!(u64).range(1..=4096), help_heading = "Input")]
    pub(crate) max_record: u64,

    /// How many times its size packed input may unpack to, once that is more than 32 MiB
    #[arg(long, value_name = "N", default_value_t = 250, value_parser = clap::value_parser!(u64).range(1..), help_heading = "Input")]
    pub(crate) max_ratio: u64,

    /// How many MiB a packed file or member may unpack to [default: without limit]
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u64).range(1..), help_heading = "Input")]
    pub(crate) max_unpacked: Option<u64>,

    /// How deep packings and archives may lie one in the other
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u64).range(1..=16), help_heading = "Input")]
    pub(crate) max_nesting: u64,

    /// Write to FILE where every byte of the input went: documents, separators, rejected by reason,
    /// unreadable with file, offset and error; one JSON object
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub(crate) ledger: Option<PathBuf>,

    /// Keep in FILE, byte for byte, the records that could not be read or are no documents
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub(crate) rejected: Option<PathBuf>,

    /// Threads; the results do not depend on it [default: all cores]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1024))]
    pub(crate) jobs: Option<u64>,

    /// What becomes of the bytes before they are parsed.
    #[arg(skip)]
    pub(crate) recoder: Option<Recoder>,
}

impl InputOptions {
    /// The longest record in bytes.
    pub(crate) fn max_record(&self) -> usize {
        usize::try_from(self.max_record << 20).unwrap_or(usize::MAX)
    }

    /// The format that was asked for, if one was.
    pub(crate) fn format(&self) -> Result<Option<Box<dyn Format>>> {
        let name = match (&self.format, self.lines) {
            (_, true) => "lines",
            // It is told by its content, and its rows are read as JSON Lines.
            (Some(name), false) if name == "parquet" && cfg!(feature = "parquet") => {
                return Ok(None);
            }
            (Some(name), false) => name,
            (None, false) => return Ok(None),
        };
        if let Some(format) = corpus_parse::find(name) {
            return Ok(Some(Box::new(format)));
        }
        // No format has a dot in its name.
        if name.contains(['.', '/', '\\']) {
            return described(Path::new(name)).map(Some);
        }
        let described = Path::new(name).with_extension("toml");
        if described.is_file() {
            bail!("no format is called {name:?}; did you mean the file {}?", described.display());
        }
        let names: Vec<&str> = corpus_parse::FORMATS.iter().map(|format| format.name()).collect();
        bail!(
            "no format is called {name:?}; the formats are {}, or a file that describes one, such as \
             my-site.toml",
            names.join(", ")
        )
    }

    /// The rules for sites, if there are more than those that are built in.
    pub(crate) fn site_pack(&self) -> Result<Option<Arc<SitePack>>> {
        if self.site_pack.is_empty() {
            return Ok(None);
        }
        let mut pack = SitePack::built_in().clone();
        for path in &self.site_pack {
            let mut table = String::new();
            open(path)?
                .read_to_string(&mut table)
                .map_err(|error| anyhow!("{}: {}", name(path), plain(&error)))?;
            pack.read(&table).map_err(|error| anyhow!("{}: {error}", name(path)))?;
        }
        Ok(Some(Arc::new(pack)))
    }

    /// The names of the fields that matter.
    pub(crate) fn field_names(&self) -> FieldNames {
        FieldNames {
            id: self.id_field.clone(),
            text: self.text_field.clone(),
            title: self.title_field.clone(),
            date: self.date_field.clone(),
            url: self.url_field.clone(),
        }
    }

    /// How many bytes one packed file may unpack to.
    pub(crate) fn max_unpacked(&self) -> u64 {
        self.max_unpacked.map_or(u64::MAX, |mib| mib.saturating_mul(1 << 20))
    }

    /// How many threads to use.
    pub(crate) fn jobs(&self) -> usize {
        match self.jobs {
            Some(jobs) => usize::try_from(jobs).unwrap_or(1),
            None => std::thread::available_parallelism().map_or(1, usize::from),
        }
    }
}

/// The format that a file describes.
#[cfg(feature = "toml")]
fn described(path: &Path) -> Result<Box<dyn Format>> {
    let mut bytes = Vec::new();
    io::copy(&mut open(path)?, &mut bytes)
        .map_err(|error| anyhow!("{}: {}", name(path), plain(&error)))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let (valid, _) = error.as_bytes().split_at(error.utf8_error().valid_up_to());
        let line = 1 + valid.iter().filter(|byte| **byte == b'\n').count();
        anyhow!("{}: line {line}: this is no UTF-8; save the file as UTF-8", name(path))
    })?;
    match corpus_parse::Described::read(&text) {
        Ok(format) => Ok(Box::new(format)),
        Err(error) => bail!("{}: {error}", name(path)),
    }
}

/// Says why there is none.
#[cfg(not(feature = "toml"))]
fn described(path: &Path) -> Result<Box<dyn Format>> {
    bail!("{}: this program was built without formats that a file describes", name(path));
}

/// What decides where words begin and end.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct WordOptions {
    /// Words of your own, one a line: `trí tuệ nhân tạo` is joined, `-đất nước` split; may be given
    /// several times
    #[arg(long, value_name = "FILE", help_heading = "Words")]
    pub(crate) dictionary: Vec<PathBuf>,

    /// The lexicon to use in place of the built-in one: words with a tab and a count, as `corpus
    /// train words` makes them
    #[arg(long, value_name = "FILE", help_heading = "Words")]
    pub(crate) model: Option<PathBuf>,
}

impl WordOptions {
    /// The segmenter that the options ask for.
    pub(crate) fn segmenter(&self) -> Result<Cow<'static, Segmenter>> {
        let segmenter = match &self.model {
            None => Cow::Borrowed(Segmenter::built_in()),
            Some(path) => {
                let lexicon = Lexicon::read(open(path)?)
                    .map_err(|error| anyhow!("{}: {error}", name(path)))?;
                if lexicon.is_empty() {
                    bail!("{}: no words in it", name(path));
                }
                Cow::Owned(Segmenter::new(lexicon))
            }
        };
        if self.dictionary.is_empty() {
            return Ok(segmenter);
        }
        let mut dictionary = Dictionary::new();
        for path in &self.dictionary {
            dictionary
                .add_lines(open(path)?)
                .map_err(|error| anyhow!("{}: {error}", name(path)))?;
        }
        Ok(Cow::Owned(segmenter.with_dictionary(dictionary)))
    }
}

/// Opens a file that is no document: a word list, a model, gold text. `-` is standard input.
pub(crate) fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(io::stdin().lock()));
    }
    match File::open(path) {
        Ok(file) => Ok(Box::new(BufReader::with_capacity(1 << 16, file))),
        Err(error) => bail!("{}: {}", name(path), plain(&error)),
    }
}

/// What such a file is called in messages.
pub(crate) fn name(path: &Path) -> String {
    if path.as_os_str() == "-" { "standard input".to_owned() } else { shown(path) }
}

/// Where the results go.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct OutputOptions {
    /// Write to FILE, which appears under its name only when it is whole
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Reads the value of `--published`.
pub(crate) fn reference_moment(text: &str) -> Result<When, String> {
    let moment = if let Ok(day) = text.parse::<NaiveDate>() {
        Moment::Day(day)
    } else if let Ok(time) = text.parse::<NaiveDateTime>() {
        Moment::Second(time)
    } else if let Ok(time) = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M") {
        Moment::Minute(time)
    } else if let Some((day, time)) = text.split_once(' ') {
        let day: NaiveDate = day.parse().map_err(|_| explain(text))?;
        let time = NaiveTime::parse_from_str(time, "%H:%M")
            .or_else(|_| time.parse())
            .map_err(|_| explain(text))?;
        Moment::Second(day.and_time(time))
    } else {
        return Err(explain(text));
    };
    Ok(When::Point(moment))
}

fn explain(text: &str) -> String {
    format!("{text:?} is no date; write 2014-08-29 or 2014-08-29T16:00")
}

#[cfg(test)]
mod tests {
    use super::reference_moment;

    #[test]
    fn reads_days_and_times() {
        for (text, iso) in [
            ("2014-08-29", "2014-08-29"),
            ("2017-02-02T03:55:00", "2017-02-02T03:55:00"),
            ("2017-02-02T03:55", "2017-02-02T03:55"),
            ("2017-02-02 03:55", "2017-02-02T03:55:00"),
        ] {
            assert_eq!(
                reference_moment(text).map(|when| when.to_string()),
                Ok(iso.to_owned()),
                "{text}"
            );
        }
        assert!(reference_moment("29/8/2014").unwrap_err().contains("2014-08-29"));
    }
}
