//! [`Dating`]: when a document is from, and how that is known.
//!
//! Reports tell of their own day without a year (`Sáng 29/8`) and of the rest from there (`hôm qua`,
//! `năm nay`). Where neither the source nor the address states the day, the year is worked out: it
//! is the latest one that the text names, if it names it as the present or often enough; plans,
//! terms and births do not count. A text that gives no such year leaves the day open; a wrong year
//! is worse than none.

use std::collections::BTreeMap;
use std::ops::Range;

use corpus_model::chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime};
use corpus_model::{Basis, BlockKind, Document, Moment, Portion, Span, When};

use crate::date::{Context, Core, Expression, Rules};
use crate::token::{Case, TokenKind, Tokens};

/// When a document is from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Dating {
    /// The day, or as much of it as is known.
    pub when: When,
    /// Stated by the source ([`Basis::Explicit`]), written in its address ([`Basis::Published`]) or
    /// worked out from the text ([`Basis::Context`]).
    pub basis: Basis,
    /// The places in the text that say so; none where the source or the address does.
    pub evidence: Vec<Span>,
}

/// What half-written and relative dates of a document hang on, and why; see
/// [`Extractor::evidence`](crate::Extractor::evidence).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Evidence {
    /// The time of writing as far as it is known: a moment, a day, or a year alone.
    pub when: Option<When>,
    /// How it is known; [`Basis::Unknown`] where it is not.
    pub basis: Basis,
    /// What settled it, or that nothing did.
    pub reason: Reason,
    /// The places in the text that say so; none where the source or the address does.
    pub spans: Vec<Span>,
}

/// What settled the time of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The source states when the document was published.
    Source,
    /// Its address holds the day.
    Address,
    /// The report gives its own day with the year.
    OwnDay,
    /// A day or month in full lies within weeks of the report's day.
    NearbyDate,
    /// It is the latest year that the text names as the present, or often enough.
    LatestYear,
    /// The same, moved by a year so that weekdays fall on their days.
    Weekday,
    /// No year is named clearly enough.
    Nothing,
}

impl Reason {
    /// The reason in a few words.
    pub const fn describe(self) -> &'static str {
        match self {
            Reason::Source => "the source states when it was published",
            Reason::Address => "the address holds the day",
            Reason::OwnDay => "the report gives its own day with the year",
            Reason::NearbyDate => "a date in full lies within weeks of the report's own day",
            Reason::LatestYear => "the latest year that the text names as the present",
            Reason::Weekday => "the year near those named in which the weekdays agree",
            Reason::Nothing => "no year is named clearly enough",
        }
    }
}

/// The time of writing as far as it is known: what relative and half-written dates hang on.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    /// The moment, or the day at midnight.
    pub(crate) now: Option<NaiveDateTime>,
    /// Whether the time of day is known too.
    pub(crate) has_time: bool,
    /// The year, which may be known alone.
    pub(crate) year: Option<i32>,
    /// What a date worked out with it rests on.
    pub(crate) basis: Basis,
    /// Where the text says the year, and where it tells of its own day.
    evidence: Vec<Span>,
    /// What settled it.
    reason: Reason,
}

/// Works out the time of writing of a document.
pub(crate) fn reference(
    document: &Document,
    tokens: &Tokens<'_>,
    rules: &Rules,
    expressions: &[Expression],
) -> Reference {
    if let Some(dating) = stated(document) {
        let basis = match dating.basis {
            Basis::Context | Basis::Unknown => Basis::Context,
            _ => Basis::Published,
        };
        let moment = match dating.when {
            When::Point(moment) | When::Range(_, moment) => moment,
        };
        let (now, has_time) = match moment {
            Moment::Hour(time) | Moment::Minute(time) | Moment::Second(time) => (Some(time), true),
            Moment::Day(day) => (Some(day.and_time(NaiveTime::MIN)), false),
            _ => (None, false),
        };
        let reason = match document.metadata.published {
            Some(_) => Reason::Source,
            None => Reason::Address,
        };
        let year = moment.year();
        return Reference { now, has_time, year, basis, evidence: Vec::new(), reason };
    }
    let own = own_day(tokens, rules, expressions);
    let mut reference = Reference {
        now: None,
        has_time: false,
        year: None,
        basis: Basis::Context,
        evidence: Vec::new(),
        reason: Reason::Nothing,
    };
    let day = own.and_then(|own| match own.point.core {
        Some(Core::Day { day, month, year }) => Some((month, day, year)),
        _ => None,
    });
    if let Some(year) = own.and_then(|own| own.point.core?.said_year()) {
        reference.year = Some(year);
        reference.reason = Reason::OwnDay;
    } else if let Some((year, evidence, reason)) =
        likely_year(tokens, rules, expressions, day.map(|it| (it.0, it.1)))
    {
        reference.year = Some(year);
        reference.reason = reason;
        reference.evidence.push(evidence);
    }
    if let (Some((month, day, _)), Some(year), Some(own)) = (day, reference.year, own) {
        let date = NaiveDate::from_ymd_opt(year, month.into(), day.into());
        reference.now = date.map(|date| date.and_time(NaiveTime::MIN));
        reference.evidence.insert(0, own.span);
    }
    reference
}

