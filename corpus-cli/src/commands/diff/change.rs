//! What differs between two corpora: documents, people, offices, directives, words.

use std::collections::{BTreeMap, BTreeSet};

use corpus_model::When;
use corpus_stats::{SIMPLE_MATHS, Sketch, is_stop_word, keyness, near_duplicates};
use corpus_text::key;
use serde::Serialize;

use super::{Corpus, Kept};
use crate::report::facts::{DirectiveRow, directives_of_corpus};
use crate::report::people::{self, PersonRow};

/// The version of the JSON.
const SCHEMA: &str = "corpus.diff/1";
/// Words are shown whose difference is chance in one of a thousand cases at most.
const SIGNIFICANT: f64 = 10.83;
/// Words that are rarer in both together say little.
const FEWEST: u64 = 3;
/// So many words are kept either way.
const MOST_WORDS: usize = 50;

/// All that differs.
#[derive(Debug, Serialize)]
pub(super) struct Difference {
    schema: &'static str,
    pub(super) old: Size,
    pub(super) new: Size,
    pub(super) documents: Documents,
    /// People whom no document of the old corpus names.
    pub(super) people: Vec<PersonRow>,
    /// Offices that are new of people who are not.
    pub(super) offices: Vec<NewOffices>,
    /// Directives that no document of the old corpus cites.
    pub(super) directives: Vec<DirectiveRow>,
    /// Words that are more frequent than in the old corpus.
    pub(super) keywords: Vec<KeyWord>,
    /// Words that are rarer.
    pub(super) faded: Vec<KeyWord>,
}

/// How large a corpus is.
#[derive(Debug, Serialize)]
pub(super) struct Size {
    pub(super) documents: u64,
    pub(super) words: u64,
}

/// What became of the documents.
#[derive(Debug, Default, Serialize)]
pub(super) struct Documents {
    pub(super) same: u64,
    pub(super) new: Vec<Named>,
    pub(super) gone: Vec<Named>,
    pub(super) changed: Vec<Changed>,
}

impl Documents {
    /// Whether any is not the same.
    pub(super) fn differ(&self) -> bool {
        !(self.new.is_empty() && self.gone.is_empty() && self.changed.is_empty())
    }
}

/// A document, as far as one has to know to find it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Named {
    pub(super) id: String,
    pub(super) path: Option<String>,
    pub(super) title: Option<String>,
    pub(super) published: Option<When>,
}

impl Named {
    fn of(document: &Kept) -> Named {
        Named {
            id: document.id.clone(),
            path: document.path.clone(),
            title: document.title.clone(),
            published: document.published,
        }
    }
}

/// A document that was edited.
#[derive(Debug, Serialize)]
pub(super) struct Changed {
    pub(super) old: Named,
    pub(super) new: Named,
    pub(super) similarity: f64,
}

/// A person who holds offices that nobody told of before.
#[derive(Debug, Serialize)]
pub(super) struct NewOffices {
    pub(super) name: String,
    pub(super) offices: Vec<String>,
    /// The offices told of before.
    pub(super) before: Vec<String>,
}

/// A word with its keyness.
#[derive(Debug, Serialize)]
pub(super) struct KeyWord {
    pub(super) word: String,
    pub(super) count: u64,
    /// How often in the old corpus.
    pub(super) before: u64,
    pub(super) log_likelihood: f64,
    pub(super) log_ratio: f64,
}

/// Compares two corpora.
pub(super) fn difference(old: Corpus, new: Corpus, threshold: f64) -> Difference {
    let size = |it: &Corpus| Size { documents: it.documents.len() as u64, words: it.words.total() };
    let (keywords, faded) = key_words(&old, &new);
    let before = old.documents.len();
    let sizes = [size(&old), size(&new)];
    let documents = documents(&old.documents, &new.documents, threshold);
    let mut all = old.documents;
    all.extend(new.documents);
    let [old, new] = sizes;
    Difference {
        schema: SCHEMA,
        old,
        new,
        documents,
        people: Vec::new(),
        offices: Vec::new(),
        directives: directives_of_corpus(all.iter().map(|it| it.directives.as_slice()))
            .into_iter()
            .filter(|row| row.found_in.iter().all(|&place| place >= before))
            .collect(),
        keywords,
        faded,
    }
    .with_people(&all, before)
}

