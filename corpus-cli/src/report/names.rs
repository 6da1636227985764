//! Organisations and places of documents, joined by name.

use std::collections::BTreeMap;

use corpus_text::key;
use serde::Serialize;

/// An organisation or a place of one document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct NameFact {
    pub(crate) name: String,
    pub(crate) mentions: u64,
}

/// An organisation or a place of the corpus.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct NameRow {
    pub(crate) name: String,
    pub(crate) documents: u64,
    pub(crate) mentions: u64,
}

/// The names of one document, each once, in the order of their first mention.
///
/// Spellings that differ in capitals or in the place of a tone mark are one name, shown as it is
/// written first.
pub(crate) fn of_document<'a>(names: impl Iterator<Item = &'a str>) -> Vec<NameFact> {
    let mut facts: Vec<NameFact> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for name in names {
        let place = *places.entry(key(name).into_owned()).or_insert(facts.len());
        match facts.get_mut(place) {
            Some(fact) => fact.mentions += 1,
            None => facts.push(NameFact { name: name.to_owned(), mentions: 1 }),
        }
    }
    facts
}

/// The names of all documents, those of most documents first.
pub(crate) fn of_corpus<'a>(documents: impl Iterator<Item = &'a [NameFact]>) -> Vec<NameRow> {
    let mut rows: BTreeMap<String, NameRow> = BTreeMap::new();
    for fact in documents.flatten() {
        let row = rows.entry(key(&fact.name).into_owned()).or_insert_with(|| NameRow {
            name: fact.name.clone(),
            documents: 0,
            mentions: 0,
        });
        row.documents += 1;
        row.mentions += fact.mentions;
    }
    let mut rows: Vec<NameRow> = rows.into_values().collect();
    rows.sort_by(|a, b| {
        (b.documents, b.mentions).cmp(&(a.documents, a.mentions)).then_with(|| a.name.cmp(&b.name))
    });
    rows
}

#[cfg(test)]
mod tests {
    use super::{NameRow, of_corpus, of_document};

    #[test]
    fn one_name_however_it_is_spelled() {
        let one = of_document(["Tỉnh ủy", "Sở Y tế", "TỈNH UỶ"].into_iter());
        let other = of_document(["Tỉnh uỷ"].into_iter());
        let rows = of_corpus([one.as_slice(), other.as_slice()].into_iter());
        let row = |name: &str, documents, mentions| NameRow {
            name: name.to_owned(),
            documents,
            mentions,
        };
        assert_eq!(rows, [row("Tỉnh ủy", 2, 3), row("Sở Y tế", 1, 1)]);
    }
}
