//! Packed bytes, whole or not: unpacking ends without failure, what was passed over was there, and neither the size of
//! reads of the input nor that of reads of what comes out changes anything.
//!
//! The first byte is the size of reads of the input, the second that of reads of what comes out.
#![no_main]

use std::io::Read;

use corpus_fuzz::{Pieces, choice};
use corpus_parse::Unpacked;
use libfuzzer_sys::fuzz_target;

/// More than this is a bomb, which the ratio stops in its own time.
const MOST: u64 = 4 << 20;

fn unpack(input: impl Read, size: usize) -> (Vec<u8>, Vec<String>, u64) {
    let mut unpacked = Unpacked::new(input);
    let damages = unpacked.damages();
    let (mut bytes, mut buffer) = (Vec::new(), vec![0; size]);
    loop {
        let n = unpacked.read(&mut buffer).expect("only an input fails, and this does not");
        bytes.extend_from_slice(&buffer[..n]);
        if n == 0 || bytes.len() as u64 > MOST {
            break;
        }
    }
    let damages = damages.take();
    let passed = damages.iter().map(|damage| damage.bytes).sum();
    (bytes, damages.iter().map(ToString::to_string).collect(), passed)
}

fuzz_target!(|data: &[u8]| {
    let Some((size_in, rest)) = choice(data) else { return };
    let Some((size_out, packed)) = choice(rest) else { return };
    let (bytes, damages, passed) = unpack(packed, 64 << 10);
    assert!(passed <= packed.len() as u64, "{passed} bytes were passed over: {damages:?}");
    if bytes.len() as u64 > MOST {
        return;
    }
    let (bytes_in_pieces, damages_in_pieces, _) =
        unpack(Pieces::new(packed, size_in), size_out.max(1));
    assert_eq!(damages, damages_in_pieces);
    assert!(bytes == bytes_in_pieces, "reads of {size_in} bytes change what comes out");
});
