//! Offices further behind a name: behind `thay` and another's name, a second verb, or a seat taken along.

use super::resolve::Found;
use super::{Rules, name, office};
use crate::gazetteer::longest;
use crate::token::{Case, Tokens};

impl Rules {
    /// The token behind the name of the one who is replaced, where an office is told behind it: `thay ông Bình`
    /// of `Ông An thay ông Bình giữ chức …`; else `at`.
    pub(super) fn behind_replaced(&self, tokens: &Tokens<'_>, at: usize) -> usize {
        let words = &self.lexicon.words;
        if tokens.get(at).id != words.thay {
            return at;
        }
        let name = at + 1 + usize::from([words.the, words.cho].contains(&tokens.get(at + 1).id));
        let name = self.address(tokens, name).map_or(name, |(end, _)| end);
        let told = |&end: &usize| {
            self.is_of_successor(tokens, end)
                && longest(&self.lexicon.verbs, tokens, end)
                    .is_some_and(|(end, ())| office::begins_office(&self.lexicon, tokens, end))
        };
        self.name_after(tokens, name, true).filter(told).unwrap_or(at)
    }

    /// Whether `thay` stands in front of a token.
    pub(super) fn replaces(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        let words = &self.lexicon.words;
        let more = [words.the, words.cho].contains(&tokens.before(at, 1).id);
        tokens.before(at, 1 + usize::from(more)).id == words.thay
    }

    /// Whether a verb at a token, behind the name of the one replaced, has the successor for its subject: `thay
    /// ông Bình làm`, but not `thay ông Bình đã được điều động làm`.
    pub(super) fn is_of_successor(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        let id = tokens.get(at).id;
        id != self.lexicon.words.duoc && !self.lexicon.lately.contains(id)
    }

    /// The office that a second verb tells of the subject of the sentence: `Ông An vào ngành năm 1990 và làm
    /// Giám đốc Sở từ năm 2005`.
    pub(super) fn coordinated(
        &self,
        tokens: &Tokens<'_>,
        person: &Found,
        at: usize,
    ) -> Option<usize> {
        const LONGEST: usize = 20;
        let lexicon = &self.lexicon;
        let whole = person.whole();
        let first = person.offices.first().map_or(whole.start, |it| it.start.min(whole.start));
        if person.honorific.is_none() || !name::starts_sentence(tokens, first) {
            return None;
        }
        (at..at + LONGEST)
            .take_while(|&at| {
                let token = tokens.get(at);
                (token.is_word() || token.is_number())
                    && longest(&lexicon.said, tokens, at).is_none()
                    && longest(&lexicon.addresses, tokens, at).is_none()
                    && !office::begins_office(lexicon, tokens, at)
            })
            .filter(|&at| tokens.get(at).id == lexicon.words.va)
            .filter_map(|at| longest(&lexicon.verbs, tokens, at + 1).map(|(end, ())| end))
            .find(|&end| office::begins_office(lexicon, tokens, end))
    }

    /// The office that the last of what is told of a person between commas names: `, 48 tuổi, quê Hà Nội, là
    /// tiến sĩ, từng là Hiệu trưởng …`.
    pub(super) fn behind_life(&self, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
        const LONGEST: usize = 40;
        let lexicon = &self.lexicon;
        let aged = tokens.get(at + 1).is_number() && tokens.get(at + 2).id == lexicon.words.tuoi
            || tokens.get(at + 1).id == lexicon.words.sinh;
        if !tokens.get(at).is_mark(',') || !aged {
            return None;
        }
        (at + 3..at + LONGEST)
            .take_while(|&at| {
                let token = tokens.get(at);
                let within = [',', '(', ')', '-', '/'].map(|it| token.is_mark(it)).contains(&true);
                (token.is_word() || token.is_number() || within)
                    && longest(&lexicon.said, tokens, at).is_none()
                    && !office::begins_office(lexicon, tokens, at)
            })
            .filter(|&at| tokens.get(at).is_mark(','))
            .filter(|&at| lexicon.lately.contains(tokens.get(at + 1).id))
            .filter_map(|at| longest(&lexicon.verbs, tokens, at + 1).map(|(end, ())| end))
            .find(|&end| office::begins_office(lexicon, tokens, end))
    }

