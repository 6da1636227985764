//! Offices: the head (`Bí thư`), the organisation behind it, and where it ends.

use std::ops::Range;

use corpus_text::parse_syllable;

use super::lexicon::{Family, Lexicon, Part};
use super::name;
use crate::gazetteer::{longest, longest_body, longest_joined};
use crate::token::{Case, TokenKind, Tokens};
use crate::vocabulary::Phrases;

/// An office as it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Office {
    /// Its tokens.
    pub(super) range: Range<usize>,
    /// Whether a name begins right behind it.
    pub(super) name_follows: bool,
}

/// The longest office: `Phó Chủ nhiệm Ủy ban Văn hóa, Giáo dục, Thanh niên, Thiếu niên và Nhi đồng
/// của Quốc hội` has 21 tokens.
const LONGEST: usize = 40;

/// The office that begins at a token.
///
/// The organisation behind the head goes on as long as its words are words that organisations are
/// made of, or capitalised. Inside a run of capitals the beginning of a name ends it.
pub(super) fn office(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<Office> {
    let mut head = at;
    while head < at + 2 && is_prefix(lexicon, tokens, head) {
        head += 1;
    }
    // `phó chủ tịch cao cấp` stands in the list with its prefix.
    let (mut end, ()) = longest(&lexicon.offices, tokens, head)
        .into_iter()
        .chain(longest(&lexicon.offices, tokens, at))
        .max_by_key(|(end, ())| *end)?;
    // `trưởng ban`, `trưởng phòng`: the office's own last word heads the organisation.
    let mut part = Part::default();
    let own = (head + 1..end).find_map(|at| {
        longest(&lexicon.parts, tokens, at).filter(|(next, found)| *next >= end && found.head)
    });
    if let Some((next, found)) = own {
        part = *found;
        end = next;
    }
    let head_end = end;
    let extent = extend(lexicon, tokens, at, head, end, part);
    if extent.name_follows {
        return Some(Office { range: at..extent.end, name_follows: true });
    }
    let end = extent.end;
    let alone = end == head_end
        && longest(&lexicon.members, tokens, head).is_some_and(|(next, ())| next == end);
    (!alone).then_some(Office { range: at..end, name_follows: false })
}

/// The organisation that begins with its own head at a token, `Sở Y tế Sơn La`, and whether a
/// person's name begins right behind it.
pub(super) fn organization(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<Office> {
    let body = longest_body(&lexicon.bodies, tokens, at).map(|(end, ())| end);
    let part = longest(&lexicon.parts, tokens, at);
    let head = part.filter(|(_, part)| part.head).map(|(end, _)| end);
    let end = body.into_iter().chain(head).max()?;
    let part = part.filter(|(part_end, _)| *part_end == end).map(|(_, part)| *part);
    let extent = extend(lexicon, tokens, at, at, end, part.unwrap_or_default());
    Some(Office { range: at..extent.end, name_follows: extent.name_follows })
}

/// How far an office or organisation goes.
struct Extent {
    end: usize,
    name_follows: bool,
}

/// Goes on behind the head of an office or organisation that ends at `end`.
fn extend(
    lexicon: &Lexicon,
    tokens: &Tokens<'_>,
    at: usize,
    head: usize,
    end: usize,
    part: Part,
) -> Extent {
    let words = &lexicon.words;
    let (head_end, mut end, mut part) = (end, end, part);
    let helper = longest(&lexicon.helpers, tokens, head).is_some_and(|(next, ())| next == end);
    // Behind a domain (`Giáo dục`) more may be joined by `và`; behind a proper name nothing is.
    let mut domain = true;
    let mut abroad = false;
    // Whether the body just named needs nothing behind it: `Quốc hội`.
    let mut whole = false;
    // Whether a body of those that are `về` something was named: `Ủy ban`, `Cơ quan`.
    let mut about = (head..end).any(|at| tokens.get(at).id == words.uy);
    // The end of a seat that needs a name behind it: `cố vấn tại hãng …`.
    let mut seated = usize::MAX;
    while end < at + LONGEST {
        let token = tokens.get(end);
        let place_or_eponym = part.place || part.eponym;
        if token.is_word()
            && token.case != Case::Lower
            && name_begins(lexicon, tokens, head, end, part, abroad)
        {
            return Extent { end, name_follows: true };
        }
        if let Some((next, ())) = longest_body(&lexicon.bodies, tokens, end)
            && !begins_office(lexicon, tokens, end)
        {
            part = longest(&lexicon.parts, tokens, end)
                .filter(|(part_end, _)| *part_end == next)
                .map(|(_, part)| *part)
                .unwrap_or_default();
            domain = true;
            whole = true;
            end = next;
        } else if token.is_word()
            && tokens.before(end, 1).id == words.dong
            && tokens.before(end, 2).id == words.hoi
            && begins_office(lexicon, tokens, end)
            && let Some((next, ())) = longest(&lexicon.offices, tokens, end)
        {
            // `Hội đồng tham mưu trưởng Liên quân`: a council of those who hold an office.
            part = Part::default();
            domain = true;
            end = next;
        } else if token.is_word()
            && begins_office(lexicon, tokens, end)
            && !part_of_title(lexicon, tokens, end)
        {
            // `người phát ngôn Tổng thống`, `văn phòng Thủ tướng`: the office of who serves another.
            let serves = helper && end == head_end
                || tokens.before(end, 1).id == words.phong && tokens.before(end, 2).id == words.van;
            match longest(&lexicon.states, tokens, end) {
                Some((next, ())) if serves => {
                    part = Part::default();
                    abroad = true;
                    end = next;
                }
                _ => break,
            }
        } else if token.case == Case::Lower
            && longest(&lexicon.stops, tokens, end).is_some_and(|(stop, ())| {
                stop > end + 1
                    && longest(&lexicon.parts, tokens, end).is_none_or(|(next, _)| next < stop)
            })
        {
            // `Đảng ủy ban hành …`: no `ban`.
            break;
        } else if let Some((next, &found)) =
            longest(&lexicon.parts, tokens, end).filter(|(_, found)| {
                !found.verb || token.case != Case::Lower || part.head || part.verb || part.eponym
            })
        {
            // `tỉnh Đoàn Văn An` is no `tỉnh đoàn`.
            let name = (end + 1..next).find(|&at| {
                token.case == Case::Lower
                    && tokens.get(at).case == Case::Capital
                    && name::full(lexicon, tokens, at, false).is_some_and(|end| end >= at + 3)
            });
            if let Some(name) = name {
                return Extent { end: name, name_follows: true };
            }
            about |= found.head && [words.uy, words.co, words.hoi].contains(&token.id);
            whole = false;
            part = found;
            domain = true;
            // `Đại sứ Việt Nam tại …`.
            abroad = place(lexicon, tokens, end).is_some_and(|place| place == (next, true));
            end = next;
        } else if let Some((next, ())) = longest(&lexicon.compounds, tokens, end).filter(|_| {
            token.case == Case::Capital && tokens.get(end + 1).case == Case::Lower
                || token.case == Case::Lower
                    && part.head
                    && longest(&lexicon.stops, tokens, end).is_none()
        }) {
            part = Part::default();
            domain = true;
            abroad = false;
            end = next;
        } else if let Some((next, foreign)) = place(lexicon, tokens, end) {
            part = Part::default();
            abroad = foreign;
            domain = false;
            end = next;
        } else if part.head
            && !place_or_eponym
            && token.case == Case::Capital
            && whole_word(lexicon, tokens, end)
        {
            // `Cục Tuyên huấn`: a domain of no list.
            part = Part::default();
            domain = true;
            end += 2;
        } else if part.head
            && !place_or_eponym
            && token.case == Case::Capital
            && tokens.get(end + 1).case == Case::Lower
            && longest(&lexicon.parts, tokens, end + 1).is_none()
            && let Some(next) = gap(lexicon, tokens, end + 1)
        {
            // `Ban Kết cấu hạ tầng`: one of several words.
            part = Part::default();
            domain = true;
            end = next;
        } else if token.is_word() && token.case != Case::Lower {
            let start = end;
            end = proper(lexicon, tokens, end, place_or_eponym);
            part = Part::default();
            domain = false;
            // `Hội Kiến trúc sư`, `Công ty Tư vấn`: a capital that begins a word.
            if end == start + 1 && token.case == Case::Capital && goes_on(lexicon, tokens, end) {
                end += 1;
                domain = true;
            }
        } else if token.is_number() {
            let next = tokens.get(end + 1);
            let number = token.digits() <= 3
                && end > at
                && tokens.before(end, 1).is_word()
                && !(next.glued
                    && ['/', '%', '.', ','].into_iter().any(|mark| next.is_mark(mark))
                    && tokens.get(end + 2).glued)
                && !(next.is_word()
                    && next.case == Case::Lower
                    && longest(&lexicon.parts, tokens, end + 1).is_none()
                    && part != Part::default()
                    && !part.head);
            if !number {
                break;
            }
            part = Part::default();
            end += 1;
        } else if token.id == words.khoa && tokens.get(end + 1).case == Case::Upper
            || token.id == words.so && tokens.get(end + 1).is_number()
        {
            // `khóa XIV`, `số 1`.
            end += 2;
        } else if abroad
            && (token.id == words.tai || token.is_mark('-') || token.is_mark('–'))
            && let Some((next, _)) = place(lexicon, tokens, end + 1)
        {
            // `Đại sứ Việt Nam tại Ai Cập`, `Hội hữu nghị Việt Nam - Lào`.
            end = next;
        } else if end == head_end
            && [words.tai, words.o].contains(&token.id)
            && let Some(next) = seat(lexicon, tokens, end + 1)
        {
            // `trưởng đại diện tại Moscow`, `cố vấn cấp cao tại hãng …`.
            part = Part::default();
            if place(lexicon, tokens, end + 1).is_none()
                && let Some((_, found)) = longest(&lexicon.parts, tokens, end + 1)
            {
                part = *found;
                seated = next;
            }
            end = next;
        } else if let Some(next) =
            gap(lexicon, tokens, end).filter(|_| (part.head || part.verb) && !whole)
        {
            part = Part { head: false, ..part };
            end = next;
        } else if about
            && token.id == words.ve
            && longest(&lexicon.parts, tokens, end + 1).is_some_and(|(_, part)| !part.head)
        {
            // `Ủy ban quốc gia về thanh niên`.
            part = Part { head: true, ..Part::default() };
            end += 1;
        } else if connects(lexicon, tokens, end, domain) {
            // What is joined to a domain is one, be it a verb elsewhere: `đầu tư và phát triển`.
            part = Part { head: domain, ..Part::default() };
            end += 1;
        } else {
            break;
        }
    }
    let end = if end == seated { head_end } else { trim(lexicon, tokens, at, end) };
    Extent { end, name_follows: false }
}

/// The end of the place, or of the head of an organisation, at which an office is held.
fn seat(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let head = || longest(&lexicon.parts, tokens, at).filter(|(_, part)| part.head);
    place(lexicon, tokens, at).map(|(end, _)| end).or_else(|| head().map(|(end, _)| end))
}

/// The end of a few words in lower case behind the head of an organisation that complete its name:
/// `Trung tâm chống ngập`, `Công ty lữ hành`.
///
/// They are words of no list, so they must end where a name does: at a mark, or before a capital.
fn gap(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    const LONGEST: usize = 8;
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
            && (longest(&lexicon.stops, tokens, at).is_none() || many(at) || domain(at))
            && !begins_office(lexicon, tokens, at)
    };
    let end = at + (at..=at + LONGEST).take_while(goes_on).count();
    let next = tokens.get(end);
    let ends = next.is_capitalised()
        || matches!(next.kind, TokenKind::Mark(',' | '-' | '–' | '(' | ')' | ';' | '.' | ':'));
    (end > at && end <= at + LONGEST && ends).then_some(end)
}

/// Whether the word in lower case at a token completes one that began with a capital: both are
/// syllables, and what follows is no word that ends an organisation's name.
fn goes_on(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    let token = tokens.get(at);
    token.is_word()
        && token.case == Case::Lower
        && !token.glued
        && parse_syllable(tokens.str(at)).is_some()
        && parse_syllable(tokens.str(at - 1)).is_some()
        && longest(&lexicon.stops, tokens, at).is_none()
        && !begins_office(lexicon, tokens, at)
}

/// The place named at a token, and whether it is abroad; the longer name wins (`Mỹ`, `Mỹ Tho`).
fn place(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<(usize, bool)> {
    let continent = tokens.get(at).id == lexicon.words.chau && tokens.get(at + 1).is_capitalised();
    if tokens.get(at).case == Case::Lower && !continent {
        return None;
    }
    let home = longest_joined(&lexicon.places, tokens, at).map(|(end, ())| (end, false));
    let abroad = longest(&lexicon.abroad, tokens, at).map(|(end, ())| (end, true));
    home.into_iter().chain(abroad).max_by_key(|&(end, abroad)| (end, !abroad))
}

/// Whether a capitalised syllable and the one in lower case behind it are all of a domain's name.
fn whole_word(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    let second = tokens.get(at + 1);
    let third = tokens.get(at + 2);
    second.case == Case::Lower
        && second.is_word()
        && !second.glued
        && longest(&lexicon.parts, tokens, at + 1).is_none()
        && (third.is_capitalised()
            || matches!(third.kind, TokenKind::Mark(',' | '-' | '–' | '(' | ')')))
}

/// Whether a word or mark joins two parts of an organisation's name.
fn connects(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize, domain: bool) -> bool {
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
                place(lexicon, tokens, start).is_some_and(|(place, abroad)| abroad && place >= end)
            };
            domain && next.is_word() && known()
                || country(at + 1, at + 2) && (1..=3).any(|n| at > n && country(at - n, at))
        }
        // `Ủy ban Văn hóa, Giáo dục, Thanh niên, Thiếu niên và Nhi đồng`: a list of domains.
        TokenKind::Mark(',') => {
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
        TokenKind::Word if token.id == words.va => domain && next.is_word() && known(),
        TokenKind::Word if token.id == words.cua => {
            next.is_capitalised()
                || longest(&lexicon.parts, tokens, at + 1).is_some_and(|(_, part)| part.head)
        }
        _ => false,
    }
}

