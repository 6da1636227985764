//! Bylines, datelines and other short lines around a text.

use memchr::memchr2;

use super::marks::{self, Kind, is_combining};
use super::sentence;

/// The longest line that can be a byline.
const LONGEST: usize = 120;

/// Whether a line at the end of an article names its author or agency: `(TTXVN/Vietnam+)`,
/// `Theo Tin Sông Hồng`, `Bài, ảnh: An Bình`, `An Bình`.
pub(super) fn at_end(line: &str) -> bool {
    line.len() <= LONGEST && (is_bracketed(line) || is_named(line) || is_signature(line))
}

/// Whether a line between title and text names the author; a name alone must begin with a family
/// name here, since headings have the same form.
pub(super) fn at_front(line: &str) -> bool {
    let family = || marks::at_start(Kind::Surname, line).is_some() && is_person(line);
    line.len() <= LONGEST && (is_bracketed(line) || is_named(line) || is_role(line) || family())
}

/// `(TTXVN/Vietnam+)`, `(Theo Tin Sông Hồng)`: all of the line in parentheses, no sentence inside.
pub(super) fn is_bracketed(line: &str) -> bool {
    let inside =
        line.strip_prefix('(').and_then(|rest| rest.trim_end_matches('.').strip_suffix(')'));
    inside.is_some_and(is_source)
}

/// What agencies put in parentheses.
fn is_source(text: &str) -> bool {
    let text = text.trim();
    let first = text.split(['/', '-', ',', '–', '+']).next().unwrap_or_default().trim();
    let theo = marks::at_start(Kind::According, text).is_some();
    let short = text.len() <= 80 && !text.contains(['(', ')', '.', '?', '!', ':', '"', '“']);
    let capital = text.starts_with(char::is_uppercase);
    marks::is(Kind::Agency, first)
        || marks::is(Kind::Agency, text)
        || (short && theo)
        || (short && capital && (is_person(text) || is_capitals(first)))
}

/// `Theo Tin Sông Hồng`, `Bài, ảnh: An Bình`, `Nguồn: TTXVN`: a mark and a name, no sentence.
fn is_named(line: &str) -> bool {
    let according = marks::at_start(Kind::According, line);
    let Some(end) = according.or_else(|| marks::at_start(Kind::Byline, line)) else { return false };
    let rest = line.get(end..).unwrap_or_default();
    let name = rest.trim_start().trim_start_matches(':').trim_start();
    let colon = rest.trim_start().starts_with(':');
    let name = name.trim_end_matches('.');
    let capital = name.starts_with(|c: char| c.is_uppercase() || c == '(');
    let plain = !name.contains(['?', '!', ';', '“', '"', '…']) && !name.contains(". ");
    let sentence = line.ends_with('.') && !colon;
    // `Theo Bộ Y tế, dịch …` is the beginning of a sentence; a source is a name of few words.
    let few = name.split_whitespace().count() <= if colon { 14 } else { 6 };
    capital && plain && few && !sentence && (colon || (according.is_some() && !name.contains(", ")))
}

/// A name, initials, an agency or a role, alone or several.
fn is_signature(line: &str) -> bool {
    let line = without_note(line);
    if is_role(line) || marks::is(Kind::Agency, line) {
        return true;
    }
    let mut parts = 0;
    for part in line.split([',', '&', '/', '–', '|']).flat_map(|part| part.split(" - ")) {
        let part = part.trim();
        let part = part.strip_prefix("và ").unwrap_or(part);
        let fits = part.split(" và ").all(|name| {
            let name = name.trim();
            is_person(name) || is_capitals(name) || marks::is(Kind::Agency, name)
        });
        if !fits {
            return false;
        }
        parts += 1;
    }
    (1..=4).contains(&parts)
}

fn is_role(line: &str) -> bool {
    let line = line.trim_end_matches([':', '.']);
    marks::is(Kind::Role, line)
        || marks::at_start(Kind::Role, line)
            .and_then(|end| line.get(end..))
            .is_some_and(|rest| is_person(rest.trim_matches([' ', ':', '-', '/'])))
}

/// A line without a note in parentheses at its end: `An Bình (tổng hợp)`.
fn without_note(line: &str) -> &str {
    match line.strip_suffix(')').and_then(|rest| rest.split_once('(')) {
        Some((name, note)) if note.len() <= 60 && !name.trim().is_empty() => name.trim_end(),
        _ => line,
    }
}

