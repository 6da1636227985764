//! The rows of an answer, in the form that is wanted.

use std::collections::BTreeSet;
use std::io::Write as _;

use anyhow::{Result, bail};
use corpus_engine::Rows;
use corpus_engine::datafusion::arrow::array::{Array, ArrayRef, RecordBatch};
use corpus_engine::datafusion::arrow::datatypes::{DataType, Schema};
use corpus_engine::datafusion::arrow::json::WriterBuilder;
use corpus_engine::datafusion::arrow::json::writer::LineDelimited;
use corpus_engine::datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use corpus_engine::datafusion::parquet::arrow::ArrowWriter;
use corpus_engine::datafusion::parquet::basic::{Compression, ZstdLevel};
use corpus_engine::datafusion::parquet::file::properties::WriterProperties;

use crate::output::Output;
use crate::table::{Cell, Table};

/// Prints rows as they come, as JSON Lines; whether there were any.
pub(super) fn print_lines(rows: Rows, top: Option<u64>, output: &mut Output) -> Result<bool> {
    one_name_each(&rows.schema())?;
    let mut left = match top {
        None | Some(0) => usize::MAX,
        Some(n) => usize::try_from(n).unwrap_or(usize::MAX),
    };
    let mut found = false;
    for batch in rows {
        let batch = batch?;
        let batch = batch.slice(0, batch.num_rows().min(left));
        found |= batch.num_rows() > 0;
        left -= batch.num_rows();
        output.write_all(&lines(&batch)?)?;
        if left == 0 {
            break;
        }
    }
    Ok(found)
}

/// Writes rows as they come, as Parquet; whether there were any.
pub(super) fn write_parquet(rows: Rows, output: &mut Output) -> Result<bool> {
    let schema = rows.schema();
    one_name_each(&schema)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .build();
    let mut writer = ArrowWriter::try_new(output, schema, Some(properties))?;
    let mut found = false;
    for batch in rows {
        let batch = batch?;
        found |= batch.num_rows() > 0;
        writer.write(&batch)?;
    }
    writer.close()?;
    Ok(found)
}

/// Two columns of one name would be one to whoever reads it.
fn one_name_each(schema: &Schema) -> Result<()> {
    let mut names = BTreeSet::new();
    for field in schema.fields() {
        if !names.insert(field.name()) {
            bail!(
                "two columns are called {0}: give one another name, as in {0} as other",
                field.name()
            );
        }
    }
    Ok(())
}

/// Rows as JSON Lines, with `null` where there is nothing.
fn lines(batch: &RecordBatch) -> Result<Vec<u8>> {
    let builder = WriterBuilder::new().with_explicit_nulls(true);
    let mut writer = builder.build::<_, LineDelimited>(Vec::new());
    writer.write(batch)?;
    writer.finish()?;
    Ok(writer.into_inner())
}

/// The texts of a column.
pub(super) fn texts(batch: &RecordBatch, name: &str) -> Result<Vec<String>> {
    let Some(column) = batch.column_by_name(name) else { bail!("there is no column {name}") };
    let cells = cells(column, true)?.into_iter();
    Ok(cells
        .filter_map(|cell| if let Cell::Text(text) = cell { Some(text) } else { None })
        .collect())
}

/// The rows as a table. In its cells lists and structs are JSON for programs, and for people the same without the quotes.
pub(super) fn table(rows: Rows, for_people: bool) -> Result<Table> {
    let schema = rows.schema();
    let mut table = Table::new(schema.fields().iter().map(|field| field.name().clone()));
    for batch in rows {
        let batch = batch?;
        let columns = batch.columns().iter().map(|column| cells(column, for_people));
        let mut columns: Vec<_> =
            columns.collect::<Result<Vec<_>>>()?.into_iter().map(Vec::into_iter).collect();
        for _ in 0..batch.num_rows() {
            table.push(columns.iter_mut().map(|column| column.next().unwrap_or(Cell::Absent)));
        }
    }
    Ok(table.named_by_user())
}

/// The cells of a column.
fn cells(column: &ArrayRef, for_people: bool) -> Result<Vec<Cell>> {
    let data_type = column.data_type();
    if data_type.is_nested() && !for_people {
        return nested(column);
    }
    let options = FormatOptions::default();
    let formatter = ArrayFormatter::try_new(column, &options)?;
    let cell = |row| -> Result<Cell> {
        if column.is_null(row) {
            return Ok(Cell::Absent);
        }
        let text = formatter.value(row).try_to_string()?;
        Ok(match data_type {
            it if it.is_integer() => text.parse().map_or(Cell::Text(text), Cell::Count),
            DataType::Float16 | DataType::Float32 | DataType::Float64 => {
                text.parse().map_or(Cell::Text(text), Cell::Number)
            }
            _ => Cell::Text(text),
        })
    };
    (0..column.len()).map(cell).collect()
}

/// The cells of a column of lists or structs, as JSON.
fn nested(column: &ArrayRef) -> Result<Vec<Cell>> {
    const NAME: &str = "v";
    let lines = lines(&RecordBatch::try_from_iter([(NAME, column.clone())])?)?;
    let lines = String::from_utf8(lines)?;
    let value = |line: &str| {
        let value = line.strip_prefix("{\"v\":").and_then(|rest| rest.strip_suffix('}'));
        value.unwrap_or(line).to_owned()
    };
    let cell =
        |(row, line)| if column.is_null(row) { Cell::Absent } else { Cell::Text(value(line)) };
    Ok(lines.lines().enumerate().map(cell).collect())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use corpus_engine::datafusion::arrow::array::{
        ArrayRef, BooleanArray, Float64Array, Int64Array, ListArray, StringArray, UInt64Array,
    };
    use corpus_engine::datafusion::arrow::datatypes::Int64Type;

    use super::cells;
    use crate::table::Cell;

    #[test]
    fn cells_are_what_the_column_is() {
        let lists =
            ListArray::from_iter_primitive::<Int64Type, _, _>([Some([Some(1), None]), None]);
        let columns: [(ArrayRef, [Cell; 2]); 6] = [
            (
                Arc::new(StringArray::from(vec![Some("mưa"), None])),
                [Cell::Text("mưa".into()), Cell::Absent],
            ),
            (Arc::new(Int64Array::from(vec![12, -3])), [Cell::Count(12), Cell::Text("-3".into())]),
            (
                Arc::new(UInt64Array::from(vec![0, u64::MAX])),
                [Cell::Count(0), Cell::Count(u64::MAX)],
            ),
            (
                Arc::new(Float64Array::from(vec![0.5, 1e300])),
                [Cell::Number(0.5), Cell::Number(1e300)],
            ),
            (
                Arc::new(BooleanArray::from(vec![Some(true), None])),
                [Cell::Text("true".into()), Cell::Absent],
            ),
            (Arc::new(lists), [Cell::Text("[1,null]".into()), Cell::Absent]),
        ];
        for (column, expected) in columns {
            assert_eq!(cells(&column, false).unwrap(), expected, "{column:?}");
        }
    }

    #[test]
    fn lists_are_shown_to_people_without_quotes() {
        let lists = ListArray::from_iter_primitive::<Int64Type, _, _>([Some([Some(1), Some(2)])]);
        let column: ArrayRef = Arc::new(lists);
        assert_eq!(cells(&column, true).unwrap(), [Cell::Text("[1, 2]".into())]);
    }
}
