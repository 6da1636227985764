//! Everything but days and years: months, quarters, weeks, feasts, lengths from now.

use corpus_model::chrono::Weekday;
use corpus_model::rust_decimal::Decimal;
use corpus_model::{Grain, Portion};

use super::find::{Cue, Reader};
use super::words::{Context, Cut, phrase};
use super::{Core, Year};
use crate::token::TokenKind;

impl Reader<'_, '_> {
    /// The piece of the calendar at `at`.
    pub(super) fn calendar(self, at: usize) -> Option<(Core, usize)> {
        if self.tokens.get(at).is_number() {
            return self
                .run_of_years(at)
                .or_else(|| self.counted(at))
                .or_else(|| self.bare_year(at));
        }
        self.fixed(at)
            .or_else(|| self.nth(at))
            .or_else(|| self.lunar(at))
            .or_else(|| self.month(at))
            .or_else(|| self.quarter(at))
            .or_else(|| self.decade_or_century(at))
            .or_else(|| self.relative(at))
            .or_else(|| self.year(at))
            .or_else(|| self.counted(at))
    }

    /// `hôm nay`, `cùng ngày`, `bây giờ`, `quốc khánh`, `mùa đông năm 2001`.
    fn fixed(self, at: usize) -> Option<(Core, usize)> {
        if let Some((days, end)) = phrase(&self.words.days, self.tokens, at) {
            return Some((Core::Relative(Grain::Day, days), end));
        }
        if let Some((days, end)) = phrase(&self.words.told, self.tokens, at) {
            return Some((Core::Told(days), end));
        }
        if let Some(((), end)) = phrase(&self.words.now, self.tokens, at) {
            let alone = self.tokens.before(at, 1).is_break() && self.tokens.get(end).is_break();
            return alone.then_some((Core::Now, end));
        }
        if let Some(((month, day), end)) = phrase(&self.words.holidays, self.tokens, at) {
            return Some(self.with_its_day(month, day, end));
        }
        if let Some((grain, end)) = phrase(&self.words.since, self.tokens, at) {
            return Some((Core::Since(grain), end));
        }
        if let Some((grain, end)) = phrase(&self.words.until, self.tokens, at) {
            return Some((Core::Till(grain), end));
        }
        // `chị Xuân 2010`, `vụ xuân hè 2015`
        if let Some((month, end)) = phrase(&self.words.short_seasons, self.tokens, at)
            && !self.tokens.before(at, 1).is_capitalised()
            && !self.is_compound(at)
        {
            let (year, end) =
                self.figures_of_year(end).filter(|it| !self.counts(it.1)).or_else(|| match self
                    .year(end)?
                {
                    (Core::Year(Year::Said(year)), end) => Some((year, end)),
                    _ => None,
                })?;
            return Some((Core::Season { month, year: Some(Year::Said(year)) }, end));
        }
        let (month, end) = phrase(&self.words.seasons, self.tokens, at)?;
        let core = |year| Core::Season { month, year: Some(year) };
        if let Some((Core::Year(year), end)) = self.year(end) {
            return Some((core(year), end));
        }
        if let Some((year, end)) = self.figures_of_year(end) {
            return Some((core(Year::Said(year)), end));
        }
        let (this, end) = phrase(&self.words.this, self.tokens, end)?;
        Some((core(Year::Relative(this)), end))
    }

    /// A holiday whose name its day may follow: `Quốc khánh 2/9/2017`, `Quốc tế Lao động (1-5)`.
    fn with_its_day(self, month: u8, day: u8, end: usize) -> (Core, usize) {
        let open = usize::from(self.tokens.get(end).is_mark('('));
        let place = end + open;
        let place = phrase(&self.words.prefixes, self.tokens, place).map_or(place, |it| it.1);
        if let Some((core @ Core::Day { day: d, month: m, year }, behind)) =
            self.day(place, Cue::Strong, open == 1)
            && (d, m) == (day, month)
            && (open == 0 || self.tokens.get(behind).is_mark(')'))
        {
            let close = open;
            return match year {
                Some(_) => (core, behind + close),
                None => (Core::Holiday { month, day, year }, behind + close),
            };
        }
        if let Some((year, end)) = self.figures_of_year(end).filter(|it| !self.counts(it.1)) {
            return (Core::Holiday { month, day, year: Some(Year::Said(year)) }, end);
        }
        (Core::Holiday { month, day, year: None }, end)
    }

