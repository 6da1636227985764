//! Why a mention of an organisation is one.

use corpus_model::{Mention, Span};
use rustc_hash::FxHashMap;

use super::{Rules, explains};
use crate::explanation::{Clue, Found};
use crate::token::{Claims, Tokens};
use crate::{person, place};

/// The abbreviations that a document explains, with the places where it does.
#[derive(Debug)]
pub(crate) struct Explained<'d> {
    places: FxHashMap<&'d str, Span>,
}

impl<'d> Explained<'d> {
    pub(crate) fn new<'m>(
        tokens: &Tokens<'d>,
        organizations: impl Iterator<Item = &'m Mention>,
    ) -> Explained<'d> {
        let mut places = FxHashMap::default();
        for mention in organizations {
            let end = tokens.at_byte(mention.span.end().saturating_sub(1)) + 1;
            if let Some(short) = explains(tokens, end) {
                let whole = mention.span.cover(tokens.span(end..end + 3));
                places.entry(short).or_insert(whole);
            }
        }
        Explained { places }
    }

    /// `rules` with the rules and claims that `Rules::find` is given, asked in the same order.
    pub(crate) fn explain(
        &self,
        rules: &Rules,
        tokens: &Tokens<'_>,
        (offices, places, people): (&person::Rules, &place::Rules, &Claims),
        at: usize,
    ) -> Found {
        if rules.headed(tokens, offices, places, people, at).is_some() {
            let head = offices.head(tokens, at).unwrap_or(at + 1);
            return ("organization.head", vec![Clue::new("head", tokens.span(at..head))]);
        }
        match self.places.get(tokens.str(at)) {
            Some(&span) if rules.named(tokens, at).is_none() => {
                ("organization.abbreviation", vec![Clue::new("explained here", span)])
            }
            _ => ("organization.listed", Vec::new()),
        }
    }
}
