//! Finding expressions: parts of a date in any order, put together.

use std::ops::Range;

use corpus_model::{BlockKind, Grain};

use super::words::{Context, Words, phrase};
use super::{Core, Expression, Point, Year};
use crate::number::Numbers;
use crate::token::{TokenKind, Tokens};
use crate::vocabulary::{Id, Vocabulary};

/// The rules that find dates.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    words: Words,
}

/// What the readers of the parts of a date look at.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a, 'd> {
    pub(super) words: &'a Words,
    pub(super) numbers: &'a Numbers,
    pub(super) tokens: &'a Tokens<'d>,
}

/// How well the words in front of digits say that they are a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cue {
    /// Nothing does.
    None,
    /// A preposition, which may stand before other numbers too.
    Weak,
    /// `ngày`, a part of the day, a weekday.
    Strong,
}

impl Rules {
    pub(crate) fn new(vocabulary: &mut Vocabulary) -> Rules {
        Rules { words: Words::new(vocabulary) }
    }

    /// What the word at a token says about a year or digits beside it.
    pub(crate) fn context(&self, tokens: &Tokens<'_>, at: usize) -> Context {
        self.words.context(tokens, at)
    }

    /// Whether it is the word for year.
    pub(crate) fn is_year_word(&self, id: Id) -> bool {
        id == self.words.ids.year
    }

    /// The expressions of the content blocks, in text order, none overlapping another.
    ///
    /// `taken` says of a token that something else owns it, such as the number of a directive.
    pub(crate) fn expressions(
        &self,
        tokens: &Tokens<'_>,
        numbers: &Numbers,
        taken: impl Fn(usize) -> bool,
    ) -> Vec<Expression> {
        let reader = Reader { words: &self.words, numbers, tokens };
        let mut found = Vec::new();
        for run in tokens.runs(BlockKind::is_content) {
            let mut at = run.start;
            while at < run.end {
                let token = tokens.get(at);
                let end = match token.kind {
                    TokenKind::Number => reader.expression(at, &mut found),
                    TokenKind::Word
                        if self.words.begins(token.id) || numbers.is_word(tokens, at) =>
                    {
                        reader.expression(at, &mut found)
                    }
                    _ => None,
                };
                at = end.unwrap_or(at + 1).max(at + 1);
            }
        }
        found.retain(|it| !it.tokens.clone().any(&taken));
        found
    }
}

impl Reader<'_, '_> {
    /// Reads what begins at `at`, puts it into `found` and gives the token behind it.
    fn expression(self, at: usize, found: &mut Vec<Expression>) -> Option<usize> {
        if let Some(end) = self.series(at, found) {
            return Some(end);
        }
        if let Some((from, to, end)) = self.hours(at) {
            found.push(self.made(at..end, from, Some(to)));
            return Some(end);
        }
        let (point, end) = self.point(at, false)?;
        let joint = end;
        if let Some((to, second, end)) = self.range_end(&point, at, end) {
            let daily = point.core.is_none() && to.core.is_none();
            if daily && self.words.context(self.tokens, end).has(Context::EVERY) {
                return None;
            }
            // `11/4/2007-11/4/2022` names an anniversary and not fifteen years.
            if let (
                Some(Core::Day { day, month, year: Some(_) }),
                Some(Core::Day { day: other_day, month: other_month, year: Some(_) }),
            ) = (point.core, to.core)
                && (day, month) == (other_day, other_month)
            {
                found.push(self.made(at..joint, point, None));
                found.push(self.made(second..end, to, None));
                return Some(end);
            }
            let (point, to) = with_parts_shared(completed(point, &to), to);
            let ends = [self.tokens.span(at..joint), self.tokens.span(second..end)];
            let made = self.made(at..end, point, Some(to));
            found.push(Expression { ends: Some(ends), ..made });
            return Some(end);
        }
        if !self.stands_alone(&point, at, end) {
            return None;
        }
        found.push(self.made(at..end, point, None));
        let end = self.further_days(&point, end, found);
        Some(self.further_years(&point, end, found))
    }

