//! Quantities: money, shares, lengths of time, measures, things counted, places in an order.
//!
//! A number alone is rarely a fact worth telling; what makes it one is its unit. So each number is
//! read ([`Numbers`]), then a unit is sought behind it: a currency (or one in front, `$10`), a unit of
//! time or measure, or a noun of the list of things that are counted. What belongs to a date or a
//! directive is taken already, and what stands behind `Điều` or `quận` names and does not count.

mod explain;
mod ordinal;
mod range;
mod share;
mod unit;
mod words;

use corpus_model::rust_decimal::Decimal;
use corpus_model::{BlockKind, Mention, Quantity, QuantityKind};

use self::words::Words;
pub(crate) use self::words::{ROLES, UNITS};
use crate::number::{Numbers, Numeral};
use crate::pack::Pack;
use crate::token::{Claims, TokenKind, Tokens};
use crate::vocabulary::{Starts, Vocabulary};

/// The rules that find quantities.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    words: Words,
}

/// A number with its unit, before it is known whether a range follows.
#[derive(Clone, Debug)]
struct Amount {
    number: Numeral,
    value: Decimal,
    unit: Option<Unit>,
    /// The first token, that of a currency in front of the number included.
    start: usize,
    /// The token behind the last.
    end: usize,
}

/// A unit as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Unit {
    name: String,
    kind: QuantityKind,
}

/// What the readers of the parts of a quantity look at.
type Reader<'a, 'd> = crate::reader::Reader<'a, 'd, Words>;

/// A quantity begins with a number, or a currency or word in front of one.
const BEGINS: Starts = Starts::NUMBER.and(Starts::NUMERAL).and(Starts::QUANTITY);

impl Rules {
    pub(crate) fn new(vocabulary: &mut Vocabulary, pack: &Pack) -> Rules {
        Rules { words: Words::new(vocabulary, pack) }
    }

    /// Adds the quantities of the content blocks; `claims` are the tokens of dates and directives.
    pub(crate) fn find(
        &self,
        tokens: &Tokens<'_>,
        numbers: &Numbers,
        claims: &Claims,
        found: &mut Vec<Mention>,
    ) {
        let reader = Reader { words: &self.words, numbers, tokens };
        for run in tokens.runs(BlockKind::is_content) {
            let mut at = run.start;
            loop {
                at = tokens.seek(at..run.end, BEGINS);
                if at >= run.end {
                    break;
                }
                // Most dashes are no minus.
                let dash = matches!(tokens.get(at).kind, TokenKind::Mark('-' | '−'));
                let may_begin = tokens.starts(at).meets(Starts::NUMBER.and(Starts::QUANTITY))
                    && (!dash || tokens.get(at + 1).is_number())
                    || numbers.is_word(tokens, at)
                    || numbers.is_halved(tokens, at);
                let quantity = (may_begin && !claims.contains(at))
                    .then(|| reader.quantity(at, claims))
                    .flatten();
                at = match quantity {
                    Some((mention, end)) => {
                        found.push(mention);
                        end.max(at + 1)
                    }
                    // The digits of a number that says nothing are not looked at one by one.
                    None if may_begin => reader.behind_number(at),
                    None => at + 1,
                };
            }
        }
    }
}

impl Reader<'_, '_> {
    /// The quantity that begins at `at`, and the token behind it.
    fn quantity(self, at: usize, claims: &Claims) -> Option<(Mention, usize)> {
        if let Some((number, end)) = self.ordinal(at) {
            let quantity = Quantity {
                number,
                to: None,
                unit: None,
                kind: QuantityKind::Ordinal,
                approximate: false,
                per: None,
            };
            return Some((Mention::new(self.tokens.span(at..end), quantity), end));
        }
        if let Some(found) = self.share(at).or_else(|| self.about(at)) {
            return (!(at..found.1).any(|at| claims.contains(at))).then_some(found);
        }
        let first = self.amount(at)?;
        if (first.start..first.end).any(|at| claims.contains(at)) {
            return None;
        }
        let first = self.changed(first);
        let (from, to) = match self.range(&first) {
            Some((from, to)) if !(to.start..to.end).any(|at| claims.contains(at)) => {
                (from, Some(to))
            }
            _ => (first.value, None),
        };
        let last = to.as_ref().unwrap_or(&first);
        let unit = last.unit.clone();
        let scaled = last.number.scaled && last.number.words < 9;
        if unit.is_none() && !scaled && !self.is_worth_telling(&first, last.end) {
            return None;
        }
        let kind = unit.as_ref().map_or(QuantityKind::Count, |it| it.kind);
        let per = match &unit {
            Some(unit) => self.per(unit, last.end),
            None => self.rate(last.end),
        };
        let quantity = Quantity {
            number: from.normalize(),
            to: to.as_ref().map(|it| it.value.normalize()),
            kind,
            approximate: self.is_approximate(first.start),
            per: per.as_ref().map(|(name, _)| name.clone()),
            unit: unit.map(|it| it.name),
        };
        let span = self.tokens.span(first.start..last.end);
        // What the amount is for is no amount of its own: `18.000 đồng một kg`.
        Some((Mention::new(span, quantity), per.map_or(last.end, |it| it.1)))
    }

