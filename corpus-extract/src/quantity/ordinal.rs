//! Places in an order: `thứ bảy`, `lần thứ 3`, `thứ nhất`.

use corpus_model::rust_decimal::Decimal;

use super::Reader;

impl Reader<'_, '_> {
    /// The place in an order at `at`, and the token behind it.
    pub(super) fn ordinal(self, at: usize) -> Option<(Decimal, usize)> {
        let ids = &self.words.ids;
        let token = self.tokens.get(at);
        if !token.is_word() || token.id != ids.nth {
            return None;
        }
        let next = self.tokens.get(at + 1);
        if next.is_word() && (next.id == ids.first || next.id == ids.second) {
            let number = if next.id == ids.first { Decimal::ONE } else { Decimal::TWO };
            return Some((number, at + 2));
        }
        // `thứ tư` is the only place of a four that is written so.
        if let Some((number, end)) = self.numbers.small(self.tokens, at + 1) {
            if number == 0 {
                return None;
            }
            let longer = self.numbers.parse(self.tokens, at + 1).filter(|it| it.end > end);
            return Some(longer.map_or((Decimal::from(number), end), |it| (it.value, it.end)));
        }
        let number = self.numbers.parse(self.tokens, at + 1)?;
        number.value.is_integer().then_some((number.value, number.end))
    }
}
