//! Resolutions named by the meeting that passed them: a plenum of the Central Committee
//! (`Trung ương 4, 7 (khóa XI)`) or a congress (`Đại hội XII`).

use super::lexicon::Lexicon;
use crate::gazetteer::{longest, longest_body};
use crate::token::{Case, Tokens};

/// The most plenums and terms that are listed together.
const MOST: usize = 16;

/// A plenum, or several, of one term, or several.
#[derive(Clone, Debug, Default)]
pub(super) struct Plenum {
    pub(super) numbers: Vec<u32>,
    pub(super) terms: Vec<String>,
    /// The token behind it.
    pub(super) end: usize,
}

/// A congress of the Party, or of one of its organisations.
#[derive(Clone, Debug)]
pub(super) struct Congress {
    pub(super) term: String,
    /// Whose congress: tokens, empty for the Party's own.
    pub(super) body: std::ops::Range<usize>,
    pub(super) end: usize,
}

/// `[Hội nghị] [lần thứ bảy] [Ban Chấp hành] Trung ương [Đảng] [4, 7] [(khóa XI)]`.
///
/// None without the committee, or when neither a number nor a term is given.
pub(super) fn plenum(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<Plenum> {
    let words = &lexicon.words;
    let mut plenum = Plenum::default();
    let mut at = at;
    let meeting = tokens.get(at).id == words.hoi && tokens.get(at + 1).id == words.nghi;
    if meeting {
        at += 2;
        if let Some((number, end)) = nth(lexicon, tokens, at) {
            plenum.numbers.push(number);
            at = end;
        }
        // `Hội nghị lần thứ bảy của Ban Chấp hành`.
        if tokens.get(at).id == words.cua {
            at += 1;
        }
    }
    let (end, body) = longest_body(&lexicon.bodies, tokens, at)?;
    if &*body.name != "Ban Chấp hành Trung ương" {
        return None;
    }
    at = end;
    if plenum.numbers.is_empty() {
        if let Some((number, end)) = nth(lexicon, tokens, at) {
            plenum.numbers.push(number);
            at = end;
        } else {
            (plenum.numbers, at) = plain_numbers(lexicon, tokens, at);
        }
    }
    if let Some((terms, end)) = terms(lexicon, tokens, at) {
        plenum.terms = terms;
        at = end;
    }
    plenum.end = at;
    (!plenum.numbers.is_empty() || !plenum.terms.is_empty()).then_some(plenum)
}

/// `4`, `4, 7`, `6 và 7` behind the committee: numbers of one or two digits.
fn plain_numbers(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> (Vec<u32>, usize) {
    let plain = |at: usize| {
        let number = tokens.number(at).filter(|_| tokens.get(at).digits() <= 2)?;
        let next = tokens.get(at + 1);
        let joined = next.glued && !next.is_mark(')') && tokens.get(at + 2).glued;
        (!joined || next.is_mark('(') || next.is_mark('”')).then_some(number)
    };
    let Some(first) = plain(at) else { return (Vec::new(), at) };
    let mut numbers = vec![first];
    let mut end = at + 1;
    while numbers.len() < MOST
        && (tokens.get(end).is_mark(',') || tokens.get(end).id == lexicon.words.va)
    {
        // What is counted is no plenum: `Trung ương 4, 12 tỉnh`.
        let Some(number) = plain(end + 1).filter(|_| {
            let next = tokens.get(end + 2);
            !next.is_word() || next.id == lexicon.words.khoa || lexicon.may_follow(next.id)
        }) else {
            break;
        };
        numbers.push(number);
        end += 2;
    }
    (numbers, end)
}

/// `lần thứ bảy`, `lần thứ 7`, `lần thứ VII`, `lần 7`, `thứ bảy`.
fn nth(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    let words = &lexicon.words;
    let mut end = at;
    if tokens.get(end).id == words.lan {
        end += 1;
    }
    if tokens.get(end).id == words.thu {
        end += 1;
    }
    if end == at {
        return None;
    }
    // Nothing is the zeroth.
    let ordinal = |number: &u32| *number > 0 && tokens.get(end).digits() <= 2;
    if let Some(number) = tokens.number(end).filter(ordinal) {
        return Some((number, end + 1));
    }
    if let Some(number) = roman(tokens, end) {
        return Some((number, end + 1));
    }
    let (end, &number) = longest(&lexicon.ordinals, tokens, end)?;
    Some((number, end))
}

/// `khóa XI`, `(khóa XI)`, `, khóa XI`, `khóa XI, XII`, `khóa XI và khóa XII`, `(XII)`, `khóa 12`.
pub(super) fn terms(
    lexicon: &Lexicon,
    tokens: &Tokens<'_>,
    at: usize,
) -> Option<(Vec<String>, usize)> {
    let words = &lexicon.words;
    let mut at = at;
    let open = tokens.get(at).is_mark('(');
    if open || tokens.get(at).is_mark(',') {
        at += 1;
    }
    let named = tokens.get(at).id == words.khoa;
    if named {
        at += 1;
    } else if !open {
        return None;
    }
    let mut terms = vec![term(lexicon, tokens, at).filter(|_| named || tokens.get(at).is_word())?];
    at += 1;
    while terms.len() < MOST {
        let joined = tokens.get(at).is_mark(',') || tokens.get(at).id == words.va;
        let next = at + 1 + usize::from(tokens.get(at + 1).id == words.khoa);
        match term(lexicon, tokens, next).filter(|_| joined && tokens.get(next).is_word()) {
            Some(term) => terms.push(term),
            None => break,
        }
        at = next + 1;
    }
    if open {
        if !tokens.get(at).is_mark(')') {
            // `(khóa XII, tháng 10/2016)` says more than the term; the mention ends before it.
            return named.then_some((terms, at));
        }
        at += 1;
    }
    Some((terms, at))
}

/// One term as Roman numerals, however it is written.
fn term(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<String> {
    let plausible = |number: &u32| (1..=30).contains(number);
    let number = roman(tokens, at)
        .or_else(|| tokens.number(at).filter(|_| tokens.get(at).digits() <= 2))
        .or_else(|| lexicon.ordinals.longest([tokens.get(at).id]).map(|(_, &number)| number));
    number.filter(plausible).map(to_roman)
}

/// `Đại hội [đại biểu] [toàn quốc] [Đảng bộ …] [lần thứ] XII`.
pub(super) fn congress(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<Congress> {
    let words = &lexicon.words;
    if tokens.get(at).id != words.dai || tokens.get(at + 1).id != words.hoi {
        return None;
    }
    // A name longer than this is none; the limit keeps the time linear.
    const LONGEST: usize = 16;
    let mut body = 0..0;
    let mut end = at + 2;
    while end < at + LONGEST {
        if let Some((number, end)) = nth(lexicon, tokens, end) {
            return Some(Congress { term: to_roman(number), body, end });
        }
        if let Some(number) = roman(tokens, end).filter(|number| (1..=40).contains(number)) {
            return Some(Congress { term: to_roman(number), body, end: end + 1 });
        }
        let token = tokens.get(end);
        let general = [words.bieu, words.toan, words.quoc, words.dai].contains(&token.id)
            || token.id == words.dang && tokens.get(end + 1).id != words.bo;
        if !(token.is_word() || token.is_mark('-') || token.is_mark('–')) {
            return None;
        }
        if general && body.is_empty() {
            end += 1;
            continue;
        }
        body = if body.is_empty() { end..end + 1 } else { body.start..end + 1 };
        end += 1;
    }
    None
}

/// The value of a Roman number in capitals.
fn roman(tokens: &Tokens<'_>, at: usize) -> Option<u32> {
    let token = tokens.get(at);
    if !token.is_word()
        || token.case != Case::Upper
        || tokens.get(at + 1).glued && tokens.get(at + 1).is_number()
    {
        return None;
    }
    let letters = tokens.str(at);
    let mut value = 0;
    let mut last = u32::MAX;
    for letter in letters.chars() {
        let digit = match letter {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            _ => return None,
        };
        value += digit;
        if last < digit {
            value = value.checked_sub(2 * last)?;
        }
        last = digit;
    }
    // Only the usual spelling: neither `IIX` nor `VV`.
    (to_roman(value) == letters).then_some(value)
}

/// A number in Roman numerals; those above 89 do not occur.
pub(super) fn to_roman(number: u32) -> String {
    const DIGITS: [(u32, &str); 7] =
        [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut rest = number.min(89);
    let mut text = String::new();
    for (value, digit) in DIGITS {
        while rest >= value {
            text.push_str(digit);
            rest -= value;
        }
    }
    text
}
