//! What an expression means at the time of writing.

use corpus_model::chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use corpus_model::{Basis, DateValue, Grain, Mention, Moment, When};

use super::reckon::{at_time, in_months, monday, months, nearest_day, shifted, year_near, ymd};
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

pub(super) struct Resolver<'a> {
    pub(super) reference: &'a Reference,
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
}

fn day(date: NaiveDate) -> When {
    When::Point(Moment::Day(date))
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
