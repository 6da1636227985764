//! Captions: text with the credit of a picture behind it, or glued to the page's title.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use memchr::{memchr_iter, memrchr};

use super::look::Look;
use super::marks::{self, Kind};
use super::sentence;

/// A caption is sought in so many bytes in front of its credit.
const WINDOW: usize = 700;
/// Two sentences at the start of a text are one caption, if no longer than this.
const TWO_SENTENCES: usize = 350;
/// The longest credit, from one parenthesis to the other.
const CREDIT: usize = 160;
/// The longest line that a credit without parentheses makes a caption.
const LINE: usize = 700;

/// The longest title that the number of a picture is sought behind.
const NAME: usize = 300;
/// No form of the word for picture has more bytes behind the one that it is sought by.
const PICTURE: usize = 8;
/// The word for picture, composed and decomposed, from the byte that tells it from other words.
static PICTURES: LazyLock<[Finder<'static>; 3]> = LazyLock::new(|| {
    [&b"\xba\xa3nh "[..], b"\xba\xa2nh ", "\u{309}nh ".as_bytes()].map(Finder::new)
});

/// The captions inside a line, in order; none in a [plain](Look::plain) one.
///
/// In running text a caption is the sentence in front of its credit; at the start of a line, or
/// behind another caption, it is all that stands there.
pub(super) fn inside(line: &str, plain: bool, captions: &mut Vec<Range<usize>>) {
    if plain {
        return;
    }
    let mut from = 0;
    let mut at_front = true;
    if let Some(caption) = glued(line) {
        from = caption.end;
        captions.push(caption);
    }
    for open in memchr_iter(b'(', line.as_bytes()) {
        if open < from {
            continue;
        }
        let Some(end) = credit_end(line, open) else { continue };
        let before = line.get(from..open).unwrap_or_default();
        let start = from + start_in(before, at_front);
        captions.push(start..end);
        from = end;
        at_front = true;
    }
    if let Some(caption) = unbracketed(line, from, at_front) {
        captions.push(caption);
    }
}

/// Whether there is a caption inside a line.
pub(super) fn is_some(line: &str) -> bool {
    let mut captions = Vec::new();
    inside(line, Look::at(line).plain, &mut captions);
    !captions.is_empty()
}

/// Where the credit that this parenthesis opens ends, if it is one.
fn credit_end(line: &str, open: usize) -> Option<usize> {
    let inside = line.get(open + 1..)?;
    let words = inside.trim_start();
    let mark = marks::at_start(Kind::Credit, words);
    let mark_end = mark.or_else(|| marks::at_start(Kind::Source, words))?;
    let mark_end = mark_end + inside.len() - words.len();
    let near = inside.get(..sentence::floor(inside, CREDIT))?;
    let close = near.find(')')?;
    // A credit names its owner behind a colon (`Ảnh: TTXVN`), or is nothing but the mark
    // (`Ảnh minh họa`); `(ảnh)`, `(ảnh trên)` and `(ảnh của người dân gửi hôm qua)` are text.
    let rest = near.get(mark_end..close)?.trim_start();
    let named = rest.starts_with([':', '-', '–', '/']);
    let bare = rest.is_empty() && near.get(..close).is_some_and(|mark| mark.trim().contains(' '));
    let owner = bare || rest.starts_with(|c: char| c.is_uppercase());
    let short = mark.is_some() && owner && rest.len() <= 40;
    if !named && !short {
        return None;
    }
    let mut end = open + 1 + close + 1;
    let after = line.get(end..)?;
    // A full stop behind the credit is its own.
    if after.starts_with('.') && !after.starts_with("./") && !after.starts_with("..") {
        end += 1;
    }
    // A source ends text as well as pictures; it makes a caption only where the line ends.
    let whole = line.get(end..)?.trim().is_empty() && line.len() <= TWO_SENTENCES;
    (mark.is_some() || whole).then_some(end)
}

/// Where in the text in front of a credit its caption begins.
fn start_in(before: &str, at_front: bool) -> usize {
    let words = before.trim_end();
    if words.trim_start().is_empty() {
        return before.len();
    }
    let lead = words.len() - words.trim_start().len();
    let cut = sentence::ceil(words, words.len().saturating_sub(WINDOW)).max(lead);
    let window = words.get(cut..).unwrap_or_default();
    let starts = sentence::starts(window);
    let last = starts.last().map(|start| cut + start);
    let whole = at_front && cut == lead;
    match last {
        // No sentence begins in reach: the caption is all of a short text, or only its credit.
        None if whole => lead,
        None => before.len(),
        Some(_) if whole && starts.len() == 1 && window.len() <= TWO_SENTENCES => {
            match marks::at_start(Kind::Opener, window) {
                Some(_) => last.unwrap_or(lead),
                None => lead,
            }
        }
        Some(last) => last,
    }
}

