//! What directives have to do with each other: what one does to another, and which are cited together.

use std::collections::BTreeMap;
use std::sync::Arc;

use corpus_model::{Mention, RelationKind, Span, Value};
use serde::Serialize;

use super::Summary;
use super::facts::DirectiveRow;

/// Directives among which those cited together are sought: more make a drawing that nobody reads.
const MOST_COMPARED: usize = 14;
/// Pairs shown.
const MOST_PAIRS: usize = 24;

/// What a document says that one directive does to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct CitationFact {
    /// The one that does it; none where the document itself does, or somebody.
    pub(crate) by: Option<String>,
    pub(crate) relation: RelationKind,
    pub(crate) to: String,
    /// The sentence that says so.
    pub(crate) span: Span,
    #[serde(serialize_with = "super::shared")]
    pub(crate) text: Arc<str>,
}

/// The same of the corpus.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct CitationRow {
    pub(crate) document: String,
    #[serde(flatten)]
    pub(crate) fact: CitationFact,
}

/// What the mentions of a document say that directives do to each other, in text order.
///
/// `sentence` finds the sentence around a mention and its text.
pub(crate) fn of_document<'a>(
    mentions: impl Iterator<Item = &'a Mention> + Clone,
    mut sentence: impl FnMut(Span) -> Option<(Span, Arc<str>)>,
) -> Vec<CitationFact> {
    let directives = mentions.filter_map(|mention| match &mention.value {
        Value::Directive(directive) => Some((mention.span, directive)),
        _ => None,
    });
    let mut facts = Vec::new();
    let mut names: Option<BTreeMap<Span, String>> = None;
    for (place, directive) in directives.clone() {
        for relation in &directive.relations {
            // Few documents say anything of the kind, so the names are gathered where one does.
            let names = names.get_or_insert_with(|| {
                let named = |it: &corpus_model::Directive| it.refs.first().map(ToString::to_string);
                directives.clone().filter_map(|(span, it)| Some((span, named(it)?))).collect()
            });
            let Some((span, text)) = sentence(place) else { continue };
            let by = relation.by.and_then(|it| names.get(&it).cloned());
            facts.extend(directive.refs.iter().map(|it| CitationFact {
                by: by.clone(),
                relation: relation.relation,
                to: it.to_string(),
                span,
                text: Arc::clone(&text),
            }));
        }
    }
    facts
}

/// Two directives and how many documents cite both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Together {
    /// Their places in the rows.
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) documents: u64,
}

/// Which of the first directives are cited together, the most often first.
pub(crate) fn together(rows: &[DirectiveRow]) -> Vec<Together> {
    let rows = rows.get(..rows.len().min(MOST_COMPARED)).unwrap_or_default();
    let mut pairs = Vec::new();
    for (b, later) in rows.iter().enumerate() {
        for (a, earlier) in rows.iter().enumerate().take(b) {
            let both = |place: &&usize| later.found_in.binary_search(place).is_ok();
            let documents = earlier.found_in.iter().filter(both).count() as u64;
            if documents > 0 {
                pairs.push(Together { a, b, documents });
            }
        }
    }
    pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.documents), pair.a, pair.b));
    pairs.truncate(MOST_PAIRS);
    pairs
}

/// What is done to a directive, as the middle of a sentence.
pub(crate) fn in_words(relation: RelationKind) -> &'static str {
    match relation {
        RelationKind::BasedOn => "rests on",
        RelationKind::Amends => "amends",
        RelationKind::Repeals => "repeals",
        RelationKind::Replaces => "replaces",
        RelationKind::Implements => "carries out",
        RelationKind::Suspends => "suspends",
        RelationKind::Corrects => "corrects",
        RelationKind::Consolidates => "consolidates",
        RelationKind::Extends => "extends",
        other => other.name(),
    }
}

/// What directives do to each other, a sentence each with the document that says so; those by a named
/// directive first.
pub(crate) fn told(summary: &Summary) -> Vec<(&CitationRow, String)> {
    let mut rows: Vec<&CitationRow> = summary.corpus.citations.iter().collect();
    rows.sort_by_key(|row| row.fact.by.is_none());
    rows.into_iter()
        .map(|row| {
            let by = row.fact.by.as_deref().unwrap_or("(the text)");
            (row, format!("{by} {} {}", in_words(row.fact.relation), row.fact.to))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_of_one_document_are_together() {
        let row = |found_in: &[usize]| DirectiveRow {
            found_in: found_in.to_vec(),
            ..DirectiveRow::default()
        };
        let rows = [row(&[0, 2, 5]), row(&[2, 5, 7]), row(&[7]), row(&[9])];
        let pairs: Vec<(usize, usize, u64)> =
            together(&rows).iter().map(|it| (it.a, it.b, it.documents)).collect();
        assert_eq!(pairs, [(0, 1, 2), (1, 2, 1)]);
        assert_eq!(together(&[]), []);
    }
}
