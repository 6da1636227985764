//! Which texts are worth keeping.

use std::sync::{Arc, LazyLock};

use arrow_array::builder::{BooleanBufferBuilder, BooleanBuilder, Float64Builder};
use arrow_array::{Array, ArrayRef, StructArray};
use corpus_stats::quality::{Filter, Preset};

use crate::ColumnError;
use crate::column::{TextColumn, Texts, nulls};
use crate::types::quality_fields;

/// The preset that judges texts where nobody names one; that of `corpus filter`.
const PRESET: &str = "fineweb2-vie";

/// The filters of the presets that come with the crates.
static FILTERS: LazyLock<Vec<(&str, Filter)>> = LazyLock::new(|| {
    let filter = |name| Some((name, Filter::new(&Preset::built_in(name)?)));
    Preset::NAMES.into_iter().filter_map(filter).collect()
});

/// Whether each text is worth keeping, and the first rule that it breaks, by a preset of [`corpus_stats::quality`]:
/// `fineweb2-vie` where none is named.
///
/// ```
/// use corpus_arrow::arrow_array::{ArrayRef, StringArray, cast::AsArray as _};
///
/// let texts: ArrayRef = std::sync::Arc::new(StringArray::from(vec!["Mưa."]));
/// let verdicts = corpus_arrow::quality(&texts, None).unwrap();
/// assert!(!verdicts.as_struct().column(0).as_boolean().value(0));
/// ```
///
/// # Errors
///
/// Where a column is none of texts, the two are not equally long, or no preset has a name that is given.
pub fn quality(texts: &dyn Array, presets: Option<&dyn Array>) -> Result<ArrayRef, ColumnError> {
    let texts = Texts::of(texts)?;
    let presets = presets.map(|it| texts.beside(it)).transpose()?;
    let mut keep = BooleanBuilder::with_capacity(texts.len());
    let mut rules = TextColumn::default();
    let (mut values, mut thresholds) = (Float64Builder::new(), Float64Builder::new());
    let mut valid = BooleanBufferBuilder::new(texts.len());
    for (row, text) in texts.iter().enumerate() {
        let preset = presets.map_or(Some(PRESET), |column| column.get(row));
        let filter = preset.map(filter).transpose()?;
        let verdict = text.zip(filter).map(|(text, filter)| filter.judge(text));
        let broken = verdict.as_ref().and_then(|it| it.reasons.first());
        valid.append(verdict.is_some());
        keep.append_value(verdict.as_ref().is_some_and(|it| it.keep()));
        match broken {
            Some(reason) => rules.push(&reason.rule.to_string())?,
            None => rules.push_null(),
        }
        values.append_option(broken.map(|it| it.value));
        thresholds.append_option(broken.map(|it| it.threshold));
    }
    let columns: Vec<ArrayRef> = vec![
        Arc::new(keep.finish()),
        rules.finish(),
        Arc::new(values.finish()),
        Arc::new(thresholds.finish()),
    ];
    Ok(Arc::new(StructArray::try_new(quality_fields(), columns, nulls(&mut valid))?))
}

/// The filter of this name.
fn filter(name: &str) -> Result<&'static Filter, ColumnError> {
    FILTERS.iter().find(|it| it.0 == name).map(|it| &it.1).ok_or_else(|| ColumnError::Preset {
        given: name.to_owned(),
        names: Preset::NAMES.join(", "),
    })
}
