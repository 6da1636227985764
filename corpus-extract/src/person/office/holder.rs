//! Where the organisation ends and the name of who holds the office begins.

use std::ops::Range;

use super::begins_office;
use super::joint::place;
use crate::gazetteer::longest;
use crate::person::lexicon::{Family, Lexicon, Part};
use crate::person::name;
use crate::token::{Case, Tokens};

/// The end of the proper name of an organisation or place inside an office: the run of capitals, up
/// to where a person's name may begin in it.
pub(super) fn proper(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize, owned: bool) -> usize {
    let end = name::run(lexicon, tokens, at).max(at + 1);
    // The first syllable behind `huyện` or `Công ty` is the place's or company's own, and so is all
    // of a name that schools and hospitals bear.
    let eponym = longest(&lexicon.streets, tokens, at).map(|(end, ())| end).filter(|_| owned);
    // A foreign word is all of it: `HĐQT HDBank Nguyễn Thị Lan`.
    let first = eponym.unwrap_or(at + 1 + usize::from(owned && !name::is_foreign(tokens, at)));
    let family = |wanted: Family| {
        move |&start: &usize| {
            name::family(lexicon, tokens, start) == wanted && (start + 2..=start + 4).contains(&end)
        }
    };
    // `hãng Aeromexico Andres Conesa`: a first name, or two words behind the company's one.
    let foreign = |&start: &usize| {
        start + 2 <= end
            && start + 4 >= end
            && lexicon.given_abroad.contains(tokens.get(start).id)
            && name::foreign(lexicon, tokens, start) == Some(end)
    };
    if let Some(start) = (at + 1..end).find(foreign) {
        return start;
    }
    // `Sở Y tế Sơn Khê Tráng Seo Vần`: of so many syllables the first two are the place's.
    let long = end > at + 4 && is_vietnamese(tokens, at..end);
    (first.max(at + if long { 2 } else { 0 })..end)
        .find(family(Family::Strong))
        .or_else(|| (first..end).find(family(Family::Weak)).filter(|_| !long))
        .unwrap_or(match (long, owned) {
            (true, _) => at + 2,
            (false, true) => end,
            (false, false) => at + 1,
        })
}

/// Whether every word of a range is spelled like a Vietnamese syllable.
fn is_vietnamese(tokens: &Tokens<'_>, range: Range<usize>) -> bool {
    range.into_iter().all(|at| tokens.is_syllable(at))
}

/// Whether a person's name begins at a token of an office.
pub(super) fn name_begins(
    lexicon: &Lexicon,
    tokens: &Tokens<'_>,
    office: usize,
    at: usize,
    part: Part,
    abroad: bool,
) -> bool {
    // `Giám đốc kinh doanh Công Ty Du Thuyền`: every syllable of it is set with a capital.
    let company = longest(&lexicon.parts, tokens, at)
        .is_some_and(|(end, part)| end > at + 1 && part.head && part.eponym);
    if company {
        return false;
    }
    let Some(end) =
        name::full(lexicon, tokens, at, part != Part::default() || !tokens.before(at, 1).is_word())
    else {
        // Behind a country any name may follow: `Chủ tịch Trung Quốc Tập Cận Bình`.
        if abroad
            && tokens.get(at).case == Case::Capital
            && place(lexicon, tokens, at).is_none()
            && longest(&lexicon.parts, tokens, at).is_none()
            && longest(&lexicon.compounds, tokens, at).is_none()
            && !begins_office(lexicon, tokens, at)
        {
            return true;
        }
        // `Thứ trưởng Tài chính Nhật Bản M. Sakurai`; but `P. Ea Tam` is a ward.
        if tokens.get(at + 1).is_mark('.')
            && !lexicon.ranks.contains(tokens.get(at).id)
            && name::behind_letters(lexicon, tokens, at).is_some()
        {
            return true;
        }
        // Whom everybody knows needs no country: `Tổng thống Recep Ali Erdogan`.
        let sole = longest(&lexicon.soles, tokens, office).is_some();
        if !sole && leads_name(lexicon, tokens, at) {
            return false;
        }
        if !part.place && !part.eponym && is_mixed(lexicon, tokens, at) {
            return true;
        }
        // `Bộ trưởng Tuấn`: one syllable behind an office without organisation.
        let bare = longest(&lexicon.offices, tokens, office).is_some_and(|(end, ())| end == at);
        // `Ủy viên Tuấn` is no way to speak: of those something must be told.
        let member = longest(&lexicon.members, tokens, office).is_some();
        if bare && !member && part == Part::default() && is_given(lexicon, tokens, at) {
            return true;
        }
        // One foreign word is a name only behind an office of state.
        let state = abroad || is_of_state(lexicon, tokens, office, at);
        return !part.eponym
            && !part.place
            && name::foreign(lexicon, tokens, at).is_some_and(|end| end > at + 1 || state);
    };
    if name::of_the_highlands(lexicon, tokens, at).is_some() {
        return true;
    }
    let strong = lexicon.syllable(tokens.get(at).id).family == Family::Strong;
    let run = name::run(lexicon, tokens, at);
    // A longer run begins with a place or company and ends with the name.
    // `Hội đồng nhân dân Ngô Thị Doãn Lan`: `Thị` is inside the name that its family name begins.
    let telling = strong && tokens.get(at + 1).id == lexicon.words.thi;
    let second = !telling
        && (at + 2..run).any(|start| {
            name::family(lexicon, tokens, start) == Family::Strong && run - start >= 2
        });
    // No name has five syllables: the first two of so many are a place, be it of no list.
    if !strong && run > at + 4 && is_vietnamese(tokens, at..run) {
        return false;
    }
    if second && (part.place || part.eponym || !strong) {
        return false;
    }
    if part.eponym {
        // `giám đốc công ty Nguyễn Văn An`, but `Bệnh viện Nguyễn Tri Phương`.
        return strong && end >= at + 3 && tokens.before(at, 1).case == Case::Lower;
    }
    if part.place {
        // `phường Lê Hồng Phong`: places bear names of history.
        let eponym =
            longest(&lexicon.streets, tokens, at).is_some_and(|(street, ())| street >= run);
        if eponym {
            return false;
        }
        // Places have two syllables, so three are a name's: `UBND tỉnh Nguyễn Văn An`.
        let long = end >= at + 3;
        let given = lexicon.syllable(tokens.get(end - 1).id).given;
        return long && (strong || given)
            || strong && longest(&lexicon.places, tokens, at).is_none();
    }
    true
}

