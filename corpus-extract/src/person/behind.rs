//! Offices behind a name: as an apposition, in parentheses, behind a verb.

use super::lexicon::Address;
use super::resolve::Found;
use super::{Rules, Step, name, office};
use crate::gazetteer::longest;
use crate::token::{Case, TokenKind, Tokens};

impl Rules {
    /// Adds the offices behind a name.
    pub(super) fn finish(&self, tokens: &Tokens<'_>, person: Found, at: usize) -> Step {
        let (person, end) = self.with_told(tokens, person, at);
        Step::Person(person, end)
    }

    /// A person with the offices behind the name, which ends at `at`, and the token behind the last.
    fn with_told(&self, tokens: &Tokens<'_>, mut person: Found, at: usize) -> (Found, usize) {
        let words = &self.lexicon.words;
        let name_end = at;
        let Some(mut next) = self.told_of(tokens, &person) else {
            return (person, name_end);
        };
        if self.leads_on(tokens, &person) {
            return (person, name_end);
        }
        let had = person.offices.len();
        let mut end = name_end;
        const MOST: usize = 8;
        while person.offices.len() < had + MOST
            && office::begins_office(&self.lexicon, tokens, next)
            && let Some(office) = office::apposed(&self.lexicon, tokens, next)
        {
            let closed = if office.name_follows {
                self.closed(tokens, &person, &office.range)
            } else {
                Some(office)
            };
            let Some(office) = closed else { break };
            let mut range = office.range;
            range.end = self.up_to_mark(tokens, name_end, range.end);
            // `Trước ông An, người giữ chức Chủ tịch xã là ông Bình.`
            if tokens.get(range.end).id == words.la
                && self
                    .address(tokens, range.end + 1)
                    .is_some_and(|(end, _)| self.name_after(tokens, end, true).is_some())
            {
                break;
            }
            end = range.end;
            // `cố vấn kinh tế của Tổng thống Mỹ`.
            if tokens.get(range.end).id == words.cua
                && (office::serves_holder(&self.lexicon, tokens, &range, range.end + 1)
                    || office::serves_chief(&self.lexicon, tokens, &range, range.end + 1))
                && let Some(master) = office::office(&self.lexicon, tokens, range.end + 1)
            {
                range.end = master.range.end;
                // `cố vấn của Tổng thống Mỹ Donald Trump`: the master is found on his own.
                if master.name_follows {
                    person.offices.push(range);
                    break;
                }
                end = range.end;
            }
            person.offices.push(range);
            let after = self.behind_term(tokens, self.behind_abbreviation(tokens, end));
            // `giám đốc quỹ khi đó, hiện là Bộ trưởng …`.
            let then = [words.khi, words.luc].contains(&tokens.get(after).id)
                && [words.do_, words.ay].contains(&tokens.get(after + 1).id);
            let after = after + if then { 2 } else { 0 };
            let after = self.behind_seat(tokens, after);
            let token = tokens.get(after);
            let comma = ['-', '–', ','].into_iter().any(|mark| token.is_mark(mark));
            let joined = token.id == words.va || token.id == words.kiem;
            // `phó Ban Tuyên giáo (nguyên trưởng Phòng …)`.
            let aside =
                token.is_mark('(') && office::begins_office(&self.lexicon, tokens, after + 1);
            next = after + usize::from(comma || joined || aside);
            // `…, và hiện là Phó Viện trưởng …`.
            next += usize::from(comma && tokens.get(next).id == words.va);
            // `… Phó Bí thư Huyện ủy, rồi Chủ tịch UBND huyện`.
            let then = tokens.get(next).id == words.roi
                && office::begins_office(&self.lexicon, tokens, next + 1);
            next += usize::from(then);
            if let Some((end, ())) = longest(&self.lexicon.verbs, tokens, after)
                .filter(|(end, ())| *end > after + 1 && joined)
            {
                // `Ngoại trưởng kiêm nhiệm Ủy viên …`.
                next = end;
            } else if tokens.get(next).id == words.kiem {
                next += 1;
            } else if let Some((end, ())) = longest(&self.lexicon.verbs, tokens, next) {
                // `…, Phó Bí thư Tỉnh ủy, giữ chức Chủ tịch …`.
                next = end;
            } else if let Some(end) =
                self.given(tokens, next).or_else(|| self.behind_joining(tokens, next))
            {
                // `…, Chủ tịch UBND xã được điều động về làm …`.
                next = end;
            } else if next == after {
                break;
            }
        }
        // Whom the person replaces, or deals with, is found for themselves.
        let passed = tokens.get(name_end).id == words.thay
            || tokens.get(name_end).is_word()
                && self.coordinated(tokens, &person, name_end).is_some();
        (person, if passed { name_end } else { end })
    }

