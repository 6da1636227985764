//! Lines and rows of tables in pieces: cut off wherever reads end, they say what one reader of the whole says.
//!
//! The first byte is the format, the second how much is cut off at once, the third a limit of the length of records, and
//! none if it is zero.
#![no_main]

use std::io::Read;

use corpus_fuzz::choice;
use corpus_parse::{Csv, Cut, Cutter, Delimited, Format, Jsonl, Ledger, Lines, Reader};
use libfuzzer_sys::fuzz_target;

/// Those whose records can be told apart line by line.
const FORMATS: [&dyn Format; 4] = [&Csv, &Jsonl, &Lines, &Delimited];

/// As much of an input as a cutter is shown first.
const HEAD: usize = 64 << 10;

/// Documents and errors in their order, with their places, and the ledger.
#[derive(Debug, Default, PartialEq)]
struct Outcome {
    told: Vec<String>,
    ledger: Ledger,
}

impl Outcome {
    fn read(&mut self, reader: Reader<impl Read>, limit: usize) {
        let mut reader = reader.max_record(limit).path("tin.x");
        let told = reader.documents().map(|it| match it {
            Ok(document) => format!("{document:?}"),
            Err(error) => format!("{error} {:?}", error.position()),
        });
        self.told.extend(told);
        self.ledger.append(reader.ledger());
    }
}

fn in_pieces(cutter: Cutter<&[u8]>, format: &dyn Format, limit: usize) -> Outcome {
    let (mut outcome, mut cutter) = (Outcome::default(), cutter);
    loop {
        match cutter.next_cut() {
            None => return outcome,
            Some(Cut::Piece(piece)) => outcome.read(Reader::of_piece(format, piece), limit),
            Some(Cut::Rest) => {
                outcome.read(Reader::of_rest(format, cutter.into_rest()), limit);
                return outcome;
            }
        }
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((format, rest)) = choice(data) else { return };
    let Some((enough, rest)) = choice(rest) else { return };
    let Some((limit, bytes)) = choice(rest) else { return };
    let format = FORMATS[format % FORMATS.len()];
    let limit = if limit == 0 { 64 << 20 } else { 8 * limit };
    let head = &bytes[..bytes.len().min(HEAD)];
    let Ok(cutter) = Cutter::new(format, head, bytes) else { return };
    let pieces = in_pieces(cutter.max_record(limit).enough(enough), format, limit);
    let mut whole = Outcome::default();
    whole.read(Reader::new(format, bytes), limit);
    assert_eq!(pieces, whole);
});
