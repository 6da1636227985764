//! Scores an extractor against a gold file of the shape that `README.md` beside this file tells.
//!
//! Used by more than one test, each with documents and floors of its own.

#![allow(dead_code, reason = "each test uses a part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a gold file that cannot be read fails the test"
)]

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use corpus_extract::Extractor;
use corpus_model::{Directive, DirectiveRef, Document, Mention, MentionKind, Span, Value};
use corpus_parse::Reader;
use corpus_text::key;
use serde_json::Value as Json;

/// What was found, what was wanted and what of it was right.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Count {
    /// Found and wanted.
    pub right: usize,
    /// Found.
    pub found: usize,
    /// Wanted.
    pub wanted: usize,
}

impl Count {
    /// The share of what was wanted that was found.
    pub(crate) fn recall(self) -> f64 {
        self.right as f64 / self.wanted.max(1) as f64
    }

    /// The harmonic mean of recall and precision.
    pub(crate) fn f1(self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.wanted).max(1) as f64
    }
}

/// The scores of all files of a gold file together.
#[derive(Debug, Default)]
pub(crate) struct Scores {
    /// Files whose own date is as in the gold.
    pub published: Count,
    /// References by kind and number, or kind, plenum and term; a mention must overlap the gold's.
    pub directives: Count,
    /// Issuers, dates, terms and symbols of the references that were found.
    pub directive_fields: Count,
    /// References whose mention has exactly the gold's span.
    pub directive_spans: Count,
    /// Dates by value; a range may stand for its two ends.
    pub dates: Count,
    /// People by name and offices.
    pub people: Count,
    /// Quantities by number and unit; what the gold leaves out is not punished.
    pub quantities: Count,
    /// Whatever was missed, or found and not wanted, one line each.
    pub misses: Vec<String>,
}

/// Runs the extractor over the documents of `folder` that `gold` labels; none where `folder` is
/// absent.
pub(crate) fn score(gold: &str, folder: &Path) -> Option<Scores> {
    if !folder.is_dir() {
        println!("skipped: there is no {}", folder.display());
        return None;
    }
    let mut scores = Scores::default();
    for line in gold.lines() {
        let gold: Json = serde_json::from_str(line).unwrap();
        let name = gold["file"].as_str().unwrap();
        let document = read(&folder.join(name), gold["format"].as_str().unwrap());
        scores.add(&gold, &name[..3], &document);
    }
    Some(scores)
}

fn read(path: &Path, format: &str) -> Document {
    let format = corpus_parse::find(format).unwrap();
    let mut reader = Reader::new(format, File::open(path).unwrap()).path(path.to_string_lossy());
    reader.documents().next().unwrap().unwrap()
}

impl Scores {
    fn add(&mut self, gold: &Json, name: &str, document: &Document) {
        let mentions = Extractor::built_in().extract(document);
        let of_kind =
            |kind| mentions.iter().filter(move |it| it.kind() == kind).collect::<Vec<&Mention>>();
        self.published(gold, name, document);
        self.directives(gold, name, document, &of_kind(MentionKind::Directive));
        self.dates(gold, name, &of_kind(MentionKind::Date));
        self.people(gold, name, &of_kind(MentionKind::Person));
        self.quantities(gold, name, &of_kind(MentionKind::Quantity));
    }

    fn published(&mut self, gold: &Json, name: &str, document: &Document) {
        let found = Extractor::built_in().published(document).map(|it| it.when.to_string());
        let wanted = gold["article_date"].as_str();
        self.published.found += 1;
        self.published.wanted += 1;
        if found.as_deref() == wanted {
            self.published.right += 1;
        } else {
            self.misses.push(format!("{name} date of the article: {found:?}, not {wanted:?}"));
        }
    }

