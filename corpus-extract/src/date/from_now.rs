//! What is counted from the moment of writing: years, units, weekdays.

use corpus_model::chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, Timelike, Weekday};
use corpus_model::{Basis, Grain, Moment};

use super::Year;
use super::reckon::{in_months, length, monday, shifted, year_near};
use super::resolve::Resolver;

impl Resolver<'_> {
    /// The year that a slot gives, and how it is known; none for an empty slot.
    pub(super) fn year(&self, year: Option<Year>) -> Option<(i32, Basis)> {
        match year? {
            Year::Said(year) => Some((year, Basis::Explicit)),
            Year::Relative(n) => Some((self.reference.year?.checked_add(n)?, self.reference.basis)),
        }
    }

    pub(super) fn year_or_own(&self, year: Option<Year>) -> Option<(i32, Basis)> {
        match year {
            None => Some((self.reference.year?, self.reference.basis)),
            year => self.year(year),
        }
    }

    /// The year of a day that is told without one.
    pub(super) fn likely_year(&self, month: u8, d: u8) -> Option<i32> {
        match self.now() {
            Some(now) => Some(year_near(now.date(), month, d)),
            None => self.reference.year,
        }
    }

    pub(super) fn now(&self) -> Option<NaiveDateTime> {
        self.reference.now
    }

    /// The unit of the time of writing, or `n` units from it.
    pub(super) fn unit(&self, grain: Grain, n: i32) -> Option<Moment> {
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
    pub(super) fn ago(&self, grain: Grain, n: i32) -> Option<Moment> {
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
    pub(super) fn weekday(&self, weekday: Weekday, toward: Option<i32>) -> Option<NaiveDate> {
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
