//! What people write about formats and sites, and texts read by it: a mistake is told with its line, and what is none holds to
//! what every format promises.
//!
//! The first byte is the size of reads; the second a limit of the length of records, and none if it is zero. A description follows
//! up to the first NUL, and then the text. What begins with a comment is a table about sites, and the text JSON Lines.
#![no_main]

use std::sync::Arc;

use corpus_fuzz::choice;
use corpus_parse::{Described, Jsonl, Reader, SitePack, conformance};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((size, rest)) = choice(data) else { return };
    let Some((limit, rest)) = choice(rest) else { return };
    let end = rest.iter().position(|byte| *byte == 0).unwrap_or(rest.len());
    let Ok(about) = str::from_utf8(&rest[..end]) else { return };
    let text = rest.get(end + 1..).unwrap_or_default();
    if about.starts_with('#') {
        return sites(about, text);
    }
    match Described::read(about) {
        Ok(format) => {
            let limit = (limit > 0).then_some(8 * limit);
            conformance::holds_for(&format, text, size, limit);
        }
        Err(error) => {
            let lines = about.lines().count().max(1);
            assert!(error.line <= lines + 1, "{error}: there are {lines} lines");
        }
    }
});

fn sites(about: &str, text: &[u8]) {
    let mut pack = SitePack::default();
    if let Err(error) = pack.read(about) {
        assert!(error.line <= about.lines().count(), "{error}");
    }
    let mut reader = Reader::new(&Jsonl, text).site_pack(Arc::new(pack));
    for document in reader.documents().flatten() {
        let mut end = 0;
        // Blocks that a line states are kept as they are, with white space at their ends perhaps.
        for block in document.blocks() {
            assert!(block.span.start() >= end, "{block:?} begins before {end}");
            assert!(document.text().get(block.span.range()).is_some_and(|part| !part.is_empty()));
            end = block.span.end();
        }
    }
    assert!(reader.ledger().closes());
}