/// Whether a foreign word of no list stands in front of a first name and another word: it is what the office
/// belongs to, `Thị trưởng Funchal Miguel Santos`, `CEO Tesla Elon Musk`.
pub(in crate::person) fn leads_name(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    let first_name = |at: usize| lexicon.given_abroad.contains(tokens.get(at).id);
    !first_name(at)
        && first_name(at + 1)
        && name::is_foreign(tokens, at)
        && !tokens.get(at + 1).glued
        && name::run(lexicon, tokens, at) >= at + 3
        && name::foreign(lexicon, tokens, at + 1).is_some()
}

/// Whether a run of capitals is a foreign name that begins with what could be a Vietnamese syllable:
/// `Ong Ye Kung`.
fn is_mixed(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    let end = name::run(lexicon, tokens, at);
    (at + 2..=at + 4).contains(&end)
        && tokens.get(at).case == Case::Capital
        && (at + 1..end).all(|at| tokens.get(at).case == Case::Capital)
        && (at + 1..end).any(|at| name::is_foreign(tokens, at))
        && place(lexicon, tokens, at).is_none()
        && longest(&lexicon.parts, tokens, at).is_none()
        && longest(&lexicon.compounds, tokens, at).is_none()
        && (at..end).all(|at| {
            longest(&lexicon.companies, tokens, at).is_none()
                && longest(&lexicon.abroad, tokens, at).is_none()
                && longest(&lexicon.agencies, tokens, at).is_none()
        })
}

/// Whether a syllable is a given name that stands alone, and no place, country or part of a word.
fn is_given(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    let next = tokens.get(at + 1);
    lexicon.syllable(tokens.get(at).id).given
        && tokens.get(at).case == Case::Capital
        && name::run(lexicon, tokens, at) == at + 1
        && (!next.is_word() || next.case == Case::Lower)
        && place(lexicon, tokens, at).is_none()
        && longest(&lexicon.parts, tokens, at).is_none()
        && longest(&lexicon.compounds, tokens, at).is_none()
        && longest(&lexicon.others, tokens, at).is_none()
}

/// Whether an office of state stands right in front of a token.
fn is_of_state(lexicon: &Lexicon, tokens: &Tokens<'_>, office: usize, at: usize) -> bool {
    longest(&lexicon.states, tokens, office).is_some_and(|(end, ())| {
        // `Tổng thống đương nhiệm`, `Bộ trưởng Quốc phòng`.
        let domain = || longest(&lexicon.parts, tokens, end).filter(|(_, part)| !part.head);
        end == at || domain().is_some_and(|(end, _)| end == at)
    })
}
