//! [`ColumnError`]: why a column has no answer.

use arrow_schema::{ArrowError, DataType};

/// Why a column has no answer. No text is a cause: every text has an answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ColumnError {
    /// A column is none of texts.
    #[error("texts are Utf8, LargeUtf8 or Utf8View, not {0}")]
    NoText(DataType),
    /// Two columns are not equally long.
    #[error("a column of {first} rows stands beside one of {second}")]
    Lengths {
        /// The rows of the first.
        first: usize,
        /// The rows of the second.
        second: usize,
    },
    /// Places in the columns that are given are 32 bits wide.
    #[error(
        "what is found has more than 2 GiB of text, or as many parts; hand the column over in slices of fewer rows"
    )]
    TooLarge,
    /// A similarity that is none.
    #[error("a threshold is a number from {least} to 1, not {given}")]
    Threshold {
        /// What was given.
        given: f64,
        /// The least that there is.
        least: f64,
    },
    /// No preset of quality has this name.
    #[error("no preset is called {given:?}; there are {names}")]
    Preset {
        /// What was given.
        given: String,
        /// Those that there are.
        names: String,
    },
    /// Arrow refuses what was put together.
    #[error("arrow: {0}")]
    Arrow(#[from] ArrowError),
    /// A value cannot be written as JSON.
    #[error("a fact as JSON: {0}")]
    Json(#[from] serde_json::Error),
}
