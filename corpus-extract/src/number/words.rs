//! Numbers in words: `hai mươi mốt`, `một nghìn không trăm linh một`, `mười bảy phẩy sáu tỷ`.

use rust_decimal::Decimal;

use super::{Numbers, Numeral, Role, power_of_ten};
use crate::token::Tokens;

/// A number below a thousand, read up to the token `end`.
#[derive(Clone, Copy, Debug)]
struct Group {
    value: u32,
    end: usize,
    /// Whether it is a single digit, which behind a multiplier stands for the next lower place.
    single: bool,
}

impl Numbers {
    /// The number that begins with the word at `at`.
    pub(super) fn in_words(&self, tokens: &Tokens<'_>, at: usize) -> Option<Numeral> {
        // `total` holds whole billions, `current` what has been read since, `lowest` the power of
        // the last multiplier in it: a number goes on only with smaller ones.
        let mut total = Decimal::ZERO;
        let mut current = Decimal::ZERO;
        let mut lowest = u32::MAX;
        let mut end = at;
        let mut scaled = false;
        let mut factor = Decimal::ONE;
        loop {
            let start = end;
            let linked = end > at && self.role(tokens, end) == Some(Role::Link);
            let group_at = if linked { end + 1 } else { end };
            let Some(group) = self.group(tokens, group_at, end > at) else {
                let bare = end == at && matches!(self.role(tokens, at), Some(Role::Scale(_)));
                if !bare {
                    break;
                }
                // `nghìn tỷ đồng`, `triệu rưỡi`: one is left out.
                let (power, scale_end) = self.scales(tokens, at)?;
                let rest = self.is_half(tokens, scale_end);
                let value = if rest { power + power / Decimal::TWO } else { power };
                let end = scale_end + usize::from(rest);
                return Some(Numeral {
                    value,
                    end,
                    words: end - at,
                    scaled: true,
                    factor: power,
                    thousands: None,
                });
            };
            let value = Decimal::from(group.value);
            match self.role(tokens, group.end) {
                // A larger multiplier takes all that was read since the last billion: `một nghìn hai
                // trăm tỷ`.
                Some(Role::Scale(exponent))
                    if exponent != lowest && total.is_zero() || exponent < lowest =>
                {
                    let power = power_of_ten(exponent)?;
                    current = match exponent > lowest {
                        true => current.checked_add(value)?.checked_mul(power)?,
                        false => current.checked_add(value.checked_mul(power)?)?,
                    };
                    (lowest, end, scaled) = (exponent, group.end + 1, true);
                    // `hai nghìn tỷ`, `ba triệu tỷ`: the next multiplier takes all since the last.
                    while let Some(Role::Scale(next)) = self.role(tokens, end) {
                        if next <= lowest && next != 9 {
                            break;
                        }
                        current = current.checked_mul(power_of_ten(next)?)?;
                        (lowest, end) = (next, end + 1);
                    }
                    factor = match start == at && !value.is_zero() {
                        true => current / value,
                        false => Decimal::ONE,
                    };
                    if lowest >= 9 {
                        total = total.checked_add(current)?;
                        current = Decimal::ZERO;
                    }
                    if self.is_half(tokens, end) {
                        current = current.checked_add(power_of_ten(lowest)? / Decimal::TWO)?;
                        end += 1;
                        break;
                    }
                }
                _ if end == at || lowest > 2 && !matches!(lowest, u32::MAX) => {
                    // The last group. Behind a multiplier a lone digit stands for the next place:
                    // `hai triệu ba` is 2.3 million. But `ba triệu năm` are years.
                    let elliptic = end > at && group.single && !linked;
                    if elliptic && tokens.get(group_at).id == self.five {
                        break;
                    }
                    let power =
                        if elliptic { power_of_ten(lowest.checked_sub(1)?)? } else { Decimal::ONE };
                    current = current.checked_add(value.checked_mul(power)?)?;
                    scaled &= end != at && elliptic;
                    end = group.end;
                    break;
                }
                _ => break,
            }
            if end == start {
                break;
            }
        }
        if end == at {
            return None;
        }
        let mut value = total.checked_add(current)?;
        // `mười bảy phẩy sáu tỷ`.
        if self.role(tokens, end) == Some(Role::Point)
            && let Some((fraction, fraction_end)) = self.fraction(tokens, end + 1)
        {
            value = value.checked_add(fraction)?;
            (end, scaled) = (fraction_end, false);
        }
        if !scaled && let Some((power, scale_end)) = self.scales(tokens, end) {
            value = value.checked_mul(power)?;
            (end, scaled, factor) = (scale_end, true, power);
            if self.is_half(tokens, end) {
                value = value.checked_add(power / Decimal::TWO)?;
                end += 1;
            }
        }
        Some(Numeral { value, end, words: end - at, scaled, factor, thousands: None })
    }

