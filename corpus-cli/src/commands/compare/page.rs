//! The comparison of two extractions for a person.

use std::collections::{BTreeMap, BTreeSet};

use corpus_model::Span;
use serde_json::Value;

use crate::mentions::difference::{Change, Comparison, Counts, Difference, Fact};
use crate::report::values;
use crate::style::{DATE, DIM, HEAD, NAME, WARN};
use crate::text_width::{flat, grouped, pad, width, wrap};

/// A sentence with the fact in it, as bytes of the sentence.
pub(super) struct Context {
    pub(super) sentence: String,
    pub(super) fact: Span,
}

/// The counts by kind.
pub(super) fn table(comparison: &Comparison<'_>) -> String {
    const HEADS: [&str; 6] = ["old", "new", "same", "gained", "lost", "changed"];
    let mut page = format!("{HEAD}{}", pad("", 12));
    for head in HEADS {
        page.push_str(&format!("{head:>9}"));
    }
    page.push_str(&format!("{HEAD:#}\n"));
    let mut row = |name: &str, counts: Counts| {
        page.push_str(&format!("{NAME}{}{NAME:#}", pad(name, 12)));
        let numbers =
            [counts.old, counts.new, counts.same, counts.gained, counts.lost, counts.changed];
        for (i, number) in numbers.into_iter().enumerate() {
            let number = format!("{:>9}", grouped(number));
            match i {
                3 if counts.gained > 0 => page.push_str(&format!("{DATE}{number}{DATE:#}")),
                4 | 5 if number.trim() != "0" => page.push_str(&format!("{WARN}{number}{WARN:#}")),
                _ => page.push_str(&number),
            }
        }
        page.push('\n');
    };
    let mut all = Counts::default();
    for (kind, counts) in &comparison.counts {
        row(kind, *counts);
        all.merge(*counts);
    }
    row("all", all);
    if all.differing() == 0 {
        page.push_str("\nnothing differs\n");
    }
    page
}

/// The differences by kind and change, at most so many of each.
pub(super) fn listed(
    comparison: &Comparison<'_>,
    contexts: &[Option<Context>],
    most: usize,
    columns: usize,
    page: &mut String,
) {
    type Entry<'a, 'b> = (&'b Difference<'a>, Option<&'b Context>);
    let mut groups: BTreeMap<(&str, Change), Vec<Entry<'_, '_>>> = BTreeMap::new();
    for (difference, context) in comparison.differences.iter().zip(contexts) {
        if let Some(fact) = difference.fact() {
            let group = groups.entry((&fact.kind, difference.change())).or_default();
            group.push((difference, context.as_ref()));
        }
    }
    if most == 0 {
        return;
    }
    for kind in comparison.counts.keys() {
        for change in Change::ALL {
            let Some(group) = groups.get(&(*kind, change)) else { continue };
            let n = grouped(group.len() as u64);
            page.push_str(&format!("\n{HEAD}{kind} {}: {n}{HEAD:#}\n", change.name()));
            for (difference, context) in group.iter().take(most) {
                entry(difference, *context, columns, page);
            }
            if let Some(more @ 1..) = group.len().checked_sub(most) {
                page.push_str(&format!("\n  {DIM}and {} more{DIM:#}\n", grouped(more as u64)));
            }
        }
    }
}

/// One difference: where it stands, what it was, what it is, and the sentence.
fn entry(
    difference: &Difference<'_>,
    context: Option<&Context>,
    columns: usize,
    page: &mut String,
) {
    let Some(fact) = difference.fact() else { return };
    let place = flat(&fact.path.clone().unwrap_or_else(|| fact.document()));
    let document = flat(&fact.document());
    let of = if place.contains(&document) { String::new() } else { format!(" {document}") };
    page.push_str(&format!("\n  {DIM}{place}{of}, byte {}{DIM:#}\n", fact.span.start()));
    let sides = [(difference.old, '-', WARN), (difference.new, '+', DATE)];
    for (fact, sign, style) in sides {
        let Some(fact) = fact else { continue };
        page.push_str(&format!(
            "{style}{}{style:#}",
            wrap(&described(fact), columns, &format!("  {sign} "), 4)
        ));
    }
    if let (Some(old), Some(new)) = (difference.old, difference.new)
        && described(old) == described(new)
    {
        // What people are shown leaves out what only programs ask for.
        let fields = differing_fields(&old.value, &new.value).join(", ");
        page.push_str(&format!("    {DIM}differs in: {}{DIM:#}\n", flat(&fields)));
    }
    if let Some(Context { sentence, fact }) = context {
        let part = |from, to| sentence.get(from..to).unwrap_or_default();
        let marked = format!(
            "{}[{}]{}",
            part(0, fact.start()),
            part(fact.start(), fact.end()),
            part(fact.end(), sentence.len())
        );
        let lines = wrap(&marked, columns.max(width("    ") + 20), "    ", 4);
        page.push_str(&format!("{DIM}{lines}{DIM:#}"));
    }
}

/// The text of a fact and its value in words, or as JSON where this version does not know the kind.
fn described(fact: &Fact) -> String {
    let tagged = serde_json::json!({ "kind": fact.kind, "value": fact.value });
    let value = match serde_json::from_value::<corpus_model::Value>(tagged) {
        Ok(value) => values::shown(&value),
        Err(_) => fact.value.to_string(),
    };
    let (written, value) = (flat(&fact.text), flat(&value));
    if value.is_empty() || value == written { written } else { format!("{written} → {value}") }
}

/// The names of the fields in which two values differ.
fn differing_fields(old: &Value, new: &Value) -> Vec<String> {
    let (Value::Object(one), Value::Object(other)) = (old, new) else {
        return vec!["value".to_owned()];
    };
    let mut names: BTreeSet<&String> = one.keys().collect();
    names.extend(other.keys());
    let mut fields = Vec::new();
    for name in names {
        match (one.get(name), other.get(name)) {
            (Some(Value::Array(old)), Some(Value::Array(new))) if old.len() == new.len() => {
                for (old, new) in old.iter().zip(new).filter(|(old, new)| old != new) {
                    let inner = match (old, new) {
                        (Value::Object(old), Value::Object(new)) => {
                            let mut keys: BTreeSet<&String> = old.keys().collect();
                            keys.extend(new.keys());
                            let differs = |key: &&&String| old.get(**key) != new.get(**key);
                            keys.iter().filter(differs).map(|key| (*key).clone()).collect()
                        }
                        _ => vec![name.clone()],
                    };
                    fields.extend(inner);
                }
            }
            (old, new) if old != new => fields.push(name.clone()),
            _ => {}
        }
    }
    fields.dedup();
    fields
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::differing_fields;

    #[test]
    fn names_the_fields_that_differ() {
        let of = |issuer: &str, antecedent: bool| {
            let mut value = json!({ "refs": [{ "number": 1, "issuer": issuer }] });
            if antecedent {
                value["antecedent"] = json!([1, 2]);
            }
            value
        };
        assert_eq!(differing_fields(&of("a", false), &of("b", false)), ["issuer"]);
        assert_eq!(differing_fields(&of("a", false), &of("a", true)), ["antecedent"]);
        assert_eq!(
            differing_fields(&json!({"offices": ["a"]}), &json!({"offices": ["a", "b"]})),
            ["offices"]
        );
        assert_eq!(differing_fields(&json!({"items": [1]}), &json!({"items": [2]})), ["items"]);
        assert_eq!(differing_fields(&json!(1), &json!(2)), ["value"]);
    }
}