/// Whether an office begins at a token.
pub(super) fn begins_office(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    longest(&lexicon.offices, tokens, at).is_some()
        || is_prefix(lexicon, tokens, at) && longest(&lexicon.offices, tokens, at + 1).is_some()
}

/// Whether the word at a token belongs to an office behind it: `nguyên Bí thư`, but not `chính quyền
/// Tổng thống`.
pub(super) fn is_prefix(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    lexicon.is_prefix(tokens.get(at).id) && tokens.before(at, 1).id != lexicon.words.chinh
}

/// Whether two offices that a comma joins in front of a name are those of two people: the highest
/// of two kinds (`Thủ tướng, Tổng thống`), or offices of two countries. `kiêm` joins any.
pub(super) fn are_rivals(
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
    let of_state = |office| head(&lexicon.states, office).is_some();
    of_state(one)
        && of_state(next)
        && country(one).zip(country(next)).is_some_and(|(one, next)| !one.eq(next))
}

/// Whether an office at a token is part of the one before: `Văn phòng Chủ tịch nước`, `Trợ lý Bộ
/// trưởng`, `Ban Bí thư`.
fn part_of_title(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    longest(&lexicon.parts, tokens, at).is_some_and(|(end, _)| {
        longest(&lexicon.offices, tokens, at).is_none_or(|(office, ())| office <= end)
    })
}

