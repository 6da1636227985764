//! Whether a point that is no range says enough to be a date, and does not come again and again.

use super::find::Reader;
use super::words::{Context, phrase};
use super::{Core, Point};
use crate::token::TokenKind;
use crate::vocabulary::Starts;

impl Reader<'_, '_> {
    /// Whether a point that is no range says enough to be one.
    pub(super) fn stands_alone(self, point: &Point, at: usize, end: usize) -> bool {
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
                            || self.tokens.starts(at).meets(Starts::DATE)
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
}
