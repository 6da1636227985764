//! [`Cutter`]: an input in pieces that can be read apart, by several threads perhaps.

use std::fmt;
use std::io::{self, Cursor, Read};

use memchr::{memchr_iter, memrchr};

use crate::{Format, Parser, Position};

/// So many bytes are a piece, and the line that they end in: enough that its reader costs nothing
/// beside it, little enough that several fit into the caches of a processor.
const PIECE: usize = 256 << 10;

/// What a format says of which each line is a record of its own: see [`Format::lines`].
#[derive(Clone, Copy)]
pub struct RecordLines {
    /// Whether a line is a record; blank ones may be none.
    pub is_record: fn(line: &[u8]) -> bool,
    /// A parser for what follows behind so many records.
    pub parser: fn(records: u64) -> Box<dyn Parser>,
}

impl fmt::Debug for RecordLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordLines").finish_non_exhaustive()
    }
}

/// Cuts an input into pieces that end with a line.
///
/// The pieces are those that the bytes give, whoever reads them, and their readers together say what
/// one reader of the whole would: texts, ids, positions and errors.
///
/// ```
/// use corpus_parse::{Cut, Cutter, Reader, find};
///
/// let input = "{\"text\": \"Trời mưa.\"}\n".repeat(50_000);
/// let jsonl = find("jsonl").unwrap();
/// let mut cutter = Cutter::new(jsonl, input.as_bytes(), input.as_bytes()).unwrap();
/// let mut documents = 0;
/// while let Some(Cut::Piece(piece)) = cutter.next_cut() {
///     let mut reader = Reader::of_piece(jsonl, piece);
///     documents += reader.documents().filter(Result::is_ok).count();
/// }
/// assert_eq!(documents, 50_000);
/// ```
#[derive(Debug)]
pub struct Cutter<R> {
    input: R,
    lines: RecordLines,
    limit: usize,
    /// What was read behind the last piece.
    pending: Vec<u8>,
    /// Where the next piece begins.
    place: Place,
    ended: bool,
}

/// How much of an input stands in front of a piece.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place {
    pub(crate) bytes: u64,
    pub(crate) lines: u64,
    pub(crate) records: u64,
}

/// A part of an input, to be read by [`Reader::of_piece`](crate::Reader::of_piece).
#[derive(Debug)]
pub struct Piece {
    pub(crate) bytes: Vec<u8>,
    pub(crate) place: Place,
    pub(crate) lines: RecordLines,
    /// Why there is no more, if that is not because the input has ended.
    pub(crate) failure: Option<io::Error>,
}

/// What a [`Cutter`] has cut off.
#[derive(Debug)]
pub enum Cut {
    /// A piece.
    Piece(Piece),
    /// A line begins that may be longer than the limit for records: the rest of the input is for one
    /// reader, [`Cutter::into_rest`].
    Rest,
}

impl<R: Read> Cutter<R> {
    /// Cuts this input, of which the first bytes (64 KiB, unless it is shorter) are `head`; not if
    /// it cannot be cut: records of the format are no lines, or the input is not what it should be,
    /// or UTF-16. The input is given back then.
    pub fn new(format: &dyn Format, head: &[u8], input: R) -> Result<Cutter<R>, R> {
        let Some(lines) = format.lines(head) else { return Err(input) };
        let utf16 = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
        let returns = memrchr(b'\n', head).is_none() && memrchr(b'\r', head).is_some();
        if utf16 || returns {
            return Err(input);
        }
        Ok(Cutter {
            input,
            lines,
            limit: 64 << 20,
            pending: Vec::new(),
            place: Place::default(),
            ended: false,
        })
    }

    /// The longest record in bytes, 64 MiB unless told.
    pub fn max_record(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// The next piece; none at the end.
    pub fn next_cut(&mut self) -> Option<Cut> {
        let mut bytes = std::mem::take(&mut self.pending);
        let mut failure = None;
        while !self.ended {
            let seen = bytes.len();
            let read = self.input.by_ref().take(PIECE as u64).read_to_end(&mut bytes);
            self.ended = !matches!(read, Ok(PIECE));
            failure = read.err();
            let fresh = bytes.get(seen..).unwrap_or_default();
            if self.ended {
                break;
            }
            if let Some(n) = memrchr(b'\n', fresh) {
                self.pending = bytes.split_off(seen + n + 1);
                break;
            }
            if bytes.len() > self.limit {
                self.pending = bytes;
                return Some(Cut::Rest);
            }
        }
        if bytes.is_empty() && failure.is_none() {
            return None;
        }
        let place = self.place;
        self.place.bytes += bytes.len() as u64;
        let mut start = 0;
        for end in memchr_iter(b'\n', &bytes).chain([bytes.len()]) {
            let line = bytes.get(start..end).unwrap_or_default();
            // Behind the last line end there is no line, unless something is in it.
            if end < bytes.len() || !line.is_empty() {
                self.place.lines += 1;
                self.place.records += u64::from((self.lines.is_record)(line));
            }
            start = end + 1;
        }
        Some(Cut::Piece(Piece { bytes, place, lines: self.lines, failure }))
    }

    /// What was not cut off, for one reader: see [`Reader::of_rest`](crate::Reader::of_rest).
    pub fn into_rest(self) -> Rest<R> {
        let Cutter { input, lines, pending, place, .. } = self;
        Rest { input: Cursor::new(pending).chain(input), place, lines }
    }
}

/// What follows the pieces that were cut off.
#[derive(Debug)]
pub struct Rest<R> {
    pub(crate) input: io::Chain<Cursor<Vec<u8>>, R>,
    pub(crate) place: Place,
    pub(crate) lines: RecordLines,
}

impl Place {
    /// Whether the beginning of the input is here.
    pub(crate) fn is_front(self) -> bool {
        self.bytes == 0
    }

