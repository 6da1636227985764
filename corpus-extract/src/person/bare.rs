//! Names that nothing introduces: the shape of a Vietnamese name, or a foreign one with evidence
//! around it; and what looks like one and is a street's or a place's.

use super::lexicon::Family;
use super::name;
use super::resolve::Found;
use super::{Rules, Step};
use crate::gazetteer::longest;
use crate::token::{Case, Token, Tokens};

impl Rules {
    /// A full name without anything before it.
    pub(super) fn bare(&self, tokens: &Tokens<'_>, at: usize, blocked: &mut usize) -> Option<Step> {
        let lexicon = &self.lexicon;
        let token = tokens.get(at);
        // Of names only some from Arabic begin with a small letter: `al-Assad`.
        let low = token.case == Case::Lower && token.id != lexicon.words.al;
        if low || token.glued && tokens.before(at, 1).is_word() {
            return None;
        }
        if let Some(end) = name::of_the_highlands(lexicon, tokens, at)
            && !self.is_place(tokens, at, end, *blocked)
        {
            return Some(self.finish(tokens, Found::new(at..end), end));
        }
        let family = name::family(lexicon, tokens, at);
        if family == Family::No || token.case != Case::Capital {
            return self.bare_foreign(tokens, at);
        }
        // `Kim` is a family name here and there, `Lee` and `Song` too.
        if family == Family::Weak
            && lexicon.given_abroad.contains(token.id)
            && let Some(step) = self.bare_foreign(tokens, at)
        {
            return Some(step);
        }
        let end = name::full(lexicon, tokens, at, true)?;
        // `Đường Lê Văn Duyệt nay là …`: a street begins the sentence, though people are called so.
        let street = longest(&lexicon.not, tokens, at).is_some_and(|(word, ())| word == at + 1)
            && (end >= at + 3 && name::family(lexicon, tokens, at + 1) == Family::Strong
                || longest(&lexicon.streets, tokens, at + 1).is_some_and(|(it, ())| it >= end));
        if street {
            return Some(Step::Skip(end));
        }
        if self.is_place(tokens, at, end, *blocked) {
            let end = self.listed_places(tokens, end);
            *blocked = end;
            return Some(Step::Skip(end));
        }
        let last = lexicon.syllable(tokens.get(end - 1).id);
        // `Nguyễn H.`: a name that the newspaper withholds.
        let initial = tokens.get(end - 1).case == Case::Upper && tokens.get(end).is_mark('.');
        let known = (at + 1..end).any(|at| {
            let syllable = lexicon.syllable(tokens.get(at).id);
            syllable.middle || syllable.given
        });
        let place = longest(&lexicon.places, tokens, at).is_some()
            || longest(&lexicon.abroad, tokens, at).is_some_and(|(end, ())| end > at + 1);
        let sure = match end - at {
            2 => family == Family::Strong && (last.given || initial) && !place,
            _ => known && !place,
        };
        if !sure {
            return None;
        }
        Some(self.finish(tokens, Found::new(at..end), end))
    }

    /// A foreign name of two words or more that nothing introduces.
    ///
    /// Companies, ships and places have the same shape, so something must tell a person: a first
    /// name of the list, an age or an office behind it, `tên` in front of it, or that it speaks.
    fn bare_foreign(&self, tokens: &Tokens<'_>, at: usize) -> Option<Step> {
        const LONGEST: usize = 6;
        let lexicon = &self.lexicon;
        let before = tokens.before(at, 1);
        let end = name::foreign(lexicon, tokens, at)?;
        let called = self.is_behind(&lexicon.called, tokens, at);
        // `người sáng lập Wikileak Julian Assange`: what was founded stands in between.
        if (called || self.is_behind(&lexicon.apposed, tokens, at))
            && super::office::leads_name(lexicon, tokens, at)
            && let Some(end) = name::foreign(lexicon, tokens, at + 1)
        {
            return Some(self.finish(tokens, Found::new(at + 1..end), end));
        }
        if end < at + 2 {
            let alone = lexicon.family_abroad.contains(tokens.get(at).id)
                && (!before.is_capitalised() || name::starts_sentence(tokens, at - 1))
                && !self.is_behind(&lexicon.not, tokens, at)
                && !tokens.get(end).is_mark('&');
            if alone {
                return Some(self.finish(tokens, Found::new(at..end), end));
            }
            // `Vlogger tên Liu`.
            let alone = called && before.id != lexicon.words.la && !tokens.get(end).is_word();
            let tale = called
                && before.id == lexicon.words.ten
                && !self.is_behind(&lexicon.naming, tokens, at - 1);
            return (alone || tale && tokens.get(end).case == Case::Lower)
                .then(|| self.finish(tokens, Found::new(at..end), end));
        }
        let begins = name::starts_sentence(tokens, at) || self.follows_country(tokens, at);
        // The middle of a longer run of capitals, or what a name of something stands before.
        if !begins && before.is_capitalised() && !name::starts_sentence(tokens, at - 1)
            || before.is_word() && before.case == Case::Upper
            || self.is_behind(&lexicon.not, tokens, at)
            || end > at + LONGEST
        {
            return None;
        }
        let listed = lexicon.given_abroad.contains(tokens.get(at).id)
            || name::is_korean(lexicon, tokens, at);
        let known = longest(&lexicon.agencies, tokens, at).is_some()
            || (at..end).any(|at| longest(&lexicon.abroad, tokens, at).is_some());
        // `lãnh đạo Nhật Bản Shinzo Abe`.
        let led = || {
            (1..=3).any(|back| {
                at.checked_sub(back).is_some_and(|start| {
                    longest(&lexicon.abroad, tokens, start).is_some_and(|(end, ())| end == at)
                        && self.is_behind(&lexicon.apposed, tokens, start)
                })
            })
        };
        let told = || {
            called
                || led()
                || self.is_aged(tokens, end)
                || longest(&lexicon.said, tokens, end).is_some()
                || self.is_apposed(tokens, at, end)
        };
        (listed || !known && told()).then(|| self.finish(tokens, Found::new(at..end), end))
    }

