//! Numbers with symbols: `25-NQ/TW`, `30/2020/NĐ-CP`, `11/2016/UBTVQH13`.
//!
//! A symbol is one or more groups of letters between hyphens and slashes. Behind the word for a
//! type any group will do; alone in a text a symbol must hold a type or body of the gazetteers, or
//! weapons (`GAU-22/A`), trains (`SE 1/SE 2`) and fuels (`RON 95-III`) would be directives.

use std::ops::Range;

use super::lexicon::{Body, Kind, Lexicon};
use crate::token::{Case, Token, TokenKind, Tokens};

/// The number of a directive as far as it goes.
#[derive(Clone, Debug, Default)]
pub(super) struct Number<'l> {
    pub(super) number: u32,
    pub(super) year: Option<i32>,
    /// Number and symbol without blanks and with plain hyphens.
    pub(super) text: String,
    pub(super) symbol: Option<String>,
    /// The type that the symbol names.
    pub(super) kind: Option<&'l Kind>,
    /// The bodies that the symbol names.
    pub(super) issuers: Vec<Issuer<'l>>,
    /// The token behind it.
    pub(super) end: usize,
}

/// A body that a symbol names.
#[derive(Clone, Debug)]
pub(super) struct Issuer<'l> {
    /// The bodies that use the code, the likeliest first; never empty.
    pub(super) bodies: &'l [Body],
    /// The letters of a place behind the code: QN of `TUQN`.
    place: String,
}

impl Issuer<'_> {
    fn name(&self) -> String {
        let name = self.bodies.first().map_or("", |body| &*body.name);
        if self.place.is_empty() { name.to_owned() } else { format!("{name} {}", self.place) }
    }
}

impl Number<'_> {
    /// Who issued it by its symbol; a joint circular has several, and so has a directive of two
    /// committees of one kind: `26-KL/TUQN-TUĐN`.
    pub(super) fn issuer(&self) -> Option<String> {
        let joint = self.kind.is_some_and(Kind::is_joint)
            || self.issuers.len() > 1 && self.issuers.iter().all(|it| !it.place.is_empty());
        let central = self.kind.and_then(Kind::central).filter(|_| self.is_central());
        if let Some(central) = central {
            return Some(central.to_owned());
        }
        let shown = if joint { self.issuers.len() } else { 1 };
        let names: Vec<String> = self.issuers.iter().take(shown).map(Issuer::name).collect();
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// Whether the symbol says only that a body of the Party's centre issued it: `NQ/TW`.
    fn is_central(&self) -> bool {
        self.symbol
            .as_ref()
            .is_some_and(|it| it.split(['/', '-']).any(|group| matches!(group, "TW" | "TƯ" | "Tw")))
    }

    /// Whether a directive with this symbol may come from the body that is named so.
    pub(super) fn goes_with(&self, named: &str) -> bool {
        let goes = |named: &str| {
            self.issuers.iter().flat_map(|it| it.bodies).any(|body| body.goes_with(named))
        };
        // Of several issuers each, but names hold commas too.
        self.issuers.is_empty() || goes(named) || named.split(", ").all(goes)
    }
}

/// What vouches for a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// The word for a type stands in front.
    Head,
    /// `số` stands in front.
    So,
    /// Nothing does.
    Alone,
}

/// Whether a symbol can follow the number at a token: most numbers of a text are none, and are
/// passed over here.
pub(super) fn may_have_symbol(tokens: &Tokens<'_>, at: usize) -> bool {
    let next = tokens.get(at + 1);
    separator_of(next).is_some() || next.is_word() && separator_of(tokens.get(at + 2)).is_some()
}

