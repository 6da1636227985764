//! How far a name goes that stands in running text, without quotation marks.

use std::ops::Range;

use super::Reader;
use super::period::Years;
use super::words::Title;
use crate::gazetteer::longest;
use crate::token::{Case, TokenKind};

/// The longest title.
const LONGEST: usize = 45;
/// So many words behind the first one with a capital may belong to a short name.
const SHORT: usize = 10;
/// Words that end a name belong to it among the first so many: `Tiếp sức đến trường`.
const LEAST: usize = 3;
/// A comma that stands no farther behind the beginning is one inside the title: `phòng, chống`.
const FIRST_COMMA: usize = 3;
/// `…, quốc phòng và an ninh`: the last part of a list in commas.
const LAST_PART: usize = 5;

impl Reader<'_, '_> {
    /// The title that begins at a token, with the years that it ends with.
    pub(super) fn title(self, start: usize) -> (Range<usize>, Option<Years>) {
        let tokens = self.tokens;
        let mut at = start;
        let mut comma = None;
        let mut soft = None;
        while at < start + LONGEST {
            if let Some(years) = self.years(at).filter(|it| soft.is_none() || it.ends_title()) {
                return (start..self.trimmed(start, at), Some(years));
            }
            // `kế hoạch phát triển 5 năm 2016-2020`
            if tokens.get(at).is_number()
                && tokens.id(at + 1) == self.words.year
                && at > start
                && soft.is_none()
                && let Some(years) = self.years(at + 1)
            {
                return (start..self.trimmed(start, at), Some(years));
            }
            let token = tokens.get(at);
            match token.kind {
                TokenKind::Word => {
                    let behind_comma = tokens.before(at, 1).is_mark(',');
                    // `và Chương trình …`, `…, đề án …`: another one.
                    let another = at > start
                        && (behind_comma || self.is_capital(at))
                        && longest(&self.words.heads, tokens, at)
                            .is_some_and(|(_, it)| !(behind_comma && it.class.is_time()));
                    at = match longest(&self.words.title, tokens, at) {
                        _ if another => break,
                        Some((end, Title::Go)) => end,
                        Some((_, Title::Stop)) => break,
                        Some((_, Title::Comma)) if behind_comma => break,
                        Some((end, Title::Soft)) => {
                            soft = soft.or((at >= start + LEAST).then_some(at));
                            end
                        }
                        _ => at + 1,
                    };
                }
                // `… trong 17 mùa học`
                TokenKind::Number
                    if at > start + LEAST && self.words.loose.contains(tokens.id(at - 1)) =>
                {
                    break;
                }
                TokenKind::Number => at += 1,
                TokenKind::Mark(',') => {
                    let next = tokens.get(at + 1);
                    if !(next.is_word() && next.case == Case::Lower) {
                        break;
                    }
                    let inside = at <= start + FIRST_COMMA
                        || (at + 1..at + LAST_PART).any(|at| tokens.id(at) == self.words.and);
                    if !inside && comma.is_none() {
                        comma = Some(at);
                    }
                    at += 1;
                }
                // `Tập đoàn Tàu thủy (Vinashin) giai đoạn …`
                TokenKind::Mark('(') => match self.short_form(at) {
                    Some(end) if self.years(end).is_some() => at = end,
                    _ => break,
                },
                // `… - Ảnh: Vi Thị Mai`
                TokenKind::Mark('-' | '–')
                    if tokens.id(at + 1) == self.words.photo
                        && tokens.get(at + 1).has_capital() =>
                {
                    break;
                }
                TokenKind::Mark('-' | '–' | '/' | '&' | '+') => at += 1,
                // `TP.HCM`, `TP. Hà Nội`
                TokenKind::Mark('.') if self.abbreviates(at) => {
                    at += 1;
                }
                _ => break,
            }
        }
        let end = comma.unwrap_or(at).min(soft.unwrap_or(at)).min(at);
        (start..self.trimmed(start, end), None)
    }

    /// The token behind what stands in brackets, where that is no more than another name.
    fn short_form(self, open: usize) -> Option<usize> {
        const LONGEST: usize = 10;
        let close = (open + 1..open + LONGEST)
            .take_while(|&at| !self.tokens.get(at).is_break())
            .find(|&at| self.tokens.get(at).is_mark(')'))?;
        Some(close + 1)
    }

    /// Whether a full stop ends an abbreviation and no sentence.
    fn abbreviates(self, at: usize) -> bool {
        const LONGEST: usize = 3;
        let (before, next) = (self.tokens.before(at, 1), self.tokens.get(at + 1));
        let short = before.case == Case::Upper && before.span.len() <= LONGEST;
        self.tokens.get(at).glued
            && before.is_word()
            && next.is_word()
            && (next.glued || short && next.is_capitalised())
    }

    /// A short name that begins with a capital: `Mùa hè xanh`, `Điện Biên Phủ`.
    pub(super) fn short_name(self, start: usize) -> Range<usize> {
        let tokens = self.tokens;
        let capital = |at: usize| tokens.get(at).is_capitalised();
        let run = (start..start + LONGEST).take_while(|&at| capital(at)).count();
        let stops = |at: usize| {
            let far = at >= start + LEAST;
            match longest(&self.words.title, tokens, at) {
                Some((_, Title::Stop)) => true,
                Some((_, Title::Soft)) => far,
                Some((_, Title::Go)) => false,
                _ => far && longest(&self.words.verbs, tokens, at).is_some(),
            }
        };
        let mut end = start + run;
        if run == 1 {
            let goes_on = |at: &usize| {
                let token = tokens.get(*at);
                // `Sinh viên 5 tốt`
                let number = token.digits() == 1 && tokens.get(*at + 1).is_word();
                (token.is_word() && !stops(*at) || number) && self.years(*at).is_none()
            };
            end = start + 1 + (start + 1..=start + SHORT).take_while(goes_on).count();
        }
        start..self.trimmed(start, end)
    }

    /// The end of a name without separators and joining words.
    fn trimmed(self, start: usize, end: usize) -> usize {
        let loose = |at: usize| {
            let token = self.tokens.before(at, 1);
            matches!(token.kind, TokenKind::Mark(',' | '-' | '–' | '/' | '&' | '+' | '.'))
                || token.is_word()
                    && token.case == Case::Lower
                    && self.words.loose.contains(token.id)
        };
        let mut end = end;
        while end > start && loose(end) {
            end -= 1;
        }
        end
    }
}
