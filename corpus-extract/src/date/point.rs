//! One point in time: its parts in any order, put together.

use corpus_model::Grain;

use super::find::{BEGINS, Cue, Reader};
use super::words::{Context, phrase};
use super::{Core, Point};
use crate::token::TokenKind;

impl Reader<'_, '_> {
    /// The parts of one point in time from `at` on. `behind` says that it ends a range, whose dash
    /// it may be glued to.
    pub(super) fn point(self, at: usize, behind: bool) -> Option<(Point, usize)> {
        let mut point = Point::default();
        let mut end = self.part_at(at, at, &mut point, behind)?;
        // Each round fills a part; there are four.
        while let Some(next) = self.next_part(at, end, &mut point) {
            end = next;
        }
        Some((point, end))
    }

    /// The next part, with what may stand between it and the last.
    fn next_part(self, at: usize, end: usize, point: &mut Point) -> Option<usize> {
        if let Some(next) = self.part_at(end, at, point, false) {
            return Some(next);
        }
        let mut place = end;
        let mut comma = false;
        let mut bracket = false;
        while place < end + 2 {
            let token = self.tokens.get(place);
            let skips = match token.kind {
                // `hôm nay là thứ sáu, 29/8`
                TokenKind::Word if token.id == self.words.ids.is => {
                    point.core.is_some_and(is_relative_day)
                }
                TokenKind::Word => self.words.context(self.tokens, place).has(Context::SKIP),
                TokenKind::Mark(',') => {
                    comma = true;
                    true
                }
                // `hôm nay (29/8)`, `thứ ba (29/8)`
                TokenKind::Mark('(') => {
                    (comma, bracket) = (true, true);
                    point.weekday.is_some() || point.core.is_some_and(is_relative_day)
                }
                _ => false,
            };
            if !skips {
                return None;
            }
            place += 1;
            let mut longer = *point;
            if let Some(next) = self.part_at(place, at, &mut longer, false) {
                // Behind a comma only what is certain belongs here.
                let certain = match (longer.core, point.core) {
                    (Some(Core::Day { .. }), old) if longer.core != old => true,
                    _ => longer.clock != point.clock && longer.clock.is_some_and(|it| it.certain),
                };
                if comma && !certain {
                    return None;
                }
                *point = longer;
                let closed = bracket && self.tokens.get(next).is_mark(')');
                return Some(next + usize::from(closed));
            }
        }
        None
    }

