//! [`Words`]: the words around announced lists, from `data/list.tsv`.

use crate::pack::{Pack, Wanted};
use crate::table;
use crate::token::{Case, TokenKind, Tokens};
use crate::vocabulary::{self, Id, Phrases, Starts, Vocabulary};

/// A noun that announces has no more words than this.
const NOUN_WORDS: usize = 6;

/// The roles of `list.tsv`.
pub(crate) const ROLES: &[&str] = &[
    "noun", "stop", "whole", "unit", "label", "say", "silent", "intro", "list", "open", "filler",
    "head", "place", "about", "home", "first", "next", "last", "close", "apart", "way", "direct",
    "taker", "free",
];

/// Of words that end a noun, or are none, only one is looked at.
pub(crate) fn wanted(row: &[&str]) -> Option<Wanted> {
    matches!(row, [phrase, "stop" | "unit" | "way" | "taker", ..] if phrase.contains(' '))
        .then_some((0, "one word"))
}

/// The words of lists by what they do.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub(super) nouns: Phrases<()>,
    stops: vocabulary::Words,
    /// Words of nouns that begin like a word that ends one: `đối tượng`.
    pub(super) wholes: Phrases<()>,
    /// Nouns whose items follow at once: `hai tội danh trộm cắp và lừa đảo`.
    pub(super) directs: Phrases<()>,
    units: vocabulary::Words,
    /// Nouns that follow a number.
    pub(super) counted: Phrases<()>,
    /// What stands for a noun behind `một`: `đứa`, `chiếc`.
    pub(super) takers: vocabulary::Words,
    /// Words of nouns that lead from one place to another, whose names a dash joins.
    pub(super) ways: vocabulary::Words,
    labels: Phrases<()>,
    /// Words that end like a label and are none: `triệu tập`.
    free: Phrases<()>,
    pub(super) says: Phrases<()>,
    pub(super) silent: Phrases<()>,
    pub(super) intros: Phrases<()>,
    pub(super) lists: Phrases<()>,
    pub(super) opens: Phrases<()>,
    pub(super) fillers: Phrases<()>,
    pub(super) heads: Phrases<()>,
    /// Heads of places: `huyện`, `thành phố`.
    pub(super) places: Phrases<()>,
    /// Names of countries.
    pub(super) countries: Phrases<()>,
    /// What opens something told of a person: `quê`, `nguyên`.
    pub(super) about: Phrases<()>,
    /// The same where a place follows, which may hold commas: `trú`.
    pub(super) homes: Phrases<()>,
    pub(super) first_of: Phrases<()>,
    pub(super) next_of: Phrases<()>,
    pub(super) last_of: Phrases<()>,
    pub(super) closes: Phrases<()>,
    pub(super) apart: Phrases<()>,
    /// `các`, `những`.
    pub(super) plurals: vocabulary::Words,
    /// Words of two syllables that names of organisations begin with: `Trung tâm`.
    pub(super) compounds: Phrases<()>,
    /// Words in lower case inside foreign names: `de`, `von`.
    pub(super) particles: vocabulary::Words,
    pub(super) is: Id,
    pub(super) nth: Id,
    pub(super) first: Id,
    pub(super) and: Id,
    pub(super) or: Id,
    pub(super) such: Id,
    pub(super) that: Id,
    pub(super) then: Id,
    /// Words in front of days, months and years.
    pub(super) dates: vocabulary::Words,
    pub(super) rest: Id,
    pub(super) amount: Id,
    /// What stands in front of `số` where it counts: `trong số 5 nước`.
    among: vocabulary::Words,
    pub(super) one: Id,
    pub(super) from: Id,
    pub(super) of: Id,
    pub(super) even: Id,
    /// What opens a clause that is told of all items: `cùng`, `đều`.
    pub(super) all_of: vocabulary::Words,
    /// What stands in front of `là` where it tells no names: `từng là`, `vẫn là`.
    pub(super) turns: vocabulary::Words,
    pub(super) this: Id,
    pub(super) within: Id,
    pub(super) year: Id,
    pub(super) age: Id,
    pub(super) with: Id,
}

