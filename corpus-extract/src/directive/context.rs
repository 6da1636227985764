//! The place of a local body whose symbol names none: `QĐ-UBND` is the decision of some province.

use std::ops::Range;
use std::sync::Arc;

use corpus_text::key;
use rustc_hash::FxHashMap;

use super::lexicon::Lexicon;
use super::number;
use super::resolve::Found;
use super::tail;
use crate::gazetteer::{longest, longest_body};
use crate::token::Tokens;

/// A local body as the text names it.
struct Named {
    at: usize,
    /// The kind of body: `Ủy ban nhân dân`.
    base: Arc<str>,
    /// With its place, where one is named.
    full: String,
    /// Whether more than a word for places stands behind the body: `UBND tỉnh Nghệ An`.
    placed: bool,
}

/// Whether nothing stands here but a word for places.
fn is_general(lexicon: &Lexicon, place: &str) -> bool {
    let place = key(place.trim());
    place.is_empty() || lexicon.place_words.iter().any(|word| *place == **word)
}

/// Completes the issuers that are a local body without a place, where the symbol is all that says it.
///
/// The body of that kind named in the same sentence is meant, else the only one that the text names.
/// A code of several bodies (`TU` for Tỉnh ủy and Thành ủy) means the one that the text speaks of.
/// Where the text speaks of several, the issuer stays as it is.
pub(super) fn complete(lexicon: &Lexicon, tokens: &Tokens<'_>, found: &mut [Found]) {
    let mut named: Option<Vec<Named>> = None;
    let mut fuller: FxHashMap<String, Option<String>> = FxHashMap::default();
    for found in found {
        let sentence = sentence(tokens, found.tokens.start, found.tail);
        for reference in &mut found.refs {
            let Some(issuer) = &reference.issuer else { continue };
            if !lexicon.local.iter().any(|body| issuer.starts_with(&**body)) {
                continue;
            }
            let named = named.get_or_insert_with(|| bodies_named(lexicon, tokens));
            if let Some(symbol) = &reference.symbol {
                let meant = meant(lexicon, named, symbol, issuer, found.tokens.start, &sentence);
                reference.issuer = meant.or(reference.issuer.take());
            }
            // `UBND tỉnh` is that of the one province that the text names.
            let general = |issuer: &&String| {
                lexicon.local.iter().any(|body| {
                    issuer.strip_prefix(&**body).is_some_and(|rest| is_general(lexicon, rest))
                })
            };
            if let Some(issuer) = reference.issuer.as_ref().filter(general) {
                let fuller = fuller.entry(issuer.clone()).or_insert_with(|| {
                    let fuller = |it: &&Named| {
                        it.full.strip_prefix(issuer).is_some_and(|rest| rest.starts_with(' '))
                    };
                    one(named.iter().filter(fuller))
                });
                reference.issuer = fuller.clone().or(reference.issuer.take());
            }
        }
    }
}

/// The body that a symbol means which names it without a place: one of the same sentence, else the
/// only one of the text.
fn meant(
    lexicon: &Lexicon,
    named: &[Named],
    symbol: &str,
    issuer: &str,
    at: usize,
    sentence: &Range<usize>,
) -> Option<String> {
    let bodies = symbol
        .split(['/', '-'])
        .map(|group| number::bodies_of(lexicon, group.trim()))
        .find(|bodies| bodies.iter().any(|body| body.local && *body.name == *issuer))?;
    let fits = |it: &&Named| bodies.iter().any(|body| body.name == it.base);
    let first = named.partition_point(|it| it.at < sentence.start);
    let near = named.get(first..).unwrap_or_default();
    let near = near.iter().take_while(|it| it.at < sentence.end).filter(fits);
    // What stands behind the name may be no part of it, where the text has it without as well.
    let name = |it: &Named| {
        let shorter = named
            .iter()
            .filter(fits)
            .filter(|other| other.placed && it.full.starts_with(&*other.full));
        shorter.map(|it| &it.full).min_by_key(|full| full.len()).unwrap_or(&it.full).clone()
    };
    near.min_by_key(|it| it.at.abs_diff(at)).map(name).or_else(|| one(named.iter().filter(fits)))
}

/// What all of them call, where they are one: the shortest that names a place, for what stands
/// behind it may be no part of the name (`Thành ủy Đà Nẵng Trần Văn A`).
fn one<'n>(named: impl Iterator<Item = &'n Named> + Clone) -> Option<String> {
    let placed = named.clone().filter(|it| it.placed);
    let Some(shortest) = placed.clone().map(|it| &it.full).min_by_key(|full| full.len()) else {
        return named.map(|it| &it.full).min_by_key(|full| full.len()).cloned();
    };
    placed.into_iter().all(|it| it.full.starts_with(&**shortest)).then(|| shortest.clone())
}

/// The local bodies that the text names, in its order.
fn bodies_named(lexicon: &Lexicon, tokens: &Tokens<'_>) -> Vec<Named> {
    // A text that names more has none that it could mean alone; the limit keeps the time linear.
    const MOST: usize = 500;
    let mut named = Vec::new();
    let mut at = 0;
    while at < tokens.len() && named.len() < MOST {
        at = match longest_body(&lexicon.bodies, tokens, at) {
            Some((end, body)) => {
                if body.local
                    && !names_chief(lexicon, tokens, at, end)
                    && let Some((full, _)) = tail::issuer(lexicon, tokens, at)
                {
                    let rest = full.strip_prefix(&*body.name);
                    let placed = rest.is_some_and(|rest| !is_general(lexicon, rest));
                    named.push(Named { at, base: body.name.clone(), full, placed });
                }
                end
            }
            None => at + 1,
        };
    }
    named
}

/// Whether the body belongs to an office whose holder is named behind it, where its place would be:
/// `Chủ tịch HĐND tỉnh Trương Bá Kiệm`.
fn names_chief(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    /// A chief is called by so many words at most.
    const WORDS: usize = 3;
    /// A name of so many words and more is a person's.
    const PERSON: usize = 3;
    let chief = (1..=WORDS).any(|back| {
        at.checked_sub(back).is_some_and(|start| {
            let chief = longest(&lexicon.chiefs, tokens, start).is_some_and(|(end, ())| end == at);
            chief || tokens.get(start).id == lexicon.words.chu && start + 2 == at
        })
    });
    let rank = tokens.get(end);
    let name = end + usize::from(rank.is_word() && !rank.is_capitalised());
    let capitals = (name..name + PERSON).filter(|at| tokens.get(*at).is_capitalised()).count();
    chief && capitals == PERSON && !tokens.get(name + PERSON).is_capitalised()
}

/// The tokens around a mention up to the ends of its sentence, within reason.
fn sentence(tokens: &Tokens<'_>, start: usize, end: usize) -> Range<usize> {
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
