//! Days of the lunar calendar as they are written: `mùng 3 Tết`, `23 tháng Chạp`, `10/3 âm lịch`.

use super::find::Reader;
use super::words::phrase;
use super::{Core, LunarYear, Year};

/// The first days of the year that are told by `Tết`: `mùng 10 Tết`.
const TET_DAYS: u8 = 15;

impl Reader<'_, '_> {
    /// The day or month of the lunar calendar at `at`, and the token behind it.
    pub(super) fn lunar(self, at: usize) -> Option<(Core, usize)> {
        if let Some(((month, day), end)) = phrase(&self.words.feasts, self.tokens, at)
            && !self.is_compound(at)
        {
            let (year, end) = self.lunar_year(end, true);
            return Some((Core::Lunar { month, day: Some(day), year }, end));
        }
        let ids = &self.words.ids;
        let token = self.tokens.get(at);
        if token.is_word() && token.id == ids.tet {
            // `Tết Đinh Dậu`, `Tết 2017`; `Tết` alone may be any feast.
            let (year, end) = self.lunar_year(at + 1, false);
            let named =
                year != LunarYear::Near && !matches!(year, LunarYear::Year(Year::Relative(_)));
            return named.then_some((Core::Lunar { month: 1, day: Some(1), year }, end));
        }
        if token.is_word() && token.id == ids.full_moon {
            let (month, end) = self.lunar_month(at + 1)?;
            let (year, end) = self.lunar_year(end, false);
            return Some((Core::Lunar { month, day: Some(15), year }, end));
        }
        if let Some((month, end)) = phrase(&self.words.lunar_months, self.tokens, at) {
            let before = self.tokens.before(at, 1);
            if before.is_number() || self.numbers.is_word(self.tokens, at.wrapping_sub(1)) {
                return None;
            }
            return Some(self.named_month(month, None, end));
        }
        let start = phrase(&self.words.prefixes, self.tokens, at).map_or(at, |it| it.1);
        let (day, end) =
            self.numbers.small(self.tokens, start).filter(|it| (1..=31).contains(&it.0))?;
        if self.tokens.get(start).is_number() && self.bare_day(start).is_none() {
            return None;
        }
        if let Some((month, end)) = phrase(&self.words.lunar_months, self.tokens, end) {
            return Some(self.named_month(month, Some(day), end));
        }
        let token = self.tokens.get(end);
        if token.is_word() && token.id == ids.tet {
            let month = match day {
                1..=TET_DAYS => 1,
                // The eve, and the days before it, are of the year that ends.
                23..=30 => 12,
                _ => return None,
            };
            let (year, end) = self.lunar_year(end + 1, false);
            return Some((
                Core::Lunar { month, day: Some(day), year: year_of_month(year, month) },
                end,
            ));
        }
        None
    }

    /// A day and month that `âm lịch` stands behind at `end`, as the lunar day that they are.
    pub(super) fn as_lunar(self, core: Core, end: usize) -> Option<(Core, usize)> {
        let (month, day, year) = match core {
            Core::Day { day, month, year } => (month, Some(day), year),
            Core::Month { month, year } => (month, None, year),
            _ => return None,
        };
        let open = self.tokens.get(end).is_mark('(');
        let ((), behind) = phrase(&self.words.lunar_marks, self.tokens, end + usize::from(open))?;
        let close = open && self.tokens.get(behind).is_mark(')');
        let year = year.map_or(LunarYear::Near, LunarYear::Year);
        Some((Core::Lunar { month, day, year }, behind + usize::from(close)))
    }

    /// A day of `tháng Giêng` or `tháng Chạp`, or the month. With a year in figures behind it the month
    /// is mostly January or December, as old papers call them.
    fn named_month(self, month: u8, day: Option<u8>, end: usize) -> (Core, usize) {
        let solar_year = match self.year(end) {
            Some((Core::Year(year @ Year::Said(_)), end)) => Some((year, end)),
            _ => self.figures_of_year(end).map(|(year, end)| (Year::Said(year), end)),
        };
        if let Some((year, end)) = solar_year {
            let year = Some(year);
            let core = match day {
                Some(day) => Core::Day { day, month, year },
                None => Core::Month { month, year },
            };
            return (core, end);
        }
        let (year, end) = self.lunar_year(end, false);
        let marked = phrase(&self.words.lunar_marks, self.tokens, end);
        (Core::Lunar { month, day, year }, marked.map_or(end, |it| it.1))
    }

    /// `tháng Giêng`, `tháng bảy`, `tháng 7`: a month of the lunar calendar.
    fn lunar_month(self, at: usize) -> Option<(u8, usize)> {
        if let Some(found) = phrase(&self.words.lunar_months, self.tokens, at) {
            return Some(found);
        }
        let (core, end) = self.month(at)?;
        match core {
            Core::Month { month, year: None } => Some((month, end)),
            _ => None,
        }
    }

    /// The year behind a lunar day: `Đinh Dậu 2017`, `năm 2017`, `năm nay`; `figures` says that it may
    /// be bare digits.
    fn lunar_year(self, at: usize, figures: bool) -> (LunarYear, usize) {
        let stem_at = at + usize::from(self.tokens.get(at).id == self.words.ids.year);
        if let Some((stem, end)) = phrase(&self.words.stems, self.tokens, stem_at)
            && let Some((branch, end)) = phrase(&self.words.branches, self.tokens, end)
            && self.tokens.get(stem_at).is_capitalised()
            && (stem + branch) % 2 == 0
        {
            // The year in figures, where it stands behind, says it for certain.
            let open =
                usize::from(self.tokens.get(end).is_mark('(') || self.tokens.get(end).is_mark('-'));
            if let Some((year, behind)) = self.figures_of_year(end + open) {
                let close = usize::from(open == 1 && self.tokens.get(behind).is_mark(')'));
                return (LunarYear::Year(Year::Said(year)), behind + close);
            }
            let cycle = (0..60).find(|it| it % 10 == stem && it % 12 == branch).unwrap_or(0);
            return (LunarYear::Cycle(cycle), end);
        }
        if let Some((Core::Year(year), end)) = self.year_behind(at) {
            return (LunarYear::Year(year), end);
        }
        match self.figures_of_year(at).filter(|it| figures || !self.counts(it.1)) {
            Some((year, end)) if !self.counts(end) => (LunarYear::Year(Year::Said(year)), end),
            _ => (LunarYear::Near, at),
        }
    }
}

/// The year that a day of the last month belongs to, where the text names the feast behind it.
fn year_of_month(year: LunarYear, month: u8) -> LunarYear {
    match (year, month) {
        (LunarYear::Year(year), 12) => LunarYear::Year(super::year::shifted(year, -1)),
        (LunarYear::Cycle(place), 12) => LunarYear::Cycle((place + 59) % 60),
        (year, _) => year,
    }
}
