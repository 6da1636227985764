//! Short forms and what they mean: `Nghị quyết này`, `Quyết định 217` after `217-QĐ/TW`, `Luật Đất đai`
//! after `Luật Đất đai 2013`.

use std::hash::Hash;
use std::ops::Range;

use corpus_model::{DirectiveRef, Span};
use corpus_text::key;
use rustc_hash::FxHashMap;

use super::lexicon::Lexicon;
use crate::token::Tokens;

/// A mention as it was read.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) span: Span,
    pub(super) tokens: Range<usize>,
    /// The token behind date, issuer and title.
    pub(super) tail: usize,
    pub(super) refs: Vec<DirectiveRef>,
    /// Whether it only points: `Nghị quyết này`.
    pub(super) pointer: bool,
}

/// A mention with what it means.
#[derive(Debug)]
pub(super) struct Resolved {
    pub(super) span: Span,
    pub(super) refs: Vec<DirectiveRef>,
    pub(super) antecedent: Option<Span>,
}

/// What was named before.
#[derive(Debug, Default)]
struct Known {
    by_number: FxHashMap<(String, u32), (Span, DirectiveRef)>,
    by_title: FxHashMap<(String, String), (Span, DirectiveRef)>,
    by_kind: FxHashMap<String, (Span, DirectiveRef)>,
    /// The last of any type.
    last: Option<(Span, DirectiveRef)>,
    /// The last law or the like, whose articles may follow without its name, and the token behind it.
    statute: Option<(Span, DirectiveRef, usize)>,
}

/// How far behind its law an article may stand alone, in tokens.
const TO_ARTICLE: usize = 300;

/// Types that are quoted by articles.
const IN_ARTICLES: [&str; 7] =
    ["luật", "bộ luật", "pháp lệnh", "hiến pháp", "nghị định", "thông tư", "thông tư liên tịch"];

/// Completes short forms from the mentions before them, in one pass; a pointer without anything that
/// it could mean is none.
///
/// A pointer means the last directive of its type. A number means the last directive of the same
/// type and number that said more, if nothing that both say differs; a title likewise.
pub(super) fn resolve(
    lexicon: &Lexicon,
    tokens: &Tokens<'_>,
    found: Vec<Found>,
) -> Vec<Option<Resolved>> {
    let mut known = Known::default();
    let mut statute = None;
    let mut resolved = Vec::with_capacity(found.len());
    for Found { span, tokens: place, mut refs, pointer, .. } in found {
        let places = refs.first().is_some_and(has_place);
        if pointer && places && *statute.get_or_insert_with(|| is_statute(lexicon, tokens)) {
            // In a statute `Điều 5 của Luật này` is the statute itself.
            resolved.push(Some(Resolved { span, refs, antecedent: None }));
            continue;
        }
        if pointer {
            let kind = refs.first().and_then(|reference| reference.kind.as_ref());
            // `Văn bản này` may be of any type.
            let meant = match kind {
                Some(kind) => known.by_kind.get(kind),
                None => known.last.as_ref(),
            };
            resolved.push(match meant {
                Some((earlier, whole)) => {
                    let meant = |place: DirectiveRef| {
                        let mut meant = whole.clone();
                        (meant.article, meant.clause, meant.point) =
                            (place.article, place.clause, place.point);
                        meant
                    };
                    let refs = refs.into_iter().map(meant).collect();
                    Some(Resolved { span, refs, antecedent: Some(*earlier) })
                }
                None => places.then_some(Resolved { span, refs, antecedent: None }),
            });
            continue;
        }
        // `Khoản 2 Điều 104` behind `Điều 104 Bộ luật Hình sự`: of the law that the text speaks of.
        if refs.iter().all(|it| is_bare(it) && it.article.is_some())
            && let Some((earlier, whole, end)) = &known.statute
            && place.start.saturating_sub(*end) <= TO_ARTICLE
            // `Điều 5 của quy ước`
            && tokens.get(place.end).id != lexicon.words.cua
            && !*statute.get_or_insert_with(|| is_statute(lexicon, tokens))
        {
            let meant = |bare: &mut DirectiveRef| {
                let mut meant = whole.clone();
                (meant.article, meant.clause, meant.point) =
                    (bare.article.take(), bare.clause.take(), bare.point.take());
                *bare = meant;
            };
            refs.iter_mut().for_each(meant);
            resolved.push(Some(Resolved { span, refs, antecedent: Some(*earlier) }));
            continue;
        }
        let mut antecedent = None;
        for reference in &mut refs {
            antecedent = antecedent.or(known.complete(span, place.end, reference));
        }
        resolved.push(Some(Resolved { span, refs, antecedent }));
    }
    resolved
}