    /// Hours of which only the last says that they are: `3 đến 5 giờ chiều`, `8-11h ngày 5/6`.
    fn hours(self, at: usize) -> Option<(Point, Point, usize)> {
        let (from, end) = match self.tokens.get(at).is_number() {
            true => self.bare_day(at).filter(|it| it.0 <= 24)?,
            false => self.numbers.small(self.tokens, at).filter(|it| it.0 <= 24)?,
        };
        let dash = self.joint(at, end)?;
        let (to, end) = self.point(end + 1, dash)?;
        let clock = to.clock.filter(|clock| clock.hour >= from)?;
        let named = to.part.is_some() || to.core.is_some() || clock.minute.is_some();
        let cue =
            clock.figures && self.words.context(self.tokens, at.wrapping_sub(1)).has(Context::HOUR);
        if !(named || cue) || self.words.context(self.tokens, end).has(Context::EVERY) {
            return None;
        }
        let clock = super::Clock { hour: from, minute: None, second: None, ..clock };
        Some((Point { clock: Some(clock), ..to }, to, end))
    }

    /// Whether what stands at `at` joins the ends of a range that began at `start`, and whether it is
    /// a dash.
    fn joint(self, start: usize, at: usize) -> Option<bool> {
        let ids = &self.words.ids;
        let token = self.tokens.get(at);
        if matches!(token.kind, TokenKind::Mark('-' | '–' | '—')) {
            return Some(true);
        }
        let before = self.tokens.before(start, 1);
        let between = before.is_word() && before.id == ids.middle && token.id == ids.and;
        (token.is_word() && (token.id == ids.until || token.id == ids.up_to || between))
            .then_some(false)
    }

    pub(super) fn made(self, tokens: Range<usize>, point: Point, to: Option<Point>) -> Expression {
        let before = self.tokens.before(tokens.start, 1);
        let opens = match before.kind {
            TokenKind::Break => true,
            TokenKind::Mark(mark) => {
                matches!(mark, '.' | '!' | '?' | ')' | '”' | '"' | ':' | '…' | '-' | '–' | '•')
                    && !self.tokens.get(tokens.start).glued
            }
            _ => false,
        };
        let years = matches!(
            (point.core, to.and_then(|it| it.core)),
            (Some(Core::Year(_)), Some(Core::Year(_)))
        );
        let context = self.words.context(self.tokens, tokens.start.wrapping_sub(1));
        Expression {
            span: self.tokens.span(tokens.clone()),
            point,
            to,
            opens,
            term: years || context.has(Context::TERM),
            ends: None,
            tokens,
        }
    }

    /// The parts of one point in time from `at` on. `behind` says that it ends a range, whose dash
    /// it may be glued to.
    pub(super) fn point(self, at: usize, behind: bool) -> Option<(Point, usize)> {
        let mut point = Point::default();
        let mut end = self.part_at(at, at, &mut point, behind)?;
        // Each round fills a part; there are four.
        while let Some(next) = self.next_part(at, end, &mut point) {
            end = next;
        }
        Some((point, end))
    }

    /// The next part, with what may stand between it and the last.
    fn next_part(self, at: usize, end: usize, point: &mut Point) -> Option<usize> {
        if let Some(next) = self.part_at(end, at, point, false) {
            return Some(next);
        }
        let mut place = end;
        let mut comma = false;
        let mut bracket = false;
        while place < end + 2 {
            let token = self.tokens.get(place);
            let skips = match token.kind {
                // `hôm nay là thứ sáu, 29/8`
                TokenKind::Word if token.id == self.words.ids.is => {
                    point.core.is_some_and(is_relative_day)
                }
                TokenKind::Word => self.words.context(self.tokens, place).has(Context::SKIP),
                TokenKind::Mark(',') => {
                    comma = true;
                    true
                }
                // `hôm nay (29/8)`, `thứ ba (29/8)`
                TokenKind::Mark('(') => {
                    (comma, bracket) = (true, true);
                    point.weekday.is_some() || point.core.is_some_and(is_relative_day)
                }
                _ => false,
            };
            if !skips {
                return None;
            }
            place += 1;
            let mut longer = *point;
            if let Some(next) = self.part_at(place, at, &mut longer, false) {
                // Behind a comma only what is certain belongs here.
                let certain = match (longer.core, point.core) {
                    (Some(Core::Day { .. }), old) if longer.core != old => true,
                    _ => longer.clock != point.clock && longer.clock.is_some_and(|it| it.certain),
                };
                if comma && !certain {
                    return None;
                }
                *point = longer;
                let closed = bracket && self.tokens.get(next).is_mark(')');
                return Some(next + usize::from(closed));
            }
        }
        None
    }