    /// `tháng 10/2015`, `tháng ba năm ngoái`, `tháng 12 29, 2013`.
    pub(super) fn month(self, at: usize) -> Option<(Core, usize)> {
        let token = self.tokens.get(at);
        if token.id != self.words.ids.month || self.is_counted(at) {
            return None;
        }
        if let Some(found) = self.american(at + 1) {
            return Some(found);
        }
        self.rest_of_month(at + 1)
    }

    /// The number of a month at `at` and its year.
    pub(super) fn rest_of_month(self, at: usize) -> Option<(Core, usize)> {
        let (month, end) = self.numbers.small(self.tokens, at)?;
        if !(1..=12).contains(&month) {
            return None;
        }
        let core = |year| Core::Month { month, year };
        let mark = self.tokens.get(end);
        if matches!(mark.kind, TokenKind::Mark('/' | '-')) && mark.glued {
            if let Some((year, end)) = self.figures_of_year(end + 1) {
                return Some((core(Some(Year::Said(year))), end));
            }
            // `tháng 10/22` may be the day in some hand; `tháng 3/K12` is a symbol.
            if mark.is_mark('/') {
                return None;
            }
        }
        // `tháng 9.2009`
        if mark.is_mark('.')
            && mark.glued
            && self.tokens.get(end + 1).glued
            && let Some((year, end)) = self.figures_of_year(end + 1).filter(|it| it.0 >= 1900)
        {
            return Some((core(Some(Year::Said(year))), end));
        }
        let comma =
            usize::from(mark.is_mark(',') && self.tokens.get(end + 1).id == self.words.ids.year);
        if let Some((year, end)) = self.figures_of_year(end).filter(|&(_, end)| !self.counts(end)) {
            return Some((core(Some(Year::Said(year))), end));
        }
        if comma == 1
            && let Some((Core::Year(year), end)) = self.year(end + 1)
        {
            return Some((core(Some(year)), end));
        }
        let decimal = matches!(mark.kind, TokenKind::Mark('.' | ','))
            && mark.glued
            && self.tokens.get(end + 1).is_number()
            && self.tokens.get(end + 1).glued;
        (!decimal).then_some((core(None), end))
    }

    /// Month before day, as in translated texts: `tháng 12 29, 2013`.
    fn american(self, at: usize) -> Option<(Core, usize)> {
        let (month, end) = self.numbers.small(self.tokens, at)?;
        let (day, end) = self.bare_day(end)?;
        let (year, end) = match self.tokens.get(end).is_mark(',') {
            true => self.figures_of_year(end + 1)?,
            false => return None,
        };
        super::number_form::valid(day, month, Some(year))?;
        Some((Core::Day { day, month, year: Some(Year::Said(year)) }, end))
    }

    /// `quý I/2017`, `quý 3 năm 2018`, `quý ba`.
    fn quarter(self, at: usize) -> Option<(Core, usize)> {
        if self.tokens.get(at).id != self.words.ids.quarter {
            return None;
        }
        let (quarter, end) = match self.tokens.str(at + 1) {
            "I" => (1, at + 2),
            "II" => (2, at + 2),
            "III" => (3, at + 2),
            "IV" => (4, at + 2),
            _ => self.numbers.small(self.tokens, at + 1)?,
        };
        if !(1..=4).contains(&quarter) {
            return None;
        }
        let mark = self.tokens.get(end);
        let place = end
            + usize::from(
                matches!(mark.kind, TokenKind::Mark('/' | '-' | ','))
                    || mark.is_mark('.') && mark.glued && self.tokens.get(end + 1).glued,
            );
        let year = self.figures_of_year(place).filter(|&(_, end)| !self.counts(end));
        match year {
            Some((year, end)) => {
                Some((Core::Quarter { quarter, year: Some(Year::Said(year)) }, end))
            }
            // `mỗi quý một lần`
            None if self.counts(end) => None,
            None => Some((Core::Quarter { quarter, year: None }, end)),
        }
    }

