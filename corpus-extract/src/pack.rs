//! [`Pack`]: the tables that the rules go by, which a person can replace or add to.

mod table;

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use self::table::TABLES;
pub(crate) use self::table::Wanted;

/// The tables that all rules go by: directives and who issues them, offices, organisations, places,
/// names, events, units, words of time and of number.
///
/// The built-in ones are compiled in. Each is a plain table: columns separated by tabs, lines that
/// begin with `#` are comments, and the first lines say what the columns mean.
///
/// ```
/// use corpus_extract::{Extractor, Pack};
/// use corpus_model::{Document, Value};
///
/// let mut pack = Pack::built_in();
/// pack.set("issuer.add.tsv", "Hội đồng Hiền triết\tHội đồng bô lão\tHĐHT")?;
/// pack.set("office.add.txt", "già làng")?;
/// pack.set("unit.add.tsv", "gùi\tgùi\tmeasure")?;
/// let text = "Theo Quyết định số 12/QĐ-HĐHT, già làng Vi Văn Thìn góp 3 gùi ngô.";
/// let found = Extractor::with_pack(&pack).extract(&Document::new("1", text));
/// let [directive, person, quantity] = found.as_slice() else { unreachable!() };
/// let Value::Directive(directive) = &directive.value else { unreachable!() };
/// assert_eq!(directive.refs[0].issuer.as_deref(), Some("Hội đồng Hiền triết"));
/// let Value::Person(person) = &person.value else { unreachable!() };
/// assert_eq!(person.offices, ["già làng"]);
/// assert_eq!(&text[quantity.span.range()], "3 gùi");
/// # Ok::<(), corpus_extract::PackError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Pack {
    /// By the places of [`TABLES`].
    texts: Vec<Cow<'static, str>>,
}

impl Default for Pack {
    fn default() -> Pack {
        Pack::built_in()
    }
}

