//! Mentions of one person joined: the full name and the offices known so far.

use std::ops::Range;

use corpus_model::{Mention, Person, Span};
use corpus_text::{key, key_into, parse_syllable};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::token::{Case, Tokens};

/// A mention as it was found, in tokens.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) name: Range<usize>,
    pub(super) honorific: Option<Range<usize>>,
    pub(super) offices: Vec<Range<usize>>,
}

impl Found {
    pub(super) fn new(name: Range<usize>) -> Found {
        Found { name, honorific: None, offices: Vec::new() }
    }

    /// The tokens of the form of address and the name.
    pub(super) fn whole(&self) -> Range<usize> {
        let start = self.honorific.as_ref().map_or(self.name.start, |range| range.start);
        start.min(self.name.start)..self.name.end
    }
}

/// A name as a mention has it.
#[derive(Debug)]
struct Name {
    written: String,
    /// The [`key`](corpus_text::key)s of its syllables, with blanks between them.
    key: String,
    /// How many syllables it has.
    n: usize,
    sex: Option<Sex>,
}

impl Name {
    fn first(&self) -> Option<&str> {
        self.key.split(' ').next().filter(|it| !it.is_empty())
    }

    fn last(&self) -> Option<&str> {
        self.key.rsplit(' ').next().filter(|it| !it.is_empty())
    }

    /// Whether the syllables of another are its last ones.
    fn ends_with(&self, other: &Name) -> bool {
        let rest = self.key.strip_suffix(&*other.key);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with(' ') || other.n == 0)
    }
}

/// A person of the document.
#[derive(Debug)]
struct Known<'n> {
    name: &'n Name,
    offices: Vec<Office>,
    sex: Option<Sex>,
}

/// What a form of address says about a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sex {
    Female,
    Male,
}

impl Sex {
    fn of(address: &str) -> Option<Sex> {
        match key(address.split_whitespace().next()?).as_ref() {
            "bà" | "cô" | "chị" => Some(Sex::Female),
            "ông" | "anh" | "chú" => Some(Sex::Male),
            _ => None,
        }
    }

    /// Whether both are known and differ.
    fn differ(one: Option<Sex>, other: Option<Sex>) -> bool {
        one.zip(other).is_some_and(|(one, other)| one != other)
    }
}

/// The most offices that one person is shown with.
const MOST: usize = 24;

#[derive(Clone, Debug)]
struct Office {
    text: String,
    key: String,
}

