//! What an address says: site, slug, article number, date.
//!
//! Vietnamese news sites put an unaccented title (slug) and a number into the address, each in its
//! own way: `/slug/278730.vnp`, `/slug-4412345.html`, `/slug-post1591568.html`,
//! `/slug-a123456.html`, `/slug-20170304101010123.htm`, `/tin-tuc/1029384/slug`, `?id=1234`.
//! Numbers made of a time carry the date of publication with them.

use chrono::{NaiveDate, NaiveDateTime};
use corpus_model::{Metadata, Moment, When};

use crate::field_names::state;

/// The parts of an address, as far as they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Address<'a> {
    pub(crate) site: Option<String>,
    pub(crate) slug: Option<&'a str>,
    pub(crate) number: Option<&'a str>,
    pub(crate) date: Option<Moment>,
}

/// Letters that sites put in front of an article number.
const NUMBER_PREFIXES: [&str; 16] =
    ["post", "a", "d", "i", "p", "n", "t", "c", "s", "b", "r", "art", "id", "news", "ar", "tin"];

/// Parameters that hold an article number, in lower case.
const NUMBER_PARAMETERS: [&str; 10] = [
    "id",
    "newsid",
    "articleid",
    "article_id",
    "postid",
    "post_id",
    "itemid",
    "contentid",
    "aid",
    "p",
];

/// Whether this line is an address and nothing else.
pub(crate) fn is_alone(line: &[u8]) -> bool {
    if !line.first().is_some_and(|byte| matches!(byte, b'h' | b'H' | b'w' | b'W')) {
        return false;
    }
    let rest = ["https://", "http://", "www."].iter().find_map(|scheme| {
        let (head, rest) = line.split_at_checked(scheme.len())?;
        head.eq_ignore_ascii_case(scheme.as_bytes()).then_some(rest)
    });
    rest.is_some_and(|rest| rest.contains(&b'.') && !rest.iter().any(u8::is_ascii_whitespace))
}

impl<'a> Address<'a> {
    pub(crate) fn parse(url: &'a str) -> Address<'a> {
        let url = url.trim();
        let rest = url.split_once("://").map_or(url, |it| it.1);
        let rest = rest.split('#').next().unwrap_or_default();
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let mut address = Address { site: site(host), ..Address::default() };
        address.read_path(path);
        if address.number.is_none() {
            address.number = query.split('&').find_map(|parameter| {
                let (name, value) = parameter.split_once('=')?;
                let known = NUMBER_PARAMETERS.iter().any(|it| name.eq_ignore_ascii_case(it));
                (known && is_digits(value)).then_some(value)
            });
        }
        address
    }

    fn read_path(&mut self, path: &'a str) {
        let mut words = None;
        for segment in path.split('/').rev().filter(|it| !it.is_empty()) {
            let name = without_ending(segment);
            let (slug, number) = split_number(name);
            if self.number.is_none()
                && let Some(number) = number
            {
                self.number = Some(number);
                self.date = date_in_number(number);
                if slug.contains('-') {
                    words = words.or(Some(slug));
                }
            } else if name.contains('-') && !name.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
                words = words.or(Some(name));
            }
        }
        // A slug of one word has no hyphen; behind a number in its own segment it is the one before.
        self.slug = words.or_else(|| {
            let last = path.rsplit('/').find(|it| !it.is_empty())?;
            let (slug, number) = split_number(without_ending(last));
            let usable = number.is_some() || last.contains('.');
            (usable && slug.bytes().any(|b| b.is_ascii_alphabetic())).then_some(slug)
        });
        self.date = self.date.or_else(|| date_in_path(path));
    }

    /// Enters what is known, the date only where nothing else states one.
    pub(crate) fn describe(self, metadata: &mut Metadata) {
        metadata.site = self.site;
        metadata.slug = self.slug.map(String::from);
        metadata.article_number = self.number.map(String::from);
        if let (Some(moment), None) = (self.date, metadata.published) {
            state(metadata, When::Point(moment));
        }
    }
}

/// The host in lower case without user, port and `www.`.
fn site(host: &str) -> Option<String> {
    let host = host.rsplit('@').next().unwrap_or(host);
    let host = host.split(':').next().unwrap_or(host).to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    host.contains('.').then(|| host.to_owned())
}

