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
const SHORT: usize = 4;
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
        while at < start + LONGEST {
            if let Some(years) = self.years(at) {
                return (start..self.trimmed(start, at), Some(years));
            }
            // `kế hoạch phát triển 5 năm 2016-2020`
            if tokens.get(at).is_number()
                && tokens.id(at + 1) == self.words.year
                && at > start
                && let Some(years) = self.years(at + 1)
            {
                return (start..self.trimmed(start, at), Some(years));
            }
            let token = tokens.get(at);
            match token.kind {
                TokenKind::Word => {
                    let behind_comma = tokens.before(at, 1).is_mark(',');
                    // `và Chương trình …`: another one.
                    let another = at > start
                        && self.is_capital(at)
                        && longest(&self.words.heads, tokens, at).is_some();
                    at = match longest(&self.words.title, tokens, at) {
                        _ if another => break,
                        Some((end, Title::Go)) => end,
                        Some((_, Title::Stop)) => break,
                        Some((_, Title::Comma)) if behind_comma => break,
                        _ => at + 1,
                    };
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
                TokenKind::Mark('-' | '–' | '/' | '&' | '+') => at += 1,
                // `TP.HCM`
                TokenKind::Mark('.')
                    if token.glued && tokens.get(at + 1).glued && tokens.get(at + 1).is_word() =>
                {
                    at += 1;
                }
                _ => break,
            }
        }
        let end = comma.unwrap_or(at).min(at);
        (start..self.trimmed(start, end), None)
    }

    /// The token behind an abbreviation in brackets.
    fn short_form(self, open: usize) -> Option<usize> {
        const LONGEST: usize = 5;
        let close = (open + 1..open + LONGEST).find(|&at| !self.tokens.get(at).has_capital())?;
        self.tokens.get(close).is_mark(')').then_some(close + 1)
    }

    /// A short name that begins with a capital: `Mùa hè xanh`, `Điện Biên Phủ`.
    pub(super) fn short_name(self, start: usize) -> Range<usize> {
        let tokens = self.tokens;
        let capital = |at: usize| tokens.get(at).is_capitalised();
        let run = (start..start + LONGEST).take_while(|&at| capital(at)).count();
        let mut end = start + run;
        if run == 1 {
            let goes_on = |at: &usize| {
                let token = tokens.get(*at);
                token.is_word()
                    && token.case == Case::Lower
                    && !matches!(longest(&self.words.title, tokens, *at), Some((_, Title::Stop)))
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