    /// As positions say it.
    pub(crate) fn position(self) -> Position {
        Position { byte: self.bytes, line: self.lines + 1, record: self.records }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Jsonl, Ledger, Lines, ParseError, Reader};

    /// What reading came to: documents and errors in their order, and the ledger.
    #[derive(Debug, Default, PartialEq)]
    struct Outcome {
        told: Vec<String>,
        ledger: Ledger,
    }

    impl Outcome {
        fn read<R: Read>(&mut self, mut reader: Reader<R>) {
            let tell = |it: Result<corpus_model::Document, ParseError>| match it {
                Ok(it) => format!("{} {} {:?}", it.id(), it.text(), it.metadata),
                Err(error) => format!("{error} {:?}", error.position()),
            };
            self.told.extend(reader.documents().map(tell));
            self.ledger.append(reader.ledger());
        }
    }

    /// Reads in pieces of lines, each as long as this.
    fn in_pieces(format: &dyn Format, input: &[u8], limit: usize) -> Outcome {
        let mut outcome = Outcome::default();
        let head = &input[..input.len().min(64 << 10)];
        let Ok(cutter) = Cutter::new(format, head, input) else {
            return whole(format, input, limit);
        };
        let mut cutter = cutter.max_record(limit);
        loop {
            match cutter.next_cut() {
                None => return outcome,
                Some(Cut::Piece(piece)) => {
                    outcome.read(Reader::of_piece(format, piece).max_record(limit).path("tin.x"));
                }
                Some(Cut::Rest) => {
                    let rest = Reader::of_rest(format, cutter.into_rest());
                    outcome.read(rest.max_record(limit).path("tin.x"));
                    return outcome;
                }
            }
        }
    }

    fn whole(format: &dyn Format, input: &[u8], limit: usize) -> Outcome {
        let mut outcome = Outcome::default();
        outcome.read(Reader::new(format, input).max_record(limit).path("tin.x"));
        outcome
    }

    /// A line of some kind, often too long or wrong.
    fn line() -> impl Strategy<Value = Vec<u8>> {
        let line = |text: &str| Just(text.as_bytes().to_vec());
        prop_oneof![
            line(""),
            line(" \u{feff}\t\r"),
            line("[1]"),
            line("{\"text\": \"Trời mưa.\"}\r"),
            line("{\"id\": 7, \"text\": \"Đường trơn.\"}"),
            line("{\"id\": 7}"),
            line("{\"text\": \"Tr\\ud83d\"}"),
            Just(b"{\"text\": \"a\xff\xfeb\"}".to_vec()),
            (1usize..200_000).prop_map(|n| {
                format!("{{\"text\": \"{}\"}}", "mưa ".repeat(n / 5)).into_bytes()
            }),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn pieces_say_what_the_whole_says(
            lines in prop::collection::vec((line(), 1usize..300), 1..40),
            limit in 1usize << 16..1 << 20,
            ended in any::<bool>(),
        ) {
            let mut input = b"{\"text\": \"Tin.\"}".to_vec();
            for (line, n) in lines {
                for _ in 0..(n * 20 / line.len().max(1)).max(1) {
                    input.push(b'\n');
                    input.extend(&line);
                }
            }
            if ended {
                input.push(b'\n');
            }
            for format in [&Jsonl as &dyn Format, &Lines] {
                let (pieces, whole) = (in_pieces(format, &input, limit), whole(format, &input, limit));
                prop_assert_eq!(pieces.told, whole.told);
                prop_assert_eq!(pieces.ledger, whole.ledger);
            }
        }
    }

    #[test]
    fn a_failure_comes_behind_what_was_read() {
        #[derive(Debug)]
        struct Failing;
        impl Read for Failing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("a bad sector"))
            }
        }
        let bytes = "một dòng chữ\n".repeat(40_000);
        let mut told = [Outcome::default(), Outcome::default()];
        told[0].read(Reader::new(&Lines, bytes.as_bytes().chain(Failing)));
        let input = bytes.as_bytes().chain(Failing);
        let mut cutter = Cutter::new(&Lines, &bytes.as_bytes()[..1 << 16], input).unwrap();
        while let Some(Cut::Piece(piece)) = cutter.next_cut() {
            told[1].read(Reader::of_piece(&Lines, piece));
        }
        assert_eq!(told[0], told[1]);
        assert!(told[0].told.last().unwrap().contains("a bad sector"));
    }

    #[test]
    fn what_is_no_line_format_is_not_cut() {
        for (name, input) in [
            ("csv", "id,text\n1,\"a\nb\"\n"),
            ("jsonl", "[{\"text\": \"a\"},\n{\"text\": \"b\"}]\n"),
            ("jsonl", "{\"text\": \"a\"}\r{\"text\": \"b\"}\r"),
        ] {
            let format = crate::find(name).unwrap();
            assert!(Cutter::new(format, input.as_bytes(), io::empty()).is_err(), "{input}");
        }
    }
}
