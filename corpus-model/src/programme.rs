//! [`Programme`]: a programme, campaign or plan with a name of its own, and its years.

use std::fmt;

use crate::Span;

/// A programme, scheme, campaign, movement or plan that has a name (chương trình, đề án, cuộc vận động,
/// phong trào, “Năm …”).
///
/// ```
/// use corpus_model::{Period, Programme};
///
/// let programme = Programme {
///     head: "đề án".into(),
///     name: "Khôi phục làng gốm".into(),
///     period: Some(Period { first: Some(2016), last: 2020, horizon: Some(2030) }),
///     ..Programme::default()
/// };
/// assert_eq!(programme.to_string(), "đề án “Khôi phục làng gốm”");
/// assert_eq!(programme.period.unwrap().to_string(), "2016/2020");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Programme {
    /// What it is called by its kind: `chương trình`, `phong trào thi đua`; `năm` for `“Năm Dân vận”`.
    pub head: String,
    /// Its name without quotation marks and period. A name that begins with the head, such as `Năm Dân
    /// vận`, holds it; a number stands as it is written: `135`.
    pub name: String,
    /// The years that it is for, where this mention or one before it gives them.
    #[cfg_attr(feature = "serde", serde(default))]
    pub period: Option<Period>,
    /// The first mention of the same programme, where this is another.
    #[cfg_attr(feature = "serde", serde(default))]
    pub antecedent: Option<Span>,
    /// The directive beside it that it comes from: `Quyết định 1719/QĐ-TTg phê duyệt Chương trình …`.
    #[cfg_attr(feature = "serde", serde(default))]
    pub directive: Option<Span>,
}

/// The years of a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Period {
    /// The first; none where only an end is given: `đến năm 2030`.
    pub first: Option<i32>,
    /// The last, which is the first as well where it is for one year.
    pub last: i32,
    /// The year that it looks ahead to (tầm nhìn): 2045 in `đến năm 2030, tầm nhìn 2045`.
    #[cfg_attr(feature = "serde", serde(default))]
    pub horizon: Option<i32>,
}

impl Period {
    /// From one year to another.
    pub const fn years(first: i32, last: i32) -> Period {
        Period { first: Some(first), last, horizon: None }
    }

    /// One year.
    pub const fn year(year: i32) -> Period {
        Period::years(year, year)
    }

    /// Up to a year.
    pub const fn until(last: i32) -> Period {
        Period { first: None, last, horizon: None }
    }
}

/// In ISO 8601: `2016/2020`, `2014`, `../2030` where the beginning is open.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.last;
        match self.first {
            Some(first) if first == last => write!(f, "{last:04}"),
            Some(first) => write!(f, "{first:04}/{last:04}"),
            None => write!(f, "../{last:04}"),
        }
    }
}

impl fmt::Display for Programme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Programme { head, name, .. } = self;
        let mut words = name.split_whitespace();
        let begins = |head: &str| {
            let mut words = words.clone();
            head.split_whitespace()
                .all(|it| words.next().is_some_and(|word| word.to_lowercase() == it))
        };
        if begins(head) {
            f.write_str(name)
        } else if words.next().is_some_and(|word| word.starts_with(|it: char| it.is_ascii_digit()))
        {
            write!(f, "{head} {name}")
        } else {
            write!(f, "{head} “{name}”")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Period, Programme};

    #[test]
    fn periods_are_shown_in_iso() {
        for (period, shown) in [
            (Period::years(2016, 2020), "2016/2020"),
            (Period::year(2014), "2014"),
            (Period::until(2030), "../2030"),
        ] {
            assert_eq!(period.to_string(), shown);
        }
    }

    #[test]
    fn a_programme_is_shown_as_it_is_called() {
        for (head, name, shown) in [
            ("năm", "Năm Dân vận", "Năm Dân vận"),
            ("đề án", "1928", "đề án 1928"),
            ("phong trào", "Toàn dân đoàn kết", "phong trào “Toàn dân đoàn kết”"),
        ] {
            let programme =
                Programme { head: head.into(), name: name.into(), ..Programme::default() };
            assert_eq!(programme.to_string(), shown);
        }
    }
}
