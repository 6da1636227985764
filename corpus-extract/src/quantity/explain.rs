//! Why a quantity is one.

use std::ops::Range;

use corpus_model::{Quantity, QuantityKind};

use super::Rules;
use crate::explanation::{Clue, Found};
use crate::number::Numbers;
use crate::token::Tokens;

impl Rules {
    /// The numbers and the unit of a quantity, and what says that it is not exact.
    pub(crate) fn explain(
        &self,
        tokens: &Tokens<'_>,
        numbers: &Numbers,
        range: Range<usize>,
        quantity: &Quantity,
    ) -> Found {
        let mut clues = Vec::new();
        let mut unit = range.start;
        let mut at = range.start;
        while at < range.end {
            let first = tokens.get(at).is_number() || numbers.is_word(tokens, at);
            let number = first.then(|| numbers.parse(tokens, at)).flatten();
            match number.filter(|number| at < number.end && number.end <= range.end) {
                Some(number) => {
                    if unit < at && clues.is_empty() {
                        // A currency may stand in front.
                        clues.push(Clue::new("unit", tokens.span(unit..at)));
                    }
                    clues.push(Clue::new("number", tokens.span(at..number.end)));
                    (at, unit) = (number.end, number.end);
                    if quantity.to.is_none() {
                        break;
                    }
                }
                None => at += 1,
            }
        }
        if unit < range.end && quantity.unit.is_some() {
            clues.push(Clue::new("unit", tokens.span(unit..range.end)));
        }
        if quantity.approximate {
            let about = (1..=3).find_map(|back| {
                let start = range.start.checked_sub(back)?;
                let (n, ()) = self.words.about.longest(tokens.ids(start))?;
                (start + n == range.start).then(|| tokens.span(start..range.start))
            });
            clues.extend(about.map(|span| Clue::new("approximate", span)));
        }
        let rule = match quantity.kind {
            QuantityKind::Money => "quantity.money",
            QuantityKind::Percent => "quantity.percent",
            QuantityKind::Duration => "quantity.duration",
            QuantityKind::Measure => "quantity.measure",
            QuantityKind::Ordinal => "quantity.ordinal",
            _ if quantity.unit.is_none() => "quantity.number",
            _ => "quantity.count",
        };
        (rule, clues)
    }
}
