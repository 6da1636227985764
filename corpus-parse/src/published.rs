//! Dates that a source states in a field: ISO 8601, RFC 3339, RFC 2822, and as Vietnamese pages
//! write them (`04/03/2017 10:30`, `Thứ bảy, 4/3/2017 | 10:30 GMT+7`).
//!
//! The time is kept as the source states it, without its zone: a corpus is read by the clock of the
//! newspaper.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use corpus_model::{Moment, When};

/// The moment that the value of a field states.
pub(crate) fn from_field(value: &str) -> Option<When> {
    let value = value.trim();
    if value.is_empty() || value.len() > 100 {
        return None;
    }
    let moment = iso(value).or_else(|| epoch(value)).or_else(|| written(value));
    moment.map(When::Point)
}

/// `2017`, `2017-03`, `2017-03-04`, `2017-03-04T10:30:00+07:00`, also with a blank for the `T`.
fn iso(value: &str) -> Option<Moment> {
    let is_iso = value.get(..4)?.bytes().all(|b| b.is_ascii_digit());
    if !is_iso {
        return None;
    }
    match value.len() {
        4 | 7 | 10 if !value.contains('X') => {
            return Moment::from_iso(value).filter(|it| it.year().is_some_and(plausible));
        }
        _ => {}
    }
    let day = NaiveDate::parse_from_str(value.get(..10)?, "%Y-%m-%d").ok()?;
    let time = value.get(10..)?;
    let time = time.strip_prefix(['T', 't', ' ']).map(str::trim_start)?;
    let clock: String = time.chars().take_while(|c| c.is_ascii_digit() || *c == ':').collect();
    let mut parts = clock.split(':').map(str::parse::<u32>);
    let mut next = || parts.next().and_then(Result::ok);
    let (hour, minute, second) = (next()?, next()?, next());
    moment(day, hour, minute, second)
}

/// Seconds or milliseconds since 1970, as the day and time in Việt Nam (UTC+7).
fn epoch(value: &str) -> Option<Moment> {
    if !value.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = value.parse().ok()?;
    let seconds = match value.len() {
        9 | 10 => number,
        12 | 13 => number / 1000,
        _ => return None,
    };
    let local = DateTime::from_timestamp(seconds.checked_add(7 * 3600)?, 0)?.naive_utc();
    Some(Moment::Second(local))
}

/// English months, for RFC 2822.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A date as a person writes it: numbers with a time before or behind, words between.
fn written(value: &str) -> Option<Moment> {
    let parts = numbers(value);
    let (day, rest) = parts.iter().enumerate().find_map(|(n, _)| {
        let (date, width) = date_at(value, parts.get(n..)?)?;
        Some((date, n..n + width))
    })?;
    // The first two numbers with a colon or `h` between them, outside the date, are the time.
    let time = parts.windows(2).enumerate().find_map(|(n, pair)| {
        let [a, b] = pair else { return None };
        if rest.contains(&n) || rest.contains(&(n + 1)) {
            return None;
        }
        let between = value.get(a.end..b.start)?.trim();
        if !matches!(between, ":" | "h" | "H" | "giờ") {
            return None;
        }
        let second = parts
            .get(n + 2)
            .filter(|c| !rest.contains(&(n + 2)) && value.get(b.end..c.start) == Some(":"));
        // `GMT+7:00` is no time of day.
        let sign = value.get(..a.start)?.ends_with(['+', '-']);
        (!sign).then_some((a.number, b.number, second.map(|it| it.number)))
    });
    match time {
        Some((hour, minute, second)) => moment(day, hour, minute, second),
        None => Some(Moment::Day(day)),
    }
}

/// A run of digits in a text.
struct Number {
    number: u32,
    start: usize,
    end: usize,
}

fn numbers(value: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, byte) in value.bytes().chain([b' ']).enumerate() {
        match (byte.is_ascii_digit(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                start = None;
                let number = value.get(from..at).and_then(|digits| digits.parse().ok());
                found.extend(number.map(|number| Number { number, start: from, end: at }));
            }
            _ => {}
        }
    }
    found
}

/// `4/3/2017`, `2017/3/4`, `4 tháng 3 năm 2017`, `4 Mar 2017` at the first of these numbers, and
/// how many numbers it takes.
fn date_at(value: &str, parts: &[Number]) -> Option<(NaiveDate, usize)> {
    let [a, b, ..] = parts else { return None };
    let between = value.get(a.end..b.start)?.trim().to_lowercase();
    if let Some(month) = MONTHS.iter().position(|month| between.starts_with(month)) {
        return Some((date(b.number, month as u32 + 1, a.number)?, 2));
    }
    let [_, _, c, ..] = parts else { return None };
    let then = value.get(b.end..c.start)?.trim().to_lowercase();
    let found = match (between.as_str(), then.as_str()) {
        ("/", "/") | ("-", "-") | (".", ".") => {
            if a.end - a.start == 4 {
                date(a.number, b.number, c.number)
            } else if c.end - c.start == 4 {
                date(c.number, b.number, a.number)
            } else {
                None
            }
        }
        ("tháng", "năm" | "," | ", năm") => date(c.number, b.number, a.number),
        _ => None,
    };
    Some((found?, 3))
}

fn date(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok().filter(|year| plausible(*year))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

fn plausible(year: i32) -> bool {
    (1800..2200).contains(&year)
}

fn moment(day: NaiveDate, hour: u32, minute: u32, second: Option<u32>) -> Option<Moment> {
    let time = NaiveTime::from_hms_opt(hour, minute, second.unwrap_or(0))?;
    let moment = NaiveDateTime::new(day, time);
    Some(if second.is_some() { Moment::Second(moment) } else { Moment::Minute(moment) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields() {
        let cases = [
            ("2017-03-04", "2017-03-04"),
            ("2017-03", "2017-03"),
            ("2017", "2017"),
            ("2017-03-04T10:30:05+07:00", "2017-03-04T10:30:05"),
            ("2017-03-04T10:30:05.123Z", "2017-03-04T10:30:05"),
            ("2017-03-04 10:30", "2017-03-04T10:30"),
            ("4/3/2017", "2017-03-04"),
            ("04-03-2017 10:30", "2017-03-04T10:30"),
            ("10:30 04.03.2017", "2017-03-04T10:30"),
            ("10:30:07, 04/03/2017", "2017-03-04T10:30:07"),
            ("Thứ bảy, 4/3/2017 | 10:30 GMT+7", "2017-03-04T10:30"),
            ("04/03/2017 10h30", "2017-03-04T10:30"),
            ("2017/3/4", "2017-03-04"),
            ("Ngày 4 tháng 3 năm 2017", "2017-03-04"),
            ("Sat, 04 Mar 2017 10:30:05 +0700", "2017-03-04T10:30:05"),
            ("1488598205", "2017-03-04T10:30:05"),
            ("1488598205000", "2017-03-04T10:30:05"),
        ];
        for (value, iso) in cases {
            let found = from_field(value).map(|when| when.to_string());
            assert_eq!(found.as_deref(), Some(iso), "{value}");
        }
    }

    #[test]
    fn no_dates() {
        for value in ["", "hôm qua", "30/2/2017", "4/3", "12345", "25:00", "2017-13-01", "đ/đ/đ"]
        {
            assert_eq!(from_field(value), None, "{value}");
        }
    }
}