    fn directives(&mut self, gold: &Json, name: &str, document: &Document, found: &[&Mention]) {
        // A short form (`Quyết định này`) is not in the gold.
        let short =
            |span: Span| [" này", " đó", " trên"].iter().any(|word| document[span].ends_with(word));
        let found: Vec<(Span, &Directive)> = found
            .iter()
            .filter_map(|mention| match &mention.value {
                Value::Directive(it) if it.antecedent.is_none() || !short(mention.span) => {
                    Some((mention.span, it))
                }
                _ => None,
            })
            .collect();
        let mut used = vec![false; found.len()];
        for wanted in array(&gold["directives"]) {
            let place = span(&wanted["span"]);
            let refs = array(&wanted["refs"]);
            let refs: Vec<&Json> = refs.iter().filter(|it| wanted_key(it).is_some()).collect();
            self.directives.wanted += refs.len();
            let hit = found.iter().position(|(span, _)| span.overlaps(place));
            let Some((at, directive)) = hit.map(|n| {
                used[n] = true;
                found[n]
            }) else {
                self.misses.push(format!("{name} directive missed: {}", wanted["text"]));
                continue;
            };
            let keys: Vec<_> = directive.refs.iter().filter_map(found_key).collect();
            self.directives.found += keys.len();
            for wanted in refs {
                let key = wanted_key(wanted);
                match directive.refs.iter().find(|it| found_key(it) == key) {
                    Some(right) => {
                        self.directives.right += 1;
                        self.directive_spans.wanted += 1;
                        self.directive_spans.found += 1;
                        self.directive_spans.right += usize::from(at == place);
                        self.fields(wanted, right, name);
                    }
                    None => self.misses.push(format!("{name} directive: {keys:?}, not {key:?}")),
                }
            }
        }
        for ((span, directive), _) in found.iter().zip(used).filter(|(_, used)| !used) {
            let n = directive.refs.iter().filter_map(found_key).count();
            self.directives.found += n;
            if n > 0 {
                self.misses.push(format!("{name} directive not wanted: {}", &document[*span]));
            }
        }
    }

    fn fields(&mut self, wanted: &Json, found: &DirectiveRef, name: &str) {
        let date = found.date.map(|date| date.to_string());
        let fields = [
            ("symbol", found.symbol.as_deref()),
            ("issuer", found.issuer.as_deref()),
            ("date", date.as_deref()),
            ("term", found.term.as_deref()),
        ];
        for (field, found) in fields {
            let Some(wanted) = wanted[field].as_str() else { continue };
            self.directive_fields.wanted += 1;
            self.directive_fields.found += usize::from(found.is_some());
            if found.is_some_and(|found| key(found) == key(wanted)) {
                self.directive_fields.right += 1;
            } else {
                self.misses.push(format!("{name} {field} of a directive: {found:?}, not {wanted}"));
            }
        }
    }

    fn dates(&mut self, gold: &Json, name: &str, found: &[&Mention]) {
        let wanted: Vec<(Span, &str)> = array(&gold["dates"])
            .iter()
            .map(|it| (span(&it["span"]), it["value"].as_str().unwrap()))
            .collect();
        let mut items: Vec<(Span, String)> = Vec::new();
        for mention in found {
            let Value::Date(date) = &mention.value else { continue };
            let iso = date.when.to_string();
            let whole = wanted.iter().any(|it| it.1 == iso && it.0.overlaps(mention.span));
            match iso.split_once('/') {
                Some((from, to)) if !whole => {
                    items.extend([from, to].map(|iso| (mention.span, iso.to_owned())));
                }
                _ => items.push((mention.span, iso)),
            }
        }
        self.dates.wanted += wanted.len();
        for (place, iso) in &wanted {
            match items.iter().position(|it| it.1 == *iso && it.0.overlaps(*place)) {
                Some(n) => {
                    items.remove(n);
                    self.dates.right += 1;
                    self.dates.found += 1;
                }
                None => self.misses.push(format!("{name} date missed: {iso} at {place:?}")),
            }
        }
        // Bare years that the gold leaves out are not wrong.
        for (place, iso) in items {
            if iso.len() != 4 || wanted.iter().any(|it| it.0.overlaps(place)) {
                self.dates.found += 1;
                self.misses.push(format!("{name} date not wanted: {iso} at {place:?}"));
            }
        }
    }

