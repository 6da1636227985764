//! People of documents, joined over the corpus: spellings, offices and when they were held.
//!
//! A name alone does not make two mentions one person. Documents join a person of the same name unless
//! something contradicts it: `ông` and `bà`, one office at two places at about the same time, or more
//! years between them than anybody is in office.

use std::collections::BTreeMap;

use corpus_model::chrono::{Datelike, Days, NaiveDate};
use corpus_model::{Person, When};
use corpus_text::key;
use serde::Serialize;

use super::elsewhere::are_elsewhere;
use super::history::is_dead;

/// Offices kept of one person; nobody holds more.
const MOST_OFFICES: usize = 48;
/// A document is compared with so many people of one name; more only hostile text has.
const MOST_NAMESAKES: usize = 16;
/// Days in which nobody moves from an office to the same one at another place.
const MOVE: u64 = 30;
/// Years between which nobody holds offices.
const LONGEST_LIFE: i32 = 50;

/// A person of one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct PersonFact {
    pub(crate) name: String,
    pub(crate) offices: Vec<String>,
    pub(crate) mentions: u64,
    /// Whether a form of address says that it is a woman, or a man.
    #[serde(skip)]
    female: Option<bool>,
}

/// A person of the corpus.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct PersonRow {
    pub(crate) name: String,
    /// Other spellings of the name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) spellings: Vec<String>,
    pub(crate) offices: Vec<String>,
    /// The same offices with the documents that name them, the earliest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) terms: Vec<Term>,
    pub(crate) documents: u64,
    pub(crate) mentions: u64,
    /// The documents, by their places in the order of all.
    #[serde(skip)]
    pub(crate) found_in: Vec<usize>,
}

/// An office of a person, and the days of the first and last documents that name it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Term {
    pub(crate) office: String,
    pub(crate) documents: u64,
    pub(crate) first: Option<NaiveDate>,
    pub(crate) last: Option<NaiveDate>,
}

impl PersonRow {
    /// The offices in words: with their years where the documents are of several.
    pub(crate) fn offices_in_words(&self) -> Vec<String> {
        let years = |term: &Term| Some((term.first?.year(), term.last?.year()));
        let all: Vec<(i32, i32)> = self.terms.iter().filter_map(years).collect();
        let (first, last) = (all.iter().map(|it| it.0).min(), all.iter().map(|it| it.1).max());
        if first == last {
            return self.offices.clone();
        }
        let shown = |term: &Term| match years(term) {
            Some((first, last)) if first == last => format!("{} ({first})", term.office),
            Some((first, last)) => format!("{} ({first}–{last})", term.office),
            None => term.office.clone(),
        };
        self.terms.iter().map(shown).collect()
    }
}

/// The people of one document, each once, in the order of their first mention.
pub(crate) fn of_document<'a>(mentions: impl Iterator<Item = &'a Person>) -> Vec<PersonFact> {
    let mut facts: Vec<PersonFact> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for person in mentions {
        let place = *places.entry(key(&person.name).into_owned()).or_insert_with(|| {
            facts.push(PersonFact { name: person.name.clone(), ..PersonFact::default() });
            facts.len() - 1
        });
        if let Some(fact) = facts.get_mut(place) {
            fact.mentions += 1;
            fact.female = fact.female.or_else(|| is_female(person.honorific.as_deref()?));
            for office in &person.offices {
                add_office(&mut fact.offices, office);
            }
        }
    }
    facts
}

/// Whether a form of address is a woman's or a man's.
fn is_female(address: &str) -> Option<bool> {
    match key(address.split(' ').next()?).as_ref() {
        "bà" | "cô" | "chị" => Some(true),
        "ông" | "anh" | "chú" => Some(false),
        _ => None,
    }
}

/// Adds an office that is not there yet, and tells its place; one that begins a fuller one gives way to
/// it. Nothing is told where there is no room.
fn add_office(offices: &mut Vec<String>, office: &String) -> Option<usize> {
    // Each mention repeats the offices known so far, letter by letter.
    if let Some(known) = offices.iter().position(|it| it == office) {
        return Some(known);
    }
    let new = key(office);
    if let Some(known) = offices.iter().position(|known| begins(&new, &key(known))) {
        return Some(known);
    }
    if let Some(known) = offices.iter().position(|known| begins(&key(known), &new)) {
        if let Some(fuller) = offices.get_mut(known) {
            fuller.clone_from(office);
        }
        return Some(known);
    }
    (offices.len() < MOST_OFFICES).then(|| {
        offices.push(office.clone());
        offices.len() - 1
    })
}

