//! What every format promises, as tests: see [`conformance!`](crate::conformance!).
//!
//! Each function here is one promise and is called by one test of the macro, so that a failure has
//! a name. A message ends with a line that says what to do.

#![allow(
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "test code: it fails by panicking, and the names are the documentation"
)]

use std::path::{Path, PathBuf};
use std::{env, fs};

use corpus_model::Document;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::buffer::HEAD;
use crate::{Format, Position, Reader, detect, find};

mod outcome;

use outcome::{Chunks, check_blocks, read, read_with_limit, samples};

/// Tests that a format keeps what every format promises, one `#[test]` for each promise.
///
/// The samples are the files in a folder called like the format, in `tests/formats` of the crate or
/// in the folder given; what is expected of `basic.txt` stands beside it in `basic.txt.expected`.
/// With `UPDATE_EXPECTED=1` in the environment the tests write these files, to be read and committed.
///
/// ```
/// #[cfg(test)]
/// mod tests {
///     corpus_parse::conformance!(super::Numbered);
///     // or: corpus_parse::conformance!(super::Numbered, "/path/to/samples");
/// }
/// ```
///
/// | test | promise |
/// | --- | --- |
/// | `reads_samples` | every sample gives what is expected, errors included |
/// | `is_found` | detection picks the format for the samples that it claims |
/// | `ignores_chunking` | however the input is cut into reads, the same comes out |
/// | `survives_truncation` | a sample cut off anywhere is read to its end without panic |
/// | `survives_noise` | so are random bytes and samples with random changes |
/// | `recovers` | after an error that is recoverable reading goes on, and comes to an end |
/// | `tells_a_failing_input` | an input that fails is told once, behind what was read of it |
/// | `positions_rise` | positions never go back and lie inside the input |
/// | `clears_the_record` | a document that was used before changes nothing |
/// | `closes_the_ledger` | every byte of the input is accounted for, once |
/// | `keeps_the_text` | blocks lie in order inside the text, and no letter outside of them |
#[macro_export]
macro_rules! conformance {
    ($format:expr) => {
        $crate::conformance!($format, concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats"));
    };
    ($format:expr, $folder:expr) => {
        $crate::conformance!(
            @promises $format, $folder,
            reads_samples is_found ignores_chunking survives_truncation survives_noise recovers
            tells_a_failing_input positions_rise clears_the_record closes_the_ledger keeps_the_text
        );
    };
    (@promises $format:expr, $folder:expr, $($promise:ident)*) => {
        $(
            #[test]
            fn $promise() {
                $crate::conformance::$promise(&$format, ::std::path::Path::new($folder));
            }
        )*
    };
}

pub fn reads_samples(format: &dyn Format, folder: &Path) {
    let mut wrong = Vec::new();
    for sample in samples(format, folder) {
        let name = sample.path.file_name().unwrap_or_default().to_string_lossy();
        let found = read(format, &name, Chunks::whole(&sample.bytes)).render();
        let mut path = sample.path.clone().into_os_string();
        path.push(".expected");
        let path = PathBuf::from(path);
        if env::var_os("UPDATE_EXPECTED").is_some() {
            fs::write(&path, &found).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if found != expected {
            wrong.push(format!("{}\n--- expected\n{expected}--- found\n{found}", path.display()));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\nhelp: if what was found is right, run again with UPDATE_EXPECTED=1 and read the diff",
        wrong.join("\n")
    );
}

pub fn is_found(format: &dyn Format, folder: &Path) {
    let name = format.name();
    assert!(
        !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
        "the name {name:?}\nhelp: names are lower-case letters, digits and hyphens"
    );
    for ending in format.extensions() {
        assert!(
            !ending.starts_with('.') && ending.to_lowercase() == *ending,
            "the ending {ending:?} of {name}\nhelp: endings have no dot and are in lower case"
        );
    }
    let about = format.about();
    assert!(
        !about.is_empty() && !about.ends_with('.') && !about.contains('\n'),
        "{about:?}\nhelp: the description is one line without a full stop"
    );
    if find(name).is_none() {
        // A format of another crate is handed to the reader; nothing has to find it.
        return;
    }
    for sample in samples(format, folder) {
        let head = sample.bytes.get(..HEAD.min(sample.bytes.len())).unwrap_or_default();
        let ending = sample.path.extension().unwrap_or_default().to_string_lossy().into_owned();
        let alone = crate::FORMATS
            .iter()
            .filter(|it| it.extensions().contains(&&*ending))
            .all(|it| it.name() == name);
        let claimed = format.extensions().contains(&&*ending) && alone;
        if format.sniff(head) || claimed {
            let found = detect(Some(&sample.path), head).map(|it| it.name());
            assert_eq!(
                found,
                Some(name),
                "{}\nhelp: let `sniff` of the other format look closer, or put this one in front",
                sample.path.display()
            );
        }
    }
}

pub fn ignores_chunking(format: &dyn Format, folder: &Path) {
    for sample in samples(format, folder) {
        let whole = read(format, "tin", Chunks::whole(&sample.bytes)).render();
        for size in [1, 2, 7, 64, 4096] {
            let cut = read(format, "tin", Chunks::of(size, &sample.bytes)).render();
            assert_eq!(
                cut,
                whole,
                "{} in reads of {size} bytes\nhelp: ask the source for lines, not for what is there",
                sample.path.display()
            );
        }
    }
}

pub fn survives_truncation(format: &dyn Format, folder: &Path) {
    for sample in samples(format, folder) {
        // Every prefix of a small sample, every few bytes of a larger one.
        let step = 1 + sample.bytes.len() / 150;
        for end in (0..sample.bytes.len()).step_by(step) {
            let prefix = sample.bytes.get(..end).unwrap_or_default();
            read(format, "tin", Chunks::whole(prefix)).check();
        }
    }
}

pub fn survives_noise(format: &dyn Format, folder: &Path) {
    let samples: Vec<Vec<u8>> = samples(format, folder).into_iter().map(|it| it.bytes).collect();
    let noise =
        vec(prop_oneof![any::<u8>(), Just(b'\n'), Just(b'-'), Just(b'"'), Just(b'(')], 0..200);
    let change = (any::<prop::sample::Index>(), 0..40usize, noise.clone());
    let changed =
        (prop::sample::select(samples), vec(change, 1..4)).prop_map(|(mut bytes, changes)| {
            for (at, n, noise) in changes {
                let at = at.index(bytes.len() + 1);
                let end = (at + n).min(bytes.len());
                bytes.splice(at..end, noise);
            }
            bytes
        });
    let inputs = (prop_oneof![1 => noise, 3 => changed], 1..100usize);
    let config = Config { cases: 64, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&inputs, |(bytes, size)| {
        holds_for(format, &bytes, size, None);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}\nhelp: keep the input as a sample named for what went wrong");
    }
}

/// What holds for every input: reading comes to an end, the ledger closes, blocks keep the text, and
/// neither reads of `size` bytes nor a failure behind the last byte change what is found. Fuzzing
/// calls it, too, with a limit of the length of records now and then.
pub fn holds_for(format: &dyn Format, bytes: &[u8], size: usize, limit: Option<usize>) {
    let read = |input| read_with_limit(format, "tin", input, limit);
    let size = size.max(1);
    let whole = read(Chunks::whole(bytes));
    whole.check();
    let cut = read(Chunks::of(size, bytes));
    assert_eq!(whole.render(), cut.render(), "in reads of {size} bytes");
    let failed = read(Chunks { fails: true, ..Chunks::of(size, bytes) });
    failed.check();
    let failures = failed.errors.iter().filter(|(_, error)| !error.is_recoverable()).count();
    assert_eq!(failures, 1, "an input that fails is told once");
    assert_eq!(failed.documents.len(), whole.documents.len(), "what was read before it failed");
}

pub fn recovers(format: &dyn Format, folder: &Path) {
    for sample in samples(format, folder) {
        let outcome = read(format, "tin", Chunks::whole(&sample.bytes));
        let lost: u64 = outcome.errors.iter().map(|(_, error)| error.bytes()).sum();
        assert!(
            outcome.errors.iter().all(|(_, error)| error.is_recoverable()),
            "{}: {:?}\nhelp: only a failing input is not recoverable",
            sample.path.display(),
            outcome.errors
        );
        assert!(
            lost <= sample.bytes.len() as u64,
            "{}: {lost} bytes lost\nhelp: count each byte once",
            sample.path.display()
        );
        outcome.check();
    }
}

pub fn tells_a_failing_input(format: &dyn Format, folder: &Path) {
    for sample in samples(format, folder) {
        let half = sample.bytes.get(..sample.bytes.len() / 2).unwrap_or_default();
        let outcome = read(format, "tin", Chunks { fails: true, ..Chunks::of(50, half) });
        let failures = outcome.errors.iter().filter(|(_, error)| !error.is_recoverable()).count();
        assert_eq!(
            failures,
            1,
            "{}\nhelp: pass errors of the source on, and go on reading after them",
            sample.path.display()
        );
        outcome.check();
    }
}

pub fn positions_rise(format: &dyn Format, folder: &Path) {
    for sample in samples(format, folder) {
        let outcome = read(format, "tin", Chunks::whole(&sample.bytes));
        let mut last = Position::default();
        for (position, _) in &outcome.documents {
            assert!(
                position.byte >= last.byte
                    && position.line >= last.line
                    && position.record >= last.record,
                "{}: {position:?} behind {last:?}\nhelp: mark each record where it begins",
                sample.path.display()
            );
            last = *position;
        }
        let inside = |position: &Position| position.byte <= sample.bytes.len() as u64;
        let lines =
            1 + sample.bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() as u64;
        for position in outcome.errors.iter().map(|(_, error)| error.position()) {
            assert!(
                inside(&position) && (1..=lines + 1).contains(&position.line),
                "{}: {position:?}\nhelp: make errors with the source, which knows the place",
                sample.path.display()
            );
        }
    }
}

pub fn clears_the_record(format: &dyn Format, folder: &Path) {
    for sample in samples(format, folder) {
        let fresh = read(format, "tin", Chunks::whole(&sample.bytes));
        let mut reader = Reader::new(format, &*sample.bytes).path("tin");
        let mut used = Document::new("used", "Trời mưa.");
        used.metadata.title = Some("Đã dùng".into());
        used.metadata.extra.insert("used".into(), "yes".into());
        let mut n = 0;
        loop {
            match reader.read(&mut used) {
                Ok(true) => {
                    assert_eq!(
                        fresh.documents.get(n).map(|it| &it.1),
                        Some(&used),
                        "{}\nhelp: keep nothing of one record in the parser for the next",
                        sample.path.display()
                    );
                    n += 1;
                }
                Ok(false) => break,
                Err(_) => {}
            }
        }
        assert_eq!(n, fresh.documents.len());
    }
}

pub fn closes_the_ledger(format: &dyn Format, folder: &Path) {
    for sample in samples(format, folder) {
        let outcome = read(format, "tin", Chunks::whole(&sample.bytes));
        assert!(outcome.ledger.closes(), "{}: {:?}", sample.path.display(), outcome.ledger);
        assert_eq!(
            outcome.ledger.bytes_in,
            sample.bytes.len() as u64,
            "{}\nhelp: return false only at the end of the input",
            sample.path.display()
        );
    }
}

pub fn keeps_the_text(format: &dyn Format, folder: &Path) {
    for sample in samples(format, folder) {
        for (_, document) in &read(format, "tin", Chunks::whole(&sample.bytes)).documents {
            check_blocks(document);
        }
    }
}