    /// A number below a thousand. `inside` says that a larger part stands in front, so that forms
    /// are understood that would be doubtful alone (`nghìn ba bảy`).
    fn group(&self, tokens: &Tokens<'_>, at: usize, inside: bool) -> Option<Group> {
        let after_hundred = |value: u32, at: usize| -> Group {
            let linked = self.role(tokens, at) == Some(Role::Link);
            let place = if linked { at + 1 } else { at };
            if self.is_half(tokens, at) {
                return Group { value: value + 50, end: at + 1, single: false };
            }
            match self.tens(tokens, place, true) {
                // `một trăm hai` is 120, but `một trăm năm` are years.
                Some(rest) if rest.single && !linked => {
                    if tokens.get(place).id == self.five || rest.value == 0 {
                        return Group { value, end: at, single: false };
                    }
                    Group { value: value + rest.value * 10, ..rest }
                }
                Some(rest) => Group { value: value + rest.value, ..rest },
                None => Group { value, end: at, single: false },
            }
        };
        let group = match (self.role(tokens, at)?, self.role(tokens, at + 1)) {
            (Role::Digit(digit), Some(Role::Hundred)) => {
                after_hundred(u32::from(digit) * 100, at + 2)
            }
            (Role::Hundred, _) if !inside => after_hundred(100, at + 1),
            _ => return self.tens(tokens, at, inside),
        };
        Some(Group { single: false, ..group })
    }

    /// A number below a hundred.
    fn tens(&self, tokens: &Tokens<'_>, at: usize, inside: bool) -> Option<Group> {
        let unit = |at: usize| match self.role(tokens, at) {
            Some(Role::Digit(digit) | Role::Unit(digit)) => Some(u32::from(digit)),
            _ => None,
        };
        let two = |value, end| Group { value, end, single: false };
        match (self.role(tokens, at)?, self.role(tokens, at + 1)) {
            (Role::Ten, _) => {
                Some(match unit(at + 1).filter(|_| self.is_last_digit(tokens, at + 1)) {
                    Some(digit) if digit > 0 => two(10 + digit, at + 2),
                    _ => two(10, at + 1),
                })
            }
            (Role::Digit(digit), Some(Role::Tens)) => {
                let value = u32::from(digit) * 10;
                Some(match unit(at + 2).filter(|_| self.is_last_digit(tokens, at + 2)) {
                    Some(digit) if digit > 0 => two(value + digit, at + 3),
                    _ => two(value, at + 2),
                })
            }
            // `hai tư`, `chín ba`: the word for tens is left out. Alone, only the forms that stand
            // behind tens and nowhere else are clear; `hai ba người` are two or three.
            (Role::Digit(digit @ 2..), Some(Role::Unit(unit))) => {
                Some(two(u32::from(digit) * 10 + u32::from(unit), at + 2))
            }
            (Role::Digit(digit @ 2..), Some(Role::Digit(unit @ 1..)))
                if (inside && self.ends_here(tokens, at + 1)
                    || self.role(tokens, at + 2) == Some(Role::Point))
                    && tokens.get(at + 1).id != self.five =>
            {
                Some(two(u32::from(digit) * 10 + u32::from(unit), at + 2))
            }
            (Role::Digit(digit), _) => {
                Some(Group { value: digit.into(), end: at + 1, single: true })
            }
            (Role::Unit(digit), _) if inside => {
                Some(Group { value: digit.into(), end: at + 1, single: true })
            }
            _ => None,
        }
    }