/// Whether a text begins another, up to the end of a word.
fn begins(part: &str, whole: &str) -> bool {
    whole.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// A person in the making.
#[derive(Debug, Default)]
struct Known {
    row: PersonRow,
    /// How often each spelling of the name occurs.
    spellings: BTreeMap<String, u64>,
    female: Option<bool>,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

/// The people of all documents with the days on which they were published, those with offices in most
/// documents first.
pub(crate) fn of_corpus<'a>(
    documents: impl Iterator<Item = (&'a [PersonFact], Option<When>)>,
) -> Vec<PersonRow> {
    let mut people: Vec<Known> = Vec::new();
    let mut namesakes: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (document, (facts, published)) in documents.enumerate() {
        let day = published.and_then(When::first_day);
        for fact in facts {
            let same = namesakes.entry(name_key(&fact.name)).or_default();
            let fits = |place: &usize| people.get(*place).is_some_and(|it| it.allows(fact, day));
            // Who holds an office of theirs is likelier meant than whom nothing speaks against.
            let shares = |place: &usize| people.get(*place).is_some_and(|it| it.shares(fact));
            let looked_at = || same.iter().take(MOST_NAMESAKES).copied().filter(fits);
            let found = looked_at().find(|place| shares(place)).or_else(|| looked_at().next());
            let place = found.unwrap_or_else(|| {
                same.push(people.len());
                people.push(Known::default());
                people.len() - 1
            });
            if let Some(person) = people.get_mut(place) {
                person.add(fact, document, day);
            }
        }
    }
    let mut rows: Vec<PersonRow> = people.into_iter().map(Known::finish).collect();
    rows.sort_by(|a, b| {
        let rank = |row: &PersonRow| (!row.offices.is_empty(), row.documents, row.mentions);
        rank(b).cmp(&rank(a)).then_with(|| (&a.name, &a.offices).cmp(&(&b.name, &b.offices)))
    });
    rows
}

impl Known {
    /// Whether nothing says that a person of a document is another one of the same name.
    fn allows(&self, fact: &PersonFact, day: Option<NaiveDate>) -> bool {
        let apart = |first: NaiveDate, last: NaiveDate| (first.year() - last.year()).abs();
        let far = |years: i32| {
            let day = day?;
            Some(apart(self.first?, day) > years && apart(self.last?, day) > years)
        };
        let differ = self.female.zip(fact.female).is_some_and(|(one, other)| one != other);
        !differ
            && far(LONGEST_LIFE) != Some(true)
            && !fact.offices.iter().any(|office| self.holds_elsewhere(office, day))
    }

    /// Whether the person holds the same office at another place within weeks of a day, or at no known time.
    fn holds_elsewhere(&self, office: &str, day: Option<NaiveDate>) -> bool {
        self.row.offices.iter().zip(&self.row.terms).any(|(known, term)| {
            let held = day.zip(term.first).zip(term.last).is_none_or(|((day, first), last)| {
                day + Days::new(MOVE) >= first && day <= last + Days::new(MOVE)
            });
            held && are_elsewhere(known, office)
        })
    }

    fn shares(&self, fact: &PersonFact) -> bool {
        fact.offices.iter().any(|office| {
            let office = key(office);
            self.row
                .offices
                .iter()
                .any(|known| begins(&key(known), &office) || begins(&office, &key(known)))
        })
    }

    fn add(&mut self, fact: &PersonFact, document: usize, day: Option<NaiveDate>) {
        let row = &mut self.row;
        *self.spellings.entry(fact.name.clone()).or_default() += fact.mentions;
        self.female = self.female.or(fact.female);
        self.first = [self.first, day].into_iter().flatten().min();
        self.last = [self.last, day].into_iter().flatten().max();
        row.documents += 1;
        row.found_in.push(document);
        row.mentions += fact.mentions;
        for office in &fact.offices {
            let Some(place) = add_office(&mut row.offices, office) else { continue };
            if place == row.terms.len() {
                row.terms.push(Term {
                    office: String::new(),
                    documents: 0,
                    first: None,
                    last: None,
                });
            }
            // Nobody holds `Chủ tịch Hồ Chí Minh`'s office in the years of the news that name him.
            let day = day.filter(|day| !is_dead(&fact.name, office, day.year()));
            if let Some(term) = row.terms.get_mut(place) {
                term.documents += 1;
                term.first = [term.first, day].into_iter().flatten().min();
                term.last = [term.last, day].into_iter().flatten().max();
            }
        }
    }

    fn finish(self) -> PersonRow {
        let mut row = self.row;
        for (term, office) in row.terms.iter_mut().zip(&row.offices) {
            term.office.clone_from(office);
        }
        row.terms.sort_by_key(|term| (term.first.is_none(), term.first, term.last));
        let mut spellings: Vec<(String, u64)> = self.spellings.into_iter().collect();
        spellings.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut spellings = spellings.into_iter().map(|(name, _)| name);
        row.name = spellings.next().unwrap_or_default();
        row.spellings = spellings.collect();
        row
    }
}

/// What the spellings of one name have in common: capitals, the place of the tone mark, hyphens, and `i`
/// for `y` behind a consonant (`Lý`, `Lí`).
fn name_key(name: &str) -> String {
    let folded = key(name);
    let mut letters: Vec<char> = Vec::with_capacity(folded.len());
    for letter in folded.chars() {
        let behind_consonant =
            letters.last().is_some_and(|last| "bcdđghklmnprstvx".contains(*last));
        letters.push(match letter {
            'y' if behind_consonant => 'i',
            'ý' if behind_consonant => 'í',
            'ỳ' if behind_consonant => 'ì',
            'ỷ' if behind_consonant => 'ỉ',
            'ỹ' if behind_consonant => 'ĩ',
            'ỵ' if behind_consonant => 'ị',
            '-' => ' ',
            other => other,
        });
    }
    letters.into_iter().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use corpus_model::chrono::NaiveDate;
    use corpus_model::{Moment, Person, When};

    use super::{PersonFact, PersonRow, name_key, of_corpus, of_document};

    fn person(name: &str, honorific: Option<&str>, offices: &[&str]) -> Person {
        let offices = offices.iter().map(|office| (*office).to_owned()).collect();
        Person { name: name.to_owned(), honorific: honorific.map(str::to_owned), offices }
    }

    fn fact(person: Person) -> Vec<PersonFact> {
        of_document([person].iter())
    }

    fn joined(documents: &[(Vec<PersonFact>, Option<i32>)]) -> Vec<PersonRow> {
        let day =
            |year: i32| NaiveDate::from_ymd_opt(year, 8, 29).map(|it| When::Point(Moment::Day(it)));
        of_corpus(documents.iter().map(|(facts, year)| (facts.as_slice(), year.and_then(day))))
    }

    #[test]
    fn people_are_joined_by_name_and_offices_kept_once() {
        let rows = joined(&[
            (fact(person("Trần Văn Bình", None, &["Bí thư Huyện ủy"])), None),
            (fact(person("TRẦN VĂN BÌNH", None, &["bí thư huyện uỷ", "Đại biểu Quốc hội"])), None),
        ]);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].offices, ["Bí thư Huyện ủy", "Đại biểu Quốc hội"]);
        assert_eq!((rows[0].documents, rows[0].mentions), (2, 2));
    }

    #[test]
    fn spellings_of_a_name_are_kept() {
        let rows = joined(&[
            (fact(person("Lý Thị Hoà", None, &[])), None),
            (fact(person("Lí Thị Hòa", None, &[])), None),
            (fact(person("Lý Thị Hoà", None, &[])), None),
        ]);
        assert_eq!(rows.len(), 1);
        assert_eq!(
            (rows[0].name.as_str(), rows[0].spellings.as_slice()),
            ("Lý Thị Hoà", &["Lí Thị Hòa".to_owned()][..])
        );
        assert_ne!(name_key("Nguyễn Thúy"), name_key("Nguyễn Thúi"));
        assert_eq!(name_key("Kim Jong-un"), name_key("Kim Jong Un"));
    }

    #[test]
    fn namesakes_are_kept_apart_by_address_by_offices_and_by_time() {
        let rows = joined(&[
            (fact(person("Lê Thanh An", Some("ông"), &[])), None),
            (fact(person("Lê Thanh An", Some("bà"), &[])), None),
        ]);
        assert_eq!(rows.len(), 2);
        let here = person("Lê Văn An", None, &["Chủ tịch UBND tỉnh Nghệ An"]);
        let there = person("Lê Văn An", None, &["Chủ tịch UBND tỉnh Hà Tĩnh"]);
        let later = |year| {
            joined(&[(fact(here.clone()), Some(2014)), (fact(there.clone()), Some(year))]).len()
        };
        assert_eq!((later(2014), later(2019), later(2090)), (2, 1, 2));
    }

    #[test]
    fn what_is_told_of_two_namesakes_finds_its_own() {
        let office = |place: &str| person("Lê Văn An", None, &[&format!("Bí thư Tỉnh ủy {place}")]);
        let rows = joined(&[
            (fact(office("Nghệ An")), Some(2014)),
            (fact(office("Hà Tĩnh")), Some(2014)),
            (fact(office("Hà Tĩnh")), Some(2015)),
        ]);
        assert_eq!(rows.len(), 2);
        assert_eq!(
            (rows[0].documents, rows[0].offices.as_slice()),
            (2, &["Bí thư Tỉnh ủy Hà Tĩnh".to_owned()][..])
        );
    }

    #[test]
    fn offices_have_the_years_of_their_documents() {
        let rows = joined(&[
            (fact(person("Lê Thu Hà", None, &["Bộ trưởng Y tế"])), Some(2018)),
            (fact(person("Lê Thu Hà", None, &["Thứ trưởng Y tế"])), Some(2014)),
            (fact(person("Lê Thu Hà", None, &["Thứ trưởng Y tế"])), Some(2016)),
        ]);
        assert_eq!(
            rows[0].offices_in_words(),
            ["Thứ trưởng Y tế (2014–2016)", "Bộ trưởng Y tế (2018)"]
        );
        assert_eq!(rows[0].terms[0].documents, 2);
    }

    #[test]
    fn offices_of_the_dead_have_no_years() {
        let rows = joined(&[
            (fact(person("Hồ Chí Minh", None, &["Chủ tịch"])), Some(2014)),
            (fact(person("Hồ Chí Minh", None, &["Chủ tịch"])), Some(2016)),
        ]);
        assert_eq!(rows[0].offices_in_words(), ["Chủ tịch"]);
        assert_eq!((rows[0].terms[0].documents, rows[0].terms[0].first), (2, None));
    }
}
