//! Laws, codes and ordinances named by title and year: `Luật Đất đai 2013`, `BLHS`.

use corpus_model::DirectiveRef;

use super::number::{self, Number, Trust};
use super::tail::{Tail, tail};
use super::{Reading, Rules, set_number};
use crate::gazetteer::{longest, longest_joined};
use crate::token::{Case, Tokens};

/// The years of Viet Nam's constitutions.
const CONSTITUTIONS: [i32; 5] = [1946, 1959, 1980, 1992, 2013];

impl Rules {
    /// A law by title and year, or constitution by year: `Luật Đất đai 2013`.
    pub(super) fn law(
        &self,
        tokens: &Tokens<'_>,
        at: usize,
        end: usize,
        reference: &DirectiveRef,
    ) -> Option<Reading> {
        let words = &self.lexicon.words;
        if self.lexicon.is_no_law_after(tokens.before(at, 1).id) {
            return None;
        }
        let titled =
            longest_joined(&self.lexicon.laws, tokens, end).map(|(title_end, ())| title_end);
        let unknown = || {
            // A title of no list counts when a year or number ends it.
            const LONGEST: usize = 14;
            let first = tokens.get(end);
            if !first.is_capitalised() {
                return None;
            }
            (end..end + LONGEST)
                .take_while(|&at| {
                    let token = tokens.get(at);
                    token.is_word() || token.is_mark(',') || token.is_mark('&')
                })
                .find(|&at| {
                    self.law_year(tokens, at + 1).is_some()
                        || self.law_number(tokens, at + 1).is_some()
                })
                .map(|last| last + 1)
        };
        let title_end = titled.or_else(unknown).unwrap_or(end);
        let mut reference = reference.clone();
        let mut law_end = title_end;
        if title_end > end {
            reference.title = Some(tokens.slice(tokens.span(end..title_end)).to_owned());
        }
        if let Some((year, after)) = self.law_year(tokens, law_end) {
            reference.year = Some(year);
            law_end = after;
        } else if tokens.get(law_end).is_mark('(')
            && tokens.get(law_end + 1).id == words.sua
            && let Some(close) = (law_end..law_end + 12).find(|&at| tokens.get(at).is_mark(')'))
        {
            // `Luật Đất đai (sửa đổi) năm 2013`.
            if let Some((year, after)) = self.law_year(tokens, close + 1) {
                reference.year = Some(year);
                law_end = after;
            }
        }
        if let Some((number, after)) = self.law_number(tokens, law_end) {
            set_number(&mut reference, &number);
            law_end = after;
        }
        let settled = reference.year.is_some() || reference.symbol.is_some();
        let capital = tokens.get(at).is_capitalised() || tokens.get(end).is_capitalised();
        let title_only = reference.title.is_some() && capital;
        if !settled && !title_only || reference.title.is_none() && reference.symbol.is_some() {
            return None;
        }
        let constitution = reference.kind.as_deref() == Some("hiến pháp");
        if reference.title.is_none() && !constitution {
            return None;
        }
        // The National Assembly passed the laws of the list; others may be another country's.
        let known = titled.is_some()
            || constitution && reference.year.is_some_and(|year| CONSTITUTIONS.contains(&year));
        if known && reference.kind.as_deref() != Some("pháp lệnh") {
            reference.issuer = Some("Quốc hội".to_owned());
        }
        let tail = tail(&self.lexicon, tokens, law_end, false);
        apply(&mut reference, tail);
        Some(Reading::one(reference, law_end))
    }

    /// An abbreviated law: `BLHS`, `BLHS 2015`.
    pub(super) fn law_code(&self, tokens: &Tokens<'_>, at: usize) -> Option<Reading> {
        if tokens.get(at).case != Case::Upper {
            return None;
        }
        let (end, &(kind, title)) = longest(&self.lexicon.law_codes, tokens, at)?;
        let mut reference = DirectiveRef::default();
        reference.kind = Some(kind.to_owned());
        reference.title = Some(title.to_owned());
        reference.issuer = Some("Quốc hội".to_owned());
        let year = self.law_year(tokens, end);
        reference.year = year.map(|(year, _)| year);
        Some(Reading::one(reference, year.map_or(end, |(_, end)| end)))
    }

    /// `2013`, `năm 2013` behind a law's title.
    fn law_year(&self, tokens: &Tokens<'_>, at: usize) -> Option<(i32, usize)> {
        let words = &self.lexicon.words;
        let mut at = at;
        // `sửa đổi 2014`, `sửa đổi, bổ sung năm 2017`.
        if tokens.get(at).id == words.sua && tokens.get(at + 1).id == words.doi {
            at += 2;
            at += usize::from(tokens.get(at).is_mark(','));
            if tokens.get(at).id == words.bo_ && tokens.get(at + 1).id == words.sung {
                at += 2;
            }
        }
        at += usize::from(tokens.get(at).id == words.nam);
        let year = tokens.number(at).filter(|_| tokens.get(at).digits() == 4)?;
        let next = tokens.get(at + 1);
        let joined = next.glued
            && (next.is_mark('/') || next.is_mark('.'))
            && tokens.get(at + 2).is_number();
        ((1945..2100).contains(&year) && !joined).then_some((year as i32, at + 1))
    }

    /// `số 65/2014/QH13` behind a law's title.
    fn law_number(&self, tokens: &Tokens<'_>, at: usize) -> Option<(Number, usize)> {
        let at = at + usize::from(tokens.get(at).is_mark(','));
        let so = tokens.get(at).id == self.lexicon.words.so;
        let number = number::parse(&self.lexicon, tokens, at + usize::from(so), Trust::So)?;
        let end = number.end;
        (so && number.symbol.is_some()).then_some((number, end))
    }
}

/// Adds what stands behind a law, whose title and issuer are known from elsewhere.
fn apply(reference: &mut DirectiveRef, tail: Tail) {
    reference.date = tail.date;
    reference.year = reference.year.or(tail.year);
    reference.issuer = tail.issuer.or(reference.issuer.take());
}
