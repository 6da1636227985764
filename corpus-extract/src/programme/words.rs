//! [`Words`]: the heads of programmes and the words around their names.

use std::sync::Arc;

use crate::gazetteer::{insert, parts};
use crate::pack::Pack;
use crate::table::rows;
use crate::vocabulary::{self, Id, Phrases, Vocabulary};

/// What may be the name behind a head; see `data/programme-head.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Movement,
    Campaign,
    Scheme,
    Plan,
    Show,
    Work,
    Day,
    Cause,
    For,
}

impl Class {
    /// Whether it is a year, month, week or day.
    pub(super) fn is_time(self) -> bool {
        matches!(self, Class::Day | Class::Cause | Class::For)
    }
}

/// The classes by name.
pub(crate) const CLASSES: &[&str] =
    &["movement", "campaign", "scheme", "plan", "show", "work", "day", "cause", "for"];

/// The roles of `programme-word.tsv`.
pub(crate) const ROLES: &[&str] = &[
    "not", "count", "gap", "stop", "soft", "verb", "comma", "go", "state", "generic", "body",
    "aim", "public", "show", "built", "call", "phase", "horizon", "season", "craft", "from",
    "approve", "strange", "arms", "lead", "doing", "passive", "yearly",
];

/// What a programme is called.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) name: Arc<str>,
    pub(super) class: Class,
}

/// Where a title ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Title {
    /// In front of these words.
    Stop,
    /// In front of these words, where no years follow that can be nothing but those of a plan.
    Soft,
    /// In front of these words, behind a comma.
    Comma,
    /// It goes on, though it looks like one of the others.
    Go,
}

/// The words of programmes by what they do.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub(super) heads: Phrases<Head>,
    /// Names that are known without a capital.
    pub(super) names: Phrases<()>,
    pub(super) title: Phrases<Title>,
    /// What ends a short name, beside those.
    pub(super) verbs: Phrases<()>,
    pub(super) not: Phrases<()>,
    pub(super) gaps: Phrases<()>,
    pub(super) state: Phrases<()>,
    pub(super) generic: Phrases<()>,
    pub(super) bodies: Phrases<()>,
    /// Countries and cities abroad, which are no names of movements.
    pub(super) abroad: Phrases<()>,
    pub(super) aims: Phrases<()>,
    pub(super) public: Phrases<()>,
    pub(super) show: Phrases<()>,
    pub(super) arms: Phrases<()>,
    pub(super) built: Phrases<()>,
    pub(super) calls: Phrases<()>,
    pub(super) phases: Phrases<()>,
    pub(super) horizons: Phrases<()>,
    pub(super) seasons: Phrases<()>,
    pub(super) crafts: Phrases<()>,
    pub(super) approve: Phrases<()>,
    /// Abbreviations and foreign words that are no names of programmes: `THPT`.
    pub(super) strange: Phrases<()>,
    /// What somebody does with a plan of theirs: `kế hoạch EVN giao`.
    pub(super) doing: Phrases<()>,
    /// Titles that a plan of each year has.
    pub(super) yearly: Phrases<()>,
    /// In front of `chiến lược` they say that it is a thing and tells nothing of another.
    pub(super) lead: vocabulary::Words,
    /// Behind them stands who does something.
    pub(super) passive: vocabulary::Words,
    pub(super) from: vocabulary::Words,
    /// Words that may follow a number that is a name.
    pub(super) follow: vocabulary::Words,
    /// Words that a number in front of them counts.
    pub(super) counted: vocabulary::Words,
    /// Words that no title ends with.
    pub(super) loose: vocabulary::Words,
    pub(super) year: Id,
    pub(super) until: vocabulary::Words,
    pub(super) all: Id,
    pub(super) nr: Id,
    pub(super) about: Id,
    /// Words that say that there are several.
    pub(super) plurals: vocabulary::Words,
    pub(super) and: Id,
    /// `theo`, as in `theo kế hoạch`.
    pub(super) after: Id,
    /// `Ảnh`, in front of who took the picture.
    pub(super) photo: Id,
}

