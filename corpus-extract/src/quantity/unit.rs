//! Units behind a number, and currencies in front of it.

use corpus_model::QuantityKind;
use corpus_model::rust_decimal::Decimal;

use super::words::Sort;
use super::{Reader, Unit};
use crate::number::Numeral;
use crate::token::{Case, TokenKind};
use crate::vocabulary::Id;

/// Coins are counted up to here; more `đồng` are an amount of money.
const FEW_COINS: u32 = 1000;

impl Reader<'_, '_> {
    /// The unit behind a number, and the token behind the unit.
    pub(super) fn unit(self, number: &Numeral) -> Option<(Unit, usize)> {
        let at = number.end;
        let token = self.tokens.get(at);
        if let TokenKind::Mark(mark) = token.kind {
            return self.sign(mark, at);
        }
        if !token.is_word() {
            return None;
        }
        if self.words.no_unit.longest(self.tokens.ids(at)).is_some() {
            return None;
        }
        let counted = self.words.counted.longest(self.tokens.ids(at));
        let unit = self.words.units.longest(self.tokens.ids(at));
        // `Ảnh 1Bí thư …`: a number that a caption ends with counts nothing.
        if token.glued && token.case == Case::Capital && unit.is_none() {
            return None;
        }
        // `3 đồng tiền cổ` are coins, `5.000 đồng tiền vé` and `2 tỷ đồng tiền mặt` money.
        if let Some((n, ())) = self.words.coins.longest(self.tokens.ids(at)) {
            let few = !number.scaled && number.value < Decimal::from(FEW_COINS);
            return if few {
                self.noun(number, at, n)
            } else {
                let (n, (name, sort)) = unit?;
                self.named(number, at, n, name, *sort)
            };
        }
        // `hai phần ba`, `3 phần 4` are shares.
        if token.id == self.words.ids.part
            && (self.tokens.get(at + 1).is_number()
                || self.numbers.is_word(self.tokens, at + 1) && unit.is_none())
        {
            return None;
        }
        // `5 héc-ta`
        if unit.is_none()
            && let Some((name, sort, end)) = self.hyphenated(at)
        {
            let (name, end) = self.power(name, end);
            return Some((Unit { name, kind: sort.kind }, end));
        }
        // `500 chân dung` are no feet: a longer word with the same beginning is what is counted.
        if let Some((n, ())) = self.words.compounds.longest(self.tokens.ids(at))
            && counted.is_none_or(|(m, ())| m < n)
            && unit.is_none_or(|(m, _)| m < n)
        {
            return self.noun(number, at, n);
        }
        match (counted, unit) {
            // `3 đồng chí` are no money: the longer phrase counts.
            (Some((n, ())), Some((m, _))) if n > m => self.noun(number, at, n),
            (_, Some((n, (name, sort)))) => self.named(number, at, n, name, *sort),
            (Some((n, ())), None) => self.noun(number, at, n),
            (None, None) => None,
        }
    }

    /// A unit written with hyphens, `ki-lô-mét`, and the token behind it.
    fn hyphenated(self, at: usize) -> Option<(String, Sort, usize)> {
        let mut ids = [Id::NONE; 5];
        let mut ends = [at; 5];
        let mut end = at;
        for (slot, behind) in ids.iter_mut().zip(&mut ends) {
            let token = self.tokens.get(end);
            if !token.is_word() {
                break;
            }
            (*slot, *behind) = (token.id, end + 1);
            let hyphen = self.tokens.get(end + 1);
            // `ki-lô-mét vuông`: behind the hyphens a blank may stand.
            let joined = hyphen.is_mark('-') && hyphen.glued && self.tokens.get(end + 2).glued;
            end += if joined { 2 } else { 1 };
        }
        let (n, (name, sort)) = self.words.units.longest(ids).filter(|(n, _)| *n > 1)?;
        Some((name.clone(), *sort, *ends.get(n - 1)?))
    }

