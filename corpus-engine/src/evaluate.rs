//! What our functions give: the columns of `corpus-arrow`.

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, AsArray as _};
use datafusion::arrow::datatypes::{Float64Type, Int64Type};
use datafusion::common::{DataFusionError, Result, internal_err};

use crate::function::Kind;

/// A function's answers to columns of one length, which have the types that it asked for.
pub(crate) fn evaluate(kind: Kind, columns: &[ArrayRef]) -> Result<ArrayRef> {
    let Some(texts) = columns.first() else {
        return internal_err!("an argument is missing");
    };
    let second = columns.get(1).map(AsRef::as_ref);
    let found = match kind {
        Kind::Normalize => corpus_arrow::normalize(texts),
        Kind::Sentences => corpus_arrow::sentences(texts),
        Kind::SentenceSpans => corpus_arrow::sentence_spans(texts),
        Kind::Words => corpus_arrow::words(texts),
        Kind::WordSpans => corpus_arrow::word_spans(texts),
        Kind::Extract => corpus_arrow::facts(texts, second),
        Kind::MinhashBands => {
            let thresholds = columns.get(1).map(|column| column.as_primitive::<Float64Type>());
            corpus_arrow::minhash_bands(texts, thresholds)
        }
        Kind::Jaccard => match second {
            Some(others) => corpus_arrow::jaccard(texts, others),
            None => return internal_err!("an argument is missing"),
        },
        Kind::Quality => corpus_arrow::quality(texts, second),
        Kind::ByteSlice => match columns {
            [_, starts, ends] => corpus_arrow::byte_slice(
                texts,
                starts.as_primitive::<Int64Type>(),
                ends.as_primitive::<Int64Type>(),
            ),
            _ => return internal_err!("an argument is missing"),
        },
        Kind::JsonGetStr => columns
            .iter()
            .skip(1)
            .try_fold(Arc::clone(texts), |found, keys| corpus_arrow::json_get_str(&found, keys)),
    };
    found.map_err(|error| DataFusionError::Execution(format!("{}: {error}", kind.name())))
}
