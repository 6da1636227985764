//! Rows of figures: as columns for a person, as CSV, as JSON Lines.

use std::borrow::Cow;
use std::io::Write as _;

use anyhow::Result;
use clap::Args;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::mentions::columns;
use crate::output::Output;
use crate::report::json::line;
use crate::session::Session;
use crate::style::{DIM, HEAD, NAME};
use crate::text_width::{columns as page_width, cut, flat, grouped, pad, width};

/// So many rows a person is shown unless more are asked for.
const SHOWN: u64 = 50;
/// So many rows of each group, where the table has groups.
const SHOWN_OF_GROUP: u64 = 10;
/// A text takes at most so many columns of a page.
const MOST_TEXT: usize = 40;

/// How a table is printed.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct TableOptions {
    /// Print comma-separated values with a header, for spreadsheets and data frames
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,

    /// Print JSON Lines, an object a row
    #[arg(long)]
    pub(crate) json: bool,

    /// Print the first N rows only; 0 for all [default: 50 in a table for reading, else all]
    #[arg(long, value_name = "N")]
    pub(crate) top: Option<u64>,
}

/// What stands in a row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Count(u64),
    Number(f64),
    /// There is no value.
    Absent,
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::Count(n) => serializer.serialize_u64(*n),
            Cell::Number(value) if value.is_finite() => serializer.serialize_f64(*value),
            Cell::Number(_) | Cell::Absent => serializer.serialize_none(),
        }
    }
}

/// Rows under the names of their columns.
pub(crate) struct Table {
    names: Vec<Cow<'static, str>>,
    rows: Vec<Vec<Cell>>,
    /// The first column names groups of rows, each of which is cut by itself.
    grouped: bool,
    /// The names are shown as they are: somebody will write them again.
    named_by_user: bool,
}

impl Table {
    /// A table without rows.
    pub(crate) fn new<N: Into<Cow<'static, str>>>(names: impl IntoIterator<Item = N>) -> Table {
        Table {
            names: names.into_iter().map(Into::into).collect(),
            rows: Vec::new(),
            grouped: false,
            named_by_user: false,
        }
    }

    /// The same table with names that its reader chose, which are shown as they are.
    #[cfg(feature = "engine")]
    pub(crate) fn named_by_user(self) -> Table {
        Table { named_by_user: true, ..self }
    }

    /// The same table, whose first column names groups: the first rows are those of each group.
    pub(crate) fn grouped(self) -> Table {
        Table { grouped: true, ..self }
    }

    /// Adds a row, a cell for each column.
    pub(crate) fn push(&mut self, row: impl IntoIterator<Item = Cell>) {
        self.rows.push(row.into_iter().collect());
    }

    /// Whether there are no rows.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Sorts the rows by a column of numbers, the largest first; rows that are equal there stay as
    /// they are.
    pub(crate) fn sort_by(&mut self, name: &str) {
        let Some(place) = self.names.iter().position(|it| *it == name) else { return };
        let value = |row: &Vec<Cell>| match row.get(place) {
            Some(Cell::Count(n)) => *n as f64,
            Some(Cell::Number(value)) => *value,
            _ => f64::NEG_INFINITY,
        };
        self.rows.sort_by(|a, b| value(b).total_cmp(&value(a)));
    }

    /// Prints the table as the options want it.
    pub(crate) fn print(
        &self,
        options: &TableOptions,
        output: &mut Output,
        session: &Session,
    ) -> Result<()> {
        let plain = !options.csv && !options.json;
        let top = match options.top {
            None if plain && self.grouped => SHOWN_OF_GROUP as usize,
            None if plain => SHOWN as usize,
            None | Some(0) => usize::MAX,
            Some(n) => usize::try_from(n).unwrap_or(usize::MAX),
        };
        let rows = self.first(top);
        if plain {
            let room = page_width(output.is_terminal());
            let more = self.rows.len() - rows.len();
            return output.write_styled(&self.page(&rows, more, room), session);
        }
        let mut page = Vec::new();
        if options.csv {
            self.csv(&rows, &mut page);
        } else {
            rows.iter().for_each(|row| line(&mut page, &Row { names: &self.names, row }));
        }
        Ok(output.write_all(&page)?)
    }

    /// The first rows, so many at most: of each group, where there are groups.
    fn first(&self, top: usize) -> Vec<&[Cell]> {
        if !self.grouped {
            return self.rows.iter().take(top).map(Vec::as_slice).collect();
        }
        let groups = self.rows.chunk_by(|a, b| a.first() == b.first());
        groups.flat_map(|group| group.iter().take(top)).map(Vec::as_slice).collect()
    }

    fn csv(&self, rows: &[&[Cell]], page: &mut Vec<u8>) {
        for (i, name) in self.names.iter().enumerate() {
            columns::cell(name, i == 0, page);
        }
        page.extend_from_slice(b"\r\n");
        for row in rows {
            for (i, cell) in row.iter().enumerate() {
                let text = match cell {
                    Cell::Text(text) => text,
                    Cell::Count(n) => &n.to_string(),
                    Cell::Number(value) if value.is_finite() => &value.to_string(),
                    Cell::Number(_) | Cell::Absent => "",
                };
                columns::cell(text, i == 0, page);
            }
            page.extend_from_slice(b"\r\n");
        }
    }

    /// The name of a column as it is shown to a person.
    fn head(&self, name: &str) -> String {
        if self.named_by_user { name.to_owned() } else { name.replace('_', " ") }
    }

    /// The rows in columns as wide as what stands in them: texts on the left, figures on the right.
    fn page(&self, rows: &[&[Cell]], more: usize, room: usize) -> String {
        if rows.is_empty() {
            return String::new();
        }
        let shown: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| shown(cell, room)).collect()).collect();
        let heads: Vec<String> = self.names.iter().map(|name| self.head(name)).collect();
        let widths: Vec<usize> = heads
            .iter()
            .enumerate()
            .map(|(i, head)| {
                let cells = shown.iter().filter_map(|row| row.get(i)).map(|it| width(it));
                cells.chain([width(head)]).max().unwrap_or(0)
            })
            .collect();
        let is_text = |i: usize| rows.iter().any(|row| matches!(row.get(i), Some(Cell::Text(_))));
        let mut page = String::new();
        let mut add = |cells: &[String], is_head: bool| {
            let mut text = String::new();
            for (i, (cell, wide)) in cells.iter().zip(&widths).enumerate() {
                let gap = if i == 0 { "" } else { "  " };
                let filled = match is_text(i) {
                    true => pad(cell, *wide),
                    false => format!("{}{cell}", " ".repeat(wide.saturating_sub(width(cell)))),
                };
                text.push_str(gap);
                match (is_head, is_text(i)) {
                    (true, _) => text.push_str(&format!("{HEAD}{filled}{HEAD:#}")),
                    (false, true) => text.push_str(&format!("{NAME}{filled}{NAME:#}")),
                    (false, false) => text.push_str(&filled),
                }
            }
            page.push_str(text.trim_end());
            page.push('\n');
        };
        add(&heads, true);
        shown.iter().for_each(|row| add(row, false));
        if more > 0 {
            let more = grouped(more as u64);
            page.push_str(&format!("{DIM}{more} more rows; --top 0 prints all{DIM:#}\n"));
        }
        page
    }
}

