//! Rows of a Parquet file, damaged anywhere: reading ends, each line is an object of JSON, and neither what is read nor what is
//! told depends on the size of reads.
//!
//! The first byte is the size of reads. If the second is odd, the last eight bytes are made the end of a Parquet file, with what
//! they state as the length of the description brought into the file: few changes leave that whole.
#![no_main]

use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, Once, PoisonError};

use corpus_fuzz::choice;
use corpus_parse::{Jsonl, ParquetLines, Reader};
use libfuzzer_sys::fuzz_target;

/// What stands at either end of a file.
const MAGIC: &[u8; 4] = b"PAR1";
/// More lines are not looked at: a few bytes may state any number of rows.
const MOST: u64 = 256 << 10;

/// Where the last panic was, and why.
static LAST: Mutex<String> = Mutex::new(String::new());

/// The decoder panics on damaged files, and its caller catches that; the fuzzer would end with each.
fn let_panics_pass() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        std::panic::set_hook(Box::new(|panic| {
            *LAST.lock().unwrap_or_else(PoisonError::into_inner) = panic.to_string();
        }));
    });
}

/// The same with the end of a file.
fn ended(bytes: &[u8]) -> Vec<u8> {
    let mut file = bytes.to_vec();
    let Some(end) = file.len().checked_sub(8) else { return file };
    let length = u32::from_le_bytes(file[end..end + 4].try_into().expect("four bytes"));
    let length = length % u32::try_from(end + 1).unwrap_or(u32::MAX);
    file[end..end + 4].copy_from_slice(&length.to_le_bytes());
    file[end + 4..].copy_from_slice(MAGIC);
    file
}

/// The lines of a file, in reads of this size, and what is damaged in it.
fn read(file: Vec<u8>, size: usize) -> Option<(Vec<u8>, Vec<String>)> {
    let lines = ParquetLines::of_bytes(file).ok()?;
    let damages = lines.damages();
    let (mut lines, mut bytes, mut buffer) = (lines.take(MOST), Vec::new(), vec![0; size]);
    loop {
        match lines.read(&mut buffer).expect("what is damaged is no failure") {
            0 => return Some((bytes, damages.take().iter().map(ToString::to_string).collect())),
            n => bytes.extend_from_slice(&buffer[..n]),
        }
    }
}

fn check(file: &[u8], size: usize) {
    let Some((bytes, damages)) = read(file.to_vec(), 64 << 10) else { return };
    if size == 0 {
        // Not every file is read twice.
    } else if let Some(again) = read(file.to_vec(), size) {
        assert_eq!((&bytes, &damages), (&again.0, &again.1));
    }
    if bytes.len() as u64 >= MOST {
        return;
    }
    let mut reader = Reader::new(&Jsonl, &bytes[..]);
    for outcome in reader.documents() {
        // A row may have no field that is a text, but each is an object.
        let wrong = outcome.err().map(|it| it.to_string()).filter(|it| it.contains("JSON"));
        assert_eq!(wrong, None);
    }
    assert!(reader.ledger().closes());
}

fuzz_target!(|data: &[u8]| {
    let_panics_pass();
    let Some((size, rest)) = choice(data) else { return };
    let Some((mend, bytes)) = choice(rest) else { return };
    let file = if mend % 2 == 1 { ended(bytes) } else { bytes.to_vec() };
    if catch_unwind(AssertUnwindSafe(|| check(&file, size))).is_err() {
        eprintln!("{}", LAST.lock().unwrap_or_else(PoisonError::into_inner));
        std::process::abort();
    }
});
