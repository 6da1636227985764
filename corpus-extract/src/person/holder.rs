//! Whose the office behind a name is, and whether what ends it like a name is its organisation's.

use std::ops::Range;

use super::lexicon::Family;
use super::resolve::Found;
use super::{Rules, name, office};
use crate::gazetteer::longest;
use crate::token::Tokens;

impl Rules {
    /// The office between marks behind the name of its holder, where it ends like a name: what looks
    /// like one is the organisation's or place's own, as in `ông An (Trưởng Công an phường Mỹ Hòa)`.
    ///
    /// Behind a comma another person may follow, `ông An, giám đốc công ty Trần Văn Bình, …`, so there
    /// the name must be none that people bear, and the office must end where a phrase does.
    pub(super) fn closed(
        &self,
        tokens: &Tokens<'_>,
        person: &Found,
        seen: &Range<usize>,
    ) -> Option<office::Office> {
        let lexicon = &self.lexicon;
        let behind_name = person.name.end;
        let closes = |at: usize, marks: &[char]| marks.iter().any(|&it| tokens.get(at).is_mark(it));
        let found = office::closed(lexicon, tokens, seen.start).filter(|it| !it.name_follows)?;
        let end = found.range.end;
        let within = (behind_name + 1..seen.start).all(|at| !tokens.get(at).is_mark(')'));
        let opener = tokens.get(behind_name);
        if within && opener.is_mark('(') {
            return closes(end, &[')', ',', ';', '-', '–']).then_some(found);
        }
        let dash = opener.is_mark('-') || opener.is_mark('–');
        if within && dash && !opener.glued && closes(end, &['-', '–']) {
            return Some(found);
        }
        // `ông An - CEO Philip Morris cho biết`, `Ông An - CEO Philip Morris.`: two people are not named so.
        let bare = person.offices.is_empty() && person.honorific.is_some();
        let ended = closes(end, &['.', ';', ',', ')']) || tokens.get(end).is_break();
        if within
            && dash
            && bare
            && name::is_foreign(tokens, seen.end)
            && longest(&lexicon.states, tokens, seen.start).is_none()
            && (ended || longest(&lexicon.said, tokens, end).is_some())
        {
            return Some(found);
        }
        let before = tokens.before(seen.start, 1);
        let marked = before.is_mark(',') || before.is_mark('-') || before.is_mark('–');
        let ends = closes(end, &[',', '.', ';', '-', '–', '(']) || self.acts(tokens, end);
        let own = || self.is_own(tokens, seen) || self.is_subject(tokens, person, seen.end, end);
        (marked && ends && own()).then_some(found)
    }

    /// Whether a sentence begins with a person and goes on with what they do behind their office, which then
    /// holds the name of a company: `Ông An, giám đốc công ty địa ốc Hoàng Anh Bình, cho biết`.
    fn is_subject(&self, tokens: &Tokens<'_>, person: &Found, name: usize, end: usize) -> bool {
        const COMPANY: usize = 5;
        let begins = person.offices.is_empty()
            && person.honorific.is_some()
            && name::starts_sentence(tokens, person.whole().start)
            && tokens.get(person.name.end).is_mark(',');
        let company = |at: &usize| {
            longest(&self.lexicon.parts, tokens, *at)
                .is_some_and(|(next, part)| part.eponym && part.head && next <= name)
        };
        let verb = end + usize::from(tokens.get(end).is_mark(','));
        let acts = longest(&self.lexicon.said, tokens, verb).is_some()
            || self.lexicon.acting.contains(tokens.get(verb).id);
        // `ông An, thành viên Công ty Chứng khoán Phương Đông, Trưởng phòng …`: another office follows.
        let more = tokens.get(end).is_mark(',')
            && office::begins_office(&self.lexicon, tokens, end + 1)
            && person.honorific.is_some()
            && name::run(&self.lexicon, tokens, name) == name + 2;
        (begins && acts || more) && (name.saturating_sub(COMPANY)..name).any(|at| company(&at))
    }

    /// Whether the office behind a name and a comma is that of the next one, with whom the sentence begins
    /// anew: `Đáp lại ý kiến của ông An, Đại sứ Lào tại Liên Hợp Quốc, ông Bình, nói rằng …`.
    pub(super) fn leads_on(&self, tokens: &Tokens<'_>, person: &Found) -> bool {
        let words = &self.lexicon.words;
        let start = person.whole().start;
        let comma = person.name.end;
        let of = [words.cua, words.voi, words.ve].contains(&tokens.before(start, 1).id);
        if !of || !tokens.get(comma).is_mark(',') || !tokens.get(comma + 1).is_capitalised() {
            return false;
        }
        let office = office::apposed(&self.lexicon, tokens, comma + 1);
        let Some(next) = office.filter(|it| !it.name_follows).map(|it| it.range.end) else {
            return false;
        };
        // `… của bà Lan, Chủ tịch UBND thị xã cho hay, …`: whoever holds it is not named.
        if longest(&self.lexicon.said, tokens, next).is_some() {
            return true;
        }
        tokens.get(next).is_mark(',')
            && self
                .address(tokens, next + 1)
                .and_then(|(end, _)| self.name_after(tokens, end, true))
                .is_some_and(|end| self.acts(tokens, end))
    }

    /// Whether what looks like a name behind an office is rather that of its organisation or place:
    /// no family name, three syllables or first name begins it.
    fn is_own(&self, tokens: &Tokens<'_>, office: &Range<usize>) -> bool {
        let lexicon = &self.lexicon;
        let at = office.end;
        let past = usize::from(office::is_prefix(lexicon, tokens, office.start));
        if longest(&lexicon.states, tokens, office.start + past).is_some()
            || name::behind_letters(lexicon, tokens, at).is_some()
        {
            return false;
        }
        let organised = office.clone().any(|at| {
            longest(&lexicon.parts, tokens, at)
                .is_some_and(|(_, part)| part.head || part.place || part.eponym)
        });
        let run = name::run(lexicon, tokens, at);
        let family = name::family(lexicon, tokens, at);
        let covers = |found: Option<(usize, &())>| found.is_some_and(|(end, ())| end >= run);
        // `Tổng giám đốc Mercedes-Benz Việt Nam`, `Trưởng phòng giao dịch Lê Văn Sỹ`; but people are
        // called `Nguyễn Hòa Bình`.
        let branch = (at + 1..run).any(|start| {
            let two = |found: &(usize, &())| found.0 > start + 1;
            covers(longest(&lexicon.abroad, tokens, start).filter(two))
                || family != Family::Strong
                    && covers(longest(&lexicon.places, tokens, start).filter(two))
        });
        if branch || organised && covers(longest(&lexicon.streets, tokens, at)) {
            return true;
        }
        if name::is_foreign(tokens, at) {
            return !lexicon.given_abroad.contains(tokens.get(at).id)
                && !name::is_korean(lexicon, tokens, at)
                && run <= at + 3;
        }
        // `trưởng thôn Lại Xá`.
        let placed = office.clone().any(|start| {
            longest(&lexicon.parts, tokens, start)
                .is_some_and(|(end, part)| part.place && end == at)
        });
        let long = run > at + 2;
        organised
            && match family {
                Family::Strong if placed => !long,
                Family::Strong => !long && !lexicon.syllable(tokens.get(at + 1).id).given,
                Family::Weak => !long,
                Family::No => !lexicon.given_abroad.contains(tokens.get(at).id),
            }
    }
}