    /// One part at `at` of the point that began at `first`.
    fn part_at(self, at: usize, first: usize, point: &mut Point, behind: bool) -> Option<usize> {
        if point.clock.is_none() {
            // `22 giờ nữa` is no time of day.
            if at == first
                && let Some((core, end)) = self.counted(at)
            {
                point.core = Some(core);
                return Some(end);
            }
            if let Some((clock, end)) = self.clock(at) {
                point.clock = Some(clock);
                return Some(end);
            }
        }
        if at == first
            && *point == Point::default()
            && let Some((core, portion, end)) = self.portioned(at)
        {
            (point.core, point.portion) = (Some(core), portion);
            return Some(end);
        }
        if let Some((hours, end)) = self.named_hours(at, first, point) {
            point.clock = Some(hours);
            return Some(end);
        }
        if point.weekday.is_none()
            && point.core.is_none()
            && let Some((core, end)) = self.nth(at)
        {
            point.core = Some(core);
            return Some(end);
        }
        // `thứ bảy cuối tuần này`
        if point.weekday.is_some()
            && point.core.is_none()
            && let Some((Core::Weekend(weeks), _, end)) = self.portioned(at)
        {
            point.core = Some(Core::Relative(Grain::Week, weeks));
            return Some(end);
        }
        let mut day_at = at;
        if point.part.is_none() {
            if let Some((part, end)) = phrase(&self.words.parts, self.tokens, at) {
                let part = part?;
                // `đêm 29/8` is a night, `3 đêm` is not.
                point.part = Some(part);
                if point.core.is_none()
                    && let Some((days, end)) = phrase(&self.words.near, self.tokens, end)
                {
                    point.core = Some(Core::Relative(Grain::Day, days));
                    return Some(end);
                }
                return Some(end);
            }
        } else if point.core.is_none() && point.clock.is_some() {
            // `10h sáng nay`: the part stands between.
            if let Some((days, end)) = phrase(&self.words.near, self.tokens, at) {
                point.core = Some(Core::Relative(Grain::Day, days));
                return Some(end);
            }
        }
        if point.weekday.is_none() {
            let after_prefix = phrase(&self.words.prefixes, self.tokens, at).map_or(at, |it| it.1);
            if let Some((weekday, end)) = self.weekday(after_prefix) {
                point.weekday = Some(weekday);
                if after_prefix > at && point.toward.is_none() && self.is_past_prefix(at) {
                    point.toward = Some(-1);
                }
                if let Some((toward, end)) = phrase(&self.words.this, self.tokens, end) {
                    point.toward = Some(toward);
                    return Some(end);
                }
                return Some(end);
            }
        }
        let replaceable = point.core.is_none_or(is_relative_day);
        if replaceable {
            let mut cue = if point.part.is_some() || point.weekday.is_some() {
                Cue::Strong
            } else {
                Cue::None
            };
            if point.core.is_some() {
                cue = Cue::Strong;
            }
            if point.core.is_none()
                && let Some((core, end)) = self.lunar(at)
            {
                point.core = Some(core);
                return Some(end);
            }
            let prefix = phrase(&self.words.prefixes, self.tokens, at);
            if let Some((core, end)) = prefix.and_then(|(_, end)| self.day(end, Cue::Strong, false))
            {
                let (core, end) = self.as_lunar(core, end).unwrap_or((core, end));
                point.core = Some(core);
                return Some(end);
            }
            if let Some((core, end)) = prefix.and_then(|(_, end)| self.day_from_now(end)) {
                point.core = Some(core);
                return Some(end);
            }
            let before = self.words.context(self.tokens, at.wrapping_sub(1));
            if at == first && before.has(Context::FEAST) {
                cue = Cue::Strong;
            }
            if cue == Cue::None
                && at == first
                && self.words.context(self.tokens, at.wrapping_sub(1)).has(Context::BEFORE)
            {
                cue = Cue::Weak;
            }
            if let Some((core, end)) = self.day(at, cue, behind) {
                let (core, end) = self.as_lunar(core, end).unwrap_or((core, end));
                point.core = Some(core);
                return Some(end);
            }
            if point.core.is_none() {
                if let Some((core, end)) = self.calendar(at) {
                    // `ánh sáng năm nay`: a part of the day belongs to a day.
                    if point.part.is_some() && is_long(core) {
                        return None;
                    }
                    point.core = Some(core);
                    return Some(end);
                }
                // `ngày 3`, once nothing longer was found.
                if let Some((day, end)) = prefix.and_then(|(_, end)| self.day_of_month(end)) {
                    point.core = Some(Core::DayOfMonth(day));
                    return Some(end);
                }
            }
            day_at = usize::MAX;
        }
        // `ngày 12/3 năm 2015`, `tháng 3 năm ngoái`, `quốc khánh năm nay`.
        if let Some(core) = point.core.filter(|_| day_at == at)
            && let Some((Core::Year(year), end)) = self.year_behind(at)
        {
            point.core = Some(core.with_year(year)?);
            return Some(end);
        }
        None
    }