    /// Whether the digit at `at` ends a number: `mười lăm` is 15, but `mười năm` are ten years.
    fn is_last_digit(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        tokens.get(at).id != self.five && self.ends_here(tokens, at)
    }

    /// The whole number below a hundred at `at`, in digits or in words, as days and months are
    /// written; `tư` is four here even alone.
    pub(crate) fn small(&self, tokens: &Tokens<'_>, at: usize) -> Option<(u8, usize)> {
        let (value, end) = match tokens.get(at).digits() {
            0 => self.tens(tokens, at, true).map(|group| (group.value, group.end))?,
            1 | 2 => (tokens.number(at)?, at + 1),
            _ => return None,
        };
        Some((u8::try_from(value).ok()?, end))
    }

    /// Whether the digit at `at` is not the beginning of a part of its own: in `mười hai trăm` and
    /// `ba mươi hai mươi` it is.
    fn ends_here(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        !matches!(self.role(tokens, at + 1), Some(Role::Tens | Role::Hundred))
    }

    /// What stands behind a point: digits one by one (`bốn năm sáu`), a number (`hai mươi lăm`), or
    /// digits written as such (`phẩy 23`).
    pub(super) fn fraction(&self, tokens: &Tokens<'_>, at: usize) -> Option<(Decimal, usize)> {
        if tokens.get(at).is_number() {
            let scale = u32::try_from(tokens.get(at).digits()).ok()?;
            let value = Decimal::try_from_i128_with_scale(tokens.number(at)?.into(), scale).ok()?;
            return Some((value, at + 1));
        }
        let mut digits: i128 = 0;
        let mut scale = 0;
        let mut end = at;
        // A reading as a number is told by its word for tens; leading zeros may stand before it.
        loop {
            if let Some(group) = self.tens(tokens, end, false).filter(|it| !it.single) {
                let skipped = group.end - end;
                if self.role(tokens, end) == Some(Role::Ten)
                    || (self.role(tokens, end + 1) == Some(Role::Tens)) && skipped >= 2
                {
                    digits = digits.checked_mul(100)?.checked_add(group.value.into())?;
                    return Some((
                        Decimal::try_from_i128_with_scale(digits, scale + 2).ok()?,
                        group.end,
                    ));
                }
            }
            let (Some(Role::Digit(digit) | Role::Unit(digit)), true) =
                (self.role(tokens, end), scale < 20)
            else {
                break;
            };
            digits = digits.checked_mul(10)?.checked_add(digit.into())?;
            (scale, end) = (scale + 1, end + 1);
        }
        (end > at)
            .then(|| Decimal::try_from_i128_with_scale(digits, scale).ok().map(|it| (it, end)))?
    }

    /// The number read digit by digit at `at` (`một chín bảy lăm`), as years are.
    pub(crate) fn digit_by_digit(&self, tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
        let mut value: u32 = 0;
        let mut end = at;
        while end < at + 4 {
            match self.role(tokens, end) {
                // `hai không mười tám`.
                Some(Role::Ten) if end == at + 2 => {
                    let group = self.tens(tokens, end, true)?;
                    return Some((value * 100 + group.value, group.end));
                }
                Some(Role::Digit(digit) | Role::Unit(digit)) => {
                    value = value * 10 + u32::from(digit);
                    end += 1;
                }
                _ => break,
            }
        }
        (end == at + 4).then_some((value, end))
    }
}
