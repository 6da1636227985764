//! The fact sheet: what the documents together say of people, directives and days.
//!
//! Facts of one document are joined by the extractors; here those of different documents are
//! joined: people by name, directives by what identifies them.

use std::collections::{BTreeMap, BTreeSet};

use corpus_model::{DirectiveRef, Person};
use corpus_text::key;
use serde::Serialize;

/// Directives of one number are compared with so many of the same; more only hostile text has.
const MOST_COMPARED: usize = 64;
/// Offices kept of one person; nobody holds more, but namesakes may together.
const MOST_OFFICES: usize = 48;

/// A person of one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct PersonFact {
    pub(crate) name: String,
    pub(crate) offices: Vec<String>,
    pub(crate) mentions: u64,
}

/// A directive of one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct DirectiveFact {
    #[serde(flatten)]
    pub(crate) directive: DirectiveRef,
    pub(crate) mentions: u64,
}

/// A person of the corpus.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct PersonRow {
    pub(crate) name: String,
    pub(crate) offices: Vec<String>,
    pub(crate) documents: u64,
    pub(crate) mentions: u64,
    /// The documents, by their places in the order of all.
    #[serde(skip)]
    pub(crate) found_in: Vec<usize>,
}

/// A directive of the corpus.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct DirectiveRow {
    #[serde(flatten)]
    pub(crate) directive: DirectiveRef,
    pub(crate) documents: u64,
    pub(crate) mentions: u64,
    /// The documents, by their places in the order of all.
    #[serde(skip)]
    pub(crate) found_in: Vec<usize>,
}

/// The people of one document, each once, in the order of their first mention.
pub(crate) fn people_of_document<'a>(
    mentions: impl Iterator<Item = &'a Person>,
) -> Vec<PersonFact> {
    let mut facts: Vec<PersonFact> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for person in mentions {
        let name = key(&person.name).into_owned();
        let place = *places.entry(name).or_insert_with(|| {
            facts.push(PersonFact { name: person.name.clone(), ..PersonFact::default() });
            facts.len() - 1
        });
        if let Some(fact) = facts.get_mut(place) {
            fact.mentions += 1;
            add_new(&mut fact.offices, &person.offices);
        }
    }
    facts
}

/// Adds the offices that are not there yet; one that begins a fuller one gives way to it.
fn add_new(offices: &mut Vec<String>, more: &[String]) {
    for office in more {
        if offices.len() >= MOST_OFFICES {
            break;
        }
        // Each mention repeats the offices known so far, letter by letter.
        if offices.contains(office) {
            continue;
        }
        let new = key(office);
        let begins = |part: &str, whole: &str| {
            whole.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        if offices.iter().any(|known| begins(&new, &key(known))) {
            continue;
        }
        match offices.iter_mut().find(|known| begins(&key(known), &new)) {
            Some(known) => known.clone_from(office),
            None => offices.push(office.clone()),
        }
    }
}

/// The directives of one document, each once, in the order of their first mention.
pub(crate) fn directives_of_document<'a>(
    refs: impl Iterator<Item = &'a DirectiveRef>,
) -> Vec<DirectiveFact> {
    let mut facts: Vec<DirectiveFact> = Vec::new();
    let mut groups: BTreeMap<(Option<u32>, Option<u32>), Vec<usize>> = BTreeMap::new();
    for directive in refs {
        // A place inside a directive is no directive of its own.
        let mut directive = directive.clone();
        (directive.article, directive.clause, directive.point) = (None, None, None);
        let group = groups.entry((directive.number, directive.plenum)).or_default();
        let known = group
            .iter()
            .take(MOST_COMPARED)
            .copied()
            .find(|&i| facts.get(i).is_some_and(|fact| same(&fact.directive, &directive)));
        match known.and_then(|i| facts.get_mut(i)) {
            Some(fact) => {
                fact.mentions += 1;
                fill(&mut fact.directive, &mut directive);
            }
            None => {
                group.push(facts.len());
                facts.push(DirectiveFact { directive, mentions: 1 });
            }
        }
    }
    facts
}

