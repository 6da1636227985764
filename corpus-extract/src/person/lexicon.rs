//! The gazetteers of people: names, forms of address, offices, and what organisations are made of.

use super::words::Words;
use crate::gazetteer::{insert, letters, parts};
use crate::pack::Pack;
use crate::table::rows;
use crate::vocabulary::{Id, Phrases, Starts, Vocabulary, Words as WordSet};

/// What a word behind an office says about what follows; see `data/office-word.tsv`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// The head of an organisation: `sở`.
    pub(super) head: bool,
    /// A verb as well: `xây dựng`.
    pub(super) verb: bool,
    /// A place's name follows: `tỉnh`.
    pub(super) place: bool,
    /// A name that follows belongs to the organisation: `công ty`.
    pub(super) eponym: bool,
}

/// What a form of address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// `ông`, `bà`, `đồng chí`: a name follows, be it one syllable.
    Kin,
    /// `giáo sư`, `đại tá`, `bị can`: often something else follows.
    Title,
}

/// What a syllable is among names.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Syllable {
    pub(super) family: Family,
    pub(super) given: bool,
    pub(super) middle: bool,
}

/// How surely a syllable is a family name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Family {
    #[default]
    No,
    /// A common word or part of place names as well.
    Weak,
    Strong,
}

/// All gazetteers of people.
#[derive(Clone, Debug)]
pub(super) struct Lexicon {
    /// Heads of offices.
    pub(super) offices: Phrases<()>,
    /// What organisations are made of.
    pub(super) parts: Phrases<Part>,
    /// Bodies by name, those of directives.
    pub(super) bodies: Phrases<()>,
    pub(super) addresses: Phrases<Address>,
    /// Words that make a name behind them something else's.
    pub(super) not: Phrases<()>,
    /// Provinces, towns, districts.
    pub(super) places: Phrases<()>,
    /// Countries and cities abroad, and organisations of states.
    pub(super) abroad: Phrases<()>,
    /// Names behind `Ảnh:` that are no people's.
    pub(super) agencies: Phrases<()>,
    /// Words of two syllables that organisations' names are written with: `Thanh niên`.
    pub(super) compounds: Phrases<()>,
    /// Second syllables of Korean given names, in lower case behind a hyphen.
    pub(super) korean: Phrases<()>,
    /// Words that end an organisation's name in lower case.
    pub(super) stops: Phrases<()>,
    /// What says that a person holds an office: `giữ chức`, `là`.
    pub(super) verbs: Phrases<()>,
    /// Offices behind which one foreign word is a name.
    pub(super) states: Phrases<()>,
    /// Offices of which nobody holds two at once.
    pub(super) soles: Phrases<()>,
    /// Offices that are none without an organisation: `thành viên`.
    pub(super) members: Phrases<()>,
    /// Offices of those who serve the holder of one: `người phát ngôn Tổng thống`.
    pub(super) helpers: Phrases<()>,
    /// What makes an office behind it that of many: `các`, `hai`.
    pub(super) plurals: WordSet,
    /// What says that the office behind it is sought or begun, not held by the one named there.
    pub(super) sought: Phrases<()>,
    /// What says that the office behind it is that of who is named at the end: `với cương vị`.
    pub(super) taking: Phrases<()>,
    /// What somebody does who gives an office: `bổ nhiệm giữ chức`.
    pub(super) given: Phrases<()>,
    /// What stands in front of an office that is a house's, not a person's: `dinh tổng thống`.
    pub(super) houses: WordSet,
    /// Who is married to the holder of an office named behind it.
    pub(super) spouses: Phrases<()>,
    /// What makes the person behind it an owner or relation of what the sentence is about.
    pub(super) owned: Phrases<()>,
    /// People of history, by whom streets are named.
    pub(super) streets: Phrases<()>,
    /// Words of companies' names.
    pub(super) companies: Phrases<()>,
    /// What looks like a name and stands for something else.
    pub(super) others: Phrases<()>,
    /// First words of foreign names.
    pub(super) given_abroad: WordSet,
    /// Family names abroad of people whom everybody knows.
    pub(super) family_abroad: WordSet,
    /// Words in lower case inside foreign names: `al`, `von`.
    pub(super) particles: WordSet,
    /// What people do right behind their names.
    pub(super) said: Phrases<()>,
    /// What stands in front of a name that is told: `tên`.
    pub(super) called: Phrases<()>,
    /// What makes `tên` behind it that of a thing: `mang tên`.
    pub(super) naming: Phrases<()>,
    /// What stands behind the subject of a sentence: `đã`, `bị`.
    pub(super) acting: WordSet,
    /// What a person is called behind name and comma: `bạn`, `quan chức`.
    pub(super) apposed: Phrases<()>,
    /// Given names that mean something else when they stand alone.
    pub(super) never_short: WordSet,
    /// Words that may begin an organisation.
    pub(super) organizations: WordSet,
    /// What stands between a subject and a verb and says when: `hiện`, `từng`.
    pub(super) lately: WordSet,
    /// Abbreviated ranks of places, with a full stop behind them: `H.`, `Q.`.
    pub(super) ranks: WordSet,
    /// Office prefixes by word: `nguyên`, `cựu`.
    prefixes: WordSet,
    syllables: Vec<Syllable>,
    pub(super) words: Words,
}

