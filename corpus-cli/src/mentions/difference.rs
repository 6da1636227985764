//! What two extractions differ in: facts gained, lost and changed.
//!
//! Facts are compared document by document and kind by kind. Two that stand at the same place are
//! one, and changed where their values differ; of the others, two that overlap are one whose ends
//! have moved. What is left was lost or gained.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::io::BufRead;
use std::path::Path;

use anyhow::{Result, anyhow};
use corpus_model::Span;
use serde::Deserialize;
use serde_json::Value;

/// A line of `extract --json`, of whatever version.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Fact {
    document: Value,
    #[serde(default)]
    pub(crate) path: Option<String>,
    pub(crate) kind: String,
    pub(crate) span: Span,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) value: Value,
}

/// How a document is known in both extractions: its identifier, and the name of its file without the
/// folders, which may be others.
pub(crate) type Key = (String, String);

impl Fact {
    pub(crate) fn key(&self) -> Key {
        key(self.document(), self.path.as_deref())
    }

    /// The document's identifier; its number where each line is one.
    pub(crate) fn document(&self) -> String {
        self.document.as_str().map_or_else(|| self.document.to_string(), str::to_owned)
    }
}

/// How a document of this identifier and path is known.
pub(crate) fn key(id: String, path: Option<&str>) -> Key {
    let name = path.and_then(|path| Path::new(path).file_name());
    (id, name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default())
}

/// What became of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Change {
    Gained,
    Lost,
    Changed,
}

impl Change {
    pub(crate) const ALL: [Change; 3] = [Change::Gained, Change::Lost, Change::Changed];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Change::Gained => "gained",
            Change::Lost => "lost",
            Change::Changed => "changed",
        }
    }
}

/// A fact that differs: one of both, or both where it changed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Difference<'a> {
    pub(crate) old: Option<&'a Fact>,
    pub(crate) new: Option<&'a Fact>,
}

impl<'a> Difference<'a> {
    pub(crate) fn change(&self) -> Change {
        match (self.old, self.new) {
            (Some(_), Some(_)) => Change::Changed,
            (Some(_), None) => Change::Lost,
            _ => Change::Gained,
        }
    }

    /// The fact as it is now, or as it was.
    pub(crate) fn fact(&self) -> Option<&'a Fact> {
        self.new.or(self.old)
    }
}

/// How many facts of a kind there were and are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) old: u64,
    pub(crate) new: u64,
    pub(crate) same: u64,
    pub(crate) gained: u64,
    pub(crate) lost: u64,
    pub(crate) changed: u64,
}

impl Counts {
    pub(crate) fn merge(&mut self, other: Counts) {
        self.old += other.old;
        self.new += other.new;
        self.same += other.same;
        self.gained += other.gained;
        self.lost += other.lost;
        self.changed += other.changed;
    }

    pub(crate) const fn differing(self) -> u64 {
        self.gained + self.lost + self.changed
    }
}

/// All that two extractions differ in, in the order of the documents, and counts by kind.
#[derive(Debug, Default)]
pub(crate) struct Comparison<'a> {
    pub(crate) differences: Vec<Difference<'a>>,
    pub(crate) counts: BTreeMap<&'a str, Counts>,
}

/// Reads what `extract --json` wrote.
///
/// # Errors
///
/// With the number of the first line that is no fact.
pub(crate) fn read(name: &str, reader: impl BufRead) -> Result<Vec<Fact>> {
    let mut facts = Vec::new();
    for (number, line) in reader.lines().enumerate() {
        let line = line.map_err(|error| anyhow!("{name}: line {}: {error}", number + 1))?;
        if line.trim().is_empty() {
            continue;
        }
        let fact = serde_json::from_str(line.trim_start_matches('\u{feff}')).map_err(|error| {
            anyhow!("{name}: line {}: no fact of `extract --json`: {error}", number + 1)
        })?;
        facts.push(fact);
    }
    Ok(facts)
}

