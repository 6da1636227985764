//! Companies that look like foreigners: `ông An - CEO Philip Morris - nói` tells what Philip Morris is.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::name;
use super::resolve::Found;
use crate::token::{Case, Tokens};

/// The people found without those whose names are those of organisations: somebody's office behind their
/// name ends with it, and no form of address ever stands in front.
pub(super) fn without_organizations(tokens: &Tokens<'_>, found: Vec<Found>) -> Vec<Found> {
    let written = |name: &Range<usize>| tokens.slice(tokens.span(name.clone()));
    let mut told: FxHashSet<&str> = found
        .iter()
        .flat_map(|person| person.offices.iter().filter(|it| it.start > person.name.end))
        .filter_map(|office| foreign_end(tokens, office))
        .map(|name| written(&name))
        .collect();
    if told.is_empty() {
        return found;
    }
    for person in found.iter().filter(|person| person.honorific.is_some()) {
        told.remove(written(&person.name));
    }
    found.into_iter().filter(|person| !told.contains(written(&person.name))).collect()
}

/// The two words or more with capitals at the end of an office, the first of which is no Vietnamese one.
fn foreign_end(tokens: &Tokens<'_>, office: &Range<usize>) -> Option<Range<usize>> {
    let capital = |at: &usize| matches!(tokens.get(*at).case, Case::Capital | Case::Mixed);
    let n = office.clone().rev().take_while(capital).count();
    let start = (office.end - n..office.end).find(|at| name::is_foreign(tokens, *at))?;
    (office.end >= start + 2).then_some(start..office.end)
}
