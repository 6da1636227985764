//! SQL over Vietnamese corpora: the functions of the `corpus` crates in [DataFusion], over columns.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let engine = corpus_engine::Engine::new()?;
//! let rows = engine.query("select vi_words('Bộ Chính trị họp tại Hà Nội.') as words")?;
//! let table = corpus_engine::datafusion::arrow::util::pretty::pretty_format_batches(
//!     &rows.collect::<Result<Vec<_>, _>>()?,
//! )?;
//! assert_eq!(
//!     table.to_string(),
//!     "\
//! +-------------------------------------+
//! | words                               |
//! +-------------------------------------+
//! | [Bộ Chính trị, họp, tại, Hà Nội, .] |
//! +-------------------------------------+"
//! );
//! # Ok(())
//! # }
//! ```
//!
//! # What is where
//!
//! | question | answer |
//! | --- | --- |
//! | how is a query asked? | [`Engine::query`], from a program without a runtime of its own; [`sql`] in one that has one |
//! | which functions are there? | the [table below](#functions); [`functions`] gives them, [`register`] adds them to any context |
//! | where are the documents? | in files: `from 'store/*.parquet'`, `from vi_documents('crawl/*.txt')`; see [Files](#files) |
//! | which texts are nearly the same? | [`near_duplicates`] writes the query |
//! | on several machines? | the module `cluster`, with the feature of that name |
//!
//! # Functions
//!
//! | function | gives |
//! | --- | --- |
//! | `vi_normalize(text)` | the normal form: what [`corpus_arrow::normalize`] gives |
//! | `vi_sentences(text)` | a list of the sentences |
//! | `vi_sentence_spans(text)` | a list of `{start, end, text}` |
//! | `vi_words(text)` | a list of the words, marks and numbers included |
//! | `vi_word_spans(text)` | a list of `{kind, start, end, text}` |
//! | `vi_extract(text[, published])` | a list of the facts: `{kind, start, end, text, value}`, the value as JSON |
//! | `minhash_bands(text[, threshold])` | a list of keys; texts that are alike share at least one of them |
//! | `jaccard(a, b)` | how alike two texts are, from 0 to 1 |
//! | `quality(text[, preset])` | `{keep, rule, value, threshold}`: whether the text is kept, else the first rule that it breaks |
//! | `json_get_str(value, key, …)` | what the JSON of a fact's value has under a key, under a key of that, and so on |
//! | `byte_slice(text, start, end)` | the part of a text between two places |
//!
//! A text is a string of any kind that Arrow has; where it is null, so is what the function gives.
//! Places are bytes into the text, `end` exclusive, as everywhere in these crates. `published` is the
//! day or moment on which half-written dates hang, as ISO 8601 or as a date; the threshold is 0.8 and
//! the preset `fineweb2-vie` unless another is named.
//!
//! Three of them are tables too, of what one text holds: `from vi_words('Trời mưa.')`, `vi_sentences` and
//! `vi_extract`, with the fields above as columns; and `from near_duplicates('news/'[, id, text][, threshold])` is the query that
//! [`near_duplicates`] writes. Of the texts of a table `unnest` gives the same:
//! `select unnest(vi_word_spans(text)) from …`.
//!
//! # Files
//!
//! A name of a table that ends in `.parquet`, `.jsonl`, `.ndjson` or `.json`, or has a `/`, is a file, a
//! glob or a folder. Of a folder the Parquet files are read: what `corpus build --to parquet` made, or `corpus convert -o x.parquet`.
//!
//! `vi_documents(place[, format])` is a table of whatever `corpus-parse` reads: pages of a crawl, articles, CSV, WARC, packed or not. It
//! is read anew for each query, so what is asked often is better made Parquet of. What is damaged there is told by
//! [`Engine::problems`].
//!
//! # What this crate does not do
//!
//! It has no distributed machinery of its own, writes no files, and its queries read: what would create
//! or change a table is refused.
//!
//! # Features
//!
//! `object-store` reads Parquet and JSON Lines from S3 (`from 's3://store/news/'`, whose keys and region the environment holds, `AWS_…`)
//! and from servers (`from 'https://data.example/news.parquet'`); without it nothing is fetched from anywhere.
//!
//! `cluster` starts the scheduler and the executors of Ballista with our functions, and connects to them.
//!
//! [DataFusion]: https://datafusion.apache.org

mod advice;
#[cfg(feature = "cluster")]
pub mod cluster;
mod documents;
mod duplicates;
mod engine;
mod evaluate;
mod expand;
mod files;
mod function;
mod near;
mod stores;
mod table_function;

pub use datafusion;
pub use documents::{Problems, register_documents};
pub use duplicates::near_duplicates;
pub use engine::{Engine, EngineError, Rows, sql};
pub use function::{functions, register};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
