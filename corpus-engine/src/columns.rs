//! Arrow's columns of texts, read and made.

use std::sync::Arc;

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, BooleanBufferBuilder, GenericStringArray, Int64Builder, ListArray,
    StringArray, StringBuilder, StringViewArray, StructArray,
};
use datafusion::arrow::buffer::{NullBuffer, OffsetBuffer, ScalarBuffer};
use datafusion::arrow::datatypes::{DataType, Fields};
use datafusion::common::{Result, exec_err, internal_err};

use crate::function::element;

/// A column of texts of any of Arrow's kinds.
#[derive(Clone, Copy)]
pub(crate) enum Texts<'a> {
    Small(&'a StringArray),
    Large(&'a GenericStringArray<i64>),
    Views(&'a StringViewArray),
}

impl<'a> Texts<'a> {
    /// The column of this place.
    pub(crate) fn of(columns: &'a [ArrayRef], place: usize) -> Result<Texts<'a>> {
        let Some(column) = columns.get(place) else {
            return internal_err!("an argument is missing");
        };
        match column.data_type() {
            DataType::Utf8 => Ok(Texts::Small(column.as_string())),
            DataType::LargeUtf8 => Ok(Texts::Large(column.as_string())),
            DataType::Utf8View => Ok(Texts::Views(column.as_string_view())),
            other => internal_err!("{other} is no text"),
        }
    }

    pub(crate) fn len(self) -> usize {
        match self {
            Texts::Small(it) => it.len(),
            Texts::Large(it) => it.len(),
            Texts::Views(it) => it.len(),
        }
    }

    /// The text of a row.
    pub(crate) fn get(self, row: usize) -> Option<&'a str> {
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

/// Makes a column of texts.
#[derive(Default)]
pub(crate) struct TextColumn(StringBuilder);

impl TextColumn {
    /// Adds a text. Places in a column are 32 bits wide, so there is an end to what fits in.
    pub(crate) fn push(&mut self, text: &str) -> Result<()> {
        if i32::try_from(self.0.values_slice().len() + text.len()).is_err() {
            return exec_err!(
                "what a function gives for one batch of rows has more than 2 GiB; \
                 set datafusion.execution.batch_size lower"
            );
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
    pub(crate) fn end(&mut self, values: usize, valid: bool) -> Result<()> {
        let Ok(end) = i32::try_from(values) else {
            return exec_err!(
                "what a function gives for one batch of rows has more than 2 147 483 647 parts; \
                 set datafusion.execution.batch_size lower"
            );
        };
        self.ends.push(end);
        self.valid.append(valid);
        Ok(())
    }

    pub(crate) fn finish(mut self, values: ArrayRef) -> Result<ArrayRef> {
        let offsets = OffsetBuffer::new(ScalarBuffer::from(self.ends));
        let nulls = Some(NullBuffer::new(self.valid.finish())).filter(|it| it.null_count() > 0);
        let field = element(values.data_type().clone());
        Ok(Arc::new(ListArray::try_new(field, offsets, values, nulls)?))
    }
}

/// Makes the columns `start`, `end` and `text` of parts of texts.
#[derive(Default)]
pub(crate) struct Places {
    start: Int64Builder,
    end: Int64Builder,
    text: TextColumn,
    len: usize,
}

impl Places {
    pub(crate) fn push(&mut self, text: &str, span: corpus_model::Span) -> Result<()> {
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

    /// A column of structs of the columns before these, these, and those behind.
    pub(crate) fn finish(
        mut self,
        fields: Fields,
        before: Option<TextColumn>,
        behind: Option<TextColumn>,
    ) -> Result<ArrayRef> {
        let places: [ArrayRef; 3] =
            [Arc::new(self.start.finish()), Arc::new(self.end.finish()), self.text.finish()];
        let before = before.map(TextColumn::finish);
        let behind = behind.map(TextColumn::finish);
        let columns = before.into_iter().chain(places).chain(behind).collect();
        Ok(Arc::new(StructArray::try_new(fields, columns, None)?))
    }
}
