//! Ranges: `3-5 ngày`, `từ 1.000 đến 2.000 đồng`, `giữa 1,1 và 1,3 đô la`; changes: `từ 161 lên 394 tỷ đồng`.

use corpus_model::rust_decimal::Decimal;

use super::{Amount, Reader};
use crate::token::TokenKind;

impl Reader<'_, '_> {
    /// Where a range that begins with `first` begins and ends.
    pub(super) fn range(self, first: &Amount) -> Option<(Decimal, Amount)> {
        let joint = self.tokens.get(first.end);
        let joins = match joint.kind {
            TokenKind::Mark('-' | '–' | '—') => true,
            TokenKind::Word => {
                let ids = &self.words.ids;
                joint.id == ids.until
                    || joint.id == ids.up_to
                    || joint.id == ids.and && self.is_between(first.start)
            }
            _ => false,
        };
        if !joins {
            return None;
        }
        let mut second = self.second_amount(first.end + 1, first)?;
        if second.unit.is_none() {
            second.unit = first.unit.clone();
        }
        if second.unit.is_none() && !second.number.scaled
            || first.unit.is_some() && first.unit != second.unit
        {
            return None;
        }
        // `2-3 triệu đồng`: the multiplier belongs to both.
        let mut from = self.value(&first.number, second.unit.as_ref());
        if first.unit.is_some() {
            from = first.value;
        } else if !first.number.scaled && second.number.scaled {
            let factor = second.number.factor;
            let mantissa = second.value.checked_div(factor)?;
            if from < mantissa {
                from = from.checked_mul(factor)?;
            }
        }
        (from < second.value).then_some((from, second))
    }

    /// What something was before it changed, with the unit that only what it is now has: `tăng từ 161
    /// lên 394 tỷ đồng`, `giảm từ 12 xuống còn 4 xã`.
    ///
    /// These are two amounts and no range: nothing lies between them.
    pub(super) fn changed(self, first: Amount) -> Amount {
        if first.unit.is_some() || !self.is_from(first.start) {
            return first;
        }
        let joint = self.words.changes.longest(self.tokens.ids(first.end));
        let second = joint.and_then(|(n, ())| {
            let at = first.end + n;
            let about = self.words.about.longest(self.tokens.ids(at)).map_or(0, |it| it.0);
            self.second_amount(at + about, &first)
        });
        let Some(second) = second.filter(|it| it.unit.is_some()) else { return first };
        let mut value = self.value(&first.number, second.unit.as_ref());
        let factor = second.number.factor;
        if !first.number.scaled && second.number.scaled && value < factor {
            value = value.checked_mul(factor).unwrap_or(value);
        }
        Amount { value, unit: second.unit, ..first }
    }

    /// Whether `từ` or `từ mức` stands in front.
    fn is_from(self, at: usize) -> bool {
        (1..=3).any(|back| {
            at.checked_sub(back).is_some_and(|start| {
                self.words
                    .since
                    .longest(self.tokens.ids(start))
                    .is_some_and(|(n, ())| start + n == at)
            })
        })
    }

    /// The amount behind a joint, which its digits may be glued to.
    fn second_amount(self, at: usize, first: &Amount) -> Option<Amount> {
        if let Some((unit, number_at)) = self.currency_in_front(at) {
            let number = self.numbers.parse(self.tokens, number_at)?;
            return Some(Amount {
                value: number.value,
                end: number.end,
                number,
                unit: Some(unit),
                start: at,
            });
        }
        let number = self.numbers.parse(self.tokens, at)?;
        let Some((unit, end)) = self.unit(&number) else {
            // `10 đến 15 triệu`, and `$5-10`, whose currency stands in front of both.
            let in_front = first.unit.is_some() && first.end == first.number.end;
            let next = self.tokens.get(number.end);
            let ends = !(next.glued && (next.is_word() || self.tokens.get(number.end + 1).glued));
            let fits = ends && (number.scaled && first.unit.is_none() || in_front);
            let end = number.end;
            let amount = Amount { value: number.value, number, unit: None, start: at, end };
            return fits.then_some(amount);
        };
        let value = self.value(&number, Some(&unit));
        Some(Amount { number, value, unit: Some(unit), start: at, end })
    }

    /// Whether the mark at `at` joins two amounts.
    pub(super) fn joins_amounts(self, at: usize, first: &Amount) -> bool {
        matches!(self.tokens.get(at).kind, TokenKind::Mark('-' | '–'))
            && self.second_amount(at + 1, first).is_some()
    }

    fn is_between(self, at: usize) -> bool {
        at.checked_sub(1)
            .is_some_and(|before| self.words.from.longest(self.tokens.ids(before)).is_some())
    }
}