    /// `hai ba người`, `bảy tám mươi hộ`: about so many.
    fn about(self, at: usize) -> Option<(Mention, usize)> {
        let (from, number) = self.numbers.about(self.tokens, at)?;
        if self.words.is_label(self.tokens, at) {
            return None;
        }
        let (unit, end) = self.unit(&number)?;
        let per = self.per(&unit, end);
        let quantity = Quantity {
            number: from.normalize(),
            to: Some(number.value.normalize()),
            kind: unit.kind,
            approximate: true,
            per: per.as_ref().map(|(name, _)| name.clone()),
            unit: Some(unit.name),
        };
        let span = self.tokens.span(at..end);
        Some((Mention::new(span, quantity), per.map_or(end, |it| it.1)))
    }

    /// A number with its unit, if it has one.
    fn amount(self, at: usize) -> Option<Amount> {
        if let Some((unit, number_at)) = self.currency_in_front(at) {
            let number = self.numbers.parse(self.tokens, number_at)?;
            let end = number.end;
            return Some(Amount { number, value: number.value, unit: Some(unit), start: at, end });
        }
        if !self.may_stand(at) || self.words.no_number.longest(self.tokens.ids(at)).is_some() {
            return None;
        }
        let number = self.numbers.parse(self.tokens, at)?;
        let labelled = self.words.is_label(self.tokens, at);
        let (unit, end) = match self.unit(&number) {
            Some((unit, end)) => (Some(unit), end),
            None => (None, number.end),
        };
        // `Điều 5` names, and `cấp 3 tỷ đồng` counts all the same.
        if labelled && !unit.as_ref().is_some_and(|unit| self.defies_label(unit, &number, at)) {
            return None;
        }
        if self.numbers.is_doubtful(self.tokens, &number, at) && !self.is_alone(at, end) {
            return None;
        }
        // A glued letter or slash that is no unit makes a symbol of the digits.
        let plain = Amount { number, value: number.value, unit: None, start: at, end };
        let next = self.tokens.get(end);
        let goes_on = unit.is_none()
            && next.glued
            && !(number.scaled && self.rate(end).is_some())
            && (next.is_word() && number.words == 0
                || matches!(next.kind, TokenKind::Mark('/' | '-' | '_' | '@' | ':'))
                    && self.tokens.get(end + 1).glued
                    && !self.joins_amounts(end, &plain));
        if goes_on {
            return None;
        }
        let mut value = self.value(&number, unit.as_ref());
        let mut end = end;
        // `1m75`, `1 mét 7`
        if value.is_integer()
            && let Some((rest, behind)) =
                unit.as_ref().and_then(|unit| self.rest_of_metre(unit, end))
        {
            value = value.checked_add(rest)?;
            end = behind;
        }
        // `2 năm rưỡi`
        if unit.is_some() && self.numbers.is_half(self.tokens, end) && !number.scaled {
            value = value.checked_add(Decimal::new(5, 1))?;
            end += 1;
        }
        Some(Amount { number, value, unit, start: at, end })
    }

    /// The value that the unit decides between: people and coins are whole, so `50,000 người` are
    /// fifty thousand; a measure is written with three decimals as soon as with three digits.
    fn value(self, number: &Numeral, unit: Option<&Unit>) -> Decimal {
        let whole =
            unit.is_some_and(|unit| matches!(unit.kind, QuantityKind::Count | QuantityKind::Money));
        number.thousands.filter(|_| whole && !number.scaled).unwrap_or(number.value)
    }

    /// Whether a number with this unit counts even behind a word that names things by numbers.
    fn defies_label(self, unit: &Unit, number: &Numeral, at: usize) -> bool {
        match unit.kind {
            QuantityKind::Money | QuantityKind::Percent => true,
            // `phòng công chứng số 7 ký hợp đồng`
            QuantityKind::Measure => {
                unit.name.chars().count() > 1
                    && self.tokens.before(at, 1).id != self.words.ids.number
            }
            _ => number.scaled,
        }
    }

    /// The decimals of a metre behind its sign at `end`: `1m75`, `1 mét 7`.
    fn rest_of_metre(self, unit: &Unit, end: usize) -> Option<(Decimal, usize)> {
        let token = self.tokens.get(end);
        let next = self.tokens.get(end + 1);
        let digits = u32::try_from(token.digits()).ok().filter(|n| (1..=2).contains(n))?;
        // Behind the word, not glued, the digits must end the phrase.
        let ends = next.is_break()
            || matches!(next.kind, TokenKind::Mark('.' | ',' | ';' | ')'))
                && !self.tokens.get(end + 2).glued;
        if unit.name != "m"
            || !(token.glued && !(next.glued && next.is_word()) || !token.glued && ends)
        {
            return None;
        }
        let value = i128::from(self.tokens.number(end)?);
        let value = Decimal::try_from_i128_with_scale(value, digits).ok()?;
        Some((value, end + 1))
    }