    /// `5 tháng này` behind `ngày`.
    fn day_from_now(self, at: usize) -> Option<(Core, usize)> {
        let (day, end) =
            self.numbers.small(self.tokens, at).filter(|it| (1..=31).contains(&it.0))?;
        let token = self.tokens.get(end);
        if !token.is_word() || token.id != self.words.ids.month {
            return None;
        }
        let (months, end) = phrase(&self.words.this, self.tokens, end + 1)?;
        Some((Core::DayOfMonthFromNow { day, months }, end))
    }

    /// `sau bữa trưa`, `nửa đêm` beside a day or alone; elsewhere they say what people do, or a part of
    /// the day.
    fn named_hours(self, at: usize, first: usize, point: &Point) -> Option<(super::Clock, usize)> {
        let ((from, to), end) = phrase(&self.words.hours, self.tokens, at)?;
        let alone = at == first && self.tokens.before(at, 1).is_break();
        let day = phrase(&self.words.days, self.tokens, end).is_some()
            || phrase(&self.words.near, self.tokens, end).is_some();
        let fits = point.clock.is_none()
            && point.part.is_none()
            && (alone && self.tokens.get(end).is_break()
                || day
                || point.core.is_some_and(is_relative_day));
        fits.then_some((
            super::Clock {
                hour: from,
                minute: None,
                second: None,
                certain: true,
                figures: false,
                until: (to != from).then_some(to),
            },
            end,
        ))
    }

    /// `hôm` before a weekday speaks of the one gone by.
    fn is_past_prefix(self, at: usize) -> bool {
        phrase(&self.words.units, self.tokens, at).is_some()
            && self.tokens.get(at).id == self.words.ids.past
    }

    /// The other end of a range that began at `start`, behind a dash or `đến`: where it begins and the
    /// token behind it.
    fn range_end(self, point: &Point, start: usize, at: usize) -> Option<(Point, usize, usize)> {
        let dash = self.joint(start, at)?;
        // A bare year ends a run of years.
        if matches!(point.core, Some(Core::Year(Year::Said(_))))
            && let Some((year, end)) = self.figures_of_year(at + 1)
        {
            let after = point.core.and_then(Core::said_year).is_some_and(|from| from < year);
            if after && !self.counts(end) {
                let core = Some(Core::Year(Year::Said(year)));
                return Some((Point { core, ..Point::default() }, at + 1, end));
            }
        }
        // `tháng 3-4/2017`
        if let Some(Core::Month { year: None, .. }) = point.core
            && let Some((core, end)) = self.rest_of_month(at + 1)
        {
            return Some((Point { core: Some(core), ..Point::default() }, at + 1, end));
        }
        // `từ ngày 3 đến hết ngày 5/6`
        let place = at + 1 + usize::from(self.tokens.get(at + 1).id == self.words.ids.all);
        let (to, end) = self.point(place, dash)?;
        let fits = match (point.core, to.core) {
            (Some(from), Some(to)) => {
                let (from, to) = (rank(from), rank(to));
                // `từ ngày 3 đến ngày 5/6`
                from == to && from != 0 || (from, to) == (2, 1)
            }
            (None, None) => point.clock.is_some() && to.clock.is_some(),
            // `từ thứ hai đến thứ sáu tuần này`
            (None, Some(Core::Relative(Grain::Week, _))) => {
                point.clock.is_none() && point.weekday.is_some() && to.weekday.is_some()
            }
            // `8h-11h ngày 5/6`
            (None, Some(_)) => point.clock.is_some() && to.clock.is_some(),
            // `sáng 5/6 đến chiều`
            (Some(_), None) => point.clock.is_some() && to.clock.is_some_and(|it| it.certain),
        };
        fits.then_some((to, place, end))
    }

