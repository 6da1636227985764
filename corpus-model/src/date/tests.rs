use super::*;

fn day(iso: &str) -> NaiveDate {
    iso.parse().unwrap()
}

#[test]
fn iso_forms_are_read_and_written() {
    let time = |hour, minute, second| {
        day("2013-05-18").and_time(NaiveTime::from_hms_opt(hour, minute, second).unwrap())
    };
    let cases = [
        ("18XX", Moment::Century(18), Grain::Century),
        ("195X", Moment::Decade(195), Grain::Decade),
        ("0042", Moment::Year(42), Grain::Year),
        ("1999-H2", Moment::Half(1999, 2), Grain::Half),
        ("2011-Q3", Moment::Quarter(2011, 3), Grain::Quarter),
        ("2015-10", Moment::Month(2015, 10), Grain::Month),
        ("XXXX-09", Moment::MonthOfSomeYear(9), Grain::Month),
        ("2020-W53", Moment::Week(2020, 53), Grain::Week),
        ("2014-08-29", Moment::Day(day("2014-08-29")), Grain::Day),
        ("XXXX-02-29", Moment::DayOfSomeYear(2, 29), Grain::Day),
        ("2013-05-18T16:05", Moment::Minute(time(16, 5, 0)), Grain::Minute),
        ("2013-05-18T16:05:09", Moment::Second(time(16, 5, 9)), Grain::Second),
    ];
    for (iso, moment, grain) in cases {
        assert_eq!(Moment::from_iso(iso), Some(moment), "{iso}");
        assert_eq!(moment.to_string(), iso);
        assert_eq!(moment.grain(), grain, "{iso}");
    }
    // The one form that stands for two.
    assert_eq!(Moment::Hour(time(16, 0, 0)).to_string(), "2013-05-18T16:00");
}

#[test]
fn what_is_almost_iso_is_refused() {
    for iso in [
        "",
        "-",
        "/",
        "14",
        "20145",
        "2O14",
        "+014",
        "1XXX",
        "XXXX",
        "2014-",
        "2014-13",
        "2014-00",
        "2014-1-5",
        "20141-1",
        "1-00012",
        "2014-Q5",
        "2014-Q0",
        "2014-H3",
        "20-H001",
        "2017-W53",
        "2017-W00",
        "2014-02-29",
        "2014-08-32",
        "+014-08-29",
        "XXXX-13",
        "XXXX-02-30",
        "XXXX-00-01",
        "2013-05-18T",
        "2013-05-18T16",
        "2013-05-18T24:00",
        "2013-05-18T16:60",
        "2013-05-18 16:00",
        "2013-5-18T16:00",
        "2013-05-18T16:00:00Z",
        "năm",
        "二〇一四",
    ] {
        assert_eq!(Moment::from_iso(iso), None, "{iso}");
    }
    for iso in ["2015/", "/2020", "2015/2020/2025", "2015-2020"] {
        assert_eq!(When::from_iso(iso), None, "{iso}");
    }
}

#[test]
fn a_moment_lasts_from_its_first_day_to_its_last() {
    let cases = [
        ("18XX", "1800-01-01", "1899-12-31"),
        ("195X", "1950-01-01", "1959-12-31"),
        ("2016", "2016-01-01", "2016-12-31"),
        ("1999-H2", "1999-07-01", "1999-12-31"),
        ("2011-Q3", "2011-07-01", "2011-09-30"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
        ("2014-08-29", "2014-08-29", "2014-08-29"),
        ("2014-08-29T16:00", "2014-08-29", "2014-08-29"),
        ("2015/2020", "2015-01-01", "2020-12-31"),
    ];
    for (iso, first, last) in cases {
        let when = When::from_iso(iso).unwrap();
        assert_eq!(when.first_day(), Some(day(first)), "{iso}");
        assert_eq!(when.last_day(), Some(day(last)), "{iso}");
    }
    assert_eq!(When::from_iso("XXXX-08-29").unwrap().first_day(), None);
    assert_eq!(When::from_iso("XXXX-08").unwrap().last_day(), None);
}

#[test]
fn a_week_belongs_to_the_year_of_its_monday() {
    assert_eq!(Moment::Week(2025, 1).year(), Some(2024));
    assert_eq!(Moment::Decade(201).year(), None);
    assert_eq!(Moment::DayOfSomeYear(8, 29).year(), None);
}

#[test]
fn numbers_out_of_range_have_no_days() {
    for moment in [
        Moment::Century(i32::MAX),
        Moment::Decade(i32::MIN),
        Moment::Year(i32::MAX),
        Moment::Half(2014, 0),
        Moment::Half(2014, 255),
        Moment::Quarter(2014, 5),
        Moment::Month(2014, 13),
        Moment::Week(2014, 54),
        Moment::Year(chrono::NaiveDate::MAX.year()),
    ] {
        assert_eq!(moment.first_day().and(moment.last_day()), None, "{moment:?}");
    }
}
