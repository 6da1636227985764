//! Years, runs of years, decades and centuries.

use corpus_model::Grain;

use super::find::Reader;
use super::words::{Context, phrase};
use super::{Core, Year};
use crate::number::roman;
use crate::token::TokenKind;

impl Reader<'_, '_> {
    /// The year behind something that is no number of years: `tháng 2 năm nay`.
    pub(super) fn year_behind(self, at: usize) -> Option<(Core, usize)> {
        let token = self.tokens.get(at);
        if token.is_word()
            && token.id == self.words.ids.year
            && let Some((this, end)) = phrase(&self.words.this, self.tokens, at + 1)
        {
            return Some((Core::Year(Year::Relative(this)), end));
        }
        self.year(at)
    }

    /// `năm 2014`, `năm hai nghìn linh chín`, `năm một chín bảy lăm`, `năm nay`.
    pub(super) fn year(self, at: usize) -> Option<(Core, usize)> {
        let token = self.tokens.get(at);
        if !token.is_word() || token.id != self.words.ids.year {
            return None;
        }
        if let Some((year, end)) = self.figures_of_year(at + 1) {
            return Some((Core::Year(Year::Said(year)), end));
        }
        if let Some((this, end)) = phrase(&self.words.this, self.tokens, at + 1) {
            return (!self.is_counted(at)).then_some((Core::Year(Year::Relative(this)), end));
        }
        // `năm 938`; before our era a year has no value here.
        let digits = self.tokens.get(at + 1);
        if digits.digits() == 3 {
            let year = i32::try_from(self.tokens.number(at + 1)?).ok()?;
            let next = self.tokens.get(at + 2);
            let goes_on = next.glued && (next.is_word() || self.tokens.get(at + 3).glued);
            let counted =
                self.counts(at + 2) || self.is_counted(at) || next.id == self.words.ids.bc;
            let ends = !next.is_word() || !self.is_before_our_era(at + 2);
            return (year >= 100 && !goes_on && !counted && ends)
                .then_some((Core::Year(Year::Said(year)), at + 2));
        }
        // `năm trăm` is five hundred.
        if !self.numbers.is_digit(self.tokens, at + 1) {
            return None;
        }
        let said = |year: u32, end| {
            let year = i32::try_from(year).ok().filter(|it| (100..=2200).contains(it))?;
            Some((Core::Year(Year::Said(year)), end))
        };
        if let Some((year, end)) = self.numbers.digit_by_digit(self.tokens, at + 1) {
            return said(year, end);
        }
        let number = self.numbers.parse(self.tokens, at + 1).filter(|it| it.words >= 2)?;
        said(u32::try_from(number.value).ok().filter(|_| number.value.is_integer())?, number.end)
    }

    /// `trước Công nguyên`, `sau Công nguyên`.
    fn is_before_our_era(self, at: usize) -> bool {
        let ids = &self.words.ids;
        let token = self.tokens.get(at);
        token.id == ids.before || token.id == ids.after && self.tokens.get(at + 1).is_capitalised()
    }

    /// Four digits that may be a year, and nothing glued to them that says otherwise.
    pub(super) fn figures_of_year(self, at: usize) -> Option<(i32, usize)> {
        let token = self.tokens.get(at);
        if token.digits() != 4 {
            return None;
        }
        let year = i32::try_from(self.tokens.number(at)?).ok()?;
        let (next, after) = (self.tokens.get(at + 1), self.tokens.get(at + 2));
        let goes_on = next.glued
            && match next.kind {
                TokenKind::Mark('.' | ',' | ':') => after.is_number() && after.glued,
                TokenKind::Mark('/' | '%' | '°') => true,
                TokenKind::Mark('-' | '–') => after.glued && !after.is_number(),
                TokenKind::Word => self.tokens.str(at + 1).len() <= 2,
                TokenKind::Number => true,
                _ => false,
            };
        (!goes_on && (1000..=2200).contains(&year)).then_some((year, at + 1))
    }

