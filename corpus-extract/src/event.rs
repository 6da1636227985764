//! Events: what happened on a day that the same sentence names.
//!
//! A sentence with a day and a word of the list (`hội nghị`, `lễ khánh thành`, `làm việc với`) tells
//! an event. Its place stands behind `tại`; who took part is named in the sentence, or in one right
//! after that begins with `Dự …`, `Chủ trì …`. An event of one kind on one day is told once.

mod explain;

use std::ops::Range;
use std::sync::Arc;

use corpus_model::{BlockKind, Event, Mention, MentionKind, Span, Value};

pub(crate) use self::explain::Sentences;
use crate::gazetteer::{insert, longest};
use crate::pack::Pack;
use crate::table::rows;
use crate::token::{Case, TokenKind, Tokens};
use crate::vocabulary::{Id, Phrases, Starts, Vocabulary};

/// The rules for events.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    kinds: Phrases<Kind>,
    attend: Phrases<()>,
    /// What in front of an event says that it is only spoken of.
    other: Phrases<()>,
    tai: Id,
    theo: Id,
    dan: Id,
    o: Id,
}

/// A kind of event.
#[derive(Clone, Debug)]
struct Kind {
    name: Arc<str>,
    verb: bool,
}

/// The most participants that one event is shown with.
const MOST: usize = 32;

/// So many words may stand between a verb and the event that is its object.
const OBJECT: usize = 2;

/// So many sentences after an event may say who took part.
const NEAR: usize = 3;

/// The mentions of a document that events are made of, in text order.
struct Facts<'m> {
    mentions: Vec<&'m Mention>,
}

impl<'m> Facts<'m> {
    /// Those that lie in a span.
    fn within(&self, span: Span) -> impl Iterator<Item = &'m Mention> + '_ {
        let from = self.mentions.partition_point(|it| it.span.start() < span.start());
        self.mentions
            .get(from..)
            .unwrap_or_default()
            .iter()
            .copied()
            .take_while(move |it| it.span.start() < span.end())
    }
}

impl Rules {
    pub(crate) fn new(vocabulary: &mut Vocabulary, pack: &Pack) -> Rules {
        let mut kinds = Phrases::default();
        for [words, name, verb] in rows(pack.text("event.tsv")) {
            let name = if name.is_empty() { words } else { name }.into();
            insert(&mut kinds, vocabulary, words, Kind { name, verb: verb == "verb" });
        }
        let [mut attend, mut other] = [(); 2].map(|()| Phrases::default());
        for [words] in rows(pack.text("event-attend.txt")) {
            insert(&mut attend, vocabulary, words, ());
        }
        for [words] in rows(pack.text("event-other.txt")) {
            insert(&mut other, vocabulary, words, ());
        }
        vocabulary.begin_phrases(Starts::EVENT, &kinds);
        Rules {
            kinds,
            attend,
            other,
            tai: vocabulary.intern("tại"),
            theo: vocabulary.intern("theo"),
            dan: vocabulary.intern("dẫn"),
            o: vocabulary.intern("ở"),
        }
    }

    /// Adds the events that dates, people, places and organisations found before make up.
    pub(crate) fn find(&self, tokens: &Tokens<'_>, mentions: &mut Vec<Mention>) {
        if !mentions.iter().any(|it| it.kind() == MentionKind::Date) {
            return;
        }
        let mut sorted: Vec<&Mention> = mentions.iter().collect();
        sorted.sort_by_key(|it| (it.span.start(), it.span.end()));
        let facts = Facts { mentions: sorted };
        let mut events: Vec<(Span, Event)> = Vec::new();
        for run in tokens.runs(BlockKind::is_content) {
            let mut at = run.start;
            // How many sentences ago the last event was told, and which it is.
            let mut last: Option<(usize, usize)> = None;
            while at < run.end {
                let end = sentence(tokens, at, run.end);
                let span = tokens.span(at..end);
                if let Some((place, event)) = self.event(tokens, &facts, at..end) {
                    let known = events
                        .iter()
                        .rev()
                        .take(MOST)
                        .position(|(_, it)| it.name == event.name && it.iso == event.iso)
                        .map(|back| events.len() - 1 - back);
                    let told = known.unwrap_or(events.len());
                    match events.get_mut(told) {
                        Some((_, it)) => {
                            let spans = event.participant_spans.into_iter();
                            join(it, event.participants.into_iter().zip(spans));
                            if it.place.is_none() {
                                (it.place, it.place_span) = (event.place, event.place_span);
                            }
                        }
                        None => events.push((place, event)),
                    }
                    last = Some((0, told));
                } else if let Some((ago, event)) = last {
                    let attended = longest(&self.attend, tokens, at).is_some();
                    if attended && let Some((_, it)) = events.get_mut(event) {
                        join(it, self.participants(tokens, &facts, span));
                    }
                    last = (ago + 1 < NEAR).then_some((ago + 1, event));
                }
                at = end;
            }
        }
        mentions.extend(events.into_iter().map(|(span, event)| Mention::new(span, event)));
    }

