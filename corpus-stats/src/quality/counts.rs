//! [`Counts`]: a table of how often each of many hashes was met, which is emptied for every text.

/// How often each hash was met and where first: an open table that takes 16 bytes a place and is
/// emptied by writing over the part in use.
#[derive(Debug, Default)]
pub(super) struct Counts {
    slots: Vec<Slot>,
    /// How many places are in use, a power of two; the others are left from larger texts.
    size: usize,
    taken: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: u64,
    /// How often; 0 where the place is free.
    count: u32,
    first: u32,
}

impl Counts {
    /// Empties the table, with room for about `n` hashes.
    pub(super) fn clear(&mut self, n: usize) {
        // Larger ones grow, for the hashes of a long text may be few.
        self.size = (2 * n).next_power_of_two().clamp(16, 1 << 14);
        self.taken = 0;
        self.slots.resize(self.slots.len().max(self.size), Slot::default());
        self.slots.iter_mut().take(self.size).for_each(|slot| *slot = Slot::default());
    }

    /// Counts a hash, and says how often it was met now, and where first.
    pub(super) fn add(&mut self, key: u64, place: u32) -> (u32, u32) {
        if 2 * (self.taken + 1) > self.size {
            self.grow();
        }
        let slot = find(&mut self.slots, self.size, key);
        let Some(slot) = slot else { return (1, place) };
        if slot.count == 0 {
            self.taken += 1;
            *slot = Slot { key, count: 0, first: place };
        }
        slot.count = slot.count.saturating_add(1);
        (slot.count, slot.first)
    }

    /// Gives room back but for so many places.
    pub(super) fn shrink(&mut self, places: usize) {
        self.slots.truncate(places);
        self.slots.shrink_to(places);
    }

    fn grow(&mut self) {
        let size = (2 * self.size).max(16);
        let old: Vec<Slot> =
            self.slots.iter().take(self.size).filter(|slot| slot.count > 0).copied().collect();
        self.slots.clear();
        self.slots.resize(size, Slot::default());
        self.size = size;
        for moved in old {
            if let Some(slot) = find(&mut self.slots, size, moved.key) {
                *slot = moved;
            }
        }
    }
}

/// The place of a hash, or the free one that it would take.
fn find(slots: &mut [Slot], size: usize, key: u64) -> Option<&mut Slot> {
    let mask = size - 1;
    // The high bits of the product are those that all of the key had a part in.
    let mut at = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & mask;
    while slots.get(at).is_some_and(|slot| slot.count > 0 && slot.key != key) {
        at = (at + 1) & mask;
    }
    slots.get_mut(at)
}

#[cfg(test)]
mod tests {
    use super::Counts;

    #[test]
    fn a_table_that_grew_is_empty_again() {
        let mut counts = Counts::default();
        counts.clear(4);
        (0..50_000).for_each(|n| _ = counts.add(n * 7, n as u32));
        assert_eq!(counts.add(7, 9), (2, 1));
        counts.clear(4);
        assert_eq!(counts.add(7, 9), (1, 9));
    }
}