/// The number that begins at a token, with its symbol if it has one.
///
/// None when there is no number, or when what is glued to it makes it something else: a date, a
/// fraction, a number of a house.
pub(super) fn parse<'l>(
    lexicon: &'l Lexicon,
    tokens: &Tokens<'_>,
    at: usize,
    trust: Trust,
) -> Option<Number<'l>> {
    // Longer runs of digits number accounts and telephones.
    let number = tokens.number(at).filter(|_| tokens.get(at).digits() <= 7)?;
    let mut text = tokens.str(at).to_owned();
    let mut year = None;
    let mut symbol = Symbol::default();
    let mut end = at + 1;
    // `30c/NQ-CP`: a number put between two others.
    let letter = tokens.get(end);
    if letter.glued
        && letter.case == Case::Lower
        && letter.is_word()
        && letter.span.len() <= 2
        && separator_of(tokens.get(end + 1)).is_some()
    {
        text.push_str(tokens.str(end));
        end += 1;
    }
    loop {
        let separator = tokens.get(end);
        let lost = symbol.groups == 0 && hyphen_lost(lexicon, tokens, end);
        let Some(mark) = separator_of(separator).or(lost.then_some('-')) else { break };
        let part = if lost { end } else { end + 1 };
        let spaced = lost || !separator.glued || !tokens.get(part).glued;
        if !symbol.may_go_on(lexicon, tokens, part, spaced) {
            break;
        }
        let token = tokens.get(part);
        if symbol.groups == 0 && year.is_none() && token.is_number() {
            year = Some(year_of(tokens, part)?);
            text.push(mark);
            text.push_str(tokens.str(part));
            end = part + 1;
        } else if let Some(group_end) = group(lexicon, tokens, part) {
            symbol.push(lexicon, tokens, part..group_end, mark, spaced);
            end = group_end;
            // `QH 13` is written for `QH13`.
            if ["QH", "UBTVQH"].contains(&tokens.str(part)) && tokens.get(end).digits() == 2 {
                symbol.text.push_str(tokens.str(end));
                end += 1;
            }
        } else {
            break;
        }
    }
    if symbol.groups == 0 {
        // `30/4`, `1.600` and `15-20` are other things; `42/2017` is number and year.
        let next = tokens.get(end);
        let joined =
            next.glued && matches!(next.kind, TokenKind::Mark('/' | '-' | '.' | ',' | '%' | ':'));
        if joined && tokens.get(end + 1).glued || next.is_mark('%') || next.is_word() && next.glued
        {
            return None;
        }
        return Some(Number { number, year, text, end, ..Number::default() });
    }
    if !symbol.is_trusted(trust, year.is_some()) {
        return None;
    }
    // `3546/UBND-VP` is a letter; `11/2016/UBTVQH13` names the body that passes laws.
    let letter = symbol.letter && symbol.kind.is_none() && symbol.groups > 1;
    let kind = symbol.kind.or_else(|| lexicon.kind_of_code("CV").filter(|_| letter));
    text.push(symbol.first_mark);
    text.push_str(&symbol.text);
    let (symbol, issuers) = (Some(symbol.text), symbol.issuers);
    Some(Number { number, year, text, symbol, kind, issuers, end })
}

/// The hyphens and the slash that stand between the parts, as `-` and `/`.
fn separator_of(token: Token) -> Option<char> {
    match token.kind {
        TokenKind::Mark('-' | '–' | '—' | '‑' | '‐' | '−') => Some('-'),
        TokenKind::Mark('/' | '∕') => Some('/'),
        _ => None,
    }
}

/// `19 KL/TW` is written for `19-KL/TW`: a type's abbreviation right behind the number, and a
/// separator behind that.
fn hyphen_lost(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.get(at).is_word()
        && separator_of(tokens.get(at + 1)).is_some()
        && tokens.get(at + 2).is_word()
        // `62 KL / TW`: between blanks only where a body follows.
        && (tokens.get(at + 1).glued || !bodies_of(lexicon, &code(tokens.str(at + 2))).is_empty())
        && lexicon.kind_of_code(&code(tokens.str(at))).is_some()
}

fn year_of(tokens: &Tokens<'_>, at: usize) -> Option<i32> {
    let year = tokens.number(at).filter(|_| tokens.get(at).digits() == 4)?;
    (1945..2100).contains(&year).then_some(year as i32)
}

/// The end of a group of letters, with digits and `&` glued inside: `QH14`, `LĐTB&XH`.
fn group(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let first = tokens.get(at);
    let letters = tokens.str(at);
    let fits = first.is_word()
        && match first.case {
            Case::Upper | Case::Mixed => true,
            Case::Capital => first.glued && letters.chars().count() <= 4,
            Case::Lower => {
                let code = code(letters);
                first.glued
                    && (lexicon.kind_of_code(&code).is_some()
                        || !lexicon.bodies_of_code(&code).is_empty())
            }
        };
    if !fits {
        return None;
    }
    let mut end = at + 1;
    while tokens.get(end).glued
        && (tokens.get(end).is_number()
            || tokens.get(end).is_word()
            || tokens.get(end).is_mark('&') && tokens.get(end + 1).glued)
    {
        end += 1;
    }
    Some(end)
}