    /// The first year of `2015-2020`, where it is clear that a run of years follows.
    pub(super) fn run_of_years(self, at: usize) -> Option<(Core, usize)> {
        let (from, end) = self.figures_of_year(at)?;
        let dash = self.tokens.get(end);
        let (to, behind) = self.figures_of_year(end + 1)?;
        let before = self.tokens.before(at, 1);
        let free = !self.tokens.get(at).glued
            || matches!(before.kind, TokenKind::Mark('(' | '[' | '“' | '"' | ':' | ','));
        let fits = matches!(dash.kind, TokenKind::Mark('-' | '–' | '—'))
            && free
            && !self.words.context(self.tokens, at.wrapping_sub(1)).has(Context::NOT)
            && (1900..to).contains(&from)
            && to <= 2100
            && to - from <= 100
            && !self.counts(behind);
        fits.then_some((Core::Year(Year::Said(from)), end))
    }

    /// Four digits behind a preposition, at the end of a phrase: `từ 2014 đến nay`, `SN 1965`.
    pub(super) fn bare_year(self, at: usize) -> Option<(Core, usize)> {
        let context = self.words.context(self.tokens, at.wrapping_sub(1));
        if !(context.has(Context::BARE) || context.has(Context::PEOPLE))
            || self.tokens.get(at).glued
        {
            return None;
        }
        let (year, end) = self.figures_of_year(at)?;
        let next = self.tokens.get(end);
        let ends = !next.is_word() && !next.is_number()
            || next.id == self.words.ids.until
            || next.id == self.words.ids.up_to
            || next.id == self.words.ids.and
            || context.has(Context::PEOPLE);
        let ends = ends && !matches!(next.kind, TokenKind::Mark('%' | '$' | '/' | '°'));
        ((1900..=2100).contains(&year) && ends).then_some((Core::Year(Year::Said(year)), end))
    }

    /// `thập niên 1990`, `những năm 90`, `thế kỷ XX`, `thế kỷ mười bảy`.
    pub(super) fn decade_or_century(self, at: usize) -> Option<(Core, usize)> {
        let ids = &self.words.ids;
        let those = self.tokens.get(at).id == ids.those && self.tokens.get(at + 1).id == ids.year;
        let (grain, end) = match those {
            true => (Grain::Decade, at + 2),
            false => phrase(&self.words.units, self.tokens, at)?,
        };
        match grain {
            Grain::Decade => {
                let token = self.tokens.get(end);
                let figures = i32::try_from(self.tokens.number(end)?).ok()?;
                let decade = match token.digits() {
                    4 if figures % 10 == 0 && (1000..=2100).contains(&figures) => figures / 10,
                    2 if figures % 10 == 0 && figures >= 20 => 190 + figures / 10,
                    2 if figures % 10 == 0 => 200 + figures / 10,
                    _ => return None,
                };
                if self.counts(end + 1) {
                    return None;
                }
                Some(self.of_century(decade, token.digits() == 2, end + 1))
            }
            Grain::Century => {
                let end = end + usize::from(self.tokens.get(end).id == ids.nth);
                let (century, end) = match roman(self.tokens.str(end)) {
                    Some(century) => (century, end + 1),
                    None => self.numbers.small(self.tokens, end)?,
                };
                (1..=30).contains(&century).then_some((Core::Century(i32::from(century) - 1), end))
            }
            _ => None,
        }
    }

    /// A decade, with the century that two digits leave open: `những năm 60 của thế kỷ XIX`.
    fn of_century(self, decade: i32, open: bool, end: usize) -> (Core, usize) {
        let of = usize::from(self.tokens.get(end).id == self.words.ids.of);
        let place = end + of;
        if open && let Some((Grain::Century, at)) = phrase(&self.words.units, self.tokens, place) {
            if let Some((Core::Century(century), behind)) = self.decade_or_century(place) {
                return (Core::Decade(century * 10 + decade.rem_euclid(10)), behind);
            }
            // `thế kỷ trước` is the twentieth to those who write now.
            if let Some((_, behind)) = phrase(&self.words.this, self.tokens, at) {
                return (Core::Decade(decade), behind);
            }
        }
        (Core::Decade(decade), end)
    }
}

pub(super) fn shifted(year: Year, by: i32) -> Year {
    match year {
        Year::Said(year) => Year::Said(year + by),
        Year::Relative(year) => Year::Relative(year + by),
    }
}
