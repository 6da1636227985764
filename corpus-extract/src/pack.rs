//! [`Pack`]: the tables that the rules for directives are made of, which a lawyer can replace.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

/// The tables of a pack: types of directives, bodies with their codes, titles of laws, relations.
///
/// The built-in ones are compiled in. Each is a plain table: columns separated by tabs, lines that
/// begin with `#` are comments, and the first lines say what the columns mean.
///
/// ```
/// use corpus_extract::{Extractor, Pack};
/// use corpus_model::{Document, MentionKind, Value};
///
/// let mut pack = Pack::built_in();
/// pack.set("issuer.add.tsv", "Hội đồng Hiền triết\tHội đồng bô lão\tHĐHT")?;
/// let extractor = Extractor::with_pack(&pack);
/// let document = Document::new("1", "Theo Quyết định số 12/QĐ-HĐHT, làng mở hội.");
/// let found = extractor.extract_kinds(&document, &[MentionKind::Directive]);
/// let Value::Directive(directive) = &found.as_slice()[0].value else { unreachable!() };
/// assert_eq!(directive.refs[0].issuer.as_deref(), Some("Hội đồng Hiền triết"));
/// # Ok::<(), corpus_extract::PackError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Pack {
    texts: [Cow<'static, str>; TABLES.len()],
}

/// A table by name, as it is built in, and the number of columns that each row must have.
struct Table {
    name: &'static str,
    text: &'static str,
    columns: usize,
    /// The column that holds one of a few words, and those words; none for any.
    word: (usize, &'static [&'static str]),
}

macro_rules! table {
    ($name:literal, $columns:literal) => {
        table!($name, $columns, 0 in &[])
    };
    ($name:literal, $columns:literal, $column:literal in $words:expr) => {
        Table {
            name: $name,
            text: include_str!(concat!("../data/", $name)),
            columns: $columns,
            word: ($column, $words),
        }
    };
}

const TABLES: [Table; 12] = [
    table!("directive-kind.tsv", 4, 3 in &["strong", "weak", "numbered", "law", "paper", "generic"]),
    table!("directive-follow.txt", 1),
    table!("directive-law.txt", 1),
    table!("directive-law-code.tsv", 3),
    table!("directive-ordinal.tsv", 2),
    table!("directive-relation.tsv", 2, 1 in &crate::directive::RELATION_WORDS),
    table!("directive-title.tsv", 2, 1 in &["start", "stop", "comma", "verb", "go"]),
    table!("issuer.tsv", 1),
    table!("issuer-chief.txt", 1),
    table!("issuer-head.txt", 1),
    table!("issuer-place.txt", 1),
    table!("issuer-verb.txt", 1),
];

impl Default for Pack {
    fn default() -> Pack {
        Pack::built_in()
    }
}

impl Pack {
    /// The tables that are compiled in.
    pub fn built_in() -> Pack {
        Pack { texts: TABLES.each_ref().map(|table| Cow::Borrowed(table.text)) }
    }

    /// The tables by name, each with its text: what to copy and edit for a pack of one's own.
    pub fn tables(&self) -> impl Iterator<Item = (&'static str, &str)> {
        TABLES.iter().map(|table| table.name).zip(self.texts.iter().map(|text| &**text))
    }

    /// Replaces the table of this name. With `.add` in front of the ending (`issuer.add.tsv`) the
    /// rows are added to it instead; a row that is added counts more than one that was there.
    ///
    /// # Errors
    ///
    /// When no table is called so, a row lacks columns or a word stands in it that means nothing;
    /// the pack stays as it was.
    pub fn set(&mut self, name: &str, text: &str) -> Result<(), PackError> {
        let fail = |line, kind| PackError { table: name.to_owned(), line, kind };
        let whole = name.replace(".add.", ".");
        let slot = TABLES.iter().position(|table| table.name == whole);
        let found = slot.and_then(|slot| Some((TABLES.get(slot)?, self.texts.get_mut(slot)?)));
        let Some((table, slot)) = found else { return Err(fail(0, PackErrorKind::UnknownTable)) };
        let text = text.trim_start_matches('\u{feff}');
        for (line, row) in text.lines().enumerate() {
            if row.is_empty() || row.starts_with('#') {
                continue;
            }
            let columns: Vec<&str> = row.split('\t').map(str::trim).collect();
            // A type may have no abbreviation, but the first column is never empty.
            if columns.len() < table.columns || columns.first() == Some(&"") {
                let kind = PackErrorKind::MissingColumns { wanted: table.columns };
                return Err(fail(line + 1, kind));
            }
            let (column, words) = table.word;
            let word = columns.get(column).copied().unwrap_or_default();
            if !words.is_empty() && !words.contains(&word) {
                return Err(fail(line + 1, PackErrorKind::UnknownWord(word.to_owned())));
            }
        }
        *slot = if name == whole {
            Cow::Owned(text.to_owned())
        } else {
            Cow::Owned(format!("{slot}\n{text}"))
        };
        Ok(())
    }

    /// The text of a table; empty for one that does not exist.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.tables().find(|(table, _)| *table == name).map_or("", |(_, text)| text)
    }
}

/// Why a table of a [`Pack`] was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackError {
    /// The name that was given.
    pub table: String,
    /// The line that is wrong, from 1; 0 where it is the name.
    pub line: usize,
    /// What is wrong with it.
    pub kind: PackErrorKind,
}

/// What is wrong with a table; see [`PackError`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PackErrorKind {
    /// No table is called so.
    UnknownTable,
    /// The row has fewer columns than its table needs, or its first is empty.
    MissingColumns {
        /// How many the table needs.
        wanted: usize,
    },
    /// A word stands in a column that only a few words may stand in.
    UnknownWord(String),
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let PackError { table, line, kind } = self;
        match kind {
            PackErrorKind::UnknownTable => {
                let names: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
                write!(f, "{table}: no table is called so; the tables are {}", names.join(", "))
            }
            PackErrorKind::MissingColumns { wanted } => {
                write!(f, "{table}, line {line}: a row needs {wanted} columns separated by tabs")
            }
            PackErrorKind::UnknownWord(word) => {
                write!(f, "{table}, line {line}: {word:?} means nothing here")
            }
        }
    }
}

impl Error for PackError {}

#[cfg(test)]
mod tests {
    use super::{Pack, PackErrorKind, TABLES};

    #[test]
    fn built_in_tables_are_taken() {
        let mut pack = Pack::built_in();
        for table in &TABLES {
            pack.set(table.name, table.text).unwrap();
            assert_eq!(pack.text(table.name), table.text);
        }
    }

    #[test]
    fn wrong_tables_are_refused_with_their_line() {
        let mut pack = Pack::built_in();
        let wrong = |pack: &mut Pack, name, text| pack.set(name, text).unwrap_err();
        assert_eq!(wrong(&mut pack, "issuers.csv", "").kind, PackErrorKind::UnknownTable);
        let error = wrong(&mut pack, "directive-kind.tsv", "# types\n\nnghị quyết\tnghị quyết\n");
        assert_eq!((error.line, error.kind), (3, PackErrorKind::MissingColumns { wanted: 4 }));
        let error = wrong(&mut pack, "directive-kind.add.tsv", "luật\tluật\tL\tsoft");
        assert_eq!(
            error.to_string(),
            "directive-kind.add.tsv, line 1: \"soft\" means nothing here"
        );
        assert_eq!(pack.text("directive-kind.tsv"), Pack::built_in().text("directive-kind.tsv"));
    }
}
