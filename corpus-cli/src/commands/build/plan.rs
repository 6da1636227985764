//! What decides a build: the options, those of a file under them, and the record of both.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use corpus_text::{Normalization, TonePlacement};
use serde_json::{Value, json};

use super::inputs::Table;
use crate::layers::Layer;
use crate::options::{InputOptions, WordOptions};
use crate::problems::shown;

#[derive(Args, Clone, Debug)]
pub(super) struct Options {
    #[command(flatten)]
    pub(super) input: InputOptions,

    /// The folder to build; it is made, and has to be empty
    #[arg(long, short, value_name = "FOLDER")]
    pub(super) output: PathBuf,

    /// Take options that are not given here from a file: `preset = "news"`, `input = ["crawl/"]`
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    /// Go on with a build that was broken off
    #[arg(long)]
    pub(super) resume: bool,

    /// Tell what would be built of what, and stop
    #[arg(long)]
    pub(super) dry_run: bool,

    /// Rules of quality: fineweb2-vie, news, a file, or none [default: fineweb2-vie]
    #[arg(long, value_name = "NAME/FILE")]
    pub(super) preset: Option<String>,

    /// From which similarity on documents are duplicates, from 0 to 1 [default: 0.8]
    #[arg(long, value_name = "SIMILARITY", value_parser = crate::commands::duplicates::share)]
    pub(super) threshold: Option<f64>,

    /// Which of documents that are duplicates stays [default: first]
    #[arg(long, value_enum)]
    pub(super) keep: Option<Kept>,

    /// Layers to write beside those that the format needs [default: sentences,words]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(super) layers: Option<Vec<Built>>,

    /// Write texts as their authors wrote them, or in normal form: what was changed is kept beside
    /// [default: author]
    #[arg(long, value_enum, value_name = "FORM")]
    pub(super) form: Option<Form>,

    /// Write shards of this format, the ending of their names: jsonl.zst, parquet, vrt.gz, conllu
    /// [default: jsonl.zst]
    #[arg(long, value_name = "ENDING")]
    pub(super) to: Option<String>,

    /// End a shard when its texts have so many MiB [default: 256]
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u64).range(1..=65_536))]
    pub(super) shard_size: Option<u64>,

    /// Enter what is read into the journal when its texts have so many MiB: what a run that is killed
    /// may have to judge again [default: 64]
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u64).range(1..=65_536))]
    pub(super) part_size: Option<u64>,

    #[command(flatten)]
    pub(super) words: WordOptions,
}

/// Which of several duplicates is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[cfg_attr(feature = "toml", derive(serde::Deserialize), serde(rename_all = "lowercase"))]
pub(super) enum Kept {
    /// The first in the order of the input
    First,
    /// The one with most words
    Longest,
    /// All of them: documents are not compared
    All,
}

/// In which form texts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[cfg_attr(feature = "toml", derive(serde::Deserialize), serde(rename_all = "lowercase"))]
pub(super) enum Form {
    /// Byte for byte as the author wrote them
    Author,
    /// NFC, Đ for Ð, no zero-width characters, plain blanks; tone marks where they stand
    Nfc,
    /// That, and tone marks on the first letter: hòa, khóa, thủy
    Old,
    /// That, and tone marks on the second letter: hoà, khoá, thuỷ
    New,
}

impl Form {
    /// What is done to texts, if anything.
    fn normalization(self) -> Option<Normalization> {
        let tone = match self {
            Form::Author => return None,
            Form::Nfc => TonePlacement::Keep,
            Form::Old => TonePlacement::Old,
            Form::New => TonePlacement::New,
        };
        Some(Normalization::default().with_tone(tone))
    }
}

/// The values of `--layers`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[cfg_attr(feature = "toml", derive(serde::Deserialize), serde(rename_all = "lowercase"))]
pub(super) enum Built {
    Sentences,
    Words,
    Mentions,
    /// None but what the format needs
    None,
}

impl Options {
    /// The rules of quality, unless there are to be none.
    pub(super) fn preset(&self) -> Option<&str> {
        let name = self.preset.as_deref().unwrap_or("fineweb2-vie");
        Some(name).filter(|name| *name != "none")
    }

    pub(super) fn threshold(&self) -> f64 {
        self.threshold.unwrap_or(0.8)
    }

    pub(super) fn keep(&self) -> Kept {
        self.keep.unwrap_or(Kept::First)
    }

    pub(super) fn layers(&self) -> Vec<Layer> {
        let asked = self.layers.as_deref().unwrap_or(&[Built::Sentences, Built::Words]);
        let layer = |built: &Built| match built {
            Built::Sentences => Some(Layer::Sentences),
            Built::Words => Some(Layer::Words),
            Built::Mentions => Some(Layer::Mentions),
            Built::None => None,
        };
        asked.iter().filter_map(layer).collect()
    }

