//! Organisations that look like people: `ông An - CEO Philip Morris - nói` tells what Philip Morris is, and
//! `Công ty Thái Sơn` what Thái Sơn is.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::lexicon::Lexicon;
use super::name;
use super::resolve::Found;
use crate::gazetteer::longest;
use crate::token::{Case, Tokens};

/// The people found without those whose names are those of organisations: somebody's office behind their
/// name ends with it, and no form of address ever stands in front.
pub(super) fn without_organizations(tokens: &Tokens<'_>, found: Vec<Found>) -> Vec<Found> {
    let told = found
        .iter()
        .flat_map(|person| person.offices.iter().filter(|it| it.start > person.name.end))
        .filter_map(|office| foreign_end(tokens, office))
        .map(|name| tokens.slice(tokens.span(name)))
        .collect();
    without(tokens, found, told)
}

/// The same of those of which a mention stands behind a word for companies.
pub(super) fn without_companies(
    lexicon: &Lexicon,
    tokens: &Tokens<'_>,
    found: Vec<Found>,
) -> Vec<Found> {
    let told = found
        .iter()
        .filter(|person| is_behind_company(lexicon, tokens, &person.name))
        .map(|person| tokens.slice(tokens.span(person.name.clone())))
        .collect();
    without(tokens, found, told)
}

/// The people found without those of these names whom no form of address makes people.
fn without<'t>(tokens: &Tokens<'t>, found: Vec<Found>, mut told: FxHashSet<&'t str>) -> Vec<Found> {
    if told.is_empty() {
        return found;
    }
    let written = |name: &Range<usize>| tokens.slice(tokens.span(name.clone()));
    for person in found.iter().filter(|person| person.honorific.is_some()) {
        told.remove(written(&person.name));
    }
    found.into_iter().filter(|person| !told.contains(written(&person.name))).collect()
}

/// Whether two syllables stand right behind a word for companies: in news a company's person is named in full
/// or behind a form of address.
fn is_behind_company(lexicon: &Lexicon, tokens: &Tokens<'_>, name: &Range<usize>) -> bool {
    const LONGEST: usize = 4;
    name.len() == 2
        && name.clone().all(|at| tokens.is_syllable(at))
        && (1..=LONGEST.min(name.start)).any(|back| {
            longest(&lexicon.parts, tokens, name.start - back)
                .is_some_and(|(end, part)| end == name.start && part.head && part.eponym)
        })
}

/// The two words or more with capitals at the end of an office, the first of which is no Vietnamese one.
fn foreign_end(tokens: &Tokens<'_>, office: &Range<usize>) -> Option<Range<usize>> {
    let capital = |at: &usize| matches!(tokens.get(*at).case, Case::Capital | Case::Mixed);
    let n = office.clone().rev().take_while(capital).count();
    let start = (office.end - n..office.end).find(|at| name::is_foreign(tokens, *at))?;
    (office.end >= start + 2).then_some(start..office.end)
}