    /// A later mention by a part of the name with the offices that a verb behind it tells: `Wells từng làm
    /// Chủ tịch …`.
    pub(super) fn verbally(&self, tokens: &Tokens<'_>, person: Found) -> Found {
        let at = person.name.end;
        let told = tokens.get(at).is_word()
            && (at..at + 3).any(|at| longest(&self.lexicon.verbs, tokens, at).is_some());
        if !told || !person.offices.is_empty() {
            return person;
        }
        self.with_told(tokens, person, at).0
    }

    /// The token behind a name at which an office may begin that the sentence tells of the person: in
    /// an apposition, in parentheses, behind a verb.
    fn told_of(&self, tokens: &Tokens<'_>, person: &Found) -> Option<usize> {
        let words = &self.lexicon.words;
        if let Some(office) = self.within_parenthesis(tokens, person.name.end) {
            return Some(office);
        }
        if tokens.get(person.name.end).is_mark('(')
            && let Some(office) = self.behind_calling(tokens, person.name.end + 1)
        {
            return Some(office);
        }
        // `Lê Văn An (50 tuổi, quê Hà Nội) giữ chức …`: age and home are passed over.
        // `ông Trần Văn B., chủ tịch …`: the stop belongs to the letter.
        let name_end = person.name.end;
        let stop = tokens.get(name_end);
        let letter = tokens.before(name_end, 1).case == Case::Upper
            && stop.is_mark('.')
            && stop.glued
            && [',', '-', '–', '('].into_iter().any(|mark| tokens.get(name_end + 1).is_mark(mark));
        let name_end = name_end + usize::from(letter);
        if let Some(office) = self.behind_life(tokens, name_end) {
            return Some(office);
        }
        if let Some(office) = self.behind_several(tokens, name_end) {
            return Some(office);
        }
        let at = self.behind_parenthesis(tokens, name_end);
        let at = self.behind_age(tokens, at);
        let at = self.behind_replaced(tokens, at);
        let mark = tokens.get(at).kind;
        let apposed = matches!(mark, TokenKind::Mark(',' | '-' | '–' | '(' | ':'));
        let mut next = at + usize::from(apposed);
        // `, một giáo viên kiêm …`, `, tân Chủ tịch HĐQT …`.
        next += usize::from(apposed && [words.mot, words.tan].contains(&tokens.get(next).id));
        // `Vợ ông An là giám đốc`: the verb's subject is not the person, but somebody of theirs.
        let first = person.offices.first().map_or(person.name.start, |office| office.start);
        let first = person.honorific.as_ref().map_or(first, |range| range.start.min(first));
        // `vợ ông` is a form of address as well.
        let within = longest(&self.lexicon.owned, tokens, first)
            .is_some_and(|(end, ())| end < person.name.start);
        let replaced = self.replaces(tokens, first) && self.is_of_successor(tokens, next);
        let owned = within || self.is_behind(&self.lexicon.owned, tokens, first);
        let owner = !apposed && (owned || replaced);
        // `ông An hiện còn đảm nhiệm …`, `từng cũng là …`.
        let verb = next
            + (next..next + 2)
                .take_while(|&at| {
                    self.lexicon.lately.contains(tokens.get(at).id)
                        && longest(&self.lexicon.verbs, tokens, at)
                            .is_none_or(|(end, ())| end == at + 1)
                })
                .count();
        let verb = longest(&self.lexicon.verbs, tokens, verb);
        let verb = verb.or_else(|| longest(&self.lexicon.verbs, tokens, next));
        // `từng kinh qua các chức vụ như: Kiểm tra viên …`.
        let colon = |end: usize| end + usize::from(tokens.get(end).is_mark(':'));
        match verb.map(|(end, ())| (colon(end), ())).filter(|_| !owner) {
            Some((end, ())) if office::begins_office(&self.lexicon, tokens, end) => Some(end),
            _ if !owner && self.given(tokens, next).is_some() => self.given(tokens, next),
            Some((end, ())) => Some(end),
            // `Lê Văn An (SN 1962) Phó Giám đốc …`.
            None if !apposed && at > name_end => Some(at),
            // `ông An Chủ tịch HĐQT Công ty …`: the comma was left out.
            None if !apposed => {
                let whole = || {
                    office::apposed(&self.lexicon, tokens, next)
                        .is_some_and(|it| !it.name_follows && it.range.len() > 3)
                };
                (person.honorific.is_some() && tokens.get(next).is_capitalised() && whole())
                    .then_some(next)
                    .or_else(|| self.coordinated(tokens, person, next))
            }
            None => Some(self.behind_calling(tokens, next).unwrap_or(next)),
        }
    }

