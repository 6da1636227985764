//! What an expression means at the time of writing.

use corpus_model::chrono::{
    Datelike, Days, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday,
};
use corpus_model::{Basis, DateValue, Grain, Mention, Moment, PartOfDay, When};

use super::{Clock, Core, Expression, LunarYear, NthUnit, Point, Scope, Year, lunar};
use crate::dating::Reference;

/// Works out the expressions in text order and adds a mention for each that means something.
///
/// A relative date without a time of writing means nothing and is left out. A day whose year
/// nothing settles stays one of some year ([`Basis::Unknown`]).
pub(crate) fn resolve(expressions: &[Expression], reference: &Reference, found: &mut Vec<Mention>) {
    let mut resolver = Resolver { reference, told: None };
    for expression in expressions {
        if let Some(value) = resolver.value(expression) {
            found.push(Mention::new(expression.span, value));
            continue;
        }
        // `từ hôm nay đến hết ngày 29/7`: one end may mean something even where the other does not.
        let points = [Some(expression.point), expression.to];
        for (span, point) in expression.ends.into_iter().flatten().zip(points) {
            let value = point.and_then(|point| {
                let alone = Expression { span, point, to: None, ..expression.clone() };
                resolver.value(&alone)
            });
            found.extend(value.map(|value| Mention::new(span, value)));
        }
    }
}

struct Resolver<'a> {
    reference: &'a Reference,
    /// The day that the report told of last, which `cùng ngày` takes up. Full dates inside a
    /// sentence are mostly of directives and births, and do not count.
    told: Option<NaiveDate>,
}

/// A point or run and how it is known.
type Known = (When, Basis);