    /// `%`, `$`, `°C`.
    fn sign(self, mark: char, at: usize) -> Option<(Unit, usize)> {
        let unit = |name: &str, kind| Unit { name: name.to_owned(), kind };
        Some(match mark {
            '%' => (unit("%", QuantityKind::Percent), at + 1),
            '‰' => (unit("‰", QuantityKind::Percent), at + 1),
            '$' => (unit("USD", QuantityKind::Money), at + 1),
            '€' => (unit("EUR", QuantityKind::Money), at + 1),
            '£' => (unit("GBP", QuantityKind::Money), at + 1),
            '¥' => (unit("JPY", QuantityKind::Money), at + 1),
            '₫' => (unit("VND", QuantityKind::Money), at + 1),
            '₹' => (unit("INR", QuantityKind::Money), at + 1),
            '°' | 'º' => {
                let letter = self.tokens.str(at + 1);
                match letter {
                    "C" | "c" => (unit("°C", QuantityKind::Measure), at + 2),
                    "F" | "f" => (unit("°F", QuantityKind::Measure), at + 2),
                    _ => (unit("°", QuantityKind::Measure), at + 1),
                }
            }
            _ => return None,
        })
    }

    fn named(
        self,
        number: &Numeral,
        at: usize,
        n: usize,
        name: &str,
        sort: Sort,
    ) -> Option<(Unit, usize)> {
        let mut end = at + n;
        let glued = self.tokens.get(at).glued;
        if sort.glued_only && !glued {
            return None;
        }
        // `4G`, `5M`: a capital is another unit, or none.
        if n == 1 && matches!(self.tokens.str(at), "G" | "M" | "D" | "K") {
            return None;
        }
        // `nửa đêm` is a time.
        if self.numbers.is_halved(self.tokens, at - 1)
            && self.words.ids.night == self.tokens.get(at).id
        {
            return None;
        }
        // A letter more makes another word of a glued unit: `5kgs` is a misspelling, `12mg5` none.
        if self.tokens.get(end).glued && self.tokens.get(end).is_word() {
            return None;
        }
        // A capital starts a name: `2 Tuần Giáo` are no weeks.
        let letters = self.tokens.str(at).chars().count();
        let name_follows = self.tokens.get(at).case == Case::Capital && letters > 1;
        if name_follows && self.tokens.get(end).is_capitalised() {
            return None;
        }
        if sort.kind == QuantityKind::Duration && !self.is_length(number, end) {
            return None;
        }
        let mut name = name.to_owned();
        if sort.kind == QuantityKind::Measure {
            (name, end) = self.power(name, end);
            // `km/h`, `cm trên giây`
            if let Some((per, behind)) = self.speed(end) {
                name = format!("{name}/{per}");
                end = behind;
            }
        }
        Some((Unit { name, kind: sort.kind }, end))
    }

    /// Whether a number and a unit of time are a length and not a date: `tháng`, `năm` and `ngày`
    /// behind a number are, unless the number names a day in front of `tháng`.
    fn is_length(self, number: &Numeral, end: usize) -> bool {
        // `năm năm` is five years, but `năm tháng` are months and years.
        let lone_five = number.words == 1 && self.numbers.is_five(self.tokens, number.end - 1);
        !(lone_five && self.tokens.get(end).is_word())
    }

    /// The square and cube of a measure: `m2`, `km²`.
    pub(super) fn power(self, name: String, end: usize) -> (String, usize) {
        let token = self.tokens.get(end);
        let power = match (token.kind, self.tokens.str(end)) {
            (TokenKind::Number, "2") | (TokenKind::Mark('²'), _) if token.glued => '²',
            (TokenKind::Number, "3") | (TokenKind::Mark('³'), _) if token.glued => '³',
            _ => return (name, end),
        };
        if !matches!(name.as_str(), "m" | "km" | "cm" | "mm" | "dm") {
            return (name, end);
        }
        (format!("{name}{power}"), end + 1)
    }