    /// One part at `at` of the point that began at `first`.
    fn part_at(self, at: usize, first: usize, point: &mut Point, behind: bool) -> Option<usize> {
        // Whatever may be a part may begin an expression, and most words behind one are neither.
        if !self.tokens.starts(at).meets(BEGINS) {
            return None;
        }
        if point.clock.is_none() {
            // `22 giờ nữa` is no time of day.
            if at == first
                && let Some((core, end)) = self.counted(at)
            {
                point.core = Some(core);
                return Some(end);
            }
            if let Some((clock, end)) = self.clock(at) {
                point.clock = Some(clock);
                return Some(end);
            }
        }
        if at == first
            && *point == Point::default()
            && let Some((core, portion, end)) = self.portioned(at)
        {
            (point.core, point.portion) = (Some(core), portion);
            return Some(end);
        }
        if let Some((hours, end)) = self.named_hours(at, first, point) {
            point.clock = Some(hours);
            return Some(end);
        }
        if point.weekday.is_none()
            && point.core.is_none()
            && let Some((core, end)) = self.nth(at)
        {
            point.core = Some(core);
            return Some(end);
        }
        // `thứ bảy cuối tuần này`
        if point.weekday.is_some()
            && point.core.is_none()
            && let Some((Core::Weekend(weeks), _, end)) = self.portioned(at)
        {
            point.core = Some(Core::Relative(Grain::Week, weeks));
            return Some(end);
        }
        let mut day_at = at;
        if point.part.is_none() {
            if let Some((part, end)) = phrase(&self.words.parts, self.tokens, at) {
                let part = part?;
                // `đêm 29/8` is a night, `3 đêm` is not.
                point.part = Some(part);
                if point.core.is_none()
                    && let Some((days, end)) = phrase(&self.words.near, self.tokens, end)
                {
                    point.core = Some(Core::Relative(Grain::Day, days));
                    return Some(end);
                }
                return Some(end);
            }
        } else if point.core.is_none() && point.clock.is_some() {
            // `10h sáng nay`: the part stands between.
            if let Some((days, end)) = phrase(&self.words.near, self.tokens, at) {
                point.core = Some(Core::Relative(Grain::Day, days));
                return Some(end);
            }
        }
        if point.weekday.is_none() {
            let after_prefix = phrase(&self.words.prefixes, self.tokens, at).map_or(at, |it| it.1);
            if let Some((weekday, end)) = self.weekday(after_prefix) {
                point.weekday = Some(weekday);
                if after_prefix > at && point.toward.is_none() && self.is_past_prefix(at) {
                    point.toward = Some(-1);
                }
                if let Some((toward, end)) = phrase(&self.words.this, self.tokens, end) {
                    point.toward = Some(toward);
                    return Some(end);
                }
                return Some(end);
            }
        }
        let replaceable = point.core.is_none_or(is_relative_day);
        if replaceable {
            let mut cue = if point.part.is_some() || point.weekday.is_some() {
                Cue::Strong
            } else {
                Cue::None
            };
            if point.core.is_some() {
                cue = Cue::Strong;
            }
            if point.core.is_none()
                && let Some((core, end)) = self.lunar(at)
            {
                point.core = Some(core);
                return Some(end);
            }
            let prefix = phrase(&self.words.prefixes, self.tokens, at);
            if let Some((core, end)) = prefix.and_then(|(_, end)| self.day(end, Cue::Strong, false))
            {
                let (core, end) = self.as_lunar(core, end).unwrap_or((core, end));
                point.core = Some(core);
                return Some(end);
            }
            if let Some((core, end)) = prefix.and_then(|(_, end)| self.day_from_now(end)) {
                point.core = Some(core);
                return Some(end);
            }
            let before = self.words.context(self.tokens, at.wrapping_sub(1));
            if at == first && before.has(Context::FEAST) {
                cue = Cue::Strong;
            }
            if cue == Cue::None
                && at == first
                && self.words.context(self.tokens, at.wrapping_sub(1)).has(Context::BEFORE)
            {
                cue = Cue::Weak;
            }
            if let Some((core, end)) = self.day(at, cue, behind) {
                let (core, end) = self.as_lunar(core, end).unwrap_or((core, end));
                point.core = Some(core);
                return Some(end);
            }
            if point.core.is_none() {
                if let Some((core, end)) = self.calendar(at) {
                    // `ánh sáng năm nay`: a part of the day belongs to a day.
                    if point.part.is_some() && is_long(core) {
                        return None;
                    }
                    point.core = Some(core);
                    return Some(end);
                }
                // `ngày 3`, once nothing longer was found.
                if let Some((day, end)) = prefix.and_then(|(_, end)| self.day_of_month(end)) {
                    point.core = Some(Core::DayOfMonth(day));
                    return Some(end);
                }
            }
            day_at = usize::MAX;
        }
        // `ngày 12/3 năm 2015`, `tháng 3 năm ngoái`, `quốc khánh năm nay`.
        if let Some(core) = point.core.filter(|_| day_at == at)
            && let Some((Core::Year(year), end)) = self.year_behind(at)
        {
            point.core = Some(core.with_year(year)?);
            return Some(end);
        }
        None
    }

    /// `5 tháng này` behind `ngày`.
    fn day_from_now(self, at: usize) -> Option<(Core, usize)> {
        let (day, end) =
            self.numbers.small(self.tokens, at).filter(|it| (1..=31).contains(&it.0))?;
        let token = self.tokens.get(end);
        if !token.is_word() || token.id != self.words.ids.month {
            return None;
        }
        let (months, end) = phrase(&self.words.this, self.tokens, end + 1)?;
        Some((Core::DayOfMonthFromNow { day, months }, end))
    }

    /// `sau bữa trưa`, `nửa đêm` beside a day or alone; elsewhere they say what people do, or a part of
    /// the day.
    fn named_hours(self, at: usize, first: usize, point: &Point) -> Option<(super::Clock, usize)> {
        let ((from, to), end) = phrase(&self.words.hours, self.tokens, at)?;
        let alone = at == first && self.tokens.before(at, 1).is_break();
        let day = phrase(&self.words.days, self.tokens, end).is_some()
            || phrase(&self.words.near, self.tokens, end).is_some();
        let fits = point.clock.is_none()
            && point.part.is_none()
            && (alone && self.tokens.get(end).is_break()
                || day
                || point.core.is_some_and(is_relative_day));
        fits.then_some((
            super::Clock {
                hour: from,
                minute: None,
                second: None,
                certain: true,
                figures: false,
                until: (to != from).then_some(to),
            },
            end,
        ))
    }

    /// `hôm` before a weekday speaks of the one gone by.
    fn is_past_prefix(self, at: usize) -> bool {
        phrase(&self.words.units, self.tokens, at).is_some()
            && self.tokens.get(at).id == self.words.ids.past
    }
}

/// A day that another way of saying the day may explain: `hôm nay (29/8)`.
fn is_relative_day(core: Core) -> bool {
    matches!(core, Core::Relative(Grain::Day, _) | Core::Told(_))
}

/// Whether it is longer than a day.
fn is_long(core: Core) -> bool {
    matches!(
        core,
        Core::Month { .. }
            | Core::Quarter { .. }
            | Core::Months { .. }
            | Core::Season { .. }
            | Core::Year(_)
            | Core::Decade(_)
            | Core::Century(_)
            | Core::Relative(
                Grain::Month | Grain::Quarter | Grain::Year | Grain::Decade | Grain::Century,
                _
            )
    )
}
