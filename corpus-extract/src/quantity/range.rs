//! Ranges: `3-5 ngày`, `từ 1.000 đến 2.000 đồng`, `giữa 1,1 và 1,3 đô la`.

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
        let second = self.second_amount(first.end + 1)?;
        let unit = second.unit.as_ref()?;
        if first.unit.as_ref().is_some_and(|it| it != unit) {
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

    /// The amount behind a joint, which its digits may be glued to.
    fn second_amount(self, at: usize) -> Option<Amount> {
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
        let (unit, end) = self.unit(&number)?;
        let value = self.value(&number, Some(&unit));
        Some(Amount { number, value, unit: Some(unit), start: at, end })
    }

    /// Whether the mark at `at` joins two amounts.
    pub(super) fn joins_amounts(self, at: usize) -> bool {
        matches!(self.tokens.get(at).kind, TokenKind::Mark('-' | '–'))
            && self.second_amount(at + 1).is_some()
    }

    fn is_between(self, at: usize) -> bool {
        at.checked_sub(1)
            .is_some_and(|before| self.words.from.longest(self.tokens.ids(before)).is_some())
    }
}
