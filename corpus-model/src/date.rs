//! [`DateValue`]: when something is said to have happened, as exactly as the text says it.

mod names;

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday};

pub use names::{Basis, Grain, PartOfDay, Portion};

/// A date, a time or a range of them, with how it is known.
///
/// ```
/// use corpus_model::{Basis, DateValue, Moment, PartOfDay, When};
/// use corpus_model::chrono::NaiveDate;
///
/// let day = Moment::Day(NaiveDate::from_ymd_opt(2014, 8, 29).unwrap());
/// let value = DateValue::new(When::Point(day), Basis::Context).during(PartOfDay::Morning);
/// assert_eq!(value.when.to_string(), "2014-08-29");
/// assert_eq!(value.when.grain().name(), "day");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateValue {
    /// The point or range.
    pub when: When,
    /// The part of the day, where the text names one.
    pub part_of_day: Option<PartOfDay>,
    /// The portion of a longer time that is meant: `đầu năm 2016`.
    pub portion: Option<Portion>,
    /// How it is known.
    pub basis: Basis,
}

impl DateValue {
    /// A date known on this basis, without a part of the day.
    pub const fn new(when: When, basis: Basis) -> DateValue {
        DateValue { when, part_of_day: None, portion: None, basis }
    }

    /// The same date in this part of the day.
    pub const fn during(self, part: PartOfDay) -> DateValue {
        DateValue { part_of_day: Some(part), ..self }
    }
}

/// A point in time or a range with both ends inside.
///
/// Displayed as ISO 8601, with the extensions of [`Moment`]: `2014-08-29`, `2015/2020`. The order
/// is that of [`Moment`]: not one for timelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// One point.
    Point(Moment),
    /// From the first to the second, both inside.
    Range(Moment, Moment),
}

impl When {
    /// Reads what [`When`] displays.
    ///
    /// ```
    /// use corpus_model::When;
    ///
    /// assert_eq!(When::from_iso("2015/2020").unwrap().to_string(), "2015/2020");
    /// assert_eq!(When::from_iso("29/8"), None);
    /// ```
    pub fn from_iso(iso: &str) -> Option<When> {
        match iso.split_once('/') {
            Some((from, to)) => Some(When::Range(Moment::from_iso(from)?, Moment::from_iso(to)?)),
            None => Moment::from_iso(iso).map(When::Point),
        }
    }

    /// How exact it is; of a range, how exact its end is.
    pub fn grain(self) -> Grain {
        match self {
            When::Point(moment) | When::Range(_, moment) => moment.grain(),
        }
    }

    /// The first day it touches.
    pub fn first_day(self) -> Option<NaiveDate> {
        match self {
            When::Point(moment) | When::Range(moment, _) => moment.first_day(),
        }
    }

    /// The last day it touches.
    pub fn last_day(self) -> Option<NaiveDate> {
        match self {
            When::Point(moment) | When::Range(_, moment) => moment.last_day(),
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::Point(moment) => moment.fmt(f),
            When::Range(from, to) => write!(f, "{from}/{to}"),
        }
    }
}

/// A point in time as exactly as a text gives it.
///
/// Displayed as ISO 8601: `2016`, `2015-10`, `2014-08-29`, `2013-05-18T16:00`, `2017-W06`; quarters,
/// halves, decades and centuries as `2011-Q3`, `1999-H2`, `195X`, `18XX`; a day whose year nothing
/// settles as `XXXX-08-29`. Years have four digits there, from 0000 to 9999.
///
/// The order of `Moment`s is good for maps and for equal answers on every machine, not for
/// timelines: it goes by grain first. Sort a timeline by [`Moment::first_day`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Moment {
    /// A century by the digits in front of its years: 18 is 1800 to 1899.
    Century(i32),
    /// A decade by the digits in front of its years: 195 is 1950 to 1959.
    Decade(i32),
    /// A year.
    Year(i32),
    /// A half of a year, 1 or 2.
    Half(i32, u8),
    /// A quarter of a year, 1 to 4.
    Quarter(i32, u8),
    /// A month, 1 to 12.
    Month(i32, u8),
    /// A month whose year nothing settles.
    MonthOfSomeYear(u8),
    /// A week by ISO year and number, 1 to 53.
    Week(i32, u8),
    /// A day.
    Day(NaiveDate),
    /// A month and a day whose year nothing settles.
    DayOfSomeYear(u8, u8),
    /// An hour of a day; minutes and seconds are zero.
    Hour(NaiveDateTime),
    /// A minute; seconds are zero.
    Minute(NaiveDateTime),
    /// A second.
    Second(NaiveDateTime),
}