/// When a document is from that does not state it, given its time of writing.
pub(crate) fn published(reference: &Reference) -> Option<Dating> {
    Some(Dating {
        when: When::Point(Moment::Day(reference.now?.date())),
        basis: reference.basis,
        evidence: reference.evidence.clone(),
    })
}

/// The time of writing with what speaks for it, for people who ask.
pub(crate) fn evidence(reference: Reference) -> Evidence {
    let when = match (reference.now, reference.year) {
        (Some(now), _) if reference.has_time => Some(Moment::Minute(now)),
        (Some(now), _) => Some(Moment::Day(now.date())),
        (None, year) => year.map(Moment::Year),
    };
    Evidence {
        when: when.map(When::Point),
        basis: if when.is_some() { reference.basis } else { Basis::Unknown },
        reason: reference.reason,
        spans: reference.evidence,
    }
}

/// Reports that do not state their day are of the age of the Web; what lies before is history.
const OLDEST: i32 = 1990;

/// So many tokens, two or three sentences, are the very beginning of a text.
const FIRST_TOKENS: usize = 60;

/// The expression that tells of the report's own day: the dateline's, or the first in the running
/// text that a report would begin with.
fn own_day<'e>(
    tokens: &Tokens<'_>,
    rules: &Rules,
    expressions: &'e [Expression],
) -> Option<&'e Expression> {
    let is_day =
        |it: &&Expression| matches!(it.point.core, Some(Core::Day { .. })) && it.to.is_none();
    let dateline = tokens
        .runs(|kind| kind == BlockKind::Dateline)
        .find_map(|run| within(expressions, run).iter().find(is_day));
    if dateline.is_some() {
        return dateline;
    }
    // A report tells of its day in the first part of the text: a third, but at least some 200
    // words, because the lead of a short report may stand in front.
    let total: usize = tokens.runs(BlockKind::is_running_text).map(|run| run.len()).sum();
    let most = (total / 3).max(300);
    let mut left = most;
    for run in tokens.runs(BlockKind::is_running_text) {
        let beginning = run.start..run.start + run.len().min(left);
        let passed = most - left;
        left -= beginning.len();
        let own = within(expressions, beginning).iter().filter(is_day).find(|it| {
            let at = it.tokens.start;
            let planned = context_before(tokens, rules, at, 3).has(Context::PLAN);
            let told = it.opens || it.point.part.is_some();
            match it.point.core.and_then(Core::said_year) {
                // Nobody names the year of today but at once; further down it is a look back.
                Some(year) => told && year >= OLDEST && passed + at - run.start < FIRST_TOKENS,
                None => told || !planned && !tokens.before(at, 1).is_mark('('),
            }
        });
        if own.is_some() {
            return own;
        }
    }
    None
}

/// The expressions that begin in a range of tokens.
fn within(expressions: &[Expression], run: Range<usize>) -> &[Expression] {
    let first = expressions.partition_point(|it| it.tokens.start < run.start);
    let last = expressions.partition_point(|it| it.tokens.start < run.end);
    expressions.get(first..last).unwrap_or_default()
}

/// What the text says about one year.
struct Mentions {
    /// How much speaks for it as the year of writing; see [`ENOUGH`].
    weight: u32,
    /// The place that says most, and how much it says.
    best: (u32, Span),
}

/// A year needs this much to be the year of writing: one place that speaks of it as of the present
/// ([`ENOUGH`]), two that name it without saying how near it is ([`NEUTRAL`]), or such a one where
/// the year before is named too. A year that only began something or saw a birth ([`FAINT`]) is
/// hardly evidence.
const ENOUGH: u32 = 4;
/// Days after a report that it may name without saying that they lie ahead: `áp dụng từ ngày 1/1`.
const SOON: u64 = 100;
const NEUTRAL: u32 = 2;
const FAINT: u32 = 1;