    /// Whether an age stands behind a name: `, 64 tuổi`, `(25 tuổi`.
    fn is_aged(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        let mark = tokens.get(at);
        // `, cậu bé 13 tuổi`, `, người dì 41 tuổi`.
        const LONGEST: usize = 4;
        (mark.is_mark(',') || mark.is_mark('('))
            && (at + 1..=at + LONGEST)
                .take_while(|&at| tokens.get(at).is_number() || tokens.get(at).case == Case::Lower)
                .any(|at| {
                    tokens.get(at).is_number() && tokens.get(at + 1).id == self.lexicon.words.tuoi
                })
    }

    /// Whether an office or a profession stands behind a name, which ends at `at`, and a comma.
    fn is_apposed(&self, tokens: &Tokens<'_>, start: usize, at: usize) -> bool {
        let mark = tokens.get(at);
        let words = &self.lexicon.words;
        let mut next = at + 1;
        while next < at + 3 && [words.mot, words.nu].contains(&tokens.get(next).id) {
            next += 1;
        }
        // `John Smith, Bộ trưởng Trung Đông của Anh, nói`: with a capital it is theirs only where nobody
        // else is named behind it.
        let own = |office: super::office::Office| {
            !office.name_follows && self.acts(tokens, office.range.end)
        };
        let high = mark.is_mark(',')
            && name::starts_sentence(tokens, start)
            && tokens.get(next).is_capitalised()
            && super::office::apposed(&self.lexicon, tokens, next).is_some_and(own);
        let low = (mark.is_mark(',') || mark.is_mark('(') || mark.is_mark('-') && !mark.glued)
            && tokens.get(next).case == Case::Lower
            && (super::office::begins_office(&self.lexicon, tokens, next)
                || longest(&self.lexicon.apposed, tokens, next).is_some()
                || longest(&self.lexicon.addresses, tokens, next).is_some());
        high || low
    }

    /// Whether what has the shape of a name stands where a street, a school, a prize does.
    pub(super) fn is_place(
        &self,
        tokens: &Tokens<'_>,
        at: usize,
        end: usize,
        blocked: usize,
    ) -> bool {
        let lexicon = &self.lexicon;
        let before = tokens.before(at, 1);
        let dash = |token: Token| token.is_mark('-') || token.is_mark('–');
        let listed = self.joins_list(tokens, at.saturating_sub(1));
        // `đường Lê Lợi`, `các tuyến: Lê Lợi`.
        let named = usize::from(before.is_mark(':') || before.is_mark('('));
        let named = (1..=3).any(|back| {
            at.checked_sub(back + named).is_some_and(|start| {
                longest(&lexicon.not, tokens, start).is_some_and(|(end, ())| end + named == at)
            })
        });
        // `số 12 Lê Lợi`; a year may stand before a name.
        let address = before.is_number() && before.digits() != 4;
        // A capital in front makes the run longer than a name, unless it only begins a sentence.
        let inside = before.is_capitalised()
            && !name::starts_sentence(tokens, at - 1)
            && !self.follows_country(tokens, at)
            || before.is_word() && before.case == Case::Upper;
        // Roads are named by where they lead: `Lê Duẩn - Nguyễn Du`.
        let road = dash(before) && tokens.before(at, 2).is_capitalised()
            || dash(tokens.get(end)) && name::full(lexicon, tokens, end + 1, true).is_some();
        let street =
            longest(&lexicon.streets, tokens, at).is_some_and(|(street, ())| street >= end);
        listed && at.checked_sub(1) == Some(blocked) || named || address || inside || road || street
    }

    /// Whether the name of a country ends right in front of a token: `nhà lãnh đạo Triều Tiên Kim …`.
    fn follows_country(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        tokens.before(at, 1).is_capitalised() && self.is_behind(&self.lexicon.abroad, tokens, at)
    }

    /// Whether a mark or word stands between the names of a list.
    pub(super) fn joins_list(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        let token = tokens.get(at);
        [',', '-', '–', ';'].into_iter().any(|mark| token.is_mark(mark))
            || token.id == self.lexicon.words.va
    }

    /// The end of the list of streets and places that goes on behind one.
    pub(super) fn listed_places(&self, tokens: &Tokens<'_>, end: usize) -> usize {
        let mut end = end;
        while self.joins_list(tokens, end) {
            let next = name::run(&self.lexicon, tokens, end + 1);
            if next == end + 1 {
                break;
            }
            end = next;
        }
        end
    }
}