impl Words {
    pub(super) fn new(vocabulary: &mut Vocabulary, pack: &Pack) -> Words {
        let mut words = Words::default();
        for [phrase, role] in table::rows(pack.text("list.tsv")) {
            let phrases = match role {
                "noun" => &mut words.nouns,
                "stop" => {
                    words.stops.extend([vocabulary.intern(phrase)]);
                    continue;
                }
                "unit" => {
                    words.units.extend([vocabulary.intern(phrase)]);
                    continue;
                }
                "way" => {
                    words.ways.extend([vocabulary.intern(phrase)]);
                    continue;
                }
                "taker" => {
                    words.takers.extend([vocabulary.intern(phrase)]);
                    continue;
                }
                "direct" => &mut words.directs,
                "whole" => &mut words.wholes,
                "label" => &mut words.labels,
                "free" => &mut words.free,
                "say" => &mut words.says,
                "silent" => &mut words.silent,
                "intro" => &mut words.intros,
                "list" => {
                    words.lists.insert(vocabulary, phrase, ());
                    &mut words.intros
                }
                "open" => &mut words.opens,
                "filler" => &mut words.fillers,
                "place" => {
                    words.places.insert(vocabulary, phrase, ());
                    &mut words.heads
                }
                "about" => &mut words.about,
                "home" => {
                    words.homes.insert(vocabulary, phrase, ());
                    &mut words.about
                }
                "head" => &mut words.heads,
                "first" => &mut words.first_of,
                "next" => &mut words.next_of,
                "last" => &mut words.last_of,
                "close" => &mut words.closes,
                "apart" => &mut words.apart,
                _ => continue,
            };
            phrases.insert(vocabulary, phrase, ());
            if matches!(role, "first" | "next" | "last")
                && let Some(first) = phrase.split(' ').next()
            {
                let first = vocabulary.intern(first);
                vocabulary.begin(Starts::ITEM, [first]);
            }
        }
        words.particles.extend(
            table::rows(pack.text("name-particle.txt")).map(|[word]| vocabulary.intern(word)),
        );
        for [phrase] in table::rows(pack.text("counted.txt")) {
            words.counted.insert(vocabulary, phrase, ());
        }
        for [name, _, kind] in table::rows(pack.text("place-world.tsv")) {
            if kind == "country" {
                words.countries.insert(vocabulary, name, ());
            }
        }
        for [phrase] in table::rows(pack.text("office-compound.txt")) {
            words.compounds.insert(vocabulary, phrase, ());
        }
        words.is = vocabulary.intern("là");
        words.nth = vocabulary.intern("thứ");
        vocabulary.begin(Starts::ITEM, [words.nth]);
        words.first = vocabulary.intern("nhất");
        words.and = vocabulary.intern("và");
        words.or = vocabulary.intern("hoặc");
        words.that = vocabulary.intern("đó");
        words.such = vocabulary.intern("như");
        words.plurals.extend(["các", "những"].map(|word| vocabulary.intern(word)));
        words.rest = vocabulary.intern("còn");
        words.amount = vocabulary.intern("số");
        words.among.extend(["trong", "tổng"].map(|word| vocabulary.intern(word)));
        words.one = vocabulary.intern("một");
        words.from = vocabulary.intern("từ");
        words.of = vocabulary.intern("của");
        words.even = vocabulary.intern("cả");
        words.all_of.extend(["cùng", "đều"].map(|word| vocabulary.intern(word)));
        words.this = vocabulary.intern("này");
        words.within = vocabulary.intern("trong");
        words.year = vocabulary.intern("năm");
        words.dates.extend(["ngày", "tháng", "năm"].map(|word| vocabulary.intern(word)));
        words.then = vocabulary.intern("thì");
        let turns = ["từng", "vẫn", "cũng", "vốn", "không", "chỉ", "mới", "chính", "sẽ", "đã"];
        words.turns.extend(turns.map(|word| vocabulary.intern(word)));
        words.with = vocabulary.intern("cùng");
        words.age = vocabulary.intern("tuổi");
        words
    }

