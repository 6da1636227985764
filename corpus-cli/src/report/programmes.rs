//! Programmes of documents, joined over the corpus by name and years.

use std::collections::BTreeMap;

use corpus_model::{Period, Programme};
use corpus_text::key;
use serde::Serialize;

/// A programme of one document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct ProgrammeFact {
    pub(crate) head: String,
    pub(crate) name: String,
    pub(crate) period: Option<Period>,
    pub(crate) mentions: u64,
}

/// A programme of the corpus.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct ProgrammeRow {
    pub(crate) head: String,
    pub(crate) name: String,
    pub(crate) period: Option<Period>,
    pub(crate) documents: u64,
    pub(crate) mentions: u64,
    /// The documents, by their places in the order of all.
    #[serde(skip)]
    pub(crate) found_in: Vec<usize>,
}

impl ProgrammeRow {
    /// The programme as it is called, without its years.
    pub(crate) fn shown(&self) -> String {
        Programme { head: self.head.clone(), name: self.name.clone(), ..Programme::default() }
            .to_string()
    }
}

/// What programmes of one name have in common: the name, and of a number what it is a number of.
fn name_key(head: &str, name: &str) -> String {
    if name.starts_with(|letter: char| letter.is_ascii_digit()) {
        key(&format!("{head} {name}")).into_owned()
    } else {
        key(name).into_owned()
    }
}

/// Of several with one name the one of the same years; without years the first.
fn same(rows: impl Iterator<Item = (usize, Option<Period>)>, of: Option<Period>) -> Option<usize> {
    let mut open = None;
    for (place, period) in rows {
        if period == of {
            return Some(place);
        }
        if open.is_none() && (period.is_none() || of.is_none()) {
            open = Some(place);
        }
    }
    open
}

/// The programmes of one document, each once, in the order of their first mention. Those of one name
/// and other years are others.
pub(crate) fn of_document<'a>(
    programmes: impl Iterator<Item = &'a Programme>,
) -> Vec<ProgrammeFact> {
    let mut facts: Vec<ProgrammeFact> = Vec::new();
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for it in programmes {
        let places = places.entry(name_key(&it.head, &it.name)).or_default();
        let known = places.iter().filter_map(|&place| Some((place, facts.get(place)?.period)));
        match same(known, it.period).and_then(|place| facts.get_mut(place)) {
            Some(fact) => {
                fact.mentions += 1;
                fact.period = fact.period.or(it.period);
            }
            None => {
                places.push(facts.len());
                facts.push(ProgrammeFact {
                    head: it.head.clone(),
                    name: it.name.clone(),
                    period: it.period,
                    mentions: 1,
                });
            }
        }
    }
    facts
}

/// The programmes of all documents, those of most documents first.
pub(crate) fn of_corpus<'a>(
    documents: impl Iterator<Item = &'a [ProgrammeFact]>,
) -> Vec<ProgrammeRow> {
    let mut found: Vec<(usize, &ProgrammeFact)> = documents
        .enumerate()
        .flat_map(|(i, facts)| facts.iter().map(move |fact| (i, fact)))
        .collect();
    // Those with years first, so that what names none finds them.
    found.sort_by_key(|(document, fact)| (fact.period.is_none(), *document));
    let mut rows: Vec<ProgrammeRow> = Vec::new();
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (document, fact) in found {
        let places = places.entry(name_key(&fact.head, &fact.name)).or_default();
        let known = places.iter().filter_map(|&place| Some((place, rows.get(place)?.period)));
        match same(known, fact.period).and_then(|place| rows.get_mut(place)) {
            Some(row) => {
                row.mentions += fact.mentions;
                row.found_in.push(document);
            }
            None => {
                places.push(rows.len());
                rows.push(ProgrammeRow {
                    head: fact.head.clone(),
                    name: fact.name.clone(),
                    period: fact.period,
                    documents: 0,
                    mentions: fact.mentions,
                    found_in: vec![document],
                });
            }
        }
    }
    for row in &mut rows {
        row.found_in.sort_unstable();
        row.found_in.dedup();
        row.documents = row.found_in.len() as u64;
    }
    rows.sort_by(|a, b| {
        (b.documents, b.mentions)
            .cmp(&(a.documents, a.mentions))
            .then_with(|| (&a.name, a.period).cmp(&(&b.name, b.period)))
    });
    rows
}

#[cfg(test)]
mod tests {
    use corpus_model::{Period, Programme};

    use super::{of_corpus, of_document};

    fn programme(head: &str, name: &str, period: Option<Period>) -> Programme {
        Programme { head: head.into(), name: name.into(), period, ..Programme::default() }
    }

    #[test]
    fn one_programme_however_it_is_spelled() {
        let years = Some(Period::years(2016, 2020));
        let one = of_document([&programme("phong trào", "Sạch Làng", None)].into_iter());
        let other = of_document(
            [
                &programme("phong trào", "sạch làng", years),
                &programme("phong trào", "Sạch làng", None),
            ]
            .into_iter(),
        );
        let rows = of_corpus([one.as_slice(), other.as_slice()].into_iter());
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].documents, rows[0].mentions, rows[0].period), (2, 3, years));
    }

    #[test]
    fn numbers_and_years_keep_programmes_apart() {
        let of = |first, last| Some(Period::years(first, last));
        let all = [
            programme("đề án", "135", None),
            programme("chương trình", "135", None),
            programme("đề án", "Lúa sạch", of(2011, 2015)),
            programme("đề án", "Lúa sạch", of(2016, 2020)),
        ];
        assert_eq!(of_document(all.iter()).len(), 4);
        let documents: Vec<_> = all.iter().map(|it| of_document(std::iter::once(it))).collect();
        assert_eq!(of_corpus(documents.iter().map(Vec::as_slice)).len(), 4);
    }
}