/// Whether the text has the form of a person's name: two to five words, each with a capital and the
/// rest small, or all of it capitals; and it is no place.
pub(super) fn is_person(text: &str) -> bool {
    let mut words = 0;
    let mut all_capitals = true;
    for word in text.split_whitespace() {
        let mut chars = word.chars();
        let capital = chars.next().is_some_and(|c| c.is_uppercase() || c == 'Ð');
        let small = chars.clone().all(|c| c.is_lowercase() || is_combining(c));
        let large = chars.clone().all(|c| c.is_uppercase() || is_combining(c));
        let initial = word.len() <= 3 && word.ends_with('.');
        all_capitals &= large;
        if !(capital && (small || (large && all_capitals) || initial)) {
            return false;
        }
        words += 1;
    }
    (2..=5).contains(&words) && !marks::is(Kind::Place, text)
}

/// `PV`, `T.H`, `VOV.VN`, `TTXVN`: capitals with full stops.
fn is_capitals(text: &str) -> bool {
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    let fits = |c: char| c.is_uppercase() || c == '.' || c == '+' || c == '-' || is_combining(c);
    (2..=8).contains(&capitals) && text.chars().all(fits)
}

/// The place of an agency's sign in parentheses behind the last sentence of a text:
/// `… tại Huế./. (TTXVN)`.
pub(super) fn behind_text(text: &str) -> Option<usize> {
    let stopped = text.trim_end_matches('.');
    let body = stopped.strip_suffix(')')?;
    let from = sentence::ceil(body, body.len().saturating_sub(LONGEST));
    let open = from + body.get(from..)?.rfind('(')?;
    let before = text.get(..open)?.trim_end();
    let ended = before.ends_with(['.', '!', '?', '…', '”', '"', '/']);
    (ended && is_source(text.get(open + 1..body.len())?)).then_some(open)
}

/// Where the dateline at the head of a paragraph ends and its text begins: `(TTXVN) - `,
/// `Hà Nội (TTXVN) – `, `TTO - `.
pub(super) fn dateline(text: &str) -> Option<(usize, usize)> {
    let near = text.get(..sentence::floor(text, 90))?;
    // The first bytes of the dashes; a dash may stand right behind.
    let behind = text.as_bytes().get(..94).unwrap_or(text.as_bytes());
    memchr2(b'-', 0xe2, behind)?;
    let (end, dash) = match near.strip_prefix('(') {
        Some(rest) => {
            let inside = rest.get(..rest.find(')')?)?;
            if !is_outlet(inside) {
                return None;
            }
            (inside.len() + 2, inside.len() + 2)
        }
        None => match near.find('(') {
            Some(open)
                if is_person(near.get(..open)?.trim_end())
                    || is_place_and_day(near.get(..open)?.trim_end()) =>
            {
                let close = open + near.get(open..)?.find(')')? + 1;
                if !is_source(near.get(open + 1..close - 1)?) {
                    return None;
                }
                (close, close)
            }
            _ => {
                let end = marks::at_start(Kind::Agency, near)?;
                (end, end)
            }
        },
    };
    let behind = near.get(dash..)?;
    let text_at = behind.trim_start();
    let rest = text_at.strip_prefix(['-', '–', '—'])?;
    // A hyphen without blanks joins words.
    let blank = behind.len() > text_at.len() || rest.starts_with(char::is_whitespace);
    let start = text.len() - (text.len() - near.len()) - rest.trim_start().len();
    (blank && start < text.len()).then_some((end, start))
}

/// What stands in parentheses in front of a report: `TTXVN`, `24h`, `Tin Sông Hồng`, not `1975-2015`
/// and not `18 tuổi, trú tại xã An Bình`.
fn is_outlet(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let named = text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let letters = text.chars().any(char::is_alphabetic);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    text.len() <= 40
        && words <= 4
        && named
        && letters
        && digits <= 3
        && !text.contains([',', ';', ':'])
        && !(words > 1 && starts_with_digit(text))
}

