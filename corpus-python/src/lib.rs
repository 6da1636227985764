//! Vietnamese text for Python: what the crates of this workspace find, of strings and of Arrow columns.
//!
//! Of a string a function gives Python's own values, with places in characters as Python counts them. Of a column (anything with
//! Arrow's PyCapsule interface) it gives a column of `pyarrow`, with places in bytes. The interpreter's lock is not held meanwhile.

mod column;
mod text;

use pyo3::prelude::*;

/// The module, `corpus_vi._corpus_vi`.
#[pymodule]
fn _corpus_vi(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_function(wrap_pyfunction!(text::normalize, module)?)?;
    module.add_function(wrap_pyfunction!(text::key, module)?)?;
    module.add_function(wrap_pyfunction!(text::strip_marks, module)?)?;
    module.add_function(wrap_pyfunction!(text::sentences, module)?)?;
    module.add_function(wrap_pyfunction!(text::sentence_spans, module)?)?;
    module.add_function(wrap_pyfunction!(text::words, module)?)?;
    module.add_function(wrap_pyfunction!(text::word_spans, module)?)?;
    module.add_function(wrap_pyfunction!(text::facts, module)?)?;
    module.add_function(wrap_pyfunction!(text::minhash_bands, module)?)?;
    module.add_function(wrap_pyfunction!(text::jaccard, module)?)?;
    module.add_function(wrap_pyfunction!(text::quality, module)?)?;
    Ok(())
}
