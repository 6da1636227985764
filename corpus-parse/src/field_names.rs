//! [`FieldNames`]: which field of a table becomes which part of a document.

use corpus_model::{Basis, When};

use crate::address::Address;
use crate::{Record, blocks, published};

mod own;

/// Which field becomes which part of a document.
///
/// A name that is `None` means the usual ones, of which the first that a record has is taken; a
/// name that is given is the only one. Fields of nested objects are named by their path:
/// `meta.url`. Whatever is not used stays in [`Metadata::extra`](corpus_model::Metadata::extra).
///
/// ```
/// use corpus_parse::{FieldNames, Reader, find};
///
/// let input = r#"{"so": 7, "noi_dung": "Trời mưa.", "meta": {"url": "https://tin.example/mua-71234.html"}}"#;
/// let names = FieldNames {
///     id: Some("so".into()),
///     text: Some("noi_dung".into()),
///     url: Some("meta.url".into()),
///     ..FieldNames::default()
/// };
/// let mut reader = Reader::new(find("jsonl").unwrap(), input.as_bytes()).field_names(names);
/// let document = reader.documents().next().unwrap().unwrap();
/// assert_eq!((document.id(), document.text()), ("7", "Trời mưa."));
/// assert_eq!(document.metadata.article_number.as_deref(), Some("71234"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldNames {
    /// The record's name; else `id`, `_id`, `doc_id`, `guid`.
    pub id: Option<String>,
    /// The text; else `text`, `body`, `content`, `paragraphs`, `sentences`. A list of strings is one
    /// line each; of an object in the list its own text is taken, by the same names.
    pub text: Option<String>,
    /// The headline; else `title`, `headline`.
    pub title: Option<String>,
    /// When it was published; else `published`, `date`, `time`, and the like.
    pub date: Option<String>,
    /// The address; else `url`, `link`.
    pub url: Option<String>,
}

const ID: &[&str] = &["id", "_id", "doc_id", "guid"];
pub(crate) const TEXT: &[&str] = &["text", "body", "content", "paragraphs", "sentences"];
const TITLE: &[&str] = &["title", "headline"];
const DATE: &[&str] =
    &["published", "date", "time", "published_at", "publish_date", "date_published", "pubdate"];
const URL: &[&str] = &["url", "link"];
const LEAD: &[&str] = &["lead", "sapo", "description", "abstract"];
const BYLINE: &[&str] = &["byline", "author", "authors"];
const LANGUAGE: &[&str] = &["language", "lang"];

/// Parts of a document, and what the field that holds each is usually called.
#[cfg(feature = "toml")]
pub(crate) const USUAL: [(&str, &[&str]); 8] = [
    ("id", ID),
    ("text", TEXT),
    ("title", TITLE),
    ("date", DATE),
    ("url", URL),
    ("lead", LEAD),
    ("byline", BYLINE),
    ("language", LANGUAGE),
];

impl FieldNames {
    /// Makes a document's parts of the fields of `record`; the names sought for the text, where
    /// there is none.
    pub(crate) fn fill(&self, record: &mut Record) -> Result<(), String> {
        if record.is_own() && self.text.is_none() {
            return own::fill(record).ok_or_else(|| self.missing(record));
        }
        if record.is_own() {
            // Another field is the text: places in the usual one mean nothing in it.
            record.blocks.clear();
            record.annotations = corpus_model::Annotations::default();
        }
        // What was taken is known by its place among the fields, so that nothing is copied twice.
        let mut taken = [None::<usize>; 8];
        let sought: [(&Option<String>, &[&str]); 8] = [
            (&self.id, ID),
            (&self.text, TEXT),
            (&self.title, TITLE),
            (&self.date, DATE),
            (&self.url, URL),
            (&None, LEAD),
            (&None, BYLINE),
            (&None, LANGUAGE),
        ];
        for (place, (named, usual)) in taken.iter_mut().zip(sought) {
            *place = match named {
                Some(name) => record.place(name),
                None => usual.iter().find_map(|name| record.place(name)),
            };
        }
        let [id, text, title, date, url, lead, byline, language] = taken;
        let Some(text) = text else {
            return Err(self.missing(record));
        };
        let name = record.name(text);
        if record.has_gap(name) {
            return Err(format!("with the text in an object of the list {name:?}"));
        }
        let mut copied = std::mem::take(&mut record.text);
        copied.push_str(record.value(text));
        record.text = copied;
        if let Some(id) = id {
            let mut copied = std::mem::take(&mut record.id);
            copied.push_str(record.value(id).trim());
            record.id = copied;
        }
        let words = |place: Option<usize>| {
            let value = record.value(place?).trim();
            (!value.is_empty()).then(|| value.to_owned())
        };
        let [title, lead, byline, language, url] = [title, lead, byline, language, url].map(words);
        let stated = date.and_then(|date| published::from_field(record.value(date)));
        if stated.is_none() {
            // A date that could not be read is kept as it stands.
            taken = taken.map(|place| place.filter(|place| Some(*place) != date));
        }
        let mut extra = std::mem::take(&mut record.metadata.extra);
        for (place, (name, value)) in record.fields().enumerate() {
            // Of several fields of one name the last was taken, and the others are not wanted either.
            let is_taken = taken.contains(&Some(place))
                || taken.iter().flatten().any(|place| record.name(*place) == name);
            if !is_taken {
                extra.insert(name.to_owned(), value.to_owned());
            }
        }

        let metadata = &mut record.metadata;
        metadata.extra = extra;
        metadata.title = title;
        metadata.lead = lead;
        metadata.byline = byline;
        metadata.language = language;
        if let Some(url) = url {
            Address::parse(&url).describe(metadata);
            metadata.url = Some(url);
        }
        if let Some(when) = stated {
            state(metadata, when);
        }
        blocks::of_body(record);
        if record.metadata.byline.is_none() {
            record.metadata.byline = blocks::byline(&record.text, &record.blocks);
        }
        Ok(())
    }
}

impl FieldNames {
    /// What is missing where there is no text, with what may have been meant.
    fn missing(&self, record: &Record) -> String {
        let one = self.text.as_deref().map(|name| [name]);
        let names = one.as_ref().map_or(TEXT, |one| one.as_slice());
        // An object under the name of the text has fields of its own.
        let inside = record.fields().find_map(|(field, _)| {
            let name = names.iter().find(|name| {
                field.strip_prefix(**name).is_some_and(|rest| rest.starts_with('.'))
            })?;
            Some(format!("{name:?} that is a text: it is an object, with a field {field:?}"))
        });
        inside.unwrap_or_else(|| match &self.text {
            Some(name) => format!("{name:?}"),
            None => "\"text\", \"body\", \"content\", \"paragraphs\" or \"sentences\"".into(),
        })
    }
}

/// Enters a date that the source states.
pub(crate) fn state(metadata: &mut corpus_model::Metadata, when: When) {
    metadata.published = Some(when);
    metadata.published_basis = Some(Basis::Explicit);
}