impl Difference {
    /// The same with the people of all documents, those of the old corpus `before` the others.
    fn with_people(mut self, all: &[Kept], before: usize) -> Difference {
        let rows = people::of_corpus(all.iter().map(|it| (it.people.as_slice(), it.published)));
        for row in rows {
            let first_new = row.found_in.partition_point(|&place| place < before);
            let (old, new) = row.found_in.split_at_checked(first_new).unwrap_or((&[], &[]));
            match (old.is_empty(), new.is_empty()) {
                (true, _) => self.people.push(row),
                (false, true) => {}
                (false, false) => {
                    let known = offices(&row, old, all);
                    let found = offices(&row, new, all);
                    let added: Vec<String> = found
                        .iter()
                        .filter(|office| !known.iter().any(|it| is_same_office(it, office)))
                        .cloned()
                        .collect();
                    if !added.is_empty() {
                        let name = row.name;
                        self.offices.push(NewOffices { name, offices: added, before: known });
                    }
                }
            }
        }
        self
    }
}

/// The offices that some documents name of a person, in the order in which they come.
fn offices(row: &PersonRow, places: &[usize], all: &[Kept]) -> Vec<String> {
    let names: BTreeSet<String> =
        [&row.name].into_iter().chain(&row.spellings).map(|it| key(it).into_owned()).collect();
    let mut found: Vec<String> = Vec::new();
    for document in places.iter().filter_map(|&place| all.get(place)) {
        let facts = document.people.iter().filter(|it| names.contains(key(&it.name).as_ref()));
        for office in facts.flat_map(|it| &it.offices) {
            if !found.iter().any(|it| key(it) == key(office)) {
                found.push(office.clone());
            }
        }
    }
    found
}

