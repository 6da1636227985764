//! [`Starts`]: what may begin at a token.

use crate::token::Case;

/// What may begin at a token, as a set.
///
/// The rules say it of their words when they are built ([`Vocabulary::begin`]). Each extractor then
/// goes from one token where something of its own may begin to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Starts(u32);

impl Starts {
    pub(crate) const NONE: Starts = Starts(0);
    /// Digits.
    pub(crate) const NUMBER: Starts = Starts(1);
    /// A word that numbers are written with.
    pub(crate) const NUMERAL: Starts = Starts(1 << 1);
    pub(crate) const DIRECTIVE: Starts = Starts(1 << 2);
    pub(crate) const DATE: Starts = Starts(1 << 3);
    pub(crate) const QUANTITY: Starts = Starts(1 << 4);
    /// The mark in front of an item of a list.
    pub(crate) const ITEM: Starts = Starts(1 << 5);
    /// An office, a form of address, a credit.
    pub(crate) const PERSON: Starts = Starts(1 << 6);
    pub(crate) const ORGANIZATION: Starts = Starts(1 << 7);
    pub(crate) const PLACE: Starts = Starts(1 << 8);
    pub(crate) const EVENT: Starts = Starts(1 << 9);
    /// A person's name, which has a capital.
    pub(crate) const NAME: Starts = Starts(1 << 10);
    /// The name of an organisation, or of a place, that has a capital.
    pub(crate) const PROPER: Starts = Starts(1 << 11);
    /// A word with a capital in front, whatever it is.
    pub(crate) const CAPITAL: Starts = Starts(1 << 12);
    /// A word in capitals.
    pub(crate) const UPPER: Starts = Starts(1 << 13);
    /// What makes a day, a time or a length of time of a number in front of it, or joins it to another
    /// number that may be one.
    pub(crate) const TIMED: Starts = Starts(1 << 15);
    /// The end of a line or block.
    pub(crate) const BREAK: Starts = Starts(1 << 14);
    /// What programmes, campaigns and plans are called.
    pub(crate) const PROGRAMME: Starts = Starts(1 << 16);

    /// What is in both sets.
    pub(crate) const fn shared(self, other: Starts) -> Starts {
        Starts(self.0 & other.0)
    }

    /// What is in this set and not in another.
    pub(crate) const fn without(self, other: Starts) -> Starts {
        Starts(self.0 & !other.0)
    }

    /// Both sets.
    pub(crate) const fn and(self, other: Starts) -> Starts {
        Starts(self.0 | other.0)
    }

    /// Whether the sets share something.
    #[inline]
    pub(crate) const fn meets(self, other: Starts) -> bool {
        self.0 & other.0 != 0
    }

    /// The first of several sets that shares something with another one.
    #[inline]
    pub(crate) fn position(sets: &[Starts], other: Starts) -> Option<usize> {
        // Four at a time: rules are far from one another.
        const EACH: u128 = 0x0000_0001_0000_0001_0000_0001_0000_0001;
        let wanted = EACH * u128::from(other.0);
        let (fours, rest) = sets.as_chunks::<4>();
        for (n, [a, b, c, d]) in fours.iter().enumerate() {
            let four = u128::from(a.0)
                | u128::from(b.0) << 32
                | u128::from(c.0) << 64
                | u128::from(d.0) << 96;
            let shared = four & wanted;
            if shared != 0 {
                return Some(4 * n + shared.trailing_zeros() as usize / 32);
            }
        }
        let found = rest.iter().position(|it| it.meets(other))?;
        Some(sets.len() - rest.len() + found)
    }

    /// What of it may begin with the word written so.
    pub(crate) const fn written(self, word: &str, case: Case) -> Starts {
        match case {
            Case::Lower => {
                let low = Starts(self.0 & !(Starts::NAME.0 | Starts::PROPER.0));
                // `a)`, `đ)`.
                if word.len() <= 2 { low.and(Starts::ITEM) } else { low }
            }
            Case::Capital => self.and(Starts::CAPITAL),
            Case::Upper => self.and(Starts::UPPER),
            Case::Mixed => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Starts;

    #[test]
    fn the_first_set_that_shares_something() {
        let sets = |n| [vec![Starts::DATE; n], vec![Starts::NUMBER.and(Starts::TIMED); 9]].concat();
        for n in 0..9 {
            assert_eq!(Starts::position(&sets(n), Starts::NUMBER), Some(n));
            assert_eq!(Starts::position(&sets(n), Starts::TIMED.and(Starts::ITEM)), Some(n));
            assert_eq!(Starts::position(&sets(n), Starts::ITEM), None);
        }
    }
}
