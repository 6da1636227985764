//! Shares of a whole: `2/3 số đại biểu`, `một phần ba dân số`, `quá nửa số phiếu`.
//!
//! A share is told in percent, rounded to four decimals, so that it compares with the others of the
//! text: two thirds are 66.6667 %.

use corpus_model::rust_decimal::Decimal;
use corpus_model::{Mention, Quantity, QuantityKind};

use super::Reader;

/// Of more parts nobody writes a share as a fraction.
const MOST_PARTS: u32 = 1_000;

impl Reader<'_, '_> {
    /// The share that begins at `at`, and the token behind it.
    pub(super) fn share(self, at: usize) -> Option<(Mention, usize)> {
        let (part, parts, end) = self
            .fraction_in_figures(at)
            .or_else(|| self.fraction_in_words(at))
            .or_else(|| self.half_of(at))?;
        let hundred = Decimal::ONE_HUNDRED.checked_mul(part.into())?;
        let number = hundred.checked_div(parts.into())?.round_dp(4).normalize();
        let quantity = Quantity {
            number,
            to: None,
            unit: Some("%".to_owned()),
            kind: QuantityKind::Percent,
            approximate: self.is_approximate(at),
            per: None,
        };
        Some((Mention::new(self.tokens.span(at..end), quantity), end))
    }

    /// `2/3` in front of what it is a share of.
    fn fraction_in_figures(self, at: usize) -> Option<(u32, u32, usize)> {
        let (slash, behind) = (self.tokens.get(at + 1), self.tokens.get(at + 3));
        if !self.tokens.get(at).is_number()
            || !slash.is_mark('/')
            || behind.glued
            || !self.may_stand(at)
        {
            return None;
        }
        let number = |at: usize| self.tokens.number(at);
        let (part, parts) = (number(at)?, number(at + 2)?);
        let fits = part > 0 && part < parts && parts <= MOST_PARTS;
        // `khoản 2/3`, `số 1/20 phố Huế`
        if !fits || self.words.is_label(self.tokens, at) {
            return None;
        }
        let end = self.whole(at + 3).or_else(|| {
            let (n, ()) = self.words.counted.longest(self.tokens.ids(at + 3))?;
            Some(at + 3 + n)
        })?;
        Some((part, parts, end))
    }

    /// `một phần ba`, `2 phần 5`, with what it is a share of, if that follows.
    fn fraction_in_words(self, at: usize) -> Option<(u32, u32, usize)> {
        let small = |at: usize| {
            let (number, end) = self.numbers.small(self.tokens, at)?;
            Some((u32::from(number), end))
        };
        let (part, place) = small(at)?;
        let word = self.tokens.get(place);
        if !word.is_word() || word.id != self.words.ids.part {
            return None;
        }
        let (parts, end) = small(place + 1)?;
        // `một phần năm 2016`: of a year and not a fifth.
        let year = self.numbers.is_five(self.tokens, place + 1) && self.tokens.get(end).is_number();
        let fits = part > 0 && part < parts && parts <= 10 && !year;
        fits.then(|| (part, parts, self.whole(end).unwrap_or(end)))
    }

    /// `một nửa số dân`, `nửa diện tích`.
    fn half_of(self, at: usize) -> Option<(u32, u32, usize)> {
        let place = at + usize::from(self.numbers.is_one(self.tokens, at));
        if !self.numbers.is_halved(self.tokens, place) {
            return None;
        }
        Some((1, 2, self.whole(place + 1)?))
    }

    /// The token behind what shares are taken of: `số đại biểu`, `dân số`.
    fn whole(self, at: usize) -> Option<usize> {
        let (n, ()) = self.words.wholes.longest(self.tokens.ids(at))?;
        let counted = self.words.counted.longest(self.tokens.ids(at + n)).map_or(0, |it| it.0);
        Some(at + n + counted)
    }
}