    /// The token behind the noun at `at`; `at` itself where none begins.
    pub(super) fn noun_end(&self, tokens: &Tokens<'_>, at: usize) -> usize {
        // `2 đồng chí` are no coins.
        let whole = self.wholes.longest(tokens.ids(at)).is_some();
        if !whole && self.units.contains(tokens.get(at).id) {
            return at;
        }
        // `“Thành phố 3 có”: …`
        let quoted = matches!(tokens.get(at + 1).kind, TokenKind::Mark('”' | '"'));
        if quoted && tokens.get(at + 2).is_mark(':') && tokens.get(at).is_word() {
            return at + 1;
        }
        // `4 không`, `5 tại chỗ`: a noun of the list may begin like a word that ends one.
        let least = self.nouns.longest(tokens.ids(at)).map_or(at, |(n, ())| at + n);
        let mut end = at;
        while end < at + NOUN_WORDS {
            // `hai đồng tác giả`, `ba thuộc tướng`: of two syllables, be it of no list of this kind.
            let compound = || {
                let known = self.compounds.longest(tokens.ids(end)).filter(|(n, ())| *n == 2);
                known.filter(|_| end == at && self.stops.contains(tokens.get(end).id))
            };
            if let Some((n, ())) = self.wholes.longest(tokens.ids(end)).or_else(compound) {
                end += n;
                continue;
            }
            let token = tokens.get(end);
            let goes_on = token.kind == TokenKind::Word
                && (end < least || !self.stops.contains(token.id))
                && !(end > at && token.glued)
                && (self.says.longest(tokens.ids(end)).is_none()
                    || self.silent.longest(tokens.ids(end)).is_some());
            if !goes_on {
                break;
            }
            end += 1;
        }
        // A name is not cut: `4 Phó Chủ tịch UBND tỉnh` of `… tỉnh Quảng Nam`.
        let cut = end == at + NOUN_WORDS && tokens.get(end).has_capital();
        while cut && end > at + 1 && tokens.get(end - 1).has_capital() {
            end -= 1;
        }
        // Nor is a word: `Hội đồng` of `Hội đồng nhân dân`.
        let word = end == at + NOUN_WORDS
            && self.compounds.longest(tokens.ids(end - 1)).is_some_and(|(n, ())| n == 2);
        end -= usize::from(word);
        end
    }

    /// Whether the noun at `at` begins with a name and not with an abbreviation in front of more words,
    /// `2 LS bào chữa`.
    pub(super) fn is_named(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        let (token, next) = (tokens.get(at), tokens.get(at + 1));
        let short = token.case == Case::Upper && token.span.len() <= 6;
        let goes_on = next.is_word() && next.case == Case::Lower && !next.glued;
        // `hai Thứ trưởng Bộ Công Thương`: one word, which is honoured with a capital.
        let office = goes_on
            && token.case == Case::Capital
            && self.compounds.longest(tokens.ids(at)).is_some_and(|(n, ())| n == 2);
        token.has_capital() && !(short && goes_on || office)
    }

    /// Whether the word ends the noun of an announcement.
    pub(super) fn is_stop(&self, id: Id) -> bool {
        self.stops.contains(id)
    }

    /// Whether the noun at `at` can hardly do anything but announce.
    pub(super) fn announces(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        self.nouns.longest(tokens.ids(at)).is_some()
    }

    /// Whether the words in front of a number make a name of it.
    pub(super) fn is_label(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        // `trong số 5 nước`
        if tokens.before(at, 1).id == self.amount && self.among.contains(tokens.before(at, 2).id) {
            return false;
        }
        let ends = |words: &Phrases<()>, start: usize| {
            words.longest(tokens.ids(start)).is_some_and(|(n, ())| start + n == at)
        };
        let labelled =
            (1..=2).any(|back| at.checked_sub(back).is_some_and(|it| ends(&self.labels, it)));
        // `triệu tập hai người`
        labelled && !at.checked_sub(2).is_some_and(|it| ends(&self.free, it))
    }
}
