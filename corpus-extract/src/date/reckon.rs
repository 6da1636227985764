//! Reckoning with the calendar.

use corpus_model::chrono::{Datelike, Duration, Months, NaiveDate, NaiveTime};
use corpus_model::{Grain, Moment, PartOfDay, When};

use super::Clock;

pub(super) fn ymd(year: i32, month: u8, d: u8) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month.into(), d.into())
}

pub(super) fn shifted(date: NaiveDate, days: i32) -> Option<NaiveDate> {
    date.checked_add_signed(Duration::days(days.into()))
}

pub(super) fn length(grain: Grain, n: i32) -> Duration {
    match grain {
        Grain::Second => Duration::seconds(n.into()),
        Grain::Minute => Duration::minutes(n.into()),
        _ => Duration::hours(n.into()),
    }
}

/// The Monday of the week `weeks` from a day's.
pub(super) fn monday(date: NaiveDate, weeks: i32) -> Option<NaiveDate> {
    let back = i32::try_from(date.weekday().num_days_from_monday()).ok()?;
    shifted(date, weeks.checked_mul(7)?.checked_sub(back)?)
}

/// The first day of the month `n` months from a day's.
pub(super) fn in_months(date: NaiveDate, n: i32) -> Option<NaiveDate> {
    let first = date.with_day(1)?;
    let months = Months::new(n.unsigned_abs());
    if n < 0 { first.checked_sub_months(months) } else { first.checked_add_months(months) }
}

/// The year in which a day told without one lies for someone who writes on `now`: this one, unless
/// it would lie more than eight months ahead (December, told in January) or ten months back.
pub(crate) fn year_near(now: NaiveDate, month: u8, d: u8) -> i32 {
    let year = now.year();
    let Some(date) = ymd(year, month, d.min(28)) else { return year };
    match date.signed_duration_since(now).num_days() {
        245.. => year - 1,
        ..=-300 => year + 1,
        _ => year,
    }
}

/// The day of this number nearest to `anchor`.
pub(super) fn nearest_day(anchor: NaiveDate, number: u8) -> Option<NaiveDate> {
    [-1, 0, 1]
        .into_iter()
        .filter_map(|n| in_months(anchor, n)?.with_day(number.into()))
        .min_by_key(|date| date.signed_duration_since(anchor).num_days().abs())
}

pub(super) fn months(year: i32, from: u8, to: u8) -> When {
    match (from, to) {
        (1, 6) => When::Point(Moment::Half(year, 1)),
        (7, 12) => When::Point(Moment::Half(year, 2)),
        (1, 3) => When::Point(Moment::Quarter(year, 1)),
        (10, 12) => When::Point(Moment::Quarter(year, 4)),
        (from, to) if from == to => When::Point(Moment::Month(year, from)),
        _ => When::Range(Moment::Month(year, from), Moment::Month(year, to)),
    }
}

/// A time of day on a date; the part of the day tells `3 giờ chiều` from `3 giờ sáng`.
pub(super) fn at_time(date: NaiveDate, clock: Clock, part: Option<PartOfDay>) -> Option<Moment> {
    let hour = u32::from(clock.hour);
    let (hour, next_day) = match (part, hour) {
        (_, 24) | (Some(PartOfDay::Night), 12) => (0, true),
        (Some(PartOfDay::Afternoon | PartOfDay::Evening), 1..=11)
        | (Some(PartOfDay::Night), 6..=11)
        | (Some(PartOfDay::Noon), 1..=3) => (hour + 12, false),
        _ => (hour, false),
    };
    let date = if next_day { date.succ_opt()? } else { date };
    let time = |minute: u8, second: u8| NaiveTime::from_hms_opt(hour, minute.into(), second.into());
    Some(match (clock.minute, clock.second) {
        (Some(minute), Some(second)) => Moment::Second(date.and_time(time(minute, second)?)),
        (Some(minute), None) => Moment::Minute(date.and_time(time(minute, 0)?)),
        _ => Moment::Hour(date.and_time(time(0, 0)?)),
    })
}
