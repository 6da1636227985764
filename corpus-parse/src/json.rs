//! Objects of JSON as named fields, for the formats that have a record in each.

use crate::Record;

mod deep;
mod halves;
mod plain;
mod visit;

use deep::{TOO_DEEP, read_outline};
use halves::{Halves, without_halves};
use visit::{read_strictly, told};

/// Reads an object into the fields of a record, and tells what had to be replaced in it; where in its
/// line it is wrong and how, if it is.
pub(crate) fn read(
    json: &str,
    record: &mut Record,
    path: &mut String,
) -> Result<Option<Halves>, (usize, String)> {
    if plain::read(json, record, path).is_some() {
        return Ok(None);
    }
    // What is not plain, or not JSON, is read once more by rule and book.
    record.clear();
    record.expect_fields();
    let outcome = match read_strictly(json, record, path) {
        Err((_, what)) if what == TOO_DEEP => {
            record.clear();
            record.expect_fields();
            told(read_outline(json, record, path))
        }
        outcome => outcome,
    };
    let mended = if outcome.is_err() { without_halves(json) } else { None };
    match mended {
        None => outcome.map(|()| None),
        Some((mended, halves)) => {
            record.clear();
            record.expect_fields();
            read_strictly(&mended, record, path).map(|()| Some(halves))
        }
    }
}
