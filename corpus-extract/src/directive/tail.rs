//! What stands behind the number of a directive: date, issuer, meeting; then the [`title`].

use corpus_model::Span;
use corpus_model::chrono::NaiveDate;

use super::lexicon::Lexicon;
use super::{meeting, title};
use crate::gazetteer::{longest, longest_body};
use crate::token::{Case, TokenKind, Tokens};

/// What was found behind a number.
#[derive(Clone, Debug, Default)]
pub(super) struct Tail {
    pub(super) date: Option<NaiveDate>,
    pub(super) year: Option<i32>,
    pub(super) issuer: Option<String>,
    pub(super) plenum: Option<u32>,
    pub(super) term: Option<String>,
    pub(super) title: Option<Span>,
    /// The token behind all of it.
    pub(super) end: usize,
}

/// Reads on from the token behind a number until something stands there that is no part of it.
///
/// Behind a `full` number, one with a symbol, `quy định …` is taken for the title; elsewhere it is
/// more often what the directive says. Several issuers are read where the symbol names several.
pub(super) fn tail(
    lexicon: &Lexicon,
    tokens: &Tokens<'_>,
    at: usize,
    full: bool,
    joint: bool,
) -> Tail {
    let words = &lexicon.words;
    let mut tail = Tail::default();
    let mut at = at;
    // Date, year, issuer, meeting, term, each once at most.
    for _ in 0..6 {
        let token = tokens.get(at);
        let open = token.is_mark('(');
        let start = at + usize::from(open || token.is_mark(','));
        if let Some((date, end)) = date(lexicon, tokens, start).filter(|_| tail.date.is_none()) {
            tail.date = Some(date);
            at = end + usize::from(open && tokens.get(end).is_mark(')'));
        } else if let Some((terms, end)) = meeting::terms(lexicon, tokens, at) {
            tail.term = terms.into_iter().next();
            at = end;
        } else if tokens.get(start).id == words.ngay
            && let Some(end) = half_date(tokens, start + 1)
        {
            at = end;
        } else if tokens.get(at).id == words.nam && tokens.get(at + 1).digits() == 4 {
            tail.year = tokens.number(at + 1).map(|year| year as i32);
            at += 2;
        } else if let Some(plenum) =
            meeting::plenum(lexicon, tokens, start + usize::from(tokens.get(start).id == words.cua))
                .filter(|_| tail.issuer.is_none())
        {
            tail.issuer = Some("Ban Chấp hành Trung ương".to_owned());
            tail.plenum = plenum.numbers.first().copied();
            tail.term = plenum.terms.into_iter().next();
            at = plenum.end;
        } else if tokens.get(start).id == words.cua && tail.issuer.is_none() {
            let Some((mut named, mut end)) = issuer(lexicon, tokens, start + 1) else { break };
            // `của Bộ Tư pháp, Bộ Công an và Bộ Tài chính`.
            // `của Tỉnh ủy Sơn La và Tỉnh ủy Điện Biên`: two of a kind, whatever the symbol says.
            const MOST: usize = 8;
            let body = |at: usize| {
                longest_body(&lexicon.bodies, tokens, at)
                    .map(|(_, body)| body)
                    .filter(|it| it.local)
            };
            let alike = body(start + 1).is_some() && body(start + 1) == body(end + 1);
            for _ in 0..if joint || alike { MOST } else { 0 } {
                let joined = tokens.get(end).is_mark(',')
                    || tokens.get(end).is_mark('-')
                    || tokens.get(end).id == words.va;
                let more = issuer(lexicon, tokens, end + 1).filter(|_| joined);
                let Some((other, after)) = more else { break };
                named = format!("{named}, {other}");
                end = after;
            }
            tail.issuer = Some(named);
            at = end;
        } else {
            break;
        }
    }
    tail.end = at;
    if let Some((title, end)) = title::title(lexicon, tokens, at, full) {
        tail.title = Some(title);
        tail.end = end;
    }
    tail
}