/// The end of the proper name of an organisation or place inside an office: the run of capitals, up
/// to where a person's name may begin in it.
fn proper(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize, owned: bool) -> usize {
    let end = name::run(lexicon, tokens, at).max(at + 1);
    // The first syllable behind `huyện` or `Công ty` is the place's or company's own, and so is all
    // of a name that schools and hospitals bear.
    let eponym = longest(&lexicon.streets, tokens, at).map(|(end, ())| end).filter(|_| owned);
    let first = eponym.unwrap_or(at + 1 + usize::from(owned));
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
    range.into_iter().all(|at| parse_syllable(tokens.str(at)).is_some())
}

/// Whether a person's name begins at a token of an office.
fn name_begins(
    lexicon: &Lexicon,
    tokens: &Tokens<'_>,
    office: usize,
    at: usize,
    part: Part,
    abroad: bool,
) -> bool {
    let Some(end) =
        name::full(lexicon, tokens, at, part != Part::default() || !tokens.before(at, 1).is_word())
    else {
        // Behind a country any name may follow: `Chủ tịch Trung Quốc Tập Cận Bình`.
        if abroad
            && tokens.get(at).case == Case::Capital
            && place(lexicon, tokens, at).is_none()
            && longest(&lexicon.parts, tokens, at).is_none()
            && !begins_office(lexicon, tokens, at)
        {
            return true;
        }
        // `Bộ trưởng Tuấn`: one syllable behind an office without organisation.
        let bare = longest(&lexicon.offices, tokens, office).is_some_and(|(end, ())| end == at);
        if bare && part == Part::default() && is_given(lexicon, tokens, at) {
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
    let second = (at + 2..run)
        .any(|start| name::family(lexicon, tokens, start) == Family::Strong && run - start >= 2);
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
        // Places have two syllables, so three are a name's: `UBND tỉnh Nguyễn Văn An`.
        let long = end >= at + 3;
        let given = lexicon.syllable(tokens.get(end - 1).id).given;
        return long && (strong || given)
            || strong && longest(&lexicon.places, tokens, at).is_none();
    }
    true
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
    longest(&lexicon.states, tokens, office).is_some_and(|(end, ())| end == at)
}

/// The end without connecting words at it.
fn trim(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize, end: usize) -> usize {
    let words = &lexicon.words;
    let mut end = end;
    while end > at + 1 {
        let last = tokens.before(end, 1);
        let loose = !last.is_word() && !last.is_number()
            || [words.va, words.cua, words.cac].contains(&last.id);
        if !loose {
            break;
        }
        end -= 1;
    }
    end
}
