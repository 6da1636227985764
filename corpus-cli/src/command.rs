//! What a command is, the list of them all, and the program that clap makes of the list.

use anyhow::Result;
use clap::{Arg, ArgAction, ArgMatches, ColorChoice, ValueEnum, builder::PossibleValue};

#[cfg(feature = "cluster")]
use crate::commands::Cluster;
#[cfg(feature = "engine")]
use crate::commands::Sql;
use crate::commands::{
    Build, Collocations, Compare, Completions, Convert, Diff, Dispersion, Documents, Duplicates,
    Evaluate, Extract, Filter, Formats, Frequency, Keyness, Kwic, Man, Ngrams, Normalize,
    Sentences, Sites, Sort, Stats, Summarize, Train, Verify, Words,
};
use crate::session::{Session, Status};

/// One command: its definition for clap, from which help, completions and the man page are made,
/// and what it does.
pub(crate) trait Command: Sync {
    /// The command's name, explanation and options; its name is the one it is found by.
    fn define(&self) -> clap::Command;

    /// Does it.
    fn run(&self, arguments: &ArgMatches, session: &mut Session) -> Result<Status>;
}

/// Every command, in the order of the help: a new one is a file in `commands` and a line here.
pub(crate) static COMMANDS: &[&dyn Command] = &[
    &Summarize,
    &Documents,
    &Sentences,
    &Words,
    &Normalize,
    &Sort,
    &Extract,
    &Compare,
    &Stats,
    &Duplicates,
    &Diff,
    &Filter,
    &Convert,
    &Build,
    &Verify,
    #[cfg(feature = "engine")]
    &Sql,
    #[cfg(feature = "cluster")]
    &Cluster,
    &Frequency,
    &Ngrams,
    &Kwic,
    &Collocations,
    &Keyness,
    &Dispersion,
    &Train,
    &Evaluate,
    &Formats,
    &Sites,
    &Completions,
    &Man,
];

/// The command of this name.
pub(crate) fn find(name: &str) -> Option<&'static dyn Command> {
    COMMANDS.iter().copied().find(|command| command.define().get_name() == name)
}

const EXAMPLES: &str = "\
Examples:
  corpus summarize seeds                  what is in the folder, as a report
  corpus summarize --report json seeds    the same for a program
  corpus extract --kind directive seeds   which directives are cited, and where
  corpus words --lines < text.txt         one sentence a line, words joined by _
  zcat crawl.jsonl.gz | corpus stats      standard input works everywhere

Exit status:
  0  done
  1  nothing found, where something was sought or counted; or something differs (compare --check)
  2  wrong usage, or nothing could be read
  3  finished, but some input was unreadable: it is counted and located";

/// The whole program as clap sees it.
pub(crate) fn program() -> clap::Command {
    clap::Command::new("corpus")
        .version(env!("CARGO_PKG_VERSION"))
        .about("What is in a collection of Vietnamese texts, traceable to the author's own bytes")
        .after_help(EXAMPLES)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .max_term_width(100)
        .arg(
            Arg::new("color")
                .long("color")
                .global(true)
                .value_name("WHEN")
                .help("Colour the output; NO_COLOR is respected")
                .default_value("auto")
                .value_parser(clap::value_parser!(WhenToColor)),
        )
        .arg(
            Arg::new("quiet")
                .long("quiet")
                .short('q')
                .global(true)
                .action(ArgAction::SetTrue)
                .help("Print no progress and no complaints; the exit status still tells"),
        )
        .color(ColorChoice::Auto)
        .subcommands(COMMANDS.iter().map(|command| command.define()))
}

/// The values of `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum WhenToColor {
    #[default]
    Auto,
    Always,
    Never,
}

impl ValueEnum for WhenToColor {
    fn value_variants<'a>() -> &'a [WhenToColor] {
        &[WhenToColor::Auto, WhenToColor::Always, WhenToColor::Never]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            WhenToColor::Auto => PossibleValue::new("auto").help("on a terminal"),
            WhenToColor::Always => PossibleValue::new("always"),
            WhenToColor::Never => PossibleValue::new("never"),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{COMMANDS, program};
    use crate::absent;

    #[test]
    fn definitions_are_sound() {
        program().debug_assert();
    }

    #[test]
    fn names_are_unique_and_every_command_has_an_example() {
        let mut names = BTreeSet::new();
        for command in COMMANDS {
            let definition = command.define();
            let name = definition.get_name().to_owned();
            assert!(names.insert(name.clone()), "two commands are called {name}");
            let examples = definition.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(
                examples.contains(&format!("corpus {name}")),
                "help: give {name} an example in after_help"
            );
        }
    }

    #[test]
    fn texts_of_the_help_keep_their_lines() {
        // A line that is wider than the page is wrapped again, and the rest of it stands alone.
        const PAGE: usize = 100;
        // Explanations of options are indented.
        const INDENT: usize = 10;
        for command in [program()].into_iter().chain(COMMANDS.iter().map(|it| it.define())) {
            let name = command.get_name().to_owned();
            let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            for line in after.lines() {
                assert!(
                    line.chars().count() <= PAGE,
                    "help: shorten in after_help of {name}: {line}"
                );
            }
            for argument in command.get_arguments() {
                let long = argument.get_long_help().map(ToString::to_string).unwrap_or_default();
                for paragraph in long.split("\n\n").filter(|it| it.contains('\n')) {
                    for line in paragraph.lines() {
                        assert!(
                            line.chars().count() <= PAGE - INDENT,
                            "help: end this line of --{} of {name} with a backslash: {line}",
                            argument.get_id()
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn every_file_is_registered() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/commands");
        let names: BTreeSet<String> =
            COMMANDS.iter().map(|command| command.define().get_name().to_owned()).collect();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            assert!(
                names.contains(&stem) || absent::feature(&stem).is_some(),
                "help: add the command of {} to COMMANDS in command.rs",
                path.display()
            );
        }
    }
}
