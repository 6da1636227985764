//! The year of writing: the latest one that a text names clearly enough.

use std::collections::BTreeMap;

use corpus_model::chrono::{Datelike, Days, NaiveDate};
use corpus_model::{BlockKind, Portion, Span};

use super::{OLDEST, Reason};
use crate::date::{Context, Core, Expression, Rules};
use crate::token::{Case, TokenKind, Tokens};
use crate::vocabulary::Starts;

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
pub(super) fn likely_year(
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
    // A report on what was long ago may name a day of the same weeks: `Đầu tháng 9/1945` on 2 August.
    let is_history = |near: i32| {
        near < OLDEST || years.range(near + 2..).any(|(_, later)| later.best.0 >= ENOUGH)
    };
    let near = own.and_then(|own| just_around(own, &said, is_possible));
    if let Some(near) = near.filter(|near| !is_history(near.0)) {
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
pub(super) fn context_before(
    tokens: &Tokens<'_>,
    rules: &Rules,
    at: usize,
    most: usize,
) -> Context {
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
        let mut next = run.start;
        loop {
            let at = tokens.seek(next..run.end, Starts::NUMBER);
            if at >= run.end {
                break;
            }
            next = at + 1;
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