    /// The office that somebody gives to the person in front of a token: `được Thủ tướng bổ nhiệm làm …`.
    fn given(&self, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
        const LONGEST: usize = 14;
        let lexicon = &self.lexicon;
        let start = (at..at + 3).find(|&at| tokens.get(at).id == lexicon.words.duoc)?;
        let passed = (at..start).all(|at| lexicon.acting.contains(tokens.get(at).id));
        (start + 1..start + LONGEST)
            .take_while(|&at| {
                let token = tokens.get(at);
                // `được chỉ định, điều động về làm …`.
                let more =
                    || token.is_mark(',') && longest(&lexicon.given, tokens, at + 1).is_some();
                passed && (token.is_word() || more())
            })
            .filter_map(|at| longest(&lexicon.given, tokens, at).map(|(end, ())| end))
            .find(|&end| office::begins_office(lexicon, tokens, end))
    }

    /// The office that stands last in a parenthesis right behind a name: `(37 tuổi, trú quận 3, nguyên
    /// Giám đốc …)`.
    fn within_parenthesis(&self, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
        const LONGEST: usize = 24;
        // `(vợ ông An - Phó Giám đốc …)`: the office is the other's.
        let another = longest(&self.lexicon.owned, tokens, at + 1).is_some();
        if !tokens.get(at).is_mark('(')
            || another
            || office::begins_office(&self.lexicon, tokens, at + 1)
        {
            return None;
        }
        (at + 1..at + LONGEST)
            .take_while(|&at| {
                let token = tokens.get(at);
                !token.is_break() && !token.is_mark('(') && !token.is_mark(')')
            })
            .filter(|&at| [',', ';', '-', '–'].into_iter().any(|mark| tokens.get(at).is_mark(mark)))
            .map(|at| longest(&self.lexicon.verbs, tokens, at + 1).map_or(at + 1, |(end, ())| end))
            .find(|&at| office::begins_office(&self.lexicon, tokens, at))
    }

    /// The token behind a parenthesis that begins at `at` and names no office; else `at`.
    fn behind_parenthesis(&self, tokens: &Tokens<'_>, at: usize) -> usize {
        const LONGEST: usize = 24;
        let office = longest(&self.lexicon.verbs, tokens, at + 1).map_or(at + 1, |(end, ())| end);
        if !tokens.get(at).is_mark('(') || office::begins_office(&self.lexicon, tokens, office) {
            return at;
        }
        (at + 1..at + LONGEST)
            .take_while(|&at| !tokens.get(at).is_break() && !tokens.get(at).is_mark('('))
            .find(|&at| tokens.get(at).is_mark(')'))
            .map_or(at, |close| close + 1)
    }

