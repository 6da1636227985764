//! Organisations: bodies of Party and State, courts, companies, schools, agencies.
//!
//! A head (`Sở`, `Ủy ban`, `Công ty`) and what completes its name, as an office has it behind its
//! own head; names of the gazetteers; and abbreviations that the text itself gives in parentheses.
//! The value writes abbreviations out.

mod explain;
mod extent;
mod headed;
mod named;
mod source;

use std::sync::Arc;

use corpus_model::{BlockKind, Mention, Organization};
use corpus_text::parse_syllable;
use rustc_hash::FxHashMap;

pub(crate) use self::explain::Explained;
use self::named::capitalised;
use crate::gazetteer::{insert, parts};
use crate::pack::Pack;
use crate::person;
use crate::place;
use crate::table::rows;
use crate::token::{Case, Claims, Tokens};
use crate::vocabulary::{Id, Phrases, Starts, Vocabulary, Words};

/// The rules for organisations.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    /// Organisations by name and abbreviation.
    names: Phrases<Arc<str>>,
    /// Bodies that are named by a head and need nothing behind it, with their full name.
    bodies: Phrases<Arc<str>>,
    abbreviations: Phrases<Arc<str>>,
    /// What has the shape of an organisation and is none.
    not: Phrases<()>,
    /// What begins no organisation, whatever follows.
    never: Phrases<()>,
    /// Heads that in lower case are any body's, and what behind them makes no name of it.
    generic: Phrases<()>,
    high: Phrases<()>,
    /// Words of two syllables that end like a head: `tình báo`.
    inside: Phrases<()>,
    /// Words that may begin a name of the gazetteers.
    starts: Words,
    /// Companies by their form: `công ty cổ phần`.
    companies: Phrases<()>,
    /// What companies deal in.
    businesses: Phrases<()>,
    /// Units of the forces that are told by their numbers.
    units: Phrases<()>,
    khoa: Id,
    trung: Id,
    party: Id,
    according: Id,
    source: Id,
    of: Id,
    at: Id,
    several: Id,
    nation: Id,
    zone: Id,
    land: Id,
    and: Id,
}

/// What an abbreviation begins with that is not written in capitals alone: `Vietbank`.
const MIXED: Starts = Starts::CAPITAL;

/// An organisation begins with its head, or with a name of the gazetteers.
const BEGINS: Starts = Starts::ORGANIZATION.and(Starts::PROPER);

impl Rules {
    pub(crate) fn new(vocabulary: &mut Vocabulary, pack: &Pack) -> Rules {
        let mut names = Phrases::default();
        for [name, spellings] in rows(pack.text("organization.tsv")) {
            let whole: Arc<str> = name.into();
            for spelling in std::iter::once(name).chain(parts(spellings)) {
                insert(&mut names, vocabulary, spelling, whole.clone());
            }
        }
        let mut bodies = Phrases::default();
        for [name, spellings, _, local] in rows(pack.text("issuer.tsv")) {
            if local.is_empty() {
                let whole: Arc<str> = name.into();
                for spelling in std::iter::once(name).chain(parts(spellings)) {
                    insert(&mut bodies, vocabulary, spelling, whole.clone());
                }
            }
        }
        let mut abbreviations = Phrases::default();
        for [short, long] in rows(pack.text("organization-abbreviation.tsv")) {
            insert(&mut abbreviations, vocabulary, short, long.into());
        }
        let [mut not, mut never, mut generic, mut high] = [(); 4].map(|()| Phrases::default());
        for [word, kind] in rows(pack.text("organization-not.tsv")) {
            let list = match kind {
                "never" => &mut never,
                "generic" => &mut generic,
                "high" => &mut high,
                _ => &mut not,
            };
            insert(list, vocabulary, word, ());
        }
        let mut inside = Phrases::default();
        for [word] in rows(pack.text("organization-inside.txt")) {
            insert(&mut inside, vocabulary, word, ());
        }
        let [mut companies, mut businesses, mut units] = [(); 3].map(|()| Phrases::default());
        for [words, kind] in rows(pack.text("organization-part.tsv")) {
            let list = match kind {
                "company" => &mut companies,
                "business" => &mut businesses,
                _ => &mut units,
            };
            insert(list, vocabulary, words, ());
        }
        let mut starts = Words::default();
        starts.extend(units.first_words());
        starts.extend(names.first_words());
        starts.extend(bodies.first_words());
        vocabulary.begin_phrases(Starts::PROPER, &units);
        vocabulary.begin_phrases(Starts::PROPER, &names);
        vocabulary.begin_phrases(Starts::PROPER, &bodies);
        let khoa = vocabulary.intern("khóa");
        let party = vocabulary.intern("đảng");
        vocabulary.begin(Starts::ORGANIZATION, [party]);
        let trung = vocabulary.intern("trung");
        Rules {
            names,
            bodies,
            abbreviations,
            not,
            never,
            generic,
            high,
            inside,
            starts,
            companies,
            businesses,
            units,
            khoa,
            trung,
            party,
            according: vocabulary.intern("theo"),
            source: vocabulary.intern("nguồn"),
            of: vocabulary.intern("của"),
            at: vocabulary.intern("tại"),
            several: vocabulary.intern("các"),
            nation: vocabulary.intern("quốc"),
            zone: vocabulary.intern("khu"),
            land: vocabulary.intern("miền"),
            and: vocabulary.intern("và"),
        }
    }

