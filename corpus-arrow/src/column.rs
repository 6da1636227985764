//! Columns of texts, read and made.

use std::sync::Arc;

use arrow_array::builder::{BooleanBufferBuilder, Int64Builder, StringBuilder};
use arrow_array::cast::AsArray as _;
use arrow_array::{
    Array, ArrayRef, LargeStringArray, ListArray, StringArray, StringViewArray, StructArray,
};
use arrow_buffer::{NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow_schema::{DataType, Fields};
use corpus_model::Span;

use crate::ColumnError;
use crate::types::element;

/// Whether a column of this type is one of texts.
///
/// ```
/// use corpus_arrow::arrow_schema::DataType;
///
/// assert!(corpus_arrow::is_text(&DataType::Utf8View));
/// assert!(!corpus_arrow::is_text(&DataType::Int64));
/// ```
pub fn is_text(column: &DataType) -> bool {
    matches!(column, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}

/// A column of texts of any of Arrow's kinds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Texts<'a> {
    Small(&'a StringArray),
    Large(&'a LargeStringArray),
    Views(&'a StringViewArray),
}

impl<'a> Texts<'a> {
    pub(crate) fn of(column: &'a dyn Array) -> Result<Texts<'a>, ColumnError> {
        match column.data_type() {
            DataType::Utf8 => Ok(Texts::Small(column.as_string())),
            DataType::LargeUtf8 => Ok(Texts::Large(column.as_string())),
            DataType::Utf8View => Ok(Texts::Views(column.as_string_view())),
            other => Err(ColumnError::NoText(other.clone())),
        }
    }

    /// A column that stands beside this one.
    pub(crate) fn beside(self, other: &'a dyn Array) -> Result<Texts<'a>, ColumnError> {
        equally_long(self.len(), other.len())?;
        Texts::of(other)
    }

    pub(crate) fn len(self) -> usize {
        match self {
            Texts::Small(it) => it.len(),
            Texts::Large(it) => it.len(),
            Texts::Views(it) => it.len(),
        }
    }

    /// The text of a row; none where it is null, or the column ends before it.
    pub(crate) fn get(self, row: usize) -> Option<&'a str> {
        if row >= self.len() {
            return None;
        }
        match self {
            Texts::Small(it) => it.is_valid(row).then(|| it.value(row)),
            Texts::Large(it) => it.is_valid(row).then(|| it.value(row)),
            Texts::Views(it) => it.is_valid(row).then(|| it.value(row)),
        }
    }

    /// The texts, row by row.
    pub(crate) fn iter(self) -> impl Iterator<Item = Option<&'a str>> {
        (0..self.len()).map(move |row| self.get(row))
    }
}

/// Refuses columns that cannot stand side by side.
pub(crate) fn equally_long(first: usize, second: usize) -> Result<(), ColumnError> {
    match first == second {
        true => Ok(()),
        false => Err(ColumnError::Lengths { first, second }),
    }
}

/// Makes a column of texts.
#[derive(Debug, Default)]
pub(crate) struct TextColumn(StringBuilder);

impl TextColumn {
    pub(crate) fn push(&mut self, text: &str) -> Result<(), ColumnError> {
        // Places in a column are 32 bits wide.
        if i32::try_from(self.0.values_slice().len().saturating_add(text.len())).is_err() {
            return Err(ColumnError::TooLarge);
        }
        self.0.append_value(text);
        Ok(())
    }

    pub(crate) fn push_null(&mut self) {
        self.0.append_null();
    }

    pub(crate) fn finish(mut self) -> ArrayRef {
        Arc::new(self.0.finish())
    }
}

/// Makes a column of lists: how many values each row has.
#[derive(Debug)]
pub(crate) struct Lists {
    ends: Vec<i32>,
    valid: BooleanBufferBuilder,
}

impl Lists {
    pub(crate) fn new(rows: usize) -> Lists {
        let mut ends = Vec::with_capacity(rows + 1);
        ends.push(0);
        Lists { ends, valid: BooleanBufferBuilder::new(rows) }
    }

    /// Ends a row; `values` is how many all rows so far have.
    pub(crate) fn end(&mut self, values: usize, valid: bool) -> Result<(), ColumnError> {
        self.ends.push(i32::try_from(values).map_err(|_| ColumnError::TooLarge)?);
        self.valid.append(valid);
        Ok(())
    }

    pub(crate) fn finish(mut self, values: ArrayRef) -> Result<ArrayRef, ColumnError> {
        let offsets = OffsetBuffer::new(ScalarBuffer::from(self.ends));
        let nulls = nulls(&mut self.valid);
        let field = element(values.data_type().clone());
        Ok(Arc::new(ListArray::try_new(field, offsets, values, nulls)?))
    }
}

/// Which rows are null, if any.
pub(crate) fn nulls(valid: &mut BooleanBufferBuilder) -> Option<NullBuffer> {
    Some(NullBuffer::new(valid.finish())).filter(|it| it.null_count() > 0)
}

/// Makes the columns `start`, `end` and `text` of parts of texts.
#[derive(Debug, Default)]
pub(crate) struct Places {
    start: Int64Builder,
    end: Int64Builder,
    text: TextColumn,
    len: usize,
}

impl Places {
    pub(crate) fn push(&mut self, text: &str, span: Span) -> Result<(), ColumnError> {
        let number = |place: usize| i64::try_from(place).unwrap_or(i64::MAX);
        self.start.append_value(number(span.start()));
        self.end.append_value(number(span.end()));
        self.text.push(text.get(span.range()).unwrap_or_default())?;
        self.len += 1;
        Ok(())
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// A column of structs: the columns in front of these, these, and those behind.
    pub(crate) fn finish(
        mut self,
        fields: Fields,
        front: Option<TextColumn>,
        behind: Option<TextColumn>,
    ) -> Result<ArrayRef, ColumnError> {
        let places: [ArrayRef; 3] =
            [Arc::new(self.start.finish()), Arc::new(self.end.finish()), self.text.finish()];
        let front = front.map(TextColumn::finish);
        let behind = behind.map(TextColumn::finish);
        let columns = front.into_iter().chain(places).chain(behind).collect();
        Ok(Arc::new(StructArray::try_new(fields, columns, None)?))
    }
}
