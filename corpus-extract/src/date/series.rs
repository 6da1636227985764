//! Days of which only the last has a month: `16 và 17-3`, `từ 3 đến 5/6`, `ngày 4, 5 và 6 tháng 7`.

use super::find::{Cue, Reader};
use super::range::day_before;
use super::words::{Context, phrase};
use super::{Core, Expression, Point};

impl Reader<'_, '_> {
    /// `16 và 17-3`, `từ 3 đến 5/6`, `ngày 4, 5 và 6 tháng 7`: days of which only the last has a
    /// month.
    pub(super) fn series(self, at: usize, found: &mut Vec<Expression>) -> Option<usize> {
        // More items than a month has days are none.
        const MOST: usize = 31;
        let part =
            phrase(&self.words.parts, self.tokens, at).and_then(|(part, end)| Some((part?, end)));
        let start = part.map_or(at, |it| it.1);
        let prefix = phrase(&self.words.prefixes, self.tokens, start);
        let mut place = prefix.map_or(start, |it| it.1);
        let before = self.tokens.before(at, 1);
        let cue = part.is_some()
            || prefix.is_some()
            || self.words.context(self.tokens, at.wrapping_sub(1)).has(Context::BEFORE)
            || before.is_break()
            || before.is_mark('(');
        if !cue || !self.tokens.get(place).is_number() {
            return None;
        }
        let mut items: Vec<(usize, u8, usize)> = Vec::new();
        let mut ranged = false;
        let mut last_part = None;
        let last = loop {
            if items.len() > MOST {
                return None;
            }
            if !items.is_empty()
                && let Some((core @ Core::Day { .. }, end)) = self.day(place, Cue::Strong, true)
            {
                break (place, core, end);
            }
            let (day, end) = self.bare_day(place)?;
            items.push((place, day, end));
            let joint = self.tokens.get(end);
            let range = joint.is_mark('-')
                || joint.is_mark('–')
                || joint.is_word()
                    && (joint.id == self.words.ids.until || joint.id == self.words.ids.up_to);
            // `đêm 27 rạng sáng 28/10`
            if let Some((Some(dawn), behind)) = phrase(&self.words.parts, self.tokens, end)
                && part.is_some()
                && items.len() == 1
            {
                last_part = Some((end, dawn));
                place = phrase(&self.words.prefixes, self.tokens, behind).map_or(behind, |it| it.1);
                continue;
            }
            let list = joint.is_mark(',') || joint.is_word() && joint.id == self.words.ids.and;
            if !range && !list || range && items.len() > 1 {
                return None;
            }
            ranged |= range;
            place = end + 1;
            place = phrase(&self.words.prefixes, self.tokens, place).map_or(place, |it| it.1);
        };
        let (last_at, Core::Day { day: last_day, month, year }, end) = last else { return None };
        let rising = items.last().is_some_and(|&(_, day, _)| day < last_day);
        let (&(_, day, _), n) = (items.first()?, items.len());
        if !(rising || ranged) || ranged && n > 1 {
            return None;
        }
        let core = |day| Some(Core::Day { day, month, year });
        let first = Point { core: core(day), part: part.map(|it| it.0), ..Point::default() };
        if ranged {
            let from = day_before(day, last_day, month, year);
            let to = Point { core: core(last_day), ..Point::default() };
            found.push(self.made(at..end, Point { core: Some(from), ..first }, Some(to)));
            return Some(end);
        }
        for (n, &(place, day, behind)) in items.iter().enumerate() {
            let begin = if n == 0 { at } else { place };
            let point = if n == 0 { first } else { Point { core: core(day), ..Point::default() } };
            found.push(self.made(begin..behind, point, None));
        }
        let point =
            Point { core: core(last_day), part: last_part.map(|it| it.1), ..Point::default() };
        let last_at = last_part.map_or(last_at, |it| it.0);
        found.push(self.made(last_at..end, point, None));
        Some(end)
    }
}
