//! Offices that one person cannot hold at once.

use std::ops::Range;

use super::is_prefix;
use super::joint::place;
use crate::gazetteer::longest;
use crate::person::lexicon::Lexicon;
use crate::token::Tokens;
use crate::vocabulary::Phrases;

/// Whether the holder of an office serves that of an office of state, which begins at a token behind
/// `của`: `người phát ngôn của Tổng thống`.
pub(in crate::person) fn serves_holder(
    lexicon: &Lexicon,
    tokens: &Tokens<'_>,
    office: &Range<usize>,
    at: usize,
) -> bool {
    longest(&lexicon.helpers, tokens, office.start).is_some()
        && longest(&lexicon.states, tokens, at).is_some()
        && longest(&lexicon.helpers, tokens, at).is_none()
}

/// The same of an office of no state, which its organisation makes one: `người phát ngôn của chủ tịch Ủy ban
/// Phân bổ ngân sách,`.
pub(in crate::person) fn serves_chief(
    lexicon: &Lexicon,
    tokens: &Tokens<'_>,
    office: &Range<usize>,
    at: usize,
) -> bool {
    let chief = |it: &super::Office| {
        !it.name_follows && it.range.len() > 3 && tokens.get(it.range.end).is_mark(',')
    };
    longest(&lexicon.helpers, tokens, office.start).is_some()
        && super::office(lexicon, tokens, at).as_ref().is_some_and(chief)
}

/// Whether two offices that a comma joins in front of a name are those of two people: the highest
/// of two kinds (`Thủ tướng, Tổng thống`), or offices of two countries. `kiêm` joins any.
pub(in crate::person) fn are_rivals(
    lexicon: &Lexicon,
    tokens: &Tokens<'_>,
    one: &Range<usize>,
    next: &Range<usize>,
) -> bool {
    if (one.end..next.start).any(|at| tokens.get(at).id == lexicon.words.kiem) {
        return false;
    }
    let head = |phrases: &Phrases<()>, office: &Range<usize>| {
        let past = is_prefix(lexicon, tokens, office.start);
        let start = office.start + usize::from(past);
        longest(phrases, tokens, start).map(|(end, ())| (tokens.ids(start).take(end - start), past))
    };
    let country = |office: &Range<usize>| {
        let at = office.clone().find(|&at| place(lexicon, tokens, at).is_some_and(|it| it.1))?;
        let (end, _) = place(lexicon, tokens, at)?;
        Some(tokens.ids(at).take(end - at))
    };
    if let (Some((one, false)), Some((next, false))) =
        (head(&lexicon.soles, one), head(&lexicon.soles, next))
        && !one.eq(next)
    {
        return true;
    }
    // A president is nothing else besides: `cuộc gặp Chủ tịch Quốc hội Lào, Tổng thống Putin …`.
    let president = |office: &Range<usize>| {
        let (first, second) = (tokens.get(office.start).id, tokens.get(office.start + 1).id);
        (first, second) == (lexicon.words.tong, lexicon.words.thong)
    };
    if president(next) && !is_prefix(lexicon, tokens, one.start) {
        return true;
    }
    let of_state = |office| head(&lexicon.states, office).is_some();
    of_state(one)
        && of_state(next)
        && country(one).zip(country(next)).is_some_and(|(one, next)| !one.eq(next))
}