/// The people of all documents, those with offices in most documents first.
pub(crate) fn people_of_corpus<'a>(
    documents: impl Iterator<Item = &'a [PersonFact]>,
) -> Vec<PersonRow> {
    let mut rows: BTreeMap<String, PersonRow> = BTreeMap::new();
    for (document, facts) in documents.enumerate() {
        for fact in facts {
            let row = rows.entry(key(&fact.name).into_owned()).or_default();
            if row.name.is_empty() {
                row.name.clone_from(&fact.name);
            }
            row.documents += 1;
            row.found_in.push(document);
            row.mentions += fact.mentions;
            add_new(&mut row.offices, &fact.offices);
        }
    }
    let mut rows: Vec<PersonRow> = rows.into_values().collect();
    rows.sort_by(|a, b| {
        let rank = |row: &PersonRow| (!row.offices.is_empty(), row.documents, row.mentions);
        rank(b).cmp(&rank(a)).then_with(|| a.name.cmp(&b.name))
    });
    rows
}

/// What two mentions of one directive have in common: kind, number, and without a number the plenum.
type Group<'a> = (Option<&'a str>, Option<u32>, Option<u32>);

/// The directives of all documents, those of most documents first.
///
/// Mentions that name less join the one that names more, if only one fits.
pub(crate) fn directives_of_corpus<'a>(
    documents: impl Iterator<Item = &'a [DirectiveFact]>,
) -> Vec<DirectiveRow> {
    let mut found: Vec<(usize, &DirectiveFact)> = documents
        .enumerate()
        .flat_map(|(i, facts)| facts.iter().map(move |fact| (i, fact)))
        .collect();
    // The fullest first, so that what names less finds it; the rest of the order only makes the
    // result the same for any order of documents.
    found.sort_by_key(|(_, fact)| (std::cmp::Reverse(n_fields(&fact.directive)), &fact.directive));
    // A plenum counts only where there is no number: `Nghị quyết số 25 của Hội nghị lần thứ bảy`
    // and `Nghị quyết số 25-NQ/TW` belong together.
    let mut groups: BTreeMap<Group<'_>, Vec<usize>> = BTreeMap::new();
    let mut rows: Vec<(DirectiveRow, BTreeSet<usize>)> = Vec::new();
    for (document, fact) in found {
        let directive = &fact.directive;
        let plenum = if directive.number.is_some() { None } else { directive.plenum };
        let group =
            groups.entry((directive.kind.as_deref(), directive.number, plenum)).or_default();
        let mut fitting = group.iter().take(MOST_COMPARED).copied().filter(|&i| {
            rows.get(i).is_some_and(|(row, _)| {
                same(&row.directive, directive) && share_evidence(&row.directive, directive)
            })
        });
        match (fitting.next(), fitting.next()) {
            (Some(i), None) => {
                if let Some((row, documents)) = rows.get_mut(i) {
                    row.mentions += fact.mentions;
                    documents.insert(document);
                    fill(&mut row.directive, &mut directive.clone());
                }
            }
            _ => {
                group.push(rows.len());
                let row = DirectiveRow {
                    directive: directive.clone(),
                    documents: 0,
                    mentions: fact.mentions,
                    found_in: Vec::new(),
                };
                rows.push((row, BTreeSet::from([document])));
            }
        }
    }
    let mut rows: Vec<DirectiveRow> = rows
        .into_iter()
        .map(|(row, documents)| DirectiveRow {
            documents: documents.len() as u64,
            found_in: documents.into_iter().collect(),
            ..row
        })
        .collect();
    rows.sort_by(|a, b| {
        (b.documents, b.mentions)
            .cmp(&(a.documents, a.mentions))
            .then_with(|| a.directive.cmp(&b.directive))
    });
    rows
}