/// A cell as it is shown to a person.
fn shown(cell: &Cell, room: usize) -> String {
    match cell {
        // What has no site or month is seen to have none.
        Cell::Text(text) if text.is_empty() => "–".to_owned(),
        Cell::Text(text) => cut(&flat(text), MOST_TEXT.min(room / 2)),
        Cell::Count(n) => grouped(*n),
        Cell::Number(value) if !value.is_finite() => "–".to_owned(),
        Cell::Number(value) if value.abs() >= 100.0 => format!("{value:.1}"),
        Cell::Number(value) => format!("{value:.3}"),
        Cell::Absent => "–".to_owned(),
    }
}

struct Row<'a> {
    names: &'a [Cow<'static, str>],
    row: &'a [Cell],
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.row.len()))?;
        for (name, cell) in self.names.iter().zip(self.row) {
            map.serialize_entry(name, cell)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Table};

    fn table() -> Table {
        let mut table = Table::new(["word", "count", "log_ratio"]);
        table.push([Cell::Text("mưa\n\u{1b}to".into()), Cell::Count(1200), Cell::Number(0.5)]);
        table.push([Cell::Text("\"gió\", lũ".into()), Cell::Count(7), Cell::Absent]);
        table
    }

    #[test]
    fn columns_are_as_wide_as_their_cells() {
        let page =
            anstream::adapter::strip_str(&table().page(&table().first(9), 3, 80)).to_string();
        assert_eq!(
            page,
            "word       count  log ratio\nmưa \u{fffd}to    1 200      0.500\n\
             \"gió\", lũ      7          –\n3 more rows; --top 0 prints all\n"
        );
    }

    #[test]
    fn csv_quotes_what_has_to_be() {
        let mut page = Vec::new();
        table().csv(&table().first(9), &mut page);
        assert_eq!(
            String::from_utf8(page).unwrap(),
            "word,count,log_ratio\r\n\"mưa\n\u{fffd}to\",1200,0.5\r\n\"\"\"gió\"\", lũ\",7,\r\n"
        );
    }

    #[test]
    fn the_first_rows_are_those_of_each_group() {
        let mut table = Table::new(["month", "word"]);
        for (month, word) in [("", "mưa"), ("", "gió"), ("2017-03", "lũ"), ("2017-03", "bão")] {
            table.push([Cell::Text(month.into()), Cell::Text(word.into())]);
        }
        assert_eq!(table.first(1).len(), 1);
        let table = table.grouped();
        assert_eq!(table.first(1), [&table.rows[0][..], &table.rows[2][..]]);
        assert_eq!(table.first(9).len(), 4);
        // No month at all is seen to be none.
        let page = anstream::adapter::strip_str(&table.page(&table.first(1), 2, 80)).to_string();
        assert_eq!(
            page,
            "month    word\n–        mưa \n2017-03  lũ  \n2 more rows; --top 0 prints all\n"
        );
    }

    #[test]
    fn rows_sort_by_a_column() {
        let mut table = table();
        table.sort_by("count");
        assert_eq!(table.rows[0][1], Cell::Count(1200));
        table.rows.reverse();
        table.sort_by("log_ratio");
        assert_eq!(table.rows[0][1], Cell::Count(1200));
    }
}
