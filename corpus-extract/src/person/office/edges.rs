//! Where an office begins, and what it does not end with.

use crate::gazetteer::longest;
use crate::person::lexicon::Lexicon;
use crate::token::Tokens;

/// Whether an office begins at a token.
pub(in crate::person) fn begins_office(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    longest(&lexicon.offices, tokens, at).is_some()
        || is_prefix(lexicon, tokens, at)
            && (longest(&lexicon.offices, tokens, at + 1).is_some()
                // `nguyên quyền trưởng phòng`.
                || is_prefix(lexicon, tokens, at + 1)
                    && longest(&lexicon.offices, tokens, at + 2).is_some())
}

/// Whether the word at a token belongs to an office behind it: `nguyên Bí thư`, but not `chính quyền
/// Tổng thống`; `cố Thủ tướng`, but not `cố vấn`.
pub(in crate::person) fn is_prefix(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    let words = &lexicon.words;
    lexicon.is_prefix(tokens.get(at).id)
        && tokens.before(at, 1).id != words.chinh
        && (tokens.get(at).id != words.late || tokens.get(at + 1).id != words.van_)
}

/// Whether an office at a token is part of the one before: `Văn phòng Chủ tịch nước`, `Trợ lý Bộ
/// trưởng`, `Ban Bí thư`.
pub(super) fn part_of_title(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    longest(&lexicon.parts, tokens, at).is_some_and(|(end, _)| {
        longest(&lexicon.offices, tokens, at).is_none_or(|(office, ())| office <= end)
    })
}

/// The end where the organisation only points back: with the word that does so in `giám đốc công an tỉnh
/// này`, in front of it all in `hiệu trưởng của trường này`.
pub(super) fn past_pointer(
    lexicon: &Lexicon,
    tokens: &Tokens<'_>,
    head_end: usize,
    end: usize,
) -> usize {
    let words = &lexicon.words;
    if ![words.nay, words.do_].contains(&tokens.get(end).id) {
        return end;
    }
    let start = (head_end..end)
        .rev()
        .find(|&at| longest(&lexicon.parts, tokens, at).is_some_and(|(next, _)| next == end));
    let Some(start) = start else { return end };
    if start > head_end && tokens.before(start, 1).id == words.cua { start - 1 } else { end + 1 }
}

/// The end without connecting words at it.
pub(super) fn trim(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize, end: usize) -> usize {
    let words = &lexicon.words;
    let mut end = end;
    while end > at + 1 {
        let last = tokens.before(end, 1);
        let loose = !last.is_word() && !last.is_number()
            || [words.va, words.cua, words.cac, words.la].contains(&last.id);
        // `phụ trách, điều hành …` behind an office is what its holder does.
        let charge = end > at + 2
            && last.id == words.trach
            && tokens.before(end, 2).id == words.phu
            && !begins_office(lexicon, tokens, end - 2);
        if !loose && !charge {
            break;
        }
        end -= if charge { 2 } else { 1 };
    }
    end
}

/// Whether what an office is in charge of is part of a larger body behind a token: `thuộc` of `ủy viên Hội đồng tư
/// vấn thuộc Ủy ban Công nghiệp Nga`.
pub(super) fn belongs(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.get(at).id == lexicon.words.thuoc
        && tokens.get(at + 1).is_capitalised()
        && longest(&lexicon.parts, tokens, at + 1).is_some_and(|(_, part)| part.head)
}

/// Whether an office whose head begins at a token may be one of a country in another: `Đại sứ Việt Nam tại Lào`,
/// `Tư lệnh Mỹ tại châu Á`; but no `Tổng thống`, `Chủ tịch`, `Bộ trưởng`.
pub(super) fn is_sent(lexicon: &Lexicon, tokens: &Tokens<'_>, head: usize) -> bool {
    let words = &lexicon.words;
    let (first, second) = (tokens.get(head).id, tokens.get(head + 1).id);
    longest(&lexicon.soles, tokens, head).is_none()
        && second != words.tich
        && (first, second) != (words.bo, words.truong)
}