/// Whether two mentions can mean one directive: what both name agrees, and they name the same
/// number, plenum, congress or title.
fn same(a: &DirectiveRef, b: &DirectiveRef) -> bool {
    fn agree<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
        !matches!((a, b), (Some(a), Some(b)) if a != b)
    }
    fn alike(a: &Option<String>, b: &Option<String>) -> bool {
        !matches!((a, b), (Some(a), Some(b)) if a != b && key(a) != key(b))
    }
    // `Tỉnh ủy` and `Tỉnh ủy Trung Du` may be one, two provinces are not.
    fn one_body(a: &Option<String>, b: &Option<String>) -> bool {
        let (Some(a), Some(b)) = (a, b) else { return true };
        let (a, b) = (key(a), key(b));
        a.starts_with(&*b) || b.starts_with(&*a)
    }
    // The symbol `TW` is that of the Central Committee, the Politburo and the Secretariat.
    fn one_centre(a: &DirectiveRef, b: &DirectiveRef) -> bool {
        let central = |it: &DirectiveRef| it.symbol.as_ref().is_some_and(|it| it.ends_with("/TW"));
        (central(a) && is_general(&a.issuer)) || (central(b) && is_general(&b.issuer))
    }
    let identified = match (a.number, b.number, a.plenum, b.plenum) {
        (Some(_), Some(_), _, _) => a.number == b.number,
        (None, None, Some(_), Some(_)) => a.plenum == b.plenum && a.term == b.term,
        (None, None, None, None) if a.term.is_some() || b.term.is_some() => a.term == b.term,
        (None, None, None, None) => {
            a.title.is_some() && alike(&a.title, &b.title) && a.year == b.year
        }
        _ => false,
    };
    identified
        && alike(&a.kind, &b.kind)
        && alike(&a.symbol, &b.symbol)
        && agree(&a.year, &b.year)
        && (one_body(&a.issuer, &b.issuer) || one_centre(a, b))
        && agree(&a.date, &b.date)
        && agree(&a.plenum, &b.plenum)
        && agree(&a.term, &b.term)
}

/// Whether the issuer is all that the symbol `TW` says.
fn is_general(issuer: &Option<String>) -> bool {
    matches!(issuer.as_deref(), Some("Trung ương Đảng" | "Ban Chấp hành Trung ương"))
}

/// Whether something beside kind and number says that mentions in two documents mean one
/// directive; every body numbers its own from 1.
fn share_evidence(a: &DirectiveRef, b: &DirectiveRef) -> bool {
    fn both<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
        a.is_some() && a == b
    }
    let full = |it: &DirectiveRef| it.issuer.is_none() && it.symbol.is_none() && it.date.is_none();
    both(&a.issuer, &b.issuer)
        || both(&a.symbol, &b.symbol)
        || both(&a.date, &b.date)
        || both(&a.term, &b.term)
        || both(&a.title, &b.title)
        || (full(a) && full(b))
}

/// How much a mention names.
fn n_fields(it: &DirectiveRef) -> usize {
    [
        it.number.is_some(),
        it.number_text.is_some(),
        it.symbol.is_some(),
        it.year.is_some(),
        it.issuer.is_some(),
        it.date.is_some(),
        it.plenum.is_some(),
        it.term.is_some(),
        it.title.is_some(),
    ]
    .into_iter()
    .filter(|&named| named)
    .count()
}

/// Takes over what `from` names and `into` does not.
fn fill(into: &mut DirectiveRef, from: &mut DirectiveRef) {
    fn take<T>(into: &mut Option<T>, from: &mut Option<T>) {
        if into.is_none() {
            *into = from.take();
        }
    }
    let longer = from.issuer.as_ref().map(String::len) > into.issuer.as_ref().map(String::len);
    let fuller = match (is_general(&into.issuer), is_general(&from.issuer)) {
        (true, false) => from.issuer.is_some(),
        (false, true) => into.issuer.is_none(),
        _ => longer,
    };
    if fuller {
        into.issuer = from.issuer.take();
    }
    if into.symbol.is_none() && from.symbol.is_some() {
        into.number_text = from.number_text.take();
    }
    take(&mut into.number_text, &mut from.number_text);
    take(&mut into.symbol, &mut from.symbol);
    take(&mut into.year, &mut from.year);
    take(&mut into.issuer, &mut from.issuer);
    take(&mut into.date, &mut from.date);
    take(&mut into.plenum, &mut from.plenum);
    take(&mut into.term, &mut from.term);
    take(&mut into.title, &mut from.title);
}