/// A group as the gazetteers write it.
fn code(letters: &str) -> String {
    let letters = letters.replace(['Ð', 'ð'], "Đ");
    if letters.chars().all(|letter| !letter.is_uppercase()) {
        letters.to_uppercase()
    } else {
        letters
    }
}

/// A symbol as far as it was read.
#[derive(Debug, Default)]
struct Symbol<'l> {
    text: String,
    first_mark: char,
    groups: usize,
    /// The letters of the longest group.
    letters: usize,
    spaced: bool,
    kind: Option<&'l Kind>,
    issuers: Vec<Issuer<'l>>,
    /// Whether a body comes first, as in letters: `3546/UBND-VP`.
    letter: bool,
}

impl<'l> Symbol<'l> {
    /// Whether the next part may belong to it, by the blanks around the separator.
    ///
    /// Some texts set all separators between blanks (`748 / QĐ - UBND`); where the first ones are
    /// tight, a dash between blanks is a dash.
    fn may_go_on(&self, lexicon: &Lexicon, tokens: &Tokens<'_>, part: usize, spaced: bool) -> bool {
        if !spaced {
            return true;
        }
        let known = || {
            let code = code(tokens.str(part));
            lexicon.kind_of_code(&code).is_some() || !bodies_of(lexicon, &code).is_empty()
        };
        match self.groups {
            0 => tokens.get(part).is_number() || tokens.get(part).is_word(),
            1 => self.spaced || known(),
            _ => self.spaced && tokens.str(part).chars().count() > 1,
        }
    }

    fn push(
        &mut self,
        lexicon: &'l Lexicon,
        tokens: &Tokens<'_>,
        range: Range<usize>,
        mark: char,
        spaced: bool,
    ) {
        let written = tokens.slice(tokens.span(range));
        if self.groups == 0 {
            self.first_mark = mark;
            self.spaced = spaced;
        } else {
            self.text.push(mark);
        }
        self.text.push_str(written);
        self.groups += 1;
        self.letters = self.letters.max(written.chars().filter(|it| it.is_alphabetic()).count());
        let code = code(written);
        match lexicon.kind_of_code(&code) {
            Some(kind) if self.kind.is_none() => self.kind = Some(kind),
            _ => {
                let issuer = issuer_of(lexicon, &code);
                self.letter |= self.groups == 1 && issuer.is_some();
                self.issuers.extend(issuer);
            }
        }
    }

    fn is_trusted(&self, trust: Trust, year: bool) -> bool {
        let known = self.kind.is_some() || !self.issuers.is_empty();
        self.letters >= 2
            && match trust {
                Trust::Head => true,
                Trust::So => known || self.groups >= 2 && !self.spaced,
                // `45/LCT`: one group that says all, but not `12/TT`.
                Trust::Alone => {
                    known && (self.groups >= 2 || year || self.kind.is_some() && self.letters > 2)
                }
            }
    }
}

/// The bodies of a code; the number of a legislature behind it is passed over: `QH14`, `QHK4`.
pub(super) fn bodies_of<'l>(lexicon: &'l Lexicon, code: &str) -> &'l [Body] {
    let letters = code.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let legislature = letters.strip_suffix('K').filter(|_| letters.len() < code.len());
    [Some(code), Some(letters), legislature]
        .into_iter()
        .flatten()
        .map(|code| lexicon.bodies_of_code(code))
        .find(|bodies| !bodies.is_empty())
        .unwrap_or_default()
}

fn issuer_of<'l>(lexicon: &'l Lexicon, code: &str) -> Option<Issuer<'l>> {
    let bodies = bodies_of(lexicon, code);
    if !bodies.is_empty() {
        return Some(Issuer { bodies, place: String::new() });
    }
    // A committee of the Party with the letters of its place: `TUQN`.
    let place = code.strip_prefix("TU").or_else(|| code.strip_prefix("HU"))?;
    let fits = (2..=4).contains(&place.chars().count()) && place.chars().all(char::is_uppercase);
    let bodies = lexicon.bodies_of_code(code.get(..2)?);
    (fits && !bodies.is_empty()).then(|| Issuer { bodies, place: place.to_owned() })
}
