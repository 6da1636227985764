//! Numbers as Vietnamese writes them: `1.600`, `17,6 tỷ`, `hai mươi mốt`, `một triệu rưỡi`.
//!
//! [`Numbers::parse`] reads the longest number at a token, in digits, words or both. The value is
//! an exact decimal. Whether the number counts, measures or dates something is for others to say.
//!
//! Two things make number words hard. Many have other meanings (`năm` is five and year, `ba` three
//! and father, `chín` nine and ripe, `không` zero and not), so [`Numeral::words`] tells callers how
//! much evidence there is. And the spoken forms leave words out: `một trăm hai` is 120, `hai triệu
//! ba` 2.3 million, `chín ba` 93.

mod digits;
mod words;

use rust_decimal::Decimal;

use crate::pack::{Pack, Wanted};
use crate::table;
use crate::token::Tokens;
use crate::vocabulary::{Id, Starts, Vocabulary};

/// A number found at a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Numeral {
    /// Its value.
    pub(crate) value: Decimal,
    /// The token behind its last.
    pub(crate) end: usize,
    /// How many of its tokens are number words; 0 for a number in digits.
    pub(crate) words: usize,
    /// Whether a multiplier ends it: `17,6 tỷ`, `3 chục`, `10k`.
    pub(crate) scaled: bool,
    /// The multiplier; one where there is none or there are several.
    pub(crate) factor: Decimal,
    /// Whether it may also be read another way: `50,000` as fifty, or fifty thousand.
    pub(crate) thousands: Option<Decimal>,
}

/// What a number word does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Digit(u8),
    Unit(u8),
    Ten,
    Tens,
    Hundred,
    Scale(u32),
    Pack(u32),
    Link,
    Point,
    Half,
    Halved,
    Minus,
}

/// The roles of `number.tsv`.
pub(crate) const ROLES: &[&str] = &[
    "digit", "unit", "ten", "tens", "hundred", "scale", "pack", "link", "point", "half", "halved",
    "minus",
];

/// What the value of a row should be, where it is something else.
pub(crate) fn wanted(row: &[&str]) -> Option<Wanted> {
    let [_, role, value, ..] = row else { return None };
    let (most, wanted) = match *role {
        "digit" | "unit" => (9, "a digit"),
        "scale" => (18, "a power of ten, up to 18"),
        "pack" => (1000, "a number up to 1000"),
        _ => return None,
    };
    (!value.parse().is_ok_and(|value: u32| value <= most)).then_some((2, wanted))
}

/// The words of numbers.
#[derive(Clone, Debug)]
pub(crate) struct Numbers {
    /// By [`Id::index`].
    roles: Vec<Option<Role>>,
    /// `năm`, five and year.
    five: Id,
    /// `phú`, which makes a person of `tỷ` and `triệu`.
    rich: Id,
    /// `đồng`, the coin.
    coin: Id,
    kilo: [Id; 1],
    million: [Id; 2],
}

impl Numbers {
    pub(crate) fn new(vocabulary: &mut Vocabulary, pack: &Pack) -> Numbers {
        let mut roles = Vec::new();
        for [word, role, value] in table::rows(pack.text("number.tsv")) {
            let id = vocabulary.intern(word);
            vocabulary.begin(Starts::NUMERAL, [id]);
            if roles.len() <= id.index() {
                roles.resize(id.index() + 1, None);
            }
            if let Some(slot) = roles.get_mut(id.index()) {
                *slot = role_of(role, value.parse().unwrap_or(0));
            }
        }
        Numbers {
            roles,
            five: vocabulary.intern("năm"),
            rich: vocabulary.intern("phú"),
            coin: vocabulary.intern("đồng"),
            kilo: [vocabulary.intern("k")],
            million: [vocabulary.intern("tr"), vocabulary.intern("m")],
        }
    }

    /// The number that begins at the token `at`.
    pub(crate) fn parse(&self, tokens: &Tokens<'_>, at: usize) -> Option<Numeral> {
        let token = tokens.get(at);
        if token.is_number() {
            return self.in_digits(tokens, at);
        }
        if token.is_mark('-') || token.is_mark('−') {
            // A minus is glued to the number, and to nothing in front.
            let next = tokens.get(at + 1);
            if next.is_number() && next.glued && !token.glued {
                return self.in_digits(tokens, at + 1).map(negated);
            }
            return None;
        }
        match self.role(tokens, at)? {
            Role::Minus => {
                let number = match tokens.get(at + 1).is_number() {
                    true => self.in_digits(tokens, at + 1)?,
                    false => self.in_words(tokens, at + 1)?,
                };
                Some(Numeral { words: number.words + 1, ..negated(number) })
            }
            Role::Halved => Some(self.halved(tokens, at + 1)),
            _ => self.in_words(tokens, at),
        }
    }

