//! Inputs that fail where files fail: short reads, interruptions, an error of the disk at any byte.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use corpus_model::Document;
use corpus_parse::{FORMATS, Format, Ledger, ParseErrorKind, Reader};

/// Gives these bytes a few at a time, is interrupted before each read, and fails behind the last.
struct Faulty<'a> {
    rest: &'a [u8],
    size: usize,
    interrupted: bool,
    failure: Option<io::ErrorKind>,
}

impl<'a> Faulty<'a> {
    fn new(bytes: &'a [u8], size: usize, failure: Option<io::ErrorKind>) -> Faulty<'a> {
        Faulty { rest: bytes, size, interrupted: false, failure }
    }
}

impl Read for Faulty<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.interrupted = !self.interrupted;
        if self.interrupted {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let n = self.size.min(buffer.len());
        match (self.rest.read(&mut buffer[..n])?, self.failure) {
            (0, Some(kind)) => Err(kind.into()),
            (n, _) => Ok(n),
        }
    }
}

/// The samples of a format that are short enough to fail at every byte.
fn samples(format: &dyn Format) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(format.name());
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> =
        paths.filter(|path| path.extension().is_none_or(|it| it != "expected")).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).filter(|it| it.len() < 3000).collect()
}

/// Documents, errors of the input by kind, and the ledger.
fn read(
    format: &dyn Format,
    input: Faulty<'_>,
) -> (Vec<Document>, Vec<io::ErrorKind>, usize, Ledger) {
    let mut reader = Reader::new(format, input).path("tin");
    let (mut documents, mut failures, mut damages) = (Vec::new(), Vec::new(), 0);
    loop {
        let mut document = Document::default();
        match reader.read(&mut document) {
            Ok(true) => documents.push(document),
            Ok(false) => break,
            Err(error) => match error.kind() {
                ParseErrorKind::Io(failure) => failures.push(failure.kind()),
                _ => damages += 1,
            },
        }
    }
    (documents, failures, damages, reader.ledger().clone())
}

/// What was read before the disk failed is what a file gives that ends there, and the failure is told
/// once and behind it.
#[test]
fn a_failure_at_any_byte_keeps_what_was_read() {
    use io::ErrorKind::{Other, PermissionDenied, TimedOut, UnexpectedEof, WouldBlock};

    for format in FORMATS {
        for sample in samples(*format) {
            let step = 1 + sample.len() / 120;
            let kinds = [Other, UnexpectedEof, TimedOut, WouldBlock, PermissionDenied];
            for (end, kind) in (0..=sample.len()).step_by(step).zip(kinds.into_iter().cycle()) {
                let cut = &sample[..end];
                let size = 1 + end % 97;
                let (ended, none, damages, whole) = read(*format, Faulty::new(cut, size, None));
                let (failed, failures, others, ledger) =
                    read(*format, Faulty::new(cut, size, Some(kind)));
                let place = format!("{} cut at {end}", format.name());
                assert_eq!(none, [], "{place}");
                assert_eq!(failures, [kind], "{place}");
                assert_eq!((failed, others), (ended, damages), "{place}");
                assert!(ledger.closes() && whole.closes(), "{place}");
                assert_eq!(ledger.bytes_in, end as u64, "{place}");
                assert_eq!(ledger.bytes_documents, whole.bytes_documents, "{place}");
            }
        }
    }
}

/// A reader that claims to have written more than there was room for is held to the room.
#[test]
fn a_reader_that_lies_is_survived() {
    struct Lies(usize);
    impl Read for Lies {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0 = self.0.saturating_sub(1);
            buffer.fill(b'a');
            Ok(if self.0 == 0 { 0 } else { usize::MAX })
        }
    }
    for format in FORMATS {
        let mut reader = Reader::new(*format, Lies(3)).max_record(1 << 20);
        let _ = reader.documents().count();
        assert!(reader.ledger().closes(), "{}", format.name());
    }
    let mut unpacked = corpus_parse::Unpacked::new(Lies(3));
    io::copy(&mut unpacked, &mut io::sink()).unwrap();
}