/// The year of writing, and the place that says it best. `own` is the month and day of the report.
fn likely_year(
    tokens: &Tokens<'_>,
    rules: &Rules,
    expressions: &[Expression],
    own: Option<(u8, u8)>,
) -> Option<(i32, Span, Reason)> {
    let mut years: BTreeMap<i32, Mentions> = BTreeMap::new();
    let mut add = |year: i32, weight: u32, span: Span| {
        if weight > 0 && (OLDEST..=2100).contains(&year) {
            let mentions = years.entry(year).or_insert(Mentions { weight: 0, best: (0, span) });
            mentions.weight += weight;
            if weight > mentions.best.0 {
                mentions.best = (weight, span);
            }
        }
    };
    let title = tokens.runs(|kind| kind == BlockKind::Title).next().unwrap_or_default();
    for expression in expressions {
        let ends = [Some(expression.point), expression.to];
        for (place, point) in ends.into_iter().flatten().enumerate() {
            let Some(core) = point.core else { continue };
            let Some(year) = core.said_year() else { continue };
            let in_title = title.contains(&expression.tokens.start);
            let weight = match () {
                // Of a run of years only the beginning is surely past, and often long.
                () if expression.term || expression.to.is_some() => FAINT * u32::from(place == 0),
                () if in_title => ENOUGH,
                () => weight_of(tokens, rules, expression, core),
            };
            add(year, weight, expression.span);
        }
    }
    for (year, weight, span) in bare_years(tokens, rules) {
        add(year, weight, span);
    }
    // Days and months with their years, and whether the words in front may point ahead.
    let said: Vec<(NaiveDate, NaiveDate, Span, bool)> = expressions
        .iter()
        .filter(|it| !context_before(tokens, rules, it.tokens.start, 12).has(Context::AHEAD))
        .flat_map(|it| {
            let open = context_before(tokens, rules, it.tokens.start, 3).has(Context::PLAN);
            days_said(it).map(move |(first, last)| (first, last, it.span, open))
        })
        .collect();
    // What has happened lies before the day on which it is told; what begins next month may be told
    // of like what has.
    let is_possible = |year: i32| {
        own.and_then(|own| day_of(year, own)).is_none_or(|day| {
            said.iter().all(|(first, _, _, open)| *open || *first <= day + Days::new(SOON))
        })
    };
    if let Some(near) = own.and_then(|own| just_around(own, &said, is_possible)) {
        return Some((near.0, near.1, Reason::NearbyDate));
    }
    let (mut year, mentions) = years.last_key_value().map(|(year, it)| (*year, it))?;
    let mut span = mentions.best.1;
    let last = years.get(&(year - 1)).filter(|last| last.weight >= NEUTRAL);
    let weight = mentions.weight + if last.is_some() { NEUTRAL } else { 0 };
    if weight < ENOUGH {
        return None;
    }
    // Late in the year reports speak of the next as much as of this one.
    let is_late = own.is_some_and(|(month, _)| month >= 10);
    let is_dated = said.iter().any(|(first, .., open)| !open && first.year() == year);
    if let Some(last) = last.filter(|_| is_late && !is_dated && mentions.best.0 < ENOUGH) {
        if last.weight < ENOUGH {
            return None;
        }
        (year, span) = (year - 1, last.best.1);
    }
    if !is_possible(year) {
        return None;
    }
    // Weekdays must agree where half-written days have them.
    let days: Vec<_> = expressions
        .iter()
        .filter_map(|it| match (it.point.core, it.point.weekday) {
            (Some(Core::Day { day, month, year: None }), Some(weekday)) => {
                Some((month, day, weekday))
            }
            _ => None,
        })
        .collect();
    let agreeing = |year: i32| {
        days.iter()
            .filter(|(month, day, weekday)| {
                NaiveDate::from_ymd_opt(year, (*month).into(), (*day).into())
                    .is_some_and(|date| date.weekday() == *weekday)
            })
            .count()
    };
    // The year after is common in reports of January on the year gone by.
    [year, year + 1, year - 1]
        .into_iter()
        .find(|year| agreeing(*year) * 2 > days.len() || days.is_empty())
        .map(|found| {
            let reason = if found == year { Reason::LatestYear } else { Reason::Weekday };
            (found, span, reason)
        })
}

