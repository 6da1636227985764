//! Days in figures and words: `29/8`, `05-12-2013`, `25 tháng 1 năm 2017`.
//!
//! Digits with a slash or dash between them are more often shares, scores, house numbers and parts
//! of symbols than days; the form itself, what stands in front ([`Cue`]) and what stands behind
//! decide.

use corpus_model::chrono::NaiveDate;

use super::find::{Cue, Reader};
use super::words::{Context, phrase};
use super::{Core, Year};
use crate::token::TokenKind;

impl Reader<'_, '_> {
    /// A day with its month at `at`; `behind` says that a dash it may be glued to stands before.
    pub(super) fn day(self, at: usize, cue: Cue, behind: bool) -> Option<(Core, usize)> {
        if self.tokens.get(at).is_number()
            && let Some(found) = self.day_in_figures(at, cue, behind)
        {
            return Some(found);
        }
        self.day_in_words(at, cue)
    }

    /// `25 tháng 1`, `mười một tháng mười`, `25 tháng 1/2017`.
    fn day_in_words(self, at: usize, cue: Cue) -> Option<(Core, usize)> {
        let (day, end) = self.numbers.small(self.tokens, at)?;
        let token = self.tokens.get(end);
        if !token.is_word() || token.id != self.words.ids.month {
            return None;
        }
        // `4 tháng này`
        if cue == Cue::Strong
            && let Some((_, _)) = phrase(&self.words.this, self.tokens, end + 1)
        {
            return None;
        }
        let (month, mut end) = self.numbers.small(self.tokens, end + 1)?;
        let mut year = None;
        let (mark, digits) = (self.tokens.get(end), self.tokens.get(end + 1));
        if matches!(mark.kind, TokenKind::Mark('/' | '-')) && mark.glued && digits.glued {
            let (said, behind) = self.figures_of_year(end + 1)?;
            (year, end) = (Some(Year::Said(said)), behind);
        } else if let Some((said, behind)) =
            self.figures_of_year(end).filter(|&(_, behind)| !self.counts(behind))
        {
            (year, end) = (Some(Year::Said(said)), behind);
        }
        // `3 tháng 10 ngày` is a length of time.
        if cue < Cue::Strong && year.is_none() && self.counts(end) {
            return None;
        }
        valid(day, month, None)?;
        Some((Core::Day { day, month, year }, end))
    }

    fn day_in_figures(self, at: usize, cue: Cue, behind: bool) -> Option<(Core, usize)> {
        let first = self.tokens.get(at);
        if first.glued && !self.may_touch(at.checked_sub(1)?, behind) {
            return None;
        }
        let mark = self.separator(at + 1)?;
        let second = self.tokens.get(at + 2);
        let third = (self.separator(at + 3) == Some(mark)).then(|| self.tokens.get(at + 4));
        let third = third.filter(|it| it.is_number() && it.glued);
        let number = |at| self.tokens.number(at);
        if let Some(third) = third {
            let end = at + 5;
            if !self.ends(end, mark) {
                return None;
            }
            let (a, b, c) = (number(at)?, number(at + 2)?, number(at + 4)?);
            let (day, month, year) = match (first.digits(), second.digits(), third.digits()) {
                (1..=2, 1..=2, 4) => (a, b, c),
                (4, 1..=2, 1..=2) if mark != '.' => (c, b, a),
                // A year of two digits: the century nearest to our own time.
                (1..=2, 1..=2, 2) if mark != '.' || cue == Cue::Strong => {
                    (a, b, if c < 50 { 2000 + c } else { 1900 + c })
                }
                _ => return None,
            };
            let (day, month) = (u8::try_from(day).ok()?, u8::try_from(month).ok()?);
            let year = i32::try_from(year).ok().filter(|year| (1000..=2200).contains(year))?;
            valid(day, month, Some(year))?;
            return Some((Core::Day { day, month, year: Some(Year::Said(year)) }, end));
        }
        let end = at + 3;
        if first.digits() > 2 || !self.ends(end, mark) {
            return None;
        }
        let (a, b) = (u8::try_from(number(at)?).ok()?, number(at + 2)?);
        if second.digits() == 4 && mark != '.' {
            return self.month_in_figures(at, cue, behind, a, b);
        }
        if second.digits() > 2 {
            return None;
        }
        let b = u8::try_from(b).ok()?;
        valid(a, b, None)?;
        let fits = match mark {
            '/' => cue == Cue::Strong || self.is_day_with_slash(at, cue, behind, a, b),
            '-' => cue == Cue::Strong && !self.counts(end) || self.is_day_with_dash(at, cue, a, b),
            _ => cue == Cue::Strong && !self.counts(end),
        };
        fits.then_some((Core::Day { day: a, month: b, year: None }, end))
    }

    /// `10/2015` without `tháng`, where the words in front allow it.
    fn month_in_figures(
        self,
        at: usize,
        cue: Cue,
        behind: bool,
        month: u8,
        year: u32,
    ) -> Option<(Core, usize)> {
        let before = self.tokens.before(at, 1);
        let context = self.words.context(self.tokens, at.wrapping_sub(1));
        let fits = behind
            || cue > Cue::None
            || context.has(Context::BEFORE)
            || before.is_mark('(')
            || before.is_break() && self.tokens.get(at + 3).is_break();
        let year = i32::try_from(year).ok().filter(|year| (1900..=2100).contains(year))?;
        let fits = fits && (1..=12).contains(&month) && !context.has(Context::NOT);
        fits.then_some((Core::Month { month, year: Some(Year::Said(year)) }, at + 3))
    }