    /// Whether a point that is no range says enough to be one.
    fn stands_alone(self, point: &Point, at: usize, end: usize) -> bool {
        let again = self.words.context(self.tokens, end).has(Context::EVERY)
            || self.comes_again(point, at, end);
        if let Some(core) = point.core {
            let yearly = matches!(core, Core::DayOfMonth(_) | Core::Lunar { .. });
            return !(again && yearly);
        }
        // `8 giờ hằng ngày`, `chủ nhật hàng tuần` come again and again.
        if again {
            return false;
        }
        let before = at.wrapping_sub(1);
        let alone = self.tokens.before(at, 1).is_break() && self.tokens.get(end).is_break();
        if let Some(clock) = point.clock {
            return clock.certain
                || point.part.is_some()
                || point.weekday.is_some()
                || self.is_at(at)
                // `từ 8h`, `trước 18 giờ`; `trước 3 giờ` may be a length of time.
                || (clock.figures || clock.hour >= 5 && !self.tokens.get(end).is_word())
                    && self.words.context(self.tokens, before).has(Context::HOUR);
        }
        if point.weekday.is_some() {
            // `mỗi thứ bảy` is no day, and `thứ hai` may count: `lần thứ hai`.
            let every = self.words.context(self.tokens, before).has(Context::MANY)
                || self.words.context(self.tokens, end).has(Context::MANY);
            return !every
                && (alone
                    || point.part.is_some()
                    || point.toward.is_some()
                    || self.is_at(at)
                    || self.is_sunday(at));
        }
        false
    }

    /// Whether a weekday or day of the month is one of several that come again and again: `thứ ba và thứ
    /// năm hằng tuần`, `các ngày thứ bảy`.
    fn comes_again(self, point: &Point, at: usize, end: usize) -> bool {
        /// More days than these in a row are not written out.
        const MOST: usize = 16;
        let open = match point.core {
            None => point.weekday.is_some(),
            Some(core) => matches!(core, Core::DayOfMonth(_)),
        };
        if !open || point.toward.is_some() {
            return false;
        }
        let mut place = end;
        while place < end + MOST {
            if self.words.context(self.tokens, place).has(Context::EVERY) {
                return true;
            }
            place = match self.listed(place) {
                Some(next) => next,
                None => break,
            };
        }
        // The first of a list is far from what is read at its end, so look back word by word.
        (1..=MOST)
            .take_while(|back| at.checked_sub(*back).is_some())
            .map(|back| at - back)
            .take_while(|&at| {
                let token = self.tokens.get(at);
                token.is_number()
                    || token.is_mark(',')
                    || token.is_word()
                        && (token.id == self.words.ids.and
                            || token.id == self.words.ids.nth
                            || self.words.begins(token.id)
                            || self.numbers.is_word(self.tokens, at)
                            || self.words.context(self.tokens, at).has(Context::MANY))
            })
            .any(|at| self.words.context(self.tokens, at).has(Context::MANY))
    }

    /// The token behind a weekday, day, part of the day or joint at `at`.
    fn listed(self, at: usize) -> Option<usize> {
        let token = self.tokens.get(at);
        let joint = matches!(token.kind, TokenKind::Mark(',' | '-' | '–'))
            || token.is_word()
                && (token.id == self.words.ids.and
                    || token.id == self.words.ids.until
                    || token.id == self.words.ids.up_to);
        if joint {
            return Some(at + 1);
        }
        self.weekday(at)
            .map(|it| it.1)
            .or_else(|| phrase(&self.words.parts, self.tokens, at).map(|it| it.1))
            .or_else(|| phrase(&self.words.prefixes, self.tokens, at).map(|it| it.1))
            .or_else(|| self.bare_day(at).map(|it| it.1))
    }

    /// Whether `lúc` stands in front, or `vào khoảng`.
    fn is_at(self, at: usize) -> bool {
        let context = |back| self.words.context(self.tokens, at.wrapping_sub(back));
        context(1).has(Context::AT) || context(1).has(Context::SKIP) && context(2).has(Context::AT)
    }

    /// `1-5` behind `hai ngày 30-4 và`.
    fn further_days(self, point: &Point, end: usize, found: &mut Vec<Expression>) -> usize {
        let mut end = end;
        if !matches!(point.core, Some(Core::Day { year: None, .. })) || point.clock.is_some() {
            return end;
        }
        loop {
            let token = self.tokens.get(end);
            let joins = token.is_word() && token.id == self.words.ids.and;
            let day =
                self.tokens.get(end + 1).is_number().then(|| self.day(end + 1, Cue::Strong, false));
            let Some(Some((core @ Core::Day { .. }, behind))) = day.filter(|_| joins) else {
                return end;
            };
            found.push(self.made(
                end + 1..behind,
                Point { core: Some(core), ..Point::default() },
                None,
            ));
            end = behind;
        }
    }

