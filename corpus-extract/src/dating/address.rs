//! What the source or the address of a document says about its day.

use corpus_model::chrono::NaiveDate;
use corpus_model::{Basis, Document, Moment, When};

use super::Dating;

/// What the source or the address of a document says about its date.
pub(crate) fn stated(document: &Document) -> Option<Dating> {
    let dating = |when, basis| Dating { when, basis, evidence: Vec::new() };
    if let Some(when) = document.metadata.published {
        let basis = document.metadata.published_basis.unwrap_or(Basis::Explicit);
        return Some(dating(when, basis));
    }
    let day = day_in_address(document.metadata.url.as_deref()?)?;
    Some(dating(When::Point(Moment::Day(day)), Basis::Published))
}

/// A day written in an address: `/2014/08/29/`, `/2014-08-29-`, `-20140829093000`.
///
/// A run of digits counts only when it is as long as a day, or a day with a time to the minute,
/// second or millisecond, so that numbers of articles do not.
fn day_in_address(url: &str) -> Option<NaiveDate> {
    let runs: Vec<(usize, &str)> = url
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|run| !run.is_empty())
        .map(|run| (run.as_ptr() as usize - url.as_ptr() as usize, run))
        .collect();
    let day = |year: &str, month: &str, day: &str| {
        let date =
            NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
        (1990..2100).contains(&year.parse::<i32>().ok()?).then_some(date)
    };
    let separated = runs.windows(3).find_map(|window| match *window {
        [(y, year), (m, month), (d, number)]
            if year.len() == 4
                && month.len() <= 2
                && number.len() <= 2
                && m == y + 5
                && d == m + month.len() + 1 =>
        {
            day(year, month, number)
        }
        _ => None,
    });
    separated.or_else(|| {
        runs.iter()
            .filter(|(_, run)| matches!(run.len(), 8 | 12 | 14 | 17))
            .find_map(|(_, run)| day(run.get(..4)?, run.get(4..6)?, run.get(6..8)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_addresses() {
        let day = |url| day_in_address(url).map(|day| day.to_string());
        assert_eq!(day("https://a.vn/2014/08/29/tin.html").as_deref(), Some("2014-08-29"));
        assert_eq!(day("https://a.vn/tin-2014-8-9.html").as_deref(), Some("2014-08-09"));
        assert_eq!(day("https://a.vn/tin-20140829101530.htm").as_deref(), Some("2014-08-29"));
        assert_eq!(day("http://a.vn/tin/278730.vnp"), None);
        assert_eq!(day("https://a.vn/tin-99999999.htm"), None);
        assert_eq!(day("https://a.vn/ke-hoach-2016-2020"), None);
        assert_eq!(day("https://a.vn/tin-4567890.html"), None);
    }
}
