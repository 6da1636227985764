//! Packed bytes of several members: cut where members seem to begin, the same comes out as of one reader.
//!
//! The first byte is how much is cut off together, the second how many stretches wait; what follows is packed
//! bytes, three times over, so that there is a member behind one.
#![no_main]

use std::collections::VecDeque;
use std::io::Read;

use corpus_fuzz::choice;
use corpus_parse::{Stretches, Unpacked};
use libfuzzer_sys::fuzz_target;

/// More than this is a bomb, which other targets look at.
const MOST: u64 = 4 << 20;

/// What comes out up to that, and the damage in it.
fn rest(unpacked: Unpacked<impl Read>, mut bytes: Vec<u8>) -> (Vec<u8>, Vec<String>) {
    let damages = unpacked.damages();
    unpacked.take(MOST).read_to_end(&mut bytes).expect("only an input fails, and this does not");
    (bytes, damages.take().iter().map(|it| format!("{it:?}")).collect())
}

fn in_stretches(packed: &[u8], enough: usize, ahead: usize) -> (Vec<u8>, Vec<String>) {
    let mut stretches = match Stretches::new(Unpacked::new(packed), enough) {
        Ok(stretches) => stretches,
        Err(unpacked) => return rest(*unpacked, Vec::new()),
    };
    let (mut bytes, mut waiting) = (Vec::new(), VecDeque::new());
    loop {
        while waiting.len() < ahead {
            let Some(stretch) = stretches.next_stretch() else { break };
            waiting.push_back(stretch);
        }
        let Some(first) = waiting.front() else { break };
        let unpacked = first.unpack();
        let Some(unpacked) = stretches.accept(first, unpacked) else { break };
        bytes.extend(unpacked);
        waiting.pop_front();
    }
    rest(stretches.into_rest(&waiting), bytes)
}

fuzz_target!(|data: &[u8]| {
    let Some((enough, rest_of_data)) = choice(data) else { return };
    let Some((ahead, packed)) = choice(rest_of_data) else { return };
    let packed = packed.repeat(3);
    let whole = rest(Unpacked::new(&packed[..]), Vec::new());
    if whole.0.len() as u64 >= MOST {
        return;
    }
    assert_eq!(in_stretches(&packed, 1 + enough, 1 + ahead % 5), whole);
});