impl Moment {
    /// Reads what [`Moment`] displays, and nothing else; an hour comes back as the minute that
    /// begins it.
    ///
    /// ```
    /// use corpus_model::Moment;
    ///
    /// assert_eq!(Moment::from_iso("2011-Q3"), Some(Moment::Quarter(2011, 3)));
    /// assert_eq!(Moment::from_iso("2011-Q5"), None);
    /// assert_eq!(Moment::from_iso("2011-2-3"), None);
    /// ```
    pub fn from_iso(iso: &str) -> Option<Moment> {
        match *iso.as_bytes() {
            [c, d, b'X', b'X'] => Some(Moment::Century(digits(&[c, d])?)),
            [c, d, e, b'X'] => Some(Moment::Decade(digits(&[c, d, e])?)),
            [b'X', b'X', b'X', b'X', b'-', m, n] => month(m, n).map(Moment::MonthOfSomeYear),
            [b'X', b'X', b'X', b'X', b'-', m, n, b'-', d, e] => {
                // A leap year has every day that some year has.
                let day = day([b'2', b'0', b'0', b'0'], [m, n], [d, e])?;
                let [month, day] = [day.month(), day.day()].map(u8::try_from);
                Some(Moment::DayOfSomeYear(month.ok()?, day.ok()?))
            }
            [c, d, e, y] => digits(&[c, d, e, y]).map(Moment::Year),
            [c, d, e, y, b'-', b'H', half @ b'1'..=b'2'] => {
                Some(Moment::Half(digits(&[c, d, e, y])?, half - b'0'))
            }
            [c, d, e, y, b'-', b'Q', quarter @ b'1'..=b'4'] => {
                Some(Moment::Quarter(digits(&[c, d, e, y])?, quarter - b'0'))
            }
            [c, d, e, y, b'-', b'W', w, x] => {
                let week = Moment::Week(digits(&[c, d, e, y])?, digits(&[w, x])?.try_into().ok()?);
                week.first_day().map(|_| week)
            }
            [c, d, e, y, b'-', m, n] => Some(Moment::Month(digits(&[c, d, e, y])?, month(m, n)?)),
            [c, d, e, y, b'-', m, n, b'-', f, g] => {
                day([c, d, e, y], [m, n], [f, g]).map(Moment::Day)
            }
            [c, d, e, y, b'-', m, n, b'-', f, g, b'T', ref time @ ..] => {
                let day = day([c, d, e, y], [m, n], [f, g])?;
                match *time {
                    [h, i, b':', j, k] => {
                        Some(Moment::Minute(day.and_time(clock([h, i], [j, k], [b'0'; 2])?)))
                    }
                    [h, i, b':', j, k, b':', r, t] => {
                        Some(Moment::Second(day.and_time(clock([h, i], [j, k], [r, t])?)))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// How exact it is.
    pub const fn grain(self) -> Grain {
        match self {
            Moment::Century(_) => Grain::Century,
            Moment::Decade(_) => Grain::Decade,
            Moment::Year(_) => Grain::Year,
            Moment::Half(..) => Grain::Half,
            Moment::Quarter(..) => Grain::Quarter,
            Moment::Month(..) | Moment::MonthOfSomeYear(_) => Grain::Month,
            Moment::Week(..) => Grain::Week,
            Moment::Day(_) | Moment::DayOfSomeYear(..) => Grain::Day,
            Moment::Hour(_) => Grain::Hour,
            Moment::Minute(_) => Grain::Minute,
            Moment::Second(_) => Grain::Second,
        }
    }

    /// The year, where it is known and there is only one.
    pub fn year(self) -> Option<i32> {
        match self {
            Moment::Year(year)
            | Moment::Half(year, _)
            | Moment::Quarter(year, _)
            | Moment::Month(year, _) => Some(year),
            Moment::Week(..)
            | Moment::Day(_)
            | Moment::Hour(_)
            | Moment::Minute(_)
            | Moment::Second(_) => self.first_day().map(|day| day.year()),
            _ => None,
        }
    }

    /// The first day it touches; none while the year is unknown.
    pub fn first_day(self) -> Option<NaiveDate> {
        match self {
            Moment::Century(century) => NaiveDate::from_ymd_opt(century.checked_mul(100)?, 1, 1),
            Moment::Decade(decade) => NaiveDate::from_ymd_opt(decade.checked_mul(10)?, 1, 1),
            Moment::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1),
            Moment::Half(year, half) => {
                NaiveDate::from_ymd_opt(year, u32::from(half).checked_mul(6)?.checked_sub(5)?, 1)
            }
            Moment::Quarter(year, quarter) => {
                NaiveDate::from_ymd_opt(year, u32::from(quarter).checked_mul(3)?.checked_sub(2)?, 1)
            }
            Moment::Month(year, month) => NaiveDate::from_ymd_opt(year, u32::from(month), 1),
            Moment::Week(year, week) => {
                NaiveDate::from_isoywd_opt(year, u32::from(week), Weekday::Mon)
            }
            Moment::Day(day) => Some(day),
            Moment::Hour(time) | Moment::Minute(time) | Moment::Second(time) => Some(time.date()),
            Moment::MonthOfSomeYear(_) | Moment::DayOfSomeYear(..) => None,
        }
    }

    /// The last day it touches; none while the year is unknown.
    pub fn last_day(self) -> Option<NaiveDate> {
        let months = match self.grain() {
            Grain::Century => 1200,
            Grain::Decade => 120,
            Grain::Year => 12,
            Grain::Half => 6,
            Grain::Quarter => 3,
            Grain::Month => 1,
            Grain::Week => return self.first_day()?.checked_add_days(Days::new(6)),
            Grain::Day | Grain::Hour | Grain::Minute | Grain::Second => return self.first_day(),
        };
        self.first_day()?.checked_add_months(Months::new(months))?.pred_opt()
    }
}

/// The number that a few digits write.
fn digits(digits: &[u8]) -> Option<i32> {
    digits.iter().try_fold(0, |number, digit| {
        digit.is_ascii_digit().then(|| number * 10 + i32::from(digit - b'0'))
    })
}

fn unsigned(two: [u8; 2]) -> Option<u32> {
    digits(&two)?.try_into().ok()
}

fn month(tens: u8, ones: u8) -> Option<u8> {
    let month = u8::try_from(digits(&[tens, ones])?).ok()?;
    (1..=12).contains(&month).then_some(month)
}

fn day(year: [u8; 4], month: [u8; 2], day: [u8; 2]) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(digits(&year)?, unsigned(month)?, unsigned(day)?)
}

fn clock(hour: [u8; 2], minute: [u8; 2], second: [u8; 2]) -> Option<NaiveTime> {
    NaiveTime::from_hms_opt(unsigned(hour)?, unsigned(minute)?, unsigned(second)?)
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Moment::Century(century) => write!(f, "{century:02}XX"),
            Moment::Decade(decade) => write!(f, "{decade:03}X"),
            Moment::Year(year) => write!(f, "{year:04}"),
            Moment::Half(year, half) => write!(f, "{year:04}-H{half}"),
            Moment::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Moment::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Moment::MonthOfSomeYear(month) => write!(f, "XXXX-{month:02}"),
            Moment::Week(year, week) => write!(f, "{year:04}-W{week:02}"),
            Moment::Day(day) => write!(f, "{:04}-{:02}-{:02}", day.year(), day.month(), day.day()),
            Moment::DayOfSomeYear(month, day) => write!(f, "XXXX-{month:02}-{day:02}"),
            Moment::Hour(time) | Moment::Minute(time) => {
                write!(f, "{}T{:02}:{:02}", Moment::Day(time.date()), time.hour(), time.minute())
            }
            Moment::Second(time) => {
                let day = Moment::Day(time.date());
                write!(f, "{day}T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())
            }
        }
    }
}

#[cfg(test)]
mod tests;