    /// A unit of time under a measure: `/h`, `/giờ`, `trên giây`.
    fn speed(self, at: usize) -> Option<(String, usize)> {
        let token = self.tokens.get(at);
        let on = token.is_word() && token.id == self.words.ids.on;
        if !(on || token.is_mark('/') && token.glued) {
            return None;
        }
        if token.is_mark('/') && self.tokens.str(at + 1) == "s" {
            return Some(("s".to_owned(), at + 2));
        }
        let (n, (name, sort)) = self.words.units.longest(self.tokens.ids(at + 1))?;
        let short = match name.as_str() {
            "giờ" => "h",
            "giây" => "s",
            other => other,
        };
        let time =
            sort.kind == QuantityKind::Duration && matches!(name.as_str(), "giờ" | "giây" | "phút");
        time.then(|| (short.to_owned(), at + 1 + n))
    }

    /// A noun that is counted, `n` tokens long.
    fn noun(self, number: &Numeral, at: usize, n: usize) -> Option<(Unit, usize)> {
        // `một người` is somebody, and `năm học` a year; `Năm người` opens a sentence.
        let first = number.end - 1;
        if number.words == 1 && number.end > 0 {
            let opens = !matches!(
                self.tokens.before(first, 1).kind,
                TokenKind::Word | TokenKind::Number | TokenKind::Mark(',')
            );
            let one = self.numbers.is_one(self.tokens, first);
            if one || self.numbers.is_five(self.tokens, first) && !opens {
                return None;
            }
        }
        let shared = self.words.share.longest(self.tokens.ids(at)).is_some_and(|it| it.0 == n);
        if !number.value.is_integer() && number.thousands.is_none() && !shared {
            return None;
        }
        let mut end = at + n;
        if self.words.classify.longest(self.tokens.ids(at)).is_some_and(|(length, ())| length == n)
            && let Some((more, ())) = self.words.counted.longest(self.tokens.ids(end))
        {
            end += more;
        }
        let name = self.tokens.slice(self.tokens.span(at..end));
        Some((Unit { name: corpus_text::key(name).into_owned(), kind: QuantityKind::Count }, end))
    }

    /// A currency in front of a number (`$10`, `USD 1,23`, `VN$1000`), and the number's token.
    pub(super) fn currency_in_front(self, at: usize) -> Option<(Unit, usize)> {
        let token = self.tokens.get(at);
        if let TokenKind::Mark(mark @ ('$' | '€' | '£' | '¥' | '₫' | '₹')) = token.kind {
            let number = self.tokens.get(at + 1);
            let (unit, _) = self.sign(mark, at)?;
            let free = !token.glued || self.opens(at);
            return (number.is_number() && number.glued && free).then_some((unit, at + 1));
        }
        if !token.is_word() {
            return None;
        }
        let money = |name: &str| Unit { name: name.to_owned(), kind: QuantityKind::Money };
        let sign = self.tokens.get(at + 1);
        if sign.is_mark('$') && sign.glued && self.tokens.get(at + 2).is_number() {
            let name = match self.tokens.str(at) {
                "VN" => "VND",
                "US" => "USD",
                "A" | "AU" => "AUD",
                "C" | "CA" => "CAD",
                "S" => "SGD",
                "HK" => "HKD",
                _ => return None,
            };
            return Some((money(name), at + 2));
        }
        // `Rs. 20`, `USD1,23`; in lower case these are other words.
        let (n, (name, sort)) = self.words.units.longest(self.tokens.ids(at))?;
        if sort.kind != QuantityKind::Money || token.case == Case::Lower || token.span.len() > 3 {
            return None;
        }
        let place = at + n + usize::from(self.tokens.get(at + n).is_mark('.'));
        self.tokens.get(place).is_number().then(|| (money(name), place))
    }

    fn opens(self, at: usize) -> bool {
        matches!(self.tokens.before(at, 1).kind, TokenKind::Mark('(' | '-' | '–' | '“' | '"'))
    }
}
