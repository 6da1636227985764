//! Offices that no rule finds, by what was learned from labelled news.
//!
//! The rules know phrases, and a phrase that none of them knows costs a person the office. Around a name
//! whose person got no office, a tagger therefore reads the sentence: each word begins an office of that
//! person, goes on with one, or does neither. What it weighs is how words look, which tables they stand in,
//! and how they lie to the name; see [`feature`]. The weights are whole numbers, so that every machine finds
//! the same.

mod feature;
mod model;
pub(crate) mod train;

use std::ops::Range;

use corpus_model::Span;
use rustc_hash::{FxHashMap, FxHashSet};

use self::feature::Window;
pub(super) use self::model::Model;
use super::resolve::Found;
use super::{Rules, office};
use crate::gazetteer::longest;
use crate::token::{Case, Tokens};

/// So many words before a name are read, and so many behind it.
const BEFORE: usize = 40;
const BEHIND: usize = 56;
/// So many offices in front of one are asked whether they reach into it.
const NEAR: usize = 8;

/// The sentence around a name, as far as it is read.
fn sentence(tokens: &Tokens<'_>, name: &Range<usize>) -> Range<usize> {
    let ends = |at: usize| {
        let token = tokens.get(at);
        if token.is_break() {
            return true;
        }
        let stop = ['.', '?', '!', '…'].into_iter().any(|mark| token.is_mark(mark));
        let next = tokens.get(at + 1);
        // `TP. Huế`, `GS. An`, `H. Mai Sơn`: no sentence ends there.
        let short = token.is_mark('.')
            && (tokens.before(at, 1).case == Case::Upper
                || tokens.before(at, 1).case == Case::Mixed);
        stop && !next.glued && !short && (next.has_capital() || !next.is_word())
    };
    let start = (1..=BEFORE.min(name.start))
        .take_while(|&back| !ends(name.start - back))
        .last()
        .map_or(name.start, |back| name.start - back);
    let end = (name.end..name.end + BEHIND).find(|&at| ends(at)).unwrap_or(name.end + BEHIND);
    start..end.min(tokens.len())
}

impl Rules {
    /// Gives offices to those who have none.
    pub(super) fn learned(&self, tokens: &Tokens<'_>, found: &mut [Found]) {
        self.learned_with(tokens, found, |_, _, _| {});
    }

    /// What speaks for the offices that the tagger tells, by the span of the name.
    pub(super) fn reasons(
        &self,
        tokens: &Tokens<'_>,
    ) -> FxHashMap<Span, Vec<(Span, &'static str)>> {
        let mut reasons: FxHashMap<Span, Vec<(Span, &'static str)>> = FxHashMap::default();
        self.learned_with(tokens, &mut self.by_rules(tokens), |window, person, office| {
            let told = self.model.reasons(window, office).into_iter();
            let told = told.map(|why| (tokens.span(office.clone()), why));
            reasons.entry(tokens.span(person.name.clone())).or_default().extend(told);
        });
        reasons
    }

    fn learned_with(
        &self,
        tokens: &Tokens<'_>,
        found: &mut [Found],
        mut each: impl FnMut(&Window, &Found, &Range<usize>),
    ) {
        let mut held: FxHashSet<&str> = FxHashSet::default();
        for person in found.iter().filter(|person| !person.offices.is_empty()) {
            held.extend(person.name.clone().map(|at| tokens.str(at)));
        }
        let names: Vec<Range<usize>> = found.iter().map(|person| person.name.clone()).collect();
        let mut claimed: Vec<Range<usize>> =
            found.iter().flat_map(|person| person.offices.iter().cloned()).collect();
        claimed.sort_by_key(|it| it.start);
        for at in 0..names.len() {
            let Some(person) = found.get_mut(at) else { continue };
            let last = person.name.end - 1;
            if !person.offices.is_empty()
                || held.contains(tokens.str(last))
                || held.contains(tokens.str(person.name.start)) && person.name.len() == 1
                || self.is_of_another(tokens, person)
            {
                continue;
            }
            let near = sentence(tokens, &person.name);
            let free = |range: &Range<usize>| {
                let behind = claimed.partition_point(|it| it.start < range.end);
                claimed.iter().take(behind).rev().take(NEAR).all(|it| it.end <= range.start)
            };
            let begins: Vec<usize> = (0..near.len())
                .filter(|place| {
                    let at = near.start + place;
                    office::begins_office(&self.lexicon, tokens, at)
                        && !person.name.contains(&at)
                        && free(&(at..at + 1))
                        && self.may_begin_held(tokens, at)
                })
                .collect();
            if begins.is_empty() {
                continue;
            }
            let window = Window::new(&self.lexicon, tokens, near, &names, at, true);
            for office in self.model.offices(&window, &begins) {
                if free(&office) && self.may_end_held(tokens, &office) {
                    each(&window, person, &office);
                    person.offices.push(office);
                }
            }
        }
    }

    /// Whether what the sentence tells is somebody else's, a relation of the one named or whom they appoint: `vợ ông
    /// An là giám đốc`.
    fn is_of_another(&self, tokens: &Tokens<'_>, person: &Found) -> bool {
        let first = person.whole().start;
        // `được ông An bổ nhiệm làm …`.
        let agent = (1..=2).any(|back| tokens.before(first, back).id == self.lexicon.words.duoc);
        let owned = longest(&self.lexicon.owned, tokens, first);
        agent
            || owned.is_some_and(|(end, ())| end < person.name.start)
            || self.is_behind(&self.lexicon.owned, tokens, first)
    }

    /// Whether an office that somebody holds can begin at the head of one, by the words in front:
    /// `ứng viên tổng thống`, `vợ Chủ tịch xã`, `các Ủy viên` are none.
    fn may_begin_held(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        let words = &self.lexicon.words;
        let lists = [&self.lexicon.sought, &self.lexicon.spouses, &self.lexicon.owned];
        let before = tokens.before(at, 1).id;
        // `cô giáo Hoàng Thị Thủy` is no pope.
        let named = tokens.get(at).case == Case::Lower
            && longest(&self.lexicon.offices, tokens, at).is_some_and(|(end, ())| {
                (at + 1..end).any(|at| tokens.get(at).case == Case::Capital)
            });
        !named
            && !self.lexicon.plurals.contains(before)
            && !self.lexicon.houses.contains(before)
            && ![words.cua, words.bo].contains(&before)
            && (before, tokens.before(at, 2).id) != (words.phong, words.van)
            && !lists.into_iter().any(|list| self.is_behind(list, tokens, at))
            && office::office(&self.lexicon, tokens, at).is_some()
    }

    /// Whether an office can end where the tagger ends it: inside of no word, `công ty cổ phần phát|triển`,
    /// `Phó chủ tịch|nước`, and with none that needs another behind it.
    fn may_end_held(&self, tokens: &Tokens<'_>, office: &Range<usize>) -> bool {
        let words = &self.lexicon.words;
        let last = tokens.before(office.end, 1);
        let cut = (office.end.saturating_sub(3)..office.end).any(|at| {
            let part = longest(&self.lexicon.parts, tokens, at).map(|(end, _)| end);
            let word = longest(&self.lexicon.compounds, tokens, at).map(|(end, ())| end);
            let head = longest(&self.lexicon.offices, tokens, at).map(|(end, ())| end);
            part.max(word).max(head).is_some_and(|end| end > office.end)
        });
        !cut && (last.is_word() || last.is_number() || last.is_mark(')'))
            && ![words.cua, words.va, words.la, words.cac, words.tai, words.o].contains(&last.id)
    }
}
