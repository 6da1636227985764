//! The facts of one document as a report shows them, with the sentences that they stand in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use corpus_model::{Annotations, Basis, Document, MentionKind, Span, Spanned as _, Value};

use crate::report::{DateFact, Excerpt, ListFact, QuantityFact, is_day};

/// The sentence around a place, if it stands in one.
pub(super) fn sentence_around(annotations: &Annotations, span: Span) -> Option<Span> {
    let sentences = annotations.sentences.as_slice();
    let next = sentences.partition_point(|sentence| sentence.span.start() <= span.start());
    let sentence = sentences.get(next.checked_sub(1)?)?;
    sentence.span().contains(span).then_some(sentence.span)
}

/// The text of a sentence, which many facts may share.
#[derive(Default)]
pub(super) struct Sentences(BTreeMap<Span, Arc<str>>);

impl Sentences {
    pub(super) fn text(&mut self, document: &Document, span: Span) -> Arc<str> {
        Arc::clone(self.0.entry(span).or_insert_with(|| document[span].into()))
    }
}

pub(super) fn quantities(
    document: &Document,
    annotations: &Annotations,
    sentences: &mut Sentences,
) -> Vec<QuantityFact> {
    let facts = annotations.mentions.iter().filter_map(|mention| match &mention.value {
        Value::Quantity(quantity) => {
            let sentence = sentence_around(annotations, mention.span)?;
            Some(QuantityFact {
                span: mention.span,
                text: document[mention.span].to_owned(),
                quantity: quantity.clone(),
                sentence: sentences.text(document, sentence),
                sentence_span: sentence,
            })
        }
        _ => None,
    });
    facts.collect()
}

/// The announced lists; one that announces without items says nothing here.
pub(super) fn lists(document: &Document, annotations: &Annotations) -> Vec<ListFact> {
    let excerpt = |span: Span| Excerpt { span, text: document[span].to_owned() };
    let facts = annotations.mentions.iter().filter_map(|mention| match &mention.value {
        Value::List(list) if !list.items.is_empty() => Some(ListFact {
            span: mention.span,
            text: document[mention.span].to_owned(),
            announced: list.announced,
            noun: list.noun.clone(),
            items: list.items.iter().copied().map(excerpt).collect(),
            complete: list.complete,
        }),
        _ => None,
    });
    facts.collect()
}

/// The days that a document names, each with the first sentence that names it.
///
/// The day on which a directive was issued says what is cited, not what happened, so it is left
/// out in the sentences that cite the directive.
pub(super) fn dates(
    document: &Document,
    annotations: &Annotations,
    sentences: &mut Sentences,
) -> Vec<DateFact> {
    let mut issued = BTreeSet::new();
    for mention in &annotations.mentions {
        if let Value::Directive(directive) = &mention.value {
            let sentence = sentence_around(annotations, mention.span);
            issued.extend(directive.refs.iter().filter_map(|it| Some((sentence?, it.date?))));
        }
    }
    let mut seen = BTreeSet::new();
    let facts = annotations.mentions.iter().filter_map(|mention| {
        let Value::Date(date) = &mention.value else { return None };
        let day =
            date.when.first_day().filter(|_| is_day(date.when) && date.basis != Basis::Unknown)?;
        let span = sentence_around(annotations, mention.span)?;
        if issued.contains(&(span, day)) || !seen.insert(day) {
            return None;
        }
        Some(DateFact { iso: date.when, span, text: sentences.text(document, span) })
    });
    facts.collect()
}

pub(super) fn doubtful_dates(document: &Document, annotations: &Annotations) -> Vec<String> {
    let doubtful = annotations.mentions.iter().filter(|mention| {
        mention.kind() == MentionKind::Date
            && matches!(&mention.value, Value::Date(date) if date.basis == Basis::Unknown)
    });
    doubtful.map(|mention| document[mention.span].to_owned()).collect()
}