impl Known {
    /// Completes a reference from what it means, and remembers it.
    fn complete(&mut self, span: Span, end: usize, reference: &mut DirectiveRef) -> Option<Span> {
        let kind = reference.kind.clone()?;
        let mut antecedent = None;
        if let Some(number) = reference.number {
            let slot = (kind.clone(), number);
            antecedent = join(&mut self.by_number, slot, span, reference);
        } else if let Some(title) = reference.title.as_deref().map(|it| key(it).into_owned()) {
            let slot = (kind.clone(), title);
            antecedent = join(&mut self.by_title, slot, span, reference);
        }
        let named = reference.number.is_some()
            || reference.plenum.is_some()
            || reference.term.is_some()
            || reference.title.is_some();
        if named {
            if IN_ARTICLES.contains(&kind.as_str()) {
                self.statute = Some((span, whole(reference), end));
            }
            self.last = Some((span, whole(reference)));
            self.by_kind.insert(kind, (span, whole(reference)));
        }
        antecedent
    }
}

/// Completes a reference from the one known under the same name, and keeps the fuller of them, which
/// later short forms are filled from.
fn join<K: Eq + Hash>(
    known: &mut FxHashMap<K, (Span, DirectiveRef)>,
    slot: K,
    span: Span,
    reference: &mut DirectiveRef,
) -> Option<Span> {
    let mut antecedent = None;
    if let Some((earlier, full)) = known.get(&slot) {
        if agrees(reference, full) && says_less(reference, full) {
            antecedent = Some(*earlier);
            fill(reference, full);
        }
        if agrees(reference, full) && !says_less(full, reference) {
            return antecedent;
        }
    }
    known.insert(slot, (span, whole(reference)));
    antecedent
}

/// Whether it says nothing but a place.
fn is_bare(reference: &DirectiveRef) -> bool {
    reference.kind.is_none() && reference.number.is_none() && reference.title.is_none()
}

fn has_place(reference: &DirectiveRef) -> bool {
    reference.article.is_some() || reference.clause.is_some() || reference.point.is_some()
}

/// Whether the text is itself a statute: two of its lines begin with `Điều 1.` and the like.
fn is_statute(lexicon: &Lexicon, tokens: &Tokens<'_>) -> bool {
    let heading = |at: &usize| {
        tokens.get(*at).id == lexicon.words.dieu
            && tokens.before(*at, 1).is_break()
            && tokens.get(at + 1).is_number()
            && (tokens.get(at + 2).is_mark('.') || tokens.get(at + 2).is_mark(':'))
    };
    (0..tokens.len()).filter(heading).nth(1).is_some()
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
        && (same(&a.issuer, &b.issuer) || only_symbol(a) || only_symbol(b))
        && same(&a.date, &b.date)
        && same(&a.term, &b.term)
}

/// Whether the issuer is all that a symbol like `NQ/TW` says, which several bodies share.
fn only_symbol(it: &DirectiveRef) -> bool {
    let central = it.symbol.as_ref().is_some_and(|it| it.ends_with("TW") || it.ends_with("TƯ"));
    central && matches!(it.issuer.as_deref(), Some("Trung ương Đảng" | "Ban Chấp hành Trung ương"))
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
    if short.issuer.is_none() || only_symbol(short) && full.issuer.is_some() {
        short.issuer.clone_from(&full.issuer);
    }
    short.date = short.date.or(full.date);
    short.year = short.year.or(full.year);
    short.plenum = short.plenum.or(full.plenum);
    short.term = short.term.take().or_else(|| full.term.clone());
    short.amended = short.amended.or(full.amended);
    short.title = short.title.take().or_else(|| full.title.clone());
}
