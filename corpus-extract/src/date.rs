//! Dates and times: finding the expressions, and working out what they mean.
//!
//! Two steps. [`Rules::expressions`] reads each expression as far as it goes by itself: `Sáng 29/8`
//! is a morning and a day without a year. [`resolve::resolve`] says what it means at the time of
//! writing, which [`crate::dating`] works out in between, from all the expressions together.
//!
//! A time of day without a day (`lúc 14 giờ`) is one of the day that the text told of last, else of
//! the day of writing; where neither is known it says no moment and is left out. Lengths of time
//! (`5 ngày làm việc`) are quantities: working days keep their name and are not reckoned in calendar days.

mod alone;
mod calendar;
mod clock;
mod find;
mod from_now;
mod lunar;
mod lunar_form;
mod nth;
mod number_form;
mod point;
mod range;
mod reckon;
mod resolve;
mod series;
mod words;
mod year;

use std::ops::Range;

use corpus_model::chrono::{NaiveDate, Weekday};
use corpus_model::{Grain, Moment, PartOfDay, Portion, Span};

pub(crate) use find::Rules;
pub(crate) use resolve::resolve;
pub(crate) use words::{CONTEXTS, Context, ROLES, wanted};

/// A date or time as far as the text says it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expression {
    /// Where it stands.
    pub(crate) span: Span,
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// What it says; of a range, where it begins.
    pub(crate) point: Point,
    /// Where a range ends.
    pub(crate) to: Option<Point>,
    /// Where the two ends of a range stand.
    pub(crate) ends: Option<[Span; 2]>,
    /// Whether it opens a sentence, as what a report tells of does.
    pub(crate) opens: bool,
    /// Whether it is a run of years, a term or a plan.
    pub(crate) term: bool,
}

impl Expression {
    /// Whether it says a length of time, counted from the moment of writing.
    pub(crate) fn is_length(&self) -> bool {
        matches!(self.point.core, Some(Core::Ago(..) | Core::Run(..)))
    }
}

/// One end of an expression: any of its parts may be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Point {
    pub(crate) core: Option<Core>,
    pub(crate) clock: Option<Clock>,
    pub(crate) part: Option<PartOfDay>,
    pub(crate) weekday: Option<Weekday>,
    /// Behind a weekday: the one to come (1) or the one gone by (-1).
    pub(crate) toward: Option<i32>,
    /// The portion of a longer time: `đầu năm 2016`.
    pub(crate) portion: Option<Portion>,
}

/// The day, or the larger piece of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Core {
    /// `29/8`, `ngày 25 tháng 1 năm 2017`.
    Day { day: u8, month: u8, year: Option<Year> },
    /// `ngày 3`: the month was told before.
    DayOfMonth(u8),
    /// `tháng 10/2015`.
    Month { month: u8, year: Option<Year> },
    /// `quý I/2017`.
    Quarter { quarter: u8, year: Option<Year> },
    /// Months from the beginning of a year or up to its end: `9 tháng đầu năm 2016`.
    Months { from: u8, to: u8, year: Option<Year> },
    /// `mùa đông năm 2001`, by its first month.
    Season { month: u8, year: Option<Year> },
    /// `năm 2014`, `năm ngoái`.
    Year(Year),
    /// `thập niên 1990`.
    Decade(i32),
    /// `thế kỷ XX`.
    Century(i32),
    /// `hôm qua`, `tuần này`: units from the moment of writing.
    Relative(Grain, i32),
    /// `cùng ngày`, `hôm sau`: days from the day told of last.
    Told(i32),
    /// `3 ngày trước`, `22 giờ nữa`: so long from the moment of writing.
    Ago(Grain, i32),
    /// `3 ngày tới`, `2 tuần qua`: a run of units.
    Run(Grain, i32),
    /// `bây giờ`.
    Now,
    /// `quốc khánh`.
    Holiday { month: u8, day: u8, year: Option<Year> },
    /// `ngày 5 tháng này`: a day of the month so many months from that of writing.
    DayOfMonthFromNow { day: u8, months: i32 },
    /// `cuối tuần này`: Saturday and Sunday of the week so many from that of writing.
    Weekend(i32),
    /// `chủ nhật cuối cùng của tháng 3`, `tuần đầu tiên của tháng 10 năm 2014`.
    Nth { unit: NthUnit, n: i8, scope: Scope },
    /// `mùng 3 Tết Mậu Tuất`, `rằm tháng Giêng`; a whole month where there is no day.
    Lunar { month: u8, day: Option<u8>, year: LunarYear },
    /// `(từ) đầu năm đến nay`.
    Since(Grain),
    /// `(từ) nay đến cuối năm`.
    Till(Grain),
}

