//! Why facts are what they are said to be: the rules asked once more, for what they went by.

use std::cell::OnceCell;

use corpus_model::{Basis, Document, Mention, MentionKind, Value};

use super::Extractor;
use crate::dating::{Evidence, Reason};
use crate::explanation::{Clue, Explanation, Found, Rule};
use crate::token::{Claims, Cut};
use crate::{directive, event, list, organization, person, programme};

impl Extractor {
    /// Says of each of a document's mentions, which this extractor found, by which rule and on what
    /// evidence; the explanations stand in the order of the mentions.
    ///
    /// The document is searched once more for it, so ask for all of its mentions at once.
    ///
    /// ```
    /// use corpus_extract::Extractor;
    /// use corpus_model::Document;
    ///
    /// let document = Document::new("1", "Bí thư Huyện ủy Vi Văn Thìn đến sớm.");
    /// let extractor = Extractor::built_in();
    /// let found = extractor.extract(&document);
    /// let explained = extractor.explain(&document, found.as_slice());
    /// let person = found.iter().position(|it| &document[it.span] == "Vi Văn Thìn").unwrap();
    /// assert_eq!(explained[person].rule.name, "person.office");
    /// let clue = explained[person].evidence[0];
    /// assert_eq!((clue.role, &document[clue.span]), ("office", "Bí thư Huyện ủy"));
    /// ```
    pub fn explain(&self, document: &Document, mentions: &[Mention]) -> Vec<Explanation> {
        let cut = Cut::of(document, &self.vocabulary);
        let tokens = cut.tokens(0);
        // The facts of all kinds: events are made of others, and names keep others away.
        let facts = self.extract(document);
        let of = |kind| facts.iter().filter(move |it: &&Mention| it.kind() == kind);
        let claims = Claims::new(&tokens, of(MentionKind::Person).map(|it| it.span));
        let evidence = OnceCell::new();
        let people = OnceCell::new();
        let organizations = OnceCell::new();
        let events = OnceCell::new();
        let lists = OnceCell::new();
        let programmes = OnceCell::new();
        let explained = |mention: &Mention| -> Found {
            let at = tokens.at_byte(mention.span.start());
            let range = at..tokens.at_byte(mention.span.end().saturating_sub(1)) + 1;
            match &mention.value {
                Value::Date(date) => {
                    if date.basis == Basis::Explicit {
                        return ("date.full", Vec::new());
                    }
                    date_of(evidence.get_or_init(|| self.evidence(document)))
                }
                Value::Directive(it) => directive::explain(&tokens, mention, it),
                Value::Person(it) => people
                    .get_or_init(|| person::Known::new(&self.people, &tokens, facts.as_slice()))
                    .explain(&tokens, mention, it),
                Value::Organization(_) => organizations
                    .get_or_init(|| {
                        organization::Explained::new(&tokens, of(MentionKind::Organization))
                    })
                    .explain(
                        &self.organizations,
                        &tokens,
                        (&self.people, &self.places, &claims),
                        at,
                    ),
                Value::Place(_) => self.places.explain(&tokens, &claims, at),
                Value::Quantity(it) => self.quantities.explain(&tokens, &self.numbers, range, it),
                Value::Event(it) => events
                    .get_or_init(|| event::Sentences::new(&tokens, facts.as_slice()))
                    .explain(&self.events, &tokens, mention, it),
                Value::List(it) => lists
                    .get_or_init(|| list::Marked::new(&self.lists, &tokens, &self.numbers))
                    .explain(mention, it),
                Value::Programme(it) => programmes
                    .get_or_init(|| programme::Read::new(&self.programmes, &tokens))
                    .explain(&tokens, mention, it),
                _ => ("", Vec::new()),
            }
        };
        let explanation =
            |(name, evidence): Found| Explanation { rule: Rule::named(name), evidence };
        mentions.iter().map(|mention| explanation(explained(mention))).collect()
    }
}

/// What the dates of a document that the text does not give in full rest on.
fn date_of(evidence: &Evidence) -> Found {
    let name = match evidence.reason {
        Reason::Source => "date.source",
        Reason::Address => "date.address",
        Reason::OwnDay => "date.own-day",
        Reason::NearbyDate => "date.nearby",
        Reason::LatestYear => "date.latest-year",
        Reason::Weekday => "date.weekday",
        Reason::Nothing => "date.open",
    };
    (name, evidence.spans.iter().map(|&span| Clue::new("said here", span)).collect())
}