/// How much a date with its year says about the year of writing.
fn weight_of(tokens: &Tokens<'_>, rules: &Rules, expression: &Expression, core: Core) -> u32 {
    let at = expression.tokens.start;
    let near = context_before(tokens, rules, at, 3);
    // `dự kiến`, `sẽ` reach far.
    let planned = context_before(tokens, rules, at, 12).has(Context::AHEAD);
    match core {
        Core::Quarter { .. } | Core::Months { .. } if !planned => ENOUGH,
        Core::Day { .. } if expression.opens => ENOUGH,
        _ if near.has(Context::PEOPLE) => FAINT,
        Core::Day { .. } => NEUTRAL,
        _ if planned || near.has(Context::PLAN) => 0,
        Core::Month { .. } => NEUTRAL,
        _ if near.has(Context::PAST) => FAINT,
        // `đầu năm 2016` is told in it or soon after.
        _ if near.has(Context::PRESENT) || expression.point.portion == Some(Portion::Early) => {
            ENOUGH
        }
        _ => NEUTRAL,
    }
}

/// What the words in front of a token say, no more than `most` of them and not beyond a mark.
fn context_before(tokens: &Tokens<'_>, rules: &Rules, at: usize, most: usize) -> Context {
    let mut all = Context::default();
    for back in 1..=most {
        if !tokens.before(at, back).is_word() {
            break;
        }
        all = all.and(rules.context(tokens, at - back));
    }
    all
}

/// The day of a year with this month and day.
fn day_of(year: i32, (month, day): (u8, u8)) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month.into(), day.into())
}

/// The latest possible year in which a day or month that the text names with its year would be of
/// the weeks around the report, whose month and day are `own`: nothing says more about the year of
/// writing.
fn just_around(
    own: (u8, u8),
    said: &[(NaiveDate, NaiveDate, Span, bool)],
    is_possible: impl Fn(i32) -> bool,
) -> Option<(i32, Span)> {
    let years = said.iter().filter_map(|(first, last, span, _)| {
        let is_near = |year: &i32| {
            // Anniversaries are told of in the weeks before the day.
            day_of(*year, own)
                .is_some_and(|day| *first <= day + Days::new(30) && day <= *last + Days::new(45))
        };
        let year = [first.year(), first.year() + 1].into_iter().find(is_near)?;
        is_possible(year).then_some((year, *span))
    });
    years.max_by_key(|(year, _)| *year)
}

/// The first and last days of the days and months that an expression names with their years.
fn days_said(expression: &Expression) -> impl Iterator<Item = (NaiveDate, NaiveDate)> {
    let ends = [Some(expression.point), expression.to];
    ends.into_iter().filter_map(|point| point?.core?.days_said())
}

/// Years written as bare digits behind a word, as in names of events, with their weights. A name that
/// begins with the year itself is of the present: `“Năm Dân vận khéo - 2014”`.
fn bare_years(tokens: &Tokens<'_>, rules: &Rules) -> Vec<(i32, u32, Span)> {
    let mut found = Vec::new();
    for run in tokens.runs(BlockKind::is_content) {
        for at in run {
            let token = tokens.get(at);
            if token.digits() != 4 || token.glued {
                continue;
            }
            let Some(year) = tokens.number(at).and_then(|it| i32::try_from(it).ok()) else {
                continue;
            };
            let (before, next) = (tokens.before(at, 1), tokens.get(at + 1));
            let context = rules.context(tokens, at.wrapping_sub(1));
            let named = before.is_word()
                && !context.has(Context::NOT)
                && !context.has(Context::PEOPLE)
                && !context.has(Context::PAST)
                && !context.has(Context::PLAN)
                && !rules.is_year_word(before.id);
            let dashed = matches!(before.kind, TokenKind::Mark('-' | '–')) && !before.glued;
            let goes_on = match next.kind {
                TokenKind::Word => next.case == Case::Lower,
                TokenKind::Mark('.' | ',' | '/' | '-' | '%') => {
                    next.glued && tokens.get(at + 2).glued
                }
                _ => false,
            };
            if !(named || dashed) || goes_on {
                continue;
            }
            // Names of years are no longer than this, and stand within marks.
            let year_of = (1..=14)
                .map(|back| tokens.before(at, back))
                .take_while(|it| it.is_word() || matches!(it.kind, TokenKind::Mark('-' | '–')));
            let is_name =
                year_of.filter(|it| it.case == Case::Capital).any(|it| rules.is_year_word(it.id));
            found.push((year, if is_name { ENOUGH } else { FAINT }, token.span));
        }
    }
    found
}

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
