//! [`Words`]: the words of time, from `data/time.tsv` and `data/date_context.tsv`.

use corpus_model::chrono::Weekday;
use corpus_model::{Grain, PartOfDay, Portion};

use crate::pack::{Pack, Wanted};
use crate::table;
use crate::token::Tokens;
use crate::vocabulary::{Id, Phrases, Starts, Vocabulary};

/// The words of time by what they do; one word may do several things.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub(super) units: Phrases<Grain>,
    /// None for words that only begin like a part of the day: `chiều dài`.
    pub(super) parts: Phrases<Option<PartOfDay>>,
    pub(super) days: Phrases<i32>,
    pub(super) near: Phrases<i32>,
    pub(super) told: Phrases<i32>,
    pub(super) this: Phrases<i32>,
    pub(super) ago: Phrases<i32>,
    pub(super) run: Phrases<i32>,
    pub(super) now: Phrases<()>,
    pub(super) weekdays: Phrases<Weekday>,
    pub(super) holidays: Phrases<(u8, u8)>,
    pub(super) seasons: Phrases<u8>,
    pub(super) prefixes: Phrases<()>,
    pub(super) cuts: Phrases<Cut>,
    /// The first and the last hour of a time that is named: `sau bữa trưa`.
    pub(super) hours: Phrases<(u8, u8)>,
    pub(super) nths: Phrases<i8>,
    pub(super) since: Phrases<Grain>,
    pub(super) until: Phrases<Grain>,
    /// Month and day of feasts of the lunar calendar.
    pub(super) feasts: Phrases<(u8, u8)>,
    pub(super) lunar_marks: Phrases<()>,
    pub(super) lunar_months: Phrases<u8>,
    pub(super) stems: Phrases<u8>,
    pub(super) branches: Phrases<u8>,
    /// The names of seasons without `mùa`, in front of a year only.
    pub(super) short_seasons: Phrases<u8>,
    /// What a word says about digits behind or before it, by [`Id::index`].
    contexts: Vec<Context>,
    pub(super) ids: Ids,
}

/// What part of a longer time is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// `đầu`, `giữa`, `cuối`.
    Portion(Portion),
    /// `nửa đầu`.
    FirstHalf,
    /// `nửa cuối`.
    SecondHalf,
}

/// What a word says about digits beside it; the roles of `data/date_context.tsv` as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Context(u32);

impl Context {
    pub(crate) const BEFORE: Context = Context(1);
    pub(crate) const NOT: Context = Context(2);
    pub(crate) const COUNTED: Context = Context(4);
    pub(crate) const TERM: Context = Context(8);
    pub(crate) const PLAN: Context = Context(16);
    pub(crate) const PAST: Context = Context(32);
    pub(crate) const BARE: Context = Context(64);
    pub(crate) const PEOPLE: Context = Context(128);
    pub(crate) const MANY: Context = Context(256);
    pub(crate) const EVENT: Context = Context(512);
    pub(crate) const SKIP: Context = Context(1024);
    pub(crate) const AT: Context = Context(2048);
    pub(crate) const HOUR: Context = Context(4096);
    pub(crate) const EVERY: Context = Context(8192);
    pub(crate) const AHEAD: Context = Context(16384);
    pub(crate) const PRESENT: Context = Context(32768);
    pub(crate) const FEAST: Context = Context(65536);
    pub(crate) const COMPOUND: Context = Context(131_072);

    pub(crate) fn has(self, other: Context) -> bool {
        self.0 & other.0 != 0
    }

    /// What either says.
    pub(crate) fn and(self, other: Context) -> Context {
        Context(self.0 | other.0)
    }

    fn named(role: &str) -> Option<Context> {
        Some(match role {
            "before" => Context::BEFORE,
            "not" => Context::NOT,
            "counted" => Context::COUNTED,
            "term" => Context::TERM,
            "plan" => Context::PLAN,
            "past" => Context::PAST,
            "bare" => Context::BARE,
            "people" => Context::PEOPLE,
            "many" => Context::MANY,
            "event" => Context::EVENT,
            "skip" => Context::SKIP,
            "at" => Context::AT,
            "hour" => Context::HOUR,
            "every" => Context::EVERY,
            "ahead" => Context::AHEAD,
            "present" => Context::PRESENT,
            "feast" => Context::FEAST,
            "compound" => Context::COMPOUND,
            _ => return None,
        })
    }
}

/// The roles of `date_context.tsv`.
pub(crate) const CONTEXTS: &[&str] = &[
    "before", "not", "counted", "term", "plan", "past", "bare", "people", "many", "event", "skip",
    "at", "hour", "every", "ahead", "present", "feast", "compound",
];

/// The roles of `time.tsv`.
pub(crate) const ROLES: &[&str] = &[
    "unit",
    "part",
    "other",
    "day",
    "near",
    "told",
    "this",
    "ago",
    "run",
    "now",
    "weekday",
    "holiday",
    "season",
    "prefix",
    "cut",
    "hours",
    "nth",
    "since",
    "till",
    "feast",
    "lunar",
    "lunar-month",
    "stem",
    "branch",
    "short-season",
];

