//! Numbers in digits: `1.600`, `17,6`, `1.234.567,89`, `2 triệu 500 nghìn`, `1tr5`.

use rust_decimal::Decimal;

use super::{Numbers, Numeral, Role, power_of_ten};
use crate::token::{TokenKind, Tokens};

/// Digits with the marks between them, taken apart.
struct Written {
    value: Decimal,
    end: usize,
    /// The other reading where one comma stands before three digits.
    thousands: Option<Decimal>,
    /// Whether it is a plain whole number without marks.
    plain: bool,
}

impl Numbers {
    /// The number that begins with the number token at `at`.
    pub(super) fn in_digits(&self, tokens: &Tokens<'_>, at: usize) -> Option<Numeral> {
        let written = written(tokens, at)?;
        let mut number = Numeral {
            value: written.value,
            end: written.end,
            words: 0,
            scaled: false,
            factor: Decimal::ONE,
            thousands: written.thousands,
        };
        if let Some(short) = self.short_scale(tokens, &written) {
            return Some(short);
        }
        // `30 (ba mươi) ngày`: the number again in words, as contracts and laws have it.
        if written.plain && tokens.get(number.end).is_mark('(') {
            let again = self.in_words(tokens, number.end + 1);
            let again = again.filter(|it| it.value == number.value && !it.scaled);
            if let Some(again) = again.filter(|it| tokens.get(it.end).is_mark(')')) {
                number.end = again.end + 1;
                return Some(self.scaled(tokens, number));
            }
        }
        // `hai phẩy 23`, `1 phẩy 1`.
        if written.plain
            && self.role(tokens, number.end) == Some(Role::Point)
            && let Some((fraction, end)) = self.fraction(tokens, number.end + 1)
        {
            number = Numeral { value: number.value + fraction, end, words: 1, ..number };
        }
        Some(self.scaled(tokens, number))
    }

    /// `10k`, `1,2M`, `2tr5`: a letter glued to the digits stands for the multiplier.
    fn short_scale(&self, tokens: &Tokens<'_>, written: &Written) -> Option<Numeral> {
        let letter = tokens.get(written.end);
        if !letter.glued || !letter.is_word() {
            return None;
        }
        let exponent = match () {
            () if self.kilo.contains(&letter.id) => 3,
            // A small `m` is a metre.
            () if self.million.contains(&letter.id) && tokens.str(written.end) != "m" => 6,
            () => return None,
        };
        let factor = power_of_ten(exponent)?;
        let mut value = written.value.checked_mul(factor)?;
        let mut end = written.end + 1;
        let next = tokens.get(end);
        if next.glued && next.is_number() && next.digits() <= 3 && written.plain {
            // `1tr5` is 1.5 million, `1tr250` 1.25 million.
            let digits = tokens.number(end)?;
            let power = power_of_ten(exponent.checked_sub(next.digits() as u32)?)?;
            value = value.checked_add(Decimal::from(digits).checked_mul(power)?)?;
            end += 1;
        }
        // `5kg`, `3km2`: the letters go on, or a digit that is no part of the number.
        let next = tokens.get(end);
        if next.glued && (next.is_word() || next.is_number()) {
            return None;
        }
        Some(Numeral { value, end, words: 0, scaled: true, factor, thousands: None })
    }

    /// The number times the multipliers behind it, and what is added after them: `1 tỷ 200 triệu`,
    /// `2 triệu rưỡi`.
    fn scaled(&self, tokens: &Tokens<'_>, number: Numeral) -> Numeral {
        let Some((power, mut end)) = self.scales(tokens, number.end) else { return number };
        let Some(mut value) = number.value.checked_mul(power) else { return number };
        let mut words = number.words + (end - number.end);
        if self.is_half(tokens, end) {
            let half = power / Decimal::TWO;
            let Some(sum) = value.checked_add(half) else { return number };
            return Numeral { value: sum, end: end + 1, words: words + 1, scaled: true, ..number };
        }
        let mut last = power;
        // The rest has multipliers of its own, each smaller than the one before, so this ends soon.
        while tokens.get(end).is_number() {
            let Some(rest) = written(tokens, end).filter(|it| it.plain) else { break };
            let Some((power, rest_end)) = self.scales(tokens, rest.end) else { break };
            let part = rest.value.checked_mul(power);
            let Some(part) = part.filter(|part| power < last && *part < last) else { break };
            let Some(sum) = value.checked_add(part) else { break };
            words += rest_end - rest.end;
            (value, end, last) = (sum, rest_end, power);
        }
        if last == power
            && let Some((rest, rest_end)) = self.left_over(tokens, end, power)
            && let Some(sum) = value.checked_add(rest)
        {
            (value, end, last) = (sum, rest_end, Decimal::ONE);
        }
        let factor = if last == power { power } else { Decimal::ONE };
        Numeral { value, end, words, scaled: true, factor, thousands: None }
    }

