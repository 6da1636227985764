//! The place of a local body whose symbol names none: `QĐ-UBND` is the decision of some province.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::lexicon::Lexicon;
use super::number;
use super::resolve::Found;
use super::tail;
use crate::gazetteer::longest_body;
use crate::token::Tokens;

/// A local body as the text names it.
struct Named {
    at: usize,
    /// The kind of body: `Ủy ban nhân dân`.
    base: Arc<str>,
    /// With its place, where one is named.
    full: String,
}

/// Completes the issuers that are a local body without a place, where the symbol is all that says it.
///
/// The body of that kind named in the same sentence is meant, else the only one that the text names.
/// A code of several bodies (`TU` for Tỉnh ủy and Thành ủy) means the one that the text speaks of.
/// Where the text speaks of several, the issuer stays as it is.
pub(super) fn complete(lexicon: &Lexicon, tokens: &Tokens<'_>, found: &mut [Found]) {
    let mut named: Option<Vec<Named>> = None;
    let mut only: FxHashMap<String, Option<String>> = FxHashMap::default();
    for found in found {
        let sentence = sentence(tokens, found.tokens.start, found.tail);
        for reference in &mut found.refs {
            let Some((symbol, issuer)) = reference.symbol.as_ref().zip(reference.issuer.as_ref())
            else {
                continue;
            };
            let bodies = symbol
                .split(['/', '-'])
                .map(|group| number::bodies_of(lexicon, group.trim()))
                .find(|bodies| bodies.iter().any(|body| body.local && *body.name == **issuer));
            let Some(bodies) = bodies else { continue };
            let named = named.get_or_insert_with(|| bodies_named(lexicon, tokens));
            let fits = |it: &&Named| bodies.iter().any(|body| body.name == it.base);
            let near = named.partition_point(|it| it.at < sentence.start);
            let in_sentence = named
                .get(near..)
                .unwrap_or_default()
                .iter()
                .take_while(|it| it.at < sentence.end)
                .filter(fits)
                .min_by_key(|it| it.at.abs_diff(found.tokens.start));
            let body = in_sentence.map(|it| it.full.clone()).or_else(|| {
                only.entry(issuer.clone()).or_insert_with(|| one(named.iter().filter(fits))).clone()
            });
            if let Some(body) = body {
                reference.issuer = Some(body);
            }
        }
    }
}

/// What all of them call, the fullest of its names.
fn one<'n>(mut named: impl Iterator<Item = &'n Named>) -> Option<String> {
    let mut fullest = &named.next()?.full;
    for Named { full, .. } in named {
        if full.starts_with(&**fullest) {
            fullest = full;
        } else if !fullest.starts_with(&**full) {
            return None;
        }
    }
    Some(fullest.clone())
}

/// The local bodies that the text names, in its order.
fn bodies_named(lexicon: &Lexicon, tokens: &Tokens<'_>) -> Vec<Named> {
    let mut named = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        at = match longest_body(&lexicon.bodies, tokens, at) {
            Some((end, body)) => {
                if body.local
                    && let Some((full, _)) = tail::issuer(lexicon, tokens, at)
                {
                    named.push(Named { at, base: body.name.clone(), full });
                }
                end
            }
            None => at + 1,
        };
    }
    named
}

/// The tokens around a mention up to the ends of its sentence, within reason.
fn sentence(tokens: &Tokens<'_>, start: usize, end: usize) -> std::ops::Range<usize> {
    const FARTHEST: usize = 60;
    let ends = |at: usize| {
        let token = tokens.get(at);
        let full_stop =
            token.is_mark('.') && !tokens.get(at + 1).glued && tokens.before(at, 1).span.len() > 2;
        token.is_break() || full_stop || token.is_mark('!') || token.is_mark('?')
    };
    let back = (1..=FARTHEST).take_while(|&n| start >= n && !ends(start - n)).count();
    let ahead = (0..FARTHEST).take_while(|&n| !ends(end + n)).count();
    start - back..end + ahead
}
