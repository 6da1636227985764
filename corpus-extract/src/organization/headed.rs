//! Organisations that begin with their head: `Sở Y tế Sơn La`, `Công ty TNHH Đông Phương`, `Quân khu 7`.

use super::Rules;
use super::extent::Others;
use crate::gazetteer::{longest, longest_body};
use crate::token::{Case, Claims, Tokens};
use crate::{person, place};

impl Rules {
    /// The end of an organisation that begins with its head.
    pub(super) fn headed(
        &self,
        tokens: &Tokens<'_>,
        offices: &person::Rules,
        places: &place::Rules,
        people: &Claims,
        at: usize,
    ) -> Option<usize> {
        // `25-NQ/TW của Ban Bí thư` names the Secretariat, and no body called TW.
        let glued = |mark| tokens.get(at).glued && tokens.before(at, 1).is_mark(mark);
        if glued('/') || glued('-') && tokens.get(at).case == Case::Upper {
            return None;
        }
        if !self.may_be_proper(tokens, offices, at) {
            return None;
        }
        let word = at.checked_sub(1).and_then(|before| longest(&self.inside, tokens, before));
        if word.is_some_and(|(end, ())| end == at + 1)
            || longest(&self.never, tokens, at).is_some()
            || tokens.get(at).id == self.trung && tokens.get(at + 2).is_number()
        {
            return None;
        }
        let mut end = offices.organization(tokens, at)?;
        // `Đại sứ quán` begins like an office.
        let office = offices.is_office(tokens, at)
            && offices
                .office(tokens, at)
                .is_none_or(|office| offices.head(tokens, at) <= Some(office));
        if office
            || places.name(tokens, at).is_some_and(|place| place > at + 1)
            // `Tây Ban Nha`
            || at > 0 && places.name(tokens, at - 1).is_some_and(|place| place > at)
        {
            return None;
        }
        while end > at && (at..end).any(|at| people.contains(at)) {
            end -= 1;
        }
        end = self.business(tokens, at, end);
        end = self.extent(tokens, Others { offices, places, people }, at, end);
        // `Chính phủ quy định`: behind a body named by one word stands a verb.
        if let Some((body, _)) = longest_body(&self.bodies, tokens, at).filter(|it| it.0 < end)
            && body == at + 2
            && end <= body + 2
            && (body..end).all(|at| tokens.get(at).case == Case::Lower)
        {
            end = body;
        }
        // `Đài Ngôi Sao của Nga`
        if let Some(of) = (at + 1..end).find(|at| tokens.get(*at).id == self.of)
            && places.name(tokens, of + 1).is_some_and(|place| place >= end)
        {
            end = of;
        }
        // `Ban Chấp hành Trung ương khóa XI`: the term is not of its name.
        if end > at + 2 && tokens.before(end, 2).id == self.khoa {
            end -= 2;
        }
        // `sở Y tế`, but `ban hành Quy chế`, `hội của …`, `cơ quan Trung ương`.
        let low = tokens.get(at).case == Case::Lower && {
            let generic =
                longest(&self.companies, tokens, at).or_else(|| longest(&self.generic, tokens, at));
            let head = generic.map_or_else(|| offices.head(tokens, at), |(head, ())| Some(head));
            head.is_none_or(|head| {
                let next = tokens.get(head);
                !next.is_capitalised() && next.case != Case::Mixed && head < end
                    || generic.is_some()
                        && (longest(&self.high, tokens, head).is_some()
                            || places.name(tokens, head).is_some_and(|place| place >= end))
            })
        };
        if low {
            return None;
        }
        let common = longest(&self.not, tokens, at).is_some_and(|(not, ())| not >= end);
        let capital = (at..end)
            .any(|at| tokens.get(at).is_capitalised() || tokens.get(at).case == Case::Mixed);
        // `Ban tổ chức`, with which a sentence begins, is any; `Bộ Y tế` is one.
        let inner =
            (at + 1..end).any(|at| tokens.get(at).case != Case::Lower && tokens.get(at).is_word());
        let body = longest_body(&self.bodies, tokens, at).is_some_and(|(body, _)| body >= end);
        // `QĐ - UBND` is a symbol.
        let symbol = ['-', '/'].into_iter().any(|mark| tokens.before(at, 1).is_mark(mark));
        let abbreviation = end == at + 1 && tokens.get(at).case == Case::Upper && !symbol;
        let proper = inner || body && tokens.get(at).is_capitalised() || abbreviation;
        (end > at && capital && proper && !common).then_some(end)
    }

    /// The end of a company's name that goes on with what it deals in and a name: `Công ty TNHH thương
    /// mại vận tải Đông Phương`.
    fn business(&self, tokens: &Tokens<'_>, at: usize, end: usize) -> usize {
        /// No company deals in more, in tokens.
        const LONGEST: usize = 16;
        let Some((head, ())) = longest(&self.companies, tokens, at) else { return end };
        let mut next = head;
        while let Some((behind, ())) = longest(&self.businesses, tokens, next)
            && behind < at + LONGEST
        {
            next = behind;
            next += usize::from(tokens.get(next).is_mark(',') || tokens.get(next).id == self.and);
        }
        let deals = next > head;
        while next < at + LONGEST && tokens.get(next).is_word() && tokens.get(next).is_capitalised()
        {
            next += 1;
        }
        // A name must end it, else the words are only what it does.
        if !tokens.before(next, 1).is_capitalised() {
            return end;
        }
        // `Công ty TNHH vận tải Đông Phương đóng`: behind the name a word in small letters is a verb.
        let verb = deals && tokens.get(next).is_word() && !tokens.get(next).is_capitalised();
        if verb { next } else { next.max(end) }
    }

    /// A unit of the forces by its number: `Quân khu 7`, and the token behind it.
    pub(super) fn numbered(&self, tokens: &Tokens<'_>, at: usize) -> Option<(usize, String)> {
        let (end, ()) = longest(&self.units, tokens, at)?;
        let number = tokens.get(end);
        (tokens.get(at).is_capitalised()
            && number.is_number()
            && !number.glued
            && number.digits() <= 3)
            .then(|| (end + 1, tokens.slice(tokens.span(at..end + 1)).to_owned()))
    }

    /// Whether a head at a token may have a name: `sở Y tế`, but not `ban hành`. It is asked before
    /// the end is sought, for most heads in small letters are other words.
    fn may_be_proper(&self, tokens: &Tokens<'_>, offices: &person::Rules, at: usize) -> bool {
        let high = |at: usize| {
            let token = tokens.get(at);
            token.is_capitalised() || token.case == Case::Mixed
        };
        if high(at) || longest(&self.generic, tokens, at).is_some() {
            return true;
        }
        // Only what begins with a capital goes on behind the head.
        offices.head(tokens, at).is_some_and(|head| (at..=head).any(high))
    }
}