impl Lexicon {
    pub(super) fn new(vocabulary: &mut Vocabulary, pack: &Pack) -> Lexicon {
        let mut phrases = |table| {
            let mut phrases = Phrases::default();
            for [row] in rows(table) {
                insert(&mut phrases, vocabulary, row, ());
            }
            phrases
        };
        let offices = phrases(pack.text("office.txt"));
        let not = phrases(pack.text("name-not.txt"));
        let places = phrases(pack.text("name-place.txt"));
        let mut abroad = phrases(pack.text("name-foreign-place.txt"));
        let agencies = phrases(pack.text("name-agency.txt"));
        let compounds = phrases(pack.text("office-compound.txt"));
        let korean = phrases(pack.text("name-korean.txt"));
        let stops = phrases(pack.text("office-stop.txt"));
        let verbs = phrases(pack.text("office-verb.txt"));
        let states = phrases(pack.text("office-state.txt"));
        let soles = phrases(pack.text("office-sole.txt"));
        let sought = phrases(pack.text("office-sought.txt"));
        let given = phrases(pack.text("office-given.txt"));
        let taking = phrases(pack.text("office-taking.txt"));
        let members = phrases(pack.text("office-member.txt"));
        let helpers = phrases(pack.text("office-helper.txt"));
        let spouses = phrases(pack.text("name-spouse.txt"));
        let owned = phrases(pack.text("name-owned.txt"));
        let streets = phrases(pack.text("name-street.txt"));
        let companies = phrases(pack.text("name-company.txt"));
        let others = phrases(pack.text("name-other.txt"));
        let said = phrases(pack.text("name-said.txt"));
        let naming = phrases(pack.text("name-naming.txt"));
        let apposed = phrases(pack.text("name-apposed.txt"));
        let called = phrases(pack.text("name-called.txt"));

        for [name, spellings] in rows(pack.text("place-world.tsv")) {
            for name in std::iter::once(name).chain(parts(spellings)) {
                insert(&mut abroad, vocabulary, name, ());
            }
        }
        let mut words = |table| {
            let mut words = WordSet::default();
            words.extend(rows(table).map(|[word]| vocabulary.intern(word)));
            words
        };
        let given_abroad = words(pack.text("name-foreign-given.txt"));
        let family_abroad = words(pack.text("name-foreign-family.txt"));
        let particles = words(pack.text("name-particle.txt"));
        let plurals = words(pack.text("office-plural.txt"));
        let houses = words(pack.text("office-house.txt"));
        let acting = words(pack.text("name-acting.txt"));
        let lately = words("hiện\ncòn\nđang\ncũng\ntừng\nnay\nvẫn\nđã\nvừa\nlại");
        let ranks = words("H\nQ\nP\nX\nTT\nTP\nTX");
        let never_short = words(pack.text("name-short-not.txt"));
        let mut organizations = WordSet::default();
        let mut parts_of_names = Phrases::default();
        for [word, flags] in rows(pack.text("office-word.tsv")) {
            let part = Part {
                head: flags.contains('h'),
                verb: flags.contains('v'),
                place: flags.contains('p'),
                eponym: flags.contains('e'),
            };
            insert(&mut parts_of_names, vocabulary, word, part);
            let first = letters(word).next();
            organizations.extend(first.filter(|_| part.head).map(|it| vocabulary.intern(it)));
            if part.head {
                vocabulary.begin_phrase(Starts::ORGANIZATION, letters(word));
            }
        }
        let mut bodies = Phrases::default();
        for [name, spellings] in rows(pack.text("issuer.tsv")) {
            for name in std::iter::once(name).chain(parts(spellings)) {
                insert(&mut bodies, vocabulary, name, ());
            }
        }
        let mut addresses = Phrases::default();
        for [word, kind] in rows(pack.text("honorific.tsv")) {
            let address = if kind.is_empty() { Address::Kin } else { Address::Title };
            insert(&mut addresses, vocabulary, word, address);
        }
        organizations.extend(bodies.first_words());
        vocabulary.begin_phrases(Starts::ORGANIZATION, &bodies);
        vocabulary.begin_phrases(Starts::PERSON, &offices);
        vocabulary.begin_phrases(Starts::PERSON, &addresses);
        let mut syllables: Vec<Syllable> = Vec::new();
        let mut at = |id: Id, set: &dyn Fn(&mut Syllable)| {
            if syllables.len() <= id.index() {
                syllables.resize(id.index() + 1, Syllable::default());
            }
            if let Some(syllable) = syllables.get_mut(id.index()) {
                set(syllable);
            }
        };
        for [name, kind] in rows(pack.text("name-family.tsv")) {
            let family = if kind == "strong" { Family::Strong } else { Family::Weak };
            let id = vocabulary.intern(name);
            vocabulary.begin(Starts::NAME, [id]);
            at(id, &|syllable| syllable.family = family);
        }
        for [name, kind] in rows(pack.text("name-given.tsv")) {
            at(vocabulary.intern(name), &|syllable| {
                syllable.given |= kind.contains('g');
                syllable.middle |= kind.contains('m');
            });
        }
        let mut prefixes = WordSet::default();
        prefixes.extend(rows(pack.text("office-prefix.txt")).map(|[word]| vocabulary.intern(word)));
        let words = Words::new(vocabulary);
        vocabulary.begin(Starts::PERSON, prefixes.members());
        vocabulary.begin(Starts::PERSON, [words.anh]);
        vocabulary.begin(Starts::NAME, [words.y, words.h, words.k]);
        vocabulary.begin(Starts::NAME, given_abroad.members());
        vocabulary.begin(Starts::NAME, family_abroad.members());
        Lexicon {
            organizations,
            offices,
            parts: parts_of_names,
            bodies,
            addresses,
            not,
            places,
            abroad,
            agencies,
            compounds,
            korean,
            stops,
            verbs,
            states,
            soles,
            sought,
            taking,
            given,
            houses,
            owned,
            spouses,
            streets,
            companies,
            others,
            members,
            helpers,
            plurals,
            given_abroad,
            family_abroad,
            particles,
            said,
            called,
            apposed,
            acting,
            naming,
            never_short,
            lately,
            ranks,
            prefixes,
            syllables,
            words,
        }
    }

    /// What a word is among names.
    #[inline]
    pub(super) fn syllable(&self, id: Id) -> Syllable {
        self.syllables.get(id.index()).copied().unwrap_or_default()
    }

    /// Whether a word in front of an office belongs to it.
    #[inline]
    pub(super) fn is_prefix(&self, id: Id) -> bool {
        self.prefixes.contains(id)
    }
}
