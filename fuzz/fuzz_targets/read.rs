//! A format, the one that this target is named for: whatever the bytes and however they come, reading ends, the ledger
//! closes, blocks keep the text, and a failing input is told once.
//!
//! The first byte is the size of reads; the second a limit of the length of records, and none if it is zero.
#![no_main]

use corpus_fuzz::choice;
use corpus_parse::{Format, conformance, find};
use libfuzzer_sys::fuzz_target;

fn format() -> &'static dyn Format {
    let name = env!("CARGO_BIN_NAME").trim_start_matches("read-");
    find(name).unwrap_or_else(|| panic!("no format is called {name}"))
}

fuzz_target!(|data: &[u8]| {
    let Some((size, rest)) = choice(data) else { return };
    let Some((limit, bytes)) = choice(rest) else { return };
    match limit {
        0 => conformance::holds_for(format(), bytes, size, None),
        _ => conformance::holds_for(format(), bytes, size, Some(8 * limit)),
    }
});
