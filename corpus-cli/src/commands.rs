//! One file a command; the list of them is in `command.rs`.

mod build;
#[cfg(feature = "cluster")]
mod cluster;
mod collocations;
mod compare;
mod completions;
mod convert;
mod diff;
mod dispersion;
mod documents;
mod duplicates;
mod evaluate;
mod extract;
mod filter;
mod formats;
mod frequency;
mod keyness;
mod kwic;
mod man;
mod ngrams;
mod normalize;
mod sentences;
mod sites;
mod sort;
#[cfg(feature = "engine")]
mod sql;
mod stats;
mod summarize;
mod train;
mod verify;
mod words;

pub(crate) use build::Build;
#[cfg(feature = "cluster")]
pub(crate) use cluster::Cluster;
pub(crate) use collocations::Collocations;
pub(crate) use compare::Compare;
pub(crate) use completions::Completions;
pub(crate) use convert::Convert;
pub(crate) use diff::Diff;
pub(crate) use dispersion::Dispersion;
pub(crate) use documents::Documents;
pub(crate) use duplicates::Duplicates;
pub(crate) use evaluate::Evaluate;
pub(crate) use extract::Extract;
pub(crate) use filter::Filter;
pub(crate) use formats::Formats;
pub(crate) use frequency::Frequency;
pub(crate) use keyness::Keyness;
pub(crate) use kwic::Kwic;
pub(crate) use man::Man;
pub(crate) use ngrams::Ngrams;
pub(crate) use normalize::Normalize;
pub(crate) use sentences::Sentences;
pub(crate) use sites::Sites;
pub(crate) use sort::Sort;
#[cfg(feature = "engine")]
pub(crate) use sql::Sql;
pub(crate) use stats::Stats;
pub(crate) use summarize::Summarize;
pub(crate) use train::Train;
pub(crate) use verify::Verify;
pub(crate) use words::Words;
