//! Near-duplicates: keys under which they meet, and how alike they are.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, Float64Array, UInt64Array};
use corpus_stats::{Banding, Sketch};

use crate::ColumnError;
use crate::column::{Lists, Texts, equally_long};

/// How alike texts are that are sought, where nobody says.
const THRESHOLD: f64 = 0.8;

/// The keys of each text under which it meets those that are as alike as its threshold says, 0.8 where there is none. Of the
/// pairs whose [`jaccard`] similarity is that, less than one in ten thousand shares no key, and of those more alike by far fewer:
/// see [`Banding`].
///
/// A text without words is like no other and has no keys.
///
/// ```
/// use corpus_arrow::arrow_array::{Array as _, ArrayRef, StringArray, cast::AsArray as _};
///
/// let texts: ArrayRef = std::sync::Arc::new(StringArray::from(vec!["Mưa to ở Sa Pa", "mưa to ở sa pa"]));
/// let keys = corpus_arrow::minhash_bands(&texts, None).unwrap();
/// assert_eq!(&keys.as_list::<i32>().value(0), &keys.as_list::<i32>().value(1));
/// ```
///
/// # Errors
///
/// Where the column is none of texts, the two are not equally long, or a threshold is none.
pub fn minhash_bands(
    texts: &dyn Array,
    thresholds: Option<&Float64Array>,
) -> Result<ArrayRef, ColumnError> {
    let texts = Texts::of(texts)?;
    if let Some(column) = thresholds {
        equally_long(texts.len(), column.len())?;
    }
    let mut lists = Lists::new(texts.len());
    let mut keys: Vec<u64> = Vec::new();
    for (row, text) in texts.iter().enumerate() {
        let threshold = match thresholds {
            Some(column) => column.is_valid(row).then(|| column.value(row)),
            None => Some(THRESHOLD),
        };
        if let Some(given) = threshold.filter(|it| !(Banding::LEAST..=1.0).contains(it)) {
            return Err(ColumnError::Threshold { given, least: Banding::LEAST });
        }
        let asked = text.zip(threshold);
        if let Some((text, threshold)) = asked {
            let sketch = Sketch::of_text(text);
            if sketch.words() > 0 {
                keys.extend(Banding::of(threshold).keys(&sketch));
            }
        }
        lists.end(keys.len(), asked.is_some())?;
    }
    lists.finish(Arc::new(UInt64Array::from(keys)))
}

/// How alike the two texts of each row are, from 0 to 1: [`corpus_stats::Sketch::similarity`].
///
/// # Errors
///
/// Where a column is none of texts, or the two are not equally long.
pub fn jaccard(a: &dyn Array, b: &dyn Array) -> Result<ArrayRef, ColumnError> {
    let a = Texts::of(a)?;
    let b = a.beside(b)?;
    let similarity = |(a, b): (Option<&str>, Option<&str>)| {
        Some(Sketch::of_text(a?).similarity(&Sketch::of_text(b?)))
    };
    Ok(Arc::new(a.iter().zip(b.iter()).map(similarity).collect::<Float64Array>()))
}
