//! The functions, of a text or of a column.

use std::sync::Arc;

use corpus_arrow::ColumnError;
use corpus_arrow::arrow_array::cast::AsArray as _;
use corpus_arrow::arrow_array::types::{Float64Type, UInt64Type};
use corpus_arrow::arrow_array::{Array as _, ArrayRef, StringArray};
use corpus_extract::Extractor;
use corpus_model::{Document, Span, When};
use corpus_text::{Normalization, Offsets, Segmenter};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use crate::column::{Beside, Given, numbers, value_error};

/// The normal form: NFC, Đ for Ð, no zero-width characters, tone marks in the old places.
#[pyfunction]
#[pyo3(signature = (texts, /))]
pub(crate) fn normalize(py: Python<'_>, texts: Given) -> PyResult<Py<PyAny>> {
    match texts {
        Given::Column(column) => column.map(py, |chunk, _| corpus_arrow::normalize(chunk)),
        Given::Text(text) => {
            let normal = py.detach(|| {
                corpus_text::normalize(&text, &Normalization::default()).into_text().into_owned()
            });
            Ok(normal.into_pyobject(py)?.into_any().unbind())
        }
    }
}

/// The key that all spellings of a word share.
#[pyfunction]
#[pyo3(signature = (text, /))]
pub(crate) fn key(text: &str) -> String {
    corpus_text::key(text).to_string()
}

/// The text without marks, as addresses have it.
#[pyfunction]
#[pyo3(signature = (text, /))]
pub(crate) fn strip_marks(text: &str) -> String {
    corpus_text::strip_marks(text).to_string()
}

/// The sentences.
#[pyfunction]
#[pyo3(signature = (texts, /))]
pub(crate) fn sentences(py: Python<'_>, texts: Given) -> PyResult<Py<PyAny>> {
    match texts {
        Given::Column(column) => column.map(py, |chunk, _| corpus_arrow::sentences(chunk)),
        Given::Text(text) => {
            let parts: Vec<&str> = py
                .detach(|| corpus_text::sentences(&text).map(|it| part(&text, it.span)).collect());
            Ok(PyList::new(py, parts)?.into_any().unbind())
        }
    }
}

/// The sentences with their places.
#[pyfunction]
#[pyo3(signature = (texts, /))]
pub(crate) fn sentence_spans(py: Python<'_>, texts: Given) -> PyResult<Py<PyAny>> {
    match texts {
        Given::Column(column) => column.map(py, |chunk, _| corpus_arrow::sentence_spans(chunk)),
        Given::Text(text) => {
            let spans: Vec<Span> =
                py.detach(|| corpus_text::sentences(&text).map(|it| it.span).collect());
            let offsets = Offsets::new(&text);
            let rows = spans.into_iter().map(|span| row(py, None, &text, &offsets, span));
            Ok(PyList::new(py, rows.collect::<PyResult<Vec<_>>>()?)?.into_any().unbind())
        }
    }
}

/// The words, sentence by sentence.
#[pyfunction]
#[pyo3(signature = (texts, /))]
pub(crate) fn words(py: Python<'_>, texts: Given) -> PyResult<Py<PyAny>> {
    match texts {
        Given::Column(column) => column.map(py, |chunk, _| corpus_arrow::words(chunk)),
        Given::Text(text) => {
            let words = py.detach(|| cut(&text));
            let parts = words.iter().map(|it| part(&text, it.span));
            Ok(PyList::new(py, parts.collect::<Vec<&str>>())?.into_any().unbind())
        }
    }
}

/// The words with their kinds and places.
#[pyfunction]
#[pyo3(signature = (texts, /))]
pub(crate) fn word_spans(py: Python<'_>, texts: Given) -> PyResult<Py<PyAny>> {
    match texts {
        Given::Column(column) => column.map(py, |chunk, _| corpus_arrow::word_spans(chunk)),
        Given::Text(text) => {
            let words = py.detach(|| cut(&text));
            let offsets = Offsets::new(&text);
            let rows =
                words.iter().map(|it| row(py, Some(it.kind.name()), &text, &offsets, it.span));
            Ok(PyList::new(py, rows.collect::<PyResult<Vec<_>>>()?)?.into_any().unbind())
        }
    }
}

/// The facts: dates, directives, people with office, quantities and so on.
#[pyfunction]
#[pyo3(signature = (texts, /, published = None))]
pub(crate) fn facts(py: Python<'_>, texts: Given, published: Option<Given>) -> PyResult<Py<PyAny>> {
    match texts {
        Given::Column(column) => {
            let published = published.map(|it| Beside::of(it, column.len())).transpose()?;
            column.map(py, |chunk, row| {
                let published = published.as_ref().map(|it| it.rows(row, chunk.len()));
                corpus_arrow::facts(chunk, published.as_ref().map(|it| it.as_ref() as _))
            })
        }
        Given::Text(text) => {
            let mut document = Document::new("", &*text);
            document.metadata.published = match published {
                None => None,
                Some(Given::Column(_)) => return Err(one_for_one("published")),
                Some(Given::Text(day)) => Some(When::from_iso(day.trim()).ok_or_else(|| {
                    let day = &*day;
                    PyValueError::new_err(format!("{day:?} is no date such as 2014-08-29"))
                })?),
            };
            let page = py.detach(|| page(&document)).map_err(value_error)?;
            Ok(py.import("json")?.call_method1("loads", (page,))?.unbind())
        }
    }
}