/// A day with its year: `ngày 30/7/2021`, `05-12-2013`, `ngày 25 tháng 1 năm 2017`.
fn date(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<(NaiveDate, usize)> {
    let words = &lexicon.words;
    let at = at + usize::from(tokens.get(at).id == words.ngay);
    let day = tokens.number(at)?;
    let (month, year, end) = if tokens.get(at + 1).id == words.thang {
        let mut year = at + 3;
        if tokens.get(year).is_mark(',') {
            year += 1;
        }
        if tokens.get(year).id != words.nam {
            return None;
        }
        (tokens.number(at + 2)?, year + 1, year + 2)
    } else {
        let separator = tokens.get(at + 1);
        let same = separator.kind == tokens.get(at + 3).kind
            && ['/', '-', '.', '–'].into_iter().any(|mark| separator.is_mark(mark));
        if !same {
            return None;
        }
        (tokens.number(at + 2)?, at + 4, at + 5)
    };
    let year = tokens.number(year).filter(|_| tokens.get(year).digits() == 4)?;
    Some((NaiveDate::from_ymd_opt(year as i32, month, day)?, end))
}

/// A day without its year is passed over: what year it is, the dates of the document tell.
fn half_date(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let separator = tokens.get(at + 1);
    let separated = ['/', '-', '.'].into_iter().any(|mark| separator.is_mark(mark));
    (tokens.get(at).is_number() && separated && tokens.get(at + 2).is_number()).then_some(at + 3)
}

/// The body named at a token, in its one spelling, and the token behind it.
///
/// A body of the gazetteers, completed by a place where there are many of the kind; else a name
/// that begins with a word for organisations and goes on in capital letters.
pub(super) fn issuer(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<(String, usize)> {
    // `của Bộ trưởng Bộ Y tế`: the ministry; `của Giám đốc` alone is nobody.
    let at = match longest(&lexicon.chiefs, tokens, at) {
        Some((end, ())) if longest_body(&lexicon.bodies, tokens, at).is_none() => end,
        _ => at,
    };
    if let Some((end, body)) = longest_body(&lexicon.bodies, tokens, at) {
        let mut place = if body.local { name_end(lexicon, tokens, end) } else { end };
        // No place is two: `HĐND tỉnh Vân Hồ và Giám đốc Sở …`.
        if body.local
            && let Some(and) = (end..place).find(|at| tokens.get(*at).id == lexicon.words.va)
        {
            place = and;
        }
        let mut name = body.name.to_string();
        if place > end {
            name.push(' ');
            name.push_str(tokens.slice(tokens.span(end..place)));
        }
        return Some((name, place));
    }
    let (end, ()) = longest(&lexicon.organisations, tokens, at)?;
    let name = name_end(lexicon, tokens, end);
    // Where a name of one syllable ends and the sentence goes on, nobody can say: `Cục Xúc tiến …`.
    let token = tokens.get(name);
    let cut = name == end + 1
        && token.is_word()
        && token.case == Case::Lower
        && tokens.get(end).case == Case::Capital
        && !lexicon.may_follow(token.id)
        && longest(&lexicon.issuing, tokens, name).is_none()
        && longest(&lexicon.heads, tokens, name).is_none();
    (name > end && !cut).then(|| {
        let written = tokens.slice(tokens.span(at..name));
        let mut letters = written.chars();
        // `bộ Công thương` is the same as `Bộ Công thương`.
        let name_text: String = letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect())
            .unwrap_or_default();
        (name_text, name)
    })
}

/// The end of a run of capitalised words, words for places among them: `tỉnh Nghệ An`, `TP. Huế`,
/// `Tài chính – Kế hoạch`.
pub(super) fn name_end(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> usize {
    // A name longer than this is none; the limit keeps the time linear.
    const LONGEST: usize = 14;
    let words = &lexicon.words;
    let mut end = at;
    let mut next = at;
    // A place's name has no small letters: `tỉnh Phú Thọ giao Sở Tài chính …`.
    let mut place = false;
    while next < at + LONGEST {
        let token = tokens.get(next);
        // `Sở Du lịch công bố`.
        let compound = longest(&lexicon.compounds, tokens, next);
        if let Some((after, ())) = compound.filter(|_| token.case == Case::Capital) {
            (next, end) = (after, after);
        } else if token.is_capitalised() || token.is_word() && token.case == Case::Mixed {
            next += 1;
            // `TP. Huế`: the point of an abbreviation.
            if tokens.get(next).is_mark('.')
                && tokens.get(next).glued
                && longest(&lexicon.places, tokens, next - 1).is_some()
                && tokens.get(next + 1).is_capitalised()
            {
                next += 1;
                continue;
            }
            end = next;
            // The second syllable of a word is often small: `Tài chính`, `Kế hoạch`.
            if tokens.get(next).is_word()
                && tokens.get(next).case == Case::Lower
                && token.case == Case::Capital
                && !place
                && longest(&lexicon.organisations, tokens, next + 1).is_none()
                && !lexicon.may_follow(tokens.get(next).id)
                && tokens.get(next).id != words.va
                && (tokens.get(next + 1).kind != TokenKind::Word
                    || tokens.get(next + 1).is_capitalised()
                    || lexicon.may_follow(tokens.get(next + 1).id)
                    || tokens.get(next + 1).id == words.va)
                && longest(&lexicon.places, tokens, next).is_none()
            {
                next += 1;
                end = next;
            }
        } else if let Some((after, ())) = longest(&lexicon.places, tokens, next) {
            next = after;
            place = true;
            // `UBND tỉnh` alone is the body of the province spoken of.
            end = if tokens.get(next).is_capitalised() { end } else { next };
            if end == next {
                break;
            }
        } else if (token.id == words.va
            || token.is_mark('-')
            || token.is_mark('–')
            || token.is_mark('&'))
            && tokens.get(next + 1).is_capitalised()
            && end == next
            && next > at
            // `Tỉnh ủy Quảng Ninh và Thành ủy Đà Nẵng`: two bodies.
            && (token.id != words.va || longest_body(&lexicon.bodies, tokens, next + 1).is_none())
        {
            next += 1;
        } else {
            break;
        }
    }
    end
}
