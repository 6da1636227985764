//! What the tagger sees of the words around a name.

use std::ops::Range;

use crate::gazetteer::{longest, longest_body};
use crate::person::lexicon::{Family, Lexicon};
use crate::person::{name, office};
use crate::token::{Case, TokenKind, Tokens};

/// What the tables say of a word, as a set of bits.
type Traits = u32;

const HEAD: Traits = 1;
const IN_HEAD: Traits = 1 << 1;
const PREFIX: Traits = 1 << 2;
const BODY: Traits = 1 << 3;
const DOMAIN: Traits = 1 << 4;
const PLACE: Traits = 1 << 5;
const STOP: Traits = 1 << 6;
const VERB: Traits = 1 << 7;
const SAID: Traits = 1 << 8;
const ADDRESS: Traits = 1 << 9;
const PERSON: Traits = 1 << 10;
const FOCUS: Traits = 1 << 11;
const GIVEN: Traits = 1 << 12;
const FAMILY: Traits = 1 << 13;
/// Inside of what the rules would take for an office that begins in front, and behind its end.
const RULED: Traits = 1 << 14;
const BEHIND: Traits = 1 << 15;

/// So many features a word has.
const FEATURES: usize = 35;

/// A way from the name of so many words is a feature as a whole.
const SHORT: usize = 4;

/// What the features of a word tell of, as explanations name it, by their order.
pub(super) const TOLD: [&str; FEATURES] = {
    let mut told = ["office, by its words"; FEATURES];
    let mut at = 8;
    while at < FEATURES {
        told[at] = match at {
            8..=14 | 16 | 26 => "office, by the tables its words stand in",
            15 => "office, by capitals and marks",
            17..=23 => "office, by what lies between it and the name",
            24 | 25 => "office, by its words",
            27..=31 => "office, by what stands beside the name",
            32 => "office, by the way from the name",
            _ => "office, by how far rules take it",
        };
        at += 1;
    }
    told
};

/// The words around a name.
pub(super) struct Window {
    /// The first word in tokens.
    pub(super) start: usize,
    /// The words of the name itself.
    pub(super) focus: Range<usize>,
    seen: Vec<Seen>,
    /// What lies between each word and the name.
    between: Vec<Between>,
}

/// One word.
struct Seen {
    word: u32,
    shape: u32,
    traits: Traits,
}

impl Window {
    /// The words of a range around the name at a place among all names of the document.
    pub(super) fn new(
        lexicon: &Lexicon,
        tokens: &Tokens<'_>,
        near: Range<usize>,
        names: &[Range<usize>],
        place: usize,
        ruled: bool,
    ) -> Window {
        let name = names.get(place).cloned().unwrap_or_default();
        let mut seen: Vec<Seen> = near
            .clone()
            .map(|at| Seen { word: word(tokens, at), shape: shape(tokens, at), traits: 0 })
            .collect();
        mark(lexicon, tokens, &near, &name, &mut seen);
        let first = names.partition_point(|it| it.end <= near.start);
        for other in names.iter().skip(first).take_while(|it| it.start < near.end) {
            let bit = if *other == name { FOCUS } else { PERSON };
            add(&mut seen, &near, other.clone(), bit);
        }
        if !ruled {
            seen.iter_mut().for_each(|it| it.traits &= !(RULED | BEHIND));
        }
        let focus = name.start - near.start..name.end - near.start;
        let between = between(&seen, &focus);
        Window { start: near.start, focus, seen, between }
    }

    /// How many words it has.
    pub(super) fn len(&self) -> usize {
        self.seen.len()
    }

    /// The features of each word; none of those of the name.
    pub(super) fn features(&self) -> Vec<Vec<u32>> {
        let of = |place| {
            let mut all = Vec::with_capacity(FEATURES);
            self.each_feature(place, |feature| all.push(feature));
            all
        };
        (0..self.len()).map(of).collect()
    }