/// Joins mentions by name, in two passes.
///
/// A short name (`ông Chính`) means the last person named before whose name ends with it, or begins
/// with it where it is foreign; else the first one named after. `bà` and `ông` are never one. Offices gather: each mention shows
/// those known up to it. One that only begins another (`Bộ trưởng`, `Bộ trưởng Bộ Y tế`) is the
/// same, shorter.
pub(super) fn resolve(tokens: &Tokens<'_>, found: Vec<Found>) -> Vec<Mention> {
    match found.as_slice() {
        [] => return Vec::new(),
        [mention] => return vec![alone(tokens, mention)],
        _ => {}
    }
    let mut people: Vec<Known<'_>> = Vec::new();
    let mut by_name: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    let mut by_end: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    let mut by_start: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    // First the full names, so that a headline may name a person shortly and the text fully.
    let names: Vec<Name> = found.iter().map(|mention| name_of(tokens, mention)).collect();
    let full = Full::new(&names);
    // `Tổng thống Obama, đệ nhất phu nhân Michelle Obama`: nobody is named by the office and shortly,
    // and then fully in one sentence.
    let mut apart: FxHashSet<(&str, &str)> = FxHashSet::default();
    for (mention, name) in found.iter().zip(&names).filter(|(it, _)| !it.offices.is_empty()) {
        let beside =
            full.endings(name).filter(|(place, _)| is_beside(tokens, &found, mention, *place));
        apart.extend(beside.map(|(_, full)| (&*name.key, &*full.key)));
    }
    let mut mentions = Vec::with_capacity(found.len());
    for (mention, name) in found.iter().zip(&names) {
        // The last few of a name are looked at, so that the time stays linear.
        const LAST: usize = 8;
        let fits = |person: &usize| {
            people.get(*person).is_some_and(|known| !Sex::differ(known.sex, name.sex))
        };
        let ending =
            |person: &usize| people.get(*person).is_some_and(|known| known.name.ends_with(name));
        let named = by_name.get(&*name.key).map(Vec::as_slice).unwrap_or_default();
        let ended = by_end.get(name.last().unwrap_or_default());
        let ended = ended.map(Vec::as_slice).unwrap_or_default();
        let earlier = named
            .iter()
            .rev()
            .take(LAST)
            .chain(ended.iter().rev().take(LAST).filter(|person| ending(person)))
            .copied()
            .find(fits);
        let later = || {
            let fits = |full: &&Name| !apart.contains(&(&*name.key, &*full.key));
            full.endings(name).map(|(_, full)| full).find(fits)
        };
        // A foreign family name may come first: `Kim Jong-un`. What ends a name is likelier meant:
        // `ông Hà` is Nguyễn Trung Hà, not Hà Văn Thắng.
        let started = || {
            let started = by_start.get(&*name.key).map(Vec::as_slice).unwrap_or_default();
            started.iter().rev().take(LAST).copied().find(fits)
        };
        let earlier = earlier.or_else(|| if later().is_some() { None } else { started() });
        let person = match earlier {
            Some(person) => person,
            None => {
                let full = later().or_else(|| full.beginning(name)).unwrap_or(name);
                let next = people.len();
                by_name.entry(&full.key).or_default().push(next);
                if let Some(last) = full.last() {
                    by_end.entry(last).or_default().push(next);
                }
                if let Some(first) = full.first().filter(|_| full.n > 1) {
                    by_start.entry(first).or_default().push(next);
                }
                people.push(Known { name: full, offices: Vec::new(), sex: full.sex.or(name.sex) });
                next
            }
        };
        let Some(known) = people.get_mut(person) else { continue };
        known.sex = known.sex.or(name.sex);
        for office in &mention.offices {
            add(&mut known.offices, text(tokens, office.clone()));
        }
        mentions.push(Mention::new(
            tokens.span(mention.name.clone()),
            Person {
                name: known.name.written.clone(),
                honorific: mention.honorific.clone().map(|range| honorific(tokens, range)),
                offices: known.offices.iter().map(|office| office.text.clone()).collect(),
            },
        ));
    }
    mentions
}

/// The only mention of a document: there is nobody to join it with.
fn alone(tokens: &Tokens<'_>, mention: &Found) -> Mention {
    let offices = match mention.offices.as_slice() {
        [office] => vec![text(tokens, office.clone())],
        several => {
            let mut offices = Vec::new();
            several.iter().for_each(|office| add(&mut offices, text(tokens, office.clone())));
            offices.into_iter().map(|office| office.text).collect()
        }
    };
    let person = Person {
        name: text(tokens, mention.name.clone()),
        honorific: mention.honorific.clone().map(|range| honorific(tokens, range)),
        offices,
    };
    Mention::new(tokens.span(mention.name.clone()), person)
}

/// The names of a document of two syllables and more, for those that shorten them.
struct Full<'n> {
    names: &'n [Name],
    /// The first few names that end with a syllable.
    by_last: FxHashMap<&'n str, Vec<usize>>,
    /// The first foreign name that begins with one.
    by_first: FxHashMap<&'n str, usize>,
}

impl<'n> Full<'n> {
    fn new(names: &'n [Name]) -> Full<'n> {
        const SAME: usize = 4;
        let mut by_last: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        let mut by_first = FxHashMap::default();
        // A name that stands alone shortens none.
        let names = if names.len() < 2 { &[] } else { names };
        let shortened = names.iter().any(|name| name.n == 1);
        for (place, name) in names.iter().enumerate().filter(|(_, name)| name.n > 1) {
            let foreign =
                |first: &&str| parse_syllable(first).is_none() || name.written.contains('-');
            if let Some(first) = name.first().filter(|_| shortened).filter(foreign) {
                by_first.entry(first).or_insert(place);
            }
            if let Some(last) = name.last() {
                let same = by_last.entry(last).or_default();
                let again = |other: &usize| names.get(*other).is_some_and(|it| it.key == name.key);
                if same.len() < SAME && !same.iter().any(again) {
                    same.push(place);
                }
            }
        }
        Full { names, by_last, by_first }
    }

    /// The first full names of the document that end with a shorter one, and their places.
    fn endings(&self, name: &Name) -> impl Iterator<Item = (usize, &'n Name)> {
        let places = self.by_last.get(name.last().unwrap_or_default());
        let places = places.map(Vec::as_slice).unwrap_or_default().iter();
        places.filter_map(|place| Some((*place, self.names.get(*place)?))).filter(|(_, full)| {
            full.n > name.n && full.ends_with(name) && !Sex::differ(full.sex, name.sex)
        })
    }

    /// The first foreigner whose first name this is: `Valérie`.
    fn beginning(&self, name: &Name) -> Option<&'n Name> {
        let place = *self.by_first.get(name.last().unwrap_or_default())?;
        self.names.get(place).filter(|_| name.n == 1)
    }
}

