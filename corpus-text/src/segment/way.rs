//! The cheapest way through a run of syllables.

use corpus_model::Word;

use super::{Run, Segmenter, Source, Syllable};
use crate::shape::{self, MOST_IN_NAME};
use crate::table::{Case, Known};
use crate::trie::NO_WORD;

impl Segmenter {
    /// Finds the cheapest way through the run: for each place of the way how many units the word
    /// has that begins there, in `ways`.
    pub(super) fn find_way(&self, run: &mut Run, source: Source<'_>, units: &[Word]) {
        let n = run.len;
        let Run { known, ways, is_start, .. } = run;
        // Behind the last syllable stands one with which no word goes on.
        if let Some(behind) = known.get_mut(n) {
            *behind = self.wall(false);
        }
        if let Some(ways) = ways.get_mut(..=n) {
            ways.fill(u64::MAX);
        }
        ways[0] = 0;
        let opening = self.wall(true);
        for i in 0..n {
            let Some(&[unit, next, ..]) = known.get(i..) else { break };
            let Some(way) = ways.get_mut(i..) else { break };
            let so_far = way[0] >> 8 << 8;
            let forced = self.forced.as_ref().filter(|it| it.begins_split(unit));
            let allows = |length| {
                forced.is_none_or(|forced| {
                    let word = source.cover(units, i, length);
                    !word.is_some_and(|word| forced.dictionary.is_split(word))
                })
            };
            let syllable = self.syllable(unit);
            let starts = unit.case() != Case::Lower
                && match i.checked_sub(1).and_then(|before| known.get(before)) {
                    None => *is_start,
                    Some(&before) => before == opening,
                };
            let Syllable { cost, is_possible, .. } = syllable;
            let alone = match unit.case() {
                Case::Lower => cost,
                case => self.shapes.single(cost, case, starts, is_possible),
            };
            relax(way, so_far, 1, alone);
            let shaped = |length: usize, cost: u32| {
                let word = known.get(i..i + length).unwrap_or_default();
                self.shapes.word(cost, length, capitals(word), unit.case(), starts)
            };
            let mut reached = self.words.step(syllable.base, next.number());
            let mut cost = reached.cost();
            // Most words are in small letters, and cost what they cost.
            if (unit.case(), next.case()) != (Case::Lower, Case::Lower) && cost != NO_WORD {
                cost = shaped(2, cost);
            }
            if allows(2) {
                relax(way, so_far, 2, cost);
            }
            let mut length = 3;
            while let Some(&next) = known.get(i + length - 1)
                && let Some(row) = reached.row(next.number())
            {
                reached = self.words.step(row, next.number());
                if allows(length) {
                    relax(way, so_far, length, shaped(length, reached.cost()));
                }
                length += 1;
            }
            if unit.case() != Case::Lower && next.case() == unit.case() {
                let costs = self.name_costs(known.get(i..n).unwrap_or_default(), starts);
                for (length, cost) in costs.into_iter().enumerate().skip(2) {
                    if cost != NO_WORD && allows(length) {
                        relax(way, so_far, length, cost);
                    }
                }
            }
        }
        // The way is known from its end; it is wanted from the front.
        let mut end = n;
        let mut length = last_length(ways[n]);
        while end > 0 {
            end -= length.clamp(1, end);
            let before = last_length(ways[end]);
            ways[end] = length as u64;
            length = before;
        }
    }

    /// The costs of names that begin with the first of these units, by their length.
    fn name_costs(&self, units: &[Known], starts: bool) -> [u32; MOST_IN_NAME + 1] {
        let mut name = [(Case::Lower, false, false); MOST_IN_NAME];
        for (place, &unit) in name.iter_mut().zip(units) {
            let Syllable { is_family_name, is_possible, .. } = self.syllable(unit);
            *place = (unit.case(), is_family_name, is_possible);
        }
        let mut costs = [NO_WORD; MOST_IN_NAME + 1];
        for (length, cost) in costs.iter_mut().enumerate().take(units.len() + 1).skip(2) {
            if let Some(kind) = shape::name_kind(name.get(..length).unwrap_or_default()) {
                *cost = self.shapes.name(kind, length, starts);
            }
        }
        costs
    }
}

/// A bit for each of these units that has a capital.
fn capitals(units: &[Known]) -> u8 {
    units.iter().rev().fold(0, |bits, unit| bits << 1 | u8::from(unit.case() != Case::Lower))
}

/// Goes on from a place with a word; `ways` begin there.
#[inline]
fn relax(ways: &mut [u64], so_far: u64, length: usize, cost: u32) {
    if let Some(way) = ways.get_mut(length) {
        *way = (*way).min(so_far + step(length, cost));
    }
}

/// A step of a way: what its word costs, and below that its length, turned round so that of two
/// ways with the same cost the one with the longer word is the lesser number.
fn step(length: usize, cost: u32) -> u64 {
    u64::from(cost) << 8 | (255 - length as u64)
}

/// How many units the last word of a way has.
fn last_length(way: u64) -> usize {
    255 - (way & 255) as usize
}
