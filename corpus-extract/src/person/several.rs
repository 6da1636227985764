//! Several people of one office: those of a list who share it, and two one of whom serves the other.

use std::ops::Range;

use super::resolve::Found;
use super::{Rules, Step, name, office};
use crate::token::Tokens;

impl Rules {
    /// Two people, one of whom serves the other: `người phát ngôn của Tổng thống Nga Putin, ông Dmitry
    /// Peskov`, `giám đốc tranh cử của bà Clinton, ông Robby Mook`.
    pub(super) fn serving(&self, tokens: &Tokens<'_>, office: &Range<usize>) -> Option<Step> {
        let start = office.end + 1;
        if tokens.get(office.end).id != self.lexicon.words.cua {
            return None;
        }
        // The master's office is no helper's, so this goes no deeper.
        let (master, end) = if office::serves_holder(&self.lexicon, tokens, office, start) {
            match self.with_office(tokens, start, None) {
                Step::Person(master, _) => {
                    let end = master.offices.last().map_or(office.end, |office| office.end);
                    (master, end)
                }
                _ => return None,
            }
        } else {
            let (end, _) = self.address(tokens, start)?;
            let name_end = self.name_after(tokens, end, true)?;
            let mut master = Found::new(end..name_end);
            master.honorific = Some(start..end);
            (master, name_end)
        };
        let comma = master.name.end;
        if !tokens.get(comma).is_mark(',') {
            return None;
        }
        let address = self.address(tokens, comma + 1).map(|(end, _)| comma + 1..end);
        let name = address.as_ref().map_or(comma + 1, |range| range.end);
        let name_end = name::full(&self.lexicon, tokens, name, true)
            .or_else(|| name::foreign(&self.lexicon, tokens, name).filter(|end| *end > name + 1))?;
        if address.is_none() && !tokens.get(name_end).is_mark(',') && !self.acts(tokens, name_end) {
            return None;
        }
        let mut servant = Found::new(name..name_end);
        servant.honorific = address;
        servant.offices.push(office.start..end);
        Some(Step::People(vec![master, servant], name_end))
    }

    /// The people of a list who hold one office: `các Phó Thủ tướng: …, … và …`.
    pub(super) fn listed(
        &self,
        tokens: &Tokens<'_>,
        first: Found,
        office: &Range<usize>,
        at: usize,
    ) -> Step {
        let lexicon = &self.lexicon;
        let mut people = vec![first];
        let mut end = at;
        while self.joins_list(tokens, end) {
            let address = self.address(tokens, end + 1).map(|(behind, _)| end + 1..behind);
            let start = address.as_ref().map_or(end + 1, |address| address.end);
            let addressed = address.as_ref().and_then(|_| self.name_after(tokens, start, true));
            let name = addressed
                .or_else(|| name::full(lexicon, tokens, start, true))
                .or_else(|| name::foreign(lexicon, tokens, start).filter(|end| *end > start + 1));
            let Some(next) = name else { break };
            let mut person = Found::new(start..next);
            let own = tokens.get(next).is_mark(',')
                && office::begins_office(lexicon, tokens, next + 1)
                || tokens.get(next).is_mark('(');
            if own {
                break;
            }
            person.honorific = address;
            person.offices = vec![office.clone()];
            people.push(person);
            end = next;
        }
        Step::People(people, end)
    }
}
