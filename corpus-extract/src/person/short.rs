//! Later mentions by a part of the name alone: `Coats viết`, `Hải đến` after `Dan Coats`, `Nguyễn
//! Văn Hải`.
//!
//! What the other rules found is the evidence: a capitalised word that is the given name of a
//! Vietnamese, or the first or last word of a foreigner, is a mention where it stands alone. The
//! whole name counts wherever it stands.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::lexicon::{Family, Lexicon};
use super::resolve::Found;
use super::{name, office};
use crate::gazetteer::longest;
use crate::token::{Case, Token, Tokens};
use crate::vocabulary::Starts;

/// So many names with the same first word are compared at each place.
const SAME: usize = 4;

/// The names of a document, to be looked for again.
#[derive(Default)]
struct Known<'d> {
    /// Names of two words and more by their first word.
    full: FxHashMap<&'d str, Vec<Range<usize>>>,
    /// Given names of Vietnamese.
    given: FxHashSet<&'d str>,
    /// First and last words of foreign names.
    foreign: FxHashSet<&'d str>,
}

/// What was found, with the later mentions by a part of a name, in text order.
///
/// `finish` adds to each of these what the text says of them behind the name: `Wells từng làm Chủ tịch`.
pub(super) fn with_later(
    lexicon: &Lexicon,
    tokens: &Tokens<'_>,
    found: Vec<Found>,
    finish: impl Fn(Found) -> Found,
) -> Vec<Found> {
    let known = known(lexicon, tokens, &found);
    if known.full.is_empty() && known.foreign.is_empty() {
        return found;
    }
    let mut more: Vec<(Found, bool)> = Vec::new();
    let mut seen: FxHashSet<&str> = found
        .iter()
        .filter(|person| person.name.len() == 1)
        .map(|person| tokens.str(person.name.start))
        .collect();
    let mut covered = found.iter().map(Found::whole).peekable();
    for run in tokens.runs(|kind| kind.is_content()) {
        let mut at = run.start;
        loop {
            at = tokens.seek(at..run.end, Starts::CAPITAL.and(Starts::UPPER));
            if at >= run.end {
                break;
            }
            while covered.next_if(|range| range.end <= at).is_some() {}
            if let Some(range) = covered.peek().filter(|range| range.start <= at) {
                at = range.end;
                continue;
            }
            let most = covered.peek().map_or(run.end, |range| range.start.min(run.end));
            if let Some(end) = known.name(tokens, at).filter(|end| *end <= most) {
                more.push((Found::new(at..end), true));
                at = end;
                continue;
            }
            // Nearly always a small letter stands behind, and the run is one word.
            let next = tokens.get(at + 1);
            let alone =
                next.is_word() && next.case == Case::Lower && !lexicon.particles.contains(next.id);
            let end = if alone { at + 1 } else { name::run(lexicon, tokens, at) };
            let end = end.clamp(at + 1, most.max(at + 1));
            if end == at + 1
                && let Some(sure) = known.part(lexicon, tokens, at)
            {
                if sure {
                    seen.insert(tokens.str(at));
                }
                more.push((Found::new(at..end), sure));
            }
            at = end;
        }
    }
    for (person, _) in &mut more {
        person.offices.extend(office_before(lexicon, tokens, person.name.start));
    }
    // At the beginning of a sentence any word has a capital.
    more.retain(|(person, sure)| *sure || seen.contains(tokens.str(person.name.start)));
    let mut found = found;
    found.extend(more.into_iter().map(|(person, _)| finish(person)));
    found.sort_by_key(|person| person.name.start);
    found
}

/// The office that ends right in front of a part of a name: `Chủ tịch Wells` after `Peter Wells`.
fn office_before(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 6;
    let start = (1..=LONGEST.min(at))
        .take_while(|&back| tokens.before(at, back).is_word())
        .map(|back| at - back)
        .filter(|&start| office::begins_office(lexicon, tokens, start))
        .last()?;
    let sought = (1..=3).any(|back| {
        start.checked_sub(back).is_some_and(|before| {
            longest(&lexicon.sought, tokens, before).is_some_and(|(end, ())| end == start)
        })
    });
    let plural = lexicon.plurals.contains(tokens.before(start, 1).id);
    // Behind an office without organisation the name itself is taken for one.
    let office = office::office(lexicon, tokens, start)?;
    let head = longest(&lexicon.offices, tokens, start).is_some_and(|(end, ())| end == at);
    (!sought && !plural && (head || office.range.end == at)).then_some(start..at)
}

