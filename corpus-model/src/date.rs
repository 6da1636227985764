//! [`DateValue`]: when something is said to have happened, as exactly as the text says it.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday};

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
    /// How it is known.
    pub basis: Basis,
}

impl DateValue {
    /// A date known on this basis, without a part of the day.
    pub const fn new(when: When, basis: Basis) -> DateValue {
        DateValue { when, part_of_day: None, basis }
    }

    /// The same date in this part of the day.
    pub const fn during(self, part: PartOfDay) -> DateValue {
        DateValue { part_of_day: Some(part), ..self }
    }
}

/// A point in time or a range with both ends inside.
///
/// Displayed as ISO 8601, with the extensions of [`Moment`]: `2014-08-29`, `2015/2020`.
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
/// settles as `XXXX-08-29`.
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
    /// Reads what [`Moment`] displays; an hour comes back as the minute that begins it.
    pub fn from_iso(iso: &str) -> Option<Moment> {
        if let Some((day, time)) = iso.split_once('T') {
            let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
            return match time.len() {
                5 => NaiveTime::parse_from_str(time, "%H:%M")
                    .ok()
                    .map(|t| Moment::Minute(day.and_time(t))),
                _ => NaiveTime::parse_from_str(time, "%H:%M:%S")
                    .ok()
                    .map(|t| Moment::Second(day.and_time(t))),
            };
        }
        if let Some(day) = iso.strip_prefix("XXXX-") {
            return match day.split_once('-') {
                Some((month, day)) => {
                    Some(Moment::DayOfSomeYear(in_range(month, 12)?, in_range(day, 31)?))
                }
                None => in_range(day, 12).map(Moment::MonthOfSomeYear),
            };
        }
        let digits =
            |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?;
        match (iso.len(), iso.split_once('-')) {
            (4, None) if iso.ends_with("XX") => digits(iso.get(..2)?).map(Moment::Century),
            (4, None) if iso.ends_with('X') => digits(iso.get(..3)?).map(Moment::Decade),
            (4, None) => digits(iso).map(Moment::Year),
            (7, Some((year, half))) if half.starts_with('H') => {
                Some(Moment::Half(digits(year)?, in_range(half.get(1..)?, 2)?))
            }
            (7, Some((year, quarter))) if quarter.starts_with('Q') => {
                Some(Moment::Quarter(digits(year)?, in_range(quarter.get(1..)?, 4)?))
            }
            (8, Some((year, week))) if week.starts_with('W') => {
                Some(Moment::Week(digits(year)?, in_range(week.get(1..)?, 53)?))
            }
            (7, Some((year, month))) => match month.as_bytes() {
                [b'H' | b'Q', ..] => None,
                _ => Some(Moment::Month(digits(year)?, in_range(month, 12)?)),
            },
            (10, Some(_)) => NaiveDate::parse_from_str(iso, "%Y-%m-%d").ok().map(Moment::Day),
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

/// A number of at most two digits from 1 to `most`.
fn in_range(digits: &str, most: u8) -> Option<u8> {
    let number: u8 = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())??;
    (1..=most).contains(&number).then_some(number)
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

/// How exact a date is, from the finest to the coarsest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names say it")]
pub enum Grain {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

impl Grain {
    /// The name in JSON: `day`.
    pub const fn name(self) -> &'static str {
        match self {
            Grain::Second => "second",
            Grain::Minute => "minute",
            Grain::Hour => "hour",
            Grain::Day => "day",
            Grain::Week => "week",
            Grain::Month => "month",
            Grain::Quarter => "quarter",
            Grain::Half => "half",
            Grain::Year => "year",
            Grain::Decade => "decade",
            Grain::Century => "century",
        }
    }
}

/// A part of the day (buổi).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum PartOfDay {
    /// Sáng.
    Morning,
    /// Trưa.
    Noon,
    /// Chiều.
    Afternoon,
    /// Tối.
    Evening,
    /// Đêm, khuya.
    Night,
}

impl PartOfDay {
    /// The name in JSON: `morning`.
    pub const fn name(self) -> &'static str {
        match self {
            PartOfDay::Morning => "morning",
            PartOfDay::Noon => "noon",
            PartOfDay::Afternoon => "afternoon",
            PartOfDay::Evening => "evening",
            PartOfDay::Night => "night",
        }
    }
}

/// How a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Basis {
    /// The text says all of it.
    Explicit,
    /// What is missing was worked out from the rest of the document.
    Context,
    /// What is missing was worked out from the time of publication.
    Published,
    /// Something is missing that nothing settles.
    Unknown,
}

impl Basis {
    /// The name in JSON: `explicit`.
    pub const fn name(self) -> &'static str {
        match self {
            Basis::Explicit => "explicit",
            Basis::Context => "context",
            Basis::Published => "published",
            Basis::Unknown => "unknown",
        }
    }
}
