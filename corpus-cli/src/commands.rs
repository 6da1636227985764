//! One file a command; the list of them is in `command.rs`.

mod compare;
mod completions;
mod documents;
mod duplicates;
mod evaluate;
mod extract;
mod filter;
mod formats;
mod man;
mod normalize;
mod sentences;
mod sort;
mod stats;
mod summarize;
mod train;
mod words;

pub(crate) use compare::Compare;
pub(crate) use completions::Completions;
pub(crate) use documents::Documents;
pub(crate) use duplicates::Duplicates;
pub(crate) use evaluate::Evaluate;
pub(crate) use extract::Extract;
pub(crate) use filter::Filter;
pub(crate) use formats::Formats;
pub(crate) use man::Man;
pub(crate) use normalize::Normalize;
pub(crate) use sentences::Sentences;
pub(crate) use sort::Sort;
pub(crate) use stats::Stats;
pub(crate) use summarize::Summarize;
pub(crate) use train::Train;
pub(crate) use words::Words;