    /// `2014, 2015 và 2016` behind `các năm`.
    fn further_years(self, point: &Point, end: usize, found: &mut Vec<Expression>) -> usize {
        let mut end = end;
        if !matches!(point.core, Some(Core::Year(Year::Said(_)))) {
            return end;
        }
        loop {
            let token = self.tokens.get(end);
            let joins = token.is_mark(',') || (token.is_word() && token.id == self.words.ids.and);
            let year =
                self.figures_of_year(end + 1).filter(|&(_, behind)| joins && !self.counts(behind));
            let Some((year, behind)) = year else { return end };
            let core = Some(Core::Year(Year::Said(year)));
            found.push(self.made(end + 1..behind, Point { core, ..Point::default() }, None));
            end = behind;
        }
    }

    /// Whether the token counts things, so that digits in front of it are no date.
    pub(super) fn counts(self, at: usize) -> bool {
        let token = self.tokens.get(at);
        self.words.context(self.tokens, at).has(Context::COUNTED)
            || token.is_mark('%')
            || self.numbers.is_word(self.tokens, at) && token.id != self.words.ids.year
    }
}

pub(super) fn shifted(year: Year, by: i32) -> Year {
    match year {
        Year::Said(year) => Year::Said(year + by),
        Year::Relative(year) => Year::Relative(year + by),
    }
}

/// A day that another way of saying the day may explain: `hôm nay (29/8)`.
fn is_relative_day(core: Core) -> bool {
    matches!(core, Core::Relative(Grain::Day, _) | Core::Told(_))
}

/// The day at the beginning of a range whose end is `last`/`month`: `ngày 28 đến 3/6` begins in the
/// month before.
pub(super) fn day_before(day: u8, last: u8, month: u8, year: Option<Year>) -> Core {
    match (day > last, month) {
        (true, 1) => Core::Day { day, month: 12, year: year.map(|it| shifted(it, -1)) },
        (true, month) => Core::Day { day, month: month - 1, year },
        (false, month) => Core::Day { day, month, year },
    }
}

/// The ends of a range of hours, the part of the day that one of them names given to the other where
/// the hours allow: `3 giờ đến 5 giờ chiều`, `2h chiều đến 5h`, but not `8h đến 5h chiều`.
fn with_parts_shared(from: Point, to: Point) -> (Point, Point) {
    let (mut from, mut to) = (from, to);
    if let (Some(first), Some(last)) = (from.clock, to.clock)
        && first.hour < last.hour
        && last.hour <= 12
    {
        match (from.part, to.part) {
            (None, part) => from.part = part,
            (part, None) => to.part = part,
            _ => {}
        }
    }
    (from, to)
}

/// Whether it is longer than a day.
fn is_long(core: Core) -> bool {
    matches!(
        core,
        Core::Month { .. }
            | Core::Quarter { .. }
            | Core::Months { .. }
            | Core::Season { .. }
            | Core::Year(_)
            | Core::Decade(_)
            | Core::Century(_)
            | Core::Relative(
                Grain::Month | Grain::Quarter | Grain::Year | Grain::Decade | Grain::Century,
                _
            )
    )
}

/// Where a range begins, with what only its end says.
fn completed(point: Point, to: &Point) -> Point {
    let core = match (point.core, to.core) {
        (Some(Core::DayOfMonth(day)), Some(Core::Day { day: last, month, year })) => {
            Some(day_before(day, last, month, year))
        }
        (Some(core), Some(other)) => match other.year_slot() {
            // `từ tháng 11 đến tháng 3/2017` begins in the year before.
            Some(year) => {
                let back = match (core, other) {
                    (Core::Month { month, .. }, Core::Month { month: to, .. }) => month > to,
                    (Core::Day { day, month, .. }, Core::Day { day: to_day, month: to, .. }) => {
                        (month, day) > (to, to_day)
                    }
                    _ => false,
                };
                core.with_year(shifted(year, -i32::from(back))).or(Some(core))
            }
            None => Some(core),
        },
        (None, core) => core,
        (core, None) => core,
    };
    let weekday = point.weekday.or(to.weekday.filter(|_| point.core.is_none()));
    Point { core, weekday, ..point }
}

/// Things that may be the two ends of a range have the same rank; 0 for those that never are.
fn rank(core: Core) -> u8 {
    match core {
        Core::Day { .. } | Core::Relative(Grain::Day, _) | Core::Told(_) => 1,
        Core::DayOfMonth(_) => 2,
        Core::Month { .. } => 3,
        Core::Quarter { .. } => 4,
        Core::Year(_) => 5,
        _ => 0,
    }
}
