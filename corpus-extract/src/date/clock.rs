//! Times of day: `16h30`, `16 giờ 30 phút`, `3 giờ rưỡi`, `10:45`.

use super::Clock;
use super::find::Reader;
use crate::token::TokenKind;

impl Reader<'_, '_> {
    /// The time of day at `at`.
    pub(super) fn clock(self, at: usize) -> Option<(Clock, usize)> {
        let token = self.tokens.get(at);
        if token.is_number() {
            let before = self.tokens.before(at, 1);
            let inside = token.glued
                && !matches!(
                    before.kind,
                    TokenKind::Mark('(' | '[' | '“' | '"' | ',' | ';' | '-' | '–' | '—')
                );
            if inside || token.digits() > 2 {
                return None;
            }
            let hour = u8::try_from(self.tokens.number(at)?).ok().filter(|hour| *hour <= 24)?;
            return self
                .with_colon(at, hour)
                .or_else(|| self.with_letter(at, hour))
                .or_else(|| self.with_word(at + 1, hour));
        }
        let (hour, end) = self.numbers.small(self.tokens, at)?;
        (hour <= 24).then(|| self.with_word(end, hour)).flatten()
    }

    /// `10:45`, `10:45:30`, `3:15pm`.
    fn with_colon(self, at: usize, hour: u8) -> Option<(Clock, usize)> {
        let colon = self.tokens.get(at + 1);
        if !colon.is_mark(':') || !colon.glued || self.tokens.get(at + 2).digits() != 2 {
            return None;
        }
        let minute = self.glued_number(at + 2, 59)?;
        let mut end = at + 3;
        let mut second = None;
        if self.tokens.get(end).is_mark(':') && self.tokens.get(end).glued {
            second = Some(self.glued_number(end + 1, 59)?);
            end += 2;
        }
        let next = self.tokens.get(end);
        if next.glued && next.is_mark('.') && self.tokens.get(end + 1).is_number() {
            return None;
        }
        let clock =
            Clock { hour, minute: Some(minute), second, certain: true, figures: true, until: None };
        Some(self.with_half_of_day(clock, end))
    }

    /// `16h30`, `16h`, `10g45`, `20h 23p`, `4pm`.
    fn with_letter(self, at: usize, hour: u8) -> Option<(Clock, usize)> {
        let ids = &self.words.ids;
        let letter = self.tokens.get(at + 1);
        if !letter.is_word() || !letter.glued && letter.id != ids.h {
            return None;
        }
        if letter.id == ids.am || letter.id == ids.pm {
            let clock = Clock {
                hour,
                minute: None,
                second: None,
                certain: true,
                figures: true,
                until: None,
            };
            return Some(self.with_half_of_day(clock, at + 1));
        }
        if letter.id != ids.h && letter.id != ids.g {
            return None;
        }
        let digits = self.tokens.get(at + 2);
        let minutes_said =
            self.tokens.get(at + 3).id == ids.p || self.tokens.get(at + 3).id == ids.minute;
        if digits.is_number() && (digits.glued || minutes_said && letter.id == ids.h) {
            let minute = u8::try_from(self.tokens.number(at + 2)?).ok().filter(|it| *it <= 59)?;
            let mut end = at + 3;
            let next = self.tokens.get(end);
            if next.is_word() && (next.id == ids.p || next.id == ids.minute)
                || next.is_mark('\'') && next.glued
            {
                end += 1;
            } else if next.glued && next.is_word() {
                return None;
            }
            return Some((
                Clock {
                    hour,
                    minute: Some(minute),
                    second: None,
                    certain: true,
                    figures: true,
                    until: None,
                },
                end,
            ));
        }
        // A bare `5g` are grams.
        let bare = letter.id == ids.h
            && !(self.tokens.get(at + 2).glued && self.tokens.get(at + 2).is_mark('/'));
        bare.then_some((
            Clock { hour, minute: None, second: None, certain: false, figures: true, until: None },
            at + 2,
        ))
    }

    /// `giờ` at `at` and what follows: `16 giờ`, `3 giờ rưỡi`, `11 giờ kém 10`, `8 giờ 7 phút`.
    fn with_word(self, at: usize, hour: u8) -> Option<(Clock, usize)> {
        let ids = &self.words.ids;
        let token = self.tokens.get(at);
        if !token.is_word() || token.id != ids.hour {
            return None;
        }
        let clock = |minute, certain| Clock {
            hour,
            minute,
            second: None,
            certain,
            figures: false,
            until: None,
        };
        if self.numbers.is_half(self.tokens, at + 1) {
            return Some((clock(Some(30), false), at + 2));
        }
        let next = self.tokens.get(at + 1);
        if next.is_word()
            && next.id == ids.less
            && let Some((less, end)) =
                self.numbers.small(self.tokens, at + 2).filter(|it| it.0 < 60)
        {
            let end = end + usize::from(self.tokens.get(end).id == ids.minute);
            let hour = hour.checked_sub(1)?;
            let clock = Clock {
                hour,
                minute: Some(60 - less),
                second: None,
                certain: true,
                figures: true,
                until: None,
            };
            return (less > 0).then_some((clock, end));
        }
        if let Some((minute, end)) = self.numbers.small(self.tokens, at + 1).filter(|it| it.0 < 60)
        {
            let unit = self.tokens.get(end);
            if unit.is_word() && (unit.id == ids.minute || unit.id == ids.p) {
                // Seconds are rare in speech of the time of day, but they occur.
                if let Some((second, after)) =
                    self.numbers.small(self.tokens, end + 1).filter(|it| it.0 < 60)
                    && self.tokens.get(after).id == ids.second
                {
                    // Such lengths of time are as common.
                    let clock = Clock { second: Some(second), ..clock(Some(minute), false) };
                    return Some((clock, after + 1));
                }
                return Some((clock(Some(minute), false), end + 1));
            }
            // `1 giờ 30 chiều`
            let digits = self.tokens.get(at + 1).digits() == 2;
            if digits && (!self.counts(end) && !self.separates(end)) {
                return Some((clock(Some(minute), false), end));
            }
        }
        Some((clock(None, false), at + 1))
    }

    /// Whether a separator that goes on in digits stands at `at`: `16 giờ 29/8`.
    fn separates(self, at: usize) -> bool {
        let token = self.tokens.get(at);
        matches!(token.kind, TokenKind::Mark('/' | '-' | '.' | ','))
            && token.glued
            && self.tokens.get(at + 1).is_number()
    }

    fn glued_number(self, at: usize, most: u8) -> Option<u8> {
        let token = self.tokens.get(at);
        let number = token.is_number() && token.glued && token.digits() <= 2;
        u8::try_from(number.then(|| self.tokens.number(at))??).ok().filter(|it| *it <= most)
    }

    /// The clock with `am` or `pm` behind it taken in.
    fn with_half_of_day(self, clock: Clock, at: usize) -> (Clock, usize) {
        let (ids, token) = (&self.words.ids, self.tokens.get(at));
        match token.is_word() {
            true if token.id == ids.pm && clock.hour < 12 => {
                (Clock { hour: clock.hour + 12, ..clock }, at + 1)
            }
            true if token.id == ids.am && clock.hour == 12 => (Clock { hour: 0, ..clock }, at + 1),
            true if token.id == ids.am || token.id == ids.pm => (clock, at + 1),
            _ => (clock, at),
        }
    }
}