    /// Whether nothing glued in front of the number at `at` makes a symbol of it.
    fn may_stand(self, at: usize) -> bool {
        let token = self.tokens.get(at);
        let before = self.tokens.before(at, 1);
        if token.glued {
            let fits = match before.kind {
                TokenKind::Mark(
                    '(' | '[' | '“' | '"' | '‘' | '\'' | '…' | '~' | '>' | '<' | '+' | '±',
                ) => true,
                TokenKind::Mark('-' | '–' | '—' | ',' | ':' | ';' | '.') => {
                    // The second half of something in digits or letters is none of its own.
                    !self.tokens.before(at, 1).glued
                }
                // A blank is missing: `hơn50 người`.
                TokenKind::Word => {
                    before.case == crate::token::Case::Lower && before.span.len() > 3
                }
                _ => false,
            };
            if !fits {
                return false;
            }
        }
        true
    }

    /// Whether a number without a unit is told all the same: it stands alone in its block, it has a
    /// multiplier, or is written in words long enough to be nothing else.
    fn is_worth_telling(self, amount: &Amount, end: usize) -> bool {
        self.is_alone(amount.start, end)
            || amount.number.scaled && amount.number.words < 9
            || amount.number.words >= 3
    }

    /// Whether nothing else stands in the block.
    fn is_alone(self, start: usize, end: usize) -> bool {
        let mut behind = end;
        while matches!(self.tokens.get(behind).kind, TokenKind::Mark('.' | '!' | '?')) {
            behind += 1;
        }
        self.tokens.before(start, 1).is_break() && self.tokens.get(behind).is_break()
    }

    fn is_approximate(self, at: usize) -> bool {
        (1..=3).any(|back| {
            at.checked_sub(back).is_some_and(|start| {
                self.words
                    .about
                    .longest(self.tokens.ids(start))
                    .is_some_and(|(n, ())| start + n == at)
            })
        })
    }

    /// What one such amount is for, and the token behind it: `/căn`, `mỗi tháng`, `một kg`,
    /// `/người/tháng`.
    fn per(self, unit: &Unit, at: usize) -> Option<(String, usize)> {
        let token = self.tokens.get(at);
        if token.is_mark('/') {
            return self.rate(at);
        }
        let priced = matches!(unit.kind, QuantityKind::Money | QuantityKind::Measure);
        let one = priced && self.numbers.is_one(self.tokens, at);
        let each = token.is_word() && self.words.each.longest(self.tokens.ids(at)).is_some();
        (one || each).then(|| self.rated(at + 1))?
    }

    /// What stands behind the slash at `at`, and behind the slashes that follow.
    fn rate(self, at: usize) -> Option<(String, usize)> {
        let (mut name, mut end) = (String::new(), at);
        while self.tokens.get(end).is_mark('/') {
            let place = end + 1;
            let Some((part, behind)) = self.rated(place).or_else(|| {
                let word = self.tokens.get(place).is_word();
                word.then(|| (self.tokens.str(place).to_owned(), place + 1))
            }) else {
                break;
            };
            if !name.is_empty() {
                name.push('/');
            }
            name.push_str(&part);
            end = behind;
        }
        (!name.is_empty()).then_some((name, end))
    }

    /// The unit or noun at `at` that something is counted by, and the token behind it.
    fn rated(self, at: usize) -> Option<(String, usize)> {
        let counted = self.words.counted.longest(self.tokens.ids(at));
        let named = self.words.units.longest(self.tokens.ids(at));
        match (named, counted) {
            (Some((n, (name, sort))), counted) if counted.is_none_or(|(m, ())| m <= n) => {
                if sort.kind == QuantityKind::Measure {
                    return Some(self.power(name.clone(), at + n));
                }
                Some((self.tokens.slice(self.tokens.span(at..at + n)).to_owned(), at + n))
            }
            (_, Some((n, ()))) => {
                Some((self.tokens.slice(self.tokens.span(at..at + n)).to_owned(), at + n))
            }
            _ => None,
        }
    }

    /// The token behind the number, or behind the digits and marks, that begin at `at`.
    fn behind_number(self, at: usize) -> usize {
        if let Some(number) = self.numbers.parse(self.tokens, at) {
            return number.end.max(at + 1);
        }
        let mut end = at + 1;
        while self.tokens.get(end).glued
            && (self.tokens.get(end).is_number()
                || matches!(self.tokens.get(end).kind, TokenKind::Mark('.' | ',' | '/'))
                    && self.tokens.get(end + 1).glued
                    && self.tokens.get(end + 1).is_number())
        {
            end += 1;
        }
        end
    }
}
