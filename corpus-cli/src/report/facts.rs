//! Directives of documents, joined over the corpus by what identifies them.
//!
//! Facts of one document are joined by the extractors; here those of different documents are.

use std::collections::{BTreeMap, BTreeSet};

use corpus_model::DirectiveRef;
use corpus_text::key;
use serde::Serialize;

/// Directives of one number are compared with so many of the same; more only hostile text has.
const MOST_COMPARED: usize = 64;

/// A directive of one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct DirectiveFact {
    #[serde(flatten)]
    pub(crate) directive: DirectiveRef,
    pub(crate) mentions: u64,
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
    use corpus_model::DirectiveRef;

    use super::{directives_of_corpus, directives_of_document};

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
}
