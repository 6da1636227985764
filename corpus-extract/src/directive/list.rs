//! Numbers under one head: `217, 218`, `số 18, 19-NQ/TW`, and what a number without symbol must have
//! around it to be a directive's.

use corpus_model::DirectiveRef;

use super::lexicon::{Kind, Strength};
use super::number::{self, Number, Trust};
use super::tail::{Tail, tail};
use super::{Reading, Rules, set_number, title_text};
use crate::gazetteer::longest;
use crate::token::{Case, TokenKind, Tokens};

/// The word for a type in front of numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head<'l> {
    pub(super) kind: &'l Kind,
    /// Whether `số` stands between.
    pub(super) so: bool,
    pub(super) capitalised: bool,
}

impl Rules {
    /// One or more numbers: `số 25-NQ/TW`, `217, 218`, `18, 19-NQ/TW`.
    pub(super) fn numbers(
        &self,
        tokens: &Tokens<'_>,
        at: usize,
        head: Option<Head<'_>>,
        trust: Trust,
    ) -> Option<Reading> {
        let words = &self.lexicon.words;
        let first = number::parse(&self.lexicon, tokens, at, trust)?;
        if first.symbol.is_none() && !self.stands_bare(tokens, at, &first, head?) {
            return None;
        }
        let mut numbers = vec![first];
        let mut end = numbers.last().map_or(at, |number| number.end);
        // `217, 218`; `số 18 và số 19`. Without a head the next number is found by itself.
        while let Some(head) = head {
            let joined = tokens.get(end).is_mark(',')
                || tokens.get(end).is_mark(';')
                || tokens.get(end).id == words.va;
            let so = tokens.get(end + 1).id == words.so;
            let next = end + 1 + usize::from(so);
            if !joined || !tokens.get(next).is_number() {
                break;
            }
            let Some(number) = number::parse(&self.lexicon, tokens, next, trust) else { break };
            let head = Head { so: so || head.so && number.year.is_none(), ..head };
            let listed = number.symbol.is_some()
                || self.stands_bare(tokens, next, &number, head) && self.ends_list(tokens, &number);
            if !listed {
                break;
            }
            end = number.end;
            numbers.push(number);
        }
        let full = numbers.last().is_some_and(|number| number.symbol.is_some());
        let joint = numbers.iter().any(|number| number.issuers.len() > 1);
        let tail = tail(&self.lexicon, tokens, end, full, joint);
        // A symbol at the end of a list is the symbol of the bare numbers before it.
        let shared = numbers.last().filter(|last| last.symbol.is_some()).cloned();
        let mut refs = Vec::with_capacity(numbers.len());
        for number in &numbers {
            let mut reference = DirectiveRef::default();
            set_number(&mut reference, number);
            let symbol_kind = number.kind.map(|kind| kind.name.to_string());
            let head_kind =
                head.map(|head| head.kind.name.to_string()).filter(|name| !name.is_empty());
            reference.kind = head_kind.or(symbol_kind);
            let mut symbol = number;
            if let Some(shared) = shared.as_ref().filter(|_| number.symbol.is_none()) {
                reference.symbol.clone_from(&shared.symbol);
                symbol = shared;
            }
            let by_kind = || symbol.kind.and_then(|kind| kind.issuer.as_deref());
            let by_symbol = symbol.issuer().or_else(|| by_kind().map(str::to_owned));
            apply_ref(tokens, &mut reference, &tail);
            match &reference.issuer {
                None => reference.issuer = by_symbol,
                Some(named) if !symbol.goes_with(named) => reference.symbol_issuer = by_symbol,
                Some(_) => {}
            }
            refs.push(reference);
        }
        Some(Reading { refs, end, tail: tail.end, pointer: false })
    }

    /// Whether a number without symbol behind a head is a directive's, and counts nothing.
    fn stands_bare(
        &self,
        tokens: &Tokens<'_>,
        at: usize,
        number: &Number<'_>,
        head: Head<'_>,
    ) -> bool {
        let words = &self.lexicon.words;
        let next = tokens.get(number.end);
        let digits = tokens.get(at).digits();
        if digits > 5 {
            return false;
        }
        // A word of time that goes on with a number: `ngày 5-12`, `năm 2013`.
        let time = [words.ngay, words.thang, words.nam].contains(&next.id);
        let ends = match next.kind {
            TokenKind::Word if time => match tokens.get(number.end + 1).digits() {
                0 => false,
                4 => next.id == words.nam,
                _ => next.id == words.ngay,
            },
            TokenKind::Word => {
                next.case != Case::Lower
                    || self.lexicon.may_follow(next.id)
                    || longest(&self.lexicon.heads, tokens, number.end).is_some()
            }
            TokenKind::Number => false,
            _ => true,
        };
        let year_like = number.year.is_none() && digits == 4 && matches!(number.number, 1900..2100);
        match head.kind.strength {
            Strength::Generic | Strength::Law | Strength::Paper => false,
            Strength::Strong if head.so => ends || digits > 1,
            Strength::Strong => {
                !year_like && (ends || tokens.str(at).starts_with('0') || digits > 2)
            }
            Strength::Weak | Strength::Numbered if head.so => ends || digits > 1,
            // `Chương trình 135` is a programme.
            Strength::Numbered => false,
            // `kết luận 2852 của Thanh tra Chính phủ`.
            Strength::Weak if !head.capitalised => {
                !year_like
                    && digits > 1
                    && next.id == words.cua
                    && super::tail::issuer(&self.lexicon, tokens, number.end + 1).is_some()
            }
            Strength::Weak => ends && !year_like,
        }
    }

    /// Whether what stands behind a bare number in a list lets the list end there.
    fn ends_list(&self, tokens: &Tokens<'_>, number: &Number<'_>) -> bool {
        let next = tokens.get(number.end);
        !next.is_word() || next.is_capitalised() || self.lexicon.may_follow(next.id)
    }
}

/// Adds to a reference what stands behind it.
fn apply_ref(tokens: &Tokens<'_>, reference: &mut DirectiveRef, tail: &Tail) {
    reference.date = tail.date;
    reference.year = reference.year.or(tail.year);
    reference.issuer.clone_from(&tail.issuer);
    reference.plenum = tail.plenum;
    reference.term.clone_from(&tail.term);
    reference.title = title_text(tokens, tail);
}