    /// What `nửa` in front of `at` says: `nửa triệu` is 500.000, `nửa năm` half of the unit behind.
    fn halved(&self, tokens: &Tokens<'_>, at: usize) -> Numeral {
        let scaled = self.scales(tokens, at);
        let (factor, end) = scaled.unwrap_or((Decimal::ONE, at));
        Numeral {
            value: factor / Decimal::TWO,
            end,
            words: end + 1 - at,
            scaled: scaled.is_some(),
            factor,
            thousands: None,
        }
    }

    /// Whether `nửa` stands here.
    pub(crate) fn is_halved(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        self.role(tokens, at) == Some(Role::Halved)
    }

    /// Two digits side by side that say about how many, `hai ba`, `năm bảy`: the first, and the
    /// number that begins with the second.
    pub(crate) fn about(&self, tokens: &Tokens<'_>, at: usize) -> Option<(Decimal, Numeral)> {
        let (Role::Digit(first), Role::Digit(second)) =
            (self.role(tokens, at)?, self.role(tokens, at + 1)?)
        else {
            return None;
        };
        if first == 0 || !(first + 1 == second || (first, second) == (5, 7)) {
            return None;
        }
        // `năm sáu tháng` may be a year and its months; `ba năm` are years.
        if tokens.get(at + 1).id == self.five {
            return None;
        }
        let number = self.in_words(tokens, at + 1)?;
        let power = number.value.checked_div(Decimal::from(second))?;
        let round = power == Decimal::ONE || power == Decimal::TEN || number.scaled;
        (round && power.is_integer())
            .then(|| Some((power.checked_mul(Decimal::from(first))?, number)))?
    }

    /// Whether a number word other than a link or point stands here.
    pub(crate) fn is_word(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        !matches!(
            self.role(tokens, at),
            None | Some(Role::Link | Role::Point | Role::Half | Role::Halved | Role::Minus)
        )
    }

    /// Whether a number that begins here says less than its words: `trăm người`, where something like
    /// `hàng` stands before, and `không`, which mostly denies.
    pub(crate) fn is_doubtful(&self, tokens: &Tokens<'_>, number: &Numeral, at: usize) -> bool {
        match self.role(tokens, at) {
            Some(Role::Hundred | Role::Scale(_)) => true,
            Some(Role::Digit(0)) => number.words == 1,
            _ => false,
        }
    }

    /// Whether a word for a digit stands here.
    pub(crate) fn is_digit(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        matches!(self.role(tokens, at), Some(Role::Digit(_)))
    }

    /// Whether a word stands here that a number of items may begin with: `ba`, `mười`, not `tư`.
    pub(crate) fn is_first(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        matches!(self.role(tokens, at), Some(Role::Digit(_) | Role::Ten))
    }

    /// Whether `một` stands here.
    pub(crate) fn is_one(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        self.role(tokens, at) == Some(Role::Digit(1))
    }

    /// Whether `năm` stands here, five or year.
    pub(crate) fn is_five(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        tokens.get(at).id == self.five
    }

    /// Whether `rưỡi` stands here.
    pub(crate) fn is_half(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        self.role(tokens, at) == Some(Role::Half)
    }

    #[inline]
    fn role(&self, tokens: &Tokens<'_>, at: usize) -> Option<Role> {
        if !tokens.starts(at).meets(Starts::NUMERAL) {
            return None;
        }
        let role = self.roles.get(tokens.id(at).index()).copied().flatten();
        // `tỷ phú`, `triệu phú`: a rich man and no number.
        role.filter(|it| !matches!(it, Role::Scale(_)) || tokens.get(at + 1).id != self.rich)
    }
}

fn negated(number: Numeral) -> Numeral {
    Numeral { value: -number.value, thousands: number.thousands.map(|it| -it), ..number }
}

fn role_of(role: &str, value: u32) -> Option<Role> {
    Some(match role {
        "digit" => Role::Digit(value as u8),
        "unit" => Role::Unit(value as u8),
        "ten" => Role::Ten,
        "tens" => Role::Tens,
        "hundred" => Role::Hundred,
        "scale" => Role::Scale(value),
        "pack" => Role::Pack(value),
        "link" => Role::Link,
        "point" => Role::Point,
        "half" => Role::Half,
        "halved" => Role::Halved,
        "minus" => Role::Minus,
        _ => return None,
    })
}

/// Ten to the power of `exponent`; none where a decimal cannot hold it.
fn power_of_ten(exponent: u32) -> Option<Decimal> {
    10_i128.checked_pow(exponent).and_then(|it| Decimal::try_from_i128_with_scale(it, 0).ok())
}

/// A Roman numeral up to 39 in capitals, written as it should be.
pub(crate) fn roman(text: &str) -> Option<u8> {
    let tens = text.bytes().take_while(|it| *it == b'X').count();
    let units = match text.get(tens..)? {
        "" if tens > 0 => 0,
        "I" => 1,
        "II" => 2,
        "III" => 3,
        "IV" => 4,
        "V" => 5,
        "VI" => 6,
        "VII" => 7,
        "VIII" => 8,
        "IX" => 9,
        _ => return None,
    };
    (tens <= 3).then(|| tens as u8 * 10 + units)
}

#[cfg(test)]
mod tests;