    /// Adds the organisations of the content blocks; `people` says what belongs to people's names.
    pub(crate) fn find(
        &self,
        tokens: &Tokens<'_>,
        offices: &person::Rules,
        places: &place::Rules,
        people: &Claims,
        mentions: &mut Vec<Mention>,
    ) {
        // Abbreviations that the text explains, `Hiệp hội Lúa gạo (HHLG)`, and the tokens that do.
        let mut explained: FxHashMap<&str, (String, usize)> = FxHashMap::default();
        let before = mentions.len();
        let mut begins = BEGINS;
        for run in tokens.runs(BlockKind::is_content) {
            let mut at = run.start;
            loop {
                at = tokens.seek(at..run.end, begins);
                if at >= run.end {
                    break;
                }
                if people.contains(at) {
                    at += 1;
                    continue;
                }
                let own = || {
                    let low = tokens.get(at).case == Case::Lower;
                    let (name, _) = explained.get(tokens.str(at)).filter(|_| !low)?;
                    Some((at + 1, name.clone()))
                };
                let headed = || {
                    let end = self.headed(tokens, offices, places, people, at)?;
                    Some((end, capitalised(self.written(tokens, at, end))))
                };
                let found = self.numbered(tokens, at).or_else(headed).or_else(own);
                let Some((end, name)) = found.or_else(|| self.named(tokens, at)) else {
                    at += 1;
                    continue;
                };
                if let Some(short) = explains(tokens, end)
                    && places.name(tokens, end + 1).is_none()
                {
                    // From here on any such word may be one.
                    let case = tokens.get(end + 1).case;
                    begins = begins.and(if case == Case::Upper { Starts::UPPER } else { MIXED });
                    explained.entry(short).or_insert_with(|| (name.clone(), end));
                }
                mentions.push(Mention::new(tokens.span(at..end), Organization { name }));
                at = end;
            }
        }
        if !explained.is_empty() {
            let found = mentions.get(before..).unwrap_or_default().iter().map(|it| it.span);
            let taken = Claims::new(tokens, found);
            self.before_explained(tokens, &explained, [people, &taken], mentions);
        }
        self.sources(tokens, places, people, before, mentions);
    }

    /// Adds the abbreviations of titles and leads, which the text explains only later.
    fn before_explained(
        &self,
        tokens: &Tokens<'_>,
        explained: &FxHashMap<&str, (String, usize)>,
        claims: [&Claims; 2],
        mentions: &mut Vec<Mention>,
    ) {
        let last = explained.values().map(|(_, at)| *at).max().unwrap_or_default();
        for run in tokens.runs(BlockKind::is_content) {
            let mut at = run.start;
            while at < run.end.min(last) {
                at = tokens.seek(at..run.end.min(last), Starts::UPPER.and(MIXED));
                let own = explained.get(tokens.str(at)).filter(|(_, explained)| at < *explained);
                // `Bộ LĐ-TBXH`: a part of a longer name or symbol is none of its own.
                let glued = tokens.get(at).glued
                    || tokens.get(at + 1).glued && tokens.get(at + 1).is_mark('-');
                if let Some((name, _)) = own
                    && !glued
                    && !claims.iter().any(|claims| claims.contains(at))
                {
                    let organization = Organization { name: name.clone() };
                    mentions.push(Mention::new(tokens.span(at..at + 1), organization));
                }
                at += 1;
            }
        }
    }
}

/// The abbreviation in parentheses that begin at a token: `(ACV)`.
fn explains<'d>(tokens: &Tokens<'d>, at: usize) -> Option<&'d str> {
    let short = tokens.get(at + 1);
    let bracketed =
        tokens.get(at).is_mark('(') && short.is_word() && tokens.get(at + 2).is_mark(')');
    if !bracketed {
        return None;
    }
    let word = tokens.str(at + 1);
    let fits = match short.case {
        Case::Upper => word.len() >= 2,
        // `Vietbank`, but not `trái`, `Huế`.
        Case::Capital => word.len() >= 5 && word.is_ascii() && parse_syllable(word).is_none(),
        Case::Lower | Case::Mixed => false,
    };
    fits.then_some(word)
}
