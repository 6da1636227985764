//! [`Dating`]: when a document is from, and how that is known.
//!
//! Reports tell of their own day without a year (`Sáng 29/8`) and of the rest from there (`hôm qua`,
//! `năm nay`). Where neither the source nor the address states the day, the year is worked out: it
//! is the latest one that the text names, if it names it as the present or often enough; plans,
//! terms and births do not count. A text that gives no such year leaves the day open; a wrong year
//! is worse than none.

mod address;
mod year;

use std::ops::Range;

use corpus_model::chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use corpus_model::{Basis, BlockKind, Document, Moment, Span, When};

pub(crate) use self::address::stated;
use self::year::{context_before, likely_year};
use crate::date::{Context, Core, Expression, Rules};
use crate::token::Tokens;

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