    /// Whether the word in front makes another word of the one at `at`: `lần đầu`, `bánh trung thu`.
    pub(super) fn is_compound(self, at: usize) -> bool {
        self.words.context(self.tokens, at.wrapping_sub(1)).has(Context::COMPOUND)
    }

    /// `đầu năm 2016`, `giữa tháng 5`, `cuối thế kỷ XIX`, `cuối tuần này`, `nửa đầu năm nay`.
    pub(super) fn portioned(self, at: usize) -> Option<(Core, Option<Portion>, usize)> {
        let (cut, end) = phrase(&self.words.cuts, self.tokens, at)?;
        if self.is_compound(at) {
            return None;
        }
        let place = end + usize::from(self.tokens.get(end).id == self.words.ids.of);
        let (core, end) = self
            .month(place)
            .or_else(|| self.quarter(place))
            .or_else(|| self.decade_or_century(place))
            .or_else(|| self.relative(place))
            .or_else(|| self.year(place))?;
        let year = match core {
            Core::Year(year) => Some(year),
            Core::Relative(Grain::Year, n) => Some(Year::Relative(n)),
            _ => None,
        };
        let half = |from, to| (Core::Months { from, to, year }, None, end);
        Some(match (cut, core, year) {
            (Cut::FirstHalf, _, Some(_)) => half(1, 6),
            (Cut::SecondHalf, _, Some(_)) => half(7, 12),
            (Cut::Portion(Portion::Late), Core::Relative(Grain::Week, n), _) => {
                (Core::Weekend(n), None, end)
            }
            (Cut::Portion(portion), ..) => (core, Some(portion), end),
            (Cut::FirstHalf, ..) => (core, Some(Portion::Early), end),
            (Cut::SecondHalf, ..) => (core, Some(Portion::Late), end),
        })
    }

    /// `tuần này`, `tháng trước`, `thập kỷ qua`.
    pub(super) fn relative(self, at: usize) -> Option<(Core, usize)> {
        let (grain, end) = phrase(&self.words.units, self.tokens, at)?;
        let (this, end) = phrase(&self.words.this, self.tokens, end)?;
        let fits = matches!(
            grain,
            Grain::Week
                | Grain::Month
                | Grain::Quarter
                | Grain::Year
                | Grain::Decade
                | Grain::Century
        );
        (fits && !self.is_counted(at)).then_some((Core::Relative(grain, this), end))
    }

    /// `3 ngày trước`, `2 tuần tới`, `22 giờ nữa`, `cách đây 2 năm`, `6 tháng đầu năm 2016`.
    pub(super) fn counted(self, at: usize) -> Option<(Core, usize)> {
        let ids = &self.words.ids;
        let away = self.tokens.get(at).id == ids.away && self.tokens.get(at + 1).id == ids.here;
        // The decimals of a number are none of their own.
        if self.tokens.get(at).glued
            && matches!(self.tokens.before(at, 1).kind, TokenKind::Mark('.' | ','))
            && self.tokens.before(at, 2).is_number()
        {
            return None;
        }
        let number = self.numbers.parse(self.tokens, if away { at + 2 } else { at })?;
        let (grain, mut end) = phrase(&self.words.units, self.tokens, number.end)?;
        let mut value = number.value;
        // `một năm rưỡi trước`
        if self.numbers.is_half(self.tokens, end) && value.is_integer() && !number.scaled {
            value += Decimal::new(5, 1);
            end += 1;
        }
        let (value, grain) = in_whole_units(value, grain)?;
        let n = i32::try_from(value).ok().filter(|n| (1..=1000).contains(n))?;
        if away {
            return Some((Core::Ago(grain, -n), end));
        }
        let half = match self.tokens.get(end).id {
            id if id == ids.first => Some(true),
            id if id == ids.last => Some(false),
            _ => None,
        };
        let months = if grain == Grain::Quarter { n.saturating_mul(3) } else { n };
        if let (Some(first), Grain::Month | Grain::Quarter, Ok(n @ 1..=12)) =
            (half, grain, u8::try_from(months))
            && self.tokens.get(end + 1).id == ids.year
        {
            let (from, to) = if first { (1, n) } else { (13 - n, 12) };
            if let Some((Core::Year(year), end)) = self.year(end + 1) {
                return Some((Core::Months { from, to, year: Some(year) }, end));
            }
            return Some((Core::Months { from, to, year: None }, end + 2));
        }
        if let Some((sign, behind)) = phrase(&self.words.ago, self.tokens, end) {
            // `15 ngày trước ngày bầu cử` counts from another day.
            let from_event = self.words.context(self.tokens, behind).has(Context::EVENT);
            return (!from_event).then_some((Core::Ago(grain, sign * n), behind));
        }
        // A text that says nothing else is the age of what it stands at: `2 giờ` below a headline.
        if let [(_, whole)] = self.tokens.blocks()
            && *whole == (at..end)
            && self.tokens.get(at).is_number()
        {
            return Some((Core::Ago(grain, -n), end));
        }
        let (sign, end) = phrase(&self.words.run, self.tokens, end)?;
        // `7 giờ tới 8 giờ` is a range.
        let ranged = self.tokens.get(end).is_number() || self.numbers.is_word(self.tokens, end);
        (!ranged).then_some((Core::Run(grain, sign * n), end))
    }