impl Resolver<'_> {
    fn value(&mut self, expression: &Expression) -> Option<DateValue> {
        let point = expression.point;
        let (mut when, mut basis) = self.point(point)?;
        if let Some(to) = expression.to {
            let to = match (to.core, to.weekday) {
                // `8h ngày 5/6 đến 17h`
                (None, None) => Point { core: point.core, ..to },
                _ => to,
            };
            let (end, end_basis) = self.point(to)?;
            basis = weaker(basis, end_basis);
            let (When::Point(from), When::Point(to)) = (when, end) else { return None };
            when = When::Range(self.before(from, to, &point), to);
        }
        self.tell(expression, when);
        Some(DateValue { when, part_of_day: point.part, portion: point.portion, basis })
    }

    /// The beginning of a range, a year earlier where it would lie behind the end and its year was
    /// only worked out.
    fn before(&self, from: Moment, to: Moment, point: &Point) -> Moment {
        match (from, to) {
            (Moment::Day(first), Moment::Day(last))
                if first > last && point.core.is_some_and(|it| it.year_slot().is_none()) =>
            {
                first.checked_sub_months(Months::new(12)).map_or(from, Moment::Day)
            }
            _ => from,
        }
    }

    /// Remembers the day that the report tells of. A day ahead is a plan, and the report comes back
    /// to its own.
    fn tell(&mut self, expression: &Expression, when: When) {
        let half_written = expression.point.core.is_none_or(|core| core.said_year().is_none());
        let told = expression.to.is_none()
            && (half_written || expression.opens || expression.point.part.is_some());
        let Some(last) = when.last_day().filter(|_| when.grain() <= Grain::Day && told) else {
            return;
        };
        if self.now().is_none_or(|now| last <= now.date()) {
            self.told = Some(last);
        }
    }

    fn point(&self, point: Point) -> Option<Known> {
        let (mut when, basis) = match (point.core, point.weekday) {
            (Some(Core::Relative(Grain::Week, weeks)), Some(weekday)) => {
                let monday = monday(self.now()?.date(), weeks)?;
                let days = Days::new(weekday.num_days_from_monday().into());
                (day(monday.checked_add_days(days)?), self.reference.basis)
            }
            (Some(core), weekday) => self.core(core, weekday)?,
            (None, Some(weekday)) => {
                (day(self.weekday(weekday, point.toward)?), self.reference.basis)
            }
            (None, None) => {
                let date = self.told.or_else(|| Some(self.now()?.date()))?;
                (day(date), self.reference.basis)
            }
        };
        if let (Some(clock), When::Point(Moment::Day(date))) = (point.clock, when) {
            let from = at_time(date, clock, point.part)?;
            when = match clock.until {
                Some(hour) => {
                    let until = Clock { hour, ..clock };
                    When::Range(from, at_time(date, until, point.part)?)
                }
                None => When::Point(from),
            };
        }
        Some((when, basis))
    }

    fn core(&self, core: Core, weekday: Option<Weekday>) -> Option<Known> {
        let basis = self.reference.basis;
        let moment = match core {
            Core::Day { day: d, month, year } => return self.day_of_year(month, d, year, weekday),
            Core::Holiday { month, day: d, year: None } => {
                // People speak of the feast of the year they live in.
                return match self.reference.year {
                    Some(year) => Some((day(ymd(year, month, d)?), basis)),
                    None => Some((When::Point(Moment::DayOfSomeYear(month, d)), Basis::Unknown)),
                };
            }
            Core::Holiday { month, day: d, year } => {
                return self.day_of_year(month, d, year, None);
            }
            Core::DayOfMonth(number) => {
                let anchor = self.told.or_else(|| Some(self.now()?.date()))?;
                return Some((day(nearest_day(anchor, number)?), basis));
            }
            Core::Month { month, year } => {
                return Some(match self.year(year) {
                    Some((year, basis)) => (When::Point(Moment::Month(year, month)), basis),
                    None => match self.likely_year(month, 15) {
                        Some(year) => (When::Point(Moment::Month(year, month)), basis),
                        None => (When::Point(Moment::MonthOfSomeYear(month)), Basis::Unknown),
                    },
                });
            }
            Core::Quarter { quarter, year } => {
                let (year, basis) = self.year_or_own(year)?;
                return Some((When::Point(Moment::Quarter(year, quarter)), basis));
            }
            Core::Months { from, to, year } => {
                let (year, basis) = self.year_or_own(year)?;
                return Some((months(year, from, to), basis));
            }
            Core::Season { month, year } => {
                let (year, basis) = self.year_or_own(year)?;
                let (last_year, last) =
                    if month > 10 { (year + 1, month - 10) } else { (year, month + 2) };
                return Some((
                    When::Range(Moment::Month(year, month), Moment::Month(last_year, last)),
                    basis,
                ));
            }
            Core::Year(year) => {
                let (year, basis) = self.year(Some(year))?;
                return Some((When::Point(Moment::Year(year)), basis));
            }
            Core::Decade(decade) => {
                return Some((When::Point(Moment::Decade(decade)), Basis::Explicit));
            }
            Core::Century(century) => {
                return Some((When::Point(Moment::Century(century)), Basis::Explicit));
            }
            Core::DayOfMonthFromNow { day: d, months } => {
                let first = in_months(self.now()?.date(), months)?;
                Moment::Day(first.with_day(d.into())?)
            }
            Core::Weekend(weeks) => {
                let monday = monday(self.now()?.date(), weeks)?;
                let (from, to) = (shifted(monday, 5)?, shifted(monday, 6)?);
                return Some((When::Range(Moment::Day(from), Moment::Day(to)), basis));
            }
            Core::Nth { unit, n, scope } => return self.nth(unit, n, scope),
            Core::Lunar { month, day, year } => return self.lunar(month, day, year),
            Core::Since(grain) => {
                let today = self.now()?.date();
                let from = self.unit(grain, 0)?.first_day()?;
                return Some((When::Range(Moment::Day(from), Moment::Day(today)), basis));
            }
            Core::Till(grain) => {
                let today = self.now()?.date();
                let to = self.unit(grain, 0)?.last_day()?;
                return Some((When::Range(Moment::Day(today), Moment::Day(to)), basis));
            }
            Core::Told(days) => {
                let anchor = self.told.or_else(|| Some(self.now()?.date()))?;
                Moment::Day(shifted(anchor, days)?)
            }
            Core::Now => Moment::Second(self.now().filter(|_| self.reference.has_time)?),
            Core::Relative(grain, n) => self.unit(grain, n)?,
            Core::Ago(grain, n) => self.ago(grain, n)?,
            Core::Run(grain, n) => {
                let (from, to) = if n > 0 { (1, n) } else { (n, -1) };
                let (from, to) = (self.unit(grain, from)?, self.unit(grain, to)?);
                let when = if from == to { When::Point(from) } else { When::Range(from, to) };
                return Some((when, basis));
            }
        };
        Some((When::Point(moment), basis))
    }

    /// The first, second or last such day or week of a month or year.
    fn nth(&self, unit: NthUnit, n: i8, scope: Scope) -> Option<Known> {
        let (moment, basis) = match scope {
            Scope::Month { month, year: Some(year) } => {
                let (year, basis) = self.year(Some(year))?;
                (Moment::Month(year, month), basis)
            }
            Scope::Month { month, year: None } => {
                (Moment::Month(self.likely_year(month, 15)?, month), self.reference.basis)
            }
            Scope::MonthFromNow(months) => (self.unit(Grain::Month, months)?, self.reference.basis),
            Scope::Year(year) => {
                let (year, basis) = self.year(Some(year))?;
                (Moment::Year(year), basis)
            }
        };
        let (first, last) = (moment.first_day()?, moment.last_day()?);
        // Weeks are those that lie in the month as a whole.
        let (weekday, step, last) = match unit {
            NthUnit::Day => (None, 1, last),
            NthUnit::Week => (Some(Weekday::Mon), 7, shifted(last, -6)?),
            NthUnit::Weekday(weekday) => (Some(weekday), 7, last),
        };
        let ahead = weekday.map_or(0, |it| it.days_since(first.weekday()));
        let start = shifted(first, i32::try_from(ahead).ok()?)?;
        let date = match n {
            1.. => shifted(start, (i32::from(n) - 1) * step)?,
            _ => {
                let days = i32::try_from(last.signed_duration_since(start).num_days()).ok()?;
                shifted(start, days.div_euclid(step) * step)?
            }
        };
        if date > last {
            return None;
        }
        let week = date.iso_week();
        let moment = match unit {
            NthUnit::Week => Moment::Week(week.year(), u8::try_from(week.week()).ok()?),
            _ => Moment::Day(date),
        };
        Some((When::Point(moment), basis))
    }

    /// A day or month of the lunar calendar.
    fn lunar(&self, month: u8, day_said: Option<u8>, year: LunarYear) -> Option<Known> {
        let when = |year: i32| match day_said {
            // The last day of the year is the 29th in some.
            Some(30) if month == 12 => lunar::month_days(year, month).map(|(_, last)| day(last)),
            Some(d) => lunar::solar(year, month, d).map(day),
            None => lunar::month_days(year, month)
                .map(|(from, to)| When::Range(Moment::Day(from), Moment::Day(to))),
        };
        let basis = self.reference.basis;
        match year {
            LunarYear::Year(year) => {
                let (year, basis) = self.year(Some(year))?;
                Some((when(year)?, basis))
            }
            LunarYear::Cycle(place) => {
                // The year 4 began a cycle.
                let near = self.reference.year? + 29;
                let year = near - (near - 4 - i32::from(place)).rem_euclid(60);
                Some((when(year)?, basis))
            }
            LunarYear::Near => {
                let now = self.now()?.date();
                // Around the new year the nearest is meant, else the one of this year.
                let years = match month {
                    2..=10 => {
                        let day = when(now.year())?.first_day()?;
                        let year = year_near(now, day.month() as u8, day.day() as u8);
                        year..=year
                    }
                    _ => now.year() - 1..=now.year() + 1,
                };
                years
                    .filter_map(when)
                    .min_by_key(|it| {
                        it.first_day().map(|day| day.signed_duration_since(now).num_days().abs())
                    })
                    .map(|it| (it, basis))
            }
        }
    }

    /// A day of a month, its year said, worked out, or left open.
    fn day_of_year(
        &self,
        month: u8,
        d: u8,
        year: Option<Year>,
        weekday: Option<Weekday>,
    ) -> Option<Known> {
        if let Some((year, basis)) = self.year(year) {
            return Some((day(ymd(year, month, d)?), basis));
        }
        let open = (When::Point(Moment::DayOfSomeYear(month, d)), Basis::Unknown);
        let Some(likely) = self.likely_year(month, d) else { return Some(open) };
        // A weekday that disagrees shows that the year is another.
        let agrees = |year: i32| {
            ymd(year, month, d).filter(|date| weekday.is_none_or(|it| date.weekday() == it))
        };
        let found = [likely, likely - 1, likely + 1].into_iter().find_map(agrees);
        let date = found.or_else(|| ymd(likely, month, d));
        Some(date.map_or(open, |date| (day(date), self.reference.basis)))
    }

    /// The year that a slot gives, and how it is known; none for an empty slot.
    fn year(&self, year: Option<Year>) -> Option<(i32, Basis)> {
        match year? {
            Year::Said(year) => Some((year, Basis::Explicit)),
            Year::Relative(n) => Some((self.reference.year?.checked_add(n)?, self.reference.basis)),
        }
    }

    fn year_or_own(&self, year: Option<Year>) -> Option<(i32, Basis)> {
        match year {
            None => Some((self.reference.year?, self.reference.basis)),
            year => self.year(year),
        }
    }

    /// The year of a day that is told without one.
    fn likely_year(&self, month: u8, d: u8) -> Option<i32> {
        match self.now() {
            Some(now) => Some(year_near(now.date(), month, d)),
            None => self.reference.year,
        }
    }

    fn now(&self) -> Option<NaiveDateTime> {
        self.reference.now
    }

    /// The unit of the time of writing, or `n` units from it.
    fn unit(&self, grain: Grain, n: i32) -> Option<Moment> {
        if grain == Grain::Year {
            return Some(Moment::Year(self.reference.year?.checked_add(n)?));
        }
        let now = self.now()?;
        let date = now.date();
        Some(match grain {
            Grain::Second | Grain::Minute | Grain::Hour => {
                if !self.reference.has_time {
                    return None;
                }
                let then = now.checked_add_signed(length(grain, n))?;
                match grain {
                    Grain::Second => Moment::Second(then),
                    Grain::Minute => Moment::Minute(then.with_second(0)?),
                    _ => Moment::Hour(then.with_second(0)?.with_minute(0)?),
                }
            }
            Grain::Day => Moment::Day(shifted(date, n)?),
            Grain::Week => {
                let week = monday(date, n)?.iso_week();
                Moment::Week(week.year(), week.week() as u8)
            }
            Grain::Month => {
                let month = in_months(date, n)?;
                Moment::Month(month.year(), month.month() as u8)
            }
            Grain::Quarter => {
                let month = in_months(date, n.checked_mul(3)?)?;
                Moment::Quarter(month.year(), month.month0() as u8 / 3 + 1)
            }
            Grain::Decade => Moment::Decade(date.year().div_euclid(10).checked_add(n)?),
            Grain::Century => Moment::Century(date.year().div_euclid(100).checked_add(n)?),
            _ => return None,
        })
    }

    /// So many units before or after the moment of writing.
    fn ago(&self, grain: Grain, n: i32) -> Option<Moment> {
        let fine = matches!(grain, Grain::Second | Grain::Minute | Grain::Hour);
        if !fine {
            return self.unit(grain, n);
        }
        let then = self.now()?.checked_add_signed(length(grain, n))?;
        self.reference.has_time.then_some(match grain {
            Grain::Second => Moment::Second(then),
            _ => Moment::Minute(then.with_second(0)?),
        })
    }

    /// The next such weekday, or the last one gone by.
    fn weekday(&self, weekday: Weekday, toward: Option<i32>) -> Option<NaiveDate> {
        let today = self.now()?.date();
        let ahead = i64::from(weekday.days_since(today.weekday()));
        let days = match toward {
            Some(-1) if ahead == 0 => -7,
            Some(-1) => ahead - 7,
            Some(0) => ahead,
            _ if ahead == 0 => 7,
            _ => ahead,
        };
        today.checked_add_signed(Duration::days(days))
    }
}