    /// The event of a sentence.
    fn event(
        &self,
        tokens: &Tokens<'_>,
        facts: &Facts<'_>,
        run: Range<usize>,
    ) -> Option<(Span, Event)> {
        let span = tokens.span(run.clone());
        let directives: Vec<Span> = facts
            .within(span)
            .filter(|it| it.kind() == MentionKind::Directive)
            .map(|it| it.span)
            .take(MOST)
            .collect();
        let (iso, date_span) = facts.within(span).find_map(|it| match &it.value {
            // A day behind a directive is the directive's.
            Value::Date(date) if !directives.iter().any(|of| dates(tokens, *of, it.span)) => {
                Some((day(&date.when.to_string())?, it.span))
            }
            _ => None,
        })?;
        let cited = |at: usize| directives.iter().any(|it| it.overlaps(tokens.get(at).span));
        let mut told: Option<(usize, usize, &Kind)> = None;
        let mut at = run.start;
        loop {
            at = tokens.seek(at..run.end, Starts::EVENT);
            if at >= run.end {
                break;
            }
            if !cited(at)
                && let Some((end, kind)) = longest(&self.kinds, tokens, at)
            {
                // `khai mạc hội nghị`: what is opened is the event.
                let object = told.is_some_and(|(_, end, before)| {
                    before.verb && !kind.verb && at <= end + OBJECT
                });
                if (told.is_none() || object) && !self.is_other(tokens, at) {
                    told = Some((at, end, kind));
                }
                at = end;
            } else {
                at += 1;
            }
        }
        let (at, end, kind) = told?;
        let (place, place_span) = self.place(tokens, facts, run).unzip();
        let mut event = Event {
            name: kind.name.to_string(),
            iso: Some(iso),
            place,
            place_span,
            date_span: Some(date_span),
            ..Event::default()
        };
        join(&mut event, self.participants(tokens, facts, span));
        Some((tokens.span(at..titled(tokens, end)), event))
    }

    /// Whether a word in front of an event makes it one that is only spoken of: `sau Đại hội`.
    fn is_other(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        const LONGEST: usize = 3;
        (1..=LONGEST).any(|back| {
            at.checked_sub(back).is_some_and(|start| {
                longest(&self.other, tokens, start).is_some_and(|(end, ())| end == at)
            })
        })
    }

    /// The place behind the first `tại` that has one near.
    fn place(
        &self,
        tokens: &Tokens<'_>,
        facts: &Facts<'_>,
        run: Range<usize>,
    ) -> Option<(String, Span)> {
        const NEAR: usize = 16;
        let mut from = run.start;
        while let Some(at) =
            (from..run.end).find(|&at| [self.tai, self.o].contains(&tokens.get(at).id))
        {
            // `tại Nhà Trắng`
            if let Some(house) =
                facts.within(tokens.span(at + 1..at + 2)).find_map(|it| match &it.value {
                    Value::Organization(house) => Some((house.name.clone(), it.span)),
                    _ => None,
                })
                && !facts.within(house.1).any(|it| it.kind() == MentionKind::Place)
            {
                return Some(house);
            }
            // The place, or the organisation or building in front of it, begins with a capital.
            let stop = (at + NEAR).min(run.end);
            let lower = (at + 1..stop)
                .take_while(|&at| tokens.get(at).case == Case::Lower && tokens.get(at).is_word())
                .count();
            let near = tokens.span(at + 1..stop.max(at + 1));
            let place = facts.within(near).find_map(|it| match &it.value {
                Value::Place(place) => Some((place.name.clone(), it.span)),
                _ => None,
            });
            if let Some(place) = place.filter(|_| lower <= 5 && stop > at + 1) {
                return Some(place);
            }
            from = at + 1;
        }
        None
    }

