//! The tables of a [`Pack`](super::Pack) by name, and what may stand in their columns.

use super::PackErrorKind;
use crate::{date, directive, list, number, programme, quantity};

/// A table by name, as it is built in.
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) text: &'static str,
    columns: &'static [Column],
    /// What the row should say where what it says has no meaning; for what no column says alone.
    wanted: fn(&[&str]) -> Option<Wanted>,
}

/// What may stand in a column.
#[derive(Clone, Copy)]
enum Column {
    /// Words; something must.
    Words,
    /// One word.
    Word,
    /// Anything, or nothing.
    Free,
    /// One of a few words; nothing only where it is among them.
    OneOf(&'static [&'static str]),
    /// Any of these letters, or none.
    Letters(&'static str),
    /// A number from 1 to this.
    Number(u32),
}

/// The place of a column, and what should stand there.
pub(crate) type Wanted = (usize, &'static str);

macro_rules! table {
    ($name:literal, [$($column:expr),+]) => {
        table!($name, [$($column),+], |_| None)
    };
    ($name:literal, [$($column:expr),+], $wanted:expr) => {
        Table {
            name: $name,
            text: include_str!(concat!("../../data/", $name)),
            columns: &[$($column),+],
            wanted: $wanted,
        }
    };
}

use Column::{Free, Letters, Number, OneOf, Word, Words};

/// Every table of `data/` but the rules' own, subject by subject. A test holds that none is missing.
pub(super) const TABLES: &[Table] = &[
    table!("number.tsv", [Word, OneOf(number::ROLES), Words], number::wanted),
    table!("directive-kind.tsv", [Words, Free, Free, OneOf(directive::STRENGTHS), Free, Free]),
    table!("directive-follow.txt", [Word]),
    table!("directive-law.txt", [Words]),
    table!("directive-law-code.tsv", [Words, Words, Words]),
    table!("directive-ordinal.tsv", [Words, Number(99)]),
    table!("directive-relation.tsv", [Words, OneOf(&directive::RELATION_WORDS)]),
    table!("directive-title.tsv", [Words, OneOf(&["start", "stop", "comma", "verb", "go"])]),
    table!("issuer.tsv", [Words, Free, Free, OneOf(&["", "local"]), Free]),
    table!("issuer-chief.txt", [Words]),
    table!("issuer-head.txt", [Words]),
    table!("issuer-place.txt", [Words]),
    table!("issuer-verb.txt", [Words]),
    table!("time.tsv", [Words, OneOf(date::ROLES), Free], date::wanted),
    table!("date_context.tsv", [Word, OneOf(date::CONTEXTS)]),
    table!("unit.tsv", [Words, Words, OneOf(quantity::UNITS)]),
    table!("counted.txt", [Words]),
    table!("compound.txt", [Words]),
    table!("quantity_context.tsv", [Words, OneOf(quantity::ROLES)]),
    table!("list.tsv", [Words, OneOf(list::ROLES)], list::wanted),
    table!("honorific.tsv", [Words, OneOf(&["", "title", "role"])]),
    table!("office.txt", [Words]),
    table!("office-compound.txt", [Words]),
    table!("office-given.txt", [Words]),
    table!("office-helper.txt", [Words]),
    table!("office-house.txt", [Word]),
    table!("office-member.txt", [Words]),
    table!("office-plural.txt", [Word]),
    table!("office-prefix.txt", [Word]),
    table!("office-sole.txt", [Words]),
    table!("office-sought.txt", [Words]),
    table!("office-state.txt", [Words]),
    table!("office-stop.txt", [Words]),
    table!("office-taking.txt", [Words]),
    table!("office-verb.txt", [Words]),
    table!("office-word.tsv", [Words, Letters("hvpe")]),
    table!("name-acting.txt", [Word]),
    table!("name-agency.txt", [Words]),
    table!("name-apposed.txt", [Words]),
    table!("name-called.txt", [Words]),
    table!("name-company.txt", [Words]),
    table!("name-family.tsv", [Word, OneOf(&["strong", "weak"])]),
    table!("name-foreign-family.txt", [Word]),
    table!("name-foreign-given.txt", [Word]),
    table!("name-foreign-place.txt", [Words]),
    table!("name-given.tsv", [Word, Letters("gm")]),
    table!("name-korean.txt", [Words]),
    table!("name-naming.txt", [Words]),
    table!("name-not.txt", [Words]),
    table!("name-other.txt", [Words]),
    table!("name-owned.txt", [Words]),
    table!("name-particle.txt", [Word]),
    table!("name-place.txt", [Words]),
    table!("name-said.txt", [Words]),
    table!("name-short-not.txt", [Word]),
    table!("name-spouse.txt", [Words]),
    table!("name-street.txt", [Words]),
    table!("organization.tsv", [Words, Free]),
    table!("organization-abbreviation.tsv", [Words, Words]),
    table!("organization-inside.txt", [Words]),
    table!("organization-not.tsv", [Words, OneOf(&["", "never", "generic", "high"])]),
    table!("organization-part.tsv", [Words, OneOf(&["company", "business", "unit"])]),
    table!("place-common.txt", [Word]),
    table!("place-head.tsv", [Words, Free, OneOf(&["", "number", "short", "number,short"])]),
    table!(
        "place-home.tsv",
        [Words, Free, OneOf(&["province", "region", "city", "district"]), Free]
    ),
    table!("place-inside.txt", [Words]),
    table!("place-ward.tsv", [Words, Words]),
    table!("place-former.tsv", [Words, Words, Words, Free, Free]),
    table!("place-world.tsv", [Words, Free, OneOf(&["", "country", "region", "city"])]),
    table!("event.tsv", [Words, Free, OneOf(&["", "verb"])]),
    table!("event-attend.txt", [Words]),
    table!("event-other.txt", [Words]),
    table!("programme-head.tsv", [Words, Free, OneOf(programme::CLASSES)]),
    table!("programme-name.txt", [Words]),
    table!("programme-word.tsv", [Words, OneOf(programme::ROLES)]),
];

impl Table {
    /// What is wrong with a row, if anything is.
    pub(super) fn wrong(&self, row: &str) -> Option<PackErrorKind> {
        let cells: Vec<&str> = row.split('\t').map(str::trim).collect();
        let full = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        if full > self.columns.len() {
            return Some(PackErrorKind::ExtraColumns { wanted: self.columns.len() });
        }
        let needed = self.columns.iter().rposition(|it| it.is_needed()).map_or(0, |it| it + 1);
        if full < needed {
            return Some(PackErrorKind::MissingColumns { wanted: needed });
        }
        let cell = |place: usize| cells.get(place).copied().unwrap_or_default();
        let wrong = self.columns.iter().enumerate().find_map(|(place, it)| it.wrong(cell(place)));
        wrong.or_else(|| {
            let (place, wanted) = (self.wanted)(&cells)?;
            Some(PackErrorKind::WrongValue { value: cell(place).to_owned(), wanted })
        })
    }
}

impl Column {
    fn is_needed(self) -> bool {
        match self {
            Words | Word | Number(_) => true,
            Free | Letters(_) => false,
            OneOf(words) => !words.contains(&""),
        }
    }

    fn wrong(self, cell: &str) -> Option<PackErrorKind> {
        let value = || cell.to_owned();
        let wanted = match self {
            Free => return None,
            Words if !cell.is_empty() => return None,
            Words => "words",
            Word if cell.split_whitespace().count() == 1 => return None,
            Word => "one word",
            OneOf(known) if known.contains(&cell) => return None,
            OneOf(known) => return Some(PackErrorKind::UnknownWord { word: value(), known }),
            Letters(letters) if cell.chars().all(|it| letters.contains(it)) => return None,
            Letters("hvpe") => "letters among h, v, p, e",
            Letters(_) => "letters among g, m",
            Number(most) if cell.parse().is_ok_and(|it| (1..=most).contains(&it)) => return None,
            Number(_) => "a number",
        };
        Some(PackErrorKind::WrongValue { value: value(), wanted })
    }
}