    /// Whether `a/b` without a strong cue is a day and not a share or a house.
    fn is_day_with_slash(self, at: usize, cue: Cue, behind: bool, a: u8, b: u8) -> bool {
        let before = self.tokens.before(at, 1);
        let context = self.words.context(self.tokens, at.wrapping_sub(1));
        let starts =
            before.is_break() || matches!(before.kind, TokenKind::Mark('(' | '[' | '“' | '"'));
        let alone = before.is_break() && self.tokens.get(at + 3).is_break();
        // A share is at most one: `1/3 dân số`, `10/12 xã`, `5/5 điểm`.
        let may_be_share = a <= b;
        match cue {
            _ if alone => true,
            _ if self.counts(at + 3) && may_be_share => false,
            _ if behind => true,
            Cue::Weak | Cue::Strong => !(may_be_share && self.is_share(at + 3)),
            // `24/7` says always.
            Cue::None if (a, b) == (24, 7) || context.has(Context::NOT) => false,
            Cue::None => {
                !self.counts(at + 3)
                    && (a > b || starts && a > 1)
                    && !matches!(before.kind, TokenKind::Mark('+' | '=' | '×' | '$'))
            }
        }
    }

    /// Whether `17-3` without a strong cue is a day and not a score or a range: only with a number
    /// that is no month, behind a preposition or in brackets of its own.
    fn is_day_with_dash(self, at: usize, cue: Cue, a: u8, b: u8) -> bool {
        let bracketed =
            self.tokens.before(at, 1).is_mark('(') && self.tokens.get(at + 3).is_mark(')');
        a > 12 && a > b && (cue == Cue::Weak || bracketed) && !self.counts(at + 3)
    }

    /// Whether a noun of things that are shared follows: `từ 1/3 dân số`.
    fn is_share(self, at: usize) -> bool {
        self.words.context(self.tokens, at).has(Context::COUNTED)
    }

    /// A slash, dash or point glued between two numbers at `at` - 1 and `at` + 1.
    fn separator(self, at: usize) -> Option<char> {
        let (mark, next) = (self.tokens.get(at), self.tokens.get(at + 1));
        match mark.kind {
            TokenKind::Mark(sign @ ('/' | '-' | '.'))
                if mark.glued && next.is_number() && next.glued =>
            {
                Some(sign)
            }
            // Some write `29 / 8`.
            _ => None,
        }
    }

    /// Whether digits may be glued to the token at `at` in front of them.
    fn may_touch(self, at: usize, behind: bool) -> bool {
        match self.tokens.get(at).kind {
            TokenKind::Mark('(' | '[' | '“' | '"' | '\'' | '‘' | ',' | ':' | ';') => true,
            TokenKind::Mark('-' | '–' | '—') => behind || !self.tokens.get(at).glued,
            // `Sáng29/8`: a blank is missing.
            TokenKind::Word => self.words.context(self.tokens, at).has(Context::BEFORE),
            _ => false,
        }
    }

    /// Whether the digits of a date may end in front of the token at `at`: no letters, digits or
    /// separators go on as those of a symbol do (`05/2016/NQ-HĐND`).
    fn ends(self, at: usize, separator: char) -> bool {
        let (token, next) = (self.tokens.get(at), self.tokens.get(at + 1));
        if !token.glued {
            return true;
        }
        match token.kind {
            TokenKind::Word => {
                // A blank is missing: `29/8tại`.
                token.case == crate::token::Case::Lower && self.tokens.str(at).len() > 2
            }
            TokenKind::Number => false,
            TokenKind::Mark('-' | '–' | '—') if next.glued => {
                // The second half of a range.
                next.is_number() && (separator != '-' || !token.is_mark('-'))
            }
            TokenKind::Mark('/' | '\\' | '%' | '°' | '_' | '@') => false,
            TokenKind::Mark('.' | ',' | ':') => !(next.glued && next.is_number()),
            _ => true,
        }
    }

    /// Digits that may be a day of the month in a list or range: `16` in `16 và 17-3`.
    pub(super) fn bare_day(self, at: usize) -> Option<(u8, usize)> {
        let token = self.tokens.get(at);
        if !(1..=2).contains(&token.digits()) {
            return None;
        }
        if token.glued && at.checked_sub(1).is_some_and(|before| !self.may_touch(before, true)) {
            return None;
        }
        let day = u8::try_from(self.tokens.number(at)?).ok()?;
        (1..=31).contains(&day).then_some((day, at + 1))
    }

    /// `3` behind `ngày`, where nothing shows that days are counted or a list is numbered.
    pub(super) fn day_of_month(self, at: usize) -> Option<(u8, usize)> {
        let (day, end) = self.bare_day(at)?;
        let next = self.tokens.get(end);
        let goes_on = next.glued
            && !matches!(next.kind, TokenKind::Mark('.' | ',' | ';' | ')' | ':' | '”' | '"'));
        let of_month = next.is_word() && next.id == self.words.ids.month;
        (!goes_on && !of_month && !self.counts(end)).then_some((day, end))
    }
}

/// Whether there is such a day; in a leap year where the year is open.
pub(super) fn valid(day: u8, month: u8, year: Option<i32>) -> Option<()> {
    NaiveDate::from_ymd_opt(year.unwrap_or(2000), month.into(), day.into()).map(|_| ())
}