    /// The hash of each feature of a word, in their order; none where it belongs to the name.
    #[inline]
    pub(super) fn each_feature(&self, place: usize, mut each: impl FnMut(u32)) {
        const NOTHING: Seen = Seen { word: 3, shape: 0, traits: 0 };
        let focus = &self.focus;
        if focus.contains(&place) {
            return;
        }
        let get = |at: isize| {
            usize::try_from(at).ok().and_then(|at| self.seen.get(at)).unwrap_or(&NOTHING)
        };
        let at = place as isize;
        let side = u32::from(place >= focus.end);
        let distance = bucket(if side == 1 { place - focus.end } else { focus.start - 1 - place });
        let (it, before, next) = (get(at), get(at - 1), get(at + 1));
        let (before2, next2) = (get(at - 2), get(at + 2));
        let far = self.between.get(place).copied().unwrap_or_default();
        let mut number = 0;
        macro_rules! put {
            ($values:expr) => {{
                number += 1;
                each(feature(number, $values));
            }};
        }
        let (t0, t1, t_1) = (it.traits, next.traits, before.traits);
        let starts = t0 & (HEAD | PREFIX);
        put!([]);
        put!([it.word]);
        put!([before.word]);
        put!([next.word]);
        put!([before.word, it.word]);
        put!([it.word, next.word]);
        put!([before2.word, before.word]);
        put!([next.word, next2.word]);
        put!([t0]);
        put!([t_1]);
        put!([t1]);
        put!([t0, it.shape]);
        put!([t_1, t0]);
        put!([t0, t1]);
        put!([before2.traits, t_1, t0]);
        put!([before.shape, it.shape, next.shape]);
        put!([t0, it.shape, t1, next.shape]);
        put!([side, distance]);
        put!([side, distance, starts]);
        put!([side, far.people.min(3), starts]);
        put!([side, far.commas.min(4), starts, far.people.min(2)]);
        put!([side, far.heads.min(4), starts]);
        put!([side, far.verbs.min(3), starts, far.people.min(2)]);
        put!([side, far.stops.min(2), starts, far.people.min(2)]);
        put!([side, before.word, starts]);
        put!([side, before2.word, before.word, starts]);
        put!([side, t0, t_1 & (VERB | GIVEN | SAID)]);
        // What stands right behind the name, and right in front of it.
        let (edge, edge2) = (get(focus.end as isize), get(focus.end as isize + 1));
        let (front, front2) = (get(focus.start as isize - 1), get(focus.start as isize - 2));
        put!([side, starts, edge.word, distance]);
        put!([side, starts, edge.word, edge2.word]);
        put!([side, starts, front.word, distance]);
        put!([side, starts, front.word, front2.word]);
        put!([side, starts, front.shape, edge.shape, far.people.min(2)]);
        // The way from the name to the word, where it is short.
        let between = if side == 1 { focus.end..place } else { place + 1..focus.start };
        let ways = self.seen.get(between).unwrap_or_default();
        let mut key = [side, starts, distance, 0, 0, 0, 0];
        if ways.len() <= SHORT {
            key.iter_mut().skip(3).zip(ways).for_each(|(slot, it)| *slot = way(it));
        } else if let [first, .., last] = ways {
            (key[3], key[4], key[5]) = (u32::MAX, way(first), way(last));
        }
        put!(key);
        put!([t0 & (RULED | BEHIND), t_1 & RULED, side]);
        put!([t0 & (RULED | BEHIND), t_1 & RULED, it.word]);
    }
}

fn add(seen: &mut [Seen], near: &Range<usize>, range: Range<usize>, bit: Traits) {
    for at in range {
        if let Some(it) = at.checked_sub(near.start).and_then(|at| seen.get_mut(at)) {
            it.traits |= bit;
        }
    }
}

/// Looks the words up in the tables.
fn mark(
    lexicon: &Lexicon,
    tokens: &Tokens<'_>,
    near: &Range<usize>,
    focus: &Range<usize>,
    seen: &mut [Seen],
) {
    let mut ruled = 0;
    for at in near.clone() {
        if focus.contains(&at) || !tokens.get(at).is_word() {
            continue;
        }
        let mut put = |range: Range<usize>, bit| add(seen, near, range, bit);
        if let Some((end, ())) = longest(&lexicon.offices, tokens, at) {
            put(at..at + 1, HEAD);
            put(at + 1..end, IN_HEAD);
        } else if office::is_prefix(lexicon, tokens, at) {
            put(at..at + 1, PREFIX);
        }
        if at >= ruled && office::begins_office(lexicon, tokens, at) {
            let found = if at < focus.start {
                office::office(lexicon, tokens, at)
            } else {
                office::apposed(lexicon, tokens, at)
            };
            if let Some(found) = found {
                ruled = found.range.end;
                put(found.range, RULED);
                put(ruled..ruled + 1, BEHIND);
            }
        }
        if let Some((end, part)) = longest(&lexicon.parts, tokens, at) {
            put(at..end, if part.head || part.place { BODY } else { DOMAIN });
        }
        if let Some((end, ())) = longest_body(&lexicon.bodies, tokens, at) {
            put(at..end, BODY);
        }
        if let Some((end, ())) = longest(&lexicon.compounds, tokens, at) {
            put(at..end, DOMAIN);
        }
        let token = tokens.get(at);
        if token.is_capitalised() {
            let place = longest(&lexicon.places, tokens, at);
            if let Some((end, ())) = place.or_else(|| longest(&lexicon.abroad, tokens, at)) {
                put(at..end, PLACE);
            }
            if name::family(lexicon, tokens, at) != Family::No {
                put(at..at + 1, FAMILY);
            }
        }
        for (phrases, bit) in [
            (&lexicon.stops, STOP),
            (&lexicon.verbs, VERB),
            (&lexicon.said, SAID),
            (&lexicon.given, GIVEN),
        ] {
            if let Some((end, ())) = longest(phrases, tokens, at) {
                put(at..end, bit);
            }
        }
        if let Some((end, _)) = longest(&lexicon.addresses, tokens, at) {
            put(at..end, ADDRESS);
        }
    }
}

