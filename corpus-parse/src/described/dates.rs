//! The forms of dates that a description names.

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use corpus_model::{Moment, When};

/// The date that a value states by one of the forms.
pub(super) fn read(forms: &[String], value: &str) -> Option<When> {
    let value = value.trim();
    let moment = forms.iter().find_map(|form| read_one(form, value))?;
    Some(When::Point(moment))
}

fn read_one(form: &str, value: &str) -> Option<Moment> {
    Some(match NaiveDateTime::parse_from_str(value, form) {
        Ok(time) if form.contains("%S") || form.contains("%T") => Moment::Second(time),
        Ok(time) => Moment::Minute(time),
        Err(_) => Moment::Day(NaiveDate::parse_from_str(value, form).ok()?),
    })
}

/// What is wrong with a form by which no date can be read.
pub(super) fn mistake(form: &str) -> Option<String> {
    let sample = DateTime::from_timestamp(1_535_526_900, 0)?.fixed_offset();
    let mut written = String::new();
    if write!(written, "{}", sample.format(form)).is_err() {
        return Some(format!("no pattern of a date: {form:?}"));
    }
    read_one(form, &written).is_none().then(|| {
        format!(
            "no pattern of a date: {form:?} has not day, month and year, as in \"%d/%m/%Y %H:%M\""
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_by_which_dates_can_be_read() {
        let forms = [
            "%d/%m/%Y",
            "%H giờ %M ngày %d.%m.%Y",
            "%d%m%Y",
            "%-d-%-m-%y",
            "%F %T",
            "%Y-%m-%dT%H:%M:%S%z",
            "%A, %d %B %Y",
            "%I:%M %p %e/%m/%Y",
            "%G-W%V-%u",
            "%s",
        ];
        for form in forms {
            assert_eq!(mistake(form), None, "{form}");
        }
    }

    #[test]
    fn forms_by_which_none_can() {
        for form in ["", "dd/mm/yyyy", "%d/%m", "%H:%M", "%Q", "%m/%Y", "%"] {
            assert!(mistake(form).is_some_and(|what| what.contains("pattern of a date")), "{form}");
        }
    }
}
