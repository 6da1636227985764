//! Reading the tables in `data/`.

/// The rows of a table: columns separated by tabs; lines that are empty or begin with `#` are left
/// out, columns that a row lacks are empty.
pub(crate) fn rows<const N: usize>(table: &str) -> impl Iterator<Item = [&str; N]> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let mut columns = line.split('\t').map(str::trim);
        std::array::from_fn(|_| columns.next().unwrap_or_default())
    })
}
