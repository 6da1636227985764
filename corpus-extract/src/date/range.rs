//! Ranges: what joins two points, and what the one end says of the other.

use corpus_model::Grain;

use super::find::Reader;
use super::words::Context;
use super::year::shifted;
use super::{Core, Point, Year};
use crate::token::TokenKind;

impl Reader<'_, '_> {
    /// Hours of which only the last says that they are: `3 đến 5 giờ chiều`, `8-11h ngày 5/6`.
    pub(super) fn hours(self, at: usize) -> Option<(Point, Point, usize)> {
        let (from, end) = match self.tokens.get(at).is_number() {
            true => self.bare_day(at).filter(|it| it.0 <= 24)?,
            false => self.numbers.small(self.tokens, at).filter(|it| it.0 <= 24)?,
        };
        let dash = self.joint(at, end)?;
        let (to, end) = self.point(end + 1, dash)?;
        let clock = to.clock.filter(|clock| clock.hour >= from)?;
        let named = to.part.is_some() || to.core.is_some() || clock.minute.is_some();
        let cue =
            clock.figures && self.words.context(self.tokens, at.wrapping_sub(1)).has(Context::HOUR);
        if !(named || cue) || self.words.context(self.tokens, end).has(Context::EVERY) {
            return None;
        }
        let clock = super::Clock { hour: from, minute: None, second: None, ..clock };
        Some((Point { clock: Some(clock), ..to }, to, end))
    }

    /// Whether what stands at `at` joins the ends of a range that began at `start`, and whether it is
    /// a dash.
    fn joint(self, start: usize, at: usize) -> Option<bool> {
        let ids = &self.words.ids;
        let token = self.tokens.get(at);
        if matches!(token.kind, TokenKind::Mark('-' | '–' | '—')) {
            return Some(true);
        }
        let before = self.tokens.before(start, 1);
        let between = before.is_word() && before.id == ids.middle && token.id == ids.and;
        (token.is_word() && (token.id == ids.until || token.id == ids.up_to || between))
            .then_some(false)
    }

    /// The other end of a range that began at `start`, behind a dash or `đến`: where it begins and the
    /// token behind it.
    pub(super) fn range_end(
        self,
        point: &Point,
        start: usize,
        at: usize,
    ) -> Option<(Point, usize, usize)> {
        let dash = self.joint(start, at)?;
        // A bare year ends a run of years.
        if matches!(point.core, Some(Core::Year(Year::Said(_))))
            && let Some((year, end)) = self.figures_of_year(at + 1)
        {
            let after = point.core.and_then(Core::said_year).is_some_and(|from| from < year);
            if after && !self.counts(end) {
                let core = Some(Core::Year(Year::Said(year)));
                return Some((Point { core, ..Point::default() }, at + 1, end));
            }
        }
        // `tháng 3-4/2017`
        if let Some(Core::Month { year: None, .. }) = point.core
            && let Some((core, end)) = self.rest_of_month(at + 1)
        {
            return Some((Point { core: Some(core), ..Point::default() }, at + 1, end));
        }
        // `từ ngày 3 đến hết ngày 5/6`
        let place = at + 1 + usize::from(self.tokens.get(at + 1).id == self.words.ids.all);
        let (to, end) = self.point(place, dash)?;
        let fits = match (point.core, to.core) {
            (Some(from), Some(to)) => {
                let (from, to) = (rank(from), rank(to));
                // `từ ngày 3 đến ngày 5/6`
                from == to && from != 0 || (from, to) == (2, 1)
            }
            (None, None) => point.clock.is_some() && to.clock.is_some(),
            // `từ thứ hai đến thứ sáu tuần này`
            (None, Some(Core::Relative(Grain::Week, _))) => {
                point.clock.is_none() && point.weekday.is_some() && to.weekday.is_some()
            }
            // `8h-11h ngày 5/6`
            (None, Some(_)) => point.clock.is_some() && to.clock.is_some(),
            // `sáng 5/6 đến chiều`
            (Some(_), None) => point.clock.is_some() && to.clock.is_some_and(|it| it.certain),
        };
        fits.then_some((to, place, end))
    }
}

/// The day at the beginning of a range whose end is `last`/`month`: `ngày 28 đến 3/6` begins in the
/// month before.
pub(super) fn day_before(day: u8, last: u8, month: u8, year: Option<Year>) -> Core {
    match (day > last, month) {
        (true, 1) => Core::Day { day, month: 12, year: year.map(|it| shifted(it, -1)) },
        (true, month) => Core::Day { day, month: month - 1, year },
        (false, month) => Core::Day { day, month, year },
    }
}

/// The ends of a range of hours, the part of the day that one of them names given to the other where
/// the hours allow: `3 giờ đến 5 giờ chiều`, `2h chiều đến 5h`, but not `8h đến 5h chiều`.
pub(super) fn with_parts_shared(from: Point, to: Point) -> (Point, Point) {
    let (mut from, mut to) = (from, to);
    if let (Some(first), Some(last)) = (from.clock, to.clock)
        && first.hour < last.hour
        && last.hour <= 12
    {
        match (from.part, to.part) {
            (None, part) => from.part = part,
            (part, None) => to.part = part,
            _ => {}
        }
    }
    (from, to)
}

/// Where a range begins, with what only its end says.
pub(super) fn completed(point: Point, to: &Point) -> Point {
    let core = match (point.core, to.core) {
        (Some(Core::DayOfMonth(day)), Some(Core::Day { day: last, month, year })) => {
            Some(day_before(day, last, month, year))
        }
        (Some(core), Some(other)) => match other.year_slot() {
            // `từ tháng 11 đến tháng 3/2017` begins in the year before.
            Some(year) => {
                let back = match (core, other) {
                    (Core::Month { month, .. }, Core::Month { month: to, .. }) => month > to,
                    (Core::Day { day, month, .. }, Core::Day { day: to_day, month: to, .. }) => {
                        (month, day) > (to, to_day)
                    }
                    _ => false,
                };
                core.with_year(shifted(year, -i32::from(back))).or(Some(core))
            }
            None => Some(core),
        },
        (None, core) => core,
        (core, None) => core,
    };
    let weekday = point.weekday.or(to.weekday.filter(|_| point.core.is_none()));
    Point { core, weekday, ..point }
}

/// Things that may be the two ends of a range have the same rank; 0 for those that never are.
fn rank(core: Core) -> u8 {
    match core {
        Core::Day { .. } | Core::Relative(Grain::Day, _) | Core::Told(_) => 1,
        Core::DayOfMonth(_) => 2,
        Core::Month { .. } => 3,
        Core::Quarter { .. } => 4,
        Core::Year(_) => 5,
        _ => 0,
    }
}
