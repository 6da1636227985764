//! Offices: the head (`Bí thư`), the organisation behind it, and where it ends.

mod edges;
mod holder;
mod joint;
mod rival;

use std::ops::Range;

pub(super) use self::edges::{begins_office, is_prefix};
use self::edges::{belongs, is_sent, part_of_title, past_pointer, trim};
pub(super) use self::holder::leads_name;
use self::holder::{name_begins, proper};
use self::joint::{
    abbreviates, abbreviates_inside, charge, connects, domain_of_none, gap, goes_on,
    has_abbreviation, numbers, of_home, place, region, seat, whole_word,
};
pub(super) use self::rival::{are_rivals, serves_chief, serves_holder};
use super::lexicon::{Lexicon, Part};
use super::name;
use crate::gazetteer::{longest, longest_body};
use crate::token::{Case, Tokens};

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

/// Where an office stands, which says whether the name at its end is that of its holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    /// In front of a name, or on its own.
    Before,
    /// Behind the name of its holder, where marks close it.
    Behind,
    /// The same where what looks like a name is of the organisation: `(Trưởng Công an phường Mỹ Hòa)`.
    Closed,
}

/// The office that begins at a token.
///
/// The organisation behind the head goes on as long as its words are words that organisations are
/// made of, or capitalised. Inside a run of capitals the beginning of a name ends it.
pub(super) fn office(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<Office> {
    find(lexicon, tokens, at, Stand::Before)
}

/// The office that begins at a token behind the name of its holder.
///
/// There marks close it, so that words of no list may follow its head: `giám đốc mảng thiết bị bay,`.
pub(super) fn apposed(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<Office> {
    find(lexicon, tokens, at, Stand::Behind)
}

/// The same where the name at its end, which looks like a person's, belongs to its organisation.
pub(super) fn closed(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<Office> {
    find(lexicon, tokens, at, Stand::Closed)
}

fn find(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize, stand: Stand) -> Option<Office> {
    let mut head = at;
    while head < at + 2 && is_prefix(lexicon, tokens, head) {
        head += 1;
    }
    // `phó chủ tịch cao cấp` stands in the list with its prefix.
    let (mut end, start) = (at..=head)
        .filter_map(|start| longest(&lexicon.offices, tokens, start).map(|(end, ())| (end, start)))
        .max()?;
    // `nguyên phó phòng`: a room is no office.
    let head = if longest(&lexicon.offices, tokens, head).is_some() { head } else { start };
    // `trưởng ban`, `trưởng phòng`: the office's own last word heads the organisation.
    let mut part = Part::default();
    let own = (at + 1..end).find_map(|at| {
        longest(&lexicon.parts, tokens, at)
            .filter(|(next, found)| *next >= end && (found.head || found.place))
    });
    if let Some((next, found)) = own {
        part = *found;
        end = next;
    }
    let head_end = end;
    let extent = extend(lexicon, tokens, at, head, end, part, stand);
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
    let extent = extend(lexicon, tokens, at, at, end, part.unwrap_or_default(), Stand::Before);
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
    stand: Stand,
) -> Extent {
    let words = &lexicon.words;
    let (head_end, mut end, mut part) = (end, end, part);
    let apposed = stand != Stand::Before;
    let helper = longest(&lexicon.helpers, tokens, head).is_some_and(|(next, ())| next == end);
    let of_state = longest(&lexicon.states, tokens, head).is_some();
    // Behind a domain (`Giáo dục`) more may be joined by `và`; behind a proper name nothing is.
    let mut domain = true;
    let mut abroad = false;
    // Whether a company was named: what follows a country in its name is its own.
    let mut company = false;
    // Whether an organisation was named, or the head of one.
    let mut headed = part.head || part.place;
    // Whether the body just named needs nothing behind it: `Quốc hội`.
    let mut whole = false;
    // Whether a body of those that are `về` something was named: `Ủy ban`, `Cơ quan`.
    let mut about = (head..end).any(|at| tokens.get(at).id == words.uy);
    // The end of a seat that needs a name behind it: `cố vấn tại hãng …`.
    let mut seated = usize::MAX;
    while end < at + LONGEST {
        let token = tokens.get(end);
        let place_or_eponym = part.place || part.eponym;
        // Behind its holder's name an office is followed by no other, so what looks like one is the
        // organisation's: `John Smith, giám đốc hãng Peter Marsh, …`.
        let owned = stand == Stand::Closed
            || apposed
                && end > head_end
                && (part.eponym
                    || !abroad
                        && !of_state
                        && name::is_foreign(tokens, end)
                        && !lexicon.given_abroad.contains(token.id));
        // `Công ty cổ phần phát triển đầu tư Thái Sơn`: what it does stands in front of its name.
        let owning = Part { eponym: part.eponym || company && part.verb, ..part };
        if token.is_word()
            && token.case != Case::Lower
            && !owned
            // `Bộ trưởng bộ Công Thương`: the ministry's last words are no name.
            && longest_body(&lexicon.bodies, tokens, end - 1).is_none_or(|(body, ())| body <= end)
            && name_begins(lexicon, tokens, head, end, owning, abroad && !company)
        {
            return Extent { end, name_follows: true };
        }
        // `Chủ tịch Hồ Chí Minh`, after whom a city is named.
        if end == head_end
            && tokens.before(end, 1).id == words.tich
            && token.case == Case::Capital
            && longest(&lexicon.others, tokens, end).is_some()
            && longest(&lexicon.streets, tokens, end).is_some()
        {
            return Extent { end, name_follows: true };
        }
        // `Ngoại trưởng kiêm nhiệm Ủy viên Quốc vụ`; but `Đại sứ kiêm nhiệm Lào` is one office.
        if token.id == words.kiem && begins_office(lexicon, tokens, end + 2) {
            break;
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
            headed = true;
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
            // `tỉnh Đoàn Văn An` is no `tỉnh đoàn`; but `châu Âu` is Europe.
            let name = (end + 1..next).find(|&at| {
                stand != Stand::Closed
                    && found.place
                    && token.case == Case::Lower
                    && tokens.get(at).case == Case::Capital
                    && place(lexicon, tokens, at + 1).is_none()
                    && name::full(lexicon, tokens, at, false).is_some_and(|end| end >= at + 3)
            });
            if let Some(name) = name {
                return Extent { end: name, name_follows: true };
            }
            about |= found.head && [words.uy, words.co, words.hoi].contains(&token.id);
            whole = false;
            headed |= found.head || found.place;
            company |= found.head && found.eponym;
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
        } else if let Some((next, foreign)) =
            place(lexicon, tokens, end).filter(|(next, foreign)| {
                !(*foreign && part.place && of_home(lexicon, tokens, end..*next))
            })
        {
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
            end = match stand {
                Stand::Closed => name::run(lexicon, tokens, end).max(end + 1),
                _ => proper(lexicon, tokens, end, place_or_eponym),
            };
            part = Part::default();
            domain = false;
            // `Hội Kiến trúc sư`, `Công ty Tư vấn`: a capital that begins a word.
            if end == start + 1 && token.case == Case::Capital && goes_on(lexicon, tokens, end) {
                end += 1;
                domain = true;
            }
        } else if token.is_number() {
            if end == at || !numbers(lexicon, tokens, end, part) {
                break;
            }
            part = Part::default();
            end += 1;
        } else if token.id == words.khoa
            && (tokens.get(end + 1).case == Case::Upper || tokens.get(end + 1).is_number())
            || token.id == words.so && tokens.get(end + 1).is_number()
        {
            // `khóa XIV`, `số 1`.
            end += 2;
        } else if abroad && token.id == words.thu && tokens.get(end + 1).is_number() {
            // `Tổng thống Mỹ thứ 43`.
            end += 2;
        } else if abroad
            // `gặp Chủ tịch Hạ viện Mỹ tại Bắc Kinh`: only who is sent is in office there.
            && (token.id != words.tai || is_sent(lexicon, tokens, head))
            && (token.id == words.tai || token.is_mark('-') || token.is_mark('–'))
            && let Some((next, _)) = place(lexicon, tokens, end + 1)
                .or_else(|| region(lexicon, tokens, end + 1).filter(|_| token.id == words.tai))
        {
            // `Đại sứ Việt Nam tại Ai Cập`, `Hội hữu nghị Việt Nam - Lào`.
            end = next;
        } else if (end == head_end || !headed && domain)
            && [words.tai, words.o].contains(&token.id)
            && (!abroad || is_sent(lexicon, tokens, head))
            && let Some(next) = seat(lexicon, tokens, end + 1)
        {
            // `trưởng đại diện tại Moscow`, `cố vấn cấp cao tại hãng …`.
            part = Part::default();
            if place(lexicon, tokens, end + 1).is_none()
                && let Some((_, found)) = longest(&lexicon.parts, tokens, end + 1)
            {
                part = *found;
                // `cố vấn cấp cao tại Nhà Trắng`: that is a name already.
                if tokens.get(end + 1).case == Case::Lower || next == end + 2 || part.eponym {
                    seated = next;
                }
            }
            end = next;
        } else if !whole
            && (part.head || part.verb || domain && end > head_end && !part.place)
            && let Some(next) = gap(lexicon, tokens, end)
        {
            part = Part { head: false, ..part };
            end = next;
        } else if apposed
            && end == head_end
            && part == Part::default()
            && let Some(next) = domain_of_none(lexicon, tokens, end)
        {
            end = next;
        } else if (end == head_end
            || abroad && (helper && token.id == words.ve || token.id == words.phu))
            && begins_office(lexicon, tokens, at)
            && let Some(next) = charge(lexicon, tokens, end)
        {
            // `Đặc phái viên của Mỹ về chính sách Triều Tiên`, `Trợ lý Ngoại trưởng Mỹ phụ trách …`.
            part = Part::default();
            abroad &= end > head_end;
            end = next;
        } else if end == head_end && has_abbreviation(tokens, end)
            || part.eponym && abbreviates(lexicon, tokens, end)
        {
            // `Tổng giám đốc (TGĐ) OceanBank`, `Ngân hàng (NH) Sài Gòn Thương Tín`.
            part = Part { eponym: true, ..part };
            end += 3;
        } else if headed && abbreviates_inside(lexicon, tokens, end) {
            // `Ngân hàng Nhà nước (NHNN) chi nhánh Huế`: the name goes on.
            end += 3;
        } else if about
            && token.id == words.ve
            && longest(&lexicon.parts, tokens, end + 1).is_some_and(|(_, part)| !part.head)
        {
            // `Ủy ban quốc gia về thanh niên`.
            part = Part { head: true, ..Part::default() };
            end += 1;
        } else if connects(lexicon, tokens, end, domain)
            || domain && begins_office(lexicon, tokens, at) && belongs(lexicon, tokens, end)
        {
            // What is joined to a domain is one, be it a verb elsewhere: `đầu tư và phát triển`.
            part = Part { head: domain, ..Part::default() };
            end += 1;
        } else {
            break;
        }
    }
    let end = if end == seated { head_end } else { trim(lexicon, tokens, at, end) };
    let end = past_pointer(lexicon, tokens, head_end, end);
    Extent { end, name_follows: false }
}