/// `Hà Nội, ngày 5/3`, `Huế`.
fn is_place_and_day(text: &str) -> bool {
    let (place, day) = text.split_once(',').unwrap_or((text, ""));
    let known = marks::is(Kind::Place, place.trim()) || is_person(place.trim());
    let day = day.trim();
    known && (day.is_empty() || marks::at_start(Kind::Day, day).is_some() || starts_with_digit(day))
}

/// Whether a short line gives the date of the page: `Thứ bảy, 4/3/2017 | 10:30`,
/// `Hà Nội, ngày 4 tháng 3 năm 2017`, `04/03/2017 10:30`.
pub(super) fn is_date_line(line: &str) -> bool {
    if line.len() > 100 || line.ends_with('.') {
        return false;
    }
    let start = line.trim_start_matches(['(', '|', ' ']);
    let dated = starts_with_digit(start) || marks::at_start(Kind::Day, start).is_some();
    let placed =
        || line.split_once(',').is_some_and(|(_, day)| is_place_and_day(line) && !day.is_empty());
    if !(dated || placed()) || crate::published::from_field(line).is_none() {
        return false;
    }
    // Beside the date there is room for a weekday, a place and a time zone, not for a sentence.
    line.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).count() <= 8
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends() {
        for line in [
            "(TTXVN/Vietnam+)",
            "(Theo Tin Sông Hồng)",
            "Theo Tin Sông Hồng",
            "Bài, ảnh: An Bình",
            "An Bình",
            "NGUYỄN AN BÌNH",
            "An Bình - Lê Hòa",
            "An Bình (tổng hợp)",
            "PV",
            "T.H",
            "An Bình/TTXVN",
            "Nguồn: TTXVN",
            "Nhóm PV",
            "Nguyê\u{303}n An",
            "PV Nguyễn An",
        ] {
            assert!(at_end(line), "{line}");
        }
        for line in [
            "Hà Nội",
            "An Bình là một xã.",
            "Theo ông An, giá tăng",
            "Sáng nay trời mưa",
            "Tin vắn",
            "(1975)",
            "Theo đó,",
            "",
            "(Ông nói thêm.)",
            "Kết luận",
        ] {
            assert!(!at_end(line), "{line}");
        }
    }

    #[test]
    fn fronts() {
        assert!(at_front("Nguyễn An Bình"));
        assert!(!at_front("An Bình"));
        assert!(!at_front("Tăng Cường Kiểm Tra Việc Thực Hiện"));
    }

    #[test]
    fn signs_behind_text() {
        let text = "Trời mưa./. (TTXVN)";
        assert_eq!(behind_text(text).map(|at| &text[at..]), Some("(TTXVN)"));
        assert_eq!(behind_text("Trời mưa (TTXVN)"), None);
        assert_eq!(behind_text("Trời mưa. (còn tiếp)"), None);
    }

    #[test]
    fn datelines() {
        let check = |text: &str| {
            dateline(text).map(|(end, start)| (text[..end].to_owned(), text[start..].to_owned()))
        };
        let pair = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(check("(TTXVN) - Trời mưa."), pair("(TTXVN)", "Trời mưa."));
        assert_eq!(check("Hà Nội (TTXVN) – Trời mưa."), pair("Hà Nội (TTXVN)", "Trời mưa."));
        assert_eq!(check("TTO - Trời mưa."), pair("TTO", "Trời mưa."));
        assert_eq!(check("(1975-2015) - chặng đường"), None);
        assert_eq!(check("(18 tuổi, ở Huế) - con ông An."), None);
        assert_eq!(check("(18 tuổi) - con ông An."), None);
        assert_eq!(check("PV: - Ông nói gì?"), None);
        assert_eq!(check("Trời mưa - đường trơn."), None);
        assert_eq!(check("TTXVN đưa tin"), None);
    }

    #[test]
    fn date_lines() {
        for line in [
            "Thứ bảy, 4/3/2017 | 10:30 GMT+7",
            "04/03/2017 10:30",
            "Hà Nội, ngày 4 tháng 3 năm 2017",
            "Cập nhật lúc 10:30, 4/3/2017",
        ] {
            assert!(is_date_line(line), "{line}");
        }
        for line in ["Ngày 4/3/2017, trời mưa.", "4/3", "Trời mưa", ""] {
            assert!(!is_date_line(line), "{line}");
        }
    }
}
