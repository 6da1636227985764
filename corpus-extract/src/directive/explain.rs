//! Why a mention of directives is one.

use corpus_model::{Directive, Mention, Span};
use corpus_text::key;

use crate::explanation::{Clue, Found};
use crate::token::Tokens;

/// So many bytes behind a mention may say who issued it.
const NEAR: usize = 160;
/// Of a mention that lists many numbers the first are shown.
const MOST: usize = 16;
/// The most words that a type has: `báo cáo chính trị`.
const WORDS: usize = 6;

/// What of the mention told which directive it is, and what else in the text did.
pub(crate) fn explain(tokens: &Tokens<'_>, mention: &Mention, directive: &Directive) -> Found {
    let mut clues = Vec::new();
    let Some(first) = directive.refs.first() else { return ("directive.part", clues) };
    if let Some(kind) = &first.kind {
        clues.extend(phrase(tokens, mention.span, kind).map(|span| Clue::new("type", span)));
    }
    for reference in directive.refs.iter().take(MOST) {
        let number = reference.number_text.clone();
        let number = number.or_else(|| reference.number.map(|number| number.to_string()));
        let place = number.and_then(|number| literal(tokens, mention.span, &number));
        if let Some(place) = place.filter(|it| !clues.iter().any(|clue| clue.span == *it)) {
            clues.push(Clue::new("number", place));
        }
        let term = reference.term.as_deref().and_then(|term| literal(tokens, mention.span, term));
        if let Some(term) = term.filter(|it| !clues.iter().any(|clue| clue.span == *it)) {
            clues.push(Clue::new("term", term));
        }
    }
    let behind = Span::new(mention.span.end(), tokens.floor(mention.span.end() + NEAR));
    for (role, named) in [("issuer", &first.issuer), ("title", &first.title)] {
        let place = named.as_deref().and_then(|named| literal(tokens, behind, named));
        clues.extend(place.map(|span| Clue::new(role, span)));
    }
    clues.extend(directive.antecedent.map(|span| Clue::new("antecedent", span)));
    for relation in directive.relations.iter().take(MOST) {
        clues.extend(relation.by.map(|span| Clue::new(relation.relation.name(), span)));
    }
    let rule = match () {
        () if directive.antecedent.is_some() => "directive.short",
        () if first.kind.is_none() && first.number.is_none() => "directive.part",
        () if first.symbol.is_some() => "directive.symbol",
        () if first.number.is_some() => "directive.number",
        () if first.plenum.is_some() || first.term.is_some() => "directive.meeting",
        () if is_law(first.kind.as_deref()) => "directive.law",
        () if first.title.is_some() => "directive.title",
        () => "directive.part",
    };
    (rule, clues)
}

/// Whether a type is known by its title and not by a number.
fn is_law(kind: Option<&str>) -> bool {
    kind.is_some_and(|kind| {
        ["luật", "bộ luật", "hiến pháp", "pháp lệnh"].contains(&kind) || kind.ends_with("luật")
    })
}

/// The first words of a span that are these, however they are written.
fn phrase(tokens: &Tokens<'_>, span: Span, words: &str) -> Option<Span> {
    let wanted = key(words);
    let first = tokens.at_byte(span.start());
    let last = tokens.at_byte(span.end().saturating_sub(1)) + 1;
    (first..last).find_map(|start| {
        (start + 1..=(start + WORDS).min(last)).find_map(|end| {
            let place = tokens.span(start..end);
            (key(tokens.slice(place)) == wanted).then_some(place)
        })
    })
}

/// The first place in a span where these letters stand.
fn literal(tokens: &Tokens<'_>, span: Span, letters: &str) -> Option<Span> {
    let start = span.start() + tokens.slice(span).find(letters)?;
    Some(Span::new(start, start + letters.len()))
}