/// Compares two extractions of the same documents.
pub(crate) fn compare<'a>(old: &'a [Fact], new: &'a [Fact]) -> Comparison<'a> {
    type Sides<'a> = [Vec<&'a Fact>; 2];
    let mut places: HashMap<Key, usize> = HashMap::new();
    let mut documents: Vec<BTreeMap<&str, Sides<'a>>> = Vec::new();
    // The documents as they are now come first, in their order.
    for (side, facts) in [(1, new), (0, old)] {
        for fact in facts {
            let place = *places.entry(fact.key()).or_insert(documents.len());
            if place == documents.len() {
                documents.push(BTreeMap::new());
            }
            if let Some(kinds) = documents.get_mut(place)
                && let Some(list) = kinds.entry(&fact.kind).or_default().get_mut(side)
            {
                list.push(fact);
            }
        }
    }
    let mut comparison = Comparison::default();
    for document in documents {
        let before = comparison.differences.len();
        for (kind, [mut old, mut new]) in document {
            let by_place = |fact: &&Fact| (fact.span.start(), fact.span.end());
            old.sort_by_key(by_place);
            new.sort_by_key(by_place);
            let counts = pair(&old, &new, &mut comparison.differences);
            comparison.counts.entry(kind).or_default().merge(counts);
        }
        let own = comparison.differences.get_mut(before..).unwrap_or_default();
        own.sort_by_key(|it| it.fact().map(|fact| (fact.span.start(), fact.span.end())));
    }
    comparison
}