/// What the first or last of is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NthUnit {
    Day,
    Week,
    Weekday(Weekday),
}

/// In what the first or last of something is sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    Month {
        month: u8,
        year: Option<Year>,
    },
    /// So many months from that of writing.
    MonthFromNow(i32),
    Year(Year),
}

/// The year of a day of the lunar calendar, as the text says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LunarYear {
    /// Not at all: the one nearest to the time of writing.
    Near,
    /// In figures, or as `năm nay`.
    Year(Year),
    /// By stem and branch, as a place from 0 in the cycle of sixty: `Đinh Dậu` is 33.
    Cycle(u8),
}

/// A year as the text says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Year {
    /// `năm 2014`.
    Said(i32),
    /// `năm nay`, `năm ngoái`.
    Relative(i32),
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    pub(crate) hour: u8,
    pub(crate) minute: Option<u8>,
    pub(crate) second: Option<u8>,
    /// Whether nothing else is needed to see that it is a time of day: `16h30`, not `3 giờ`.
    pub(crate) certain: bool,
    /// Whether it is written with a sign, `8h`, and not with the word that lengths of time share.
    pub(crate) figures: bool,
    /// The last hour of a time that has some length: `sau bữa trưa`.
    pub(crate) until: Option<u8>,
}

impl Core {
    /// The year that it names in figures.
    pub(crate) fn said_year(self) -> Option<i32> {
        match self.year_slot() {
            Some(Year::Said(year)) => Some(year),
            _ => None,
        }
    }

    /// The first and the last day of a day or month that it names with its year.
    pub(crate) fn days_said(self) -> Option<(NaiveDate, NaiveDate)> {
        let moment = match (self, self.said_year()?) {
            (Core::Day { day, month, .. }, year) => {
                Moment::Day(NaiveDate::from_ymd_opt(year, month.into(), day.into())?)
            }
            (Core::Month { month, .. }, year) => Moment::Month(year, month),
            _ => return None,
        };
        Some((moment.first_day()?, moment.last_day()?))
    }

    /// The year, in figures or not.
    pub(crate) fn year_slot(self) -> Option<Year> {
        match self {
            Core::Day { year, .. }
            | Core::Month { year, .. }
            | Core::Quarter { year, .. }
            | Core::Months { year, .. }
            | Core::Season { year, .. }
            | Core::Holiday { year, .. }
            | Core::Nth { scope: Scope::Month { year, .. }, .. } => year,
            Core::Nth { scope: Scope::Year(year), .. } | Core::Year(year) => Some(year),
            _ => None,
        }
    }

    /// The same with this year, where it has none and may have one.
    fn with_year(self, new: Year) -> Option<Core> {
        Some(match self {
            Core::Day { day, month, year: None } => Core::Day { day, month, year: Some(new) },
            Core::Month { month, year: None } => Core::Month { month, year: Some(new) },
            Core::Quarter { quarter, year: None } => Core::Quarter { quarter, year: Some(new) },
            Core::Months { from, to, year: None } => Core::Months { from, to, year: Some(new) },
            Core::Season { month, year: None } => Core::Season { month, year: Some(new) },
            Core::Holiday { month, day, year: None } => {
                Core::Holiday { month, day, year: Some(new) }
            }
            Core::Nth { unit, n, scope: Scope::Month { month, year: None } } => {
                Core::Nth { unit, n, scope: Scope::Month { month, year: Some(new) } }
            }
            _ => return None,
        })
    }
}
