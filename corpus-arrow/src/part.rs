//! Normal forms, sentences and words.

use arrow_array::{Array, ArrayRef, Int64Array};
use corpus_model::Span;
use corpus_text::{Normalization, Segmenter};

use crate::ColumnError;
use crate::column::{Lists, Places, TextColumn, Texts, equally_long};
use crate::types::{sentence_fields, word_fields};

/// The normal form of each text, of [`corpus_text::normalize()`].
///
/// ```
/// use corpus_arrow::arrow_array::{ArrayRef, StringArray, cast::AsArray as _};
///
/// let texts: ArrayRef = std::sync::Arc::new(StringArray::from(vec!["Ðảng uỷ"]));
/// let normal = corpus_arrow::normalize(&texts).unwrap();
/// assert_eq!(normal.as_string::<i32>().value(0), "Đảng ủy");
/// ```
///
/// # Errors
///
/// Where the column is none of texts, or what is made is too large for one.
pub fn normalize(texts: &dyn Array) -> Result<ArrayRef, ColumnError> {
    let options = Normalization::default();
    let mut column = TextColumn::default();
    for text in Texts::of(texts)?.iter() {
        match text {
            Some(text) => column.push(corpus_text::normalize(text, &options).text())?,
            None => column.push_null(),
        }
    }
    Ok(column.finish())
}

/// The sentences of each text, of [`corpus_text::sentences()`].
///
/// # Errors
///
/// As for [`normalize`].
pub fn sentences(texts: &dyn Array) -> Result<ArrayRef, ColumnError> {
    parts(Texts::of(texts)?, |text, each| {
        corpus_text::sentences(text).try_for_each(|it| each(it.span))
    })
}

/// The sentences of each text with their places.
///
/// # Errors
///
/// As for [`normalize`].
pub fn sentence_spans(texts: &dyn Array) -> Result<ArrayRef, ColumnError> {
    let texts = Texts::of(texts)?;
    let mut lists = Lists::new(texts.len());
    let mut places = Places::default();
    for text in texts.iter() {
        if let Some(text) = text {
            corpus_text::sentences(text).try_for_each(|it| places.push(text, it.span))?;
        }
        lists.end(places.len(), text.is_some())?;
    }
    lists.finish(places.finish(sentence_fields(), None, None)?)
}

/// The words of each text, sentence by sentence, by the built-in lexicon.
///
/// # Errors
///
/// As for [`normalize`].
pub fn words(texts: &dyn Array) -> Result<ArrayRef, ColumnError> {
    let mut words = Words::default();
    parts(Texts::of(texts)?, |text, each| words.of(text).iter().try_for_each(|it| each(it.span)))
}

/// The words of each text with their kinds and places.
///
/// # Errors
///
/// As for [`normalize`].
pub fn word_spans(texts: &dyn Array) -> Result<ArrayRef, ColumnError> {
    let texts = Texts::of(texts)?;
    let mut lists = Lists::new(texts.len());
    let (mut places, mut kinds) = (Places::default(), TextColumn::default());
    let mut words = Words::default();
    for text in texts.iter() {
        if let Some(text) = text {
            for word in words.of(text) {
                kinds.push(word.kind.name())?;
                places.push(text, word.span)?;
            }
        }
        lists.end(places.len(), text.is_some())?;
    }
    lists.finish(places.finish(word_fields(), Some(kinds), None)?)
}

/// The part of each text from one place to another, in bytes as all places are: how what is found somewhere else is read. Null where
/// the text has no such part.
///
/// ```
/// use corpus_arrow::arrow_array::{ArrayRef, Int64Array, StringArray, cast::AsArray as _};
///
/// let texts: ArrayRef = std::sync::Arc::new(StringArray::from(vec!["Ở Hà Nội."]));
/// let (starts, ends) = (Int64Array::from(vec![4]), Int64Array::from(vec![13]));
/// let parts = corpus_arrow::byte_slice(&texts, &starts, &ends).unwrap();
/// assert_eq!(parts.as_string::<i32>().value(0), "Hà Nội");
/// ```
///
/// # Errors
///
/// As for [`normalize`], and where the columns are not equally long.
pub fn byte_slice(
    texts: &dyn Array,
    starts: &Int64Array,
    ends: &Int64Array,
) -> Result<ArrayRef, ColumnError> {
    let texts = Texts::of(texts)?;
    equally_long(texts.len(), starts.len())?;
    equally_long(texts.len(), ends.len())?;
    let mut column = TextColumn::default();
    let place = |place: Option<i64>| place.and_then(|it| usize::try_from(it).ok());
    for ((text, start), end) in texts.iter().zip(starts).zip(ends) {
        let range = place(start).zip(place(end));
        match text.zip(range).and_then(|(text, (start, end))| text.get(start..end)) {
            Some(part) => column.push(part)?,
            None => column.push_null(),
        }
    }
    Ok(column.finish())
}

/// Room for the words of a text, used again for the next.
#[derive(Default)]
struct Words(Vec<corpus_model::Word>);

impl Words {
    /// The words of a text: no word reaches over the end of a sentence.
    fn of(&mut self, text: &str) -> &[corpus_model::Word] {
        self.0.clear();
        for sentence in corpus_text::sentences(text) {
            let part = text.get(sentence.span.range()).unwrap_or_default();
            Segmenter::built_in().words_into(part, sentence.span.start(), &mut self.0);
        }
        &self.0
    }
}

/// Hands each part of a text to what is called.
type Each<'a> = dyn FnMut(Span) -> Result<(), ColumnError> + 'a;

/// Lists of parts of texts.
fn parts(
    texts: Texts<'_>,
    mut of: impl FnMut(&str, &mut Each<'_>) -> Result<(), ColumnError>,
) -> Result<ArrayRef, ColumnError> {
    let mut lists = Lists::new(texts.len());
    let (mut column, mut n) = (TextColumn::default(), 0);
    for text in texts.iter() {
        if let Some(text) = text {
            of(text, &mut |span| {
                n += 1;
                column.push(text.get(span.range()).unwrap_or_default())
            })?;
        }
        lists.end(n, text.is_some())?;
    }
    lists.finish(column.finish())
}

#[cfg(test)]
mod tests {
    use arrow_array::cast::AsArray as _;
    use arrow_array::{Array as _, Int64Array, StringArray};

    use super::byte_slice;

    #[test]
    fn parts_are_those_that_the_text_has() {
        for (text, start, end, expected) in [
            (Some("Hà Nội"), Some(0), Some(3), Some("Hà")),
            (Some("Hà Nội"), Some(9), Some(9), Some("")),
            (Some("Hà Nội"), Some(0), Some(10), None),
            (Some("Hà Nội"), Some(2), Some(3), None),
            (Some("Hà Nội"), Some(-1), Some(3), None),
            (Some("Hà Nội"), Some(3), Some(0), None),
            (Some("Hà Nội"), None, Some(3), None),
            (None, Some(0), Some(0), None),
        ] {
            let (starts, ends) = (Int64Array::from(vec![start]), Int64Array::from(vec![end]));
            let found = byte_slice(&StringArray::from(vec![text]), &starts, &ends).unwrap();
            let found = found.as_string::<i32>();
            let found = found.is_valid(0).then(|| found.value(0));
            assert_eq!(found, expected, "{text:?} {start:?} {end:?}");
        }
    }
}