/// Adds the differences between the facts of one kind in one document, both in text order.
fn pair<'a>(old: &[&'a Fact], new: &[&'a Fact], differences: &mut Vec<Difference<'a>>) -> Counts {
    let mut counts = Counts { old: old.len() as u64, new: new.len() as u64, ..Counts::default() };
    let place = |fact: &Fact| (fact.span.start(), fact.span.end());
    let mut left: [Vec<&'a Fact>; 2] = Default::default();
    merge(
        old,
        new,
        |a, b| place(a).cmp(&place(b)),
        |a, b| match (a, b) {
            (Some(a), Some(b)) if a.value == b.value => counts.same += 1,
            (Some(a), Some(b)) => {
                counts.changed += 1;
                differences.push(Difference { old: Some(a), new: Some(b) });
            }
            (a, b) => {
                left[0].extend(a);
                left[1].extend(b);
            }
        },
    );
    let apart = |a: &Fact, b: &Fact| {
        if a.span.overlaps(b.span) { Ordering::Equal } else { place(a).cmp(&place(b)) }
    };
    let [old, new] = &left;
    merge(old, new, apart, |old, new| {
        match (old, new) {
            (Some(_), Some(_)) => counts.changed += 1,
            (Some(_), None) => counts.lost += 1,
            _ => counts.gained += 1,
        }
        differences.push(Difference { old, new });
    });
    counts
}

/// Walks through two sorted lists at once; what is equal comes together.
fn merge<'a>(
    old: &[&'a Fact],
    new: &[&'a Fact],
    order: impl Fn(&Fact, &Fact) -> Ordering,
    mut next: impl FnMut(Option<&'a Fact>, Option<&'a Fact>),
) {
    let (mut old, mut new) = (old.iter().copied().peekable(), new.iter().copied().peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (Some(a), Some(b)) => order(a, b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => break,
        };
        match order {
            Ordering::Less => next(old.next(), None),
            Ordering::Greater => next(None, new.next()),
            Ordering::Equal => next(old.next(), new.next()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Comparison, Counts, compare, read};

    fn facts(rows: &[(&str, &str, usize, usize, &str)]) -> Vec<super::Fact> {
        let line = |(document, kind, start, end, value): &(&str, &str, usize, usize, &str)| {
            format!(
                "{{\"document\":\"{document}\",\"path\":\"a/{document}.txt\",\"span\":[{start},{end}],\
                 \"text\":\"x\",\"kind\":\"{kind}\",\"value\":{{\"name\":\"{value}\"}}}}\n"
            )
        };
        let lines: String = rows.iter().map(line).collect();
        read("x", lines.as_bytes()).unwrap()
    }

    fn told(comparison: &Comparison<'_>) -> Vec<String> {
        let told = |it: &super::Difference<'_>| {
            let side = |fact: Option<&super::Fact>| {
                fact.map(|it| format!("{}–{} {}", it.span.start(), it.span.end(), it.value["name"]))
                    .unwrap_or_default()
            };
            format!("{}: {} → {}", it.change().name(), side(it.old), side(it.new))
        };
        comparison.differences.iter().map(told).collect()
    }

    #[test]
    fn an_extraction_is_equal_to_itself() {
        let all =
            facts(&[("1", "place", 0, 4, "A"), ("1", "date", 0, 4, "B"), ("2", "date", 1, 2, "C")]);
        let comparison = compare(&all, &all);
        assert!(comparison.differences.is_empty());
        assert_eq!(
            comparison.counts["date"],
            Counts { old: 2, new: 2, same: 2, ..Counts::default() }
        );
    }

    #[test]
    fn tells_what_was_gained_lost_and_changed() {
        let old = facts(&[
            ("1", "place", 0, 4, "A"),
            ("1", "place", 10, 14, "B"),
            ("1", "place", 20, 24, "C"),
            ("1", "place", 30, 34, "D"),
            ("9", "date", 0, 1, "E"),
        ]);
        let new = facts(&[
            ("1", "place", 0, 4, "A"),
            ("1", "place", 5, 9, "F"),
            ("1", "place", 10, 14, "b"),
            ("1", "place", 18, 24, "C"),
            ("1", "date", 30, 34, "D"),
        ]);
        let comparison = compare(&old, &new);
        assert_eq!(
            told(&comparison),
            [
                "gained:  → 5–9 \"F\"",
                "changed: 10–14 \"B\" → 10–14 \"b\"",
                "changed: 20–24 \"C\" → 18–24 \"C\"",
                "gained:  → 30–34 \"D\"",
                "lost: 30–34 \"D\" → ",
                "lost: 0–1 \"E\" → ",
            ]
        );
        let places = Counts { old: 4, new: 4, same: 1, gained: 1, lost: 1, changed: 2 };
        assert_eq!(comparison.counts["place"], places);
        assert_eq!(places.differing(), 4);
    }

    #[test]
    fn of_overlapping_facts_each_is_told_once() {
        let old = facts(&[("1", "date", 0, 9, "A")]);
        let new = facts(&[("1", "date", 0, 4, "A"), ("1", "date", 5, 9, "B")]);
        assert_eq!(
            told(&compare(&old, &new)),
            ["changed: 0–9 \"A\" → 0–4 \"A\"", "gained:  → 5–9 \"B\""]
        );
        assert_eq!(
            told(&compare(&new, &old)),
            ["changed: 0–4 \"A\" → 0–9 \"A\"", "lost: 5–9 \"B\" → "]
        );
    }

    #[test]
    fn folders_do_not_tell_documents_apart_but_files_do() {
        let old = facts(&[("1", "date", 0, 9, "A")]);
        let mut new = old.clone();
        new[0].path = Some("elsewhere/1.txt".to_owned());
        assert!(compare(&old, &new).differences.is_empty());
        new[0].path = Some("a/2.txt".to_owned());
        assert_eq!(compare(&old, &new).differences.len(), 2);
    }

    #[test]
    fn says_which_line_is_no_fact() {
        let error = read("old.jsonl", "\n{\"document\":1}\n".as_bytes()).unwrap_err();
        let told = error.to_string();
        assert!(told.starts_with("old.jsonl: line 2: no fact of `extract --json`: "), "{told}");
    }
}