fn day(date: NaiveDate) -> When {
    When::Point(Moment::Day(date))
}

fn ymd(year: i32, month: u8, d: u8) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month.into(), d.into())
}

/// The less certain of two.
fn weaker(a: Basis, b: Basis) -> Basis {
    let rank = |basis| match basis {
        Basis::Explicit => 0,
        Basis::Published => 1,
        Basis::Context => 2,
        _ => 3,
    };
    if rank(a) >= rank(b) { a } else { b }
}

fn shifted(date: NaiveDate, days: i32) -> Option<NaiveDate> {
    date.checked_add_signed(Duration::days(days.into()))
}

fn length(grain: Grain, n: i32) -> Duration {
    match grain {
        Grain::Second => Duration::seconds(n.into()),
        Grain::Minute => Duration::minutes(n.into()),
        _ => Duration::hours(n.into()),
    }
}

/// The Monday of the week `weeks` from a day's.
fn monday(date: NaiveDate, weeks: i32) -> Option<NaiveDate> {
    let back = i32::try_from(date.weekday().num_days_from_monday()).ok()?;
    shifted(date, weeks.checked_mul(7)?.checked_sub(back)?)
}

/// The first day of the month `n` months from a day's.
fn in_months(date: NaiveDate, n: i32) -> Option<NaiveDate> {
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
fn nearest_day(anchor: NaiveDate, number: u8) -> Option<NaiveDate> {
    [-1, 0, 1]
        .into_iter()
        .filter_map(|n| in_months(anchor, n)?.with_day(number.into()))
        .min_by_key(|date| date.signed_duration_since(anchor).num_days().abs())
}

fn months(year: i32, from: u8, to: u8) -> When {
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
fn at_time(date: NaiveDate, clock: Clock, part: Option<PartOfDay>) -> Option<Moment> {
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
