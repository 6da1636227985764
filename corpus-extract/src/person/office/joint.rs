//! What an organisation's name goes on with: places, words in lower case, what joins its parts.

use std::ops::Range;

use super::begins_office;
use crate::gazetteer::{longest, longest_joined};
use crate::person::lexicon::{Lexicon, Part};
use crate::person::name;
use crate::token::{Case, TokenKind, Tokens};

/// The end of the place, or of the head of an organisation, at which an office is held.
pub(super) fn seat(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let head = || longest(&lexicon.parts, tokens, at).filter(|(_, part)| part.head);
    place(lexicon, tokens, at)
        .or_else(|| region(lexicon, tokens, at))
        .map(|(end, _)| end)
        .or_else(|| head().map(|(end, _)| end))
}

/// The end of a place behind its rank, and whether it is abroad: `khu vực châu Á` of `Tư lệnh Mỹ tại khu vực châu Á`.
pub(super) fn region(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<(usize, bool)> {
    let (end, _) = longest(&lexicon.parts, tokens, at).filter(|(_, part)| part.place)?;
    place(lexicon, tokens, end)
}

/// The end of a few words in lower case that complete an organisation's name or a domain: `Trung tâm chống
/// ngập`, `Công ty lữ hành`.
///
/// They are words of no list and no verbs that a sentence goes on with, so they must end where a name
/// does: at a mark, before a capital, or before the rank of a place (`xã Bản Công`).
pub(super) fn gap(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    const LONGEST: usize = 8;
    let end = at + lower_run(lexicon, tokens, at, LONGEST);
    let next = tokens.get(end);
    let ends = next.is_capitalised()
        || matches!(next.kind, TokenKind::Mark(',' | '-' | '–' | '(' | ')' | ';' | '.' | ':'))
        || ranks_place(lexicon, tokens, end);
    // `chiến dịch chống khủng bố của Cơ quan …`.
    let of = next.id == lexicon.words.cua
        && (tokens.get(end + 1).is_capitalised()
            || longest(&lexicon.parts, tokens, end + 1).is_some_and(|(_, part)| part.head));
    (end > at && end <= at + LONGEST && (ends || of)).then_some(end)
}

/// The end of the words of no list that say what the holder of an office behind a name is in charge
/// of: `giám đốc mảng thiết bị bay của …`, `kiểm sát viên cao cấp)`.
pub(super) fn domain_of_none(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    const LONGEST: usize = 8;
    let words = &lexicon.words;
    let head = |at: usize| longest(&lexicon.parts, tokens, at).is_some_and(|(_, part)| part.head);
    let end = at + lower_run(lexicon, tokens, at, LONGEST);
    // `trưởng phòng tư vấn tuyển dụng công ty …`: the organisation is read for itself.
    let end = (at + 2..end).find(|&at| head(at)).unwrap_or(end);
    let next = tokens.get(end);
    let joined = next.id == words.va && longest(&lexicon.parts, tokens, end + 1).is_some();
    let named = next.is_capitalised()
        && (name::full(lexicon, tokens, end, true).is_some()
            || name::foreign(lexicon, tokens, end).is_some_and(|name| name > end + 1));
    let ends = next.is_capitalised()
        || matches!(next.kind, TokenKind::Mark(',' | '-' | '–' | '(' | ')' | ';'))
        || [words.cua, words.thuoc, words.tai, words.o].contains(&next.id)
        || joined
        || head(end)
        || ranks_place(lexicon, tokens, end);
    // One syllable is a verb or an adjective as often.
    (end > at + 1 && end <= at + LONGEST && ends && !named).then_some(end)
}

/// How many words in lower case stand at a token that a sentence does not go on with.
fn lower_run(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize, most: usize) -> usize {
    // `Ban duy tu các công trình`.
    let many = |at: usize| tokens.get(at).id == lexicon.words.cac && tokens.get(at + 1).is_word();
    // `giao thông` is no `giao`; its second syllable is no `thông báo`.
    let known =
        |at: usize| longest(&lexicon.parts, tokens, at).is_some_and(|(end, _)| end > at + 1);
    let domain = |at: usize| known(at) || known(at - 1);
    let goes_on = |&at: &usize| {
        let token = tokens.get(at);
        token.is_word()
            && token.case == Case::Lower
            && token.id != lexicon.words.la
            && (longest(&lexicon.stops, tokens, at).is_none() || many(at) || domain(at))
            && !begins_office(lexicon, tokens, at)
            && !ranks_place(lexicon, tokens, at)
    };
    (at..=at + most).take_while(goes_on).count()
}

/// Whether the rank of a place stands at a token, with the name behind it: `xã Bản Công`, `quận 3`.
fn ranks_place(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    longest(&lexicon.parts, tokens, at).is_some_and(|(end, part)| {
        part.place
            && !part.head
            && (tokens.get(end).is_capitalised() || tokens.get(end).is_number())
    })
}

/// The end of what an office is in charge of, right behind its head: `phụ trách kỹ thuật`, `về Triều
/// Tiên`, or, where the name of a country and a person follow, any words that are no verbs: `Đại sứ giải
/// trừ quân bị Mỹ John Smith`.
pub(super) fn charge(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let words = &lexicon.words;
    let token = tokens.get(at);
    let about = token.id == words.ve;
    let charged = token.id == words.phu && tokens.get(at + 1).id == words.trach;
    if about || charged {
        let start = at + if about { 1 } else { 2 };
        let start = start + usize::from(tokens.get(start).id == words.cac);
        return longest(&lexicon.parts, tokens, start)
            .map(|(end, _)| end)
            .or_else(|| place(lexicon, tokens, start).map(|(end, _)| end))
            .or_else(|| longest(&lexicon.compounds, tokens, start).map(|(end, ())| end));
    }
    let end = gap(lexicon, tokens, at)?;
    let (behind, abroad) = place(lexicon, tokens, end)?;
    let named = tokens.get(behind).case == Case::Capital
        && (name::foreign(lexicon, tokens, behind).is_some()
            || name::full(lexicon, tokens, behind, false).is_some());
    (abroad && named).then_some(end)
}

/// Whether an abbreviation stands in parentheses at a token, and a name or a body behind it: `(TGĐ)
/// OceanBank`.
pub(super) fn has_abbreviation(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.get(at).is_mark('(')
        && matches!(tokens.get(at + 1).case, Case::Upper | Case::Mixed)
        && tokens.get(at + 2).is_mark(')')
        && name::is_foreign(tokens, at + 3)
        && tokens.get(at + 3).case != Case::Lower
        && !tokens.get(at + 4).is_capitalised()
}

/// Whether the abbreviation of the head of a company stands in parentheses at a token, and the name of
/// the company behind it: `(NH) Sài Gòn Thương Tín`.
pub(super) fn abbreviates(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.get(at).is_mark('(')
        && tokens.get(at + 1).case == Case::Upper
        && tokens.get(at + 2).is_mark(')')
        && tokens.get(at + 3).is_capitalised()
        && name::full(lexicon, tokens, at + 3, true).is_none()
        && name::foreign(lexicon, tokens, at + 3).is_none()
}

/// Whether the abbreviation of a body stands in parentheses at a token, inside of its name: a branch or a
/// place follows, as in `Ngân hàng Nhà nước (NHNN) chi nhánh Huế`.
pub(super) fn abbreviates_inside(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.get(at).is_mark('(')
        && tokens.get(at + 1).case == Case::Upper
        && tokens.get(at + 2).is_mark(')')
        && (longest(&lexicon.parts, tokens, at + 3)
            .is_some_and(|(_, part)| part.head || part.place)
            || place(lexicon, tokens, at + 3).is_some())
}

/// Whether the number at a token belongs to an organisation whose last part stands in front of it: `quận 3`,
/// `Q.1`, but not `xã 30/4` or `Công ty 3 năm`.
pub(super) fn numbers(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize, part: Part) -> bool {
    let next = tokens.get(at + 1);
    let goes_on = next.glued
        && ['/', '%', '.', ','].into_iter().any(|mark| next.is_mark(mark))
        && tokens.get(at + 2).glued;
    // `quận 1 đã họp`; but `quận 3 năm liền` counts years.
    let ranks = part.place
        && ![lexicon.words.nam, lexicon.words.nguoi].contains(&next.id)
        && longest(&lexicon.stops, tokens, at + 1).is_some();
    // `giám đốc Sở Kế hoạch Đầu tư 4 năm`.
    let years = next.id == lexicon.words.nam && part == Part::default();
    let counts = years
        || next.is_word()
            && next.case == Case::Lower
            && longest(&lexicon.parts, tokens, at + 1).is_none()
            && part != Part::default()
            && !part.head
            && !ranks;
    tokens.get(at).digits() <= 3
        && (tokens.before(at, 1).is_word() || ranked(lexicon, tokens, at))
        && !goes_on
        && !counts
}

/// Whether the abbreviated rank of a place and its stop stand in front of a token: `Q.1`.
fn ranked(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    let stop = tokens.before(at, 1);
    stop.is_mark('.') && stop.glued && lexicon.ranks.contains(tokens.before(at, 2).id)
}

/// Whether the word in lower case at a token completes one that began with a capital: both are
/// syllables, and what follows is no word that ends an organisation's name.
pub(super) fn goes_on(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    let token = tokens.get(at);
    token.is_word()
        && token.case == Case::Lower
        && !token.glued
        && token.id != lexicon.words.la
        && tokens.is_syllable(at)
        && tokens.is_syllable(at - 1)
        && longest(&lexicon.stops, tokens, at).is_none()
        && !begins_office(lexicon, tokens, at)
}

/// The place named at a token, and whether it is abroad; the longer name wins (`Mỹ`, `Mỹ Tho`).
pub(super) fn place(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<(usize, bool)> {
    let continent = tokens.get(at).id == lexicon.words.chau && tokens.get(at + 1).is_capitalised();
    if tokens.get(at).case == Case::Lower && !continent {
        return None;
    }
    let home = longest_joined(&lexicon.places, tokens, at).map(|(end, ())| (end, false));
    let abroad = longest(&lexicon.abroad, tokens, at).map(|(end, ())| (end, true));
    home.into_iter().chain(abroad).max_by_key(|&(end, abroad)| (end, !abroad))
}

/// Whether the country that stands at a range behind the rank of a place is a syllable of a place at
/// home: `huyện Đức Trọng`, `xã Mỹ Lợi`.
pub(super) fn of_home(lexicon: &Lexicon, tokens: &Tokens<'_>, range: Range<usize>) -> bool {
    let next = tokens.get(range.end);
    range.len() == 1
        && tokens.before(range.start, 1).id != lexicon.words.nuoc
        && next.case == Case::Capital
        && next.is_word()
        && tokens.is_syllable(range.end)
}

/// Whether a capitalised syllable and the one in lower case behind it are all of a domain's name.
pub(super) fn whole_word(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    let second = tokens.get(at + 1);
    let third = tokens.get(at + 2);
    second.case == Case::Lower
        && second.is_word()
        && !second.glued
        && second.id != lexicon.words.la
        && !name::is_foreign(tokens, at)
        && longest(&lexicon.parts, tokens, at + 1).is_none()
        && (third.is_capitalised()
            || [lexicon.words.tai, lexicon.words.cua].contains(&third.id)
            || matches!(third.kind, TokenKind::Mark(',' | '-' | '–' | '(' | ')')))
}

/// Whether a word or mark joins two parts of an organisation's name.
pub(super) fn connects(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize, domain: bool) -> bool {
    let words = &lexicon.words;
    let token = tokens.get(at);
    let next = tokens.get(at + 1);
    let known = || {
        longest(&lexicon.parts, tokens, at + 1).is_some_and(|(_, part)| {
            !part.head && !part.place && (!part.verb || next.case != Case::Lower || domain)
        })
    };
    if begins_office(lexicon, tokens, at + 1) && tokens.get(at + 1).id != words.chu {
        return false;
    }
    match token.kind {
        TokenKind::Mark('&') => next.is_word(),
        TokenKind::Mark('.') => {
            token.glued
                && next.glued
                && (next.is_number() || next.is_capitalised())
                && tokens.before(at, 1).case != Case::Lower
                && lexicon.ranks.contains(tokens.before(at, 1).id)
                || token.glued
                    && [words.tp, words.tx].contains(&tokens.before(at, 1).id)
                    && next.is_capitalised()
        }
        // `Phòng TN - MT`: a hyphen within an abbreviation.
        TokenKind::Mark('-' | '–')
            if next.case == Case::Upper && tokens.before(at, 1).case == Case::Upper =>
        {
            true
        }
        TokenKind::Mark('-' | '–') => {
            // `Hội hữu nghị Việt Nam - Lào`.
            let country = |start: usize, end: usize| {
                place(lexicon, tokens, start).is_some_and(|(place, _)| place >= end)
            };
            domain && next.is_word() && known()
                || country(at + 1, at + 2) && (1..=3).any(|n| at > n && country(at - n, at))
        }
        // `Cục Phòng, chống tham nhũng`, `Bộ VH,TT&DL`.
        TokenKind::Mark(',')
            if tokens.before(at, 1).id == words.phong && next.id == words.chong
                || token.glued
                    && next.glued
                    && next.case == Case::Upper
                    && tokens.before(at, 1).case == Case::Upper =>
        {
            true
        }
        // `Ủy ban Văn hóa, Giáo dục, Thanh niên, Thiếu niên và Nhi đồng`: a list of domains.
        TokenKind::Mark(',') if next.case != Case::Lower => {
            domain
                && next.case == Case::Capital
                && known()
                && (at + 2..at + 12)
                    .take_while(|&at| tokens.get(at).is_word() || tokens.get(at).is_mark(','))
                    .any(|at| {
                        tokens.get(at).id == words.va
                            && longest(&lexicon.parts, tokens, at + 1)
                                .is_some_and(|(_, part)| !part.head)
                    })
        }
        TokenKind::Mark(',') if domain && next.case == Case::Lower => {
            longest(&lexicon.parts, tokens, at + 1).is_some_and(|(end, part)| {
                let joined = tokens.get(end).id == words.va
                    && longest(&lexicon.parts, tokens, end + 1).is_some_and(|(_, part)| !part.head);
                !part.head
                    && !part.place
                    && (joined || !part.verb && ranks_place(lexicon, tokens, end))
            })
        }
        TokenKind::Word if token.id == words.va => {
            // `Viện Hàng hải và Luật biển`: a domain of no list, in a name set in capitals.
            let titled = || {
                next.case == Case::Capital
                    && tokens.before(at, 2).case == Case::Capital
                    // `Ban Tuyên giáo và Trung tâm Y tế` are two.
                    && longest(&lexicon.parts, tokens, at + 1).is_none_or(|(_, part)| !part.head)
                    && whole_word(lexicon, tokens, at + 1)
                    && longest(&lexicon.stops, tokens, at + 2).is_none()
            };
            domain && next.is_word() && (known() || titled())
        }
        TokenKind::Word if token.id == words.cua => {
            next.is_capitalised()
                || longest(&lexicon.parts, tokens, at + 1).is_some_and(|(end, part)| {
                    part.head || tokens.get(end).is_capitalised() && !part.verb
                })
        }
        _ => false,
    }
}