/// Whether one of two offices begins the other: `Bí thư` and `Bí thư Tỉnh ủy` are told of one.
fn is_same_office(one: &str, other: &str) -> bool {
    let (one, other) = (key(one), key(other));
    let begins = |part: &str, whole: &str| {
        whole.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    begins(&one, &other) || begins(&other, &one)
}

/// The words that are more frequent in the new corpus, and those that are rarer.
fn key_words(old: &Corpus, new: &Corpus) -> (Vec<KeyWord>, Vec<KeyWord>) {
    let mut rows = keyness(&new.words, &old.words, SIMPLE_MATHS);
    rows.retain(|it| {
        it.count + it.reference >= FEWEST
            && it.log_likelihood.abs() >= SIGNIFICANT
            && it.key.chars().any(char::is_alphabetic)
            && !is_stop_word(&it.key)
    });
    let word = |it: &corpus_stats::Keyness| KeyWord {
        word: it.word.clone(),
        count: it.count,
        before: it.reference,
        log_likelihood: it.log_likelihood,
        log_ratio: it.log_ratio,
    };
    // The most significant first either way.
    let risen = rows.iter().filter(|it| it.log_likelihood > 0.0).take(MOST_WORDS).map(word);
    let fallen = rows.iter().rev().filter(|it| it.log_likelihood < 0.0).take(MOST_WORDS).map(word);
    (risen.collect(), fallen.collect())
}

/// Which documents are the same, and what became of the others.
fn documents(old: &[Kept], new: &[Kept], threshold: f64) -> Documents {
    let mut pairs = Pairs::new(old.len(), new.len());
    // The same text under the same name, then what has kept its name, then what has kept its text.
    let known = |it: &Kept| Some((it.identity.clone()?, it.sketch.clone()));
    pairs.join(old, new, known);
    pairs.join(old, new, |it| it.identity.clone());
    pairs.join(old, new, |it| {
        Some(it.sketch.clone()).filter(|sketch| !sketch.shingles().is_empty())
    });
    pairs.join_similar(old, new, threshold);
    let mut found = Documents::default();
    for (before, after) in pairs.old.iter().zip(old) {
        let Some(now) = before.and_then(|place| new.get(place)) else {
            found.gone.push(Named::of(after));
            continue;
        };
        match now.sketch == after.sketch {
            true => found.same += 1,
            false => found.changed.push(Changed {
                old: Named::of(after),
                new: Named::of(now),
                similarity: after.sketch.similarity(&now.sketch),
            }),
        }
    }
    let unpaired = pairs.new.iter().zip(new).filter(|(taken, _)| !**taken);
    found.new = unpaired.map(|(_, document)| Named::of(document)).collect();
    found
}

/// Which document of the new corpus each of the old one has become.
struct Pairs {
    old: Vec<Option<usize>>,
    /// Whether a document of the new corpus is one of the old.
    new: Vec<bool>,
}

impl Pairs {
    fn new(old: usize, new: usize) -> Pairs {
        Pairs { old: vec![None; old], new: vec![false; new] }
    }

    /// Joins the documents that have something in common, each with the first that is free.
    fn join<K: std::hash::Hash + Eq>(
        &mut self,
        old: &[Kept],
        new: &[Kept],
        common: impl Fn(&Kept) -> Option<K>,
    ) {
        let mut free: std::collections::HashMap<K, std::collections::VecDeque<usize>> =
            std::collections::HashMap::new();
        for (place, document) in new.iter().enumerate() {
            if self.new.get(place) == Some(&false)
                && let Some(common) = common(document)
            {
                free.entry(common).or_default().push_back(place);
            }
        }
        for (place, document) in old.iter().enumerate() {
            if self.old.get(place) == Some(&None)
                && let Some(found) =
                    common(document).and_then(|common| free.get_mut(&common)?.pop_front())
            {
                self.pair(place, found);
            }
        }
    }

    /// Joins the most similar documents of those left, the most similar pair first.
    fn join_similar(&mut self, old: &[Kept], new: &[Kept], threshold: f64) {
        let left = |n: usize, free: &dyn Fn(usize) -> bool| (0..n).filter(|&it| free(it)).collect();
        let left_old: Vec<usize> = left(old.len(), &|it| self.old.get(it) == Some(&None));
        let left_new: Vec<usize> = left(new.len(), &|it| self.new.get(it) == Some(&false));
        let of = |all: &[Kept], places: &[usize]| -> Vec<Sketch> {
            places.iter().filter_map(|&it| all.get(it)).map(|it| it.sketch.clone()).collect()
        };
        let mut sketches = of(old, &left_old);
        sketches.extend(of(new, &left_new));
        let mut similar: BTreeMap<(u64, usize, usize), (usize, usize)> = BTreeMap::new();
        for pair in near_duplicates(&sketches, threshold.max(f64::MIN_POSITIVE)) {
            let (before, after) = (left_old.get(pair.a), pair.b.checked_sub(left_old.len()));
            if let (Some(&before), Some(&after)) =
                (before, after.and_then(|place| left_new.get(place)))
            {
                // A similarity from 0 to 1 is ordered as its bits are.
                let rank = u64::MAX - pair.similarity.to_bits();
                similar.insert((rank, pair.a, pair.b), (before, after));
            }
        }
        for (before, after) in similar.into_values() {
            if self.old.get(before) == Some(&None) && self.new.get(after) == Some(&false) {
                self.pair(before, after);
            }
        }
    }

    fn pair(&mut self, old: usize, new: usize) {
        if let (Some(before), Some(after)) = (self.old.get_mut(old), self.new.get_mut(new)) {
            *before = Some(new);
            *after = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(id: &str, text: &str) -> Kept {
        Kept {
            id: id.to_owned(),
            path: None,
            identity: Some(id.to_owned()),
            title: None,
            published: None,
            sketch: Sketch::of_text(text),
            people: Vec::new(),
            directives: Vec::new(),
        }
    }

    const STORM: &str = "sáng nay bão số năm đổ bộ vào đất liền gây mưa to gió lớn ở nhiều nơi";

    #[test]
    fn documents_are_followed_by_name_by_text_and_by_likeness() {
        let edited = format!("{STORM} ven biển");
        let old = [
            document("kept", "một hai ba bốn năm sáu"),
            document("edited", STORM),
            document("gone", "không còn ở đâu nữa cả"),
            document("renamed", "bảy tám chín mười mười một"),
            document("moved", &format!("{STORM} và lũ")),
        ];
        let new = [
            document("fresh", "chuyện này chưa ai kể bao giờ"),
            document("other", &format!("{STORM} và lũ lớn")),
            document("kept", "một hai ba bốn năm sáu"),
            document("edited", &edited),
            document("new name", "bảy tám chín mười mười một"),
        ];
        let found = documents(&old, &new, 0.5);
        let ids = |all: &[Named]| all.iter().map(|it| it.id.clone()).collect::<Vec<_>>();
        assert_eq!(found.same, 2);
        assert_eq!(
            (ids(&found.new), ids(&found.gone)),
            (vec!["fresh".into()], vec!["gone".into()])
        );
        let changed: Vec<(&str, &str)> =
            found.changed.iter().map(|it| (it.old.id.as_str(), it.new.id.as_str())).collect();
        assert_eq!(changed, [("edited", "edited"), ("moved", "other")]);
        assert!(found.differ());
        assert!(!documents(&old, &old, 0.5).differ());
    }

    #[test]
    fn an_office_told_in_full_is_no_new_one() {
        assert!(is_same_office("Bí thư", "bí thư Tỉnh uỷ"));
        assert!(!is_same_office("Bí thư Tỉnh ủy", "Phó Bí thư Tỉnh ủy"));
        assert!(!is_same_office("Bí th", "Bí thư"));
    }
}
