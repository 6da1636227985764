//! The Vietnamese lunar calendar: `mùng 3 Tết`, `rằm tháng Giêng`, `10/3 âm lịch`.
//!
//! A month begins on the day of the new moon at Hanoi (UTC+7); the month with the winter solstice is
//! the eleventh, and where thirteen new moons lie between two of them, the first month without a
//! principal term of the sun is counted twice. New moons and the sun's longitude are those of J. Meeus,
//! *Astronomical Formulae for Calculators* (1979), exact to minutes for centuries around ours. Before
//! 1968 the calendar in use was China's now and then; that is left out.

use corpus_model::chrono::{Datelike, NaiveDate};

/// Hours that Hanoi is ahead of Greenwich, in days.
const TIME_ZONE: f64 = 7.0 / 24.0;

/// The Julian day of 31 December 1899, from which new moons are numbered.
const EPOCH: f64 = 2_415_021.076_998_695;

const SYNODIC_MONTH: f64 = 29.530_588_853;

/// The Julian day of the last day before the common era, in the calendar of today.
const JULIAN_OF_ERA: i32 = 1_721_425;

/// The day of the solar calendar on which a day of the lunar one falls; none where the month has no
/// such day. Of a month that comes twice it is the first.
pub(super) fn solar(year: i32, month: u8, day: u8) -> Option<NaiveDate> {
    let (first, length) = month_of(year, month)?;
    (1..=length).contains(&day).then(|| date(first + i32::from(day) - 1))?
}

/// The first and the last day of a month of the lunar calendar.
pub(super) fn month_days(year: i32, month: u8) -> Option<(NaiveDate, NaiveDate)> {
    let (first, length) = month_of(year, month)?;
    Some((date(first)?, date(first + i32::from(length) - 1)?))
}

/// The Julian day on which a month begins, and its length.
fn month_of(year: i32, month: u8) -> Option<(i32, u8)> {
    if !(1..=12).contains(&month) || !(1800..=2200).contains(&year) {
        return None;
    }
    let (start, next) = match month {
        11 | 12 => (eleventh_month(year)?, eleventh_month(year + 1)?),
        _ => (eleventh_month(year - 1)?, eleventh_month(year)?),
    };
    let moon = new_moon_near(start);
    let mut months = (i32::from(month) + 1) % 12;
    // A leap month in between pushes those behind it on by one.
    if next - start > 365 && months >= leap_month(moon) {
        months += 1;
    }
    let (first, behind) = (new_moon(moon + months), new_moon(moon + months + 1));
    Some((first, u8::try_from(behind - first).ok()?))
}

/// The number of the new moon that begins the month of the Julian day `start`.
fn new_moon_near(start: i32) -> i32 {
    ((f64::from(start) - EPOCH) / SYNODIC_MONTH + 0.5).floor() as i32
}

/// The Julian day on which the month of the winter solstice of a year begins.
fn eleventh_month(year: i32) -> Option<i32> {
    let end = NaiveDate::from_ymd_opt(year, 12, 31)?.num_days_from_ce() + JULIAN_OF_ERA;
    let moon = ((f64::from(end) - EPOCH) / SYNODIC_MONTH).floor() as i32;
    let day = new_moon(moon);
    // The sun stands at 270 degrees on the solstice; if the month begins behind it, it is the next.
    Some(if sector(day) >= 9 { new_moon(moon - 1) } else { day })
}

/// How many months behind the one of the new moon `moon` the leap month is.
fn leap_month(moon: i32) -> i32 {
    (1..14)
        .find(|&months| sector(new_moon(moon + months)) == sector(new_moon(moon + months + 1)))
        .unwrap_or(14)
}

/// The twelfth of the sun's path, from 0 at the vernal equinox, at the midnight that begins a day.
fn sector(day: i32) -> i32 {
    let time = (f64::from(day) - 0.5 - TIME_ZONE - 2_451_545.0) / 36_525.0;
    let degrees = std::f64::consts::PI / 180.0;
    let anomaly = degrees * (357.529_10 + time * (35_999.050_30 - time * 0.000_155_9));
    let mean = 280.466_45 + time * (36_000.769_83 + time * 0.000_303_2);
    let equation = (1.914_600 - time * (0.004_817 + time * 0.000_014)) * anomaly.sin()
        + (0.019_993 - time * 0.000_101) * (2.0 * anomaly).sin()
        + 0.000_290 * (3.0 * anomaly).sin();
    let node = degrees * (125.04 - 1_934.136 * time);
    let longitude = mean + equation - 0.005_69 - 0.004_78 * node.sin();
    (longitude.rem_euclid(360.0) / 30.0).floor() as i32
}