    /// The first of several offices that a person went through: `đã giữ nhiều vị trí trong chính phủ như bộ trưởng
    /// …`, `từng kinh qua các chức vụ ở xã: …`.
    pub(super) fn behind_several(&self, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
        const LONGEST: usize = 16;
        let lexicon = &self.lexicon;
        let words = &lexicon.words;
        let verb = (at..at + 3).find(|&at| !lexicon.lately.contains(tokens.get(at).id))?;
        let went = tokens.get(verb).id == words.giu
            || tokens.get(verb + 1).id == words.qua && tokens.get(verb).is_word();
        if !went {
            return None;
        }
        let named = |at: usize| {
            let (first, second) = (tokens.get(at).id, tokens.get(at + 1).id);
            first == words.chuc && second == words.vu || first == words.vi && second != words.la
        };
        let mut seen = false;
        for at in verb + 1..verb + LONGEST {
            let token = tokens.get(at);
            seen |= named(at);
            let leads = token.id == words.nhu || token.is_mark(':');
            if leads || !token.is_word() || longest(&lexicon.addresses, tokens, at).is_some() {
                let next = at + 1 + usize::from(tokens.get(at + 1).is_mark(':'));
                let office = leads && seen && office::begins_office(lexicon, tokens, next);
                return office.then_some(next);
            }
        }
        None
    }

    /// Where an office between dashes or in parentheses behind a name goes on behind a comma or `và` with words of
    /// no list, up to an organisation: `- trưởng khoa cai nghiện, giám định sức khỏe Bệnh viện Tâm thần -`.
    pub(super) fn up_to_mark(&self, tokens: &Tokens<'_>, opener: usize, end: usize) -> usize {
        const LONGEST: usize = 18;
        let lexicon = &self.lexicon;
        let words = &lexicon.words;
        let dash = |at: usize| {
            let token = tokens.get(at);
            !token.glued && (token.is_mark('-') || token.is_mark('–'))
        };
        let parenthesis = tokens.get(opener).is_mark('(');
        let closes = |at: usize| {
            if parenthesis {
                tokens.get(at).is_mark(')')
            } else {
                dash(at) || tokens.get(at).is_mark(';')
            }
        };
        let joined = tokens.get(end).is_mark(',') || tokens.get(end).id == words.va;
        if !parenthesis && !dash(opener) || !joined || tokens.get(end + 1).case != Case::Lower {
            return end;
        }
        let headed =
            |at: usize| longest(&lexicon.parts, tokens, at).is_some_and(|(_, part)| part.head);
        let goes_on = |at: usize| {
            let token = tokens.get(at);
            (token.is_word() || token.is_number() || token.is_mark('.') && token.glued)
                && ![words.la, words.nguoi, words.duoc, words.khi, words.o].contains(&token.id)
                && !lexicon.acting.contains(token.id)
                && !lexicon.lately.contains(token.id)
                && longest(&lexicon.addresses, tokens, at)
                    .is_none_or(|(end, _)| !tokens.get(end).is_capitalised() || headed(end))
                && longest(&lexicon.said, tokens, at).is_none()
                && longest(&lexicon.owned, tokens, at).is_none()
                && !office::begins_office(lexicon, tokens, at)
        };
        let close = (end + 1..end + LONGEST).find(|&at| !goes_on(at)).filter(|&at| closes(at));
        let named = |close: &usize| {
            (end + 2..*close).any(|at| tokens.get(at).is_capitalised() && headed(at))
        };
        close.filter(named).unwrap_or(end)
    }

    /// The office given along with a seat among those who lead: `tham gia Ban Chấp hành, Ban Thường vụ, giữ
    /// chức …`.
    pub(super) fn behind_joining(&self, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
        const LONGEST: usize = 24;
        let lexicon = &self.lexicon;
        if tokens.get(at).id != lexicon.words.tham || tokens.get(at + 1).id != lexicon.words.gia {
            return None;
        }
        (at + 2..at + LONGEST)
            .take_while(|&at| {
                let token = tokens.get(at);
                (token.is_word()
                    || token.is_number()
                    || [',', '-', '–'].map(|it| token.is_mark(it)).contains(&true))
                    && longest(&lexicon.addresses, tokens, at).is_none()
            })
            .filter(|&at| tokens.get(at).is_mark(',') || tokens.get(at).id == lexicon.words.va)
            .filter_map(|at| longest(&lexicon.verbs, tokens, at + 1).map(|(end, ())| end))
            .find(|&end| office::begins_office(lexicon, tokens, end))
    }
}