    /// Digits behind a multiplier that leave out their own: `2 triệu 5`, `1 tỷ 250`, `1 nghìn 500
    /// đồng`.
    fn left_over(
        &self,
        tokens: &Tokens<'_>,
        at: usize,
        power: Decimal,
    ) -> Option<(Decimal, usize)> {
        let digits = tokens.get(at).digits();
        let rest = written(tokens, at).filter(|it| it.plain && !tokens.get(at).glued)?;
        let next = tokens.get(rest.end);
        let thousand = power_of_ten(3)?;
        let coins = next.is_word() && next.id == self.coin;
        // What follows may be the number of something else: `2 triệu 5 người`, `1 tỷ 3/4`.
        let ends = next.is_break()
            || matches!(next.kind, TokenKind::Mark('.' | ',' | ';' | ')' | '!' | '?'))
                && !tokens.get(rest.end + 1).glued;
        match digits {
            3 if power == thousand && coins => Some((rest.value, rest.end)),
            1 | 3
                if power > thousand && (ends || coins && digits == 1) && !rest.value.is_zero() =>
            {
                let place = power.checked_div(power_of_ten(digits as u32)?)?;
                Some((rest.value.checked_mul(place)?, rest.end))
            }
            _ => None,
        }
    }

    /// The multipliers at `at` as one power, and the token behind them: `nghìn tỷ`, `chục`.
    pub(super) fn scales(&self, tokens: &Tokens<'_>, at: usize) -> Option<(Decimal, usize)> {
        let mut power = Decimal::ONE;
        let mut end = at;
        // Three words are enough: `trăm nghìn tỷ`.
        while end < at + 3 {
            let factor = match self.role(tokens, end) {
                Some(Role::Hundred) => Decimal::ONE_HUNDRED,
                Some(Role::Scale(exponent)) => power_of_ten(exponent)?,
                Some(Role::Pack(factor)) => Decimal::from(factor),
                _ => break,
            };
            power = power.checked_mul(factor)?;
            end += 1;
        }
        (end > at).then_some((power, end))
    }
}

/// The digits at `at` with the points and commas between them.
fn written(tokens: &Tokens<'_>, at: usize) -> Option<Written> {
    // Groups of digits and the mark before each; none but hostile numbers have more than this.
    const MOST: usize = 12;
    if !tokens.get(at).is_number() {
        return None;
    }
    let mut end = at + 1;
    let mut n = 0;
    let mut marks = [' '; MOST];
    let mut groups = [""; MOST];
    groups[0] = tokens.str(at);
    while n + 1 < MOST {
        let (mark, group) = (tokens.get(end), tokens.get(end + 1));
        let separates = (mark.is_mark('.') || mark.is_mark(',')) && mark.glued;
        if !separates || !group.is_number() || !group.glued {
            break;
        }
        marks[n] = if mark.is_mark('.') { '.' } else { ',' };
        n += 1;
        groups[n] = tokens.str(end + 1);
        end += 2;
    }
    let (marks, groups) = (marks.get(..n)?, groups.get(..=n)?);
    let (first, rest) = groups.split_first()?;
    let plain = rest.is_empty();
    let all_thousands = |groups: &[&str]| {
        (1..=3).contains(&first.len())
            && (!first.starts_with('0') || *first == "0")
            && groups.iter().all(|group| group.len() == 3)
    };
    // The value of all the digits; none where it is too large for a decimal.
    let number = groups.iter().flat_map(|group| group.bytes()).try_fold(0_i128, |all, digit| {
        all.checked_mul(10)?.checked_add(i128::from(digit - b'0'))
    })?;
    let leading_zero = first.len() > 1 && first.starts_with('0');
    let (scale, thousands) = match marks {
        // `05` is a number, `0912345678` a telephone.
        [] if leading_zero && first.len() > 2 => return None,
        [] => (0, None),
        _ if leading_zero => return None,
        [','] => {
            let fraction = rest.first()?;
            let other = (fraction.len() == 3 && all_thousands(rest) && *first != "0")
                .then(|| Decimal::try_from_i128_with_scale(number, 0).ok())
                .flatten();
            (fraction.len(), other)
        }
        ['.'] if all_thousands(rest) && *first != "0" => (0, None),
        ['.'] => (rest.first()?.len(), None),
        [mark, others @ ..] => {
            // Several marks: all the same are thousands; a last one that differs is the decimal.
            let (last, between) = others.split_last()?;
            let (last_group, inner) = rest.split_last()?;
            if between.iter().any(|other| other != mark) {
                return None;
            }
            match (last == mark, all_thousands(if last == mark { rest } else { inner })) {
                (true, true) => (0, None),
                (false, true) => (last_group.len(), None),
                // `1.2.3` is a number of a section or version.
                _ => return None,
            }
        }
    };
    let value = Decimal::try_from_i128_with_scale(number, u32::try_from(scale).ok()?).ok()?;
    Some(Written { value, end, thousands, plain })
}
