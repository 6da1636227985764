//! Short forms and what they mean: `Nghị quyết này`, `Quyết định 217` after `217-QĐ/TW`.

use corpus_model::{DirectiveRef, Span};
use rustc_hash::FxHashMap;

/// A mention as it was read.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) span: Span,
    pub(super) refs: Vec<DirectiveRef>,
    /// Whether it only points: `Nghị quyết này`.
    pub(super) pointer: bool,
}

/// Completes short forms from the mentions before them, in one pass.
///
/// A pointer means the last directive of its type, and is dropped where there is none. A number
/// means the last directive of the same type and number that said more, if nothing that both say
/// differs.
pub(super) fn resolve(found: Vec<Found>) -> Vec<(Span, Vec<DirectiveRef>, Option<Span>)> {
    let mut by_number: FxHashMap<(String, u32), (Span, DirectiveRef)> = FxHashMap::default();
    let mut by_kind: FxHashMap<String, (Span, DirectiveRef)> = FxHashMap::default();
    let mut resolved = Vec::with_capacity(found.len());
    for Found { span, mut refs, pointer } in found {
        let mut antecedent = None;
        if pointer {
            let kind = refs.first().and_then(|reference| reference.kind.clone());
            let meant = kind.and_then(|kind| by_kind.get(&kind));
            let Some((earlier, reference)) = meant else { continue };
            refs = vec![reference.clone()];
            resolved.push((span, refs, Some(*earlier)));
            continue;
        }
        for reference in &mut refs {
            let (Some(kind), Some(number)) = (reference.kind.clone(), reference.number) else {
                if let Some(kind) = reference.kind.clone()
                    && (reference.plenum.is_some()
                        || reference.term.is_some()
                        || reference.title.is_some())
                {
                    by_kind.insert(kind, (span, whole(reference)));
                }
                continue;
            };
            let key = (kind.clone(), number);
            if let Some((earlier, full)) = by_number.get(&key)
                && agrees(reference, full)
                && says_less(reference, full)
            {
                antecedent = antecedent.or(Some(*earlier));
                fill(reference, full);
            }
            by_kind.insert(kind, (span, whole(reference)));
            match by_number.get_mut(&key) {
                // The fullest mention stays the one that later short forms are filled from.
                Some((_, full)) if agrees(reference, full) && !says_less(full, reference) => {}
                Some(entry) => *entry = (span, whole(reference)),
                None => {
                    by_number.insert(key, (span, whole(reference)));
                }
            }
        }
        resolved.push((span, refs, antecedent));
    }
    resolved
}

/// A reference to the directive as a whole, without the place inside it.
fn whole(reference: &DirectiveRef) -> DirectiveRef {
    let mut reference = reference.clone();
    reference.article = None;
    reference.clause = None;
    reference.point = None;
    reference
}

/// Whether nothing that both say differs.
fn agrees(a: &DirectiveRef, b: &DirectiveRef) -> bool {
    fn same<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
        match (a, b) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        }
    }
    same(&a.symbol, &b.symbol)
        && same(&a.year, &b.year)
        && same(&a.issuer, &b.issuer)
        && same(&a.date, &b.date)
        && same(&a.term, &b.term)
}

/// Whether `b` says something that `a` leaves out.
fn says_less(a: &DirectiveRef, b: &DirectiveRef) -> bool {
    let less = |a: bool, b: bool| !a && b;
    less(a.symbol.is_some(), b.symbol.is_some())
        || less(a.issuer.is_some(), b.issuer.is_some())
        || less(a.date.is_some(), b.date.is_some())
        || less(a.year.is_some(), b.year.is_some())
        || less(a.plenum.is_some(), b.plenum.is_some())
        || less(a.term.is_some(), b.term.is_some())
        || less(a.title.is_some(), b.title.is_some())
}

/// Takes what a short form leaves out from the mention it means.
fn fill(short: &mut DirectiveRef, full: &DirectiveRef) {
    if short.symbol.is_none() && full.symbol.is_some() {
        short.symbol.clone_from(&full.symbol);
        short.number_text.clone_from(&full.number_text);
    }
    short.issuer = short.issuer.take().or_else(|| full.issuer.clone());
    short.date = short.date.or(full.date);
    short.year = short.year.or(full.year);
    short.plenum = short.plenum.or(full.plenum);
    short.term = short.term.take().or_else(|| full.term.clone());
    short.title = short.title.take().or_else(|| full.title.clone());
}