fn known<'d>(lexicon: &Lexicon, tokens: &Tokens<'d>, found: &[Found]) -> Known<'d> {
    let mut known = Known::default();
    for person in found {
        let range = person.name.clone();
        let (first, last) = (range.start, range.end - 1);
        let something = |at: usize| {
            lexicon.never_short.contains(tokens.get(at).id)
                || longest(&lexicon.abroad, tokens, at).is_some()
                || longest(&lexicon.companies, tokens, at).is_some()
        };
        let long = |at: usize| tokens.get(at).case != Case::Upper && tokens.get(at).span.len() > 2;
        // `Chủ tịch Hồ Chí Minh` is one, `thành phố Hồ Chí Minh` none.
        let other = longest(&lexicon.others, tokens, first).is_some_and(|(end, ())| end >= last);
        if range.len() > 1 && !other {
            let same = known.full.entry(tokens.str(first)).or_default();
            let again = |other: &Range<usize>| same_words(tokens, other, first) == Some(range.end);
            if same.len() < SAME && !same.iter().any(again) {
                same.push(range.clone());
            }
            // `Van Gogh` of `Vincent Van Gogh`.
            if range.len() > 2 && name::is_foreign(tokens, last) && tokens.str(last).len() > 2 {
                let same = known.full.entry(tokens.str(first + 1)).or_default();
                if same.len() < SAME {
                    same.push(first + 1..range.end);
                }
            }
        }
        if name::is_korean(lexicon, tokens, first) && !something(first) {
            known.given.insert(tokens.str(first));
        }
        if other {
            continue;
        }
        let vietnamese = lexicon.syllable(tokens.get(first).id).family != Family::No
            && !name::is_foreign(tokens, last);
        if vietnamese && range.len() > 1 {
            if !something(last) && tokens.get(last).case == Case::Capital {
                known.given.insert(tokens.str(last));
            }
        } else if range.len() > 1 || person.honorific.is_some() || !person.offices.is_empty() {
            for at in [first, last] {
                if name::is_foreign(tokens, at) && long(at) && !something(at) {
                    known.foreign.insert(tokens.str(at));
                }
            }
        }
    }
    known
}

/// The end of the words at `at` where they are those of a range.
fn same_words(tokens: &Tokens<'_>, name: &Range<usize>, at: usize) -> Option<usize> {
    name.clone()
        .zip(at..)
        .all(|(one, other)| tokens.str(one) == tokens.str(other))
        .then_some(at + name.len())
}

impl Known<'_> {
    /// The end of a known full name.
    fn name(&self, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
        let before = tokens.before(at, 1);
        if before.is_capitalised() && !name::starts_sentence(tokens, at - 1) {
            return None;
        }
        let same = self.full.get(tokens.str(at))?;
        let end = same.iter().filter_map(|name| same_words(tokens, name, at)).max()?;
        (!tokens.get(end).is_capitalised()).then_some(end)
    }

    /// Whether a part of a known name stands alone at a token, and whether surely.
    fn part(&self, lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<bool> {
        let written = tokens.str(at);
        let given = self.given.contains(written);
        if !given && !self.foreign.contains(written) {
            return None;
        }
        let (before, next) = (tokens.before(at, 1), tokens.get(at + 1));
        let begins = name::starts_sentence(tokens, at);
        let dash = |token: Token| token.is_mark('-') || token.is_mark('–');
        let inside = before.is_capitalised() && !name::starts_sentence(tokens, at - 1)
            || next.is_capitalised()
            || next.is_mark('&')
            || next.glued && next.is_word()
            || before.is_mark('@');
        // `cầu Thăng Long`, but `yêu cầu Comey`.
        let verb = at.checked_sub(2).is_some_and(|start| {
            longest(&lexicon.stops, tokens, start).is_some_and(|(end, ())| end == at)
        });
        let owned = !verb
            && (1..=2).any(|back| {
                at.checked_sub(back).is_some_and(|start| {
                    longest(&lexicon.not, tokens, start).is_some_and(|(end, ())| end == at)
                })
            });
        if inside || owned {
            return None;
        }
        if !given {
            return Some(true);
        }
        let word = longest(&lexicon.compounds, tokens, at).is_some()
            || longest(&lexicon.parts, tokens, at).is_some_and(|(end, _)| end > at + 1)
            || longest(&lexicon.places, tokens, at).is_some_and(|(end, ())| end > at + 1)
            || longest(&lexicon.offices, tokens, at).is_some();
        let acts = lexicon.acting.contains(next.id) && lexicon.syllable(tokens.get(at).id).given;
        (!word && !dash(before) && !dash(next)).then_some(!begins || acts)
    }
}