    fn form(&self) -> Form {
        self.form.unwrap_or(Form::Author)
    }

    /// What is done to the texts that are written, if anything.
    pub(super) fn normalization(&self) -> Option<Normalization> {
        self.form().normalization()
    }

    pub(super) fn ending(&self) -> &str {
        self.to.as_deref().unwrap_or(if cfg!(feature = "zstd") { "jsonl.zst" } else { "jsonl" })
    }

    pub(super) fn shard_mib(&self) -> u64 {
        self.shard_size.unwrap_or(256)
    }

    pub(super) fn part_mib(&self) -> u64 {
        self.part_size.unwrap_or(64)
    }

    /// What of the options the output depends on. Files that decide something stand there with the
    /// hash of what was in them.
    pub(super) fn record(&self) -> Value {
        let table = |path: &PathBuf| Table::of(&shown(path));
        let tables = |paths: &[PathBuf]| paths.iter().map(table).collect::<Vec<Table>>();
        let input = &self.input;
        let names: Vec<String> =
            self.layers().iter().map(|it| format!("{it:?}").to_lowercase()).collect();
        json!({
            "format": input.format.as_deref().map(Table::of),
            "lines": input.lines,
            "site_pack": tables(&input.site_pack),
            "fields": [&input.text_field, &input.id_field, &input.title_field, &input.date_field, &input.url_field],
            "published": input.published.map(|when| when.to_string()),
            "max_record": input.max_record,
            "max_ratio": input.max_ratio,
            "max_unpacked": input.max_unpacked,
            "max_nesting": input.max_nesting,
            "preset": self.preset().map(Table::of),
            "threshold": self.threshold(),
            "keep": format!("{:?}", self.keep()).to_lowercase(),
            "layers": names,
            "form": format!("{:?}", self.form()).to_lowercase(),
            "to": self.ending(),
            "shard_size": self.shard_mib(),
            "dictionary": tables(&self.words.dictionary),
            "model": self.words.model.as_ref().map(table),
        })
    }
}

/// Options from a file: the names of those of the command line.
#[cfg(feature = "toml")]
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Config {
    input: Vec<String>,
    format: Option<String>,
    lines: bool,
    site_pack: Vec<PathBuf>,
    text_field: Option<String>,
    id_field: Option<String>,
    title_field: Option<String>,
    date_field: Option<String>,
    url_field: Option<String>,
    published: Option<String>,
    preset: Option<String>,
    threshold: Option<f64>,
    keep: Option<Kept>,
    layers: Option<Vec<Built>>,
    form: Option<Form>,
    to: Option<String>,
    shard_size: Option<u64>,
    part_size: Option<u64>,
    max_unpacked: Option<u64>,
    jobs: Option<u64>,
    dictionary: Vec<PathBuf>,
    model: Option<PathBuf>,
}

#[cfg(feature = "toml")]
impl Options {
    /// Takes what was not given from the file, where one was named.
    pub(super) fn complete(&mut self) -> Result<()> {
        let Some(path) = &self.config else { return Ok(()) };
        let name = crate::options::name(path);
        let mut text = String::new();
        std::io::Read::read_to_string(&mut crate::options::open(path)?, &mut text)
            .map_err(|error| anyhow::anyhow!("{name}: {}", crate::input::plain(&error)))?;
        self.fill_in(&name, &text)
    }