/// Whether the mention at a place comes soon behind another one, in the same sentence.
fn is_beside(tokens: &Tokens<'_>, found: &[Found], mention: &Found, place: usize) -> bool {
    const SOON: usize = 16;
    found.get(place).is_some_and(|full| {
        (mention.name.end..mention.name.end + SOON).contains(&full.name.start)
            && !(mention.name.end..full.name.start).any(|at| {
                let token = tokens.get(at);
                token.is_break() || token.is_mark('.') || token.is_mark(':')
            })
    })
}

fn name_of(tokens: &Tokens<'_>, mention: &Found) -> Name {
    let written = text(tokens, mention.name.clone());
    // The words of most names are in the lists.
    let listed = |at: usize| {
        let glued = tokens.get(at).glued && at > mention.name.start;
        tokens.known(at).filter(|_| !glued)
    };
    if let Some(words) = mention.name.clone().map(listed).collect::<Option<Vec<&str>>>() {
        return Name { written, key: words.join(" "), n: words.len(), sex: sex(tokens, mention) };
    }
    let (mut all, mut syllable_key, mut n) = (String::new(), String::new(), 0);
    // `Kim Jong-un`, `Kim Jong - un` and `Kim Jong Un` are one.
    for syllable in written.split([' ', '-']).filter(|syllable| !syllable.is_empty()) {
        key_into(&mut syllable_key, syllable);
        if n > 0 {
            all.push(' ');
        }
        all.push_str(&syllable_key);
        n += 1;
    }
    Name { written, key: all, n, sex: sex(tokens, mention) }
}

/// What the form of address of a mention says.
fn sex(tokens: &Tokens<'_>, mention: &Found) -> Option<Sex> {
    Sex::of(tokens.slice(tokens.span(mention.honorific.clone()?)))
}

/// What stands at a range of tokens, with single blanks.
pub(super) fn text(tokens: &Tokens<'_>, range: Range<usize>) -> String {
    let written = tokens.slice(tokens.span(range.clone()));
    let single = range.skip(1).all(|at| {
        let (before, token) = (tokens.before(at, 1), tokens.get(at));
        token.glued && before.span.end() == token.span.start()
            || tokens.slice(Span::new(before.span.end(), token.span.start())) == " "
    });
    // Nearly all is written so.
    if single {
        return written.to_owned();
    }
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A form of address as it is inside a sentence: `ông` for `Ông`.
fn honorific(tokens: &Tokens<'_>, range: Range<usize>) -> String {
    let capital = tokens.get(range.start).case == Case::Capital;
    let written = text(tokens, range).trim_end_matches(['.', ',']).to_owned();
    let mut letters = written.chars();
    match letters.next().filter(|_| capital) {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => written,
    }
}

/// Adds an office unless it is known; the longer form of one replaces the shorter.
///
/// Nobody has more than [`MOST`]; what comes after them is left out, or each mention of a hostile
/// text would carry all of them.
fn add(offices: &mut Vec<Office>, text: String) {
    if offices.iter().any(|office| office.text == text) {
        return;
    }
    let key = key(&text).into_owned();
    let begins = |short: &str, long: &str| {
        long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    if offices.iter().any(|office| begins(&key, &office.key)) {
        return;
    }
    if let Some(office) = offices.iter_mut().find(|office| begins(&office.key, &key)) {
        *office = Office { text, key };
    } else if offices.len() < MOST {
        offices.push(Office { text, key });
    }
}