impl Words {
    pub(super) fn new(vocabulary: &mut Vocabulary, pack: &Pack) -> Words {
        let mut words = Words::default();
        for [phrase, name, class] in rows(pack.text("programme-head.tsv")) {
            let class = match class {
                "movement" => Class::Movement,
                "campaign" => Class::Campaign,
                "scheme" => Class::Scheme,
                "plan" => Class::Plan,
                "show" => Class::Show,
                "work" => Class::Work,
                "day" => Class::Day,
                "cause" => Class::Cause,
                _ => Class::For,
            };
            let name = if name.is_empty() { phrase } else { name }.into();
            insert(&mut words.heads, vocabulary, phrase, Head { name, class });
        }
        for [name] in rows(pack.text("programme-name.txt")) {
            insert(&mut words.names, vocabulary, name, ());
        }
        for [name, spellings, _] in rows(pack.text("place-world.tsv")) {
            for name in [name].into_iter().chain(parts(spellings)) {
                insert(&mut words.abroad, vocabulary, name, ());
            }
        }
        // A title in running text ends where that of a directive does, and at words of its own.
        for [phrase, role] in rows(pack.text("directive-title.tsv")) {
            let role = match role {
                "stop" | "verb" => Title::Stop,
                "comma" => Title::Comma,
                "go" => Title::Go,
                _ => continue,
            };
            insert(&mut words.title, vocabulary, phrase, role);
        }
        for [phrase, role] in rows(pack.text("programme-word.tsv")) {
            words.add(vocabulary, phrase, role);
        }
        for [word] in rows(pack.text("directive-follow.txt")) {
            words.follow.extend([vocabulary.intern(word)]);
        }
        let loose = ["và", "về", "cho", "của", "tại", "với", "trong", "ở"];
        words.loose.extend(loose.map(|word| vocabulary.intern(word)));
        words.until.extend(["đến", "tới"].map(|word| vocabulary.intern(word)));
        words.year = vocabulary.intern("năm");
        words.all = vocabulary.intern("hết");
        words.nr = vocabulary.intern("số");
        words.about = vocabulary.intern("về");
        let plurals = ["các", "những", "nhiều", "mỗi", "mọi", "hai", "ba"];
        words.plurals.extend(plurals.map(|word| vocabulary.intern(word)));
        words.and = vocabulary.intern("và");
        words.after = vocabulary.intern("theo");
        words.photo = vocabulary.intern("ảnh");
        for [name] in rows(pack.text("name-foreign-family.txt")) {
            insert(&mut words.strange, vocabulary, name, ());
        }
        words
    }

    fn add(&mut self, vocabulary: &mut Vocabulary, phrase: &str, role: &str) {
        let phrases = match role {
            "stop" => return insert(&mut self.title, vocabulary, phrase, Title::Stop),
            "soft" => return insert(&mut self.title, vocabulary, phrase, Title::Soft),
            "comma" => return insert(&mut self.title, vocabulary, phrase, Title::Comma),
            "go" => return insert(&mut self.title, vocabulary, phrase, Title::Go),
            "count" => return self.counted.extend([vocabulary.intern(phrase)]),
            "from" => return self.from.extend([vocabulary.intern(phrase)]),
            "lead" => return self.lead.extend([vocabulary.intern(phrase)]),
            "passive" => return self.passive.extend([vocabulary.intern(phrase)]),
            "not" => &mut self.not,
            "gap" => &mut self.gaps,
            "verb" => &mut self.verbs,
            "state" => &mut self.state,
            "generic" => &mut self.generic,
            "body" => &mut self.bodies,
            "aim" => &mut self.aims,
            "public" => &mut self.public,
            "show" => &mut self.show,
            "arms" => &mut self.arms,
            "built" => &mut self.built,
            "call" => &mut self.calls,
            "phase" => &mut self.phases,
            "horizon" => &mut self.horizons,
            "season" => &mut self.seasons,
            "craft" => &mut self.crafts,
            "approve" => &mut self.approve,
            "strange" => &mut self.strange,
            "doing" => &mut self.doing,
            "yearly" => &mut self.yearly,
            _ => return,
        };
        insert(phrases, vocabulary, phrase, ());
    }
}