/// A hash of a word in lower case, or of a mark.
fn word(tokens: &Tokens<'_>, at: usize) -> u32 {
    match tokens.get(at).kind {
        TokenKind::Number => 7,
        TokenKind::Break => 11,
        _ => {
            let mut hash = Hash::new(1);
            for letter in tokens.str(at).chars().flat_map(char::to_lowercase) {
                hash.add(letter as u32);
            }
            hash.0
        }
    }
}

fn shape(tokens: &Tokens<'_>, at: usize) -> u32 {
    let token = tokens.get(at);
    match token.kind {
        TokenKind::Number => 5,
        TokenKind::Break => 6,
        TokenKind::Mark(mark) => 16 + mark as u32,
        TokenKind::Word => match token.case {
            Case::Lower => 1,
            Case::Capital => 2,
            Case::Upper => 3,
            Case::Mixed => 4,
        },
    }
}

/// The hash of FNV, which is the same everywhere.
#[derive(Clone, Copy)]
struct Hash(u32);

impl Hash {
    fn new(seed: u32) -> Hash {
        let mut hash = Hash(0x811c_9dc5);
        hash.add(seed);
        hash
    }

    fn add(&mut self, value: u32) {
        self.0 = (self.0 ^ value).wrapping_mul(0x0100_0193);
        self.0 ^= self.0 >> 15;
    }
}

/// What lies between a word and the name.
#[derive(Clone, Copy, Default)]
struct Between {
    people: u32,
    commas: u32,
    heads: u32,
    verbs: u32,
    stops: u32,
}

impl Between {
    fn pass(&mut self, seen: &Seen, is_new_person: bool) {
        self.people += u32::from(is_new_person);
        self.commas += u32::from(seen.shape == 16 + u32::from(','));
        self.heads += u32::from(seen.traits & HEAD != 0);
        self.verbs += u32::from(seen.traits & (VERB | SAID) != 0);
        let hard = [';', '"', '“', '”', '(', ')'].map(|it| 16 + it as u32);
        self.stops += u32::from(hard.contains(&seen.shape));
    }
}

fn bucket(n: usize) -> u32 {
    match n {
        0..=3 => n as u32,
        4..=5 => 4,
        6..=8 => 5,
        9..=13 => 6,
        14..=22 => 7,
        _ => 8,
    }
}

fn between(seen: &[Seen], focus: &Range<usize>) -> Vec<Between> {
    let mut between = vec![Between::default(); seen.len()];
    let mut walk = |order: &mut dyn Iterator<Item = usize>| {
        let mut so_far = Between::default();
        let mut inside = false;
        for at in order {
            let (Some(it), Some(slot)) = (seen.get(at), between.get_mut(at)) else { break };
            let person = it.traits & PERSON != 0;
            *slot = so_far;
            so_far.pass(it, person && !inside);
            inside = person;
        }
    };
    walk(&mut (focus.end..seen.len()));
    walk(&mut (0..focus.start).rev());
    between
}

/// The hash of the feature of a number that has these values.
#[inline]
fn feature<const N: usize>(number: u32, values: [u32; N]) -> u32 {
    let mut hash = Hash::new(100 + number);
    for value in values {
        hash.add(value);
    }
    hash.add(0x5bd1);
    hash.0
}

/// A word on the way from the name: a mark, or what the tables say of it, else the word itself.
fn way(seen: &Seen) -> u32 {
    if seen.shape >= 16 {
        return seen.shape;
    }
    if seen.traits & PERSON != 0 {
        return 1;
    }
    if seen.traits & (HEAD | IN_HEAD | RULED) != 0 {
        return 2;
    }
    if seen.traits & ADDRESS != 0 {
        return 3;
    }
    seen.word
}
