//! Pieces say together what the whole says.

use proptest::prelude::*;

use super::*;
use crate::{Csv, Delimited, Jsonl, Ledger, Lines, ParseError, Reader};

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

/// Reads in pieces.
fn in_pieces(format: &dyn Format, input: &[u8], limit: usize) -> Outcome {
    in_pieces_of(format, input, limit, PIECE)
}

/// The same in pieces that are about as long as this.
fn in_pieces_of(format: &dyn Format, input: &[u8], limit: usize, enough: usize) -> Outcome {
    let mut outcome = Outcome::default();
    let head = &input[..input.len().min(64 << 10)];
    let Ok(cutter) = Cutter::new(format, head, input) else {
        return whole(format, input, limit);
    };
    let mut cutter = cutter.max_record(limit).enough(enough);
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
        (1usize..200_000)
            .prop_map(|n| { format!("{{\"text\": \"{}\"}}", "mưa ".repeat(n / 5)).into_bytes() }),
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

/// Rows of a table, some of several lines, blank, too long or with a quote that nothing closes.
fn row() -> impl Strategy<Value = Vec<u8>> {
    let row = |text: &str| Just(text.as_bytes().to_vec());
    prop_oneof![
        4 => row("7,Trời mưa."),
        4 => row("8,\"Đường\ntrơn, \"\"lạnh\"\".\n\n\"\r"),
        2 => row("\"9\",\"a\" b"),
        1 => row(" \u{feff}\t\r"),
        1 => row("\u{feff}\"1\",\"Tin\"\""),
        1 => row("2"),
        1 => row("3,4,\"5\n\""),
        1 => row("4,5\"6"),
        1 => Just(b"5,\"a\xff\nb\"".to_vec()),
        1 => (1usize..300_000).prop_map(|n| {
            format!("6,\"{}\"", "mưa\n".repeat(n / 5)).into_bytes()
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn pieces_of_tables_say_what_the_whole_says(
        header in prop::sample::select(vec![
            "id,text", "\u{feff}\"id\",\"text\"\r", "text", "\n \n\"id\n\",text", "\"id,text", "id\ttext",
        ]),
        rows in prop::collection::vec((row(), 1usize..300), 1..30),
        stray in prop::option::weighted(0.3, (0usize..30, "10,\"[a-z]{0,3}")),
        limit in 1usize << 16..4 << 20,
        ended in any::<bool>(),
    ) {
        let mut input = header.as_bytes().to_vec();
        for (number, (row, n)) in rows.iter().enumerate() {
            if let Some((_, row)) = stray.as_ref().filter(|it| it.0 == number) {
                input.push(b'\n');
                input.extend(row.bytes());
            }
            for _ in 0..(n * 20_000 / row.len()).div_ceil(150) {
                input.push(b'\n');
                input.extend(row);
            }
        }
        if ended {
            input.push(b'\n');
        }
        let (pieces, whole) = (in_pieces(&Csv, &input, limit), whole(&Csv, &input, limit));
        prop_assert_eq!(pieces.told.len(), whole.told.len());
        for (piece, one) in pieces.told.iter().zip(&whole.told) {
            prop_assert_eq!(piece, one);
        }
        prop_assert_eq!(pieces.ledger, whole.ledger);
    }
}

/// A record between lines of dashes, sometimes with a part missing or something in the way.
fn framed() -> impl Strategy<Value = String> {
    let whole = "https://tin.vn/a-1.html\n-----\nTin\n-----\nTrời mưa.\n-----\n";
    let line = prop::sample::select(vec![
        "",
        " \u{feff}\t\r",
        "https://tin.vn/a-1.html",
        "\u{feff}http://tin.vn\r",
        "-----",
        "------\r",
        "----",
        "Tin",
        "Trời mưa, đường trơn.",
    ]);
    prop_oneof![
        4 => Just(whole.to_owned()),
        2 => Just(whole.replace("mưa", "mưa\nhttps://tin.vn/b\n\n------\nnắng")),
        3 => prop::collection::vec(line, 0..9).prop_map(|lines| lines.join("\n") + "\n"),
    ]
}

proptest! {
    #[test]
    fn pieces_of_framed_records_say_what_the_whole_says(
        records in prop::collection::vec(framed(), 0..9),
        enough in 1usize..200,
        limit in prop_oneof![8usize..200, Just(1 << 20)],
        ended in any::<bool>(),
    ) {
        let mut input = records.concat();
        if !ended {
            input.pop();
        }
        let pieces = in_pieces_of(&Delimited, input.as_bytes(), limit, enough);
        prop_assert_eq!(pieces, whole(&Delimited, input.as_bytes(), limit));
    }
}

#[test]
fn framed_records_are_cut_behind_their_last_line() {
    let record = "https://tin.vn/a-1.html\n-----\nTin\n-----\nTrời mưa.\nhttps://tin.vn/b\n------\nLạnh.\n-----\n\n";
    let input = record.replace("b\n------", "b\nMưa.\n------").repeat(40);
    let mut cutter =
        Cutter::new(&Delimited, input.as_bytes(), input.as_bytes()).unwrap().enough(300);
    let (mut pieces, mut documents) = (0, 0);
    while let Some(Cut::Piece(piece)) = cutter.next_cut() {
        pieces += 1;
        documents += Reader::of_piece(&Delimited, piece).documents().map(Result::unwrap).count();
    }
    assert!(pieces > 4);
    assert_eq!(documents, 40);
    // A record that breaks off is for one reader, and all that follows.
    let broken = record.replace("\nLạnh.\n-----", "");
    let mut cutter = Cutter::new(&Delimited, broken.as_bytes(), broken.as_bytes()).unwrap();
    assert!(matches!(cutter.next_cut(), Some(Cut::Rest)));
}

#[test]
fn tables_are_cut_between_rows() {
    let input = "id,text\n".to_owned() + &"1,\"Trời\nmưa.\"\n".repeat(100_000);
    let mut cutter = Cutter::new(&Csv, &input.as_bytes()[..1 << 16], input.as_bytes()).unwrap();
    let (mut pieces, mut documents) = (0, 0);
    while let Some(Cut::Piece(piece)) = cutter.next_cut() {
        pieces += 1;
        documents += Reader::of_piece(&Csv, piece).documents().map(Result::unwrap).count();
    }
    assert!(pieces > 4);
    assert_eq!(documents, 100_000);
}

#[test]
fn a_stray_quote_in_front_of_a_line_that_is_too_long_is_the_same_in_pieces() {
    let input = format!("id,text\n1,\"Tin\n2,{}\n3,Mưa.\n", "mưa ".repeat(40));
    let expected = whole(&Csv, input.as_bytes(), 72);
    assert_eq!(expected.told.len(), 2, "{expected:?}");
    assert!(expected.told[0].contains("longer than 72 bytes"), "{expected:?}");
    for enough in [1, 7, 100] {
        assert_eq!(in_pieces_of(&Csv, input.as_bytes(), 72, enough), expected);
    }
}

#[test]
fn a_stray_quote_costs_one_row_where_the_limit_is_short() {
    let rows = "2,Mưa.\n".repeat(40);
    let input = format!("id,text\n1,\"Tin\n{rows}");
    let found = whole(&Csv, input.as_bytes(), 72);
    assert_eq!(found.told.len(), 41);
    assert!(found.told[0].contains("never closed"), "{found:?}");
    assert_eq!(in_pieces_of(&Csv, input.as_bytes(), 72, 7), found);
}

#[test]
fn a_failure_behind_what_is_not_clear_is_told() {
    let bytes = "id,text\n1,Tin.\n2,\"".to_owned() + &"mưa\n".repeat(600_000);
    let failing =
        |bytes: &str| Cursor::new(bytes.to_owned()).chain(Failing(Some(io::Error::other("torn"))));
    let mut told = [Outcome::default(), Outcome::default()];
    told[0].read(Reader::new(&Csv, failing(&bytes)));
    let mut cutter = Cutter::new(&Csv, &bytes.as_bytes()[..1 << 16], failing(&bytes)).unwrap();
    loop {
        match cutter.next_cut() {
            None => break,
            Some(Cut::Piece(piece)) => told[1].read(Reader::of_piece(&Csv, piece)),
            Some(Cut::Rest) => {
                told[1].read(Reader::of_rest(&Csv, cutter.into_rest()));
                break;
            }
        }
    }
    assert_eq!(told[0].told.last(), told[1].told.last());
    assert_eq!(told[0].ledger, told[1].ledger);
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
        ("article", "Tin trong ngày\n\nTrời mưa từ sáng.\n"),
        ("jsonl", "[{\"text\": \"a\"},\n{\"text\": \"b\"}]\n"),
        ("jsonl", "{\"text\": \"a\"}\r{\"text\": \"b\"}\r"),
    ] {
        let format = crate::find(name).unwrap();
        assert!(Cutter::new(format, input.as_bytes(), io::empty()).is_err(), "{input}");
    }
}