/// A caption whose credit stands at the end of the line without parentheses: `… Ảnh: An Bình/TTXVN`.
fn unbracketed(line: &str, from: usize, at_front: bool) -> Option<Range<usize>> {
    let rest = line.get(from..)?;
    if rest.len() > LINE {
        return None;
    }
    let tail = sentence::ceil(rest, rest.len().saturating_sub(CREDIT));
    let colon = tail + memrchr(b':', rest.get(tail..)?.as_bytes())?;
    let owner = rest.get(colon + 1..)?.trim();
    let named = owner.starts_with(|c: char| c.is_uppercase() || c == '@');
    if !named || owner.len() > 80 || !sentence::starts(owner).is_empty() {
        return None;
    }
    let words = rest.get(..colon)?.trim_end();
    let source = || {
        let mark = marks::at_end(Kind::Source, words)?;
        // A source alone on its line signs a text, and one in parentheses was looked at before.
        let before = rest.get(..mark)?.trim_end();
        let behind_text = !before.is_empty() && !before.ends_with('(');
        (behind_text && rest.len() <= TWO_SENTENCES).then_some(mark)
    };
    let mark = marks::at_end(Kind::Credit, words).or_else(source)?;
    let before = rest.get(..mark)?;
    // The credit stands for itself, not inside a sentence: `bức ảnh: Hà Nội mùa thu`.
    let ended = before.trim_end_matches([' ', '\u{a0}', '-', '–', '|', '/', '(']);
    let apart = before.is_empty()
        || ended.ends_with(['.', '!', '?', '…', ';', '”', '"', ')'])
        || rest.get(mark..)?.starts_with(char::is_uppercase);
    if !apart {
        return None;
    }
    Some(from + start_in(before, at_front)..line.len())
}

/// A caption at the front whose credit has no parentheses and runs straight into the text:
/// `Phố Huế. Ảnh: An Bình/TTXVN Sáng 29/8, …`.
///
/// Where the name ends is told by a full stop, by the agency, or by the word that the report begins
/// with.
fn glued(line: &str) -> Option<Range<usize>> {
    let near = line.get(..sentence::floor(line, TWO_SENTENCES))?;
    let colon = memchr_iter(b':', near.as_bytes())
        .find(|&colon| near.get(..colon).is_some_and(|it| it.ends_with("nh")))?;
    let mark = marks::at_end(Kind::Credit, near.get(..colon)?)?;
    let before = near.get(..mark)?;
    let ended = before.trim_end().is_empty() || sentence::is_ended(before.trim_end());
    if !ended || !near.get(mark..)?.starts_with(char::is_uppercase) {
        return None;
    }
    let rest = line.get(colon + 1..)?;
    let mut at = rest.len() - rest.trim_start().len();
    for n in 0..7 {
        let words = rest.get(at..)?;
        let word = words.split(char::is_whitespace).next()?;
        let begins = n > 0 && marks::at_start(Kind::Opener, words).is_some();
        if begins {
            let name = rest.get(..at)?.trim_end();
            return Some(start_in(before, true)..colon + 1 + name.len());
        }
        let name = word.starts_with(char::is_uppercase) || matches!(word, "-" | "–" | "/");
        if !name {
            return None;
        }
        let bare = word.trim_end_matches('.');
        let agency = bare.rsplit(['/', '-']).next().is_some_and(|it| marks::is(Kind::Agency, it));
        let stopped = word.ends_with('.') && bare.chars().filter(|c| c.is_lowercase()).count() > 1;
        at += word.len();
        if agency || stopped {
            // What follows is text, or the credit is the end of the line.
            rest.get(at..)?.chars().next().filter(|c| c.is_whitespace())?;
            return Some(start_in(before, true)..colon + 1 + at);
        }
        let behind = rest.get(at..)?;
        at += behind.len() - behind.trim_start().len();
    }
    None
}

/// Whether the line repeats the page's title as the name of a picture: `Tiêu đề ảnh 1Chú thích`,
/// `Tiêu đề - Ảnh 2.`
///
/// Only a line that is [numbered](Look::numbered) is.
pub(super) fn names_picture(line: &str, title: Option<&str>) -> bool {
    if let Some(rest) = title.and_then(|title| line.strip_prefix(title)) {
        return number_glued(rest);
    }
    // Without the title in front, the number must be glued to a capital or end the line.
    let near = line.as_bytes();
    let near = near.get(..NAME + PICTURE).unwrap_or(near);
    PICTURES.iter().flat_map(|it| it.find_iter(near)).any(|at| {
        let word = near.get(..at.min(NAME)).unwrap_or_default();
        let start = word.iter().rposition(|&byte| byte == b' ').unwrap_or(0);
        at < NAME && start >= 20 && number_glued(line.get(start..).unwrap_or_default())
    })
}