/// The Julian day, at Hanoi, of the new moon of this number.
fn new_moon(number: i32) -> i32 {
    let k = f64::from(number);
    let t = k / 1_236.85;
    let degrees = std::f64::consts::PI / 180.0;
    let mean = 2_415_020.759_33
        + 29.530_588_68 * k
        + t * t * (0.000_117_8 - t * 0.000_000_155)
        + 0.000_33 * (degrees * (166.56 + t * (132.87 - t * 0.009_173))).sin();
    let sun = degrees * (359.224_2 + 29.105_356_08 * k - t * t * (0.000_033_3 + t * 0.000_003_47));
    let moon =
        degrees * (306.025_3 + 385.816_918_06 * k + t * t * (0.010_730_6 + t * 0.000_012_36));
    let node = degrees * (21.296_4 + 390.670_506_46 * k - t * t * (0.001_652_8 + t * 0.000_002_39));
    let correction = (0.173_4 - 0.000_393 * t) * sun.sin() + 0.002_1 * (2.0 * sun).sin()
        - 0.406_8 * moon.sin()
        + 0.016_1 * (2.0 * moon).sin()
        - 0.000_4 * (3.0 * moon).sin()
        + 0.010_4 * (2.0 * node).sin()
        - 0.005_1 * (sun + moon).sin()
        - 0.007_4 * (sun - moon).sin()
        + 0.000_4 * (2.0 * node + sun).sin()
        - 0.000_4 * (2.0 * node - sun).sin()
        - 0.000_6 * (2.0 * node + moon).sin()
        + 0.001_0 * (2.0 * node - moon).sin()
        + 0.000_5 * (2.0 * moon + sun).sin();
    // Dynamical time runs ahead of the turning earth.
    let delta = match t {
        t if t < -11.0 => {
            0.001 + t * (0.000_839 + t * (0.000_226_1 - t * (0.000_008_45 + t * 0.000_000_081)))
        }
        _ => -0.000_278 + t * (0.000_265 + t * 0.000_262),
    };
    (mean + correction - delta + 0.5 + TIME_ZONE).floor() as i32
}

fn date(julian: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(julian - JULIAN_OF_ERA)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(year: i32, month: u8, day: u8) -> String {
        solar(year, month, day).map_or("none".to_owned(), |day| day.to_string())
    }

    /// The first days of years as printed in calendars; 1985 and 2007 differ from China's.
    #[test]
    fn new_years() {
        let days = [
            "1985-01-21",
            "1986-02-09",
            "2007-02-17",
            "2008-02-07",
            "2014-01-31",
            "2015-02-19",
            "2016-02-08",
            "2017-01-28",
            "2018-02-16",
            "2019-02-05",
            "2020-01-25",
            "2021-02-12",
            "2022-02-01",
            "2023-01-22",
            "2024-02-10",
            "2025-01-29",
            "2026-02-17",
            "2030-02-02",
        ];
        for day in days {
            assert_eq!(iso(day.get(..4).unwrap().parse().unwrap(), 1, 1), day);
        }
    }

    #[test]
    fn feasts_and_leap_months() {
        assert_eq!(iso(2017, 3, 10), "2017-04-06");
        assert_eq!(iso(2016, 8, 15), "2016-09-15");
        assert_eq!(iso(2020, 7, 15), "2020-09-02");
        // The fourth month of 2020 and the second of 2023 came twice.
        assert_eq!(iso(2020, 5, 5), "2020-06-25");
        assert_eq!(iso(2023, 3, 10), "2023-04-29");
        assert_eq!(iso(2016, 12, 23), "2017-01-20");
        assert_eq!(iso(2016, 12, 30), "2017-01-27");
        assert_eq!(iso(2021, 12, 30), "none");
        assert_eq!(iso(2017, 13, 1), "none");
    }

    #[test]
    fn months_follow_one_another() {
        for year in 1900..2100 {
            for month in 1..12 {
                let (first, last) = month_days(year, month).unwrap();
                assert!((28..=29).contains(&(last - first).num_days()), "{month}/{year}");
                let (next, _) = month_days(year, month + 1).unwrap();
                let gap = (next - last).num_days();
                assert!(gap == 1 || (30..=31).contains(&gap), "{month}/{year}: {gap}");
            }
        }
    }
}