    fn fill_in(&mut self, name: &str, text: &str) -> Result<()> {
        fn or<T>(mine: &mut Option<T>, other: Option<T>) {
            if mine.is_none() {
                *mine = other;
            }
        }
        fn or_all<T>(mine: &mut Vec<T>, other: Vec<T>) {
            if mine.is_empty() {
                *mine = other;
            }
        }
        let config: Config = toml::from_str(text)
            .map_err(|error| anyhow::anyhow!("{name}: {}", error.to_string().trim_end()))?;
        let input = &mut self.input;
        or_all(&mut input.input, config.input);
        // A format and `lines` exclude each other on the command line, and across the two as well.
        if input.format.is_none() && !input.lines {
            (input.format, input.lines) = (config.format, config.lines);
        }
        if input.format.is_some() && input.lines {
            bail!("{name}: `format` and `lines` exclude each other");
        }
        or_all(&mut input.site_pack, config.site_pack);
        or(&mut input.text_field, config.text_field);
        or(&mut input.id_field, config.id_field);
        or(&mut input.title_field, config.title_field);
        or(&mut input.date_field, config.date_field);
        or(&mut input.url_field, config.url_field);
        if let (None, Some(published)) = (&input.published, &config.published) {
            let read = crate::options::reference_moment(published);
            input.published = Some(read.map_err(|what| anyhow::anyhow!("{name}: {what}"))?);
        }
        if config.threshold.is_some_and(|it| !(0.0..=1.0).contains(&it)) {
            bail!("{name}: `threshold` is no number from 0 to 1");
        }
        for (option, value, most) in [
            ("shard-size", config.shard_size, 65_536),
            ("part-size", config.part_size, 65_536),
            ("max-unpacked", config.max_unpacked, u64::MAX),
            ("jobs", config.jobs, 1_024),
        ] {
            match value {
                Some(0) if most == u64::MAX => bail!("{name}: `{option}` is no number from 1 on"),
                Some(it) if it == 0 || it > most => {
                    bail!("{name}: `{option}` is no number from 1 to {most}")
                }
                _ => {}
            }
        }
        or(&mut input.max_unpacked, config.max_unpacked);
        or(&mut input.jobs, config.jobs);
        or(&mut self.preset, config.preset);
        or(&mut self.threshold, config.threshold);
        or(&mut self.keep, config.keep);
        or(&mut self.layers, config.layers);
        or(&mut self.form, config.form);
        or(&mut self.to, config.to);
        or(&mut self.shard_size, config.shard_size);
        or(&mut self.part_size, config.part_size);
        or_all(&mut self.words.dictionary, config.dictionary);
        or(&mut self.words.model, config.model);
        Ok(())
    }
}

#[cfg(not(feature = "toml"))]
impl Options {
    /// Takes nothing, and says so where a file was named.
    pub(super) fn complete(&mut self) -> Result<()> {
        match &self.config {
            None => Ok(()),
            Some(path) => {
                bail!("{}: this program was built without options from a file", shown(path))
            }
        }
    }
}

/// The ending as the name of a file would have it, checked for what a file is called.
pub(super) fn shard_name(ending: &str) -> Result<PathBuf> {
    if ending.is_empty() || ending.contains(['/', '\\']) || ending.starts_with('.') {
        bail!("--to takes the ending of a file, such as jsonl.zst, not {ending:?}");
    }
    Ok(Path::new("shard").with_extension(ending))
}

#[cfg(all(test, feature = "toml"))]
mod tests {
    use clap::FromArgMatches as _;

    use super::*;

    fn options(args: &[&str]) -> Result<Options, clap::Error> {
        let command = Options::augment_args(clap::Command::new("build"));
        let args = ["build", "-o", "out"].iter().chain(args);
        Options::from_arg_matches(&command.try_get_matches_from(args)?)
    }

    #[test]
    fn the_command_line_comes_first() {
        let file = "input = [\"a/\", \"b/\"]\npreset = \"none\"\nthreshold = 0.5\nlayers = [\"mentions\"]\nlines = true\n";
        let mut mine = options(&["c/", "--threshold", "0.9"]).unwrap();
        mine.fill_in("x.toml", file).unwrap();
        assert_eq!(mine.input.input, ["c/"]);
        assert_eq!((mine.preset(), mine.threshold()), (None, 0.9));
        assert_eq!((mine.layers(), mine.input.lines), (vec![Layer::Mentions], true));
        let more = "part-size = 8\njobs = 2\n";
        let mut mine = options(&["--jobs", "3"]).unwrap();
        mine.fill_in("x.toml", more).unwrap();
        assert_eq!((mine.part_mib(), mine.input.jobs()), (8, 3));
        let mut mine = options(&["--format", "jsonl"]).unwrap();
        mine.fill_in("x.toml", file).unwrap();
        assert_eq!((mine.input.input.len(), mine.input.lines), (2, false));
    }

    #[test]
    fn mistakes_are_told_with_the_file() {
        for (file, what) in [
            ("tresh = 1", "unknown field `tresh`"),
            ("threshold = 2.0", "from 0 to 1"),
            ("shard-size = 0", "from 1 to 65536"),
            ("part-size = 65537", "`part-size` is no number from 1 to 65536"),
            ("max-unpacked = 0", "`max-unpacked` is no number from 1 on"),
            ("jobs = 0", "`jobs` is no number from 1 to 1024"),
            ("keep = \"last\"", "unknown variant `last`"),
            ("published = \"29/8\"", "is no date"),
            ("lines = true\nformat = \"jsonl\"", "exclude each other"),
        ] {
            let error = options(&[]).unwrap().fill_in("x.toml", file).unwrap_err().to_string();
            assert!(error.starts_with("x.toml: ") && error.contains(what), "{file}: {error}");
        }
    }
}