/// What the value of a row of `time.tsv` should be, where it is something else.
pub(crate) fn wanted(row: &[&str]) -> Option<Wanted> {
    let [_, role, rest @ ..] = row else { return None };
    let value = rest.first().copied().unwrap_or_default();
    let number = |least: i32, most: i32| {
        value.parse().is_ok_and(|number: i32| (least..=most).contains(&number))
    };
    let pair = |first: u8, second: u8| {
        month_and_day(value).is_some_and(|(one, other)| one <= first && other <= second)
    };
    let (right, wanted) = match *role {
        "unit" | "since" | "till" => (grain_of(value).is_some(), "a grain: day, week, month"),
        "part" => (part_of(value).is_some(), "a part of the day: morning"),
        "cut" => (cut_of(value).is_some(), "early, middle, late, first-half or second-half"),
        "day" | "near" | "told" | "this" | "ago" | "run" => (number(-999, 999), "a number of days"),
        "weekday" => (number(1, 7), "a day of the week from 1, Monday, to 7"),
        "season" | "short-season" | "lunar-month" => (number(1, 12), "a month from 1 to 12"),
        "nth" => (number(-31, 31), "a place from the beginning, or, below zero, from the end"),
        "stem" => (number(0, 9), "a stem from 0 to 9"),
        "branch" => (number(0, 11), "a branch from 0 to 11"),
        "holiday" | "feast" => (pair(12, 31) && !pair(0, 31), "a month and a day: 9-2"),
        "hours" => (pair(24, 24), "the first and the last hour: 12-13"),
        _ => (true, ""),
    };
    (!right).then_some((2, wanted))
}

/// Single words that the rules name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ids {
    pub(super) month: Id,
    pub(super) year: Id,
    pub(super) quarter: Id,
    pub(super) nth: Id,
    pub(super) hour: Id,
    pub(super) minute: Id,
    pub(super) second: Id,
    pub(super) h: Id,
    pub(super) g: Id,
    pub(super) p: Id,
    pub(super) am: Id,
    pub(super) pm: Id,
    pub(super) until: Id,
    pub(super) up_to: Id,
    pub(super) and: Id,
    pub(super) first: Id,
    pub(super) last: Id,
    pub(super) less: Id,
    pub(super) away: Id,
    pub(super) here: Id,
    pub(super) those: Id,
    pub(super) of: Id,
    pub(super) is: Id,
    pub(super) all: Id,
    pub(super) middle: Id,
    pub(super) tet: Id,
    pub(super) full_moon: Id,
    pub(super) past: Id,
    pub(super) before: Id,
    pub(super) after: Id,
    pub(super) bc: Id,
}

impl Words {
    pub(super) fn new(vocabulary: &mut Vocabulary, pack: &Pack) -> Words {
        let mut words = Words::default();
        for [phrase, role, value] in table::rows(pack.text("time.tsv")) {
            words.add(vocabulary, phrase, role, value);
            // These never begin an expression.
            if matches!(role, "nth" | "lunar" | "stem" | "branch" | "this" | "ago" | "run") {
                continue;
            }
            vocabulary.begin_phrase(Starts::DATE, phrase.split(' '));
        }
        for [word, role] in table::rows(pack.text("date_context.tsv")) {
            let at = vocabulary.intern(word).index();
            if words.contexts.len() <= at {
                words.contexts.resize(at + 1, Context::default());
            }
            if let (Some(slot), Some(new)) = (words.contexts.get_mut(at), Context::named(role)) {
                slot.0 |= new.0;
            }
        }
        let mut id = |word| vocabulary.intern(word);
        words.ids = Ids {
            month: id("tháng"),
            year: id("năm"),
            quarter: id("quý"),
            nth: id("thứ"),
            hour: id("giờ"),
            minute: id("phút"),
            second: id("giây"),
            h: id("h"),
            g: id("g"),
            p: id("p"),
            am: id("am"),
            pm: id("pm"),
            until: id("đến"),
            up_to: id("tới"),
            and: id("và"),
            first: id("đầu"),
            last: id("cuối"),
            less: id("kém"),
            away: id("cách"),
            here: id("đây"),
            those: id("những"),
            of: id("của"),
            is: id("là"),
            all: id("hết"),
            middle: id("giữa"),
            tet: id("tết"),
            full_moon: id("rằm"),
            past: id("hôm"),
            before: id("trước"),
            after: id("sau"),
            bc: id("tcn"),
        };
        let Ids { month, year, quarter, nth, away, those, tet, full_moon, .. } = words.ids;
        let begins = [month, year, quarter, nth, away, those, tet, full_moon];
        vocabulary.begin(Starts::DATE, begins);
        vocabulary.begin(Starts::TIMED, words.units.first_words());
        vocabulary.begin(Starts::TIMED, words.lunar_months.first_words());
        let Ids { month, hour, h, tet, until, up_to, and, .. } = words.ids;
        vocabulary.begin(Starts::TIMED, [month, hour, h, tet, until, up_to, and]);
        words
    }

