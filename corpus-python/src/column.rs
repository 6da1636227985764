//! Columns from and to Python.

use std::sync::Arc;

use corpus_arrow::ColumnError;
use corpus_arrow::arrow_array::{Array, ArrayRef, Float64Array, StringArray, new_empty_array};
use corpus_arrow::arrow_schema::Field;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3_arrow::input::AnyArray;
use pyo3_arrow::{PyArray, PyChunkedArray};

/// What a function is given: a text or a column of them.
#[derive(FromPyObject)]
pub(crate) enum Given {
    Text(PyBackedStr),
    #[pyo3(transparent)]
    Column(Column),
}

/// A column as Python has it.
pub(crate) struct Column {
    chunks: Vec<ArrayRef>,
    field: Arc<Field>,
    /// Whether it may have several chunks, so that what is made of it may, too.
    is_chunked: bool,
}

impl<'py> FromPyObject<'_, 'py> for Column {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Column> {
        let array = object.extract::<AnyArray>().map_err(|_| {
            let given = object.get_type().name().map(|it| it.to_string()).unwrap_or_default();
            PyTypeError::new_err(format!("takes a str or an Arrow array of texts, not {given}"))
        })?;
        match array {
            AnyArray::Array(array) => {
                let (chunk, field) = array.into_inner();
                Ok(Column { chunks: vec![chunk], field, is_chunked: false })
            }
            AnyArray::Stream(stream) => {
                let (chunks, field) = AnyArray::Stream(stream).into_chunked_array()?.into_inner();
                Ok(Column { chunks, field, is_chunked: true })
            }
        }
    }
}

impl Column {
    pub(crate) fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.len()).sum()
    }

    /// What a function makes of the column, chunk by chunk; it is told where each begins.
    pub(crate) fn map(
        self,
        py: Python<'_>,
        function: impl Fn(&ArrayRef, usize) -> Result<ArrayRef, ColumnError> + Sync,
    ) -> PyResult<Py<PyAny>> {
        let Column { chunks, field, is_chunked } = self;
        let made = py.detach(|| {
            let mut row = 0;
            let each = |chunk: &ArrayRef| {
                let found = function(chunk, row);
                row += chunk.len();
                found
            };
            let made: Result<Vec<ArrayRef>, ColumnError> = chunks.iter().map(each).collect();
            // The type of what is made of no rows is that of what is made of some.
            let of = function(&new_empty_array(field.data_type()), 0)?.data_type().clone();
            made.map(|made| (made, of))
        });
        let (made, of) = made.map_err(value_error)?;
        let field = Arc::new(Field::new("", of, true));
        match (is_chunked, made.into_iter()) {
            (false, mut made) => {
                let array = made.next().unwrap_or_else(|| new_empty_array(field.data_type()));
                Ok(PyArray::try_new(array, field)
                    .map_err(|it| value_error(it.into()))?
                    .to_pyarrow(py)?
                    .unbind())
            }
            (true, made) => {
                Ok(PyChunkedArray::try_new(made.collect(), field)?.into_pyarrow(py)?.unbind())
            }
        }
    }

    /// The column in one piece.
    pub(crate) fn whole(self) -> Result<ArrayRef, ColumnError> {
        match self.chunks.as_slice() {
            [] => Ok(new_empty_array(self.field.data_type())),
            [one] => Ok(Arc::clone(one)),
            several => {
                let several: Vec<&dyn Array> = several.iter().map(AsRef::as_ref).collect();
                Ok(arrow_select::concat::concat(&several)?)
            }
        }
    }
}

/// A second argument: the same for each row, or a column beside the first.
pub(crate) enum Beside {
    Same(String),
    Column(ArrayRef),
}

impl Beside {
    pub(crate) fn of(given: Given, rows: usize) -> PyResult<Beside> {
        match given {
            Given::Text(text) => Ok(Beside::Same(text.to_string())),
            Given::Column(column) => {
                let second = column.len();
                if second != rows {
                    return Err(value_error(ColumnError::Lengths { first: rows, second }));
                }
                Ok(Beside::Column(column.whole().map_err(value_error)?))
            }
        }
    }

    /// What stands beside these rows.
    pub(crate) fn rows(&self, from: usize, len: usize) -> ArrayRef {
        match self {
            Beside::Same(text) => {
                Arc::new(StringArray::from_iter_values(std::iter::repeat_n(text, len)))
            }
            Beside::Column(column) => column.slice(from, len),
        }
    }
}

/// A number for each of so many rows.
pub(crate) fn numbers(number: f64, rows: usize) -> Float64Array {
    Float64Array::from(vec![number; rows])
}

pub(crate) fn value_error(error: ColumnError) -> PyErr {
    match error {
        ColumnError::NoText(_) => PyTypeError::new_err(error.to_string()),
        _ => PyValueError::new_err(error.to_string()),
    }
}