impl Pack {
    /// The tables that are compiled in.
    pub fn built_in() -> Pack {
        Pack { texts: TABLES.iter().map(|table| Cow::Borrowed(table.text)).collect() }
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
    /// When no table is called so, a row has too few or too many columns, or something stands in it
    /// that means nothing; the pack stays as it was.
    pub fn set(&mut self, name: &str, text: &str) -> Result<(), PackError> {
        let fail = |line, kind| PackError { table: name.to_owned(), line, kind };
        let whole = name.replacen(".add.", ".", 1);
        let slot = TABLES.iter().position(|table| table.name == whole);
        let found = slot.and_then(|slot| Some((TABLES.get(slot)?, self.texts.get_mut(slot)?)));
        let Some((table, slot)) = found else { return Err(fail(0, PackErrorKind::UnknownTable)) };
        let text = text.trim_start_matches('\u{feff}');
        for (line, row) in crate::table::numbered(text) {
            if let Some(kind) = table.wrong(row) {
                return Err(fail(line, kind));
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
        let found = self.tables().find(|(table, _)| *table == name);
        debug_assert!(found.is_some(), "{name} is missing in pack/table.rs");
        found.map_or("", |(_, text)| text)
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
    /// The row has fewer columns than its table needs.
    MissingColumns {
        /// How many the table needs.
        wanted: usize,
    },
    /// The row has more columns than its table.
    ExtraColumns {
        /// How many the table has.
        wanted: usize,
    },
    /// A word stands in a column that only a few words may stand in.
    UnknownWord {
        /// The word.
        word: String,
        /// Those that may; the empty word where nothing may.
        known: &'static [&'static str],
    },
    /// What stands in a column does not fit it, or not the role that its row is given.
    WrongValue {
        /// What stands there.
        value: String,
        /// What should.
        wanted: &'static str,
    },
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let PackError { table, line, kind } = self;
        if *line > 0 {
            write!(f, "{table}, line {line}: ")?;
        } else {
            write!(f, "{table}: ")?;
        }
        match kind {
            PackErrorKind::UnknownTable => {
                let names: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
                write!(f, "no table is called so; the tables are {}", names.join(", "))
            }
            PackErrorKind::MissingColumns { wanted: 1 } => write!(f, "the first column is empty"),
            PackErrorKind::MissingColumns { wanted } => {
                write!(f, "a row needs {wanted} columns separated by tabs")
            }
            PackErrorKind::ExtraColumns { wanted: 1 } => write!(f, "a row has one column only"),
            PackErrorKind::ExtraColumns { wanted } => {
                write!(f, "a row has no more than {wanted} columns")
            }
            PackErrorKind::UnknownWord { word, known } => {
                let or_none = if known.contains(&"") { ", or nothing" } else { "" };
                let known: Vec<&str> = known.iter().copied().filter(|it| !it.is_empty()).collect();
                write!(f, "{word:?} means nothing here; known are {}{or_none}", known.join(", "))
            }
            PackErrorKind::WrongValue { value, wanted } => {
                write!(f, "{value:?} is not {wanted}")
            }
        }
    }
}

impl Error for PackError {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use corpus_model::{Document, MentionKind};

    use super::table::TABLES;
    use super::{Pack, PackErrorKind};
    use crate::Extractor;

    #[test]
    fn built_in_tables_are_taken() {
        let mut pack = Pack::built_in();
        for table in TABLES {
            pack.set(table.name, table.text).unwrap();
            assert_eq!(pack.text(table.name), table.text);
        }
    }

    #[test]
    fn every_file_is_a_table() {
        let files: BTreeSet<String> = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/data"))
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "README.md" && name != "rule.tsv")
            .collect();
        let tables: BTreeSet<String> = TABLES.iter().map(|table| table.name.to_owned()).collect();
        assert_eq!(files, tables, "each table has a line in src/pack/table.rs");
    }

    #[test]
    fn wrong_tables_are_refused_with_their_line() {
        let mut pack = Pack::built_in();
        let mut wrong = |name: &str, text: &str| pack.set(name, text).unwrap_err().to_string();
        for (name, text, message) in [
            (
                "directive-kind.tsv",
                "# types\n\nnghị quyết\tnghị quyết\n",
                "directive-kind.tsv, line 3: a row needs 4 columns separated by tabs",
            ),
            (
                "directive-kind.add.tsv",
                "luật\tluật\tL\tsoft",
                "directive-kind.add.tsv, line 1: \"soft\" means nothing here; known are strong, weak, \
                 numbered, law, paper, generic",
            ),
            (
                "event.tsv",
                "họp\t\tverbs",
                "event.tsv, line 1: \"verbs\" means nothing here; known are verb, or nothing",
            ),
            ("office.txt", "vua\tking", "office.txt, line 1: a row has one column only"),
            ("office.txt", "vua\n\t\n \n\tvua", "office.txt, line 4: a row has one column only"),
            (
                "unit.tsv",
                "sải\tsải\tmeasure\t1,7 m",
                "unit.tsv, line 1: a row has no more than 3 columns",
            ),
            (
                "name-family.tsv",
                "Vi Văn\tstrong",
                "name-family.tsv, line 1: \"Vi Văn\" is not one word",
            ),
            (
                "time.tsv",
                "ngày hội\tholiday\t9/2",
                "time.tsv, line 1: \"9/2\" is not a month and a day: 9-2",
            ),
            ("list.tsv", "và các\tstop", "list.tsv, line 1: \"và các\" is not one word"),
            (
                "number.tsv",
                "vô\tscale\t40",
                "number.tsv, line 1: \"40\" is not a power of ten, up to 18",
            ),
            (
                "office-word.tsv",
                "sở\txyz",
                "office-word.tsv, line 1: \"xyz\" is not letters among h, v, p, e",
            ),
        ] {
            assert_eq!(wrong(name, text), message);
        }
        assert!(
            wrong("issuers.csv", "")
                .starts_with("issuers.csv: no table is called so; the tables are")
        );
        let error = pack.set("office.txt", "\tvua").unwrap_err();
        assert_eq!((error.line, error.kind), (1, PackErrorKind::ExtraColumns { wanted: 1 }));
        for (name, text) in Pack::built_in().tables() {
            assert_eq!(pack.text(name), text, "a table that was refused has changed nothing");
        }
    }

    #[test]
    fn every_kind_of_fact_goes_by_the_tables() {
        let text = "Sáng hôm khai sơn, già làng Vi Văn Thìn, đội viên Gió Ngàn với đoàn từ Bản Mây dự lễ \
                    buộc chỉ ngày 2/3/2016, góp 3 gùi ngô và một trăm lẽn bảy đồng theo Lệ ước số 5 và lời hẹn “Giữ rừng”.";
        let rows = [
            (MentionKind::Date, "time.add.tsv", "hôm khai sơn\tholiday\t9-2"),
            (MentionKind::Person, "office.add.txt", "già làng"),
            (MentionKind::Organization, "organization.add.tsv", "Gió Ngàn\tGN"),
            (MentionKind::Place, "place-home.add.tsv", "Bản Mây\t\tdistrict\tSơn La"),
            (MentionKind::Event, "event.add.tsv", "lễ buộc chỉ"),
            (MentionKind::Quantity, "unit.add.tsv", "gùi\tgùi\tmeasure"),
            (MentionKind::Quantity, "number.add.tsv", "lẽn\tlink\t0"),
            (MentionKind::Directive, "directive-kind.add.tsv", "lệ ước\tlệ ước\t\tstrong"),
            (MentionKind::List, "list.add.tsv", "lời\tnoun"),
            (MentionKind::Programme, "programme-head.add.tsv", "lời hẹn\t\tmovement"),
        ];
        let list = "Theo ba lời: giữ rừng; giữ suối.";
        let found = |pack: &Pack, kind| {
            let extractor = Extractor::with_pack(pack);
            let of =
                |text: &str| extractor.extract_kinds(&Document::new("1", text), &[kind]).into_vec();
            [of(text), of(list)]
        };
        for (kind, name, row) in rows {
            let mut pack = Pack::built_in();
            let before = found(&pack, kind);
            pack.set(name, row).unwrap();
            assert_ne!(found(&pack, kind), before, "{name}");
        }
        let mut nothing = Pack::built_in();
        for table in TABLES {
            nothing.set(table.name, "# nothing").unwrap();
        }
        let extractor = Extractor::with_pack(&nothing);
        assert!(
            extractor
                .extract(&Document::new("1", text))
                .iter()
                .all(|it| it.kind() == MentionKind::Date)
        );
    }
}