    /// The office that follows what a person is called first, behind a comma or `kiêm`: `, thành viên
    /// sáng lập một công ty, Chủ tịch …`, `, chuyên gia về châu Á kiêm phó chủ tịch …`.
    fn behind_calling(&self, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
        const LONGEST: usize = 14;
        let lexicon = &self.lexicon;
        let called = longest(&lexicon.apposed, tokens, at).is_some()
            || longest(&lexicon.addresses, tokens, at)
                .is_some_and(|(_, &address)| address == Address::Title);
        let own = office::begins_office(lexicon, tokens, at)
            && office::office(lexicon, tokens, at).is_some();
        if !called && tokens.get(at).case != Case::Lower || own {
            return None;
        }
        let ends = |&at: &usize| {
            let token = tokens.get(at);
            // `(giáo viên kiêm Trưởng ban …)`: `kiêm` joins what one person is, be it of no list.
            let joins = |at: usize| {
                longest(&lexicon.verbs, tokens, at).is_some()
                    || office::begins_office(lexicon, tokens, at)
            };
            token.id == lexicon.words.kiem
                || called && (token.is_mark(',') || token.id == lexicon.words.va && joins(at + 1))
        };
        let end = (at + 1..at + LONGEST)
            .take_while(|&at| tokens.get(at).is_word() || tokens.get(at).is_number() || ends(&at))
            .find(ends)?;
        let next = end + 1;
        let next = longest(&lexicon.verbs, tokens, next).map_or(next, |(end, ())| end);
        office::begins_office(lexicon, tokens, next).then_some(next)
    }

    /// The token behind an age that stands in front of more about a person: `, 66 tuổi` of `, 66
    /// tuổi, thị trưởng …`.
    fn behind_age(&self, tokens: &Tokens<'_>, at: usize) -> usize {
        let aged = tokens.get(at).is_mark(',')
            && tokens.get(at + 1).is_number()
            && tokens.get(at + 2).id == self.lexicon.words.tuoi
            && tokens.get(at + 3).is_mark(',');
        // `ông An sinh năm 1974, từng giữ chức …`.
        let born = at + usize::from(tokens.get(at).is_mark(','));
        let words = &self.lexicon.words;
        let told = tokens.get(born).id == words.sinh
            && tokens.get(born + 1).id == words.nam
            && tokens.get(born + 2).is_number()
            && tokens.get(born + 3).is_mark(',');
        match (aged, told) {
            (true, _) => at + 3,
            (false, true) => born + 3,
            (false, false) => at,
        }
    }

    /// The comma behind an organisation that stands between commas behind an office, and in front of a
    /// verb: `Vụ trưởng Tổ chức, Văn phòng Quốc hội, được bổ nhiệm …`.
    fn behind_seat(&self, tokens: &Tokens<'_>, at: usize) -> usize {
        if !tokens.get(at).is_mark(',') {
            return at;
        }
        // `chủ tịch xã Mường Bú, TP Sơn La bị cách chức …`.
        if let Some((rank, _)) =
            longest(&self.lexicon.parts, tokens, at + 1).filter(|(_, part)| part.place)
        {
            let place = name::run(&self.lexicon, tokens, rank);
            let verb = place + usize::from(tokens.get(place).is_mark(','));
            if place > rank && longest(&self.lexicon.verbs, tokens, verb).is_some() {
                return place;
            }
        }
        if !tokens.get(at + 1).is_capitalised() {
            return at;
        }
        let seat = office::organization(&self.lexicon, tokens, at + 1).map(|seat| seat.range.end);
        let told = |&end: &usize| {
            tokens.get(end).is_mark(',') && longest(&self.lexicon.verbs, tokens, end + 1).is_some()
        };
        seat.filter(told).unwrap_or(at)
    }

    /// The token behind a term of office: `nhiệm kỳ 2015 - 2020`.
    fn behind_term(&self, tokens: &Tokens<'_>, at: usize) -> usize {
        let words = &self.lexicon.words;
        let named = tokens.get(at).id == words.nhiem && tokens.get(at + 1).id == words.ky;
        if !named || !tokens.get(at + 2).is_number() {
            return at;
        }
        let dash = tokens.get(at + 3);
        let ranges = (dash.is_mark('-') || dash.is_mark('–')) && tokens.get(at + 4).is_number();
        at + if ranges { 5 } else { 3 }
    }
}
