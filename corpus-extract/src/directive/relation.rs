//! What one directive does to another: `Nghị định A sửa đổi, bổ sung một số điều của Nghị định B`.
//!
//! A relation is told at the mention that something is done to. Its verb is sought backwards from
//! there (`bãi bỏ khoản 2 Điều 5 …`) over the words that may stand between, or behind the mention in
//! the passive (`… bị bãi bỏ bởi …`). Who does it is the mention in front of the verb in the same
//! sentence; without one it is the text itself, or somebody.

use std::ops::Range;

use corpus_model::{Relation, RelationKind, Span};
use corpus_text::key;

use super::lexicon::{Lexicon, RelationWord};
use super::resolve::Found;
use crate::gazetteer::{longest, longest_joined};
use crate::token::{TokenKind, Tokens};

/// The farthest that a verb stands from what it is done to.
const FARTHEST: usize = 18;
/// The farthest that a directive stands from the verb for what it does.
const REACH: usize = 40;

/// The relations of each mention.
pub(super) fn relations(
    lexicon: &Lexicon,
    tokens: &Tokens<'_>,
    found: &[Found],
) -> Vec<Vec<Relation>> {
    let mut relations: Vec<Vec<Relation>> = vec![Vec::new(); found.len()];
    for (n, this) in found.iter().enumerate() {
        let before = n.checked_sub(1).and_then(|before| found.get(before));
        let after = found.get(n + 1);
        // A list: `thay thế Nghị định A và Nghị định B`.
        let listed = before.is_some_and(|before| is_list(lexicon, tokens, before, this));
        let mut told = match n.checked_sub(1).and_then(|before| relations.get(before)) {
            Some(told) if listed => told.clone(),
            _ => Vec::new(),
        };
        if told.is_empty() {
            let floor = before.map_or(0, |before| before.tokens.end);
            told.extend(active(lexicon, tokens, floor, this.tokens.start).map(|(kind, verb)| {
                let before = found.get(..n).unwrap_or_default();
                let by = agent(tokens, before, this, &relations, verb.start);
                Relation { relation: kind, by: by.filter(|_| kind != RelationKind::BasedOn) }
            }));
        }
        if told.is_empty() {
            told.extend(passive(lexicon, tokens, this, after));
        }
        if let Some(slot) = relations.get_mut(n) {
            *slot = told;
        }
    }
    relations
}

/// Whether only a comma or `và` stands between two mentions.
fn is_list(lexicon: &Lexicon, tokens: &Tokens<'_>, before: &Found, this: &Found) -> bool {
    let between = before.tail.max(before.tokens.end)..this.tokens.start;
    between.len() <= 2
        && !between.is_empty()
        && between.clone().all(|at| {
            let token = tokens.get(at);
            token.is_mark(',') || token.is_mark(';') || token.id == lexicon.words.va
        })
}

/// The verb whose object begins at `object`, sought back to `floor`.
fn active(
    lexicon: &Lexicon,
    tokens: &Tokens<'_>,
    floor: usize,
    object: usize,
) -> Option<(RelationKind, Range<usize>)> {
    // A verb has so many words; it is read from its first.
    const LONGEST_VERB: usize = 8;
    let mut free = object;
    let mut at = object;
    let floor = floor.max(object.saturating_sub(FARTHEST));
    while at > floor {
        at -= 1;
        let token = tokens.get(at);
        if !token.is_word() && !token.is_mark(',') {
            return None;
        }
        match longest_joined(&lexicon.relations, tokens, at) {
            // Verbs are read from their first word, behind which everything is free.
            Some((end, RelationWord::Does(kind))) if end >= free && end <= object => {
                // `sửa đổi, bổ sung`: the whole of it.
                let first = floor.max(at.saturating_sub(LONGEST_VERB));
                let whole = (first..at).find_map(|start| {
                    match longest_joined(&lexicon.relations, tokens, start)? {
                        (longer, &RelationWord::Does(kind)) if longer >= end => {
                            Some((kind, start..longer))
                        }
                        _ => None,
                    }
                });
                // `được hướng dẫn tại Nghị định`: the passive names who does it.
                let start = whole.as_ref().map_or(at, |(_, verb)| verb.start);
                let passive = matches!(
                    start.checked_sub(1).and_then(|at| longest(&lexicon.relations, tokens, at)),
                    Some((_, RelationWord::Passive))
                );
                return (!passive).then(|| whole.unwrap_or((*kind, at..end)));
            }
            Some((end, RelationWord::Between | RelationWord::Does(_))) if end >= free => free = at,
            _ if token.is_mark(',') => {}
            _ if free - at > 4 => return None,
            _ => {}
        }
    }
    None
}

/// The mention in front of a verb in its sentence.
fn agent(
    tokens: &Tokens<'_>,
    before: &[Found],
    this: &Found,
    relations: &[Vec<Relation>],
    verb: usize,
) -> Option<Span> {
    let (n, last) = before.iter().enumerate().next_back()?;
    // The verb may begin the title that was read behind the mention.
    let between = last.tokens.end..verb;
    let near = between.len() <= REACH && between.start <= between.end;
    let ends = between.clone().any(|at| {
        let token = tokens.get(at);
        let full_stop = token.is_mark('.') && !tokens.get(at + 1).glued;
        token.is_break() || full_stop || token.is_mark(';')
    });
    // What something is done to by the text itself, does nothing itself: `Căn cứ Luật A, sửa đổi …`.
    let object = relations.get(n).is_some_and(|told| told.iter().any(|it| it.by.is_none()));
    // Nothing is done to itself: `Luật A … sửa đổi Luật A`, `… sửa đổi luật này`.
    let (a, b) = (last.refs.first()?, this.refs.first()?);
    let itself = a.kind == b.kind
        && (this.pointer
            || a.number == b.number && a.symbol == b.symbol && alike(&a.title, &b.title));
    (near && !ends && !object && !itself).then_some(last.span)
}

/// `… được thay thế bằng …`, `… bị bãi bỏ`, `… hết hiệu lực` behind a mention.
fn passive(
    lexicon: &Lexicon,
    tokens: &Tokens<'_>,
    this: &Found,
    after: Option<&Found>,
) -> Option<Relation> {
    let words = &lexicon.words;
    let mut at = this.tail;
    if matches!(tokens.get(at).kind, TokenKind::Mark('(' | ',')) {
        at += 1;
    }
    while [words.da, words.se, words.vua, words.moi].contains(&tokens.get(at).id) {
        at += 1;
    }
    let word =
        |at: usize| longest_joined(&lexicon.relations, tokens, at).map(|(end, &it)| (end, it));
    let (mut end, kind) = match word(at)? {
        (end, RelationWord::Passive) => match word(end)? {
            (end, RelationWord::Does(kind)) => (end, kind),
            _ => return None,
        },
        // `hết hiệu lực` needs no passive, other verbs are what this one does.
        (end, RelationWord::Does(RelationKind::Repeals)) if end == at + 3 => {
            (end, RelationKind::Repeals)
        }
        _ => return None,
    };
    // `được sửa đổi, bổ sung một số điều theo Nghị định …`.
    for _ in 0..6 {
        match word(end) {
            Some((next, RelationWord::By)) => {
                let by = after.filter(|after| after.tokens.start == next).map(|it| it.span);
                return Some(Relation { relation: kind, by });
            }
            Some((next, RelationWord::Between)) => end = next,
            _ => break,
        }
    }
    Some(Relation { relation: kind, by: None })
}

fn alike(a: &Option<String>, b: &Option<String>) -> bool {
    a.as_deref().map(key) == b.as_deref().map(key)
}
