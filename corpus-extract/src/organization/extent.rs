//! Where the name of an organisation ends, once its head and what it deals in have been read.
//!
//! A name goes on in small letters only as long as it says what the body deals in: `Cục Quản lý dược`.
//! Behind a place, a number or a proper name (`Sở Y tế Sơn La`, `Bệnh viện 115`, `Công ty Tràng An`)
//! small letters are the sentence's. A word is never cut in two.

use super::Rules;
use crate::gazetteer::{longest, longest_body, longest_joined};
use crate::token::{Case, Claims, Token, Tokens};
use crate::{person, place};

/// A name goes on behind `Cổ phần` with no more capitals than this.
const CAPITALS: usize = 4;

/// The rules and claims that say what else the words of a name may be.
#[derive(Clone, Copy)]
pub(super) struct Others<'a> {
    pub(super) offices: &'a person::Rules,
    pub(super) places: &'a place::Rules,
    pub(super) people: &'a Claims,
}

impl Rules {
    /// The end of the name that begins at `at`, whose end was read as `end`.
    pub(super) fn extent(
        &self,
        tokens: &Tokens<'_>,
        others: Others<'_>,
        at: usize,
        end: usize,
    ) -> usize {
        let head = others.offices.head(tokens, at).unwrap_or(at + 1).min(end);
        let end = self.without_sentence(tokens, others, at, head, end);
        let end = self.with_last_word(tokens, others, head, end);
        // `Ban Chấp hành Trung ương và Kết luận 80-KL/TW`
        let whole = longest_body(&self.bodies, tokens, at).is_some_and(|it| it.0 == end);
        if whole { end } else { self.with_second(tokens, others, head, end) }
    }

    /// The end in front of the words of the sentence that goes on: `Sở Y tế Sơn La | phối hợp`.
    fn without_sentence(
        &self,
        tokens: &Tokens<'_>,
        others: Others<'_>,
        at: usize,
        head: usize,
        end: usize,
    ) -> usize {
        let low = |at: usize| tokens.get(at).is_word() && tokens.get(at).case == Case::Lower;
        let all_low = |from: usize| from < end && (from..end).all(low);
        // `Hội đồng Bảo an thảo luận`
        for body in [
            longest_body(&self.bodies, tokens, at).map(|it| it.0),
            longest_joined(&self.names, tokens, at).map(|it| it.0),
        ] {
            if let Some(body) = body
                && all_low(body)
                && !others.offices.is_part(tokens, body)
            {
                return body;
            }
        }
        for next in head + 1..end {
            if !low(next) || low(next - 1) {
                continue;
            }
            // The word that the last capital begins: `Mỹ thuật`, `Pháp luật`, `Cổ phần`.
            let begun = others.offices.word(tokens, next - 1).is_some_and(|end| end > next);
            // `Đại sứ quán Pháp tại Việt Nam`, but a company is only told where it is.
            let id = tokens.get(next).id;
            let missions =
                id == self.of || id == self.at && longest(&self.companies, tokens, at).is_none();
            // `Ban Chỉ đạo 389 quốc gia`, `Hải quan Sài Gòn khu vực 1`, `… Việt Nam tỉnh Quảng Ninh`.
            let level = [self.nation, self.zone].contains(&tokens.get(next).id)
                || others.offices.takes_place(tokens, next);
            if begun || missions || level {
                continue;
            }
            let number = tokens.before(next, 1).is_number();
            let place = || {
                (head..next).any(|start| {
                    others.places.name(tokens, start).is_some_and(|place| place == next)
                })
            };
            // Two capitals that begin no words are a name.
            let name = || {
                next >= head + 2
                    && all_low(next)
                    && tokens.get(next - 2).case == Case::Capital
                    && tokens.get(next - 1).case == Case::Capital
            };
            // `miền Trung`
            let land = next >= head + 2 && tokens.get(next - 2).id == self.land;
            if number || land || place() || name() {
                return next;
            }
        }
        // `Ban Tôn giáo Chính phủ và các cơ quan …`
        (head + 1..end.saturating_sub(1))
            .find(|&at| tokens.get(at).id == self.and && tokens.get(at + 1).id == self.several)
            .unwrap_or(end)
    }

    /// The end behind a word that was cut in two, `Công nghiệp Đóng | tàu`, and behind the name that may
    /// follow it; in front of it where it is the sentence's.
    fn with_last_word(
        &self,
        tokens: &Tokens<'_>,
        others: Others<'_>,
        head: usize,
        end: usize,
    ) -> usize {
        if end <= head {
            return end;
        }
        let last = tokens.get(end - 1);
        let cut = others.offices.word(tokens, end - 1).is_some_and(|word| word > end);
        // `Bộ Tài chính xác định`: its own word ends here.
        let own = |start: usize| {
            others.offices.word(tokens, start) == Some(end)
                || others.offices.head(tokens, start) == Some(end)
                || longest_body(&self.bodies, tokens, start).is_some_and(|it| it.0 == end)
        };
        if cut && (head.saturating_sub(2)..end - 1).rev().take(8).any(own) {
            return end;
        }
        let next = tokens.get(end);
        if !cut || !next.is_word() || next.glued || next.case != Case::Lower {
            return end;
        }
        match last.case {
            Case::Lower if end > head + 2 => end - 1,
            Case::Lower => end + 1,
            Case::Capital => {
                let name = |token: Token| token.is_word() && token.case != Case::Lower;
                let mut end = end + 1;
                let most = end + CAPITALS;
                while end < most
                    && name(tokens.get(end))
                    && !others.people.contains(end)
                    && !others.offices.is_office(tokens, end)
                {
                    end += 1;
                }
                end
            }
            _ => end,
        }
    }

    /// The end behind what is joined by `và` to what a body deals in: `Cục Thủy sản và Nguồn nước`.
    fn with_second(
        &self,
        tokens: &Tokens<'_>,
        others: Others<'_>,
        head: usize,
        end: usize,
    ) -> usize {
        let second = end + 1;
        let [last, first, then] =
            [tokens.before(end, 1), tokens.get(second), tokens.get(second + 1)];
        let fits = end >= head + 2
            && tokens.get(end).id == self.and
            && last.case == Case::Lower
            && first.case == Case::Capital
            && then.is_word()
            && then.case == Case::Lower;
        if !fits
            || others.people.contains(second)
            || tokens.get(second + 2).is_number()
            || others.offices.is_office(tokens, second)
            || others.offices.organization(tokens, second).is_some()
            || others.places.name(tokens, second).is_some()
            || longest(&self.never, tokens, second).is_some()
        {
            return end;
        }
        let word = others.offices.word(tokens, second).is_some_and(|end| end == second + 2);
        let closed = tokens.get(second + 2).is_mark('(') || tokens.get(second + 2).is_mark(')');
        if word || closed { second + 2 } else { end }
    }
}