    fn add(&mut self, vocabulary: &mut Vocabulary, phrase: &str, role: &str, value: &str) {
        let number: i32 = value.parse().unwrap_or(0);
        match role {
            "unit" => {
                if let Some(grain) = grain_of(value) {
                    self.units.insert(vocabulary, phrase, grain);
                }
            }
            "part" => {
                if let Some(part) = part_of(value) {
                    self.parts.insert(vocabulary, phrase, Some(part));
                }
            }
            "other" => self.parts.insert(vocabulary, phrase, None),
            "day" => self.days.insert(vocabulary, phrase, number),
            "near" => self.near.insert(vocabulary, phrase, number),
            "told" => self.told.insert(vocabulary, phrase, number),
            "this" => self.this.insert(vocabulary, phrase, number),
            "ago" => self.ago.insert(vocabulary, phrase, number),
            "run" => self.run.insert(vocabulary, phrase, number),
            "now" => self.now.insert(vocabulary, phrase, ()),
            "weekday" => {
                let day = u8::try_from(number - 1).ok().and_then(|day| Weekday::try_from(day).ok());
                if let Some(day) = day {
                    self.weekdays.insert(vocabulary, phrase, day);
                }
            }
            "holiday" => {
                if let Some(day) = month_and_day(value) {
                    self.holidays.insert(vocabulary, phrase, day);
                }
            }
            "season" => self.seasons.insert(vocabulary, phrase, number.unsigned_abs() as u8),
            "prefix" => self.prefixes.insert(vocabulary, phrase, ()),
            "cut" => {
                if let Some(cut) = cut_of(value) {
                    self.cuts.insert(vocabulary, phrase, cut);
                }
            }
            "hours" => {
                if let Some(hours) = month_and_day(value) {
                    self.hours.insert(vocabulary, phrase, hours);
                }
            }
            "nth" => self.nths.insert(vocabulary, phrase, number as i8),
            "since" | "till" => {
                let phrases = if role == "since" { &mut self.since } else { &mut self.until };
                if let Some(grain) = grain_of(value) {
                    phrases.insert(vocabulary, phrase, grain);
                }
            }
            "feast" => {
                if let Some(day) = month_and_day(value) {
                    self.feasts.insert(vocabulary, phrase, day);
                }
            }
            "lunar" => self.lunar_marks.insert(vocabulary, phrase, ()),
            "lunar-month" => self.lunar_months.insert(vocabulary, phrase, number as u8),
            "stem" => self.stems.insert(vocabulary, phrase, number as u8),
            "branch" => self.branches.insert(vocabulary, phrase, number as u8),
            "short-season" => self.short_seasons.insert(vocabulary, phrase, number as u8),
            _ => {}
        }
    }

    /// What the word at a token says about digits beside it.
    #[inline]
    pub(super) fn context(&self, tokens: &Tokens<'_>, at: usize) -> Context {
        self.contexts.get(tokens.get(at).id.index()).copied().unwrap_or_default()
    }
}

/// The longest phrase at a token: its value and the token behind it.
#[inline]
pub(super) fn phrase<T: Copy>(
    phrases: &Phrases<T>,
    tokens: &Tokens<'_>,
    at: usize,
) -> Option<(T, usize)> {
    let (n, value) = phrases.longest(tokens.ids(at))?;
    Some((*value, at + n))
}

fn month_and_day(value: &str) -> Option<(u8, u8)> {
    let (month, day) = value.split_once('-')?;
    Some((month.parse().ok()?, day.parse().ok()?))
}

fn grain_of(name: &str) -> Option<Grain> {
    use Grain::{Century, Day, Decade, Half, Hour, Minute, Month, Quarter, Second, Week, Year};
    [Second, Minute, Hour, Day, Week, Month, Quarter, Half, Year, Decade, Century]
        .into_iter()
        .find(|grain| grain.name() == name)
}

fn cut_of(name: &str) -> Option<Cut> {
    Some(match name {
        "early" => Cut::Portion(Portion::Early),
        "middle" => Cut::Portion(Portion::Middle),
        "late" => Cut::Portion(Portion::Late),
        "first-half" => Cut::FirstHalf,
        "second-half" => Cut::SecondHalf,
        _ => return None,
    })
}

fn part_of(name: &str) -> Option<PartOfDay> {
    use PartOfDay::{Afternoon, Evening, Morning, Night, Noon};
    [Morning, Noon, Afternoon, Evening, Night].into_iter().find(|part| part.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_context_is_understood() {
        for role in CONTEXTS {
            assert!(Context::named(role).is_some(), "{role}");
        }
    }

    #[test]
    fn values_are_held_against_their_role() {
        assert_eq!(wanted(&["quốc khánh", "holiday", "9-2"]), None);
        assert_eq!(wanted(&["quốc khánh", "holiday", "2/9"]), Some((2, "a month and a day: 9-2")));
        assert_eq!(wanted(&["quốc khánh", "holiday", "13-1"]), Some((2, "a month and a day: 9-2")));
        assert_eq!(wanted(&["tuần", "unit", "tuần"]), Some((2, "a grain: day, week, month")));
        assert_eq!(wanted(&["hôm kìa", "day", "xưa"]), Some((2, "a number of days")));
        assert_eq!(wanted(&["nay", "now", ""]), None);
    }
}