/// ` ảnh 1Trưởng ban`, ` - Ảnh 2.`
fn number_glued(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\u{a0}', '-', '–', ':', '|']);
    let Some(mark) = marks::at_start(Kind::Credit, rest) else { return false };
    let number = rest.get(mark..).unwrap_or_default().trim_start();
    let after = number.trim_start_matches(|c: char| c.is_ascii_digit());
    let glued = after.starts_with(char::is_uppercase) || after.trim_matches(['.', ' ']).is_empty();
    number.len() != after.len() && number.len() - after.len() <= 3 && glued
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        let mut found = Vec::new();
        inside(line, Look::at(line).plain, &mut found);
        let found: Vec<&str> = found.into_iter().map(|range| &line[range]).collect();
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn glued_to_the_first_sentence() {
        check(
            "Phố Huế sáng nay. (Ảnh: An Bình/TTXVN) Sáng 29/8, mưa lớn.",
            &["Phố Huế sáng nay. (Ảnh: An Bình/TTXVN)"],
        );
        check("Quang cảnh hội nghị (Ảnh: TTXVN). Sáng 5/3", &["Quang cảnh hội nghị (Ảnh: TTXVN)."]);
        check("Cầu mới. Ảnh: An Bình", &["Cầu mới. Ảnh: An Bình"]);
        check("Ảnh minh họa: Internet.", &["Ảnh minh họa: Internet."]);
        check("Bão số 6 - Nguồn: TTXVN", &["Bão số 6 - Nguồn: TTXVN"]);
        check("Cầu mới ở Huế. (Ảnh minh họa)", &["Cầu mới ở Huế. (Ảnh minh họa)"]);
    }

    #[test]
    fn glued_without_parentheses() {
        check(
            "Phố Huế sáng nay. Ảnh: An Bình/TTXVN Hàng trăm người đã đi qua cầu.",
            &["Phố Huế sáng nay. Ảnh: An Bình/TTXVN"],
        );
        check("Phố Huế. Ảnh: Lê An Bình Sáng 29/8, mưa lớn.", &["Phố Huế. Ảnh: Lê An Bình"]);
        check("Phố Huế. Ảnh: Lê Bình. Mưa lớn đã đổ xuống.", &["Phố Huế. Ảnh: Lê Bình."]);
        check("Ông kể về bức ảnh: Hà Nội Sáng mùa thu.", &[]);
        check("Phố Huế. Ảnh: chụp lúc mưa, Sáng 29/8.", &[]);
    }

    #[test]
    fn in_mid_text() {
        check(
            "Sáng 5/3, tỉnh họp bàn. Ông An nói về đê. Đê sông Mã vỡ. (Ảnh: TTXVN) Dân đã đi.",
            &["Đê sông Mã vỡ. (Ảnh: TTXVN)"],
        );
        check(
            "Đê vỡ. (Ảnh: A) Cầu sập. (Ảnh: B) Sáng 5/3, tỉnh họp.",
            &["Đê vỡ. (Ảnh: A)", "Cầu sập. (Ảnh: B)"],
        );
    }

    #[test]
    fn no_captions() {
        check("Ông xem bức ảnh (chụp năm 1975) và khóc.", &[]);
        check("Trước khi đi, ông An (ảnh) nói ngắn.", &[]);
        check("Người trong clip (ảnh trên) là ông An.", &[]);
        check("Số liệu (Nguồn: Tổng cục Thống kê) cho thấy giá tăng.", &[]);
        check("Họ chụp rất nhiều ảnh: Hà Nội, Huế, Sài Gòn", &[]);
        check("", &[]);
    }

    #[test]
    fn names_of_pictures() {
        let title = Some("Mưa lớn ở Hà Nội");
        let names = |line, title| {
            let found = names_picture(line, title);
            assert!(Look::at(line).numbered || !found, "{line}");
            found
        };
        assert!(names("Mưa lớn ở Hà Nội ảnh 1Phố Huế ngập.", title));
        assert!(names("Mưa lớn ở Hà Nội - Ảnh 2.", title));
        assert!(names("Một tin khác hẳn về mưa ảnh 3Phố Huế ngập.", title));
        assert!(!names("Mưa lớn ở Hà Nội có ảnh 1 người chụp", title));
        assert!(!names("Anh gửi tòa soạn 3 ảnh 4 người dân", None));
    }
}