    /// `thứ ba`, `thứ 3`, `chủ nhật`.
    pub(super) fn weekday(self, at: usize) -> Option<(Weekday, usize)> {
        if let Some(found) = phrase(&self.words.weekdays, self.tokens, at) {
            // `năm thứ hai`, `lần thứ ba` count; so does `thứ hai mươi`.
            return (!self.numbers.is_word(self.tokens, found.1)
                || self.tokens.get(found.1).id == self.words.ids.year)
                .then_some(found);
        }
        if self.tokens.get(at).id != self.words.ids.nth || self.tokens.get(at + 1).digits() != 1 {
            return None;
        }
        let next = self.tokens.get(at + 2);
        if next.glued && (next.is_word() || next.is_mark('/')) {
            return None;
        }
        let day = u8::try_from(self.tokens.number(at + 1)?).ok()?.checked_sub(2)?;
        Some((Weekday::try_from(day).ok()?, at + 2))
    }

    /// Whether the weekday at `at` is Sunday, whose name has no other meaning.
    pub(super) fn is_sunday(self, at: usize) -> bool {
        let place = phrase(&self.words.prefixes, self.tokens, at).map_or(at, |it| it.1);
        phrase(&self.words.weekdays, self.tokens, place).is_some_and(|(it, _)| it == Weekday::Sun)
    }

    /// Whether a number or a word of many stands in front, so that the unit at `at` is counted.
    pub(super) fn is_counted(self, at: usize) -> bool {
        let before = self.tokens.before(at, 1);
        // The number may be a weekday's: `thứ sáu tuần này`.
        if self.tokens.before(at, 2).id == self.words.ids.nth {
            return false;
        }
        before.is_number()
            || self.words.context(self.tokens, at.wrapping_sub(1)).has(Context::MANY)
            || self.numbers.is_word(self.tokens, at.wrapping_sub(1))
            || before.is_mark('%')
    }
}

/// So many units as a whole number of them or of a smaller unit: one and a half years are 18 months.
fn in_whole_units(value: Decimal, grain: Grain) -> Option<(Decimal, Grain)> {
    if value.is_integer() {
        return Some((value, grain));
    }
    let (factor, grain) = match grain {
        Grain::Minute => (60, Grain::Second),
        Grain::Hour => (60, Grain::Minute),
        Grain::Day => (24, Grain::Hour),
        Grain::Week => (7, Grain::Day),
        Grain::Month => (30, Grain::Day),
        Grain::Year => (12, Grain::Month),
        Grain::Decade => (10, Grain::Year),
        _ => return None,
    };
    let value = value.checked_mul(Decimal::from(factor))?;
    value.is_integer().then_some((value, grain))
}