/// A segment without the ending of a page: up to five letters behind a dot.
fn without_ending(segment: &str) -> &str {
    match segment.rsplit_once('.') {
        Some((name, ending))
            if (2..=5).contains(&ending.len())
                && ending.bytes().all(|b| b.is_ascii_alphanumeric())
                && ending.bytes().any(|b| b.is_ascii_alphabetic()) =>
        {
            name
        }
        _ => segment,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A segment's slug and the number at its end.
fn split_number(segment: &str) -> (&str, Option<&str>) {
    if is_digits(segment) {
        // A year or a day of a dated path is shorter or looks like one.
        let number = segment.len() >= 5 || (segment.len() >= 3 && !is_year(segment));
        return if number { ("", Some(segment)) } else { (segment, None) };
    }
    let (slug, last) = segment.rsplit_once(['-', '_', '~', '.']).unwrap_or(("", segment));
    let last = last.trim_end_matches("rf");
    let digits = last.len() - last.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (prefix, number) = last.split_at(digits);
    let enough = match prefix {
        // A slug may end in a number of its own: `nam-2017`, `top-100`.
        "" => number.len() >= 5,
        _ => number.len() >= 3 && is_number_prefix(prefix),
    };
    if enough { (slug, Some(number)) } else { (segment, None) }
}

/// Letters, or numbers with letters in front (`c46a` of `c46a123456`), that introduce a number.
fn is_number_prefix(prefix: &str) -> bool {
    let mut parts = prefix.split(|c: char| c.is_ascii_digit()).filter(|part| !part.is_empty());
    !prefix.starts_with(|c: char| c.is_ascii_digit())
        && parts.all(|part| NUMBER_PREFIXES.contains(&part))
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// The date that a number made of a time begins with.
///
/// `20170304`, `20170304101010123`: year, month, day, time. Eighteen digits are three of the site,
/// two of the year, and so on to milliseconds: `185220401093012345`.
fn date_in_number(number: &str) -> Option<Moment> {
    match number.len() {
        8 => day(number).map(Moment::Day),
        12.. if number.len() == 18 => {
            let time = format!("20{}", number.get(3..15)?);
            minute(&time).map(Moment::Minute)
        }
        10..=17 => match minute(number) {
            Some(minute) if number.len() >= 12 => Some(Moment::Minute(minute)),
            _ if number.len() >= 14 => day(number.get(..8)?).map(Moment::Day),
            _ => None,
        },
        _ => None,
    }
}

fn day(digits: &str) -> Option<NaiveDate> {
    let part = |from: usize, to: usize| digits.get(from..to)?.parse::<u32>().ok();
    let year = part(0, 4).filter(|year| (1990..2100).contains(year))?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, part(4, 6)?, part(6, 8)?)
}

fn minute(digits: &str) -> Option<NaiveDateTime> {
    let part = |from: usize, to: usize| digits.get(from..to)?.parse::<u32>().ok();
    day(digits.get(..8)?)?.and_hms_opt(part(8, 10)?, part(10, 12)?, 0)
}

/// The date of a path like `/2017/03/04/` or `/2017-03-04/`.
fn date_in_path(path: &str) -> Option<Moment> {
    let segments: Vec<&str> = path.split('/').collect();
    let date = |year: &str, month: &str, day: &str| {
        let number = |text: &str| is_digits(text).then(|| text.parse::<u32>().ok())?;
        let year = number(year).filter(|year| (1990..2100).contains(year))?;
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, number(month)?, number(day)?)
    };
    let apart = segments.windows(3).find_map(|three| match three {
        [year, month, day] => date(year, month, day),
        _ => None,
    });
    let together = || {
        segments.iter().find_map(|segment| {
            let mut parts = segment.split('-');
            date(parts.next()?, parts.next()?, parts.next()?).filter(|_| parts.next().is_none())
        })
    };
    apart.or_else(together).map(Moment::Day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Site, slug, number and date, a dash for what is absent.
    fn check(url: &str, expected: &str) {
        let address = Address::parse(url);
        let or_dash = |part: Option<&str>| part.unwrap_or("-").to_owned();
        let found = [
            or_dash(address.site.as_deref()),
            or_dash(address.slug),
            or_dash(address.number),
            or_dash(address.date.map(|it| it.to_string()).as_deref()),
        ];
        assert_eq!(found.join(" "), expected, "{url}");
    }

    #[test]
    fn addresses() {
        for line in include_str!("../tests/addresses.tsv").lines().filter(|it| !it.starts_with('#'))
        {
            let (url, expected) = line.split_once('\t').unwrap();
            check(url, expected);
        }
    }

    #[test]
    fn alone() {
        assert!(is_alone(b"http://tin.example/a"));
        assert!(is_alone(b"HTTPS://tin.example"));
        assert!(is_alone(b"www.tin.example/a"));
        assert!(!is_alone(b"http://tin.example/a Tin"));
        assert!(!is_alone(b"Xem http://tin.example/a"));
        assert!(!is_alone(b"http://"));
    }
}
