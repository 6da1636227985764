//! Reading the tables in `data/`.

/// The rows of a table: columns separated by tabs; lines that are empty or begin with `#` are left
/// out, columns that a row lacks are empty.
pub(crate) fn rows<const N: usize>(table: &str) -> impl Iterator<Item = [&str; N]> {
    numbered(table).map(|(_, row)| {
        let mut columns = row.split('\t').map(str::trim);
        std::array::from_fn(|_| columns.next().unwrap_or_default())
    })
}

/// The lines that are rows, each with its number from 1.
pub(crate) fn numbered(table: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = table.lines().enumerate().map(|(place, line)| (place + 1, line));
    lines.filter(|(_, line)| !line.starts_with('#') && !line.trim_ascii().is_empty())
}