    fn people(&mut self, gold: &Json, name: &str, found: &[&Mention]) {
        let byline = gold["byline"].as_str().map(|it| key(it).into_owned());
        let mut people: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for mention in found {
            let Value::Person(person) = &mention.value else { continue };
            let name = key(&person.name).into_owned();
            if Some(&name) == byline.as_ref() || name == "hồ chí minh" {
                continue;
            }
            let offices = people.entry(name).or_default();
            for office in person.offices.iter().map(|it| key(it).into_owned()) {
                if !offices.iter().any(|other| same_office(other, &office)) {
                    offices.push(office);
                }
            }
        }
        let wanted: BTreeMap<String, Vec<String>> = array(&gold["people"])
            .iter()
            .map(|it| {
                let offices = array(&it["titles"]).iter().map(folded).collect();
                (folded(&it["name"]), offices)
            })
            .collect();
        self.people.found += people.len();
        self.people.wanted += wanted.len();
        for (person, offices) in &wanted {
            let right = people.get(person).is_some_and(|found| {
                found.len() == offices.len()
                    && offices.iter().all(|it| found.iter().any(|other| same_office(it, other)))
            });
            if right {
                self.people.right += 1;
            } else {
                let found = people.get(person);
                self.misses.push(format!("{name} person {person}: {found:?}, not {offices:?}"));
            }
        }
        for person in people.keys().filter(|person| !wanted.contains_key(*person)) {
            self.misses.push(format!("{name} person not wanted: {person} {:?}", people[person]));
        }
    }

    fn quantities(&mut self, gold: &Json, name: &str, found: &[&Mention]) {
        for wanted in array(&gold["quantities"]) {
            let place = span(&wanted["span"]);
            let unit = folded(&wanted["unit"]);
            self.quantities.wanted += 1;
            let right = found.iter().any(|mention| match &mention.value {
                Value::Quantity(it) if mention.span.overlaps(place) => {
                    let found =
                        it.unit.as_deref().map(|unit| key(unit).into_owned()).unwrap_or_default();
                    it.number.to_string().parse() == Ok(wanted["value"].as_f64().unwrap())
                        && (same_office(&found, &unit) && !found.is_empty())
                }
                _ => false,
            });
            self.quantities.right += usize::from(right);
            if !right {
                let found: Vec<&Value> =
                    found.iter().filter(|it| it.span.overlaps(place)).map(|it| &it.value).collect();
                self.misses.push(format!("{name} quantity {}: {found:?}", wanted["text"]));
            }
        }
    }
}

/// What tells one directive from another: kind and number, or kind, plenum and term.
type Key = (String, Option<u64>, Option<u64>, Option<String>);

fn wanted_key(it: &Json) -> Option<Key> {
    let (number, plenum) = (it["number"].as_u64(), it["plenum"].as_u64());
    reference_key(folded(&it["kind"]), number, plenum, it["term"].as_str())
}

fn found_key(it: &DirectiveRef) -> Option<Key> {
    let kind = it.kind.as_deref().map(|kind| key(kind).into_owned()).unwrap_or_default();
    reference_key(kind, it.number.map(u64::from), it.plenum.map(u64::from), it.term.as_deref())
}

fn reference_key(
    kind: String,
    number: Option<u64>,
    plenum: Option<u64>,
    term: Option<&str>,
) -> Option<Key> {
    match (number, plenum, term) {
        (Some(_), ..) => Some((kind, number, None, None)),
        (None, None, None) => None,
        _ => Some((kind, None, plenum, term.map(str::to_owned))),
    }
}

/// Whether one is the other or its beginning, up to a blank.
fn same_office(a: &str, b: &str) -> bool {
    let begins = |long: &str, short: &str| {
        long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    begins(a, b) || begins(b, a)
}

fn folded(it: &Json) -> String {
    key(it.as_str().unwrap_or_default()).into_owned()
}

fn array(it: &Json) -> &[Json] {
    it.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn span(it: &Json) -> Span {
    let at = |n: usize| usize::try_from(it[n].as_u64().unwrap()).unwrap();
    Span::new(at(0), at(1))
}
