//! What `--explain` says of a fact: the rule that found it and what the rule went by.

use corpus_extract::{Explanation, Extractor};
use corpus_model::{Basis, Document, Mention, Span, Value};
use serde::Serialize;

use crate::text_width::flat;

/// Why a fact is what it is said to be.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Explained<'a> {
    rule: &'static str,
    reason: &'static str,
    /// Of a date that the text does not give in full: the time of writing, and how that is known.
    #[serde(flatten)]
    dating: Option<Dated>,
    evidence: Vec<Place<'a>>,
}

#[derive(Clone, Debug, Serialize)]
struct Dated {
    published: Option<String>,
    basis: Basis,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct Place<'a> {
    role: &'static str,
    span: Span,
    text: &'a str,
}

impl<'a> Explained<'a> {
    /// The explanations of a document's facts, in their order.
    pub(crate) fn all(
        document: &'a Document,
        mentions: &[Mention],
        extractor: &Extractor,
    ) -> Vec<Explained<'a>> {
        let half_written =
            |it: &Mention| matches!(&it.value, Value::Date(date) if date.basis != Basis::Explicit);
        let evidence = mentions.iter().any(half_written).then(|| extractor.evidence(document));
        let explained = |(mention, explanation): (&Mention, Explanation)| Explained {
            rule: explanation.rule.name,
            reason: explanation.rule.about,
            dating: evidence.as_ref().filter(|_| half_written(mention)).map(|it| Dated {
                published: it.when.map(|when| when.to_string()),
                basis: it.basis,
            }),
            evidence: explanation
                .evidence
                .into_iter()
                .filter_map(|clue| {
                    Some(Place { role: clue.role, span: clue.span, text: document.get(clue.span)? })
                })
                .collect(),
        };
        let explanations = extractor.explain(document, mentions);
        mentions.iter().zip(explanations).map(explained).collect()
    }

    /// All of it on a line.
    pub(crate) fn line(&self) -> String {
        let mut text = format!("{}: {}", self.rule, self.reason);
        if let Some(published) = self.dating.as_ref().and_then(|it| it.published.as_ref()) {
            text.push_str(&format!(": {published}"));
        }
        let place = |place: &Place<'_>| {
            format!("{} “{}” at byte {}", place.role, flat(place.text), place.span.start())
        };
        let places: Vec<String> = self.evidence.iter().map(place).collect();
        if !places.is_empty() {
            text.push_str(&format!(" ({})", places.join(", ")));
        }
        text
    }
}