/// The keys under which texts meet that are as alike as the threshold says.
#[pyfunction]
#[pyo3(signature = (texts, /, threshold = 0.8))]
pub(crate) fn minhash_bands(py: Python<'_>, texts: Given, threshold: f64) -> PyResult<Py<PyAny>> {
    let bands = |chunk: &ArrayRef, _: usize| {
        corpus_arrow::minhash_bands(chunk, Some(&numbers(threshold, chunk.len())))
    };
    match texts {
        Given::Column(column) => column.map(py, bands),
        Given::Text(text) => {
            let found = py.detach(|| bands(&one(&text), 0)).map_err(value_error)?;
            let keys = found.as_list::<i32>().value(0);
            let keys = keys.as_primitive::<UInt64Type>().values().to_vec();
            Ok(PyList::new(py, keys)?.into_any().unbind())
        }
    }
}

/// How alike two texts are, from 0 to 1.
#[pyfunction]
#[pyo3(signature = (a, b, /))]
pub(crate) fn jaccard(py: Python<'_>, a: Given, b: Given) -> PyResult<Py<PyAny>> {
    match (a, b) {
        (Given::Column(column), b) => {
            let b = Beside::of(b, column.len())?;
            column.map(py, |chunk, row| corpus_arrow::jaccard(chunk, &b.rows(row, chunk.len())))
        }
        (Given::Text(_), Given::Column(_)) => Err(one_for_one("b")),
        (Given::Text(a), Given::Text(b)) => {
            let found = py.detach(|| corpus_arrow::jaccard(&one(&a), &one(&b)));
            let share = found.map_err(value_error)?.as_primitive::<Float64Type>().value(0);
            Ok(share.into_pyobject(py)?.into_any().unbind())
        }
    }
}

/// Whether texts are worth keeping, and the first rule that one breaks.
#[pyfunction]
#[pyo3(signature = (texts, /, preset = None))]
pub(crate) fn quality(py: Python<'_>, texts: Given, preset: Option<Given>) -> PyResult<Py<PyAny>> {
    match texts {
        Given::Column(column) => {
            let preset = preset.map(|it| Beside::of(it, column.len())).transpose()?;
            column.map(py, |chunk, row| {
                let preset = preset.as_ref().map(|it| it.rows(row, chunk.len()));
                corpus_arrow::quality(chunk, preset.as_ref().map(|it| it.as_ref() as _))
            })
        }
        Given::Text(text) => {
            let preset = match preset {
                None => None,
                Some(Given::Text(name)) => Some(one(&name)),
                Some(Given::Column(_)) => return Err(one_for_one("preset")),
            };
            let found = py
                .detach(|| {
                    corpus_arrow::quality(&one(&text), preset.as_ref().map(|it| it.as_ref() as _))
                })
                .map_err(value_error)?;
            let verdict = found.as_struct();
            let number = |name: &str| {
                let column = verdict.column_by_name(name)?.as_primitive::<Float64Type>();
                column.is_valid(0).then(|| column.value(0))
            };
            let rule = verdict.column_by_name("rule").map(|it| it.as_string::<i32>());
            let rule = rule.filter(|it| it.is_valid(0)).map(|it| it.value(0));
            let row = PyDict::new(py);
            row.set_item("keep", rule.is_none())?;
            row.set_item("rule", rule)?;
            row.set_item("value", number("value"))?;
            row.set_item("threshold", number("threshold"))?;
            Ok(row.into_any().unbind())
        }
    }
}

/// A column of one text.
fn one(text: &str) -> ArrayRef {
    Arc::new(StringArray::from(vec![text]))
}

fn one_for_one(name: &str) -> PyErr {
    PyTypeError::new_err(format!("{name} is a column where the text is one text"))
}

fn part(text: &str, span: Span) -> &str {
    text.get(span.range()).unwrap_or_default()
}

/// The words of a text: no word reaches over the end of a sentence.
fn cut(text: &str) -> Vec<corpus_model::Word> {
    let mut words = Vec::new();
    for sentence in corpus_text::sentences(text) {
        Segmenter::built_in().words_into(
            part(text, sentence.span),
            sentence.span.start(),
            &mut words,
        );
    }
    words
}

/// A place in characters, as Python counts them.
fn characters(offsets: &Offsets<'_>, span: Span) -> (usize, usize) {
    let range = offsets.chars(span);
    (range.start, range.end)
}

/// A part of a text as a `dict`.
fn row<'py>(
    py: Python<'py>,
    kind: Option<&str>,
    text: &str,
    offsets: &Offsets<'_>,
    span: Span,
) -> PyResult<Bound<'py, PyDict>> {
    let (start, end) = characters(offsets, span);
    let row = PyDict::new(py);
    if let Some(kind) = kind {
        row.set_item("kind", kind)?;
    }
    row.set_item("start", start)?;
    row.set_item("end", end)?;
    row.set_item("text", part(text, span))?;
    Ok(row)
}

/// The facts of a document as JSON, with places in characters.
fn page(document: &Document) -> Result<String, ColumnError> {
    let offsets = Offsets::new(document.text());
    let mut rows = Vec::new();
    for mention in &Extractor::built_in().extract(document) {
        let text = part(document.text(), mention.span).to_owned();
        let moved = mention.clone().map_spans(|span| {
            let (start, end) = characters(&offsets, span);
            Span::new(start, end)
        });
        let whole = serde_json::to_value(&moved)?;
        rows.push(serde_json::json!({
            "kind": moved.kind().name(),
            "start": moved.span.start(),
            "end": moved.span.end(),
            "text": text,
            "value": whole.get("value"),
        }));
    }
    Ok(serde_json::to_string(&rows)?)
}
