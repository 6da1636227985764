//! Laws, codes and ordinances named by title and year: `Luật Đất đai 2013`, `BLHS`.

use corpus_model::DirectiveRef;

use super::lexicon::Kind;
use super::number::{self, Number, Trust};
use super::tail::{Tail, name_end, tail};
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
        kind: &Kind,
        reference: &DirectiveRef,
    ) -> Option<Reading> {
        let words = &self.lexicon.words;
        // `Tòa án Hiến pháp`.
        let court = tokens.before(at, 1).id == words.an && tokens.before(at, 2).id == words.toa;
        if court || self.lexicon.is_no_law_after(tokens.before(at, 1).id) {
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
                    let ends = longest(&self.lexicon.title_words, tokens, at).is_some();
                    // A treaty or foreign act has no list of matters.
                    (token.is_word() && !ends && token.id != words.vao)
                        || token.is_mark(',') && kind.issuer.is_some()
                        || token.is_mark('&')
                })
                .find(|&at| {
                    self.law_year(tokens, at + 1).is_some()
                        || self.law_number(tokens, at + 1).is_some()
                })
                .filter(|&last| tokens.get(last).id != words.tu)
                .map(|last| last + 1)
        };
        // `theo Luật Khuyết tật`: a title of no list that is written like one.
        let named = || {
            let sure = kind.issuer.is_some()
                && tokens.get(at).is_capitalised()
                && tokens.get(end).case == Case::Capital
                && self.lexicon.is_law_after(tokens.before(at, 1).id);
            let title_end = name_end(&self.lexicon, tokens, end);
            // A word that may belong to it leaves open where it ends: `Luật Quản lý tài sản công`.
            let next = tokens.get(title_end);
            let ends = !next.is_word()
                || self.lexicon.may_follow(next.id)
                || longest(&self.lexicon.title_words, tokens, title_end).is_some();
            let dash = (end..title_end).any(|at| tokens.get(at).is_mark('-'));
            (sure && ends && !dash && title_end > end).then_some(title_end)
        };
        let title_end = titled.or_else(unknown).or_else(named).unwrap_or(end);
        let mut reference = reference.clone();
        let mut law_end = title_end;
        if title_end > end {
            reference.title = Some(tokens.slice(tokens.span(end..title_end)).to_owned());
        }
        // `Luật Giao thông đường bộ Việt Nam năm 2008`.
        let country =
            tokens.get(law_end).id == words.viet && tokens.get(law_end + 1).id == words.nam_;
        let year_at = law_end + if country { 2 } else { 0 };
        if let Some((year, after)) = self.law_year(tokens, year_at) {
            reference.year = Some(year);
            law_end = after;
        }
        reference.amended = self.amended(tokens, law_end);
        if let Some((amended, year, after)) = self.amended_between(tokens, law_end)
            && reference.year.is_none()
        {
            // `Luật Đất đai (sửa đổi) năm 2013`.
            reference.year = Some(year);
            reference.amended = amended;
            law_end = after;
        }
        if let Some((number, after)) = self.law_number(tokens, law_end) {
            set_number(&mut reference, &number);
            law_end = after;
        }
        let settled = reference.year.is_some() || reference.symbol.is_some();
        let capital = tokens.get(at).is_capitalised() || tokens.get(end).is_capitalised();
        // `theo luật đất đai`: a title of the list that a preposition says is a law's.
        let known_low = titled.is_some()
            && end == at + 1
            && (self.lexicon.is_law_after(tokens.before(at, 1).id)
                || tokens.before(at, 1).id == words.va)
            && self.ends_law(tokens, title_end);
        let title_only = reference.title.is_some() && (capital || known_low);
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
        let abroad = longest(&self.lexicon.abroad, tokens, law_end).is_some();
        if known && !abroad && kind.issuer.is_some() && reference.issuer.is_none() {
            reference.issuer = kind.issuer.as_deref().map(str::to_owned);
        }
        let tail = tail(&self.lexicon, tokens, law_end, false, false);
        let tail_end = tail.end;
        apply(&mut reference, tail);
        Some(Reading { refs: vec![reference], end: law_end, tail: tail_end, pointer: false })
    }

    /// Whether the title of a law in small letters has ended at `at`.
    fn ends_law(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        let next = tokens.get(at);
        !next.is_word()
            || next.is_capitalised()
            || self.lexicon.may_follow(next.id)
            || longest(&self.lexicon.title_words, tokens, at).is_some()
    }

    /// An abbreviated law: `BLHS`, `BLHS 2015`.
    pub(super) fn law_code(&self, tokens: &Tokens<'_>, at: usize) -> Option<Reading> {
        let (end, (kind, title)) = longest_joined(&self.lexicon.law_codes, tokens, at)?;
        // The abbreviation is the last word: `BLHS`, `Luật BHXH`.
        if !matches!(tokens.before(end, 1).case, Case::Upper | Case::Mixed) {
            return None;
        }
        let mut reference = DirectiveRef::default();
        reference.kind = Some(kind.to_string());
        reference.title = Some(title.to_string());
        reference.issuer = Some("Quốc hội".to_owned());
        let year = self.law_year(tokens, end);
        reference.year = year.map(|(year, _)| year);
        let end = year.map_or(end, |(_, end)| end);
        reference.amended = self.amended(tokens, end);
        Some(Reading::one(reference, end))
    }

    /// The year of the last amendment behind a law: `(sửa đổi, bổ sung năm 2017)`, `SĐBS 2017`.
    fn amended(&self, tokens: &Tokens<'_>, at: usize) -> Option<i32> {
        let words = &self.lexicon.words;
        let at = at + usize::from(tokens.get(at).is_mark('(') || tokens.get(at).is_mark(','));
        let at = at + usize::from(tokens.get(at).id == words.duoc);
        let begins = [words.sua, words.bo_, words.sdbs].contains(&tokens.get(at).id);
        let year = |at: usize| {
            let token = tokens.get(at);
            tokens.number(at).filter(|_| token.digits() == 4 && !tokens.get(at + 1).is_mark('/'))
        };
        let first = (at + 1..at + 8).take_while(|&at| !tokens.get(at).is_break()).find_map(year);
        first.filter(|year| begins && (1945..2100).contains(year)).map(|year| year as i32)
    }

    /// `(sửa đổi) năm 2013`: what stands between brackets, the year behind them, and the token
    /// behind that.
    fn amended_between(&self, tokens: &Tokens<'_>, at: usize) -> Option<(Option<i32>, i32, usize)> {
        if !tokens.get(at).is_mark('(') || tokens.get(at + 1).id != self.lexicon.words.sua {
            return None;
        }
        let close = (at..at + 12).find(|&at| tokens.get(at).is_mark(')'))?;
        let (year, after) = self.law_year(tokens, close + 1)?;
        Some((self.amended(tokens, at), year, after))
    }

    /// `2013`, `năm 2013` behind a law's title.
    fn law_year(&self, tokens: &Tokens<'_>, at: usize) -> Option<(i32, usize)> {
        let words = &self.lexicon.words;
        let mut at = at;
        // `sửa đổi 2014`: the law as amended then.
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
    fn law_number(&self, tokens: &Tokens<'_>, at: usize) -> Option<(Number<'_>, usize)> {
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
