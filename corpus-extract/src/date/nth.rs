//! The first, last or second of something: `chủ nhật cuối cùng của tháng 3`, `tuần đầu tháng 10`.

use corpus_model::Grain;

use super::find::Reader;
use super::words::{Context, phrase};
use super::{Core, NthUnit, Scope};

impl Reader<'_, '_> {
    /// The first or last of something at `at`, and the token behind it.
    pub(super) fn nth(self, at: usize) -> Option<(Core, usize)> {
        let (unit, end) = match phrase(&self.words.units, self.tokens, at) {
            Some((Grain::Week, end)) => (NthUnit::Week, end),
            Some((Grain::Day, end)) => match self.weekday(end) {
                Some((weekday, end)) => (NthUnit::Weekday(weekday), end),
                None => (NthUnit::Day, end),
            },
            _ => self.weekday(at).map(|(weekday, end)| (NthUnit::Weekday(weekday), end))?,
        };
        // `các tuần đầu tháng`, `những ngày cuối cùng của năm` are many.
        if self.words.context(self.tokens, at.wrapping_sub(1)).has(Context::MANY) {
            return None;
        }
        let (n, behind) = phrase(&self.words.nths, self.tokens, end)?;
        // `ngày đầu năm`, `chủ nhật cuối tháng` mean the beginning and the end, not one day.
        if behind == end + 1 && unit != NthUnit::Week {
            return None;
        }
        let place = behind + usize::from(self.tokens.get(behind).id == self.words.ids.of);
        let (core, end) =
            self.month(place).or_else(|| self.relative(place)).or_else(|| self.year(place))?;
        let scope = match core {
            Core::Month { month, year } => Scope::Month { month, year },
            Core::Relative(Grain::Month, months) => Scope::MonthFromNow(months),
            Core::Year(year) => Scope::Year(year),
            Core::Relative(Grain::Year, years) => Scope::Year(super::Year::Relative(years)),
            _ => return None,
        };
        Some((Core::Nth { unit, n, scope }, end))
    }
}