#[cfg(test)]
mod tests {
    use corpus_model::{DirectiveRef, Person};

    use super::{
        directives_of_corpus, directives_of_document, people_of_corpus, people_of_document,
    };

    fn directive(
        kind: &str,
        number: u32,
        symbol: Option<&str>,
        issuer: Option<&str>,
    ) -> DirectiveRef {
        let mut it = DirectiveRef::default();
        it.kind = Some(kind.to_owned());
        it.number = Some(number);
        it.symbol = symbol.map(str::to_owned);
        it.issuer = issuer.map(str::to_owned);
        it
    }

    fn person(name: &str, offices: &[&str]) -> Person {
        let offices = offices.iter().map(|office| (*office).to_owned()).collect();
        Person { name: name.to_owned(), honorific: None, offices }
    }

    #[test]
    fn what_names_less_joins_what_names_more() {
        let full = directive("quyết định", 217, Some("QĐ/TW"), Some("Bộ Chính trị"));
        let short = directive("quyết định", 217, None, Some("Bộ Chính trị"));
        let one = directives_of_document([&full].into_iter());
        let other = directives_of_document([&short, &short].into_iter());
        for documents in [[&one, &other], [&other, &one]] {
            let rows = directives_of_corpus(documents.iter().map(|it| it.as_slice()));
            assert_eq!(rows.len(), 1);
            assert_eq!((rows[0].documents, rows[0].mentions), (2, 3));
            assert_eq!(rows[0].directive.symbol.as_deref(), Some("QĐ/TW"));
        }
    }

    #[test]
    fn the_same_number_of_two_bodies_stays_two() {
        let council = directive("nghị quyết", 31, None, Some("Hội đồng nhân dân"));
        let party = directive("nghị quyết", 31, Some("NQ/TW"), Some("Ban Chấp hành Trung ương"));
        let unsaid = directive("nghị quyết", 31, None, None);
        let documents =
            [&council, &party, &unsaid].map(|it| directives_of_document([it].into_iter()));
        let rows = directives_of_corpus(documents.iter().map(Vec::as_slice));
        assert_eq!(rows.len(), 3);
    }

    #[test]
    fn a_numbered_resolution_of_a_plenum_is_the_one_with_the_symbol() {
        let mut plenum = directive("nghị quyết", 25, None, Some("Ban Chấp hành Trung ương"));
        plenum.plenum = Some(7);
        let symbol = directive("nghị quyết", 25, Some("NQ/TW"), Some("Ban Chấp hành Trung ương"));
        let documents = [&plenum, &symbol].map(|it| directives_of_document([it].into_iter()));
        let rows = directives_of_corpus(documents.iter().map(Vec::as_slice));
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].directive.plenum, Some(7));
    }

    #[test]
    fn people_are_joined_by_name_and_offices_kept_once() {
        let one = people_of_document([person("Trần Văn Bình", &["Bí thư Huyện ủy"])].iter());
        let other = people_of_document(
            [person("TRẦN VĂN BÌNH", &["bí thư huyện uỷ", "Đại biểu Quốc hội"])].iter(),
        );
        let rows = people_of_corpus([one.as_slice(), other.as_slice()].into_iter());
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].offices, ["Bí thư Huyện ủy", "Đại biểu Quốc hội"]);
        assert_eq!((rows[0].documents, rows[0].mentions), (2, 2));
    }
}
