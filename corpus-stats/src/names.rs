//! Names and their numbers: each different text gets the next number, whatever is counted by it.

use crate::fold;

/// Texts, each with a number from 0 in the order in which they came.
///
/// The texts stand one behind the other in one piece of memory, and a place of the table takes eight
/// bytes: counting a word that was met before costs a hash, a look at the table and a comparison, and
/// a new one allocates nothing of its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    text: String,
    /// Where each name ends in `text`.
    ends: Vec<usize>,
    /// An open table: at most half of its places are taken, and their number is a power of two.
    slots: Vec<Slot>,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    /// The high half of the name's hash: names that differ nearly always differ in it.
    hash: u32,
    /// The name's number; [`FREE`] where there is none.
    number: u32,
}

const FREE: Slot = Slot { hash: 0, number: u32::MAX };

impl Names {
    /// The name of this number.
    pub(crate) fn get(&self, number: u32) -> &str {
        let place = number as usize;
        let start = place.checked_sub(1).map_or(Some(0), |it| self.ends.get(it).copied());
        start
            .zip(self.ends.get(place).copied())
            .and_then(|(start, end)| self.text.get(start..end))
            .unwrap_or_default()
    }

    /// All names, in the order of their numbers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| self.text.get(start..end).unwrap_or_default())
    }

    /// The number of a name, if it has one.
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        let number = self.slots.get(self.place(name, fold::hash(name)))?.number;
        (number != FREE.number).then_some(number)
    }

    /// The number of a name, and whether it is new.
    pub(crate) fn number(&mut self, name: &str) -> (u32, bool) {
        if 2 * (self.ends.len() + 1) > self.slots.len() {
            self.grow();
        }
        let hash = fold::hash(name);
        let place = self.place(name, hash);
        let Some(slot) = self.slots.get_mut(place) else { return (0, false) };
        if slot.number != FREE.number {
            return (slot.number, false);
        }
        // Four thousand million different words are more than there is memory for.
        let number = u32::try_from(self.ends.len()).unwrap_or(FREE.number - 1);
        *slot = Slot { hash: high(hash), number };
        self.text.push_str(name);
        self.ends.push(self.text.len());
        (number, true)
    }

    /// The place of a name, or the free one that it would take; past the end of an empty table.
    fn place(&self, name: &str, hash: u64) -> usize {
        let mask = self.slots.len().wrapping_sub(1);
        let mut place = hash as usize & mask;
        while let Some(slot) = self.slots.get(place) {
            if slot.number == FREE.number
                || slot.hash == high(hash) && self.get(slot.number) == name
            {
                break;
            }
            place = (place + 1) & mask;
        }
        place
    }

    fn grow(&mut self) {
        let size = (2 * self.slots.len()).max(64);
        let mut slots = vec![FREE; size];
        for (number, name) in (0_u32..).zip(self.iter()) {
            let hash = fold::hash(name);
            let mut place = hash as usize & (size - 1);
            while slots.get(place).is_some_and(|slot| slot.number != FREE.number) {
                place = (place + 1) & (size - 1);
            }
            if let Some(slot) = slots.get_mut(place) {
                *slot = Slot { hash: high(hash), number };
            }
        }
        self.slots = slots;
    }
}

fn high(hash: u64) -> u32 {
    (hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn every_name_has_one_number() {
        let mut names = Names::default();
        assert_eq!(names.find("mưa"), None);
        let all: Vec<String> = (0..5_000).map(|n| format!("từ{n}")).collect();
        for (n, name) in all.iter().enumerate() {
            assert_eq!(names.number(name), (n as u32, true));
        }
        for (n, name) in all.iter().enumerate() {
            assert_eq!(names.number(name), (n as u32, false));
            assert_eq!((names.find(name), names.get(n as u32)), (Some(n as u32), name.as_str()));
        }
        assert!(names.iter().eq(all.iter().map(String::as_str)));
        assert_eq!((names.iter().count(), names.find(""), names.get(9_999)), (5_000, None, ""));
        assert_eq!((names.number(""), names.get(5_000)), ((5_000, true), ""));
    }
}
