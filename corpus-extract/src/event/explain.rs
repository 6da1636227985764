//! Why a mention of an event is one.

use std::ops::Range;

use corpus_model::{BlockKind, Event, Mention, Span, Value};

use super::{NEAR, Rules, day, sentence};
use crate::explanation::{Clue, Found};
use crate::gazetteer::longest;
use crate::token::Tokens;

/// The sentences of a document as events see them, and the facts in them.
#[derive(Debug)]
pub(crate) struct Sentences<'m> {
    sentences: Vec<Range<usize>>,
    facts: &'m [Mention],
}

impl<'m> Sentences<'m> {
    /// `facts` are those of the document in text order.
    pub(crate) fn new(tokens: &Tokens<'_>, facts: &'m [Mention]) -> Sentences<'m> {
        let mut sentences = Vec::new();
        for run in tokens.runs(BlockKind::is_content) {
            let mut at = run.start;
            while at < run.end {
                let end = sentence(tokens, at, run.end).max(at + 1);
                sentences.push(at..end);
                at = end;
            }
        }
        Sentences { sentences, facts }
    }

    /// The day, the place and the participants that the sentence, or those behind it, name.
    pub(crate) fn explain(
        &self,
        rules: &Rules,
        tokens: &Tokens<'_>,
        mention: &Mention,
        event: &Event,
    ) -> Found {
        let at = tokens.at_byte(mention.span.start());
        let (end, verb) = longest(&rules.kinds, tokens, at)
            .map_or((at + 1, false), |(end, kind)| (end, kind.verb));
        let mut clues = vec![Clue::new("word", tokens.span(at..end))];
        let own = self.sentences.partition_point(|it| it.end <= at);
        let mut wanted: Vec<&str> = event.participants.iter().map(String::as_str).collect();
        let (mut day_sought, mut place_sought) = (event.iso.is_some(), event.place.is_some());
        for (n, range) in self.sentences.iter().skip(own).take(NEAR + 1).enumerate() {
            for fact in self.within(tokens.span(range.clone())) {
                match &fact.value {
                    Value::Date(date)
                        if day_sought && n == 0 && day(&date.when.to_string()) == event.iso =>
                    {
                        clues.push(Clue::new("day", fact.span));
                        day_sought = false;
                    }
                    Value::Place(place)
                        if place_sought && Some(&place.name) == event.place.as_ref() =>
                    {
                        clues.push(Clue::new("place", fact.span));
                        place_sought = false;
                    }
                    Value::Person(person) => take(&mut wanted, &person.name, fact.span, &mut clues),
                    Value::Organization(it) => take(&mut wanted, &it.name, fact.span, &mut clues),
                    _ => {}
                }
            }
        }
        (if verb { "event.verb" } else { "event.noun" }, clues)
    }

    fn within(&self, span: Span) -> impl Iterator<Item = &'m Mention> {
        let from = self.facts.partition_point(|it| it.span.start() < span.start());
        let rest = self.facts.get(from..).unwrap_or_default();
        rest.iter().take_while(move |it| it.span.start() < span.end())
    }
}

/// Adds the first place where a participant is named.
fn take(wanted: &mut Vec<&str>, name: &str, span: Span, clues: &mut Vec<Clue>) {
    if let Some(place) = wanted.iter().position(|it| *it == name) {
        wanted.swap_remove(place);
        clues.push(Clue::new("participant", span));
    }
}