    /// The people of a span, and the organisations that are no part of their offices.
    fn participants(
        &self,
        tokens: &Tokens<'_>,
        facts: &Facts<'_>,
        span: Span,
    ) -> Vec<(String, Span)> {
        let mut names: Vec<(String, Span)> = Vec::new();
        let mut offices: Vec<&str> = Vec::new();
        let mut add = |name: &str, span| {
            if !names.iter().any(|(other, _)| other == name) {
                names.push((name.to_owned(), span));
            }
            names.len() < MOST
        };
        for mention in facts.within(span) {
            if let Value::Person(person) = &mention.value {
                offices.extend(person.offices.iter().map(String::as_str).take(MOST));
                if !add(&person.name, mention.span) {
                    break;
                }
            }
        }
        // What ends right before a person is the office's.
        let people: Vec<usize> = facts
            .within(span)
            .filter(|it| it.kind() == MentionKind::Person)
            .map(|it| it.span.start())
            .collect();
        for mention in facts.within(span).take(4 * MOST) {
            let office = people
                .iter()
                .any(|&start| mention.span.end() <= start && start <= mention.span.end() + 1);
            if let Value::Organization(it) = &mention.value
                && !office
                && !self.is_source(tokens, mention.span)
                && !offices.iter().take(MOST).any(|office| office.contains(it.name.as_str()))
            {
                add(&it.name, mention.span);
            }
        }
        names
    }

    /// Whether an organisation only tells of the event, or is where it is held: `theo AFP`, `tại Nhà
    /// Trắng`, `Nikkei dẫn lời …`.
    fn is_source(&self, tokens: &Tokens<'_>, span: Span) -> bool {
        let at = tokens.at_byte(span.start());
        let end = tokens.at_byte(span.end());
        [self.theo, self.tai].contains(&tokens.before(at, 1).id) || tokens.id(end) == self.dan
    }
}

/// Adds participants that an event does not have yet.
fn join(event: &mut Event, more: impl IntoIterator<Item = (String, Span)>) {
    for (name, span) in more {
        if event.participants.len() < MOST && !event.participants.contains(&name) {
            event.participants.push(name);
            event.participant_spans.push(span);
        }
    }
}

/// The day, or days, of a date that has any: `2014-08-29` of `2014-08-29T08:30`.
fn day(iso: &str) -> Option<String> {
    let one = |iso: &str| {
        let day = iso.get(..10)?;
        let full = day.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            // `XXXX-08-29`: nothing settles the year.
            _ => byte.is_ascii_digit() || byte == b'X' && place < 4,
        });
        full.then(|| day.to_owned())
    };
    match iso.split_once('/') {
        Some((from, to)) => {
            let (from, to) = (one(from)?, one(to)?);
            Some(if from == to { from } else { format!("{from}/{to}") })
        }
        None => one(iso),
    }
}

/// Whether a date stands in a directive or right behind it: `Nghị quyết số 25 ngày 3/6/2013`.
fn dates(tokens: &Tokens<'_>, directive: Span, date: Span) -> bool {
    const NEAR: usize = 2;
    directive.overlaps(date)
        || directive.end() <= date.start()
            && tokens.at_byte(date.start()) <= tokens.at_byte(directive.end()) + NEAR
}

/// The token behind a title in quotes that begins at a token.
fn titled(tokens: &Tokens<'_>, at: usize) -> usize {
    const LONGEST: usize = 40;
    let closing = match tokens.get(at).kind {
        TokenKind::Mark('“') => '”',
        TokenKind::Mark('"') => '"',
        TokenKind::Mark('«') => '»',
        _ => return at,
    };
    (at + 1..at + LONGEST)
        .take_while(|&at| !tokens.get(at).is_break())
        .find(|&at| tokens.get(at).is_mark(closing))
        .map_or(at, |close| close + 1)
}

/// The end of the sentence that begins at a token.
fn sentence(tokens: &Tokens<'_>, from: usize, most: usize) -> usize {
    (from..most)
        .find(|&at| match tokens.get(at).kind {
            TokenKind::Break | TokenKind::Mark('!' | '?' | '…') => true,
            TokenKind::Mark('.') => {
                let (before, next) = (tokens.before(at, 1), tokens.get(at + 1));
                let short = before.case == Case::Upper && before.span.len() <= 3
                    || before.case == Case::Capital && before.span.len() <= 2;
                !(next.is_mark('.') || next.glued || short && next.is_capitalised())
                    || next.is_break()
            }
            _ => false,
        })
        .map_or(most, |at| at + 1)
        .max(from + 1)
}
