//! Places in an order: `thứ bảy`, `lần thứ 3`, `thứ nhất`.

use corpus_model::rust_decimal::Decimal;

use super::Reader;
use crate::number::roman;

impl Reader<'_, '_> {
    /// The place in an order at `at`, and the token behind it.
    pub(super) fn ordinal(self, at: usize) -> Option<(Decimal, usize)> {
        let ids = &self.words.ids;
        let token = self.tokens.get(at);
        if let Some(found) = self.rank(at) {
            return Some(found);
        }
        if !token.is_word() || token.id != ids.nth {
            return None;
        }
        if let Some(number) = roman(self.tokens.str(at + 1)) {
            return (!self.tokens.get(at + 2).glued || !self.tokens.get(at + 2).is_number())
                .then_some((number.into(), at + 2));
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

    /// `khóa XI`, `hạng II`, `giải nhất`: a place behind a noun that is ranked.
    fn rank(self, at: usize) -> Option<(Decimal, usize)> {
        let (n, prize) = self.words.ranked.longest(self.tokens.ids(at))?;
        let place = at + n;
        let token = self.tokens.get(place);
        let next = self.tokens.get(place + 1);
        if !token.is_word() || token.glued || next.glued && (next.is_word() || next.is_number()) {
            return None;
        }
        if let Some(number) = roman(self.tokens.str(place)) {
            return Some((number.into(), place + 1));
        }
        // `bậc nhất`, `khu vực nhất định` are no places.
        let ids = &self.words.ids;
        let number = match token.id {
            id if *prize && id == ids.first => 1,
            id if *prize && id == ids.second => 2,
            _ => return None,
        };
        Some((number.into(), place + 1))
    }
}
