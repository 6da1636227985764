//! The fields of a record: what they are called, what they are on the page, and what they say.

use std::collections::BTreeSet;

use corpus_model::BlockKind;

use super::dates;
use super::description::Rules;
use crate::address::Address;
use crate::field_names::{USUAL, state};
use crate::{Record, published};

/// A name that a description has for a field with a meaning, and that field.
pub(super) type Alias = (&'static str, &'static str);

/// The fields with a meaning that go by another name here: `author` is the byline, unless there is a
/// `byline` too.
pub(super) fn aliases(names: &BTreeSet<&str>) -> Vec<Alias> {
    USUAL
        .iter()
        .filter(|(field, _)| !names.contains(field))
        .filter_map(|(field, usual)| {
            // The hour often stands by itself, beside a day.
            let also = usual.iter().find(|also| names.contains(**also) && **also != "time")?;
            Some((*also, *field))
        })
        .collect()
}

/// The field that is meant by this name.
pub(super) fn meant<'n>(aliases: &[Alias], name: &'n str) -> &'n str {
    aliases.iter().find(|(also, _)| *also == name).map_or(name, |(_, field)| field)
}

/// What a field is on the page.
pub(super) fn kind_of(field: &str) -> BlockKind {
    match field {
        "url" => BlockKind::Url,
        "title" => BlockKind::Title,
        "lead" => BlockKind::Lead,
        "byline" => BlockKind::Byline,
        "date" => BlockKind::Dateline,
        _ => BlockKind::Boilerplate,
    }
}

/// What the head of a record states and the form of lines may state otherwise.
pub(super) struct Stated {
    pub(super) lead: Option<String>,
    pub(super) byline: Option<String>,
    /// The date, where it has no form that is known.
    pub(super) unread_date: Option<String>,
}

/// Makes metadata of the fields that were found.
pub(super) fn finish(rules: &Rules, record: &mut Record) -> Stated {
    let mut stated = Stated { lead: None, byline: None, unread_date: None };
    let fields: Vec<(String, String)> =
        record.fields().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    record.clear_fields();
    for (name, value) in fields {
        let metadata = &mut record.metadata;
        match name.as_str() {
            "id" => record.id = value,
            "url" => {
                Address::parse(&value).describe(metadata);
                metadata.url = Some(value);
            }
            "title" => metadata.title = Some(value),
            "site" => metadata.site = Some(value.to_lowercase()),
            "lead" => stated.lead = Some(value),
            "byline" => stated.byline = Some(value),
            "language" => metadata.language = Some(value),
            "date" => {
                match dates::read(&rules.dates, &value).or_else(|| published::from_field(&value)) {
                    Some(when) => state(metadata, when),
                    None => {
                        stated.unread_date = Some(value.clone());
                        metadata.extra.insert(name, value);
                    }
                }
            }
            _ => {
                metadata.extra.insert(name, value);
            }
        }
    }
    let site = &mut record.metadata.site;
    *site = site.take().or_else(|| rules.site.clone());
    stated
}
