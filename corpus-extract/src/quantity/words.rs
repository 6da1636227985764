//! [`Words`]: units, nouns that are counted, and what stands around them, from `data/`.

use corpus_model::QuantityKind;

use crate::pack::Pack;
use crate::table;
use crate::token::Tokens;
use crate::vocabulary::{Id, Phrases, Starts, Vocabulary};

/// The kinds of `unit.tsv`.
pub(crate) const UNITS: &[&str] = &[
    "money",
    "percent",
    "duration",
    "measure",
    "sign-money",
    "sign-percent",
    "sign-duration",
    "sign-measure",
];

/// The roles of `quantity_context.tsv`.
pub(crate) const ROLES: &[&str] = &[
    "about",
    "from",
    "label",
    "no-label",
    "classify",
    "each",
    "share",
    "whole",
    "change",
    "since",
    "no-unit",
    "coin",
    "prize",
    "no-number",
    "ranked",
];

/// What sort of unit a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sort {
    pub(super) kind: QuantityKind,
    /// Whether it is a unit only where it is glued to its number: `50đ`.
    pub(super) glued_only: bool,
}

/// The words of quantities.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub(super) units: Phrases<(String, Sort)>,
    pub(super) counted: Phrases<()>,
    pub(super) compounds: Phrases<()>,
    pub(super) about: Phrases<()>,
    pub(super) from: Phrases<()>,
    pub(super) classify: Phrases<()>,
    pub(super) each: Phrases<()>,
    pub(super) share: Phrases<()>,
    pub(super) wholes: Phrases<()>,
    pub(super) changes: Phrases<()>,
    pub(super) since: Phrases<()>,
    pub(super) no_unit: Phrases<()>,
    pub(super) coins: Phrases<()>,
    /// Words that begin like a number: `ba lô`.
    pub(super) no_number: Phrases<()>,
    /// Whether the first place may be called `nhất` and the second `nhì`.
    pub(super) ranked: Phrases<bool>,
    /// False for phrases that only end like a label: `tổng số`.
    labels: Phrases<bool>,
    pub(super) ids: Ids,
}

/// Single words that the rules name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ids {
    pub(super) nth: Id,
    pub(super) first: Id,
    pub(super) second: Id,
    pub(super) until: Id,
    pub(super) up_to: Id,
    pub(super) and: Id,
    pub(super) on: Id,
    pub(super) part: Id,
    pub(super) night: Id,
    pub(super) number: Id,
}

impl Words {
    pub(super) fn new(vocabulary: &mut Vocabulary, pack: &Pack) -> Words {
        let mut words = Words::default();
        for [phrase, name, kind] in table::rows(pack.text("unit.tsv")) {
            if let Some(sort) = sort_of(kind) {
                if sort.kind == QuantityKind::Money {
                    vocabulary.begin_phrase(Starts::QUANTITY, phrase.split(' '));
                }
                words.units.insert(vocabulary, phrase, (name.to_owned(), sort));
            }
        }
        for [phrase] in table::rows(pack.text("counted.txt")) {
            words.counted.insert(vocabulary, phrase, ());
        }
        for [phrase] in table::rows(pack.text("compound.txt")) {
            words.compounds.insert(vocabulary, phrase, ());
        }
        for [phrase, role] in table::rows(pack.text("quantity_context.tsv")) {
            if role == "label" || role == "no-label" {
                words.labels.insert(vocabulary, phrase, role == "label");
                continue;
            }
            if role == "ranked" || role == "prize" {
                vocabulary.begin_phrase(Starts::QUANTITY, phrase.split(' '));
                words.ranked.insert(vocabulary, phrase, role == "prize");
                continue;
            }
            let phrases = match role {
                "about" => &mut words.about,
                "from" => &mut words.from,
                "classify" => &mut words.classify,
                "each" => &mut words.each,
                "share" => &mut words.share,
                "whole" => &mut words.wholes,
                "change" => &mut words.changes,
                "since" => &mut words.since,
                "no-unit" => &mut words.no_unit,
                "coin" => &mut words.coins,
                "no-number" => &mut words.no_number,
                _ => continue,
            };
            phrases.insert(vocabulary, phrase, ());
        }
        let mut id = |word| vocabulary.intern(word);
        words.ids = Ids {
            nth: id("thứ"),
            first: id("nhất"),
            second: id("nhì"),
            until: id("đến"),
            up_to: id("tới"),
            and: id("và"),
            on: id("trên"),
            part: id("phần"),
            night: id("đêm"),
            number: id("số"),
        };
        // Countries written before a dollar sign, and the word for minus.
        let begins = ["vn", "us", "a", "au", "c", "ca", "s", "hk", "âm"].map(&mut id);
        vocabulary.begin(Starts::QUANTITY, begins);
        vocabulary.begin(Starts::QUANTITY, [words.ids.nth]);
        words
    }

    /// Whether the words in front of a number make a name of it: `Điều 5`, `Quận 3`, `số 12`.
    pub(super) fn is_label(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        let ending = |back| {
            let start = at.checked_sub(back)?;
            self.labels.longest(tokens.ids(start)).filter(|(n, _)| start + n == at).map(|it| *it.1)
        };
        ending(2).or_else(|| ending(1)).unwrap_or(false)
    }
}

fn sort_of(kind: &str) -> Option<Sort> {
    let (name, glued_only) = match kind.strip_prefix("sign-") {
        Some(name) => (name, true),
        None => (kind, false),
    };
    let kind = match name {
        "money" => QuantityKind::Money,
        "percent" => QuantityKind::Percent,
        "duration" => QuantityKind::Duration,
        "measure" => QuantityKind::Measure,
        _ => return None,
    };
    Some(Sort { kind, glued_only })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_unit_is_understood() {
        for kind in UNITS {
            assert!(sort_of(kind).is_some(), "{kind}");
        }
    }
}
